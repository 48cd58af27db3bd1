"""Kinds of norm about attendance and leave: punches, leave, quotas, factors."""

from decimal import Decimal
from typing import ClassVar, Literal

import msgspec

from banshi.law.norms.base import Norm
from banshi.law.norms.values import Bounds, ClockTime, Length, Names, Season


class AttendanceNorm(Norm, frozen=True):
    """A norm of this subject."""

    subject: ClassVar[str] = "attendance"


class PunchWindow(AttendanceNorm, frozen=True, tag="punch_window"):
    """When a punch of a kind is normal: from ``start`` to ``end`` on ``days``, each end included or not.

    One must be there by the ``end`` of an arrival's window and until the ``start`` of a departure's; the other end may
    be open. ``grace`` (minutes) makes the window longer at that time, and minutes late or early are counted from the
    time itself. It holds in a ``season``, on ``weekdays`` (1 is Monday), for ``groups``, for those who work a ``shift``
    (on the days that the register's roster gives it); where nothing is said, always and for everybody. ``next_day``: a
    departure on the day after, of work over night; punches until its ``end`` belong to that work.
    """

    moment: Literal["arrival", "departure"]
    days: Literal["working_days", "rostered_days"]
    start: ClockTime | None = None
    end: ClockTime | None = None
    start_inclusive: bool = True
    end_inclusive: bool = True
    next_day: bool = False
    grace: Length | None = None
    season: Season | None = None
    weekdays: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    shift: str | None = None

    def phrases(self, names: Names) -> dict[str, str]:
        """Adds ``window``: 08:00 至 09:00; 08:30以前."""
        return {**super().phrases(names), "window": self._window()}

    def _window(self) -> str:
        day = "次日" if self.next_day else ""
        if self.start and self.end:
            return f"{day}{self.start} 至 {self.end}"
        return f"{day}{self.end}以前" if self.end else f"{day}{self.start}以后"


class Evidence(AttendanceNorm, frozen=True, tag="evidence"):
    """Records that prove attendance; with ``any_breach`` a breach in one of them is a breach."""

    sources: tuple[str, ...]
    any_breach: bool = False
    approved_by: dict[str, str] = msgspec.field(default_factory=dict)


class Cover(AttendanceNorm, frozen=True, tag="cover"):
    """How many must be at a window, and when a substitute must stand in (length of leave, staff of the window)."""

    minimum: int | None = None
    substitute: bool = False
    leave_length: Bounds | None = None
    staff: Bounds | None = None
    before_leaving: bool = False


class LeaveApproval(AttendanceNorm, frozen=True, tag="leave_approval"):
    """Who approves a leave of these kinds (or of this length), in which form, and where it is filed."""

    leave: tuple[str, ...] = ()
    length: Bounds | None = None
    groups: tuple[str, ...] = ()
    approver: str | None = None
    deputy: str | None = None
    report_to: str | None = None
    form: Literal["written", "oral_or_phone", "report"] | None = None
    in_advance: bool = False
    unit_consent: bool = False
    filed_with: str | None = None
    proofs: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


class Quota(AttendanceNorm, frozen=True, tag="quota"):
    """The most of a leave in a period: so many ``unit`` (days of its kind, or 次) per person and ``per``, in pieces of these sizes.

    ``also_counted``: kinds that count too where the reading ``official-quota`` says so.
    """

    of: str
    at_most: Decimal
    unit: str
    per: Literal["person_month", "person_quarter", "person_year", "each_leave"]
    pieces: tuple[Decimal, ...] = ()
    reasons: tuple[str, ...] = ()
    also_counted: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


class WorkingTime(AttendanceNorm, frozen=True, tag="working_time"):
    """How long one must work on a day (flexible hours): from the first arrival to the last departure, less ``pause``.

    What lies before ``not_before`` or beyond ``not_after`` does not count. It holds on ``weekdays`` (1 is Monday), for
    ``groups``, for those who work a ``shift``; where nothing is said, always and for everybody.
    """

    at_least: Length
    pause: Length | None = None
    not_before: ClockTime | None = None
    not_after: ClockTime | None = None
    weekdays: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    shift: str | None = None


class LatenessWeight(AttendanceNorm, frozen=True, tag="lateness_weight"):
    """What lateness (or leaving early, or ``short_hours``) of so many minutes weighs: ``times``, days of absence; not where it was explained, if so said."""

    of: tuple[str, ...]
    length: Bounds
    times: Decimal = Decimal(0)
    absence_days: Decimal = Decimal(0)
    unless_explained: bool = False
    groups: tuple[str, ...] = ()


class Conversion(AttendanceNorm, frozen=True, tag="conversion"):
    """Every so many times of lateness in a month are so many ``days`` of a leave."""

    every: Decimal
    per: Literal["month"]
    into: str
    days: Decimal
    groups: tuple[str, ...] = ()


class Offset(AttendanceNorm, frozen=True, tag="offset"):
    """Days of one leave taken from the days of another, in this ratio."""

    leave: str
    taken_from: str
    ratio: Decimal


class Factor(AttendanceNorm, frozen=True, tag="factor"):
    """When the leave of a period becomes a factor of that period's assessment: the sum of ``of`` within ``bound``."""

    of: tuple[str, ...]
    counted: Literal["times", "days"]
    per: Literal["month", "quarter", "year"]
    bound: Bounds
    groups: tuple[str, ...] = ()


class TieBreak(AttendanceNorm, frozen=True, tag="tie_break"):
    """How equal results are ranked: the first of ``prefer`` that tells them apart."""

    prefer: tuple[Literal["no_leave", "less_leave"], ...]
