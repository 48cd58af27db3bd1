"""Words beside the cells of a sheet of an old workbook: comments, text boxes, the heads and feet of its pages."""

from contextlib import suppress
from struct import error as StructError  # noqa: N812 - a lower-case name of the library
from struct import unpack_from

from banshi.base.text import Text
from banshi.files.tables.grids import WordsBeside
from banshi.files.tables.xls import records as of
from banshi.files.tables.xls.book import UNICODE, OldGlobals
from banshi.files.tables.xls.sheet import OF_NOTE, SheetIndex
from banshi.files.tables.xlsx.comments import comment_on
from banshi.files.tables.xlsx.drawings import BOX
from banshi.files.tables.xlsx.limits import Broken
from banshi.files.tables.xlsx.margins import said_in

_GOES_ON = 0xFFFF  # in the place of a row: more of the text before
_COLUMNS = 256
_COMMON, _TEXT_BOX = 0x15, 6  # the part of an object that says its sort and number; a sort
_UNREADABLE = Text("读不出", "unreadable").zh
_BAD = (StructError, IndexError, Broken, UnicodeDecodeError)


def beside(stream: bytes, book: OldGlobals, index: SheetIndex) -> list[WordsBeside]:
    """All of them; of what cannot be read, that it is there."""
    found = _Words(stream, book)
    for number, at, end in index.beside:
        with suppress(*_BAD):
            found.take(number, at, end)
    return found.all()


class _Words:
    """Takes in the records as they stand in the sheet: a text follows the object that it is of."""

    def __init__(self, stream: bytes, book: OldGlobals) -> None:
        self._stream, self._book = stream, book
        self._pages: list[WordsBeside] = []
        self._texts: dict[int, str] = {}  # by the number of the object
        self._notes: dict[tuple[int, int], tuple[int, str]] = {}  # by cell the number of the object, or the text itself
        self._object = -1

    def take(self, number: int, at: int, end: int) -> None:
        if number in (of.HEADER, of.FOOTER):
            self._page(at, end, head=number == of.HEADER)
        elif number == of.NOTE:
            self._note(at, end)
        elif number == of.TEXT_OF_OBJECT:
            self._texts[self._object] = _UNREADABLE
            self._texts[self._object] = self._text(at, end)
        else:
            self._begin(at)

    def _page(self, at: int, end: int, *, head: bool) -> None:
        if at < end:
            text = self._book.text(self._stream, at, end, 2 if self._book.version >= UNICODE else 1)
            self._pages += [each for each in said_in(text, head=head) if each not in self._pages]

    def _begin(self, at: int) -> None:
        if self._book.version >= UNICODE:
            part, _, sort, self._object = unpack_from("<HHHH", self._stream, at)
            if part != _COMMON:
                self._object = -1
        else:  # whose texts stand in the object, each version's otherwise
            sort, self._object = unpack_from("<HH", self._stream, at + 4)
            if sort == _TEXT_BOX:
                self._texts[self._object] = _UNREADABLE

    def _text(self, at: int, end: int) -> str:
        count = unpack_from("<H", self._stream, at + 10)[0]
        if not count:
            return ""
        at, end = of.continued(self._stream, end)
        return of.chars(self._stream, at + 1, end, count, bool(self._stream[at] & 1))[0]

    def _note(self, at: int, end: int) -> None:
        row, column, third = unpack_from("<HHH", self._stream, at)
        if self._book.version >= UNICODE:
            if row != _GOES_ON and column < _COLUMNS:
                self._notes[row, column] = unpack_from("<H", self._stream, at + OF_NOTE + 2)[0], ""
            return
        held = self._stream[at + 6 : min(end, at + 6 + third)]
        said = held.decode(self._book.coding, "replace")
        if row == _GOES_ON and self._notes:
            cell, (number, before) = self._notes.popitem()
            self._notes[cell] = number, before + said
        elif column < _COLUMNS:
            self._notes[row, column] = -1, said

    def all(self) -> list[WordsBeside]:
        """Comments from top to bottom, heads and feet of pages, then boxes."""
        own = {number for number, _ in self._notes.values()}
        notes = [
            comment_on((row + 1, column), "", said or self._texts.get(number, ""))
            for (row, column), (number, said) in sorted(self._notes.items())
        ]
        boxes = [
            WordsBeside(BOX, text.strip()) for number, text in self._texts.items() if number not in own and text.strip()
        ]
        return [*notes, *self._pages, *boxes]
