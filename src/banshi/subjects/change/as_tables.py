"""Change filings as a workbook of linked sheets: labels for headings, choices to pick from; read back it is the same."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from banshi.checking.loading import Loader
from banshi.files.tables.entries import Names
from banshi.files.tables.listings import Listing
from banshi.files.tables.rows_of import Rows, choices, tables_with
from banshi.subjects.change.law_words import names_in
from banshi.subjects.change.table_kinds import CHANGES, own_tables

_WIDEST, _NARROWEST = 40, 8
_MORE = 200  # rows below the filled ones that offer choices too


def workbook_of(ledgers: Sequence[dict[str, Any]], loader: Loader) -> bytes:
    """The workbook. ``ledgers``: data of that kind."""
    places = {str(each["project"].get("jurisdiction", "")) for each in ledgers}
    names = names_by_way(loader, places.pop() if len(places) == 1 else None)
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#F2F2F2", "border": 1})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for listing, rows in tables_with(ledgers, own_tables(loader.shapes), names):
            _sheet(book.add_worksheet(listing.title), listing, rows, names, head, text)
    return raw.getvalue()


def names_by_way(loader: Loader, place: str | None) -> Names:
    """What the law's choices are called, by the way to them in a ledger."""
    return {(*CHANGES, *way): table for way, table in names_in(loader.library, place or None).items()}


def _sheet(sheet: Any, listing: Listing, rows: Rows, names: Names, head: Any, text: Any) -> None:
    links = len(listing.line)
    for column, name in enumerate(rows[0]):
        width = max((_width(row[column]) for row in rows), default=0)
        sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, width + 2)), text)
        sheet.write_string(0, column, name, head)
    for number, row in enumerate(rows[1:], start=1):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(number, column, cell, text)
    for column, leaf in enumerate(listing.leaves, start=links):
        if offered := choices(leaf, names.get((*listing.way, *leaf.way), ())):
            rule = {"validate": "list", "source": offered, "error_type": "warning"}
            sheet.data_validation(1, column, len(rows) + _MORE, column, rule)
    sheet.freeze_panes(1, links + (1 if listing.key else 0))


def _width(text: str) -> int:
    """Columns that a text takes: a Chinese character two."""
    return max((sum(1 if char.isascii() else 2 for char in line) for line in text.split("\n")), default=0)
