"""Values as people write them: what a cell or a line means where a field asks for a date, an amount, a choice, yes or no.

A spelling is taken where it has one meaning; where two remain, or none, ``CellUnreadable`` says so. What is given back is
how the value is written canonically: a date as ``2012-01-05``, an amount in yuan without unit, a choice as its value.
"""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from banshi.base.amount_words import WordsError, parse_words
from banshi.base.money import plain
from banshi.base.numerals import DIGITS, TIMES
from banshi.base.patterns import late
from banshi.base.text import Text, listed
from banshi.files.schema_parts import SchemaField
from banshi.files.tables.cells import (
    POINT_OR_THOUSANDS,
    POINTED,
    RANGE,
    CellUnreadable,
    day,
    free_text,
    is_range,
    one_ticked,
    parts_chosen,
    plain_text,
    yes_or_no,
)

YUAN = "元"
AMOUNTS = frozenset(("amount", "signed-amount"))
PERIOD, FACT = "assessment-period", "fact"
UNITS = {"元": 1, "圆": 1, "千元": 1_000, "万": 10_000, "万元": 10_000, "百万元": 1_000_000, "亿": 10**8, "亿元": 10**8}
_SIGNS = {"-": "-", "−": "-", "负": "-", "核减": "-", "+": "", "": ""}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?|\.\d+"
_AMOUNT = late(
    rf"([-−+]|负|核减)?\s*(?:人民币|RMB|CNY|¥)?\s*([-−])?\s*({_NUMBER})\s*(千元|百万元|万元|亿元|万|亿|元|圆)?\s*[整正]?",
    re.I,
)
_IN_BRACKETS = late(rf"\(\s*((?:{_NUMBER})\s*(?:千元|百万元|万元|亿元|万|亿|元|圆)?)\s*\)")
_NUMERALS = frozenset(DIGITS) | frozenset(TIMES) | frozenset("貳叄參陸億萬圓角分")
_COUNTED = _NUMERALS - frozenset("圓角分")
_WORD_UNITS = ("元", "圆", "圓", "角", "分", "整", "正")
_PLAIN = late(r"-?(0|[1-9]\d*)(\.\d+)?")
_AS_IT_SHOULD = {
    **dict.fromkeys((*AMOUNTS, "quantity"), _PLAIN),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    FACT: re.compile(r"(?!\s*(是|否|\d{1,9} ?[/／] ?\d{1,9})\s*$).*", re.S),  # 有 and 无 may be a yes or a count
}
_DOCUMENT = late(r"(.*?)[\[［【〔(（〈]\s*(\d{4})\s*[\]］】〕)）〉]\s*(第?\d+\s*号)(.*)", re.S)
_MANY = 12  # so many choices are named

Choices = tuple[tuple[str, str], ...]  # how a choice is written, and its value

SPELLED = frozenset((*AMOUNTS, "boolean", "date", "enum", "integer", "quantity", PERIOD, FACT))  # in several ways


class Ambiguous(CellUnreadable):
    """What has more than one meaning."""


def value_of(field: SchemaField, cell: str, unit: str = YUAN, names: Choices | None = None) -> Any:
    """What a cell means in a field of one value. Raises ``CellUnreadable``.

    ``unit``: what an amount without a unit of its own is counted in. ``names``: of a field whose choices are the law's,
    how each is written → its value.
    """
    if names is not None:
        return _chosen(cell, names)
    if field.sort == "enum":
        return _chosen(cell, (*field.spellings, *((value, value) for value in field.labels)))
    if field.sort in AMOUNTS:
        return _in_cents(amount(cell, unit))
    return _READ.get(field.sort, free_text)(cell)


def several_of(field: SchemaField, cell: str, names: Choices | None = None) -> list[Any]:
    """What a cell means in a list of single values: those of choices between 、 or the like, others also by lines."""
    entry = field.entry
    assert entry is not None
    if plain_text(cell) in ("无", "没有"):
        return []
    split = parts_chosen(cell) if entry.sort == "enum" or names is not None else re.split(r"[;；\n]", free_text(cell))
    return [value_of(entry, each.strip(), names=names) for each in split if each.strip()]


def shown_as(field: SchemaField, value: Any) -> str:
    """A value as a person reads it: 设计变更, 是, 5,000,000.00 元."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        entry = field.entry
        return listed(shown_as(entry, each) if entry else str(each) for each in value)
    if field.sort == "enum":
        return field.labels.get(str(value), str(value))
    if field.sort in AMOUNTS and _PLAIN.fullmatch(str(value)):
        return f"{Decimal(str(value)):,.2f} 元"
    return str(value)


def canonical(field: SchemaField, value: Any) -> bool:
    """Whether a value is written as the field's type asks for it already; what is wrong otherwise is for the schema."""
    if isinstance(value, bool):
        return field.sort == "boolean"
    if isinstance(value, int):
        return field.sort not in ("boolean", "date", "enum", PERIOD)
    text, sort = str(value), field.sort
    if sort == "enum":
        return text in field.labels
    if pattern := _AS_IT_SHOULD.get(sort):
        return bool(pattern.fullmatch(text))
    return sort not in ("boolean", "integer")


def _in_cents(found: Decimal) -> str:
    """As it was written, where that has two decimals or fewer."""
    exponent = found.as_tuple().exponent
    return f"{found:f}" if isinstance(exponent, int) and -2 <= exponent <= 0 else plain(found)


