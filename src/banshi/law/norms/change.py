"""Kinds of norm about changes to construction projects: tiers, procedures, time limits, pricing."""

from decimal import Decimal
from typing import ClassVar, Literal

from banshi.law.norms.base import Norm
from banshi.law.norms.values import Bounds, Keyed, Length, Named, Names, Stage


class ChangeNorm(Norm, frozen=True):
    """A norm of this subject."""

    subject: ClassVar[str] = "change"


Earlier = Literal["counted", "not_counted"]


class ApprovalGate(ChangeNorm, frozen=True, tag="approval_gate"):
    """The tier that applies while ``measure`` does not exceed ``against``, and whose consultation decides there.

    ``provisional_sum``: whether it is left out of the expenditure, or counted. ``earlier``: whether changes filed before
    the instrument came into force count in it.
    """

    tier: str
    measure: Literal["expenditure_after_change"]
    against: Literal["bid_price"]
    inclusive: bool
    parties: tuple[str, ...]
    provisional_sum: Literal["left_out", "counted"] = "left_out"
    earlier: Earlier = "counted"
    papers: tuple[str, ...] = ()

    def within(self, measured: Decimal, limit: Decimal) -> bool:
        """Whether the gate lets ``measured`` through; equality passes only if the bound is inclusive."""
        return measured < limit or (self.inclusive and measured == limit)

    def phrases(self, names: Names) -> dict[str, str]:
        """Adds ``comparison``."""
        return {**super().phrases(names), "comparison": "未超过" if self.inclusive else "低于"}


Of = Literal["net", "increase", "absolute", "excess"]
Base = Literal[
    "bid_price", "bid_price_without_provisional_sum", "contract_price", "contract_price_without_provisional_sum"
]
_BASES = {
    "bid_price": "中标价",
    "bid_price_without_provisional_sum": "中标价（不含暂列金）",
    "contract_price": "合同价",
    "contract_price_without_provisional_sum": "合同价（不含暂列金）",
}
YUAN, TEN_THOUSAND_YUAN, PER_CENT = "元", "万元", "%"


class ApprovalTier(ChangeNorm, frozen=True, tag="approval_tier"):
    """The tier for changes whose ``measure`` lies within ``amount``.

    ``amount`` is in 元 or 万元, or in % of ``base``. ``of`` tells what is measured: the net, the increase, increase and
    decrease added up, or what the expenditure exceeds the price of the gate by. ``base_within``: only contracts whose
    base lies there are measured so. ``earlier``: whether changes filed before the instrument came into force count.
    """

    tier: str
    measure: Literal["single", "cumulative", "larger_of_single_and_cumulative"]
    amount: Bounds
    of: Of = "net"
    base: Base | None = None
    base_within: Bounds | None = None
    earlier: Earlier = "counted"

    @property
    def bounds(self) -> Bounds:
        """The bounds in yuan; a share as a fraction of 1."""
        if self.amount.unit == TEN_THOUSAND_YUAN:
            return self.amount.scaled(Decimal(10000), YUAN)
        return self.amount.scaled(Decimal("0.01"), "") if self.amount.unit == PER_CENT else self.amount

    @property
    def condition(self) -> str:
        """When it applies, in words: 单项或累计超过3万元、7万元以内（含7万元）."""
        what = {"single": "单项", "cumulative": "累计", "larger_of_single_and_cumulative": "单项或累计"}[self.measure]
        of = {"net": "", "increase": "增加额", "absolute": "增减之和", "excess": "超出中标价的部分"}[self.of]
        base = f"占{_BASES[self.base]}" if self.base else ""
        only = f"（{_BASES[self.base]}{self.base_within.phrase({})}的合同）" if self.base and self.base_within else ""
        return f"{what}{of}{base}{self.amount.phrase({})}{only}"

    def phrases(self, names: Names) -> dict[str, str]:
        """Adds ``condition``."""
        return {**super().phrases(names), "condition": self.condition}

    @property
    def scale(self) -> tuple[str, str, str, Bounds | None, str]:
        """What it measures; tiers of one scale tile it."""
        return self.measure, self.of, self.base or "", self.base_within, self.earlier


class ClassTier(ChangeNorm, frozen=True, tag="class_tier"):
    """The tier that a change needs at least where one of ``criteria`` is met, or it is of one of ``classes``."""

    tier: str
    criteria: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


