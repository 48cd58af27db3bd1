"""What of a register's tables could not be read, as far as it says whom and which day it concerns."""

import datetime
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.limits import LONGEST_LEAVE
from banshi.base.text import Text, listed
from banshi.files.tables.cells import CellUnreadable, plain_text
from banshi.files.tables.reading import Table
from banshi.law.decisions import Reason
from banshi.subjects.attendance.columns import PARTS, RegisterColumns
from banshi.subjects.attendance.forms import Register

REGISTERS = ("staff", "windows")  # parts whose rows are people and windows themselves
NO_PUNCHES = "登记里没有打卡，"  # the source of what no punches at all leave open
CONTRADICTED = (
    "两份登记写得不一样，"  # of what two registers contradict each other in, which is said where they are joined
)
_SHOWN = 5
_SILENCING = ("punches", "roster", "leave", "notes", "duty_log", "method")  # what leaves a person's day undecided
# What single cells bear on, and what that is called.
_OF_CELL = {
    ("punches", "method"): "method",
    ("staff", "role"): "role",
    ("staff", "password_approved_on"): "password",
    ("staff", "window"): "place",
    ("windows", "on_duty"): "on_duty",
}
CELLS_OF_REGISTERS = {part for (table, _), part in _OF_CELL.items() if table in REGISTERS}
_NAMES = {
    "method": Text("打卡方式", "the way of punching"),
    "order": Text("请假手续", "formalities of leave"),
    "role": Text("组内职务", "positions in a group"),
    "password": Text("密码批准日", "approval of passwords"),
    "place": Text("所在窗口", "windows of staff"),
    "on_duty": Text("值班人数", "numbers on duty"),
}


class UnreadRow(Struct, frozen=True):
    """A row, or the cell of one, that was not read; ``staff`` and ``day`` where they are legible (of a window: its id).

    ``part``: the part of the register, or what the cell bears on: ``method`` (of a punch), ``order`` (of a leave),
    ``role`` (somebody's), ``password`` (its approval), ``place`` (somebody's window), ``on_duty``. ``last``: the last day of a leave.
    ``source``: the file, sheet or column that was left aside; empty for a row or cell of a table that was read.
    ``misnamed``: the id under which a row stands that may be this person's.
    """

    part: str
    staff: str | None = None
    day: datetime.date | None = None
    last: datetime.date | None = None
    source: str = ""
    cell: bool = False
    misnamed: str = ""

    @property
    def called(self) -> Text:
        """What it bears on, of a person or window whom it names."""
        name = _NAMES.get(self.part, Text(self.part, self.part))
        return Text(f"{self.staff} 的{name.zh}", f"{name.en} of {self.staff}") if self.staff else name

    @property
    def days(self) -> list[datetime.date | None]:
        """The days that it concerns; None: nobody knows which, so any."""
        if self.day is None or self.last is None:
            return [self.day]
        if (self.last - self.day).days > LONGEST_LEAVE:
            return [None]
        return [self.day + datetime.timedelta(days=n) for n in range((self.last - self.day).days + 1)]


def misnamed(register: Register) -> Iterator[UnreadRow]:
    """Rows under an id that nobody has, but that may be meant for somebody.

    That is so where the id is like somebody's (a zero less, a letter more), where somebody listed has no punch at all,
    and, for anybody, where it does not look like the ids of this register.
    """
    people = tuple(register.people)
    strangers = {
        row.staff for part in _OF_PEOPLE for row in getattr(register, part) if row.staff not in register.people
    }
    if not strangers:
        return
    punched = {punch.staff for punch in register.punches}
    silent = tuple(staff for staff in people if staff not in punched)
    shapes = {_shape(staff) for staff in people}
    for stranger in sorted(strangers & punched):
        yield from (UnreadRow("punches", staff, misnamed=stranger) for staff in silent)
    for part in _OF_PEOPLE:
        for row in getattr(register, part):
            if row.staff in strangers:
                anybody = (None,) if _shape(row.staff) not in shapes else ()
                first, last = (row.start, row.last) if part == "leave" else (row.day, None)
                for staff in dict.fromkeys((*_like(row.staff, people), *silent, *anybody)):
                    yield UnreadRow(part, staff, first, last, misnamed=row.staff)


_OF_PEOPLE = ("punches", "leave", "notes", "duty_log")


