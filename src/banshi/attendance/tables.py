"""Punches and leave from CSV: any order of columns, Chinese or English headings; an unreadable row is a finding.

Read as a stream; a row that cannot be read is told with its line, column and value, and the rest goes on.
"""

import csv
import io
import sys
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from banshi.attendance import cells
from banshi.attendance.cells import CellUnreadable
from banshi.attendance.forms import Certificate, Leave, Punch, SpecialApproval, Substitute
from banshi.documents import Document, Mark, Place
from banshi.findings import Finding, Route, Severity
from banshi.locating import from_input, from_shape
from banshi.reading import InputProblem, decode, unreadable
from banshi.shape import ShapeProblem
from banshi.text import Text, listed

MANY = 200  # findings about one table; the rest are only counted

_Read = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the headings that name it, and how its cells are read."""

    headings: tuple[str, ...]
    read: _Read


_STAFF = Column(
    ("人员编号", "工号", "编号", "考勤号", "人员", "staff", "id"), lambda cell: sys.intern(cells.plain_text(cell))
)
PUNCH_COLUMNS = {
    "staff": _STAFF,
    "day": Column(("日期", "打卡日期", "考勤日期", "day", "date"), cells.day),
    "time": Column(("时刻", "时间", "打卡时刻", "time"), cells.time),
    "at": Column(("打卡时间", "考勤时间", "日期时间", "datetime", "timestamp"), cells.day_and_time),
    "method": Column(("方式", "打卡方式", "验证方式", "method"), cells.one_of(cells.METHOD_NAMES)),
}


def _several(names: Mapping[str, str]) -> _Read:
    one = cells.one_of(names)
    return lambda cell: tuple(one(part) for part in cell.replace("，", "、").replace(",", "、").split("、"))


LEAVE_COLUMNS = {
    "staff": _STAFF,
    "kind": Column(("假别", "请假类别", "类别", "kind"), cells.one_of(cells.KIND_NAMES)),
    "from": Column(("开始日", "开始日期", "起始日", "from", "start"), cells.day_and_half),
    "to": Column(("结束日", "结束日期", "截止日", "to", "end"), cells.day_and_half),
    "from_half": Column(("自哪半天起", "from_half"), cells.one_of(cells.HALF_NAMES)),
    "to_half": Column(("到哪半天止", "to_half"), cells.one_of(cells.HALF_NAMES)),
    "days": Column(("申报天数", "天数", "days"), cells.number),
    "left_at": Column(("离岗时刻", "left_at"), cells.time),
    "requested_at": Column(("申请时间", "requested_at"), cells.moment),
    "approved_at": Column(("批准时间", "approved_at"), cells.moment),
    "form": Column(("请假方式", "方式", "form"), cells.one_of(cells.FORM_NAMES)),
    "approver": Column(("批准人", "审批人", "approver"), cells.one_of(cells.ROLE_NAMES)),
    "unit_consent": Column(("单位签署同意", "单位同意", "unit_consent"), cells.yes_or_no),
    "filed_with": Column(("备案处", "备案", "filed_with"), _several(cells.PLACE_NAMES)),
    "hospital": Column(("医院", "hospital"), cells.plain_text),
    "insurance": Column(("符合医保规定", "医保", "insurance"), cells.yes_or_no),
    "papers": Column(("其他凭据", "凭据", "papers"), _several(cells.PAPER_NAMES)),
    "substitute": Column(("代岗人员", "代岗", "substitute"), cells.plain_text),
    "dispatched_at": Column(("派出时间", "dispatched_at"), cells.moment),
    "sudden": Column(("突发疾病", "突发", "sudden"), cells.yes_or_no),
    "reported_to": Column(("向谁报告", "reported_to"), cells.one_of(cells.ROLE_NAMES)),
    "special_by": Column(("补办同意者", "special_by"), cells.plain_text),
    "special_on": Column(("补办同意日", "special_on"), cells.day),
    "reason": Column(("事由", "reason"), cells.plain_text),
}
# Columns that machines write and that nothing is read from.
_IDLE = frozenset(("姓名", "name", "部门", "序号", "星期", "备注", "机器号", "考勤机"))


@dataclass(slots=True)
class Sheet(Document):
    """A table as a document: ``(part, n, key)`` leads to the n-th readable row and the key's column."""

    first_lines: "array[int]" = field(default_factory=lambda: array("L"))
    columns: dict[str, int] = field(default_factory=dict)
    delimiter: str = ","

    def place(self, route: Route, at_key: bool = False) -> Place:  # noqa: ARG002 - a row has no keys of its own
        """The cell, or the row where there is no such column."""
        row = route[1] if len(route) > 1 and isinstance(route[1], int) else None
        if row is None or row >= len(self.first_lines):
            return Place(1, 1, 1)
        number = self.first_lines[row]
        keys = [_CELL_OF.get(str(step), str(step)) for step in route[2:3]]
        return self.cell(number, self.columns.get(keys[0]) if keys else None)

    def cell(self, number: int, column: int | None) -> Place:
        """The place of a cell in the line where its row starts."""
        line = self.line(number)
        if column is None:
            return Place(number, 1, max(2, len(line) + 1))
        parts = line.split(self.delimiter)
        before = sum(len(part) + 1 for part in parts[:column])
        width = len(parts[column]) if column < len(parts) else 1
        return Place(number, before + 1, before + 1 + max(1, width))

    def line(self, number: int) -> str:
        """The text of a line; the file is read again when the first one is asked for."""
        if self._lines is None:
            self._lines = Path(self.path).read_text(encoding="utf-8-sig", errors="replace").splitlines()
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""


