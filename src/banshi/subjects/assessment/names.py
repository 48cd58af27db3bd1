"""What a centre calls facts and sub-items: files may write the names wherever they may write the ids."""

from collections.abc import Iterable, Iterator
from typing import Any

from banshi.base.text import Text
from banshi.checking.loading import Loader
from banshi.files.documents import Document
from banshi.files.findings import Route
from banshi.files.shape import ShapeProblem
from banshi.files.written_values import Choices
from banshi.law.instruments import Placed
from banshi.law.library import Library
from banshi.law.norms import Norm, ScoreSubItem
from banshi.subjects.assessment.sub_items import called

SUBJECT = "assessment"
Ids = dict[str, str]  # name → id


def facts_and_items(library: Library, place: str) -> tuple[Ids, Ids]:
    """Names of facts and headings of sub-items, each with its id, of every version; the newest last."""
    facts: Ids = {}
    items: Ids = {}
    for version in sorted(library.versions_on(place, SUBJECT), key=lambda version: version.begins):
        facts |= {fact.name: slug for slug, fact in version.facts.items()}
        items |= headings(version.placed)
    return facts, items


def headings(placed: Iterable[Placed[Norm]]) -> Ids:
    """What a sub-item is called, or the heading of its article → the sub-item that alone is meant by it."""
    found: dict[str, list[str]] = {}
    for each in placed:
        if isinstance(each.norm, ScoreSubItem):
            for name in dict.fromkeys((each.provision.heading or "", called(each))):  # type: ignore[arg-type]
                found.setdefault(name, []).append(each.norm.id)
    return {heading: ids[0] for heading, ids in found.items() if heading and len(ids) == 1}


def names(data: Any, loader: Loader) -> dict[tuple[str, ...], Choices]:
    """How the facts of entries are written, and what is meant: for values that are not ids."""
    facts = facts_and_items(loader.library, data["jurisdiction"])[0] if _placed(data) else {}
    choices: Choices = tuple((name, slug) for pair in facts.items() for name, slug in (pair, (pair[1], pair[1])))
    own = dict.fromkeys(("bonus", "deductions"), choices) if choices else {}
    return {("windows", part, "fact"): table for part, table in own.items()}


def _placed(data: Any) -> bool:
    return isinstance(data, dict) and isinstance(data.get("jurisdiction"), str)


def to_ids(document: Document, library: Library) -> Iterator[ShapeProblem]:
    """Put ids in place of names among the keys of ``facts`` and ``marks``; a fact that is told twice counts as not told."""
    data = document.data
    tables = dict(zip(("facts", "marks"), facts_and_items(library, data["jurisdiction"]), strict=True))
    for n, window in enumerate(data["windows"]):
        for part, ids in tables.items():
            written = window.get(part) if isinstance(window, dict) else None
            if isinstance(written, dict) and not ids.keys().isdisjoint(written):
                window[part] = yield from _by_id(document, ("windows", n, part), written, ids)


def _by_id(document: Document, where: Route, written: dict[str, Any], ids: Ids) -> Any:
    found: dict[str, Any] = {}
    twice = set()
    for key, value in written.items():
        slug = ids.get(key, key)
        if slug in found:
            twice.add(slug)
            yield _twice(where, key, slug)
        if slug != key:
            document.renamed[*where, slug] = key
        found[slug] = value
    return {slug: value for slug, value in found.items() if slug not in twice}


def _twice(where: Route, key: str, slug: str) -> ShapeProblem:
    message = Text(
        f"{key} 和 {slug} 是同一项，写了两次，都没有采用", f"{key} and {slug} are one and the same: neither was taken"
    )
    return ShapeProblem(
        "shape/wrong-value", (*where, key), message, Text("留下一处。", "Keep one of them."), at_key=True
    )
