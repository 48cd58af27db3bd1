"""What a register says again in the next month: windows and people, as they are on its last day; never punches, leave or logs."""

import datetime
from collections import Counter

import msgspec
from msgspec import Struct

from banshi.base.text import Text
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.forms import Person, Window
from banshi.subjects.attendance.leave_days import Month
from banshi.subjects.attendance.unread import CELLS_OF_REGISTERS, REGISTERS


class BegunRegister(Struct, frozen=True):
    """A month's register, begun.

    ``moved``: people who changed window or group within the last one. ``on_leave``: whose leave goes on after it, and
    until when. ``lost``: how many windows and people of the last one could not be read; ``blank``: what of them could not.
    """

    centre: str
    month: str
    fictional: bool
    windows: tuple[Window, ...]
    people: tuple[Person, ...]
    moved: tuple[str, ...]
    on_leave: tuple[str, ...]
    lost: int
    blank: tuple[Text, ...]


def month_after(day: datetime.date) -> Month:
    """The month that follows the one of a day."""
    return (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)


def carried_over(last: RegisterInLaw, wanted: Month) -> BegunRegister:
    """The register of a month as an earlier one begins it."""
    register = last.register
    written = Counter(person.id for person in register.staff)
    entries = [leave for leave in register.leave if leave.last > register.end]
    return BegunRegister(
        register.centre,
        "{}-{:02d}".format(*wanted),
        register.fictional,
        register.windows,
        tuple(msgspec.structs.replace(person, since=None) for person in register.people.values()),
        tuple(staff for staff, times in written.items() if times > 1),
        tuple(f"{leave.staff}（到 {leave.last}）" for leave in entries),
        sum(row.part in REGISTERS for row in last.unread),
        tuple(row.called for row in last.unread if row.part in CELLS_OF_REGISTERS),
    )
