"""The XML of a part as events, piece by piece; names without their prefix, and no document type."""

from collections.abc import Callable, Iterator
from typing import Protocol
from xml.parsers import expat

from banshi.base import limits
from banshi.base.limits import LONGEST_TOKEN, MOST_NAMES
from banshi.base.patterns import late
from banshi.files.tables.xlsx.limits import BookTooLarge, Broken

Parser = expat.XMLParserType
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Chars = Callable[[str], None]
PIECE = 1 << 18


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes."""


class Local(dict[str, str]):
    """Names of elements without their prefix: both dialects of the format, and every writer, have their own."""

    def __missing__(self, tag: str) -> str:
        """What stands behind the colon."""
        found = self[tag] = tag.rpartition(":")[2]
        return found


def events(
    stream: Readable, limit: str, start: Start, end: End | None = None, chars: Chars | None = None
) -> Iterator[None]:
    """Call ``start``, ``end`` and ``chars`` as the XML goes, and yield after each piece. Raises like ``parsed``."""
    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = chars
    yield from parsed(parser, stream, limit)


def new_parser() -> Parser:
    """A parser without handlers, except for what no part of a workbook has."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 14
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def parsed(parser: Parser, stream: Readable, limit: str) -> Iterator[None]:
    """Parse piece by piece, and yield after each. Raises like ``Feed``, and ``BookTooLarge`` beyond the ``limit`` of that name."""
    feed, read, most = Feed(parser), 0, getattr(limits, limit)
    while piece := stream.read(PIECE):
        read += len(piece)
        if read > most:
            raise BookTooLarge(limit)
        feed(piece)
        yield
    parser.Parse(b"", True)
    yield


class Feed:
    """Hands pieces to a parser; raises ``Broken`` or ``BookTooLarge`` for what no spreadsheet writes, ``expat.ExpatError``."""

    def __init__(self, parser: Parser) -> None:
        self._parser, self._fed = parser, 0

    def __call__(self, piece: bytes) -> None:
        """Parse one piece."""
        self._fed += len(piece)
        self._parser.Parse(piece, False)
        if self._fed - max(0, self._parser.CurrentByteIndex) > LONGEST_TOKEN:
            raise BookTooLarge("LONGEST_TOKEN")
        if len(self._parser.intern) > MOST_NAMES:
            raise BookTooLarge("MOST_NAMES")


def _refuse(*_: object) -> None:
    raise Broken


def elements(stream: Readable, limit: str, *names: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every element of these names with its attributes, which lose their prefix."""
    found: list[tuple[str, dict[str, str]]] = []
    local = Local()

    def start(tag: str, of: dict[str, str]) -> None:
        if local[tag] in names:
            found.append((local[tag], {local[key]: value for key, value in of.items()}))

    for _ in events(stream, limit, start):
        yield from found
        found.clear()


_ENCODING = late(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)")


def in_utf_8(begun: bytes) -> bool:
    """Whether a part that begins so is written in UTF-8."""
    said = _ENCODING.match(begun.removeprefix(b"\xef\xbb\xbf"))
    return not begun.startswith((b"\xff\xfe", b"\xfe\xff", b"\0")) and (not said or said[1].lower() == b"utf-8")
