"""分值、幅度、额度不是负数，也不是零

扣分写几分就扣几分：方向由规范点的种类定，不由正负号定。写成负数的，扣分会变成加分；幅度（step）写零的，除不出有几个幅度；
写零分、零天的，这一条就像没有写。这些都算得下去，只是算错，所以是错误。

一票否决计的分、额度、满分一类可以是零，不能是负数；保底的分可以是负数。哪些可以，写在各种规范点的类型里，新的种类也照样查。
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec

from banshi.base.money import plain
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.norms import Bounds, ScoreRule
from banshi.law.norms.base import figures_of

TITLE = Text("分值、幅度、额度不是负数，也不是零", "Points, steps and quotas are neither negative nor nought")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_RULE = """
governs: [assessment]
facts: {late: {name: 逾期办件, unit: 件}}
provisions:
  - id: "3"
    label: 第三条
    heading: 时效
    source: {lines: [1, 1]}
    norms:
      - {id: prompt, kind: score_sub_item, statement: "时效{marks}分。", item: "3", marks: 50}
      - id: lose
        kind: score_rule
        statement: 逾期每件减{points}分。
        sub_item: prompt
        effect: subtract
        fact: late
        bound: {lower: {value: 1, inclusive: true}, unit: 件}
        points: POINTS
tiers: {}
steps: {}
readings: []
"""
GOOD = _RULE.replace("POINTS", "2.5")
BAD = _RULE.replace("POINTS", "-2.5")  # 会变成每件加 2.5 分


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each figure of its own that a norm or a part of it states; bounds may be what they like."""
    for route, norm in policy.norms():
        if isinstance(norm, ScoreRule) and (said := _nothing_lost(norm)):
            yield Problem(where=route, message=said, fix=_POINTS)
        for where, figure, (nought, signed) in _figures(norm, route):
            if (figure < 0 and not signed) or (figure == 0 and not nought):
                yield Problem(
                    where=where,
                    message=Text(
                        f"{norm.id} 的数是 {plain(figure)}：{_why(figure).zh}",
                        f"{norm.id}: {plain(figure)}: {_why(figure).en}",
                    ),
                    fix=Text(
                        "对照原文，写正数；加还是减由规范点的种类定。", "Write a positive figure, as the source has it."
                    ),
                )


def _nothing_lost(norm: ScoreRule) -> Text | None:
    """Said of a rule that takes points off and cannot: it says not how many, or its step is longer than the way to nought."""
    if norm.effect in ("subtract", "by_steps") and not norm.points:
        return Text(f"{norm.id} 没有写减几分（points），减不了分", f"{norm.id} does not say how many points are lost")
    upper = norm.bound.upper if norm.bound else None
    if norm.effect == "by_steps" and norm.part == "down" and norm.step and upper and norm.step > upper.value:
        return Text(
            f"{norm.id} 的幅度 {plain(norm.step)} 比 {plain(upper.value)} 还大，低到零也不满一个幅度，减不了分",
            f"{norm.id}: a step of {plain(norm.step)} is never reached below {plain(upper.value)}: no points are lost",
        )
    return None


_POINTS = Text("对照原文，写明每次减几分、每低多少减一次。", "State how many points are lost, and for how much.")


def _figures(value: Any, route: Route) -> Iterator[tuple[Route, Decimal, tuple[bool, bool]]]:
    """Where, the figure, and whether it may be nought or less: by the types of the fields, so that no kind is left out."""
    if isinstance(value, Bounds):
        return
    if isinstance(value, msgspec.Struct):
        own = figures_of(type(value))
        for field in value.__struct_fields__:
            part = getattr(value, field)
            if field in own:
                yield from ((where, figure, own[field]) for where, figure in _each(part, (*route, field)))
            else:
                yield from _figures(part, (*route, field))
    elif isinstance(value, tuple):
        for n, part in enumerate(value):
            yield from _figures(part, (*route, n))


def _each(value: Any, route: Route) -> Iterator[tuple[Route, Decimal]]:
    if isinstance(value, Decimal):
        yield route, value
    elif isinstance(value, tuple | dict):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _each(part, (*route, key))


def _why(figure: Decimal) -> Text:
    if figure < 0:
        return Text("负数会把方向反过来", "less than nought turns it round")
    return Text("零不起作用", "nought has no effect")
