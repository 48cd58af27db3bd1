"""The tier where a law decides it plainly: by a gate, and by one scale in yuan. Its result alone, which most are only compared with.

What holds for every law and says why is ``tiers``; both give the same.
"""

from decimal import Decimal

from msgspec import Struct

from banshi.base.money import ZERO
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import ApprovalGate, ApprovalTier, ClassTier
from banshi.law.norms.values import Bound
from banshi.subjects.change.tier_measures import TierQuestion, amount_measured


def scales(law: Law) -> list[list[Placed[ApprovalTier]]]:
    """The tiers by what they measure: those of one scale tile it."""
    found: dict[object, list[Placed[ApprovalTier]]] = {}
    for placed in law.all(ApprovalTier):
        found.setdefault(repr(placed.norm.scale), []).append(placed)
    return list(found.values())


def excess_of(gate: ApprovalGate, question: TierQuestion) -> tuple[Decimal, Decimal]:
    """What of the provisional sum is left out, and what is spent over the bid price, whatever that is (yuan)."""
    less = (question.provisional_sum or ZERO) if gate.provisional_sum == "left_out" else ZERO
    return less, cumulative_of(gate, question) - less


def cumulative_of(norm: ApprovalGate | ApprovalTier, question: TierQuestion) -> Decimal:
    """The net of all changes that count for a norm (yuan)."""
    return question.cumulative if norm.earlier == "counted" else question.cumulative_governed


class _Plain(Struct, frozen=True):
    """A law that decides by one scale in yuan and knows no classes; each of its tiers with its bounds."""

    gate: ApprovalGate | None
    measured: ApprovalTier
    tiers: tuple[tuple[Bound | None, Bound | None, str], ...]

    def tier_of(self, value: Decimal) -> str | None:
        """The only tier that holds a value."""
        found = None
        for low, high, tier in self.tiers:
            if low is not None and (value < low.value or (value == low.value and not low.inclusive)):
                continue
            if high is not None and (value > high.value or (value == high.value and not high.inclusive)):
                continue
            if found not in (None, tier):
                return None
            found = tier
        return found


def _plain(law: Law) -> _Plain | None:
    every, gate = scales(law), law.one(ApprovalGate)
    if len(every) != 1 or every[0][0].norm.base is not None or law.all(ClassTier):
        return None
    bounded = [(placed.norm.bounds, placed.norm.tier) for placed in every[0]]
    tiers = tuple((bounds.lower, bounds.upper, tier) for bounds, tier in bounded)
    return _Plain(gate.norm if gate else None, every[0][0].norm, tiers)


def tier_plainly(law: Law, question: TierQuestion) -> str | None:
    """The tier; None where that takes a closer look."""
    plain = law.once(_plain)
    if plain is None:
        return None
    gate, excess = plain.gate, None
    if gate:
        if question.provisional_sum is None and gate.provisional_sum == "left_out":
            return None
        _, excess = excess_of(gate, question)
        if gate.within(excess, ZERO):
            return gate.tier
    value = amount_measured(plain.measured, question, cumulative_of(plain.measured, question), excess)
    return None if value is None else plain.tier_of(value)
