"""Change filings as a workbook of linked sheets: labels for headings, choices to pick from; read back it is the same."""

import io
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from banshi.checking.loading import Loader
from banshi.files.tables.listings import Listing, Way
from banshi.files.tables.rows_of import tables_with
from banshi.files.tables.written_sheets import BookPen
from banshi.subjects.change.declared_fields import declared, undeclared
from banshi.subjects.change.law_words import field_names, names_in, versions_of
from banshi.subjects.change.table_kinds import named_tables


def _without(listing: Listing, ways: frozenset[Way], ledgers: Sequence[dict[str, Any]]) -> Listing:
    """The table without columns that nobody may fill in there, and nobody has."""
    leaves = (
        leaf
        for leaf in listing.leaves
        if (leaf.way[:2] not in ways and leaf.way not in ways) or _stated(leaf.way, ledgers)
    )
    return listing if listing.way else replace(listing, leaves=tuple(leaves))


def _stated(way: Way, ledgers: Sequence[dict[str, Any]]) -> bool:
    for data in ledgers:
        found: Any = data
        for step in way:
            found = found.get(step) if isinstance(found, dict) else None
        if found is not None:
            return True
    return False


def workbook_of(ledgers: Sequence[dict[str, Any]], loader: Loader) -> bytes:
    """The workbook. ``ledgers``: data of that kind."""
    stated = {str(each["project"].get("jurisdiction", "")) for each in ledgers}
    places = () if "" in stated else tuple(sorted(stated))  # as they will be read again
    names = names_in(loader.library, *places)
    known = named_tables(loader.shapes, field_names(loader.library, *places) if len(places) == 1 else {})
    asked = undeclared(declared(versions_of(loader.library, *places))) if len(places) == 1 else frozenset()
    known = [_without(each, asked, ledgers) for each in known]
    raw = io.BytesIO()
    with BookPen(raw) as pen:
        for listing, rows in tables_with(ledgers, known, names):
            pen.sheet(listing, rows, names)
    return raw.getvalue()
