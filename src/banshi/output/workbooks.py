"""Workbooks (XLSX) that open alike everywhere: text is never a formula, and the same rows give the same bytes."""

import datetime
import io
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

from banshi.base.text import visible, visible_lines
from banshi.files.account_of_reading import HEADINGS, SHEET, AccountOfReading, reading_rows
from banshi.files.law_used import LawUsed

Cell = str | int | bool | Decimal | datetime.date | datetime.time | None

MOST_ROWS = 1_048_576  # of a sheet, as the format allows
_LONGEST_TEXT = 32_767  # characters of a cell
_LONGEST_NAME = 31
_PAGES = "&C第 &P 页，共 &N 页"
_LONGEST_FOOT = 200  # the format allows 255 with what we add
_EXACT_DIGITS = 15  # of a number, beyond which spreadsheets round
_CREATED = datetime.datetime(2000, 1, 1)  # a fixed day: the time of writing would change the bytes
_FONT = {"font_name": "宋体", "font_size": 11, "valign": "top"}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


class Sheet:
    """A sheet that is filled from top to bottom; rows and columns count from 0, as formulas are placed."""

    def __init__(self, book: "Book", sheet: Any, columns: int) -> None:
        """Made by ``Book.sheet``."""
        self._book, self._sheet, self._columns = book, sheet, columns
        self.next = 0

    @property
    def name(self) -> str:
        """What the sheet is called; formulas elsewhere quote it."""
        return str(self._sheet.get_name())

    @property
    def full(self) -> bool:
        """Whether no further row fits."""
        return self.next >= MOST_ROWS

    def row(self, values: Sequence[Cell], *, bold: bool = False, shown: Sequence[str] = ()) -> int:
        """Write a row below the last; its number. ``shown``: a number format for each cell. Raises ``ValueError`` when the sheet is full."""
        if self.full:
            raise ValueError("the sheet is full")
        number = self.next
        for column, value in enumerate(values):
            self.cell(number, column, value, bold=bold, shown=shown[column] if shown else "")
        self.next += 1
        return number

    def cell(self, row: int, column: int, value: Cell, *, bold: bool = False, shown: str = "") -> None:
        """Write one cell, by the type of its value; ``None`` leaves it empty. ``shown``: a number format."""
        style = self._book.style(bold=bold, shown=shown or _shown(value))
        if isinstance(value, bool):
            self._sheet.write_string(row, column, "是" if value else "否", style)
        elif isinstance(value, str):
            self._sheet.write_string(row, column, _fitting(value), style)
        elif isinstance(value, datetime.date | datetime.time):
            self._sheet.write_datetime(row, column, value, style)
        elif isinstance(value, Decimal) and not _exact(value):
            self._sheet.write_string(row, column, f"{value:f}", style)
        elif value is not None:
            self._sheet.write_number(row, column, value, style)

    def formula(self, row: int, column: int, formula: str, value: Cell, *, bold: bool = False, shown: str = "") -> None:
        """Write a formula of ours, with the value that it gives (for readers that do not compute).

        ``shown``: a number format, such as ``0.00``.
        """
        style = self._book.style(bold=bold, shown=shown)
        gives = _fitting(value) if isinstance(value, str) else value
        self._sheet.write_formula(row, column, formula, style, gives if gives is not None else "")

    def allow(self, column: int, rows: int, options: dict[str, Any]) -> None:
        """What may be typed into a column of the next ``rows`` rows; ``options`` as XlsxWriter's data validation has."""
        self._sheet.data_validation(
            self.next, column, self.next + rows - 1, column, {key: _fit_option(value) for key, value in options.items()}
        )

    def note(self, text: str) -> int:
        """A line of text across the columns, below the last row; the row's number."""
        number, last = self.next, max(1, self._columns - 1)
        style = self._book.style(bold=False, shown="")
        self._sheet.merge_range(number, 0, number, last, "", style)
        self._sheet.write_string(number, 0, _fitting(text), style)
        self.next += 1
        return number

    def headings(self, names: Sequence[str]) -> int:
        """A row of headings, kept in view and repeated on every printed page; the row's number."""
        number = self.next
        for column, name in enumerate(names):
            self._sheet.write_string(number, column, _fitting(name), self._book.heading)
        self._sheet.freeze_panes(number + 1, 0)
        self._sheet.repeat_rows(number)
        self.next += 1
        return number


