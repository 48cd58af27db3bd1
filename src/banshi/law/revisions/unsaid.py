"""Changes to a version already in force that say neither "a correction" nor "an amendment": what the law was is then lost.

What the text says of figures, steps, offices, readings counts; our own wording, notes and line numbers may be bettered.
"""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from banshi.law.revisions.comparing import ABSENT, Changes, compare
from banshi.law.revisions.trees import CORRECTIONS, DOCUMENTS, NORMS, READINGS, RELATIONS, WORDS, Tree, id_of, tree

_WORDING = frozenset(
    ("statement", "inventory", "source", "note", "heading", "question", "ground", "written", "name_en")
)
_LAW = (NORMS, READINGS, WORDS, RELATIONS)
# Of the version itself: since when it holds and for whom, what it governs, the order of its tiers, what it amends.
_HEAD = (
    ("dates", "in_force"),
    ("dates", "ended"),
    ("jurisdiction",),
    ("normative",),
    ("governs",),
    ("tiers",),
    ("amends",),
)


def unsaid(before: Mapping[str, Any], after: Mapping[str, Any] | None, today: datetime.date) -> Iterator[str]:
    """The keys (of ``after``; ``""`` for the version as a whole) of what changed and is not said to be a correction."""
    if not _in_force(before, today):
        return
    if after is None:
        yield ""
        return
    old, new = tree({"x": before}), tree({"x": after})
    found = compare(old, new)
    said = _corrected(found.get(CORRECTIONS, Changes()), new)
    for section in _LAW:
        changes = found.get(section, Changes())
        edited = (edit.key for edit in changes.edits if not _WORDING & set(edit.path))
        for key in dict.fromkeys((*changes.removed, *edited, *changes.added)):
            if not {id_of(key), str(_place(key, old, new))} & said:
                yield key
    yield from _of_head(found.get(DOCUMENTS, Changes()), said)


def _of_head(changes: Changes, said: set[str]) -> Iterator[str]:
    """What changed of the version itself; that it has come to an end may be added, and be told by nobody else."""
    for edit in changes.edits:
        way = next((way for way in _HEAD if edit.path[: len(way)] == way), None)
        added = edit.path == ("dates", "ended") and edit.before is ABSENT
        if way is not None and not added and ".".join(way) not in said:
            yield f"x#{'.'.join(edit.path)}"


def _in_force(version: Mapping[str, Any], today: datetime.date) -> bool:
    dates = version.get("dates")
    begins = str(dates.get("in_force", "")) if isinstance(dates, dict) else ""
    try:
        return bool(version.get("normative")) and datetime.date.fromisoformat(begins) <= today
    except ValueError:
        return False


def _corrected(changes: Changes, new: Tree) -> set[str]:
    """The ids of what new corrections are about; of those of the text as a whole the fields, of a change ``amends``."""
    parts = [*changes.added.values(), *(new[CORRECTIONS][edit.key] for edit in changes.edits)]
    found = {str(part[name]) for part in parts for name in ("norm", "provision", "reading") if name in part}
    for part in (part for part in parts if not {"norm", "provision", "reading"} & set(part)):
        found |= {"amends"} if "change" in part else {*part.get("said", {}), *part.get("lacked", ())}
    return found


def _place(key: str, old: Tree, new: Tree) -> Any:
    """The provision that a norm stands in."""
    return (new[NORMS].get(key) or old[NORMS].get(key) or {}).get("provision")
