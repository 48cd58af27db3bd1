"""The rows of a sheet below its headings, one after the other: what each gives, and what is told of those that give nothing."""

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from banshi.base.limits import MAX_FINDINGS
from banshi.base.text import Text
from banshi.files.findings import Finding, Severity
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem
from banshi.files.tables.account import SheetAccount, SheetCounting
from banshi.files.tables.apart import Totals, crossed_out, labelled_beside, total_of
from banshi.files.tables.beside import ROW, all_asked, beside_table, spoken_of, taken_back
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.claims import Claims, claims, clash_problems, strange_units
from banshi.files.tables.grids import Grid, GridRow, Unusable, WordsBeside
from banshi.files.tables.headings import (
    WantedTable,
    filled,
    heading,
)
from banshi.files.tables.in_columns import InColumns, Walk
from banshi.files.tables.money_units import unit_in_note
from banshi.files.tables.notes import TableNotes, may_be_note, note_said, note_sort, off_count, unit_said
from banshi.files.tables.plain_rows import NOT_PLAIN, PlainRows
from banshi.files.tables.remarks import (
    BesideRows,
    RowRemarks,
    bears,
    mentioned,
    more_of,
    remarks,
    said_of_whole,
    takes_back_of,
    texts,
)
from banshi.files.tables.row_problems import incomplete, row_problem
from banshi.files.tables.row_values import BadCells, RowValues, Several, Without
from banshi.files.tables.sheet import Piece, SheetDocument
from banshi.files.tables.titles import of_other_days
from banshi.files.tables.unused import left, taken, unnamed, unused

_MOST_TABLES = 100  # below one another, on all sheets that are read
MANY = MAX_FINDINGS  # rows, or cells, of one table of which it is told one by one; the rest are only counted


class Flaw(Struct, frozen=True):
    """A row that was read without some of its cells: their keys, and what is legible of the row, by key (as text)."""

    row: int
    keys: tuple[str, ...]
    legible: dict[str, str]


class Table(Struct):
    """What a file gave: values in order, where they stand, findings; ``usable`` is False where nothing could be read.

    ``unread``: how many rows could not be read; ``lost``: what was legible of each of them, by key (as text); ``lacking``:
    how many of them a note tells of that do not stand there.
    ``flawed``: rows that were read without a cell that cannot be read; the first ``flaws_told`` of them are told.
    ``most``: of so many unread rows, and of so many such cells, it is told one by one (None: of all); the rest are counted.
    ``accounts``: what became of each sheet of the file, hidden ones and others too.
    ``units``: the units of money that notes below or between the rows state, by row.
    """

    sheet: SheetDocument
    rows: list[Any] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    usable: bool = True
    unread: int = 0
    lost: list[dict[str, str]] = field(default_factory=list)
    lacking: int = 0
    flawed: list[Flaw] = field(default_factory=list)
    flaws_told: int = 0
    cells_told: int = 0
    most: int | None = MANY
    accounts: list[SheetAccount] = field(default_factory=list)
    units: dict[int, str] = field(default_factory=dict)


def read_rows(
    table: Table,
    grid: Grid,
    top: list[GridRow],
    body: Iterator[GridRow],
    wanted: WantedTable,
    on_row: Callable[[Any], None],
) -> None:
    """Read a sheet below its headings. ``top``: its first rows down to that of the headings; several tables may follow."""
    head: GridRow | None = top[-1]
    above = top[:-1]
    beside = beside_table(grid, Path(table.sheet.path), top)
    while head is not None:
        head, above = _read_below(table, grid, head, wanted, on_row, beside).read(above, body), []
    all_asked(beside, grid)
    table.findings += [
        told
        for words in beside.whole
        if (told := at(table, spoken_of(grid, words), Severity.WARNING)) not in table.findings
    ]


