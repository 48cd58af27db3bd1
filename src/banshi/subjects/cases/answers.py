"""Poor ratings that were not answered in time: counted by window as a log streams by, one by one, for they are few.

Which ratings are poor, the instruments say (``evaluations`` that are not good); within which time each is to be
answered, a norm does (``period`` of ``rating_answer``), counted from the day on which it was given.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Period
from banshi.law.time_limits import Counting, ends
from banshi.law.working_days import WorkingDays
from banshi.subjects.cases.forms import Case
from banshi.subjects.cases.measures import CaseShare, Left
from banshi.subjects.cases.vocabulary import NONE, Vocabulary

ANSWER = "rating_answer"


@dataclass(slots=True)
class Answers:
    """The poor ratings of a period: of each the last day on which it may be answered (None: not known), and the answer's day."""

    placed: Placed[Period]
    days: WorkingDays
    words: Vocabulary
    poor: dict[str, list[tuple[datetime.date | None, datetime.date | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    unstated: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, case: Case) -> None:
        """Count a case that was finished in the period."""
        if case.evaluation is None:
            self.unstated[case.window] += 1
        elif case.evaluation != NONE and case.evaluation not in self.words.good:
            self.poor[case.window].append((self._last(case), case.answered_on))

    def _last(self, case: Case) -> datetime.date | None:
        rated, norm = case.evaluated_on, self.placed.norm
        if rated is None or (case.answered_on is not None and case.answered_on < rated):
            return None
        return ends(self.days, rated, norm.length, Counting(norm.first_day, norm.moved)).last

    def unanswered(self, window: str, as_of: datetime.date, left: Left) -> CaseShare:
        """How many of a window's poor ratings were not answered in time; those whose time still runs are not known yet."""
        hits = unsure = 0
        for last, answered in self.poor[window]:
            if last is None or (answered is None and as_of <= last):
                unsure += 1
            else:
                hits += (answered or as_of) > last
        return CaseShare(hits, len(self.poor[window]), unsure, self.unstated[window], left)


def answers(law: Law, days: WorkingDays, words: Vocabulary) -> Answers | None:
    """Where the law says within which time poor ratings are to be answered; None where it does not."""
    placed = next((placed for placed in law.all(Period) if placed.norm.of == ANSWER), None)
    return Answers(placed, days, words) if placed else None
