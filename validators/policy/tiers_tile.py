"""审批档次首尾相接

同一文件里各档的金额范围应当首尾相接：既没有哪个金额落在两档，也没有哪个金额哪一档都不管。

按界限的数值和“是否含本数”逐对比较相邻两档。区、县另定额度的，和所属市的其余各档合在一起看。
最高一档应当没有上限。金额大的一档不应反而比金额小的宽。
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.instruments import Placed
from banshi.law.intervals import seams
from banshi.law.norms import ApprovalTier

TITLE = Text("审批档次首尾相接", "Approval tiers tile the axis of amounts")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
GOOD = """
title: 样例变更办法（虚构，两档相接）
"""
BAD = """
provisions:
  - id: "1"
    label: 一
    heading: 档次
    source: {lines: [1, 4]}
    norms:
      - id: finance-tier
        kind: approval_tier
        statement: "{amount}的，由财政部门批准。"
        tier: finance
        measure: larger_of_single_and_cumulative
        amount: {lower: {value: 0, inclusive: false}, upper: {value: 100000, inclusive: true}, unit: 元}
      - id: government-tier
        kind: approval_tier
        statement: "{amount}的，由市政府批准。"
        tier: government
        measure: larger_of_single_and_cumulative
        amount: {lower: {value: 200000, inclusive: false}, unit: 元}   # 10万元至20万元没有档次
"""


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Gaps, overlaps, and a highest tier with an upper end."""
    version = policy.version
    if "approval_tier" not in version.by_kind:
        return
    scales: dict[str, list[Placed[ApprovalTier]]] = {}
    for placed in policy.law("change").all(ApprovalTier):
        scales.setdefault(repr(placed.norm.scale), []).append(placed)
    for tiers in scales.values():
        yield from _tiled(policy, tiers)
        yield from _rising(policy, tiers)


def _rising(policy: PolicyFile, tiers: list[Placed[ApprovalTier]]) -> Iterator[Problem]:
    """More money needs no looser tier; amounts below nought (what is saved) aside."""
    order = policy.law("change").tiers
    above = [
        p for p in tiers if p.norm.tier in order and (p.norm.amount.upper is None or p.norm.amount.upper.value > 0)
    ]
    above.sort(key=lambda p: p.norm.amount.lower.value if p.norm.amount.lower else Decimal("-Infinity"))
    for less, more in pairwise(above):
        if order.index(more.norm.tier) < order.index(less.norm.tier):
            yield Problem(
                where=_route(policy, more),
                severity=Severity.WARNING,
                message=Text(
                    f"“{more.norm.amount.phrase({})}”归 {more.norm.tier}，比“{less.norm.amount.phrase({})}”的 {less.norm.tier} 还宽：金额大的反而松",
                    f"{more.norm.id}: a larger amount needs {more.norm.tier}, looser than {less.norm.tier} of {less.norm.id}",
                ),
                fix=Text(
                    "对照原文改正档次；tiers 要由宽到严排列。",
                    "Correct the tier; tiers are listed from the loosest on.",
                ),
                basis=(less.cite, more.cite),
            )


def _tiled(policy: PolicyFile, tiers: list[Placed[ApprovalTier]]) -> Iterator[Problem]:
    """The tiers of one scale."""
    for seam in seams([placed.norm.bounds for placed in tiers]):
        pair = tiers[seam.first], tiers[seam.second]
        yield _problem(policy, pair, seam.kind, seam.where)
    if all(placed.norm.amount.upper is not None for placed in tiers):
        highest = max(tiers, key=lambda p: p.norm.amount.upper.value if p.norm.amount.upper else 0)
        yield Problem(
            where=_route(policy, highest),
            message=Text(
                "最高一档有上限，超出的金额没有档次", "the highest tier has an upper end; larger amounts have no tier"
            ),
            fix=Text("删去最高一档的 upper。", "Delete the highest tier's upper."),
            basis=(highest.cite,),
        )


def _problem(
    policy: PolicyFile, pair: tuple[Placed[ApprovalTier], Placed[ApprovalTier]], kind: str, where: str
) -> Problem:
    first, second = pair
    said, said_en = (
        ("落在两档", "falls into both tiers") if kind == "overlap" else ("哪一档都不管", "falls into no tier")
    )
    return Problem(
        where=_route(policy, second if second.version is policy.version else first),
        message=Text(
            f"{where} {said}：“{first.norm.amount.phrase({})}”与“{second.norm.amount.phrase({})}”没有首尾相接",
            f"{where} {said_en}: {first.norm.id} and {second.norm.id} do not meet",
        ),
        fix=Text(
            "让前一档的 upper 与后一档的 lower 数值相同，并且只有一个含本数。",
            "Give one's upper and the other's lower the same value, inclusive in exactly one of them.",
        ),
        basis=(first.cite, second.cite),
    )


def _route(policy: PolicyFile, placed: Placed[ApprovalTier]) -> tuple[str | int, ...]:
    return next(((*route, "amount") for route, norm in policy.norms() if norm.id == placed.norm.id), ("provisions",))
