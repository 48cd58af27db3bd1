"""Which punch windows hold for a group on a day: by season, weekday and shift, in order of time.

Windows come in pairs, an arrival and the departure after it; a day may have any number of pairs. Within a pair there may
be times at which one must be present. What is not such a row of pairs is not judged, and ``problem`` says why.
"""

import datetime
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import Text, listed
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import PunchWindow, YearDay
from banshi.subjects.attendance.forms import seconds

NOON = 12 * 3600
DAY = 24 * 3600
_MINUTE = 60
_Placed = Placed[PunchWindow]


class DayWindows(Struct, frozen=True, dict=True):
    """The arrivals and departures of a day in order of time, and the times within them at which one must be ``present``.

    ``problem``: why they are no row of pairs, where they are not; ``shift``: that of which they are.
    """

    placed: tuple[_Placed, ...] = ()
    problem: Text | None = None
    present: tuple[_Placed, ...] = ()
    shift: str = ""

    def __bool__(self) -> bool:
        return bool(self.placed) and self.problem is None

    @property
    def pairs(self) -> tuple[tuple[_Placed, _Placed], ...]:
        """Each arrival with the departure after it."""
        return tuple(zip(self.placed[::2], self.placed[1::2], strict=True))

    @cached_property
    def halves(self) -> tuple[str, ...]:
        """Of each window, the half of the day that it belongs to: a pair before others lies in one half."""
        found = []
        for n, (arrival, departure) in enumerate(self.pairs):
            first = "am" if due(arrival.norm) < NOON else "pm"
            alone = n == len(self.pairs) - 1 and due(departure.norm) > NOON
            found += [first, "pm" if alone else first]
        return tuple(found)

    def half_of(self, present: _Placed) -> str:
        """The half of the day that a time of presence belongs to: that in which it begins."""
        return "am" if limits(present.norm)[0] < NOON else "pm"

    @cached_property
    def judged(self) -> dict[tuple[object, ...], Any]:
        """What the punches of a day come to (``punches.DayPunches``), by these; filled as it is asked."""
        return {}

    @cached_property
    def begins(self) -> int:
        """The second from which punches belong to these windows; before it, of work over night, they end the night before or nothing.

        Where the next work over night begins before this one is over, nothing parts the two, and every punch is its own.
        """
        night = over_night(self)
        if night is None:
            return 0
        first = self.placed[0].norm
        parts = until(night)
        return parts if parts < (due(first) if first.start is None else seconds(first.start)) else 0

    @property
    def state_hours(self) -> bool:
        """Whether a window says when work begins or ends, and not only when to punch."""
        return any(stated(p.norm) for p in self.placed)


def stated(window: PunchWindow) -> bool:
    """Whether a window says when work begins or ends: where its other end is open, or where it has a grace."""
    return window.grace is not None or window.start is None or window.end is None


def by_shifts(rules: Law, group: str, day: datetime.date) -> bool:
    """Whether a group works by shifts on a day, and has no windows beside them."""
    found = [p.norm for p in rules.all(PunchWindow, group)]
    return any(norm.shift for norm in found) and not any(not n.shift and holds_on(n, day) for n in found)


def due(window: PunchWindow) -> int:
    """The second of the day by which one must be there, or until which one must stay; more than a day, over night."""
    clock = window.end if window.moment == "arrival" else window.start
    assert clock is not None
    return seconds(clock) + (DAY if window.next_day else 0)


def limits(present: PunchWindow) -> tuple[int, int]:
    """The first and the last second of a time at which one must be present."""
    assert present.start is not None and present.end is not None
    night = DAY if present.next_day else 0
    return seconds(present.start) + night, seconds(present.end) + night


def over_night(windows: DayWindows) -> PunchWindow | None:
    """The departure on the next day, of windows that reach over midnight; None where they do not."""
    return next((p.norm for p in windows.placed if p.norm.next_day), None) if windows else None


def until(night: PunchWindow) -> int:
    """The second of the next day from which punches no longer belong to work over night; told apart to the minute."""
    assert night.end is not None
    return seconds(night.end) + (_MINUTE if night.end_inclusive else 0)


def last_normal(window: PunchWindow) -> int:
    """For an arrival: ``due`` with the grace added."""
    return due(window) + (window.grace.value * _MINUTE if window.grace else 0)


def first_normal(window: PunchWindow) -> int:
    """For a departure: ``due`` less the grace."""
    return due(window) - (window.grace.value * _MINUTE if window.grace else 0)


