"""What a document holds beside its text: comments, notes at its foot, words in its margins, text boxes, pictures, changes.

Nothing is read from them but whether they take something back.
"""

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from msgspec import Struct, field

from banshi.base.limits import MAX_NUMBERED
from banshi.base.text import Text, listed
from banshi.files.documents import Place
from banshi.files.reading import InputProblem
from banshi.files.tables.beside import REVISION, harmless
from banshi.files.tables.grids import WordsBeside
from banshi.files.tables.xlsx.comments import COMMENT, related
from banshi.files.tables.xlsx.drawings import BOX
from banshi.files.tables.xlsx.limits import BookTooLarge
from banshi.files.tables.xlsx.margins import FOOT, HEAD, NUMBER_OF_A_PAGE
from banshi.files.tables.xlsx.package import Package
from banshi.files.tables.xlsx.xml import Local, events

# By the end of a relationship's type: what its parts hold, in which elements each by itself.
_PARTS = {
    "/comments": (COMMENT, ("comment",)),
    "/footnotes": (Text("脚注", "footnotes"), ("footnote",)),
    "/endnotes": (Text("尾注", "endnotes"), ("endnote",)),
    "/header": (HEAD, ("hdr",)),
    "/footer": (FOOT, ("ftr",)),
}
_BAD = (zipfile.BadZipFile, zlib.error, expat.ExpatError, ValueError, KeyError, NotImplementedError, EOFError)
_UNREADABLE = Text("读不出", "unreadable")
_SHOWN, _LONGEST = 8, 40  # texts that are shown, and their characters
_KEPT = 2000  # characters that are kept of a text
_PICTURES = frozenset(("blip", "imagedata"))
_REVISED = {"ins": "修订：加上", "moveTo": "修订：移入", "del": "修订：删去", "moveFrom": "修订：移走"}
# Elements that say how a document is laid out, which what stands in a box is not part of.
_LAYOUT = frozenset(
    ("p", "r", "strike", "dstrike", "tbl", "tr", "tc", "gridSpan", "sdt", "sdtContent", "tag", "showingPlcHdr")
)


class Aside(Struct):
    """The texts that are not read, by what they are; and how many pictures there are."""

    texts: dict[Text, list[str]] = field(default_factory=dict)
    pictures: int = 0
    revised: list[WordsBeside] = field(default_factory=list)  # changes that nobody has accepted or rejected yet

    def take(self, what: Text, text: str) -> None:
        """Note a text, once, unless it is but the number of a page."""
        kept = self.texts.setdefault(what, [])
        shown = "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))[:_KEPT]
        if not NUMBER_OF_A_PAGE.fullmatch(shown) and shown not in kept and len(kept) < MAX_NUMBERED:
            kept.append(shown)

    def words(self) -> list[WordsBeside]:
        """All of them."""
        return [*self.revised, *(WordsBeside(what, text) for what, texts in self.texts.items() for text in texts)]

    def said(self) -> list[InputProblem]:
        """A note on what takes nothing back; empty where there is nothing."""
        found: dict[Text, list[str]] = {}
        for each in harmless(self.words()):
            found.setdefault(each.what, []).append(each.text)
        zh = [f"{what.zh} {len(texts)} 处（{_shown(texts)}）" for what, texts in found.items()]
        en = [f"{len(texts)} × {what.en}" for what, texts in found.items()]
        if self.pictures:
            zh, en = [*zh, f"图片 {self.pictures} 张"], [*en, f"{self.pictures} pictures"]
        if not zh:
            return []
        message = Text(f"文档里有{listed(zh)}，没有读", f"not read of the document: {', '.join(en)}")
        return [InputProblem("input/left-aside", Place(1, 1, 1), message, _FIX)]


def _shown(texts: list[str]) -> str:
    return listed(f"“{' '.join(text.split())[:_LONGEST]}”" for text in texts[:_SHOWN]) + (
        "……" if len(texts) > _SHOWN else ""
    )


def parts_beside(archive: zipfile.ZipFile, main: str, aside: Aside) -> None:
    """Note the parts that belong to a document; of one that cannot be read, that it is there."""
    for sort, (what, whole) in _PARTS.items():
        try:
            for stream in related(Package(archive), main, sort):
                for text in _texts(stream, whole):
                    aside.take(what, text)
        except (*_BAD, BookTooLarge):
            aside.take(what, _UNREADABLE.zh)


class _Texts:
    """Collects the texts of some elements as the XML goes."""

    def __init__(self, whole: tuple[str, ...]) -> None:
        self.whole, self.local = whole, Local()
        self.found: list[str] = []
        self.text: list[str] = []
        self.wanted = False

    def start(self, tag: str, _of: dict[str, str]) -> None:
        name = self.local[tag]
        self.wanted = name == "t"
        if name in self.whole:
            self.text.clear()
        elif name == "p":
            self.text.append("\n")

    def chars(self, text: str) -> None:
        if self.wanted:
            self.text.append(text)

    def end(self, tag: str) -> None:
        self.wanted = False
        if self.local[tag] in self.whole:
            self.found.append("".join(self.text))
            self.text.clear()


class TrackedChanges:
    """Notes what is recorded as a change of the text and neither accepted nor rejected, where it stands."""

    def __init__(self, aside: Aside) -> None:
        self.aside = aside
        self.open: list[str] = []
        self.text: list[str] = []
        self.wanted = False

    def start(self, name: str) -> None:
        """An element begins."""
        if name in _REVISED:
            self.open.append(name)
        self.wanted = bool(self.open) and name in ("t", "delText")

    def chars(self, piece: str) -> None:
        """Text, shown or not."""
        if self.wanted:
            self.text.append(piece)

    def end(self, name: str, row: int, column: int) -> None:
        """An element ends; ``row`` (from 1) and ``column`` (from 0) of the cell that it stands in."""
        self.wanted = False
        if name not in _REVISED or not self.open:
            return
        said, text = _REVISED[self.open.pop()], " ".join("".join(self.text).split())[:_LONGEST]
        self.text.clear()
        if text and len(self.aside.revised) < MAX_NUMBERED:
            self.aside.revised.append(WordsBeside(REVISION, f"{said}“{text}”", (row, column)))


def _texts(stream: IO[bytes], whole: tuple[str, ...]) -> Iterator[str]:
    reader = _Texts(whole)
    for _ in events(stream, "SMALL_PART", reader.start, reader.end, reader.chars):
        yield from reader.found
        reader.found.clear()


class Boxes:
    """Notes the text boxes and pictures of a document's body as its XML goes."""

    def __init__(self, aside: Aside) -> None:
        self.aside = aside
        self.depth = 0
        self.text: list[str] = []

    def start(self, name: str, *, seen: bool) -> bool:
        """Whether an element belongs to a box or a picture, and to nothing else; ``seen``: programs of today show it."""
        if name == "txbxContent":
            self.depth += 1
        elif name in _PICTURES:
            self.aside.pictures += seen
        elif not (self.depth and name in _LAYOUT):
            return False
        return True

    def end(self, name: str) -> bool:
        """Like ``start``, where one ends."""
        if name == "txbxContent":
            self.depth -= 1
            if not self.depth:
                self.aside.take(BOX, "".join(self.text))
                self.text.clear()
        elif self.depth and name == "p":
            self.text.append("\n")
        return name == "txbxContent" or name in _PICTURES or bool(self.depth and name in _LAYOUT)


_FIX = Text(
    "说某处作废、更正的，照它改好正文；要算数的，写进正文；不影响的，不必理会。",
    "Write into the text what should count.",
)
