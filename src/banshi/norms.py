"""The kinds of norm: typed values that computations use, each with the phrases that pages and messages print.

A kind stands in three places: its fragment in ``schemas/policy.schema.json``, its class here, and the phrases of its
fields (``phrase``), which fill the ``{placeholders}`` of its statement. So a figure is written once, as data.
"""

import datetime
from decimal import Decimal
from typing import Any, Literal

import msgspec

from banshi.money import plain, round_sum
from banshi.text import listed

Names = dict[str, str]


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a norm."""


class Bound(Value, frozen=True):
    """One end of an interval; ``inclusive`` is always stated."""

    value: Decimal
    inclusive: bool


class Bounds(Value, frozen=True):
    """An interval of amounts or counts, open where an end is missing."""

    unit: str
    lower: Bound | None = None
    upper: Bound | None = None

    def contains(self, amount: Decimal) -> bool:
        """Whether ``amount`` (in ``unit``) lies within."""
        low, high = self.lower, self.upper
        above = low is None or amount > low.value or (low.inclusive and amount == low.value)
        below = high is None or amount < high.value or (high.inclusive and amount == high.value)
        return above and below

    def phrase(self, _names: Names) -> str:
        """超过3万元、7万元以内（含7万元）."""
        parts = []
        if self.lower is not None and (self.lower.value or self.upper is None):
            low = round_sum(self.lower.value, self.unit)
            parts.append(f"{low}以上（含{low}）" if self.lower.inclusive else f"超过{low}")
        if self.upper is not None:
            high = round_sum(self.upper.value, self.unit)
            parts.append(f"{high}以内（含{high}）" if self.upper.inclusive else f"不满{high}")
        return listed(parts)


class Length(Value, frozen=True):
    """A number of days (or months …): ``unit`` says of which sort."""

    value: int
    unit: str

    def phrase(self, _names: Names) -> str:
        """3个工作日, 5天."""
        return f"{self.value}{'个' if self.unit.startswith('工作') else ''}{self.unit}"


class Named(Value, frozen=True):
    """A value of an enumeration with its name, and the papers that go with it."""

    value: str
    name: str
    papers: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()

    def phrase(self, _names: Names) -> str:
        """The name."""
        return self.name


class Keyed(Value, frozen=True):
    """A key of a filing with its name."""

    key: str
    name: str

    def phrase(self, _names: Names) -> str:
        """The name."""
        return self.name


class Duty(Value, frozen=True):
    """Who (an office of the instrument, if named) does what."""

    task: str
    office: str | None = None

    def phrase(self, names: Names) -> str:
        """财政部门评审变更与价格."""
        return (names.get(self.office, self.office) if self.office else "") + self.task


class Step(Value, frozen=True):
    """One step of a procedure; ``document`` is the key of the filing that records its outcome."""

    step: str
    office: str | None = None
    document: str | None = None


class Stage(Value, frozen=True):
    """Steps that run side by side; the next stage waits for all of them."""

    steps: tuple[Step, ...]

    def phrase(self, names: Names) -> str:
        """The names of the steps; several are marked as parallel."""
        said = listed(names.get(s.step, s.step) for s in self.steps)
        return f"{said}（并行）" if len(self.steps) > 1 else said


class Marks(Value, frozen=True):
    """Words by which a body of one's own level, or of another, is recognised."""

    own: tuple[str, ...]
    other: tuple[str, ...] = ()


class Norm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind"):
    """One checkable statement of a provision; ``inventory`` is its row in the inventory of the sources."""

    id: str
    statement: str
    inventory: str | None = None
    soft: bool = False

    @property
    def kind(self) -> str:
        """The name of the kind, as written in the file."""
        return str(self.__struct_config__.tag)

    def phrases(self, names: Names) -> dict[str, str]:
        """What each field of the norm is called in a sentence."""
        return {field: phrase(getattr(self, field), names) for field in self.__struct_fields__}

    def say(self, names: Names) -> str:
        """The statement with its figures and names filled in."""
        return self.statement.format_map(self.phrases(names)) if "{" in self.statement else self.statement


