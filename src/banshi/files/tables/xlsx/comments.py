"""Comments that people attach to cells: they are read only to tell that they were not taken in."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from banshi.files.tables.xlsx.package import Package, plain_part, target_of
from banshi.files.tables.xlsx.xml import Local, elements, events

_SORT = "/comments"
OWN = "banshi"  # who attaches what a check has found, and how a cell is filled in
HINT = "填写说明："  # what a comment of ours on how to fill in begins with: some programs forget who attached it


@dataclass(slots=True)
class _Found:
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


def comments(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """The cells of a sheet that people commented on, with what they wrote; what a check attached is none of these."""
    for stream in related(package, part, _SORT):
        yield from _read(stream)


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


def _read(stream: IO[bytes]) -> Iterator[tuple[str, str]]:
    found = _Found()
    for _ in events(stream, "SMALL_PART", found.start, found.end, found.chars):
        own = (author == OWN or text.startswith(HINT) for _, author, text in found.comments)
        yield from ((ref, text) for (ref, _, text), ours in zip(found.comments, own, strict=True) if not ours)
        found.comments.clear()
