"""档次因理解口径而不同

原文有几处可以有不止一种理解：划分档次的金额量的是什么、变更后支出怎样计算、施行前的变更计不计入累计。
适用文件为每一处选定了一种口径，申报档次按选定的口径核对。本规则再按其余口径各算一遍，
结果落到别的档次时，把每种口径和它的档次都列出来，并建议按最严的一档办理；申报的已经够严的，只作提示。

这是提醒，不是说申报错了：按选定口径申报并无不可，但别人可能另有理解，宜先与审批部门说定。
未批准、已撤回的不提醒；金额单位存疑的，先改金额。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.law.library import Law
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.tiers import TierDecision

TITLE = Text("档次因理解口径而不同", "The tier depends on how the text is read")
SEVERITY = "warning"
BASIS = ("approval_gate", "approval_tier")
GOOD = """
changes:
  - tier: finance        # 净额、超出额、增加额都是 80,000 元，各种口径都是同一档
"""
BAD = """
project:
  contract: {provisional_sum: 250000}
changes:
  - tier: government     # 净额 300,000 元；但支出只超出中标价 50,000 元
    status: submitted
    implemented_on: null
    opinions: []
    items:
      - item: "040101001"
        name: 挖一般土方
        unit: m3
        quantity_before: 1000
        quantity_after: 16000
        unit_price: 20.00
        pricing_basis: same_item
        increase: 300000.00
        decrease: 0
    amounts:
      increase: 300000.00
      net: 300000.00
      cumulative: 300000.00
      net_in_words: 叁拾万元整
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Other readings that lead to another tier."""
    law, decision = case.law, case.tier
    if law is None or decision is None or not decision.value or case.dropped or case.unit_doubtful:
        return
    if decision.alternatives:
        taken, others = law.tier_name(decision.value), decision.alternatives
        zh = f"按选定的口径为“{taken.zh}”；" + "；".join(a.text.zh for a in others)
        en = f"“{taken.en}” under the readings taken; " + "; ".join(a.text.en for a in others)
        yield Problem(
            where=("tier",),
            severity=Severity.NOTE if _enough(case, decision) else None,
            message=Text(zh, en),
            fix=_advice(case, law, decision),
            reading_dependent=True,
        )


def _enough(case: FiledForm, decision: TierDecision) -> bool:
    """Whether the declared tier is at least as strict as any reading asks."""
    declared = case.change.tier
    return declared in decision.order and not decision.looser(declared, decision.strictest)


def _advice(case: FiledForm, law: Law, decision: TierDecision) -> Text:
    strictest, declared = law.tier_name(decision.strictest), law.tier_name(case.change.tier)
    if _enough(case, decision):
        best = case.change.tier == decision.strictest
        return Text(
            f"已按{'最严的' if best else ''}“{declared.zh}”申报，各种口径都够，不用改。",
            f"“{declared.en}” as declared satisfies every reading; leave it.",
        )
    return Text(
        f"宜按最严的办：tier: {decision.strictest}（{strictest.zh}）；不改的，先与审批部门说定。",
        f"Better declare the strictest, tier: {decision.strictest}; or agree on the reading with the office first.",
    )
