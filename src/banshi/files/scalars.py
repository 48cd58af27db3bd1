"""Why a value is not what its place asks for: said in the user's terms, with the way to write it."""

import datetime
import re
import unicodedata
from typing import Any

from banshi.base.text import Text

_AMOUNTS = frozenset(("amount", "signed-amount", "quantity"))
_UNIT = re.compile(r"[分元个件次人天日%％]$")


def why_not(name: str, found: Any, keyword: str, wanted: Any) -> tuple[Text, Text]:
    """The reason and the fix; ``name`` is the schema's ``format`` (or its type), ``keyword`` what failed."""
    if isinstance(found, (dict, list)) and name not in ("object", "array", "fact"):
        return Text("这里应是一个值，不是列表或映射", "a single value belongs here"), Text(
            "只写一个值。", "Write one value."
        )
    if name in _AMOUNTS:
        return _amount(str(found), name, keyword)
    if name == "date":
        return _date(str(found))
    beyond = keyword in ("minimum", "maximum")
    return (None if beyond else _PLAIN.get(name)) or _other(name, found, keyword, wanted)


_NEGATIVE = Text("不能是负数", "it must not be negative")


def _amount(text: str, name: str, keyword: str) -> tuple[Text, Text]:
    places = 6 if name == "quantity" else 2
    fix = Text(
        f"写成不带单位和千分位的数，最多{'六' if places == 6 else '两'}位小数，例如 98765.40。",
        f"Write a plain number with at most {places} decimals, such as 98765.40.",
    )
    if name == "quantity" and _UNIT.search(text):
        return Text("带了单位或文字；只写数", "it carries a unit or words; write the number alone"), fix
    for matches, reason in _AMOUNT_REASONS:
        if matches(text):
            return reason, fix
    if re.fullmatch(rf"-?\d+\.\d{{{places + 1},}}", text):
        return Text(f"小数超过{'六' if places == 6 else '两'}位", f"more than {places} decimals"), fix
    negative = text.startswith("-")
    if keyword == "minimum" or (negative and name != "signed-amount"):
        return _NEGATIVE if negative else Text("数太小", "the number is too small"), fix
    if keyword == "maximum" or re.fullmatch(r"-?\d{13,}(\.\d+)?", text):
        return Text("数过大", "the number is too large"), fix
    plain = re.fullmatch(r"\d+(\.\d+)?", text)  # where not every number may stand, such as one from 1 on
    return Text("这里不能写这个数", "this number may not stand here") if plain else Text("不是数", "not a number"), fix


def _fullwidth(text: str) -> bool:
    return unicodedata.normalize("NFKC", text) != text and bool(re.search(r"[０-９．，－]", text))


_AMOUNT_REASONS = (
    (_fullwidth, Text("用了全角数字或符号", "full-width digits or signs")),
    (
        lambda t: bool(re.fullmatch(r"-?\d{1,3}([,，]\d{3})+(\.\d+)?", t)),
        Text("带了千分位逗号", "it has thousands separators"),
    ),
    (lambda t: bool(re.fullmatch(r"-?[\d.]+[eE][+-]?\d+", t)), Text("用了科学计数法", "it is in scientific notation")),
    (
        lambda t: bool(re.fullmatch(r"[-+]?\.?(nan|inf|infinity)", t, re.IGNORECASE)),
        Text("不是一个数（非数或无穷）", "not a number (NaN or infinity)"),
    ),
    (
        lambda t: bool(re.fullmatch(r"\d{1,2}:\d{2}(:\d{2})?", t)),
        Text("像是时刻，不是数", "it looks like a time of day"),
    ),
    (lambda t: bool(re.fullmatch(r"-?0\d+(\.\d+)?", t)), Text("开头多了零", "it has a leading zero")),
    (
        lambda t: bool(re.search(r"[元万亿角分¥￥]", t)),
        Text("带了单位；单位一律是元，不写出", "it carries a unit; yuan is meant"),
    ),
    (lambda t: t.startswith("+"), Text("不要写正号", "it has a plus sign")),
    (lambda t: t.strip() != t or " " in t, Text("里面有空格", "it contains blanks")),
)


def _date(text: str) -> tuple[Text, Text]:
    fix = Text("写成 YYYY-MM-DD，例如 2011-11-04。", "Write YYYY-MM-DD, such as 2011-11-04.")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return Text("日期的写法不对", "this is not how a date is written"), fix
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return Text("没有这一天", "there is no such day"), Text("核对年、月、日。", "Check year, month and day.")
    return Text("年份不在 1900 至 2199 之内", "the year is not between 1900 and 2199"), fix


