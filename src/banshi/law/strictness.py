"""Is a norm looser than another one of its kind? By the fields that have a direction; where others differ, nobody can say."""

from decimal import Decimal
from typing import Any

from banshi.law.norms import (
    Bound,
    Bounds,
    Conversion,
    Cover,
    Extension,
    LatenessWeight,
    LeaveApproval,
    Length,
    Norm,
    Offset,
    PunchWindow,
    Quota,
    Splitting,
    Target,
    WorkingTime,
)

_ABOUT_IT = frozenset(Norm.__struct_fields__) - {"soft"}
_MINUTES = {"分钟": 1, "小时": 60}
# Of the fields of each kind that have a direction: 1 where more is looser, -1 where less is.
_LOOSER: dict[type[Norm], dict[str, int]] = {
    Quota: {"at_most": 1},
    Cover: {"minimum": -1, "substitute": -1, "before_leaving": -1},
    LeaveApproval: {"in_advance": -1, "unit_consent": -1},
    PunchWindow: {"start": -1, "end": 1, "start_inclusive": 1, "end_inclusive": 1, "grace": 1, "only_due": 1},
    WorkingTime: {"at_least": -1, "pause": -1},
    LatenessWeight: {"times": -1, "absence_days": -1, "unless_explained": 1},
    Conversion: {"every": 1, "days": -1},
    Offset: {"ratio": -1},
    Target: {"bound": 1},
    Extension: {"length": 1},
    Splitting: {"within": -1},
}
_OPEN = {"start": "", "end": "99:99"}  # an end of a window that is open: as early, as late as can be


def loosened(inner: Norm, outer: Norm) -> tuple[str, ...] | None:
    """The fields by which ``inner`` is looser than ``outer``: none, where it is as strict or stricter.

    None where that cannot be told: they differ in a field that has no direction, or are of two kinds.
    """
    if type(inner) is not type(outer):
        return None
    directions = {**_LOOSER.get(type(outer), {}), "soft": 1}
    if isinstance(outer, Quota) and outer.entitlement:
        directions = {}  # what people may have is no limit: more of it loosens nothing, and less is no stricter rule
    changed = [
        field
        for field in outer.__struct_fields__
        if field not in _ABOUT_IT and getattr(inner, field) != getattr(outer, field)
    ]
    if not directions.keys() >= set(changed):
        return None
    more = {field: _more(field, getattr(inner, field), getattr(outer, field)) for field in changed}
    if None in more.values():
        return None
    return tuple(field for field in changed if more[field] == (directions[field] > 0))


def _more(field: str, mine: Any, other: Any) -> bool | None:
    """Whether one value is more than another, different one; None where they cannot be compared."""
    if isinstance(mine, Bounds) or isinstance(other, Bounds):
        return _reaches_further(mine, other)
    one, two = _size(field, mine), _size(field, other)
    return one > two if type(one) is type(two) and one is not None and one != two else None


def _size(field: str, value: Any) -> Any:
    if field in _OPEN:
        return value or _OPEN[field]
    if isinstance(value, Length):
        return Decimal(value.value * _MINUTES[value.unit]) if value.unit in _MINUTES else (value.unit, value.value)
    return Decimal(value or 0)


def _reaches_further(mine: Bounds | None, other: Bounds | None) -> bool | None:
    """Whether bounds leave more room than others at one end and no less at the other; None where neither holds the other."""
    if mine is None or other is None or mine.unit != other.unit:
        return None if mine is not None and other is not None else mine is None
    upper, lower = _beyond(mine.upper, other.upper, 1), _beyond(mine.lower, other.lower, -1)
    return None if upper * lower < 0 else upper + lower > 0


def _beyond(mine: Bound | None, other: Bound | None, way: int) -> int:
    """1 where an end of bounds lies further out than another, -1 where further in, 0 where they are alike."""
    if mine is None or other is None:
        return (mine is None) - (other is None)
    one, two = (mine.value * way, mine.inclusive), (other.value * way, other.inclusive)
    return (one > two) - (one < two)
