"""XLSX: sheets as grids of text, read as a stream; every limit before the work, and what a sheet hides is said.

Merged cells: the value holds for all of them. Hidden rows and columns are read; hidden sheets are not.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from banshi.base.text import Text, listed
from banshi.base.writing import note_read
from banshi.files.documents import Place
from banshi.files.reading import InputProblem, unreadable
from banshi.files.regular_files import STDIN, open_stream
from banshi.files.tables.contents import OPEN_AND_SAVE, told
from banshi.files.tables.grids import Grid, GridRow, Unusable, letters
from banshi.files.tables.xlsx.cells import Hidden, Meaning, rows
from banshi.files.tables.xlsx.limits import BookTooLarge, Broken, too_large
from banshi.files.tables.xlsx.merged import Packed, Range, merged, packed, unpacked
from banshi.files.tables.xlsx.names import names
from banshi.files.tables.xlsx.numbers import writer
from banshi.files.tables.xlsx.package import Locked, NoBook, Package, SheetPart, package
from banshi.files.tables.xlsx.strings import Strings, no_strings, strings
from banshi.files.tables.xlsx.styles import Styles, styles

_SHOWN = 8
_SHORT = 256 << 10  # bytes of a sheet that stays in memory
_SHORT_ONES = 256 << 20  # and of all that do
# What broken parts make the readers of zip and XML raise.
_BAD = (zipfile.BadZipFile, zlib.error, expat.ExpatError, ValueError, KeyError, NotImplementedError, EOFError)


@dataclass(slots=True)
class OpenBook:
    """An open workbook: the grids of its visible sheets, the names of the hidden ones, and their grids.

    ``kept``: what others have made of it, for as long as it is open.
    """

    package: Package
    grids: list[Grid] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    concealed: list[Grid] = field(default_factory=list)
    _meaning: Meaning | None = None
    kept: list[Any] = field(default_factory=list)
    _merged: dict[str, Packed] = field(default_factory=dict)
    _names: dict[str, dict[tuple[int, int], str]] | None = None
    short: dict[str, "_ShortSheet"] = field(default_factory=dict)
    _short_size: int = 0

    def __del__(self) -> None:
        """No file stays open for a workbook that nobody reads any more."""
        self.package.close()

    @property
    def meaning(self) -> Meaning:
        """What its cells refer to; read when first asked for."""
        if self._meaning is None:
            own = self.package
            shared: Strings = no_strings
            known, struck = Styles(), dict[str, Text]()
            if own.strings:
                with _part(own, own.strings) as stream:
                    shared = strings(stream, struck)
            if own.styles:
                with _part(own, own.styles) as stream:
                    known = styles(stream)
            writers = {kind: writer(kind, own.system_1904) for kind in set(known.kinds.values())}
            numbers = {style: writers[kind] for style, kind in known.kinds.items()}
            self._meaning = Meaning(shared, numbers, known.struck, struck)
        return self._meaning

    @property
    def names(self) -> dict[str, dict[tuple[int, int], str]]:
        """The cells that forms have named, by sheet; read when first asked for."""
        if self._names is None:
            with _said(), _part(self.package, self.package.book) as stream:
                self._names = names(stream)
        return self._names

    def merged(self, part: str) -> list[Range]:
        """The merged cells of a sheet; looked for once."""
        if part not in self._merged:
            with _part(self.package, part) as stream:
                self._merged[part] = packed(merged(stream))
        return unpacked(self._merged[part])

    def keeps(self, part: str) -> bool:
        """Whether a sheet stays in memory once it was read: a short one, such as a form, which several look at."""
        size = self.package.archive.getinfo(part).file_size
        if part not in self.short and size <= _SHORT and self._short_size + size <= _SHORT_ONES:
            self._short_size += size
            self.short[part] = _ShortSheet()
        return part in self.short


@dataclass(slots=True)
class _ShortSheet:
    """The rows of a sheet, and what is wrong behind them."""

    rows: list[GridRow] | None = None
    wrong: Unusable | None = None

    def read(self, rows: Iterator[GridRow]) -> Iterator[GridRow]:
        """The rows, taken in where nobody has done so yet."""
        if self.rows is None:
            self.rows = []
            try:
                self.rows.extend(rows)
            except Unusable as unusable:
                self.wrong = unusable
        yield from self.rows
        if self.wrong:
            raise self.wrong


def workbook(path: Path) -> OpenBook:
    """The sheets of a workbook. Raises ``Unusable``, and so do the rows of its grids."""
    try:
        if str(path) == STDIN:
            with open_stream(path) as raw:
                return _workbook(path, -1, hash(raw.read()))
        stat = path.stat()
        note_read(stat)
        return _workbook(path, stat.st_size, stat.st_mtime_ns)
    except OSError as error:
        raise Unusable(unreadable(error)) from None


@lru_cache(maxsize=1)
def _workbook(path: Path, _size: int, _changed: int) -> OpenBook:
    """The workbook that was opened last is kept: its headings are looked at before its parts are read."""
    if problem := told(path, "book"):
        raise Unusable(problem)
    with _said():
        book = OpenBook(package(path))
    for sheet in book.package.sheets:
        if sheet.hidden:
            book.hidden.append(sheet.name)
            book.concealed.append(_grid(book, sheet))
        else:
            book.grids.append(_grid(book, sheet))
    return book


def _grid(book: OpenBook, sheet: SheetPart) -> Grid:
    grid = Grid(sheet.name, lambda: _rows(book, grid, sheet.part), named=lambda: book.names.get(sheet.name, {}))
    return grid


def _rows(book: OpenBook, grid: Grid, part: str) -> Iterator[GridRow]:
    with _said(grid.name):
        keeps = book.keeps(part)
    rows = _read_rows(book, grid, part)
    yield from book.short[part].read(rows) if keeps else rows


def _read_rows(book: OpenBook, grid: Grid, part: str) -> Iterator[GridRow]:
    hidden = Hidden()
    with _said(grid.name):
        ranges, meaning = book.merged(part), book.meaning
        with _part(book.package, part) as stream:
            yield from rows(stream, meaning, ranges, hidden)
    grid.notes[:] = _hiding(grid.name, hidden)


@contextmanager
def _part(own: Package, part: str) -> Iterator[IO[bytes]]:
    with own.archive.open(part) as stream:
        yield stream


@contextmanager
def _said(sheet: str = "") -> Iterator[None]:
    """What goes wrong within, said as ``Unusable``."""
    try:
        yield
    except BookTooLarge as error:
        raise Unusable(_problem(too_large(_TOO_WIDE if sheet else _TOO_LARGE, error.limit, sheet))) from None
    except Locked:
        raise Unusable(_problem(_LOCKED)) from None
    except NoBook:
        raise Unusable(_problem(_NO_BOOK)) from None
    except Broken as error:
        raise Unusable(_problem(_contradicting(sheet, str(error)) if str(error) else _BAD_BOOK)) from None
    except OSError as error:
        raise Unusable(unreadable(error)) from None
    except (*_BAD, RuntimeError):
        raise Unusable(_problem(_BAD_BOOK)) from None


# what is said


def _problem(text: tuple[Text, Text], rule: str = "input/not-a-table") -> InputProblem:
    return InputProblem(rule, Place(1, 1, 1), *text)


def hidden_sheets(book: OpenBook) -> list[InputProblem]:
    """A note on sheets that were left out."""
    if not book.hidden:
        return []
    said = Text(
        f"隐藏的工作表没有读：{listed(book.hidden[:_SHOWN])}", f"hidden sheets are not read: {listed(book.hidden)}"
    )
    fix = Text("要读的，取消隐藏；不需要的，不必理会。", "Unhide what should be read.")
    return [InputProblem("input/hidden-sheet", Place(1, 1, 1), said, fix)]


def _hiding(sheet: str, hidden: Hidden) -> list[InputProblem]:
    """A note on hidden rows and columns: they count all the same."""
    if not hidden.rows and not hidden.columns:
        return []
    rows, columns = sorted(hidden.rows), sorted(set(hidden.columns))
    parts = [
        *([f"第 {_ranges([str(n + 1) for n in rows], rows)} 行"] if rows else []),
        *([f"{_ranges([letters(n) for n in columns], columns)} 列"] if columns else []),
    ]
    said = Text(
        f"工作表“{sheet}”有隐藏的{listed(parts)}，照样读入、计算",
        f"{sheet}: hidden rows or columns are read and counted",
    )
    fix = Text("不应计算的行，请删去，不要隐藏。", "Delete rows that should not count; do not hide them.")
    at = Place(rows[0] + 1, 1, 2, sheet) if rows else Place(1, columns[0] + 1, columns[0] + 2, sheet)
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


def _contradicting(sheet: str, where: str) -> tuple[Text, Text]:
    return (
        Text(f"工作表“{sheet}”自相矛盾：{where}，没有读取", f"{sheet} contradicts itself; it was not read"),
        OPEN_AND_SAVE,
    )


_LOCKED = (
    Text("工作簿有密码，读不出", "the workbook is protected by a password"),
    Text("取消打开密码后另存一份，再检查。", "Remove the password for opening it, and check again."),
)
_NO_BOOK = (Text("这是压缩包，里面没有工作簿", "this is an archive without a workbook in it"), OPEN_AND_SAVE)
_BAD_BOOK = (Text("工作簿已损坏，读不出", "the workbook is damaged and cannot be read"), OPEN_AND_SAVE)
_TOO_WIDE = (
    Text("超过限额", "exceeds a limit"),
    Text(
        "多半是远处有零星内容：删去表格以外的行和列；确有这么多行的，存成 CSV。",
        "Delete what stands far away from the table; save a table of that size as CSV.",
    ),
)
_TOO_LARGE = (
    Text("工作簿超过限额", "the workbook exceeds a limit"),
    Text("删去不相干的工作表和图片；行数很多的，存成 CSV。", "Remove what does not belong; save a long table as CSV."),
)
