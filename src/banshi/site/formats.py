"""The kinds of file that people write, as their schemas describe them: keys, types, allowed values, an example."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from banshi.base.folders import files_below, layered, real_path, shipped
from banshi.base.text import listed
from banshi.files.kinds import KINDS, function
from banshi.files.regular_files import read_text
from banshi.files.shape import SUFFIX, Shapes
from banshi.files.tables.describing import TableShape

_ANY_KEY = "<标识>"
_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "true 或 false",
    "array": "列表",
    "object": "一组键",
    "null": "空",
}
_NORMS = "provisions[].norms[]"
_EXCERPT_ITEMS, _EXCERPT_KEYS = 2, 8


class Key(Struct, frozen=True):
    """A key of a file: the way to it, its title, whether it must be there, its type, and the values it may take."""

    path: str
    title: str
    required: bool
    type: str
    about: str
    values: tuple[tuple[str, str], ...]


class NormKind(Struct, frozen=True):
    """A kind of norm: its name, its label, what it means, and the keys of its own."""

    name: str
    label: str
    about: str
    keys: list[Key]


class Format(Struct, frozen=True):
    """A kind of file: what the schema calls it, its keys, an excerpt of a real file; whether it may be a table."""

    kind: str
    title: str
    about: str
    keys: list[Key]
    norm_keys: list[Key]
    norm_kinds: list[NormKind]
    parts: dict[str, list[Key]]
    example: str
    example_from: str
    tables: list[TableShape]
    tabular: bool


def formats(project: Path, shown: Callable[[str], bool] = lambda _: True) -> list[Format]:
    """Every kind of file that the schemas describe. ``shown``: whether samples may be taken from an instrument (``place/name``)."""
    folders = layered(project, "schemas")
    shapes = Shapes(folders)
    known = [kind for kind in KINDS if any((folder / f"{kind}{SUFFIX}").is_file() for folder in folders)]
    examples = _examples(project, known, shown)
    return [_format(shapes, kind, *examples.get(kind, ("", ""))) for kind in known]


def _format(shapes: Shapes, kind: str, text: str, source: str) -> Format:
    schema = shapes.schema(kind)
    walk = _Walk(shapes, schema)
    parts = {name: part for name, part in schema.get("$defs", {}).items() if name != "norm"}
    return Format(
        kind,
        schema["title"],
        schema.get("description", ""),
        list(walk.keys(schema)),
        list(walk.keys(schema.get("$defs", {}).get("norm", {}))),
        list(walk.norm_kinds()),
        {part.get("title", name): list(walk.keys(part)) for name, part in parts.items()},
        text,
        source,
        function(KINDS[kind].tables)() if KINDS[kind].tables else [],
        bool(KINDS[kind].load_table),
    )


class _Walk:
    """Goes through one schema and the definitions that it refers to."""

    def __init__(self, shapes: Shapes, schema: dict[str, Any]) -> None:
        self._shapes, self._schema = shapes, schema

    def keys(self, schema: dict[str, Any], above: str = "") -> Iterator[Key]:
        """The keys of a mapping and of what is nested in it, in the schema's order."""
        required = schema.get("required", ())
        for name, given in schema.get("properties", {}).items():
            yield from self._key(name, given, required=name in required, above=above)

    def _key(self, name: str, given: dict[str, Any], *, required: bool, above: str) -> Iterator[Key]:
        path, part = f"{above}{name}", self._whole(given)
        yield Key(path, part.get("title", name), required, self._type(part), part.get("description", ""), _values(part))
        items = self._whole(part.get("items", {}))
        more = part.get("additionalProperties")
        if f"{path}[]" == _NORMS or self._elsewhere(given) or self._elsewhere(part.get("items", {})):
            return
        yield from self.keys(part, f"{path}.")
        yield from self.keys(items, f"{path}[].")
        if isinstance(more, dict):
            yield from self.keys(self._whole(more), f"{path}.{_ANY_KEY}.")

    def norm_kinds(self) -> Iterator[NormKind]:
        """The kinds of norm, if this schema has any."""
        norm = self._schema.get("$defs", {}).get("norm")
        if norm is None:
            return
        labels = norm["properties"]["kind"].get("x-labels", {})
        for branch in norm["allOf"]:
            name = branch["if"]["properties"]["kind"]["const"]
            about = branch["then"].get("description", "")
            yield NormKind(name, labels.get(name, name), about, list(self.keys(branch["then"])))

    def _elsewhere(self, given: dict[str, Any]) -> bool:
        """Whether the part has a description of its own: another kind of file, or a definition of this schema."""
        reference = str(given.get("$ref", ""))
        return bool(reference) and not reference.startswith("common")

    def _whole(self, given: dict[str, Any]) -> dict[str, Any]:
        """A part with what it refers to laid under it."""
        reference = given.get("$ref")
        if not reference:
            return given
        file, _, route = str(reference).partition("#/")
        found = self._shapes.schema(file.removesuffix(SUFFIX)) if file else self._schema
        for step in filter(None, route.split("/")):
            found = found[step]
        own = {key: value for key, value in given.items() if key != "$ref"}
        plain = {"description": ""} if found.get("title") == _TYPES["string"] else {}
        return {**found, **plain, **own, "x-of": found.get("title")}

    def _type(self, part: dict[str, Any]) -> str:
        if "const" in part:
            return f"写 {part['const']}"
        if "enum" in part:
            return "选一"
        kinds = part.get("type", "object" if "properties" in part else "")
        names = [_TYPES[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds) if kind]
        if kinds == ["string", "number"] and not part.get("x-of"):
            return _TYPES["number"]
        if part.get("x-of") and (part["x-of"] != part.get("title") or "properties" in part):
            return f"见“{part['x-of']}”" if "properties" in part else str(part["x-of"])
        if kinds == "array":
            item = self._whole(part.get("items", {}))
            return "列表：每项" + (item.get("title", "") if item.get("properties") else self._type(item) or "任意")
        return "或".join(dict.fromkeys(names)) or "任意"


