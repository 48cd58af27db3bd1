"""The words at the head and foot of a sheet's pages, without the signs that say how they look."""

import io
import re
from collections.abc import Iterable, Iterator

from banshi.base.text import Text
from banshi.files.tables.grids import WordsBeside
from banshi.files.tables.xlsx.xml import Local, events

HEAD, FOOT = Text("页眉", "header"), Text("页脚", "footer")
_SECTION = re.compile(r"&[LCR]")
# Fonts, sizes, colours, styles; number of the page, date, names of file and sheet.
_SIGNS = re.compile(r'&(?:"[^"]*"|\d{1,3}|K[0-9A-Fa-f]{2}(?:[0-9A-Fa-f]{4}|[+-]\d{3})|[A-Z])')
NUMBER_OF_A_PAGE = re.compile(r"[\s\d\-—–―·.,，、/|第共页頁次之]*(?:(?i:page|of)[\s\d/]*)*")


def said_in(text: str, *, head: bool) -> Iterator[WordsBeside]:
    """What a head or foot of pages says, left, in the middle and right; the number of a page is nothing."""
    for part in _SECTION.split(text.replace("&&", "\0")):
        said = _SIGNS.sub("", part).replace("\0", "&").strip()
        if said and not NUMBER_OF_A_PAGE.fullmatch(said):
            yield WordsBeside(HEAD if head else FOOT, said)


def margins(elements: Iterable[bytes]) -> list[WordsBeside]:
    """What the elements of a sheet say that hold heads and feet of pages; the same once. Raises what the reader of XML raises."""
    found: dict[WordsBeside, None] = {}
    for element in elements:
        reader = _Reader()
        for _ in events(io.BytesIO(element), "SMALL_PART", reader.start, reader.end, reader.chars):
            pass
        found |= dict.fromkeys(reader.found)
    return list(found)


class _Reader:
    """Collects the texts as the XML goes."""

    def __init__(self) -> None:
        self.local, self.text = Local(), list[str]()
        self.found: list[WordsBeside] = []

    def start(self, _tag: str, _of: dict[str, str]) -> None:
        self.text.clear()

    def chars(self, text: str) -> None:
        self.text.append(text)

    def end(self, tag: str) -> None:
        name = self.local[tag]
        if name.endswith(("Header", "Footer")):
            self.found += said_in("".join(self.text), head=name.endswith("Header"))
        self.text.clear()
