"""A form as a workbook: labels that are locked, cells to fill in with lists to pick from, one sheet a form, for A4."""

import datetime
import io
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from banshi.base.text import visible_lines
from banshi.files.tables.entries import Names
from banshi.files.tables.hidden_names import Sort, hidden_name
from banshi.files.tables.listings import Leaf, Way
from banshi.files.tables.rows_of import choices
from banshi.files.tables.xlsx.comments import OWN, how_to_fill
from banshi.output.forms.layout import Cell, FormSection, FormTable, Layout

_WIDTH = 8  # columns at least; two pairs of label and value a row
# Paper, direction, and how many characters of our letter stand on a line of it.
_PAPERS = {"A4": (9, False, 84), "A4-landscape": (9, True, 130), "A3": (8, False, 130), "A3-landscape": (8, True, 190)}
_LINE, _AROUND = 15, 9  # points of a line, and around the lines of a row
_HIGHEST = 400
_NARROWEST = 8
_SMALLEST = 1.4  # times as wide as the paper: made to fit, letters of 11 points have less than 8
_PAGE = "A4-landscape"
_NAMED = 100  # forms in a workbook up to which every cell is named; of more their labels must do
_SHEET = 31  # characters of a sheet's name
_LONGEST_HINT = 255
_CREATED = datetime.datetime(2000, 1, 1)  # the time of writing would change the bytes


