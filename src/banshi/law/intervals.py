"""Do intervals tile an axis? Gaps and overlaps between bounds, with the ends taken exactly."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from banshi.base.money import plain, round_sum
from banshi.law.norms import Bound, Bounds


class Seam(NamedTuple):
    """What is wrong between two neighbours (indexes into the sequence given): a ``gap`` or an ``overlap``, and where."""

    first: int
    second: int
    kind: str
    where: str


def seams(bounds: Sequence[Bounds]) -> list[Seam]:
    """Gaps and overlaps between neighbours, in order of their lower ends."""
    order = sorted(range(len(bounds)), key=lambda n: _low(bounds[n]))
    return [seam for a, b in pairwise(order) if (seam := _seam(a, bounds[a], b, bounds[b]))]


def gaps(bounds: Sequence[Bounds]) -> list[Seam]:
    """What none of them covers between the first and the last, however they overlap."""
    order = sorted(range(len(bounds)), key=lambda n: _low(bounds[n]))
    found, reach = [], order[0] if order else 0
    for n in order[1:]:
        seam = _seam(reach, bounds[reach], n, bounds[n])
        if seam and seam.kind == "gap":
            found.append(seam)
        reach = max(reach, n, key=lambda each: _high(bounds[each]))
    return found


def _high(bounds: Bounds) -> tuple[Decimal, bool]:
    return (bounds.upper.value, bounds.upper.inclusive) if bounds.upper else (Decimal("Infinity"), True)


def _low(bounds: Bounds) -> tuple[Decimal, bool]:
    return (bounds.lower.value, not bounds.lower.inclusive) if bounds.lower else (Decimal("-Infinity"), False)


def _seam(first: int, one: Bounds, second: int, other: Bounds) -> Seam | None:
    high, low = one.upper, other.lower
    if high is None or low is None:
        return Seam(first, second, "overlap", _from(low) if high is None else _to(high))
    if high.value < low.value:
        return Seam(first, second, "gap", f"{round_sum(high.value, other.unit)}～{round_sum(low.value, other.unit)}")
    if high.value > low.value:
        return Seam(
            first, second, "overlap", f"{round_sum(low.value, other.unit)}～{round_sum(high.value, other.unit)}"
        )
    if high.inclusive == low.inclusive:
        return Seam(first, second, "overlap" if high.inclusive else "gap", round_sum(high.value, other.unit))
    return None


def _from(low: Bound | None) -> str:
    return f"{plain(low.value)} 起" if low else "全部"


def _to(high: Bound) -> str:
    return f"{plain(high.value)} 止"


def apart(one: Bounds, other: Bounds) -> bool:
    """Whether no value lies within both."""
    return _before(one, other) or _before(other, one)


def _before(one: Bounds, other: Bounds) -> bool:
    high, low = one.upper, other.lower
    if high is None or low is None:
        return False
    return high.value < low.value or (high.value == low.value and not (high.inclusive and low.inclusive))
