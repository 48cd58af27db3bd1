"""Columns of a register's tables of which nothing was read: what may stand in them, by their cells, and on whom it bears."""

import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from banshi.base.text import Text, listed
from banshi.files.documents import Place
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem
from banshi.files.tables.account import LeftColumn, SheetAccount
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.grids import Row
from banshi.files.tables.headings import heading
from banshi.files.tables.opening import opened
from banshi.files.tables.reading import Table
from banshi.law.working_days import UndeterminedYear, WorkingDays
from banshi.subjects.attendance.columns import PARTS, SCHEDULED_MOMENT, Part
from banshi.subjects.attendance.forms import Register
from banshi.subjects.attendance.left_aside import LeftAside
from banshi.subjects.attendance.unread import Unread, of_cells, part_name

_MANY = 2000  # rows that are told apart; beyond them anybody may be concerned
# Headings of the schedule and of lengths of time: times stand there, but nobody punched at them.
_SCHEDULE = re.compile(
    r"^(应|标准|规定|计划|排班|班次|班段)|^(上班|下班)时间$|时长|分钟|工时|小时|考勤组|对应时段|" + SCHEDULED_MOMENT
)
# Headings of what bears on nothing.
_IDLE = re.compile(r"电话|手机|邮箱|性别|年龄|身份证|职位|岗位|userid|籍贯|说明|事由|备注|结果|地点|地址")
_TIMED = ("time", "at", "all", "in", "out")  # of these a row may have any number
_OF_NOTHING = ("name", "team", "reason", "text")


def left_columns(part: Part, table: Table, register: Register) -> Iterator[LeftAside]:
    """What the columns of a part's sheets that were not read may hold. ``part``: as it was laid out."""
    for account in table.accounts:
        columns = [each for each in account.left if account.status == "read" and _may_matter(each)]
        if columns:
            yield from _of_sheet(part, table, account, columns, register)


def missing_days(part: Part, table: Table, register: Register, days: WorkingDays) -> Iterator[LeftAside]:
    """The working days of the register for which a table with columns of days has none: nobody is known to be absent."""
    if not part.days or not table.usable:
        return
    there, path = set(part.days.values()), Path(table.sheet.path)
    span = (register.start + datetime.timedelta(days=n) for n in range((register.end - register.start).days + 1))
    lacking = [day for day in span if day not in there and _working(day, days)]
    if not lacking:
        return
    shown = listed(map(str, lacking[:_SHOWN])) + (f"等 {len(lacking)} 天" if len(lacking) > _SHOWN else "")
    said = Text(
        f"{path.name} 里没有 {shown} 的列，这些天不作判定", f"{path.name} has no column for {lacking[0]} and the like"
    )
    unread = tuple(
        Unread(sort, None, day, source=f"{path.name} 缺的日期列") for day in lacking for sort in ("punches", "method")
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


def _of_sheet(
    part: Part, table: Table, account: SheetAccount, columns: list[LeftColumn], register: Register
) -> Iterator[LeftAside]:
    path = Path(table.sheet.path)
    grid = next(grid for grid in opened(path).grids if grid.name == account.sheet)
    found: dict[int, dict[Unread, None]] = {}
    for row in grid.rows():
        if row.number <= account.head:
            continue
        legible = {each.key: row.cells[each.column] for each in account.taken if each.column < len(row.cells)}
        for column in columns:
            keys = _keys(part, column, row, account, register)
            own = found.setdefault(column.column, {})
            if keys and len(own) < _MANY:
                source = f"{path.name}{f'“{grid.name}”' if grid.name else ''}的{_called(column)}列"
                own.update(dict.fromkeys(of_cells(part, keys, legible, source)))
            elif keys:
                own.update(dict.fromkeys(Unread(each.part, source=each.source) for each in tuple(own)))
    for column in columns:
        if rows := tuple(found.get(column.column, ())):
            yield LeftAside(from_input(path.as_posix(), _problem(column, account, rows)), rows)


def _keys(part: Part, column: LeftColumn, row: Row, account: SheetAccount, register: Register) -> list[str]:
    """Which meanings a cell may have that no other column was taken for."""
    cell = row.cells[column.column].strip() if column.column < len(row.cells) else ""
    if not cell or heading(cell) == heading(column.heading):
        return []
    if column.why == "claimed twice":
        return [column.key]
    taken, every = {each.key for each in account.taken}, PARTS[part.key].columns
    open_keys = [key for key in every if key not in taken or (part.key == "punches" and key in _TIMED)]
    return [key for key in open_keys if key not in _OF_NOTHING and _reads(every, key, cell, register)]


def _reads(columns: Mapping[str, object], key: str, cell: str, register: Register) -> bool:
    if key == "window":
        return any(cell in (window.id, window.name) for window in register.windows)
    if key in _TIMED and not re.search(r"\d[:：时点]\d", cell):
        return False
    try:
        columns[key].read(cell)  # type: ignore[attr-defined]
    except CellUnreadable:
        return False
    return True


def _called(column: LeftColumn) -> str:
    return f"“{column.heading}”" if column.heading else column.letters


def _problem(column: LeftColumn, account: SheetAccount, own: tuple[Unread, ...]) -> InputProblem:
    what = listed(dict.fromkeys(part_name(each.part).zh for each in own))
    sheet = f"工作表“{account.sheet}”的" if account.sheet else ""
    said = Text(
        f"{sheet}{_called(column)}列没有读，里面可能有{what}", f"the column {column.letters} is not read and may matter"
    )
    return InputProblem("input/left-aside", Place(account.head, 1, 2, account.sheet), said, _FIX)


_FIX = Text(
    "列名写错的，改正；不需要的，删去这一列。", "Correct its heading, or delete the column if it is not needed."
)
