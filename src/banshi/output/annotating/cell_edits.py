"""A workbook with one cell written anew; nothing else in it changes."""

import re
from pathlib import Path

from msgspec import Struct

from banshi.base.limits import MAX_MARK
from banshi.base.text import Text
from banshi.files.tables.grids import letters
from banshi.files.tables.xlsx.package import package
from banshi.files.tables.xlsx.refs import place
from banshi.output.annotating.marks import text_cell
from banshi.output.annotating.plain_sheets import plain_rows, row_alone
from banshi.output.annotating.spans import (
    Edit,
    ElementSpan,
    NotEditable,
    edited,
    first,
    spans,
    spans_within,
    with_attribute,
    without_attribute,
)
from banshi.output.annotating.workbook import BAD, MarkedBook, written

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,12})?")


class NotWritable(Exception):
    """The cell stays as it is; ``why`` says so."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


class WrittenCell(Struct, frozen=True):
    """A workbook with a cell written anew: its bytes, the part of the sheet, and that sheet with the row of the cell alone.

    ``row_alone`` is empty where the rows of the sheet are not written as nearly all programs write them.
    """

    data: bytes
    part: str
    row_alone: bytes = b""


def with_cell(path: Path, sheet: str, row: int, column: int, text: str) -> WrittenCell:
    """The workbook with ``text`` in a cell (row and column from 1): a number stays one. Raises ``NotWritable``."""
    if len(text) > MAX_MARK:
        raise NotWritable(_TOO_LONG)
    try:
        book = MarkedBook(package(path))
        try:
            part = next((each.part for each in book.own.sheets if each.name == sheet), "")
            if not part:
                raise NotEditable
            data = book.read(part)
            edits = SheetRows(data, row).edits(row, column, text)
            book.parts[part] = new = b"".join(edited(data, edits))
            _computed_anew(book)
            return WrittenCell(written(book), part, row_alone(new, row))
        finally:
            book.own.close()
    except BAD:
        raise NotWritable(_CANNOT) from None


def holds_formulas(path: Path) -> bool:
    """Whether anything in a workbook is computed by a formula."""
    try:
        book = MarkedBook(package(path))
        try:
            return any(re.search(rb"<(\w+:)?f[ >/]", book.read(sheet.part)) for sheet in book.own.sheets if sheet.part)
        finally:
            book.own.close()
    except (*BAD, OSError):
        return False


class SheetRows:
    """Where the rows of a sheet stand, and the cells and formulas of one of them, or of all."""

    def __init__(self, data: bytes, row: int, *, plainly: bool = True) -> None:
        """``plainly``: the parser is asked of that row alone where the others are written as nearly all programs do."""
        plain = plain_rows(data) if plainly else None
        if plain:
            self.whole, self.rows = plain
            own = self.rows.get(row)
            found = spans_within(data, own.start, own.end, "row", "c", "f") if own else []
            if own:
                self.rows[row] = found.pop()  # the last that ends
        else:
            found = spans(data, "sheetData", "row", "c", "f")
            self.whole = first(span for span in found if span.name == "sheetData")
            self.rows = _numbered(sorted((s for s in found if s.name == "row"), key=lambda s: s.start))
        self.data = data
        self.formulas = [span for span in found if span.name == "f"]
        self.cells = sorted((s for s in found if s.name == "c"), key=lambda s: s.start)

    def edits(self, row: int, column: int, text: str) -> list[Edit]:
        """What puts ``text`` into a cell."""
        prefix = self.whole.prefix
        found = self.rows.get(row)
        if found is None:
            new = (
                f'<{prefix}row r="{row}">'.encode()
                + _cell(prefix, row, column, None, text)
                + f"</{prefix}row>".encode()
            )
            return self._inside(self.whole, min((s.start for n, s in self.rows.items() if n > row), default=None), new)
        own = _placed([span for span in self.cells if found.start < span.start < found.end])
        plain = without_attribute(self.data[found.start : found.opened], "spans")
        tag: list[Edit] = [] if found.closed else [(found.start, found.opened, plain)]
        if column in own:
            cell = own[column]
            if any(cell.start < each.start < cell.end for each in self.formulas):
                raise NotWritable(_FORMULA)
            return [*tag, (cell.start, cell.end, _cell(prefix, row, column, cell, text))]
        behind = min((span.start for at, span in own.items() if at > column), default=None)
        return [*tag, *self._inside(found, behind, _cell(prefix, row, column, None, text))]

    def _inside(self, span: ElementSpan, before: int | None, new: bytes) -> list[Edit]:
        if before is not None:
            return [(before, before, new)]
        if span.closed:
            tag, name = self.data[span.start : span.opened], f"{span.prefix}{span.name}".encode()
            return [(span.start, span.end, tag[:-2].rstrip() + b">" + new + b"</" + name + b">")]
        closing = self.data.rindex(b"</", span.opened, span.end)
        return [(closing, closing, new)]


def _numbered(rows: list[ElementSpan]) -> dict[int, ElementSpan]:
    found: dict[int, ElementSpan] = {}
    last = 0
    for span in rows:
        last = int(span.attributes.get("r") or last + 1)
        found[last] = span
    return found


def _placed(cells: list[ElementSpan]) -> dict[int, ElementSpan]:
    found: dict[int, ElementSpan] = {}
    last = 0
    for span in cells:
        ref = span.attributes.get("r", "")
        last = place(ref)[1] + 1 if ref else last + 1
        found[last] = span
    return found


def _cell(prefix: str, row: int, column: int, old: ElementSpan | None, text: str) -> bytes:
    """A cell with a text or a number, in the style of the one that stood there."""
    style = old.attributes.get("s") if old else None
    at = f'<{prefix}c r="{letters(column - 1)}{row}"' + (f' s="{int(style)}"' if style else "")
    if not text:
        return f"{at}/>".encode()
    was_number = old is None or old.closed or old.attributes.get("t", "n") == "n"
    if was_number and _NUMBER.fullmatch(text):
        return f"{at}><{prefix}v>{text}</{prefix}v></{prefix}c>".encode()
    return text_cell(prefix, row, column, int(style) if style else None, text)


def _computed_anew(book: MarkedBook) -> None:
    """A spreadsheet program computes every formula again when it opens the workbook."""
    if not book.has(book.own.book):
        return
    data = book.read(book.own.book)
    found = spans(data, "calcPr")
    edits = [(s.start, s.opened, with_attribute(data[s.start : s.opened], "fullCalcOnLoad", "1")) for s in found]
    if edits:
        book.parts[book.own.book] = b"".join(edited(data, edits))


_TOO_LONG = Text(f"一格最多写 {MAX_MARK} 个字", f"at most {MAX_MARK} characters in a cell")
_FORMULA = Text(
    "这一格是公式算出来的：在 Excel 或 WPS 里改它用到的格，存好再选一次",
    "a formula computes this cell: change what it uses in a spreadsheet program, and choose the file again",
)
_CANNOT = Text(
    "这个工作簿的写法不能在这里改：用 Excel 或 WPS 打开改好，另存为 .xlsx 再选一次",
    "this workbook cannot be changed here: change it in a spreadsheet program, and choose it again",
)
