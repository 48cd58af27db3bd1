"""同一件事只有一条算数

有的规范点，计算时同一件事只取一条：一档只有一个公示期，一种考核期只有一种合成办法，同一个人同一天只有一种工时要求。
写了两条又没有说取哪一条的，过去是先写的或后写的算数，写的人不知道。这里找同一天、同一地、说同一件事的两条；
分人员、分星期、分环节的，彼此不重叠就不算两条。后来的文件取代先前的，写 relations 的 replaces；区、县收紧的，用同样的标识。
"""

from collections.abc import Hashable, Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from banshi.checking.declared_uses import SINGLE
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.library import Library
from banshi.law.norms import Norm
from banshi.law.uses import Single

TITLE = Text("同一件事只有一条算数", "One norm decides one thing")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_TWO = """
governs: [attendance]
provisions:
  - id: "2"
    label: 第二条
    heading: 工时
    source: {lines: [1, 2]}
    norms:
      - {id: eight, kind: working_time, statement: "每天{at_least}。", at_least: {value: 8, unit: 小时}, weekdays: [1, 2, 3, 4]}
      - {id: seven, kind: working_time, statement: "{at_least}。", at_least: {value: 7, unit: 小时}, weekdays: [DAY, 6]}
readings: []
"""
GOOD = _TWO.replace("DAY", "5")
BAD = _TWO.replace("DAY", "4")  # 星期四既要 8 小时又要 7 小时

_Keys = dict[int, tuple[Placed[Norm], Hashable]]
_KNOWN: WeakKeyDictionary[Library, dict[int, _Keys]] = WeakKeyDictionary()
_TOLD = 10  # of those that one norm meets; how many more there are is said


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each norm of the file against those that stand beside it from its first day, and that come before it."""
    own = policy.version
    singles = [(n, single) for n, single in enumerate(SINGLE) if _taken(single, own)] if own.normative else ()
    routes = {norm.id: route for route, norm in policy.norms()}
    keys, told = _KNOWN.setdefault(policy.library, {}), set[tuple[str, str]]()
    for subject in own.subjects if singles else ():
        law = policy.law(subject)
        for n, single in singles:
            every = law.all(single.selector.kind)
            key_of = _keyed(keys.setdefault(n, {}), single, every)
            mine = [p for p in every if p.version is own and key_of[id(p)][1] is not None]
            for place, placed in enumerate(mine):
                if placed.norm.id in routes:
                    later, key = {id(other) for other in mine[place:]}, key_of[id(placed)][1]
                    others = (p for p in every if key_of[id(p)][1] == key and id(p) not in later)
                    yield from _met(placed, others, single, told, routes[placed.norm.id])


def _taken(single: Single, version: PolicyVersion) -> bool:
    return any(single.selector.takes(placed.norm) for placed in version.by_kind.get(single.kind, ()))


def _keyed(known: _Keys, single: Single, every: list[Placed[Any]]) -> _Keys:
    """What each may be the only one for (None: nothing), by the norm's ``id``; worked out once for a library."""
    for placed in every:
        if id(placed) not in known:
            known[id(placed)] = placed, single.key(placed.norm) if single.selector.takes(placed.norm) else None
    return known


def _met(
    own: Placed[Norm], others: Iterable[Placed[Norm]], single: Single, told: set[tuple[str, str]], route: Route
) -> Iterator[Problem]:
    """Those that decide the same as a norm, each id once; of very many the first, and how many more."""
    found = dict[str, Placed[Norm]]()
    for other in others:
        if (
            other.norm.id not in found
            and (own.norm.id, other.norm.id) not in told
            and single.meet(own.norm, other.norm)
        ):
            found[other.norm.id] = other
    told |= {(own.norm.id, key) for key in found}
    for n, other in enumerate([*found.values()][:_TOLD], 1):
        yield _problem((*route, "id"), own, other, len(found) - n if n == _TOLD else 0)


def _problem(where: Route, own: Placed[Norm], other: Placed[Norm], more: int) -> Problem:
    elsewhere = "" if other.version.instrument == own.version.instrument else f"（{other.version.instrument}）"
    said, said_en = (f"；还有 {more} 条也是", f"; {more} more do, too") if more else ("", "")
    return Problem(
        where=where,
        message=Text(
            f"{own.norm.id} 和 {other.norm.id}{elsewhere} 说的是同一件事，只能取一条，没有写取哪一条{said}",
            f"{own.norm.id} and {other.norm.id} ({other.version.instrument}) decide the same thing; "
            f"nothing says which holds{said_en}",
        ),
        fix=Text(
            "合成一条，或写明各管谁、各管哪些天；新文件取代旧文件的，写在 relations 的 replaces 里。",
            "Make one of them, or say for whom and when each holds; what is replaced is named in relations.",
        ),
    )
