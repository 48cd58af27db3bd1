"""打卡、请假的人在名册上

打卡、请假、值班日志、录入的说明、排班里的人员编号，名册上都要有；名册上的窗口编号，窗口里都要有。
对不上的记录不会算到任何人头上。同一个编号只在第一处报告。
名册、窗口表里有读不出的行时，编号可能就在那一行里，先改那一行。
"""

from collections.abc import Iterator

from banshi.base.text import did_you_mean
from banshi.checking.rules import Problem, Text
from banshi.subjects.attendance.case import RegisterInLaw

TITLE = Text("打卡、请假的人在名册上", "Everybody is on the register")
SEVERITY = "error"
BASIS = ()
GOOD = """
punches:
  - {staff: A02, day: 2010-03-05, time: "08:40"}
"""
BAD = """
punches:
  - {staff: A20, day: 2010-03-05, time: "08:40"}     # 名册上没有 A20
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each record's person, each person's window."""
    register = case.register
    told, nobody = _unread(case, "staff")  # a row that could not be read has a finding of its own
    for part in ("punches", "leave", "duty_log", "notes", "roster"):
        for n, record in enumerate(getattr(register, part)):
            if record.staff not in register.people and record.staff not in told and not nobody:
                told.add(record.staff)
                yield _unknown((part, n, "staff"), record.staff, list(register.people))
    windows = [window.id for window in register.windows]
    told, none = _unread(case, "windows")
    for n, person in enumerate(register.staff):
        if person.window and person.window not in windows and person.window not in told and not none:
            yield _unknown(("staff", n, "window"), person.window, windows)


def _unread(case: RegisterInLaw, part: str) -> tuple[set[str], bool]:
    """The ids in rows of a part that could not be read, and whether there are rows with illegible ids."""
    ids = [row.staff for row in case.unread if row.part == part]
    return {each for each in ids if each}, None in ids


def _unknown(where: tuple[str, int, str], found: str, known: list[str]) -> Problem:
    guess = did_you_mean(found, known)
    what = Text("窗口", "windows") if where[2] == "window" else Text("名册", "staff list")
    return Problem(
        where=where,
        message=Text(f"{what.zh}里没有 {found}", f"{found} is not in the {what.en}"),
        fix=Text(
            f"{guess.zh}改正编号，或补进{what.zh}。", f"{guess.en} Correct the id, or add it to the {what.en}.".strip()
        ),
    )
