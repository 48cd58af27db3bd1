"""The texts that cells share, kept closely: a million of them take hardly more room than their letters."""

import re
from array import array
from collections.abc import Callable
from functools import lru_cache
from typing import IO

from banshi.files.tables.xlsx.limits import LONGEST_TEXT, MAX_TEXT, MAX_UNPACKED, MOST_TEXTS, TooLarge
from banshi.files.tables.xlsx.xml import Local, events, in_utf_8

Strings = Callable[[str], str]
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_KEPT = 1 << 16
_AT_ONCE = 1 << 20  # bytes; a larger part is kept more closely
_SI = r'<si><t(?: xml:space="preserve")?>[^<>&\x00-\x1f]*</t></si>'
_PLAIN = re.compile(rf"(?:<\?xml[^<>]*\?>\s*)?<sst[^<>]*>((?:{_SI})*+)</sst>\s*".encode())
_TEXT = re.compile(r"<si><t[^>]*>([^<]*)</t>")


def plain(text: str) -> str:
    """What ``_x000D_`` and the like stand for; ``_x005F_`` protects what only looks like one."""
    if "_x" not in text:
        return text
    found = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def no_strings(number: str) -> str:
    """The shared texts of a workbook without any."""
    raise IndexError(number)


def strings(stream: IO[bytes]) -> Strings:
    """The shared texts by their number as cells write it; ``IndexError`` or ``ValueError`` for one that is not there.

    What the part says of their count is not believed.
    """
    begun = stream.read(_AT_ONCE)
    texts = _all_plain(begun) if len(begun) < _AT_ONCE else None
    return _of_list(texts) if texts is not None else _parsed(_Again(begun, stream))


def _all_plain(part: bytes) -> list[str] | None:
    """The texts of a part in which each is plain, as most programs write them; None leaves it to the parser."""
    found = _PLAIN.fullmatch(part) if in_utf_8(part) else None
    if found is None:
        return None
    try:
        return _TEXT.findall(found[1].decode())
    except UnicodeDecodeError:
        return None


def _of_list(texts: list[str]) -> Strings:
    if len(texts) > MOST_TEXTS or any(len(text) > LONGEST_TEXT for text in texts):
        raise TooLarge
    known = [plain(text) for text in texts]

    def text(written: str) -> str:
        number = int(written)
        if number < 0:
            raise IndexError(number)
        return known[number]

    return text


class _Again:
    """A stream with what was read of it put back."""

    def __init__(self, begun: bytes, rest: IO[bytes]) -> None:
        self._begun, self._rest = begun, rest

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes."""
        if not self._begun:
            return self._rest.read(size)
        piece, self._begun = self._begun[:size], self._begun[size:]
        return piece


def _parsed(stream: _Again) -> Strings:
    buffer, ends, local = bytearray(), array("Q", [0]), Local()
    parts: list[str] = []
    wanted, phonetic, length = False, False, 0

    def start(tag: str, _of: dict[str, str]) -> None:
        nonlocal wanted, phonetic, length
        name = local[tag]
        if name == "t":
            wanted = not phonetic
        elif name == "rPh":
            phonetic = True
        elif name == "si":
            parts.clear()
            length = 0

    def end(tag: str) -> None:
        nonlocal wanted, phonetic
        name = local[tag]
        if name == "t":
            wanted = False
        elif name == "rPh":
            phonetic = False
        elif name == "si":
            buffer.extend(plain("".join(parts)).encode("utf-8", "surrogatepass"))
            ends.append(len(buffer))

    def chars(text: str) -> None:
        nonlocal length
        if wanted:
            parts.append(text)
            length += len(text)
            if length > LONGEST_TEXT:
                raise TooLarge

    for _ in events(stream, MAX_UNPACKED, start, end, chars):
        if len(buffer) > MAX_TEXT or len(ends) > MOST_TEXTS:
            raise TooLarge

    @lru_cache(maxsize=_KEPT)
    def text(written: str) -> str:
        number = int(written)
        if number < 0 or number + 1 >= len(ends):
            raise IndexError(number)
        return buffer[ends[number] : ends[number + 1]].decode("utf-8", "surrogatepass")

    return text
