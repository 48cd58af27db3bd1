"""What the law's own choices are called: tiers, steps, pricing bases, classes, criteria, by the property that holds them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from banshi.checking.loading import Loader
from banshi.files.written_values import Choices
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library, places_above
from banshi.law.norms.change import Pricing
from banshi.law.terms import Label
from banshi.subjects.change.filing import SUBJECT

Names = dict[tuple[str, ...], Choices]
_CHANGE = {"tiers": ("tier",), "steps": ("opinions", "step"), "classes": ("class",), "criteria": ("criteria",)}
_BASIS = ("items", "pricing_basis")


def names(data: Any, loader: Loader) -> Names:
    """How a form's choices are written, and what is meant, by the law of its place (of every place where none is known)."""
    ledger = isinstance(data, dict) and data.get("kind") == "ledger"
    place = data["project"].get("jurisdiction") if ledger and isinstance(data.get("project"), dict) else loader.of_place
    found = names_in(loader.library, place if isinstance(place, str) else None)
    return {("changes", *route): table for route, table in found.items()} if ledger else found


def names_in(library: Library, place: str | None) -> Names:
    """The same of one place (and those above it), or of all."""
    said: dict[tuple[str, ...], list[tuple[str, str]]] = {route: [] for route in (*_CHANGE.values(), _BASIS)}
    for version in _versions(library, place):
        for table, route in _CHANGE.items():
            said[route] += _spellings(getattr(version, table))
        for placed in version.placed:
            if isinstance(placed.norm, Pricing):
                bases = placed.norm.bases
                said[_BASIS] += [(name, each.value) for each in bases for name in (each.name, *each.written)]
    return {route: _with_values(pairs) for route, pairs in said.items()}


def _versions(library: Library, place: str | None) -> Iterator[PolicyVersion]:
    own = [each for above in places_above(place) for each in library.in_place(above)] if place else []
    for instrument in own if place else library.instruments():
        if library.governing(instrument, SUBJECT):
            yield from (text for text in library.texts(instrument) if SUBJECT in text.subjects)


def _spellings(labels: Mapping[str, Label]) -> Iterable[tuple[str, str]]:
    return [(name, key) for key, label in labels.items() for name in (label.name, *label.written)]


def _with_values(pairs: list[tuple[str, str]]) -> Choices:
    return tuple(dict.fromkeys((*pairs, *((value, value) for _, value in pairs))))
