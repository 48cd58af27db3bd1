"""What scoring looks things up in: the norms, the period, the calendar."""

import datetime
from collections.abc import Set
from functools import cached_property

from msgspec import Struct

from banshi.law.assessment_periods import YearPeriod
from banshi.law.working_days import UndeterminedYear, WorkingDays
from banshi.subjects.assessment.book import AssessmentBook

_DAY = datetime.timedelta(days=1)


class Context(Struct, frozen=True, dict=True):
    """Everything but the window; ``unread``: facts of the window that were not read."""

    book: AssessmentBook
    period: YearPeriod
    days: WorkingDays
    unread: Set[str] = frozenset()

    @property
    def first_day(self) -> datetime.date:
        """The first day whose facts count."""
        return self.period.first_day

    def counts(self, day: datetime.date) -> bool:
        """Whether what happened on a day belongs to the period."""
        return self.first_day <= day <= self.period.end

    def is_working(self, day: datetime.date) -> bool | None:
        """Whether offices work on a day; None where no arrangement for its year is entered."""
        try:
            return self.days.is_working(day)
        except UndeterminedYear:
            return None

    @cached_property
    def working_days(self) -> tuple[datetime.date, ...]:
        """The working days that count; days of unknown years are taken for working days."""
        every = (self.first_day + _DAY * n for n in range((self.period.end - self.first_day).days + 1))
        return tuple(day for day in every if self.is_working(day) is not False)
