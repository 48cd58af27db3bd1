"""What stands in a cell of a table: dates and times in the spellings that machines and clerks use, names for values."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from banshi.attendance.forms import clock
from banshi.attendance.words import FORMS, KINDS
from banshi.text import Text, listed

_DATE = re.compile(r"(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(上午|下午|中午|am|pm)?(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2}))?[分秒]?(am|pm)?")
_HALF = re.compile(r"(.*?)(上午|下午|am|pm)")
_NOON = 12
_LAST_HOUR = 23
_LAST_MINUTE = 59


class CellUnreadable(ValueError):
    """A cell that cannot be read; ``text`` says why, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def plain_text(cell: str) -> str:
    """The cell with full-width digits and letters made plain, blanks at the ends removed."""
    return unicodedata.normalize("NFKC", cell).strip()


@lru_cache(maxsize=4096)
def day(cell: str) -> datetime.date:
    """A date: 2010-03-01, 2010/3/1, 2010.3.1, 2010年3月1日, 20100301."""
    text = plain_text(cell).replace(" ", "")
    found = _DATE.fullmatch(text) or _COMPACT.fullmatch(text)
    if found is None:
        raise CellUnreadable(_NOT_A_DATE)
    try:
        return datetime.date(int(found[1]), int(found[found.re.groups - 1]), int(found[found.re.groups]))
    except ValueError:
        raise CellUnreadable(Text("没有这一天", "there is no such day")) from None


@lru_cache(maxsize=4096)
def time(cell: str) -> str:
    """A time of day as ``HH:MM``: 8:31, 08:31:05, 8时31分, 上午8:31, 5:30 PM."""
    text = plain_text(cell).replace(" ", "").lower()
    found = _TIME.fullmatch(text)
    if found is None:
        raise CellUnreadable(_NOT_A_TIME)
    hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
    part = found[1] or found[5] or ""
    if part in ("am", "上午") and hour >= _NOON:
        raise CellUnreadable(Text("上午的钟点不到12时", "a morning hour is below 12"))
    if part in ("pm", "下午") and hour < _NOON:
        hour += _NOON
    if hour > _LAST_HOUR or minute > _LAST_MINUTE or second > _LAST_MINUTE:
        raise CellUnreadable(Text("没有这个时刻", "there is no such time"))
    return clock(hour * 60 + minute)


def day_and_time(cell: str) -> tuple[datetime.date, str]:
    """Both in one cell: 2010-03-01 08:31:00, 2010/3/1 上午8:31."""
    text = plain_text(cell)
    head, _, tail = text.replace("T", " ").partition(" ")
    if not tail:
        raise CellUnreadable(Text("要有日期和时刻，中间空一格", "a date and a time are needed, with a blank between"))
    return day(head), time(tail)


def moment(cell: str) -> str:
    """A moment as ``YYYY-MM-DD HH:MM``."""
    on, at = day_and_time(cell)
    return f"{on} {at}"


def day_and_half(cell: str) -> tuple[datetime.date, str | None]:
    """A date with the half of the day, if one is named: 2010-03-01 上午."""
    text = plain_text(cell).lower().replace(" ", "")
    found = _HALF.fullmatch(text)
    if found is None:
        return day(cell), None
    return day(found[1]), "am" if found[2] in ("am", "上午") else "pm"


def number(cell: str) -> Decimal:
    """A number of days: 0.5, 半天, 1天."""
    text = plain_text(cell).removesuffix("天").removesuffix("日")
    if text == "半":
        return Decimal("0.5")
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise CellUnreadable(Text("不是天数", "not a number of days")) from None
    if not found.is_finite() or found < 0:
        raise CellUnreadable(Text("不是天数", "not a number of days"))
    return found


def yes_or_no(cell: str) -> bool:
    """是 or 否."""
    text = plain_text(cell).lower()
    if text in ("是", "有", "已同意", "同意", "true", "yes", "y", "1", "√"):
        return True
    if text in ("否", "无", "没有", "未同意", "不同意", "false", "no", "n", "0", "×", "x"):
        return False
    raise CellUnreadable(Text("应写 是 或 否", "yes or no is expected"))


def one_of(names: Mapping[str, str]) -> Callable[[str], str]:
    """A reader of one value of a list, by its key or its Chinese name (``names``: name → key)."""

    def read(cell: str) -> str:
        text = plain_text(cell)
        if text in names.values():
            return text
        if text in names:
            return names[text]
        known = listed(names)
        raise CellUnreadable(Text(f"可写：{known}", f"one of: {', '.join(dict.fromkeys(names.values()))}"))

    return read


KIND_NAMES = {
    **{text.zh: key for key, text in KINDS.items()},
    "因公": "official",
    "年假": "annual",
    "公休": "annual",
    "晚到": "late_leave",
    "早走": "early_leave",
}
FORM_NAMES = {text.zh: key for key, text in FORMS.items()}
METHOD_NAMES = {"指纹": "fingerprint", "密码": "password"}
HALF_NAMES = {"上午": "am", "下午": "pm"}
ROLE_NAMES = {
    "小组组长": "group_leader",
    "组长": "group_leader",
    "副组长": "deputy_group_leader",
    "综合科长": "general_section_chief",
    "督察科": "supervision_section",
    "政务服务中心领导": "centre_leader",
    "中心领导": "centre_leader",
    "值班人员": "duty_staff",
    "值班长": "duty_leader",
    "所在单位": "unit",
    "单位": "unit",
    "其他人": "other",
}
PLACE_NAMES = {"督察科": "supervision_section", "所在小组": "group", "小组": "group"}
PAPER_NAMES = {
    "年休假天数证明": "unit_certificate",
    "会议通知": "meeting_notice",
    "会议通知等文件": "meeting_notice",
    "诊治病历单": "medical_record",
    "病历": "medical_record",
}

_NOT_A_DATE = Text(
    "不是日期；写成 2010-03-01、2010/3/1 或 2010年3月1日", "not a date; write 2010-03-01, 2010/3/1 or 2010年3月1日"
)
_NOT_A_TIME = Text("不是时刻；写成 08:31、8时31分 或 上午8:31", "not a time; write 08:31, 8时31分 or 上午8:31")
