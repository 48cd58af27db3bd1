"""一人只在一个窗口

名册上同一个编号从同一天起只能写一次，一个人同时只能在一个窗口；中途调动的，另写一项，写明自哪天起。代岗的若是名册上别的窗口的人，他自己的窗口就少了人：
上班时间每个窗口都要有人在岗。同一窗口的人互相顶替不算代岗，代岗人员由原单位派出。
"""

import datetime
from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.findings import Citation
from banshi.law.norms import Cover
from banshi.subjects.attendance.case import RegisterInLaw

TITLE = Text("一人只在一个窗口", "Nobody serves two windows")
SEVERITY = "error"
BASIS = ("cover minimum=*",)
GOOD = """
staff:
  - {id: A02, group: window_staff, window: W01}
"""
BAD = """
staff:
  - {id: A02, group: window_staff, window: W01}
  - {id: A02, group: window_staff, window: W02}     # 又写在另一个窗口
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Ids written twice, and substitutes who have a window of their own."""
    seen: dict[str, str | None] = {}
    listed: dict[tuple[str, datetime.date | None], str | None] = {}
    basis = _basis(case)
    for n, person in enumerate(case.register.staff):
        key = person.id, person.since
        if key in listed:
            yield _twice(n, person.id, (listed[key], person.window), basis)
        listed.setdefault(key, person.window)
        seen.setdefault(person.id, person.window)
    for n, leave in enumerate(case.register.leave):
        name = leave.substitute.name if leave.substitute else ""
        if seen.get(name):
            yield _stands_in(n, name, str(seen[name]), basis)


def _basis(case: RegisterInLaw) -> tuple[Citation, ...]:
    covers = case.book.at(case.register.start).all(Cover)
    return tuple(placed.cite for placed in covers if placed.norm.minimum)[:1]


def _twice(n: int, staff: str, windows: tuple[str | None, str | None], basis: tuple[Citation, ...]) -> Problem:
    first, second = windows
    zh, en = f"，分在 {first} 和 {second} 两个窗口", f", at {first or 'no window'} and {second or 'no window'}"
    if None in windows:
        zh = f"，一处没有窗口，一处在 {first or second}"
    if first == second:
        zh = en = ""
    return Problem(
        where=("staff", n, "id"),
        message=Text(f"名册上 {staff} 写了两次{zh}", f"{staff} stands twice in the staff list{en}"),
        fix=Text(
            "改正编号，或删去多写的一处；中途调动的，写明自哪天起。",
            "Correct the id or remove one; give since to somebody who moved.",
        ),
        basis=basis,
    )


def _stands_in(n: int, staff: str, window: str, basis: tuple[Citation, ...]) -> Problem:
    return Problem(
        where=("leave", n, "substitute"),
        message=Text(
            f"代岗人员 {staff} 自己在窗口 {window} 值班", f"the substitute {staff} serves window {window} already"
        ),
        fix=Text("由原单位另派代岗人员；填错的，改正。", "The unit sends somebody else; correct a wrong entry."),
        basis=basis,
    )
