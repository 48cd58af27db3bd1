"""会商各方齐全

会商确定后就可以实施的变更，规定的各方都要签署同意；是哪几方，见下面的依据。
状态为已批准、已实施、已结算的，缺一方或有一方不同意，都是错误；还在会商的不查。
会商只在这一档必备，其他档次的申报由申请单位签章。

一方签过几次的，看最后一次。紧急变更已实施的，由“紧急变更补办手续”提示。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Text
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.progress import last_signature
from banshi.subjects.change.step_forms import agrees

TITLE = Text("会商各方齐全", "Every party consults")
SEVERITY = "error"
BASIS = ("approval_gate", "consultation")
GOOD = """
project:
  contract: {provisional_sum: 200000.00}     # 变更先用暂列金，支出没有超过中标价
changes:
  - tier: consultation
    opinions: []
"""
BAD = """
project:
  contract: {provisional_sum: 200000.00}
changes:
  - tier: consultation
    opinions: []
    consultation:                            # 监理单位没有签
      - {party: owner, conclusion: 同意, signed_on: 2012-03-05}
      - {party: designer, conclusion: 同意, signed_on: 2012-03-05}
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The signatures of the parties on whose consultation the tier rests."""
    law, gate = case.law, case.procedures and case.procedures.consultation(case.change.tier)
    if law is None or not gate or not case.must_be_complete:
        return
    signed = {party: last_signature(case.change, party) for party in gate.norm.parties}
    missing = [party for party, found in signed.items() if found is None]
    if missing:
        names = listed(law.office_name(party) for party in missing)
        yield Problem(
            where=("consultation",),
            message=Text(
                f"状态为 {case.change.status_name}，会商缺{names}的签署",
                f"status {case.change.status}, but {', '.join(missing)} did not sign",
            ),
            fix=Text(
                f"请{names}签署后填入 consultation；会商没有完的，status 写 submitted。",
                f"Have {', '.join(missing)} sign; while consultation goes on, set status: submitted.",
            ),
            basis=(gate.cite,),
        )
    for party, found in signed.items():
        if found and not agrees(found[1].conclusion):
            place, signature = found
            yield Problem(
                where=("consultation", place, "conclusion"),
                message=Text(
                    f"{law.office_name(party)}签署的是“{signature.conclusion}”，状态却是 {case.change.status_name}",
                    f"{party} wrote “{signature.conclusion}”, yet the status is {case.change.status}",
                ),
                fix=Text(
                    "协商一致并重新签署后再实施；没有一致的，status 写 rejected。",
                    "Consult again and sign anew; if there is no agreement, set status: rejected.",
                ),
                basis=(gate.cite,),
            )
