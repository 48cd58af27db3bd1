"""The search index: small files that the reader's browser fetches as it needs them, and no server.

``search/index.json`` says how the index is cut; ``search/w<n>.json`` hold words with the sections they stand in;
``search/s<n>.json`` hold the sections' titles and texts.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from banshi.files.reading import read
from banshi.site.words import fold, traditional, words

FOLDER = "search"
_WORD_FILES = 64
_SECTIONS_A_FILE = 16
_TEXT_KEPT = 400
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
# A word in a section's own heading counts for more than one in the page's title, and that for more than the text.
_IN_HEADING, _IN_TITLE, _IN_TEXT = 8.0, 2.0, 1.5
# What a reader is after: the provision itself, the guide, the rule's own page; least of all a rule’s examples or the keys of a file.
_WORTH = {"instruments": 1.4, "guides": 1.4, "rules": 1.0, "calendar": 1.0, "formats": 0.8}
_PART = 0.5
_READING = 0.5  # asks much the same as a reader does, but the provision itself is the answer
_LONG_HEADING = 20  # words
_HOW_TO = ("#hand-in", "#run")
_FICTIONAL = "guides/items/examples/"  # samples are to be looked at, not to be found as if they were rules
_SPACES = frozenset(("p", "li", "td", "th", "dt", "dd", "tr", "br", "caption", "summary"))


@dataclass(slots=True)
class Section:
    """What stands under one heading: the page's title, the heading, the address with anchor, the text."""

    page: str
    heading: str
    address: str
    text: str = ""


def index(place: Path, terms: Path) -> int:
    """Index the built site in ``place``; ``terms`` holds groups of words of like meaning. Gives the size in bytes."""
    sections = [section for file in sorted(place.rglob("index.html")) for section in _sections(place, file)]
    sections = [section for section in sections if not section.address.startswith(_FICTIONAL)]
    files: dict[str, object] = {f"w{n}": shard for n, shard in enumerate(_shards(sections))}
    for n in range(0, len(sections), _SECTIONS_A_FILE):
        shown = sections[n : n + _SECTIONS_A_FILE]
        files[f"s{n // _SECTIONS_A_FILE}"] = [[s.page, s.heading, s.address, s.text[:_TEXT_KEPT]] for s in shown]
    files["index"] = _plan(sections, terms)
    return sum(_write(place / FOLDER / f"{name}.json", data) for name, data in files.items())


def _write(path: Path, data: object) -> int:
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    path.write_bytes(text)
    return len(text)


def _plan(sections: list[Section], terms: Path) -> dict[str, object]:
    present = {char for s in sections for char in fold(s.heading + s.text)}
    known = {old: new for old, new in traditional().items() if new in present}
    document = read(terms).document
    given = document.data if document else {"groups": [], "questions": []}
    return {
        "words": _WORD_FILES,
        "sections": _SECTIONS_A_FILE,
        "from": "".join(known),
        "to": "".join(known.values()),
        "terms": [[fold(str(term)) for term in group] for group in given["groups"]],
        "questions": sorted((fold(str(word)) for word in given["questions"]), key=len, reverse=True),
    }


def shard_of(word: str) -> int:
    """The number of the file that holds a word."""
    number = 7
    for char in word:
        number = (number * 31 + ord(char)) % 1000003
    return number % _WORD_FILES


def _shards(sections: list[Section]) -> list[dict[str, list[int]]]:
    """Word → section, weight, section, weight …; sections count from the one before."""
    shards: list[dict[str, list[int]]] = [{} for _ in range(_WORD_FILES)]
    for word, weights in sorted(_weights(sections).items()):
        flat, last = [], 0
        for number, weight in weights:
            flat += [number - last, weight]
            last = number
        shards[shard_of(word)][word] = flat
    return shards


def _weights(sections: list[Section]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, float]]] = {}
    for number, section in enumerate(sections):
        for word, weight in _of_section(section).items():
            found.setdefault(word, []).append((number, weight))
    return {
        word: [(n, max(1, round(w * _rarity(len(sections), len(held))))) for n, w in held]
        for word, held in found.items()
    }


def _rarity(sections: int, holding: int) -> float:
    return math.log(1 + sections / holding)


def _of_section(section: Section) -> dict[str, float]:
    text, heading, title = words(section.text), words(section.heading), words(section.page)
    length = 1 + sum(text.values()) / 200
    weights = {word: _IN_TEXT * (1 + math.log(count)) / length for word, count in text.items()}
    # A word of a long heading (a question) says less about its section than the only word of a short one.
    for part, weight in ((title, _IN_TITLE), (heading, _IN_HEADING / (1 + len(heading) / _LONG_HEADING))):
        for word in part:
            weights[word] = weights.get(word, 0.0) + weight
    worth = _worth(section)
    return {word: weight * worth for word, weight in weights.items()}


def _worth(section: Section) -> float:
    kind = section.address.split("/", maxsplit=1)[0]
    if section.address.endswith(_HOW_TO):
        return 1.0
    if kind in ("rules", "formats") and section.heading != section.page:
        return _PART * _WORTH[kind]
    return _WORTH.get(kind, 1.0) * (_READING if "#reading-" in section.address else 1.0)


# Sections out of pages ----------------------------------------------------------------------------------------------


def _sections(place: Path, file: Path) -> Iterator[Section]:
    html = file.read_text(encoding="utf-8")
    start, end = html.find("<article"), html.rfind("</article>")
    if start < 0:
        return
    address = file.parent.relative_to(place).as_posix() + "/"
    parser = _Article("" if address == "./" else address)
    parser.feed(html[start:end])
    title = " ".join(parser.sections[0].heading.split()) if parser.sections else ""
    for section in parser.sections:
        section.page, section.heading = title, " ".join(section.heading.split())
        section.text = " ".join(section.text.split())
        yield section


class _Article(HTMLParser):
    """Cuts a page's article into sections; what is marked ``data-search-skip``, and navigation, is left out."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address, self._in_heading = address, False
        self._skipped: list[str] = []
        self.sections: list[Section] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._skipped or tag == "nav" or "data-search-skip" in given or given.get("class") == "headerlink":
            if tag not in ("br", "img", "input"):
                self._skipped.append(tag)
        elif tag in _HEADINGS and given.get("id"):
            self.sections.append(Section("", "", f"{self._address}#{given['id']}"))
            self._in_heading = True
        elif tag in _SPACES:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag == self._skipped[-1]:
                self._skipped.pop()
        elif tag in _HEADINGS:
            self._in_heading = False

    def handle_data(self, data: str) -> None:
        if not self.sections or self._skipped:
            return
        section = self.sections[-1]
        if self._in_heading:
            section.heading += data
        else:
            section.text += data
