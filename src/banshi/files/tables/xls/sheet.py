"""Cells of a sheet of an old workbook: rows of text, as ``xlsx/cells.py`` gives them."""

from array import array
from collections.abc import Iterator
from struct import error as StructError  # noqa: N812 - a lower-case name of the library
from struct import unpack, unpack_from

from msgspec import Struct, field

from banshi.base.limits import MAX_CELLS, MOST_MERGED
from banshi.base.text import Text
from banshi.files.tables.grids import GridRow
from banshi.files.tables.xls import records as of
from banshi.files.tables.xls.book import UNICODE, OldGlobals, OldSheet
from banshi.files.tables.xlsx.cells import NOT_FRESH, Hidden
from banshi.files.tables.xlsx.limits import BookTooLarge, Broken
from banshi.files.tables.xlsx.merged import Filling, Range
from banshi.files.tables.xlsx.shown import NotAsShown

_COLUMNS = 256  # of a sheet of this format
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 1
OF_NOTE = 4  # bytes that name its cell
_BESIDE = (of.HEADER, of.FOOTER, of.OBJECT, of.TEXT_OF_OBJECT)
_UNCOUNTED = 2  # a formula that is to be computed when the file is opened
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_NO_CODING = Text("文字的编码读不出", "its text cannot be decoded")


class SheetIndex(Struct):
    """Where the cells of each row stand in the stream, whatever order they are written in; what is hidden, what is merged.

    ``beside``: the records of words that stand beside the cells: number, where what each holds begins and ends.
    """

    rows: dict[int, "array[int]"] = field(default_factory=dict)
    hidden: Hidden = field(default_factory=Hidden)
    ranges: list[Range] = field(default_factory=list)
    beside: list[tuple[int, int, int]] = field(default_factory=list)


def index_of(stream: bytes, sheet: OldSheet) -> SheetIndex:
    """Look through a sheet once. Raises ``Broken``, ``BookTooLarge``."""
    found = SheetIndex()
    rows, hidden, columns = found.rows, set[int](), set[int]()
    try:
        for number, at, end in of.records(stream, sheet.start, sheet.end):
            if number in of.CELLS:
                row = stream[at] | stream[at + 1] << 8
                if row in rows:
                    rows[row].append(at - 4)
                else:
                    rows[row] = array("I", (at - 4,))
            elif number == of.ROW and stream[at + 12] & _HIDDEN_ROW:
                hidden.add(unpack_from("<H", stream, at)[0])
            elif number == of.COLINFO and stream[at + 8] & _HIDDEN_COLUMN:
                first, last = unpack_from("<HH", stream, at)
                columns.update(range(first, min(last + 1, _COLUMNS)))
            elif number == of.MERGED:
                _merge(found.ranges, stream, at, end)
            elif number in _BESIDE or (number == of.NOTE and end - at >= OF_NOTE):
                found.beside.append((number, at, end))
    except (StructError, IndexError):
        raise Broken from None
    found.hidden.rows += sorted(hidden)
    found.hidden.columns += sorted(columns)
    found.ranges.sort()
    return found


