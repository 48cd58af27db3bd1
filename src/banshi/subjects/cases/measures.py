"""Measures: each an exact share of counts, with what is not stated kept apart.

按时办结率 = finished within the limit / finished; 评议率 = evaluations / finished; 满意率 = satisfied / evaluations;
现场办结率 = finished on site / finished. Overdue: finished after the limit, or open past it.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from banshi.subjects.cases.tally import CaseTally, Traits


class Seen(NamedTuple):
    """A sort of case as it stands on the day of the report; ``None`` is "not stated"."""

    kind: str
    parallel: bool | None
    finished: bool
    overdue: bool | None
    overdue_by_statute: bool | None
    evaluation: str | None
    on_site: bool | None
    system: str | None
    online: bool | None
    flags: tuple[bool | None, ...]
    era: int
    judged: bool
    satisfied: bool | None


Counts = Mapping[Seen, int]
Test = Callable[[Seen], bool | None]


def seen(traits: Traits, as_of: datetime.date, good: frozenset[str]) -> Seen:
    """A sort of case on a day: whether an open one is past its limit; ``good``: evaluations that count as satisfied."""
    overdue, by_statute = traits.late, traits.late_by_statute
    if not traits.finished:
        overdue = None if traits.limit is None else traits.limit < as_of
        by_statute = None if traits.statutory is None else traits.statutory < as_of
    satisfied = None if traits.evaluation is None else traits.evaluation in good
    return Seen(traits.kind, traits.parallel, traits.finished, overdue, by_statute, *traits[5:12], satisfied)


def resolved(tally: CaseTally, as_of: datetime.date) -> dict[str, dict[str, Counts]]:
    """The counts of every department, window, kind and month (and of all: ``""``) as they stand on a day."""
    good = tally.words.good
    found = {name: {key: merged(counts, as_of, good) for key, counts in g.items()} for name, g in tally.groups.items()}
    whole: dict[Seen, int] = defaultdict(int)
    kinds: dict[str, dict[Seen, int]] = defaultdict(lambda: defaultdict(int))
    for counts in found["month"].values():
        for one, number in counts.items():
            whole[one] += number
            kinds[one.kind][one] += number
    return {"": {"": whole}, "kind": dict(kinds), **found}


def merged(counts: Mapping[tuple[object, ...], int], as_of: datetime.date, good: frozenset[str]) -> Counts:
    """Counts of sorts of case as they stand on a day."""
    found: dict[Seen, int] = defaultdict(int)
    for traits, number in counts.items():
        found[seen(Traits(*traits), as_of, good)] += number  # type: ignore[arg-type]
    return found


class Left(Struct, frozen=True):
    """What a log holds besides the cases that were counted: any figure may change once it is known.

    ``unread``: rows that could not be read, each of which may be a case of any sort; ``twice``: cases whose id was there
    already, so that either of the two may be the right one, or both; ``open``: how many more there are is not known;
    ``doubtful``: of the cases that were counted, how many may be otherwise finished or limited than was read.
    ``elsewhere``: cases of the same time that another log holds, each of which may count or not; ``strange``: those of which it is not known what sort they are.
    """

    unread: int = 0
    twice: int = 0
    open: bool = False
    doubtful: int = 0
    elsewhere: int = 0
    strange: int = 0

    def __bool__(self) -> bool:
        """Whether anything was left."""
        return bool(self.open or self.rows or self.doubtful or self.elsewhere)

    @property
    def rows(self) -> int:
        """How many rows may be cases that do not count yet."""
        return self.unread + self.twice + self.strange


NOTHING_LEFT = Left()


class CaseShare(Struct, frozen=True):
    """``hits`` of ``of`` cases. ``unsure``: cases of these that may be hits; ``outside``: that may not belong to ``of``.

    ``left``: what was not counted at all; ``may_hit`` and ``may_miss``: how many of its cases ``elsewhere`` may be hits, and
    no hits. Every range holds the true figure, whatever those rows turn out to be.
    """

    hits: int
    of: int
    unsure: int = 0
    outside: int = 0
    left: Left = NOTHING_LEFT
    may_hit: int = 0
    may_miss: int = 0

    @property
    def complete(self) -> bool:
        """Whether every case was read and states what is asked."""
        return not self.unsure and not self.outside and not self.left

    @property
    def value(self) -> Fraction | None:
        """The share; None where the denominator is zero or something is not stated."""
        return Fraction(self.hits, self.of) if self.of and self.complete else None

    @property
    def bounds(self) -> tuple[Fraction, Fraction] | None:
        """The least and the most that the rate can be; None where there is nothing to count."""
        least, most = self.ends
        if not self.of and not self.outside and not self.left:
            return None
        if not self.of or most is None or self.left.doubtful:
            return Fraction(0), Fraction(1)
        # Of a case given twice, one takes the other's place.
        whole = self.of + self.outside + self.left.unread + self.left.strange
        return Fraction(least, whole + self.may_miss), min(Fraction(1), Fraction(most, whole + self.may_hit))

    @property
    def ends(self) -> tuple[int, int | None]:
        """The least and the most that the count can be; None: without end."""
        doubtful = self.left.doubtful  # if any, all that were counted: each may belong to ``of``, and be a hit
        most = min(max(self.of, doubtful), self.hits + self.unsure + doubtful) + self.outside + self.left.rows
        most += self.may_hit
        return max(0, self.hits - self.left.twice - self.left.doubtful), None if self.left.open else most


class CaseMeasure(Struct, frozen=True):
    """What is counted (``hit``) among which cases (``scope``); ``rate`` is False where the count itself is the figure."""

    name: str
    scope: Test
    hit: Test
    rate: bool = True


def share(
    counts: Counts,
    measure: CaseMeasure,
    among: Test | None = None,
    left: Left = NOTHING_LEFT,
    more: Counts | None = None,
) -> CaseShare:
    """The share that a measure gives, of the cases for which ``among`` holds; ``left``: what was not counted.

    ``more``: the cases of these that another log holds; None: of what sort those ``elsewhere`` are is not asked.
    """
    found = _counted(counts, measure, among)
    if more is None:
        return replace(found, left=replace(left, elsewhere=0, strange=left.strange + left.elsewhere))
    beside = _counted(more, measure, among)
    open_ones = beside.unsure + beside.outside
    may_hit, may_miss = beside.hits + open_ones, beside.of - beside.hits + beside.outside
    elsewhere = beside.of + beside.outside if measure.rate else may_hit
    return replace(found, left=replace(left, elsewhere=elsewhere), may_hit=may_hit, may_miss=may_miss)


def _counted(counts: Counts, measure: CaseMeasure, among: Test | None) -> CaseShare:
    hits = of = unsure = outside = 0
    for one, number in counts.items():
        inside = measure.scope(one) if among is None else both(among(one), measure.scope(one))
        if inside is False:
            continue
        hit = measure.hit(one)
        if inside is None:
            outside += number if measure.rate or hit is not False else 0
        else:
            of += number
            hits += number if hit else 0
            unsure += number if hit is None else 0
    return CaseShare(hits, of, unsure, outside)


def both(one: bool | None, other: bool | None) -> bool | None:
    """Whether both hold; None where that is not known."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def negated(value: bool | None) -> bool | None:
    """The opposite; None stays None."""
    return None if value is None else not value