_CELL_OF = {"certificate": "hospital", "special_approval": "special_by"}


@dataclass(slots=True)
class Table:
    """What a file gave: values in order, where they stand, findings; ``usable`` is False where nothing could be read."""

    sheet: Sheet
    rows: list[Any] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    usable: bool = True


def read_punches(path: Path) -> Table:
    """The punches of a table."""
    return _read(path, PUNCH_COLUMNS, _punch, lambda c: "staff" in c and ("at" in c or {"day", "time"} <= set(c)))


def read_leave(path: Path) -> Table:
    """The leave of a table."""
    return _read(path, LEAVE_COLUMNS, _leave, lambda c: {"staff", "kind", "from"} <= set(c))


def _read(
    path: Path,
    columns: dict[str, Column],
    make: Callable[[dict[str, Any]], Any],
    enough: Callable[[dict[str, int]], bool],
) -> Table:
    table = Table(Sheet(path.as_posix(), None, lambda: Mark(1, 1, 1, None), ""))
    try:
        with open(path, "rb") as raw:
            head = raw.read(4096).splitlines() or [b""]
            raw.seek(0)
            table.sheet.delimiter = _delimiter(head[0])
            stream = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
            _rows(csv.reader(stream, delimiter=table.sheet.delimiter), table, columns, make, enough)
    except UnicodeDecodeError:
        _, problems = decode(path.read_bytes())
        _unusable(table, *problems)
    except OSError as error:
        _unusable(table, unreadable(error))
    except csv.Error as error:
        last = (table.sheet.first_lines or [1])[-1]
        text = Text(f"第 {last} 行以后读不下去：{error}", f"cannot be read after line {last}: {error}")
        _unusable(table, InputProblem("input/row-unreadable", Place(last, 1, 2), text, _CLOSE_QUOTES))
    return table


def _delimiter(header: bytes) -> str:
    return max(",", "\t", ";", key=lambda mark: header.count(mark.encode()))


def _unusable(table: Table, *problems: InputProblem) -> None:
    table.usable = False
    table.rows.clear()
    table.findings += [from_input(table.sheet.path, problem) for problem in problems]


def _rows(
    reader: Any,
    table: Table,
    columns: dict[str, Column],
    make: Callable[[dict[str, Any]], Any],
    enough: Callable[[dict[str, int]], bool],
) -> None:
    sheet, header, bad = table.sheet, None, 0
    start = 1
    for row in reader:
        number, start = start, reader.line_num + 1
        if not any(cell.strip() for cell in row):
            continue
        if header is None:
            header = row
            sheet.columns = _columns(row, columns)
            if not enough(sheet.columns):
                _unusable(table, _missing_columns(number, row, columns, sheet.columns))
                return
            _unused(table, row)
            continue
        problem = _row(row, header, number, table, columns, make)
        bad += problem is not None
        if problem is not None and bad <= MANY:
            table.findings.append(from_input(sheet.path, problem))
    if header is None:
        _unusable(table, InputProblem("input/empty", Place(1, 1, 1), _EMPTY, _HEADINGS))
    if bad > MANY:
        more = Text(f"另有 {bad - MANY} 行读不出，没有逐行列出", f"{bad - MANY} more rows cannot be read")
        table.findings.append(from_input(sheet.path, InputProblem("input/row-unreadable", Place(1, 1, 1), more)))


def _columns(header: list[str], columns: dict[str, Column]) -> dict[str, int]:
    names = {name: key for key, column in reversed(columns.items()) for name in column.headings}
    found: dict[str, int] = {}
    for n, cell in enumerate(header):
        key = names.get(_heading(cell))
        if key:
            found.setdefault(key, n)
    return found


