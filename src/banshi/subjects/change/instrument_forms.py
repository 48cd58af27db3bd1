"""The forms of an instrument on changes: what its ``forms:`` list, laid out as cells, groups and tables, blank or filled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from banshi.files.tables.entries import Names
from banshi.files.tables.headings import heading
from banshi.files.tables.listings import Leaf, Listing, Way
from banshi.files.tables.rows_of import written
from banshi.law.instruments import Form, FormField, PolicyVersion
from banshi.law.library import Library, places_above

CHANGES: Way = ("changes",)
PROJECT: Way = ("project",)
OTHER = "其他栏目（校验需要）"
_BLANK_ROWS = 12
_FILED = "change.filed_on"


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and what is written beside it; ``leaf`` is None where a filing has no place for it."""

    label: str
    leaf: Leaf | None
    way: Way
    who: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A list with its rows, which the form has room for."""

    title: str
    listing: Listing
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """Cells under a title (empty: those that stand by themselves)."""

    title: str
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Layout:
    """A form: its title and note, and its parts in order."""

    title: str
    note: str
    parts: list[Section | Table]


def forms_of(library: Library, place: str | None, subject: str) -> Iterator[tuple[PolicyVersion, Form]]:
    """Every form of a place's instruments on a subject (of every place where none is given), the newest version first."""
    own = [each for above in places_above(place) for each in library.in_place(above)] if place else []
    for instrument in own if place else library.instruments():
        for path in reversed(library.governing(instrument, subject)):
            version = library.load(path)
            yield from ((version, form) for form in version.forms)


def labels_of(library: Library, place: str | None, subject: str) -> dict[Way, tuple[str, ...]]:
    """What forms call the parts of a filing, by the way in a ledger: other names of the same columns and titles.

    Only forms that a change is filed with count: others may call something else by the same name.
    """
    found: dict[Way, dict[str, None]] = {}
    for _, form in forms_of(library, place, subject):
        files = any(each.key == _FILED for each in form.fields)
        for each in form.fields if files else ():
            if each.key:
                found.setdefault(way_of(each.key), {})[each.label] = None
    return {way: tuple(labels) for way, labels in found.items()}


def way_of(key: str) -> Way:
    """``change.amounts.net`` as the way in a ledger."""
    head, *rest = key.split(".")
    return ({"change": "changes"}.get(head, head), *rest)


def layout(
    form: Form,
    version: PolicyVersion,
    known: Sequence[Listing],
    names: Names,
    data: Mapping[str, Any] | None,
    *,
    alone: bool = False,
) -> Layout:
    """The form with the values of ``data`` (a ledger with one form), or blank.

    ``alone``: only what the form itself lists, without what a filing has a place for besides.
    """
    maker = _Maker(version, known, names, data)
    parts = [part for each in form.fields for part in maker.parts(each)]
    parts += [] if alone else maker.others()
    return Layout(form.title, form.note or "", list(_joined(parts)))


def _joined(parts: Sequence[Section | Table]) -> Iterator[Section | Table]:
    """Cells that stand by themselves, put together."""
    run: list[Cell] = []
    for part in parts:
        if isinstance(part, Section) and not part.title:
            run += part.cells
            continue
        if run:
            yield Section("", run)
            run = []
        yield part
    if run:
        yield Section("", run)


class _Maker:
    """Finds what the fields of a form stand for."""

    def __init__(
        self, version: PolicyVersion, known: Sequence[Listing], names: Names, data: Mapping[str, Any] | None
    ) -> None:
        self.version, self.known, self.names, self.data = version, known, names, data
        self.leaves = {
            (*listing.way, *leaf.way): (listing, leaf)
            for listing in known
            if listing.way in ((), CHANGES)
            for leaf in listing.leaves
        }
        self.tables = {listing.way: listing for listing in known if listing.way not in ((), CHANGES)}
        self.used: set[Way] = set()

    def parts(self, each: FormField) -> Iterator[Section | Table]:
        """What a field of the form is: a cell, the cells of a group, a table, or a place to write by hand."""
        way = way_of(each.key) if each.key else ()
        who = self.version.offices[each.filled_by].name if each.filled_by in self.version.offices else each.filled_by
        if way in self.used:
            return
        if way in self.leaves:
            yield Section("", [self._cell(each.label, way, who)])
        elif way in self.tables:
            yield self._table(each.label, self.tables[way])
        elif inside := [known for known in self.leaves if way and known[: len(way)] == way]:
            yield self._group(each.label, inside, who)
        else:
            yield Section("", [Cell(each.label, None, (), who)])

    def others(self) -> Iterator[Section | Table]:
        """What the form does not ask for, and a filing has a place for."""
        left = [way for way in self.leaves if way not in self.used and way[-1] != "fictional"]
        single = [way for way in left if not self.leaves[way][1].groups]
        yield Section(OTHER, [self._cell(self.leaves[way][1].field.title, way, "") for way in single])
        for group in dict.fromkeys(self.leaves[way][1].groups for way in left if self.leaves[way][1].groups):
            inside = [way for way in left if self.leaves[way][1].groups == group]
            yield self._group(group[-1], inside, "")
        for way, listing in self.tables.items():
            if way not in self.used and len(listing.line) < 3:
                yield self._table(listing.title, listing)

    def _cell(self, label: str, way: Way, who: str) -> Cell:
        self.used.add(way)
        listing, leaf = self.leaves[way]
        return Cell(label, leaf, way, who, self._value(listing, leaf))

    def _group(self, title: str, ways: Sequence[Way], who: str) -> Section:
        return Section(
            title, [self._cell(self.leaves[way][1].field.title, way, who) for way in ways if way not in self.used]
        )

    def _table(self, title: str, listing: Listing) -> Table:
        self.used.add(listing.way)
        rows = []
        for entry in self._entries(listing):
            rows.append([self._written(listing, leaf, entry) for leaf in listing.leaves])
        return Table(title, listing, rows or [[""] * len(listing.leaves) for _ in range(_BLANK_ROWS)])

    def _entries(self, listing: Listing) -> Sequence[Any]:
        if self.data is None:
            return []
        part: Any = self.data if listing.way[:1] == PROJECT else self.data["changes"][0]
        for step in listing.way if listing.way[:1] == PROJECT else listing.way[1:]:
            part = part.get(step) if isinstance(part, Mapping) else None
        return part or []

    def _value(self, listing: Listing, leaf: Leaf) -> str:
        if self.data is None:
            return ""
        return self._written(listing, leaf, self.data if not listing.way else self.data["changes"][0])

    def _written(self, listing: Listing, leaf: Leaf, entry: Any) -> str:
        part = entry
        for step in leaf.way:
            if not isinstance(part, Mapping) or step not in part:
                return ""
            part = part[step]
        return written(leaf, part, self.names.get((*listing.way, *leaf.way), ()))


def named(name: str, forms: Sequence[tuple[PolicyVersion, Form]]) -> tuple[PolicyVersion, Form] | None:
    """The form of an id, a title or an alias."""
    wanted = heading(name)
    return next(
        ((version, form) for version, form in forms if wanted in map(heading, (form.id, form.title, *form.aliases))),
        None,
    )
