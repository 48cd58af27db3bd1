"""Sections out of the pages of a built site: what stands under one heading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

# Our own pages are well-formed; the library's parser takes six times as long.
_TOKEN = re.compile(
    r"(?P<text>[^<]+)|<!--.*?-->|</(?P<end>[a-zA-Z][\w-]*)[^>]*>"
    r"|<(?P<tag>[a-zA-Z][\w-]*)(?P<given>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_ID, _CLASS = re.compile(r'\bid="([^"]*)"'), re.compile(r'\bclass="([^"]*)"')

_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_SPACES = frozenset(("p", "li", "td", "th", "dt", "dd", "tr", "br", "caption", "summary", "span"))
_VOID = frozenset(("br", "img", "input", "wbr", "hr"))
# Read on the page, not searched for: who uses a norm, numbers of an inventory.
_SKIPPED = frozenset(("headerlink", "rule", "users", "inventory", "sep"))
_SKIP = "skip"
_SMALL = frozenset(("facts", "aside"))  # data of a norm: found, but never shown as if it were a sentence


@dataclass(slots=True)
class PageSection:
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


def sections(place: Path, file: Path) -> Iterator[PageSection]:
    """The sections of the page ``file`` of the site in ``place``, in their order."""
    html = file.read_text(encoding="utf-8")
    start, end = html.find("<article"), html.rfind("</article>")
    if start < 0:
        return
    address = file.parent.relative_to(place).as_posix() + "/"
    found = _Reader("" if address == "./" else address).read(html[start:end])
    title = _tidy(found[0].heading) if found else ""
    for section in found:
        section.page, section.heading, section.label = title, _tidy(section.heading), _tidy(section.label)
        section.text, section.small = _tidy(section.text), _tidy(section.small)
        yield section


def _tidy(text: str) -> str:
    return " ".join(unescape(text).split())


@dataclass(slots=True)
class _Reader:
    """Cuts a page's article into sections; what is marked ``data-search-skip``, and navigation, is left out."""

    page: str
    found: list[PageSection] = field(default_factory=list)
    _open: list[tuple[str, str]] = field(default_factory=list)  # tag → what its text is: "", heading, label, small, …

    def read(self, html: str) -> list[PageSection]:
        """The sections of an article."""
        for token in _TOKEN.finditer(html):
            if token["text"]:
                self._text(token["text"])
            elif token["end"]:
                self._close(token["end"].lower())
            elif token["tag"]:
                self._start(token["tag"].lower(), token["given"])
        return self.found

    def _start(self, tag: str, given: str) -> None:
        around = self._open[-1][1] if self._open else ""
        inside = around
        if around == _SKIP or tag == "nav" or "data-search-skip" in given:
            inside = _SKIP
        elif tag in _HEADINGS and (named := _ID.search(given)):
            self.found.append(PageSection(f"{self.page}#{named[1]}"))
            inside = "heading"
        elif "class=" in given and (named := _CLASS.search(given)):
            inside = self._of_classes(set(named[1].split()), around)
        if inside != "heading" and around != "heading" and tag in _SPACES:
            self._text(" ")
        if tag not in _VOID:
            self._open.append((tag, inside))

    def _of_classes(self, classes: set[str], around: str) -> str:
        if classes & _SKIPPED:
            return _SKIP
        if "replaced" in classes and self.found:
            self.found[-1].replaced = True
        if around == "heading":
            return "label" if "label" in classes else around
        return "also" if "also" in classes else "small" if classes & _SMALL else around

    def _close(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def _text(self, text: str) -> None:
        inside = self._open[-1][1] if self._open else ""
        if not self.found or inside == _SKIP:
            return
        section = self.found[-1]
        if inside in ("heading", "label"):
            section.heading += text
        elif inside in ("small", "also"):
            section.small += text
        else:
            section.text += text
        if inside in ("label", "also"):
            section.label += text
