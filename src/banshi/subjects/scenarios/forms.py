"""Files of scenarios as typed values; field by field what ``scenario.schema.json`` describes."""

import datetime
from decimal import Decimal
from typing import Any

import msgspec

from banshi.subjects.change.figures import Figures

SUBJECT = "scenario"
OPEN = "不能判定"


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A step (name or id), and the days from which its limit is counted."""

    step: str
    complete_on: datetime.date
    accepted_on: datetime.date | None = None
    major: bool = False


class Publicity(msgspec.Struct, frozen=True, kw_only=True):
    """Since when a change is public, and of which tier it is (name or id), where that matters."""

    started_on: datetime.date
    tier: str | None = None


class Attendance(msgspec.Struct, frozen=True, kw_only=True):
    """Some days of one person: punches (HH:MM) and shifts by day; leave, notes and duty log as in a register.

    ``on_duty``: how many serve the person's window; None: the person serves none.
    """

    group: str
    punches: dict[datetime.date, tuple[str, ...]] = {}
    shifts: dict[datetime.date, str] = {}
    leave: tuple[dict[str, Any], ...] = ()
    notes: tuple[dict[str, Any], ...] = ()
    duty_log: tuple[dict[str, Any], ...] = ()
    on_duty: int | None = None


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """One window in a period: of the ``windows`` that stand here, or of ``files`` of facts (shorter periods too).

    ``window``: its id or name; may be left out where there is one only.
    """

    period: str
    window: str | None = None
    windows: tuple[dict[str, Any], ...] = ()
    files: tuple[str, ...] = ()


class Cases(msgspec.Struct, frozen=True, kw_only=True):
    """A case log: ``rows`` (each with ``times``, how many such there are), or the ``file`` of one."""

    as_of: datetime.date | None = None
    level: str | None = None
    departments: tuple[str, ...] | None = None
    signed_projects: tuple[dict[str, Any], ...] | None = None
    rows: tuple[dict[str, Any], ...] = ()
    file: str | None = None


class TargetExpected(msgspec.Struct, frozen=True, kw_only=True):
    """A target (id or what it measures) in one of its groups: its verdict, its figure, or both."""

    target: str
    group: str | None = None
    verdict: str | None = None
    value: Any = None


class Expected(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What should come of the facts; which keys may stand there, and what each means, the schema says."""

    tier: str | None = None
    until: str | None = None
    findings: tuple[str, ...] | None = None
    verdict: tuple[str, ...] | None = None
    outcome: tuple[str, ...] | None = None
    minutes: int | None = None
    times: Decimal | None = None
    absence_days: Decimal | None = None
    converted: dict[str, Decimal] | None = None
    approver: str | None = None
    days: Decimal | None = None
    lacks: tuple[str, ...] | None = None
    score: Any = None  # a figure, or 不能判定; so are marks, bonus and deductions
    marks: dict[str, Any] | None = None
    bonus: Any = None
    deductions: Any = None
    grade: str | None = None
    place: Any = None  # a number, or 不排名
    targets: tuple[TargetExpected, ...] | None = None

    @property
    def given(self) -> list[str]:
        """The keys that are given."""
        return [key for key in self.__struct_fields__ if getattr(self, key) is not None]


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """One case: exactly one of ``FACTS`` holds its facts."""

    name: str
    expect: Expected
    on: datetime.date | None = None
    tier: Figures | None = None
    due: Due | None = None
    publicity: Publicity | None = None
    filing: dict[str, Any] | None = None
    file: str | None = None
    attendance: Attendance | None = None
    assessment: Assessment | None = None
    cases: Cases | None = None

    @property
    def given(self) -> list[str]:
        """The sorts of facts that are given."""
        return [key for key in FACTS if getattr(self, key) is not None]


# What the facts of a scenario may be, and under which keys their outcome is expected.
FACTS: dict[str, tuple[str, ...]] = {
    "tier": ("tier",),
    "due": ("until",),
    "publicity": ("until",),
    "filing": ("findings",),
    "file": ("findings",),
    "attendance": (
        "verdict", "outcome", "minutes", "times", "absence_days", "converted", "approver", "days", "lacks",
    ),
    "assessment": ("score", "marks", "bonus", "deductions", "grade", "place"),
    "cases": ("targets",),
}  # fmt: skip


class Scenarios(msgspec.Struct, frozen=True, kw_only=True):
    """A file of scenarios, of one jurisdiction; ``about``: the instrument on whose guides they are shown.

    ``guides``: only on these of them, by id; none named: on all.
    """

    kind: str
    jurisdiction: str
    scenarios: tuple[Scenario, ...]
    about: str | None = None
    guides: tuple[str, ...] = ()
    fictional: bool = False
