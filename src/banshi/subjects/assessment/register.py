"""What attendance registers tell about windows: breaches in a quarter, for windows that do not state them."""

import datetime
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from banshi.law.assessment_periods import YearPeriod
from banshi.subjects.attendance.breaches import breaches_by_window, undecided_by_window
from banshi.subjects.attendance.case import RegisterInLaw

_DAY = datetime.timedelta(days=1)


class Breaches(NamedTuple):
    """A window's breaches: those that count, and those to be decided: by the centre, or by what was not read."""

    counted: int = 0
    open: int = 0


class NamedRegisters(Struct, frozen=True, dict=True):
    """The attendance registers that an assessment names by ``path``."""

    path: str
    cases: tuple[RegisterInLaw, ...]

    @cached_property
    def windows(self) -> frozenset[str]:
        """Ids of every window on the registers."""
        return frozenset(window.id for case in self.cases for window in case.register.windows)

    def covers(self, quarter: YearPeriod, first: datetime.date) -> bool:
        """Whether every day from ``first`` to a quarter's end is on some register."""
        day = first
        for start, end in sorted((case.register.start, case.register.end) for case in self.cases):
            if start <= day <= end:
                day = end + _DAY
        return day > quarter.end

    def breaches(self, quarter: YearPeriod, first: datetime.date) -> dict[str, Breaches]:
        """Breaches by window from ``first`` to the quarter's end; every window of the registers is there."""
        counted: defaultdict[str, list[bool]] = defaultdict(list)
        for case in self.cases:
            start, end = max(first, case.register.start), min(quarter.end, case.register.end)
            if start <= end:
                for window, found in breaches_by_window(case, start, end).items():
                    counted[window] += [breach.counts for breach in found]
                for window, days in undecided_by_window(case, start, end).items():
                    counted[window] += [False] * days
        return {window: Breaches(sum(own), len(own) - sum(own)) for window, own in counted.items()}
