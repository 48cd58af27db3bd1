"""May a lower jurisdiction's norm stand beside the higher one's? Only where it is no looser."""

from collections.abc import Iterable, Sequence
from typing import Literal, cast

from banshi.law.instruments import Placed
from banshi.law.norms import ApprovalTier, Bound, Length, LocalLimit, Norm, Period, Procedure, Splitting, TimeLimit
from banshi.law.strictness import loosened

End = Literal["upper", "lower"]
LENGTHS = ("length", "within", "regularised_within")  # what kinds of norm call the length that they lay down
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


def may_stand(inner: Placed[Norm], outer: Placed[Norm], limits: Sequence[Placed[LocalLimit]]) -> bool:
    """Whether an inner jurisdiction's norm may take the place of the outer one of the same id.

    Where the outer text says which of its norms may be laid down otherwise, only those may: more strictly, or as it says.
    """
    if listed(outer, limits):
        return free_to_loosen(outer, limits) or no_looser(inner.norm, outer.norm)
    return all(limit.version.instrument != outer.version.instrument for limit in limits)


def is_below(place: str, other: str) -> bool:
    """Whether a jurisdiction lies below another one."""
    return place.startswith(other + "/")


def may_replace(inner: Iterable[Placed[Norm]], ids: Sequence[str], outer: Iterable[Placed[Norm]], id_: str) -> bool:
    """Whether norms of an inner jurisdiction's text, under ids of their own, may take the place of one of an outer text."""
    above = tuple(outer)
    limits = [cast(Placed[LocalLimit], placed) for placed in above if isinstance(placed.norm, LocalLimit)]
    theirs = next((placed for placed in above if placed.norm.id == id_), None)
    ours = [placed for placed in inner if placed.norm.id in ids]
    return theirs is not None and bool(ours) and all(may_stand(placed, theirs, limits) for placed in ours)


def listed(outer: Placed[Norm], limits: Sequence[Placed[LocalLimit]]) -> bool:
    """Whether a norm is one of those that may be laid down otherwise."""
    return any(outer.norm.id in limit.norm.overlays for limit in limits)


def free_to_loosen(outer: Placed[Norm], limits: Sequence[Placed[LocalLimit]]) -> bool:
    """Whether a norm is one of those that may be laid down otherwise whichever way."""
    return any(outer.norm.id in limit.norm.overlays and limit.norm.may_be == "otherwise" for limit in limits)


def no_looser(inner: Norm, outer: Norm) -> bool:
    """Whether it is certain that a norm is no looser than another: what cannot be compared is not."""
    if isinstance(inner, ApprovalTier) and isinstance(outer, ApprovalTier):
        if inner.scale[:3] != outer.scale[:3]:
            return False  # measured otherwise: nobody can say that it is stricter
        mine, other = inner.bounds, outer.bounds
        return not (looser(mine.upper, other.upper, "upper") or looser(mine.lower, other.lower, "lower"))
    if isinstance(outer, Procedure):
        return isinstance(inner, Procedure) and _only_adds(inner, outer)
    mine_long, other_long = length_of(inner), length_of(outer)
    if mine_long is None or other_long is None or isinstance(outer, Splitting):
        return loosened(inner, outer) == ()
    if isinstance(outer, Period) and outer.of == "publicity":  # what is public for less long is the looser
        return not longer(other_long, mine_long) and not _gives_more_days(outer, inner)
    return not longer(mine_long, other_long) and not _gives_more_days(inner, outer) and _no_more_left_out(inner, outer)


def _gives_more_days(longer_one: Norm, other: Norm) -> bool:
    """Whether of two lengths the first gives more days by how it is counted: from the next day, or moved on at its end."""
    if type(longer_one) is not type(other):
        return True
    later = [getattr(norm, "first_day", "") == "next_day" for norm in (longer_one, other)]
    moved = [getattr(norm, "moved", False) for norm in (longer_one, other)]
    return later[0] > later[1] or moved[0] > moved[1]


def _no_more_left_out(inner: Norm, outer: Norm) -> bool:
    """Whether a time limit counts from the same day, leaves no more days out, and holds for no fewer steps and offices."""
    if not (isinstance(inner, TimeLimit) and isinstance(outer, TimeLimit)):
        return True
    return (
        inner.counted_from == outer.counted_from
        and set(inner.pauses) <= set(outer.pauses)
        and (not inner.steps or (bool(outer.steps) and set(inner.steps) >= set(outer.steps)))
        and set(inner.offices_without_limit) <= set(outer.offices_without_limit)
        and inner.when == outer.when
        and inner.soft <= outer.soft
    )


def length_of(norm: Norm) -> Length | None:
    """The length that a norm lays down, whatever its kind calls it."""
    found = (getattr(norm, name, None) for name in LENGTHS)
    return next((length for length in found if isinstance(length, Length)), None)


def _only_adds(inner: Procedure, outer: Procedure) -> bool:
    """Whether a procedure has every step of another one, by the same offices, in the same order, side by side as there."""
    place = {step.step: (n, step.office) for n, stage in enumerate(inner.stages) for step in stage.steps}
    reached = -1
    for stage in outer.stages:
        found = [place.get(step.step) for step in stage.steps]
        if any(at is None or at[1] != step.office for at, step in zip(found, stage.steps, strict=True)):
            return False
        numbers = {at[0] for at in found if at}
        if len(numbers) > 1 or not all(number > reached for number in numbers):
            return False
        reached = max(numbers, default=reached)
    return (inner.tier, inner.position, inner.applicants) == (outer.tier, outer.position, outer.applicants)
