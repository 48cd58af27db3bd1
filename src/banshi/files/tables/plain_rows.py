"""Rows of a table with nothing about them, as most are: what they become, without all that is asked of the others.

What is said of a row here is never more than that: one of which anything might be told goes the whole road instead.
"""

from typing import Any

from banshi.files.tables.account import SheetCounting
from banshi.files.tables.apart import sums_up
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.grids import GridRow
from banshi.files.tables.headings import heading
from banshi.files.tables.notes import begins_a_note
from banshi.files.tables.remarks import RowRemarks
from banshi.files.tables.row_values import RowValues, Without

NOT_PLAIN: Any = object()
_KEPT = 1 << 14  # first cells that are known


class PlainRows:
    """The rows of one sheet below its headings."""

    def __init__(self, reader: RowValues, counting: SheetCounting, known: RowRemarks) -> None:
        self._reader, self._counting, self._make = reader, counting, reader.wanted.make
        self._remarks = known
        self._heads: dict[str, bool] = {}  # by the first cell of a row: whether it is a heading
        named = (head for column in reader.wanted.columns.values() for head in column.headings)
        self._headings = {*named, *(heading(cell) for cell in reader.head.cells if cell)}
        self._known: dict[str, bool] = {}  # by the first cell of a row: whether no note and no total begins so

    def made(self, row: GridRow) -> Any:
        """What a row becomes where it is plainly a whole record; else ``NOT_PLAIN``.

        Plainly: it is no note and no total, nothing of it is struck through or illegible, nothing new stands in a column
        that is left aside, nor anything there that takes the row back, and it lacks nothing.
        """
        _, cells, bad, _, struck = row
        if (
            bad
            or struck
            or row.number in self._remarks.comments.rows
            or self._reader.in_merged(row)
            or len(cells) > self._counting.width
            or not self.begins(cells)
            or self._aside(cells)
        ):
            return NOT_PLAIN
        values = self._reader.quickly(cells)
        if not values:
            return NOT_PLAIN
        try:
            made = self._make(values)
        except (KeyError, CellUnreadable):
            return NOT_PLAIN
        return NOT_PLAIN if type(made) is Without else made

    def heads(self, row: GridRow) -> bool:
        """Whether a row begins as one of headings does: to be looked at closer."""
        first = next((cell for cell in row.cells if cell), "")
        known = self._heads.get(first)
        if known is None:
            known = heading(first) in self._headings
            if len(self._heads) < _KEPT:
                self._heads[first] = known
        return known

    def _aside(self, cells: list[str]) -> bool:
        """Whether anything new stands in a column that is left aside, or a remark in any that bears on the row."""
        width = len(cells)
        for n in self._counting.empty:
            if n < width and cells[n]:
                return True
        return bool(self._remarks.beside and self._remarks.of(cells)[1])

    def begins(self, cells: list[str]) -> bool:
        """Whether a row begins as no note and no total does, whatever else stands in it."""
        first = cells[0] if cells else ""
        known = self._known.get(first)
        if known is None:
            known = bool(first) and not begins_a_note(first) and not sums_up(first)
            if len(self._known) < _KEPT:
                self._known[first] = known
        # A text that stands in a row alone, or in every cell of it, may be a note whatever it says.
        return known and (first.isascii() or (len(cells) > 1 and cells[1] != first and cells[1][:1].isalnum()))
