"""How many points a rule takes off for a figure; and the fewest and the most that it can, while the figure is not known."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from banshi.base.money import plain
from banshi.law.norms import Bounds, ScoreRule
from banshi.subjects.assessment.book import Sort
from banshi.subjects.assessment.results import kept

MOST = 999_999_999  # what a count may be at most, as the schema has it
ZERO, _WHOLE, _NEAR = Decimal(0), Decimal(100), Decimal("0.000001")


def by_steps(norm: ScoreRule, figure: Decimal) -> tuple[Decimal, str, str]:
    """So many points for each step between a figure and the end of what is asked for."""
    bound, step, points = norm.bound, norm.step, norm.points or Decimal(0)
    assert bound is not None and step is not None
    if not bound.contains(figure):
        return Decimal(0), "不减", "kept"
    end = bound.upper or bound.lower
    assert end is not None
    steps = abs(end.value - figure) / step
    if norm.part != "exact":
        steps = steps.to_integral_value(ROUND_CEILING if norm.part == "up" else ROUND_FLOOR)
    lost = steps * points
    apart = f"与{plain(end.value)}{bound.unit}差{plain(kept(abs(end.value - figure)))}"
    zh = f"{apart}，每{plain(step)}减{plain(points)}分，共减{plain(kept(lost))}分"
    return lost, zh, f"{plain(kept(steps))} steps of {plain(step)}, less {plain(kept(lost))}"


def by_bands(norm: ScoreRule, figure: Decimal) -> tuple[Decimal, str, str]:
    """The points of the band that a figure lies in."""
    for band in norm.bands:
        if band.bound.contains(figure):
            said = band.bound.phrase({})
            return band.points, f"在“{said}”一档，减{plain(band.points)}分", f"less {plain(band.points)}"
    return Decimal(0), "不在各档之内，不减", "in no band, kept"


def units_within(counted: int, bound: Bounds) -> int:
    """How many of 1, 2, … ``counted`` lie within a bound."""
    low = 1
    if bound.lower is not None:
        low = int(bound.lower.value) + (not bound.lower.inclusive)
    high = counted
    if bound.upper is not None:
        high = min(counted, int(bound.upper.value) - (not bound.upper.inclusive))
    return max(0, high - max(low, 1) + 1)


def points_between(norm: ScoreRule, sort: Sort) -> tuple[Decimal, Decimal] | None:
    """The fewest and the most points that a rule takes, whatever its fact turns out to be; None: the whole mark perhaps."""
    points, bound = norm.points or ZERO, norm.bound
    if norm.effect in ("by_steps", "banded"):
        lost = [(by_bands if norm.effect == "banded" else by_steps)(norm, each)[0] for each in _figures(norm, sort)]
        return min(lost), max(lost)
    if norm.effect != "subtract":
        return None
    if bound is None or norm.once or sort == "found":
        return ZERO, points
    if sort == "amount":
        high = bound.upper.value if bound.upper else Decimal(MOST)
        return ZERO, max(ZERO, high - (bound.lower.value if bound.lower else ZERO)) * points
    return ZERO, units_within(MOST, bound) * points


def least_share(norm: ScoreRule) -> Decimal:
    """The least percent of the full marks that a rule in proportion leaves; it may come as near to it as one likes."""
    lower, upper = (norm.bound.lower, norm.bound.upper) if norm.bound else (None, None)
    least, within = (lower.value, lower.inclusive) if lower and lower.value >= ZERO else (ZERO, True)
    if norm.digits is not None:  # what is rounded up to the first such figure within the bound
        fine = Decimal(1).scaleb(-norm.digits)
        first = (least / fine).to_integral_value(ROUND_CEILING) * fine
        least = first + (fine if first == least and not within else ZERO)
        within = True
    if upper and (upper.value < least or (upper.value == least and not (upper.inclusive and within))):
        return _WHOLE  # no rate lies within
    return min(max(ZERO, least), _WHOLE)


def _figures(norm: ScoreRule, sort: Sort) -> Iterator[Decimal]:
    """Figures of each sort that a rule by steps or bands tells apart: every end, what lies beside it, the least, the most."""
    least, most = ZERO, _WHOLE if sort == "rate" else Decimal(MOST)
    near = Decimal(1) if sort == "count" else Decimal(1).scaleb(-norm.digits) if norm.digits is not None else _NEAR
    bounds = [band.bound for band in norm.bands] or ([norm.bound] if norm.bound else [])
    ends = [end.value for bound in bounds for end in (bound.lower, bound.upper) if end]
    for figure in (least, most, *(end + beside for end in ends for beside in (-near, ZERO, near))):
        if least <= figure <= most:
            yield figure
