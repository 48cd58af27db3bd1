"""内容里的数字，数据里也要有

规范点的内容应当用占位符填数字，这样数字只写一处。内容里直接写了数字（阿拉伯数字，或带量词的中文数字）的，
同一规范点的字段里也要有同样的数，否则改了数据，内容就和校验对不上了。

条款的序号（如“三（四）”“第十一条”）、引号里的名称、文号和日期不查；“一个”“一件”的“一”不当数字看。说有几种、几类、几级、几个方面的
（“两种情形”“三类人员”），是在数前后列出的各项，“第一责任人”“一次性告知”里没有数：都不查。
"""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec

from banshi.base.figures import figures
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text

TITLE = Text("内容里的数字，数据里也要有", "A figure in a statement stands in the data too")
SUBJECT = "policy"
SEVERITY = "warning"
BASIS = ()
_NORM = """
provisions:
  - id: "1"
    label: 一
    heading: 公示
    source: {lines: [1, 1]}
    norms:
      - {id: publicity-period, kind: period, statement: STATEMENT, of: publicity,
         length: {value: 5, unit: 天}, inclusive: true}
readings: []
"""
GOOD = _NORM.replace("STATEMENT", '"公示期{length}。"')
BAD = _NORM.replace("STATEMENT", '"公示期7天。"')

_REFERENCE = re.compile(
    r"\{[^}]*\}|“[^”]*”|百分[点比]|第[一二三四五六七八九十百]+[条章部]|[一二三四五六七八九十]+（[一二三四五六七八九十]+）\d*(至\d+)?|"
    r"〔\d+〕\d+号|\d{4}年(\d+月(\d+日)?)?|（[一二三四五六七八九十]+）\d*"
)
_COUNTED = "个|天|日|次|分|件|项|人|年|月|%|小时|分钟|元|万|倍|条"
_OF_A_LIST = "种|类|级|档|段|层|方|类别|方面|部分|环节|阶段|层次|季度|情形|档次|者"  # what is counted stands beside: no figure of its own


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Literal figures of each statement against the norm's own values."""
    for route, norm in policy.norms():
        known = set(_numbers(msgspec.to_builtins(norm)))
        for printed, value in _literal(norm.statement):
            if value not in known:
                yield Problem(
                    where=(*route, "statement"),
                    message=Text(
                        f"内容里直接写了“{printed}”，字段里没有这个数",
                        f"the statement says “{printed}”, which no field holds",
                    ),
                    fix=Text(
                        "把数字写进字段，内容里用占位符 {字段名}。",
                        "Put the figure into a field and a placeholder here.",
                    ),
                )


def _literal(statement: str) -> list[tuple[str, Decimal]]:
    text = _REFERENCE.sub("＿", statement)
    return [
        (printed, value)
        for printed, value in figures(text)
        if printed[0].isdigit() or (printed != "一" and re.search(f"{printed}(?:{_COUNTED})", text))
        if not re.search(f"{printed}个?(?:{_OF_A_LIST})", text)
    ]


def _numbers(data: Any) -> Iterator[Decimal]:
    if isinstance(data, dict):
        for key, part in data.items():
            if key not in ("statement", "id", "inventory"):
                yield from _numbers(part)
    elif isinstance(data, list):
        yield Decimal(len(data))
        for part in data:
            yield from _numbers(part)
    elif isinstance(data, str):
        yield from (value for _, value in figures(data))
        if re.fullmatch(r"-?\d+(\.\d+)?", data):
            yield Decimal(data) * 100
    elif isinstance(data, int | Decimal | datetime.date) and not isinstance(data, bool):
        yield from (value for _, value in figures(str(data)))
