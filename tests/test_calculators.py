"""The calculators on the pages of guides answer as the engine does: their script is asked the same, by chance and at every bound."""

import datetime
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from calculating import CENTRES, NODE, Answer, Given, Question, Script, planned, ruling, said, script
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lengths import LONG, examples, longer
from test_random_rulebooks import CHANGE, DAYS, STEPS, TIERS, questions, rulebooks
from test_random_rulebooks import days as any_day

from banshi.base.money import plain
from banshi.base.text import NOTHING
from banshi.law.decisions import Decision, Reason
from banshi.law.gaps import nothing_in_force
from banshi.law.library import Law, Library
from banshi.law.norms import ApprovalTier
from banshi.law.working_days import WorkingDays
from banshi.site.calculators import change
from banshi.site.calculators.data import Cites, Node
from banshi.site.calculators.laws import calendar, changes
from banshi.subjects.change.deadlines import due
from banshi.subjects.change.figures import Figures, unit_doubtful
from banshi.subjects.change.publicity import not_public, publicity_end
from banshi.subjects.change.tier_measures import TierQuestion
from banshi.subjects.change.tiers import decide_tier

MANY = 10_200 // len(ruling("change")) if LONG else 200  # questions a calculator and centre
LAWS = examples(300, 20)  # drawn by chance for a calculator
date = datetime.date.fromisoformat
pytestmark = pytest.mark.skipif(NODE is None, reason="no node here: the calculators' script is not compared")


@pytest.fixture(scope="module")
def asked() -> Iterator[Script]:
    with script() as started:
        yield started


class Centre:
    """A centre's law and days, its calculators' data, and the bounds at which answers turn."""

    def __init__(self, name: str) -> None:
        folders = [CENTRES[name], ROOT / "policies"]
        self.name, self.library, self.days = name, Library(folders), WorkingDays(folders)
        data = change.calculators(self.library, self.days, name, Cites(lambda instrument, version: True))
        assert data is not None
        self.data = data
        self.places: list[str] = list(data["places"])
        self.bounds = sorted({bound for law in self.laws for bound in _bounds(law)})
        self.turns = sorted({day for place in self.places for day in changes(self.library, place, "change")})

    @property
    def laws(self) -> list[Law]:
        found = (self.law(place, day) for place in self.places for day in changes(self.library, place, "change"))
        return [law for law in found if law is not None]

    def law(self, place: str, day: datetime.date, filed: datetime.date | None = None) -> Law | None:
        return self.library.at(max(day, filed or day), place, filed_on=filed).law("change")


@cache
def centre(name: str) -> Centre:
    return Centre(name)


def _bounds(law: Law) -> Iterator[tuple[Decimal, bool]]:
    for placed in law.all(ApprovalTier):
        for end in (placed.norm.bounds.lower, placed.norm.bounds.upper):
            if end is not None:
                yield end.value, placed.norm.base is not None


class Chance:
    """Questions drawn by chance: at the bounds as often as between them."""

    def __init__(self, of: Centre) -> None:
        self.of, self.draw = of, random.Random(of.name)

    def maybe(self, value: Any, often: float = 0.5) -> Any:
        return value if self.draw.random() < often else None

    def day(self) -> datetime.date:
        near = self.draw.choice(self.of.turns) + datetime.timedelta(self.draw.randint(-3, 3))
        far = datetime.date(2005, 1, 1) + datetime.timedelta(self.draw.randint(0, 8_500))
        late = datetime.date(2026, 1, 1) + datetime.timedelta(self.draw.randint(0, 400))
        return self.draw.choice([near, far, late, late])

    def amount(self, price: Decimal) -> Decimal:
        value, share = self.draw.choice(self.of.bounds)
        at = (value * price if share else value).quantize(Decimal("0.01"))
        some = Decimal(self.draw.randint(0, 10**9)) / 100
        return max(Decimal(0), self.draw.choice([at, at + Decimal("0.01"), at - Decimal("0.01"), some, Decimal(0)]))

    def price(self) -> Decimal:
        return Decimal(self.draw.choice([0, 1_000_000, 2_000_000, 5_000_000, self.draw.randint(1, 10**8)]))

    def place(self) -> str:
        return str(self.draw.choice(self.of.places))

    def figures(self) -> Given:
        price = self.price()
        asked = {
            "net": self.signed(price),
            "bid_price": self.maybe(plain(price), 0.9),
            "contract_price": self.maybe(plain(price), 0.9),
            "provisional_sum": self.maybe(self.written(price), 0.8),
            "cumulative": self.maybe(self.signed(price)),
            **{key: self.maybe(self.written(price)) for key in _MORE},
        }
        return {key: value for key, value in asked.items() if value is not None}

    def written(self, price: Decimal) -> str:
        return plain(self.amount(price or Decimal(1)))

    def signed(self, price: Decimal) -> str:
        amount = self.amount(price or Decimal(1))
        return plain(-amount if amount and self.draw.random() < 0.3 else amount)


