"""Comments that people attach to cells: nothing is read from them but whether they take something back."""

import posixpath
import re
from collections.abc import Iterator
from typing import IO

from msgspec import Struct, field

from banshi.base.patterns import late
from banshi.base.text import Text, visible_lines
from banshi.files.tables.grids import WordsBeside
from banshi.files.tables.xlsx.limits import Broken
from banshi.files.tables.xlsx.package import Package, plain_part, target_of
from banshi.files.tables.xlsx.refs import place
from banshi.files.tables.xlsx.xml import Local, elements, events

COMMENT = Text("批注", "comment")
_SORT = "/comments"
# Who wrote it, which programs put before the words; what Excel writes for programs that know no threads.
_WHO = late(r"\s*[^\n:：]{1,30}[:：][ \t]*\r?\n")
_THREAD = late(r"\[[^\]\n]{2,30}\]\s.*?(?:批注|注释|評論|Comment)[:：]\s*", re.S)
OWN = "banshi"  # who attaches what a check has found, and how a cell is filled in
HINT = "填写说明："  # what a comment of ours on how to fill in begins with: some programs forget who attached it


class _Found(Struct):
    """The comments of a part while it is read."""

    authors: list[str] = field(default_factory=list)
    comments: list[tuple[str, str, str]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    at: tuple[str, str] = ("", "")
    wanted: bool = False
    local: Local = field(default_factory=Local)

    def start(self, tag: str, of: dict[str, str]) -> None:
        name = self.local[tag]
        self.wanted = name in ("t", "author")
        if name == "comment":
            self.at = of.get("ref", ""), of.get("authorId", "")
        if name in ("comment", "author"):
            self.text.clear()

    def end(self, tag: str) -> None:
        name = self.local[tag]
        self.wanted = False
        if name == "author":
            self.authors.append("".join(self.text))
        elif name == "comment":
            number = int(self.at[1]) if self.at[1].isdecimal() else -1
            author = self.authors[number] if 0 <= number < len(self.authors) else ""
            self.comments.append((self.at[0], author, "".join(self.text)))

    def chars(self, text: str) -> None:
        if self.wanted:
            self.text.append(text)


def comments(package: Package, part: str) -> Iterator[WordsBeside]:
    """The comments on the cells of a sheet; what a check attached, and how to fill in a form, is ``ours``."""
    for stream in related(package, part, _SORT):
        yield from _read(stream)


def how_to_fill(who: str, hint: str) -> str:
    """What a comment of ours says at a label of a form: who fills in its value, and how; empty where it says neither."""
    said = "；".join(filter(None, (f"由{who}填写" if who else "", hint)))
    return f"{HINT}{visible_lines(said)}" if said else ""


def comment_on(cell: tuple[int, int] | None, author: str, text: str) -> WordsBeside:
    """A comment by somebody; ``text``: as the file has it. Whoever changes one of ours is not told apart by his name: ``author`` stays."""
    said = _THREAD.sub("", text, count=1) if text.startswith("[") else _WHO.sub("", text, count=1)
    return WordsBeside(COMMENT, said, cell, author == OWN or text.startswith(HINT))


def related(package: Package, part: str, sort: str) -> Iterator[IO[bytes]]:
    """The parts of a sort that belong to a sheet, each open."""
    names = {plain_part(name): name for name in package.archive.namelist()}
    folder, own = posixpath.split(part)
    rels = names.get(plain_part(posixpath.join(folder, "_rels", f"{own}.rels")))
    if rels is None:
        return
    with package.archive.open(rels) as stream:
        targets = [
            target_of(folder, of) for _, of in elements(stream, "SMALL_PART", "Relationship") if _is_it(of, sort)
        ]
    for target in targets:
        if name := names.get(plain_part(target)):
            with package.archive.open(name) as stream:
                yield stream


def _is_it(of: dict[str, str], sort: str) -> bool:
    return of.get("Type", "").endswith(sort) and of.get("TargetMode") != "External"


def _read(stream: IO[bytes]) -> Iterator[WordsBeside]:
    found = _Found()
    for _ in events(stream, "SMALL_PART", found.start, found.end, found.chars):
        yield from (comment_on(_cell(ref), author, text) for ref, author, text in found.comments)
        found.comments.clear()


def _cell(ref: str) -> tuple[int, int] | None:
    try:
        row, column = place(ref)
    except (Broken, ValueError, KeyError):
        return None
    return row + 1, column
