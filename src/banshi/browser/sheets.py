"""What of a file is shown: its sheets with their own row numbers; of long ones the top and what is said something of."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from banshi.base.limits import MAX_SHOWN_BYTES, MAX_SHOWN_CELL, MAX_SHOWN_COLUMNS, MAX_SHOWN_MARKED, MAX_SHOWN_ROWS
from banshi.files.documents import lines_of
from banshi.files.reading import BOOK_SUFFIXES, DOCUMENT_SUFFIXES, NEW_BOOK_SUFFIXES, decode
from banshi.files.regular_files import read_bytes
from banshi.files.tables.contents import is_table
from banshi.files.tables.grids import Grid, GridRow, Unusable
from banshi.files.tables.opening import opened
from banshi.files.tables.records import spots
from banshi.files.tables.together import PlainLines

_CUT = "……（只显示开头）"
_MORE = "……（右边还有 {} 栏没有显示）"


class ShownSheet(Struct, frozen=True):
    """A sheet: rows (number, cells) in order; ``left`` rows are not shown. ``lines``: each row is a line of a text."""

    name: str
    rows: list[tuple[int, list[str]]]
    left: int = 0
    lines: bool = False

    def as_json(self) -> dict[str, Any]:
        """For the page."""
        return {"name": self.name, "rows": self.rows, "left": self.left, "lines": self.lines}


class ShownFile(Struct):
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
    for part in _readable(grid):
        if isinstance(part, PlainLines):
            own, beyond = _looked_at(part, MAX_SHOWN_ROWS - len(rows), above)
            left += beyond
        else:
            own = [part]
        for row in own:
            last = row.number + max(0, len(row.lines) - 1)
            mine = {line for line in range(row.number, last + 1) if line in wanted} if wanted else set()
            if len(rows) < MAX_SHOWN_ROWS or (len(rows) < MAX_SHOWN_MARKED and (mine or row.number in above)):
                rows.append((row.number, _shown(row.cells)))
            else:
                left += 1
            if mine and grid.delimiter:
                found.cells.update(_columns(grid, row, [(line, at) for _, line, at in places if line in mine]))
    return ShownSheet(grid.name, rows, left)


def _shown(cells: Sequence[str]) -> list[str]:
    """Cells as far as they are shown; what is left out is told where it would stand."""
    found = [
        cell if len(cell) <= MAX_SHOWN_CELL else f"{cell[:MAX_SHOWN_CELL]}{_CUT}" for cell in cells[:MAX_SHOWN_COLUMNS]
    ]
    return [*found, _MORE.format(len(cells) - len(found))] if len(cells) > len(found) else found


def _readable(grid: Grid) -> Iterator[PlainLines | GridRow]:
    """The rows up to where a file cannot be read any further: that is among what is said."""
    try:
        yield from grid.together() if grid.together else grid.rows()
    except Unusable:
        return


def _looked_at(block: PlainLines, room: int, wanted: Collection[int]) -> tuple[list[GridRow], int]:
    """The rows of a block that may be shown, for which there is room or which are wanted, and how many others there are."""
    end = block.first + len(block.lines)
    numbers = {
        *range(block.first, min(end, block.first + max(0, room))),
        *(n for n in wanted if block.first <= n < end),
    }
    return [block.row(n - block.first) for n in sorted(numbers)], len(block.lines) - len(numbers)


def _columns(grid: Grid, row: GridRow, places: list[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """By line and column of what is said, the row and the cell of it."""
    fields = spots(row.lines, grid.delimiter)
    made = {}
    for line, at in places:
        before = [n for n, spot in enumerate(fields, 1) if (row.number + spot.line, spot.column) <= (line, at)]
        made[line, at] = (row.number, before[-1] if before else 1)
    return made


def _as_lines(path: Path, places: Places, found: ShownFile) -> None:
    text, _ = decode(read_bytes(path, MAX_SHOWN_BYTES))
    if text is None:
        return
    lines = lines_of(text)
    if lines and not lines[-1]:
        lines.pop()
    wanted = {n for _, line, _ in places for n in (line - 1, line)}
    numbers = [n for n in range(1, len(lines) + 1) if n <= MAX_SHOWN_ROWS or n in wanted][:MAX_SHOWN_MARKED]
    rows = [(n, _shown([lines[n - 1]])) for n in numbers]
    found.sheets.append(ShownSheet("", rows, len(lines) - len(rows), lines=True))
    found.editable = True
