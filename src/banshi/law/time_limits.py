"""When does a stated length of time end? The one place where days, working days, hours, months and years are counted.

The first day counts or not, a last day of rest moves on or not, stretches in between may be left out: all of it is
stated by the norm. A unit that cannot be counted is refused, never read as another.
"""

import datetime
from calendar import monthrange
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from msgspec import Struct

from banshi.base.text import Spoken, Text
from banshi.law.norms import Length
from banshi.law.working_days import UndeterminedYear, WorkingDays

_DAY = datetime.timedelta(days=1)
FirstDay = Literal["next_day", "same_day"]
Pause = tuple[datetime.date, datetime.date]
CALENDAR_DAYS, WORKING, HOURS, MONTHS, YEARS = ("天", "日"), "工作日", "小时", "月", "年"


class Ends(Spoken):
    """The last day, and how it was found, in both languages; ``None``: not determined, and the text says why."""

    __slots__ = ("last",)

    def __init__(self, last: datetime.date | None, said: Text | Callable[[], Text]) -> None:
        super().__init__(said)
        self.last = last


class Counting(Struct, frozen=True):
    """How a length is counted: from which day, whether a last day of rest moves on, and how the length is called.

    ``principle``: a word that goes before the length (原则上). ``made_up``: whether working weekends are named.
    """

    first_day: FirstDay = "next_day"
    moved: bool = False
    said: str = ""
    principle: str = ""
    made_up: bool = True


def ends(
    days: WorkingDays, start: datetime.date, length: Length, counting: Counting, pauses: Sequence[Pause] = ()
) -> Ends:
    """The last day of ``length`` from ``start``. ``pauses``: stretches (both ends included) that do not count.

    Not determined where a year has no arrangement of working days, or the day would lie beyond the calendar.
    """
    if length.unit not in _UNITS_EN:
        return Ends(None, Text(f"不能按“{length.unit}”推算期限", f"a limit in {length.unit} cannot be counted in days"))
    try:
        return _ends(days, start, length, counting, pauses)
    except (UndeterminedYear, OverflowError) as error:
        return Ends(
            None, error.said if isinstance(error, UndeterminedYear) else UndeterminedYear(datetime.MAXYEAR).said
        )


def _ends(days: WorkingDays, start: datetime.date, length: Length, counting: Counting, pauses: Sequence[Pause]) -> Ends:
    plain = _plain_end(days, start, length, counting.first_day, pauses)
    last = days.roll(plain) if counting.moved else plain
    said = partial(_said, days, start, length, counting, pauses, (plain, last))
    return Ends(last, said() if pauses else said)  # a day left out may be of a year that is not entered


def no_sooner_than(days: WorkingDays, start: datetime.date, length: Length, first_day: FirstDay) -> datetime.date:
    """A day before which ``length`` does not end, however working days are arranged: all days are counted as such."""
    counted = Length(value=length.value, unit=CALENDAR_DAYS[0]) if length.unit == WORKING else length
    return _plain_end(days, start, counted, first_day, ())


def _plain_end(
    days: WorkingDays, start: datetime.date, length: Length, first_day: FirstDay, pauses: Sequence[Pause]
) -> datetime.date:
    before = start - _DAY if first_day == "same_day" else start
    if length.unit == WORKING or length.unit in CALENDAR_DAYS:
        return _walk(days, before, length, pauses)
    if length.unit == HOURS:  # the hour is not filed: counted from the end of the day, so that nobody is late too soon
        end = before + (length.value + 23) // 24 * _DAY
    elif length.unit in (MONTHS, YEARS):
        end = _months_from(start, length.value * (12 if length.unit == YEARS else 1), first_day)
    else:
        raise ValueError(f"cannot count {length.unit}")
    return end + _left_out(before, end, pauses) * _DAY


def _walk(days: WorkingDays, before: datetime.date, length: Length, pauses: Sequence[Pause]) -> datetime.date:
    working = length.unit == WORKING
    if not pauses:
        return days.add(before, length.value) if working else before + length.value * _DAY
    day, left = before, length.value
    while left > 0:
        if day == datetime.date.max:
            raise UndeterminedYear(day.year)
        day += _DAY
        paused = any(first <= day <= last for first, last in pauses)
        left -= not paused and (not working or days.is_working(day))
    return day


