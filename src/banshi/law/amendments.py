"""What amending instruments do to a text, as plain data: norms, bounds, words and provisions, one change after the other.

``law/texts.py`` says which changes hold on a day. A change that finds nothing to change is an error, never passed over.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import partial
from typing import Any

import msgspec

from banshi.base.text import Text
from banshi.law.amending import (
    Amended,
    Amendments,
    Change,
    Correction,
    Dropped,
    NewPart,
    NewValues,
    NoValues,
    OfPart,
    Renamed,
    Renumbering,
)
from banshi.law.dotted import Nowhere, find, put, take
from banshi.law.norms import AnyNorm
from banshi.law.norms.values import Names
from banshi.law.renaming import rename

_FIXED = ("kind", "instrument", "version", "jurisdiction", "governs", "amends", "provisions", "readings", "corrections")
_LISTED = ("provisions", "readings", "amends")  # lists of parts; see ``_with_own_lists``
_AWAY = "\0away"  # on a norm or provision that no longer stands in the text; it keeps its place for a revival
_ONE_DAY = datetime.timedelta(days=1)
_Listed = tuple[list[Any], dict[str, Any]]


class CannotAmend(Exception):
    """A change that cannot be made; ``why`` in words."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.why = Text(zh, en)


class Consolidation:
    """A text that is being amended, as plain data, with what was done to which of its norms and provisions.

    A ``fork`` goes on from here and shares what is not changed; so the texts of many amendments cost what each of them changes.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        """``data`` of the version as it was decided; it is left as it is."""
        self._data = deepcopy(data)
        self._base = str(data["version"])
        self._by: list[Amended] = []
        self._norms: dict[str, list[Amended]] = {}
        self._provisions: dict[str, list[Amended]] = {}
        self._changes: dict[str, list[Amended]] = {}  # of an amending text, by their ids; "": of all of them

    def fork(self) -> "Consolidation":
        """The same text, to be amended further while this one stays; only parts that a change names are then copied."""
        other = object.__new__(Consolidation)
        other._data, other._base, other._by = _with_own_lists(self._data), self._base, self._by.copy()
        other._norms, other._provisions = self._norms.copy(), self._provisions.copy()
        other._changes = self._changes.copy()
        return other

    def correct(self, correction: Correction) -> None:
        """Put back what the file said before a correction. Raises ``CannotAmend``."""
        part = self._target(correction)
        for path, value in correction.said.items():
            _at(path, partial(put, part, path, deepcopy(value)))
        for path in correction.lacked:
            _at(path, partial(take, part, path))

    def says(self, correction: Correction) -> bool:
        """Whether the text says what a correction mends: what was wrongly said, and nothing of what was lacking."""
        try:
            part = self._target(correction)
        except CannotAmend:
            return False
        return all(_reads(part, path, value) for path, value in correction.said.items()) and not any(
            _stands(part, path) for path in correction.lacked
        )

    def apply(self, change: Change, by: Amended) -> None:
        """Make one change. Raises ``CannotAmend``."""
        _MADE[change.do](self, change, by)
        self._by.append(by)

    @property
    def text(self) -> dict[str, Any]:
        """The text as it stands now; not to be changed."""
        provisions = []
        for provision in self._data["provisions"]:
            if _AWAY not in provision:
                norms = [norm for norm in provision.get("norms", ()) if _AWAY not in norm]
                provisions.append({**provision, **({"norms": norms} if "norms" in provision else {})})
        return {**self._data, "provisions": provisions}

    def marks(self, names: Names) -> Amendments:
        """How the text came about; ``names``: what the ids in its norms are called."""
        norms, provisions, changes = (
            {key: _each_once(found) for key, found in marked.items()}
            for marked in (self._norms, self._provisions, self._changes)
        )
        return Amendments(self._base, _each_once(self._by), norms, provisions, changes, tuple(self._dropped(names)))

    def _dropped(self, names: Names) -> Iterator[Dropped]:
        for provision in self._data["provisions"]:
            if _AWAY in provision:
                said = f"{provision['label']} {provision['heading']}"
                kinds = frozenset(norm["kind"] for norm in provision.get("norms", ()))
                yield Dropped("provision", provision["id"], said, provision[_AWAY], kinds)
                continue
            for norm in provision.get("norms", ()):
                if _AWAY in norm:
                    kinds = frozenset((norm["kind"],))
                    yield Dropped("norm", norm["id"], _statement(norm, names), norm[_AWAY], kinds)

    # What a change is done to.

    def _target(self, change: OfPart | Correction) -> dict[str, Any]:
        for kind, wanted in self._named(change):
            return self._found(kind, wanted)[1]
        return self._data

    def _own_target(self, change: OfPart) -> dict[str, Any]:
        """The same, to be changed here alone."""
        for kind, wanted in self._named(change):
            return self._own(kind, wanted)[1]
        self._data = {key: value if key in _LISTED else deepcopy(value) for key, value in self._data.items()}
        return self._data

    def _own(self, kind: str, wanted: str, *, away: bool = False) -> _Listed:
        """What ``_found`` finds, to be changed here alone."""
        listed, part = self._found(kind, wanted, away=away)
        place = next(n for n, each in enumerate(listed) if each is part)
        listed[place] = deepcopy(part)
        return listed, listed[place]

    @staticmethod
    def _named(change: OfPart | Correction) -> Iterator[tuple[str, str]]:
        for kind in ("norm", "provision", "reading", "change"):
            if (wanted := getattr(change, kind, None)) is not None:
                yield kind, wanted

    def _found(self, kind: str, wanted: str, *, away: bool = False) -> _Listed:
        """The list that a part stands in, and the part; among those taken out, where asked so."""
        for listed in self._lists(kind):
            for part in listed:
                if part.get("id") == wanted and (_AWAY in part) == away:
                    return listed, part
        said = {"norm": "规范点", "provision": "条款", "reading": "理解口径", "change": "修改"}[kind]
        if away:
            raise CannotAmend(f"{said} {wanted} 没有被删去或暂停，没有可恢复的", f"{kind} {wanted} was not taken out")
        raise CannotAmend(f"那时的文本里没有{said} {wanted}", f"the text has no {kind} {wanted} then")

    def _lists(self, kind: str) -> Iterator[list[Any]]:
        if kind == "norm":
            yield from (p["norms"] for p in self._data["provisions"] if _AWAY not in p and "norms" in p)
        elif kind == "change":
            yield from (amends["changes"] for amends in self._data.get("amends", ()))
        else:
            yield self._data.get(f"{kind}s", [])

    def _mark(self, kind: str, wanted: str, by: Amended) -> None:
        marked = {"norm": self._norms, "provision": self._provisions, "change": self._changes}.get(kind)
        if marked is not None:
            marked[wanted] = [*marked.get(wanted, ()), by]  # a fork may hold the old list

    # What is done.

    def _set(self, change: NewValues, by: Amended) -> None:
        part = self._own_target(change)
        for path, value in change.values.items():
            self._allowed(part, path)
            _at(path, partial(put, part, path, deepcopy(value)))
        self._mark_named(change, by)

    def _unset(self, change: NoValues, by: Amended) -> None:
        part = self._own_target(change)
        for path in change.keys:
            self._allowed(part, path)
            _at(path, partial(take, part, path))
        self._mark_named(change, by)

    def _mark_named(self, change: OfPart, by: Amended) -> None:
        for kind, wanted in [*self._named(change)] or [("change", "")]:
            self._mark(kind, wanted, by)

    def _allowed(self, part: dict[str, Any], path: str) -> None:
        first = path.split(".", maxsplit=1)[0]
        if (part is self._data and first in _FIXED) or first in ("id", "norms"):
            raise CannotAmend(f"{first} 不能这样改", f"{first} cannot be changed so")

    def _add(self, change: NewPart, by: Amended) -> None:
        new = deepcopy(change.new)
        kind = "norm" if change.into is not None else "reading" if "question" in new else "provision"
        if kind == "norm":
            listed = self._found("provision", str(change.into))[1].setdefault("norms", [])
        else:
            listed = self._data.setdefault(f"{kind}s", [])
        for each_kind, part in ((kind, new), *(("norm", norm) for norm in new.get("norms", ()))):
            self._unused(each_kind, part["id"])
            self._mark(each_kind, part["id"], by)
        _insert(listed, new, change.after)

    def _unused(self, kind: str, wanted: str) -> None:
        if any(part["id"] == wanted and _AWAY not in part for listed in self._lists(kind) for part in listed):
            raise CannotAmend(f"已有 {wanted}，不能再加一个", f"there is a {kind} {wanted} already")

    def _remove(self, change: OfPart, by: Amended) -> None:
        """Take out for good, or until revived; the whole text ends."""
        for kind, wanted in self._named(change):
            listed, part = self._own(kind, wanted)
            if kind in ("norm", "provision"):
                part[_AWAY] = by
            else:
                listed.remove(part)
            return
        if self._data["dates"].get("ended") is not None:
            raise CannotAmend("全文已经失效，不能再废止", "the text has ended already")
        self._data["dates"] = {**self._data["dates"], "ended": (by.since - _ONE_DAY).isoformat()}

    def _revive(self, change: OfPart, by: Amended) -> None:
        """Put back what was taken out, in its place."""
        for kind, wanted in self._named(change):
            _, part = self._own(kind, wanted, away=True)
            for each_kind, each in ((kind, part), *(("norm", norm) for norm in part.get("norms", ()))):
                self._unused(each_kind, each["id"])
            del part[_AWAY]
            self._mark(kind, wanted, by)
            return
        if self._data["dates"].get("ended") is None:
            raise CannotAmend("全文本来就有效，没有可恢复的", "the text is in force; there is nothing to revive")
        self._data["dates"] = {key: day for key, day in self._data["dates"].items() if key != "ended"}

    def _renumber(self, change: Renumbering, by: Amended) -> None:
        """Provisions under new ids and labels, all at once; what refers to them follows."""
        names = {old: new.id for old, new in change.provisions.items()}
        self._data = deepcopy(self._data)  # what refers to them may stand anywhere
        in_order = _in_order(self._data["provisions"])
        found = [self._found("provision", old)[1] for old in names]
        for provision, new in zip(found, change.provisions.values(), strict=True):
            provision["id"], provision["label"] = new.id, new.label
        ids = [provision["id"] for provision in self._data["provisions"] if _AWAY not in provision]
        if twice := sorted(each for each, times in Counter(ids).items() if times > 1):
            raise CannotAmend(f"条款 {'、'.join(twice)} 有了两个", f"there are two provisions {', '.join(twice)}")
        if in_order:  # a text whose provisions follow their numbers goes on doing so
            self._data["provisions"].sort(key=_number)
        self._follow(names)
        self._provisions = {names.get(key, key): marked for key, marked in self._provisions.items()}
        for new_id in names.values():
            self._mark("provision", new_id, by)

    def _follow(self, names: dict[str, str]) -> None:
        """What refers to provisions by their ids refers to the new ones."""
        for part in (*self._data.get("readings", ()), *self._data.get("relations", ())):
            if "at" in part:
                part["at"] = [names.get(each, each) for each in part["at"]]
        for norm in (norm for provision in self._data["provisions"] for norm in provision.get("norms", ())):
            if norm["kind"] == "score_sub_item":
                norm["item"] = names.get(norm["item"], norm["item"])
            elif norm["kind"] == "score_items":
                norm["marks"] = {names.get(item, item): marks for item, marks in norm["marks"].items()}

    def _rename(self, change: Renamed, by: Amended) -> None:
        """Words throughout."""
        renamed = rename(self._data, change.words)
        if renamed == self._data:
            words = "、".join(change.words)
            raise CannotAmend(f"全文没有“{words}”", f"the text has no {words}")
        for before, after in zip(self._data["provisions"], renamed["provisions"], strict=True):
            if before["heading"] != after["heading"]:
                self._mark("provision", after["id"], by)
            for was, norm in zip(before.get("norms", ()), after.get("norms", ()), strict=True):
                if was != norm:
                    self._mark("norm", norm["id"], by)
        self._data = renamed


_MADE: dict[str, Callable[[Consolidation, Any, Amended], None]] = {
    "set": Consolidation._set,
    "unset": Consolidation._unset,
    "add": Consolidation._add,
    "remove": Consolidation._remove,
    "suspend": Consolidation._remove,
    "revive": Consolidation._revive,
    "renumber": Consolidation._renumber,
    "rename": Consolidation._rename,
}


def _number(provision: Mapping[str, Any]) -> list[tuple[int, str]]:
    """By what provisions follow each other: 3.9 stands before 3.10."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in provision["id"].split(".")]