class TierChoice(ChangeNorm, frozen=True, tag="tier_choice"):
    """Which tier applies where several measures (or a class) lead to different ones."""

    takes: Literal["strictest", "loosest"]

    def phrases(self, names: Names) -> dict[str, str]:
        """``takes`` in words."""
        return {**super().phrases(names), "takes": "从严" if self.takes == "strictest" else "从宽"}


class Consultation(ChangeNorm, frozen=True, tag="consultation"):
    """The parties of a tier that is decided by their consultation alone."""

    tier: str
    parties: tuple[str, ...]
    papers: tuple[str, ...] = ()


class ReportAfter(ChangeNorm, frozen=True, tag="report_after"):
    """What a tier has to be reported ``to`` after it was decided, and within which time of that."""

    tier: str
    by: str
    to: str
    within: Length
    first_day: Literal["next_day", "same_day"] = "next_day"
    moved: bool = False


class Splitting(ChangeNorm, frozen=True, tag="splitting"):
    """Within which time of the first filing several changes of one matter count as one."""

    within: Length


class Procedure(ChangeNorm, frozen=True, tag="procedure"):
    """A stretch of a tier's procedure, placed by ``position`` (from 1)."""

    tier: str
    position: int
    applicants: tuple[str, ...]
    stages: tuple[Stage, ...]
    papers: tuple[str, ...] = ()


class Publicity(ChangeNorm, frozen=True, tag="publicity"):
    """Where a tier's changes are made public, by whom, with which form; ``after`` which step, or ``before`` which.

    ``objections_suspend``: from the receipt of an objection until it is answered no day counts.
    """

    tier: str
    by: str
    platform: str
    form: str | None = None
    host: str = ""
    after: str | None = None
    before: str | None = None
    objections_suspend: bool = False


class TimeLimit(ChangeNorm, frozen=True, tag="time_limit"):
    """By when a step must be decided. ``first_day``: whether the day of ``counted_from`` itself counts.

    ``moved``: a last day of rest moves on. ``pauses``: what does not count while it lasts (as filed with the opinion).
    """

    length: Length
    inclusive: bool
    counted_from: Literal["received_on", "complete_on", "accepted_on"]
    first_day: Literal["next_day", "same_day"]
    moved: bool = False
    pauses: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    when: Literal["major_design_change"] | None = None
    offices_without_limit: tuple[str, ...] = ()


class Extension(ChangeNorm, frozen=True, tag="extension"):
    """A limit that may be exceeded, and what that requires; by ``length`` from its end, once, where that is stated."""

    of: str
    requires: tuple[str, ...]
    length: Length | None = None


class Substitution(ChangeNorm, frozen=True, tag="substitution"):
    """Who acts where an office is absent."""

    absent: str
    acting: str


class JointApplication(ChangeNorm, frozen=True, tag="joint_application"):
    """Who applies together where ``when`` (a party of the project) exists."""

    when: str
    parties: tuple[str, ...]


class Emergency(ChangeNorm, frozen=True, tag="emergency"):
    """The dated acts that must precede ``then`` in an emergency, in order.

    ``regularised_within``: by when after the start of the works the papers must be handed in; missing where the text
    sets no limit.
    """

    convened_by: str
    sequence: tuple[Keyed, ...]
    then: str
    papers: tuple[str, ...] = ()
    regularised_within: Length | None = None


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


class DiscountPrice(ChangeNorm, frozen=True, tag="discount_price"):
    """A unit price as a reference price less the discount of the bid: ``price`` × (1 − (1 − ``bid`` ÷ ``ceiling``)).

    ``discount_digits``: decimals of the discount, ``amount_digits`` those of a row's amount; both rounded half up.
    """

    basis: str
    price: Keyed
    bid: Keyed
    ceiling: Keyed
    discount_digits: int
    amount_digits: int = 2


class ContractRecording(ChangeNorm, frozen=True, tag="contract_recording"):
    """With whom a contract must be recorded before it may serve ``before``."""

    document: str
    recorded_with: str
    before: str


class LocalLimit(ChangeNorm, frozen=True, tag="local_limit"):
    """Norms that a lower jurisdiction may overlay, in one direction only."""

    overlays: tuple[str, ...]
    may_be: Literal["stricter"]
