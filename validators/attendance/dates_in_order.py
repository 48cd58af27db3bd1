"""起止日期先后一致

登记和请假的结束不得早于开始；批准不得早于申请。先后颠倒的请假算不出天数。打卡日期不在登记期间的，不会计入，按填错处理。
"""

from collections.abc import Iterator

from banshi.attendance.case import Case
from banshi.attendance.forms import Leave
from banshi.rules import Problem, Text

TITLE = Text("起止日期先后一致", "Dates are in order")
SEVERITY = "error"
BASIS = ()
GOOD = """
leave:
  - {staff: A02, kind: sick, from: 2010-03-03, to: 2010-03-04, requested_at: 2010-03-02 10:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group],
     certificate: {hospital: 样例市人民医院, insurance: true}}
"""
BAD = """
leave:
  - {staff: A02, kind: sick, from: 2010-03-03, to: 2010-03-02, requested_at: 2010-03-02 10:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group],
     certificate: {hospital: 样例市人民医院, insurance: true}}     # 结束早于开始
"""


def check(case: Case) -> Iterator[Problem]:
    """The register, each leave, each punch."""
    register = case.register
    if register.end < register.start:
        yield Problem(where=("to",), message=_reversed(str(register.start), str(register.end)), fix=_FIX)
        return
    for n, leave in enumerate(register.leave):
        yield from _leave(n, leave)
    for n, punch in enumerate(register.punches):
        if not register.start <= punch.day <= register.end:
            message = Text(
                f"{punch.staff} 的打卡 {punch.day} 不在登记期间 {register.start} 至 {register.end}",
                f"{punch.staff}: {punch.day} is not between {register.start} and {register.end}",
            )
            yield Problem(where=("punches", n, "day"), message=message, fix=_FIX)


def _leave(n: int, leave: Leave) -> Iterator[Problem]:
    start, end = (leave.start, leave.from_half), (leave.last, leave.to_half)
    if end < start:
        yield Problem(
            where=("leave", n, "to" if leave.end else "to_half"),
            message=_reversed(f"{start[0]} {start[1]}", f"{end[0]} {end[1]}"),
            fix=_FIX,
        )
    asked, approved = leave.requested_at, leave.approved_at
    if asked and approved and approved < asked:
        yield Problem(
            where=("leave", n, "approved_at"),
            message=Text(f"{approved} 批准，早于申请的 {asked}", f"approved at {approved}, requested at {asked}"),
            fix=_FIX,
        )


def _reversed(start: str, end: str) -> Text:
    return Text(f"自 {start} 起，到 {end} 为止，先后颠倒", f"it ends ({end}) before it begins ({start})")


_FIX = Text("改正填错的日期。", "Correct the wrong date.")
