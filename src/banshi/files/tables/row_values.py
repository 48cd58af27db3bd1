"""The values of a table's rows: each cell read as its column says, once for all cells of the column that say the same."""

import datetime
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from types import NoneType
from typing import Any

from msgspec import Struct, field

from banshi.base.limits import ROWS
from banshi.base.patterns import late
from banshi.base.text import Text
from banshi.files.reading import InputProblem
from banshi.files.tables.cells import NOTHING, CellUnreadable, Nothing, is_blank
from banshi.files.tables.grids import GridRow
from banshi.files.tables.headings import TableColumn, WantedTable, unit_of
from banshi.files.tables.notes import Sort
from banshi.files.tables.quantities import counted_in
from banshi.files.tables.row_problems import cell_problem
from banshi.files.tables.sheet import Piece

BadCells = list[tuple[str, InputProblem]]  # with the keys of their columns
_KEPT = 1 << 14  # cells of a column whose values are kept: of a column of ids, the first ones for nothing
UNCHANGING = frozenset((str, int, bool, tuple, Decimal, datetime.date, NoneType, Nothing))
_NEW: Any = object()
_DAY = late(r"\d{4}-\d\d-\d\d(?!\d)")


class Several(tuple[Any, ...]):
    """What ``make`` gives for a row that holds more than one value."""

    __slots__ = ()


class Without(Struct, frozen=True):
    """What ``make`` gives for a row that could be used but for what stands, or should stand, in the cell of ``key``."""

    value: Any
    key: str


class ReadColumn(Struct):
    """A column of the sheet as a key; ``kept``: what was read of its cells, ``NOTHING`` where that is nothing."""

    key: str
    place: int
    column: TableColumn
    unit: str
    kept: dict[str, Any] = field(default_factory=lambda: {"": NOTHING})

    def value(self, cell: str) -> Any:
        """Raises ``CellUnreadable``."""
        value = self.kept.get(cell, _NEW)
        if value is _NEW:
            column = self.column
            value = NOTHING if is_blank(cell) else column.read(counted_in(self.unit, cell) if column.counted else cell)
            if len(self.kept) < _KEPT and type(value) in UNCHANGING:
                self.kept[cell] = value
        return value


