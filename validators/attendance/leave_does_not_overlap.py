"""请假不重叠

同一个人同一个半天只能有一次请假。重叠的，病假、事假的天数就说不清，考核因素也会算错。
假别相同的，重叠的半天只计一次；不满半天的（如迟到假）登记了两次、内容完全一样的，也只计一次；假别不同的，不知道以哪次为准，那几天的考勤不作判定。问题报在较晚的一次上。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.attendance.case import LeaveEntry, RegisterInLaw
from banshi.subjects.attendance.forms import Half
from banshi.subjects.attendance.words import HALVES
from banshi.subjects.attendance.wrong_leave import said_twice

TITLE = Text("请假不重叠", "Leaves do not overlap")
SEVERITY = "error"
BASIS = ()
GOOD = """
leave:
  - {staff: A02, kind: sick, from: 2010-03-03, to: 2010-03-04, requested_at: 2010-03-02 10:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group],
     certificate: {hospital: 样例市人民医院, insurance: true}}
  - {staff: A02, kind: personal, from: 2010-03-05, requested_at: 2010-03-02 10:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group]}
"""
BAD = """
leave:
  - {staff: A02, kind: sick, from: 2010-03-03, to: 2010-03-05, requested_at: 2010-03-02 10:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group],
     certificate: {hospital: 样例市人民医院, insurance: true}}
  - {staff: A02, kind: personal, from: 2010-03-05, requested_at: 2010-03-02 10:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group]}     # 5 日已在病假中
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """The half-days of each leave against those of the leaves begun before it."""
    taken: dict[tuple[str, Half], LeaveEntry] = {}
    for entry, _ in case.counted:
        own = [(entry.leave.staff, half) for half in entry.halves]
        double = next((key for key in own if key in taken), None)
        if double:
            yield _overlap(case, entry, taken[double], double[1])
        for key in own:
            taken.setdefault(key, entry)
    for n in case.copies:
        message = said_twice(case.register.leave[n], case.words)
        yield Problem(where=("leave", n), message=message, fix=_ONCE)


def _overlap(case: RegisterInLaw, entry: LeaveEntry, other: LeaveEntry, half: Half) -> Problem:
    words = case.words
    kind, before, part = words.kind(entry.leave.kind), words.kind(other.leave.kind), HALVES[half[1]]
    return Problem(
        where=("leave", entry.index, "from"),
        message=Text(
            f"{entry.leave.staff} 的{kind.zh}与 {other.leave.start} 起的{before.zh}重叠，{half[0]} {part.zh}算了两次",
            f"{entry.leave.staff}: this {kind.en} overlaps the {before.en} from {other.leave.start} "
            f"({half[0]} {part.en})",
        ),
        fix=Text("核对两次请假的起止，改正填错的一次。", "Check both and correct the wrong one."),
    )


_ONCE = Text(
    "删去多登记的一次；确是两次的，写明各自的申请时间。", "Delete one; if there were two, give when each was requested."
)
