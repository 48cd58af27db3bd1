"""同一件事有两个数

两个文件（或同一文件的两处）对同一件事写了不同的数，又没有写明谁优先，读的人就不知道该用哪一个。
这里比较同一辖区里：同一环节的时限、同一对象、同一档的期间、同一批办件的同一指标、同一时机的打卡时段、同一事项的封顶。

写明了关系（优先于、取代）的不报；时间上前后相接、不同时施行的不报；条件不同（如重大设计变更）的不报。
"""

from collections.abc import Hashable, Iterator
from functools import cached_property
from weakref import WeakKeyDictionary

import msgspec
from msgspec import Struct, field

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Citation, Route
from banshi.law.ending import Gone, gone
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.library import Library
from banshi.law.norms import Cap, Norm, Period, PunchWindow, Target, TimeLimit

TITLE = Text("同一件事有两个数", "Two figures for the same thing")
SUBJECT = "policy"
SEVERITY = "warning"
BASIS = ()
_TWO = """
provisions:
  - id: "1"
    label: 一
    heading: 公示
    source: {lines: [1, 1]}
    norms:
      - {id: first, kind: period, statement: "公示期{length}。", of: publicity, length: {value: 5, unit: 天}, inclusive: true}
  - id: "2"
    label: 二
    heading: 公示
    source: {lines: [2, 2]}
    norms:
      - {id: second, kind: period, statement: "公示期{length}。", of: publicity, length: {value: LATER, unit: 天}, inclusive: true}
readings: []
"""
GOOD = _TWO.replace("LATER", "5")
BAD = _TWO.replace("LATER", "7")

# What makes two norms of a kind speak of the same thing, and the fields in which they must then agree.
_SAME = {
    Period: (("of", "tier"), ("length", "inclusive")),
    TimeLimit: (("steps", "when"), ("length", "inclusive")),
    Target: (("measure", "cases", "system", "where", "of", "by", "against", "each"), ("bound",)),
    PunchWindow: (
        ("moment", "days", "groups", "season", "weekdays", "shift"),
        ("start", "end", "start_inclusive", "end_inclusive"),
    ),
    Cap: (("of", "per"), ("at_most", "at_least")),
}
_Figures = tuple[object, ...]


class _Said(Struct):
    """What texts of whatever day say of one thing: the figures, and where they stand by text (its ``id``)."""

    figures: set[_Figures] = field(default_factory=set)
    texts: dict[int, list[tuple[_Figures, Placed[Norm]]]] = field(default_factory=dict)

    def add(self, figures: _Figures, placed: Placed[Norm]) -> None:
        self.figures.add(figures)
        self.texts.setdefault(id(placed.version), []).append((figures, placed))


