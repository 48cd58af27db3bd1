"""Schemas that a process has read, and the validators made of them: who answers often does not compile the same ones again."""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct

from banshi.files.validators import Deciding, deciding, explaining

_KEPT = 128


class Schema(Struct, frozen=True, eq=False):
    """A schema as it was read, not to be changed; two are the same where their text was.

    ``names``: of the files that it refers to.
    """

    data: dict[str, Any]
    names: frozenset[str]


Others = tuple[tuple[str, Schema], ...]  # what a schema may refer to, by the name of its file


@lru_cache(_KEPT)
def parsed(text: str) -> Schema:
    """The schema of a text of JSON."""
    data = json.loads(text)
    return Schema(data, frozenset(_referred(data)))


def _referred(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key in _REFERENCES and isinstance(value, str):
                yield value.partition("#")[0].rpartition("/")[2]
            else:
                yield from _referred(value)
    elif isinstance(part, list):
        for each in part:
            yield from _referred(each)


_REFERENCES = ("$ref", "$dynamicRef")


@lru_cache(_KEPT)
def decides(schema: Schema, others: Others, _fast: bool) -> Deciding:
    """The validator that decides; ``_fast``: whether jsonschema-rs does, as ``validators.fast`` says now."""
    return deciding(schema.data, {name: other.data for name, other in others})


@lru_cache(_KEPT)
def explains(schema: Schema, others: Others) -> Any:
    """The validator that says what is wrong."""
    return explaining(schema.data, {name: other.data for name, other in others})