def _read_below(
    table: Table, grid: Grid, head: GridRow, wanted: WantedTable, on_row: Callable[[Any], None], beside: BesideRows
) -> "_Rows":
    piece, found = _piece(table, grid, head, wanted)
    table.sheet.pieces.append(piece)
    aside = left(piece, head, found)
    table.findings += [at(table, problem, severity) for problem, severity in unused(aside.values(), piece, head)]
    counting = SheetCounting(grid.name, head.number, taken(piece, head), aside, len(head.cells))
    reader = RowValues(head, piece, wanted)
    known = remarks(head, piece, reader.free, beside)
    names = frozenset(heading(cell) for cell in head.cells)
    return _Rows(table, reader, counting, on_row, known, PlainRows(reader, counting, known), names)


class _AnotherTable(Exception):
    """The headings of another such table follow."""

    def __init__(self, head: GridRow) -> None:
        super().__init__()
        self.head = head


class _Rows(Struct):
    """The rows below some headings while they are read."""

    table: Table
    reader: RowValues
    counting: SheetCounting
    on_row: Callable[[Any], None]
    known: RowRemarks
    plain: PlainRows
    names: frozenset[str]  # of the headings
    totals: Totals = field(default_factory=Totals)
    notes: TableNotes = field(default_factory=TableNotes)

    def read(self, above: list[GridRow], body: Iterator[GridRow]) -> GridRow | None:
        """Read all rows; the headings of another such table where one follows. ``above``: what stands above the headings."""
        for row in above:
            self._title(row)
        following: GridRow | None = None
        grid, head = self.reader.piece.grid, self.reader.head
        try:
            if self.reader.wanted.at_once and grid.together and self.reader.by_columns:
                in_columns = InColumns(self.reader, self.counting, self.plain.begins, self.known)
                together = Walk(in_columns, self.reader.wanted.at_once, self._one, self._plainly, self._took)
                together.over(grid.together(), head.number)
            else:
                for row in body:
                    if row.number > head.number:
                        self._one(row)
        except _AnotherTable as found:
            following = found.head
        except Unusable as stop:
            self.counting.stopped = max((problem.place.line for problem in stop.problems), default=0)
            raise
        finally:
            self.counting.notes += [row.number for row in self.notes.end()]
            self.table.accounts.append(self.counting.account())
        self._around()
        titles = (row for row in above if row not in self.notes.rows)
        told = of_other_days(self.reader.piece.grid, titles, self.reader.days(), Path(self.table.sheet.path).stem)
        self.table.findings += [at(self.table, each, Severity.WARNING) for each in told]
        return following

    def _title(self, row: GridRow) -> None:
        if self.reader.is_entry(row):
            self.counting.lose(row.number)
            self.table.unread += 1
            lost = _lost(self.table, row, self.reader.piece, row_problem(row, self.reader.piece, _ABOVE))
            self.table.findings.append(at(self.table, lost))
        elif may_be_note(row) and note_sort(row, self.names) in _SURE:
            self.notes.rows.append(row)

    def _again(self, row: GridRow) -> Literal["", "page", "table"]:
        """Whether a row says the headings again, as printed pages do, or is the heading row of another such table."""
        piece, wanted, head = self.reader.piece, self.reader.wanted, self.reader.head.cells
        known = wanted.known(piece.grid.name, row.cells)
        several = len(known) > 1 and 2 * len(known) >= sum(1 for cell in row.cells if cell)
        if not wanted.needed(known) or not (several or self.reader.of(row)[1]):
            return ""
        if all(row.cells[n : n + 1] == head[n : n + 1] for n in piece.columns.values()):
            return "page"
        return "table" if several and len(self.table.sheet.pieces) < _MOST_TABLES else ""

    def _plainly(self) -> bool:
        return not self.notes.waiting

    def _took(self, first: int, many: int, made: Iterable[Any]) -> None:
        self.table.rows.extend(made)
        self.counting.rows += many
        self.table.sheet.first_lines.extend(range(first, first + many))

    def _one(self, row: GridRow) -> None:
        notes = self.notes
        if self.plain.heads(row) and (again := self._again(row)):
            if again == "table":
                raise _AnotherTable(row)
            notes.end()  # what stands above headings is a title
            return
        if not notes.waiting and (made := self.plain.made(row)) is not NOT_PLAIN:
            self._hand_on(row, made)
            return
        note = may_be_note(row)
        if note and (said := next(filter(said_of_whole, texts(row)), "")):
            raise Unusable(taken_back(self.reader.piece.grid, WordsBeside(ROW, said, (row.number, 0))))
        sort = note_sort(row, self.names) if note and not total_of(row) else ""
        if sort == "unit" and not self.reader.wanted.units:
            sort = ""  # nothing is read by it, and it may bear on what is
        if sort and self.reader.no_record(row, sort) and notes.take(row, sort):
            return
        if notes.waiting:
            for waited in notes.none():
                self._take(waited)
        self._take(row)

    def _take(self, row: GridRow) -> None:
        table = self.table
        self.counting.look(row.cells)
        if (which := total_of(row)) and not (labelled_beside(row, self.reader.piece) and self.reader.is_entry(row)):
            self.totals.rows[row.number] = which
            return
        problem = self._row(row)
        if problem is not None:
            self.counting.lose(row.number)
            table.unread += 1
            if table.most is None or table.unread <= table.most:
                table.findings.append(at(table, problem))

    def _row(self, row: GridRow) -> InputProblem | None:
        """Hand a row on, or say what is wrong with it."""
        reader, table, counting, known = self.reader, self.table, self.counting, self.known
        piece, wanted = reader.piece, reader.wanted
        if problem := crossed_out(row, piece, known):
            # What should read otherwise may be any of the cells that say when or how much.
            return _lost(table, row, piece, problem, reader.free if known.about(row).says == "otherwise" else None)
        values, bad = reader.of(row)
        if bad and (problem := next((each for key, each in bad if not wanted.columns[key].spare), None)):
            return _lost(table, row, piece, problem)
        if not values and not bad:
            counting.skip(row.number)  # only columns that are not read hold anything
            return None
        try:
            made = wanted.make(values)
        except (KeyError, CellUnreadable) as error:
            return _lost(table, row, piece, bad[0][1] if bad else _unmade(row, piece, wanted, error))
        if isinstance(made, Without):
            if made.key not in dict(bad):
                bad.append((made.key, incomplete(row, piece, wanted.columns, made.key)))
            made = made.value
        self._hand_on(row, made)
        if remark := mentioned(row, piece, known):
            counting.remarked += 1
            if counting.remarked <= MANY:
                table.findings.append(at(table, remark, Severity.WARNING))
        if bad:
            _flawed(table, row, reader, bad)
        return None

    def _hand_on(self, row: GridRow, made: Any) -> None:
        self.counting.rows += 1
        for value in made if isinstance(made, Several) else (made,):
            self.table.sheet.first_lines.append(row.number)
            self.on_row(value)

    def _cells(self) -> Iterator[list[str]]:
        """Of each row that is no note, the cells."""
        notes = set(self.counting.notes)
        rows = _below(self.reader.piece.grid, self.reader.head)
        return (row.cells for row in rows if row.number not in notes)

    def _around(self) -> None:
        """What is told of what stands around the rows: notes, totals, columns left aside."""
        table, reader, counting = self.table, self.reader, self.counting
        piece, head, grid = reader.piece, reader.head, reader.piece.grid
        for row in self.notes.rows[:MANY]:
            if reader.wanted.units and (unit := unit_in_note(row)):
                table.units[row.number] = unit
                table.findings.append(at(table, unit_said(row, piece, unit), Severity.NOTE))
                continue
            named = any(takes_back_of(text, self._cells()) for text in texts(row))
            _noted(table, row, piece, counting.rows + len(counting.unread) + counting.unread_more, named=named)
        if self.totals.rows:
            told = self.totals.check(piece, (row for row in _below(grid, head) if row.number not in counting.notes))
            table.findings += [at(table, problem, severity) for problem, severity in told]
        said = [*unnamed(counting.account().left, piece, head), *grid.notes]
        table.findings += [at(table, note, Severity.NOTE) for note in said]
        if (untold := counting.remarked - MANY) > 0:
            more = at(table, more_of(grid.name, untold), Severity.WARNING)
            table.findings.append(replace(more, stands_for=untold))


