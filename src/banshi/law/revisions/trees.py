"""Versions of instruments in one normal form, so that only what they say can differ: never order, layout or comments.

A tree holds sections (documents, provisions, norms …); a section holds parts by key; a key is ``document#id``. What the
text leaves to a default is left out though it be written, and so is what is empty; lists whose order says nothing are sorted.
"""

import datetime
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from banshi.law.instruments import PolicyVersion
from banshi.law.norms import AnyNorm, Norm
from banshi.law.terms import FILED_WORDS

Part = dict[str, Any]
Tree = dict[str, dict[str, Part]]

DOCUMENTS, RELATIONS, WORDS, PROVISIONS, NORMS = "documents", "relations", "words", "provisions", "norms"
READINGS, FORMS, ERRATA, CORRECTIONS, OTHERS = "readings", "forms", "errata", "corrections", "others"
SECTIONS = (DOCUMENTS, RELATIONS, WORDS, PROVISIONS, NORMS, READINGS, FORMS, ERRATA, CORRECTIONS, OTHERS)
# Tables of ids and what they are called, in a version.
TABLES = (
    "offices",
    "tiers",
    "criteria",
    "classes",
    *FILED_WORDS,
    "project_fields",
    "steps",
    "papers",
    "facts",
    "shifts",
    "leave_kinds",
    "staff_groups",
    "case_kinds",
    "case_systems",
    "evaluations",
    "case_flags",
    "case_classes",
)
_ORDERED = frozenset(
    ("tiers", "fields", "columns", "stages", "sequence", "factors", "bands", "pieces", "prefer", "sources", "lines")
)
_ORDERED_KINDS = {"pricing": "bases"}  # kinds of norm of which the order of a list says something
_HELD = (
    "relations",
    "provisions",
    "readings",
    "forms",
    "errata",
    "corrections",
    "instrument",
    "version",
)  # by their keys
_DEFAULTS = {"precision": "day", "kind": "policy"}


def tree(versions: Mapping[str, Any], others: Mapping[str, Any] | None = None) -> Tree:
    """The tree of some versions (plain or typed), by the key of each document; ``others``: other files, by path."""
    found: Tree = {section: {} for section in SECTIONS}
    for document, version in versions.items():
        _add(found, document, _plain(version))
    for path, data in (others or {}).items():
        found[OTHERS][path] = _settled_file(data)
    return found


def document_of(key: str) -> str:
    """The document that a key is of."""
    return key.partition("#")[0]


def id_of(key: str) -> str:
    """The id in a key, without its document."""
    return key.partition("#")[2]


def _plain(version: Any) -> dict[str, Any]:
    """A version as plain data with defaults filled in; where it is not of today's shape, as it is written."""
    if isinstance(version, dict):
        own = {key: value for key, value in version.items() if key != "$schema"}
        try:
            version = msgspec.convert(own, PolicyVersion)
        except msgspec.ValidationError:
            return own
    return dict(_stated(version))


def _add(found: Tree, document: str, data: dict[str, Any]) -> None:
    held = {*TABLES, *_HELD}
    head = {key: value for key, value in data.items() if key not in held and value != _DEFAULTS.get(key)}
    head["tiers"] = list(_table(data, "tiers"))  # from the loosest to the strictest
    found[DOCUMENTS][document] = _settled(head)
    for table in TABLES:
        for slug, label in _table(data, table).items():
            found[WORDS][f"{document}#{table}/{slug}"] = _settled(label)
    for relation in _entries(data, "relations"):
        target = relation.get("instrument") or relation.get("number") or relation.get("title") or ""
        _put(found[RELATIONS], f"{document}#{relation.get('kind')} {target}", relation)
    for section in (READINGS, FORMS, ERRATA, CORRECTIONS):
        for part in _entries(data, section):
            _put(found[section], f"{document}#{part.get('id')}", part)
    for provision in _entries(data, "provisions"):
        own = {key: value for key, value in provision.items() if key != "norms"}
        _put(found[PROVISIONS], f"{document}#{provision.get('id')}", own)
        for norm in _entries(provision, "norms"):
            whole = {**_filled(norm), "provision": provision.get("id")}
            _put(found[NORMS], f"{document}#{norm.get('id')}", whole, _ORDERED_KINDS.get(str(norm.get("kind"))))


