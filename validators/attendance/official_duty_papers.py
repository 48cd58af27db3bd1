"""公假有规定的文件

规定要凭文件请的公假，登记里要写明有规定的文件；施行以前没有这一要求的，不查。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.problems import lacking

TITLE = Text("公假有规定的文件", "Official duty has its papers")
SEVERITY = "error"
BASIS = ("record when=official_duty",)
GOOD = """
from: 2011-04-01
to: 2011-04-30
leave:
  - {staff: A02, kind: official_duty, from: 2011-04-13, to_half: am, requested_at: 2011-04-12 10:00,
     approved_at: 2011-04-12 15:00, form: written, approver: group_leader, filed_with: [supervision_section],
     papers: [meeting_notice]}
punches: []
"""
BAD = """
from: 2011-04-01
to: 2011-04-30
leave:
  - {staff: A02, kind: official_duty, from: 2011-04-13, to_half: am, requested_at: 2011-04-12 10:00,
     approved_at: 2011-04-12 15:00, form: written, approver: group_leader,
     filed_with: [supervision_section]}     # 没有规定的文件
punches: []
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each leave."""
    yield from lacking(case, "papers")
