"""The prices that nobody stated: the questions that come of every value they may have, as far as a tier turns on it.

A tier turns only where a price or the provisional sum crosses one of a few lines: the gate, the ends of a scale, those of the
contracts that it is for. One question on each side of each line, and one on it, reach every tier that can be reached.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from math import floor
from typing import Literal

import msgspec
from msgspec import Struct

from banshi.base.money import CENT, ZERO
from banshi.law.library import Law
from banshi.law.norms import ApprovalGate, ApprovalTier
from banshi.law.norms.values import Bounds
from banshi.subjects.change.tier_measures import BasePrice, TierQuestion, base_of, measure
from banshi.subjects.change.tier_plainly import cumulative_of

Price = Literal["bid_price", "contract_price", "provisional_sum"]


class Line(Struct, frozen=True):
    """Where a price, together with ``slope`` times the provisional sum, comes to ``at`` (yuan)."""

    of: Price
    slope: Fraction
    at: Fraction


def used_prices(law: Law) -> set[Price]:
    """The prices on which a tier of this law can turn: at the gate, the bid price stands on both sides."""
    gate, bases = law.one(ApprovalGate), [placed.norm.base or "" for placed in law.all(ApprovalTier)]
    found: set[Price] = set()
    if gate and gate.norm.provisional_sum == "left_out":
        found.add("provisional_sum")
    for base in bases:
        found |= {"bid_price"} if base.startswith("bid_price") else set()
        found |= {"contract_price"} if base.startswith("contract_price") else set()
        found |= {"provisional_sum"} if base.endswith("without_provisional_sum") else set()
    return found


def holding_prices(law: Law) -> tuple[Price, ...]:
    """The prices of which this law speaks that hold the provisional sum."""
    used = used_prices(law)
    bid = "bid_price" in used or law.one(ApprovalGate) is not None
    return (*(("bid_price",) if bid else ()), *(("contract_price",) if "contract_price" in used else ()))


def lacking_prices(law: Law, question: TierQuestion) -> list[Price]:
    """Those of them that are not stated."""
    return [each for each in sorted(law.once(used_prices)) if getattr(question, each) is None]


def questions(law: Law, question: TierQuestion, lacking: list[Price]) -> Iterator[TierQuestion]:
    """The question with every value of what is lacking, so far as they differ: prices above nought, with the sum in them."""
    lines = list(_lines(law, question))
    kept = _sums(law, lines, question, lacking) if "provisional_sum" in lacking else {question.provisional_sum or ZERO}
    for one in sorted(kept):
        bids, contracts = (
            _prices(lines, of, one) if of in lacking else [getattr(question, of)]
            for of in ("bid_price", "contract_price")
        )
        for bid, contract in product(bids, contracts):
            stated = one if "provisional_sum" in lacking else question.provisional_sum
            found = msgspec.structs.replace(question, bid_price=bid, contract_price=contract, provisional_sum=stated)
            if all(base is None or (base.amount or ZERO) > 0 for base in _bases(law, found)):
                yield found


def _bases(law: Law, question: TierQuestion) -> Iterator[BasePrice | None]:
    return (base_of(placed.norm, question) for placed in law.all(ApprovalTier))


def _sums(law: Law, lines: list[Line], question: TierQuestion, lacking: list[Price]) -> set[Decimal]:
    """Provisional sums on both sides of each value at which something turns, within the prices that are stated."""
    at = [line.at for line in lines if line.of == "provisional_sum"]
    prices = {of: getattr(question, of) for of in law.once(holding_prices)}
    for of, price in prices.items():
        own = [line for line in lines if line.of == of]
        if of in lacking:
            at += [
                (a.at - b.at) / (a.slope - b.slope)
                for a, b in combinations([*own, *_least(of)], 2)
                if a.slope != b.slope
            ]
        elif price is not None:
            at += [(line.at - Fraction(price)) / line.slope for line in own if line.slope]
            at.append(Fraction(price))
    most = min((price for price in prices.values() if price is not None), default=None)
    return {each for each in _beside([Fraction(0), *at]) if each >= 0 and (most is None or each <= most)}


def _least(of: Price) -> list[Line]:
    """A price is above nought, and no less than the sum in it."""
    return [Line(of, Fraction(0), Fraction(0)), Line(of, Fraction(-1), Fraction(0))]


def _prices(lines: list[Line], of: Price, kept: Decimal) -> list[Decimal]:
    at = [line.at - line.slope * Fraction(kept) for line in lines if line.of == of]
    return sorted(each for each in _beside([Fraction(kept), *at]) if each >= kept and each > 0)


def _beside(values: Iterable[Fraction]) -> set[Decimal]:
    """The whole cents at a value or just below it, and just above."""
    cents = {floor(each * 100) for each in values}
    return {each * CENT for cent in cents for each in (cent, cent + 1)}


def _lines(law: Law, question: TierQuestion) -> Iterator[Line]:
    gate = law.one(ApprovalGate)
    together = Fraction(cumulative_of(gate.norm, question)) if gate else Fraction(0)
    if gate and gate.norm.provisional_sum == "left_out":
        yield Line("provisional_sum", Fraction(0), together)
    for placed in law.all(ApprovalTier):
        norm = placed.norm
        if norm.of == "excess":
            less = Fraction(1 if gate and gate.norm.provisional_sum == "left_out" else 0)
            found = (together, less) if gate else None
        else:
            figure = measure(norm, question, cumulative_of(norm, question), None)
            found = (Fraction(figure[0]), Fraction(0)) if figure else None
        if found:
            yield from _turns(norm, *found)


def _turns(norm: ApprovalTier, value: Fraction, less: Fraction) -> Iterator[Line]:
    """Where a tier begins and ends: by its amount, or its share of a price; and the contracts that it is for.

    What is measured comes to ``value`` without ``less`` times the provisional sum.
    """
    ends = [Fraction(end) for end in _ends(norm.bounds)]
    if norm.base is None:
        yield from (Line("provisional_sum", Fraction(0), value - end) for end in ends if less)
        return
    of: Price = "bid_price" if norm.base.startswith("bid_price") else "contract_price"
    within = Fraction(-1 if norm.base.endswith("without_provisional_sum") else 0)
    if less:
        yield Line("provisional_sum", Fraction(0), value)
    yield from (Line(of, within + less / end, value / end) for end in ends if end)
    if only := norm.base_within_yuan:
        yield from (Line(of, within, Fraction(end)) for end in _ends(only))


def _ends(bounds: Bounds) -> Iterator[Decimal]:
    return (end.value for end in (bounds.lower, bounds.upper) if end is not None)