class Book:
    """A workbook: ``sheet``, then ``row`` after row, then ``bytes``; or ``close``, where it goes ``into`` a stream."""

    def __init__(
        self, title: str = "", *, large: bool = False, law: LawUsed | None = None, into: IO[bytes] | None = None
    ) -> None:
        """``title`` stands among the properties of the file; ``law`` too, and at the foot of every printed page.

        ``large``: rows are written out as they come, so that a million of them fit in memory; each sheet must then be
        finished before the next is begun, and nothing can be put into a row above the last.
        """
        self._stream = io.BytesIO() if into is None else _StreamUntilFull(into)
        options = {**_OPTIONS, "in_memory": False, "constant_memory": True} if large else _OPTIONS
        self._book = xlsxwriter.Workbook(self._stream, options)
        self._law = law.said.zh if law else ""
        self._book.set_properties({"title": _fitting(title), "comments": _fitting(self._law), "created": _CREATED})
        self._styles: dict[tuple[bool, str], Any] = {}
        self._names: set[str] = set()
        look = {**_FONT, "bold": True, "text_wrap": True, "border": 1, "bg_color": "#E8E8E8"}
        self.heading = self._book.add_format(look)

    def sheet(
        self,
        name: str,
        headings: Sequence[str] = (),
        widths: Sequence[float] | None = None,
        *,
        above: Sequence[str] = (),
    ) -> Sheet:
        """A new sheet with its heading row; ``above``: lines over it; ``widths`` in characters, for the first columns.

        A name that spreadsheets refuse is made fit: without signs that they forbid, short, used once.
        """
        made = self._book.add_worksheet(self._fit_name(name))
        made.set_paper(9)  # A4
        made.set_landscape()
        made.fit_to_pages(1, 0)
        made.set_footer(_footer(self._law))
        for column, width in enumerate(widths if widths is not None else [14] * len(headings)):
            made.set_column(column, column, width)
        sheet = Sheet(self, made, max(len(headings), len(widths or ())))
        for line in above:
            sheet.note(line)
        if headings:
            sheet.headings(headings)
        return sheet

    def style(self, *, bold: bool, shown: str) -> Any:
        """The look of a cell; ``shown`` is a number format."""
        key = bold, shown
        if key not in self._styles:
            look = {**_FONT, "bold": bold, "text_wrap": True, "border": 1}
            self._styles[key] = self._book.add_format({**look, "num_format": shown} if shown else look)
        return self._styles[key]

    def bytes(self) -> bytes:
        """The file, of a book that goes into no stream; nothing can be written afterwards."""
        assert isinstance(self._stream, io.BytesIO)
        self.close()
        return self._stream.getvalue()

    def close(self) -> None:
        """Write the file out; nothing can be written afterwards. Raises ``OSError``."""
        try:
            self._book.close()
        except FileCreateError as error:  # the library's own, of what the system said
            raise error.args[0] from None

    def _fit_name(self, name: str) -> str:
        plain = _cut(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip(" '"), _LONGEST_NAME) or "表"
        fit, n = plain, 1
        while fit.casefold() in self._names:
            n += 1
            tail = f" ({n})"
            fit = _cut(plain, _LONGEST_NAME - len(tail)) + tail
        self._names.add(fit.casefold())
        return fit


class _StreamUntilFull:
    """A new stream to be filled, of which nothing more is asked once that failed.

    An archive that was left where it stopped ends itself when it is collected; that would fail again, and loudly.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._at, self._failed = stream, 0, False

    def write(self, data: Any) -> int:
        self._asked(lambda: self._stream.write(data))
        self._at += len(data)
        return len(data)

    def seek(self, to: int) -> int:
        self._asked(lambda: self._stream.seek(to))
        self._at = to
        return to

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        self._asked(self._stream.flush)

    def _asked(self, done: Callable[[], object]) -> None:
        if self._failed:
            return
        try:
            done()
        except OSError:
            self._failed = True
            raise


def _footer(law: str) -> str:
    """Number of the page, and the law; too long a name of a folder would make the format's limit."""
    said = visible(law).replace("&", "&&")
    return _PAGES + (f"&R&8{said}" if said and len(said) < _LONGEST_FOOT else "")


def _cut(name: str, units: int) -> str:
    """The beginning of a name, of no more than ``units`` of UTF-16 (as spreadsheets count), without a quote at its end."""
    return visible(name).encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore").rstrip("'")


def _shown(value: Cell) -> str:
    if isinstance(value, datetime.datetime):
        return "yyyy-mm-dd hh:mm"
    if isinstance(value, datetime.date):
        return "yyyy-mm-dd"
    if isinstance(value, datetime.time):
        return "hh:mm:ss" if value.second else "hh:mm"
    return "@" if isinstance(value, str) else ""


def _fitting(text: str) -> str:
    text = visible_lines(text)
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _fit_option(value: Any) -> Any:
    if isinstance(value, list):
        return [_fit_option(one) for one in value]
    return visible_lines(value) if isinstance(value, str) else value


def _exact(value: Decimal) -> bool:
    return value.is_finite() and len(value.normalize().as_tuple().digits) <= _EXACT_DIGITS


def add_reading(book: Book, account: AccountOfReading, below: Sequence[str] = ()) -> None:
    """The account as the next sheet of a workbook; ``below``: lines under it."""
    sheet = book.sheet(SHEET, HEADINGS, [40, 16, 14, 11, 13, 50, 60])
    for row in reading_rows(account):
        sheet.row(row)
    for line in below:
        sheet.row([line])
