"""What a quarter's assessment of city windows needs from a log: facts by window, never the figures of county centres.

Rates are of the cases finished in the quarter (AMB-87). Overdue are those whose limit ran out in the quarter: finished
late (超期办结), or still open at its end (超期未办结). So a late case counts in one quarter only (AMB-83): in a later one, in
which it is finished at last, neither as overdue nor in the rate of what was in time.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from banshi.law.assessment_periods import Asked, Period, law_for
from banshi.law.library import Law, Library
from banshi.law.norms import ScoreRule, ScoreSubItem
from banshi.subjects.cases.faults import Noted
from banshi.subjects.cases.forms import Case, Log
from banshi.subjects.cases.measures import (
    NOTHING_LEFT,
    Counts,
    Left,
    Measure,
    Seen,
    Share,
    both,
    evaluated,
    negated,
    recorded,
    resolved,
    share,
)
from banshi.subjects.cases.tally import Tally
from banshi.subjects.cases.vocabulary import Vocabulary

WHICH_LIMIT, STATUTORY, WHICH_QUARTER = "which-limit", "statutory", "which-quarter"
_DAY = datetime.timedelta(days=1)


@dataclass(slots=True)
class QuarterTally:
    """The cases of one quarter: ``ended`` were finished in it; ``due`` ran out in it and stayed open.

    ``settled`` were finished in it, late since an earlier quarter, in which they counted.
    """

    quarter: Period
    law: Law
    as_of: datetime.date | None
    words: Vocabulary = field(default_factory=Vocabulary)
    ended: Tally = field(init=False)
    due: Tally = field(init=False)
    settled: Tally = field(init=False)

    def __post_init__(self) -> None:
        self.ended, self.due, self.settled = (Tally(self.as_of, words=self.words) for _ in range(3))

    @property
    def anew(self) -> bool:
        """Whether a late case counts in every quarter that it touches, under the reading that is taken (AMB-83)."""
        return self.law.taken(WHICH_QUARTER) == "anew"

    def looked_at(self, as_of: datetime.date) -> datetime.date:
        """The day on which open cases are judged: what is open when its last day and the quarter end is overdue."""
        return as_of if as_of < self.quarter.end else max(as_of, self.quarter.end + _DAY)

    @property
    def by_statute(self) -> bool:
        """Whether the statutory limit alone counts, under the reading that is taken (AMB-75)."""
        return self.law.taken(WHICH_LIMIT) == STATUTORY

    @property
    def start(self) -> datetime.date:
        """The first day whose facts count (AMB-33)."""
        return self.quarter.first_day(self.law.taken("retroactivity"))

    def limit(self, case: Case) -> datetime.date | None:
        """The last day that a case may take."""
        return case.statutory_due_on if self.by_statute else case.limit

    def add(self, case: Case, index: int, source: Any) -> None:
        """Count a case where it belongs to the quarter."""
        finished, limit = case.finished_on, self.limit(case)
        if finished is not None and self.as_of and finished > self.as_of:
            finished = None
        if finished is not None and finished <= self.quarter.end:
            if finished >= self.start:
                earlier = limit is not None and limit < self.start and not self.anew
                (self.settled if earlier else self.ended).count(case, index, source)
        elif case.accepted_on <= self.quarter.end and (limit is None or self._holds(limit)):
            self.due.count(case, index, source)

    def _holds(self, day: datetime.date) -> bool:
        return self.start <= day <= self.quarter.end

    def windows(self, as_of: datetime.date, left: Left = NOTHING_LEFT) -> Iterator[tuple[str, dict[str, Share]]]:
        """Each window with the facts that the log can tell and the law asks for; ``left``: what was not counted."""
        day, known = self.looked_at(as_of), wanted(self.law)
        ended, due, settled = (resolved(t, day)["window"] for t in (self.ended, self.due, self.settled))
        for window in sorted({*ended, *due, *settled}):
            counts = (ended.get(window, {}), due.get(window, {}), settled.get(window, {}))
            found = facts(*counts, by_statute=self.by_statute, left=left)
            yield window, {name: one for name, one in found.items() if name in known}

    def overdue(self, as_of: datetime.date) -> list[Noted]:
        """The overdue cases of the quarter (as many as were kept), by window, limit and id."""
        kept = (*self.ended.late.listed, *self.due.late.listed, *self.due.waiting.listed)
        found = [noted for noted in kept if self._overdue(noted.case, as_of)]
        return sorted(found, key=lambda noted: (noted.case.window, str(noted.case.limit), noted.case.id))

    def _overdue(self, case: Case, as_of: datetime.date) -> bool:
        limit, finished = self.limit(case), case.finished_on
        day = self.looked_at(as_of) if finished is None or finished > as_of else finished
        return limit is not None and day > limit


def quarter_tally(
    log: Log, library: Library, wanted_quarter: tuple[int, int], as_of: datetime.date | None, words: Vocabulary
) -> QuarterTally | None:
    """A tally of a quarter of the assessment year; None where no assessment was in force for it."""
    found = law_for(library, log.jurisdiction or "", Asked("quarter", *wanted_quarter)) if log.jurisdiction else None
    return QuarterTally(found[1], found[0], as_of, words) if found else None


def wanted(law: Law) -> set[str]:
    """The facts that the assessment asks for."""
    items = [placed.norm for placed in law.all(ScoreSubItem)]
    measures = {item.measure for item in items if item.measure} | {m.measure for i in items for m in i.further}
    return measures | {placed.norm.fact for placed in law.all(ScoreRule)}


def facts(
    ended: Counts, due: Counts, settled: Counts, *, by_statute: bool, left: Left = NOTHING_LEFT
) -> dict[str, Share]:
    """What a log tells about a window: rates of the cases finished in the quarter, and counts of overdue ones.

    ``settled``: cases whose lateness counted before; they are finished cases all the same.
    """
    both_sorts, finished = _joined(ended, due), _joined(ended, settled)
    late: Callable[[Seen], bool | None] = _by_statute if by_statute else _by_limit
    on_time = Measure("on_time_rate", _all, lambda one: negated(late(one)))
    satisfied = Measure("satisfaction_rate", evaluated, lambda one: one.satisfied)
    overdue = Measure("overdue_cases", _all, late, rate=False)
    return {
        "on_site_rate": share(finished, Measure("on_site_rate", _all, lambda one: one.on_site), left=left),
        "on_time_rate": share(ended, on_time, left=left),
        "satisfaction_rate": share(finished, satisfied, left=left),
        "parallel_on_time_rate": share(ended, on_time, _parallel, left),
        "parallel_satisfaction_rate": share(finished, satisfied, _parallel, left),
        "parallel_recorded_rate": share(finished, Measure("recorded_rate", _all, recorded), _parallel, left),
        "overdue_cases": share(both_sorts, overdue, left=left),
        "overdue_parallel_cases": share(both_sorts, overdue, _parallel, left),
        "overdue_online_cases": share(both_sorts, overdue, _online, left),
    }


COUNTS = ("overdue_cases", "overdue_parallel_cases", "overdue_online_cases")


def _joined(ended: Counts, due: Counts) -> Counts:
    return {one: ended.get(one, 0) + due.get(one, 0) for one in {**ended, **due}}


def _all(_one: Seen) -> bool:
    return True


def _by_limit(one: Seen) -> bool | None:
    return one.overdue


def _by_statute(one: Seen) -> bool | None:
    return one.overdue_by_statute


def _parallel(one: Seen) -> bool | None:
    return both(one.kind != "other", one.parallel)


def _online(one: Seen) -> bool | None:
    return one.online