def _shape(written: str) -> str:
    """What sort of id it is: a letter for letters, a digit for digits, other signs as they are."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "1", written))


@lru_cache(maxsize=4096)
def _like(written: str, people: tuple[str, ...]) -> tuple[str, ...]:
    """Who may be meant by an id."""
    bare = _bare(written)
    return tuple(known for known in people if _bare(known) == bare or _one_apart(bare, _bare(known)))


def _bare(written: str) -> str:
    """An id as people read it: small and capital, full-width and what cannot be seen make no difference, nor do zeros in front."""
    return plain_text(written).lower().lstrip("0")


def _one_apart(one: str, other: str) -> bool:
    """Whether a sign was added, dropped or changed, or two were swapped."""
    if len(one) == len(other):
        apart = [n for n in range(len(one)) if one[n] != other[n]]
        swapped = len(apart) == 2 and one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]
        return len(apart) == 1 or swapped
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def unread_rows(part: RegisterColumns, table: Table) -> list[UnreadRow]:
    """What is known of the rows and cells that a table lost. ``part``: as it was read."""
    key = "id" if part.key in REGISTERS else "staff"
    known = [each for row in table.lost for each in _lost(part, row, key)]
    for flaw in table.flawed:
        known += _of_flaw(part, flaw.keys, flaw.legible, _legible(part, flaw.legible, key))
    return known + [UnreadRow(part.key)] * (table.unread - len(table.lost))


def unread_entry(part: RegisterColumns, row: Mapping[str, str], keys: Sequence[str]) -> list[UnreadRow]:
    """What is lost with an entry of which this is legible; ``keys``: only these were left out (none: the whole entry)."""
    key = "id" if part.key in REGISTERS else "staff"
    if keys:
        return list(_of_flaw(part, keys, row, _legible(part, row, key)))
    return list(_lost(part, row, key)) if row else whole_part(part, "")


def whole_part(part: RegisterColumns, source: str) -> list[UnreadRow]:
    """What is lost where nothing is known of a part: anybody's on any day. ``source``: as ``UnreadRow`` has it."""
    every = (part.key, "method") if part.key == "punches" else (part.key,)
    return [UnreadRow(each, source=source) for each in every]


def _lost(part: RegisterColumns, row: Mapping[str, str], key: str) -> Iterator[UnreadRow]:
    staff = _legible(part, row, key)
    if "method" in row and not row["method"].strip():
        row = {key: cell for key, cell in row.items() if key != "method"}  # left blank: no password
    if part.days:
        filled = [part.days[key] for key in part.days if row.get(key, "").strip()]
        yield from (UnreadRow(part.key, staff, day) for day in filled if day)
        if not filled:
            yield UnreadRow(part.key, staff)
        return
    days = _days(part, row)
    yield UnreadRow(part.key, staff, *days)
    if "method" in row and _legible(part, row, "method") in (None, "password"):
        yield UnreadRow("method", staff, *days)


def _of_flaw(
    part: RegisterColumns, keys: Sequence[str], row: Mapping[str, str], staff: str | None
) -> Iterator[UnreadRow]:
    day, last = _days(part, row)
    for key in keys:
        if key in part.days:
            if found := part.days[key]:
                yield UnreadRow(part.key, staff, found, cell=True)
        elif part.key == "leave":
            yield UnreadRow("order", staff, day, last, cell=True)
        elif what := _OF_CELL.get((part.key, key)):
            yield UnreadRow(what, staff, day, last, cell=True)
        elif part.key == "punches":
            yield UnreadRow(part.key, staff, day, last, cell=True)


def of_cells(part: RegisterColumns, keys: Sequence[str], row: Mapping[str, str], source: str) -> Iterator[UnreadRow]:
    """What cells of a column that was left aside bear on, if they stand for ``keys`` in a row of which this is legible."""
    staff = _legible(part, row, "id" if part.key in REGISTERS else "staff")
    if part.key == "leave" and any(key in _EXTENT for key in keys):
        yield UnreadRow("leave", staff, source=source)
    if part.key == "punches" and "method" in keys:
        yield UnreadRow("method", staff, *_days(part, row), source=source)
    others = [key for key in keys if key not in (*_EXTENT, "method")]
    yield from (replace(each, source=source, cell=False) for each in _of_flaw(part, others, row, staff))


_EXTENT = ("kind", "from", "to", "from_half", "to_half", "days")


def _days(part: RegisterColumns, row: Mapping[str, str]) -> tuple[datetime.date | None, datetime.date | None]:
    if part.key == "leave":
        first, last = _legible(part, row, "from"), _legible(part, row, "to")
        if row.get("to", "").strip() and not last:
            return None, None
        end = last or (first.last if first else None)
        return (first.first[0], end[0] if end else None) if first else (None, None)
    day: datetime.date | None = _legible(part, row, "day")
    if day is None:
        both = _legible(part, row, "at")
        day = both[0] if both else None
    return day, None


def _legible(part: RegisterColumns, row: Mapping[str, str], key: str) -> Any:
    column = part.columns.get(key)
    if column is None or not row.get(key, "").strip():
        return None
    try:
        return column.read(row[key])
    except CellUnreadable:
        return None


# what is said