def windows_on(rules: Law, group: str, day: datetime.date, shift: str = "") -> DayWindows:
    """The windows of a group on a day; of those who work shifts, the windows of their shift."""
    found = [p for p in rules.all(PunchWindow, group) if (p.norm.shift or "") == shift and holds_on(p.norm, day)]
    known, key = rules.once(_orders_known), (shift, tuple(map(id, found)))  # the law holds its norms
    if key not in known:
        known[key] = replace(in_order(found), shift=shift)
    return known[key]


def _orders_known(_law: Law) -> dict[tuple[str, tuple[int, ...]], DayWindows]:
    return {}  # of each season, weekday and shift; filled as it is asked


def holds_on(window: PunchWindow, day: datetime.date) -> bool:
    """Whether a window is one of the season and the weekday of a day."""
    if window.weekdays and day.isoweekday() not in window.weekdays:
        return False
    season = window.season
    if season is None:
        return True
    first, last, at = _key(season.first), _key(season.last), (day.month, day.day)
    return first <= at <= last if first <= last else at >= first or at <= last


def _key(named: YearDay) -> tuple[int, int]:
    return named.month, named.day or 31


def in_order(found: Sequence[_Placed]) -> DayWindows:
    """Windows as pairs in order of time, with the times of presence within them."""
    ordered = tuple(
        sorted((p for p in found if p.norm.moment != "present"), key=lambda p: (due(p.norm), p.norm.moment))
    )
    present = tuple(
        sorted((p for p in found if p.norm.moment == "present"), key=lambda p: (*limits(p.norm), p.norm.id))
    )
    for placed in ordered:
        if placed.norm.next_day and (placed.norm.moment != "departure" or placed.norm.end is None):
            return DayWindows(ordered, _over_night_unsound(placed.norm.id))
        if _backwards(placed.norm):
            return DayWindows(ordered, _ends_first(placed.norm.id))
    moments = [p.norm.moment for p in ordered]
    if moments != ["arrival", "departure"] * (len(ordered) // 2):
        ids = listed(p.norm.id for p in ordered)
        text = Text(
            f"打卡时段（{ids}）不是一次上班、一次下班地先后相接，不能判定",
            f"the punch windows ({ids}) are no row of arrivals each followed by a departure: not determined",
        )
        return DayWindows(ordered, text)
    for one, other in pairwise(ordered):
        if _crossed(one.norm, other.norm):
            text = Text(
                f"打卡时段 {one.norm.id} 与 {other.norm.id} 先后颠倒或重叠，不能判定",
                f"the punch windows {one.norm.id} and {other.norm.id} cross: not determined",
            )
            return DayWindows(ordered, text)
    pairs = DayWindows(ordered).pairs
    for placed in present:
        if not any(_during(placed.norm, arrival.norm, departure.norm) for arrival, departure in pairs):
            return DayWindows(ordered, _not_at_work(placed.norm.id))
    return DayWindows(ordered, present=present)


def _during(present: PunchWindow, arrival: PunchWindow, departure: PunchWindow) -> bool:
    """Whether a time of presence lies wholly between the normal times of an arrival and a departure."""
    first, last = limits(present)
    return last_normal(arrival) < first <= last < first_normal(departure)


def _not_at_work(norm: str) -> Text:
    return Text(
        f"在岗打卡时段 {norm} 不在一次上班与其后的下班之间（要在上班时段以后开始，下班时段以前结束），不能判定",
        f"{norm}: a time of presence must lie between an arrival and the departure after it: not determined",
    )


def _backwards(window: PunchWindow) -> bool:
    """Whether a window ends before it begins; both ends lie on the same day, the next one where it says so."""
    return window.start is not None and window.end is not None and seconds(window.end) < seconds(window.start)


def _ends_first(norm: str) -> Text:
    return Text(
        f"打卡时段 {norm} 的止点早于起点，没有一个时刻在里面，不能判定",
        f"the punch window {norm} ends before it begins: not determined",
    )


def _over_night_unsound(norm: str) -> Text:
    return Text(
        f"打卡时段 {norm} 写了在次日（next_day），只有下班时段可以，而且要写 end：次日到几点为止的打卡算这一班",
        f"{norm}: only a departure may be on the next day, and it needs an end",
    )


def _crossed(one: PunchWindow, other: PunchWindow) -> bool:
    """Whether the normal times of two neighbours meet where they must not: within work they may not, in a break they may."""
    if one.moment == "arrival":
        return last_normal(one) >= first_normal(other)
    return due(one) > due(other)
