"""Rows that are written as nearly all programs write them are taken out before the parser sees them, for speed.

A row is plain only if all of it is: a number of its own, cells that say where they stand, texts without entities. The
parser gets everything else, so that both together read what the parser alone would.
"""

import re
from collections.abc import Iterator
from typing import IO

from banshi.base.limits import MAX_UNPACKED
from banshi.files.tables.xlsx.limits import BookTooLarge
from banshi.files.tables.xlsx.xml import PIECE, in_utf_8

PlainRow = re.Match[bytes]  # its groups: the row's number, and its cells
_LONGEST = 4 << 20  # bytes; rows longer than that are left to the parser
_TEXT = r"[^<>&\x00-\x1f]*"
_ATTRIBUTES = r'(?: [A-Za-z][\w.:]*="[^"<>&\x00-\x1f\x80-\xff]*")*+'
_HIDDEN = r'(?![^<>]* hidden="(?:1|t|on))'


_VALUE = rf"(?:<f>{_TEXT}</f>(?=<v>[^<]))?<v>{_TEXT}</v>"
_OWN = rf'<is><t(?: xml:space="preserve")?>{_TEXT}</t></is>'
_CELL = rf'<c r="[A-Z]{{1,3}}\1"(?: s="[0-9]{{1,6}}")?(?: t="[a-zA-Z]{{1,9}}")?(?:/>|>(?:{_VALUE}|{_OWN})?</c>)'
_ROW = re.compile(rf'<row r="([0-9]{{1,7}})"{_HIDDEN}{_ATTRIBUTES}>((?:{_CELL})*+)</row>'.encode())
# In the cells of a row that is known to be plain: column, style, kind, text of those in which anything stands.
CELL = re.compile(
    r'<c r="([A-Z]+)[0-9]+"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?>(?:<f>[^<]*</f>)?<(?:v|is><t[^>]*)>([^<]+)'
)


def split(stream: IO[bytes]) -> Iterator[bytes | PlainRow]:
    """The plain rows of a sheet, and between them what is left to the parser."""
    rest, read, plainly = b"", 0, True
    while piece := stream.read(PIECE):
        read += len(piece)
        if read > MAX_UNPACKED:
            raise BookTooLarge("MAX_UNPACKED")
        if plainly and read == len(piece):
            plainly = in_utf_8(piece)
        rest += piece
        cut = rest.rfind(b"</row>") + 6 if plainly else len(rest)
        if plainly and ((cut < 6 and len(rest) > _LONGEST) or b"<!" in rest or b"<?" in rest[5:]):
            plainly, cut = False, len(rest)  # a comment or the like may hold what looks like rows
        if cut >= 6:
            yield from _rows(rest[:cut]) if plainly else (rest[:cut],)
            rest = rest[cut:]
    yield rest


def _rows(piece: bytes) -> Iterator[bytes | PlainRow]:
    at = 0
    for found in _ROW.finditer(piece):
        if found.start() > at:
            yield piece[at : found.start()]
        yield found
        at = found.end()
    if at < len(piece):
        yield piece[at:]
