"""同一天的修改不相互抵消

两处修改从同一天起，把同一个字段改成不同的写法，或者一处改、一处删，前一处就白改了：
程序按成文先后，后成文的算数；同一文件里，写在后面的算数。应当是哪一个，要由人看过。
"""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from banshi.base.limits import MAX_PATH
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.amending import Change, NewValues, NoValues, Removed, Suspended
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library, places_above

TITLE = Text("同一天的修改不相互抵消", "No two amendments of a day set the same field")
SUBJECT = "policy"
SEVERITY = "warning"
BASIS = ()
_AMENDS = """
jurisdiction: luzhou
instrument: luzhou/example
amends:
  - instrument: luzhou/change-management
    changes:
      - {do: set, norm: finance-tier, values: {amount.upper.value: 150000}}
      - {do: set, norm: finance-tier, values: {FIELD: 200000}}
"""
GOOD = _AMENDS.replace("FIELD: 200000", "amount.upper.inclusive: false")
BAD = _AMENDS.replace("FIELD", "amount.upper.value")


class _Made(NamedTuple):
    """What a change makes of a field (the path is empty for a whole part; None: it is taken away), from a day."""

    where: Route
    text: PolicyVersion
    file: Path
    since: datetime.date
    part: tuple[str, str]
    path: str
    value: Any


class _Fields:
    """What is made of the fields of one part of a text on one day, so that what goes against a change is found at once.

    Where many say the same, two of them are kept: one to be found for each instrument that is not to be found itself.
    """

    def __init__(self) -> None:
        self._at: dict[str, list[_Made]] = {}
        self._within: dict[str, list[_Made]] = {}

    def add(self, made: _Made) -> None:
        """Hold one more."""
        _keep(self._at.setdefault(made.path, []), made, same_value=True)
        for holder in _holders(made.path):
            _keep(self._within.setdefault(holder, []), made, same_value=False)

    def against(self, made: _Made, other_than: str | None = None) -> _Made | None:
        """What sets the same field otherwise, or one that it lies in, or one within it; not of the instrument ``other_than``."""
        held = [*self._at.get(made.path, ()), *self._within.get(made.path, ())]
        held += [each for holder in _holders(made.path) for each in self._at.get(holder, ())]
        return next((o for o in held if o.text.instrument != other_than and _differ(made, o)), None)


def _differ(one: _Made, other: _Made) -> bool:
    return (one.path, one.value) != (other.path, other.value)


def _keep(held: list[_Made], made: _Made, *, same_value: bool) -> None:
    """Hold one more, unless whatever it could be found for is found without it: five suffice for every value and instrument."""
    if len(held) < _ENOUGH:
        instruments = [each.text.instrument for each in held if not same_value or each.value == made.value]
        values = [each.value for each in held if each.text.instrument == made.text.instrument]
        new = made.text.instrument not in instruments if not same_value else made.value not in values
        if new and len(instruments) < _TWO and (len(values) < _TWO or not same_value):
            held.append(made)


def _holders(path: str) -> Iterator[str]:
    """The paths of what a field lies in; the empty one is the whole part."""
    while path and path.count(".") < MAX_PATH:
        path = path.rpartition(".")[0]
        yield path


_TWO, _ENOUGH = 2, 5
_Index = dict[tuple[Path, datetime.date, tuple[str, str]], _Fields]
_KNOWN: WeakKeyDictionary[Library, dict[str, _Index]] = WeakKeyDictionary()


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each field that is set or taken away here, against the changes before it and those of other instruments."""
    before: _Index = {}
    for made in _made(policy.version, policy.library):
        key = made.file, made.since, made.part
        own = before.setdefault(key, _Fields())
        other = own.against(made) or _against(made, policy)
        own.add(made)
        if other is not None:
            part = f"{made.part[1]} {made.path or other.path}".strip()
            by = other.text.cite.say()
            yield Problem(
                where=made.where,
                message=Text(
                    f"{by} 也从 {made.since} 起改 {part}，改得不一样，只有一处算数",
                    f"{by} changes {part} from {made.since} too, otherwise; one of the two comes to nothing",
                ),
                fix=Text(
                    "对照原文留下算数的一处；先后两次修改的，各写各的日期。", "Keep the one that counts; date each."
                ),
            )


def _against(made: _Made, policy: PolicyFile) -> _Made | None:
    """The change of another instrument, of the place of what is amended or one above, by which one of the two comes to nothing."""
    for place in places_above(policy.library.load(made.file).jurisdiction):
        held = _indexed(policy.library, place).get((made.file, made.since, made.part))
        if held is not None and (found := held.against(made, policy.version.instrument)):
            return found
    return None


def _indexed(library: Library, place: str) -> _Index:
    """What the normative texts of a place make of the fields of others; gone through once for a whole library."""
    known = _KNOWN.setdefault(library, {})
    if place not in known:
        found: _Index = {}
        for text in map(library.load, library.amending(place)):
            for made in _made(text, library) if text.normative else ():
                found.setdefault((made.file, made.since, made.part), _Fields()).add(made)
        known[place] = found
    return known[place]


def _made(text: PolicyVersion, library: Library) -> Iterator[_Made]:
    for n, entry in enumerate(text.amends):
        since = entry.since or text.begins
        file = library.amended_file(entry, since)
        for m, change in enumerate(entry.changes if file is not None else ()):
            for path, value in _fields(change):
                yield _Made(("amends", n, "changes", m), text, file or Path(), since, _part(change), path, value)


def _fields(change: Change) -> Iterator[tuple[str, Any]]:
    if isinstance(change, NewValues):
        yield from change.values.items()
    elif isinstance(change, NoValues):
        yield from ((key, None) for key in change.keys)
    elif isinstance(change, Removed | Suspended):
        yield "", None


def _part(change: Change) -> tuple[str, str]:
    for kind in ("norm", "provision", "reading", "change"):
        if (named := getattr(change, kind, None)) is not None:
            return kind, named
    return "text", ""