def _heading(cell: str) -> str:
    return cells.plain_text(cell).replace(" ", "").lower()


def _unused(table: Table, header: list[str]) -> None:
    used = set(table.sheet.columns.values())
    unknown = [c.strip() for n, c in enumerate(header) if n not in used and c.strip() and _heading(c) not in _IDLE]
    if unknown:
        said = Text(f"没有用到这些列：{listed(unknown)}", f"these columns are not used: {', '.join(unknown)}")
        fix = Text("列名写错的，改正；不需要的，不必理会。", "Correct a misspelt heading; ignore what is not needed.")
        problem = ShapeProblem("input/column-unused", (), said, fix)
        table.findings.append(from_shape(table.sheet, problem, Severity.NOTE))


def _row(
    row: list[str],
    header: list[str],
    number: int,
    table: Table,
    columns: dict[str, Column],
    make: Callable[[dict[str, Any]], Any],
) -> InputProblem | None:
    """Take one row in, or say what is wrong with it."""
    values: dict[str, Any] = {}
    for key, n in table.sheet.columns.items():
        cell = row[n] if n < len(row) else ""
        if not cell.strip():
            continue
        try:
            values[key] = columns[key].read(cell)
        except CellUnreadable as error:
            shown = cell.strip()[:40]
            message = Text(
                f"第 {number} 行“{header[n].strip()}”写的是 {shown}：{error.text.zh}",
                f"row {number}, {header[n].strip()} is {shown}: {error.text.en}",
            )
            return InputProblem("input/row-unreadable", table.sheet.cell(number, n), message, _CORRECT, ",".join(row))
    try:
        table.rows.append(make(values))
    except KeyError as missing:
        key = str(missing.args[0])
        heading = columns[key].headings[0]
        message = Text(f"第 {number} 行没有“{heading}”", f"row {number} has no {key}")
        return InputProblem("input/row-unreadable", table.sheet.cell(number, None), message, _CORRECT, ",".join(row))
    table.sheet.first_lines.append(number)
    return None


def _missing_columns(number: int, header: list[str], columns: dict[str, Column], found: dict[str, int]) -> InputProblem:
    lacking = [key for key in columns if key not in found and key in ("staff", "day", "time", "kind", "from")]
    names = listed(columns[key].headings[0] for key in lacking)
    message = Text(
        f"表头缺少：{names}；写的是 {listed(c.strip() for c in header)}", f"the header lacks: {', '.join(lacking)}"
    )
    return InputProblem("input/column-missing", Place(number, 1, 2), message, _HEADINGS, ",".join(header))


def _punch(values: dict[str, Any]) -> Punch:
    day, time = values["at"] if "at" in values else (values["day"], values["time"])
    return Punch(staff=values["staff"], day=day, time=time, method=values.get("method", "fingerprint"))


def _leave(values: dict[str, Any]) -> Leave:
    start, from_half = values.pop("from")
    end, to_half = values.pop("to", (None, None))
    if end in (None, start) and to_half is None and from_half == "am":
        to_half = "am"  # one morning
    given: dict[str, Any] = {**dict(_parts(values)), "staff": values["staff"], "kind": values["kind"]}
    halves = {"from_half": from_half, "to_half": to_half}
    given |= {key: half for key, half in halves.items() if half and key not in given}
    return Leave(start=start, end=end, **given)


def _parts(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The values of a row, with those that belong together put together."""
    apart = {"hospital", "insurance", "substitute", "dispatched_at", "special_by", "special_on"}
    yield from ((key, value) for key, value in values.items() if key not in apart)
    if "hospital" in values:
        yield "certificate", Certificate(hospital=values["hospital"], insurance=values.get("insurance", False))
    if "substitute" in values:
        yield "substitute", Substitute(name=values["substitute"], dispatched_at=values.get("dispatched_at"))
    if "special_by" in values:
        yield "special_approval", SpecialApproval(by=values["special_by"], on=values["special_on"])


_CORRECT = Text("改正这一行后再检查；其余各行照常计算。", "Correct this row; the others were taken in.")
_EMPTY = Text("表是空的", "the table is empty")
_HEADINGS = Text(
    "第一行写列名：打卡表要有 人员编号、日期、时刻；请假表要有 人员编号、假别、开始日。",
    "The first row holds the headings: staff, day, time for punches; staff, kind, from for leave.",
)
_CLOSE_QUOTES = Text("多半是引号没有成对。", "Most likely a quotation mark is not closed.")