class RowValues:
    """Reads the rows of one sheet below its headings."""

    def __init__(self, head: GridRow, piece: Piece, wanted: WantedTable) -> None:
        self.head, self.piece, self.wanted = head, piece, wanted
        self._over = _merged_over(piece, head.number, wanted)
        columns = [(key, wanted.columns[key], n) for key in piece.columns for n in self._places(key)]
        self.readings = [ReadColumn(key, n, column, unit_of(head.cells[n])) for key, column, n in columns]
        self._plan = [(each.key, each.place, each.kept, each.column.many, each) for each in self.readings]
        blanks = {key: column.blank for key, column, _ in columns if column.blank is not None}
        self._blank = {key: (blank,) if wanted.columns[key].many else blank for key, blank in blanks.items()}

    @property
    def by_columns(self) -> bool:
        """Whether a column alone says what its key is: no other has the same one, and an empty cell says nothing."""
        return not self._blank and not self.piece.more

    def _places(self, key: str) -> tuple[int, ...]:
        return self.piece.columns[key], *self.piece.more.get(key, ())

    def of(self, row: GridRow) -> tuple[dict[str, Any], BadCells]:
        """The row's values by key, and the cells that cannot be read, with their keys."""
        values = None if row.bad or row.struck or self.in_merged(row) else self.quickly(row.cells)
        return self._carefully(row) if values is None else (values, [])

    def in_merged(self, row: GridRow) -> bool:
        """Whether a number of the row stands in a cell that was merged over several rows: it may be one of all of them."""
        return bool(self._over) and any(_within(row.number, over) for over in self._over.values())

    def quickly(self, cells: list[str]) -> dict[str, Any] | None:
        """The values of cells, all of which are legible; None where one cannot be read."""
        values: dict[str, Any] = {}
        several: dict[str, tuple[Any, ...]] | None = None
        width = len(cells)
        for key, place, kept, many, reading in self._plan:
            cell = cells[place] if place < width else ""
            value = kept.get(cell, _NEW)
            if value is _NEW:
                try:
                    value = reading.value(cell)
                except CellUnreadable:
                    return None
            if value is NOTHING:
                continue
            if not many:
                values[key] = value
            elif several is None:
                several = {key: (value,)}
            else:
                several[key] = (*several.get(key, ()), value)
        if several:
            values |= several
        return {**self._blank, **values} if values and self._blank else values

    def _carefully(self, row: GridRow) -> tuple[dict[str, Any], BadCells]:
        values: dict[str, Any] = {}
        several: dict[str, tuple[Any, ...]] = {}
        bad: BadCells = []
        for reading in self.readings:
            key = reading.key
            try:
                value = reading.value(_cell(row, reading.place))
                if value is not NOTHING and _within(row.number, self._over.get(reading.place, ())):
                    raise CellUnreadable(_OF_ALL)
                if value is NOTHING:
                    continue
                if reading.column.many:
                    several[key] = (*several.get(key, ()), value)
                else:
                    values[key] = value
            except CellUnreadable as error:
                bad.append((key, cell_problem(row, self.head, self.piece, reading.place, error.text)))
        values |= several
        return {**self._blank, **values} if values or bad else values, bad

    @property
    def free(self) -> frozenset[int]:
        """The columns that take whatever is written in them."""
        return frozenset(each.place for each in self.readings if not _selective(each.column))

    def days(self) -> Iterator[datetime.date]:
        """The days that were read, as far as their cells are kept."""
        for reading in self.readings:
            yield from (day for value in reading.kept.values() if (day := _day_in(value)) is not None)

    def is_entry(self, row: GridRow) -> bool:
        """Whether a row could be read as one of the table, in a column that does not take just anything."""
        values, bad = self.of(row)
        if bad or not any(_selective(self.wanted.columns[key]) for key in values):
            return False
        try:
            self.wanted.make(dict(values))
        except (KeyError, CellUnreadable):
            return False
        return True

    def no_record(self, row: GridRow, sort: Sort) -> bool:
        """Whether a row with the words of a note could be no row of the table, whatever it says."""
        wanted, filled = self.wanted, [n for n, cell in enumerate(row.cells) if not is_blank(cell)]
        used = [row.cells[n] for n in filled if n in self.piece.used]
        # Who signed is no record, nor is what says the same in every column, or begins as no id does.
        begins = sort == "signed" or (sort == "remark" and filled[0] in self.piece.used)
        if (wanted.whole is None and begins) or (len(used) > 1 and len(set(used)) == 1):
            return True
        values, bad = self.of(row)
        if bad or (wanted.whole is not None and not wanted.whole(values)):
            return True
        try:
            return isinstance(wanted.make(values), Without)
        except (KeyError, CellUnreadable):
            return True


Rows = Sequence[tuple[int, int]]  # first and last, from 1


def _merged_over(piece: Piece, head: int, wanted: WantedTable) -> dict[int, Rows]:
    """Of columns of numbers that may be one for several rows, the rows over which their cells were merged."""
    summed = [
        n for key in piece.columns if wanted.columns[key].summed for n in (piece.columns[key], *piece.more.get(key, ()))
    ]
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, first), (bottom, last) in piece.grid.merged() if summed else ():
        if bottom > top and bottom >= head:
            for n in summed:
                if first <= n <= last:
                    found.setdefault(n, []).append((top + 1, bottom + 1))
    return {n: sorted(rows) for n, rows in found.items()}


def _within(row: int, merged: Rows) -> bool:
    at = bisect_right(merged, (row, row + ROWS)) - 1 if merged else -1
    return at >= 0 and merged[at][0] <= row <= merged[at][1]


_OF_ALL = Text(
    "合并的单元格盖着几行，不知道是各行各有这个数，还是几行合起来是这个数；取消合并，各行分别填写",
    "the cell is merged over several rows: whether each has this number, or all together, is unknown; fill in each row",
)


def _day_in(value: Any) -> datetime.date | None:
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, tuple) and value:
        return _day_in(value[0])
    if isinstance(value, str) and _DAY.match(value):
        with suppress(ValueError):
            return datetime.date.fromisoformat(value[:10])
    return None


def _selective(column: TableColumn) -> bool:
    try:
        column.read("〔随便什么字〕")
    except CellUnreadable:
        return True
    return False


def _cell(row: GridRow, column: int) -> str:
    """What stands in a cell. Raises ``CellUnreadable`` for an error value or the like."""
    if column in row.bad:
        raise CellUnreadable(row.bad[column])
    if column in row.struck:
        said = row.struck[column]
        raise CellUnreadable(Text(f"{said.zh}，不知道还算不算", f"{said.en}: whether it counts is unknown"))
    return row.cells[column] if column < len(row.cells) else ""
