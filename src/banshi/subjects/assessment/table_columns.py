"""The sheets and columns of an assessment kept as a workbook: one place for the reader and for the empty form.

Facts, sub-items, bonuses and deductions are called as the law in force calls them, so that a changed policy changes
the form. A clerk fills a row per window; what does not fit into one cell (days, limits, exemptions, evidence) stands in
a sheet of details.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.money import plain
from banshi.base.numerals import value
from banshi.base.text import Text, did_you_mean
from banshi.files.tables import cells
from banshi.files.tables.cells import CellUnreadable, Read
from banshi.files.tables.quantities import MARKS as MARKS_UNIT
from banshi.files.tables.quantities import Quantity, amount_in, count_in, quantity, whole
from banshi.files.tables.reading import TableColumn, heading
from banshi.subjects.assessment.book import AssessmentBook, Sort
from banshi.subjects.assessment.ranks import ranking_norm
from banshi.subjects.assessment.sub_items import with_marks
from banshi.subjects.assessment.walks import Scale

COVER, FACTS, DETAILS, MARKS = "封面", "窗口与事实", "事实明细", "人工评分"
LISTS: dict[Scale, str] = {"bonus": "加分", "deduction": "减分"}
GROUPS: dict[Scale, tuple[str, str]] = {"bonus": ("matter", "事项"), "deduction": ("event", "事件")}
# What the empty form explains: nothing is read from these.
ABOUT_THE_FORM, ABOUT_FACTS, ABOUT_SUB_ITEMS = "填表说明", "事实说明", "小项说明"
ABOUT_ENTRIES: dict[Scale, str] = {"bonus": "加分说明", "deduction": "减分说明"}
ABOUT = (ABOUT_THE_FORM, ABOUT_FACTS, ABOUT_SUB_ITEMS, *ABOUT_ENTRIES.values())
ON_COVER = {
    "centre": "政务服务中心",
    "quarter": "季度",
    "period": "考核期",
    "jurisdiction": "辖区",
    "attendance": "考勤登记",
    "fictional": "是否虚构",
}
KINDS = {"部门窗口": "department_window", "综合窗口": "combined_window"}
LEVELS = {"县级": "county", "市级": "city", "省级": "province", "国家级": "nation"}
_LEVELS = {
    **LEVELS,
    "县": "county",
    "区县级": "county",
    "区级": "county",
    "市": "city",
    "省": "province",
    "国家": "nation",
}
SOURCES = {"抽查": "inspection", "投诉": "complaint", "系统数据": "system", "窗口自报": "report", "其他": "other"}
OVERDUE_CASES = {"parallel": "并联审批件", "online": "网上件", "promised_only": "只超承诺时限"}
IN_DETAILS = "见明细"  # in a fact's cell: what there is stands in the sheet of details
BY_ANALOGY = "by-analogy"  # the fact of an entry whose case no norm names
# What cases, people and papers are counted in, where the law names no unit of its own.
_COUNTED = ("件", "件次", "人次", "次", "个", "人", "项", "份", "票", "张", "起", "条", "宗")
_RATE_EXPECTED = Text(
    "这里写件数（分子、分母各一列），不写百分率，也不写成几分之几",
    "numbers are expected (part and whole), not a percentage",
)


def text(cell: str) -> str:
    """A cell's text, without blanks at its ends and what cannot be seen."""
    return cells.free_text(cell)


def day(cell: str) -> str:
    """A date as ``YYYY-MM-DD``."""
    return cells.day(cell).isoformat()


def points(unit: str) -> Read:
    """A reader of marks, points or lengths as text, so that no float comes near them."""
    read = amount_in(unit)
    return lambda cell: plain(read(cell))


def amount(unit: str) -> Read:
    """A reader of a fact that may have decimals: a whole one is the number that a file writes for it."""
    read = points(unit)

    def of(cell: str) -> str | int:
        said = str(read(cell))
        return int(said) if said.isdigit() else said

    return of


def tally(cell: str) -> Quantity:
    """A number with the unit behind it, which the fact of its row has to have; 无 is nought."""
    return Quantity(Decimal(0), "") if cells.plain_text(cell) in cells.NONE else quantity(cell)


def part_of_rate(_unit: str) -> Read:
    """A reader of the part or the whole of a rate, in whatever it is counted."""

    def read(cell: str) -> int:
        said = cells.plain_text(cell)
        if "%" in said or "/" in said or "分之" in said:
            raise CellUnreadable(_RATE_EXPECTED)
        found = tally(cell)
        return whole(found.number if found.unit in _COUNTED else found.within(""))

    return read


