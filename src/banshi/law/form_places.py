"""Where the fields of a form lead: the values and tables of the kind of file that a filled one is, or is a part of."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from banshi.files.schema_parts import SchemaField
from banshi.files.tables.cells import NOTHING
from banshi.files.tables.entries import Names
from banshi.files.tables.listings import Leaf, Listing, Way
from banshi.law.version_parts import Form

_HEADS = {"change": "changes"}  # what fields say of a list of which a form is one entry


class Places(Struct, frozen=True, dict=True):
    """The tables of a kind, ``ones``: those of which a form holds one entry (the documents' own, ``()``, among them).

    ``names``: choices of the law by way. ``hidden``: values that no form asks for, ``left_out``: those of them by way.
    """

    root: SchemaField
    known: tuple[Listing, ...]
    ones: tuple[Way, ...] = ((),)
    names: Names = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    left_out: frozenset[Way] = frozenset()

    @cached_property
    def leaves(self) -> dict[Way, tuple[Listing, Leaf]]:
        """Every single value of a form, by the whole way to it."""
        return {
            (*listing.way, *leaf.way): (listing, leaf)
            for listing in self.known
            if listing.way in self.ones
            for leaf in listing.leaves
        }

    @cached_property
    def tables(self) -> dict[Way, Listing]:
        """The lists of which a form has room for several entries."""
        return {listing.way: listing for listing in self.known if listing.way not in self.ones}

    def leaf(self, way: Way) -> tuple[Listing, Leaf] | None:
        """A single value, one under a key of an open mapping too."""
        if way in self.leaves:
            return self.leaves[way]
        above = (each for each in self.known if each.way in self.ones and each.way == way[: len(each.way)])
        owner = max(above, key=_depth)
        part, rest = owner.field, way[len(owner.way) :]
        for step in rest:
            found = part.field(step) or part.others
            if found is None:
                return None
            part = replace(found, key=step)
        return (owner, Leaf(rest, part)) if rest and part.sort not in ("object", "array") else None

    def inside(self, way: Way) -> list[Way]:
        """The single values of a group."""
        return [known for known in self.leaves if way and known[: len(way)] == way]

    def value(self, data: Any, way: Way) -> Any:
        """What stands at a way in a document with one entry of each of the ``ones``; ``NOTHING`` where nothing does."""
        for step in way:
            while isinstance(data, Sequence) and not isinstance(data, str):
                data = data[0] if data else None
            data = data.get(step, NOTHING) if isinstance(data, Mapping) else NOTHING
        return data

    def called(self, form: Form) -> list[Listing]:
        """The tables as the form calls their values, with its own values among them."""
        said: dict[Way, list[str]] = {}
        for each in form.fields:
            if each.key:
                said.setdefault(way_of(each.key), []).append(each.label)
        extra = [_titled(self.leaf(way), said[way][0]) for way in said if way not in self.leaves]
        found = []
        for listing in self.known:
            more = tuple(each[1] for each in extra if each and each[0].way == listing.way)
            leaves = (
                replace(leaf, also=tuple(said.get((*listing.way, *leaf.way), ()))) for leaf in (*listing.leaves, *more)
            )
            found.append(replace(listing, leaves=tuple(leaves)))
        return found

    def sections(self, form: Form) -> dict[str, str]:
        """What the form calls groups and tables: each such title with the one of the schema."""
        own: dict[Way, str] = {listing.way: listing.title for listing in self.known}
        for listing in self.known:
            for leaf in listing.leaves:
                for depth, group in enumerate(leaf.groups, start=len(leaf.way) - len(leaf.groups)):
                    own.setdefault((*listing.way, *leaf.way[:depth]), group)
        ways = ((each, way_of(each.key)) for each in form.fields if each.key)
        return {each.label: own[way] for each, way in ways if way in own}


def _titled(found: tuple[Listing, Leaf] | None, title: str) -> tuple[Listing, Leaf] | None:
    """A value under a key of an open mapping, which has no title but the form's."""
    if found is None:
        return None
    listing, leaf = found
    return listing, replace(leaf, field=replace(leaf.field, schema={**leaf.field.schema, "title": title}))


def _depth(listing: Listing) -> int:
    return len(listing.way)


def way_of(key: str) -> Way:
    """``change.amounts.net`` as the way in a document of the kind."""
    head, *rest = key.split(".")
    return (_HEADS.get(head, head), *rest)


def leads(root: SchemaField, way: Way) -> bool:
    """Whether there is such a place in a document of a kind, whichever entries of its lists are meant."""
    part: SchemaField | None = root
    for step in way:
        while part is not None and part.sort == "array":
            part = part.entry
        part = part.field(step) or part.others if part is not None else None
    return part is not None
