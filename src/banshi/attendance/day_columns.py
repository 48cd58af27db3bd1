"""Punches laid out as people by days: one row a person, one column a day, the times of the day in its cell."""

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from banshi.attendance.columns import PARTS, Part
from banshi.attendance.forms import Punch
from banshi.tables import cells
from banshi.tables.cells import CellUnreadable
from banshi.tables.reading import Column, Several, SheetHead, heading
from banshi.tables.times import times
from banshi.text import Text

Month = tuple[int, int]
_FEWEST = 3  # columns of days; fewer are hardly a table of this sort
_MONTH = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})(?!\d)")
_NUMBER = re.compile(r"0?([1-9]|[12]\d|3[01])[日号]?")
_WEEKDAYS = frozenset("一二三四五六日天")


def by_days(head: SheetHead, of_register: Month | None = None) -> Part | None:
    """The punches as a part with a column for each day; None where the headings are not of that sort.

    Columns with the number of a day take year and month from a title, else ``of_register``.
    """
    month = _month(head.headings, of_register)
    named = [(heading(cell), _day(cell, month)) for cell in head.headings]
    days = {key: found for key, found in named if found}
    punches = PARTS["punches"]
    if not _side_by_side([found for _, found in named]):
        return None
    columns = {"staff": punches.columns["staff"], **{key: Column((key,), _times) for key in days}}
    part = replace(punches, columns=columns, sets=(), make=_maker(days), several_of=(frozenset(days), _FEWEST))
    return part if part.fits(head) else None


def _side_by_side(days: Sequence[tuple[int, int, int] | None]) -> bool:
    """Whether days stand next to each other in order, as headings do and data hardly."""
    following = [
        bool(one and other and one[:2] == other[:2] and one[2] + 1 == other[2]) for one, other in pairwise(days)
    ]
    return any(all(following[n : n + _FEWEST - 1]) for n in range(len(following) - _FEWEST + 2))


def _month(headings: Iterable[str], of_register: Month | None) -> Month | None:
    """The only year and month that the top rows name; where they name several, the register's."""
    found = {(int(y), int(m)) for cell in headings for y, m in _MONTH.findall(cell) if 1 <= int(m) <= 12 and int(y)}
    if len(found) == 1:
        return found.pop()
    return of_register if not found or of_register in found else None


def _day(cell: str, month: Month | None) -> tuple[int, int, int] | None:
    """Which day a heading names; one that no calendar has is kept, for its cells should be empty."""
    try:
        full = cells.day(cell)
    except CellUnreadable:
        found = _NUMBER.fullmatch(heading(cell))
        return (*month, int(found[1])) if found and month else None
    return full.year, full.month, full.day


def _times(cell: str) -> tuple[str, ...]:
    """The times of a day; a weekday, as it stands below the number of a day, is none."""
    return () if cells.plain_text(cell) in _WEEKDAYS else times(cell)


def _maker(days: dict[str, tuple[int, int, int]]) -> Callable[[dict[str, Any]], Several]:
    def make(values: dict[str, Any]) -> Several:
        clocks = {key: found for key, found in values.items() if key in days and found}
        if not clocks and "staff" not in values:
            return Several()
        staff = values["staff"]
        return Several(
            Punch(staff=staff, day=day, time=clock)
            for key, found in clocks.items()
            for day in (_date(days[key]),)
            for clock in found
        )

    return make


def _date(named: tuple[int, int, int]) -> datetime.date:
    try:
        return datetime.date(*named)
    except ValueError:
        year, month, day = named
        raise CellUnreadable(Text(f"{year}年{month}月没有{day}日", "there is no such day in the month")) from None