_PLAIN = {
    "clock": (
        Text("时刻的写法不对", "this is not how a time of day is written"),
        Text("写成 HH:MM，例如 08:31。", "Write HH:MM, such as 08:31."),
    ),
    "moment": (
        Text("时间的写法不对", "this is not how a moment is written"),
        Text("写成 YYYY-MM-DD HH:MM，例如 2010-03-01 08:30。", "Write YYYY-MM-DD HH:MM, such as 2010-03-01 08:30."),
    ),
    "fact": (
        Text("不是件数、有没有，也不是一组", "this is no count, no yes or no, and no group"),
        Text(
            "件数写整数，例如 0；有没有写 true 或 false；比率写 {count: 118, of: 120}；都不加引号。",
            "Write a count such as 0, true or false, or a rate such as {count: 118, of: 120}; without quotes.",
        ),
    ),
    "assessment-period": (
        Text("考核期的写法不对", "this is not how a period of assessment is written"),
        Text(
            "月写成 2026-03，季度写成 2026-Q1，半年写成 2026-H1，年写成 2026，都加引号或不加都可以。",
            "Write 2026-03, 2026-Q1, 2026-H1 or 2026.",
        ),
    ),
    "quarter": (
        Text("季度的写法不对", "this is not how a quarter is written"),
        Text("写成 YYYY-Qn，例如 2012-Q1。", "Write YYYY-Qn, such as 2012-Q1."),
    ),
    "boolean": (
        Text("应是 true（是）或 false（否）", "it must be true or false"),
        Text("写 true 或 false；写 是 或 否 也读得懂。", "Write true or false; 是 and 否 are understood too."),
    ),
    "jurisdiction": (
        Text("辖区的写法不对", "this is not how a jurisdiction is written"),
        Text(
            "市写拼音名，区、县写 市/区县，都用小写。", "A city as its name in small letters, a county as city/county."
        ),
    ),
    "slug": (
        Text("标识只用小写字母、数字、连字符或下划线", "an id has lower-case letters, digits, hyphens or underscores"),
        Text("例如 second_review。", "For example second_review."),
    ),
    "project-code": (
        Text("项目代码的写法不对", "this is not how a project code is written"),
        Text(
            "形如 2412-510502-04-01-123456；没有就不写这一行。",
            "As in 2412-510502-04-01-123456; leave the line out if none.",
        ),
    ),
    "credit-code": (
        Text("统一社会信用代码的写法不对", "this is not how a unified social credit code is written"),
        Text(
            "18 位数字和大写字母，不用 I、O、S、V、Z，照证照上的填。",
            "18 digits and capital letters, without I, O, S, V and Z.",
        ),
    ),
    "document-number": (
        Text("文号的写法不对", "this is not how a document number is written"),
        Text("写成 机关代字〔年份〕序号号，例如 某市府办发〔2011〕37号。", "As in 某市府办发〔2011〕37号."),
    ),
    "object": (
        Text("这里应是“键: 值”的一组", "a mapping of keys to values belongs here"),
        Text("换行缩进后逐项写。", "Write its keys on indented lines."),
    ),
    "array": (
        Text("这里应是一个列表", "a list belongs here"),
        Text("每项一行，以“- ”开头；没有内容写 []。", "One entry a line, each after “- ”; write [] for none."),
    ),
}


def _other(name: str, found: Any, keyword: str, wanted: Any) -> tuple[Text, Text]:
    if keyword in ("minimum", "exclusiveMinimum"):
        return Text(f"不能小于 {wanted}", f"it must not be below {wanted}"), Text(
            "核对后改正。", "Check and correct it."
        )
    if keyword in ("maximum", "maxLength"):
        return Text(f"超过上限 {wanted}", f"beyond the limit {wanted}"), Text("核对后改正。", "Check and correct it.")
    if name == "integer":
        return Text("应是整数", "it must be a whole number"), Text(
            "例如 3，不加引号。", "For example 3, without quotes."
        )
    if found in (None, "") or keyword == "minLength":
        return Text("不能为空", "it must not be empty"), Text("填上内容。", "Fill it in.")
    if isinstance(found, (bool, int)):
        return (
            Text("应是文字", "it must be text"),
            Text(
                f'若确是文字，加引号写成 "{str(found).lower()}"。', f'If text is meant, write "{str(found).lower()}".'
            ),
        )
    return Text("写法不对", "this is not how it is written"), Text("对照样例改正。", "Compare with the example.")
