"""Random measures and random facts: every total is what an oracle makes of the same words, which knows nothing of the engine."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any

from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.law.assessment_periods import PeriodAsked, period
from banshi.law.library import Law, to_version
from banshi.law.working_days import WorkingDays
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.loading import to_window
from banshi.subjects.assessment.score import Scorer

F, DAYS = Fraction, WorkingDays([ROOT / "policies"])
Rule = dict[str, Any]
HEAD = {
    "kind": "policy",
    "instrument": "nowhere/marks",
    "version": "2026-01-01",
    "title": "评定办法（虚构）",
    "jurisdiction": "nowhere",
    "jurisdiction_name": "无处（虚构）",
    "subject": "评定",
    "governs": ["assessment"],
    "dates": {"in_force": "2026-01-01", "known": "2026-01-01"},
    "status": "in_force",
    "validity": "unverified",
    "normative": True,
    "source": {"note": "虚构"},
}
MONTHS = {
    "id": "months",
    "kind": "assessment_period",
    "statement": "样例。",
    "period": "month",
    "start": {"month": 1, "day": 1},
    "end": {"month": 1, "day": 0},
    "times": 12,
}

halves = st.integers(0, 20).map(lambda n: Decimal(n) / 2)
points = st.integers(1, 10).map(lambda n: Decimal(n) / 4)


@st.composite
def bounds(draw: st.DrawFn, unit: str, most: int) -> dict[str, Any]:
    low, wide = draw(st.integers(1, most)), draw(st.integers(1, most))
    lower = {"value": low, "inclusive": draw(st.booleans())}
    upper = {"value": low + wide, "inclusive": draw(st.booleans())}
    return {"unit": unit, "lower": lower, **({"upper": upper} if draw(st.booleans()) else {})}


@st.composite
def banded(draw: st.DrawFn) -> Rule:
    ends = sorted(draw(st.sets(st.integers(1, 9), min_size=2, max_size=4)))
    bounds = [
        {"unit": "件", "lower": {"value": low, "inclusive": True}, "upper": {"value": high, "inclusive": False}}
        for low, high in pairwise(ends)
    ]
    return {"effect": "banded", "bands": [{"bound": bound, "points": draw(points)} for bound in bounds]}


def rates(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[Rule]:
    high = st.fixed_dictionaries({"value": st.integers(50, 100), "inclusive": st.booleans()})
    bound = st.fixed_dictionaries({"unit": st.just("%"), "upper": high})
    return st.fixed_dictionaries({"bound": bound, **more}, optional={"digits": st.integers(0, 2)})


def by_units(unit: str, **more: Any) -> st.SearchStrategy[Rule]:
    said = {key: st.just(value) for key, value in more.items()}
    return st.fixed_dictionaries({"effect": st.just("subtract"), "bound": bounds(unit, 4), "points": points, **said})


TAKING = st.one_of(
    by_units("件"),
    by_units("件", once=True),
    by_units("小时", pro_rata=True),
    st.fixed_dictionaries({"effect": st.just("subtract"), "points": points}),
    rates(effect=st.just("by_steps"), step=points, part=st.sampled_from(["up", "down", "exact"]), points=points),
    banded(),
)
WHOLE = st.one_of(
    st.fixed_dictionaries({"effect": st.just("zero"), "bound": bounds("件", 4)}),
    rates(effect=st.just("multiply")),
    rates(effect=st.just("multiply"), product_digits=st.integers(0, 2)),
)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """A rule of some kind; one that takes points takes at most so many now and then."""
    if draw(st.integers(0, 3)) == 0:
        return draw(WHOLE)
    rule = draw(TAKING)
    if rule["effect"] == "by_steps":
        rule["bound"]["upper"]["inclusive"] = False
    return {**rule, "at_most": draw(points) * 4} if draw(st.booleans()) else rule


@st.composite
def facts(draw: st.DrawFn, rule: Rule) -> Any:
    unit = rule["bands"][0]["bound"]["unit"] if "bands" in rule else rule.get("bound", {}).get("unit")
    if unit is None:
        return draw(st.booleans())
    if unit == "%":
        whole = draw(st.integers(1, 40))
        return {"count": draw(st.integers(0, whole)), "of": whole}
    return {"amount": str(draw(halves))} if rule.get("pro_rata") else draw(st.integers(0, 10))


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Norms, and the facts of a window."""
    norms, stated = [MONTHS], {}
    groups = [f"g{n}" for n in range(draw(st.integers(0, 2)))]
    for n, group in enumerate(groups):
        outer = {"part_of": groups[0]} if n and draw(st.booleans()) else {}
        norms.append({"id": group, "kind": "score_group", "statement": "样例。", "at_least": draw(points), "at_most": draw(points) * 12, **outer})  # fmt: skip
    for n in range(draw(st.integers(1, 4))):
        inside = {"part_of": draw(st.sampled_from(groups))} if groups and draw(st.booleans()) else {}
        least = {"floor": draw(st.sampled_from([0, 2]))} if draw(st.booleans()) else {}
        norms.append({"id": f"i{n}", "kind": "score_sub_item", "statement": "样例。", "item": "1", "marks": draw(st.integers(2, 30)), **least, **inside})  # fmt: skip
        for k in range(draw(st.integers(1, 2))):
            rule = draw(rules())
            fact = f"f{n}{k}"
            norms.append({"id": f"r{n}{k}", "kind": "score_rule", "statement": "样例。", "sub_item": f"i{n}", "fact": fact, **rule})  # fmt: skip
            stated[fact] = draw(facts(rule))
    ends = st.fixed_dictionaries({}, optional={"at_most": st.integers(20, 60), "at_least": st.integers(0, 15)})
    for part in ("base", "total"):
        if own := draw(ends):
            norms.append({"id": f"cap-{part}", "kind": "cap", "statement": "样例。", "of": part, "per": "month", **own})
    if draw(st.booleans()):
        norms.append({"id": "rounded", "kind": "score_total", "statement": "样例。", "digits": draw(st.integers(0, 2))})
    if draw(st.booleans()):
        norms.append({"id": "veto", "kind": "veto", "statement": "样例。", "fact": "bad", "score": draw(st.integers(0, 30)), "bound": draw(bounds("次", 3))})  # fmt: skip
        stated["bad"] = draw(st.integers(0, 4))
    return norms, stated


