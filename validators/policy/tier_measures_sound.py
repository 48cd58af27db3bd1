"""档次的算法说得清

审批档次可以按几种算法定：单项、累计、占合同价的比例、变更的类别。
几种算法并用的，必须另有一个规范点（tier_choice）说明结果不同时从严还是从宽，否则判不出应走哪一档。
按比例（%）定的，必须写明占什么的比例（base）；按金额定的，不写 base。
一个类别、一种情形只写在一条里：写在两条里的，只有较严的一档起作用。
按超出中标价的部分（of: excess）定的，必须有把支出同中标价相比的关口（approval_gate），单项、累计在这里没有区别。
"""

from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.instruments import Placed
from banshi.law.norms import ApprovalGate, ApprovalTier, ClassTier, TierChoice
from banshi.law.norms.change import PER_CENT

TITLE = Text("档次的算法说得清", "How tiers are measured is stated")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_SHARE = """
provisions:
  - id: "1"
    label: 一
    heading: 档次
    source: {lines: [1, 4]}
    norms:
      - id: small
        kind: approval_tier
        statement: "累计占中标价{amount}的，由财政部门批准。"
        tier: finance
        measure: cumulative
        BASE
        amount: {upper: {value: 5, inclusive: true}, unit: "%"}
      - id: large
        kind: approval_tier
        statement: "累计占中标价{amount}的，由市政府批准。"
        tier: government
        measure: cumulative
        BASE
        amount: {lower: {value: 5, inclusive: false}, unit: "%"}
"""
GOOD = _SHARE.replace("BASE", "base: bid_price")
BAD = _SHARE.replace("        BASE\n", "")  # 没有写占什么的比例


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each tier's unit against its base; several measures without a choice."""
    own = [found for found in policy.norms() if isinstance(found[1], ApprovalTier | ClassTier)]
    if not own:
        return
    law = policy.law("change")
    yield from _called_for_twice(
        [(route, norm) for route, norm in own if isinstance(norm, ClassTier)], law.all(ClassTier)
    )
    scales = {repr(placed.norm.scale) for placed in law.all(ApprovalTier)}
    several = len(scales) + bool(law.all(ClassTier)) > 1
    for route, norm in own:
        if isinstance(norm, ApprovalTier):
            yield from _of_tier(route, norm)
            if norm.of == "excess" and law.one(ApprovalGate) is None:
                yield _no_gate(route)
        if several and law.one(TierChoice) is None:
            several = False  # said once
            yield Problem(
                where=route,
                message=Text(
                    "档次按几种算法定，没有写明结果不同时取哪一档",
                    "tiers are measured in several ways, and nothing says which applies where they differ",
                ),
                fix=Text("加一个规范点 kind: tier_choice，写明从严或从宽。", "Add a norm of kind tier_choice."),
            )


def _called_for_twice(own: list[tuple[Route, ClassTier]], every: list[Placed[ClassTier]]) -> Iterator[Problem]:
    """A class or a criterion that another norm names too: of two tiers the looser is never gone."""
    for route, norm in own:
        for field in ("classes", "criteria"):
            for n, named in enumerate(getattr(norm, field)):
                others = (p.norm for p in every if p.norm is not norm and named in getattr(p.norm, field))
                other = next((each for each in others if each.id != norm.id), None)
                if other is not None and (norm.tier != other.tier or norm.id < other.id):
                    yield Problem(
                        where=(*route, field, n),
                        message=Text(
                            f"{named} 已经写在 {other.id} 里：两条说的是同一种，只有较严的一档起作用",
                            f"{other.id} names {named}, too: only the stricter of their tiers has an effect",
                        ),
                        fix=Text("对照原文，写在一条里。", "Name it in one of them, as the source has it."),
                    )


def _no_gate(route: tuple[str | int, ...]) -> Problem:
    return Problem(
        where=(*route, "of"),
        message=Text(
            "按超出中标价的部分定档次，没有把支出同中标价相比的关口",
            "the excess over the bid price needs a gate that compares with it",
        ),
        fix=Text(
            "加一个规范点 kind: approval_gate，或换一种额。",
            "Add a norm of kind approval_gate, or measure something else.",
        ),
    )


def _of_tier(route: tuple[str | int, ...], norm: ApprovalTier) -> Iterator[Problem]:
    share = norm.amount.unit == PER_CENT
    if share and norm.base is None:
        yield Problem(
            where=(*route, "amount"),
            message=Text("按比例定档次，没有写明占什么的比例", "a share, and nothing says of what"),
            fix=Text("加 base，如 base: contract_price。", "Add base, for instance contract_price."),
        )
    if not share and (norm.base or norm.base_within):
        yield Problem(
            where=(*route, "base" if norm.base else "base_within"),
            message=Text("按金额定档次，用不上 base", "the tier is in yuan: base is not used"),
            fix=Text("删去这一项，或把金额范围的单位改为 %。", "Delete it, or give the amount in %."),
        )
