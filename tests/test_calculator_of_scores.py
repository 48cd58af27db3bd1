"""The calculator of scores reckons one fact as the engine does: three centres and drawn rules, by chance and at every bound."""

import datetime
import random
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from calculating import CENTRES, NODE, Script, number, ruling, script
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lengths import LONG, examples, longer
from test_random_score_trees import DAYS, Rule, law, points, trees

from banshi.base.money import plain
from banshi.law.assessment_periods import PeriodAsked, YearPeriod, law_for, period
from banshi.law.decisions import Reason
from banshi.law.library import Law, Library
from banshi.law.norms import Adjustment, ScoreRule
from banshi.law.otherwise import about, elsewhere
from banshi.law.working_days import WorkingDays
from banshi.site.calculators import scores
from banshi.site.calculators.data import Cites, Node
from banshi.site.calculators.laws import calendar, changes
from banshi.subjects.assessment.base import asked_for, proposed, reckoned
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.context import Context
from banshi.subjects.assessment.extras import bonus, capped, deductions
from banshi.subjects.assessment.facts import Facts
from banshi.subjects.assessment.forms import Bonus, Deduction, Fact, Window
from banshi.subjects.assessment.judging import judge
from banshi.subjects.assessment.readings import READ
from banshi.subjects.assessment.vetoes import vetoes_of

MANY = 10_200 // len(ruling("assessment")) if LONG else 120  # questions a centre
Given = dict[str, Any]
Told = list[Any]
_ENDS = {"month": 12, "quarter": 4, "half_year": 2, "year": 1}
pytestmark = pytest.mark.skipif(NODE is None, reason="no node here: the calculators' script is not compared")


@pytest.fixture(scope="module")
def asked() -> Iterator[Script]:
    with script("calculate-scores.js") as started:
        yield started


class Centre:
    """A centre's law, days and data, and the figures at which answers turn."""

    def __init__(self, name: str) -> None:
        folders = [CENTRES[name], ROOT / "policies"]
        self.name, self.library, self.days = name, Library(folders), WorkingDays(folders)
        data = scores.calculators(self.library, self.days, name, Cites(lambda _instrument, _version: True))
        assert data is not None
        self.data, self.turns = data, changes(self.library, name, "assessment")
        laws = [law for day in self.turns if (law := self.library.at(day, name).law("assessment"))]
        self.facts = {
            fact["id"]: fact["sort"] for law in laws for fact in scores.answers(law, Cites(lambda *_: True))["facts"]
        }
        self.ends = sorted({end for law in laws for rule in law.all(ScoreRule) for end in _ends(rule.norm)})


def _ends(rule: ScoreRule) -> Iterator[Decimal]:
    for bound in (rule.bound, *(band.bound for band in rule.bands)):
        yield from (end.value for end in (bound and bound.lower, bound and bound.upper) if end)


@cache
def centre(name: str) -> Centre:
    return Centre(name)


def value(draw: random.Random, sort: str, ends: list[Decimal]) -> Given:
    near = draw.choice(ends or [Decimal(1)]) + draw.choice([Decimal(0), Decimal(1), Decimal("0.5"), Decimal(-1)])
    some = int(max(Decimal(0), draw.choice([near, Decimal(draw.randint(0, 40))])))
    if sort == "rate":
        whole = draw.choice([0, 1, 10, 100, 120, draw.randint(1, 400)])
        part = draw.choice([whole, round(whole * float(near) / 100), draw.randint(0, whole + 1)])
        return {"part": str(max(0, part)), "whole": str(whole)}
    if sort == "found":
        return {"found": draw.choice(["yes", "no"])}
    if sort == "amount":
        return {"amount": plain(max(Decimal(0), draw.choice([near, Decimal(draw.randint(0, 4000)) / 100])))}
    return {"count": str(some)}


def fact_of(sort: str, given: Given, day: datetime.date) -> Fact:
    if sort == "rate":
        return Fact(count=int(given["part"]), of=int(given["whole"]), approved_on=day)
    if sort == "found":
        return Fact(found=given["found"] == "yes")
    if sort == "amount":
        return Fact(amount=Decimal(given["amount"]))
    return Fact(days={day: int(given["count"])}) if sort == "days" else Fact(count=int(given["count"]))


# what the engine says


def candidates(of: Centre, day: datetime.date) -> dict[PeriodAsked, tuple[Law, YearPeriod]]:
    names = [
        PeriodAsked(kind, year, n + 1)
        for kind, many in _ENDS.items()
        for n in range(many)
        for year in (day.year, day.year + 1)
    ]  # type: ignore[arg-type]
    found = {name: law_for(of.library, of.name, name) for name in names}
    return {name: each for name, each in found.items() if each and day in each[1]}


