"""Columns of a register's tables of which nothing was read: what may stand in them, by their cells, and on whom it bears."""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from banshi.base.limits import MAX_UNREAD_ROWS
from banshi.base.patterns import late
from banshi.base.text import Text, listed
from banshi.files.documents import Place
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem
from banshi.files.tables.account import LeftColumn, SheetAccount
from banshi.files.tables.cells import is_blank
from banshi.files.tables.headings import TableColumn, heading
from banshi.files.tables.left_over import Keys, Meanings, OpenColumn, open_columns, reads
from banshi.files.tables.reading import Table
from banshi.law.working_days import UndeterminedYear, WorkingDays
from banshi.subjects.attendance.columns import PARTS, RegisterColumns
from banshi.subjects.attendance.forms import Register
from banshi.subjects.attendance.left_aside import LeftAside
from banshi.subjects.attendance.table_columns import SCHEDULED_MOMENT
from banshi.subjects.attendance.unread import UnreadRow, of_cells, part_name

# Headings of the schedule and of lengths of time: times stand there, but nobody punched at them.
_SCHEDULE = late(
    r"^(应|标准|规定|计划|排班|班次|班段)|^(上班|下班)时间$|时长|分钟|工时|小时|考勤组|对应时段|" + SCHEDULED_MOMENT
)
# Headings of what bears on nothing.
_IDLE = late(r"电话|手机|邮箱|性别|年龄|身份证|职位|岗位|userid|籍贯|说明|事由|备注|结果|地点|地址")
_TIMED = ("time", "at", "all", "in", "out")  # of these a row may have any number
_OF_NOTHING = ("name", "team", "reason", "text")


def left_columns(part: RegisterColumns, table: Table, register: Register) -> Iterator[LeftAside]:
    """What the columns of a part's sheets that were not read may hold. ``part``: as it was laid out."""
    path, every = Path(table.sheet.path), {**part.columns, **PARTS[part.key].columns}
    for column in open_columns(table, every, _keys(part, register)):
        sheet = column.account.sheet
        source = f"{path.name}{f'“{sheet}”' if sheet else ''}的{column.called}列"
        if rows := tuple(_of_column(part, column, source)):
            what = listed(dict.fromkeys(part_name(each.part).zh for each in rows))
            yield LeftAside(column.said(path.as_posix(), Text(what, what)), rows)


def _of_column(part: RegisterColumns, column: OpenColumn, source: str) -> Iterable[UnreadRow]:
    found: dict[UnreadRow, None] = {}
    for row, keys in column.rows():
        if len(found) >= MAX_UNREAD_ROWS:
            found.update(dict.fromkeys(UnreadRow(each.part, source=each.source) for each in tuple(found)))
            break
        legible = {each.key: row.cells[each.column] for each in column.account.taken if each.column < len(row.cells)}
        found.update(dict.fromkeys(of_cells(part, [*keys], legible, source)))
    return found


def missing_days(
    tables: Sequence[tuple[RegisterColumns, Table]], register: Register, days: WorkingDays
) -> Iterator[LeftAside]:
    """The working days of the register for which no table has a column, where all of them have columns of days."""
    punched = [(part, table) for part, table in tables if part.key == "punches" and table.usable]
    if not punched or not all(part.days for part, _ in punched):
        return
    table = punched[0][1]
    there, path = {day for part, _ in punched for day in part.days.values()}, Path(table.sheet.path)
    span = (register.start + datetime.timedelta(days=n) for n in range((register.end - register.start).days + 1))
    lacking = [day for day in span if day not in there and _working(day, days)]
    if not lacking:
        return
    shown = listed(map(str, lacking[:_SHOWN])) + (f"等 {len(lacking)} 天" if len(lacking) > _SHOWN else "")
    said = Text(
        f"{path.name} 里没有 {shown} 的列，这些天不作判定", f"{path.name} has no column for {lacking[0]} and the like"
    )
    unread = tuple(
        UnreadRow(sort, None, day, source=f"{path.name} 缺的日期列")
        for day in lacking
        for sort in ("punches", "method")
    )
    problem = InputProblem(
        "input/left-aside", Place(table.sheet.pieces[0].head, 1, 2, table.sheet.pieces[0].grid.name), said, _ADD_DAYS
    )
    yield LeftAside(from_input(path.as_posix(), problem), unread)


def _working(day: datetime.date, days: WorkingDays) -> bool:
    try:
        return days.is_working(day)
    except UndeterminedYear:
        return True


_SHOWN = 8
_ADD_DAYS = Text(
    "补上这些天的列（没人打卡的，列名照写、格子留空），或改正列名和表题里的年月。",
    "Add columns for these days (left blank where nobody punched), or correct the headings or the month above them.",
)


def _may_matter(column: LeftColumn) -> bool:
    name = heading(column.heading)
    if column.why == "unused":
        return not _SCHEDULE.search(name) and not _IDLE.search(name)
    return column.why in ("no heading", "claimed twice")


def _keys(part: RegisterColumns, register: Register) -> Keys:
    """Which meanings a cell may have that no other column was taken for."""
    every = PARTS[part.key].columns
    several = _TIMED if part.key == "punches" else ()

    def keys(account: SheetAccount, column: LeftColumn) -> Meanings | None:
        if not _may_matter(column):
            return None
        name, taken = heading(column.heading), {each.key for each in account.taken}
        asked = [key for key in every if key not in _OF_NOTHING and (key not in taken or key in several)]

        def meanings(cell: str) -> list[str]:
            if is_blank(cell) or heading(cell) == name:
                return []
            if column.why == "claimed twice":
                return [column.key]
            return [key for key in asked if _reads(every[key], key, cell.strip(), register)]

        return meanings

    return keys


def _reads(column: TableColumn, key: str, cell: str, register: Register) -> bool:
    if key == "window":
        return any(cell in (window.id, window.name) for window in register.windows)
    if key in _TIMED and not re.search(r"\d[:：时点]\d", cell):
        return False
    return reads(column, cell)
