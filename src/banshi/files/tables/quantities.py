"""Numbers as clerks write them, with what they are counted in: 3人, 1,234 件, 三次, 2小时 in a column of minutes.

A number is read where it has one meaning. A unit other than the column's is converted where that is exact, else refused:
it is never dropped.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from msgspec import Struct

from banshi.base.numerals import TIMES, value
from banshi.base.patterns import late
from banshi.base.text import Text
from banshi.files.tables.cells import (
    NONE,
    POINT_OR_THOUSANDS,
    POINTED,
    RANGE,
    CellUnreadable,
    decimal,
    is_range,
    plain_text,
)

_WRITTEN = late(r"([-+]?\d[\d,]*(?:\.\d+)?|[-+]?\.\d+|[零〇○一二三四五六七八九十百千两]+)([百千万亿]?)(.*)")
_PER_CENT = late(r"百分之(\d[\d.]*|[零〇○一二三四五六七八九十百]+)(?:点([零〇○一二三四五六七八九]+))?")
_LONGEST = 15  # digits of a count
_FINEST = 8  # decimals of an amount that was converted
# Other money: never taken for yuan, whose character most of these end in.
OTHER_MONEY = r"(?:千|百万|万|亿)?(?:(?:美|欧|日|港|澳门|澳|加|韩|新台|台|新加坡)(?:元|币|圆)|英镑|法郎|卢布|卢比|韩圆|外币|(?i:usd|eur|hkd|jpy|gbp|aud|cad|krw|sgd|twd|mop|chf|rub|us\$|hk\$)|[$€£])"
# Units in which people count.
UNIT = (
    r"(?:百万|[百千万亿])?(?:个?工作日|自然日|日历日|天|日|周|个?月|年|小时|钟头|时|分钟|分|秒钟?|人次|人|名|位|件次|件|次|项|宗|起|例|个|家|户|元|圆|角)"
    rf"|%|百分比|{OTHER_MONEY}"
)
# Other spellings of a unit.
_SAME = {
    "名": "人", "位": "人", "日": "天", "时": "小时", "钟头": "小时", "h": "小时", "min": "分钟", "分": "分钟",
    "s": "秒", "秒钟": "秒", "百分比": "%", "圆": "元", "块": "元", "rmb": "元", "人民币元": "元",
}  # fmt: skip
# What each of these is in the smallest of its kind; days of work are no days of 24 hours.
_SIZES = (
    {"秒": 1, "分钟": 60, "小时": 3600},
    {"元": 1, "千元": 1000, "万元": 10_000, "百万元": 1_000_000, "亿元": 10_000**2},
)
_DAY = "天"  # of work or of the calendar: a heading may say which
MARKS = "分"  # points of an assessment: written as short minutes are


class Quantity(Struct, frozen=True):
    """A number and the unit behind it; empty where none is written."""

    number: Decimal
    unit: str

    def within(self, unit: str) -> Decimal:
        """The number in a column's unit (empty: it has none). Raises ``CellUnreadable`` for another unit."""
        own, wanted = _unit(self.unit), _unit(unit)
        if not own or (self.unit == MARKS if unit == MARKS else own == wanted):
            return self.number
        for sizes in _SIZES if unit != MARKS else ():
            if own in sizes and wanted in sizes:
                found = self.number * sizes[own] / sizes[wanted]
                if found == round(found, _FINEST):
                    return found
        raise CellUnreadable(_other_unit(self.unit, unit))


def _unit(written: str) -> str:
    text = written.lower().removeprefix("个") or written
    return _SAME.get(text, text)


def quantity(cell: str) -> Quantity:
    """A number that is not negative, with what stands behind it. Raises ``CellUnreadable``."""
    text = re.sub(r"\s", "", plain_text(cell))
    if found := _PER_CENT.fullmatch(text):
        tail = "." + str(value(found[2])).zfill(len(found[2])) if found[2] else ""
        return Quantity(decimal(f"{value(found[1])}{tail}"), "%")
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise CellUnreadable(RANGE if is_range(text) else Text("不是数", "not a number"))
    figure, times, unit = written.groups()
    if POINTED.fullmatch(figure):
        raise CellUnreadable(POINT_OR_THOUSANDS)
    if is_range(text):
        raise CellUnreadable(RANGE)
    plain = decimal(figure) if figure[-1].isascii() else value(figure)
    if not figure[-1].isascii() and times:
        plain, times = value(figure + times), ""
    if plain < 0:
        raise CellUnreadable(Text("不应是负数", "must not be negative"))
    if times and f"{times}{unit}" in ("万元", "亿元"):
        return Quantity(plain, f"{times}{unit}")
    return Quantity(plain * TIMES[times] if times else plain, unit)


def counted_in(unit: str, cell: str) -> str:
    """A cell as it reads under a heading that says a unit: it holds where the cell itself says none. Raises ``CellUnreadable``."""
    text = re.sub(r"\s", "", plain_text(cell))
    found = _WRITTEN.fullmatch(text) if unit else None
    if not found or (found[3] and not re.fullmatch(UNIT, found[2] + found[3])):
        return cell
    own = _unit(found[2] + found[3]) if found[3] else ""
    if not own or (own == _DAY and _unit(unit).endswith("日")):
        return cell if found[2] and unit[0] in TIMES else f"{found[1]}{found[2]}{unit}"
    if own == _unit(unit) or any(own in sizes and _unit(unit) in sizes for sizes in _SIZES):
        return cell
    raise CellUnreadable(_against_the_heading(found[2] + found[3], unit))


def amount_in(unit: str) -> Callable[[str], Decimal]:
    """A reader of numbers in a unit."""
    return lambda cell: quantity(cell).within(unit)


def whole(number: Decimal) -> int:
    """A whole number. Raises ``CellUnreadable`` for another one."""
    if number != number.to_integral_value() or number.adjusted() > _LONGEST:
        raise CellUnreadable(Text("不是整数", "not a whole number"))
    return int(number)


def count_in(unit: str, none: bool = True) -> Callable[[str], int]:
    """A reader of whole numbers in a unit; ``none``: 无 is nought."""

    def read(cell: str) -> int:
        if none and plain_text(cell) in NONE:
            return 0
        return whole(quantity(cell).within(unit))

    return read


def _against_the_heading(written: str, unit: str) -> Text:
    return Text(
        f"列名写明以“{unit}”计，这一格却以“{written}”计，不知道以哪个为准", f"{written}: the heading says {unit}"
    )


def _other_unit(written: str, unit: str) -> Text:
    if not unit:
        return Text(f"“{written}”不是这里的单位；这一列只写数", f"{written} is no unit here; write the number alone")
    if written == "%":
        return Text(f"这一列写数（{unit}），不写百分率", f"a number of {unit} is expected, not a percentage")
    return Text(
        f"“{written}”不是这一列的单位，也换算不过来；这一列以“{unit}”计，只写数", f"{written}: counted in {unit} here"
    )
