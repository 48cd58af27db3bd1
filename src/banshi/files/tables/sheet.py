"""A table as a document: routes lead to rows and cells."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from banshi.base.limits import MAX_TABLE_BYTES
from banshi.files.documents import Document, Place, PlaceTree, lines_of
from banshi.files.findings import Route
from banshi.files.regular_files import read_bytes
from banshi.files.tables.grids import Grid, letters
from banshi.files.tables.records import open_at, spots

_SHOWN_CELLS = 12
_LONGEST_RECORD = 1000  # lines


class Piece(Struct):
    """One sheet's share of a table: the rows from ``first`` on (counted over the table), and its columns by key.

    ``head``: the number of the row with the headings. ``more``: the further columns of keys that have several.
    """

    grid: Grid
    first: int
    columns: dict[str, int]
    head: int = 1
    more: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def used(self) -> set[int]:
        """All columns that are read."""
        return {*self.columns.values(), *(n for at in self.more.values() for n in at)}


class SheetDocument(Document):
    """A table as a document: ``(part, n, key)`` leads to the n-th readable row and the key's column.

    In a workbook the line of a place is the row's number and its column the number of the column.
    ``cell_of``: keys of values that stand in a column of another name. ``then``: a further file, with the rows that
    follow the last one here.
    """

    first_lines: "array[int]" = field(default_factory=lambda: array("L"))
    pieces: list[Piece] = field(default_factory=list)
    cell_of: dict[str, str] = field(default_factory=dict)
    then: "SheetDocument | None" = None

    def files(self) -> "Iterator[tuple[int, SheetDocument]]":
        """The table and those that follow it, each with the number of its first row."""
        first, sheet = 0, self
        while True:
            yield first, sheet
            if sheet.then is None:
                return
            first, sheet = first + len(sheet.first_lines), sheet.then

    def keep(self, rows: Sequence[int]) -> None:
        """Only these of its rows, in order, are its own."""
        for piece in self.pieces:
            piece.first = bisect_left(rows, piece.first)
        self.first_lines = array("L", (self.first_lines[n] for n in rows))

    def place(self, route: Route, at_key: bool = False) -> Place:  # noqa: ARG002 - a row has no keys of its own
        """The cell, or the row where there is no such column."""
        row = route[1] if len(route) > 1 and isinstance(route[1], int) else None
        if row is None or not 0 <= row < len(self.first_lines):
            return Place(1, 1, 1)
        piece = next(p for p in reversed(self.pieces) if p.first <= row)
        keys = [self.cell_of.get(str(step), str(step)) for step in route[2:3]]
        return self.cell(piece, self.first_lines[row], piece.columns.get(keys[0]) if keys else None)

    def cell(self, piece: Piece, number: int, column: int | None) -> Place:
        """The place of a cell in the line where its row starts, or of the whole row."""
        if piece.grid.in_book:
            return Place(number, (column or 0) + 1, (column or 0) + 2, piece.grid.name)
        lines = [self.line(number)]
        if column is None:
            return Place(number, 1, max(2, len(lines[0]) + 1))
        while (
            open_at(lines, piece.grid.delimiter) and len(lines) < _LONGEST_RECORD and number + len(lines) <= self.last
        ):
            lines.append(self.line(number + len(lines)))
        found = spots(lines, piece.grid.delimiter)
        if column >= len(found) or not found[column].end:
            return Place(number, 1, max(2, len(lines[0]) + 1))
        spot = found[column]
        return Place(number + spot.line, spot.column, spot.end)

    @property
    def last(self) -> int:
        """The number of the last line that may be asked for."""
        self.line(1)
        return len(self._lines or ())

    def line(self, number: int) -> str:
        """The text of a line; of a workbook the rows of that number, with the sheet. Read when first asked for."""
        if self._lines is None:
            self._lines = list(self._read())
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def _read(self) -> Iterator[str]:
        if not any(piece.grid.in_book for piece in self.pieces):
            raw = read_bytes(Path(self.path), MAX_TABLE_BYTES)
            if raw.startswith(_BOOKS):  # a workbook as a whole: its bytes are no lines
                return
            yield from lines_of(raw.decode("utf-8-sig", errors="replace"))
            return
        shown: dict[int, list[str]] = {}
        for piece in self.pieces:
            for row in piece.grid.rows():
                shown.setdefault(row.number, []).append(shown_row(piece.grid.name, row.number, row.cells))
        yield from (" ／ ".join(shown.get(n, ())) for n in range(1, max(shown, default=0) + 1))


_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how workbooks, new and old, begin


def blank_sheet(path: Path) -> SheetDocument:
    """A table of which nothing was read yet."""
    return SheetDocument(path.as_posix(), None, lambda: PlaceTree(1, 1, 1, None), "")


def shown_row(sheet: str, number: int, cells: list[str]) -> str:
    """A row of a workbook in words: 打卡!3：A01 | 2010-03-01 | 08:31."""
    own = [cell.strip() for cell in cells]
    while own and not own[-1]:
        own.pop()
    return f"{sheet}!{number}：{' | '.join(own[:_SHOWN_CELLS])}" if own else ""


def where(grid: Grid, number: int, column: int | None = None) -> tuple[str, str]:
    """How a message begins, in both languages: 工作表“打卡”第 3 行 B 列."""
    if not (grid.in_book and grid.name):  # a list of values; a document
        return f"第 {number} 行", f"row {number}"
    at = "" if column is None else f" {letters(column)} 列"
    return f"工作表“{grid.name}”第 {number} 行{at}", f"{grid.name}!{letters(column or 0)}{number}"
