"""同一件事有两个数

两个文件（或同一文件的两处）对同一件事写了不同的数，又没有写明谁优先，读的人就不知道该用哪一个。
这里比较同一辖区里：同一环节的时限、同一对象的期间、同一批办件的同一指标、同一时机的打卡时段、同一事项的封顶。

写明了关系（优先于、取代）的不报；时间上前后相接、不同时施行的不报；条件不同（如重大设计变更）的不报。
"""

from collections.abc import Hashable, Iterator
from weakref import WeakKeyDictionary

import msgspec

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Citation
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
    Period: (("of",), ("length", "inclusive")),
    TimeLimit: (("steps", "when"), ("length", "inclusive")),
    Target: (("measure", "cases", "system", "where", "of", "by", "each"), ("bound",)),
    PunchWindow: (
        ("moment", "days", "groups", "season", "weekdays", "shift"),
        ("start", "end", "start_inclusive", "end_inclusive"),
    ),
    Cap: (("of", "per"), ("at_most", "at_least")),
}
_Stated = dict[Hashable, list[Placed[Norm]]]
_Index = dict[Hashable, dict[str, dict[int, list[Placed[Norm]]]]]  # by what they speak of, instrument, text (its id)
_Placed = Iterator[Placed[Norm]]
_KNOWN: WeakKeyDictionary[Library, dict[str, _Index]] = WeakKeyDictionary()
_GIVES_WAY = ("prevails_over", "amends", "repeals")  # relations by which one of two texts gives way


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each norm of these kinds against those before it here, and those of other instruments in force beside it."""
    version = policy.version
    others = _indexed(policy.library, version.jurisdiction) if version.normative else {}
    here = {norm.id: route for route, norm in policy.norms()}
    before: _Stated = {}
    for placed in version.placed:
        thing = _thing(placed.norm)
        if thing is None:
            continue
        beside = _beside(others.get(thing, {}), version, policy.library)
        for other in (*before.get(thing, ()), *beside):
            if (field := _differ(placed.norm, other.norm, one=other.version is version)) is not None:
                yield Problem(
                    where=(*here[placed.norm.id], field),
                    message=Text(
                        f"与{_where(other, version)}的“{other.statement}”说的是同一件事，数不同：“{placed.statement}”",
                        f"speaks of the same thing as {other.version.instrument} {other.norm.id}, with another figure",
                    ),
                    fix=Text(
                        "核对两处；确实不同的，在 relations 写明谁优先（replaces），或写成理解口径。",
                        "Check both; if both are right, say in relations which one prevails (replaces), or record a reading.",
                    ),
                    basis=_cited(placed, other),
                )
        before.setdefault(thing, []).append(placed)


def _thing(norm: Norm) -> Hashable:
    """What a norm speaks of, so far as two may be compared; None: it is of another kind."""
    keys, fields = _SAME.get(type(norm), ((), ()))
    # Some of these hold mappings (when: the values of a filing), which are no keys of a dictionary as they are.
    return (type(norm), *(msgspec.json.encode(getattr(norm, key)) for key in keys)) if fields else None


def _indexed(library: Library, jurisdiction: str) -> _Index:
    """The norms of a jurisdiction by what they speak of, of whatever day; gone through once for a whole library."""
    known = _KNOWN.setdefault(library, {})
    if jurisdiction not in known:
        found: _Index = {}
        for instrument in library.in_place(jurisdiction):
            for text in library.texts(instrument):
                for placed in text.placed:
                    if (thing := _thing(placed.norm)) is not None:
                        found.setdefault(thing, {}).setdefault(instrument, {}).setdefault(id(text), []).append(placed)
        known[jurisdiction] = found
    return known[jurisdiction]


def _beside(others: dict[str, dict[int, list[Placed[Norm]]]], version: PolicyVersion, library: Library) -> _Placed:
    """What other instruments say that are in force when a version begins, where no relation says which of them gives way."""
    for instrument, texts in others.items():
        if instrument == version.instrument:
            continue
        other = library.version_at(instrument, version.begins)
        if other is not None and not (_gives_way(version, other) or _gives_way(other, version)):
            yield from texts.get(id(other), ())


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
