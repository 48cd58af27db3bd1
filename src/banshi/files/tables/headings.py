"""Columns and the headings that name them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from msgspec import Struct

from banshi.base.patterns import late
from banshi.files.tables.cells import Read, is_blank, plain_text
from banshi.files.tables.grids import GridRow
from banshi.files.tables.quantities import UNIT

TOP = 10  # rows that are looked through for headings

Needed = Callable[[dict[str, int]], bool]
Make = Callable[[dict[str, Any]], Any]


class TableColumn(Struct, frozen=True):
    """A column: the headings that name it, and how its cells are read; ``about`` says in Chinese what to write.

    ``blank``: what an empty cell of a row means; None: nothing is known.
    ``many``: several columns may have this meaning (two pairs of arrival and departure); the value of a row is then always
    a tuple, of what stands in the filled ones from left to right. Without it two such columns are an error.
    ``counted``: its cells are numbers with a unit; one that stands in the heading holds for those that are written without.
    ``spare``: a cell that cannot be read costs only itself: the row is read without it, and the table tells of it
    (``Table.flawed``). Without it the whole row is lost.
    ``summed``: numbers of which one may be that of several rows together: a cell merged over rows cannot be read.
    """

    headings: tuple[str, ...]
    read: Read
    about: str = ""
    blank: Any = None
    many: bool = False
    spare: bool = False
    counted: bool = False
    summed: bool = False


class SheetHead(Struct, frozen=True):
    """A visible sheet (of a CSV file: without a name), and the cells of its top rows, the fullest row's first.

    ``others``: the same with other separators; ``relaid``: as the headings read where the sheet is laid out otherwise;
    ``named``: cells with the names that a form hides in them.
    """

    sheet: str
    headings: list[str]
    others: tuple[list[str], ...] = ()
    relaid: tuple[list[str], ...] = ()
    named: Callable[[], Mapping[tuple[int, int], str]] = dict

    def has(self, columns: dict[str, TableColumn], needed: Needed) -> bool:
        """Whether a table with these columns can be read from the sheet."""
        every = (self.headings, *self.others, *self.relaid)
        return any(needed(known_columns(headings, columns)) for headings in every)


Columns = Mapping[str, Sequence[Any]]  # the values of rows, by key; None where nothing stands there


class TakesColumns(Protocol):
    """Takes many rows at a time."""

    def apart(self, columns: Columns, count: int, /) -> Iterable[int]:
        """Which of so many rows it must be given one by one."""

    def take(self, columns: Columns, count: int, /) -> Iterable[Any]:
        """Take so many rows, of which none is such a one; what they become, for a table that keeps its rows."""


class WantedTable(Struct, frozen=True):
    """What a table is read for: its columns, what a row becomes, and which columns are enough.

    ``named``: of headings that mean something by their place, the heading to take each for (of a sheet and a row).
    ``whole``: whether the values of a row are all that a record must have, where ``make`` takes less.
    ``at_once``: takes rows by the values of their columns; of a row so taken ``make`` is not asked.
    ``units``: whether amounts are read in the unit that a note around the rows states.
    ``weighed``: whether anybody asks what is legible of a row that cannot be read.
    """

    columns: dict[str, TableColumn]
    make: Make
    needed: Needed
    named: Callable[[str, Sequence[str]], Sequence[str]] | None = None
    whole: Callable[[dict[str, Any]], bool] | None = None
    at_once: TakesColumns | None = None
    units: bool = False
    weighed: bool = True

    def places(self, sheet: str, cells: Sequence[str]) -> dict[str, tuple[int, ...]]:
        """Which columns the cells of a row name: key to all positions, counted from 0."""
        return columns_named(self.named(sheet, cells) if self.named else cells, self.columns)

    def known(self, sheet: str, cells: Sequence[str]) -> dict[str, int]:
        """Like ``known_columns``."""
        return {key: at[0] for key, at in self.places(sheet, cells).items()}


def columns_named(headings: Sequence[str], columns: dict[str, TableColumn]) -> dict[str, tuple[int, ...]]:
    """Which columns the headings name: key to all positions, counted from 0."""
    names = {name: key for key, column in reversed(columns.items()) for name in column.headings}
    found: dict[str, tuple[int, ...]] = {}
    for n, cell in enumerate(headings):
        key = names.get(heading(cell)) or names.get(f"{heading(cell)}({unit_of(cell)})")
        if key:
            found[key] = (*found.get(key, ()), n)
    return found


def known_columns(headings: Sequence[str], columns: dict[str, TableColumn]) -> dict[str, int]:
    """Which keys the headings name, to see whether they are enough; of several columns alike the first position."""
    return {key: at[0] for key, at in columns_named(headings, columns).items()}


@lru_cache(maxsize=8192)
def heading(cell: str) -> str:
    """A heading as it is compared: without blanks, line breaks, what stands in brackets at its end, and a unit behind a stroke."""
    text = re.sub(r"\s", "", plain_text(cell)).lower().rstrip("*:")
    return _BEHIND_A_STROKE.sub("", _IN_BRACKETS.sub("", text)).rstrip("*:")


@lru_cache(maxsize=8192)
def unit_of(cell: str) -> str:
    """What a heading says that its column is counted in: 承诺期限（工作日）, 金额/万元, 时长（单位：小时）; empty where it says nothing of it."""
    units = [part for part in _units_of(cell) if re.fullmatch(UNIT, part)]
    return units[0] if len(units) == 1 else ""


@lru_cache(maxsize=8192)
def strange_unit(cell: str) -> str:
    """What a heading says in the place of a unit that is none which is known, or is several: 值班人数（组）, 金额（元、万元）; else empty.

    Brackets hold remarks too: only what is called a unit, or is as short as one and no usual remark, is taken for one.
    """
    said = _units_of(cell)
    known = [part for part in said if re.fullmatch(UNIT, part)]
    if len(known) > 1:
        return "、".join(known)
    if known:
        return ""
    if called := [part for part in said if part and "单位" not in part]:
        if len(called) < len(said):  # 单位：组
            return "、".join(called)
        return next((part for part in called if _LIKE_A_UNIT.fullmatch(part) and not _REMARKS.fullmatch(part)), "")
    return ""


def _units_of(cell: str) -> list[str]:
    """What may be a unit: the parts of what stands in brackets at the end of a heading, or what stands behind a stroke."""
    text = re.sub(r"\s", "", plain_text(cell)).lower().rstrip("*:")
    if found := _IN_BRACKETS.search(text):
        return [part.removeprefix("以").removesuffix("计") for part in re.split(r"[,;:、]", found[0][1:-1])]
    return [found[1]] if (found := _BEHIND_A_STROKE.search(text)) else []


_IN_BRACKETS = late(r"(?<=.)[(【〔\[][^()【】〔〕\[\]]*[)】〕\]]$")
_LIKE_A_UNIT = late(r"(?:百万|[十百千万亿])?[一-鿿]{1,2}|[a-z]{1,3}[23]?")
_REMARKS = late(
    r"必填|选填|可填|可空|不填|如有|无则|含税|不含|现场|网上|线上|线下|全部|合计|小计|"
    r"总计|累计|本期|上期|本年|当年|当月|本月|当季|本季|全年|个人|整数|小数|数字|数值|"
    r"审定|审核|估算|暂定|暂列|实际|计划|应到|实到|在岗|编制|申报|初审|自动|公式|均值|"
    r"平均|最多|最少|约数|大写|小写|正数|负数|单选|多选|备注|说明|参考|原文|公示|人工|"
    r"系统|考勤|审批|预算|结算|概算|变更|合同|示例|虚构|新增|减少|增加|增减|选|全|总|"
    r"约|新|旧|正|负|[a-f]|i{1,3}|iv|vi{0,3}|[甲乙丙丁]|[一二三四五六七八九十]{1,3}|[上下前后左右]"
)
_BEHIND_A_STROKE = late(rf"(?<=[^元圆/])/({UNIT})[*:]?$")


def filled(rows: Iterator[GridRow]) -> Iterator[GridRow]:
    """Rows that hold anything."""
    for row in rows:
        cells = row.cells
        if (cells and cells[0][:1].isalnum()) or row.bad or not all(map(is_blank, cells)):
            yield row


def fullest_first(rows: list[GridRow]) -> list[str]:
    """Cells of the top rows, those of the row with the most different cells first: a merged title is one word."""
    named = [[cell.strip() for cell in row.cells] for row in rows]
    named.sort(key=lambda cells: -len({cell for cell in cells if cell}))
    return [cell for cells in named for cell in cells]