def phrase(value: Any, names: Names) -> str:
    """How a value reads in a Chinese sentence; role, step and paper ids read as their names."""
    if hasattr(value, "phrase"):
        return str(value.phrase(names))
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple):
        joint = "→" if value and isinstance(value[0], Stage) else "；" if value and isinstance(value[0], Duty) else "、"
        return joint.join(phrase(item, names) for item in value)
    return names.get(value, value) if isinstance(value, str) else str(value)


class Promulgation(Norm, frozen=True, tag="promulgation"):
    """Who issued, agreed, forwarded; when it was issued and came into force."""

    number: str | None = None
    issued: datetime.date | None = None
    in_force: datetime.date | None = None
    authors: tuple[str, ...] = ()
    consented_by: str | None = None
    forwarded_by: str | None = None
    addressees: tuple[str, ...] = ()


class Scope(Norm, frozen=True, tag="scope"):
    """To what the instrument applies."""

    territory: str
    organisers: tuple[str, ...] = ()
    funding: tuple[Named, ...] = ()
    funding_open: bool = False
    government_controlled: bool | None = None


class Ordering(Norm, frozen=True, tag="ordering"):
    """``first`` comes before ``then``; within one tier if ``tier`` is given."""

    first: str
    then: str
    tier: str | None = None


class Enumeration(Norm, frozen=True, tag="enumeration"):
    """The values that a key may take; an open list also takes those that ``needs_explanation`` names."""

    of: str
    values: tuple[Named, ...]
    open: bool
    needs_explanation: tuple[str, ...] = ()


class Locality(Norm, frozen=True, tag="locality"):
    """Each level decides for itself; ``marks`` tells by which words an ``office`` of a level is recognised."""

    office: str
    marks: dict[str, Marks]


class Duties(Norm, frozen=True, tag="duty"):
    """Who has to do what."""

    duties: tuple[Duty, ...]


class ApprovalGate(Norm, frozen=True, tag="approval_gate"):
    """The tier that applies while ``measure`` does not exceed ``against``, and whose consultation decides there."""

    tier: str
    measure: Literal["expenditure_after_change"]
    against: Literal["bid_price"]
    inclusive: bool
    parties: tuple[str, ...]
    papers: tuple[str, ...] = ()

    def within(self, measured: Decimal, limit: Decimal) -> bool:
        """Whether the gate lets ``measured`` through; equality passes only if the bound is inclusive."""
        return measured < limit or (self.inclusive and measured == limit)

    def phrases(self, names: Names) -> dict[str, str]:
        """Adds ``comparison``."""
        return {**super().phrases(names), "comparison": "未超过" if self.inclusive else "低于"}


class Definition(Norm, frozen=True, tag="definition"):
    """What a term includes, and by which keys of a filing that is stated."""

    term: str
    includes: tuple[str, ...] = ()
    keys: dict[str, str] = {}


class ApprovalTier(Norm, frozen=True, tag="approval_tier"):
    """The tier for amounts within ``amount`` (yuan)."""

    tier: str
    measure: Literal["larger_of_single_and_cumulative"]
    amount: Bounds


class Procedure(Norm, frozen=True, tag="procedure"):
    """A stretch of a tier's procedure, placed by ``position`` (from 1)."""

    tier: str
    position: int
    applicants: tuple[str, ...]
    stages: tuple[Stage, ...]
    papers: tuple[str, ...] = ()


class Publicity(Norm, frozen=True, tag="publicity"):
    """Where a tier's changes are made public, with which form, and after which step."""

    tier: str
    form: str
    by: str
    platform: str
    host: str
    after: str


class Period(Norm, frozen=True, tag="period"):
    """How long something lasts; the day it begins is not counted."""

    of: str
    length: Length
    inclusive: bool


