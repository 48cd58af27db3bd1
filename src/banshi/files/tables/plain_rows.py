"""Rows of a table with nothing about them, as most are: what they become, without all that is asked of the others.

What is said of a row here is never more than that: one of which anything might be told goes the whole road instead.
"""

from typing import Any

from banshi.files.tables.account import SheetCounting
from banshi.files.tables.apart import sums_up, voids
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.grids import GridRow
from banshi.files.tables.notes import begins_a_note
from banshi.files.tables.row_values import RowValues, Without

NOT_PLAIN: Any = object()
_KEPT = 1 << 14  # first cells that are known


class PlainRows:
    """The rows of one sheet below its headings."""

    def __init__(self, reader: RowValues, counting: SheetCounting) -> None:
        self._reader, self._counting, self._make = reader, counting, reader.wanted.make
        self._known: dict[str, bool] = {}  # by the first cell of a row: whether no note and no total begins so

    def made(self, row: GridRow) -> Any:
        """What a row becomes where it is plainly a whole record; else ``NOT_PLAIN``.

        Plainly: it is no note and no total, nothing of it is struck through or illegible, nothing new stands in a column
        that is left aside, nor anything there that takes the row back, and it lacks nothing.
        """
        _, cells, bad, _, struck = row
        if bad or struck or len(cells) > self._counting.width or not self.begins(cells) or self._aside(cells):
            return NOT_PLAIN
        values = self._reader.quickly(cells)
        if not values:
            return NOT_PLAIN
        try:
            made = self._make(values)
        except (KeyError, CellUnreadable):
            return NOT_PLAIN
        return NOT_PLAIN if type(made) is Without else made

    def _aside(self, cells: list[str]) -> bool:
        """Whether anything new stands in a column that is left aside, or in any of them that the row does not count."""
        counting, width = self._counting, len(cells)
        for n in counting.empty:
            if n < width and cells[n]:
                return True
        return any(n < width and cells[n] and voids(cells[n]) for n in counting.left) if counting.left else False

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
