"""A file with one of its cells, or one of its lines, written anew; everything else in it stays."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from banshi.base.limits import MAX_EDITED, MAX_SHOWN_CELL, MAX_SHOWN_COLUMNS
from banshi.base.text import Text
from banshi.files.documents import lines_of
from banshi.files.reading import BOOK_SUFFIXES, NEW_BOOK_SUFFIXES, TEXT_SUFFIXES
from banshi.files.regular_files import read_bytes
from banshi.files.tables.contents import is_table
from banshi.files.tables.grids import Unusable
from banshi.files.tables.opening import opened
from banshi.files.tables.workbook import OpenBook, workbook
from banshi.output.annotating.cell_edits import NotWritable, with_cell

_MARK = b"\xef\xbb\xbf"


def change(path: Path, sheet: str, row: int, column: int, text: str, written: Callable[[bytes], None]) -> None:
    """Hand ``written`` the file with a cell written anew; what was read of the rest of it is not read again.

    Places as in ``changed``. Raises ``NotWritable``.
    """
    if path.suffix.lower() not in NEW_BOOK_SUFFIXES:
        written(changed(path, sheet, row, column, text))
        return
    _refuse_what_is_shown_in_part(path, sheet, row, column)
    made = with_cell(path, sheet, row, column, text)
    try:
        before = workbook(path)
        written(made.data)
        now = workbook(path)
    except Unusable:
        return
    if isinstance(before, OpenBook) and isinstance(now, OpenBook):
        now.take_over(before, made.part, row, made.row_alone)


def changed(path: Path, sheet: str, row: int, column: int, text: str) -> bytes:
    """The file with ``text`` at row and column (from 1) of a sheet; of a text, the line. Raises ``NotWritable``."""
    suffix = path.suffix.lower()
    _refuse_what_is_shown_in_part(path, sheet, row, column)
    if suffix in NEW_BOOK_SUFFIXES:
        return with_cell(path, sheet, row, column, text).data
    if suffix in BOOK_SUFFIXES:
        raise NotWritable(_OLD_FORMAT)
    if "\n" in text or "\r" in text:
        raise NotWritable(_ONE_LINE)
    try:
        raw = read_bytes(path, MAX_EDITED)
        mark = _MARK if raw.startswith(_MARK) else b""
        whole = raw[len(mark) :].decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise NotWritable(_UNREADABLE) from None
    made = _with_field(path, whole, row, column, text) if suffix in TEXT_SUFFIXES else _with_line(whole, row, text)
    return mark + made.encode("utf-8")


def _refuse_what_is_shown_in_part(path: Path, sheet: str, row: int, column: int) -> None:
    if column > MAX_SHOWN_COLUMNS or _in_part(path, sheet, row, column):
        raise NotWritable(_IN_PART)


def _in_part(path: Path, sheet: str, number: int, column: int) -> bool:
    """Whether a cell of a table is shown in part only: what is written in its place would cut the rest away."""
    if not is_table(path):
        return False
    try:
        grid = next((each for each in opened(path).grids if each.name == sheet), None)
        row = next((row for row in grid.rows() if row.number == number), None) if grid else None
    except Unusable:
        raise NotWritable(_UNREADABLE) from None
    return row is not None and len(row.cells) >= column and len(row.cells[column - 1]) > MAX_SHOWN_CELL


def _with_line(whole: str, number: int, text: str) -> str:
    lines = lines_of(whole)
    if not 0 < number <= len(lines):
        raise NotWritable(_UNREADABLE)
    if len(lines[number - 1]) > MAX_SHOWN_CELL:
        raise NotWritable(_IN_PART)
    start = _start_of(whole, number)
    return whole[:start] + text + whole[start + len(lines[number - 1]) :]


def _start_of(whole: str, number: int) -> int:
    """Where a line begins, whatever ends the lines before it."""
    at = 0
    for line in lines_of(whole)[: number - 1]:
        at += len(line)
        at += 2 if whole.startswith("\r\n", at) else 1
    return at


def _with_field(path: Path, whole: str, number: int, column: int, text: str) -> str:
    try:
        grid = opened(path).grids[0]
        row = next((row for row in grid.rows() if row.number == number), None)
    except Unusable:
        raise NotWritable(_UNREADABLE) from None
    if row is None:
        raise NotWritable(_UNREADABLE)
    cells = [*row.cells, *[""] * (column - len(row.cells))]
    cells[column - 1] = text
    out = io.StringIO()
    csv.writer(out, delimiter=grid.delimiter, lineterminator="").writerow(cells)
    kept = "".join(row.lines)
    end = kept[len(kept.rstrip("\r\n")) :]
    before = len("".join(io.StringIO(whole, newline="").readlines()[: number - 1]))
    return whole[:before] + out.getvalue() + end + whole[before + len(kept) :]


_OLD_FORMAT = Text(
    "旧格式（.xls）的工作簿在这里只查不改：用 Excel 或 WPS 改好，或另存为 .xlsx，再选一次",
    "a workbook of the old format is only checked here: change it in its own program, or save it as .xlsx",
)
_ONE_LINE = Text("一格里不能换行", "no line breaks here")
_UNREADABLE = Text(
    "这个文件不能在这里改：在原来的程序里改好，再选一次", "change this file in its own program, and choose it again"
)
_IN_PART = Text(
    "这一格太长或者太靠右，这里没有全部显示：在原来的程序里改好，再选一次",
    "this cell is not shown whole: change it in its own program, and choose the file again",
)
__all__ = ["NotWritable", "change", "changed"]
