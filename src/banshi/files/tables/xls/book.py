"""What an old workbook says of all of its sheets: their names, its texts, the formats and fonts of cells, names of ours."""

from collections.abc import Callable
from itertools import pairwise
from struct import error as StructError  # noqa: N812 - a lower-case name of the library
from struct import unpack_from

from msgspec import Struct, field

from banshi.base.limits import MOST_SHEETS
from banshi.base.text import Text
from banshi.files.tables.hidden_names import read_name
from banshi.files.tables.xls import records as of
from banshi.files.tables.xls.strings import SharedTexts
from banshi.files.tables.xlsx.limits import BookTooLarge, Broken
from banshi.files.tables.xlsx.names import Named
from banshi.files.tables.xlsx.numbers import writer
from banshi.files.tables.xlsx.package import Locked
from banshi.files.tables.xlsx.strings import PARTLY_STRUCK, STRUCK
from banshi.files.tables.xlsx.styles import form

UNICODE = 8  # the version from which on texts are Unicode
_WITH_PARTS = 5  # from which on a workbook has a part for itself and one for each sheet
_GLOBALS, _SHEET = 0x5, 0x10
_STRIKES = 0x8
_NO_FONT = 4  # a number that no font has
_STYLES = 1 << 16  # a cell names its style in two bytes
_REFERS = (0x3A, 0x5A, 0x7A, 0x3B, 0x5B, 0x7B)  # formulas that are one cell, or one area, of a sheet
# Texts that say no code page are those of a Chinese system; 1200 is said where they are Unicode anyway.
_CODES = {936: "gb18030", 1200: "utf-16-le", 10000: "mac_roman", 32768: "mac_roman", 32769: "cp1252", 367: "gb18030"}
_USUAL = "gb18030"


class OldSheet(Struct, frozen=True):
    """A sheet as the workbook lists it: its part of the stream."""

    name: str
    start: int
    end: int
    hidden: bool = False


class OldGlobals(Struct):
    """What cells refer to, and the sheets. ``version``: of the format, 2 to 5 (of which 5 is said up to Excel 95) and 8."""

    version: int
    coding: str = _USUAL
    system_1904: bool = False
    texts: SharedTexts = field(default_factory=SharedTexts)
    sheets: list[OldSheet] = field(default_factory=list)
    named: Named = field(default_factory=dict)
    _fonts: list[bool] = field(default_factory=list)
    _codes: dict[int, str] = field(default_factory=dict)
    _styles: list[tuple[int, int]] = field(default_factory=list)
    _listed: list[tuple[str, int, int, int]] = field(default_factory=list)
    _names: list[tuple[str, int, int, int]] = field(default_factory=list)
    _ours: list[bool] = field(default_factory=list)
    _referred: list[tuple[int, int]] = field(default_factory=list)
    _writers: dict[int, Callable[[str], str]] = field(default_factory=dict)

    def decode(self, raw: bytes) -> str:
        """A text of the older versions. Raises ``UnicodeDecodeError``."""
        return raw.decode(self.coding)

    def text(self, stream: bytes, at: int, end: int, of_count: int) -> str:
        """A text as this version writes it."""
        if self.version >= UNICODE:
            return of.text(stream, at, end, of_count)
        return of.bytes_text(stream, at, end, of_count, self.decode)

    def strikes(self, font: int) -> bool:
        """Whether a font strikes through."""
        number = font - (font > _NO_FONT)
        return font != _NO_FONT and 0 <= number < len(self._fonts) and self._fonts[number]

    def struck(self, style: int, length: int, runs: list[tuple[int, int]]) -> Text | None:
        """What is to be said of a text in a style, with other fonts from some characters on."""
        font = self._styles[style][0] if style < len(self._styles) else 0
        marks = [(0, font), *((at, each) for at, each in runs if at < length), (length, 0)]
        struck = {self.strikes(font) for (at, font), (to, _) in pairwise(marks) if to > at}
        return None if True not in struck else PARTLY_STRUCK if False in struck else STRUCK

    @property
    def any_struck(self) -> bool:
        """Whether any font strikes through."""
        return any(self._fonts)

    def written(self, style: int, value: str) -> str:
        """A number as its style writes it. Raises ``NotAsShown``."""
        return self.written_as(self._styles[style][1] if style < len(self._styles) else 0, value)

    def written_as(self, number: int, value: str) -> str:
        """A number as a format writes it. Raises ``NotAsShown``."""
        if number not in self._writers:
            self._writers[number] = writer(form(str(number), self._codes.get(number)), self.system_1904)
        return self._writers[number](value)


def globals_of(stream: bytes) -> OldGlobals:
    """What the beginning of a workbook says. Raises ``Broken``, ``BookTooLarge``, ``Locked``."""
    try:
        return _globals_of(stream)
    except (StructError, IndexError, UnicodeDecodeError):
        raise Broken from None


