"""What the fields of a norm are called and how their values read: the small print below a norm, the cells of a table."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from markupsafe import Markup
from msgspec import Struct

from banshi.base.folders import first_file
from banshi.files.reading import read
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.norms import Names, Norm, called, of_table, own_key, whole
from banshi.law.norms.pointing import table_of
from banshi.law.uses import said_in_statement, to_be_read
from banshi.site.content import Labels
from banshi.subjects.cases.words import DIMENSIONS, MEASURES

_SLUG = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
_NOT_SHOWN = frozenset(("id", "statement", "inventory", "names"))
# Fields that hold ids of other norms of the same version.
_REFERENCES = {
    "score_rule": frozenset(("sub_item", "also_sub_items")),
    "adjustment": frozenset(("instead_of",)),
    "extension": frozenset(("of",)),
    "local_limit": frozenset(("overlays",)),
}


class FieldLine(Struct, frozen=True):
    """A field of a norm: its key, its label, and its value as it reads (empty where there is nothing to say)."""

    key: str
    label: str
    text: str


def names_for(project: Path) -> dict[str, Any]:
    """What ids that stand in norms, but are no names of the instrument's, are called in a project."""
    document = read(first_file(project, "site_templates/words.yaml")).document
    measured = {key: text.zh for key, text in (*MEASURES.items(), *DIMENSIONS.items())}
    return {**measured, **(document.data if document else {})}


class NormWording:
    """The words for fields and values: the schema's labels, the version's own names, and ``words.yaml``."""

    def __init__(self, labels: Labels, words: dict[str, Any]) -> None:
        """``words``: id → name; under the name of a kind of norm, the names that hold for that kind alone."""
        self._labels = labels
        self._words: Names = {key: name for key, name in words.items() if isinstance(name, str)}
        self._of_kind: dict[str, Names] = {key: names for key, names in words.items() if isinstance(names, dict)}
        self._looked_at: PolicyVersion | None = None
        self._kept: dict[str, Names] = {}

    def named(self, version: PolicyVersion, key: str, table: str = "") -> str:
        """What an id of a version (of one of its tables) is called."""
        return called({**self._words, **version.names}, table, key)

    def facts(self, placed: Placed[Norm], *, ids: bool = False) -> list[FieldLine]:
        """A norm's parameters; what is as it is by default is left out. ``ids``: also those by which files know what is named."""
        norm = placed.norm
        said = (self._fact(placed, field.name, ids=ids) for field in _fields(type(norm)) if _says(norm, field))
        return [fact for fact in said if fact.text]

    def unsaid(self, placed: Placed[Norm], *, in_words: bool) -> list[FieldLine]:
        """What a guide still has to tell: the parameters that are computed from, of which the statement says nothing, or less than all.

        ``in_words``: the guide prints the statement. Links lead to places of the norm's own page, so they are words here.
        """
        phrases = placed.norm.phrases(placed.version.names)

        def told(fact: FieldLine) -> bool:
            whole = len(phrases[fact.key]) >= len(fact.text)
            return to_be_read(placed.norm.kind, fact.key) or (said_in_statement(placed.norm, fact.key) and whole)

        found = (FieldLine(fact.key, fact.label, plain(fact.text)) for fact in self.facts(placed))
        return [fact for fact in found if not (_SLUG.fullmatch(fact.text) or (in_words and told(fact)))]

    def _fact(self, placed: Placed[Norm], key: str, *, ids: bool) -> FieldLine:
        kind, value = placed.norm.kind, getattr(placed.norm, key)
        if key in _REFERENCES.get(kind, ()):
            text: str = _references(placed.version, value)
        else:
            names = self._names(placed, key)
            phrases = placed.norm.phrases(names) if isinstance(value, dict) else {}
            own = phrases.get(key, "")
            text = _identifier(own if own and own != str(value) else _say(value, names, ids=ids))
        return FieldLine(key, self._labels.field(kind, key), text)

    def _names(self, placed: Placed[Norm], key: str) -> Names:
        """Every name that may stand in a field, the nearest meaning last."""
        kind, version = placed.norm.kind, placed.version
        names = {
            **self._in_text(version, kind),
            **getattr(placed.norm, "names", {}),
            **self._labels.listed(kind, key),
        }
        return of_table(names, table_of(kind, key))

    def _in_text(self, version: PolicyVersion, kind: str) -> Names:
        """Those that stand in any norm of a kind in a text; kept for the text that was looked at last."""
        if self._looked_at is not version:
            self._looked_at, self._kept = version, {}
        if kind not in self._kept:
            words = {**self._words, **self._of_kind.get(kind, {})}
            self._kept[kind] = {**words, **_declared(version), **_listed(version), **version.names}
        return self._kept[kind]


