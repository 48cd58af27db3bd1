"""What a spreadsheet holds, written as a clerk would type it, so that one reader serves CSV and XLSX alike."""

import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

_HALF_SECOND = datetime.timedelta(milliseconds=500)
_ANY_DAY = datetime.date(2000, 1, 1)


def written(value: Any) -> str:
    """The text of a cell's value: ``1001.0`` is 1001, a time is rounded to its second."""
    if isinstance(value, str):
        return value
    return _written(type(value).__name__, value)


@lru_cache(maxsize=8192)
def _written(kind: str, value: Any) -> str:
    """``kind`` keeps values apart that are equal in Python: 1, 1.0 and True."""
    if kind == "bool":
        return "TRUE" if value else "FALSE"
    if kind == "datetime":
        return _to_second(value).isoformat(" ")
    if kind == "time":
        return _to_second(datetime.datetime.combine(_ANY_DAY, value)).time().isoformat()
    if kind == "timedelta":
        return _clock(value)
    if kind in ("int", "float"):
        return _number(value)
    return str(value)


def _number(value: float) -> str:
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return str(value)
    return str(int(exact)) if exact == exact.to_integral_value() else format(exact, "f")


def _to_second(value: datetime.datetime) -> datetime.datetime:
    """A fraction of a day is never exact: 08:30:59.990 was 08:31:00."""
    if value.year == datetime.MAXYEAR:
        return value.replace(microsecond=0)
    return (value + _HALF_SECOND).replace(microsecond=0)


def _clock(value: datetime.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    hours, rest = divmod(abs(seconds), 3600)
    return f"{sign}{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"
