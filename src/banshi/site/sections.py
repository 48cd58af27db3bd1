"""Sections out of the pages of a built site: what stands under one heading."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_SPACES = frozenset(("p", "li", "td", "th", "dt", "dd", "tr", "br", "caption", "summary", "span"))
_VOID = frozenset(("br", "img", "input", "wbr", "hr"))
# Read on the page, not searched for: links to rules below a norm, numbers of an inventory.
_SKIPPED = frozenset(("headerlink", "rule", "inventory", "sep"))
_SMALL = frozenset(("facts", "aside"))  # data of a norm: found, but never shown as if it were a sentence


@dataclass(slots=True)
class Section:
    """The page's title, the heading with its article's label, the address with anchor, the text and the small print.

    ``replaced``: a norm of another instrument has taken the place of what stands here.
    """

    address: str
    page: str = ""
    heading: str = ""
    label: str = ""
    text: str = ""
    small: str = ""
    replaced: bool = False

    @property
    def document(self) -> str:
        """The address of the page."""
        return self.address.partition("#")[0]


def sections(place: Path, file: Path) -> Iterator[Section]:
    """The sections of the page ``file`` of the site in ``place``, in their order."""
    html = file.read_text(encoding="utf-8")
    start, end = html.find("<article"), html.rfind("</article>")
    if start < 0:
        return
    address = file.parent.relative_to(place).as_posix() + "/"
    parser = _Article("" if address == "./" else address)
    parser.feed(html[start:end])
    title = _tidy(parser.sections[0].heading) if parser.sections else ""
    for section in parser.sections:
        section.page, section.heading, section.label = title, _tidy(section.heading), _tidy(section.label)
        section.text, section.small = _tidy(section.text), _tidy(section.small)
        yield section


def _tidy(text: str) -> str:
    return " ".join(text.split())


class _Article(HTMLParser):
    """Cuts a page's article into sections; what is marked ``data-search-skip``, and navigation, is left out."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address, self._in_heading = address, False
        self._skipped: list[str] = []
        self._open: list[tuple[str, frozenset[str]]] = []
        self.sections: list[Section] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = frozenset((given.get("class") or "").split())
        if self._skipped or tag == "nav" or "data-search-skip" in given or classes & _SKIPPED:
            if tag not in _VOID:
                self._skipped.append(tag)
            return
        if tag not in _VOID:
            self._open.append((tag, classes))
        if tag in _HEADINGS and given.get("id"):
            self.sections.append(Section(f"{self._address}#{given['id']}"))
            self._in_heading = True
        elif "replaced" in classes and self.sections:
            self.sections[-1].replaced = True
        if tag in _SPACES and not self._in_heading:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag == self._skipped[-1]:
                self._skipped.pop()
            return
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag in _HEADINGS:
            self._in_heading = False

    def handle_data(self, data: str) -> None:
        if not self.sections or self._skipped:
            return
        section = self.sections[-1]
        if self._in_heading:
            section.heading += data
            if any("label" in classes for _, classes in self._open):
                section.label += data
        elif any(classes & _SMALL for _, classes in self._open):
            section.small += data
            if any("also" in classes for _, classes in self._open):
                section.label += data
        else:
            section.text += data
