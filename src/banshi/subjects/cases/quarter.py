"""What a quarter's assessment of city windows needs from a log: facts by window, never the figures of county centres.

Rates are of the cases finished in the quarter. Overdue are those whose limit ran out in the quarter: finished
late (超期办结), or still open at its end (超期未办结). So a late case counts in one quarter only, unless each counts anew: in a later one, in
which it is finished at last, neither as overdue nor in the rate of what was in time.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from banshi.law.assessment_periods import PeriodAsked, YearPeriod, law_for
from banshi.law.library import Law, Library
from banshi.law.norms import Adjustment, HighestOnly, ScoreRule, ScoreSubItem
from banshi.law.terms import Counted, CountedMeasure
from banshi.law.working_days import WorkingDays
from banshi.subjects.cases.answers import Answers, answers
from banshi.subjects.cases.faults import Noted
from banshi.subjects.cases.forms import Case, Log
from banshi.subjects.cases.measures import (
    NOTHING_LEFT,
    CaseMeasure,
    CaseShare,
    Counts,
    Left,
    Seen,
    both,
    evaluated,
    negated,
    recorded,
    resolved,
    share,
)
from banshi.subjects.cases.tally import CaseTally
from banshi.subjects.cases.vocabulary import Vocabulary

LATE = "overdue"  # what the fact that counts late cases is to the score
OVERDUE, UNANSWERED = "overdue_cases", "poor_ratings_unanswered"
COUNTS = (OVERDUE, UNANSWERED)  # the others are rates
_DAY = datetime.timedelta(days=1)


@dataclass(slots=True)
class QuarterTally:
    """The cases of one quarter: ``ended`` were finished in it; ``due`` ran out in it and stayed open.

    ``settled`` were finished in it, late since an earlier quarter, in which they counted.
    """

    quarter: YearPeriod
    law: Law
    as_of: datetime.date | None
    words: Vocabulary = field(default_factory=Vocabulary)
    answers: Answers | None = None
    ended: CaseTally = field(init=False)
    due: CaseTally = field(init=False)
    settled: CaseTally = field(init=False)

    def __post_init__(self) -> None:
        self.ended, self.due, self.settled = (CaseTally(self.as_of, words=self.words) for _ in range(3))

    @property
    def anew(self) -> bool:
        """Whether a late case counts in every quarter that it touches."""
        return any(p.norm.scale == "deduction" and p.norm.earlier == "anew" for p in self.law.all(HighestOnly))

    def looked_at(self, as_of: datetime.date) -> datetime.date:
        """The day on which open cases are judged: what is open when its last day and the quarter end is overdue."""
        return as_of if as_of < self.quarter.end else max(as_of, self.quarter.end + _DAY)

    @property
    def by_statute(self) -> bool:
        """Whether the statutory limit alone counts."""
        late = [p.norm for p in self.law.all(Adjustment) if p.role(p.norm.fact) == LATE]
        return any(norm.against == "statutory" for norm in late)

    @property
    def start(self) -> datetime.date:
        """The first day whose facts count."""
        return self.quarter.first_day

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
                if self.answers:
                    self.answers.add(case)
        elif case.accepted_on <= self.quarter.end and (limit is None or self._holds(limit)):
            self.due.count(case, index, source)

    def _holds(self, day: datetime.date) -> bool:
        return self.start <= day <= self.quarter.end

    def windows(self, as_of: datetime.date, left: Left = NOTHING_LEFT) -> Iterator[tuple[str, dict[str, CaseShare]]]:
        """Each window with the facts that the log can tell and the law asks for; ``left``: what was not counted."""
        day, known = self.looked_at(as_of), wanted(self.law)
        ended, due, settled = (resolved(t, day)["window"] for t in (self.ended, self.due, self.settled))
        for window in sorted({*ended, *due, *settled}):
            counts = (ended.get(window, {}), due.get(window, {}), settled.get(window, {}))
            found = facts(known, *counts, by_statute=self.by_statute, left=left)
            yield window, found | self._unanswered(known, window, as_of, left)

    def _unanswered(
        self, known: Mapping[str, Counted], window: str, as_of: datetime.date, left: Left
    ) -> dict[str, CaseShare]:
        if self.answers is None:
            return {}
        asked = [slug for slug, one in known.items() if one.measure == UNANSWERED]
        return {slug: self.answers.unanswered(window, as_of, left) for slug in asked}

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
    log: Log,
    library: Library,
    days: WorkingDays,
    wanted_period: PeriodAsked,
    as_of: datetime.date | None,
    words: Vocabulary,
) -> QuarterTally | None:
    """A tally of a period of the assessment year; None where no assessment was in force for it."""
    found = law_for(library, log.jurisdiction, wanted_period) if log.jurisdiction else None
    if found is None or log.jurisdiction is None:
        return None
    law, period = found
    return QuarterTally(period, law, as_of, words, answers(law, days.in_place(log.jurisdiction), words))


def wanted(law: Law) -> dict[str, Counted]:
    """The facts that the assessment asks for and a log can tell: rates of all cases first, counts last."""
    items = [placed.norm for placed in law.all(ScoreSubItem)]
    asked = {item.measure for item in items} | {m.measure for i in items for m in i.further}
    asked |= {placed.norm.fact for placed in law.all(ScoreRule)}
    declared = {slug: fact for version in law.versions for slug, fact in version.facts.items()}
    found = {slug: fact.from_log for slug, fact in declared.items() if fact.from_log and slug in asked}
    return dict(sorted(found.items(), key=lambda pair: _place(pair[1])))


def _place(counted: Counted) -> tuple[bool, int, int]:
    return counted.measure in COUNTS, [*_AMONG].index(counted.among), get_args(CountedMeasure).index(counted.measure)


def facts(
    known: Mapping[str, Counted],
    ended: Counts,
    due: Counts,
    settled: Counts,
    *,
    by_statute: bool,
    left: Left = NOTHING_LEFT,
) -> dict[str, CaseShare]:
    """What a log tells about a window: rates of the cases finished in the quarter, and counts of overdue ones.

    ``settled``: cases whose lateness counted before; they are finished cases all the same.
    """
    both_sorts, finished = _joined(ended, due), _joined(ended, settled)
    late: Callable[[Seen], bool | None] = _by_statute if by_statute else _by_limit
    on_time = CaseMeasure("on_time_rate", _all, lambda one: negated(late(one)))
    measures = {
        "on_site_rate": (finished, CaseMeasure("on_site_rate", _all, lambda one: one.on_site)),
        "on_time_rate": (ended, on_time),
        "satisfaction_rate": (finished, CaseMeasure("satisfaction_rate", evaluated, lambda one: one.satisfied)),
        "recorded_rate": (finished, CaseMeasure("recorded_rate", _all, recorded)),
        "online_rate": (finished, CaseMeasure("online_rate", _all, _online)),
        OVERDUE: (both_sorts, CaseMeasure(OVERDUE, _all, late, rate=False)),
    }
    counted = {slug: one for slug, one in known.items() if one.measure in measures}
    return {slug: share(*measures[one.measure], _AMONG[one.among], left) for slug, one in counted.items()}


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


_AMONG: dict[str, Callable[[Seen], bool | None]] = {"all": _all, "parallel": _parallel, "online": _online}
