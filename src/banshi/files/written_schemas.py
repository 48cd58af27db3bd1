"""From types to JSON Schema: a kind of file is a type whose fields say what they are (``described``).

A struct with an ``about`` of its own becomes a definition, to which its fields refer; one without is written where it
stands. ``holds`` of a struct are keywords on its mapping as a whole; ``leads`` are fields that come first, before those of
its base. A union of tagged structs becomes a choice: the base
that they have in common says what is chosen (``chosen_by``), and each of them what its choice is called (``about``).
"""

import datetime
import json
import re
import types
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from banshi.files.described import SHARED, STATED, UNWRITTEN
from banshi.files.shape import SUFFIX

Schema = dict[str, Any]
Form = type[msgspec.Struct]
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FIRST = ("title", "description", "type", "enum")
_NOTHING = msgspec.Meta()
_PLAIN: dict[Any, Schema] = {
    bool: {"type": "boolean", "format": "boolean"},
    int: {"type": "integer"},
    str: {"type": "string"},
    Decimal: {"type": ["string", "number"]},
    datetime.date: {"$ref": "common.schema.json#/$defs/date"},
    Any: {},
}


def schema_of(kind: str, forms: Mapping[str, Form]) -> Schema:
    """The schema of a kind of file; ``forms``: what the documents of each kind are, for they may hold one another."""
    form = forms[kind]
    written = _Written({other: name for name, other in forms.items()})
    body = written.mapping(form)
    own = {
        "$schema": {"title": "格式说明", "description": "编辑器用来校验和补全。", "type": "string"},
        "kind": {"title": "种类", "description": f"固定写 {kind}。", "const": kind},
    }
    if "kind" in body["properties"]:  # else it may stand in a file of another kind, or in a table
        body["required"] = ["kind", *(key for key in body["required"] if key != "kind")]
    body["properties"] = {**own, **{key: part for key, part in body["properties"].items() if key != "kind"}}
    definitions = {"$defs": written.definitions} if written.definitions else {}
    return {"$schema": _DRAFT, **_said(_about(form)), **body, **definitions}


def common() -> Schema:
    """The schema of the values that all kinds of file have in common."""
    about = {"title": "共用的值", "description": "各种文件共用的值的写法：文字、金额、数量、日期、标识。"}
    return {"$schema": _DRAFT, **about, "$defs": SHARED}


