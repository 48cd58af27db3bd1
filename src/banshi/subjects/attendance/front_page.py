"""The front sheet of a workbook that is a whole register: which centre, which jurisdiction, from when to when."""

import calendar
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.reading import InputProblem
from banshi.files.tables import cells
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.headings import heading
from banshi.files.tables.opening import grids_of
from banshi.files.tables.sheet import where

NAMES = ("封面", "说明", "基本情况", "cover")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_ROWS = 50
_JURISDICTION = re.compile(r"[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)*")


def _month(cell: str) -> tuple[datetime.date, datetime.date]:
    found = _MONTH.fullmatch(cells.plain_text(cell).replace(" ", ""))
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
        raise CellUnreadable(Text("不是月份；写成 2010-03 或 2010年3月", "not a month; write 2010-03"))
    return whole_months(datetime.date(int(found[1]), int(found[2]), 1), datetime.date(int(found[1]), int(found[2]), 1))


def whole_months(first: datetime.date, last: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first day of the first month and the last day of the last."""
    end = calendar.monthrange(last.year, last.month)[1]
    return first.replace(day=1), last.replace(day=end)


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


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the front sheet says, by field of the register; and what of it cannot be read."""

    values: dict[str, Any]
    problems: list[InputProblem]


def front_page(path: Path, sheets: list[str]) -> FrontPage:
    """What stands in the given sheets as a word and, to its right, a value. Raises ``Unusable``."""
    page = FrontPage({}, [])
    grids, _ = grids_of(path)
    for grid in grids:
        if grid.name in sheets:
            for key, value in _pairs(grid, page):
                page.values.setdefault(key, value)
    start, end = page.values.pop("month", (None, None))
    if start is not None:
        page.values.setdefault("start", start)
        page.values.setdefault("end", end)
    return page


def _pairs(grid: Any, page: FrontPage) -> Iterator[tuple[str, Any]]:
    for row in grid.rows():
        if row.number > _ROWS:
            return
        filled = [(n, cell) for n, cell in enumerate(row.cells) if cell.strip()]
        for (_, label), (column, cell) in pairwise(filled):
            key = _KEYS.get(heading(label))
            if key is None:
                continue
            try:
                yield key, _READ[key][1](cell)
            except CellUnreadable as error:
                zh, en = where(grid, row.number, column)
                said = Text(f"{zh}写的是 {cell.strip()[:40]}：{error.text.zh}", f"{en}: {error.text.en}")
                at = Place(row.number, column + 1, column + 2, grid.name)
                page.problems.append(InputProblem("input/row-unreadable", at, said, _CORRECT))
            break


_CORRECT = Text("改正后再检查。", "Correct it and check again.")
