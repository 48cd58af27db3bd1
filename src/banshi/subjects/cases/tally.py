"""Counting a log as it streams by: what is kept grows with the sorts of case, not with their number.

Only the ids (to find those given twice) take room for each case.
"""

import datetime
import zlib
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import msgspec

from banshi.base.limits import MAX_FINDINGS
from banshi.subjects.cases.faults import CaseFaults, Gravest, Noted
from banshi.subjects.cases.forms import Case
from banshi.subjects.cases.same_case import KeptCase, brief
from banshi.subjects.cases.vocabulary import Vocabulary

_as_told = msgspec.json.Encoder().encode
OPEN = ""  # the month of a case that is not finished


class Traits(NamedTuple):
    """What the figures depend on. ``late`` and ``late_by_statute``: None where no limit is stated, or it is still open.

    ``era``: how many of the days from which a target holds had come when the case was accepted; ``judged``: the case
    was not finished before the law began. ``limit`` and ``statutory`` are kept for open cases alone.
    """

    kind: str
    parallel: bool | None
    finished: bool
    late: bool | None
    late_by_statute: bool | None
    evaluation: str | None
    on_site: bool | None
    system: str | None
    online: bool | None
    flags: tuple[bool | None, ...]
    era: int
    judged: bool
    limit: datetime.date | None
    statutory: datetime.date | None


Counts = dict[Traits, int]


class Listener(Protocol):
    """Counts what another log may make of this one's cases."""

    def add(self, case: Case, facts: int, /) -> None: ...  # noqa: D102
    @property
    def found(self) -> Any: ...  # noqa: D102


@dataclass(slots=True)
class FairProject:
    """What was seen of a signed fair project: cases, those in parallel, and the systems of those."""

    first: Noted
    cases: int = 0
    parallel: int = 0
    systems: set[str | None] = field(default_factory=set)


def _groups() -> dict[Any, dict[Any, int]]:
    return defaultdict(lambda: defaultdict(int))


