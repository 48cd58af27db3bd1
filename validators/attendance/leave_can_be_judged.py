"""请假能够判定

没有施行中的规定管这类请假，或缺少申请时间、离岗时刻而说不清是否事前的，只作提示：不当作错，也不当作对。
辖区有考勤请假的文件、只是请假那天没有施行的，是错误：没有作出的判断不能当作通过。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.rulebook import SUBJECT as ATTENDANCE

TITLE = Text("请假能够判定", "A leave can be judged")
SEVERITY = "note"
BASIS = ()
GOOD = """
leave:
  - {staff: A02, kind: sick, from: 2010-03-03, to: 2010-03-04, requested_at: 2010-03-02 10:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group],
     certificate: {hospital: 样例市人民医院, insurance: true}}
"""
BAD = """
leave:
  - {staff: A02, kind: sick, from: 2010-03-03, to: 2010-03-04,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group],
     certificate: {hospital: 样例市人民医院, insurance: true}}     # 没有记下申请时间
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each leave that the rules leave undecided."""
    for entry in case.entries:
        decision = entry.decision
        if decision is None:
            continue
        in_force = tuple(version.cite for version in case.book.at(entry.leave.start).versions)
        gap = not in_force and case.book.library.begins(case.book.jurisdiction, ATTENDANCE) is not None
        for reason in decision.doubts or (decision.reasons if decision.value is None else ()):
            yield Problem(
                where=("leave", entry.index, "from"),
                severity=Severity.ERROR if gap else Severity.NOTE,
                message=Text(f"{entry.leave.staff}：{reason.text.zh}", f"{entry.leave.staff}: {reason.text.en}"),
                fix=Text(
                    "补填“申请时间”（requested_at）或“离岗时刻”（left_at）；核对假别和日期。",
                    "State requested_at or left_at; check kind and date.",
                ),
                basis=(reason.basis,) if reason.basis else in_force,  # whose provisions leave it open
            )
