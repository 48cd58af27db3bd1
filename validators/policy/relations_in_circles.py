"""文件之间的关系不兜圈子

甲优先于乙、乙又优先于甲，甲废止乙、乙又废止甲，或者几个文件一圈取代下来又回到开头：照着做，这些规定一条也不剩。
一个文件也不能修改、废止、取代自己。
只看同一天同时有效的关系：先废止、后来又恢复的不算。报在最后让圈子合拢的那个文件上；互相引用（cites）不算兜圈子。
"""

import datetime
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from msgspec import Struct, field

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library, PolicyUnreadable

TITLE = Text("文件之间的关系不兜圈子", "Relations between instruments do not go round in a circle")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
GOOD = """
instrument: luzhou/example
relations:
  - {kind: repeals, instrument: luzhou/change-management}
"""
BAD = """
instrument: luzhou/example
relations:
  - {kind: repeals, instrument: luzhou/example}    # 它自己
"""
_ONE_WAY = ("prevails_over", "yields_to", "repeals", "amends", "implements", "supplements", "forwards")
_NAMED = 6
_Node = tuple[str, str]  # what is related in which way (or a norm), and the instrument
_Edge = tuple[_Node, _Node]


class _Known(Struct):
    """The relations of a library: what follows a node, by whose statement; and what holds of an instrument on a day."""

    after: dict[_Node, dict[_Node, set[str]]] = field(default_factory=dict)
    holding: dict[tuple[str, datetime.date], frozenset[_Edge]] = field(default_factory=dict)


_KNOWN: WeakKeyDictionary[Library, _Known] = WeakKeyDictionary()


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each relation: whether it is one to itself, or leads back to where it begins on the day from which it holds."""
    own = policy.version
    told = set[int]()
    for n, relation in enumerate(own.relations):
        if relation.instrument == own.instrument:
            told.add(n)
            yield _problem(
                n, Text("这是本文件自己，不能是自己的关系", "this is the instrument itself; it cannot be related so")
            )
    for n, (start, end) in _edges(own) if own.normative else ():
        if n not in told and (circle := _circle(policy, n, start, end)):
            told.add(n)
            names = " → ".join([*dict.fromkeys(node[1] for node in circle)][:_NAMED])
            yield _problem(n, Text(f"兜了一圈，又回到这里：{names}", f"goes round in a circle: {names}"))


def _problem(n: int, message: Text) -> Problem:
    fix = Text(
        "对照原文，去掉不对的那一处；后来才这样的，写明 since。", "Take out the one that is wrong; state since when."
    )
    return Problem(where=("relations", n), message=message, fix=fix)


def _edges(version: PolicyVersion) -> Iterator[tuple[int, _Edge]]:
    """What each relation puts before what: of an instrument as a whole, or of the norms that it names."""
    for n, relation in enumerate(version.relations):
        other = relation.instrument
        if other is None or other == version.instrument:
            continue
        for theirs, ours in relation.replaces.items():
            yield from ((n, ((f"#{theirs}", other), (f"#{each}", version.instrument))) for each in ours)
        if relation.kind == "yields_to":
            yield n, (("prevails_over", other), ("prevails_over", version.instrument))
        elif relation.kind in _ONE_WAY and not relation.replaces:
            yield n, ((relation.kind, version.instrument), (relation.kind, other))


def _circle(policy: PolicyFile, n: int, start: _Node, end: _Node) -> list[_Node]:
    """The way from the end of a relation back to its start, on the day from which it holds; empty where there is none."""
    own, known = policy.version, _known(policy.library)
    day = max(own.relations[n].since or own.begins, own.begins)
    mine: dict[_Node, list[_Node]] = {}
    for m, (one, other) in _edges(own):
        if (own.relations[m].since or own.begins) <= day:
            mine.setdefault(one, []).append(other)
    before: dict[_Node, _Node | None] = {end: None}
    waiting = [end]
    while waiting and start not in before:
        node = waiting.pop()
        theirs = known.after.get(node, {}).items()
        reached = [
            each for each, by in theirs if any(_holds(policy, known, name, day, (node, each)) for name in sorted(by))
        ]
        for each in (*mine.get(node, ()), *reached):
            if each not in before:
                before[each] = node
                waiting.append(each)
    found: list[_Node] = []
    at: _Node | None = start if start in before else None
    while at is not None:
        found.append(at)
        at = before[at]
    return found[::-1]


def _known(library: Library) -> _Known:
    """The relations that any text of a library states; gone through once."""
    if library not in _KNOWN:
        known = _KNOWN[library] = _Known()
        for instrument in library.instruments():
            try:
                texts = library.texts(instrument)
            except PolicyUnreadable:  # told where it lies
                continue
            for text in texts:
                for _, (one, other) in _edges(text):
                    known.after.setdefault(one, {}).setdefault(other, set()).add(instrument)
    return _KNOWN[library]


def _holds(policy: PolicyFile, known: _Known, instrument: str, day: datetime.date, edge: _Edge) -> bool:
    """Whether another instrument states a relation on a day."""
    if instrument == policy.version.instrument:
        return False
    key = instrument, day
    if key not in known.holding:
        text = policy.library.version_at(instrument, day)
        edges = _edges(text) if text is not None else ()
        known.holding[key] = frozenset(
            each for n, each in edges if text is not None and (text.relations[n].since or text.begins) <= day
        )
    return edge in known.holding[key]
