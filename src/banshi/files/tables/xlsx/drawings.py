"""Text boxes and pictures on a sheet: nothing is read from them but whether they take something back."""

from msgspec import Struct, field

from banshi.base.text import Text
from banshi.files.tables.xlsx.comments import related
from banshi.files.tables.xlsx.package import Package
from banshi.files.tables.xlsx.xml import Local, events

BOX = Text("文本框", "text box")
_SORT = "/drawing"
_LONGEST = 2000


class Drawn(Struct):
    """The texts of boxes, and how many pictures there are; ``unknown``: there is something that cannot be read."""

    boxes: list[str] = field(default_factory=list)
    pictures: int = 0
    unknown: bool = False


def drawings(package: Package, part: str) -> Drawn:
    """What is drawn on a sheet, but for shapes without words. Raises what the readers of zip and XML raise."""
    found = Drawn()
    for stream in related(package, part, _SORT):
        reader = _Reader(found)
        for _ in events(stream, "SMALL_PART", reader.start, reader.end, reader.chars):
            pass
    return found


class _Reader:
    """Collects the texts of boxes as the XML goes, and counts pictures."""

    def __init__(self, found: Drawn) -> None:
        self.found, self.local = found, Local()
        self.text: list[str] | None = None
        self.wanted = False

    def start(self, tag: str, _of: dict[str, str]) -> None:
        name = self.local[tag]
        self.wanted = name == "t"
        if name == "sp":
            self.text = []
        elif name == "pic":
            self.found.pictures += 1

    def chars(self, text: str) -> None:
        if self.wanted:
            self._add(text)

    def _add(self, text: str) -> None:
        if self.text is not None and sum(map(len, self.text)) < _LONGEST:
            self.text.append(text)

    def end(self, tag: str) -> None:
        self.wanted = False
        if self.local[tag] == "p":
            self._add("\n")
        if self.local[tag] == "sp":
            said = "".join(self.text or ())[:_LONGEST]
            self.text = None
            if said.strip():
                self.found.boxes.append(said.strip())
