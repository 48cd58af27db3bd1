"""One mechanism for what another reading would lead to: the law with that reading taken, and the same decision asked of it."""

import datetime
import json
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from conftest import ROOT

from banshi.checking.checker import Checker
from banshi.files.blanks import drop_blanks
from banshi.files.reading import read
from banshi.law.decisions import Decision
from banshi.law.library import Law, Library, to_version
from banshi.law.norms import Length
from banshi.law.otherwise import elsewhere, otherwise, under
from banshi.law.working_days import WorkingDays
from banshi.subjects.change.publicity import publicity_end
from banshi.subjects.change.tier_measures import TierQuestion
from banshi.subjects.change.tiers import decide_tier

LIBRARY, DAYS = Library([ROOT / "policies"]), WorkingDays([ROOT / "policies"])
DAY = datetime.date(2012, 3, 1)


def law(subject: str) -> Law:
    found = LIBRARY.at(DAY, "luzhou").law(subject)
    assert found is not None
    return found


@pytest.mark.parametrize("subject", ["change", "attendance", "assessment", "parallel"])
def test_under_an_answer_the_law_takes_that_answer_and_nothing_else_is_another(subject: str) -> None:
    own = law(subject)
    found = list(elsewhere(own, own.readings))
    assert found or not any(reading.computed for reading in own.readings.values())
    for other in found:
        assert own.taken(other.question) != other.option == other.law.taken(other.question)
        rest = set(own.readings) - {other.question}
        assert [other.law.taken(one) for one in rest] == [own.taken(one) for one in rest]
        said = own.readings[other.question].norms
        reached = {*said.get(other.option, {}), *said.get(own.taken(other.question), {})}
        changed = {p.norm.id for p, q in zip(own.norms, other.law.norms, strict=True) if p.norm != q.norm}
        assert changed == reached & {p.norm.id for p in own.norms}  # others were replaced


def test_an_answer_that_is_taken_or_to_a_question_that_nobody_asks_changes_nothing() -> None:
    own = law("change")
    assert under(own, "tier-amount", own.taken("tier-amount")) is own
    assert under(own, "nobody-asks", "this") is own


@pytest.mark.parametrize(
    ("net", "kept"), [*product((Decimal(60000), Decimal(400000), Decimal(700000)), (0, 100000, 500000))]
)
def test_alternatives_are_what_the_law_read_so_decides(net: Decimal, kept: int) -> None:
    own = law("change")
    question = TierQuestion(
        single=net,
        cumulative=net + 50000,
        cumulative_governed=net,
        single_gross=net + 100000,
        cumulative_gross=net + 200000,
        bid_price=Decimal(5000000),
        provisional_sum=Decimal(kept),
    )
    decided = decide_tier(own, question)
    told = {(other.reading, other.option): other.value for other in decided.alternatives}
    for other in elsewhere(own, ("tier-amount", "gate-expenditure", "earlier-changes")):
        value = decide_tier(other.law, question).value
        assert told.get((other.question, other.option), decided.value) == value


@pytest.mark.parametrize("started", [DAY, datetime.date(2012, 9, 28), datetime.date(2012, 1, 19)])
def test_the_end_of_publicity_under_the_other_answer(started: datetime.date) -> None:
    own = law("change")
    decided = publicity_end(own, DAYS, started)
    told = {other.option: other.value for other in decided.alternatives}
    for other in elsewhere(own, ("publicity-days",)):
        assert told.get(other.option, decided.value) == publicity_end(other.law, DAYS, started).value


def test_what_is_not_determined_is_no_other_value() -> None:
    def decide(read: Law) -> Decision[str]:
        return Decision(read.taken("tier-amount") if read is own else None, ())

    own = law("change")
    assert list(otherwise(own, ("tier-amount",), decide)) == []


def reading(**said: object) -> dict[str, object]:
    return {
        "id": "which",
        "question": "几天？",
        "options": {"a": "甲", "b": "乙"},
        "default": "a",
        "ground": "样例。",
        "computed": True,
        **said,
    }


UNFIT = {
    "no such norm": {"b": {"nobody": {"of": "increase"}}},
    "no such option": {"c": {"finance-tier": {"of": "increase"}}},
    "leads nowhere": {"b": {"finance-tier": {"amount.middle.value": 5}}},
    "not of its kind": {"b": {"finance-tier": {"of": "weight"}}},
    "as it is written": {"b": {"finance-tier": {"of": "net"}}},
    "nobody reads it": {"b": {"finance-tier": {"soft": True}}},
    "no difference": {"a": {"finance-tier": {"of": "increase"}}, "b": {"finance-tier": {"of": "increase"}}},
}


@pytest.mark.parametrize("norms", [*UNFIT.values(), {}], ids=[*UNFIT, "nothing said"])
def test_what_a_reading_makes_of_norms_fits_or_is_refused(norms: dict[str, object], tmp_path: Path) -> None:
    data = read(ROOT / "validators/policy/_example.policy.yaml").document
    assert data is not None
    place = tmp_path / "policies/luzhou/rules/2026-01-01.yaml"
    place.parent.mkdir(parents=True)
    place.write_text(json.dumps({**data.data, "readings": [reading(norms=norms)]}, default=str), encoding="utf-8")
    found = [f for f in Checker(tmp_path).check([place]).findings if f.rule == "policy/readings-sound"]
    assert found
    assert all(f.where[:2] == ("readings", 0) for f in found)


def test_the_taken_answer_is_what_the_norms_say(tmp_path: Path) -> None:
    """Changing a version's default changes its norms, whatever the file writes first."""
    data = read(ROOT / "policies/luzhou/change-management/2011-11-04.yaml").document
    assert data is not None
    for one in data.data["readings"]:
        if one["id"] == "publicity-days":
            one["default"] = "working"
    version = to_version(data.data)
    period = next(placed.norm for placed in version.placed if placed.norm.id == "publicity-period")
    assert getattr(period, "length", None) == Length(value=5, unit="工作日")
    assert period.say(version.names) == "公示期5个工作日。"


def test_null_takes_a_field_away_in_a_file_too() -> None:
    """As a blank elsewhere it would be no field at all, and the answer would change nothing."""
    path = ROOT / "policies/luzhou/window-assessment/2011-04-01.yaml"
    read = law("assessment").readings["base-floor"].norms["no_floor"]
    assert read["attendance-breaches"] == {"floor": None}
    assert drop_blanks({"readings": [{"norms": {"b": {"n": {"floor": None}}}, "ground": None}]}) == {
        "readings": [{"norms": {"b": {"n": {"floor": None}}}}]
    }
    assert [f.message.zh for f in Checker(ROOT).check([path]).findings if f.severity.value == "error"] == []
