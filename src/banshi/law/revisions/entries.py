"""What is said of a difference: entries, each of a sort, gathered by document."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from banshi.base.text import Lang, Text

ADDED, REMOVED, SUSPENDED, RESTORED, CHANGED, MOVED, TERM, READING, CORRECTION, WORDING = (
    "added",
    "removed",
    "suspended",
    "restored",
    "changed",
    "renumbered",
    "term",
    "reading",
    "correction",
    "wording",
)
LABELS = {
    ADDED: Text("增加", "added"),
    REMOVED: Text("删去", "removed"),
    SUSPENDED: Text("暂停", "suspended"),
    RESTORED: Text("恢复", "restored"),
    CHANGED: Text("修改", "changed"),
    MOVED: Text("条号", "renumbered"),
    TERM: Text("改称", "renamed"),
    READING: Text("口径", "reading"),
    CORRECTION: Text("勘误", "correction"),
    WORDING: Text("表述", "wording"),
}


class DiffEntry(Struct, frozen=True):
    """One thing that changed: of which sort, where, what about it; and the texts of both sides where there are any."""

    sort: str
    where: Text
    lines: tuple[Text, ...]
    before: str = ""
    after: str = ""
    key: str = ""

    def said(self, lang: Lang = "zh") -> str:
        """What about it, in a line."""
        return ("；" if lang == "zh" else "; ").join(line.say(lang) for line in self.lines)


class ChangedDocument(Struct, frozen=True):
    """What changed in one document. ``whole``: it stands on one side alone (added or removed)."""

    key: str
    title: Text
    entries: tuple[DiffEntry, ...]
    whole: str = ""


def counted(documents: Iterable[ChangedDocument]) -> Mapping[str, int]:
    """How many entries there are of each sort."""
    found: dict[str, int] = {}
    for document in documents:
        for entry in document.entries:
            found[entry.sort] = found.get(entry.sort, 0) + 1
    return found