def by_day(unit: str) -> Read:
    """A reader of counts by day: none at all, or (None) to be found among the details."""

    def read(cell: str) -> dict[str, int] | None:
        if cells.plain_text(cell) == IN_DETAILS:
            return None
        try:
            if not tally(cell).within(unit):
                return {}
        except CellUnreadable:
            pass
        raise CellUnreadable(
            Text(
                f"这一项逐日填：没有的填 0；有的在“{DETAILS}”里逐日填，这里填“{IN_DETAILS}”",
                "this is counted by day: enter 0 for none, else the days among the details",
            )
        )

    return read


def period_named(written: str) -> str:
    """A period as files name it, of the spellings that covers have: 2012年第一季度, 2012年3月; others stay as they are."""
    text = cells.plain_text(written).replace(" ", "").upper()
    for pattern, form in _PERIODS:
        if found := pattern.fullmatch(text):
            number = _HALVES.get(found[2]) or int(value(found[2])) if found[2] else 0
            return form.format(found[1], number)
    return written


COVER_READERS: dict[str, Read] = {"quarter": period_named, "period": period_named}
_MONTHS = r"\d{1,2}|[一二三四五六七八九十]{1,2}"
_PERIODS = (
    (re.compile(r"(\d{4})年?-?第?([1-4一二三四])季度?"), "{}-Q{}"),
    (re.compile(r"(\d{4})年?-?Q([1-4])"), "{}-Q{}"),
    (re.compile(r"(\d{4})年?-?(上|下)半年"), "{}-H{}"),
    (re.compile(rf"(\d{{4}})年({_MONTHS})月份?"), "{}-{:02d}"),
    (re.compile(r"(\d{4})年度?()"), "{}"),
)
_HALVES = {"上": 1, "下": 2}


def named(names: Mapping[str, str], what: Text) -> Read:
    """A reader of a name (or of the id that it stands for); what stands in brackets behind it is left out."""
    by_heading = {heading(name): key for name, key in names.items()}

    def read(cell: str) -> str:
        said = cells.plain_text(cell)
        if said in names.values():
            return said
        if heading(cell) in by_heading:
            return by_heading[heading(cell)]
        guess = did_you_mean(cell.strip(), names)
        raise CellUnreadable(Text(f"{what.zh}里没有这一项。{guess.zh}", f"{what.en}: unknown. {guess.en}".rstrip()))

    return read


class Titled(TableColumn, frozen=True):
    """A column with its heading as the form prints it."""

    title: str = ""


def column(name: str, read: Read, *others: str) -> Titled:
    """A column by its heading as printed, and by others that it may have."""
    heads = tuple(dict.fromkeys((heading(name), *(heading(other) for other in others))))
    return Titled(heads, read, title=name)


_COUNTS = frozenset(("count", "mark", "exempt", "times", "points", "previously"))
_NUMBERS = frozenset(("count", "statutory", "promised", "exempt", "mark", "times", "previously", "points"))


def _numbered(columns: dict[str, Titled]) -> dict[str, Titled]:
    return {
        key: replace(each, counted=True, summed=key in _COUNTS) if key in _NUMBERS else each
        for key, each in columns.items()
    }


class FactCell(Struct, frozen=True):
    """One column of the facts: which part of which fact stands there, and the heading as printed."""

    slug: str
    part: str
    heading: str
    read: Read

    @property
    def key(self) -> str:
        """``on_site_rate/of``."""
        return f"{self.slug}/{self.part}"


_PARTS: dict[Sort, tuple[tuple[str, str, Callable[[str], Read]], ...]] = {
    "count": (("count", "", count_in),),
    "rate": (("count", "分子", part_of_rate), ("of", "分母", part_of_rate)),
    "found": (("found", "（是/否）", lambda _unit: cells.yes_or_no),),
    "days": (("days", "（没有填0）", by_day),),
    "amount": (("amount", "", amount),),
    "limits": (),
}


