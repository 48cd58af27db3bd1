"""XLSX: every limit before the parser, sheets as grids of text, and what a sheet hides is said.

Merged cells: the value holds for all of them. Hidden rows and columns are read; hidden sheets are not.
"""

import os
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from banshi.documents import Place
from banshi.reading import InputProblem, unreadable
from banshi.tables.grids import Grid, Row, Unusable, letters
from banshi.tables.markup import Marks, TooLarge, look
from banshi.tables.values import written
from banshi.text import Text, listed
from banshi.writing import note_read

MAX_UNPACKED = 2 << 30  # bytes of all parts together
MAX_CELLS = 64_000_000  # between the first and the last row and column of a sheet
_IN_MEMORY = 4_200_000  # cells; a larger sheet is read row by row, by a slower reader
_LIKELY_RATIO = 100  # a large workbook that unpacks to more than so many times its size was made to do harm
_ANY_RATIO = 64 << 20
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ROWS, _COLUMNS = 1 << 20, 1 << 14  # what the format has room for
_LARGE = 200_000  # cells
_MANY_PARTS = 10_000
_SHOWN = 8
# What broken parts make the readers of zip and XML raise.
_BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, ValueError, KeyError, NotImplementedError, EOFError)


@dataclass(slots=True)
class Book:
    """An open workbook: the grids of its visible sheets, and the names of the hidden ones."""

    path: Path
    opened: Any
    grids: list[Grid] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    _parsed: dict[str, tuple[Marks, Any]] = field(default_factory=dict)

    def parsed(self, name: str, part: str) -> tuple[Marks, Any]:
        """What is known of a sheet, and its values; kept, but only one that is large. Raises ``Unusable``."""
        found = self._parsed.get(name)
        if found is None:
            found = _parsed(self.path, self.opened, name, part)
            if found[0].area > _LARGE:
                self._parsed = {key: each for key, each in self._parsed.items() if each[0].area <= _LARGE}
            self._parsed[name] = found
        return found


def workbook(path: Path) -> Book:
    """The sheets of a workbook. Raises ``Unusable``, and so do the rows of its grids."""
    try:
        stat = path.stat()
        return _workbook(path, stat.st_size, stat.st_mtime_ns)
    except OSError as error:
        raise Unusable(unreadable(error)) from None


@lru_cache(maxsize=1)
def _workbook(path: Path, _size: int, _changed: int) -> Book:
    """The workbook that was opened last is kept: its headings are looked at before its parts are read."""
    return _opened(path, _sheet_parts(path))


def _opened(path: Path, parts: dict[str, str]) -> Book:
    opened = _calamine(path)
    book = Book(path, opened)
    for sheet in opened.sheets_metadata:
        if sheet.typ is not SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible is not SheetVisibleEnum.Visible:
            book.hidden.append(sheet.name)
        else:
            book.grids.append(_grid(book, sheet.name, parts.get(sheet.name, "")))
    return book


def _calamine(path: Path) -> Any:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError:
        raise Unusable(_problem(_LOCKED)) from None
    except BaseException as error:
        raise _broken(error) from None


def _broken(error: BaseException) -> BaseException:
    """``Unusable`` for what a parser said; a panic inside of it is no ``Exception``, an interruption is none of ours."""
    if isinstance(error, (KeyboardInterrupt, SystemExit, Unusable)):
        return error
    return Unusable(_problem(_BAD_BOOK))


def _grid(book: Book, name: str, part: str) -> Grid:
    grid = Grid(name, lambda: _rows(book, grid, part))
    return grid


def _parsed(path: Path, opened: Any, name: str, part: str) -> tuple[Marks, Any]:
    """Limits first, then the parser; no values where the sheet is too large to be held."""
    marks = _look(path, part)
    if marks.last[0] >= _ROWS or marks.last[1] >= _COLUMNS or min(marks.first) < 0:
        raise Unusable(_problem(_BAD_BOOK))
    if marks.area > MAX_CELLS:
        raise Unusable(_problem(_too_wide(name)))
    if marks.area > _IN_MEMORY:
        return marks, None
    try:
        return marks, opened.get_sheet_by_name(name)
    except BaseException as error:
        raise _broken(error) from None


def _rows(book: Book, grid: Grid, part: str) -> Iterator[Row]:
    marks, sheet = book.parsed(grid.name, part)
    grid.notes[:] = _hiding(grid.name, marks)
    return _streamed(book, grid.name, marks) if sheet is None else _in_memory(marks, sheet)


