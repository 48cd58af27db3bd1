"""Days and halves of days of a leave as clerks write them: 3月5日 上午, 2010-03-05至3月7日, 1天半."""

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from banshi.base.patterns import late
from banshi.base.text import Text
from banshi.files.tables import cells
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.quantities import quantity

Month = tuple[int, int]
Months = tuple[Month, ...]  # all that a register covers; none where that is not known
HalfDay = tuple[datetime.date, str | None]  # a day, and which half of it, if one is named


class LeaveSpan(NamedTuple):
    """From when to when, as one cell says it; ``last`` None: it names one day or half-day only."""

    first: HalfDay
    last: HalfDay | None


_HALVES = {"上午": "am", "下午": "pm", "am": "am", "pm": "pm", "全天": None, "整天": None, "": None}
_HALF = r"(上午|下午|全天|整天|am|pm|)"
_WEEK = r"(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?"
_OF_YEAR = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?|\d{8}|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]+月[一二三四五六七八九十]+[日号])"
_NO_YEAR = r"(?:\d{1,2}月\d{1,2}[日号]?|\d{1,2}[-/.]\d{1,2})"
_DAY = rf"((?:{_OF_YEAR}|{_NO_YEAR}){_WEEK})"
_ONE = late(_DAY + _HALF)
_JOIN = r"(?:至|到|~|--?|—+|–|−)"
_SPAN = late(rf"从?{_DAY}{_HALF}{_JOIN}(?:{_DAY}|(\d{{1,2}})[日号]?|){_HALF}止?")
_THREE_NUMBERS = late(r"\d{1,2}-\d{1,2}-\d{1,2}")
_MONTH_AND_DAY = late(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")
_TWICE = 24  # months
_CLOCK = late(r"\d{1,2}[:时点]")


def months_between(first: datetime.date, last: datetime.date) -> Months:
    """The months from one day to another; of more than two years the first ones, among which every month stands twice."""
    start, many = first.year * 12 + first.month - 1, (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple((n // 12, n % 12 + 1) for n in range(start, start + min(many, _TWICE)))


def half_day(months: Months = ()) -> Callable[[str], HalfDay]:
    """A reader of a day with the half that is named. ``months``: those of the register, for days without a year."""

    def read(cell: str) -> HalfDay:
        text = _plain(cell)
        found = _ONE.fullmatch(text)
        if found is None:
            raise CellUnreadable(_why(text))
        return _day(found[1], months, alone=True), _HALVES[found[2]]

    return read


def span(months: Months = ()) -> Callable[[str], LeaveSpan]:
    """A reader of a day, or of the first and the last one in one cell."""
    one = half_day(months)

    def read(cell: str) -> LeaveSpan:
        text = _plain(cell)
        found = _SPAN.fullmatch(text)
        if found is None or _ONE.fullmatch(text):
            return LeaveSpan(one(cell), None)
        if _THREE_NUMBERS.fullmatch(text):
            raise CellUnreadable(_TWO_WAYS)
        return _between(found, months)

    return read


def _between(found: re.Match[str], months: Months) -> LeaveSpan:
    first = _day(found[1], months)
    if found[3]:
        last = _day(found[3], ((first.year, month_of(found[3]) or first.month),))
    elif found[4]:
        last = _day(f"{first.year}-{first.month}-{found[4]}", ())
    elif found[2] and found[5]:
        last = first
    else:
        raise CellUnreadable(_NO_END)
    from_half, to_half = _HALVES[found[2]], _HALVES[found[5]]
    if (last, to_half or "pm") < (first, from_half or "am"):
        raise CellUnreadable(_BACKWARDS)
    return LeaveSpan((first, from_half), (last, to_half))


def length(cell: str) -> Decimal:
    """A number of days: 0.5, 半天, 1天, 一天半, 2个工作日. Hours are none: how many make a day is not known."""
    text = _plain(cell)
    halves = text.count("半")
    rest = text.replace("半", "", 1) if halves == 1 else text
    if halves == 1 and rest in ("天", "日", "个工作日", "个天", ""):
        return Decimal("0.5")
    found = quantity(rest)
    if found.unit.removeprefix("个") not in ("", "天", "日", "工作日"):
        raise CellUnreadable(_NOT_DAYS)
    return found.number + (Decimal("0.5") if halves == 1 else 0)


def month_of(text: str) -> int | None:
    """The month of a day that is written without its year."""
    found = _MONTH_AND_DAY.match(text) if not re.match(r"\d{4}", text) else None
    return int(found[1]) if found else None


def day_in(months: Months) -> Callable[[str], datetime.date]:
    """A reader of dates; those without a year are of the one month of that name among the register's, or are not read."""

    @lru_cache(maxsize=4096)
    def read(cell: str) -> datetime.date:
        text = _plain(cell)
        return _day(text, months, alone=True) if re.fullmatch(_NO_YEAR + _WEEK, text) else cells.day(cell)

    return read


def _day(text: str, months: Months, alone: bool = False) -> datetime.date:
    own = month_of(text)
    if own is None:
        return cells.day(text)
    if not months:
        raise CellUnreadable(_NO_YEAR_KNOWN)
    years = sorted({year for year, number in months if number == own})
    if not years:
        raise CellUnreadable(_NO_YEAR_SAID)
    if len(years) > 1:
        raise CellUnreadable(_of_years(own, years))
    found = _MONTH_AND_DAY.match(text)
    if alone and re.fullmatch(r"\d{1,2}\.[123]", text):
        raise CellUnreadable(_zero_lost(text))
    assert found is not None
    return cells.day(f"{years[0]}-{found[1]}-{found[2]}{text[found.end() :]}")


def _plain(cell: str) -> str:
    """Without blanks, and without a time of midnight, which says nothing."""
    text = cells.MIDNIGHT.sub("", cells.plain_text(cell)).lower()
    return re.sub(r"\s", "", text)


def _why(text: str) -> Text:
    if text.endswith("半天"):
        return Text("没有写明是上午还是下午", "morning or afternoon? It is not said")
    if _SPAN.fullmatch(text):
        return Text("这里只写一天；起止日分写两列，或都写在开始日一列", "one day is expected here")
    if _CLOCK.search(text):
        return Text("写到天；半天的在日期后写 上午 或 下午", "write days; half a day is 上午 or 下午 behind the date")
    return cells.no_format(text) or cells.NOT_A_DATE


def _zero_lost(text: str) -> Text:
    month, _, number = text.partition(".")
    return Text(
        f"说不清是{month}月{number}日还是{month}月{number}0日（表格软件会去掉末尾的0）；写成“{month}月{number}日”这样",
        f"{text} may stand for day {number} or {number}0; write the date in full",
    )


def _of_years(month: int, years: list[int]) -> Text:
    return Text(
        f"没有写年份，登记里 {years[0]}、{years[1]} 年都有 {month} 月，不知道是哪一年；写全年月日",
        f"no year is written, and the register has this month in {years[0]} and {years[1]}; write the whole date",
    )


_NO_YEAR_SAID = Text("没有写年份，也不在登记的月份里；写全年月日", "no year is written; write the whole date")
_NO_YEAR_KNOWN = Text(
    "没有写年份，登记也没有写明起止日，不知道是哪一年；写全年月日",
    "no year is written, and the register says no dates; write the whole date",
)
_NO_END = Text("没有写到哪一天为止", "the last day is missing")
_BACKWARDS = Text("结束在开始之前；跨年的写明年份", "it ends before it begins; write the years")
_TWO_WAYS = Text(
    "说不清哪一段是日期；写全年月日，中间写 至", "it can be read in two ways; write 至 between whole dates"
)
_NOT_DAYS = Text(
    "不是天数；小时数折成几天要看规定，请写天数或 半天", "not a number of days; hours are not converted, write days"
)
