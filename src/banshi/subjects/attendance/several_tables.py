"""A part of a register that stands in several tables or sheets: what two of them tell alike counts once."""

import copy
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from msgspec.structs import replace

from banshi.files.tables.reading import Table
from banshi.files.tables.sheet import SheetDocument
from banshi.subjects.attendance.forms import Leave
from banshi.subjects.attendance.leave_clashes import joined_leave


class LeaveTable(NamedTuple):
    """The leave of one table or sheet, with all of its rows; ``first``: the number of the first one in its file."""

    sheet: SheetDocument
    first: int
    rows: tuple[Leave, ...]


def rows_of_sheets(table: Table) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows of a table, sheet by sheet, each with the number of its first row."""
    bounds = [*(piece.first for piece in table.sheet.pieces), len(table.rows)]
    yield from ((first, table.rows[first:end]) for first, end in pairwise(bounds))


def leave_of_sheets(table: Table) -> Iterator[LeaveTable]:
    """The leave in a table, sheet by sheet, as it stands before any row is left out."""
    sheet = copy.copy(table.sheet)
    sheet.pieces = [replace(piece) for piece in sheet.pieces]
    yield from (LeaveTable(sheet, first, tuple(rows)) for first, rows in rows_of_sheets(table))


def added(key: str, held: tuple[Any, ...], rows: Sequence[Any]) -> tuple[tuple[Any, ...], Sequence[int]]:
    """What is held of a part, and rows of a further table; and which of these are new."""
    if not held:
        return tuple(rows), range(len(rows))
    if key == "leave":
        joined, _ = joined_leave((held, rows))
        own = {id(row) for row in joined[len(held) :]}
        return joined, [n for n, row in enumerate(rows) if id(row) in own]
    before = set(held)
    new = [n for n, row in enumerate(rows) if row not in before]
    return (*held, *(rows[n] for n in new)), new
