"""What may look otherwise than it was, because something was not read: of whom, on which days, and of what sort."""

import datetime
from collections.abc import Iterable, Sequence

from banshi.base.text import Text
from banshi.law.decisions import Reason
from banshi.subjects.attendance.forms import Leave, Register
from banshi.subjects.attendance.unread import CONTRADICTED, REGISTERS, UnreadRow

_Day = datetime.date
_Key = tuple[str | None, _Day | None]
_ADJOINING = datetime.timedelta(days=15)  # leaves with more between them never count as one: no holiday is that long
OF_DAYS = ("punches", "roster", "method", "leave", "order", "notes", "duty_log", "password")
# What each sort of doubt leaves open. Punches that were not read may have come earlier or later than those that were;
# a leave may cover the day; a note only says what is to be made of what was irregular.
OF_PUNCHES = frozenset(("punches", "leave", "roster"))
OF_PASSWORDS = frozenset(("password",))
OF_DUTY_LOG = frozenset(("leave",))
OF_NORMAL = frozenset(
    ("method", "roster", "leave", "duty_log")
)  # more punches take nothing from a day that has what it needs
OF_OUTCOMES = frozenset(("notes", "password"))


class Doubts:
    """The unread rows and cells of a register, by person and day."""

    def __init__(self, unread: Sequence[UnreadRow], register: Register) -> None:
        """An id in ``unread`` that is nobody's on the ``register`` may have been anybody's."""
        self.unread, self._windows = unread, {window.id for window in register.windows}
        self._astray = any(p.window and p.window not in self._windows for p in register.staff)
        self._known = {*register.people, *(row.staff for row in unread if row.part == "staff" and row.staff)}
        self._keys: dict[_Key, set[str]] = {}
        self._contested: dict[str | None, set[_Day | None]] = {}
        for row in unread:
            if row.part in OF_DAYS:
                for day in row.days:
                    self._keys.setdefault((self._who(row), day), set()).add(row.part)
                if row.part == "leave" and row.source == CONTRADICTED:
                    self._contested.setdefault(row.staff, set()).update(row.days)

    def _who(self, row: UnreadRow) -> str | None:
        return row.staff if row.staff in self._known else None

    @property
    def of_days(self) -> bool:
        """Whether anything may be missing on any day."""
        return bool(self._keys)

    def on(self, staff: str, day: _Day) -> frozenset[str]:
        """The parts of which something may be missing for a person on a day."""
        if not self._keys:
            return frozenset()
        keys: tuple[_Key, ...] = ((staff, day), (staff, None), (None, day), (None, None))
        return frozenset(part for key in keys for part in self._keys.get(key, ()))

    def of_substitute(self, staff: str, day: _Day) -> bool:
        """Whether it is in doubt if a substitute was sent for somebody on leave."""
        return "order" in self.on(staff, day)

    def lacks_leave(self, staff: str | None = None) -> bool:
        """Whether a leave of the person (None: of anybody) may not have been read."""
        return any(row.part == "leave" and (staff is None or self._who(row) in (staff, None)) for row in self.unread)

    def contested(self, staff: str, day: _Day) -> bool:
        """Whether the leave of somebody on a day is told in two ways, of which nobody knows the right one."""
        return day in self._contested.get(staff, ())

    def overlaps(self, staff: str, leaves: Iterable[Leave]) -> bool:
        """Whether a leave that was not read may share days with one of the person's leaves."""
        rows = [row for row in self.unread if row.part == "leave" and self._who(row) in (staff, None)]
        return any(_near(row, leave, datetime.timedelta()) for row in rows for leave in leaves)

    @property
    def who_is_listed(self) -> bool:
        """Whether it is in doubt who is on the staff, or at which window."""
        unnamed = any(row.misnamed and row.day is None for row in self.unread)
        return self._astray or unnamed or any(row.part in ("staff", "place") for row in self.unread)

    def of_serving(self, window: str | None) -> bool:
        """Whether it is in doubt how many serve a window."""
        named = any(row.part == "on_duty" and row.staff in (window, None) for row in self.unread)
        lost = any(row.part == "windows" for row in self.unread)
        return named or lost or self.who_is_listed or window not in self._windows

    def of_order(self, leave: Leave) -> Reason | None:
        """Why it cannot be said whether a leave is in order; None where nothing is in doubt."""
        for row in self.unread:
            if self._who(row) not in (leave.staff, None) or row.part in REGISTERS:
                continue
            if row.part in ("role", "place") or (row.part == "order" and row.day in (leave.start, None)):
                return Reason(_CELL)
            if row.part == "leave" and _near(row, leave, _ADJOINING):
                return Reason(_OTHERWISE if row.source == CONTRADICTED and row.day else _ANOTHER)
        return None


def _near(row: UnreadRow, leave: Leave, margin: datetime.timedelta) -> bool:
    if row.day is None:
        return True
    return row.day - margin <= leave.last and leave.start <= (row.last or row.day) + margin


_CELL = Text(
    "登记里有关系到手续的格读不出（或两份登记写得不一样），是否合规不能判定",
    "a cell that bears on the formalities cannot be read, or two registers differ: whether they are in order is not determined",
)
_OTHERWISE = Text(
    "这几天的请假有两处写得不一样，合计几天、由谁批准不能判定",
    "leave of these days is told in two ways: the length, and who approves, are not determined",
)
_ANOTHER = Text(
    "可能还有与它相连的请假没有读出，合计几天、由谁批准不能判定",
    "a leave that adjoins it may not have been read: the length, and who approves, are not determined",
)