def _in_memory(marks: Marks, sheet: Any) -> Iterator[Row]:
    try:
        merged, start = _Merged(marks.merged), sheet.start
        values = sheet.iter_rows()
    except BaseException as error:
        raise _broken(error) from None
    top, left = start or (0, 0)  # the rows are counted from the first of the sheet, the columns from the first filled
    for n, row in enumerate(values):
        if n < top:
            continue
        cells = [""] * left + [*map(written, row)]
        yield Row(n + 1, merged.filled(n, cells), marks.bad.get(n, _NONE))


_NONE: dict[int, Text] = {}


def _streamed(book: Book, name: str, marks: Marks) -> Iterator[Row]:
    """The rows of a sheet too large to be held."""
    from openpyxl import load_workbook  # late: hardly any sheet is that large

    merged = _Merged(marks.merged)
    try:
        with closing(load_workbook(book.path, read_only=True, data_only=True)) as opened:
            for n, row in enumerate(opened[name].iter_rows(values_only=True)):
                cells = ["" if value is None else written(value) for value in row]
                yield Row(n + 1, merged.filled(n, cells), marks.bad.get(n, _NONE))
    except GeneratorExit:
        raise
    except Exception as error:
        raise _broken(error) from None


def _look(path: Path, part: str) -> Marks:
    try:
        with zipfile.ZipFile(path) as archive, archive.open(part) as stream:
            return look(stream, MAX_UNPACKED)
    except TooLarge:
        raise Unusable(_problem(_TOO_LARGE)) from None
    except OSError as error:
        raise Unusable(unreadable(error)) from None
    except (*_BROKEN, RuntimeError):
        raise Unusable(_problem(_BAD_BOOK)) from None