def _table(data: dict[str, Any], name: str) -> dict[str, Any]:
    table = data.get(name)
    return table if isinstance(table, dict) else {}


def _entries(data: dict[str, Any], name: str) -> Iterable[dict[str, Any]]:
    entries = data.get(name)
    return (entry for entry in entries if isinstance(entry, dict)) if isinstance(entries, list) else ()


def _filled(norm: dict[str, Any]) -> dict[str, Any]:
    """A norm as its kind has it, where that is known."""
    typed = as_norm(norm)
    if typed is None:
        return norm
    return dict(_stated(typed))


def as_norm(norm: Mapping[str, Any]) -> AnyNorm | None:
    """A part of the section of norms as a typed norm; None where it is not of today's shape."""
    own = {"id": "-", **{key: value for key, value in norm.items() if key != "provision"}}
    try:
        return msgspec.convert(own, AnyNorm)  # type: ignore[no-any-return]
    except msgspec.ValidationError:
        return None


def _stated(value: Any) -> Any:
    """Plain data of what a typed value states, without what its type supposes anyway."""
    if isinstance(value, msgspec.Struct):
        own = ((each.name, getattr(value, each.name), each) for each in msgspec.structs.fields(value))
        tagged = {"kind": value.kind} if isinstance(value, Norm) else {}
        return tagged | {name: _stated(given) for name, given, each in own if given != _default(each)}
    if isinstance(value, Mapping):
        return {key: _stated(each) for key, each in value.items()}
    return [_stated(each) for each in value] if isinstance(value, (list, tuple)) else value


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return field.default


def _put(section: dict[str, Part], key: str, part: dict[str, Any], ordered: str | None = None) -> None:
    """Under its key; a second one of the key (which a check refuses) beside it. ``ordered``: a list that is in order."""
    own, number = key, 1
    while own in section:
        number += 1
        own = f"{key}~{number}"
    section[own] = _settled({name: value for name, value in part.items() if name != "id"})
    if ordered in section[own]:
        section[own][ordered] = _settled(part[ordered], ordered=True)


def _settled_file(data: Any) -> Part:
    """A file beside instruments. Readers see the order of a guide; of others that of the entries they are made of says nothing."""
    kind = data.get("kind") if isinstance(data, dict) else None
    if kind == "working-days":
        return dict(_settled(data))
    found = dict(_settled(data if isinstance(data, dict) else {"": data}, ordered=True, throughout=True))
    for name, value in found.items():
        free = kind != "guide" and name not in _ORDERED and isinstance(value, list)
        if free and all(isinstance(each, dict) and "id" in each for each in value):
            found[name] = sorted(value, key=lambda entry: str(entry["id"]))
    return found


def settled(value: Any) -> Any:
    """A value of a file in one form, for comparing: without what is empty, dates and figures as text, and in no order."""
    return _settled(value)


def _settled(value: Any, *, ordered: bool = False, throughout: bool = False) -> Any:
    """Without what is empty, dates as text, and lists sorted where their order says nothing.

    ``throughout``: the order of every list below says something.
    """
    if isinstance(value, Mapping):
        settled = {
            str(key): _settled(each, ordered=ordered or key in _ORDERED, throughout=throughout)
            for key, each in value.items()
            if each != _DEFAULTS.get(str(key), _NEVER)
        }
        return {key: each for key, each in settled.items() if not _empty(each)}
    if isinstance(value, (list, tuple)):
        settled_list = [_settled(each, ordered=throughout, throughout=throughout) for each in value]
        return settled_list if ordered else sorted(settled_list, key=_sign)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, datetime.date) else value


_NEVER = object()


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, (str, list, dict, tuple)) and not value)


def _sign(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
