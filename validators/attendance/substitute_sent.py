"""离岗有人代岗

较早的制度凡请假都要由原单位派人代岗；考勤办法施行后，只有一人值班的窗口离岗达到规定长短的，代岗人员派出后才能离开。
窗口值班人数取窗口的 on_duty；没有写的，按名册上该窗口的人数。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.problems import lacking

TITLE = Text("离岗有人代岗", "A substitute stands in")
SEVERITY = "error"
BASIS = ("cover substitute=true",)
GOOD = """
leave:
  - {staff: A03, kind: personal, from: 2010-03-10, to_half: am, requested_at: 2010-03-09 10:00,
     form: written, approver: group_leader, filed_with: [supervision_section],
     substitute: {name: 代岗人员甲, dispatched_at: 2010-03-09 17:00}}
"""
BAD = """
leave:
  - {staff: A03, kind: personal, from: 2010-03-10, to_half: am, requested_at: 2010-03-09 10:00,
     form: written, approver: group_leader, filed_with: [supervision_section]}     # 只有一人值班的窗口，没有人代岗
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each leave."""
    yield from lacking(case, "substitute")
