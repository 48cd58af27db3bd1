"""紧急变更补办手续

紧急变更经同意可以先实施，审批手续仍要按申报档次补办。已实施而手续还不全的，在这里提示缺什么；
指定核对日期（--as-of）时，写明实施至今多少天。

这里只提示时间；适用文件写有补办期限的，超期由“紧急变更该有的日期”判断。状态已是已批准、已结算的，按齐全的要求由其他规则查对。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.norms import Emergency
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.implementation import approved

TITLE = Text("紧急变更补办手续", "Emergencies are regularised")
SEVERITY = "note"
BASIS = ("emergency", "record when=emergency")
ONLY_WITH = ("emergency",)
GOOD = """
changes:
  - emergency:
      {joint_meeting_on: 2012-03-05, opinion_on: 2012-03-05, government_consent_on: 2012-03-06, records: [抢险影像]}
    implemented_on: 2012-03-06
    attachments: [{kind: photos, file: 抢险照片.zip}]
"""
BAD = """
changes:
  - emergency:
      {joint_meeting_on: 2012-03-05, opinion_on: 2012-03-05, government_consent_on: 2012-03-06, records: [抢险影像]}
    implemented_on: 2012-03-06
    attachments: [{kind: photos, file: 抢险照片.zip}]
    opinions: []             # 还没有补办
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Emergencies that were carried out while their procedure is not complete."""
    law, change = case.law, case.change
    if law is None or change.emergency is None or not law.all(Emergency) or case.must_be_complete:
        return
    decision = approved(case, law)
    if change.implemented_on is None or decision.determined or change.tier not in law.tiers:
        return
    limits = (p.norm.regularised_within for p in law.all(Emergency))
    limit = next((each for each in limits if each is not None), None)
    within = Text(
        f"适用文件规定开工后{limit.phrase({})}内补报" if limit else "原文没有规定补办期限",
        f"papers are due within {limit.value} {limit.unit} of the start" if limit else "the text sets no limit for it",
    )
    missing = Text("；".join(r.text.zh for r in decision.reasons), "; ".join(r.text.en for r in decision.reasons))
    since = Text("", "")
    if case.filing.as_of and case.filing.as_of >= change.implemented_on:
        age = (case.filing.as_of - change.implemented_on).days
        since = Text(f"，至 {case.filing.as_of} 已 {age} 天", f", {age} days before {case.filing.as_of}")
    yield Problem(
        where=("emergency",),
        at_key=True,
        message=Text(
            f"紧急变更于 {change.implemented_on} 实施{since.zh}，手续没有补齐：{missing.zh}",
            f"an emergency, carried out on {change.implemented_on}{since.en}, is not regularised: {missing.en}",
        ),
        fix=Text(
            f"按申报档次补办审批，办结后填上意见；{within.zh}。",
            f"Complete the procedure of the declared tier and enter its opinions; {within.en}.",
        ),
    )