class _Merged:
    """The merged cells of a sheet, met row by row."""

    def __init__(self, ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        self._coming = sorted(ranges, reverse=True)
        self._open: list[tuple[int, int, int, str]] = []  # last row, first and last column, value

    def filled(self, row: int, cells: list[str]) -> list[str]:
        """The cells with the value of what they are merged into; a row without any of its own stays as it is."""
        while self._coming and self._coming[-1][0][0] <= row:
            (top, first), (bottom, last) = self._coming.pop()
            if top == row and first < len(cells):
                self._open.append((bottom, first, min(last, len(cells) - 1), cells[first]))
        if not self._open:
            return cells
        self._open = [each for each in self._open if each[0] >= row]
        if any(cells):
            for _, first, last, value in self._open:
                cells[first : last + 1] = [value] * (last + 1 - first)
        return cells


# the archive


def _sheet_parts(path: Path) -> dict[str, str]:
    """Which part of the archive holds which sheet. Raises ``Unusable`` for what is no workbook, or too large."""
    with open(path, "rb") as raw:
        note_read(os.fstat(raw.fileno()))
        head = raw.read(4)
        if head == _OLE:
            raise Unusable(_problem(_LOCKED if _ENCRYPTED in raw.read(1 << 20) + _tail(raw) else _OLD))
    if not head:
        raise Unusable(_problem(_NOTHING, "input/empty"))
    if not head.startswith(b"PK"):
        raise Unusable(_problem(_OTHER))
    try:
        with zipfile.ZipFile(path) as archive:
            return _parts(archive)
    except (*_BROKEN, RuntimeError):
        raise Unusable(_problem(_BAD_BOOK)) from None


def _tail(raw: Any) -> bytes:
    raw.seek(0, 2)
    raw.seek(max(0, raw.tell() - (1 << 20)))
    found: bytes = raw.read()
    return found


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    parts = archive.infolist()
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    harmful = unpacked > max(_ANY_RATIO, packed * _LIKELY_RATIO)
    if len(parts) > _MANY_PARTS or unpacked > MAX_UNPACKED or harmful:
        raise Unusable(_problem(_TOO_LARGE))
    if any(part.flag_bits & 1 for part in parts):
        raise Unusable(_problem(_LOCKED))
    targets = {of.get("Id", ""): of.get("Target", "") for of in _elements(archive, _RELATIONS, "Relationship")}
    found = {}
    for of in _elements(archive, _BOOK, "sheet"):
        target = targets.get(next((value for key, value in of.items() if key.endswith(":id")), ""), "")
        found[of.get("name", "")] = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
    return found


_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def _elements(archive: zipfile.ZipFile, part: str, name: str) -> list[dict[str, str]]:
    """The attributes of every element of that name in a small part."""
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, of: found.append(of) if re.sub(".*:", "", tag) == name else None
    with archive.open(part) as stream:
        parser.Parse(stream.read(_LARGEST_SMALL_PART), True)
    return found


_LARGEST_SMALL_PART = 4 << 20


# what is said


def _problem(text: tuple[Text, Text], rule: str = "input/not-a-table") -> InputProblem:
    return InputProblem(rule, Place(1, 1, 1), *text)


def hidden_sheets(book: Book) -> list[InputProblem]:
    """A note on sheets that were left out."""
    if not book.hidden:
        return []
    said = Text(
        f"隐藏的工作表没有读：{listed(book.hidden[:_SHOWN])}", f"hidden sheets are not read: {listed(book.hidden)}"
    )
    fix = Text("要读的，取消隐藏；不需要的，不必理会。", "Unhide what should be read.")
    return [InputProblem("input/hidden-sheet", Place(1, 1, 1), said, fix)]


def _hiding(sheet: str, marks: Marks) -> list[InputProblem]:
    """A note on hidden rows and columns: they count all the same."""
    if not marks.hidden_rows and not marks.hidden_columns:
        return []
    rows, columns = sorted(marks.hidden_rows), sorted(marks.hidden_columns)
    parts = [
        *([f"第 {_ranges([str(n + 1) for n in rows], rows)} 行"] if rows else []),
        *([f"{_ranges([letters(n) for n in columns], columns)} 列"] if columns else []),
    ]
    said = Text(
        f"工作表“{sheet}”有隐藏的{listed(parts)}，照样读入、计算",
        f"{sheet}: hidden rows or columns are read and counted",
    )
    fix = Text("不应计算的行，请删去，不要隐藏。", "Delete rows that should not count; do not hide them.")
    at = Place(rows[0] + 1, 1, 2) if rows else Place(1, columns[0] + 1, columns[0] + 2)
    return [InputProblem("input/hidden-rows", at, said, fix)]


def _ranges(names: list[str], numbers: list[int]) -> str:
    """Neighbours put together: 3–5、9; many are cut short."""
    found: list[list[int]] = []
    for place, number in enumerate(numbers):
        if found and numbers[found[-1][1]] == number - 1:
            found[-1][1] = place
        else:
            found.append([place, place])
    said = [names[a] if a == b else f"{names[a]}–{names[b]}" for a, b in found[:_SHOWN]]
    return listed(said) + ("…" if len(found) > _SHOWN else "")


def _too_wide(sheet: str) -> tuple[Text, Text]:
    return (
        Text(
            f"工作表“{sheet}”从第一格到最后一格超过 {MAX_CELLS:,} 格，没有读取",
            f"{sheet} spans more than {MAX_CELLS:,} cells; it was not read",
        ),
        Text(
            "多半是远处有零星内容：删去表格以外的行和列；确有这么多行的，存成 CSV。",
            "Delete what stands far away from the table; save a table of that size as CSV.",
        ),
    )


_OPEN_AND_SAVE = Text(
    "用电子表格程序打开，另存为“Excel 工作簿（.xlsx）”，再检查一次。",
    "Open it in a spreadsheet program, save it as an Excel workbook (.xlsx), and check again.",
)
_LOCKED = (
    Text("工作簿有密码，读不出", "the workbook is protected by a password"),
    Text("取消打开密码后另存一份，再检查。", "Remove the password for opening it, and check again."),
)
_OLD = (
    Text("这是旧格式（.xls）的工作簿，或别的旧格式文件", "this is a workbook of the old format (.xls)"),
    _OPEN_AND_SAVE,
)
_OTHER = (
    Text("这不是工作簿：内容不是 XLSX，可能是改了后缀的 CSV", "this is no workbook: perhaps a CSV that was renamed"),
    Text("是 CSV 的，把后缀改为 .csv；否则重新导出。", "Rename a CSV to .csv; otherwise export it again."),
)
_NOTHING = (Text("文件是空的", "the file is empty"), Text("重新导出。", "Export it again."))
_BAD_BOOK = (Text("工作簿已损坏，读不出", "the workbook is damaged and cannot be read"), _OPEN_AND_SAVE)
_TOO_LARGE = (
    Text(
        f"工作簿展开后超过 {MAX_UNPACKED >> 20} MB，没有读取", f"unpacked it exceeds {MAX_UNPACKED >> 20} MB; not read"
    ),
    Text("删去不相干的工作表和图片；行数很多的，存成 CSV。", "Remove what does not belong; save a long table as CSV."),
)
