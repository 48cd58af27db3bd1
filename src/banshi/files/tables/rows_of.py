"""Data as linked tables: the rows that a listing has, with what each belongs to; read back they are the same data."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from banshi.files.tables.entries import Names, leaves_in
from banshi.files.tables.listings import Leaf, Listing, Way, single

Rows = list[list[str]]
_LIST = 255  # characters of a list that a cell may offer


def tables_with(documents: Sequence[Any], known: Sequence[Listing], names: Names) -> list[tuple[Listing, Rows]]:
    """Each listing with a row of headings and its rows, as text.

    ``documents``: each of the kind that the listings describe. ``names``: what the law's choices are called.
    """
    by_place = frozenset(each.way for each in known if not _tells_apart(documents, each))
    found = []
    for listing in known:
        entries = list(_entries(documents, listing, by_place))
        if entries or _holds(documents, listing):
            found.append((listing, _rows(listing, entries, names, by_place)))
    return found


def _tells_apart(documents: Sequence[Any], listing: Listing) -> bool:
    """Whether no two entries beside each other have the same name."""
    if not listing.key:
        return False
    found = [(links, _named(entry, listing)) for links, entry in _entries(documents, listing, _ALL)]
    return len(set(found)) == len(found) and all(name for _, name in found)


def _holds(documents: Sequence[Any], listing: Listing) -> bool:
    """Whether a list is there, be it empty: then it says that there is nothing."""
    if listing.above is None:
        return True
    way = listing.way[len(listing.above.way) :]
    return any(_at(owner, way) is not None for _, owner in _entries(documents, listing.above, _ALL))


def entries_of(documents: Sequence[Any], listing: Listing) -> Iterator[Any]:
    """The entries of a listing in some documents."""
    return (entry for _, entry in _entries(documents, listing, _ALL))


_ALL: frozenset[Way] | None = None  # every entry is named by its place


def _entries(
    documents: Sequence[Any], listing: Listing, by_place: frozenset[Way] | None
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The entries of a listing, each with what names those above it."""
    yield from _below(documents, (*listing.line, listing), (), by_place)


def _below(
    entries: Sequence[Any], line: tuple[Listing, ...], links: tuple[str, ...], by_place: frozenset[Way] | None
) -> Iterator[tuple[tuple[str, ...], Any]]:
    own, *rest = line
    for place, entry in enumerate(entries, start=1):
        if not rest:
            yield links, entry
            continue
        link = str(place) if by_place is None or own.way in by_place else _named(entry, own)
        inner = _at(entry, rest[0].way[len(own.way) :])
        yield from _below(inner if isinstance(inner, list) else (), tuple(rest), (*links, link), by_place)


def _named(entry: Any, listing: Listing) -> str:
    found = _at(entry, listing.key)
    return "" if found is None else str(found)


def _at(data: Any, way: Way) -> Any:
    for step in way:
        data = data.get(step) if isinstance(data, Mapping) else None
    return data


def _rows(listing: Listing, entries: list[tuple[tuple[str, ...], Any]], names: Names, by_place: frozenset[Way]) -> Rows:
    cells = [
        {
            leaf.way: written(leaf, value, names.get((*listing.way, *leaf.way), ()))
            for leaf, value in leaves_in(entry, listing)
        }
        for _, entry in entries
    ]
    head = [
        *(above.place if above.way in by_place else above.link for above in listing.line),
        *(leaf.name for leaf in listing.leaves),
    ]
    rows = zip((links for links, _ in entries), cells, strict=True)
    return [head, *([*links, *(row.get(leaf.way, "") for leaf in listing.leaves)] for links, row in rows)]


def written(leaf: Leaf, value: Any, names: Sequence[tuple[str, str]]) -> str:
    """A value as a cell holds it, so that it is read as the same. ``names``: what the law's choices are called."""
    if value is None:
        return "无"
    if not single(leaf):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        entry = leaf.field.entry
        mark = "、" if names or (entry and entry.sort == "enum") else "\n"
        return mark.join(_word(leaf, each, names) for each in value) or "无"
    return _word(leaf, value, names)


def _word(leaf: Leaf, value: Any, names: Sequence[tuple[str, str]]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):  # a fact
        return (
            f"{value['count']}/{value['of']}"
            if value.keys() == {"count", "of"}
            else json.dumps(value, ensure_ascii=False)
        )
    entry = leaf.field.entry if leaf.several else leaf.field
    labels = entry.labels if entry else {}
    called = [name for name, meant in names if meant == value and name != value]
    certain = [name for name in called if {meant for other, meant in names if other == name} == {value}]
    return certain[0] if certain else labels.get(str(value), str(value))


def choices(leaf: Leaf, names: Sequence[tuple[str, str]] = ()) -> list[str]:
    """What may be picked in a cell; nothing where it is no choice, or there are too many."""
    if leaf.several:
        return []
    called: dict[str, str] = {}
    for name, value in names:
        called.setdefault(value, name)
    offered = list(dict.fromkeys(called.values())) or list(leaf.field.labels.values())
    offered = ["是", "否"] if leaf.field.sort == "boolean" else offered
    return offered if len(",".join(offered)) <= _LIST else []