_MORE = ("increase", "cumulative_increase", "decrease", "cumulative_decrease")
_AMOUNTS = ("net", "bid_price", "contract_price", "provisional_sum", "cumulative", *_MORE)


def figures_of(given: Given) -> Figures:
    """The same figures as the command line hands them over."""
    criteria = given.get("criteria")
    return Figures(
        **{key: Decimal(given[key]) for key in _AMOUNTS if key in given},
        change_class=given.get("change_class"),
        criteria=None if criteria is None else tuple(criteria),
    )


def answer_of_tier(of: Centre, given: Given) -> Answer | None:
    """What the engine answers, and what it says of doubtful units; None where nothing is in force."""
    law = of.law(given["place"], date(given["on"]))
    if law is None:
        return None
    figures = figures_of(given)
    decision, doubt = decide_tier(law, figures.question), unit_doubtful(figures)
    answer = {**said(decision), "doubt": doubt.zh if doubt else None}
    if decision.value is not None:
        done = {key[5:]: date(value) for key, value in given.items() if key.startswith("done-")}
        days, start = of.days.in_place(given["place"]), date(given.get("complete") or given["on"])
        answer |= planned(law, days, decision.value, start, done, major=given.get("major") == "yes")
    return answer


def nothing(answer: Answer) -> bool:
    return answer["value"] is None and not answer["reasons"]


def apart(answer: Answer) -> Answer:
    """An answer without what was asked on the way to it and what may move a day, which decisions do not say."""
    return {
        key: value for key, value in answer.items() if key not in ("asked", "notes", "sheet", "day", "led", "period")
    }


def compare(asked: Script, data: Node, given: list[Question], expected: Sequence[Answer | None]) -> None:
    got = asked.answers(data, given)
    wrong = [
        (question, answer, wanted)
        for question, answer, wanted in zip(given, got, expected, strict=True)
        if (apart(answer) != wanted if wanted is not None else not nothing(answer))
    ]
    assert wrong[:1] == [], f"{len(wrong)} of {len(given)}"


@longer
@pytest.mark.parametrize("name", ruling("change"))
def test_a_tier_and_its_days_are_those_of_the_engine(asked: Script, name: str) -> None:
    of, chance = centre(name), Chance(centre(name))
    questions_: list[Question] = []
    for _ in range(MANY):
        day, place = chance.day(), chance.place()
        law = of.law(place, day)
        given = {"on": day.isoformat(), "place": place, **chance.figures()}
        if law is not None:
            kinds, criteria = list(law.classes), list(law.criteria)
            given["criteria"] = chance.maybe([one for one in criteria if chance.draw.random() < 0.3], 0.8)
            given["change_class"] = chance.maybe(chance.draw.choice(kinds), 0.8) if kinds else None
            steps = chance.draw.sample(list(law.steps), 1)
            done = day + datetime.timedelta(chance.draw.randint(-5, 60))
            given |= {f"done-{step}": done.isoformat() for step in steps if chance.draw.random() < 0.4}
        given["major"] = chance.maybe("yes", 0.3)
        given["complete"] = chance.maybe((day + datetime.timedelta(chance.draw.randint(0, 40))).isoformat())
        questions_.append(("tier", {key: value for key, value in given.items() if value is not None}))
    compare(asked, of.data, questions_, [answer_of_tier(of, given) for _, given in questions_])


def test_only_what_the_law_of_the_day_needs_is_asked(asked: Script) -> None:
    on = {"on": "2026-03-02", "net": "30000"}
    luzhou = {"bid_price", "provisional_sum", "net", "cumulative", "increase", "cumulative_increase", "complete", "on"}
    needs = {
        "luzhou": luzhou | {"major"},
        "linjiang": {"net", "cumulative", "increase", "cumulative_increase", "decrease", "cumulative_decrease"}
        | {"contract_price", "provisional_sum", "criteria"},
        "qinghe": {"bid_price", "net", "cumulative", "increase", "cumulative_increase", "complete", "on"},
    }
    for name, wanted in needs.items():
        given = {**on, **({} if name == "linjiang" else {"bid_price": "5000000", "provisional_sum": "0"})}
        [answer] = asked.answers(centre(name).data, [("tier", given)])
        assert set(answer["asked"]) == wanted, name


def test_an_increase_that_is_not_given_follows_from_net_and_decrease(asked: Script) -> None:
    of, on, price = centre("luzhou"), "2012-03-05", {"bid_price": "5000000", "provisional_sum": "0"}
    two = [
        {"on": on, "place": "luzhou", "net": "50000", **price, **more}
        for more in ({"decrease": "550000"}, {"increase": "600000", "decrease": "550000"})
    ]
    expected = [answer_of_tier(of, given) for given in two]
    assert expected[0] == expected[1] and expected[0]["others"]
    compare(asked, of.data, [("tier", given) for given in two], expected)


