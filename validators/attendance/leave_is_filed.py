"""请假已备案

半天以上不满一天的，报督察科备案；一天以上的，送所在小组备案；年休假还要报督察科备案。没有写期限，只看有没有备案。
"""

from collections.abc import Iterator

from banshi.attendance.case import Case
from banshi.attendance.problems import lacking
from banshi.rules import Problem, Text

TITLE = Text("请假已备案", "Leave is filed where the rules say")
SEVERITY = "error"
BASIS = ("half-day-leave", "day-leave", "annual-leave")
GOOD = """
leave:
  - {staff: A02, kind: personal, from: 2010-03-10, requested_at: 2010-03-09 10:00, approved_at: 2010-03-09 15:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group]}
"""
BAD = """
leave:
  - {staff: A02, kind: personal, from: 2010-03-10, requested_at: 2010-03-09 10:00, approved_at: 2010-03-09 15:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [supervision_section]}     # 一天以上送所在小组备案
"""


def check(case: Case) -> Iterator[Problem]:
    """Each leave."""
    yield from lacking(case, "filing")
