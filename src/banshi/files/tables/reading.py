"""Tables by their headings: any order of columns and sheets; a row that cannot be read is a finding, the rest goes on.

The heading row is the first of the top rows that has what is needed; titles above it do no harm.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from banshi.base.limits import MAX_FINDINGS
from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.findings import Finding, Severity
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem
from banshi.files.tables.account import SheetAccount, SheetCounting
from banshi.files.tables.apart import Totals, crossed_out, labelled_beside, total_of
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.claims import Claims, claims, clash_problems
from banshi.files.tables.contents import is_table
from banshi.files.tables.grids import Grid, GridRow, Unusable
from banshi.files.tables.heading_rows import nearest, with_headings
from banshi.files.tables.headings import (
    Make,
    Needed,
    SheetHead,
    TableColumn,
    TakesColumns,
    WantedTable,
    filled,
    heading,
)
from banshi.files.tables.in_columns import InColumns, Walk
from banshi.files.tables.notes import TableNotes, may_be_note, note_said, note_sort, off_count
from banshi.files.tables.opening import Heads, heads, opened
from banshi.files.tables.plain_rows import NOT_PLAIN, PlainRows
from banshi.files.tables.row_problems import empty, incomplete, joined, missing_columns, row_problem
from banshi.files.tables.row_values import BadCells, RowValues, Several, Without
from banshi.files.tables.sheet import Piece, SheetDocument, blank_sheet
from banshi.files.tables.unused import left, taken, unnamed, unused

__all__ = [
    "MANY",
    "Flaw",
    "Heads",
    "Make",
    "Needed",
    "Several",
    "SheetHead",
    "Table",
    "TableColumn",
    "Without",
    "heading",
    "heads",
    "is_table",
    "read_table",
    "stream_table",
]

MANY = MAX_FINDINGS  # rows of one table of which it is told one by one; the rest are only counted


@dataclass(frozen=True, slots=True)
class Flaw:
    """A row that was read without some of its cells: their keys, and what is legible of the row, by key (as text)."""

    row: int
    keys: tuple[str, ...]
    legible: dict[str, str]


@dataclass(slots=True)
class Table:
    """What a file gave: values in order, where they stand, findings; ``usable`` is False where nothing could be read.

    ``unread``: how many rows could not be read; ``lost``: what was legible of each of them, by key (as text); ``lacking``:
    how many of them a note tells of that do not stand there.
    ``flawed``: rows that were read without a cell that cannot be read.
    ``most``: of so many of either it is told one by one (None: of all); the rest are counted.
    ``accounts``: what became of each sheet of the file, hidden ones and others too.
    """

    sheet: SheetDocument
    rows: list[Any] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    usable: bool = True
    unread: int = 0
    lost: list[dict[str, str]] = field(default_factory=list)
    lacking: int = 0
    flawed: list[Flaw] = field(default_factory=list)
    most: int | None = MANY
    accounts: list[SheetAccount] = field(default_factory=list)


def read_table(
    path: Path,
    columns: dict[str, TableColumn],
    make: Make,
    needed: Needed,
    sheet: str | Sequence[str] | None = None,
    named: Callable[[str, Sequence[str]], Sequence[str]] | None = None,
    most: int | None = MANY,
) -> Table:
    """Every row of a table as ``make`` gives it; ``make`` raises ``KeyError`` for what a row must have.

    A row that holds several values gives ``Several``.

    ``needed`` says whether the columns that were found are enough. ``sheet``: the sheet or sheets to read; without it
    all visible sheets that have the columns are read one after the other.
    ``named``: as ``WantedTable`` has it. ``most``: as ``Table`` has it.
    """
    return read_wanted(path, WantedTable(columns, make, needed, named), sheet, most)


def read_wanted(
    path: Path, wanted: WantedTable, sheet: str | Sequence[str] | None = None, most: int | None = MANY
) -> Table:
    """The same of a table that is wanted."""
    table = Table(blank_sheet(path), most=most)
    _read(table, path, wanted, table.rows.append, sheet)
    return table


def stream_table(
    path: Path,
    columns: dict[str, TableColumn],
    make: Make,
    needed: Needed,
    on_row: Callable[[Any], None],
    most: int | None = MANY,
    at_once: TakesColumns | None = None,
) -> Table:
    """Like ``read_table``, but rows are handed on one by one, or ``at_once``, and not kept: for tables of a million rows.

    The rows that were handed on stand even where the rest of the file turns out unusable (``usable``).
    """
    table = Table(blank_sheet(path), most=most)
    _read(table, path, WantedTable(columns, make, needed, at_once=at_once), on_row, None)
    return table


def _read(
    table: Table, path: Path, wanted: WantedTable, on_row: Callable[[Any], None], sheet: str | Sequence[str] | None
) -> None:
    try:
        found = opened(path)
        if sheet is None:
            table.findings += [from_input(table.sheet.path, note, severity=Severity.NOTE) for note in found.notes]
        names = [sheet] if isinstance(sheet, str) else sheet
        table.accounts += [SheetAccount(name, "hidden") for name in found.hidden]
        chosen = [grid for grid in found.grids if names is None or grid.name in names]
        table.accounts += [SheetAccount(grid.name, "not asked") for grid in found.grids if grid not in chosen]
        _read_grids(table, chosen, wanted, on_row)
    except Unusable as unusable:
        _give_up(table, *unusable.problems)


def _give_up(table: Table, *problems: InputProblem) -> None:
    table.usable = False
    table.rows.clear()
    table.findings += [from_input(table.sheet.path, problem) for problem in problems]


def _read_grids(table: Table, grids: list[Grid], wanted: WantedTable, on_row: Callable[[Any], None]) -> None:
    best: tuple[int, Grid, GridRow] | None = None
    for grid in grids:
        used, rows, top, place = with_headings(grid, wanted)
        if place is None:
            table.accounts.append(SheetAccount(grid.name, "other" if top else "empty"))
            best = max((x for x in (best, nearest(top, grid, wanted)) if x), key=lambda x: x[0], default=None)
            continue
        body = chain(top[place + 1 :], filled(rows))
        _body(table, used, top[place], top[:place], body, wanted, on_row)
    if not table.sheet.pieces:
        raise Unusable(missing_columns(best[1], best[2], wanted) if best else empty())
    if len(table.sheet.pieces) > 1:
        table.findings.append(_at(table, joined(table.sheet.pieces), Severity.NOTE))
    most = max(table.unread, len(table.flawed)) if table.most is None else table.most
    if (untold := table.unread - table.lacking - most) > 0:
        more = Text(f"另有 {untold} 行读不出，没有逐行列出", f"{untold} more rows cannot be read")
        table.findings.append(_of_more(table, more, untold))
    if (untold := len(table.flawed) - most) > 0:
        more = Text(f"另有 {untold} 行有读不出的格，没有逐格列出", f"{untold} more rows have cells that cannot be read")
        table.findings.append(_of_more(table, more, untold))


def _of_more(table: Table, said: Text, untold: int) -> Finding:
    return replace(_at(table, InputProblem("input/row-unreadable", Place(1, 1, 1), said)), stands_for=untold)


def _body(
    table: Table,
    grid: Grid,
    head: GridRow,
    above: list[GridRow],
    body: Iterator[GridRow],
    wanted: WantedTable,
    on_row: Callable[[Any], None],
) -> None:
    piece, found = _piece(table, grid, head, wanted)
    table.sheet.pieces.append(piece)
    aside = left(piece, head, found)
    table.findings += [_at(table, problem, severity) for problem, severity in unused(aside.values(), piece, head)]
    counting = SheetCounting(grid.name, head.number, taken(piece, head), aside, len(head.cells))
    totals, notes, reader = Totals(), TableNotes(), RowValues(head, piece, wanted)
    names, plain = {heading(cell) for cell in head.cells}, PlainRows(reader, counting)

    def take(row: GridRow) -> None:
        counting.look(row.cells)
        if (which := total_of(row)) and not (labelled_beside(row, piece) and reader.is_entry(row)):
            totals.rows[row.number] = which
            return
        problem = _row(row, reader, table, on_row, counting)
        if problem is not None:
            counting.lose(row.number)
            table.unread += 1
            if table.most is None or table.unread <= table.most:
                table.findings.append(_at(table, problem))

    def one(row: GridRow) -> None:
        if not notes.waiting and (made := plain.made(row)) is not NOT_PLAIN:
            _hand_on(row, made, table, on_row, counting)
            return
        sort = note_sort(row, names) if may_be_note(row) and not total_of(row) else ""
        if sort and reader.no_record(row, sort) and notes.take(row, sort):
            return
        if notes.waiting:
            for waited in notes.none():
                take(waited)
        take(row)

    def took(first: int, many: int) -> None:
        counting.rows += many
        table.sheet.first_lines.extend(range(first, first + many))

    for row in above:
        if reader.is_entry(row):
            counting.lose(row.number)
            table.unread += 1
            table.findings.append(_at(table, _lost(table, row, piece, row_problem(row, piece, _ABOVE))))
        elif may_be_note(row) and note_sort(row, names) in _SURE:
            notes.rows.append(row)
    try:
        if wanted.at_once and grid.together and reader.one_each:
            in_columns = InColumns(reader, counting, plain.begins)
            Walk(in_columns, wanted.at_once, one, lambda: not notes.waiting, took).over(grid.together(), head.number)
        else:
            for row in body:
                one(row)
    except Unusable as stop:
        counting.stopped = max((problem.place.line for problem in stop.problems), default=0)
        raise
    finally:
        counting.notes += [row.number for row in notes.end()]
        table.accounts.append(counting.account())
    _tell_the_rest(table, piece, head, notes, totals, counting)


def _tell_the_rest(
    table: Table, piece: Piece, head: GridRow, notes: TableNotes, totals: Totals, counting: SheetCounting
) -> None:
    """What is told of a sheet when all its rows were read."""
    for row in notes.rows[:MANY]:
        _noted(table, row, piece, counting.rows + len(counting.unread) + counting.unread_more)
    if totals.rows:
        told = totals.check(piece, (row for row in _below(piece.grid, head) if row.number not in counting.notes))
        table.findings += [_at(table, problem, severity) for problem, severity in told]
    said = [*unnamed(counting.account().left, piece, head), *piece.grid.notes]
    table.findings += [_at(table, note, Severity.NOTE) for note in said]


def _noted(table: Table, row: GridRow, piece: Piece, rows: int) -> None:
    """Tell of a note; where it says that there are more than so many rows, each of the others may be anything."""
    found, lacking = off_count(row, piece, rows) or (note_said(row, piece), None)
    severity = Severity.NOTE if lacking is None else Severity.ERROR if lacking > 0 else Severity.WARNING
    table.findings.append(_at(table, found, severity))
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
    table.findings += [_at(table, problem) for problem in said]
    return piece, found


def _below(grid: Grid, head: GridRow) -> Iterator[GridRow]:
    return (row for row in filled(grid.rows()) if row.number > head.number)


_SURE = ("remark", "signed")
_ABOVE = Text("在列名之上，没有读；移到列名下面", "it stands above the headings and was not read; move it below them")


def _row(
    row: GridRow, reader: RowValues, table: Table, on_row: Callable[[Any], None], counting: SheetCounting
) -> InputProblem | None:
    """Hand a row on, or say what is wrong with it."""
    piece, wanted = reader.piece, reader.wanted
    if (row.struck or counting.left) and (problem := crossed_out(row, piece, counting.left)):
        return _lost(table, row, piece, problem)
    values, bad = reader.of(row)
    if bad and _repeats(row, reader.head, piece):
        return None
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
    _hand_on(row, made, table, on_row, counting)
    if bad:
        _flawed(table, row, piece, bad)
    return None


def _hand_on(row: GridRow, made: Any, table: Table, on_row: Callable[[Any], None], counting: SheetCounting) -> None:
    counting.rows += 1
    for value in made if isinstance(made, Several) else (made,):
        table.sheet.first_lines.append(row.number)
        on_row(value)


def _unmade(row: GridRow, piece: Piece, wanted: WantedTable, error: KeyError | CellUnreadable) -> InputProblem:
    if isinstance(error, CellUnreadable):
        return row_problem(row, piece, error.text)
    return incomplete(row, piece, wanted.columns, str(error.args[0]))


def _flawed(table: Table, row: GridRow, piece: Piece, bad: BadCells) -> None:
    """A row without the cells that cannot be read: each of them is told."""
    if table.most is None or len(table.flawed) < table.most:
        table.findings += [_at(table, replace(problem, fix=_CELL)) for _, problem in bad]
    table.flawed.append(Flaw(row.number, tuple(dict.fromkeys(key for key, _ in bad)), _legible(row, piece)))


_CELL = Text(
    "改正这一格后再检查；这一行的其余各格照常计算。", "Correct this cell; the others of its row were taken in."
)


def _repeats(row: GridRow, head: GridRow, piece: Piece) -> bool:
    """Whether the row says the headings again, as printed pages do."""
    return all(row.cells[n : n + 1] == head.cells[n : n + 1] for n in piece.columns.values())


def _lost(table: Table, row: GridRow, piece: Piece, problem: InputProblem) -> InputProblem:
    if table.unread < MANY * 100:
        table.lost.append(_legible(row, piece))
    return problem


def _legible(row: GridRow, piece: Piece) -> dict[str, str]:
    cells = row.cells
    return {key: cells[n] if n < len(cells) else "" for key, n in piece.columns.items() if n not in row.bad}


def _at(table: Table, problem: InputProblem, severity: Severity = Severity.ERROR) -> Finding:
    return from_input(table.sheet.path, problem, severity=severity)
