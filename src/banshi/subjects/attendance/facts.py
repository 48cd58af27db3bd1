"""What a register holds of each person's days: punches, leave, the duty log, what the group leader entered.

Punches are kept as sorted figures, eight bytes each: a year of a large centre has a million of them.
"""

import datetime
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct, field

from banshi.subjects.attendance.forms import Note, Punch, seconds
from banshi.subjects.attendance.periods import Days

_A_DAY = 86_400 * 2  # a figure counts half-seconds: the odd half says that the punch was by password


class DayFacts(Struct):
    """What is known of one person's day; ``punched``: seconds since midnight."""

    punched: Sequence[int] = ()
    passwords: int = 0
    halves: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)
    duty: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def whole_day(self) -> bool:
        """Whether leave covers the whole day."""
        return len(self.halves) == 2

    @property
    def any_leave(self) -> bool:
        """Whether there is any leave on the day."""
        return bool(self.halves or self.short)


class Punches:
    """The punches of a register by person."""

    def __init__(self, punches: Iterable[Punch]) -> None:
        """Their order does not matter."""
        found: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
        for punch in punches:
            found[punch.staff].append(_begins(punch.day) + 2 * seconds(punch.time) + (punch.method == "password"))
        self._of = {staff: array("q", sorted(own)) for staff, own in found.items()}

    def days(self, staff: str, period: Days) -> Iterator[tuple[datetime.date, list[int], int]]:
        """Each day of the period with punches: the day, the seconds of its punches, how many were by password."""
        own = self._of.get(staff, ())
        n, last = bisect_left(own, _begins(period.start)), bisect_left(own, _begins(period.end) + _A_DAY)
        ordinal, found, passwords = 0, list[int](), 0
        for figure in own[n:last]:
            day, half = divmod(figure, _A_DAY)
            if day != ordinal:
                if found:
                    yield datetime.date.fromordinal(ordinal), found, passwords
                ordinal, found, passwords = day, [], 0
            found.append(half >> 1)
            passwords += half & 1
        if found:
            yield datetime.date.fromordinal(ordinal), found, passwords


@lru_cache(maxsize=4096)
def _begins(day: datetime.date) -> int:
    return day.toordinal() * _A_DAY
