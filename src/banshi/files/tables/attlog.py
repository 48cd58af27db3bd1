"""The raw log of a clocking machine (``attlog.dat``): tabs, no headings; person and moment come first in every line."""

from collections.abc import Iterator

from banshi.files.tables.grids import Grid, GridRow

_HEADINGS = ("工号", "打卡时间")
_OTHERS = 8  # codes behind them at most


def with_headings(grid: Grid) -> Grid:
    """The rows of a log below the headings that they lack; what its codes mean differs from machine to machine."""
    head = GridRow(0, [*_HEADINGS, *(f"机器代码{n}" for n in range(1, _OTHERS + 1))], {})

    def rows() -> Iterator[GridRow]:
        yield head
        yield from grid.rows()

    return Grid(grid.name, rows, grid.delimiter, grid.notes)