def led_to(own: Law, during: YearPeriod, days: WorkingDays, given: Given) -> Given:
    """What a fact leads to, as the script answers it."""
    book, slug, day = AssessmentBook(own), given["fact"], datetime.date.fromisoformat(given["happened"])
    sort, context = book.sorts.get(slug, "count"), Context(book, during, days)
    if not context.counts(day):
        return {"items": [], "adds": [], "vetoes": [], "early": True}
    stated = {slug: fact_of(sort, given, day)} if slug in book.sorts else {}
    facts = Facts(Window("1", "甲", facts=stated), 0, context)
    items = [row for placed in book.sub_items if (row := item_said(placed, slug, facts, context)) is not None]
    adds = list(adds_said(slug, sort, given, facts, context)) + list(rates_said(slug, facts, context))
    vetoes = [plain(v.placed.norm.score) for v in vetoes_of(book, facts) if v.found and v.placed.norm.fact == slug]
    return {"items": items, "adds": adds, "vetoes": vetoes}


def item_said(placed: Any, slug: str, facts: Facts, context: Context) -> Told | None:
    book, item = context.book, placed.norm.id
    own = (
        []
        if placed.norm.manual
        else [judge(r, facts, context) for r in book.rules.get(item, ()) if r.norm.fact == slug]
    )
    also = (judge(r, facts, context) for r in book.also.get(item, ()) if r.norm.fact == slug)
    elsewhere_ = [o for o in also if o.effect == "zero"]
    rules, asks = book.rules.get(item, ()), {placed.norm.measure, *(m.measure for m in placed.norm.further)}
    if placed.norm.manual or not rules:
        advice = list(proposed(placed, facts, context)) if placed.norm.measure == slug and not elsewhere_ else []
        if advice or not elsewhere_:
            return [item, None, said(advice), False] if advice else None
    outcomes = [*elsewhere_, *own]
    if not outcomes and (slug not in asks or placed.norm.manual or not rules):
        return None
    if rules and not placed.norm.manual and not any(o.effect == "zero" for o in outcomes):
        outcomes += besides(placed, slug, facts, context)
    for effect, mark in (("zero", "0"), ("unknown", None)):
        if told := [o.reason for o in outcomes if o.effect == effect]:
            return [item, mark, said(told), effect == "zero" and book.forfeits_all]
    found, why = reckoned(placed, outcomes, facts, context)
    return [item, plain(found), said(why), False]


def besides(placed: Any, slug: str, facts: Facts, context: Context) -> list[Any]:
    """What becomes of a mark by the figures that its sub-item asks for."""
    norm, by_rule = placed.norm, {rule.norm.fact for rule in context.book.rules.get(placed.norm.id, ())}
    asked = [norm.bound] if norm.measure == slug and norm.bound and slug not in by_rule else []
    asked += [further.bound for further in norm.further if further.measure == slug]
    return [outcome for bound in asked for outcome in asked_for(placed, slug, bound, facts, context)]


def adds_said(slug: str, sort: str, given: Given, facts: Facts, context: Context) -> Iterator[Told]:
    for (scale, fact), placed in context.book.adjustments.items():
        if fact != slug or sort != "count":
            continue
        entry = entered(placed.norm, int(given["count"]), given["happened"])
        key = "bonus" if scale == "bonus" else "deductions"
        window = Window("1", "甲", **{key: (entry,)})
        settled = (bonus if scale == "bonus" else deductions)(Facts(window, 0, context), context)
        yield add_said(scale, settled.entries[0], context)


def rates_said(slug: str, facts: Facts, context: Context) -> Iterator[Told]:
    for entry in bonus(facts, context).entries:
        if entry.fact == slug and entry.placed and entry.placed.norm.kind == "rate_bonus":
            yield add_said("bonus", entry, context)


def add_said(scale: Any, entry: Any, context: Context) -> Told:
    total, why = capped(scale, entry.points, context)
    return [entry.placed.norm.id, plain(entry.points), said(entry.reasons), plain(total), said(why)]


def entered(norm: Adjustment, count: int, day: str) -> Bonus | Deduction:
    """An entry that meets everything its norm asks but the sort of day."""
    on = datetime.date.fromisoformat(day)
    low = norm.bound and (norm.bound.lower or norm.bound.upper)
    common = {
        "fact": norm.fact,
        "on": on,
        "count": count,
        "evidence": "-",
        "by": norm.by[0] if norm.by else None,
        "level": "nation" if norm.level else None,
        "times": int(low.value) + (not low.inclusive) if low else None,
        "at": "23:59" if norm.after else None,
        "verified_by": norm.verified_by[0] if norm.verified_by else "x",
        "points": norm.points if norm.as_recorded else None,
    }
    if norm.scale == "bonus":
        return Bonus(**common, matter="m", approved_on=on)
    return Deduction(**common, event="e")


def said(reasons: Any) -> Told:
    return [[r.text.zh, r.basis.url if r.basis else None] for r in reasons if isinstance(r, Reason)]


def key(led: Given) -> Told:
    items = [[item, mark, forfeits] for item, mark, _, forfeits in led["items"]]
    return [items, [[norm, total] for norm, _, _, total, _ in led["adds"]], led["vetoes"], "early" in led]


