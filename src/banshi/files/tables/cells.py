"""What stands in a cell of a table: dates, times, numbers and names in the spellings that machines and clerks use."""

import datetime
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from banshi.base.numerals import value
from banshi.base.patterns import late
from banshi.base.text import Text, listed
from banshi.files.tables.ticks import ticked

Read = Callable[[str], Any]
NONE = ("无", "没有", "暂无")  # a cell that says that there is nothing


class Nothing:
    """What a reader gives for a cell that says that there is nothing: the cell counts as blank."""


NOTHING = Nothing()

_DATE = late(r"(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})[日号]?")
_SHORT_YEAR = late(r"\d{2}([-/.])\d{1,2}\1\d{1,2}")
_NUMERAL = "[〇○零一二三四五六七八九十]"
_IN_WORDS = late(rf"({_NUMERAL}{{4}})年({_NUMERAL}{{1,3}})月({_NUMERAL}{{1,3}})[日号]")
_COMPACT = late(r"(\d{4})(\d{2})(\d{2})")
MIDNIGHT = late(r"[ T]0?0:00(:00)?(\.0+)?$")
_WEEKDAY = late(r"\(?(?:星期|周|礼拜)([一二三四五六日天])\)?$")
_WEEKDAYS = "一二三四五六日"
# What a part of the day makes of the hour that is written; an hour that is not there contradicts it, or leaves the day open
# (the night's 0 and 12 o'clock begin the next day).
_AFTERNOON = {**{h: h + 12 for h in range(12)}, **{h: h for h in range(12, 24)}}
_EARLY = {h: h for h in range(3, 12)}
_HOURS: dict[str, dict[int, int]] = {
    "凌晨": {**{h: h for h in range(7)}, 12: 0},
    "清晨": _EARLY,
    "早晨": _EARLY,
    "早上": _EARLY,
    "上午": {h: h for h in range(12)},
    "am": {**{h: h for h in range(12)}, 12: 0},
    "中午": {0: 12, 1: 13, 2: 14, **{h: h for h in range(11, 15)}},
    "下午": _AFTERNOON,
    "pm": _AFTERNOON,
    "傍晚": {**{h: h + 12 for h in range(4, 9)}, **{h: h for h in range(16, 21)}},
    "晚上": {**{h: h + 12 for h in range(5, 12)}, **{h: h for h in range(17, 24)}},
}
PART_OF_DAY = "|".join(_HOURS)
_TIME = late(rf"({PART_OF_DAY})?(\d{{1,2}})[:时点](\d{{1,2}})(?:[:分](\d{{1,2}})(?:\.\d+)?)?[分秒]?({PART_OF_DAY})?")
_MINUTES = {None: "00", "钟": "00", "整": "00", "半": "30", "一刻": "15", "三刻": "45"}
_O_CLOCK = late(rf"((?:{PART_OF_DAY})?\d{{1,2}})[点时](钟|整|半|一刻|三刻)?")
_KEPT_AS_TEXT = late(r"""=\s*"([^"]*)"|'([^'"]+)""")
_UNSEEN = late("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_DAY_AND_CLOCK = late(r"(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{8})[ T]")
_SERIAL = late(r"[1-9]\d{4}(\.\d+)?")
_FRACTION = late(r"0?\.\d+")
_LAST_HOUR = 23
_LAST_MINUTE = 59
_EPOCH = datetime.datetime(1899, 12, 30)  # day 0 of the 1900 system, its false leap day of 1900 counted
_HALF_SECOND = datetime.timedelta(milliseconds=500)


class CellUnreadable(ValueError):
    """A cell that cannot be read; ``text`` says why, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def plain_text(cell: str) -> str:
    """The cell with full-width digits and letters made plain, without blanks at the ends and what cannot be seen.

    Nor with what systems put around a number so that a spreadsheet keeps its noughts: ``="001"``, ``'001``.
    """
    text = cell.strip() if cell.isascii() else _narrow(cell)
    if text[:1] not in ("=", "'"):
        return text
    kept = _KEPT_AS_TEXT.fullmatch(text)
    return (kept[1] or kept[2] or "").strip() if kept else text


def all_as_they_stand(cells: Sequence[str]) -> bool:
    """Whether ``plain_text`` would change nothing in any of some cells, each of which holds something; at once, and rather no than yes."""
    every = "".join(cells)
    return every.isascii() and every.isprintable() and not any(sign in every for sign in " ='") and "" not in cells


@lru_cache(maxsize=4096)
def _narrow(cell: str) -> str:
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", cell)).strip()


def free_text(cell: str) -> str:
    """What was written, as it was written, without blanks at the ends and what cannot be seen."""
    return _UNSEEN.sub("", cell).strip()


def is_blank(cell: str) -> bool:
    """Whether nothing is to be seen in a cell."""
    return not cell or (not cell[0].isalnum() and not plain_text(cell))


def name(cell: str) -> str:
    """A number or name that many rows repeat; kept once in memory."""
    return sys.intern(plain_text(cell))


@lru_cache(maxsize=4096)
def day(cell: str) -> datetime.date:
    """A date: 2010-03-01, 2010/3/1, 2010.3.1, 2010年3月1日, 20100301; a time of 0:00 behind it says nothing.

    A weekday behind it must be the right one: 2010-03-01 星期一; with one, the year may have two digits: 10-03-01 星期一.
    """
    text = MIDNIGHT.sub("", plain_text(cell)).replace(" ", "")
    weekday = _WEEKDAY.search(text)
    written = text[: weekday.start()] if weekday else text
    found = _date(f"20{written}" if weekday and _SHORT_YEAR.fullmatch(written) else written)
    if weekday and _WEEKDAYS[found.weekday()] != weekday[1].replace("天", "日"):
        right = _WEEKDAYS[found.weekday()]
        raise CellUnreadable(Text(f"{found} 是星期{right}，与写的星期不符", f"{found} is no such weekday"))
    return found


def _date(text: str) -> datetime.date:
    if said := _IN_WORDS.fullmatch(text):
        text = "{}年{}月{}日".format(*map(value, said.groups()))
    found = _DATE.fullmatch(text) or _COMPACT.fullmatch(text)
    if found is None:
        raise CellUnreadable(no_format(text) or NOT_A_DATE)
    try:
        return datetime.date(int(found[1]), int(found[found.re.groups - 1]), int(found[found.re.groups]))
    except ValueError:
        raise CellUnreadable(Text("没有这一天", "there is no such day")) from None


def time(cell: str) -> str:
    """A time of day as ``HH:MM``: 8:31, 08:31:05, 8时31分, 上午8:31, 5:30 PM."""
    return time_to_second(cell)[:5]


@lru_cache(maxsize=8192)
def time_to_second(cell: str) -> str:
    """A time of day as ``HH:MM``, or ``HH:MM:SS`` where there are seconds beyond the minute."""
    text = _o_clock(plain_text(cell).replace(" ", "").lower().replace("a.m.", "am").replace("p.m.", "pm"))
    found = _TIME.fullmatch(text)
    if found is None:
        raise CellUnreadable(_fraction_said(text) if _FRACTION.fullmatch(text) else _NOT_A_TIME)
    hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
    hour = _hour(hour, {part for part in (found[1], found[5]) if part})
    if hour > _LAST_HOUR or minute > _LAST_MINUTE or second > _LAST_MINUTE:
        raise CellUnreadable(Text("没有这个时刻", "there is no such time"))
    return f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if second else "")


def _o_clock(text: str) -> str:
    """10点半, 8点整, 9时 with their minutes."""
    found = _O_CLOCK.fullmatch(text)
    return f"{found[1]}:{_MINUTES[found[2]]}" if found else text


def _hour(hour: int, parts: set[str]) -> int:
    """The hour of the day, by the parts of the day that are written before or behind it."""
    for part in parts:
        if hour not in _HOURS[part] and hour <= _LAST_HOUR:
            raise CellUnreadable(
                Text(
                    f"{part}没有{hour}时，或说不清是哪一天；写成24小时制", f"{part} has no hour {hour}; write 24 hours"
                )
            )
    meant = {_HOURS[part].get(hour, hour) for part in parts} or {hour}
    if len(meant) > 1:
        raise CellUnreadable(Text(f"{'和'.join(sorted(parts))}矛盾", f"{' and '.join(sorted(parts))} contradict"))
    return meant.pop()


def day_and_time(cell: str) -> tuple[datetime.date, str]:
    """Both in one cell: 2010-03-01 08:31:00, 2010/3/1 上午8:31; the time as ``time_to_second`` gives it."""
    text = plain_text(cell)
    head, _, tail = text.replace("T", " ").partition(" ")
    if not tail:
        raise CellUnreadable(no_format(text) or NEEDS_BOTH)
    return day(head), time_to_second(tail)


def day_of(cell: str) -> datetime.date:
    """The day of a date, or of a moment with a clock as systems write it: 2011-12-05 09:12:33. The clock must be one."""
    try:
        return day(cell)
    except CellUnreadable as error:
        if not (found := _DAY_AND_CLOCK.match(plain_text(cell))):
            raise error from None
        if plain_text(cell)[found.end() :].strip() in _HOURS:  # a part of the day, without its hour
            return day(found[1])
        return day_and_time(cell)[0]


def moment(cell: str) -> str:
    """A moment as ``YYYY-MM-DD HH:MM``."""
    on, at = day_and_time(cell)
    return f"{on} {at[:5]}"


def moment_or_day(cell: str) -> str:
    """A moment as ``YYYY-MM-DD HH:MM``, or a day as ``YYYY-MM-DD`` where no time is written."""
    try:
        return str(day(cell))
    except CellUnreadable:
        return moment(cell)


def decimal(cell: str) -> Decimal:
    """A number, negative ones too: 12, -3.5, 1,234.50. Never goes through a float."""
    text = plain_text(cell)
    try:
        found = Decimal(text.replace(",", "") if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", text) else text)
    except InvalidOperation:
        raise CellUnreadable(Text("不是数", "not a number")) from None
    if not found.is_finite():
        raise CellUnreadable(Text("不是数", "not a number"))
    return found


def yes_or_no(cell: str) -> bool:
    """是 or 否."""
    text = plain_text(one_ticked(cell)).lower()
    if text in ("是", "有", "已同意", "同意", "true", "yes", "y", "1", "√", "✓", "✔", "☑", "对", "符合"):
        return True
    if text in ("否", "无", "没有", "未同意", "不同意", "false", "no", "n", "0", "×", "x", "✗", "✘", "不是", "不符合"):
        return False
    raise CellUnreadable(Text("应写 是 或 否", "yes or no is expected"))


def one_of(names: Mapping[str, str]) -> Callable[[str], str]:
    """A reader of one value of a list, by its key or its Chinese name (``names``: name → key)."""

    @lru_cache(maxsize=256)
    def read(cell: str) -> str:
        text = plain_text(one_ticked(cell))
        if text in names.values():
            return text
        if text in names:
            return names[text]
        known = listed([name for name in names if not name.isascii()] or names)
        raise CellUnreadable(Text(f"可写：{known}", f"one of: {', '.join(dict.fromkeys(names.values()))}"))

    return read


def several(names: Mapping[str, str]) -> Read:
    """A reader of some values of a list, with 、 or the like between them, or 和, 及, 与; ``NOTHING`` for 无."""
    one = one_of(names)

    def read(cell: str) -> tuple[str, ...] | Nothing:
        if plain_text(cell) in NONE:
            return NOTHING
        found: list[str] = []
        for part in parts_chosen(cell):
            known = part in names or part in names.values()
            found += [one(each) for each in ([part] if known else re.split("[和及与]", part))]
        return tuple(found)

    return read


def one_ticked(cell: str) -> str:
    """Of choices with a box at each the one that is ticked; any other cell as it stands. Raises ``CellUnreadable``."""
    found = ticked(cell)
    if found is None:
        return cell
    if len(found) != 1:
        said = f"勾了{listed(f'“{each}”' for each in found)}几项" if found else "一项也没有勾"
        raise CellUnreadable(Text(f"{said}；只勾一项", "tick one of the choices"))
    return found[0]


def parts_chosen(cell: str) -> list[str]:
    """What stands between 、 or the like; of choices with a box at each, those that are ticked."""
    found = ticked(cell)
    return parts(cell) if found is None else found


def parts(cell: str) -> list[str]:
    """What stands between 、, commas, semicolons, slashes or line ends."""
    return [part.strip() for part in re.split(r"[、,;/\n]", plain_text(cell)) if part.strip()]


def optional(one: Read) -> Read:
    """A reader that takes 无 and the like for a blank cell."""
    return lambda cell: NOTHING if plain_text(cell) in NONE else one(cell)


def somebody(what: Text) -> Read:
    """A reader of what something or somebody is called: 无 is none; a bare 是, or a stroke, does not say."""

    def read(cell: str) -> str | Nothing:
        text = plain_text(cell)
        if text in (*NONE, "否", "不需要"):
            return NOTHING
        if text in ("是", "有", "√", "✓") or not any(char.isalnum() for char in text):
            raise CellUnreadable(
                Text(f"应写{what.zh}；没有的空着，或写 无", f"{what.en} is expected; leave blank for none")
            )
        return free_text(cell)

    return read


def no_format(text: str) -> Text | None:
    """What is to be said of a date that lost its format in a spreadsheet; None for anything else."""
    return _serial_said(text) if _SERIAL.fullmatch(text) else None


def _serial_said(text: str) -> Text:
    """A date that lost its format: nothing is converted in silence, for the system may be that of 1904."""
    at = _EPOCH + datetime.timedelta(days=float(text)) + _HALF_SECOND
    meant = f"{at:%Y-%m-%d %H:%M}" if "." in text else f"{at:%Y-%m-%d}"
    return Text(
        f"这是电子表格里没有设格式的日期（按1900日期系统是 {meant}）；把这一列的单元格格式设为日期",
        f"a spreadsheet's date without its format ({meant} in the 1900 system); format the column as dates",
    )


def _fraction_said(text: str) -> Text:
    meant = f"{_EPOCH + datetime.timedelta(days=float(text)) + _HALF_SECOND:%H:%M}"
    return Text(
        f"这是电子表格里没有设格式的时刻（一天的几分之几，即 {meant}）；把这一列的单元格格式设为时间",
        f"a spreadsheet's time without its format (a part of a day: {meant}); format the column as times",
    )


_TO = late(r"\d[^\d,.]{0,3}[-~—–至到]\d")
_ABOUT = late(
    r"(?:大?约|近|不到|不足|超过?|逾|至少|至多|最多|最少|[<>≤≥~≈])\d|\d\D{0,3}(?:左右|上下|以上|以下|多|余|来)[^\d]{0,3}$"
)
RANGE = Text("写的是范围或约数，不是一个数；写确切的数", "a range or an estimate; write the number itself")


def is_range(text: str) -> bool:
    """Whether a text, as ``plain_text`` gives it, is a range or an estimate: 60-80, 约60万, 60多, 不到3."""
    text = re.sub(r"\s", "", text)
    return bool(_TO.search(text) or _ABOUT.search(text)) and not _DATE.fullmatch(text)


# A point may be written for thousands, where nothing but noughts stands behind it.
POINTED = late(r"[1-9]\d{0,2}\.000")
POINT_OR_THOUSANDS = Text(
    "这个点可能是小数点，也可能是千分位，说不清是多少；整数不写点，千分位写逗号",
    "the point may stand for thousands: two meanings remain; write no point, or a comma for thousands",
)
NOT_A_DATE = Text(
    "不是日期；写成 2010-03-01、2010/3/1 或 2010年3月1日", "not a date; write 2010-03-01, 2010/3/1 or 2010年3月1日"
)
_NOT_A_TIME = Text("不是时刻；写成 08:31、8时31分 或 上午8:31", "not a time; write 08:31, 8时31分 or 上午8:31")
NEEDS_BOTH = Text("要有日期和时刻，中间空一格", "a date and a time are needed, with a blank between")
