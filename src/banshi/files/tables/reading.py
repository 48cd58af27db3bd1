"""Tables by their headings: any order of columns and sheets; a row that cannot be read is a finding, the rest goes on.

The heading row is the first of the top rows that has what is needed; titles above it do no harm.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.findings import Finding, Severity
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem
from banshi.files.tables.account import SheetAccount
from banshi.files.tables.body import MANY, Flaw, Table, at, read_rows
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
from banshi.files.tables.opening import Heads, heads, opened
from banshi.files.tables.row_problems import empty, joined, missing_columns
from banshi.files.tables.row_values import Several, Without
from banshi.files.tables.sheet import blank_sheet

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
        read_rows(table, used, top[: place + 1], chain(top[place + 1 :], filled(rows)), wanted, on_row)
    if not table.sheet.pieces:
        raise Unusable(missing_columns(best[1], best[2], wanted) if best else empty())
    if len(table.sheet.pieces) > 1:
        table.findings.append(at(table, joined(table.sheet.pieces), Severity.NOTE))
    most = table.unread if table.most is None else table.most
    if (untold := table.unread - table.lacking - most) > 0:
        more = Text(f"另有 {untold} 行读不出，没有逐行列出", f"{untold} more rows cannot be read")
        table.findings.append(_of_more(table, more, untold))
    if untold := len(table.flawed) - table.flaws_told:
        cells = sum(len(flaw.keys) for flaw in table.flawed[table.flaws_told :])
        more = Text(f"另有 {untold} 行有读不出的格，没有逐格列出", f"{untold} more rows have cells that cannot be read")
        table.findings.append(_of_more(table, more, cells))


def _of_more(table: Table, said: Text, untold: int) -> Finding:
    return replace(at(table, InputProblem("input/row-unreadable", Place(1, 1, 1), said)), stands_for=untold)
