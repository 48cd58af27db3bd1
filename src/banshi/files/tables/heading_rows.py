"""The row of a sheet that holds the headings of a wanted table: the first of the top rows that has what is needed."""

from collections.abc import Iterator
from itertools import islice

from banshi.files.tables.grids import Grid, GridRow, Unusable
from banshi.files.tables.headings import TOP, WantedTable, filled
from banshi.files.tables.relaid import Relaid, two_lines, unit_line
from banshi.files.tables.relaid import grids as relaid_grids


def with_headings(grid: Grid, wanted: WantedTable) -> tuple[Grid, Iterator[GridRow], list[GridRow], int | None]:
    """The grid, with the separator or layout that yields the headings; its rows, those on top, and which of them has the headings."""
    found = _looked_through(grid, wanted)
    for layout in (_groups_above, _units_below):
        relaid = layout(found[2], found[3])
        if relaid and (read := _looked_through(relaid.grid(found[0]), wanted))[3] is not None:
            found = (
                read  # what stands above the headings says what they are of, what stands below what they are counted in
            )
    for other in (*grid.others, *relaid_grids(grid)) if found[3] is None else ():
        try:
            if (tried := _looked_through(other, wanted))[3] is not None:
                return tried
        except Unusable:
            continue
    return found


def _groups_above(top: list[GridRow], place: int | None) -> Relaid | None:
    """The layout in which the row above the headings says what each of them is of."""
    return two_lines(top, place - 1) if place else None


def _units_below(top: list[GridRow], place: int | None) -> Relaid | None:
    """The layout in which the row below the headings says what each of them is counted in."""
    return unit_line(top, place) if place is not None else None


def _looked_through(grid: Grid, wanted: WantedTable) -> tuple[Grid, Iterator[GridRow], list[GridRow], int | None]:
    rows = grid.rows()
    top = list(islice(filled(rows), TOP))
    place = next((n for n, row in enumerate(top) if wanted.needed(wanted.known(grid.name, row.cells))), None)
    return grid, rows, top, place


def nearest(top: list[GridRow], grid: Grid, wanted: WantedTable) -> tuple[int, Grid, GridRow] | None:
    """The row that comes nearest to a heading row, with the number of columns that it names."""
    counted = [(len(wanted.known(grid.name, row.cells)), len(set(row.cells)), row) for row in top]
    if not counted:
        return None
    known, _, row = max(counted, key=lambda each: each[:2])
    return known, grid, row
