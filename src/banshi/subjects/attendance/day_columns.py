"""Punches laid out as people by days: one row a person, one column a day, the times of the day in its cell."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from msgspec.structs import replace

from banshi.base.patterns import late
from banshi.base.text import Text
from banshi.files.tables import cells
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.reading import Several, SheetHead, TableColumn, heading
from banshi.files.tables.times import times
from banshi.subjects.attendance.columns import PARTS, RegisterColumns
from banshi.subjects.attendance.forms import Punch

Month = tuple[int, int]
_Named = tuple[int, int, int]  # year, month and day; no calendar need have it
_FEWEST = 3  # columns of days; fewer are hardly a table of this sort
_MONTH = late(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})(?!\d)")
_NUMBER = late(r"0?([1-9]|[12]\d|3[01])[日号]?")
_WEEKDAY = late(r"(?:星期|周|礼拜)?([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_MADE = late(r"(报表|生成|导出|打印|制表|下载)")  # a title that says when the sheet was made


def by_days(found: Sequence[SheetHead], of_register: Month | None = None) -> RegisterColumns | None:
    """The punches as a part with a column for each day of the sheets; None where none of them is of that sort.

    Columns with the number of a day take year and month from a title of their sheet, else ``of_register``. A weekday in
    place of a number is known by its place between the numbered days.
    """
    months = {head.sheet: _month(head, of_register) for head in found}
    named: dict[str, _Named] = {}
    for head in found:
        dated = _dated(head.headings, months[head.sheet])
        named |= {_key(day): day for day in dated if day} if _side_by_side(dated) else {}
    if not named:
        return None
    punches = PARTS["punches"]
    columns = {"staff": punches.columns["staff"], **{key: _column(day) for key, day in named.items()}}

    def headings(sheet: str, cells: Sequence[str]) -> Sequence[str]:
        dated = _dated(cells, months.get(sheet))
        if not _side_by_side(dated):
            return cells
        return [_key(day) if day else cell for day, cell in zip(dated, cells, strict=True)]

    days = {key: _date(day) for key, day in named.items()}
    several = frozenset(named), _FEWEST
    part = replace(punches, columns=columns, sets=(), make=_maker(days), several_of=several, days=days, named=headings)
    return part if any(part.fits(head) for head in found) else None


def _key(day: _Named) -> str:
    return f"{day[0]:04d}-{day[1]:02d}-{day[2]:02d}"


def _column(day: _Named) -> TableColumn:
    return TableColumn((_key(day),), _times if _date(day) else _no_such_day(day), spare=True)


def _side_by_side(days: Sequence[_Named | None]) -> bool:
    """Whether days stand next to each other in order, as headings do and data hardly."""
    following = [
        bool(one and other and one[:2] == other[:2] and one[2] + 1 == other[2]) for one, other in pairwise(days)
    ]
    return any(all(following[n : n + _FEWEST - 1]) for n in range(len(following) - _FEWEST + 2))


def _month(head: SheetHead, of_register: Month | None) -> Month | None:
    """The only year and month that the top rows or the sheet's name say; where they say several, the register's."""
    titles = [cell for cell in (*head.headings, head.sheet) if not _MADE.search(cell)]
    found = {(int(y), int(m)) for cell in titles for y, m in _MONTH.findall(cell) if 1 <= int(m) <= 12 and int(y)}
    if len(found) == 1:
        return found.pop()
    return of_register if not found or of_register in found else None


def _dated(headings: Sequence[str], month: Month | None) -> list[_Named | None]:
    """Which day each heading names; a weekday between numbered days, or at their ends, the day of its place."""
    days = [_day(cell, month) for cell in headings]
    for step in (1, -1):  # onwards from each day, then backwards from the first
        places = range(len(days)) if step == 1 else range(len(days) - 1, -1, -1)
        for n in places:
            before = days[n - step] if 0 <= n - step < len(days) else None
            if days[n] is None and before is not None:
                days[n] = _by_place(headings[n], (*before[:2], before[2] + step))
    return days


def _by_place(cell: str, day: _Named) -> _Named | None:
    """The day next to a named one, if the heading is its weekday."""
    found, date = _WEEKDAY.fullmatch(heading(cell)), _date(day)
    right = found and date and _WEEKDAYS[date.weekday()] == found[1].replace("天", "日")
    return day if right else None


def _day(cell: str, month: Month | None) -> _Named | None:
    """Which day a heading names; one that no calendar has is kept, for its cells should be empty."""
    try:
        full = cells.day(cell)
    except CellUnreadable:
        found = _NUMBER.fullmatch(heading(cell))
        return (*month, int(found[1])) if found and month else None
    return full.year, full.month, full.day


def _times(cell: str) -> tuple[str, ...]:
    """The times of a day; a weekday, as it stands below the number of a day, is none."""
    return () if cells.plain_text(cell) in (*_WEEKDAYS, "天") else times(cell)


def _no_such_day(day: _Named) -> Callable[[str], tuple[str, ...]]:
    year, month, number = day

    def read(cell: str) -> tuple[str, ...]:
        if not _times(cell):
            return ()
        raise CellUnreadable(Text(f"{year}年{month}月没有{number}日", "there is no such day in the month"))

    return read


def _maker(days: Mapping[str, datetime.date | None]) -> Callable[[dict[str, Any]], Several]:
    def make(values: dict[str, Any]) -> Several:
        clocks = {day: values[key] for key, day in days.items() if day and values.get(key)}
        if not clocks and "staff" not in values:
            return Several()
        staff = values["staff"]
        return Several(Punch(staff=staff, day=day, time=clock) for day, found in clocks.items() for clock in found)

    return make


def _date(named: _Named) -> datetime.date | None:
    try:
        return datetime.date(*named)
    except ValueError:
        return None