def test_what_may_move_a_day_is_said_with_it(asked: Script) -> None:
    pause, longer = "补正的时间不计入时限，有的往后顺延", "审查可以书面说明理由延长一次，延长5个工作日。"
    objection = "有异议的，从收到到答复之间的日子不计入公示期"
    given: list[Question] = [
        ("step", {"step": "competent_approval", "complete": "2026-08-05"}),
        ("public", {"started": "2026-08-05"}),
        ("tier", {"on": "2026-08-05", "net": "300000", "contract_price": "1000000", "criteria": ["scale"]}),
    ]
    found = [answer["notes"] for answer in asked.answers(centre("linjiang").data, given)]
    assert found == [[pause, longer], [objection], [pause, longer, objection]]
    major = {"on": "2012-03-05", "net": "50000", "bid_price": "5000000", "provisional_sum": "0"}
    usual, extended = asked.answers(centre("luzhou").data, [("tier", major), ("tier", {**major, "major": "yes"})])
    assert usual["notes"] == []
    assert extended["notes"] == ["重大设计变更遇特殊情况可适当延长，上限原文未载明（本项目要求填写理由）。"]


@longer
@pytest.mark.parametrize("name", ruling("change"))
def test_a_step_is_due_when_the_engine_says(asked: Script, name: str) -> None:
    of, chance = centre(name), Chance(centre(name))
    given: list[Question] = []
    expected: list[Answer | None] = []
    steps = sorted({step for law in of.laws for step in law.steps})
    for _ in range(MANY):
        day, place, step = chance.day(), chance.place(), chance.draw.choice(steps)
        filed = chance.maybe(chance.day(), 0.3)
        accepted, received = (
            chance.maybe(day + datetime.timedelta(chance.draw.randint(*apart))) for apart in ((0, 9), (-9, 0))
        )
        major = chance.maybe("yes", 0.3)
        asks = {"complete": day, "filed": filed, "accepted": accepted, "received": received}
        dates = {key: each.isoformat() for key, each in asks.items() if each is not None}
        given.append(("step", {"place": place, "step": step, **dates, **({"major": major} if major else {})}))
        law = of.law(place, day, filed)
        known = law is not None and step in law.steps
        days = of.days.in_place(place)
        told = {"received_on": received, "major": bool(major)}
        expected.append(said(due(law, days, step, day, accepted, **told)) if law and known else None)
    compare(asked, of.data, given, expected)


@longer
@pytest.mark.parametrize("name", ruling("change"))
def test_publicity_ends_when_the_engine_says(asked: Script, name: str) -> None:
    of, chance = centre(name), Chance(centre(name))
    given: list[Question] = []
    expected: list[Answer | None] = []
    for _ in range(MANY):
        day, place, filed = chance.day(), chance.place(), chance.maybe(chance.day(), 0.3)
        law = of.law(place, day, filed)
        tier = chance.maybe(chance.draw.choice(law.tiers)) if law else None
        dates = {"started": day.isoformat(), **({"filed": filed.isoformat()} if filed else {})}
        given.append(("public", {"place": place, **dates, **({"tier": tier} if tier else {})}))
        if law is None:
            expected.append(None)
        elif none := not_public(law, tier):
            expected.append(said(Decision(None, (Reason(none),))))
        else:
            expected.append(said(publicity_end(law, of.days.in_place(place), day, tier)))
    compare(asked, of.data, given, expected)


# laws drawn by chance: every kind of norm and field that there is, sound or not


@cache
def _days() -> dict[str, str]:
    return calendar(DAYS)


def data_of(law: Law) -> Node:
    cites = Cites(lambda instrument, version: True)
    asks = {key: centre("luzhou").data[key] for key in ("calculators", "asks")}
    asks["names"] = {"complete": "on"}  # the figures of a question are given as such: none follows from others
    spans = [{"from": "0001-01-01", "laws": [0]}]
    laws = [change.answers(law, cites)]
    return {
        **asks,
        "places": {"x": {"calendar": 0, "spans": spans}},
        "calendars": [_days()],
        "laws": laws,
        "cites": cites.rows,
    }


_FIELDS = {
    "single": "single",
    "all_net": "cumulative",
    "governed": "cumulative_governed",
    "single_gross": "single_gross",
    "all_gross": "cumulative_gross",
    "single_absolute": "single_absolute",
    "all_absolute": "cumulative_absolute",
    "bid_price": "bid_price",
    "contract_price": "contract_price",
    "provisional_sum": "provisional_sum",
}


