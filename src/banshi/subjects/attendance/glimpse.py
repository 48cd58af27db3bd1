"""A look into what is not read: may a sheet or file hold punches, leave or the like, and of whom?

Decided by what stands there: times beside ids or names of the register, headings of time clocks, moments within the
register's days. Where a column names people of the register in every row that counts, only they are concerned.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from msgspec import Struct

from banshi.base.limits import MAX_GLIMPSED
from banshi.base.patterns import late
from banshi.files.tables import cells
from banshi.files.tables.cells import CellUnreadable
from banshi.subjects.attendance.forms import Register

_CLOCK = late(r"(?<!\d)([01]?\d|2[0-3])[:：时点][0-5]\d(?!\d)")
_DAY = late(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{8}(?!\d)")
_LABEL = late(r"(工号|编号|姓名|考勤号|人员)")
_OF_CLOCKS = late(r"打卡|刷卡|签到|签退|考勤|上班|下班|attlog|punch|check-?in|clock-?in", re.IGNORECASE)
_OTHERS = {
    "leave": re.compile(r"请假|假别|事假|病假|年休|休假|调休|因公|公差|出差", re.IGNORECASE),
    "notes": re.compile(r"说明登记|长登记|录入人|登记人|补卡|补签|非正常考勤"),
    "duty_log": re.compile(r"值班日志|巡查|查岗"),
}
_TOP = 15


class Glimpse(Struct, frozen=True):
    """What may stand in something that was not read: the part, and whose and when (None: anybody's, any day)."""

    part: str
    staff: str | None = None
    day: datetime.date | None = None


class Roster:
    """Who is on a register, by id and by name, and its days."""

    def __init__(self, register: Register) -> None:
        """People of the same name stay apart by their ids only."""
        names = [person.name for person in register.people.values() if person.name]
        self.start, self.end = register.start, register.end
        self._who = {p.name: p.id for p in register.people.values() if p.name and names.count(p.name) == 1}
        self._who |= {staff: staff for staff in register.people}

    def who(self, cell: str) -> str | None:
        """The id of whom a cell names."""
        return self._who.get(cells.plain_text(cell).strip("'"))


def glimpse(rows: Iterable[Sequence[str]], name: str, roster: Roster) -> list[Glimpse]:
    """What may stand in these rows of cells, under this name of a file or sheet; nothing where it is something else."""
    seen = [list(row) for row in islice(rows, MAX_GLIMPSED + 1)]
    title = " ".join((name, *(cell for row in seen[:_TOP] for cell in row)))
    others = [each for part, words in _OTHERS.items() if words.search(title) for each in _others(part, seen, roster)]
    timed = list(_timed(seen, roster))
    clocks = bool(_OF_CLOCKS.search(title))
    if timed and (clocks or (not others and _known(timed, roster))):
        return [*_whose("punches", timed, roster, len(seen) > MAX_GLIMPSED), *others]
    return others


def _others(part: str, rows: list[list[str]], roster: Roster) -> list[Glimpse]:
    """Whom rows of days concern: those of the register whom they name, or anybody where some name nobody of it."""
    named = [who for row in rows if (who := next(filter(None, map(roster.who, row)), None))]
    dated = sum(any(_day(cell) for cell in row) for row in rows)
    if not named:
        return []
    return [Glimpse(part)] if len(named) < dated else [Glimpse(part, who) for who in dict.fromkeys(named)]


_Timed = tuple[list[str], str | None]  # a row with a time, and whom the lines above it are about


def _timed(rows: Iterable[list[str]], roster: Roster) -> Iterator[_Timed]:
    """The rows that hold a time of day, with the person that a line above them names: 工号：001."""
    above: str | None = None
    for row in rows:
        if any(_CLOCK.search(cell) for cell in row):
            yield row, above
        elif any(_LABEL.search(cell) for cell in row):
            above = next(filter(None, map(roster.who, row)), None)


def _known(timed: list[_Timed], roster: Roster) -> bool:
    """Whether the rows name people of the register, or mostly hold moments of its days."""
    if any(above or any(map(roster.who, row)) for row, above in timed):
        return True
    days = [next(filter(None, map(_day, row)), None) for row, _ in timed]
    return sum(day is not None and roster.start <= day <= roster.end for day in days) * 2 > len(days)


def _whose(part: str, timed: list[_Timed], roster: Roster, more: bool) -> list[Glimpse]:
    if more:
        return [Glimpse(part)]
    width = min(len(row) for row, _ in timed)
    columns = [n for n in range(width) if all(roster.who(row[n]) for row, _ in timed)]
    days = [n for n in range(width) if all(_day(row[n]) for row, _ in timed)]
    found: dict[Glimpse, None] = {}
    for row, above in timed:
        people: list[str | None] = [roster.who(row[n]) for n in columns] or [above]
        for who in people:
            found[Glimpse(part, who, _day(row[days[0]]) if days else None)] = None
    return list(found)


def _day(cell: str) -> datetime.date | None:
    match = _DAY.match(cells.plain_text(cell))
    if match is None:
        return None
    try:
        return cells.day(match[0])
    except CellUnreadable:
        return None
