"""The front sheet of a workbook that is a whole register: which centre, which jurisdiction, from when to when."""

import datetime
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from banshi.base.patterns import late
from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.reading import InputProblem
from banshi.files.tables import cells
from banshi.files.tables.beside import CELL, says_beside, taken_back, words_of
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.grids import Grid, GridRow, WordsBeside
from banshi.files.tables.headings import heading
from banshi.files.tables.opening import grids_of
from banshi.files.tables.remarks import TAKES_BACK
from banshi.files.tables.sheet import where
from banshi.subjects.attendance.leave_days import Months, months_between
from banshi.subjects.attendance.lost_dates import whole_months

NAMES = ("封面", "说明", "基本情况", "cover")
_MONTH = late(r"(\d{4})[-/.年](\d{1,2})月?")
_ROWS = 50
_JURISDICTION = late(r"[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)*")


def _month(cell: str) -> tuple[datetime.date, datetime.date]:
    found = _MONTH.fullmatch(cells.plain_text(cell).replace(" ", ""))
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
        raise CellUnreadable(Text("不是月份；写成 2010-03 或 2010年3月", "not a month; write 2010-03"))
    return whole_months(datetime.date(int(found[1]), int(found[2]), 1), datetime.date(int(found[1]), int(found[2]), 1))


def _jurisdiction(cell: str) -> str:
    text = cells.plain_text(cell).lower()
    if not _JURISDICTION.fullmatch(text):
        raise CellUnreadable(
            Text("写辖区的标识：市写拼音名，区、县写 市/区县", "write the jurisdiction's id: city or city/county")
        )
    return text


_READ: dict[str, tuple[tuple[str, ...], Callable[[str], Any]]] = {
    "centre": (("中心", "政务服务中心", "中心名称", "centre"), cells.free_text),
    "jurisdiction": (("辖区", "jurisdiction"), _jurisdiction),
    "start": (("起始日", "开始日", "起始日期", "from"), cells.day),
    "end": (("截止日", "结束日", "截止日期", "to"), cells.day),
    "month": (("月份", "月", "month"), _month),
    "fictional": (("虚构", "是否虚构", "fictional"), cells.yes_or_no),
}
LABELS = {key: names[0] for key, (names, _) in _READ.items()}
_KEYS = {name: key for key, (names, _) in _READ.items() for name in names}


class FrontPage(Struct):
    """What the front sheet says, by field of the register; and what of it cannot be read.

    ``rest``: by sheet, its rows without what was taken. ``wrong``: the fields of the register that cannot be read, or are
    told otherwise in two places; they have no value, but for the place. ``counts``: whether no words on it, or beside its
    cells, take the register back.
    """

    values: dict[str, Any]
    problems: list[InputProblem]
    rest: dict[str, list[list[str]]]
    wrong: set[str] = field(default_factory=set)
    counts: bool = True

    @property
    def months(self) -> Months:
        """The months that the register covers; none where it says no dates."""
        first, last = (self.values.get(key) for key in ("start", "end"))
        return () if first is None or last is None else months_between(first, last)


def front_page(path: Path, sheets: list[str]) -> FrontPage:
    """What stands in the given sheets as a word and, to its right, a value. Raises ``Unusable``."""
    page = FrontPage({}, [], {})
    grids, _ = grids_of(path)
    for grid in grids:
        if grid.name in sheets:
            _read(grid, page)
            _hear(path, grid, page)
    start, end = page.values.pop("month", (None, None))
    if start is not None:
        page.values.setdefault("start", start)
        page.values.setdefault("end", end)
    for key in page.wrong - {"jurisdiction"}:  # whose words are tried at least
        page.values.pop(key, None)
    return page


def _read(grid: Grid, page: FrontPage) -> None:
    rest, taken = list[list[str]](), False
    for row in grid.rows():
        cells_left = list(row.cells)
        for label, column, key in _pairs(row) if row.number <= _ROWS else ():
            cells_left[label] = cells_left[column] = ""
            taken = True
            if problem := _take(grid, row, column, key, page):
                page.problems.append(problem)
                page.wrong.update(("start", "end") if key == "month" else (key,))
        if any(cell.strip() for cell in cells_left):
            rest.append(cells_left)
    if taken or grid.name in NAMES:
        page.rest[grid.name] = rest


def _hear(path: Path, grid: Grid, page: FrontPage) -> None:
    """What of the words on a front page, and beside its cells, takes back what the workbook says."""
    if grid.name not in page.rest:
        return
    on_it = (WordsBeside(CELL, cell) for cells in page.rest[grid.name] for cell in dict.fromkeys(cells))
    for words in (*words_of(grid, path), *on_it):
        if says_beside(words) in TAKES_BACK:
            page.counts = False
            page.problems.append(taken_back(grid, words))


def _pairs(row: GridRow) -> Iterator[tuple[int, int, str]]:
    """Each known word of a row and the value to its right: their columns, and the key; a word without a value is none."""
    filled = [n for n, cell in enumerate(row.cells) if cell.strip()]
    for label, column in pairwise(filled):
        key = _KEYS.get(heading(row.cells[label]))
        if key is not None and heading(row.cells[column]) not in _KEYS:
            yield label, column, key


def _take(grid: Grid, row: GridRow, column: int, key: str, page: FrontPage) -> InputProblem | None:
    """Take a value; or what is wrong with it."""
    cell, (zh, en) = row.cells[column], where(grid, row.number, column)
    at, shown = Place(row.number, column + 1, column + 2, grid.name), cell.strip()[:40]
    try:
        value = _READ[key][1](cell)
    except CellUnreadable as error:
        said = Text(f"{zh}写的是 {shown}：{error.text.zh}", f"{en}: {error.text.en}")
        return InputProblem("input/row-unreadable", at, said, _CORRECT)
    if page.values.setdefault(key, value) == value:
        return None
    said = Text(f"{zh}的“{LABELS[key]}”写的是 {shown}，前面写的不一样", f"{en}: {key} is told otherwise before")
    return InputProblem("input/told-twice", at, said, _CORRECT)


_CORRECT = Text("改正后再检查。", "Correct it and check again.")
