"""起止日期先后一致

登记和请假的结束不得早于开始；批准不得早于申请。先后颠倒的请假算不出天数。打卡、值班日志、说明登记的日期不在登记期间的，不会计入，按填错处理。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.forms import Half, Leave
from banshi.subjects.attendance.words import HALVES

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


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """The register, each leave, each row of a day."""
    register = case.register
    if register.end < register.start:
        yield Problem(where=("to",), message=_reversed(str(register.start), str(register.end)), fix=_FIX)
        return
    for n, leave in enumerate(register.leave):
        yield from _leave(n, leave)
    for part, called in _DATED.items():
        for n, row in enumerate(getattr(register, part)):
            if not register.start <= row.day <= register.end:
                message = Text(
                    f"{row.staff} 的{called} {row.day} 不在登记期间 {register.start} 至 {register.end}",
                    f"{row.staff}: {row.day} is not between {register.start} and {register.end}",
                )
                yield Problem(where=(part, n, "day"), message=message, fix=_FIX_PERIOD)


def _leave(n: int, leave: Leave) -> Iterator[Problem]:
    start, end = (leave.start, leave.from_half), (leave.last, leave.to_half)
    if end < start:
        yield Problem(
            where=("leave", n, "to" if leave.end else "to_half"),
            message=_reversed(_said(start), _said(end)),
            fix=_FIX,
        )
    asked, approved = leave.requested_at, leave.approved_at
    if asked and approved and _earlier(approved, asked):
        yield Problem(
            where=("leave", n, "approved_at"),
            message=Text(f"{approved} 批准，早于申请的 {asked}", f"approved at {approved}, requested at {asked}"),
            fix=_FIX,
        )


def _earlier(one: str, other: str) -> bool:
    """Whether a moment was before another; by their days where one of them has no time."""
    told = min(len(one), len(other))
    return one[:told] < other[:told]


def _said(half: Half) -> str:
    return f"{half[0]} {HALVES[half[1]].zh}"


def _reversed(start: str, end: str) -> Text:
    return Text(f"自 {start} 起，到 {end} 为止，先后颠倒", f"it ends ({end}) before it begins ({start})")


_DATED = {"punches": "打卡", "duty_log": "值班日志", "notes": "说明登记"}
_FIX_PERIOD = Text(
    "日期填错的，改正；没有填错的，改登记的起止日，或把这一行移到当月的登记。",
    "Correct a wrong date; otherwise change the register's first and last day, or move the row to its month.",
)
_FIX = Text("改正填错的日期。", "Correct the wrong date.")
