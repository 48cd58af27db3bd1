"""Figures in the texts of readings: ``{norm.field}`` is filled from the version's own norms, so that each is written once.

A name before the dot is a norm's id, or the instrument or number of a relation (``{city/attendance.since}``); behind
it stand fields, and places in lists: ``{parallel-rates.further.0.bound.lower}``.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from banshi.base.money import round_sum
from banshi.base.patterns import late
from banshi.law.instruments import PolicyVersion
from banshi.law.norms import Bound, Bounds, phrase
from banshi.law.version_parts import Reading

PLACEHOLDER = late(r"\{([^{}.]*)(?:\.([^{}]*))?\}")


def filled(version: PolicyVersion) -> PolicyVersion:
    """The version with its readings' placeholders filled; what leads nowhere stays as written, for a rule to report."""

    def text(written: str) -> str:
        return PLACEHOLDER.sub(lambda found: figure(version, found) or found.group(), written)

    def fill(reading: Reading) -> Reading:
        options = {option: text(said) for option, said in reading.options.items()}
        return msgspec.structs.replace(
            reading, question=text(reading.question), options=options, ground=text(reading.ground)
        )

    if not any("{" in said for reading in version.readings for _, said in texts(reading)):
        return version
    return msgspec.structs.replace(version, readings=tuple(fill(reading) for reading in version.readings))


def texts(reading: Reading) -> Iterator[tuple[tuple[str, ...], str]]:
    """What a reading says, each with the keys that lead to it."""
    yield ("question",), reading.question
    yield from ((("options", option), said) for option, said in reading.options.items())
    yield ("ground",), reading.ground


def figure(version: PolicyVersion, found: re.Match[str]) -> str | None:
    """What a placeholder stands for; None where it leads nowhere."""
    name, path = found.group(1), (found.group(2) or "").split(".")
    for placed in version.placed:
        if placed.norm.id == name:
            if getattr(placed.norm, path[0], "") is None:
                return None
            whole = placed.norm.phrases(version.names).get(path[0]) if len(path) == 1 else None
            return whole or _walk(version, placed.norm, path)
    relations = (r for r in version.relations if name in (r.instrument, r.number) and r.since)
    relation = next(relations, None) if path == ["since"] else None
    return phrase(relation.since, {}) if relation else None


def _walk(version: PolicyVersion, value: Any, path: list[str]) -> str | None:
    """The phrase of what lies at the end of a path; an end of an interval reads with its unit."""
    unit = ""
    for key in path:
        if isinstance(value, Bounds):
            unit = value.unit
        value = _step(value, key)
        if value is None:
            return None
    return round_sum(value.value, unit) if isinstance(value, Bound) else phrase(value, version.names)


def _step(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, tuple):
        return value[int(key)] if key.isdecimal() and int(key) < len(value) else None
    return getattr(value, key, None) if isinstance(value, msgspec.Struct) and key in value.__struct_fields__ else None
