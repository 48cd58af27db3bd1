"""What amending instruments of two folders make otherwise, told of the texts that they amend: 上限由8万元改为9万元, from which day."""

from collections.abc import Iterator, Mapping
from typing import Any

from banshi.base.text import Text
from banshi.law.library import Library
from banshi.law.revisions.entries import ChangedDocument
from banshi.law.revisions.saying import Comparison
from banshi.law.revisions.sides import Side
from banshi.law.revisions.trees import DOCUMENTS
from banshi.law.revisions.words import SchemaWords
from banshi.law.texts import Edition


def effects(comparison: Comparison, libraries: tuple[Library, Library]) -> Iterator[ChangedDocument]:
    """For each text that is amended otherwise: what differs in it, from the first day on which it does.

    ``libraries``: of the folders that are compared. Raises ``PolicyUnreadable``.
    """
    changed = _amending_otherwise(comparison)
    names = set(libraries[0].instruments()) & set(libraries[1].instruments()) if changed else ()
    for name in sorted(names):  # one that only one of them has is told as such
        editions = tuple(library.versions(name) for library in libraries)
        by = {cited.instrument for each in (*editions[0], *editions[1]) for cited in _amending(each)}
        if by & changed:
            yield from _of_text(name, (editions[0], editions[1]), comparison.words)


def _amending_otherwise(comparison: Comparison) -> set[str]:
    """The instruments that are not the same on both sides and amend others."""
    sides = comparison.before.versions, comparison.after.versions
    heads = comparison.difference.get(DOCUMENTS)
    if heads is None:
        return set()
    keys = {*heads.added, *heads.removed, *(edit.key for edit in heads.edits if edit.path[0] == "amends")}
    return {key.rpartition("/")[0] for key in keys if any(_amends(side.get(key)) for side in sides)}


def _amends(version: Any) -> bool:
    return isinstance(version, Mapping) and bool(version.get("amends"))


def _amending(edition: Edition) -> Iterator[Any]:
    for each in edition.text.amended.by:
        yield from (each.by, *each.through)


def _of_text(
    name: str, editions: tuple[tuple[Edition, ...], tuple[Edition, ...]], words: SchemaWords
) -> Iterator[ChangedDocument]:
    told: set[object] = set()  # what held on the day before is not said again
    for day in sorted({each.since for own in editions for each in own}):
        texts = [next((each.text for each in own if each.holds(day)), None) for own in editions]
        sides = [Side(str(day), {} if text is None else {name: text}) for text in texts]
        said: set[object] = set()
        for each in Comparison(sides[0], sides[1], words).documents:
            said |= {each.whole, *((entry.key, entry.lines) for entry in each.entries)}
            new = tuple(entry for entry in each.entries if (entry.key, entry.lines) not in told)
            if new or each.whole not in ("", *told):
                title = Text(f"{each.title.zh}，{day} 起的文本", f"{each.title.en}, the text from {day} on")
                yield ChangedDocument(each.key, title, new, each.whole)
        told = said
