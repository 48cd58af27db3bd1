"""Are the amounts in yuan at all? Signs that a figure was written in 万元."""

from dataclasses import dataclass
from decimal import Decimal

from banshi.change.filing import Case
from banshi.findings import Route
from banshi.money import TEN_THOUSAND

_NEAR = Decimal("0.01")  # one per cent: rounding to 万元 loses no more than that in practice
_LARGE = Decimal("0.5")  # half the bid price: no rule of law, only a reason to look twice


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure that looks as if its unit were wrong: where it stands, its value, and what it was compared with."""

    where: Route
    value: Decimal
    against: Decimal
    kind: str  # "ratio": ten thousand times the other; "beyond": more than the bid price; "large": more than half of it


def doubts(case: Case) -> list[Doubt]:
    """Figures of a form that may be in 万元 instead of yuan, or the other way round."""
    amounts, bid = case.change.amounts, case.project.contract.bid_price
    found: list[Doubt] = []
    for name, rows in (("increase", case.change.items), ("decrease", case.change.items)):
        total, added = getattr(amounts, name), sum((getattr(row, name) for row in rows), Decimal(0))
        if _ten_thousandfold(total, added):
            found.append(Doubt(("amounts", name), total, added, "ratio"))
    if _ten_thousandfold(amounts.net, amounts.increase - amounts.decrease):
        found.append(Doubt(("amounts", "net"), amounts.net, amounts.increase - amounts.decrease, "ratio"))
    if not found and abs(amounts.net) > bid:
        found.append(Doubt(("amounts", "net"), amounts.net, bid, "beyond"))
    elif not found and abs(amounts.net) > bid * _LARGE:
        found.append(Doubt(("amounts", "net"), amounts.net, bid, "large"))
    return found


def unit_doubtful(case: Case) -> bool:
    """Whether a unit is so doubtful that a tier computed from it would mean nothing."""
    return any(doubt.kind != "large" for doubt in doubts(case))


def _ten_thousandfold(one: Decimal, other: Decimal) -> bool:
    low, high = sorted((abs(one), abs(other)))
    return low > 0 and abs(high / low / TEN_THOUSAND - 1) <= _NEAR
