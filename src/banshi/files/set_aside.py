"""What is wrong in a document, at any depth, set aside so that the rest can be judged: nobody may rely on what it states.

Of a value that is lacking or wrong that is the value itself; of a key that nobody knows, what it may be meant for: whatever
the same part has a place for and does not state, where its value could stand there or its name is much like it; and a place
elsewhere that has its very name.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from msgspec import Struct

from banshi.base.limits import MAX_FINDINGS
from banshi.files.documents import Document
from banshi.files.findings import Route
from banshi.files.not_stated import something
from banshi.files.schema_parts import SchemaField, is_scalar
from banshi.files.tables.cells import CellUnreadable
from banshi.files.written_values import value_of

_OTHERWISE = 0.6  # how much like a name another must be, as where one is proposed


class Strange(Struct, frozen=True):
    """A key that nobody knows: where it stands, its value, and what the part that it stands in is."""

    where: Route
    value: Any
    part: SchemaField
    holder: dict[str, Any]


def weigh(document: Document, whole: SchemaField, wrong: Iterable[Route], keep: Collection[str] = ()) -> None:
    """Set aside what is wrong, and note in ``unstated`` what nobody may rely on therefore. ``wrong``: where values are.

    ``keep``: what nothing may be supposed of; what is wrong below a name of it that ends in a dot stays where it is.
    """
    below = tuple(each for each in keep if each.endswith("."))
    found = [each for each in _strange(document.data, whole, ()) if not _dotted(each.where).startswith(below)]
    keys = frozenset(each.where for each in found)
    values = frozenset(_values(wrong, keys, below))
    if not found and not values:
        return
    meant = {place.where for place in _meant(found, document.data, whole)} if found else None
    document.set_aside_within(keys | values if keys else values, _outermost(values | meant if meant else values))


def _values(wrong: Iterable[Route], keys: Collection[Route], below: tuple[str, ...]) -> Iterator[Route]:
    for route in wrong:
        if route not in keys and not (below and _dotted(route).startswith(below)) and (value := _value(route)):
            yield value


def _value(route: Route) -> Route:
    """What can be left out: a value under a key, not an entry of a list, whose place others would take."""
    while route and isinstance(route[-1], int):
        route = route[:-1]
    return route


def _outermost(routes: frozenset[Route]) -> frozenset[Route]:
    """Those that lie within no other one; of a long list the very same set, where it is no other."""
    inner = {route for route in routes if any(route[:n] in routes for n in range(1, len(route)))}
    return routes - inner if inner else routes


def filled(document: Document, whole: SchemaField, keep: Collection[str]) -> Any:
    """The data with something where what must be there was set aside: it makes a typed value of it, and nobody ever reads it.

    ``keep``: what nothing may be supposed of (dotted, without the numbers of entries); it stays out.
    """
    data = _copy(document.data)
    for route in document.unstated:
        holder, part = _at(data, whole, route[:-1])
        own = part.field(str(route[-1])) if part else None
        if own is not None and own.required and not _kept(route, keep):
            holder[route[-1]] = something(own, frozenset(), ())
    return data


def _copy(data: Any) -> Any:
    """Plain data anew; no part of it stands in two places, of which ``copy.deepcopy`` would keep account."""
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in data.items()}
    return [_copy(value) for value in data] if isinstance(data, list) else data


def lying_aside(document: Document, keep: Collection[str]) -> Callable[[Route], bool]:
    """Whether what is wrong at a place bears on nothing but what was set aside."""
    aside = {route for route in document.unstated if not _kept(route, keep)} if keep else document.unstated
    return lambda where: any(where[:n] in aside for n in range(1, len(where) + 1))


def _kept(route: Route, keep: Collection[str]) -> bool:
    own = _dotted(route)
    return own in keep or any(each.endswith(".") and own.startswith(each) for each in keep)


def _dotted(route: Route) -> str:
    """The way to a value, without the numbers of entries."""
    return ".".join(step for step in route if isinstance(step, str))


def _at(data: Any, part: SchemaField | None, route: Route) -> tuple[Any, SchemaField | None]:
    """What stands at a route, and what is known of it: nothing where a schema leaves open what is there."""
    for step in route:
        if part is not None:
            part = part.entry if isinstance(step, int) else part.field(step) or part.others
        data = data[step]
    return data, part


def _strange(data: Any, part: SchemaField, where: Route) -> Iterator[Strange]:
    if isinstance(data, dict) and part.sort == "object":
        for key, value in data.items():
            own = part.field(key) or part.others
            if own is not None:
                yield from _strange(value, own, (*where, key))
            elif part.schema.get("additionalProperties") is False:
                yield Strange((*where, key), value, part, data)
    elif isinstance(data, list) and part.entry is not None:
        for n, value in enumerate(data):
            yield from _strange(value, part.entry, (*where, n))


class _Place(Struct, frozen=True):
    """What a part has a place for and does not state."""

    where: Route
    field: SchemaField


def _meant(found: list[Strange], data: Any, whole: SchemaField) -> Iterator[_Place]:
    many = len(found) > MAX_FINDINGS  # then each is not weighed by itself
    for each in found:
        for place in _open(each.holder, each.part, each.where[:-1]):
            if many or _like(str(each.where[-1]), place.field) or _could_stand(each.value, place.field):
                yield place
    names = {name for each in found for name in _names(str(each.where[-1]), each.value)}
    yield from _called(names, data, whole, ())


def _open(holder: dict[str, Any], part: SchemaField, at: Route) -> Iterator[_Place]:
    yield from (_Place((*at, own.key), own) for own in part.fields() if own.key not in holder and own.sort != "const")


def _like(key: str, own: SchemaField) -> bool:
    headings = own.schema.get("x-headings", ())
    return key.strip() in (own.title, *headings) or bool(get_close_matches(key, [own.key], n=1, cutoff=_OTHERWISE))


def _could_stand(value: Any, own: SchemaField) -> bool:
    if isinstance(value, dict):
        return own.sort == "object"
    if isinstance(value, list):
        return own.sort == "array"
    if own.sort == "array":
        return own.entry is not None and is_scalar(own.entry) and isinstance(value, str)
    return is_scalar(own) and _reads(value, own)


def _reads(value: Any, own: SchemaField) -> bool:
    if isinstance(value, bool):
        return own.sort == "boolean"
    try:
        meant = value_of(own, str(value))
    except CellUnreadable:
        return False
    pattern = own.schema.get("pattern")
    return not pattern or not isinstance(meant, str) or re.search(pattern, meant) is not None


def _names(key: str, value: Any) -> Iterator[str]:
    """A key, and those within its value: a part may be indented wrongly."""
    yield key
    for own, inner in value.items() if isinstance(value, dict) else ():
        yield from _names(str(own), inner)
    for inner in value if isinstance(value, list) else ():
        if isinstance(inner, dict):
            yield from (name for own, each in inner.items() for name in _names(str(own), each))


def _called(names: set[str], data: Any, part: SchemaField, where: Route) -> Iterator[_Place]:
    """What is not stated anywhere and has one of the names; of a group that is not there, the group."""
    if isinstance(data, dict):
        for own in part.fields():
            here = (*where, own.key)
            if own.key in data:
                yield from _called(names, data[own.key], own, here)
            elif names & {own.key, own.title} or _holds(names, own):
                yield _Place(here, own)
    elif isinstance(data, list) and part.entry is not None:
        for n, value in enumerate(data):
            yield from _called(names, value, part.entry, (*where, n))


def _holds(names: set[str], own: SchemaField) -> bool:
    """Whether a group or a list that is not there has a place of one of the names."""
    inner = own.entry if own.sort == "array" else own
    return inner is not None and any(names & {each.key, each.title} or _holds(names, each) for each in inner.fields())