def _finished(one: Seen) -> bool:
    return one.finished


def _any(_one: Seen) -> bool:
    return True


def evaluated(one: Seen) -> bool | None:
    """Whether the applicant gave an evaluation."""
    return None if one.evaluation is None else one.evaluation != "none"


def recorded(one: Seen) -> bool | None:
    """Whether the case is in a system."""
    return None if one.system is None else one.system != "none"


MEASURES = {
    m.name: m
    for m in (
        CaseMeasure("on_time_rate", _finished, lambda one: negated(one.overdue)),
        CaseMeasure("overdue_cases", _any, lambda one: one.overdue, rate=False),
        CaseMeasure("evaluation_rate", _finished, evaluated),
        CaseMeasure("satisfaction_rate", lambda one: both(one.finished, evaluated(one)), lambda one: one.satisfied),
        CaseMeasure("on_site_rate", _finished, lambda one: one.on_site),
        CaseMeasure("recorded_rate", _any, recorded),
        CaseMeasure("parallel_share", _any, lambda one: one.parallel),
    )
}
# What exceeds the promised limit alone is not late.
BY_STATUTE = {
    **MEASURES,
    "on_time_rate": CaseMeasure("on_time_rate", _finished, lambda one: negated(one.overdue_by_statute)),
    "overdue_cases": CaseMeasure("overdue_cases", _any, lambda one: one.overdue_by_statute, rate=False),
}


def in_system(system: str) -> CaseMeasure:
    """The share of cases that are handled in one system."""
    return CaseMeasure("handled_in_system", _any, lambda one: None if one.system is None else one.system == system)
