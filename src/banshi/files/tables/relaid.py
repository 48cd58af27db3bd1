"""Sheets that machines lay out otherwise, as plain tables: headings of two lines, and blocks of one person each.

Rows keep their numbers and cells their columns; whom a block is about stands in one more column behind them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice, pairwise

from msgspec import Struct

from banshi.base.patterns import late
from banshi.files.tables.cells import is_blank, plain_text
from banshi.files.tables.grids import Grid, GridRow
from banshi.files.tables.headings import TOP, filled, unit_of
from banshi.files.tables.notes import may_be_note, note_sort
from banshi.files.tables.quantities import UNIT

Rows = Callable[[Iterable[GridRow]], Iterator[GridRow]]
OF_GROUP = "·"  # between a heading and the one above it
WHO = "工号"
_WHOSE = late(r"(工号|编号|人员编号|员工编号|考勤号码?|登记号码?)\s*[:：]\s*(.*)", re.S)
_DATED = late(r"\d{1,2}[:：时]\d{2}|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}")
_UNIT_ALONE = late(rf"[(\[【]?(?:单位:)?({UNIT})[)\]】]?")  # as plain_text gives it
_FEWEST = 3  # cells of a row of headings


class Relaid(Struct, frozen=True):
    """Another way to read a sheet."""

    rows: Rows

    def grid(self, grid: Grid) -> Grid:
        """The sheet so read."""
        return Grid(
            grid.name,
            lambda: self.rows(filled(grid.rows())),
            grid.delimiter,
            grid.notes,
            merged=grid.merged,
            beside=grid.beside,
        )


def relaid(top: list[GridRow]) -> list[Relaid]:
    """The other ways in which a sheet with these top rows may be meant."""
    found = [Relaid(_blocks)] if any(_whose(row) for row in top) else []
    said = [_said(row) for row in top]
    return [*found, *(Relaid(partial(_two_lines, at=n)) for n in range(len(top) - 1) if _above(said[n], said[n + 1]))]


def two_lines(top: list[GridRow], at: int) -> Relaid | None:
    """The layout in which one of the top rows holds headings above those of the next; None where it holds none."""
    return Relaid(partial(_two_lines, at=at)) if _above(_said(top[at]), _said(top[at + 1])) else None


def unit_line(top: list[GridRow], at: int) -> Relaid | None:
    """The layout in which the row below the headings says what each is counted in: （万元）; None where it does not."""
    below = _said(top[at + 1]) if at + 1 < len(top) else {}
    units = [cell for cell in below.values() if _UNIT_ALONE.fullmatch(re.sub(r"\s", "", cell))]
    rest = [cell for cell in below.values() if not any(char.isalnum() for char in cell)]
    if not units or len(units) + len(rest) < len(below):
        return None
    return Relaid(partial(_units_joined, at=at))


def grids(grid: Grid) -> list[Grid]:
    """The same of a sheet that was not looked at yet."""
    return [each.grid(grid) for each in relaid(list(islice(filled(grid.rows()), TOP)))]


# headings of two lines


def _above(upper: dict[int, str], lower: dict[int, str]) -> bool:
    """Whether a row may hold headings above those of the next: fewer different ones, over several columns."""
    if len(lower) < _FEWEST or any(_DATED.search(cell) for cell in (*upper.values(), *lower.values())):
        return False
    repeats = [cell for (m, cell), (n, other) in pairwise(upper.items()) if n == m + 1 and cell == other]
    spread = len(set(upper.values())) > 1 and (bool(repeats) or len(upper) < len(lower))
    return spread and any(n in lower and lower[n] != cell for n, cell in upper.items())


def _said(row: GridRow) -> dict[int, str]:
    return {n: plain_text(cell) for n, cell in enumerate(row.cells) if not is_blank(cell)}


def _two_lines(rows: Iterable[GridRow], at: int) -> Iterator[GridRow]:
    above: GridRow | None = None
    for n, row in enumerate(rows):
        if n == at:
            above = row
        elif n == at + 1 and above is not None:
            yield row._replace(cells=_joined(above.cells, row.cells))
        else:
            yield row


def _units_joined(rows: Iterable[GridRow], at: int) -> Iterator[GridRow]:
    head: GridRow | None = None
    for n, row in enumerate(rows):
        if n == at:
            head = row
        elif n == at + 1 and head is not None:
            yield head._replace(cells=_with_units(head.cells, row.cells))
        else:
            yield row


def _with_units(head: list[str], units: list[str]) -> list[str]:
    said = {
        n: found[1]
        for n, cell in enumerate(units)
        if (found := _UNIT_ALONE.fullmatch(re.sub(r"\s", "", plain_text(cell))))
    }
    apart = {n for n in said if n < len(head) and not is_blank(head[n]) and unit_of(head[n]) != said[n]}
    return [f"{cell}（{said[n]}）" if n in apart else cell for n, cell in enumerate(head)]


def _joined(above: list[str], below: list[str]) -> list[str]:
    """Each heading with the one above it; a group that is written once stands over the columns up to the next."""
    found, group = [], ""
    for n in range(max(len(above), len(below))):
        upper = above[n] if n < len(above) and not is_blank(above[n]) else ""
        lower = below[n] if n < len(below) and not is_blank(below[n]) else ""
        group = upper or (group if lower else "")
        plain = not group or not lower or plain_text(group) == plain_text(lower)
        found.append((lower or upper) if plain else f"{group}{OF_GROUP}{lower}")
    return found


# blocks of one person each


def _whose(row: GridRow) -> str:
    """Whom the rows below are about, where a row says so: 工号：002, in one cell or two."""
    said = list(_said(row).items())
    for n, (_, cell) in enumerate(said):
        if found := _WHOSE.fullmatch(cell):
            own = found[2].split()[0] if found[2].split() else ""
            after = [other for _, other in said[n + 1 :] if other != cell]
            return own or (after[0] if after and not after[0].endswith((":", "：")) else "")
    return ""


def _blocks(rows: Iterable[GridRow]) -> Iterator[GridRow]:
    """Every row with whom its block is about; the headings once."""
    width, who, head = 0, "", None
    for row in rows:
        if found := _whose(row):
            who = found
            continue
        here = tuple(_said(row).items())
        if head is None and len(here) >= _FEWEST and not any(_DATED.search(cell) for _, cell in here):
            head, width = here, len(row.cells)
            yield _with(row, width, WHO)
        elif here != head:
            yield row if head is None or (may_be_note(row) and note_sort(row, ())) else _with(row, width, who)


def _with(row: GridRow, width: int, who: str) -> GridRow:
    cells = [*row.cells, *[""] * (width - len(row.cells))]
    return row._replace(cells=[*cells[:width], who, *cells[width:]])
