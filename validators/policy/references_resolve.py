"""引用都有着落

规范点里写到的机关、档次、环节、材料、附件种类、不计入时限的期间、表格、事实，口径、关系里写到的条款，都必须在同一文件（或它所补充的上级文件）里有定义。
写错一个字母的引用会让指南少一行、让校验少一步，所以是错误。
"""

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from banshi.base.text import did_you_mean
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library
from banshi.law.norms import (
    Duties,
    Enumeration,
    Evidence,
    LeaveApproval,
    Norm,
    Period,
    Pricing,
    Procedure,
    Quota,
    Record,
    Scope,
    ScoreCombination,
    ScoreSubItem,
    ScoreWeighting,
    TimeLimit,
)
from banshi.law.norms.pointing import POINTS_INTO

TITLE = Text("引用都有着落", "Every reference resolves")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
GOOD = """
title: 样例变更办法（虚构，引用齐全）
"""
BAD = """
provisions:
  - id: "1"
    label: 一
    heading: 程序
    source: {lines: [1, 4]}
    norms:
      - id: finance-procedure
        kind: procedure
        statement: 业主申请，{stages}。
        tier: finance
        position: 1
        applicants: [owner]
        stages:
          - steps: [{step: finance_aproval, office: finance}]   # 环节名写错
"""

_WHAT = {
    "offices": Text("机关或单位", "office"),
    "tiers": Text("档次", "tier"),
    "criteria": Text("情形", "criterion"),
    "classes": Text("变更类别", "class of change"),
    "steps": Text("环节", "step"),
    "papers": Text("材料", "paper"),
    "change_types": Text("变更类型", "type of change"),
    "funding_sources": Text("资金来源", "source of money"),
    "attachment_kinds": Text("附件种类", "kind of attachment"),
    "pause_reasons": Text("不计入时限的期间", "time that does not count"),
    "shifts": Text("班次", "shift"),
    "leave_kinds": Text("假别", "kind of leave"),
    "forms": Text("表格", "form"),
    "facts": Text("事实", "fact"),
    "bases": Text("作价依据", "basis of pricing"),
    "sources": Text("考勤依据", "evidence"),
    "values": Text("列举的事由", "reason in a listing"),
    "provisions": Text("条款", "provision"),
    "norms": Text("规范点", "norm"),
    "time_limit": Text("时限（time_limit）", "time limit"),
    "score_group": Text("小项组（score_group）", "group of sub-items"),
    "score_sub_item": Text("小项（score_sub_item）", "sub-item"),
    "adjustment": Text("加分减分（adjustment）", "bonus or deduction"),
}
_KINDS = ("time_limit", "score_group", "score_sub_item", "adjustment")  # kinds of norms that others name by their ids


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each reference against the table that it points into."""
    known = _Defined(policy)
    for route, norm in policy.norms():
        for field, table, names in _references(policy, norm):
            yield from _missing(names, table, known, (*route, field))
        if isinstance(norm, Evidence):
            sources = [name for name in norm.approved_by if name not in norm.sources]
            yield from (_undefined(name, "sources", set(norm.sources), (*route, "approved_by")) for name in sources)
    for index, reading in enumerate(policy.version.readings):
        yield from _missing(reading.at, "provisions", known, ("readings", index, "at"))
    for index, relation in enumerate(policy.version.relations):
        yield from _missing(relation.at, "provisions", known, ("relations", index, "at"))


class _Defined:
    """What the file defines, and where it does not, what the texts beside it do: these are looked through for a missing name."""

    def __init__(self, policy: PolicyFile) -> None:
        self._own, self._policy = _tables(policy.library, policy.version), policy

    def holds(self, table: str, name: str) -> bool:
        """Whether a name is defined in a table."""
        return name in self._own[table] or any(name in tables[table] for tables in self._others(table))

    def every(self, table: str) -> set[str]:
        """All names of a table."""
        return set().union(self._own[table], *(tables[table] for tables in self._others(table)))

    def _others(self, table: str) -> Iterator[dict[str, frozenset[str]]]:
        own = self._policy.version.instrument
        others = self._policy.beside if table != "provisions" else ()
        return (_tables(self._policy.library, version) for version in others if version.instrument != own)


def _tables(library: Library, version: PolicyVersion) -> dict[str, frozenset[str]]:
    """The names that a version defines, by table; made once for a library."""
    kept = _TABLES.setdefault(library, {})
    if id(version) not in kept:
        kept[id(version)] = version, {name: frozenset(found) for name, found in _known(version).items()}
    return kept[id(version)][1]


# By the version's ``id``: it is held beside what it defines, so that the number is not given again.
_TABLES: WeakKeyDictionary[Library, dict[int, tuple[PolicyVersion, dict[str, frozenset[str]]]]] = WeakKeyDictionary()


def _known(version: PolicyVersion) -> dict[str, set[str]]:
    return {
        "offices": set(version.offices),
        "tiers": set(version.tiers),
        "criteria": set(version.criteria),
        "classes": set(version.classes),
        "steps": set(version.steps),
        "papers": set(version.papers),
        "change_types": set(version.change_types),
        "funding_sources": set(version.funding_sources),
        "attachment_kinds": set(version.attachment_kinds),
        "pause_reasons": set(version.pause_reasons),
        "facts": set(version.facts),
        "bases": {each.value for p in version.placed if isinstance(p.norm, Pricing) for each in p.norm.bases},
        "values": {each.value for p in version.placed if isinstance(p.norm, Enumeration) for each in p.norm.values},
        "shifts": set(version.shifts),
        "leave_kinds": set(version.leave_kinds),
        "forms": {form.id for form in version.forms},
        "provisions": {provision.id for provision in version.provisions},
        "norms": {placed.norm.id for placed in version.placed},
        **{kind: {placed.norm.id for placed in version.by_kind.get(kind, ())} for kind in _KINDS},
        "time_limit": {placed.norm.id for placed in version.placed if _limits(placed.norm)},
    }


def _limits(norm: Norm) -> bool:
    """Whether something may be extended: a limit, or a period within which something is done."""
    return isinstance(norm, TimeLimit) or (
        isinstance(norm, Period) and norm.of not in ("publicity", "objection_answer")
    )


def _references(policy: PolicyFile, norm: Norm) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Field, table and names of every reference that a norm makes."""
    if isinstance(norm, Procedure):
        steps = [step for stage in norm.stages for step in stage.steps]
        yield "stages", "steps", tuple(step.step for step in steps)
        yield "stages", "offices", tuple(step.office for step in steps if step.office)
    if isinstance(norm, Duties):
        yield "duties", "offices", tuple(duty.office for duty in norm.duties if duty.office)
    if isinstance(norm, Pricing):
        yield "bases", "papers", tuple(paper for base in norm.bases for paper in base.papers)
        yield "bases", "attachment_kinds", tuple(kind for base in norm.bases for kind in base.attachments)
    if isinstance(norm, Enumeration) and norm.of == "change_type":
        named = [value.value for value in norm.values]
        yield "needs_explanation", "change_types", tuple(each for each in norm.needs_explanation if each not in named)
        if policy.version.change_types:
            yield "values", "change_types", tuple(named)
    if isinstance(norm, Scope) and policy.version.funding_sources:
        yield "funding", "funding_sources", tuple(each.value for each in norm.funding)
    if isinstance(norm, ScoreSubItem):
        yield "further", "facts", tuple(each.measure for each in norm.further)
    if isinstance(norm, ScoreCombination | ScoreWeighting):
        yield "plus", "facts", tuple(mark.fact for mark in norm.plus)
    yield from _of_attendance(norm)
    for field, table in POINTS_INTO.get(norm.kind, {}).items():
        named = getattr(norm, field)
        yield field, table, (named,) if isinstance(named, str) else tuple(named or ())


