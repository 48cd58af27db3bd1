"""The texts that cells share, kept closely: a million of them take hardly more room than their letters."""

import re
from array import array
from collections.abc import Callable
from functools import lru_cache
from typing import IO

from msgspec import Struct

from banshi.base.limits import LONGEST_TEXT, MAX_TEXT, MOST_TEXTS
from banshi.base.text import Text
from banshi.files.tables.xlsx.limits import BookTooLarge
from banshi.files.tables.xlsx.styles import strikes
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


def strings(stream: IO[bytes], struck: dict[str, Text]) -> Strings:
    """The shared texts by their number as cells write it; ``IndexError`` or ``ValueError`` for one that is not there.

    What the part says of their count is not believed. ``struck`` is given the numbers of those that are struck through.
    """
    begun = stream.read(_AT_ONCE)
    texts = _all_plain(begun) if len(begun) < _AT_ONCE else None
    return _of_list(texts) if texts is not None else _parsed(_Again(begun, stream), struck)


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
    if len(texts) > MOST_TEXTS:
        raise BookTooLarge("MOST_TEXTS")
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise BookTooLarge("LONGEST_TEXT")
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


class Striking(Struct):
    """Which runs of a text are struck through, as its parts go by."""

    now: bool = False
    struck: bool = False
    plain: bool = False

    def text(self, text: str) -> None:
        """A part of the text."""
        if text.strip():
            self.struck |= self.now
            self.plain |= not self.now

    def said(self) -> Text | None:
        """What is to be said of the text."""
        return None if not self.struck else PARTLY_STRUCK if self.plain else STRUCK


STRUCK = Text("划了删除线", "it is struck through")
PARTLY_STRUCK = Text("有一部分划了删除线", "a part of it is struck through")


def _parsed(stream: _Again, struck: dict[str, Text]) -> Strings:
    buffer, ends, local = bytearray(), array("Q", [0]), Local()
    parts: list[str] = []
    wanted, phonetic, length, striking = False, False, 0, Striking()

    def start(tag: str, of: dict[str, str]) -> None:
        nonlocal wanted, phonetic, length, striking
        name = local[tag]
        if name == "t":
            wanted = not phonetic
        elif name == "r":
            striking.now = False
        elif name == "strike":
            striking.now = strikes(of)
        elif name == "rPh":
            phonetic = True
        elif name == "si":
            parts.clear()
            length, striking = 0, Striking()

    def end(tag: str) -> None:
        nonlocal wanted, phonetic
        name = local[tag]
        if name == "t":
            wanted = False
        elif name == "rPh":
            phonetic = False
        elif name == "si":
            if said := striking.said():
                struck[str(len(ends) - 1)] = said
            buffer.extend(plain("".join(parts)).encode("utf-8", "surrogatepass"))
            ends.append(len(buffer))

    def chars(text: str) -> None:
        nonlocal length
        if wanted:
            parts.append(text)
            striking.text(text)
            length += len(text)
            if length > LONGEST_TEXT:
                raise BookTooLarge("LONGEST_TEXT")

    for _ in events(stream, "MAX_UNPACKED", start, end, chars):
        if len(buffer) > MAX_TEXT:
            raise BookTooLarge("MAX_TEXT")
        if len(ends) > MOST_TEXTS + 1:  # with the beginning of the first
            raise BookTooLarge("MOST_TEXTS")

    @lru_cache(maxsize=_KEPT)
    def text(written: str) -> str:
        number = int(written)
        if number < 0 or number + 1 >= len(ends):
            raise IndexError(number)
        return buffer[ends[number] : ends[number + 1]].decode("utf-8", "surrogatepass")

    return text
