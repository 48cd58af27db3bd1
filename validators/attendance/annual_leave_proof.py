"""年休假有天数证明

请年休假须有单位出具的年休假天数证明。后来的考勤办法没有写这一点，仍依较早的请假制度。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.attendance.case import Case
from banshi.subjects.attendance.problems import lacking

TITLE = Text("年休假有天数证明", "Annual leave has the unit's proof of its days")
SEVERITY = "error"
BASIS = ("leave_approval proofs=*",)
GOOD = """
leave:
  - {staff: A02, kind: annual, from: 2010-03-10, requested_at: 2010-03-09 10:00, approved_at: 2010-03-09 15:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group, supervision_section], papers: [unit_certificate]}
"""
BAD = """
leave:
  - {staff: A02, kind: annual, from: 2010-03-10, requested_at: 2010-03-09 10:00, approved_at: 2010-03-09 15:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group, supervision_section]}     # 没有天数证明
"""


def check(case: Case) -> Iterator[Problem]:
    """Each leave."""
    yield from lacking(case, "proof")
