"""Rows of a sheet read column by column: what says the same in many rows is read once.

Only rows that ``PlainRows`` would find plain are taken so, by what it asks itself; the others go one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from banshi.files.tables.account import SheetCounting
from banshi.files.tables.apart import TOTALS_BEGIN
from banshi.files.tables.cells import NOTHING, CellUnreadable, all_as_they_stand, name
from banshi.files.tables.grids import GridRow
from banshi.files.tables.headings import Columns, TakesColumns, filled
from banshi.files.tables.notes import NOTES_BEGIN
from banshi.files.tables.remarks import RowRemarks
from banshi.files.tables.row_values import UNCHANGING, ReadColumn, RowValues
from banshi.files.tables.together import PlainLines

_KEPT = 1 << 16
BAD: Any = object()


class _Values(dict[str, Any]):
    """What was read of the cells of a column: None where that is nothing, ``BAD`` where it cannot be read."""

    def __init__(self, reading: ReadColumn) -> None:
        super().__init__()
        self._reading, self.bad = reading, False

    def __missing__(self, cell: str) -> Any:
        try:
            found = self._reading.value(cell)
        except CellUnreadable:
            found = BAD
        else:
            found = None if found is NOTHING else (found,) if self._reading.column.many else found
        self.bad = self.bad or found is BAD
        if len(self) < _KEPT and (found is BAD or type(found) in UNCHANGING):
            self[cell] = found
        return found


class InColumns:
    """Reads the rows of one sheet below its headings, many at a time."""

    def __init__(
        self, reader: RowValues, counting: SheetCounting, begins: Callable[[list[str]], bool], remarks: RowRemarks
    ) -> None:
        self._counting, self._begins, self._remarks = counting, begins, remarks
        self._plan = [(each, _Values(each)) for each in reader.readings]

    def of(self, rows: list[list[str]]) -> tuple[Columns, set[int]]:
        """The values of rows by key, and which of them are not plain: of these the values mean nothing."""
        width = max(map(len, rows))
        if width > self._counting.width or not width:
            return {}, set(range(len(rows)))
        apart: set[int] = set()
        if len(set(map(len, rows))) > 1:
            apart.update(n for n, cells in enumerate(rows) if len(cells) != width)
            rows = [[*cells, *[""] * (width - len(cells))] for cells in rows]
        columns = list(zip(*rows, strict=True))
        apart.update(self._not_begun(columns[0], rows), self._aside(columns))
        found: dict[str, Sequence[Any]] = {}
        for reading, values in self._plan:
            cells = columns[reading.place] if reading.place < width else ("",) * len(rows)
            own = found[reading.key] = _read(reading, values, cells)
            if values.bad and (lost := [n for n, value in enumerate(own) if value is BAD]):
                apart.update(lost)
                found[reading.key] = [None if value is BAD else value for value in own]
        return found, apart

    def _not_begun(self, first: Sequence[str], rows: list[list[str]]) -> Iterator[int]:
        """Rows that may begin as a note or a total does."""
        stands = all_as_they_stand(first)
        if stands and NOT_AT_FIRST.isdisjoint(cell[0] for cell in first):
            return
        if stands:  # in Latin letters the first cell alone tells
            told = {cell for cell in set(first) if not self._begins([cell])}
            yield from (n for n, cell in enumerate(first) if told and cell in told)
        else:
            yield from (n for n, cells in enumerate(rows) if not self._begins(cells))

    def _aside(self, columns: Sequence[Sequence[str]]) -> Iterator[int]:
        """Rows of which anything new stands in a column that is left aside, or a remark in any that bears on the row."""
        for n, column in enumerate(columns):
            if n in self._counting.empty and any(column):
                yield from (row for row, cell in enumerate(column) if cell)
        for n in self._remarks.beside:
            if n < len(columns) and (bearing := {cell for cell in set(columns[n]) if self._remarks.says(n, cell)}):
                yield from (row for row, cell in enumerate(columns[n]) if cell in bearing)


def _read(reading: ReadColumn, values: _Values, cells: Sequence[str]) -> Sequence[Any]:
    if reading.column.read is name and not reading.column.counted and all_as_they_stand(cells):
        return cells  # as ``name`` reads them
    return list(map(values.__getitem__, cells))


NOT_AT_FIRST = (
    NOTES_BEGIN | TOTALS_BEGIN
)  # what no cell in Latin letters begins with that ``begins_a_note`` or ``sums_up`` looks at


class Walk(Struct):
    """Goes through the rows below a heading: many at a time where they are plain, else one by one (``one``).

    ``together``: whether rows may be taken so just now. ``took``: told of the rows that were: the number of the first, how many, and what was made of them.
    """

    columns: InColumns
    wanted: TakesColumns
    one: Callable[[GridRow], None]
    together: Callable[[], bool]
    took: Callable[[int, int, Iterable[Any]], None]

    def over(self, parts: Iterable[PlainLines | GridRow], head: int) -> None:
        """All that follow the row of a number."""
        for part in parts:
            if not isinstance(part, PlainLines):
                if part.number > head:
                    self._alone(part)
                continue
            own = part.behind(head) if part.first <= head else part
            if own.lines:
                self._block(own)

    def _block(self, block: PlainLines) -> None:
        rows = block.cells()
        columns, apart = self.columns.of(rows)
        if len(apart) < len(rows):
            apart.update(self.wanted.apart(columns, len(rows)))
        start = 0
        for stop in (*sorted(apart), len(rows)):
            if start < stop:
                self._run(block, columns, rows, start, stop)
            if stop < len(rows):
                self._alone(block.row(stop, rows[stop]))
            start = stop + 1

    def _run(self, block: PlainLines, columns: Columns, rows: list[list[str]], start: int, stop: int) -> None:
        """Rows that follow each other and are plain."""
        if not self.together() or stop - start < _FEW:
            for n in range(start, stop):
                self._alone(block.row(n, rows[n]))
            return
        many = stop - start
        own = columns if many == len(rows) else {key: values[start:stop] for key, values in columns.items()}
        self.took(block.first + start, many, self.wanted.take(own, many))

    def _alone(self, row: GridRow) -> None:
        for each in filled(iter((row,))):
            self.one(each)


_FEW = 8  # rows that are taken one by one as fast