# the oracle: fractions, and the words of the norms as they stand


def within(bound: Rule, value: Fraction) -> bool:
    low, high = bound.get("lower"), bound.get("upper")
    if low and (value < F(low["value"]) or (value == F(low["value"]) and not low["inclusive"])):
        return False
    return not (high and (value > F(high["value"]) or (value == F(high["value"]) and not high["inclusive"])))


def rounded(value: Fraction, digits: int | None) -> Fraction:
    if digits is None:
        return value
    sign = -1 if value < 0 else 1
    return sign * F(floor(abs(value) * 10**digits + F(1, 2)), 10**digits)


def lost(rule: Rule, fact: Any) -> Fraction:
    """The points that a rule takes off."""
    each = F(rule.get("points", 0))
    if "bound" not in rule and "bands" not in rule:
        return each if fact else F(0)
    if rule.get("pro_rata"):
        amount, low, high = F(fact["amount"]), F(rule["bound"]["lower"]["value"]), rule["bound"].get("upper")
        return max(F(0), (min(amount, F(high["value"])) if high else amount) - low) * each
    if rule["effect"] == "by_steps":
        short = F(rule["bound"]["upper"]["value"]) - rounded(F(100 * fact["count"], fact["of"]), rule.get("digits"))
        steps = max(F(0), short) / F(rule["step"])
        if rule["part"] != "exact":
            steps = F(-floor(-steps) if rule["part"] == "up" else floor(steps))
        return steps * each
    if rule["effect"] == "banded":
        return sum((F(band["points"]) for band in rule["bands"] if within(band["bound"], F(fact))), F(0))
    if rule.get("once"):
        return each if within(rule["bound"], F(fact)) else F(0)
    return each * sum(within(rule["bound"], F(n)) for n in range(1, fact + 1))


def mark(item: Rule, own: list[Rule], stated: dict[str, Any]) -> Fraction:
    value = F(item["marks"])
    for rule in own:
        fact = stated[rule["fact"]]
        if rule["effect"] == "zero" and within(rule["bound"], F(fact)):
            return F(0)
        if rule["effect"] == "multiply":
            rate = F(fact["count"], fact["of"])
            percent = rounded(100 * rate, rule.get("digits"))
            if within(rule["bound"], percent):
                value = rounded(F(item["marks"]) * percent / 100, rule.get("product_digits"))
    for rule in own:
        if rule["effect"] not in ("zero", "multiply"):
            less = lost(rule, stated[rule["fact"]])
            value -= min(less, F(rule["at_most"])) if "at_most" in rule else less
    return max(value, F(item["floor"])) if "floor" in item else value