def _noted(table: Table, row: GridRow, piece: Piece, rows: int, *, named: bool) -> None:
    """Tell of a note; where it says that there are more than so many rows, each of the others may be anything.

    ``named``: whether it takes back one of them; whether that counts is unknown.
    """
    found, lacking = off_count(row, piece, rows) or (note_said(row, piece, any(map(bears, texts(row)))), None)
    plain = lacking is None and not any(map(bears, texts(row)))
    grave = named or (lacking is not None and lacking > 0)
    severity = Severity.ERROR if grave else Severity.NOTE if plain else Severity.WARNING
    table.findings.append(at(table, found, severity))
    if lacking is not None and lacking > 0:
        table.lacking += lacking
        table.unread += lacking
        table.lost.append({})


def _piece(table: Table, grid: Grid, head: GridRow, wanted: WantedTable) -> tuple[Piece, Claims]:
    """Which columns are read as what, and those that nobody can tell apart. Raises ``Unusable`` without the needed ones."""
    found = claims(grid.name, head, _below(grid, head), wanted)
    first = {key: at[0] for key, at in found.columns.items()}
    more = {key: at[1:] for key, at in found.columns.items() if len(at) > 1}
    piece = Piece(grid, len(table.sheet.first_lines), first, head.number, more)
    said = list(clash_problems(found, head, piece, wanted))
    if said and not wanted.needed(first):
        raise Unusable(*said)
    table.findings += [at(table, problem) for problem in said]
    table.findings += [at(table, problem, Severity.WARNING) for problem in strange_units(found, head, piece, wanted)]
    return piece, found