def text_of(schema: Schema) -> str:
    """A schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


class _Written:
    """A schema being written: ``definitions`` are those that its parts referred to so far, by name."""

    def __init__(self, kinds: Mapping[Form, str]) -> None:
        """``kinds``: forms that are kinds of file, which have schemas of their own."""
        self.definitions: dict[str, Schema] = {}
        self._kinds = kinds

    def part(self, given: Any, title: str = "") -> Schema:
        """The schema of a type; ``title`` where it says none of its own."""
        core, notes = _apart(given)
        own = _laid_over(notes)
        if title:
            own = {"title": title, **own}
        if "$ref" in own or "type" in own:
            return _in_order(own)
        if own.keys() & {"enum", "x-labels"} and (core is str or get_origin(core) is Literal):
            # By the labels: two Literals of the same values in another order are one to Python.
            return _in_order({"enum": list(own.get("x-labels", ())), **own})
        extra = {key: value for note in notes for key, value in (note.extra or {}).items()}
        if "narrowed" in extra:
            return _in_order({**_said(_about(core)), **self.mapping(core, extra["narrowed"]), **own})
        if "keyed" in extra:
            entry = get_args(core)[1]
            keys = {key: self.part(Annotated[entry, note]) for key, note in extra["keyed"].items()}
            return _in_order({"type": "object", **own, "properties": keys, "additionalProperties": False})
        return _in_order({**self._of(core, own.get("title", "")), **own})

    def _of(self, core: Any, title: str) -> Schema:
        origin, inner = get_origin(core), get_args(core)
        if origin is Literal:
            return {"enum": list(inner)}
        if origin is tuple:
            length = {} if inner[-1] is Ellipsis else {"minItems": len(inner), "maxItems": len(inner)}
            return {"type": "array", "items": self.part(inner[0], title), **length}
        if origin is dict:
            entry = self.part(inner[1])
            return {"type": "object", **({"additionalProperties": entry} if entry else {})}
        if origin in (Union, types.UnionType):
            return self._choice(inner)
        if isinstance(core, type) and issubclass(core, msgspec.Struct):
            return self._struct(core)
        return dict(_PLAIN[core])

    def _struct(self, form: Form) -> Schema:
        if form in self._kinds:
            return {"$ref": f"{self._kinds[form]}{SUFFIX}"}
        if _about(form) is _NOTHING:
            return self.mapping(form)
        return self._defined(form, lambda: {**_said(_about(form)), **self.mapping(form)})

    def _defined(self, form: Form, write: Callable[[], Schema]) -> Schema:
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", form.__name__).lower()
        if name not in self.definitions:
            self.definitions[name] = {}  # its place, before those that it refers to
            self.definitions[name] = write()
        return {"$ref": f"#/$defs/{name}"}

    def mapping(self, form: Form, narrowed: Mapping[str, Any] | None = None) -> Schema:
        """The keys of a struct and what else holds of it; some of its fields may be ``narrowed``."""
        return {"type": "object", **self._keys(form, narrowed or {}), "additionalProperties": False}

    def _keys(self, form: Form, narrowed: Mapping[str, Any], without: tuple[str, ...] = ()) -> Schema:
        hints = get_type_hints(form, include_extras=True)
        left_out = {*without, *(key for key, instead in narrowed.items() if instead is None)}
        fields = [
            field
            for field in msgspec.structs.fields(form)
            if field.name not in left_out and UNWRITTEN not in _apart(hints[field.name])[1]
        ]
        leads: tuple[str, ...] = getattr(form, "leads", ())
        fields.sort(key=lambda field: leads.index(field.name) if field.name in leads else len(leads))
        required = [f.encode_name for f in fields if f.required or STATED in _apart(hints[f.name])[1]]
        properties = {f.encode_name: self._field(hints[f.name], narrowed.get(f.name)) for f in fields}
        holds: Schema = getattr(form, "holds", {})
        return {**({"required": required} if required else {}), "properties": properties, **holds}

    def _field(self, given: Any, instead: Any) -> Schema:
        part = self.part(given)
        if instead is None:
            return part
        kept: Schema = {key: part[key] for key in ("title", "description") if key in part}
        return {**kept, **self.part(instead)}

    def _choice(self, kinds: tuple[Form, ...]) -> Schema:
        common = [base for base in kinds[0].__mro__ if all(issubclass(kind, base) for kind in kinds)]
        base = next(base for base in common if "chosen_by" in vars(base))
        return self._defined(base, lambda: self._by_tag(base, kinds))

    def _by_tag(self, base: Any, kinds: tuple[Form, ...]) -> Schema:
        key = str(kinds[0].__struct_config__.tag_field)
        labels = {str(kind.__struct_config__.tag): _about(kind).title for kind in kinds}
        tag = {**_said(base.chosen_by), "enum": list(labels), "x-labels": labels}
        shared = self._keys(base, {})
        return {
            **_said(_about(base)),
            "type": "object",
            **shared,
            "required": [key, *shared.get("required", ())],
            "properties": {key: tag, **shared["properties"]},
            "allOf": [self._branch(key, base, kind) for kind in kinds],
            "unevaluatedProperties": False,
        }

    def _branch(self, key: str, base: Form, kind: Form) -> Schema:
        chosen = {"properties": {key: {"const": kind.__struct_config__.tag}}, "required": [key]}
        about = {name: text for name, text in _said(_about(kind)).items() if name == "description"}
        return {"if": chosen, "then": {**about, **self._keys(kind, {}, base.__struct_fields__)}}


def _about(form: Form) -> msgspec.Meta:
    about: msgspec.Meta = getattr(form, "about", _NOTHING)
    return about


def _apart(given: Any) -> tuple[Any, list[msgspec.Meta]]:
    """A type without its annotations and without None, and the annotations, inner ones first."""
    notes: list[msgspec.Meta] = []
    while True:
        if get_origin(given) is Annotated:
            given, *own = get_args(given)
            notes = [*(note for note in own if isinstance(note, msgspec.Meta)), *notes]
            continue
        parts = get_args(given) if get_origin(given) in (Union, types.UnionType) else ()
        if type(None) not in parts:
            return given, notes
        given = Union[tuple(part for part in parts if part is not type(None))]  # noqa: UP007


def _laid_over(notes: list[msgspec.Meta]) -> Schema:
    found: Schema = {}
    for note in notes:
        found |= {**_said(note), **(note.extra_json_schema or {})}
    return found


def _said(note: msgspec.Meta) -> Schema:
    said = {"title": note.title, "description": note.description, "examples": note.examples}
    return {key: text for key, text in said.items() if text}


def _in_order(schema: Schema) -> Schema:
    return {key: schema[key] for key in (*_FIRST, *schema) if key in schema}
