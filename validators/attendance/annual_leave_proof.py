"""年休假有天数证明

规定要凭证明请的年休假，登记里要写明有证明；后来的文件没有写这一点的，仍依较早的文件。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.attendance.case import RegisterInLaw
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


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each leave."""
    yield from lacking(case, "proof")
