"""A schema part by part, with what each part refers to: the one description of a kind's fields, their titles and types."""

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from msgspec import Struct

from banshi.files.shape import SUFFIX, Shapes

_PLAIN = ("string", "integer", "number", "boolean")


class SchemaField(Struct, frozen=True, dict=True):
    """A part of a schema: its own keys laid over those of what it refers to, and the schema that local references lead into.

    ``key``: the property's name (empty for a root or the entries of a list).
    """

    shapes: Shapes
    home: str
    schema: dict[str, Any]
    key: str = ""
    required: bool = False

    @property
    def title(self) -> str:
        """What it is called on forms, with the unit where it has one: 本次净额（元）."""
        return str(self.schema.get("title", self.key))

    @cached_property
    def sort(self) -> str:
        """What is written in it: its ``format`` (date, amount, slug …), ``enum``, or its type."""
        own = self.schema
        if "const" in own:
            return "const"
        if "enum" in own:
            return "enum"
        kinds = own.get("type", "object" if "properties" in own else "")
        if kinds in ("object", "array"):
            return str(kinds)
        return str(own.get("format") or (kinds if isinstance(kinds, str) else next(iter(kinds), "")))

    @cached_property
    def labels(self) -> dict[str, str]:
        """Of a choice: value → what it is called."""
        labels: dict[str, str] = self.schema.get("x-labels", {})
        return {str(value): labels.get(value, str(value)) for value in self.schema.get("enum", ())}

    @property
    def spellings(self) -> tuple[tuple[str, str], ...]:
        """Of a choice: every way in which it is written, with its value; one may stand for several."""
        written: dict[str, list[str]] = self.schema.get("x-written", {})
        labels = [(label, value) for value, label in self.labels.items()]
        return (*labels, *((spelling, value) for value, each in written.items() for spelling in each))

    @cached_property
    def _by_key(self) -> "dict[str, SchemaField]":
        """Made once: of a long list each entry asks for them."""
        required = self.schema.get("required", ())
        given = self.schema.get("properties", {}).items()
        return {key: self._made(each, key, required=key in required) for key, each in given}

    def fields(self) -> "Iterable[SchemaField]":
        """The properties of a mapping, in the schema's order."""
        return self._by_key.values()

    def field(self, key: str) -> "SchemaField | None":
        """One property."""
        return self._by_key.get(key)

    @cached_property
    def entry(self) -> "SchemaField | None":
        """What the entries of a list are."""
        given = self.schema.get("items")
        return self._made(given, "", required=True) if isinstance(given, dict) else None

    @cached_property
    def others(self) -> "SchemaField | None":
        """Of a mapping with keys of its own: what stands under each."""
        given = self.schema.get("additionalProperties")
        return self._made(given, "", required=False) if isinstance(given, dict) else None

    @cached_property
    def closed(self) -> bool:
        """Whether a mapping has no other keys than those that its schema names."""
        return any(self.schema.get(word) is False for word in ("additionalProperties", "unevaluatedProperties"))

    def of(self, key: str, holder: dict[str, Any]) -> "SchemaField | None":
        """What stands under a key of ``holder``, where what else it holds tells which keys it has too (norms by their kind)."""
        own = self.field(key) or self.others
        return own or next((found for each in self._branches(holder) if (found := each.of(key, holder))), None)

    def _branches(self, holder: dict[str, Any]) -> "Iterator[SchemaField]":
        for given, branch in self._ruled:
            if all(holder.get(name) == wanted for name, wanted in given.items()):
                yield branch

    @cached_property
    def _ruled(self) -> "list[tuple[dict[str, Any], SchemaField]]":
        """What must stand in a mapping, and the schema that rules it then."""
        return [
            (
                {name: each.get("const") for name, each in rule["if"].get("properties", {}).items()},
                self._made(rule["then"], "", required=False),
            )
            for rule in self.schema.get("allOf", ())
            if "if" in rule and "then" in rule
        ]

    def _made(self, given: dict[str, Any], key: str, *, required: bool) -> "SchemaField":
        home, schema = _whole(self.shapes, self.home, given)
        return SchemaField(self.shapes, home, schema, key, required)


@lru_cache(maxsize=32)
def root(shapes: Shapes, kind: str) -> SchemaField:
    """The schema of a kind as a whole."""
    home, schema = _whole(shapes, kind, shapes.schema(kind))
    return SchemaField(shapes, home, schema)


def _whole(shapes: Shapes, home: str, given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    reference = given.get("$ref")
    if not reference:
        return home, given
    file, _, route = str(reference).partition("#")
    home = file.removesuffix(SUFFIX) or home
    found = shapes.schema(home)
    for step in filter(None, route.split("/")):
        found = found[step]
    home, found = _whole(shapes, home, found)
    return home, {**found, **{key: value for key, value in given.items() if key != "$ref"}}


@lru_cache(maxsize=1024)
def _scalar(sort: str) -> bool:
    return sort not in ("object", "array", "const", "")


def is_scalar(field: SchemaField) -> bool:
    """Whether one value is written in it."""
    return _scalar(field.sort)
