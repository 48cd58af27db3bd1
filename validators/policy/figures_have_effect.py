"""分值、幅度、额度不是负数，也不是零

扣分写几分就扣几分：方向由规范点的种类定，不由正负号定。写成负数的，扣分会变成加分；幅度（step）写零的，除不出有几个幅度；
写零分、零天的，这一条就像没有写。这些都算得下去，只是算错，所以是错误。

一票否决计的分、额度可以是零，不能是负数。
"""

from collections.abc import Iterator
from decimal import Decimal

from banshi.base.money import plain
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.norms import Norm

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
# Kind of norm → fields that must be more than nought; those that may be nought.
_MORE = {
    "score_rule": ("points", "step", "at_most"),
    "adjustment": ("points",),
    "rate_bonus": ("points", "step"),
    "conversion": ("every", "days"),
    "offset": ("ratio",),
}
_NOT_LESS = {"veto": ("score",), "quota": ("at_most",), "score_sub_item": ("marks",)}


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each such figure, those of bands and pieces too."""
    for route, norm in policy.norms():
        for where, figure, most in _figures(norm, route):
            if figure < 0 or (most and not figure):
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


def _figures(norm: Norm, route: Route) -> Iterator[tuple[Route, Decimal, bool]]:
    """Where, the figure, and whether it must be more than nought."""
    for table, more in ((_MORE, True), (_NOT_LESS, False)):
        for field in table.get(norm.kind, ()):
            value = getattr(norm, field)
            if value is not None:
                yield (*route, field), Decimal(value), more
    for n, band in enumerate(getattr(norm, "bands", ())):
        yield (*route, "bands", n, "points"), band.points, False
    for n, piece in enumerate(getattr(norm, "pieces", ())):
        yield (*route, "pieces", n), Decimal(piece), True


def _why(figure: Decimal) -> Text:
    if figure < 0:
        return Text("负数会把方向反过来", "less than nought turns it round")
    return Text("零不起作用", "nought has no effect")
