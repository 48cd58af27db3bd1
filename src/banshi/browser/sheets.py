"""What of a file is shown: its sheets with their own row numbers; of long ones the top and what is said something of."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from banshi.files.documents import lines_of
from banshi.files.reading import BOOK_SUFFIXES, DOCUMENT_SUFFIXES, NEW_BOOK_SUFFIXES, decode
from banshi.files.regular_files import read_bytes
from banshi.files.tables.contents import is_table
from banshi.files.tables.grids import Grid, GridRow, Unusable
from banshi.files.tables.opening import opened
from banshi.files.tables.records import spots

MOST_ROWS = 300  # from the top of a sheet
MOST_MARKED = 600  # rows in all
MOST_COLUMNS = 120
LONGEST_CELL = 2000
_SHOWN_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """A sheet: rows (number, cells) in order; ``left`` rows are not shown. ``lines``: each row is a line of a text."""

    name: str
    rows: list[tuple[int, list[str]]]
    left: int = 0
    lines: bool = False

    def as_json(self) -> dict[str, Any]:
        """For the page."""
        return {"name": self.name, "rows": self.rows, "left": self.left, "lines": self.lines}


@dataclass(slots=True)
class ShownFile:
    """A file with its sheets, whether its cells can be changed here, and where a line and column of it lead.

    ``cells``: of a text table, by line and column of what is said, the row and the column (both from 1) of the cell.
    """

    path: str
    sheets: list[ShownSheet] = field(default_factory=list)
    editable: bool = False
    annotates: bool = False
    cells: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For the page."""
        sheets = [sheet.as_json() for sheet in self.sheets]
        return {"path": self.path, "sheets": sheets, "editable": self.editable, "annotates": self.annotates}


Places = Collection[tuple[str, int, int]]  # sheet, line, column of what is said


def shown_file(path: Path, places: Places) -> ShownFile:
    """A file as far as it can be shown; one that cannot be read has no sheets."""
    found = ShownFile(path.as_posix())
    suffix = path.suffix.lower()
    found.annotates = suffix in NEW_BOOK_SUFFIXES
    try:
        if is_table(path) or suffix in DOCUMENT_SUFFIXES:
            found.editable = suffix not in DOCUMENT_SUFFIXES and (found.annotates or suffix not in BOOK_SUFFIXES)
            for grid in opened(path).grids:
                found.sheets.append(_sheet(grid, places, found))
        else:
            _as_lines(path, places, found)
    except (Unusable, OSError):
        found.sheets.clear()
    if not found.sheets:
        found.editable = False
    return found


def _sheet(grid: Grid, places: Places, found: ShownFile) -> ShownSheet:
    wanted = {line for sheet, line, _ in places if sheet == grid.name}
    above = wanted | {line - 1 for line in wanted}
    rows: list[tuple[int, list[str]]] = []
    left = 0
    for row in _readable(grid):
        last = row.number + max(0, len(row.lines) - 1)
        mine = {line for line in range(row.number, last + 1) if line in wanted} if wanted else set()
        if len(rows) < MOST_ROWS or (len(rows) < MOST_MARKED and (mine or row.number in above)):
            rows.append((row.number, [cell[:LONGEST_CELL] for cell in row.cells[:MOST_COLUMNS]]))
        else:
            left += 1
        if mine and grid.delimiter:
            found.cells.update(_columns(grid, row, [(line, at) for _, line, at in places if line in mine]))
    return ShownSheet(grid.name, rows, left)


def _readable(grid: Grid) -> Iterator[GridRow]:
    """The rows up to where a file cannot be read any further: that is among what is said."""
    try:
        yield from grid.rows()
    except Unusable:
        return


def _columns(grid: Grid, row: GridRow, places: list[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """By line and column of what is said, the row and the cell of it."""
    fields = spots(row.lines, grid.delimiter)
    made = {}
    for line, at in places:
        before = [n for n, spot in enumerate(fields, 1) if (row.number + spot.line, spot.column) <= (line, at)]
        made[line, at] = (row.number, before[-1] if before else 1)
    return made


def _as_lines(path: Path, places: Places, found: ShownFile) -> None:
    text, _ = decode(read_bytes(path, _SHOWN_BYTES))
    if text is None:
        return
    lines = lines_of(text)
    if lines and not lines[-1]:
        lines.pop()
    wanted = {n for _, line, _ in places for n in (line - 1, line)}
    numbers = [n for n in range(1, len(lines) + 1) if n <= MOST_ROWS or n in wanted][:MOST_MARKED]
    rows = [(n, [lines[n - 1][:LONGEST_CELL]]) for n in numbers]
    found.sheets.append(ShownSheet("", rows, len(lines) - len(rows), lines=True))
    found.editable = True
