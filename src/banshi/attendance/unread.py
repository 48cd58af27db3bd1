"""Rows of a register's tables that could not be read, as far as they say whom and which day they concern."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from banshi.attendance.columns import PARTS
from banshi.decisions import Reason
from banshi.tables.cells import CellUnreadable
from banshi.tables.reading import Table
from banshi.text import Text, listed

REGISTERS = ("staff", "windows")  # parts whose rows are people and windows themselves
_SHOWN = 5
_LONGEST = 366  # days of a leave
_TELLING = ("punches", "leave", "notes")  # parts of which a lost row may explain what seems to be missing


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that could not be read; ``staff`` and ``day`` where they are legible (of a window: its id).

    ``last``: the last day of a leave.
    """

    part: str
    staff: str | None = None
    day: datetime.date | None = None
    last: datetime.date | None = None

    @property
    def days(self) -> list[datetime.date | None]:
        """The days that it concerns; None: nobody knows which, so any."""
        if self.day is None or self.last is None:
            return [self.day]
        span = min((self.last - self.day).days, _LONGEST)
        return [self.day + datetime.timedelta(days=n) for n in range(span + 1)]


def unread_rows(part: str, table: Table) -> list[Unread]:
    """What is known of the rows that a table lost."""
    key = "id" if part in REGISTERS else "staff"
    known = [Unread(part, _legible(part, row, key), *_days(part, row)) for row in table.lost]
    return known + [Unread(part)] * (table.unread - len(known))


def _days(part: str, row: dict[str, str]) -> tuple[datetime.date | None, datetime.date | None]:
    if part == "leave":
        first, last = _legible(part, row, "from"), _legible(part, row, "to")
        if row.get("to", "").strip() and not last:
            return None, None
        return (first[0], last[0] if last else None) if first else (None, None)
    day: datetime.date | None = _legible(part, row, "day")
    if day is None:
        both = _legible(part, row, "at")
        day = both[0] if both else None
    return day, None


def _legible(part: str, row: dict[str, str], key: str) -> Any:
    column = PARTS[part].columns.get(key)
    if column is None or not row.get(key, "").strip():
        return None
    try:
        return column.read(row[key])
    except CellUnreadable:
        return None


def unread_days(lost: Sequence[Unread]) -> frozenset[tuple[str | None, datetime.date | None]]:
    """Whose days, and which, may look otherwise than they were; None: anybody's, or any day."""
    told = (row for row in lost if row.part in _TELLING and (row.staff or row.day))
    return frozenset((row.staff, day) for row in told for day in row.days)


def incomplete(
    lost: Sequence[Unread], staff: dict[str, Any], start: datetime.date, end: datetime.date
) -> Iterator[Reason]:
    """Why an account of a period is incomplete: whose rows, and those of which nobody knows whose they are."""
    for part in dict.fromkeys(row.part for row in lost):
        own = [
            row
            for row in lost
            if row.part == part and (row.day is None or (start <= (row.last or row.day) and row.day <= end))
        ]
        if part in REGISTERS:
            yield Reason(_left_out(part, len(own)))
            continue
        for who in sorted({row.staff for row in own if row.staff in staff and row.staff is not None}):
            yield Reason(_said_of(part, who, [row for row in own if row.staff == who]))
        if nobody := [row for row in own if row.staff not in staff]:
            yield Reason(_said_of_nobody(part, nobody))


def _said_of_nobody(part: str, rows: list[Unread]) -> Text:
    name, days = PARTS[part].title, sorted({row.day for row in rows if row.day and not row.staff})
    shown = listed(str(day) for day in days[:_SHOWN]) + ("等" if len(days) > _SHOWN else "")
    which = f"（{shown}，这些天的缺打卡、迟到、早退一概不作判定）" if days and part in _TELLING else ""
    return Text(
        f"登记不完整：有 {len(rows)} 行{name.zh}读不出，不知是谁的，没有计入{which}",
        f"incomplete: {len(rows)} rows of {name.en} cannot be read, and it is unknown whose they are",
    )


def _left_out(part: str, rows: int) -> Text:
    name = PARTS[part].title
    return Text(
        f"登记不完整：{name.zh}表有 {rows} 行读不出，没有计入",
        f"incomplete: {rows} rows of {name.en} cannot be read and were left out",
    )


def _said_of(part: str, who: str, rows: list[Unread]) -> Text:
    name, days = PARTS[part].title, Counter(row.day for row in rows if row.day)
    shown = listed(str(day) for day in sorted(days)[:_SHOWN]) + ("等" if len(days) > _SHOWN else "")
    which = f"（{shown}，当天打卡不作判定）" if shown and part in _TELLING else ""
    en = f" ({', '.join(str(day) for day in sorted(days)[:_SHOWN])})" if days else ""
    vague = sum(row.day is None for row in rows)
    unknown = f"；其中 {vague} 行不知是哪一天，所以缺打卡、迟到、早退一概不作判定" if vague and part in _TELLING else ""
    return Text(
        f"{who} 的登记不完整：有 {len(rows)} 行{name.zh}读不出{which}{unknown}",
        f"{who}: {len(rows)} rows of {name.en} cannot be read{en}",
    )
