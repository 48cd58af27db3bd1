"""May a lower jurisdiction's bound stand beside the higher one's? Only where it is no looser."""

from typing import Literal

from banshi.norms import ApprovalTier, Bound, LocalLimit, Norm

End = Literal["upper", "lower"]


def looser(mine: Bound | None, other: Bound | None, end: End) -> bool:
    """Whether the end ``mine`` of a tier leaves it more room, or begins the stricter tier later, than ``other``."""
    if mine is None or other is None:
        return mine is None and other is not None and end == "upper"
    if mine.value != other.value:
        return mine.value > other.value
    # At the same value an upper end reaches further if it includes it, a lower end begins later if it does not.
    return mine.inclusive > other.inclusive if end == "upper" else mine.inclusive < other.inclusive


def may_stand(inner: Norm, outer: Norm, limits: list[LocalLimit]) -> bool:
    """Whether an inner jurisdiction's norm may take the place of the outer one of the same id."""
    limited = any(outer.id in limit.overlays for limit in limits)
    if not (limited and isinstance(inner, ApprovalTier) and isinstance(outer, ApprovalTier)):
        return True
    mine, other = inner.amount, outer.amount
    return not (looser(mine.upper, other.upper, "upper") or looser(mine.lower, other.lower, "lower"))