def _globals_of(stream: bytes) -> OldGlobals:
    code, length, said, sort = unpack_from("<HHHH", stream)
    if code not in of.BOF or length < 4:
        raise Broken
    version = _version(code, said)
    if sort not in (_GLOBALS, _SHEET):
        raise Broken("是 Excel 4.0 的工作簿或别的旧文件")
    found = OldGlobals(version)
    single = sort == _SHEET
    for number, at, end in of.records(stream, 0, len(stream)):
        _take(found, stream, number, at, end)
    found.sheets = [OldSheet("Sheet1", 0, len(stream))] if single else _sheets(found, stream)
    _name(found)
    return found


def _version(code: int, said: int) -> int:
    if code == of.BOF[0]:
        return {0x600: UNICODE, 0x500: _WITH_PARTS}.get(said, 4)  # programs that say anything else write as 4 does
    return {0x409: 4, 0x209: 3}.get(code, 2)


def _take(book: OldGlobals, stream: bytes, number: int, at: int, end: int) -> None:
    """One record of the beginning."""
    if number == of.FILEPASS:
        raise Locked
    if number == of.CODEPAGE:
        book.coding = _coding(unpack_from("<H", stream, at)[0])
    elif number == of.DATEMODE:
        book.system_1904 = bool(unpack_from("<H", stream, at)[0])
    elif number in of.FONT:
        book._fonts.append(bool(unpack_from("<H", stream, at + 2)[0] & _STRIKES))
    elif number in (of.FORMAT, of.FORMAT_OLD):
        _format(book, stream, number, at, end)
    elif number in of.XF and len(book._styles) < _STYLES:
        book._styles.append(_style(stream, number, at))
    elif number == of.SST:
        book.texts.read(stream, at, end)
    elif number == of.BOUNDSHEET:
        start, state, sort = unpack_from("<IBB", stream, at)
        book._listed.append((book.text(stream, at + 6, end, 1), start, state & 3, sort))
        if len(book._listed) > MOST_SHEETS:
            raise BookTooLarge("MOST_SHEETS")
    elif book.version >= UNICODE:
        _take_name(book, stream, number, at, end)


def _coding(page: int) -> str:
    coding = _CODES.get(page, f"cp{page}")
    try:
        b"".decode(coding)
    except LookupError:
        return _USUAL
    return coding


def _format(book: OldGlobals, stream: bytes, number: int, at: int, end: int) -> None:
    if number == of.FORMAT_OLD or book.version < _WITH_PARTS:
        own = len(book._codes)
        skip = 2 if number == of.FORMAT else 0
        book._codes[own] = book.text(stream, at + skip, end, 1)
    else:
        own = unpack_from("<H", stream, at)[0]
        book._codes[own] = book.text(stream, at + 2, end, 2 if book.version >= UNICODE else 1)


def _style(stream: bytes, number: int, at: int) -> tuple[int, int]:
    """The font and the format of a style."""
    if number == of.XF[0]:
        return unpack_from("<HH", stream, at)
    font, form = unpack_from("<BB", stream, at)
    return (font, stream[at + 2] & 0x3F) if number == of.XF[-1] else (font, form)


def _sheets(book: OldGlobals, stream: bytes) -> list[OldSheet]:
    """The sheets for cells; each ends before the next part begins, so that no part is read for two of them."""
    starts = sorted({start for _, start, _, _ in book._listed})
    if len(starts) < len(book._listed):
        raise Broken("两张工作表占同一处")
    behind = dict(zip(starts, [*starts[1:], len(stream)], strict=True))
    found = []
    for name, start, state, sort in book._listed:
        if sort == 0:
            if not 0 < start < len(stream) - 4 or unpack_from("<H", stream, start)[0] not in of.BOF:
                raise Broken
            found.append(OldSheet(name, start, behind[start], hidden=state != 0))
    return found


# names of ours, which lead a filled form back


def _take_name(book: OldGlobals, stream: bytes, number: int, at: int, end: int) -> None:
    if number == of.SUPBOOK:
        book._ours.append(stream[at + 2 : at + 4] == b"\1\4")
    elif number == of.EXTERNSHEET:
        count = min(unpack_from("<H", stream, at)[0], (end - at - 2) // 6)
        triples = (unpack_from("<HHH", stream, at + 2 + 6 * n) for n in range(count))
        book._referred += ((own, first) for own, first, _ in triples)
    elif number == of.NAME:
        count, size = stream[at + 3], unpack_from("<H", stream, at + 4)[0]
        wide = bool(stream[at + 14] & 1)
        name, behind, _ = of.chars(stream, at + 15, end, count, wide)
        if size >= 7 and stream[behind] in _REFERS and read_name(name) is not None:
            step = 2 if stream[behind] & 0x1F == 0x1A else 4
            refers, row = unpack_from("<HH", stream, behind + 1)
            column = unpack_from("<H", stream, behind + 3 + step)[0]
            book._names.append((name, refers, row, column & 0xFF))


def _name(book: OldGlobals) -> None:
    """Put the names where their sheets are known."""
    for name, refers, row, column in book._names:
        if refers >= len(book._referred):
            continue
        own, sheet = book._referred[refers]
        if own < len(book._ours) and book._ours[own] and sheet < len(book._listed):
            book.named.setdefault(book._listed[sheet][0], {})[row + 1, column] = name
