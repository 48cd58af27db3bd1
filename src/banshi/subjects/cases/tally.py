"""Counting a log as it streams by: what is kept grows with the sorts of case, not with their number.

Only the ids (to find those given twice) take room for each case.
"""

import datetime
import zlib
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
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


@dataclass(slots=True, eq=False)
class DaysOfCase:
    """What the days of a case come to. ``finished``, ``month``: as of the day of the report; ``taken``: days until then.

    ``borne``: what of them the figures depend on; ``faults``: sorts of contradiction, each with the key that is meant.
    ``beyond``: whether it was accepted after the day of the report. ``late_by``: days past ``limit``. ``loud``: whether
    anything of them may be pointed at.
    """

    accepted: datetime.date
    finished: datetime.date | None
    last: datetime.date
    month: str
    taken: int | None
    limit: datetime.date | None
    late_by: int
    borne: tuple[Any, ...]
    faults: tuple[tuple[str, str], ...]
    beyond: bool
    loud: bool = field(init=False)

    def __post_init__(self) -> None:
        self.loud = bool(self.faults) or self.finished is None or self.late_by > 0


@dataclass(slots=True, eq=False)
class MarksOfCase:
    """What a case states besides names and days; ``faults``: flags that its kind cannot have.

    ``several``: whether it is of a kind that several departments handle. ``loud``: whether anything of this may be pointed at.
    """

    kind: str
    parallel: bool | None
    rated: bool
    facts: tuple[Any, ...]
    several: bool
    faults: tuple[str, ...]
    loud: bool = field(init=False)

    def __post_init__(self) -> None:
        self.loud = self.several or bool(self.faults)

    @property
    def of_several_alone(self) -> bool:
        """Whether only the departments may be pointed at."""
        return self.several and not self.faults


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
    ``noting``: whether another log may tell of the same cases. ``facts``: of each of ``ids``, in brief, if so; ``kept``: the cases that are ``wanted``, with their sources; ``beyond``: by the
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
    noting: bool = False
    _days: dict[tuple[Any, ...], DaysOfCase] = field(default_factory=dict)
    _marks: dict[tuple[Any, ...], MarksOfCase] = field(default_factory=dict)

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
        if self.noting:
            self._note(case, index, source)
        days = self.days_of(case.accepted_on, case.due_on, case.statutory_due_on, case.finished_on)
        if days.beyond:
            self.faults["after-as-of"].add(Noted(index, case, "accepted_on", source))
            return False
        self.look(case, days, self._marks_in(case), index, source)
        self._count(case, days, index, source)
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
        days = self.days_of(case.accepted_on, case.due_on, case.statutory_due_on, case.finished_on)
        self._count(case, days, index, source)

    def _count(self, case: Case, days: DaysOfCase, index: int, source: Any) -> None:
        marks = self._marks_in(case)
        traits, month = as_traits(marks, days.borne), days.month
        self.cases += 1
        if days.taken is not None:
            taken = self.days_taken[marks.kind, marks.parallel]
            taken[0] += days.taken
            taken[1] += 1
        if self.dimensions:
            at = {"department": case.department, "window": case.window, "item": case.item or "", "month": month}
            self.cells[tuple(at[name] for name in self.dimensions)][traits] += 1
        groups = self.groups
        groups["department"][case.department][traits] += 1
        groups["window"][case.window][traits] += 1
        groups["month"][month][traits] += 1
        self.span(days)
        self.remember(case, days, index, source)

    def span(self, days: DaysOfCase) -> None:
        """The first and last days of the log."""
        if self.last is None or days.last > self.last:
            self.last = days.last
        if self.first is None or days.accepted < self.first:
            self.first = days.accepted
        if self.last_accepted is None or days.accepted > self.last_accepted:
            self.last_accepted = days.accepted

    def remember(self, case: Case, days: DaysOfCase, index: int, source: Any) -> None:
        """Late cases, those that may be overdue, and signed projects."""
        if days.limit is not None:
            if days.finished is None:
                self.waiting.offer(-days.limit.toordinal(), index, case, source)
            elif days.late_by > 0:
                self.late.offer(days.late_by, index, case, source)
        if case.signed_project is not None:
            project = self.projects.get(case.signed_project)
            if project is None:
                noted = Noted(index, case, "signed_project", source)
                project = self.projects[case.signed_project] = FairProject(noted)
            project.cases += 1
            if case.parallel:
                project.parallel += 1
                project.systems.add(case.system)

    def look(self, case: Case, days: DaysOfCase, marks: MarksOfCase, index: int, source: Any) -> None:
        """Contradictions in the case itself."""
        for sort, key in days.faults:
            self.faults[sort].add(Noted(index, case, key, source))
        if marks.rated and case.finished_on is None:
            self.faults["evaluated-unfinished"].add(Noted(index, case, "evaluation", source))
        if marks.several:
            if case.others is None:
                self.faults["departments-unstated"].add(Noted(index, case, "kind", source))
            else:
                several = len({case.department, *case.others})
                self.by_departments[several].add(Noted(index, case, "with", source))
        for flag in marks.faults:
            self.faults["flag-elsewhere"].add(Noted(index, case, flag, source))

    def days_of(
        self,
        accepted: datetime.date,
        due: datetime.date | None,
        statutory: datetime.date | None,
        finished: datetime.date | None,
    ) -> DaysOfCase:
        """What days of a case come to: the same few stand in many cases."""
        days = accepted, due, statutory, finished
        found = self._days.get(days)
        if found is None:
            if len(self._days) >= _KEPT:
                self._days.clear()
            found = self._days[days] = self._seen_in(*days)
        return found

    def _seen_in(
        self,
        accepted: datetime.date,
        due: datetime.date | None,
        statutory: datetime.date | None,
        stated: datetime.date | None,
    ) -> DaysOfCase:
        as_of, faults = self.as_of, list(_contradictions(accepted, due, statutory, stated))
        finished = stated
        if stated is not None and as_of is not None and stated > as_of:
            faults.append(("after-as-of", "finished_on"))
            finished = None
        limit = statutory if due is None else due
        era = bisect_right(self.eras, accepted) if self.eras else 0
        borne: tuple[Any, ...] = (False, None, None, era, True, limit, statutory)
        if finished is not None:
            late = None if limit is None else finished > limit
            later = None if statutory is None else finished > statutory
            borne = (True, late, later, era, finished >= self.begins, None, None)
        return DaysOfCase(
            accepted,
            finished,
            accepted if finished is None or finished <= accepted else finished,
            OPEN if finished is None else finished.isoformat()[:7],
            None if finished is None else (finished - accepted).days,
            limit,
            0 if finished is None or limit is None else (finished - limit).days,
            borne,
            tuple(faults),
            as_of is not None and accepted > as_of,
        )

    def _marks_in(self, case: Case) -> MarksOfCase:
        flags = self.words.flags_of(case)
        return self.marks_of(
            (case.kind, case.parallel, case.evaluation, case.on_site, case.system, case.online, *flags)
        )

    def marks_of(self, stated: tuple[Any, ...]) -> MarksOfCase:
        """What the values of ``MARKS`` and of the flags, in their order, come to."""
        found = self._marks.get(stated)
        if found is None:
            if len(self._marks) >= _KEPT:
                self._marks.clear()
            kind, parallel, *facts = stated[: len(MARKS)]
            flags = dict(zip(self.words.flags, stated[len(MARKS) :], strict=True))
            named = [(flag, self.words.flags[flag]) for flag, value in flags.items() if value]
            elsewhere = tuple(flag for flag, word in named if word.of is not None and kind != word.of)
            rated = facts[0] is not None and facts[0] != "none"
            whole = (*facts, tuple(flags.values()))
            found = MarksOfCase(kind, parallel, rated, whole, kind in self.several, elsewhere)
            self._marks[stated] = found
        return found


MARKS = ("kind", "parallel", "evaluation", "on_site", "system", "online")
_KEPT = 1 << 16


def as_traits(marks: MarksOfCase, borne: tuple[Any, ...]) -> tuple[Any, ...]:
    """What the figures depend on (the values of ``Traits``), of a case with these marks and days."""
    finished, late, later, era, judged, limit, statutory = borne
    return (marks.kind, marks.parallel, finished, late, later, *marks.facts, era, judged, limit, statutory)


def _contradictions(
    accepted: datetime.date,
    due: datetime.date | None,
    statutory: datetime.date | None,
    finished: datetime.date | None,
) -> Iterator[tuple[str, str]]:
    """Sorts of contradiction between the days of a case, each with the key that is meant."""
    if finished is not None and finished < accepted:
        yield "finished-before-accepted", "finished_on"
    if due is not None:
        if due < accepted:
            yield "due-before-accepted", "due_on"
        if statutory is not None and due > statutory:
            yield "promised-over-statutory", "due_on"
    if statutory is not None and statutory < accepted:
        yield "due-before-accepted", "statutory_due_on"
