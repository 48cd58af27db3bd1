"""The forms of an instrument on changes: what each of their fields is of a ledger."""

from collections.abc import Iterator
from typing import Any

from banshi.checking.loading import Loader
from banshi.files.findings import Route
from banshi.files.schema_parts import root
from banshi.files.tables.listings import Way
from banshi.law.form_places import Places, way_of
from banshi.law.forms_in_force import forms_of
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library
from banshi.law.version_parts import Form
from banshi.subjects.change.declared_fields import declared, undeclared
from banshi.subjects.change.law_words import names_in, versions_of
from banshi.subjects.change.loading import LoadedFiling
from banshi.subjects.change.table_kinds import CHANGES, own_tables

KIND = "ledger"
_FILED = "change.filed_on"


def places(loader: Loader, version: PolicyVersion, _form: Form) -> Places:
    """What a form of one change is of a ledger."""
    return places_of_ledger(loader, version.jurisdiction)


def places_of_ledger(loader: Loader, place: str | None) -> Places:
    """The same by the words of a place."""
    named = [place] if place else []
    names = names_in(loader.library, *named)
    known = tuple(own_tables(loader.shapes))
    asked = undeclared(declared(versions_of(loader.library, *named)))
    return Places(root(loader.shapes, KIND), known, ((), CHANGES), names, frozenset(("fictional",)), asked)


def document(data: dict[str, Any], _version: PolicyVersion, _form: Form) -> tuple[dict[str, Any], Route]:
    """A ledger of one change."""
    return {"kind": KIND, **data}, ()


def apart(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The changes of a ledger, each with its project."""
    for change in data["changes"]:
        yield {**data, "changes": [change]}


def changes_in(loaded: LoadedFiling, wanted: set[str] | None = None) -> Iterator[dict[str, Any]]:
    """The changes of a filing, each as a ledger of its own; ``wanted``: only those of these files."""
    project = _at(loaded.place.document.data, loaded.place.prefix)
    for case in loaded.filing.in_order:
        place = loaded.forms[case.index]
        if wanted is None or place.document.path in wanted:
            yield {"kind": KIND, "project": project, "changes": [_at(place.document.data, place.prefix)]}


def _at(data: Any, where: Route) -> Any:
    for step in where:
        data = data[step]
    return data


def labels_of(library: Library, place: str | None) -> dict[Way, tuple[str, ...]]:
    """What forms call the parts of a filing, by the way in a ledger: other names of the same columns and titles.

    Only forms that a change is filed with count: others may call something else by the same name.
    """
    found: dict[Way, dict[str, None]] = {}
    for _, form in forms_of(library, place, KIND):
        files = any(each.key == _FILED for each in form.fields)
        for each in form.fields if files else ():
            if each.key:
                found.setdefault(way_of(each.key), {})[each.label] = None
    return {way: tuple(labels) for way, labels in found.items()}
