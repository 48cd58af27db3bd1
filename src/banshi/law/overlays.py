"""May a lower jurisdiction's norm stand beside the higher one's? Only where it is no looser."""

from typing import Literal

from banshi.law.norms import ApprovalTier, Bound, Length, LocalLimit, Norm

End = Literal["upper", "lower"]
_DAYS = {"天": 1, "日": 1, "工作日": 1, "月": 28, "年": 365}  # a month has that many days at the least


def looser(mine: Bound | None, other: Bound | None, end: End) -> bool:
    """Whether the end ``mine`` of a tier leaves it more room, or begins the stricter tier later, than ``other``."""
    if mine is None or other is None:
        return mine is None and other is not None and end == "upper"
    if mine.value != other.value:
        return mine.value > other.value
    # At the same value an upper end reaches further if it includes it, a lower end begins later if it does not.
    return mine.inclusive > other.inclusive if end == "upper" else mine.inclusive < other.inclusive


def longer(mine: Length, other: Length) -> bool:
    """Whether a length may be longer than another: in the same unit by its number, else by what its unit may come to."""
    if mine.unit == other.unit or {mine.unit, other.unit} <= {"天", "日"}:
        return mine.value > other.value
    if mine.unit == "工作日":  # working days always take at least as many calendar days
        return True
    return other.unit != "工作日" or mine.value * _DAYS.get(mine.unit, 0) > other.value


def may_stand(inner: Norm, outer: Norm, limits: list[LocalLimit]) -> bool:
    """Whether an inner jurisdiction's norm may take the place of the outer one of the same id."""
    if not any(outer.id in limit.overlays for limit in limits):
        return True
    if isinstance(inner, ApprovalTier) and isinstance(outer, ApprovalTier):
        if inner.scale[:3] != outer.scale[:3]:
            return False  # measured otherwise: nobody can say that it is stricter
        mine, other = inner.bounds, outer.bounds
        return not (looser(mine.upper, other.upper, "upper") or looser(mine.lower, other.lower, "lower"))
    mine_long, other_long = getattr(inner, "length", None), getattr(outer, "length", None)
    if isinstance(mine_long, Length) and isinstance(other_long, Length):
        return not longer(mine_long, other_long)
    return True
