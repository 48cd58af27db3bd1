"""What stands behind the cells of a sheet: which of them are merged, so that the value of the first holds for all, and the words at the head and foot of its pages."""

import codecs
import io
import re
from array import array
from collections.abc import Iterator, MutableMapping
from typing import IO, TypeAlias

from banshi.base.limits import COLUMNS, MAX_UNPACKED, MOST_MERGED, ROWS, SMALL_PART
from banshi.base.text import Text
from banshi.files.tables.xlsx.limits import BookTooLarge, Broken
from banshi.files.tables.xlsx.refs import COLUMN_OF, place
from banshi.files.tables.xlsx.xml import elements

Range = tuple[tuple[int, int], tuple[int, int]]
Packed: TypeAlias = "array[int]"  # ranges as they are kept: 16 bytes each instead of 250
_PIECE = 1 << 20
_LONGEST_TAG = 64
_START = re.compile(rb"<(?:[\w.-]+:)?mergeCells[\s>]")
_END = re.compile(rb"</(?:[\w.-]+:)?mergeCells\s*>")
_MARGINS = re.compile(rb"<(?:[\w.-]+:)?headerFooter(?:\s[^<>]*)?(?<!/)>")
_MARGINS_END = re.compile(rb"</(?:[\w.-]+:)?headerFooter\s*>")
# As nearly all programs write it; anything else is the parser's.
_PLAIN = re.compile(
    rb'<mergeCells[^<>]*>(?:<mergeCell ref="[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7}"/>)*</mergeCells>'
)
_REF = re.compile(r' ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')


def behind(stream: IO[bytes]) -> tuple[list[Range], list[bytes]]:
    """The first and the last cell of each merged range, as (row, column) from 0; and the elements that hold heads and feet of pages.

    The cells are only searched for the tags, which is much faster than to read them once more.
    """
    here, pieces, merges = b"", _pieces(stream), True
    ranges: list[Range] = []
    margins: list[bytes] = []
    for piece in pieces:
        here += piece
        if merges and b"mergeCells" in here and (found := _START.search(here)):
            merges = False
            whole, here = _whole(here[found.start() :], _END, pieces)
            ranges += _ranges(whole)
        while b"headerFooter" in here and (found := _MARGINS.search(here)):
            whole, here = _whole(here[found.start() :], _MARGINS_END, pieces)
            margins.append(whole)
        here = here[-_LONGEST_TAG:]
    return sorted(ranges), margins


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The part in UTF-8."""
    read, first = 0, True
    decoder: codecs.IncrementalDecoder | None = None
    while piece := stream.read(_PIECE):
        read += len(piece)
        if read > MAX_UNPACKED:
            raise BookTooLarge("MAX_UNPACKED")
        if first and piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            decoder = codecs.getincrementaldecoder("utf-16")("replace")
        first = False
        yield decoder.decode(piece).encode("utf-8", "replace") if decoder else piece


def _whole(begun: bytes, ended: re.Pattern[bytes], pieces: Iterator[bytes]) -> tuple[bytes, bytes]:
    """An element from its first tag to its last, and what follows; nothing where it has no end of its own."""
    while not (end := ended.search(begun)):
        more = next(pieces, b"")
        if len(begun) > SMALL_PART:
            raise BookTooLarge("SMALL_PART")
        if not more:
            return b"", b""
        begun += more
    return begun[: end.end()], begun[end.end() :]


def _ranges(listed: bytes) -> Iterator[Range]:
    for n, (one, other) in enumerate(_places(listed)):
        if n >= MOST_MERGED:
            raise BookTooLarge("MOST_MERGED")
        if not (0 <= one[0] <= other[0] < ROWS and one[1] <= other[1] < COLUMNS):
            raise Broken
        yield one, other


def _places(listed: bytes) -> Iterator[Range]:
    if _PLAIN.fullmatch(listed):
        for found in _REF.finditer(listed.decode("ascii")):
            yield (int(found[2]) - 1, COLUMN_OF[found[1]]), (int(found[4]) - 1, COLUMN_OF[found[3]])
    elif listed:
        for _, of in elements(io.BytesIO(listed), "MAX_UNPACKED", "mergeCell"):
            first, _, last = of.get("ref", "").partition(":")
            yield place(first), place(last or first)


def packed(ranges: list[Range]) -> Packed:
    """Ranges for as long as the workbook is open."""
    return array("I", (number for one, other in ranges for number in (*one, *other)))


def unpacked(kept: Packed) -> list[Range]:
    """The same as they were."""
    return list(zip(zip(kept[0::4], kept[1::4], strict=True), zip(kept[2::4], kept[3::4], strict=True), strict=True))


class Filling:
    """Fills rows from top to bottom with what their cells are merged into."""

    def __init__(self, ranges: list[Range]) -> None:
        self._coming = ranges[::-1]
        self._open: list[
            tuple[int, int, int, str, Text | None]
        ] = []  # last row, first and last column, value, if struck

    def fill(self, row: int, cells: list[str], struck: MutableMapping[int, Text]) -> int:
        """Fill one row (its number from 0), but none without anything of its own; how many ranges were looked at."""
        while self._coming and self._coming[-1][0][0] <= row:
            (top, first), (bottom, last) = self._coming.pop()
            if top == row and first < len(cells) and cells[first]:
                self._open.append((bottom, first, last, cells[first], struck.get(first)))
        if not self._open:
            return 0
        self._open = [each for each in self._open if each[0] >= row]
        if self._open and any(cells):
            for _, first, last, value, said in self._open:
                if said:
                    struck.update(dict.fromkeys(range(first, last + 1), said))
                if len(cells) <= last:
                    cells.extend([""] * (last + 1 - len(cells)))
                cells[first : last + 1] = [value] * (last + 1 - first)
        return len(self._open)