def _merge(ranges: list[Range], stream: bytes, at: int, end: int) -> None:
    count = min(unpack_from("<H", stream, at)[0], (end - at - 2) // 8)
    for n in range(count):
        top, bottom, first, last = unpack_from("<HHHH", stream, at + 2 + 8 * n)
        if not (top <= bottom and first <= last < _COLUMNS):
            raise Broken
        ranges.append(((top, first), (bottom, last)))
    if len(ranges) > MOST_MERGED:
        raise BookTooLarge("MOST_MERGED")


def rows(stream: bytes, book: OldGlobals, index: SheetIndex) -> Iterator[GridRow]:
    """The rows in which anything stands, each as long as its last filled cell. Raises ``Broken``, ``BookTooLarge``."""
    filling, spent = Filling(index.ranges), 0
    for number in sorted(index.rows):
        reader = _Row(stream, book, number)
        try:
            for at in index.rows[number]:
                reader.take(at)
        except (StructError, IndexError):
            raise Broken(f"第 {number + 1} 行读不出") from None
        if not reader.cells and not reader.bad:
            continue
        spent += filling.fill(number, reader.cells, reader.struck) + len(reader.cells)
        if spent > MAX_CELLS:
            raise BookTooLarge("MAX_CELLS")
        yield GridRow(number + 1, reader.cells, reader.bad, (), reader.struck)


class _Row:
    """The cells of one row, as they are read."""

    __slots__ = ("_book", "_number", "_stream", "bad", "cells", "struck")

    def __init__(self, stream: bytes, book: OldGlobals, number: int) -> None:
        self._stream, self._book, self._number = stream, book, number
        self.cells: list[str] = []
        self.bad: dict[int, Text] = {}
        self.struck: dict[int, Text] = {}

    def take(self, at: int) -> None:
        """One record of the row."""
        code, length = unpack_from("<HH", self._stream, at)
        at, end = at + 4, at + 4 + length
        column, style = unpack_from("<HH", self._stream, at + 2)
        if column >= _COLUMNS:
            raise Broken(f"第 {self._number + 1} 行有第 {column + 1} 列，一张工作表最多 {_COLUMNS} 列")
        if code == of.LABEL_SST:
            self._shared(column, style, unpack_from("<I", self._stream, at + 6)[0])
        elif code == of.NUMBER:
            self._put_number(column, style, unpack_from("<d", self._stream, at + 6)[0])
        elif code == of.RK:
            self._put_number(column, style, _rk(self._stream, at + 6))
        elif code == of.MANY_RK:
            for n in range((length - 6) // 6):
                own = unpack_from("<H", self._stream, at + 4 + 6 * n)[0]
                self._put_number(column + n, own, _rk(self._stream, at + 6 + 6 * n))
        else:
            self._rarer(code, at, end, column, style)

    def _rarer(self, code: int, at: int, end: int, column: int, style: int) -> None:
        stream = self._stream
        if code == of.LABEL:
            self._put_text(column, style, at + 6, end, 2)
        elif code == of.RICH:
            self._rich(column, style, at + 6, end)
        elif code == of.TRUTH:
            self._truth(column, style, stream[at + 6], stream[at + 7])
        elif (code == of.FORMULA and self._book.version > 2) or code in (of.FORMULA_3, of.FORMULA_4):
            self._formula(column, style, at + 6, end)
        else:  # version 2, whose cells say format and font themselves
            style = stream[at + 5] & 0x3F
            if code == of.LABEL_2:
                self._put_text(column, -1, at + 7, end, 1)
            elif code == of.INTEGER_2:
                self._put_number(column, -1 - style, unpack_from("<H", stream, at + 7)[0])
            elif code == of.NUMBER_2:
                self._put_number(column, -1 - style, unpack_from("<d", stream, at + 7)[0])
            elif code == of.TRUTH_2:
                self._truth(column, -1, stream[at + 7], stream[at + 8])
            else:
                self._formula(column, -1 - style, at + 7, end)

    def _shared(self, column: int, style: int, number: int) -> None:
        try:
            text = self._book.texts.text(number)
        except IndexError:
            self.bad[column] = Text(
                f"指向的第 {number} 条文字，文件里没有", f"points to text {number}, which is not in the file"
            )
            return
        self._set(column, text)
        if self._book.any_struck and text:
            raw = self._book.texts.fonts(number)
            self._strike(column, style, text, [unpack_from("<HH", raw, n) for n in range(0, len(raw), 4)])

    def _rich(self, column: int, style: int, at: int, end: int) -> None:
        stream, own = self._stream, self._book
        count = unpack_from("<H", stream, at)[0]
        if own.version >= UNICODE:
            text, at, end = of.chars(stream, at + 3, end, count, bool(stream[at + 2] & 1))
            runs = [unpack_from("<HH", stream, at + 2 + 4 * n) for n in range(unpack_from("<H", stream, at)[0])]
        else:
            raw = stream[at + 2 : at + 2 + count]
            at += 2 + count
            runs = [(stream[at + 1 + 2 * n], stream[at + 2 + 2 * n]) for n in range(stream[at] if at < end else 0)]
            try:
                text = own.decode(raw)
            except UnicodeDecodeError:
                self.bad[column] = _NO_CODING
                return
            runs = [(len(raw[:n].decode(own.coding, "ignore")), font) for n, font in runs]
        self._set(column, text)
        self._strike(column, style, text, runs)

    def _put_text(self, column: int, style: int, at: int, end: int, of_count: int) -> None:
        try:
            text = self._book.text(self._stream, at, end, of_count)
        except UnicodeDecodeError:
            self.bad[column] = _NO_CODING
            return
        self._set(column, text)
        self._strike(column, style, text, [])

    def _put_number(self, column: int, style: int, value: float) -> None:
        try:
            text = (
                self._book.written(style, repr(value)) if style >= 0 else self._book.written_as(-1 - style, repr(value))
            )
        except NotAsShown as error:
            self.bad[column] = error.text
            return
        self._set(column, text)
        self._strike(column, style, text, [])

    def _truth(self, column: int, style: int, value: int, error: int) -> None:
        if error:
            said = _ERRORS.get(value, str(value))
            self.bad[column] = Text(f"是错误值 {said}", f"the error value {said}")
            return
        text = "TRUE" if value else "FALSE"
        self._set(column, text)
        self._strike(column, style, text, [])

    def _formula(self, column: int, style: int, at: int, end: int) -> None:
        """What the file keeps as the result of a formula."""
        stored = self._stream[at : at + 8]
        if stored[6:8] != b"\xff\xff":
            flags = self._stream[at + 8] if at + 8 < end else 0
            if flags & _UNCOUNTED and not any(stored):
                self.bad[column] = NOT_FRESH
            else:
                self._put_number(column, style, unpack("<d", stored)[0])
        elif stored[0] in (1, 2):
            self._truth(column, style, stored[2], stored[0] - 1)
        elif stored[0] == 0:
            self._result(column, style, end)

    def _result(self, column: int, style: int, end: int) -> None:
        """The text that a formula gave, which stands behind it."""
        while end + 4 <= len(self._stream):
            code, length = unpack_from("<HH", self._stream, end)
            start, end = end + 4, end + 4 + length
            if code in (of.STRING, of.STRING_2):
                self._put_text(column, style, start, end, 1 if code == of.STRING_2 else 2)
                return
            if code not in of.BESIDE_FORMULA:
                break
        self.bad[column] = NOT_FRESH

    def _strike(self, column: int, style: int, text: str, runs: list[tuple[int, int]]) -> None:
        if style >= 0 and text and self._book.any_struck and (said := self._book.struck(style, len(text), runs)):
            self.struck[column] = said

    def _set(self, column: int, text: str) -> None:
        if not text:
            return
        if column >= _COLUMNS:
            raise Broken(f"第 {self._number + 1} 行有第 {column + 1} 列，一张工作表最多 {_COLUMNS} 列")
        cells = self.cells
        if column >= len(cells):
            cells.extend([""] * (column - len(cells)))
            cells.append(text)
        elif cells[column]:
            raise Broken(f"第 {self._number + 1} 行第 {column + 1} 格写了两次")
        else:
            cells[column] = text


def _rk(stream: bytes, at: int) -> float:
    """A number in four bytes: whole or the front half of another, perhaps in hundredths."""
    packed = unpack_from("<i", stream, at)[0]
    value = (
        float(packed >> 2)
        if packed & 2
        else unpack("<d", b"\0\0\0\0" + (packed & ~3).to_bytes(4, "little", signed=True))[0]
    )
    return value / 100 if packed & 1 else value
