"""Change filings as a workbook of linked sheets: labels for headings, choices to pick from; read back it is the same."""

import io
from collections.abc import Sequence
from typing import Any

from banshi.checking.loading import Loader
from banshi.files.tables.rows_of import tables_with
from banshi.files.tables.written_sheets import Pen
from banshi.subjects.change.law_words import field_names, names_in
from banshi.subjects.change.table_kinds import named_tables


def workbook_of(ledgers: Sequence[dict[str, Any]], loader: Loader) -> bytes:
    """The workbook. ``ledgers``: data of that kind."""
    places = {str(each["project"].get("jurisdiction", "")) for each in ledgers}
    place = (places.pop() or None) if len(places) == 1 else None
    names = names_in(loader.library, place)
    known = named_tables(loader.shapes, field_names(loader.library, place) if place else {})
    raw = io.BytesIO()
    with Pen(raw) as pen:
        for listing, rows in tables_with(ledgers, known, names):
            pen.sheet(listing, rows, names)
    return raw.getvalue()
