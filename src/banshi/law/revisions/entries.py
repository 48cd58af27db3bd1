"""What is said of a difference: entries, each of a sort, gathered by document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ADDED, REMOVED, CHANGED, MOVED, TERM, READING, CORRECTION, WORDING = (
    "added",
    "removed",
    "changed",
    "renumbered",
    "term",
    "reading",
    "correction",
    "wording",
)
LABELS = {
    ADDED: "增加",
    REMOVED: "删去",
    CHANGED: "修改",
    MOVED: "条号",
    TERM: "改称",
    READING: "口径",
    CORRECTION: "勘误",
    WORDING: "表述",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that changed: of which sort, where, what about it; and the texts of both sides where there are any."""

    sort: str
    where: str
    lines: tuple[str, ...]
    before: str = ""
    after: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What changed in one document. ``whole``: it stands on one side alone (added or removed)."""

    key: str
    title: str
    entries: tuple[Entry, ...]
    whole: str = ""


def counted(documents: Iterable[Document]) -> Mapping[str, int]:
    """How many entries there are of each sort."""
    found: dict[str, int] = {}
    for document in documents:
        for entry in document.entries:
            found[entry.sort] = found.get(entry.sort, 0) + 1
    return found
