"""A year's arrangement as people look at it: twelve months of weeks, and what a later notice changed."""

import calendar
import datetime

from msgspec import Struct

from banshi.law.working_days import Notice, WorkingDays, Year

_WEEKDAYS = "一二三四五六日"


class Day(Struct, frozen=True):
    """A day of the grid. ``mark``: 休 off by a notice, 班 worked by a notice, or nothing."""

    day: datetime.date
    works: bool
    mark: str
    name: str


class TurnedDays(Struct, frozen=True):
    """Consecutive days that a later notice turned from work to rest, or back."""

    first: datetime.date
    last: datetime.date
    works: bool


Month = list[list[Day | None]]


def months(days: WorkingDays, year: int) -> list[Month]:
    """Twelve months, each a list of weeks from Monday; None where a week reaches beyond its month."""
    names = _names(days, year)
    weeks = calendar.Calendar(calendar.MONDAY)
    return [
        [
            [_day(days, d, names) if d.month == month else None for d in week]
            for week in weeks.monthdatescalendar(year, month)
        ]
        for month in range(1, 13)
    ]


def _day(days: WorkingDays, day: datetime.date, names: dict[datetime.date, str]) -> Day:
    works = days.is_working(day)
    mark = "班" if works and day.weekday() >= 5 else "休" if not works and day in names else ""
    return Day(day, works, mark, names.get(day, "") if mark == "休" else "调休上班" if mark else "")


def _names(days: WorkingDays, year: int) -> dict[datetime.date, str]:
    """Which holiday a day off belongs to; the next year's notice may reach back into December."""
    found: dict[datetime.date, str] = {}
    for entered in (*days.here(year), *days.here(year + 1)):
        for notice in entered.notices:
            for period in notice.days_off:
                found.update(dict.fromkeys(period.days, period.name))
    return found


def changes(year: Year) -> list[tuple[Notice, list[TurnedDays]]]:
    """Each notice in order, with what it changed of the arrangement before it (nothing for the first)."""
    found: list[tuple[Notice, list[TurnedDays]]] = []
    before: dict[datetime.date, bool | None] = {}
    for notice in year.notices:
        now = {**before, **notice.arranged()}
        turned = {d: _works(now, d) for d in sorted(notice.arranged()) if _works(now, d) != _works(before, d)}
        found.append((notice, _grouped(turned) if before else []))
        before = now
    return found


def _works(arranged: dict[datetime.date, bool | None], day: datetime.date) -> bool:
    stated = arranged.get(day)
    return day.weekday() < 5 if stated is None else stated


def _grouped(turned: dict[datetime.date, bool]) -> list[TurnedDays]:
    groups: list[TurnedDays] = []
    for day, works in turned.items():
        last = groups[-1] if groups else None
        if last and last.works == works and (day - last.last).days == 1:
            groups[-1] = TurnedDays(last.first, day, works)
        else:
            groups.append(TurnedDays(day, day, works))
    return groups


def weekday(day: datetime.date) -> str:
    """星期三."""
    return f"星期{_WEEKDAYS[day.weekday()]}"


def missing(years: list[int]) -> list[int]:
    """Years between the first and the last entered, and the next one, that nobody has entered."""
    return [y for y in range(years[0], years[-1] + 2) if y not in years] if years else []
