"""Kinds of norm about changes to construction projects: tiers, procedures, time limits, pricing."""

from decimal import Decimal
from typing import ClassVar, Literal

from banshi.norms.base import Norm
from banshi.norms.values import Bounds, Keyed, Length, Named, Names, Stage


class ChangeNorm(Norm, frozen=True):
    """A norm of this subject."""

    subject: ClassVar[str] = "change"


class ApprovalGate(ChangeNorm, frozen=True, tag="approval_gate"):
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


class ApprovalTier(ChangeNorm, frozen=True, tag="approval_tier"):
    """The tier for amounts within ``amount`` (yuan)."""

    tier: str
    measure: Literal["larger_of_single_and_cumulative"]
    amount: Bounds


class Procedure(ChangeNorm, frozen=True, tag="procedure"):
    """A stretch of a tier's procedure, placed by ``position`` (from 1)."""

    tier: str
    position: int
    applicants: tuple[str, ...]
    stages: tuple[Stage, ...]
    papers: tuple[str, ...] = ()


class Publicity(ChangeNorm, frozen=True, tag="publicity"):
    """Where a tier's changes are made public, with which form, and after which step."""

    tier: str
    form: str
    by: str
    platform: str
    host: str
    after: str


class TimeLimit(ChangeNorm, frozen=True, tag="time_limit"):
    """By when a step must be decided; the day of ``counted_from`` is not counted."""

    length: Length
    inclusive: bool
    counted_from: Literal["complete_on", "accepted_on"]
    first_day: Literal["next_day"]
    steps: tuple[str, ...] = ()
    when: Literal["major_design_change"] | None = None
    offices_without_limit: tuple[str, ...] = ()
    other_reading_steps: tuple[str, ...] = ()


class Extension(ChangeNorm, frozen=True, tag="extension"):
    """A limit that may be exceeded, and what that requires."""

    of: str
    requires: tuple[str, ...]


class Substitution(ChangeNorm, frozen=True, tag="substitution"):
    """Who acts where an office is absent."""

    absent: str
    acting: str


class JointApplication(ChangeNorm, frozen=True, tag="joint_application"):
    """Who applies together where ``when`` (a party of the project) exists."""

    when: str
    parties: tuple[str, ...]


class Emergency(ChangeNorm, frozen=True, tag="emergency"):
    """The dated acts that must precede ``then`` in an emergency, in order."""

    convened_by: str
    sequence: tuple[Keyed, ...]
    then: str
    papers: tuple[str, ...] = ()


class Pricing(ChangeNorm, frozen=True, tag="pricing"):
    """Bases on which a change may be priced, with the papers each needs."""

    applies_to: str
    bases: tuple[Named, ...]


class BillPrice(ChangeNorm, frozen=True, tag="bill_price"):
    """Pricing bases for which the unit price of the bill of quantities holds."""

    bases: tuple[str, ...]
    price: Literal["unit_price"]


class Similarity(ChangeNorm, frozen=True, tag="similarity"):
    """When two bill items are similar: the same quota code, or else all of ``equal_keys`` alike."""

    basis: str
    same_key: str
    equal_keys: tuple[str, ...]
    names: dict[str, str]

    def phrases(self, names: Names) -> dict[str, str]:
        """Keys of the quota read as their names."""
        return super().phrases({**names, **self.names})


class Formula(ChangeNorm, frozen=True, tag="formula"):
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


class ContractRecording(ChangeNorm, frozen=True, tag="contract_recording"):
    """With whom a contract must be recorded before it may serve ``before``."""

    document: str
    recorded_with: str
    before: str


class LocalLimit(ChangeNorm, frozen=True, tag="local_limit"):
    """Norms that a lower jurisdiction may overlay, in one direction only."""

    overlays: tuple[str, ...]
    may_be: Literal["stricter"]