class TimeLimit(Norm, frozen=True, tag="time_limit"):
    """By when a step must be decided; the day of ``counted_from`` is not counted."""

    length: Length
    inclusive: bool
    counted_from: Literal["complete_on", "accepted_on"]
    first_day: Literal["next_day"]
    steps: tuple[str, ...] = ()
    when: Literal["major_design_change"] | None = None
    offices_without_limit: tuple[str, ...] = ()
    other_reading_steps: tuple[str, ...] = ()


class Extension(Norm, frozen=True, tag="extension"):
    """A limit that may be exceeded, and what that requires."""

    of: str
    requires: tuple[str, ...]


class Substitution(Norm, frozen=True, tag="substitution"):
    """Who acts where an office is absent."""

    absent: str
    acting: str


class JointApplication(Norm, frozen=True, tag="joint_application"):
    """Who applies together where ``when`` (a party of the project) exists."""

    when: str
    parties: tuple[str, ...]


class Emergency(Norm, frozen=True, tag="emergency"):
    """The dated acts that must precede ``then`` in an emergency, in order."""

    convened_by: str
    sequence: tuple[Keyed, ...]
    then: str


class Record(Norm, frozen=True, tag="record"):
    """Papers to be kept, and the kinds of attachment that show them."""

    when: str
    papers: tuple[str, ...]
    attachments: tuple[str, ...] = ()


class Pricing(Norm, frozen=True, tag="pricing"):
    """Bases on which a change may be priced, with the papers each needs."""

    applies_to: str
    bases: tuple[Named, ...]


class BillPrice(Norm, frozen=True, tag="bill_price"):
    """Pricing bases for which the unit price of the bill of quantities holds."""

    bases: tuple[str, ...]
    price: Literal["unit_price"]


class Similarity(Norm, frozen=True, tag="similarity"):
    """When two bill items are similar: the same quota code, or else all of ``equal_keys`` alike."""

    basis: str
    same_key: str
    equal_keys: tuple[str, ...]
    names: dict[str, str]

    def phrases(self, names: Names) -> dict[str, str]:
        """Keys of the quota read as their names."""
        return super().phrases({**names, **self.names})


class Formula(Norm, frozen=True, tag="formula"):
    """``result`` = the product of ``factors`` ÷ ``divisor``, to the cent."""

    basis: str
    name: str
    result: str
    factors: tuple[Keyed, ...]
    divisor: Keyed

    @property
    def expression(self) -> str:
        """评审价×中标价÷原评审价."""
        return "×".join(f.name for f in self.factors) + "÷" + self.divisor.name

    def phrases(self, names: Names) -> dict[str, str]:
        """Adds ``expression``."""
        return {**super().phrases(names), "expression": self.expression}


class ContractRecording(Norm, frozen=True, tag="contract_recording"):
    """With whom a contract must be recorded before it may serve ``before``."""

    document: str
    recorded_with: str
    before: str


class Consequence(Norm, frozen=True, tag="consequence"):
    """What follows when ``trigger`` happens."""

    trigger: str
    effects: tuple[str, ...]
    by: str | None = None
    subjects: tuple[str, ...] = ()


class LocalLimit(Norm, frozen=True, tag="local_limit"):
    """Norms that a lower jurisdiction may overlay, in one direction only."""

    overlays: tuple[str, ...]
    may_be: Literal["stricter"]


class Interpretation(Norm, frozen=True, tag="interpretation"):
    """Who interprets the instrument."""

    by: tuple[str, ...]


class FormNorm(Norm, frozen=True, tag="form"):
    """A form that belongs to the instrument."""

    form: str


AnyNorm = (
    Promulgation | Scope | Ordering | Enumeration | Locality | Duties | ApprovalGate | Definition | ApprovalTier
    | Procedure | Publicity | Period | TimeLimit | Extension | Substitution | JointApplication | Emergency | Record
    | Pricing | BillPrice | Similarity | Formula | ContractRecording | Consequence | LocalLimit | Interpretation
    | FormNorm
)  # fmt: skip
