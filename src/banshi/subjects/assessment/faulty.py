"""What can be used of a window that is not written as it should be: all but what is wrong, of which what it bears on is noted."""

from collections.abc import Collection, Iterable
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from banshi.files.findings import Route
from banshi.subjects.assessment.forms import Bonus, Deduction, Window
from banshi.subjects.assessment.table_columns import KINDS
from banshi.subjects.assessment.unread import UnreadEntry, UnreadOfWindow
from banshi.subjects.assessment.walks import PARTS, Scale

_GROUPED = ("facts", "marks")
_LIKE = 0.6  # how much like a name another must be to be meant for it
_KINDS = {*KINDS, *KINDS.values()}
_UNTOLD = frozenset(("kind", "id"))  # without which nobody knows which window it is, or whether it is scored
_BESIDE = {"facts": ("evidence", "source"), "marks": ("on", "reason", "by")}  # what bears on no points
_KNOWN = frozenset(Window.__struct_fields__)
_ENTRY = {
    "bonus": frozenset(Bonus.__struct_fields__) - {"place"},
    "deductions": frozenset(Deduction.__struct_fields__) - {"place"},
}
_TRIED = frozenset(("fact", "on", "count", "matter", "event", "evidence", "text", "document"))
_SCALES: dict[str, Scale] = {part: scale for scale, part in PARTS.items()}

Written = dict[str, Any]


def usable(written: Any, wrong: Collection[Route]) -> tuple[Written, UnreadOfWindow] | None:
    """A window without what is wrong in it, and what that bears on; None where that may be anything.

    ``wrong``: where it deviates from its schema, from the window on; the empty route: as a whole.
    """
    heads = {str(where[0]) if where else "" for where in wrong}
    if not isinstance(written, dict) or "" in heads or heads & _UNTOLD or "id" not in written:
        return None
    unread, own = UnreadOfWindow(), {key: value for key, value in written.items() if key in _KNOWN}
    unknown = {key: written.get(key) for key in heads - _KNOWN}
    if "kind" not in written and any(value in _KINDS for value in unknown.values() if isinstance(value, str)):
        return None
    _unknown(unknown, written, unread)
    unread.group |= "group" in heads
    if "name" in heads or "name" not in own:
        own["name"] = own["id"]
    if "group" in heads:
        own.pop("group", None)
    for part in _GROUPED:
        _group(part, own, [where[1:] for where in wrong if where[0] == part], unread)
    for part in _SCALES:
        _list(part, own, [where[1:] for where in wrong if where[0] == part], unread)
    return own, unread


def _unknown(keys: Written, written: Written, unread: UnreadOfWindow) -> None:
    """What keys that nobody knows may have been meant for, by what stands under them: words are no fact, mark or list."""
    bearing = [value for value in keys.values() if not _words(value)]
    if bearing:
        unread.rest, unread.rows = True, len(bearing)
    if any(isinstance(value, list) for value in bearing):
        unread.anything |= {scale for part, scale in _SCALES.items() if part not in written}
    names = get_close_matches("name", keys, n=1, cutoff=_LIKE) if "name" not in written else []
    unread.group = "group" not in written and len(keys) > len(names)


def _words(value: Any) -> bool:
    """Whether a value is text, and no number."""
    if not isinstance(value, str):
        return False
    try:
        Decimal(value)
    except InvalidOperation:
        return True
    return False


def _group(part: str, own: Written, wrong: list[Route], unread: UnreadOfWindow) -> None:
    """Facts or marks: those with something wrong are left out."""
    if not wrong:
        return
    noted = unread.facts if part == "facts" else unread.marks
    if () in wrong:
        unread.rest, unread.rows = True, unread.rows + 1
        own.pop(part)
        return
    group = dict(own[part])
    for slug in dict.fromkeys(str(where[0]) for where in wrong):
        keys = {where[1] for where in wrong if where[0] == slug and len(where) > 1}
        if keys and keys <= set(_BESIDE[part]) and all(len(where) > 1 for where in wrong if where[0] == slug):
            kept = {key: value for key, value in group[slug].items() if key not in keys}
            group[slug] = {**kept, **(dict.fromkeys(keys - {"on"}, "–") if part == "marks" else {})}
        else:
            noted.add(slug)
            group.pop(slug, None)
            unread.rows += 1
    own[part] = group


def _list(part: str, own: Written, wrong: list[Route], unread: UnreadOfWindow) -> None:
    """Bonuses or deductions: those with something wrong are left out, and what is legible of them noted."""
    if not wrong:
        return
    scale: Scale = _SCALES[part]
    if () in wrong:
        unread.anything.add(scale)
        unread.rows += 1
        own.pop(part)
        return
    faulty: dict[int, list[Route]] = {}
    for where in wrong:
        faulty.setdefault(int(where[0]), []).append(where[1:])
    for n, routes in faulty.items():
        unread.add(_entry(part, own[part][n], routes))
        unread.rows += 1
    own[part] = [{**entry, "place": n} for n, entry in enumerate(own[part]) if n not in faulty]


def _entry(part: str, entry: Any, wrong: Iterable[Route]) -> UnreadEntry:
    keys, known = {str(where[0]) if where else "" for where in wrong}, _ENTRY[part]
    if not isinstance(entry, dict):
        return UnreadEntry(_SCALES[part], {}, known)
    legible = {key: value for key, value in entry.items() if key in known and key not in keys}
    unknown = bool(keys - known)  # a key that nobody knows may have been meant for any that is not there
    illegible = (known - legible.keys() if unknown else keys) - _TRIED
    return UnreadEntry(_SCALES[part], legible, frozenset(illegible))
