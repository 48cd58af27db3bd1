"""An assessment of one period as typed values; field by field what ``assessment.schema.json`` describes.

A file holds facts, never results: what a fact costs or brings is computed from the norms in force.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal

import msgspec

COMBINED = "combined_window"


class Part(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A part of an assessment."""


class Exempt(Part, frozen=True):
    """How many of a fact do not count, on which ground; ``stage`` where only some stages may be exempt."""

    count: int
    ground: str
    evidence: str
    stage: str | None = None


class MatterLimits(Part, frozen=True):
    """A matter's statutory and promised time limits in working days; ``statutory`` None: there is none."""

    matter: str
    promised: Decimal
    statutory: Decimal | None = None


class Fact(Part, frozen=True):
    """What was found: a count, a rate (``count`` of ``of``), an amount with decimals, whether it is so, counts by day, or matters with limits."""

    count: int | None = None
    of: int | None = None
    amount: Decimal | None = None
    found: bool | None = None
    days: dict[datetime.date, int] | None = None
    items: tuple[MatterLimits, ...] | None = None
    exempt: tuple[Exempt, ...] = ()
    evidence: str | None = None
    source: str | None = None
    found_on: datetime.date | None = None
    approved_on: datetime.date | None = None


class Mark(Part, frozen=True):
    """A mark that a person gives to a sub-item."""

    mark: Decimal
    by: str
    reason: str
    on: datetime.date | None = None


class Extra(Part, frozen=True):
    """A bonus or a deduction as entered; ``like``: the fact that it is treated like where no norm names its own.

    ``place``: of no file, but where it stands in its list, where others of that list could not be read.
    """

    fact: str
    on: datetime.date
    evidence: str
    count: int = 1
    text: str | None = None
    document: str | None = None
    by: str | None = None
    level: str | None = None
    at: str | None = None
    times: int | None = None
    verified_by: str | None = None
    verified_on: datetime.date | None = None
    approved_on: datetime.date | None = None
    previously: Decimal | None = None
    parallel: bool = False
    online: bool = False
    promised_only: bool = False
    analogy: bool = False
    like: str | None = None
    points: Decimal | None = None
    place: int | None = None


class Bonus(Extra, frozen=True, kw_only=True):
    """A bonus; of several for one ``matter`` only the highest counts."""

    matter: str

    @property
    def group(self) -> str:
        """The matter."""
        return self.matter


class Deduction(Extra, frozen=True, kw_only=True):
    """A deduction; of several for one ``event`` only the highest counts."""

    event: str

    @property
    def group(self) -> str:
        """The event."""
        return self.event


class Window(Part, frozen=True):
    """A window's period: facts and marks by slug, bonuses and deductions."""

    id: str
    name: str
    kind: str = "department_window"
    group: str | None = None
    facts: dict[str, Fact] = {}
    marks: dict[str, Mark] = {}
    bonus: tuple[Bonus, ...] = ()
    deductions: tuple[Deduction, ...] = ()

    @property
    def combined(self) -> bool:
        """Whether it is a combined window, which is not scored (AMB-80)."""
        return self.kind == COMBINED

    def entries(self, part: str) -> Iterator[tuple[int, Bonus | Deduction]]:
        """What ``bonus`` or ``deductions`` lists, each with its place in the file."""
        for n, entry in enumerate(getattr(self, part)):
            yield n if entry.place is None else entry.place, entry

    @property
    def called(self) -> str:
        """The id with the name."""
        return f"{self.id} {self.name}"


class Assessment(Part, frozen=True):
    """A centre's windows in one period: a ``quarter`` of an assessment year (``2012-Q1``), or any ``period``."""

    jurisdiction: str
    centre: str
    windows: tuple[Window, ...]
    quarter: str | None = None
    period: str | None = None
    attendance: str | None = None
    fictional: bool = False

    @property
    def asked(self) -> str:
        """The period as it is written."""
        return self.period or self.quarter or ""

    @property
    def asked_key(self) -> str:
        """The key that it stands under."""
        return "period" if self.period else "quarter"
