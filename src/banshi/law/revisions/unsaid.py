"""Changes to a version already in force that say neither "a correction" nor "an amendment": what the law was is then lost.

What the text says of figures, steps, offices, readings counts; our own wording, notes and line numbers may be bettered.
"""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from banshi.law.revisions.comparing import Changes, compare
from banshi.law.revisions.trees import CORRECTIONS, NORMS, READINGS, RELATIONS, WORDS, Tree, id_of, tree

_WORDING = frozenset(
    ("statement", "inventory", "source", "note", "heading", "question", "ground", "written", "name_en")
)
_LAW = (NORMS, READINGS, WORDS, RELATIONS)


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


def _in_force(version: Mapping[str, Any], today: datetime.date) -> bool:
    dates = version.get("dates")
    begins = str(dates.get("in_force", "")) if isinstance(dates, dict) else ""
    try:
        return bool(version.get("normative")) and datetime.date.fromisoformat(begins) <= today
    except ValueError:
        return False


def _corrected(changes: Changes, new: Tree) -> set[str]:
    """The ids of what new corrections are about."""
    parts = [*changes.added.values(), *(new[CORRECTIONS][edit.key] for edit in changes.edits)]
    return {str(part[name]) for part in parts for name in ("norm", "provision", "reading") if name in part}


def _place(key: str, old: Tree, new: Tree) -> Any:
    """The provision that a norm stands in."""
    return (new[NORMS].get(key) or old[NORMS].get(key) or {}).get("provision")
