"""One person's own record: the register with nobody else's punches, leave or notes in it."""

from typing import Any

import msgspec

from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.forms import Window


def of_one(case: RegisterInLaw, staff: str) -> RegisterInLaw:
    """The case of one person of the register; how many serve the window is kept, for leave depends on it."""
    register, person = case.register, case.register.people[staff]
    windows = tuple(
        Window(id=window.id, name=window.name, on_duty=register.serving.get(window.id))
        for window in register.windows
        if window.id == person.window
    )
    alone = msgspec.structs.replace(
        register,
        staff=(person,),
        windows=windows,
        punches=_own(register.punches, staff),
        leave=_own(register.leave, staff),
        duty_log=_own(register.duty_log, staff),
        notes=_own(register.notes, staff),
        roster=_own(register.roster, staff),
    )
    unread = tuple(row for row in case.unread if row.staff == staff or row.staff not in register.people)
    own = RegisterInLaw(alone, case.book.library, case.calendar, unread)
    own.own = True
    return own


def _own(rows: tuple[Any, ...], staff: str) -> tuple[Any, ...]:
    return tuple(row for row in rows if row.staff == staff)