def form_book(layouts: Sequence[tuple[str, Layout]], names: Names, law: str = "") -> bytes:
    """The workbook; each layout with the name of its sheet. ``law``: stands among the properties of the file."""
    raw, few = io.BytesIO(), len(layouts) <= _NAMED
    options = {"in_memory": few, "constant_memory": not few, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(raw, options) as book:
        book.set_properties({"comments": visible_lines(law), "created": _CREATED})
        styles = _Styles(book)
        for name, layout in layouts:
            sheet = _Sheet(book, book.add_worksheet(name[:_SHEET]), styles, names, named=few)
            sheet.fill(layout)
            if not few:
                sheet.put_away()
    return raw.getvalue()


class _Styles:
    """How the cells of all forms of a workbook look."""

    def __init__(self, book: Any) -> None:
        plain = {"font_name": "仿宋", "font_size": 11, "text_wrap": True, "valign": "vcenter"}
        self.title = book.add_format({**plain, "font_name": "宋体", "font_size": 18, "bold": True, "align": "center"})
        self.note = book.add_format({**plain, "font_size": 9, "font_color": "#555555"})
        self.head = book.add_format({**plain, "bold": True, "border": 1, "bg_color": "#EDEDED"})
        self.label = book.add_format({**plain, "border": 1, "bg_color": "#F7F7F7"})
        self.value = book.add_format({**plain, "border": 1, "num_format": "@", "locked": False})


class _Sheet:
    """One form on a sheet; a value that its schema calls long has a row of its own."""

    def __init__(self, book: Any, sheet: Any, styles: _Styles, names: Names, *, named: bool) -> None:
        self.book, self.sheet, self.names, self.named, self.row, self.width = book, sheet, names, named, 0, _WIDTH
        self.wide, self.lines, self.styles = float(_NARROWEST), 1, styles

    def fill(self, layout: Layout) -> None:
        """The whole form, and how it prints."""
        tables = [part for part in layout.parts if isinstance(part, FormTable)]
        self.width = max([_WIDTH, *(len(table.listing.leaves) for table in tables)])
        self.width += self.width % 2
        page = self._page(layout.page or _PAGE)
        self.wide = max(_NARROWEST, _PAPERS[page][2] / self.width)
        self.sheet.set_column(0, self.width - 1, self.wide)
        self._line(layout.title, self.styles.title)
        if layout.name:
            self._name(0, 0, "form", (layout.name,))
        if layout.note:
            self._line(layout.note, self.styles.note)
        for part in layout.parts:
            self._table(part) if isinstance(part, FormTable) else self._section(part)
        self._prints(page)

    def _page(self, page: str) -> str:
        """The paper, turned where the form's tables would be too small to read on it upright."""
        turned = f"{page}-landscape"
        return turned if turned in _PAPERS and self.width * _NARROWEST > _PAPERS[page][2] * _SMALLEST else page

    def put_away(self) -> None:
        """Nothing is written on it any more: its rows are on the disk, and thousands of files cannot stay open."""
        self.sheet._write_single_row(self.row)
        self.sheet._opt_close()
        self.sheet.merged_cells.clear()  # looked at by further merging only

    def _prints(self, page: str) -> None:
        self.sheet.protect("", {"format_cells": True, "format_rows": True, "format_columns": True, "insert_rows": True})
        paper, landscape, _ = _PAPERS[page]
        self.sheet.set_paper(paper)
        self.sheet.set_landscape() if landscape else self.sheet.set_portrait()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.print_area(0, 0, self.row - 1, self.width - 1)
        self.sheet.set_footer("&C— &P —")

    def _name(self, row: int, column: int, sort: Sort, way: Way) -> None:
        """A hidden name of the sheet, which stays with its cell whatever is inserted above it."""
        if self.named:
            cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
            sheet = self.sheet.get_name().replace("'", "''")
            place = f"'{sheet}'!{cell}"
            self.book.defined_names.append([hidden_name(sort, *way), self.sheet.index, place, True])

    def _line(self, text: str, style: Any) -> None:
        self._across(self.row, 0, self.width, text, style)
        self._end(26 if style is self.styles.title else 0)

    def _across(self, row: int, first: int, columns: int, text: str, style: Any) -> None:
        """A text over some columns; how high its row must be is kept."""
        if columns > 1:
            self.sheet.merge_range(row, first, row, first + columns - 1, "", style)
        if text:
            self.sheet.write_string(row, first, visible_lines(text), style)
        elif columns == 1:
            self.sheet.write_blank(row, first, None, style)
        self.lines = max(self.lines, _lines(text, self.wide * columns))

    def _end(self, least: int = 0) -> None:
        """The row is full: it gets its height, since programs give none to merged cells."""
        self.sheet.set_row(self.row, min(_HIGHEST, max(least, self.lines * _LINE + _AROUND)))
        self.row, self.lines = self.row + 1, 1

    def _section(self, section: FormSection) -> None:
        if section.title:
            self._line(section.title, self.styles.head)
        half, beside = self.width // 2, False
        for cell in section.cells:
            long = cell.leaf is None or bool(cell.leaf.field.schema.get("x-long"))
            if long and beside:
                self._end()
                beside = False
            self._cell(cell, half if beside else 0, self.width if long else half)
            beside = not (long or beside)
            if not beside:
                self._end()
        if beside:
            self._end()

    def _cell(self, cell: Cell, column: int, columns: int) -> None:
        label = max(1, self.width // 7)
        self._across(self.row, column, label, cell.label, self.styles.label)
        if said := how_to_fill(cell.who, cell.hint):
            self.sheet.write_comment(self.row, column, said, {"x_scale": 0.8, "y_scale": 0.4, "author": OWN})
        first = column + label
        self._across(self.row, first, columns - label, cell.value, self.styles.value)
        if cell.leaf:
            self._name(self.row, first, "value", cell.way)
            self._offer(self.row, first, self.row, cell.leaf, cell.way, cell.hint)

    def _table(self, table: FormTable) -> None:
        self._line(table.title, self.styles.head)
        leaves = table.listing.leaves
        each = max(1, self.width // len(leaves)) if len(leaves) <= 2 else 1
        for n, leaf in enumerate(leaves):
            self._across(self.row, n * each, each, leaf.name, self.styles.label)
            self._name(self.row, n * each, "column", (*table.listing.way, *leaf.way))
        self._end()
        first = self.row
        for row in table.rows:
            for n, value in enumerate(row):
                self._across(self.row, n * each, each, value, self.styles.value)
            self._end()
        for n, leaf in enumerate(leaves):
            self._offer(first, n * each, self.row - 1, leaf, (*table.listing.way, *leaf.way), "")
        self.row += 1

    def _offer(self, first: int, column: int, last: int, leaf: Leaf, way: Way, hint: str) -> None:
        """The list to pick from, and what is said when the cell is entered."""
        offered = [visible_lines(each) for each in choices(leaf, self.names.get(way, ()))]
        if not offered and not hint:
            return
        rule: dict[str, Any] = {"validate": "list", "source": offered} if offered else {"validate": "any"}
        if hint:
            rule["input_message"] = visible_lines(hint)[:_LONGEST_HINT]
        self.sheet.data_validation(first, column, last, column, {**rule, "error_type": "warning"})


@lru_cache(maxsize=8192)
def _lines(text: str, wide: float) -> int:
    """How many lines a text takes that is so many characters wide: a Chinese character takes two."""
    return sum(max(1, math.ceil(_wide(line) / max(1.0, wide - 1))) for line in text.split("\n"))


def _wide(line: str) -> int:
    return sum(1 if char.isascii() else 2 for char in line)
