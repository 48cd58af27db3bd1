"""How long is a leave? Working half-days by the calendar; adjoining leaves of one person make one absence."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from msgspec import Struct

from banshi.law.working_days import UndeterminedYear
from banshi.subjects.attendance.calendar import DayCounter
from banshi.subjects.attendance.forms import Half, Leave

HALF = Decimal("0.5")
_DAY = datetime.timedelta(days=1)


class Spell(Struct, frozen=True):
    """An unbroken absence: its working half-days and its length in days."""

    halves: tuple[Half, ...]
    length: Decimal

    @property
    def begins(self) -> datetime.date:
        """The first day away."""
        return self.halves[0][0]


def halves_of(leave: Leave, days: DayCounter) -> list[Half]:
    """The working half-days from the start to the end of a leave. Raises ``UndeterminedYear``."""
    found: list[Half] = []
    day = leave.start
    while day <= leave.last:
        if leave.calendar_days or days.is_working(day):
            found += [(day, half) for half in ("am", "pm") if _falls_in(leave, day, half)]
        day += _DAY
    return found


def _falls_in(leave: Leave, day: datetime.date, half: str) -> bool:
    begun = day > leave.start or half >= leave.from_half  # "am" sorts before "pm"
    return begun and (day < leave.last or half <= leave.to_half)


def away(leave: Leave, days: DayCounter) -> list[Half]:
    """The half-days that count as leave: none for what is shorter than half a day. Raises ``UndeterminedYear``."""
    return [] if is_short(leave) else halves_of(leave, days)


def is_short(leave: Leave) -> bool:
    """Whether the leave, as declared, is shorter than half a day."""
    return leave.short_by_kind or (leave.days is not None and leave.days < HALF)


def misdeclared(leave: Leave, days: DayCounter) -> Decimal | None:
    """The days from start to end, where the declared length cannot be that of this leave; None where it can.

    A leave within a day may be shorter than that, a longer one by less than half a day. Raises ``UndeterminedYear``.
    """
    if leave.days is None or (leave.days < HALF and leave.start == leave.last):
        return None
    span = HALF * len(halves_of(leave, days))
    shortest = Decimal(0) if span <= 1 else span - HALF
    return None if shortest < leave.days <= span else span


def counted_days(leave: Leave, halves: Iterable[Half]) -> Decimal:
    """Days of the given half-days of a leave; a declared length may be less."""
    span = HALF * len(list(halves))
    return span if leave.days is None else min(span, leave.days)


def spells(leaves: Iterable[Leave], days_of: Callable[[str], DayCounter]) -> dict[int, Spell]:
    """Each leave (by its place) with the absence it belongs to; short ones stand alone. Raises ``UndeterminedYear``.

    ``days_of``: who works on which days.
    """
    placed = [(n, leave, away(leave, days_of(leave.staff))) for n, leave in enumerate(leaves)]
    found: dict[int, Spell] = {}
    for group in _adjoining([entry for entry in placed if entry[2]], days_of):
        found.update(dict.fromkeys((n for n, _, _ in group), _spell(group)))
    for n, leave, halves in placed:
        if not halves:
            found[n] = Spell(((leave.start, leave.from_half),), leave.days or Decimal(0))
    return found


_Entry = tuple[int, Leave, list[Half]]


def _adjoining(entries: list[_Entry], days_of: Callable[[str], DayCounter]) -> Iterator[list[_Entry]]:
    people: dict[str, list[_Entry]] = {}
    for entry in entries:
        people.setdefault(entry[1].staff, []).append(entry)
    for staff, own in people.items():
        days = days_of(staff)
        own.sort(key=lambda entry: (entry[2][0], entry[2][-1]))
        group, reach = [own[0]], own[0][2][-1]
        for entry in own[1:]:
            if entry[2][0] > _next(reach, days):
                yield group
                group = []
            group.append(entry)
            reach = max(reach, entry[2][-1])
        yield group


def _next(half: Half, days: DayCounter) -> Half:
    day, part = half
    try:
        return (day, "pm") if part == "am" else (days.add(day, 1), "am")
    except UndeterminedYear:  # nothing is known to adjoin the last day of the calendar
        return half


def _spell(group: list[_Entry]) -> Spell:
    halves = tuple(sorted({half for _, _, own in group for half in own}))
    declared = group[0][1].days if len(group) == 1 else None
    return Spell(halves, HALF * len(halves) if declared is None else declared)