def stated(question: TierQuestion) -> Given:
    """A question's figures under the names that the script has for them."""
    figures = {name: getattr(question, field) for name, field in _FIELDS.items()}
    asked: Given = {name: plain(value) for name, value in figures.items() if value is not None}
    asked |= {"change_class": question.change_class} if question.change_class else {}
    return asked | ({"criteria": list(question.criteria)} if question.criteria is not None else {})


@LAWS
@given(rulebooks(CHANGE), st.lists(questions, min_size=1, max_size=5), any_day, st.booleans())
def test_any_tiers_are_told_alike(
    asked: Script, law: Law, some: list[TierQuestion], day: datetime.date, major: bool
) -> None:
    given, expected = [], []
    for question in some:
        decision = decide_tier(law, question)
        given.append(("tier", {"on": day.isoformat(), **stated(question), **({"major": "yes"} if major else {})}))
        days = planned(law, DAYS, decision.value, day, {}, major=major) if decision.value is not None else {}
        prices = {key: getattr(question, key) for key in ("bid_price", "contract_price", "provisional_sum")}
        doubt = unit_doubtful(Figures(net=Decimal(0), **prices))
        expected.append(said(decision) | days | {"doubt": doubt.zh if doubt else None})
    compare(asked, data_of(law), given, expected)


@LAWS
@given(
    rulebooks((*CHANGE, "extension")),
    st.lists(
        st.tuples(any_day, st.none() | any_day, st.none() | any_day, st.sampled_from(STEPS), st.booleans()),
        min_size=1,
        max_size=5,
    ),
)
def test_any_limits_are_told_alike(
    asked: Script,
    law: Law,
    some: list[tuple[datetime.date, datetime.date | None, datetime.date | None, str, bool]],
) -> None:
    given: list[Question] = []
    expected = []
    for complete, accepted, received, step, major in some:
        dates = {"complete": complete, "accepted": accepted, "received": received}
        told = {name: day.isoformat() for name, day in dates.items() if day}
        given.append(("step", {"step": step, **told, **({"major": "yes"} if major else {})}))
        expected.append(said(due(law, DAYS, step, complete, accepted, received_on=received, major=major)))
    compare(asked, data_of(law), given, expected)


@LAWS
@given(rulebooks(CHANGE), st.lists(st.tuples(any_day, st.sampled_from(TIERS)), min_size=1, max_size=5))
def test_any_publicity_is_told_alike(asked: Script, law: Law, some: list[tuple[datetime.date, str]]) -> None:
    public = [(day, tier) for day, tier in some if not_public(law, tier) is None]
    given = [("public", {"started": day.isoformat(), "tier": tier}) for day, tier in public]
    compare(asked, data_of(law), given, [said(publicity_end(law, DAYS, day, tier)) for day, tier in public])


def test_a_day_on_which_nothing_is_in_force_has_the_texts_beside_it(asked: Script, tmp_path: Path) -> None:
    """As the commands say it: before the first text, between two, after the last; and below, in a county without its own."""
    place = tmp_path / "policies/linjiang/change-rules"
    place.mkdir(parents=True)
    text = (ROOT / "examples/linjiang/policies/linjiang/change-rules/2026-01-01.yaml").read_text(encoding="utf-8")
    for begins, ends in (("2026-01-01", "2026-06-30"), ("2027-01-01", "2027-12-31")):
        own = text.replace("version: 2026-01-01", f"version: {begins}").replace(
            "dates: {issued: 2025-12-05, in_force: 2026-01-01", f"dates: {{ended: {ends}, in_force: {begins}"
        )
        (place / f"{begins}.yaml").write_text(own, encoding="utf-8")
    folders = [tmp_path / "policies", ROOT / "policies"]
    library = Library(folders)
    data = change.calculators(library, WorkingDays(folders), "linjiang", Cites(lambda instrument, version: True))
    assert data is not None
    days = [
        "2025-12-31",
        "2026-01-01",
        "2026-06-30",
        "2026-07-01",
        "2026-12-31",
        "2027-01-01",
        "2027-12-31",
        "2028-01-01",
    ]
    given: list[Question] = [("tier", {"place": "linjiang", "on": day, "net": "1000"}) for day in days]
    told = [answer.get("beside") for answer in asked.answers(data, given)]
    said = [nothing_in_force(NOTHING, library, "linjiang", "change", date(day)).zh for day in days]
    in_force = [library.at(date(day), "linjiang").law("change") is not None for day in days]
    assert told == [None if law else text for law, text in zip(in_force, said, strict=True)]
    assert in_force == [False, True, True, False, False, True, True, False]
    assert "从 2026-01-01 起施行" in told[0] and "施行到" not in told[0]
    assert "施行到 2026-06-30" in told[3] and "从 2027-01-01 起施行" in told[3]
    assert "施行到 2027-12-31" in told[-1] and "起施行" not in told[-1]
