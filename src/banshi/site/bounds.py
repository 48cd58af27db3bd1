"""Intervals that norms state, by the place where they stand: so that 30万元 finds the tier that covers it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct

from banshi.base.money import plain
from banshi.base.numerals import TIMES
from banshi.files.findings import anchor
from banshi.law.instruments import PolicyVersion
from banshi.law.norms.values import Bounds
from banshi.site.words import family

_OPEN = ""  # an end that is missing


class Interval(Struct, frozen=True):
    """An interval of a unit that readers use (元, 天): both ends as digits or empty, and whether each belongs to it."""

    address: str
    unit: str
    lower: str
    upper: str
    closed: str


def intervals(versions: list[PolicyVersion]) -> list[Interval]:
    """Every interval that the norms of the versions state and that leaves something out."""
    found = {
        _interval(f"instruments/{version.instrument}/{version.version}/#{anchor(placed.provision.id)}", bounds)
        for version in versions
        for placed in version.placed
        for bounds in _within(placed.norm)
        if bounds.lower != bounds.upper
    }
    return sorted(found, key=lambda each: (each.unit, each.address, each.lower, each.upper))


def _within(value: Any) -> Iterator[Bounds]:
    if isinstance(value, Bounds):
        yield value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from _within(getattr(value, field))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _within(part)


def _interval(address: str, bounds: Bounds) -> Interval:
    unit = bounds.unit
    if len(unit) > 1 and unit[0] in TIMES:
        bounds, unit = bounds.scaled(Decimal(TIMES[unit[0]]), unit[1:]), unit[1:]
    low, high = bounds.lower, bounds.upper
    closed = ("[" if low and low.inclusive else "(") + ("]" if high and high.inclusive else ")")
    return Interval(
        address, family(unit), plain(low.value) if low else _OPEN, plain(high.value) if high else _OPEN, closed
    )
