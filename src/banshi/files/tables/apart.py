"""Rows that are no entries: struck through or marked 作废 (told, and never read), and totals (reckoned again, and left out)."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from banshi.base.money import CENT, plain
from banshi.base.patterns import late
from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.findings import Severity
from banshi.files.reading import InputProblem
from banshi.files.tables.cells import CellUnreadable, decimal, is_blank, plain_text
from banshi.files.tables.grids import Grid, GridRow
from banshi.files.tables.remarks import RowRemarks, taken_back
from banshi.files.tables.row_problems import place_of, row_problem
from banshi.files.tables.sheet import Piece, where

_TOTAL = late(
    r"(?:本页|本月|本季|本年|全部|以上)?(?:(合计|总计|共计|总和|总合计|total|sum)|(小计|subtotal))(?:\([^()]*\))?:?",
    re.I,
)
_LONGEST = 24
_COUNTED = re.compile(r"(?<![\d.])(\d+)(?:件|条|行|笔|份)")
TOTALS_BEGIN = frozenset("tTsS \t\n")  # of such words in Latin letters


@lru_cache(maxsize=4096)
def _plainly(cell: str) -> str:
    return re.sub(r"\s", "", plain_text(cell)) if len(cell) <= _LONGEST else ""


@lru_cache(maxsize=4096)
def _total(cell: str) -> str:
    found = _TOTAL.fullmatch(_plainly(cell))
    return "" if found is None else "part" if found[2] else "whole"


def total_of(row: GridRow) -> str:
    """Whether a row sums up those above it, by the first cell in which anything stands: of the last part, or of the whole."""
    cells = row.cells
    first = cells[0] if cells and cells[0] else next((cell for cell in cells if cell and not is_blank(cell)), "")
    return sums_up(first)


def sums_up(first: str) -> str:
    """The same of the first cell in which anything stands."""
    if len(first) > _LONGEST or (first.isascii() and (first[:1] not in TOTALS_BEGIN or first[-1].isdigit())):
        return ""  # no total ends with a digit, as numbers of cases do
    return _total(first)


def labelled_beside(row: GridRow, piece: Piece) -> bool:
    """Whether what calls a row a total stands in a column that is not read, so that it may be an entry all the same."""
    return next((n for n, cell in enumerate(row.cells) if not is_blank(cell)), -1) not in piece.used


def crossed_out(row: GridRow, piece: Piece, known: RowRemarks) -> InputProblem | None:
    """What is said of a row that somebody took out without deleting it; it is left unread. ``known``: where remarks stand."""
    struck = row.struck and all(n in row.struck for n, cell in enumerate(row.cells) if not is_blank(cell))
    why = _STRUCK if struck else taken_back(row, known)
    return replace(row_problem(row, piece, why), fix=_DELETE) if why else None


_STRUCK = Text(
    "整行划了删除线，没有读；作废的，请删去这一行，仍算数的，去掉标记",
    "it is struck through; the row was not read: delete it, or take the mark away",
)
_DELETE = Text(
    "作废的，删去这一行；更正的，照更正的改；仍算数的，去掉删除线或备注里的字样。",
    "Delete the row, correct it, or take the mark away if it still counts.",
)


class Totals(Struct):
    """The rows of totals of a sheet, reckoned again once all of it was read."""

    rows: dict[int, str] = field(default_factory=dict)

    def check(self, piece: Piece, body: Iterable[GridRow]) -> Iterator[tuple[InputProblem, Severity]]:
        """What is said of each: that it was left out, or which of its figures is not the sum of those above it."""
        part: dict[int, Decimal] = {}
        whole: dict[int, Decimal] = {}
        counted = [0, 0]
        for row in body:
            which = self.rows.get(row.number)
            if which is None:
                if not (row.struck and all(n in row.struck for n, cell in enumerate(row.cells) if not is_blank(cell))):
                    _add(row, part, whole)
                    counted = [counted[0] + 1, counted[1] + 1]
                continue
            either = [(part, counted[0]), *([(whole, counted[1])] if which == "whole" else [])]
            fitting = next((each for each in either if _wrong(row, *each) is None), either[-1])
            yield _said(row, piece, *fitting)
            part, counted[0] = {}, 0


def figure_in(row: GridRow, column: int) -> Decimal | None:
    """The number in a cell, with or without 元; None where there is none, or it is struck through."""
    cell = row.cells[column] if column < len(row.cells) else ""
    if column in row.struck or not any(char.isdigit() for char in cell):
        return None
    try:
        return decimal(re.sub(r"[￥¥]|元$|\s", "", plain_text(cell)))
    except CellUnreadable:
        return None


def _figures(row: GridRow) -> Iterator[tuple[int, Decimal]]:
    return ((n, figure) for n in range(len(row.cells)) if (figure := figure_in(row, n)) is not None)


def _add(row: GridRow, *sums: dict[int, Decimal]) -> None:
    for n, figure in _figures(row):
        for each in sums:
            each[n] = each.get(n, Decimal(0)) + figure


def _stated(row: GridRow) -> Iterator[tuple[int, Decimal]]:
    """The figures of a total, those that count rows in words (3件) too."""
    for n, cell in enumerate(row.cells):
        figure = figure_in(row, n)
        if figure is None and cell and (counted := _COUNTED.search(plain_text(cell))) and n not in row.struck:
            figure = Decimal(counted[1])
        if figure is not None:
            yield n, figure


def _wrong(row: GridRow, sums: dict[int, Decimal], counted: int) -> tuple[int, Decimal] | None:
    """The first figure that is neither the sum of those above it nor the number of rows."""
    for n, figure in _stated(row):
        found = sums.get(n)
        if figure != counted and (found is None or abs(found - figure) > CENT):
            return n, figure
    return None


def _said(row: GridRow, piece: Piece, sums: dict[int, Decimal], counted: int) -> tuple[InputProblem, Severity]:
    if wrong := _wrong(row, sums, counted):
        place, source = place_of(row, piece, wrong[0])
        off = not_the_sum(row, wrong[0], piece.grid, place, wrong[1], sums.get(wrong[0]))
        return replace(off, source_line=source), Severity.WARNING
    zh, en = where(piece.grid, row.number)
    place, source = place_of(row, piece, None)
    if any(_stated(row)):
        said = Text(f"{zh}是合计，与上面各行相符，没有当作一行内容读", f"{en} is a total, which agrees; it is no entry")
    else:
        said = Text(
            f"{zh}是合计，没有写可以核对的数，没有当作一行内容读", f"{en} is a total without a figure; no entry"
        )
    return InputProblem("input/total-row", place, said, _NEEDLESS, source), Severity.NOTE


def not_the_sum(
    row: GridRow, column: int, grid: Grid, place: Place, figure: Decimal, found: Decimal | None
) -> InputProblem:
    """Said of a total that is not the sum of what stands above it; both figures are named."""
    zh, en = where(grid, row.number, column)
    said = Text(
        f"{zh}合计写的是 {plain(figure)}，上面各行{'没有数' if found is None else f'加起来是 {plain(found)}'}：可能漏了行，或有的数填错",
        f"{en}: the total says {plain(figure)}, the rows above come to {plain(found) if found is not None else 'nothing'}",
    )
    return InputProblem("input/total-row", place, said, _RECKON)


_RECKON = Text(
    "核对上面各行和合计，改正填错的一处；合计行可以不要。", "Check the rows above and the total; correct what is wrong."
)
_NEEDLESS = Text("不必理会；合计行可以不要。", "Ignore it; totals are not needed.")
