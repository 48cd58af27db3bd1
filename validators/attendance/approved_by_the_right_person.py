"""批假的人对

2009年12月1日前按假别：病假、事假由政务服务中心领导同意；此后按长短：不满半天向组长请假，半天以上不满一天由组长批准
（组长不在时副组长），一天以上由督察科批准。相连的请假合起来算长短。中心工作人员没有小组，由综合科长代组长。

因公请假、年休假“经同意”，2007年制度没有写由谁同意；记下实际同意的人，理解口径所列的都不算错。
"""

from collections.abc import Iterator

from banshi.attendance.case import Case
from banshi.attendance.problems import lacking
from banshi.rules import Problem, Text

TITLE = Text("批假的人对", "Leave is approved by whom the rules name")
SEVERITY = "error"
BASIS = ("short-leave", "half-day-leave", "day-leave", "sick-leave", "personal-leave", "official-leave", "annual-leave")
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


def check(case: Case) -> Iterator[Problem]:
    """Each leave."""
    yield from lacking(case, "approver")
