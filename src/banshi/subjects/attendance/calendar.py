"""Which days are working days for attendance: as the reading taken on the day says."""

import datetime
from collections.abc import Mapping
from typing import Protocol

from banshi.law.norms import PunchWindow
from banshi.law.working_days import WorkingDays, working_day_after
from banshi.subjects.attendance.rulebook import Rulebook
from banshi.subjects.attendance.vocabulary import REST


class DayCounter(Protocol):
    """What counts working days."""

    def is_working(self, day: datetime.date) -> bool:
        """Whether offices work on ``day``. Raises ``UndeterminedYear``."""

    def add(self, day: datetime.date, count: int) -> datetime.date:
        """The ``count``-th working day after ``day``. Raises ``UndeterminedYear``."""


class OwnDays:
    """The working days of somebody on a roster: those with a shift, none of rest; where it says nothing, everybody's."""

    def __init__(self, days: DayCounter, shifts: Mapping[datetime.date, str]) -> None:
        """``shifts``: by day, what the roster says (``rest``: nothing is worked)."""
        self._days, self._shifts = days, shifts

    def is_working(self, day: datetime.date) -> bool:
        """Whether the person works on ``day``. Raises ``UndeterminedYear``."""
        shift = self._shifts.get(day)
        return self._days.is_working(day) if shift is None else shift != REST

    def add(self, day: datetime.date, count: int) -> datetime.date:
        """The ``count``-th working day after ``day``. Raises ``UndeterminedYear``."""
        return working_day_after(self.is_working, day, count)


class Calendar:
    """Working days by the official arrangement, or by the weekday alone where the punch windows say so."""

    def __init__(self, book: Rulebook, official: WorkingDays) -> None:
        """``book`` holds the rules of each day."""
        self._book, self._official = book, official
        self._known: dict[datetime.date, bool] = {}

    def is_working(self, day: datetime.date) -> bool:
        """Whether ``day`` is a working day. Raises ``UndeterminedYear``."""
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = self._is_working(day)
        return found

    def _is_working(self, day: datetime.date) -> bool:
        by_weekday = any(p.norm.days == "weekdays" for p in self._book.at(day).all(PunchWindow))
        return day.weekday() < 5 if by_weekday else self._official.is_working(day)

    def add(self, day: datetime.date, count: int) -> datetime.date:
        """The ``count``-th working day after ``day``. Raises ``UndeterminedYear``."""
        return working_day_after(self.is_working, day, count)