def amount(written: str, unit: str = YUAN) -> Decimal:
    """An amount in yuan: 1,234.50, 500万元, ￥5000元整, 伍佰万元整, (34,650.00). Raises ``CellUnreadable``."""
    text = plain_text(written)
    if bracketed := _IN_BRACKETS.fullmatch(text):
        text = f"-{bracketed[1]}"
    if found := _AMOUNT.fullmatch(text):
        sign, second, figure, own = found.groups()
        if sign and second:
            raise CellUnreadable(_NO_AMOUNT)
        if POINTED.fullmatch(figure):
            raise Ambiguous(POINT_OR_THOUSANDS)
        if (size := UNITS.get(own or unit)) is None:
            raise CellUnreadable(_other_money(unit))
        return _whole(_signed(sign or second or "", figure) * size)
    if text and not re.search(r"\d", text) and _NUMERALS & set(text):
        return _in_words(text, unit)
    raise CellUnreadable(RANGE if is_range(text) else _NO_AMOUNT)


def _other_money(unit: str) -> Text:
    if "、" in unit:
        return Text(
            f"表上几处写的金额单位不一样（{unit}），不知道以哪个为准；列名里写明单位",
            f"the table says that its amounts are in {unit}: state the unit in the heading",
        )
    return Text(
        f"表上写的金额单位是“{unit}”，这里只认人民币（元、万元等）：折算后再填",
        f"the table says that its amounts are in {unit}, and only yuan are read: convert them",
    )


def _signed(sign: str, figure: str) -> Decimal:
    if re.match(r"0\d", figure):
        raise CellUnreadable(Text("开头多了零", "it has a leading zero"))
    return Decimal(_SIGNS[sign] + figure.replace(",", "").replace(" ", ""))


def _whole(found: Decimal) -> Decimal:
    if found.adjusted() > 20:
        raise CellUnreadable(Text("数过大", "the number is too large"))
    return found


def _in_words(text: str, unit: str) -> Decimal:
    bare = not text.endswith(_WORD_UNITS)
    try:
        found = parse_words(f"{text}元" if bare else text)
        if bare and (unit != YUAN or "missing_zero" in found.style):  # 五百五: 505, or 550 as people say it
            raise Ambiguous(Text("没有写“元”，说不清是多少", "it does not say 元, so two meanings remain"))
        return found.value
    except WordsError as error:
        raise CellUnreadable(Text(f"大写金额读不出来：{error.zh}", f"the amount in words: {error.en}")) from None


def _integer(cell: str) -> int:
    found = number(cell)
    if found != found.to_integral_value():
        raise CellUnreadable(Text("不是整数", "not a whole number"))
    return int(found)


def number(written: str) -> Decimal:
    """A number without a unit: 1,234.5, １２, 三百二十. Raises ``CellUnreadable``."""
    text = plain_text(written)
    if found := re.fullmatch(rf"([-−+])?\s*({_NUMBER})", text):
        if POINTED.fullmatch(found[2]):
            raise Ambiguous(POINT_OR_THOUSANDS)
        return _whole(_signed(found[1] or "", found[2]))
    if text and set(text) <= _COUNTED:
        return _in_words(text, YUAN)
    raise CellUnreadable(
        RANGE if is_range(text) else Text("不是数；只写数，不带单位", "not a number; write the number alone")
    )


def fact(written: str) -> Any:
    """What was found: a count, a quantity, yes or no, or a share of a total (412/500). Raises ``CellUnreadable``."""
    text = plain_text(written)
    if text in ("是", "否", "有", "无", "没有", "true", "false"):
        return text in ("是", "有", "true")
    if shared := re.fullmatch(r"(\d{1,9}) ?[/／] ?(\d{1,9})", text):
        return {"count": int(shared[1]), "of": int(shared[2])}
    found = number(text)
    return int(found) if found == found.to_integral_value() else plain(found)


def document_number(written: str) -> str:
    """A document's number with the brackets of its year as they belong: 样建审〔2013〕61号."""
    text = free_text(written)
    found = _DOCUMENT.fullmatch(text)
    return text if found is None else f"{found[1]}〔{found[2]}〕{''.join(found[3].split())}{found[4]}"


def _chosen(cell: str, names: Choices) -> str:
    text = plain_text(one_ticked(cell)).rstrip("。；")
    found = {value for name, value in names if _bare(name) == _bare(text)}
    if len(found) == 1:
        return found.pop()
    if found:
        meant = listed(sorted(found))
        raise Ambiguous(Text(f"“{text}”有几个意思：{meant}；写清是哪一个", f"{text} means {', '.join(sorted(found))}"))
    known = list(dict.fromkeys(name for name, _ in names if not name.isascii()) or _values(names))
    shown = listed(known[:_MANY]) + ("…" if len(known) > _MANY else "")
    raise CellUnreadable(Text(f"没有这个选项；可写：{shown}", f"one of: {', '.join(_values(names))}"))


def _values(names: Iterable[tuple[str, str]]) -> list[str]:
    return list(dict.fromkeys(value for _, value in names))


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """A spelling as it is compared: blanks and what is explained in brackets do not count."""
    squeezed = re.sub(r"\s", "", plain_text(text))
    return re.sub(r"(?<=.)\([^()]*\)$", "", squeezed).lower()


_READ: dict[str, Callable[[str], Any]] = {
    "boolean": yes_or_no,
    "date": lambda cell: day(cell).isoformat(),
    "quantity": lambda cell: plain(number(cell)),
    "integer": _integer,
    "document-number": document_number,
    "fact": fact,
    "credit-code": lambda cell: plain_text(cell).upper(),
    **dict.fromkeys(("project-code", "slug", "jurisdiction", "clock", "moment", "quarter"), plain_text),
}
_NO_AMOUNT = Text("不是金额；写成 5000000、5,000,000 或 500万元", "not an amount; write 5000000, 5,000,000 or 500万元")
