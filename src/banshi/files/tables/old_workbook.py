"""Workbooks of the old format (.xls), from Excel 2 to Excel 2003, and as machines and other programs write them.

They are read into memory as a whole, up to a limit of their own, and their cells sheet by sheet when they are asked for.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from banshi.base.limits import MAX_OLD_BOOK
from banshi.files.regular_files import TooLarge, read_bytes
from banshi.files.tables.beside import harmless
from banshi.files.tables.grids import Grid, GridRow, WordsBeside
from banshi.files.tables.workbook_said import commented, drawn, hiding, in_the_margins, told_unusable
from banshi.files.tables.xls.beside import beside
from banshi.files.tables.xls.book import OldGlobals, OldSheet, globals_of
from banshi.files.tables.xls.container import stream_in
from banshi.files.tables.xls.sheet import SheetIndex, index_of, rows
from banshi.files.tables.xlsx.drawings import Drawn
from banshi.files.tables.xlsx.limits import BookTooLarge


class OldBook(Struct):
    """An open workbook, as ``OpenBook`` is one."""

    stream: bytes
    about: OldGlobals
    grids: list[Grid] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    concealed: list[Grid] = field(default_factory=list)
    kept: list[Any] = field(default_factory=list)
    _indexes: dict[int, SheetIndex] = field(default_factory=dict)
    _beside: dict[int, list[WordsBeside]] = field(default_factory=dict)

    def index(self, sheet: OldSheet) -> SheetIndex:
        """Where the cells of a sheet stand; looked for once."""
        if sheet.start not in self._indexes:
            self._indexes[sheet.start] = index_of(self.stream, sheet)
        return self._indexes[sheet.start]

    def beside(self, sheet: OldSheet) -> list[WordsBeside]:
        """The words beside the cells of a sheet; looked for once."""
        if sheet.start not in self._beside:
            self._beside[sheet.start] = beside(self.stream, self.about, self.index(sheet))
        return self._beside[sheet.start]


def old_workbook(path: Path) -> OldBook:
    """The sheets of a workbook of the old format. Raises ``Unusable``, and so do the rows of its grids."""
    with told_unusable():
        try:
            raw = read_bytes(path, MAX_OLD_BOOK)
        except TooLarge:
            raise BookTooLarge("MAX_OLD_BOOK") from None
        stream = stream_in(raw, "Workbook", "Book")
        book = OldBook(stream, globals_of(stream))
    for sheet in book.about.sheets:
        grid = _grid(book, sheet)
        if sheet.hidden:
            book.hidden.append(sheet.name)
            book.concealed.append(grid)
        else:
            book.grids.append(grid)
    return book


def _grid(book: OldBook, sheet: OldSheet) -> Grid:
    grid = Grid(
        sheet.name,
        lambda: _rows(book, grid, sheet),
        named=lambda: book.about.named.get(sheet.name, {}),
        merged=lambda: book.index(sheet).ranges,
        beside=lambda: _words(book, grid, sheet),
    )
    return grid


def _rows(book: OldBook, grid: Grid, sheet: OldSheet) -> Iterator[GridRow]:
    with told_unusable(grid.name):
        index = book.index(sheet)
        yield from rows(book.stream, book.about, index)
    told = harmless(book.beside(sheet))
    grid.notes[:] = [
        *hiding(grid.name, index.hidden),
        *commented(grid.name, told),
        *in_the_margins(grid.name, told),
        *drawn(grid.name, told, Drawn()),
    ]


def _words(book: OldBook, grid: Grid, sheet: OldSheet) -> list[WordsBeside]:
    with told_unusable(grid.name):
        return book.beside(sheet)
