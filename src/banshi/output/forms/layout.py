"""A form laid out: what its ``fields:`` list as cells, groups and tables, blank or with the values of a document."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from banshi.files.tables.cells import NOTHING
from banshi.files.tables.listings import Leaf, Listing, Way
from banshi.files.tables.rows_of import written
from banshi.law.form_places import Places, way_of
from banshi.law.terms import Office
from banshi.law.version_parts import Form, FormField

OTHER = "其他栏目（校验需要）"
_BLANK_ROWS = 12


class Cell(Struct, frozen=True):
    """A label and what is written beside it; ``leaf`` is None where a document has no place for it."""

    label: str
    leaf: Leaf | None
    way: Way
    who: str
    value: str = ""
    hint: str = ""


class FormTable(Struct, frozen=True):
    """A list with its rows, which the form has room for."""

    title: str
    listing: Listing
    rows: list[list[str]]
    hint: str = ""


class FormSection(Struct, frozen=True):
    """Cells under a title (empty: those that stand by themselves)."""

    title: str
    cells: list[Cell] = field(default_factory=list)


class Layout(Struct, frozen=True):
    """A form: its title and note, its parts in order; ``name``: what a filled one says that it is; ``page``: its paper."""

    title: str
    note: str
    parts: list[FormSection | FormTable]
    name: str = ""
    page: str = ""


def layout(
    form: Form,
    offices: Mapping[str, Office],
    places: Places,
    data: Mapping[str, Any] | None,
    *,
    name: str = "",
    alone: bool = False,
) -> Layout:
    """The form with the values of ``data`` (a document with one entry of each of the places' ``ones``), or blank.

    ``offices``: who fills in what. ``name``: what tells the form from every other. ``alone``: only what the form itself
    lists, without what its document has a place for besides.
    """
    maker = _Maker(offices, places, data)
    parts = [part for each in form.fields for part in maker.parts(each)]
    parts += [] if alone else maker.others()
    return Layout(form.title, form.note or "", list(_joined(parts)), name, form.page)


def _joined(parts: Sequence[FormSection | FormTable]) -> Iterator[FormSection | FormTable]:
    """Cells of one group put together, and those that stand by themselves."""
    run: FormSection | None = None
    for part in parts:
        if isinstance(part, FormSection) and run is not None and run.title == part.title:
            run.cells.extend(part.cells)
            continue
        if run is not None:
            yield run
        run = FormSection(part.title, list(part.cells)) if isinstance(part, FormSection) else None
        if run is None:
            yield part
    if run is not None:
        yield run


class _Maker:
    """Finds what the fields of a form stand for."""

    def __init__(self, offices: Mapping[str, Office], places: Places, data: Mapping[str, Any] | None) -> None:
        self.offices, self.places, self.data = offices, places, data
        self.used: set[Way] = set()

    def parts(self, each: FormField) -> Iterator[FormSection | FormTable]:
        """What a field of the form is: a cell, the cells of a group, a table, or a place to write by hand."""
        way = way_of(each.key) if each.key else ()
        who = self.offices[each.filled_by].name if each.filled_by in self.offices else each.filled_by
        if way in self.used:
            return
        if way and (found := self.places.leaf(way)):
            yield FormSection(each.group, [self._cell(each.label, way, found, who, each.hint)])
        elif way in self.places.tables:
            yield self._table(each.label, self.places.tables[way], each.rows or _BLANK_ROWS, each.hint)
        elif inside := self.places.inside(way):
            yield self._group(each.label, inside, who)
        else:
            yield FormSection(each.group, [Cell(each.label, None, (), who, hint=each.hint)])

    def others(self) -> Iterator[FormSection | FormTable]:
        """What the form does not ask for, and its document has a place for."""
        leaves, hidden = self.places.leaves, self.places.hidden
        left = [
            way for way in leaves if way not in self.used and way[-1] not in hidden and way not in self.places.left_out
        ]
        single = [way for way in left if not leaves[way][1].groups]
        yield FormSection(OTHER, [self._cell(leaves[way][1].field.title, way, leaves[way], "", "") for way in single])
        for group in dict.fromkeys(leaves[way][1].groups for way in left if leaves[way][1].groups):
            inside = [way for way in left if leaves[way][1].groups == group]
            yield self._group(group[-1], inside, "")
        for way, listing in self.places.tables.items():
            if way not in self.used and len(listing.line) < 3 and way not in self.places.left_out:
                yield self._table(listing.title, listing, _BLANK_ROWS, "")

    def _cell(self, label: str, way: Way, found: tuple[Listing, Leaf], who: str, hint: str) -> Cell:
        self.used.add(way)
        return Cell(label, found[1], way, who, self._written(way, found[1], self.places.value(self.data, way)), hint)

    def _group(self, title: str, ways: Sequence[Way], who: str) -> FormSection:
        leaves = self.places.leaves
        cells = [
            self._cell(leaves[way][1].field.title, way, leaves[way], who, "") for way in ways if way not in self.used
        ]
        return FormSection(title, cells)

    def _table(self, title: str, listing: Listing, blank: int, hint: str) -> FormTable:
        self.used.add(listing.way)
        entries = self.places.value(self.data, listing.way)
        rows = [
            [
                self._written((*listing.way, *leaf.way), leaf, self.places.value(entry, leaf.way))
                for leaf in listing.leaves
            ]
            for entry in (() if entries is NOTHING else entries)
        ]
        return FormTable(title, listing, rows or [[""] * len(listing.leaves) for _ in range(blank)], hint)

    def _written(self, way: Way, leaf: Leaf, value: Any) -> str:
        return "" if value is NOTHING else written(leaf, value, self.places.names.get(way, ()))
