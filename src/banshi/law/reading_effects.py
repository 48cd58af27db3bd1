"""What a reading makes of norms: the fields that they have under an option (by dotted paths), where it is not as they are written."""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Protocol, TypeVar

import msgspec

from banshi.law.dotted import Nowhere, put, take
from banshi.law.norms import Norm

N = TypeVar("N", bound=Norm)
Fields = Mapping[str, Any]


class Answered(Protocol):
    """A recorded question: the option that is taken, and what norms say under each."""

    @property
    def default(self) -> str:
        """The option that is taken."""
        ...

    @property
    def norms(self) -> Mapping[str, Mapping[str, Fields]]:
        """Option → norm id → fields."""
        ...


def said_by_readings(readings: Iterable[Answered]) -> dict[str, dict[str, Any]]:
    """By norm id, the fields that the readings taken give it; a later reading's before an earlier one's."""
    found: dict[str, dict[str, Any]] = {}
    for reading in readings:
        for norm_id, fields in reading.norms.get(reading.default, {}).items():
            found.setdefault(norm_id, {}).update(fields)
    return found


def as_read_if_it_fits(norm: N, fields: Fields | None) -> N:
    """The norm with other fields, or as it is written where they do not fit: a rule on policies says so."""
    try:
        return as_read(norm, fields)
    except (msgspec.ValidationError, Nowhere):
        return norm


def as_read(norm: N, fields: Fields | None) -> N:
    """The norm with other fields, by dotted paths; None takes one away.

    Raises ``msgspec.ValidationError``, or ``dotted.Nowhere`` where a path leads nowhere.
    """
    if not fields:
        return norm
    plain = _lists(msgspec.to_builtins(norm, builtin_types=(Decimal, datetime.date)))
    for path, value in fields.items():
        take(plain, path) if value is None else put(plain, path, value)
    return msgspec.convert(plain, type(norm))


def _lists(data: Any) -> Any:
    """Plain data with lists that can be written into."""
    if isinstance(data, dict):
        return {key: _lists(value) for key, value in data.items()}
    return [_lists(value) for value in data] if isinstance(data, list | tuple) else data
