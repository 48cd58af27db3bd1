"""What a field is called, what it means and how it is written, said once beside its type: ``Annotated[Words, meta("档次")]``.

Schemas are written from it (``written_schemas``), and from the schemas come forms, messages and pages. Nothing here is
enforced when typed values are made: that a file has the right shape its schema decides before.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

import msgspec

_CLOCK = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
DOTTED = "^[a-z0-9]+([.-][a-z0-9]+)*$"
_NUMBER = r"^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?$"


def meta(
    title: str = "",
    description: str = "",
    *,
    unit: str = "",
    example: str = "",
    labels: Mapping[str, str] | None = None,
    **keywords: object,
) -> msgspec.Meta:
    """A field's title (its label on forms and in messages), what it means, its unit, an example; all in Chinese.

    ``labels``: of a choice, what each value is called. ``keywords``: JSON Schema's own, such as ``minimum=1`` or
    ``min_items=1``; ``x_written`` and the like are ours.
    """
    more = holding(**keywords)
    more |= {"x-unit": unit} if unit else {}
    more |= {"x-labels": dict(labels)} if labels else {}
    return msgspec.Meta(
        title=title or None,
        description=description or None,
        examples=[example] if example else None,
        extra_json_schema=more,
    )


def narrowed(**fields: Any) -> msgspec.Meta:
    """Of a field that holds a mapping: other types for some of its keys (``unit=Literal["天"]``), or none (``year=None``)."""
    return msgspec.Meta(extra={"narrowed": fields})


def keyed(**keys: msgspec.Meta) -> msgspec.Meta:
    """Of a field that holds a mapping of one sort of value: the keys that there may be, and what each is called."""
    return msgspec.Meta(extra={"keyed": keys})


UNWRITTEN = msgspec.Meta(extra={"unwritten": True})  # of a field that no file states: it is filled in from elsewhere
NOUGHT = msgspec.Meta(extra={"nought": True})  # of a figure that may be nought, though it is no bound of anything
SIGNED = msgspec.Meta(extra={"nought": True, "signed": True})  # of one that may be less than nought, too
STATED = msgspec.Meta(extra={"stated": True})  # of a field that must be written, if only as null
SHARED: dict[str, dict[str, Any]] = {}  # what all kinds of file have in common: ``schemas/common.schema.json``


def _shared(name: str, title: str, description: str, **keywords: object) -> msgspec.Meta:
    SHARED[name] = {"title": title, "description": description, **holding(**keywords)}
    return msgspec.Meta(extra_json_schema={"$ref": f"common.schema.json#/$defs/{name}"})


def _keyword(name: str) -> str:
    first, *rest = name.split("_")
    return "-".join((first, *rest)) if first == "x" else first + "".join(part.capitalize() for part in rest)


def holding(**keywords: object) -> dict[str, Any]:
    """What else holds of a mapping as a whole (``holds`` of a struct), by JSON Schema's own keywords: ``min_properties=1``."""
    return {_keyword(name): value for name, value in keywords.items()}


def one_of(*keys: str) -> dict[str, Any]:
    """Exactly one of these keys is there."""
    return holding(one_of=[{"required": [key]} for key in keys])


def any_of(*keys: str) -> dict[str, Any]:
    """At least one of these keys is there."""
    return holding(any_of=[{"required": [key]} for key in keys])


def at_most_one_of(*keys: str) -> dict[str, Any]:
    """No two of these keys are there."""
    pairs = [[first, other] for n, first in enumerate(keys) for other in keys[n + 1 :]]
    return holding(all_of=[{"not": {"required": pair}} for pair in pairs])


