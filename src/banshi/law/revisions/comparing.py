"""What differs between two trees, so told that it can be applied, and turned round.

``apply(compare(a, b), a) == b``; ``inverse(compare(a, b)) == compare(b, a)``; ``compare(a, a)`` is empty.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from msgspec import Struct, field

from banshi.law.revisions.matching import matched
from banshi.law.revisions.trees import NORMS, PROVISIONS, SECTIONS, Part, Tree, document_of, id_of


class Absent:
    """Nothing: where one side lacks what the other has."""

    def __repr__(self) -> str:
        return "ABSENT"

    def __deepcopy__(self, _memo: object) -> "Absent":
        return self


ABSENT: Final = Absent()


class Edit(Struct, frozen=True):
    """A value that differs: in the part of ``key`` (as the later side calls it), at ``path``, from what to what."""

    key: str
    path: tuple[str, ...]
    before: Any
    after: Any


class Changes(Struct, frozen=True):
    """What differs in one section. ``removed`` and ``added`` hold whole parts; ``renamed``: keys of before and after."""

    removed: dict[str, Part] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    added: dict[str, Part] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.removed or self.renamed or self.edits or self.added)


Difference = dict[str, Changes]  # by section; a section in which nothing differs is not in it


def compare(before: Tree, after: Tree) -> Difference:
    """What differs. Parts are the same by their id, else by their content: a new name alone is no new part."""
    pairs = matched(before, after)
    found = {section: _section(section, before, after, pairs) for section in SECTIONS}
    return {section: changes for section, changes in found.items() if changes}


def _section(section: str, before: Tree, after: Tree, pairs: Mapping[str, Mapping[str, str]]) -> Changes:
    old, new, same = before[section], after[section], pairs[section]
    back = set(same.values())
    edits = [
        Edit(own, edit.path, edit.before, edit.after)
        for key, own in sorted(same.items(), key=lambda pair: pair[1])
        for edit in _edits(own, _with_place(section, key, old[key], pairs), new[own], old[key])
    ]
    return Changes(
        {key: old[key] for key in sorted(old) if key not in same},
        {key: own for key, own in sorted(same.items()) if key != own},
        tuple(edits),
        {key: new[key] for key in sorted(new) if key not in back},
    )


def _with_place(section: str, key: str, part: Part, pairs: Mapping[str, Mapping[str, str]]) -> Part:
    """A norm, its provision as the later side calls it (or called nothing that stays)."""
    if section != NORMS or "provision" not in part:
        return part
    place = f"{document_of(key)}#{part['provision']}"
    renamed = pairs[PROVISIONS].get(place)
    return {**part, "provision": ABSENT if renamed is None else id_of(renamed)}


def _edits(key: str, before: Part, after: Part, written: Part, path: tuple[str, ...] = ()) -> Iterator[Edit]:
    """Differences of two mappings, leaf by leaf; ``written``: the earlier one as it stands in its own tree."""
    for name in sorted({*before, *after}):
        old, new = before.get(name, ABSENT), after.get(name, ABSENT)
        own = written.get(name, ABSENT)
        if isinstance(old, dict) and isinstance(new, dict):
            yield from _edits(key, old, new, own, (*path, name))
        elif _differ(old, new) and not (own is ABSENT and new is ABSENT):
            yield Edit(key, (*path, name), own, new)


def _differ(old: Any, new: Any) -> bool:
    return (
        old is ABSENT or new is ABSENT or old != new or isinstance(old, bool) != isinstance(new, bool)
    )  # True is no 1


def apply(difference: Difference, before: Tree) -> Tree:
    """The other side."""
    places = difference.get(PROVISIONS, Changes())
    found: Tree = {}
    for section in SECTIONS:
        changes = difference.get(section, Changes())
        kept = {
            changes.renamed.get(key, key): deepcopy(part)
            for key, part in before[section].items()
            if key not in changes.removed
        }
        if section == NORMS:
            _replace_places(kept, changes, places)
        for edit in changes.edits:
            _set(kept[edit.key], edit.path, edit.after)
        found[section] = {**kept, **deepcopy(changes.added)}
    return found


def _replace_places(norms: dict[str, Part], changes: Changes, places: Changes) -> None:
    """Norms stand in their provisions by the provisions' later names."""
    before = {after: key for key, after in changes.renamed.items()}
    for key, norm in norms.items():
        place = f"{document_of(before.get(key, key))}#{norm.get('provision')}"
        if place in places.renamed:
            norm["provision"] = id_of(places.renamed[place])


def _set(part: Part, path: tuple[str, ...], value: Any) -> None:
    for name in path[:-1]:
        part = part.setdefault(name, {})
    if value is ABSENT:
        part.pop(path[-1], None)
    else:
        part[path[-1]] = deepcopy(value)


def inverse(difference: Difference) -> Difference:
    """The way back."""
    return {section: _turned(changes) for section, changes in difference.items()}


def _turned(changes: Changes) -> Changes:
    back = {after: before for before, after in changes.renamed.items()}
    edits = (Edit(back.get(e.key, e.key), e.path, e.after, e.before) for e in changes.edits)
    return Changes(
        changes.added,
        dict(sorted(back.items())),
        tuple(sorted(edits, key=lambda e: (e.key, e.path))),
        changes.removed,
    )