@dataclass(slots=True)
class CaseTally:
    """Counts of a log. ``as_of`` is the day of the report, if one was asked for: what came later is left out.

    ``eras``: the days from which targets hold, in order; ``begins``: the first day of the law. ``by_departments``:
    cases of several departments, by how many they name; ``several``: the
    kinds that such cases are of. ``words``: what a case may state. ``cells``:
    counts by all of ``dimensions`` together, which some target asks for. ``first``, ``last_accepted``: of the days of acceptance. ``watchers`` are told of every case that counts.
    ``facts``: of each of ``ids``, in brief; ``kept``: the cases that are ``wanted``, with their sources; ``beyond``: by the
    place of another log, what it does not hold.
    ``most``: faults of a sort that are listed; None: all of them.
    """

    as_of: datetime.date | None = None
    eras: Sequence[datetime.date] = ()
    begins: datetime.date = datetime.date.min
    words: Vocabulary = field(default_factory=Vocabulary)
    several: frozenset[str] = frozenset()
    dimensions: tuple[str, ...] = ()
    cells: dict[tuple[str, ...], dict[Any, int]] = field(default_factory=_groups)
    watchers: list[Callable[[Case, int, Any], None]] = field(default_factory=list)
    cases: int = 0
    last: datetime.date | None = None
    first: datetime.date | None = None
    last_accepted: datetime.date | None = None
    groups: dict[str, dict[str, dict[Any, int]]] = field(
        default_factory=lambda: {name: _groups() for name in ("department", "window", "month")}
    )
    faults: dict[str, CaseFaults] = field(init=False)
    by_departments: dict[int, CaseFaults] = field(init=False)
    late: Gravest = field(init=False)
    waiting: Gravest = field(init=False)
    projects: dict[str, FairProject] = field(default_factory=dict)
    days_taken: dict[tuple[str, bool | None], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    ids: dict[str, None] = field(default_factory=dict)
    facts: "array[int]" = field(default_factory=lambda: array("I"))
    wanted: frozenset[int] = frozenset()
    kept: list[tuple[KeptCase, Any]] = field(default_factory=list)
    beyond: Mapping[str, Listener] = field(default_factory=dict)
    most: int | None = MAX_FINDINGS

    def __post_init__(self) -> None:
        self.faults, self.by_departments = (defaultdict(lambda: CaseFaults(self.most)) for _ in range(2))
        self.late, self.waiting = Gravest(self.most), Gravest(self.most)

    def add(self, case: Case, index: int, source: Any = None) -> bool:
        """Count a case; whether it counts (one given twice, or accepted after ``as_of``, does not)."""
        ids = self.ids
        if case.id in ids:
            self.faults["twice"].add(Noted(index, case, "id", source))
            return False
        ids[case.id] = None
        self._note(case, index, source)
        accepted, finished, as_of = case.accepted_on, case.finished_on, self.as_of
        if as_of is not None and accepted > as_of:
            self.faults["after-as-of"].add(Noted(index, case, "accepted_on", source))
            return False
        self._look(case, index, source)
        if finished is not None and as_of is not None and finished > as_of:
            self.faults["after-as-of"].add(Noted(index, case, "finished_on", source))
        self.count(case, index, source)
        for watch in self.watchers:
            watch(case, index, source)
        return True

    def _note(self, case: Case, index: int, source: Any) -> None:
        """What another log of the same case may be held against."""
        said = _as_told(case)
        facts = zlib.crc32(said)
        self.facts.append(facts)
        for other in self.beyond.values():
            other.add(case, facts)
        if self.wanted and brief(case.id) in self.wanted:
            self.kept.append((KeptCase(case.id, index, said), source))

    def count(self, case: Case, index: int, source: Any = None) -> None:
        """Count a case as it stands, without looking for faults."""
        accepted, finished, as_of = case.accepted_on, case.finished_on, self.as_of
        if finished is not None and as_of is not None and finished > as_of:
            finished = None
        self.cases += 1
        self._count(case, finished)
        self._remember(case, finished, index, source)
        day = finished if finished is not None and finished > accepted else accepted
        if self.last is None or day > self.last:
            self.last = day
        if self.first is None or accepted < self.first:
            self.first = accepted
        if self.last_accepted is None or accepted > self.last_accepted:
            self.last_accepted = accepted

    def _count(self, case: Case, finished: datetime.date | None) -> None:
        promised, statutory = case.due_on, case.statutory_due_on
        limit = statutory if promised is None else promised
        era = bisect_right(self.eras, case.accepted_on) if self.eras else 0
        facts = case.evaluation, case.on_site, case.system, case.online, self.words.flags_of(case), era
        traits: tuple[Any, ...]
        if finished is None:
            month = OPEN
            traits = (case.kind, case.parallel, False, None, None, *facts, True, limit, statutory)
        else:
            month = finished.isoformat()[:7]
            late = None if limit is None else finished > limit
            later = None if statutory is None else finished > statutory
            judged = finished >= self.begins
            traits = (case.kind, case.parallel, True, late, later, *facts, judged, None, None)
            taken = self.days_taken[case.kind, case.parallel]
            taken[0] += (finished - case.accepted_on).days
            taken[1] += 1
        if self.dimensions:
            at = {"department": case.department, "window": case.window, "item": case.item or "", "month": month}
            self.cells[tuple(at[name] for name in self.dimensions)][traits] += 1
        groups = self.groups
        groups["department"][case.department][traits] += 1
        groups["window"][case.window][traits] += 1
        groups["month"][month][traits] += 1

    def _remember(self, case: Case, finished: datetime.date | None, index: int, source: Any) -> None:
        """Late cases, those that may be overdue, and signed projects."""
        limit = case.limit
        if limit is not None:
            if finished is None:
                self.waiting.offer(-limit.toordinal(), index, case, source)
            elif finished > limit:
                self.late.offer((finished - limit).days, index, case, source)
        if case.signed_project is not None:
            project = self.projects.get(case.signed_project)
            if project is None:
                noted = Noted(index, case, "signed_project", source)
                project = self.projects[case.signed_project] = FairProject(noted)
            project.cases += 1
            if case.parallel:
                project.parallel += 1
                project.systems.add(case.system)

    def _look(self, case: Case, index: int, source: Any) -> None:
        """Contradictions in the case itself."""
        accepted, due, statutory = case.accepted_on, case.due_on, case.statutory_due_on
        if case.finished_on is not None:
            if case.finished_on < accepted:
                self.faults["finished-before-accepted"].add(Noted(index, case, "finished_on", source))
        elif case.evaluation is not None and case.evaluation != "none":
            self.faults["evaluated-unfinished"].add(Noted(index, case, "evaluation", source))
        if due is not None:
            if due < accepted:
                self.faults["due-before-accepted"].add(Noted(index, case, "due_on", source))
            if statutory is not None and due > statutory:
                self.faults["promised-over-statutory"].add(Noted(index, case, "due_on", source))
        if statutory is not None and statutory < accepted:
            self.faults["due-before-accepted"].add(Noted(index, case, "statutory_due_on", source))
        if case.kind in self.several:
            if case.others is None:
                self.faults["departments-unstated"].add(Noted(index, case, "kind", source))
            else:
                several = len({case.department, *case.others})
                self.by_departments[several].add(Noted(index, case, "with", source))
        for flag, word in self.words.flags.items():
            if word.of is not None and case.kind != word.of and getattr(case, flag):
                self.faults["flag-elsewhere"].add(Noted(index, case, flag, source))
