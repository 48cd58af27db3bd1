"""What scoring looks things up in: the norms, the quarter, the calendar, and the readings that are taken.

``Readings`` notes which questions were asked, that is, which of them mattered for a window. Only those are answered
the other way to see whether another reading leads elsewhere.
"""

import datetime
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from banshi.law.assessment_periods import RETROACTIVITY, Period
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Norm
from banshi.law.otherwise import elsewhere
from banshi.law.working_days import UndeterminedYear, WorkingDays
from banshi.subjects.assessment.book import Book

_DAY = datetime.timedelta(days=1)


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Noted(Generic[T]):
    """A part of a score with the questions that were asked on the way: another answer to others cannot change it."""

    value: T
    asked: frozenset[str]


@dataclass(slots=True)
class Readings:
    """The readings of a law, with some answered otherwise; ``asked`` grows as scoring goes on."""

    law: Law
    otherwise: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def ask(self, reading: str) -> str:
        """The reading that is taken; empty where the version does not record the question."""
        self.asked.add(reading)
        return self.otherwise.get(reading) or self.law.taken(reading)

    def noted(self, make: Callable[[], T]) -> "Noted[T]":
        """What ``make`` gives, with what it asked."""
        before, self.asked = self.asked, set()
        value = make()
        own, self.asked = frozenset(self.asked), before | self.asked
        return Noted(value, own)

    def at(self, reading: str, placed: Placed[Norm]) -> bool:
        """Whether a recorded question is about a norm's provision."""
        found = self.law.readings.get(reading)
        here = placed.provision.id
        return found is not None and any(here == at or here.startswith(f"{at}.") for at in found.at)

    def others(self) -> list[tuple[str, str]]:
        """Question and answer, for every other answer to what was asked that the engine can compute."""
        return [(other.question, other.option) for other in elsewhere(self.law, sorted(self.asked))]

    def said(self, reading: str, option: str) -> str:
        """A reading in words."""
        return self.law.readings[reading].options[option]


@dataclass(frozen=True)
class Context:
    """Everything but the window; ``unread``: facts of the window that were not read."""

    book: Book
    period: Period
    days: WorkingDays
    readings: Readings
    unread: Set[str] = frozenset()

    def first_day(self, day: datetime.date | None = None) -> datetime.date:
        """The first day whose facts count; ``day`` makes it matter how that is read."""
        quarter, readings = self.period, self.readings
        contested = day is not None and quarter.contested(day)
        return quarter.first_day(readings.ask(RETROACTIVITY) if contested else readings.law.taken(RETROACTIVITY))

    def counts(self, day: datetime.date) -> bool:
        """Whether what happened on a day belongs to the quarter."""
        return self.first_day(day) <= day <= self.period.end

    def is_working(self, day: datetime.date) -> bool | None:
        """Whether offices work on a day; None where no arrangement for its year is entered."""
        try:
            return self.days.is_working(day)
        except UndeterminedYear:
            return None

    @cached_property
    def working_days(self) -> tuple[datetime.date, ...]:
        """The working days that count; days of unknown years are taken for working days."""
        first = self.first_day()
        every = (first + _DAY * n for n in range((self.period.end - first).days + 1))
        return tuple(day for day in every if self.is_working(day) is not False)