def _below(grid: Grid, head: GridRow) -> Iterator[GridRow]:
    return (row for row in filled(grid.rows()) if row.number > head.number)


_SURE = ("remark", "signed")
_ABOVE = Text("在列名之上，没有读；移到列名下面", "it stands above the headings and was not read; move it below them")


def _unmade(row: GridRow, piece: Piece, wanted: WantedTable, error: KeyError | CellUnreadable) -> InputProblem:
    if isinstance(error, CellUnreadable):
        return row_problem(row, piece, error.text)
    return incomplete(row, piece, wanted.columns, str(error.args[0]))


def _flawed(table: Table, row: GridRow, reader: RowValues, bad: BadCells) -> None:
    """A row without the cells that cannot be read: each of them is told."""
    if table.most is None or table.cells_told < table.most:
        table.findings += [at(table, replace(problem, fix=_CELL)) for _, problem in bad]
        table.flaws_told += 1
        table.cells_told += len(bad)
    legible = _legible(row, reader.piece) if reader.wanted.weighed else {}
    table.flawed.append(Flaw(row.number, tuple(dict.fromkeys(key for key, _ in bad)), legible))


_CELL = Text(
    "改正这一格后再检查；这一行的其余各格照常计算。", "Correct this cell; the others of its row were taken in."
)


def _lost(
    table: Table, row: GridRow, piece: Piece, problem: InputProblem, certain: Collection[int] | None = None
) -> InputProblem:
    """``certain``: the columns whose cells say what they say all the same; None: all that are legible."""
    if table.unread < MANY * 100:
        found = _legible(row, piece)
        kept = {key: cell if certain is None or piece.columns[key] in certain else "" for key, cell in found.items()}
        table.lost.append(kept)
    return problem


def _legible(row: GridRow, piece: Piece) -> dict[str, str]:
    cells = row.cells
    return {key: cells[n] if n < len(cells) else "" for key, n in piece.columns.items() if n not in row.bad}


def at(table: Table, problem: InputProblem, severity: Severity = Severity.ERROR) -> Finding:
    """A finding about a table."""
    return from_input(table.sheet.path, problem, severity=severity)
