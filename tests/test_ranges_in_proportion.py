"""A mark in proportion to a rate that is not known: the range holds whatever the rate may be, and ends where it does."""

import copy
from collections.abc import Callable
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, write_yaml
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.files.reading import read
from banshi.law.library import Library
from banshi.law.working_days import WorkingDays
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Assessment
from banshi.subjects.assessment.loading import to_window
from banshi.subjects.assessment.results import ScoreLine

D = Decimal
PLACE = "qinghe/appraisal/2026-01-01.yaml"
OF = 80  # so every rate below is a multiple of 1.25 percent
EVERY: dict[str, list[Any]] = {
    "at_once_rate": [*({"count": n, "of": OF} for n in range(OF + 1)), {"count": 0, "of": 0}],
    "breaches": [0, 1, 3, 999_999_999],
    "innovations": [0, 2, 9],
}
NEAR = D(40) / OF + D("0.2")  # where the bound itself is not within, or lies between two such rates
KNOWN = {"breaches": 0, "good_rate": {"count": 1, "of": 1}, "innovations": 1, "accident": False}


def law() -> Any:
    document = read(ROOT / f"examples/qinghe/policies/{PLACE}").document
    assert document is not None
    return copy.deepcopy(document.data)


def rule(name: str, effect: str, fact: str, bound: dict[str, Any], **more: Any) -> dict[str, Any]:
    own = {
        "id": name,
        "kind": "score_rule",
        "statement": "。",
        "sub_item": "efficiency",
        "effect": effect,
        "fact": fact,
    }
    return {**own, "bound": bound, **more}


@st.composite
def rulebooks(draw: st.DrawFn) -> dict[str, Any]:
    """One sub-item of 40 marks, in proportion to a rate within a bound, less points for a count, with a floor or without."""
    data = law()
    end = st.integers(0, OF).map(lambda n: str(D(100 * n) / OF))
    bound: dict[str, Any] = {"unit": "%"}
    if draw(st.booleans()):
        bound["lower"] = {"value": draw(end), "inclusive": draw(st.booleans())}
    if draw(st.booleans()) or "lower" not in bound:
        low = D(bound["lower"]["value"]) if "lower" in bound else D(0)
        bound["upper"] = {"value": str(max(low, D(draw(end)))), "inclusive": draw(st.booleans())}
    shared = rule("by-rate", "multiply", "at_once_rate", bound)
    if (digits := draw(st.sampled_from([None, 0, 1]))) is not None:
        shared["digits"] = digits
    if none := draw(st.sampled_from([None, "keep", "zero", "not_determined", "by_person"])):
        shared["if_none"] = none
    units = {"lower": {"value": 1, "inclusive": True}, "upper": {"value": 3, "inclusive": True}, "unit": "次"}
    minus = rule("minus", "subtract", "breaches", units, points=draw(st.sampled_from(["2", "20"])))
    if draw(st.booleans()):
        minus["at_most"] = "3"
    sub_item = {"id": "efficiency", "kind": "score_sub_item", "statement": "。", "item": "3", "marks": 40}
    if (floor := draw(st.sampled_from([None, "0", "10", "38"]))) is not None:
        (sub_item if draw(st.booleans()) else minus)["floor"] = floor
    extra = draw(st.sampled_from([[], [minus], [minus, rule("lost", "zero", "innovations", {**units, "unit": "项"})]]))
    data["provisions"][2]["norms"] = [sub_item, shared, *extra]
    return {
        "law": data,
        "facts": ["at_once_rate", *(["breaches"] if extra else []), *(["innovations"] if extra[1:] else [])],
    }


Scoring = Callable[[dict[str, Any]], ScoreLine]


def scoring(folder: Path, book: Any) -> Scoring:
    """How the sub-item of a rulebook is marked by facts."""
    (folder / PLACE).parent.mkdir(parents=True)
    write_yaml(folder / PLACE, book)
    library, days = Library([folder, ROOT / "policies"]), WorkingDays([folder, ROOT / "policies"])

    def line(facts: dict[str, Any]) -> ScoreLine:
        own = to_window({"id": "W", "name": "W", "group": "street", "facts": facts})
        assessment = Assessment(jurisdiction="qinghe", centre="样例", period="2026-H1", windows=(own,))
        return AssessmentInLaw(assessment, library, days).scores[0].line("efficiency")

    return line


@examples(20)
@given(rulebooks(), st.data())
def test_a_range_holds_every_value_and_is_no_wider(
    tmp_path_factory: pytest.TempPathFactory, book: Any, data: st.DataObject
) -> None:
    line = scoring(tmp_path_factory.mktemp("law") / "policies", book["law"])
    ways = {slug: EVERY[slug] for slug in book["facts"]}
    known = [slug for slug in ways if slug != "at_once_rate" and data.draw(st.booleans())]
    fixed = {slug: data.draw(st.sampled_from(EVERY[slug])) for slug in known}
    found = line({slug: value for slug, value in KNOWN.items() if slug not in ways} | fixed)
    opened = [slug for slug in ways if slug not in fixed]
    wholes = [
        line({**KNOWN, **fixed, **dict(zip(opened, c, strict=True))}) for c in product(*(ways[s] for s in opened))
    ]
    least, most = min(each.at_least for each in wholes), max(each.at_most for each in wholes)
    assert found.at_least <= least and most <= found.at_most
    assert least - found.at_least <= NEAR and found.at_most - most <= NEAR


def test_a_floor_is_what_is_left_at_least(tmp_path: Path) -> None:
    data = law()
    sub_item = {"id": "efficiency", "kind": "score_sub_item", "statement": "。", "item": "3", "marks": 40, "floor": 10}
    bound = {"upper": {"value": 100, "inclusive": False}, "unit": "%"}
    data["provisions"][2]["norms"] = [sub_item, rule("by-rate", "multiply", "at_once_rate", bound, if_none="keep")]
    line = scoring(tmp_path / "policies", data)
    found = line(KNOWN)
    assert (found.at_least, found.at_most, found.mark.value) == (D(10), D(40), None)
    data["provisions"][2]["norms"][1]["bound"]["lower"] = {"value": 50, "inclusive": True}
    found = scoring(tmp_path / "narrow", data)(KNOWN)
    assert (found.at_least, found.at_most) == (D(20), D(40))
