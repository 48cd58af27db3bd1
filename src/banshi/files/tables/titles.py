"""Titles and names of sheets that speak of a month or year in which no date of the table lies."""

import datetime
import re
from collections.abc import Iterable, Iterator

from banshi.base.patterns import late
from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.reading import InputProblem
from banshi.files.tables.cells import is_blank, plain_text
from banshi.files.tables.grids import Grid, GridRow

_MONTH = late(r"(?<!\d)(\d{4})(?:年|[-./])(\d{1,2})(?:月份?|(?![-./\d年]))(?!\d{0,2}[日号])")
_YEAR = late(r"(?<!\d)(\d{4})年(?:度(?!第|上|下)|(?!度|第|上|下|\d|[一二三四]季))")
_MONTH_ALONE = late(r"(?<![\d年/.-])(\d{1,2})月份?(?!\d|[一二三四五六七八九十]*[日号])")
_OTHER_DAYS = late(r"制表|打印|填报|导出|报送|截[至止]|统计到|办法|规定|通知|意见|文件|〔|\[|至|到|—|–|~")
_FILLED = 3  # cells that a row with a title fills at most


def of_other_days(
    grid: Grid, above: Iterable[GridRow], days: Iterable[datetime.date], file: str = ""
) -> Iterator[InputProblem]:
    """What is told of a title, or a sheet's name, that says a month or year in which none of the days of the table lies."""
    titles = [(row.number, "；".join(_title(row))) for row in above]
    told = [(line, said, _said(plain_text(said))) for line, said in [*titles, (1, grid.name), (1, file)]]
    # Hardly a title speaks of a month, and the days may be those of many rows.
    there = {(day.year, day.month) for day in days} if any(shown for _, _, shown in told) else set()
    for line, said, shown in told:
        if shown and there and not any(_within(shown, year, month) for year, month in there):
            named = "工作表名写的是" if said == grid.name else "文件名写的是"
            zh = f"第 {line} 行的表题写的是" if (line, said) in titles else named
            message = Text(
                f"{zh}“{said.strip()[:40]}”，表里的日期没有一个在那{'个月' if shown[1] else '一年'}，照各行写的日期读",
                f"the title or name {said.strip()[:40]} speaks of another time than every date of the table",
            )
            yield InputProblem("input/told-twice", Place(line, 1, 2, grid.name), message, _WHICH)


def _title(row: GridRow) -> list[str]:
    cells = list(dict.fromkeys(cell for cell in row.cells if not is_blank(cell)))
    return cells if len(cells) <= _FILLED else []


def _said(title: str) -> tuple[int, int] | None:
    """The year and month that a title says (0: it does not say); None where it says neither, or more than one."""
    text = re.sub(r"\s", "", title)
    if _OTHER_DAYS.search(text):
        return None
    if months := _MONTH.findall(text):
        found = {(int(year), int(month)) for year, month in months}
    elif years := _YEAR.findall(text):
        found = {(int(year), 0) for year in years}
    else:
        found = {(0, int(month)) for month in _MONTH_ALONE.findall(text)}
    one = found.pop() if len(found) == 1 else None
    return one if one and one[1] <= 12 else None


def _within(said: tuple[int, int], year: int, month: int) -> bool:
    return said[0] in (0, year) and said[1] in (0, month)


_WHICH = Text(
    "核对是不是交错了表，或改正表题、工作表名。", "See whether it is the right table, or correct its title or name."
)