def _values(part: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The values that may be chosen (of a list: by each of its entries), with their labels."""
    chosen = part if "enum" in part else part.get("items", {})
    labels = chosen.get("x-labels", {})
    return tuple((str(value), labels.get(value, "")) for value in chosen.get("enum", ()))


# Examples -----------------------------------------------------------------------------------------------------------


_DECLARED = re.compile(r"^kind: (.+)$", re.MULTILINE)


_NOTES = re.compile(r"\A(?:#.*\n|\n)+")


def _examples(project: Path, kinds: Iterable[str], shown: Callable[[str], bool]) -> dict[str, tuple[str, str]]:
    """Of each kind an excerpt of a real file, and where that lies: a policy, an example, or a base of the rules."""
    wanted, found = set(kinds), dict[str, tuple[str, str]]()
    for path, source in _samples(project, shown):
        text = read_text(path)
        for kind in _DECLARED.findall(text):
            if kind in wanted - set(found):
                # The notes of a rule's file are for who writes rules.
                own = _NOTES.sub("", text) if source.startswith("validators/") else text
                found[kind] = excerpt(own), source
        if len(found) == len(wanted):
            break
    return found


def _samples(project: Path, shown: Callable[[str], bool]) -> Iterator[tuple[Path, str]]:
    """The files from which an example may be taken, the best first, each with how it is named."""
    for name in ("policies", "examples", "validators"):
        for folder in dict.fromkeys((*layered(project, name), real_path(shipped(name)))):
            # Whole centres among the examples speak others' words.
            centres = {each.parent for each in folder.glob("*/policies")}
            for path in sorted(p for p in files_below(folder) if p.suffix == ".yaml"):
                inside = path.relative_to(folder)
                if centres & set(path.parents):
                    continue
                if name != "policies" or shown(inside.parent.as_posix()):
                    yield path, f"{name}/{inside.as_posix()}"


def excerpt(text: str) -> str:
    """A file in short: of each list at its top only the first entries, of each mapping only the first keys."""
    blocks = re.split(r"^(?=[^\s#])", text.strip(), flags=re.MULTILINE)
    return "\n".join(_shortened(block.rstrip()) for block in blocks if block.strip())


def _shortened(block: str) -> str:
    head, *entries = re.split(r"\n(?=  [^\s#])", block)
    keep = _EXCERPT_ITEMS if entries and entries[0].startswith("  - ") else _EXCERPT_KEYS
    return "\n".join([head, *entries[:keep], *(["  # ……其余从略"] if entries[keep:] else [])])


def values_said(key: Key) -> str:
    """consultation（会商）、finance（财政）."""
    return listed(f"{value}（{label}）" if label else value for value, label in key.values)