class AssessmentColumns:
    """The columns of every sheet under one law."""

    def __init__(self, book: AssessmentBook) -> None:
        self.book = book

    @cached_property
    def fact_cells(self) -> list[FactCell]:
        """Every fact's columns, in the order of the text."""
        return [cell for slug, sort in self.book.sorts.items() for cell in self._cells(slug, sort)]

    @cached_property
    def offered(self) -> list[FactCell]:
        """Those that the empty form has: what some rule, rate or bonus looks at."""
        others = {p.norm.other_reading_fact for rules in self.book.rules.values() for p in rules}
        wanted = {slug for slug, sort in self.book.sorts.items() if sort == "rate"} | set(self.book.needed) | others
        return [cell for cell in self.fact_cells if cell.slug in wanted]

    def _cells(self, slug: str, sort: Sort) -> list[FactCell]:
        name, unit = self.book.name(slug), self.book.unit(slug)
        shown = f"（{unit}）" if unit and sort in ("count", "amount") else ""
        return [FactCell(slug, part, f"{name}{tail}{shown}", read(unit)) for part, tail, read in _PARTS[sort]]

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Names of the groups that windows are ranked in."""
        norm = ranking_norm(self.book.law)
        return tuple(group.name for group in norm.norm.groups) if norm else ()

    @cached_property
    def sub_items(self) -> dict[str, str]:
        """Names of the sub-items, with their full marks, and their ids."""
        return {name: own for own, name in with_marks(self.book.sub_items).items()}

    def cases(self, scale: Scale) -> dict[str, str]:
        """What may be listed as bonus or deduction: names and facts."""
        return {self.book.name(fact): fact for own, fact in self.book.adjustments if own == scale}

    @cached_property
    def fact_names(self) -> dict[str, str]:
        """Names of all facts that a window may state, and their slugs."""
        return {self.book.name(slug): slug for slug in self.book.sorts}

    @property
    def facts(self) -> dict[str, Titled]:
        """The columns of the sheet of windows and facts."""
        head = {
            "window": column("窗口编号", text, "窗口"),
            "name": column("窗口名称", text),
            "kind": column("窗口种类", cells.one_of(KINDS)),
            **({"group": column("组", text)} if self.groups else {}),
            **{key: column(name, COVER_READERS.get(key, text)) for key, name in ON_COVER.items()},
        }
        own = {
            cell.key: replace(column(cell.heading, cell.read), spare=True, counted=True, summed=cell.part != "found")
            for cell in self.fact_cells
        }
        return {**head, **own}

    @property
    def details(self) -> dict[str, Titled]:
        """The columns of the sheet of details."""
        found = {
            "window": column("窗口编号", text, "窗口"),
            "fact": column("事实", named(self.fact_names, Text("事实", "facts"))),
            "day": column("日期", day),
            "count": column("当天数量", tally),
            "matter": column("事项", text),
            "statutory": column("法定时限（工作日）", points("工作日")),
            "promised": column("承诺时限（工作日）", points("工作日")),
            "exempt": column("除外数量", tally),
            "ground": column("除外事由", text),
            "stage": column("除外环节", text),
            "evidence": column("凭据", text),
            "source": column("来源", cells.one_of(SOURCES)),
            "found_on": column("发现日", day),
            "approved_on": column("审定日", day),
        }
        return _numbered(found)

    @property
    def marks(self) -> dict[str, Titled]:
        """The columns of the sheet of marks."""
        found = {
            "window": column("窗口编号", text, "窗口"),
            "sub_item": column("小项", named(self.sub_items, Text("小项", "sub-items"))),
            "mark": column("得分", points(MARKS_UNIT)),
            "by": column("评分人", text),
            "reason": column("理由", text),
            "on": column("评分日", day),
        }
        return _numbered(found)

    def entries(self, scale: Scale) -> dict[str, Titled]:
        """The columns of the sheet of bonuses or deductions."""
        group, group_name = GROUPS[scale]
        known = self.cases(scale)
        own = {key: (name, cells.yes_or_no) for key, name in OVERDUE_CASES.items()}
        columns: dict[str, tuple[str, Callable[[str], Any]]] = {
            "window": ("窗口编号", text),
            "fact": ("情形", text),
            "on": ("日期", day),
            group: (group_name, text),
            "count": ("数量", tally),
            "evidence": ("凭据", text),
            "by": ("由谁作出", text),
            "level": ("级别", cells.one_of(_LEVELS)),
            "at": ("时刻", cells.time),
            "times": ("同一件的次数", count_in("次")),
            **(own if scale == "deduction" else {}),
            "verified_by": ("核实者", text),
            "verified_on": ("核实日", day),
            "approved_on": ("审定日", day),
            "previously": ("以前已计", points(MARKS_UNIT)),
            "points": ("记录的分", points(MARKS_UNIT)),
            "document": ("文件", text),
            "text": ("说明", text),
            "like": ("比照哪一项", named(known, Text(LISTS[scale], scale))),
        }
        return _numbered({key: column(name, read) for key, (name, read) in columns.items()})
