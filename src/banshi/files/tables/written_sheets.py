"""Linked tables as sheets of a workbook: text in every cell, choices to pick from, headings that stay."""

from collections.abc import Sequence
from typing import IO, Any, Self

from banshi.files.tables.entries import Names
from banshi.files.tables.listings import Listing
from banshi.files.tables.rows_of import choices
from banshi.files.tables.xlsx.comments import HINT, OWN

_WIDEST, _NARROWEST = 40, 8
_LIST = 255  # characters of a list that a cell may offer
_MORE = 200  # rows below the filled ones that offer choices too


class BookPen:
    """Writes one workbook."""

    def __init__(self, raw: IO[bytes]) -> None:
        """``raw``: where it goes once it is whole."""
        import xlsxwriter  # type: ignore[import-untyped]  # late: who reads needs no writer

        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(raw, options)
        own = {"text_wrap": True, "valign": "top"}
        self._head = self._book.add_format({"bold": True, "bg_color": "#F2F2F2", "border": 1, **own})
        self._text = self._book.add_format({"num_format": "@", **own})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failed: object) -> None:
        """The workbook is written."""
        self._book.close()

    def hide(self, name: str) -> None:
        """A hidden name of the first cell."""
        first = self._book.worksheets()[0]
        place = f"'{first.get_name()}'!$A$1"
        self._book.defined_names.append([name, first.index, place, True])

    def sheet(self, listing: Listing, rows: Sequence[Sequence[str]], names: Names) -> None:
        """A listing with its rows, the headings first."""
        sheet = self.rows(listing.title, rows)
        links = len(listing.line)
        for column, leaf in enumerate(listing.leaves, start=links):
            self.offer(sheet, column, choices(leaf, names.get((*listing.way, *leaf.way), ())), len(rows) + _MORE)
        sheet.freeze_panes(1, links + (1 if listing.key else 0))

    def offer(self, sheet: Any, column: int, offered: Sequence[str], last: int) -> None:
        """What may be picked in a column down to a row; nothing where there is too much of it for a cell."""
        if offered and len(",".join(offered)) <= _LIST:
            sheet.data_validation(
                1, column, last, column, {"validate": "list", "source": list(offered), "error_type": "warning"}
            )

    def note(self, sheet: Any, column: int, text: str) -> None:
        """A comment at a heading."""
        if text:
            sheet.write_comment(0, column, f"{HINT}{text}", {"x_scale": 2, "y_scale": 1.5, "author": OWN})

    def rows(self, title: str, rows: Sequence[Sequence[str]]) -> Any:
        """Rows of text on a sheet of their own, the headings first."""
        sheet = self._book.add_worksheet(title)
        for column, name in enumerate(rows[0]):
            width = max((_width(row[column]) for row in rows), default=0)
            sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, width + 2)), self._text)
            sheet.write_string(0, column, name, self._head)
        for number, row in enumerate(rows[1:], start=1):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell, self._text)
        return sheet


def _width(text: str) -> int:
    """Columns that a text takes: a Chinese character two."""
    return max((sum(1 if char.isascii() else 2 for char in line) for line in text.split("\n")), default=0)
