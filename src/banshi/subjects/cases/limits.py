"""What stands under 承诺期限, 法定期限 and the like: a number of days, or the last day itself."""

import datetime
import re

from msgspec import Struct

from banshi.base.text import Text
from banshi.files.tables.cells import NOT_A_DATE, RANGE, CellUnreadable, day_of, is_range, name, plain_text
from banshi.law.working_days import UndeterminedYear, WorkingDays

_LENGTH = re.compile(r"(\d{1,4})(?:\.0+)?(个)?(工作日|日历日|自然日|天|日)?")
_OTHER_LENGTH = re.compile(r"[\d.,]+(?:[^\d./年-].{0,5}|[年月])")
_NOT_DAYS = Text(
    "期限按整天写，如 5个工作日、10个自然日，或写日期；别的单位算不出是哪一天",
    "a limit is a whole number of days (5个工作日), or a date; the day cannot be told from another unit",
)
_NO_LIMIT = Text(
    "不是期限；写几个工作日（5个工作日）、几个自然日，或日期；没有的空着",
    "no limit; write working days (5个工作日), calendar days, or a date; leave it blank for none",
)
_WORKING, _CALENDAR = "工作日", ("日历日", "自然日")


class LengthTerm(Struct, frozen=True):
    """A length as written: ``unit`` is 工作日, 日历日, 自然日, or what leaves it open (天, 日, nothing)."""

    days: int
    unit: str


def limit_or_day(cell: str) -> LengthTerm | datetime.date:
    """A length (5, 5天, 5个工作日, 当场、即时 for 0) or a date."""
    text = plain_text(cell).replace(" ", "")
    if text in ("当场", "当场办结", "即办", "即时", "即时办结", "当日", "当日办结", "当天"):
        return LengthTerm(0, _CALENDAR[0])
    if found := _LENGTH.fullmatch(text):
        return LengthTerm(int(found[1]), found[3] or "")
    if _OTHER_LENGTH.fullmatch(text):
        raise CellUnreadable(_NOT_DAYS)
    try:
        return day_of(cell)
    except CellUnreadable as error:
        if error.text is NOT_A_DATE:
            raise CellUnreadable(RANGE if is_range(text) else _NO_LIMIT) from None
        raise


def last_day(
    term: LengthTerm | datetime.date,
    stated: datetime.date | None,
    accepted: datetime.date,
    days: WorkingDays,
    heading: str,
) -> datetime.date:
    """The last day of a limit: the one that is stated, else counted from the day after acceptance.

    Raises ``CellUnreadable`` where two days are stated, or where the unit or the calendar of that year is not known.
    """
    if isinstance(term, datetime.date):
        if stated is not None and stated != term:
            raise CellUnreadable(_two_days(heading, term, stated))
        return term
    if stated is not None:
        return stated
    if term.unit in _CALENDAR:
        return accepted + datetime.timedelta(term.days)
    if term.unit != _WORKING:
        raise CellUnreadable(_no_unit(heading, term))
    try:
        return days.add(accepted, term.days)
    except UndeterminedYear as unknown:
        said = unknown.said
        raise CellUnreadable(Text(f"“{heading}”推不出哪一天：{said.zh}", f"the day is unknown: {said.en}")) from None


def project(cell: str) -> str | None:
    """The id of a signed project; None for 无, 否; a bare 是 names none."""
    text = name(cell)
    if text in ("无", "否", "没有", "-", "/"):
        return None
    if text in ("是", "有", "√"):
        raise CellUnreadable(Text("应写签约项目的编号", "the id of the project is expected"))
    return text


def _two_days(heading: str, term: datetime.date, stated: datetime.date) -> Text:
    return Text(f"“{heading}”写的是 {term}，办结日一列写的是 {stated}，不知道以哪个为准", f"two days: {term}, {stated}")


def _no_unit(heading: str, term: LengthTerm) -> Text:
    return Text(
        f"“{heading}”写的是 {term.days}{term.unit}，没有写明是工作日还是日历日，也没有另写办结日；"
        f"写成“{term.days}个工作日”，或加一列承诺办结日（法定办结日）",
        f"{term.days} days: working days or calendar days? Write 个工作日, or give the day itself",
    )
