"""同一天的修改不相互抵消

两处修改从同一天起，把同一个字段改成不同的写法，或者一处改、一处删，前一处就白改了：
程序按成文先后，后成文的算数；同一文件里，写在后面的算数。应当是哪一个，要由人看过。
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True, slots=True)
class _Made:
    """What a change makes of a field (the path is empty for a whole part; None: it is taken away), from a day."""

    where: Route
    by: str
    file: Path
    since: datetime.date
    part: tuple[str, str]
    path: str
    value: Any

    def against(self, other: "_Made") -> bool:
        """Whether one of the two comes to nothing by the other."""
        same = (self.file, self.since, self.part) == (other.file, other.since, other.part)
        return same and _within(self.path, other.path) and (self.path, self.value) != (other.path, other.value)


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each field that is set or taken away here, against the changes before it and those of other instruments."""
    own = list(_made(policy.version, policy.library))
    others = list(chain.from_iterable(_made(each, policy.library) for each in _amending(policy)))
    for n, made in enumerate(own):
        other = next((each for each in (*own[:n], *others) if made.against(each)), None)
        if other is not None:
            part = f"{made.part[1]} {made.path or other.path}".strip()
            yield Problem(
                where=made.where,
                message=Text(
                    f"{other.by} 也从 {made.since} 起改 {part}，改得不一样，只有一处算数",
                    f"{other.by} changes {part} from {made.since} too, otherwise; one of the two comes to nothing",
                ),
                fix=Text(
                    "对照原文留下算数的一处；先后两次修改的，各写各的日期。", "Keep the one that counts; date each."
                ),
            )


def _amending(policy: PolicyFile) -> Iterator[PolicyVersion]:
    """The normative texts of other instruments that amend what this one amends."""
    found: dict[Path, None] = {}
    for entry in policy.version.amends:
        for path in policy.library.files(entry.instrument)[:1]:
            for place in places_above(policy.library.load(path).jurisdiction):
                found |= dict.fromkeys(policy.library.amending(place))
    loaded = map(policy.library.load, found)
    return (each for each in loaded if each.normative and each.instrument != policy.version.instrument)


def _made(text: PolicyVersion, library: Library) -> Iterator[_Made]:
    for n, entry in enumerate(text.amends):
        since = entry.since or text.begins
        file = library.amended_file(entry, since)
        for m, change in enumerate(entry.changes if file is not None else ()):
            for path, value in _fields(change):
                yield _Made(
                    ("amends", n, "changes", m), text.cite.say(), file or Path(), since, _part(change), path, value
                )


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


def _within(one: str, other: str) -> bool:
    return one == other or not (one and other) or one.startswith(f"{other}.") or other.startswith(f"{one}.")
