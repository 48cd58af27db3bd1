"""批假的人对

由谁批准，看请假那天施行的规定：较早的请假制度按假别，后来的考勤办法按长短；各档的界限和批准人见下面的依据。
相连的请假合起来算长短。没有小组的人员由谁代批，按规定或口径。

规定只写“经同意”、没有写由谁同意的，实际同意的人，理解口径所列的都不算错。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.problems import lacking

TITLE = Text("批假的人对", "Leave is approved by whom the rules name")
SEVERITY = "error"
BASIS = ("leave_approval approver=*",)
GOOD = """
leave:
  - {staff: A02, kind: personal, from: 2010-03-10, to_half: am, requested_at: 2010-03-09 10:00,
     form: written, approver: group_leader, filed_with: [supervision_section]}
"""
BAD = """
leave:
  - {staff: A02, kind: personal, from: 2010-03-10, to_half: am, requested_at: 2010-03-09 10:00,
     form: written, approver: unit, filed_with: [supervision_section]}     # 半天由组长批准
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each leave."""
    yield from lacking(case, "approver")
