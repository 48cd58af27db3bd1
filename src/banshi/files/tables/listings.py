"""A kind of file as linked tables: a row an entry, a column a value; tables of what is listed inside of an entry refer to it.

All of it comes from the schema, so that what a form asks for and what a table may hold are one description.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from banshi.files.schema_parts import SchemaField, is_scalar
from banshi.files.tables.headings import heading

Way = tuple[str, ...]  # a route without the numbers of entries
_SHORT = 3  # a name of fewer characters says too little without the group that it belongs to
NUMBER = "第几项"
YUAN = "（元）"


class Leaf(Struct, frozen=True, dict=True):
    """A value of an entry: the way to it, what it is, the titles of the groups that it lies in."""

    way: Way
    field: SchemaField
    groups: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # what forms of a law call it, where that is not another value's name
    called: tuple[str, ...] = ()  # what a law itself calls it, whatever else is known by that name
    of_above: bool = False  # whether it is a value of the entry that this one belongs to

    def named(self, name: str) -> str:
        """The heading under which it is written where it has this name: in its group, in yuan where it is."""
        unit = YUAN if self.field.title.endswith(YUAN) and not name.endswith(YUAN) else ""
        return "·".join((*self.groups, f"{name}{unit}"))

    @property
    def name(self) -> str:
        """The heading under which it is written: 财政评审·评审报告编号."""
        return "·".join((*self.groups, self.field.title))

    @cached_property
    def full(self) -> tuple[str, ...]:
        """Headings that mean it wherever they stand."""
        names = [self.name, "".join((*self.groups, self.field.title))]
        return tuple(dict.fromkeys((*names, *self.field.schema.get("x-headings", ()))))

    @property
    def several(self) -> bool:
        """Whether it is a list of single values, which share a cell."""
        return self.field.sort == "array"


class Listing(Struct, frozen=True, dict=True):
    """A table: entries that are listed at ``way``, their values, the leaf that names an entry, the listing above."""

    way: Way
    title: str
    leaves: tuple[Leaf, ...]
    field: SchemaField
    above: "Listing | None" = None
    key: Way = ()

    @property
    def link(self) -> str:
        """The heading of the column by which rows of other tables refer to an entry."""
        if not self.key:
            return self.place
        own = next(leaf for leaf in self.leaves if leaf.way == self.key).field.title
        return own if own.startswith(self.title[:2]) else f"{self.title}{own}"

    @property
    def place(self) -> str:
        """The heading of the column by which they refer to its place among its like."""
        return f"{self.title}{NUMBER}"

    @property
    def line(self) -> "tuple[Listing, ...]":
        """The listings above, the outermost first."""
        return (*self.above.line, self.above) if self.above else ()

    @cached_property
    def names(self) -> dict[str, Leaf]:
        """Heading as it is compared → value: in full, and by the last name alone where only one has it."""
        found: dict[str, Leaf] = {}
        for leaf in self.leaves:
            found.update({heading(name): leaf for name in leaf.full})
        for name, leaf in self._short():
            found.setdefault(name, leaf)
        for leaf in self.leaves:
            for name in leaf.also:
                found.setdefault(heading(name), leaf)
        return {**found, **self._called()}

    def _called(self) -> dict[str, Leaf]:
        """The names that a law gives to one value."""
        theirs: dict[str, dict[Way, Leaf]] = {}
        for leaf in self.leaves:
            for name in leaf.called:
                for said in (name, leaf.named(name)):
                    theirs.setdefault(heading(said), {})[leaf.way] = leaf
        return {name: next(iter(leaves.values())) for name, leaves in theirs.items() if len(leaves) == 1}

    @cached_property
    def own_names(self) -> dict[str, Leaf]:
        """Like ``names``, with every last name: for where the table is known by its title."""
        short = {heading(leaf.field.title): leaf for leaf in reversed(self.leaves)}
        return {**short, **self.names}

    def _short(self) -> Iterator[tuple[str, Leaf]]:
        last: dict[str, list[Leaf]] = {}
        for leaf in self.leaves:
            last.setdefault(heading(leaf.field.title), []).append(leaf)
        for name, leaves in last.items():
            if len(leaves) == 1 and (not leaves[0].groups or len(name) >= _SHORT):
                yield name, leaves[0]


def listings(root: SchemaField, titles: Mapping[Way, str], key: Way = (), whole: Way = ()) -> list[Listing]:
    """The tables of a kind: that of the documents themselves first, then each list inside of them.

    ``titles``: of tables that are not called as the schema calls them, the documents' own (``()``) among them; ``key``:
    what names a document. ``whole``: the way to a part whose values are the document's own.
    """
    top = Listing((), titles.get((), root.title), tuple(_leaves(root, (), (), whole)), root, None, key)
    return [top, *_below(root, top, (), titles)]


def _leaves(field: SchemaField, way: Way, groups: tuple[str, ...], whole: Way) -> Iterator[Leaf]:
    for part in field.fields():
        if part.key == "$schema" or (part.key == "kind" and part.sort == "const"):
            continue
        here = (*way, part.key)
        if part.sort == "object" and part.schema.get("properties"):
            yield from _leaves(part, here, groups if here == whole else (*groups, _bare(part.title)), whole)
        elif not _lists(part):
            yield Leaf(here, part, groups)


def _lists(part: SchemaField) -> bool:
    """Whether entries of several values are listed in it."""
    return part.sort == "array" and part.entry is not None and bool(part.entry.schema.get("properties"))


def _below(field: SchemaField, above: Listing, way: Way, titles: Mapping[Way, str]) -> Iterator[Listing]:
    for part in field.fields():
        here = (*way, part.key)
        if _lists(part):
            entry = part.entry
            assert entry is not None
            own = _key(entry)
            title = titles.get((*above.way, *here), _bare(part.title))
            made = Listing((*above.way, *here), title, tuple(_leaves(entry, (), (), ())), entry, above, own)
            yield made
            yield from _below(entry, made, (), titles)
        elif part.sort == "object":
            yield from _below(part, above, here, titles)


def _key(entry: SchemaField) -> Way:
    """The value that names an entry, where the schema says that there is one: its number or id."""
    return next(((key,) for key in ("number", "id") if key in entry.schema.get("required", ())), ())


def _bare(title: str) -> str:
    return re.sub(r"（[^（）]*）$", "", title)


def single(leaf: Leaf) -> bool:
    """Whether a cell holds it in words; what is neither one value nor a list of them stands there as JSON."""
    entry = leaf.field.entry if leaf.several else leaf.field
    return entry is not None and is_scalar(entry)
