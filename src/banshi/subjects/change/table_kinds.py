"""The tables of change filings: projects, forms, and what is listed in them; which of them a sheet holds."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec.structs import replace

from banshi.base.folders import shipped
from banshi.files.schema_parts import root
from banshi.files.shape import Shapes
from banshi.files.tables.describing import ColumnShape, TableShape
from banshi.files.tables.entries import fits as fits_listing
from banshi.files.tables.form_labels import labels_in
from banshi.files.tables.headings import SheetHead, heading
from banshi.files.tables.hidden_names import read_name
from banshi.files.tables.listings import Leaf, Listing, Way, listings

CHANGES: Way = ("changes",)
PROJECT: Way = ("project",)
TITLES = {(): "项目", CHANGES: "报批表"}
_MUST = {(): ("项目标识", "项目名称"), CHANGES: ("编号", "序次", "申报日期")}
# Of a sheet of forms at least one of these, which no other register has.
_OWN = (("type",), ("tier",), ("cause",), ("amounts", "net"), ("amounts", "increase"), ("amounts", "cumulative"))
_FORM = re.compile(r"变更.{0,12}(报批|审批|申请|申报)[单表]")
_LABELS = 5  # that a form has at least among its top rows
FORM = "form"


Labels = Mapping[Way, tuple[str, ...]]  # what forms of a law call the parts of a ledger
_NO_LABELS: Labels = {}


def tables_of(shapes: Shapes, labels: Labels = _NO_LABELS, names: Labels = _NO_LABELS) -> list[Listing]:
    """The tables, that of projects first and that of forms with the columns of their project behind their own.

    ``names``: what a law itself calls the fields of a project.
    """
    found = [_called(each, labels, names) for each in own_tables(shapes)]
    return [each if each.way != CHANGES else _with_project(each, found[0]) for each in found]


def _called(listing: Listing, labels: Labels, names: Labels) -> Listing:
    ways = ((leaf, (*listing.way, *leaf.way)) for leaf in listing.leaves)
    leaves = (replace(leaf, also=labels.get(way, ()), called=names.get(way, ())) for leaf, way in ways)
    return replace(listing, leaves=tuple(leaves))


def sections_of(known: Sequence[Listing], labels: Labels) -> dict[str, str]:
    """What forms call groups and tables: each such title with the one of the schema."""
    own = {listing.way: listing.title for listing in known}
    for listing in known:
        for leaf in listing.leaves:
            for depth, group in enumerate(leaf.groups, start=len(leaf.way) - len(leaf.groups)):
                own.setdefault((*listing.way, *leaf.way[:depth]), group)
    return {label: own[way] for way, said in labels.items() if way in own for label in said}


def named_tables(shapes: Shapes, names: Labels) -> list[Listing]:
    """The tables as they are written for a place, headed by what its versions call the fields of a project."""
    return [_renamed(each, names) for each in own_tables(shapes)]


def _renamed(listing: Listing, names: Labels) -> Listing:
    """A name that two values would then have is given to neither."""
    leaves = [_named_as(leaf, listing, names) for leaf in listing.leaves]
    count = Counter(leaf.name for leaf in leaves)
    once = (new if count[new.name] == 1 else own for new, own in zip(leaves, listing.leaves, strict=True))
    return replace(listing, leaves=tuple(once))


def _named_as(leaf: Leaf, listing: Listing, names: Labels) -> Leaf:
    """A value under the name that a law gives it; groups (资金, 中标合同) keep theirs."""
    said = names.get((*listing.way, *leaf.way))
    title = replace(leaf, groups=()).named(said[0]) if said else leaf.field.title
    return replace(leaf, field=replace(leaf.field, schema={**leaf.field.schema, "title": title}))


def own_tables(shapes: Shapes) -> list[Listing]:
    """The tables, each value in one of them; a form refers to its project by the column before its own."""
    found = listings(root(shapes, "ledger"), TITLES, (*PROJECT, "id"), PROJECT)
    return [each if each.way != CHANGES else _linked(each) for each in found]


def _linked(changes: Listing) -> Listing:
    return replace(changes, leaves=tuple(leaf for leaf in changes.leaves if leaf.way != PROJECT))


def _with_project(changes: Listing, projects: Listing) -> Listing:
    """A ledger may say of each form what its project is."""
    own = (leaf for leaf in projects.leaves if leaf.way[:1] == PROJECT and leaf.way != (*PROJECT, "id"))
    theirs = tuple(replace(leaf, of_above=True) for leaf in own)
    return replace(changes, leaves=(*changes.leaves, *theirs))


def must_have(listing: Listing) -> frozenset[str]:
    """The headings without which a sheet is not of a listing."""
    if listing.way in _MUST:
        return frozenset(_MUST[listing.way])
    return frozenset((listing.line[-1].link,) if listing.line else ())


def sort_of(sheet: str, headings: Sequence[str], known: Sequence[Listing]) -> Listing | str | None:
    """What a sheet holds: entries of a listing, one ``FORM``, or nothing that is known."""
    headings = list(dict.fromkeys(headings))  # merged cells repeat what they hold
    own = {leaf.way for leaf in _named(headings, _changes(known))}
    if own & set(_OWN) and fits_listing(_changes(known), headings, must_have(_changes(known))):
        return _changes(known)
    titled = next((each for each in known if each.title == sheet and each.way != CHANGES), None)
    if titled is not None and fits_listing(titled, headings, frozenset()) >= 2:
        return titled
    rated = [
        (fits_listing(each, headings, must_have(each)), -n, each) for n, each in enumerate(known) if each.way != CHANGES
    ]
    count, _, best = max(rated, key=lambda each: each[:2])
    if best.way and count >= min(4, sum(leaf.field.required for leaf in best.leaves)) and count:
        return best
    if is_form(headings, known):
        return FORM
    return best if count >= _LABELS else None


def sort_of_head(head: SheetHead, known: Sequence[Listing]) -> Listing | str | None:
    """The same of a sheet as it begins; one that hides where each value of a filing stands is a form, whatever its headings are."""
    said = (read_name(name) for name in head.named().values())
    if any(each and each[0] == "value" and each[1][:1] in (CHANGES, PROJECT) for each in said):
        return FORM
    return sort_of(head.sheet, head.headings, known)


def is_form(headings: Sequence[str], known: Sequence[Listing]) -> bool:
    """Whether a sheet is one form."""
    titled = any(_FORM.search(cell) for cell in headings)
    return labels_in(headings, [known[0], _changes(known)]) >= (2 if titled else _LABELS + 1)


def _named(headings: Sequence[str], listing: Listing) -> list[Leaf]:
    names = listing.names
    return [names[heading(cell)] for cell in headings if heading(cell) in names]


def _changes(known: Sequence[Listing]) -> Listing:
    return next(each for each in known if each.way == CHANGES)


@lru_cache(maxsize=1)
def shipped_tables() -> tuple[Listing, ...]:
    """The tables as the shipped schemas have them."""
    return tuple(tables_of(Shapes([shipped("schemas")])))


def part_name(way: Way) -> str:
    """What a part of a form or of its project is called, by the way to it within either."""
    for listing in shipped_tables():
        if listing.way[1:] == way:
            return listing.title
        for leaf in listing.leaves:
            own = (*listing.way, *leaf.way)[1:]
            if own == way:
                return leaf.field.title
            if own[: len(way)] == way and leaf.groups:
                return leaf.groups[0]
    return way[-1]


def fits(heads: list[SheetHead]) -> bool:
    """Whether a file holds change filings: a sheet of forms, or one form a sheet."""
    known = shipped_tables()
    sorts = [sort_of_head(head, known) for head in heads]
    return any(sort == FORM or (isinstance(sort, Listing) and sort.way == CHANGES) for sort in sorts)


def tables() -> list[TableShape]:
    """The tables for the site."""
    return [_shape(listing) for listing in shipped_tables()]


def _shape(listing: Listing) -> TableShape:
    links = [ColumnShape(above.link, (), f"属于哪一个（{above.title}）", "是") for above in listing.line]
    must = {heading(name) for name in must_have(listing)}
    columns = [
        ColumnShape(
            leaf.name,
            tuple(name for name in leaf.full[1:] if name != leaf.name),
            _about(leaf),
            "是" if heading(leaf.name) in must else "",
        )
        for leaf in listing.leaves
        if leaf.way[:1] != PROJECT or not listing.way
    ]
    return TableShape(listing.title, (listing.title,), (*links, *columns))


def _about(leaf: Leaf) -> str:
    chosen = leaf.field.entry if leaf.several else leaf.field
    labels = "、".join(chosen.labels.values()) if chosen else ""
    return labels or str(leaf.field.schema.get("description", ""))