def plain(text: str) -> str:
    """A text without what a page marks in it."""
    return text.striptags() if isinstance(text, Markup) else text


_TABLES = ("case_kinds", "case_classes", "case_systems", "evaluations", "staff_groups", "leave_kinds")


def _declared(version: PolicyVersion) -> Names:
    """What a version calls the words of its registers and logs."""
    return {key: word.name for table in _TABLES for key, word in getattr(version, table).items()}


def referred(placed: Placed[Norm]) -> list[str]:
    """Ids of the norms that a norm refers to in its fields."""
    found: list[str] = []
    for key in sorted(_REFERENCES.get(placed.norm.kind, ()), reverse=True):
        value = getattr(placed.norm, key)
        found += [value] if isinstance(value, str) else value or ()
    return found


@cache
def _fields(form: type[Norm]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(form)


def _says(norm: Norm, field: msgspec.structs.FieldInfo) -> bool:
    if field.name in _NOT_SHOWN:
        return False
    value = getattr(norm, field.name)
    return field.required or (value is not None and value != field.default)


_LISTS = {"enumeration": "values", "pricing": "bases"}


def _listed(version: PolicyVersion) -> Names:
    """Names of the values that the version's own enumerations list, and of the bases of its prices."""
    values = (value for p in version.placed for value in getattr(p.norm, _LISTS.get(p.norm.kind, ""), ()))
    return {value.value: value.name for value in values}


def _references(version: PolicyVersion, value: Any) -> Markup:
    wanted = (value,) if isinstance(value, str) else value or ()
    placed = {each.norm.id: each for each in version.placed}
    return Markup("、").join(_reference(norm, version, placed.get(norm)) for norm in wanted)


def _reference(norm: str, version: PolicyVersion, placed: Placed[Norm] | None) -> Markup:
    if placed is None:
        return Markup("<code>{}</code>").format(norm)
    place = placed.provision
    beside = [each.norm for each in version.placed if each.provision.id == place.id]
    alike = sum(each.kind == placed.norm.kind for each in beside) > 1  # the label does not say which is meant
    own = f"（{_own_name(version, placed.norm, beside)}）" if alike else ""
    return Markup('<a href="#n-{}">{}{}{}</a>').format(norm, place.label, place.heading, own)


def _own_name(version: PolicyVersion, norm: Norm, beside: list[Norm]) -> str:
    """What tells a norm from the others of its provision: its name, the steps, tier or fact it is about, and else its number."""
    said = _about(version, norm)
    same = [each.id for each in beside if _about(version, each) == said]
    return said if said and len(same) == 1 else f"{said}之{same.index(norm.id) + 1}"


def _about(version: PolicyVersion, norm: Norm) -> str:
    if own := getattr(norm, "name", ""):
        return str(own)
    for field, table in (("steps", "steps"), ("step", "steps"), ("tier", "tiers"), ("fact", "facts")):
        value = getattr(norm, field, None)  # a step is a slug of one kind of norm, and a figure of another
        named = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
        found = [version.names.get(own_key(table, each), "") for each in named]
        if found and all(found):
            return "、".join(found)
    return ""


def _identifier(text: str) -> str:
    """What has no name of its own is shown as the identifier that it is."""
    return Markup("<code>{}</code>").format(text) if _SLUG.fullmatch(text) else text


def _say(value: Any, names: Names, *, ids: bool) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "；".join(f"{names.get(key, key)}：{_say(part, names, ids=ids)}" for key, part in value.items())
    if value is None or value == ():
        return ""
    if not hasattr(value, "phrase") and hasattr(value, "__struct_fields__"):
        return "，".join(
            _say(getattr(value, f), names, ids=ids) for f in value.__struct_fields__ if getattr(value, f) != ()
        )
    return whole(value, names, ids=ids)