def _in_order(provisions: list[Any]) -> bool:
    numbers = list(map(_number, provisions))
    return numbers == sorted(numbers)


def _statement(norm: Mapping[str, Any], names: Names) -> str:
    """What a norm says that no longer stands in its text, its figures filled in; as it is written where it is none."""
    try:
        typed: AnyNorm = msgspec.convert({key: value for key, value in norm.items() if key != _AWAY}, AnyNorm)
        return typed.say(names)
    except msgspec.ValidationError:
        return str(norm["statement"])


def _with_own_lists(data: dict[str, Any]) -> dict[str, Any]:
    """The data of a text with lists of its own, as far down as parts are put in and taken out; the parts are shared."""
    own = {**data, "provisions": [_with_own(provision, "norms") for provision in data["provisions"]]}
    own |= {"readings": [*data["readings"]]} if "readings" in data else {}
    return own | ({"amends": [_with_own(entry, "changes") for entry in data["amends"]]} if "amends" in data else {})


def _with_own(part: dict[str, Any], key: str) -> dict[str, Any]:
    return {**part, key: [*part[key]]} if key in part else {**part}


def _each_once(found: list[Amended]) -> tuple[Amended, ...]:
    """In their order; those that are equal are one object here (``steps.Steps``), and none is compared by its contents."""
    return tuple({id(each): each for each in found}.values())


def _stands(part: Any, path: str) -> bool:
    try:
        find(part, path)
    except Nowhere:
        return False
    return True


def _reads(part: Any, path: str, value: Any) -> bool:
    return _stands(part, path) and bool(find(part, path) == value)


def _at(path: str, done: Callable[[], None]) -> None:
    try:
        done()
    except Nowhere:
        raise CannotAmend(f"那时的文本里没有 {path}", f"the text has no {path} then") from None


def _insert(listed: list[Any], new: dict[str, Any], after: str | None) -> None:
    """Behind the part of the id ``after``; at the end without one."""
    if after is None:
        listed.append(new)
        return
    place = next((n for n, part in enumerate(listed) if part["id"] == after), None)
    if place is None:
        raise CannotAmend(f"没有 {after}，不知道加在哪里", f"there is no {after} to put it behind")
    listed.insert(place + 1, new)
