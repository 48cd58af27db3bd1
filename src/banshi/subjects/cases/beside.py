"""The cases of a log that another log of the same centre and time does not hold: each of them may count there, or not."""

import datetime
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct, field

from banshi.law.norms import Target
from banshi.subjects.cases.forms import Case
from banshi.subjects.cases.groups import Group, groups, joined_counts, whole_quarters
from banshi.subjects.cases.measures import Counts, resolved
from banshi.subjects.cases.same_case import LATER, NONE, brief
from banshi.subjects.cases.tally import CaseTally


class CasesBeyond(Struct, frozen=True):
    """Cases that one log holds and another does not, as they stood on the other's day: counts, as a tally has them.

    ``open``: how many more there are of which it is not known what became of them until that day; ``parallel``: projects
    that have a case in parallel.
    """

    many: int
    open: int
    cells: Mapping[tuple[str, ...], Mapping[Any, int]]
    groups: Mapping[str, Mapping[str, Mapping[Any, int]]]
    parallel: frozenset[str]


class BeyondTally(Struct):
    """Counts what another log does not hold. ``cases``, ``kept``: all of it in brief, sorted, and those told otherwise; ``day``: up to which it tells.

    ``own_day``: up to which the log tells that is counted.
    """

    cases: Sequence[int]
    kept: frozenset[str]
    day: datetime.date
    own_day: datetime.date
    tally: CaseTally
    open: int = 0

    def add(self, case: Case, facts: int) -> None:
        """One of the log's cases, with its facts in brief."""
        if case.accepted_on > self.day or self._holds(case.id, facts):
            return
        if self.own_day < self.day:
            if case.finished_on is None:
                self.open += 1
                return
            later = {key: None for key in LATER if getattr(case, key, None) == NONE}
            case = msgspec.structs.replace(case, **later) if later else case
        self.tally.count(case, 0)

    def _holds(self, name: str, facts: int) -> bool:
        """Whether the other log holds the case, alike or told otherwise (which is said elsewhere)."""
        own, cases = brief(name), self.cases
        at = bisect_left(cases, own << 32)
        if at == len(cases) or cases[at] >> 32 != own:
            return False
        while at < len(cases) and cases[at] >> 32 == own:
            if cases[at] == own << 32 | facts:
                return True
            at += 1
        return not self.kept or name in self.kept

    @property
    def found(self) -> CasesBeyond:
        """What was counted."""
        tally = self.tally
        named = {name: {key: dict(counts) for key, counts in group.items()} for name, group in tally.groups.items()}
        cells = {cell: dict(counts) for cell, counts in tally.cells.items()}
        parallel = frozenset(name for name, project in tally.projects.items() if project.parallel)
        return CasesBeyond(tally.cases, self.open, cells, named, parallel)


class LogBeside(Struct, frozen=True):
    """What another log of a centre holds beyond the one in hand.

    ``known``: cases of which it is known what they are; ``strange``: how many of which it is not; ``open``: whether there
    are more, nobody knows how many; ``overlaps``: whether both accepted cases in the same time, else they share ``months``
    of finishing alone.
    """

    known: CasesBeyond | None
    strange: int
    open: bool
    overlaps: bool
    months: frozenset[str]

    @property
    def empty(self) -> bool:
        """Whether it holds nothing that the other does not."""
        return not (self.known and self.known.many) and not self.strange and not self.open

    def bears_on(self, months: frozenset[str]) -> bool:
        """Whether its cases may belong to what is held to some months (none: to all of a log)."""
        return self.overlaps or bool(months & self.months)


class Beside(Struct):
    """All the other logs of a centre and time, as one log sees them; ``tally``: that of its own cases."""

    logs: Sequence[LogBeside]
    tally: CaseTally
    as_of: datetime.date
    _tallies: list[tuple[LogBeside, CaseTally]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for log in self.logs:
            if log.known:
                own = self.tally
                same: dict[str, Any] = {"words": own.words, "dimensions": own.dimensions}
                tally = CaseTally(self.as_of, cells=log.known.cells, groups=log.known.groups, **same)  # type: ignore[arg-type]
                self._tallies.append((log, tally))

    @property
    def parallel(self) -> frozenset[str]:
        """Projects that have a case in parallel there."""
        return frozenset().union(*(log.known.parallel for log, _ in self._tallies if log.known and log.overlaps))

    def by_name(self) -> dict[str, dict[str, Counts]]:
        """Counts of all of the same time (``""``), and by kind, department, window and month."""
        found: dict[str, dict[str, list[Counts]]] = {}
        for log, tally in self._tallies:
            for name, of_name in resolved(tally, self.as_of).items() if log.overlaps else ():
                for key, counts in of_name.items():
                    found.setdefault(name, {}).setdefault(key, []).append(counts)
        return {name: {key: joined_counts(each) for key, each in keyed.items()} for name, keyed in found.items()}

    def by_group(self, target: Target) -> dict[Any, Counts]:
        """Counts by the key of each group of a target."""
        found: dict[Any, list[Counts]] = {}
        for log, tally in self._tallies:
            for group in self._groups(target, tally):
                if log.bears_on(months_of(target, group)):
                    found.setdefault(group.key, []).append(group.counts)
        return {key: joined_counts(each) for key, each in found.items()}

    def _groups(self, target: Target, tally: CaseTally) -> Iterator[Group]:
        found = groups(target, tally, resolved(tally, self.as_of)[""][""], self.as_of)
        yield from found
        if "month" in target.by:
            yield from whole_quarters(found)


def months_of(target: Target, group: Group) -> frozenset[str]:
    """The months of finishing that a group of a target is of; none where it is of a log's whole time."""
    return group.months or frozenset(target.where.months if target.where else ())
