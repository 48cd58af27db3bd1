"""申报天数与起止一致

写了申报天数的，要与开始日、结束日之间的工作日相合：一天以内的可以少于起止（如 0.25 天），更长的只能少不到半天。
申报的是全部日历日的，按工作日计，只作提醒；其余不相合的，天数和起止必有一个填错，不知道是哪一个，那几天的考勤不作判定。
假别按日历日计的，与日历日比。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.subjects.attendance.case import RegisterInLaw

TITLE = Text("申报天数与起止一致", "A declared length agrees with the days")
SEVERITY = "error"
BASIS = ()
GOOD = """
leave:
  - {staff: A02, kind: sick, from: 2010-03-03, to: 2010-03-05, days: 3, requested_at: 2010-03-02 10:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group],
     certificate: {hospital: 样例市人民医院, insurance: true}}
"""
BAD = """
leave:
  - {staff: A02, kind: sick, from: 2010-03-03, to: 2010-03-05, days: 2, requested_at: 2010-03-02 10:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group],
     certificate: {hospital: 样例市人民医院, insurance: true}}     # 3 日至 5 日是 3 个工作日
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each leave whose declared length is not that of its days."""
    for each in case.misdeclared:
        yield Problem(
            where=("leave", each.index, "days"),
            severity=Severity.WARNING if each.by_calendar else None,
            message=each.text(case.words),
            fix=Text("核对起止和天数，改正填错的一个。", "Check the days and the length; correct the wrong one."),
        )
