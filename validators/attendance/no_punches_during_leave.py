"""请假期间没有打卡

全天请假的日子有打卡，或请上午假而在上班时段打卡、请下午假而在下班时段打卡，两份记录必有一份不对：也许没有休完，也许替人打卡。
第一天写了离岗时刻（left_at）的，此前的打卡不算；前一天的夜班次日下班的打卡也不算。半天以内的请假不查。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.attendance.case import LeaveEntry, RegisterInLaw
from banshi.subjects.attendance.forms import Half, Punch, minutes
from banshi.subjects.attendance.nights import of_night_before
from banshi.subjects.attendance.punches import judge

TITLE = Text("请假期间没有打卡", "There are no punches during a leave")
SEVERITY = "warning"
BASIS = ("evidence",)
GOOD = """
punches:
  - {staff: A02, day: 2010-03-05, time: "08:40"}
"""
BAD = """
punches:
  - {staff: A02, day: 2010-03-03, time: "08:40"}     # 3 日、4 日在请病假
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each punch against the leave of its person and day."""
    off = {(entry.leave.staff, half): entry for entry in case.entries for half in entry.halves}
    days = {(staff, half[0]) for staff, half in off}
    for n, punch in enumerate(case.register.punches):
        if (punch.staff, punch.day) in days:
            entry = _contradicts(case, punch, off)
            if entry:
                yield _problem(n, punch, entry)


def _contradicts(case: RegisterInLaw, punch: Punch, off: dict[tuple[str, Half], LeaveEntry]) -> LeaveEntry | None:
    morning = off.get((punch.staff, (punch.day, "am")))
    afternoon = off.get((punch.staff, (punch.day, "pm")))
    person = case.register.people.get(punch.staff)
    if person is None or _before_leaving(punch, morning or afternoon) or of_night_before(case, person, punch):
        return None
    if morning and afternoon:
        return morning
    judged = judge(
        case.book.at(punch.day), person.group, [punch.second], punch.day, case.shift_of(person.id, punch.day)
    )
    normal = {decision.half for decision in judged.decisions if decision.value == "normal"}
    if morning and "am" in normal:
        return morning
    return afternoon if afternoon and "pm" in normal else None


def _before_leaving(punch: Punch, entry: LeaveEntry | None) -> bool:
    leave = entry.leave if entry else None
    if leave is None or leave.left_at is None or leave.start != punch.day:
        return False
    return punch.minute <= minutes(leave.left_at)


def _problem(n: int, punch: Punch, entry: LeaveEntry) -> Problem:
    leave = entry.leave
    return Problem(
        where=("punches", n, "time"),
        message=Text(
            f"{punch.staff} {punch.day} {punch.time} 打了卡，登记却在请假（{leave.start} 至 {leave.last}）",
            f"{punch.staff} punched at {punch.day} {punch.time} while on leave ({leave.start} to {leave.last})",
        ),
        fix=Text(
            "核对请假的起止；当天后来才离岗的，填“离岗时刻”（left_at）；打卡不是本人的，按代打卡处理。",
            "Check the leave; if the person left later that day, state left_at; if somebody else punched, look into it.",
        ),
    )
