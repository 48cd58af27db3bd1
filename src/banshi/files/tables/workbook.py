"""XLSX: sheets as grids of text, read as a stream; every limit before the work, and what a sheet hides is said.

Merged cells: the value holds for all of them. Hidden rows and columns are read; hidden sheets are not.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from msgspec import Struct, field

from banshi.base.text import Text
from banshi.base.writing import note_read
from banshi.files.reading import unreadable
from banshi.files.regular_files import STDIN, open_stream
from banshi.files.tables.beside import harmless
from banshi.files.tables.contents import is_old_book, told
from banshi.files.tables.grids import Grid, GridRow, Unusable, WordsBeside
from banshi.files.tables.old_workbook import OldBook, old_workbook
from banshi.files.tables.workbook_said import commented, drawn, hiding, in_the_margins, told_unusable
from banshi.files.tables.xlsx.cells import Hidden, Meaning, rows
from banshi.files.tables.xlsx.comments import COMMENT, comments
from banshi.files.tables.xlsx.drawings import BOX, Drawn, drawings
from banshi.files.tables.xlsx.margins import HEAD, margins
from banshi.files.tables.xlsx.merged import Packed, Range, behind, packed, unpacked
from banshi.files.tables.xlsx.names import names
from banshi.files.tables.xlsx.numbers import writer
from banshi.files.tables.xlsx.package import Package, SheetPart, package
from banshi.files.tables.xlsx.strings import Strings, no_strings, strings
from banshi.files.tables.xlsx.styles import Styles, styles

_SHORT = 256 << 10  # bytes of a sheet that stays in memory
_SHORT_ONES = 256 << 20  # and of all that do


class OpenBook(Struct):
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
    _beside: dict[str, tuple[list[WordsBeside], Drawn]] = field(default_factory=dict)
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
            with told_unusable(), _part(self.package, self.package.book) as stream:
                self._names = names(stream)
        return self._names

    def merged(self, part: str) -> list[Range]:
        """The merged cells of a sheet; looked for once."""
        if part not in self._merged:
            self._look_behind(part)
        return unpacked(self._merged[part])

    def beside(self, part: str) -> tuple[list[WordsBeside], Drawn]:
        """The words beside the cells of a sheet, and what is drawn on it; looked for once."""
        if part not in self._beside:
            self._look_behind(part)
        return self._beside[part]

    def _look_behind(self, part: str) -> None:
        with _part(self.package, part) as stream:
            ranges, pages = behind(stream)
        self._merged[part] = packed(ranges)
        drawn = _drawings(self, part)
        words = [*_comments(self, part), *_margins(pages), *(WordsBeside(BOX, text) for text in drawn.boxes)]
        self._beside[part] = words, drawn

    def take_over(self, before: "OpenBook", part: str, number: int, row_alone: bytes) -> None:
        """Take over what was read of the same workbook before a row of one part was written anew, and nothing else.

        ``row_alone``: that part with this row only; empty: the part is read again.
        """
        self._meaning, self._names = before._meaning, before._names
        self._merged, self._beside = before._merged, before._beside
        self.short, self._short_size = before.short, before._short_size
        for own, old in zip((*self.grids, *self.concealed), (*before.grids, *before.concealed), strict=True):
            own.notes[:] = old.notes
        short = self.short.get(part)
        if short is None:
            return
        merged = any(top <= number - 1 <= bottom for (top, _), (bottom, _) in self.merged(part))
        if not row_alone or short.rows is None or short.wrong or merged:
            del self.short[part]
            return
        made = list(rows(io.BytesIO(row_alone), self.meaning, [], Hidden()))
        self.short[part] = _ShortSheet(
            sorted([*(row for row in short.rows if row.number != number), *made], key=_number)
        )

    def keeps(self, part: str) -> bool:
        """Whether a sheet stays in memory once it was read: a short one, such as a form, which several look at."""
        size = self.package.archive.getinfo(part).file_size
        if part not in self.short and size <= _SHORT and self._short_size + size <= _SHORT_ONES:
            self._short_size += size
            self.short[part] = _ShortSheet()
        return part in self.short


def _number(row: GridRow) -> int:
    return row.number


class _ShortSheet(Struct):
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


def workbook(path: Path) -> OpenBook | OldBook:
    """The sheets of a workbook, of either format, whatever its name says. Raises ``Unusable``, and so do the rows of its grids."""
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
def _workbook(path: Path, _size: int, _changed: int) -> OpenBook | OldBook:
    """The workbook that was opened last is kept: its headings are looked at before its parts are read."""
    if problem := told(path, "book"):
        raise Unusable(problem)
    if is_old_book(path):
        return old_workbook(path)
    with told_unusable():
        book = OpenBook(package(path))
    for sheet in book.package.sheets:
        if sheet.hidden:
            book.hidden.append(sheet.name)
            book.concealed.append(_grid(book, sheet))
        else:
            book.grids.append(_grid(book, sheet))
    return book


def _grid(book: OpenBook, sheet: SheetPart) -> Grid:
    grid = Grid(
        sheet.name,
        lambda: _rows(book, grid, sheet.part),
        named=lambda: book.names.get(sheet.name, {}),
        merged=lambda: book.merged(sheet.part),
        beside=lambda: _words(book, sheet),
    )
    return grid


def _rows(book: OpenBook, grid: Grid, part: str) -> Iterator[GridRow]:
    with told_unusable(grid.name):
        keeps = book.keeps(part)
    rows = _read_rows(book, grid, part)
    yield from book.short[part].read(rows) if keeps else rows


def _read_rows(book: OpenBook, grid: Grid, part: str) -> Iterator[GridRow]:
    hidden = Hidden()
    with told_unusable(grid.name):
        ranges, meaning = book.merged(part), book.meaning
        with _part(book.package, part) as stream:
            yield from rows(stream, meaning, ranges, hidden)
    words, pictures = book.beside(part)
    told = harmless(words)
    grid.notes[:] = [
        *hiding(grid.name, hidden),
        *commented(grid.name, told),
        *in_the_margins(grid.name, told),
        *drawn(grid.name, told, pictures),
    ]


def _words(book: OpenBook, sheet: SheetPart) -> list[WordsBeside]:
    with told_unusable(sheet.name):
        return book.beside(sheet.part)[0]


def _comments(book: OpenBook, part: str) -> list[WordsBeside]:
    """The comments on a sheet; of those that cannot be read, that they are there."""
    try:
        with told_unusable():
            return list(comments(book.package, part))
    except Unusable:
        return [WordsBeside(COMMENT, "读不出")]


def _margins(elements: list[bytes]) -> list[WordsBeside]:
    """The words at the head and foot of pages; of those that cannot be read, that they are there."""
    try:
        with told_unusable():
            return margins(elements)
    except Unusable:
        return [WordsBeside(HEAD, "读不出")]


def _drawings(book: OpenBook, part: str) -> Drawn:
    """The text boxes and pictures on a sheet; of those that cannot be read, that they are there."""
    try:
        with told_unusable():
            return drawings(book.package, part)
    except Unusable:
        return Drawn(unknown=True)


@contextmanager
def _part(own: Package, part: str) -> Iterator[IO[bytes]]:
    with own.archive.open(part) as stream:
        yield stream
