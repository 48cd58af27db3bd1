"""各天的考勤判定得了

按班次上班的人，每个工作日都要排班（休息的写休息，请假的除外）；排的班次，规定里要有这类人员这一班的时段。
没有排班、没有时段的天，打卡再全也不能判定。
登记里有值班日志、当天施行的规定没有写它算数的，日志记的违纪没有计入，也在这里说明。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.left_open import log_left_out, no_such_shift, unrostered

TITLE = Text("各天的考勤判定得了", "Every day can be judged")
SEVERITY = "warning"
BASIS = ("evidence", "punch_window")
GOOD = """
duty_log: []
"""
BAD = """
jurisdiction: elsewhere
from: 2012-03-05
to: 2012-03-07
windows: []
staff:
  - {id: G01, group: guard}
punches: []
leave: []
roster:                                                   # 6日没有排班
  - {staff: G01, day: 2012-03-05, shift: early}
  - {staff: G01, day: 2012-03-07, shift: late}            # 晚班只有大厅人员的时段
duty_log:
  - {staff: G01, day: 2012-03-06, finding: late}          # 没有规定值班日志算数
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each group that works by a roster; the duty log."""
    register = case.register
    working = case.working_days(register.start, register.end)
    people = {person.id: n for n, person in enumerate(register.staff)}
    entries = {(entry.staff, entry.day): n for n, entry in enumerate(register.roster)}
    for group in sorted({person.group for person in register.people.values()}):
        for person, why in unrostered(case, group, working):
            fix = Text("把这些天的班次补进排班；休息的写休息。", "Add the shifts of these days; of rest too.")
            yield Problem(where=("staff", people[person.id]), message=why.text, fix=fix)
        for person, day, why in no_such_shift(case, group):
            place = ("roster", entries[person.id, day]) if (person.id, day) in entries else ("roster",)
            fix = Text("核对班次和人员类别，改正写错的一个。", "Correct the shift, or the group of the person.")
            yield Problem(where=place, message=why.text, fix=fix)
    for why in log_left_out(case):
        fix = Text(
            "核对登记的月份和辖区；规定确实没有写的，不用改。",
            "Look at month and jurisdiction; if the law is so, leave it.",
        )
        yield Problem(where=("duty_log",), message=why.text, fix=fix, basis=(why.basis,) if why.basis else ())
