"""界限里有数可取

一个范围的下限不能高于上限；上下限是同一个数的，两头都要含本数，否则没有一个数落得进去，这一条就永远用不上。
比率在 0 与 100% 之间，件数、次数不小于零：界限写到这以外的，那一头永远碰不到，多半是录错了。
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec

from banshi.base.money import plain
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.norms import ApprovalTier, Bound, Bounds, Grade, Norm, ScoreRule, ScoreSubItem, Target, Veto

TITLE = Text("界限里有数可取", "Something lies within every bound")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_LOW = """
governs: [assessment]
facts: {rate: {name: 满意率, unit: "%"}}
provisions:
  - id: "12"
    label: 第十二条
    heading: 满意率
    source: {lines: [1, 2]}
    norms:
      - id: months
        kind: assessment_period
        statement: "自{start}起至{end}止，一年{times}期。"
        period: month
        start: {month: 1, day: 1}
        end: {month: 1, day: 0}
        times: 12
      - {id: service, kind: score_sub_item, statement: "满分{marks}分。", item: "3", marks: 5}
      - id: low
        kind: score_rule
        statement: "满意率{bound}的，不得分。"
        sub_item: service
        effect: zero
        fact: rate
        per: 月
        if_none: keep
        bound: {lower: {value: 60, inclusive: true}, upper: {value: HIGH, inclusive: false}, unit: "%"}
tiers: {}
steps: {}
readings: []
"""
GOOD = _LOW.replace("HIGH", "80")
BAD = _LOW.replace("HIGH", "60")
_WHOLE = {"%": Decimal(100), "比率": Decimal(1)}  # all of something, in the units of a rate


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Every interval that a norm states."""
    for route, norm in policy.norms():
        for where, bounds in _intervals(norm, route):
            for end, said in _faults(norm, bounds):
                yield Problem(
                    where=(*where, end),
                    message=Text(f"{norm.id}：{said.zh}", f"{norm.id}: {said.en}"),
                    fix=Text("对照原文改上下限。", "Compare both ends with the source."),
                )


def _intervals(value: Any, route: Route) -> Iterator[tuple[Route, Bounds]]:
    if isinstance(value, Bounds):
        yield route, value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from _intervals(getattr(value, field), (*route, field))
    elif isinstance(value, tuple):
        for n, part in enumerate(value):
            yield from _intervals(part, (*route, n))


def _faults(norm: Norm, bounds: Bounds) -> Iterator[tuple[str, Text]]:
    low, high = bounds.lower, bounds.upper
    if low and high and (low.value > high.value or _only_end(low, high)):
        yield "upper", Text("没有一个数落在这个范围里", "nothing lies within it")
    if isinstance(norm, ApprovalTier | Grade):  # amounts and totals may be less than nothing, shares more than all
        return
    most = _WHOLE.get(bounds.unit) if isinstance(norm, ScoreRule | ScoreSubItem | Target | Veto) else None
    for key, end in (("lower", low), ("upper", high)):
        if end and end.value < 0:
            yield key, Text(f"{plain(end.value)} 小于零，碰不到", f"{plain(end.value)} is below nought: never reached")
        elif end and most is not None and end.value > most:
            said = f"{plain(end.value)}{bounds.unit}"
            yield key, Text(f"比率到不了 {said}", f"a rate never reaches {said}")


def _only_end(low: Bound, high: Bound) -> bool:
    """Whether both ends are one value, which does not belong to the interval."""
    return low.value == high.value and not (low.inclusive and high.inclusive)