_KNOWN: WeakKeyDictionary[Library, dict[str, dict[Hashable, _Said]]] = WeakKeyDictionary()
_GIVES_WAY = ("prevails_over", "amends", "repeals")  # relations by which one of two texts gives way
_TOLD = 10  # of those that one norm differs from; how many more there are is said


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each norm of these kinds against those before it here, and those of other instruments in force beside it."""
    version = policy.version
    here = {norm.id: route for route, norm in policy.norms()}
    elsewhere = _Elsewhere(policy) if version.normative else None
    before: dict[Hashable, list[Placed[Norm]]] = {}
    for placed in version.placed:
        thing = _thing(placed.norm)
        if thing is None:
            continue
        own = [p for p in before.get(thing, ()) if _differ(placed.norm, p.norm, one=True)]
        others = [*own, *(elsewhere.differing(placed, thing) if elsewhere else ())]
        for n, other in enumerate(others[:_TOLD], 1):
            yield _problem(placed, other, here[placed.norm.id], len(others) - n if n == _TOLD else 0)
        before.setdefault(thing, []).append(placed)


def _problem(placed: Placed[Norm], other: Placed[Norm], route: Route, more: int) -> Problem:
    said, said_en = (f"；还有 {more} 处也不同", f"; {more} more differ, too") if more else ("", "")
    return Problem(
        where=(*route, _differ(placed.norm, other.norm, one=other.version is placed.version) or "id"),
        message=Text(
            f"与{_where(other, placed.version)}的“{other.statement}”说的是同一件事，数不同：“{placed.statement}”{said}",
            f"speaks of the same thing as {other.version.instrument} {other.norm.id}, with another figure{said_en}",
        ),
        fix=Text(
            "核对两处；确实不同的，在 relations 写明谁优先（replaces），或写成理解口径。",
            "Check both; if both are right, say in relations which one prevails (replaces), or record a reading.",
        ),
        basis=_cited(placed, other),
    )


def _thing(norm: Norm) -> Hashable:
    """What a norm speaks of, so far as two may be compared; None: it is of another kind."""
    keys, fields = _SAME.get(type(norm), ((), ()))
    # Some of these hold mappings (when: the values of a filing), which are no keys of a dictionary as they are.
    return (type(norm), *(msgspec.json.encode(getattr(norm, key)) for key in keys)) if fields else None


def _figures(norm: Norm) -> _Figures:
    return tuple(getattr(norm, field) for field in _SAME[type(norm)][1])


def _indexed(library: Library, jurisdiction: str) -> dict[Hashable, _Said]:
    """The norms of a jurisdiction by what they speak of, of whatever day; gone through once for a whole library."""
    known = _KNOWN.setdefault(library, {})
    if jurisdiction not in known:
        found: dict[Hashable, _Said] = {}
        for instrument in library.in_place(jurisdiction):
            for text in library.texts(instrument):
                for placed in text.placed:
                    if (thing := _thing(placed.norm)) is not None:
                        found.setdefault(thing, _Said()).add(_figures(placed.norm), placed)
        known[jurisdiction] = found
    return known[jurisdiction]


class _Elsewhere:
    """What other instruments of the place say that are in force when a version begins."""

    def __init__(self, policy: PolicyFile) -> None:
        self._version, self._library = policy.version, policy.library
        self._index = _indexed(policy.library, policy.version.jurisdiction)

    @cached_property
    def _others(self) -> list[PolicyVersion]:
        own = self._version
        there = self._library.standing(own.jurisdiction, own.begins)
        return [other for other in there if other.instrument != own.instrument]

    @cached_property
    def _gone(self) -> Gone:
        """What relations between any of them have ended by then."""
        return gone((*self._others, self._version), self._version.begins)

    def differing(self, placed: Placed[Norm], thing: Hashable) -> list[Placed[Norm]]:
        """Those with another figure, where no relation says which of the two holds."""
        mine, said = _figures(placed.norm), self._index.get(thing, _Said())
        if said.figures <= {mine}:  # nobody says anything else
            return []
        there = [each for other in self._others for each in said.texts.get(id(other), ())]
        return [p for figures, p in there if figures != mine and self._both_hold(placed, p)]

    def _both_hold(self, placed: Placed[Norm], other: Placed[Norm]) -> bool:
        if _gives_way(placed.version, other.version) or _gives_way(other.version, placed.version):
            return False
        return not any((p.version.instrument, key) in self._gone for p in (placed, other) for key in (p.norm.id, None))


def _gives_way(one: PolicyVersion, other: PolicyVersion) -> bool:
    return any(r.kind in _GIVES_WAY and r.instrument == other.instrument for r in one.relations)


def _differ(norm: Norm, other: Norm, *, one: bool) -> str | None:
    """The field in which two norms about the same thing differ; None where they agree.

    ``one``: both stand in one version.
    """
    if isinstance(norm, PunchWindow) and isinstance(other, PunchWindow) and one:
        return None  # a day has several windows; whether they go together is looked at by a rule of its own
    _, fields = _SAME[type(norm)]
    return next((f for f in fields if getattr(norm, f) != getattr(other, f)), None)


def _where(other: Placed[Norm], version: PolicyVersion) -> str:
    return other.provision.label if other.version is version else other.cite.say()


def _cited(placed: Placed[Norm], other: Placed[Norm]) -> tuple[Citation, ...]:
    return (placed.cite, other.cite)
