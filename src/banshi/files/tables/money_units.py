"""What a table says of the unit of its amounts anywhere but in their headings: above it, below it, or in a column beside.

Two that differ are both kept, with 、 between: no amount can then be read.
"""

import re
from collections.abc import Iterable
from itertools import islice

from banshi.base.patterns import late
from banshi.files.tables.cells import is_blank, plain_text
from banshi.files.tables.grids import Grid, GridRow
from banshi.files.tables.headings import TOP, filled, heading
from banshi.files.tables.quantities import OTHER_MONEY

_MONEY = rf"(?:人民币)?(亿元|百万元|万元|千元|元|圆|{OTHER_MONEY})"
_STATED = late(
    rf"(?:(?:币种[:：]?人民币[,，、;；]?)?(?:本表|表中|表内)?(?:金额|货币|计量|计价|计算|资金)?(?:的)?单位(?:均|一律)?(?:为|是|以)?[:：]?{_MONEY}计?"
    rf"|(?:本表|表中|表内)?(?:的)?(?:金额|资金)?(?:均|一律)?以{_MONEY}(?:为单位|计)|(?:金额|币种)[:：]{_MONEY})[。]?"
)
_BEHIND_A_TITLE = late(rf"单位\s*[:：]?\s*{_MONEY}\s*[)）]?\s*$")  # 某台账（单位：万元）
_ALONE = late(rf"[(（]\s*{_MONEY}\s*[)）]\s*$")
# In a sentence of a note: 注：1. 表中金额单位均为万元；2. …
_IN_A_NOTE = late(
    rf"(?:金额|货币|计量|计价|资金)的?(?:计量)?单位(?:均|一律)?(?:为|是|以|:)?{_MONEY}|单位(?:均|一律)?(?:为|是|以|:){_MONEY}"
    rf"|(?:金额|资金|数额|数字)(?:均|一律|都)?(?:以|为|是){_MONEY}(?:为单位|计)?|以{_MONEY}(?:为单位|计)"
)
_TITLED = 3  # cells that a row with the title of a table fills at most
_BESIDE = late(r"(?:金额|货币|计价|计量|币种)?单位|币种|货币")


def _plainly(cell: str) -> str:
    return re.sub(r"\s", "", plain_text(cell))


def _cells(row: GridRow) -> list[str]:
    """What stands in a row; merged cells, which repeat what they hold, once."""
    return list(dict.fromkeys(cell for cell in row.cells if not is_blank(cell)))


def together(units: Iterable[str]) -> str:
    """One unit as it is; several, which contradict each other, all of them."""
    return "、".join(sorted({"元" if unit == "圆" else unit for unit in units if unit}))


def unit_above(grid: Grid, table: bool = True) -> str:
    """The unit that one of the top rows states, as written; empty where none does. ``table``: a title may say it in brackets."""
    rows = list(islice(filled(grid.rows()), TOP))
    for row in rows:
        cells = _cells(row)
        for cell in cells:
            found = _STATED.fullmatch(re.sub(r"[\s()（）]", "", plain_text(cell)))
            if not found and len(cells) <= _TITLED:  # a row of headings has more
                found = _BEHIND_A_TITLE.search(plain_text(cell))
            if found:
                return _unit(found)
    return _of_a_title(rows) if table else ""


def _of_a_title(rows: Iterable[GridRow]) -> str:
    """The unit in brackets of a title, or of the heading that stands above those of all amounts: 金额（万元）."""
    for row in rows:
        cells = {plain_text(cell) for cell in row.cells if not is_blank(cell)}
        if len(cells) > 1:
            return ""
        if found := next((found for cell in cells if (found := _ALONE.search(cell))), None):
            return _unit(found)
    return ""


def unit_in_note(row: GridRow) -> str:
    """The unit that a row of a note states; empty where it states none, or is no row of a note."""
    cells = _cells(row)
    if len(cells) > _TITLED:
        return ""
    return together(_unit(found) for cell in cells for found in _IN_A_NOTE.finditer(_plainly(cell))) or together(
        _unit(found) for cell in cells if (found := _STATED.fullmatch(re.sub(r"[()]", "", _plainly(cell))))
    )


def unit_beside(name: str, cells: Iterable[str]) -> str:
    """The unit that a column says of every row, by its heading and its cells; empty where it is no such column."""
    if not _BESIDE.fullmatch(heading(name)):
        return ""
    found = [re.fullmatch(_MONEY, _plainly(cell)) for cell in cells if not is_blank(cell)]
    return together(_unit(each) for each in found if each) if all(found) else ""


def _unit(found: re.Match[str]) -> str:
    return re.sub(r"\s", "", next(each for each in found.groups() if each))
