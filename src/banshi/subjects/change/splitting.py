"""Could several changes be one cut up? Forms filed close together that reach a stricter tier only when taken together."""

import datetime
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from banshi.base.money import ZERO
from banshi.base.text import Text
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import ApprovalTier, Splitting
from banshi.subjects.change.filing import FiledForm, Filing

# No rule of law, where the law itself names no time: what is filed further apart is hardly one change cut up.
_USUAL = datetime.timedelta(days=30)
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Forms in order of filing, what they share, their sum (yuan), and the tier that the sum alone would need.

    ``stricter``: those of them that were filed as that tier, or a stricter one.
    """

    cases: tuple[FiledForm, ...]
    shared: Text
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
    return case.counts and amount_of(case) > ZERO and not case.unit_doubtful


def amount_of(case: FiledForm) -> Decimal:
    """What the tiers in yuan measure of a form: the net, the increase, or increase and decrease added up."""
    change = case.change
    amounts = {"net": change.amounts.net, "increase": change.gross_increase, "absolute": change.absolute}
    return amounts[case.law.once(_measured) if case.law else "net"]


def _measured(law: Law) -> str:
    tier = next(_in_yuan(law), None)
    return tier.norm.of if tier else "net"


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
    total = sum((amount_of(c) for c in group), ZERO)
    together = _tier_of(case.law, total)
    if together is None or not _looser(group, case, together):
        return None
    declared = tuple(c for c in group if not _declared_looser(c, case, together))
    return Split(group, _said(key), total, together, declared)


def _filed_on(case: FiledForm) -> int:
    return case.change.filed_on.toordinal()


def _tier_of(law: Law | None, amount: Decimal) -> Placed[ApprovalTier] | None:
    return next((p for p in _in_yuan(law) if p.norm.bounds.contains(amount)), None)


def _in_yuan(law: Law | None) -> Iterator[Placed[ApprovalTier]]:
    return (p for p in law.all(ApprovalTier) if p.norm.base is None) if law else iter(())


def _looser(group: tuple[FiledForm, ...], last: FiledForm, together: Placed[ApprovalTier]) -> bool:
    """Whether each amount alone needs less than their sum, and at least one form was declared accordingly.

    Where the last form stays within the bid price, amounts decide nothing.
    """
    law, gate = last.law, last.procedures.gate if last.procedures else None
    if law is None or last.tier is None or (gate and last.tier.value == gate.norm.tier):
        return False
    rank = {tier: n for n, tier in enumerate(law.tiers)}
    limit = rank[together.norm.tier]
    alone = [_tier_of(law, amount_of(c)) for c in group]
    return all(p and rank[p.norm.tier] < limit for p in alone) and any(
        _declared_looser(c, last, together) for c in group
    )


def _declared_looser(case: FiledForm, last: FiledForm, together: Placed[ApprovalTier]) -> bool:
    """Whether a form was filed as a looser tier than ``together``, by the law of the last one; of an unknown word: no."""
    assert last.law is not None
    rank = {tier: n for n, tier in enumerate(last.law.tiers)}
    return case.change.tier in rank and rank[case.change.tier] < rank[together.norm.tier]
