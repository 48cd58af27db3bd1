"""请假方式符合规定

较长的请假须书面申请，较短的可以当面或电话，界限见下面的依据。考勤办法施行前按假别，要书面假条的不分长短。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.problems import lacking

TITLE = Text("请假方式符合规定", "Leave is asked for in the required form")
SEVERITY = "error"
BASIS = ("leave_approval form=written",)
GOOD = """
leave:
  - {staff: A02, kind: personal, from: 2010-03-10, requested_at: 2010-03-09 10:00, approved_at: 2010-03-09 15:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group]}
"""
BAD = """
leave:
  - {staff: A02, kind: personal, from: 2010-03-10, requested_at: 2010-03-09 10:00, approved_at: 2010-03-09 15:00,
     form: phone, approver: supervision_section, unit_consent: true, filed_with: [group]}     # 一天以上须书面申请
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each leave."""
    yield from lacking(case, "form")