def incomplete(
    lost: Sequence[UnreadRow], staff: Collection[str], start: datetime.date, end: datetime.date
) -> Iterator[Reason]:
    """Why an account of a period is incomplete: whose rows, and those of which nobody knows whose they are."""
    own = [row for row in lost if row.day is None or (start <= (row.last or row.day) and row.day <= end)]
    for source in dict.fromkeys(row.source for row in own if row.source not in ("", NO_PUNCHES, CONTRADICTED)):
        yield Reason(_of_source(source, [row for row in own if row.source == source], staff))
    for who in sorted({row.staff for row in own if row.misnamed}, key=lambda staff: staff or ""):
        yield Reason(_of_misnamed(who, [row for row in own if row.misnamed and row.staff == who]))
    own = [row for row in own if not row.source and not row.misnamed]
    for part, cell in dict.fromkeys((row.part, row.cell) for row in own):
        mine = [row for row in own if (row.part, row.cell) == (part, cell)]
        if part in (*REGISTERS, "on_duty"):
            yield Reason(_left_out(part, mine))
            continue
        for who in sorted({row.staff for row in mine if row.staff in staff and row.staff is not None}):
            yield Reason(_said_of(part, who, [row for row in mine if row.staff == who]))
        if nobody := [row for row in mine if row.staff not in staff]:
            yield Reason(_said_of_nobody(part, nobody))


def part_name(part: str) -> Text:
    """What a part, or what a cell bears on, is called."""
    return PARTS[part].title if part in PARTS else _NAMES[part]


def _unit(rows: Sequence[UnreadRow]) -> str:
    return "格" if rows[0].cell else "行"


def _of_source(source: str, rows: list[UnreadRow], staff: Collection[str]) -> Text:
    whose = sorted({row.staff for row in rows if row.staff in staff and row.staff is not None})
    anybody = any(row.staff not in staff for row in rows)
    days = sorted({row.day for row in rows if row.day})
    any_day = any(row.day is None for row in rows)
    who = "所有人" if anybody else listed(whose[:_SHOWN]) + ("等" if len(whose) > _SHOWN else "")
    when = "" if any_day else f" {listed(map(str, days[:_SHOWN]))}{'等' if len(days) > _SHOWN else ''} "
    what = listed(dict.fromkeys(part_name(row.part).zh for row in rows))
    if any(row.part in REGISTERS for row in rows):
        who, when = "有关的人", ""
    return Text(
        f"{source}没有读，里面可能有{what}：{who}{when}的考勤不作判定",
        f"{source} was not read and may hold {rows[0].part}: no attendance is judged that it could bear on",
    )


def _of_misnamed(who: str | None, rows: list[UnreadRow]) -> Text:
    ids, days = listed(sorted({row.misnamed for row in rows})[:_SHOWN]), sorted({row.day for row in rows if row.day})
    shown = listed(map(str, days[:_SHOWN])) + ("等" if len(days) > _SHOWN else "")
    shown = "各天" if any(row.day is None for row in rows) else shown
    return Text(
        f"名册里没有 {ids}，可能就是 {who or '其中任何人'}：{who or '所有人'}在 {shown} 的考勤不作判定",
        f"nobody is {ids}, which may be {who or 'anybody'}, not judged on these days",
    )


def _said_of_nobody(part: str, rows: list[UnreadRow]) -> Text:
    name, days = part_name(part), sorted({row.day for row in rows if row.day})
    en = ""
    if any(row.day is None for row in rows):
        en = ", or of which day: what that leaves uncertain is not judged, the rest is" if part in _SILENCING else ""
        which = "（也不知是哪一天：所有人的各天，凡因此说不准的都不作判定，其余照判）"
    else:
        shown = listed(str(day) for day in days[:_SHOWN]) + ("等" if len(days) > _SHOWN else "")
        which = f"（{shown}，这些天凡因此说不准的都不作判定，其余照判）"
    return Text(
        f"登记不完整：有 {len(rows)} {_unit(rows)}{name.zh}读不出，不知是谁的，没有计入{which if part in _SILENCING else ''}",
        f"incomplete: {len(rows)} rows of {name.en} cannot be read, and it is unknown whose they are{en}",
    )


def _left_out(part: str, rows: list[UnreadRow]) -> Text:
    name = part_name(part)
    table = f"{name.zh}表" if part in REGISTERS else name.zh
    return Text(
        f"登记不完整：{table}有 {len(rows)} {_unit(rows)}读不出，没有计入",
        f"incomplete: {len(rows)} rows of {name.en} cannot be read and were left out",
    )


def _said_of(part: str, who: str, rows: list[UnreadRow]) -> Text:
    name, days = part_name(part), Counter(row.day for row in rows if row.day)
    silencing = part in _SILENCING
    shown = listed(str(day) for day in sorted(days)[:_SHOWN]) + ("等" if len(days) > _SHOWN else "")
    which = f"（{shown}，当天打卡不作判定）" if shown and silencing else ""
    en = f" ({', '.join(str(day) for day in sorted(days)[:_SHOWN])})" if days else ""
    vague = sum(row.day is None for row in rows)
    unknown = (
        f"；其中 {vague} {_unit(rows)}不知是哪一天，各天凡因此说不准的都不作判定，其余照判"
        if vague and silencing
        else ""
    )
    return Text(
        f"{who} 的登记不完整：有 {len(rows)} {_unit(rows)}{name.zh}读不出{which}{unknown}",
        f"{who}: {len(rows)} rows of {name.en} cannot be read{en}",
    )
