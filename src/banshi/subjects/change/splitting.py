"""Could several changes be one cut up? Forms filed close together that reach a stricter tier only when taken together."""

import datetime
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from banshi.base.money import ZERO
from banshi.base.text import Text
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import ApprovalTier, Splitting
from banshi.subjects.change.filing import FiledForm, Filing
from banshi.subjects.change.tier_measures import base_of
from banshi.subjects.change.tier_plainly import scales

# No rule of law, where the law itself names no time: what is filed further apart is hardly one change cut up.
_USUAL = datetime.timedelta(days=30)
_Key = tuple[str, ...]


class Split(Struct, frozen=True):
    """Forms in order of filing, what they share, their amounts and sum (yuan), and the tier that the sum alone would need.

    ``stricter``: those of them that were filed as that tier, or a stricter one.
    """

    cases: tuple[FiledForm, ...]
    shared: Text
    amounts: tuple[Decimal, ...]
    total: Decimal
    together: Placed[ApprovalTier]
    stricter: tuple[FiledForm, ...] = ()


def window(law: Law | None) -> tuple[datetime.timedelta, Placed[Splitting] | None]:
    """Within which time forms may be one change cut up, and the norm that says so, if any does (in calendar days)."""
    placed = law.one(Splitting) if law else None
    return (datetime.timedelta(days=placed.norm.within.value), placed) if placed else (_USUAL, None)


def split_ending_at(case: FiledForm) -> Split | None:
    """The largest group that ends with this form and belongs to no group of a later one; None if there is none."""
    if not _concerned(case):
        return None
    splits = (_split(case, key) for key in dict.fromkeys(_keys(case)))
    return max((s for s in splits if s), key=lambda s: len(s.cases), default=None)


def _concerned(case: FiledForm) -> bool:
    return case.counts and any(_amount(case, of) > ZERO for of in _measured(case)) and not case.unit_doubtful


def _amount(case: FiledForm, of: str) -> Decimal:
    change = case.change
    if of == "net":
        return change.amounts.net
    return change.gross_increase if of == "increase" else change.absolute


def _measured(case: FiledForm) -> tuple[str, ...]:
    """What of a form the tiers measure."""
    return case.law.once(_kinds_of_amount) if case.law else ("net",)


def _kinds_of_amount(law: Law) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tiers[0].norm.of for tiers in law.once(_scales))) or ("net",)


def _scales(law: Law) -> list[list[Placed[ApprovalTier]]]:
    """The scales that several forms may be held against as one: sums of all forms are the same however they are cut up.

    Where there are only such sums, these.
    """
    every = [tiers for tiers in law.once(scales) if tiers[0].norm.of != "excess"]
    return [tiers for tiers in every if tiers[0].norm.measure != "cumulative"] or every


def _keys(case: FiledForm) -> Iterator[_Key]:
    """What may tie forms together: an item that grows, or type and cause."""
    change = case.change
    for row in change.items:
        if row.increase:
            yield "item", row.item
    yield "kind", change.type, change.cause


def _said(key: _Key) -> Text:
    """What is shared."""
    if key[0] == "item":
        return Text(f"同有细目 {key[1]}", f"all with item {key[1]}")
    return Text("变更类型、责任归属相同", "of the same type and cause")


@lru_cache(maxsize=2)
def _ties(filing: Filing) -> dict[_Key, list[FiledForm]]:
    """The forms that each key ties together, in order of filing; kept for the filing that is being looked at."""
    ties: dict[_Key, list[FiledForm]] = defaultdict(list)
    for case in filing.by_date:
        for key in dict.fromkeys(_keys(case)) if _concerned(case) else ():
            ties[key].append(case)
    return ties


def _split(case: FiledForm, key: _Key) -> Split | None:
    tied, day = _ties(case.filing)[key], case.change.filed_on.toordinal()
    at, within = tied.index(case, bisect_left(tied, day, key=_filed_on)), window(case.law)[0].days
    first = bisect_left(tied, day - within, key=_filed_on)
    if first == at or (at + 1 < len(tied) and _filed_on(tied[at + 1]) - _filed_on(tied[first]) <= within):
        return None
    group = tuple(tied[first : at + 1])
    if case.law is None or case.tier is None or _within_the_gate(case):
        return None
    found = [split for tiers in case.law.once(_scales) if (split := _on(tiers, group, key))]
    rank = case.law.tiers.index
    return max(found, key=lambda split: rank(split.together.norm.tier), default=None)


def _within_the_gate(case: FiledForm) -> bool:
    """Whether a form stays within the bid price, so that amounts decide nothing."""
    gate = case.procedures.gate if case.procedures else None
    return bool(gate and case.tier and case.tier.value == gate.norm.tier)


def _on(tiers: list[Placed[ApprovalTier]], group: tuple[FiledForm, ...], key: _Key) -> Split | None:
    """What the forms come to by one scale; None where each amount alone needs as much, or every form was filed so."""
    last, law = group[-1], group[-1].law
    assert law is not None
    amounts = tuple(_amount(case, tiers[0].norm.of) for case in group)
    total = sum(amounts, ZERO)
    together = _tier_of(tiers, last, total)
    if together is None:
        return None
    rank = {tier: n for n, tier in enumerate(law.tiers)}
    limit, alone = rank[together.norm.tier], [_tier_of(tiers, last, amount) for amount in amounts]
    looser = [case for case in group if _declared_looser(case, last, together)]
    if not looser or not all(p and rank[p.norm.tier] < limit for p in alone):
        return None
    return Split(group, _said(key), amounts, total, together, tuple(case for case in group if case not in looser))


def _filed_on(case: FiledForm) -> int:
    return case.change.filed_on.toordinal()


def _tier_of(tiers: list[Placed[ApprovalTier]], case: FiledForm, amount: Decimal) -> Placed[ApprovalTier] | None:
    """The tier that holds an amount, or its share of the project's price; None where the scale is not for this contract."""
    value, base = amount, base_of(tiers[0].norm, case.question)
    if base is not None:
        within = tiers[0].norm.base_within_yuan
        if base.amount is None or base.amount <= ZERO or (within and not within.contains(base.amount)):
            return None
        value = amount / base.amount
    return next((placed for placed in tiers if placed.norm.bounds.contains(value)), None)


def _declared_looser(case: FiledForm, last: FiledForm, together: Placed[ApprovalTier]) -> bool:
    """Whether a form was filed as a looser tier than ``together``, by the law of the last one; of an unknown word: no."""
    assert last.law is not None
    rank = {tier: n for n, tier in enumerate(last.law.tiers)}
    return case.change.tier in rank and rank[case.change.tier] < rank[together.norm.tier]
