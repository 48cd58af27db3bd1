"""先批准、后离岗

请假要事前申请，书面的要先批准、后离岗。晚到、早走因急事不能事先请假的，可以电话说明。

考勤办法施行后，特殊情况经政务服务中心同意，可以事后补办手续：填“补办同意者”和“补办同意日”（special_approval）。突发疾病来不及申请的，填 sudden，
并记下已向谁报告。当天申请而没有记下离岗时刻的，上下班时刻原文未载明，是否事前不能判定，不算错。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.problems import lacking

TITLE = Text("先批准、后离岗", "Leave is approved before it begins")
SEVERITY = "error"
BASIS = ("leave_approval", "consequence of=leave_rules_broken unless=*")
GOOD = """
leave:
  - {staff: A02, kind: personal, from: 2010-03-10, requested_at: 2010-03-09 10:00, approved_at: 2010-03-09 15:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group]}
"""
BAD = """
leave:
  - {staff: A02, kind: personal, from: 2010-03-10, left_at: "09:10", requested_at: 2010-03-09 10:00, approved_at: 2010-03-10 16:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group]}     # 离岗之后才批准
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each leave."""
    yield from lacking(case, "advance", "report")
