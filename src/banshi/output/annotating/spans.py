"""Where the elements of a part stand, in bytes, so that it can be edited without being written anew."""

import re
from collections.abc import Iterable, Iterator
from mmap import mmap
from xml.parsers import expat

from msgspec import Struct
from msgspec.structs import replace

from banshi.files.tables.xlsx.xml import Feed, in_utf_8, new_parser

Bytes = bytes | mmap
Edit = tuple[int, int, bytes]  # from, to, what stands there instead
_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_PIECE = 1 << 20


class NotEditable(Exception):
    """A part that is written in a way that cannot be edited byte by byte."""


class ElementSpan(Struct, frozen=True):
    """An element: its name without and with its prefix, its attributes, where its tag begins and ends, where it ends."""

    name: str
    prefix: str
    attributes: dict[str, str]
    start: int
    opened: int
    end: int

    @property
    def closed(self) -> bool:
        """Whether it has nothing in it: <a/>."""
        return self.opened == self.end


def tag_at(data: Bytes, start: int) -> bytes:
    """The tag that begins there. Raises ``NotEditable``."""
    found = _TAG.match(data, start)
    if found is None:
        raise NotEditable
    return bytes(found[0])


def parse(data: Bytes, parser: expat.XMLParserType) -> None:
    """All of a part through a parser. Raises ``NotEditable`` and what reading raises."""
    if not in_utf_8(bytes(data[:200])):
        raise NotEditable
    feed = Feed(parser)
    for at in range(0, len(data), _PIECE):
        feed(bytes(data[at : at + _PIECE]))
    parser.Parse(b"", True)


def spans(data: bytes, *names: str) -> list[ElementSpan]:
    """The elements of these names, in the order of their ends."""
    found: list[ElementSpan] = []
    stack: list[tuple[str, str, dict[str, str], int, bytes]] = []
    parser = new_parser()

    def start(tag: str, attributes: dict[str, str]) -> None:
        prefix, _, name = tag.rpartition(":")
        if name in names:
            at = parser.CurrentByteIndex
            stack.append((name, f"{prefix}:" if prefix else "", attributes, at, tag_at(data, at)))

    def end(tag: str) -> None:
        if tag.rpartition(":")[2] in names:
            name, prefix, attributes, at, opening = stack.pop()
            opened = at + len(opening)
            closing = (
                opened
                if opening.endswith(b"/>")
                else parser.CurrentByteIndex + len(tag_at(data, parser.CurrentByteIndex))
            )
            found.append(ElementSpan(name, prefix, attributes, at, opened, closing))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parse(data, parser)
    return found


def spans_within(data: bytes, start: int, end: int, *names: str) -> list[ElementSpan]:
    """The elements of these names in a stretch of a part that is one whole element."""
    return [
        replace(each, start=each.start + start, opened=each.opened + start, end=each.end + start)
        for each in spans(data[start:end], *names)
    ]


def first(found: Iterable[ElementSpan]) -> ElementSpan:
    """The first element of those looked for. Raises ``NotEditable``: a part may be damaged, or be another's."""
    for span in found:
        return span
    raise NotEditable


def edited(data: Bytes, edits: Iterable[Edit]) -> Iterator[bytes]:
    """The part with its edits, piece by piece; what is inserted at one place keeps its order."""
    at = 0
    for start, end, instead in sorted(edits, key=lambda edit: edit[:2]):
        yield from _between(data, at, start)
        yield instead
        at = end
    yield from _between(data, at, len(data))


def _between(data: Bytes, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, _PIECE):
        yield bytes(data[at : min(at + _PIECE, end)])


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """A tag with an attribute set, whether or not it was there."""
    pattern = re.compile(rb"(\s" + re.escape(name.encode()) + rb"\s*=\s*)(\"[^\"]*\"|'[^']*')")
    written = f'"{value}"'.encode()
    if pattern.search(tag):
        return pattern.sub(lambda found: found[1] + written, tag, count=1)
    end = -2 if tag.endswith(b"/>") else -1
    return tag[:end].rstrip() + f" {name}={written.decode()}".encode() + tag[end:]


def without_attribute(tag: bytes, name: str) -> bytes:
    """A tag without an attribute."""
    return re.sub(rb"\s" + re.escape(name.encode()) + rb"\s*=\s*(\"[^\"]*\"|'[^']*')", b"", tag)


def inside_end(span: ElementSpan, data: bytes, more: bytes) -> list[Edit]:
    """Edits that put something at the end of what an element holds."""
    if span.closed:
        tag = data[span.start : span.opened]
        name = f"{span.prefix}{span.name}".encode()
        return [(span.start, span.end, tag[:-2].rstrip() + b">" + more + b"</" + name + b">")]
    closing = data.rindex(b"</", span.opened, span.end)
    return [(closing, closing, more)]