def _months_on(day: datetime.date, months: int) -> datetime.date:
    """The day of the same number, or the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _months_from(start: datetime.date, months: int, first_day: FirstDay) -> datetime.date:
    """The last of so many months: the day of the same number, or the day before it where ``start`` is itself counted.

    A month that has no day of that number ends them with its last: 1 March itself counted, a month is until 31 March.
    """
    end = _months_on(start, months)
    return end - _DAY if first_day == "same_day" and end.day == start.day else end


def _left_out(before: datetime.date, end: datetime.date, pauses: Sequence[Pause]) -> int:
    paused = {first + n * _DAY for first, last in pauses for n in range((last - first).days + 1)}
    count = 0
    for _ in paused:
        found = sum(before < day <= end + count * _DAY for day in paused)
        if found == count:
            break
        count = found
    return count


def used(
    days: WorkingDays, start: datetime.date, end: datetime.date, unit: str, first_day: FirstDay, pauses: Sequence[Pause]
) -> Text:
    """How much of a limit in days was used up on ``end``, in words; empty where that cannot be counted in its unit."""
    working = unit == WORKING
    if not working and unit not in CALENDAR_DAYS:
        return _NOTHING
    first = 0 if first_day == "same_day" else 1
    between = (start + n * _DAY for n in range(first, (end - start).days + 1))
    counting = (day for day in between if not any(begin <= day <= last for begin, last in pauses))
    try:
        count = sum(days.is_working(day) if working else 1 for day in counting)
    except UndeterminedYear:
        return _NOTHING
    return Text(f"，用了 {count} {'个工作日' if working else '天'}", f" after {count} {_UNITS_EN[unit]}")


_NOTHING = Text("", "")

# what is said


def _said(
    days: WorkingDays,
    start: datetime.date,
    length: Length,
    counting: Counting,
    pauses: Sequence[Pause],
    found: tuple[datetime.date, datetime.date],
) -> Text:
    plain, last = found
    same = counting.first_day == "same_day"
    made_up = (
        _made_up(days, start if same else start + _DAY, plain) if length.unit == WORKING and counting.made_up else []
    )
    extra = f"（其中 {'、'.join(d.isoformat() for d in made_up)} 调休上班，计入）" if made_up else ""
    extra_en = f" (make-up days {', '.join(d.isoformat() for d in made_up)} count)" if made_up else ""
    out, out_en = _paused_said(pauses)
    hours = "；填报只写到日，按当日末起算" if length.unit == HOURS else ""
    rolled = f"；{plain} 是休息日，顺延到 {last}" if last != plain else ""
    rolled_en = f"; {plain} is a day of rest, so {last}" if last != plain else ""
    long = counting.said or length.phrase({})
    return Text(
        f"自 {start} {'当日' if same else '次日'}起{counting.principle}{long}{out}，到 {plain} 为止{extra}{hours}{rolled}",
        f"{length.value} {_UNITS_EN[length.unit]} from {'' if same else 'the day after '}{start}{out_en}:"
        f" until {plain}{extra_en}{rolled_en}",
    )


def _made_up(days: WorkingDays, first: datetime.date, end: datetime.date) -> list[datetime.date]:
    between = (first + n * _DAY for n in range((end - first).days + 1))
    return [day for day in between if day.weekday() >= 5 and days.is_working(day)]


def _paused_said(pauses: Sequence[Pause]) -> tuple[str, str]:
    if not pauses:
        return "", ""
    said = "、".join(f"{first}" if first == last else f"{first} 至 {last}" for first, last in pauses)
    return f"（{said} 不计）", f" ({said} left out)"


_UNITS_EN = {
    WORKING: "working days",
    "天": "calendar days",
    "日": "calendar days",
    HOURS: "hours",
    MONTHS: "months",
    YEARS: "years",
}
COUNTED = tuple(_UNITS_EN)  # the units of a length that can be counted
