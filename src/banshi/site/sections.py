"""Sections out of the pages of a built site: what stands under one heading."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

# Our own pages are well-formed; the library's parser takes ten times as long. Cut at the tags: what stands between is text.
_TAG = re.compile(r"(<(?:!--.*?--|/?[a-zA-Z][\w-]*(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>)", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_ID, _CLASS = re.compile(r'\bid="([^"]*)"'), re.compile(r'\bclass="([^"]*)"')

_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_SPACES = frozenset(("p", "li", "td", "th", "dt", "dd", "tr", "br", "caption", "summary", "span"))
_VOID = frozenset(("br", "img", "input", "wbr", "hr"))
# Read on the page, not searched for: who uses a norm, numbers of an inventory.
_SKIPPED = frozenset(("headerlink", "rule", "users", "inventory", "sep"))
_SKIP = "skip"
_SMALL = frozenset(("facts", "aside"))  # data of a norm: found, but never shown as if it were a sentence


class PageSection(Struct):
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


class _Tag(Struct, frozen=True):
    """What a tag means to a reader of sections: its name; whether it ends or stands alone, whether words end there."""

    name: str
    ends: bool = False
    alone: bool = False
    spaces: bool = False
    heading: str = ""  # the anchor of a heading that has one
    inside: str | None = None  # what its text is; None: what the text around it is
    label: bool = False  # within a heading
    replaced: bool = False


@lru_cache(maxsize=4096)  # most of a site's tags are a few hundred
def _parsed(tag: str) -> _Tag | None:
    """A tag as it is written; None of a comment."""
    named = _NAME.match(tag)
    if not named:
        return None
    name, given = named[1].lower(), tag[named.end() :]
    if tag[1] == "/":
        return _Tag(name, ends=True)
    shown = _Tag(name, alone=name in _VOID, spaces=name in _SPACES)
    if name == "nav" or "data-search-skip" in given:
        return replace(shown, inside=_SKIP)
    if name in _HEADINGS and (anchor := _ID.search(given)):
        return replace(shown, heading=anchor[1], inside="heading")
    classes = set(found[1].split()) if (found := _CLASS.search(given)) else set()
    if classes & _SKIPPED:
        return replace(shown, inside=_SKIP)
    inside = "also" if "also" in classes else "small" if classes & _SMALL else None
    return replace(shown, inside=inside, label="label" in classes, replaced="replaced" in classes)


class _Reader(Struct):
    """Cuts a page's article into sections; what is marked ``data-search-skip``, and navigation, is left out."""

    page: str
    found: list[PageSection] = field(default_factory=list)
    _open: list[tuple[str, str]] = field(default_factory=list)  # tag → what its text is: "", heading, label, small, …

    def read(self, html: str) -> list[PageSection]:
        """The sections of an article."""
        inside = ""
        for n, part in enumerate(_TAG.split(html)):
            if n % 2 == 0:
                if part and inside != _SKIP:
                    self._text(part.replace("<", ""), inside)
                continue
            tag = _parsed(part)
            if tag is None:
                continue
            if tag.ends:
                self._close(tag.name)
            else:
                self._start(tag, inside)
            inside = self._open[-1][1] if self._open else ""
        return self.found

    def _start(self, tag: _Tag, around: str) -> None:
        inside = self._within(tag, around)
        if tag.spaces and inside != "heading" and around != "heading":
            self._text(" ", around)
        if not tag.alone:
            self._open.append((tag.name, inside))

    def _within(self, tag: _Tag, around: str) -> str:
        if _SKIP in (around, tag.inside):
            return _SKIP
        if tag.heading:
            self.found.append(PageSection(f"{self.page}#{tag.heading}"))
            return "heading"
        if tag.replaced and self.found:
            self.found[-1].replaced = True
        if around == "heading":
            return "label" if tag.label else around
        return around if tag.inside is None else tag.inside

    def _close(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def _text(self, text: str, inside: str) -> None:
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
