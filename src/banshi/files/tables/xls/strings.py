"""The texts that cells of an old workbook share, kept closely, and the fonts of their parts."""

from array import array
from functools import lru_cache
from struct import unpack_from

from banshi.files.tables.xls.records import chars, continued
from banshi.files.tables.xlsx.limits import Broken

_KEPT = 1 << 16


class SharedTexts:
    """Texts by their number. Raises ``IndexError`` for one that is not there."""

    def __init__(self) -> None:
        self._bytes, self._ends = bytearray(), array("Q", [0])
        self._fonts: dict[int, bytes] = {}
        self.text = lru_cache(maxsize=_KEPT)(self._text)

    def _text(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            raise IndexError(number)
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode("utf-8", "surrogatepass")

    def fonts(self, number: int) -> bytes:
        """From which character on which font, two bytes each."""
        return self._fonts.get(number, b"")

    def read(self, stream: bytes, at: int, end: int) -> None:
        """Take in the record and those in which it goes on. What it says of their count is only believed as far as it goes.

        Raises ``Broken``.
        """
        count = unpack_from("<I", stream, at + 4)[0]
        at += 8
        for number in range(count):
            if at >= end:
                try:
                    at, end = continued(stream, end)
                except Broken:
                    return  # what is not there is said where it is asked for
            at, end = self._one(stream, at, end, number)

    def _one(self, stream: bytes, at: int, end: int, number: int) -> tuple[int, int]:
        if at + 3 > end:
            raise Broken
        count, flags = unpack_from("<HB", stream, at)
        at += 3
        runs = unpack_from("<H", stream, at)[0] * 4 if flags & 8 else 0
        at += 2 if flags & 8 else 0
        more = unpack_from("<I", stream, at)[0] if flags & 4 else 0
        at += 4 if flags & 4 else 0
        found, at, end = chars(stream, at, end, count, bool(flags & 1))
        self._bytes += found.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))
        fonts, at, end = _raw(stream, at, end, runs)
        if fonts:
            self._fonts[number] = fonts
        _, at, end = _raw(stream, at, end, more)
        return at, end


def _raw(stream: bytes, at: int, end: int, size: int) -> tuple[bytes, int, int]:
    """So many bytes, which may go on in the records that follow."""
    if at > end:
        raise Broken
    if size <= end - at:
        return stream[at : at + size], at + size, end
    found = [stream[at:end]]
    size -= end - at
    while size:
        at, end = continued(stream, end)
        held = min(size, end - at)
        found.append(stream[at : at + held])
        at, size = at + held, size - held
    return b"".join(found), at, end
