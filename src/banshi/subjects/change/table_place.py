"""Of which places a file of tables is, found before it is read: its words are those of their law, not of all."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from banshi.base.limits import MAX_TITLE_ROWS
from banshi.files.tables.cells import plain_text
from banshi.files.tables.grids import Grid, GridRow, Unusable
from banshi.files.tables.headings import heading
from banshi.files.tables.opening import opened
from banshi.subjects.change.table_kinds import PROJECT, shipped_tables

_PLACE = re.compile(r"[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)*")


def stated_places(path: Path) -> frozenset[str]:
    """The places that a file states, in a column or beside a label on a form; none where it cannot be read."""
    try:
        return frozenset(place for grid in opened(path).grids for place in _places(grid))
    except Unusable:
        return frozenset()


def _places(grid: Grid) -> Iterator[str]:
    names = {heading(name) for name in _leaf_names()}
    columns: set[int] = set()
    for n, row in enumerate(grid.rows()):
        if n >= MAX_TITLE_ROWS and not columns:
            return
        if n < MAX_TITLE_ROWS:
            labels = [column for column, cell in enumerate(row.cells) if cell and heading(str(cell)) in names]
            if beside := list(_beside(row, labels)):  # a form, which says it once
                yield from beside
                return
            columns.update(labels)
        yield from (place for column in columns if (place := _place(row.cells, column)))


def _beside(row: GridRow, labels: Sequence[int]) -> Iterator[str]:
    """What stands right of a label: the next cell in which anything does."""
    for label in labels:
        column = next((n for n in range(label + 1, len(row.cells)) if row.cells[n]), None)
        if column is not None and (place := _place(row.cells, column)):
            yield place


def _place(cells: Sequence[object], column: int) -> str | None:
    text = plain_text(str(cells[column])) if column < len(cells) and cells[column] else ""
    return text if _PLACE.fullmatch(text) else None


def _leaf_names() -> tuple[str, ...]:
    return next(leaf.full for leaf in shipped_tables()[0].leaves if leaf.way == (*PROJECT, "jurisdiction"))
