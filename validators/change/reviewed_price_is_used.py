"""报批金额与评审价一致

评审之后再报批的，报的价款应是评审价。
评审价与本表净额不同的，是警告：评审核减（或核增）以后，明细、合计、净额要随之改正，档次也可能变化。

没有评审报告的不查；金额单位可疑的，先由“金额以元为单位”等规则查对。
"""

from collections.abc import Iterator

from banshi.base.money import yuan, yuan_en
from banshi.checking.rules import Problem, Text
from banshi.law.norms import Procedure
from banshi.subjects.change.filing import FiledForm

TITLE = Text("报批金额与评审价一致", "The amount put forward is the reviewed price")
SEVERITY = "warning"
BASIS = ("procedure",)
EXAMPLE = "full-procedure"
GOOD = """
changes:
  - review: {submitted_price: 612000.00, reviewed_price: 600000.00}     # 净额 600,000 元
"""
BAD = """
changes:
  - review: {submitted_price: 600000.00, reviewed_price: 571300.00}     # 核减后净额没有改
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The reviewed price against the net amount."""
    review, net = case.change.review, case.change.amounts.net
    if case.law is None or review is None or case.drafted or case.dropped or case.unit_doubtful:
        return
    if review.reviewed_price == net:
        return
    apart = abs(review.reviewed_price - net)
    yield Problem(
        where=("review", "reviewed_price"),
        message=Text(
            f"评审价 {yuan(review.reviewed_price)}，本次净额 {yuan(net)}，相差 {yuan(apart)}",
            f"reviewed at {yuan_en(review.reviewed_price)}, net amount {yuan_en(net)}: {yuan_en(apart)} apart",
        ),
        fix=Text(
            "按评审结果改明细和 amounts；评审价另含其他内容的，在变更原因中说明。",
            "Bring the rows and amounts in line with the evaluation; if it covers more, say so in the reason.",
        ),
        basis=tuple(placed.cite for placed in case.law.all(Procedure) if _evaluates_or_grants(placed.norm, case)),
    )


def _evaluates_or_grants(procedure: Procedure, case: FiledForm) -> bool:
    """Whether the evaluation, or the reply to what was evaluated, is a step of this stretch of the form's tier."""
    documents = {step.document for stage in procedure.stages for step in stage.steps}
    return procedure.tier == case.change.tier and bool(documents & {"review", "government_reply"})
