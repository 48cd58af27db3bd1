"""Changes to a version already in force that say neither "a correction" nor "an amendment": what the law was is then lost.

What the text says of figures, steps, offices, readings counts; our own wording, notes and line numbers may be bettered.
"""

import datetime
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import msgspec

from banshi.law.amending import Correction
from banshi.law.amendments import CannotAmend, Consolidation
from banshi.law.revisions.comparing import ABSENT, Changes, compare
from banshi.law.revisions.trees import DOCUMENTS, NORMS, READINGS, RELATIONS, WORDS, Tree, id_of, tree

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
    mended = list(_mended(before, after))
    old, new = tree({"x": before}), tree({"x": _as_it_was(after, mended)})
    found = compare(old, new)
    said = {str(target) for each in mended for target in (each.norm, each.provision, each.reading) if target}
    for section in _LAW:
        changes = found.get(section, Changes())
        edited = (edit.key for edit in changes.edits if not _WORDING & set(edit.path))
        whole = (
            key
            for key in (*changes.removed, *changes.added)
            if not {id_of(key), str(_place(key, old, new))} & said  # no correction can put back what was not there
        )
        yield from dict.fromkeys((*whole, *edited))
    yield from _of_head(found.get(DOCUMENTS, Changes()))


def told_otherwise(before: Mapping[str, Any], after: Mapping[str, Any] | None) -> Iterator[str]:
    """The ids of corrections that were recorded and are gone, or say something else: who was told what hangs on them."""
    old, new = ({str(each.get("id")): each for each in _corrections(data or {})} for data in (before, after))
    for own, was in old.items():
        if {**was, "note": None} != {**new.get(own, {}), "note": None}:
            yield own


def _corrections(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    listed = data.get("corrections")
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _mended(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Correction]:
    """The corrections that are new, the one found last first."""
    known = [str(each.get("id")) for each in _corrections(before)]
    found = []
    for each in _corrections(after):
        if str(each.get("id")) not in known:
            with suppress(msgspec.ValidationError):  # the check of the file says so
                found.append(msgspec.convert(each, Correction))
    yield from sorted(found, key=lambda each: each.told_until)[::-1]


def _as_it_was(after: Mapping[str, Any], mended: list[Correction]) -> Mapping[str, Any]:
    """A version as it would be without what its new corrections mend."""
    if not mended or not isinstance(after.get("provisions"), list):
        return after
    making = Consolidation({"version": "", **{key: value for key, value in after.items() if key != "$schema"}})
    for each in mended:
        with suppress(CannotAmend, KeyError, TypeError, AttributeError):  # nor need what it is written in be sound
            making.correct(each)
    return making.text


def _of_head(changes: Changes) -> Iterator[str]:
    """What changed of the version itself; that it has come to an end may be added, and be told by nobody else."""
    for edit in changes.edits:
        way = next((way for way in _HEAD if edit.path[: len(way)] == way), None)
        added = edit.path == ("dates", "ended") and edit.before is ABSENT
        if way is not None and not added:
            yield f"x#{'.'.join(edit.path)}"


def _in_force(version: Mapping[str, Any], today: datetime.date) -> bool:
    dates = version.get("dates")
    begins = str(dates.get("in_force", "")) if isinstance(dates, dict) else ""
    try:
        return bool(version.get("normative")) and datetime.date.fromisoformat(begins) <= today
    except ValueError:
        return False


def _place(key: str, old: Tree, new: Tree) -> Any:
    """The provision that a norm stands in."""
    return (new[NORMS].get(key) or old[NORMS].get(key) or {}).get("provision")
