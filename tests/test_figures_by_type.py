"""Figures of norms are looked at by the types of their fields, so that a kind of norm cannot be forgotten."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from conftest import ROOT

from banshi.law.norms import Norm
from banshi.law.norms.base import figures_of

SCHEMA = json.loads((ROOT / "schemas/policy.schema.json").read_text("utf-8"))
PARTS = SCHEMA["$defs"]


def kinds(form: type[Norm] = Norm) -> Iterator[type[Norm]]:
    for each in form.__subclasses__():
        if each.__struct_config__.tag:
            yield each
        yield from kinds(each)


def parts(form: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    for each in msgspec.structs.fields(form):
        for held in _structs(each.type):
            if held.__name__ not in ("Bound", "Bounds"):
                yield held
                yield from parts(held)


def _structs(hint: Any) -> Iterator[type[msgspec.Struct]]:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield hint
    for part in getattr(hint, "__args__", ()):
        yield from _structs(part)


def figures(said: Any) -> Iterator[dict[str, Any]]:
    """The numbers without a least value that stand somewhere below, parts that are bounds apart."""
    if isinstance(said, dict):
        if said.get("$ref", "").endswith(("/bound", "/bounds")):
            return
        types = said.get("type", [])
        if "number" in (types if isinstance(types, list) else [types]) and "minimum" not in said:
            yield said
        if (name := said.get("$ref", "").rpartition("/")[2]) in PARTS:
            yield from figures(PARTS[name])
        for key in ("properties", "items", "additionalProperties"):
            inner = said.get(key)
            for part in inner.values() if key == "properties" and inner else [inner] if inner else ():
                yield from figures(part)


@pytest.mark.parametrize("form", sorted(kinds(), key=lambda form: form.__name__), ids=lambda form: form.__name__)
def test_every_figure_of_a_kind_is_looked_at(form: type[Norm]) -> None:
    """At least as many as its schema has numbers that may be anything: those of the norm itself and of its parts."""
    tag = form.__struct_config__.tag
    said = [each["then"] for each in PARTS["norm"]["allOf"] if each["if"]["properties"]["kind"]["const"] == tag]
    stated = sum(1 for each in said for _ in figures(each))
    looked_at = [field for each in (form, *parts(form)) for field in figures_of(each)]
    assert len(looked_at) >= stated, (looked_at, stated)
