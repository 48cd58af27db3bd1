"""该经单位同意的已经同意

考勤办法施行后，达到规定长短的书面申请须经所在单位签署同意，界限见下面的依据。相连的请假合起来算长短。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.problems import lacking

TITLE = Text("该经单位同意的已经同意", "The unit has consented where it must")
SEVERITY = "error"
BASIS = ("leave_approval unit_consent=true",)
GOOD = """
leave:
  - {staff: A02, kind: personal, from: 2010-03-10, requested_at: 2010-03-09 10:00, approved_at: 2010-03-09 15:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group]}
"""
BAD = """
leave:
  - {staff: A02, kind: personal, from: 2010-03-10, requested_at: 2010-03-09 10:00, approved_at: 2010-03-09 15:00,
     form: written, approver: supervision_section, unit_consent: false, filed_with: [group]}     # 没有单位签署同意
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each leave."""
    yield from lacking(case, "unit_consent")