# How values are written: first those that all kinds of file have in common.
FreeText = Annotated[
    str,
    _shared(
        "text",
        "文字",
        "不能为空；纯数字可以不加引号。",
        type=["string", "integer"],
        min_length=1,
        max_length=2000,
        pattern="\\S",
        format="text",
    ),
]
Amount = Annotated[
    Decimal,
    _shared(
        "amount",
        "金额（元）",
        "人民币元，不为负，最多两位小数，不写单位和千分位；可以加引号。",
        type=["string", "number"],
        pattern="^(0|[1-9][0-9]{0,11})(\\.[0-9]{1,2})?$",
        minimum=0,
        maximum=999999999999,
        format="amount",
    ),
]
SignedAmount = Annotated[
    Decimal,
    _shared(
        "signed_amount",
        "金额（元，可为负）",
        "人民币元，核减为负，最多两位小数，不写单位和千分位；可以加引号。",
        type=["string", "number"],
        pattern="^-?(0|[1-9][0-9]{0,11})(\\.[0-9]{1,2})?$",
        minimum=-999999999999,
        maximum=999999999999,
        format="signed-amount",
    ),
]
Quantity = Annotated[
    Decimal,
    _shared(
        "quantity",
        "数量",
        "不为负，最多六位小数。",
        type=["string", "number"],
        pattern="^(0|[1-9][0-9]{0,11})(\\.[0-9]{1,6})?$",
        minimum=0,
        maximum=999999999999,
        format="quantity",
    ),
]
Day = Annotated[
    datetime.date,
    _shared(
        "date",
        "日期",
        "写作 YYYY-MM-DD，必须是真实存在的日期，1900年至2199年。",
        type="string",
        pattern="^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$",
        format="date",
    ),
]
Place = Annotated[
    str,
    _shared(
        "jurisdiction",
        "辖区",
        "市写拼音名（小写），其下的区、县写 市/区县。",
        type="string",
        pattern="^[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)*$",
        format="jurisdiction",
        max_length=100,
    ),
]
Slug = Annotated[
    str,
    _shared(
        "slug",
        "标识",
        "小写字母、数字、连字符或下划线。",
        type="string",
        pattern="^[a-z][a-z0-9]*([_-][a-z0-9]+)*$",
        format="slug",
    ),
]
DocumentNumber = Annotated[
    str,
    _shared(
        "document_number",
        "文号",
        "写成 机关代字〔年份〕序号号，例如 某市府办发〔2011〕37号。",
        type="string",
        pattern="^[\\u4e00-\\u9fffA-Za-z]{1,20}〔(19|20)[0-9]{2}〕[1-9][0-9]{0,4}号$",
        format="document-number",
    ),
]
ProjectCode = Annotated[
    str,
    _shared(
        "project_code",
        "项目代码",
        "全国投资项目代码，形如 2412-510502-04-01-123456。",
        type="string",
        pattern="^[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}$",
        format="project-code",
    ),
]
CreditCode = Annotated[
    str,
    _shared(
        "credit_code",
        "统一社会信用代码",
        "18 位数字和大写字母，不用 I、O、S、V、Z；最后一位是校验码（GB 32100）。",
        type="string",
        pattern="^[0-9A-HJ-NP-RT-UW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RT-UW-Y]{10}$",
        format="credit-code",
    ),
]
Words = Annotated[str, meta(min_length=1, format="text")]
Dotted = Annotated[str, meta(pattern=DOTTED, format="slug")]
Number = Annotated[Decimal, meta(pattern=_NUMBER, format="quantity")]
Clock = Annotated[str, meta(pattern=_CLOCK, format="clock")]
ClockTime = Annotated[Clock, msgspec.Meta(pattern=_CLOCK)]  # enforced, too
Key = Annotated[str, meta(pattern="^[a-z][a-z0-9]*(_[a-z0-9]+)*$", format="slug")]
PunchTime = Annotated[str, meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$", format="clock")]
Moment = Annotated[str, meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}( ([01][0-9]|2[0-3]):[0-5][0-9])?$", format="moment")]
DayOrNone = Annotated[
    datetime.date | None,
    meta(type=["string", "null"], pattern="^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$", format="date"),
]
