"""Rulebooks drawn by chance, of any kinds of norm and fields that their types allow, sound or not: no answer is silent.

A decision has a value and cites what it rests on, or has none and says why; nothing breaks. What another reading leads to is
what the law with that reading decides.
"""

import datetime
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from mutations import KINDS

from banshi.base.folders import shipped
from banshi.checking.declared_uses import UNITS
from banshi.files.shape import Shapes
from banshi.law.decisions import Decision
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Law, to_version
from banshi.law.norms import Norm
from banshi.law.otherwise import elsewhere
from banshi.law.working_days import WorkingDays
from banshi.subjects.attendance.punch_windows import windows_on
from banshi.subjects.attendance.working_time import asked, missing
from banshi.subjects.change.deadlines import due
from banshi.subjects.change.publicity import publicity_end
from banshi.subjects.change.tier_measures import TierQuestion
from banshi.subjects.change.tiers import decide_tier

SHAPES = Shapes([shipped("schemas")])
DAYS = WorkingDays([shipped("policies")])
TIERS, STEPS, OFFICES, CRITERIA = (
    ("small", "middle", "large"),
    ("review", "approve"),
    ("board", "office"),
    ("height", "use"),
)
UNIT_WORDS = sorted({word for unit in UNITS for word in unit.units} | {"件", "月"})
figures = st.integers(0, 40).map(Decimal)
POOLS = {
    "tier": TIERS,
    "steps": STEPS,
    "step": STEPS,
    "before": STEPS,
    "after": STEPS,
    "office": OFFICES,
    "offices_without_limit": OFFICES,
    "criteria": CRITERIA,
    "classes": ("grave", "slight"),
    "groups": ("clerks", "guards"),
    "shift": ("night",),
    "of": ("publicity", "objection_answer"),
    "requires": ("extension_reason",),
    "unit": tuple(UNIT_WORDS),
}
CHANGE = (
    "approval_gate",
    "approval_tier",
    "class_tier",
    "tier_choice",
    "procedure",
    "publicity",
    "period",
    "time_limit",
)
HOURS = ("punch_window", "working_time")


def values(info: Any, name: str) -> st.SearchStrategy[Any]:
    """Any value that a type allows; words from a few, so that norms speak of the same things."""
    match info:
        case msgspec.inspect.UnionType():
            found = st.one_of([values(one, name) for one in info.types])
        case msgspec.inspect.Metadata():
            found = values(info.type, name)
        case msgspec.inspect.LiteralType():
            found = st.sampled_from(info.values)
        case msgspec.inspect.StructType():
            found = part(info.cls)
        case msgspec.inspect.VarTupleType():
            found = st.lists(values(info.item_type, name), max_size=2, unique_by=repr)
        case msgspec.inspect.DictType():
            found = st.dictionaries(st.sampled_from(("city", "county")), values(info.value_type, name), max_size=2)
        case msgspec.inspect.StrType():
            found = clocks if info.pattern else st.sampled_from(POOLS.get(name, ("this", "that")))
        case _:
            found = SIMPLE[type(info)]
    return found


clocks = st.tuples(st.integers(0, 23), st.sampled_from((0, 30))).map(lambda t: f"{t[0]:02}:{t[1]:02}")
SIMPLE: dict[type, st.SearchStrategy[Any]] = {
    msgspec.inspect.NoneType: st.none(),
    msgspec.inspect.BoolType: st.booleans(),
    msgspec.inspect.IntType: st.integers(1, 7),
    msgspec.inspect.DecimalType: figures,
    msgspec.inspect.DateType: st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)),
}


def part(kind: type[Any]) -> st.SearchStrategy[Any]:
    """A part of a norm: what is required, and some of the rest."""
    fields = [f for f in msgspec.inspect.type_info(kind).fields if f.name not in ("id", "statement", "inventory")]  # type: ignore[attr-defined]
    required = {f.name: values(f.type, f.name) for f in fields if f.required}
    optional = {f.name: values(f.type, f.name) for f in fields if not f.required}
    return st.fixed_dictionaries(required, optional=optional)


@st.composite
def rulebooks(draw: st.DrawFn, kinds: tuple[str, ...], most: int = 8) -> Law:
    """A law of a few norms of these kinds; sometimes with a question on one of their fields."""
    drawn = draw(
        st.lists(st.sampled_from(kinds).flatmap(lambda k: st.tuples(st.just(k), part(KINDS[k]))), max_size=most)
    )
    norms = [fitting({"id": f"n{n}", "kind": kind, "statement": "。", **said}) for n, (kind, said) in enumerate(drawn)]
    known = [norm for norm in norms if norm is not None]
    return Law((version(known, draw(st.lists(st.sampled_from(known), max_size=2)) if known else []),), "x")


def fitting(data: dict[str, Any]) -> dict[str, Any] | None:
    """A norm's data where its type and the schema take them."""
    try:
        msgspec.convert(data, KINDS[data["kind"]])
    except msgspec.ValidationError:
        return None
    whole = file([{key: value for key, value in data.items() if value is not None}], [])
    return data if next(SHAPES.roughly(whole, "policy"), None) is None else None