def _of_attendance(norm: Norm) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if isinstance(norm, Duties | LeaveApproval):
        yield "stands_in", "offices", (*norm.stands_in, *norm.stands_in.values())
    if isinstance(norm, Record) and (norm.length or norm.due or norm.insured_hospital):
        yield "when", "leave_kinds", (norm.when,)
    if isinstance(norm, Evidence):
        yield "approved_by", "offices", tuple(norm.approved_by.values())
    if isinstance(norm, Quota):  # a reason in plain words needs no name
        yield "reasons", "values", tuple(each for each in norm.reasons if each.isascii())


def _missing(names: tuple[str, ...], table: str, known: _Defined, where: Route) -> Iterator[Problem]:
    for name in names:
        if not known.holds(table, name):
            yield _undefined(name, table, known.every(table), where)


def _undefined(name: str, table: str, known: set[str], where: Route) -> Problem:
    what, guess = _WHAT[table], did_you_mean(name, known)
    place = (
        Text("用这一种规范点", "as a norm of that kind") if table in _KINDS else Text(f"在 {table} 里", f"to {table}")
    )
    return Problem(
        where=where,
        message=Text(f"没有定义{what.zh} {name}", f"there is no {what.en} {name}"),
        fix=Text(
            f"{guess.zh}或{place.zh}补上它。" if guess.zh else f"{place.zh}补上它。",
            f"{guess.en} Or add it {place.en}." if guess.en else f"Add it {place.en}.",
        ),
    )