def expected(own: Law, during: YearPeriod, days: WorkingDays, given: Given) -> Given:
    main = led_to(own, during, days, given)
    others = []
    for other in elsewhere(own, about(own, *READ)):
        if key(led_to(other.law, during.in_law(other.law), days, given)) != key(main):
            others.append([other.question, other.option])
    return {**{part: main[part] for part in ("items", "adds", "vetoes")}, "others": others}


def kept(answer: Node) -> Given:
    return {**(answer["led"] or {}), "others": [other[:2] for other in answer["others"]]}


@cache
def known(own: Law) -> set[str]:
    """The facts that a law has something to say of."""
    return {fact["id"] for fact in scores.answers(own, Cites(lambda *_: True))["facts"]}


def compare(asked: Script, of: Centre, given: list[Given]) -> None:
    days = of.days.in_place(of.name)
    for question, answer in zip(given, asked.answers(of.data, [("scores", each) for each in given]), strict=True):
        day = datetime.date.fromisoformat(question["happened"])
        found = candidates(of, day)
        if answer["period"] is None:
            assert not found, question
            continue
        kind, year, n, *ends = answer["period"]
        judged_by, during = found[PeriodAsked(kind, year, n)]
        assert ends == [number(during.start), number(during.end), number(during.first_day)], question
        if question["fact"] in known(judged_by):
            assert kept(answer) == expected(judged_by, during, days, question), question


@longer
@pytest.mark.parametrize("name", ruling("assessment"))
def test_a_fact_is_reckoned_as_the_engine_reckons_it(asked: Script, name: str) -> None:
    of, draw = centre(name), random.Random(name)
    given = []
    for _ in range(MANY):
        near = draw.choice(of.turns) + datetime.timedelta(draw.randint(-200, 200))
        day = draw.choice([near, datetime.date(2009, 1, 1) + datetime.timedelta(draw.randint(0, 7_000))])
        fact = draw.choice(list(of.facts))
        given.append({"happened": day.isoformat(), "fact": fact, **value(draw, of.facts[fact], of.ends)})
    compare(asked, of, given)


# rules drawn by chance

adjusting = st.fixed_dictionaries(
    {"scale": st.sampled_from(["bonus", "deduction"]), "points": points, "per": st.just("件")},
    optional={
        "cap": points,
        "once_per_matter": st.just(True),
        "days": st.sampled_from(["working_days", "days_off"]),
    },
)
extras = st.lists(adjusting, max_size=2)
rate_bonus = st.fixed_dictionaries(
    {"above": st.integers(10, 90), "above_inclusive": st.booleans(), "points": points, "step": st.sampled_from([1, 3])},
    optional={"cap": points, "part": st.just("exact"), "onto": st.just("base")},
)


def with_extras(norms: list[Rule], more: list[Rule], over: Rule | None) -> list[Rule]:
    own = [
        {"id": f"a{n}", "kind": "adjustment", "statement": "。", "fact": f"more{n}", **a} for n, a in enumerate(more)
    ]
    rates = [r["fact"] for r in norms if r.get("bound", {}).get("unit") == "%"]
    beyond = (
        [{"id": "over", "kind": "rate_bonus", "statement": "。", "rates": rates[:1], **over}] if over and rates else []
    )
    return [*norms, *own, *beyond]


def written(fact: Any) -> Given:
    """A stated fact as the script is asked about it."""
    if isinstance(fact, bool):
        return {"found": "yes" if fact else "no"}
    if isinstance(fact, dict):
        return (
            {"part": str(fact["count"]), "whole": str(fact["of"])}
            if "of" in fact
            else {"amount": plain(Decimal(fact["amount"]))}
        )
    return {"count": str(fact)}


@examples(300, 20)
@given(
    trees(),
    extras,
    st.none() | rate_bonus,
    st.integers(0, 9),
    st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)),
)
def test_any_fact_is_reckoned_alike(
    asked: Script, tree: tuple[list[Rule], Given], more: list[Rule], over: Rule | None, n: int, day: datetime.date
) -> None:
    norms, stated = tree
    own = law(with_extras(norms, more, over))
    place = {"x": {"calendar": 0, "spans": [{"from": "2026-01-01", "laws": [0]}]}}
    shown = {key: centre("luzhou").data[key] for key in ("calculators", "asks", "names")}
    cites = Cites(lambda *_: True)
    rows = [scores.answers(own, cites)]
    data = {**shown, "places": place, "calendars": [calendar(DAYS)], "laws": rows, "cites": cites.rows}
    values = {
        **{fact: written(value) for fact, value in stated.items()},
        **{f"more{k}": {"count": str(n)} for k in range(len(more))},
    }
    given = [{"happened": day.isoformat(), "fact": fact, **value} for fact, value in values.items()]
    found = period(own, PeriodAsked("month", 2026, day.month))
    assert found is not None
    for question, answer in zip(given, asked.answers(data, [("scores", each) for each in given]), strict=True):
        assert kept(answer) == expected(own, found, DAYS, question), question