def limited(norm: Rule | None, value: Fraction) -> Fraction:
    value = min(value, F(norm["at_most"])) if norm and "at_most" in norm else value
    return max(value, F(norm["at_least"])) if norm and "at_least" in norm else value


def total(norms: list[Rule], stated: dict[str, Any]) -> Fraction:
    of: Callable[[str], list[Rule]] = lambda kind: [norm for norm in norms if norm["kind"] == kind]  # noqa: E731
    marks = {i["id"]: (i, mark(i, [r for r in of("score_rule") if r["sub_item"] == i["id"]], stated)) for i in of("score_sub_item")}  # fmt: skip

    def inside(group: str | None) -> Fraction:
        own = sum((value for item, value in marks.values() if item.get("part_of") == group), F(0))
        return own + sum((limited(g, inside(g["id"])) for g in of("score_group") if g.get("part_of") == group), F(0))

    caps = {cap["of"]: cap for cap in of("cap")}
    value = limited(caps.get("total"), limited(caps.get("base"), inside(None)))
    value = rounded(value, next((norm["digits"] for norm in of("score_total")), None))
    vetoed = [veto for veto in of("veto") if within(veto["bound"], F(stated["bad"]))]
    return F(vetoed[0]["score"]) if vetoed else value


def law(norms: list[Rule]) -> Law:
    names = {own: {"name": own} for norm in norms for own in (norm.get("fact"),) if own}
    provision = {"id": "1", "label": "一", "heading": "评定", "source": {"note": "虚构"}, "norms": norms}
    return Law((to_version({**HEAD, "facts": names, "provisions": [provision]}),), "nowhere")


@examples(120)
@given(trees())
def test_a_total_is_what_the_oracle_says(tree: tuple[list[Rule], dict[str, Any]]) -> None:
    norms, stated = tree
    own = law(norms)
    found = period(own, PeriodAsked("month", 2026, 3))
    assert found is not None
    scorer = Scorer(AssessmentBook(own), found, DAYS)
    score = scorer.score(to_window({"id": "W", "name": "W", "facts": stated}))
    assert score.total.value is not None, [reason.text.en for reason in score.total.reasons]
    assert abs(F(score.total.value) - total(norms, stated)) < F(1, 10**9)


@examples(40)
@given(trees(), st.integers(0, 9))
def test_what_is_not_stated_leaves_a_range_that_holds_every_total(
    tree: tuple[list[Rule], dict[str, Any]], n: int
) -> None:
    norms, stated = tree
    own = law(norms)
    found = period(own, PeriodAsked("month", 2026, 3))
    assert found is not None
    scorer, hidden = Scorer(AssessmentBook(own), found, DAYS), sorted(stated)[n % len(stated)]
    known = {slug: fact for slug, fact in stated.items() if slug != hidden}
    score = scorer.score(to_window({"id": "W", "name": "W", "facts": known}))
    assert (
        score.at_least - Decimal("1e-9")
        <= Decimal(0) + _decimal(total(norms, stated))
        <= score.at_most + Decimal("1e-9")
    )
    if score.total.value is not None:
        assert abs(F(score.total.value) - total(norms, stated)) < F(1, 10**9)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def test_a_rate_that_a_rule_rounds_is_multiplied_as_it_is_rounded() -> None:
    """Worked out by hand: 5 of 6 is 83.3%, of 10 marks 8.33; compared and multiplied alike, and told so."""
    norms: list[Rule] = [
        MONTHS,
        {"id": "i", "kind": "score_sub_item", "statement": "样例。", "item": "1", "marks": 10},
        {"id": "r", "kind": "score_rule", "statement": "样例。", "sub_item": "i", "fact": "f", "effect": "multiply",
         "bound": {"unit": "%", "upper": {"value": 100, "inclusive": False}}, "digits": 1},
    ]  # fmt: skip
    own = law(norms)
    found = period(own, PeriodAsked("month", 2026, 3))
    assert found is not None
    score = Scorer(AssessmentBook(own), found, DAYS).score(
        to_window({"id": "W", "name": "W", "facts": {"f": {"count": 5, "of": 6}}})
    )
    assert score.total.value == Decimal("8.33")
    said = [reason.text.zh for line in score.lines for reason in line.mark.reasons]
    assert "10 × 83.3% ＝ 8.33" in said
