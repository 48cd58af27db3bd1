"""一天以上经单位同意

2009年12月1日起，离岗一天以上的书面申请须经所在单位签署同意。相连的两个半天合为一天。
"""

from collections.abc import Iterator

from banshi.attendance.case import Case
from banshi.attendance.problems import lacking
from banshi.rules import Problem, Text

TITLE = Text("一天以上经单位同意", "The unit consents to a day or more")
SEVERITY = "error"
BASIS = ("day-leave",)
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


def check(case: Case) -> Iterator[Problem]:
    """Each leave."""
    yield from lacking(case, "unit_consent")