def version(norms: list[dict[str, Any]], unclear: list[dict[str, Any]]) -> PolicyVersion:
    """An instrument of these norms; the unclear ones may be read as the last one of their kind."""
    return to_version(file(norms, unclear))


def file(norms: list[dict[str, Any]], unclear: list[dict[str, Any]]) -> dict[str, Any]:
    names = {slug: {"name": slug} for slug in (*TIERS, *STEPS, *CRITERIA)}
    return {
        "kind": "policy",
        "instrument": "x/rules",
        "version": "2026-01-01",
        "title": "办法",
        "jurisdiction": "x",
        "jurisdiction_name": "某地",
        "subject": "变更",
        "dates": {"in_force": "2026-01-01"},
        "status": "in_force",
        "validity": "unverified",
        "normative": True,
        "source": {"note": "。"},
        "tiers": {slug: names[slug] for slug in TIERS},
        "steps": {slug: names[slug] for slug in STEPS},
        "provisions": [{"id": "1", "label": "一", "heading": "规定", "source": {"note": "。"}, "norms": norms}],
        "readings": [reading(n, norm, norms) for n, norm in enumerate(unclear)],
    }


def reading(n: int, norm: dict[str, Any], norms: list[dict[str, Any]]) -> dict[str, Any]:
    twin = next(other for other in reversed(norms) if other["kind"] == norm["kind"])
    fields = {key: value for key, value in twin.items() if key not in ("id", "kind", "statement")}
    said = {"id": f"q{n}", "question": "怎么读？", "options": {"a": "甲", "b": "乙"}, "default": "a", "ground": "。"}
    return {**said, "computed": True, "norms": {"b": {norm["id"]: fields}}}


questions = st.builds(
    TierQuestion,
    single=figures,
    cumulative=figures,
    single_gross=figures,
    cumulative_gross=figures,
    cumulative_governed=figures,
    single_absolute=st.none() | figures,
    cumulative_absolute=st.none() | figures,
    bid_price=st.none() | figures,
    contract_price=st.none() | figures,
    provisional_sum=st.none() | figures,
    change_class=st.none() | st.sampled_from(("grave", "slight")),
    criteria=st.none() | st.lists(st.sampled_from(CRITERIA), max_size=2).map(tuple),
)
days = st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 11, 30))


def speaks(decision: Decision[Any]) -> None:
    """It has a value and what it rests on, or none and why."""
    assert decision.reasons
    assert all(reason.text.zh for reason in decision.reasons)
    if decision.determined:
        assert decision.basis


def reads_both_ways(law: Law, decision: Decision[Any], decide: Any) -> None:
    """What is told of another reading is what is decided under it; where it differs, it is told."""
    told = {(other.reading, other.option): other.value for other in decision.alternatives}
    for other in elsewhere(law, law.readings):
        there = decide(other.law).value
        if decision.determined and there is not None:
            assert told.get((other.question, other.option), decision.value) == there


@given(rulebooks(CHANGE), questions)
def test_a_tier_is_told_with_its_norms_or_not_at_all(law: Law, question: TierQuestion) -> None:
    decision = decide_tier(law, question)
    speaks(decision)
    assert decision.value in (None, *TIERS)
    reads_both_ways(law, decision, lambda read: decide_tier(read, question))


@given(rulebooks(CHANGE), days, st.none() | st.sampled_from(TIERS))
def test_publicity_ends_by_a_norm_or_not_at_all(law: Law, day: datetime.date, tier: str | None) -> None:
    decision = publicity_end(law, DAYS, day, tier)
    speaks(decision)
    reads_both_ways(law, decision, lambda read: publicity_end(read, DAYS, day, tier))


@given(rulebooks((*CHANGE, "extension")), days, days, st.sampled_from(STEPS), st.booleans())
def test_a_step_is_due_by_a_norm_or_not_at_all(
    law: Law, complete: datetime.date, accepted: datetime.date, step: str, major: bool
) -> None:
    decision = due(law, DAYS, step, complete, accepted, major=major)
    speaks(decision)
    reads_both_ways(law, decision, lambda read: due(read, DAYS, step, complete, accepted, major=major))


@given(rulebooks(HOURS), days, st.sampled_from(("clerks", "guards")), st.sampled_from(("", "night")))
def test_a_day_has_windows_or_says_why_not(law: Law, day: datetime.date, group: str, shift: str) -> None:
    found = windows_on(law, group, day, shift)
    assert found.problem is None or found.problem.zh
    placed = asked(law, group, day, shift)
    if placed is not None:
        short = missing(placed, (8 * 3600, 17 * 3600))
        assert short is None or (short[0] > 0 and short[1].basis == placed.cite)


def test_every_kind_can_be_drawn() -> None:
    for kind in KINDS.values():
        assert issubclass(kind, Norm)
        part(kind)
