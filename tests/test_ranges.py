"""A range is exactly what the facts allow: every completion of what is open lies within, and both ends are reached."""

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from assessing import DAYS, FACTS, FINDINGS, FULL, LIBRARY, MANUAL, MARKS, ZEROING, D, case_of, deduction, window
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Assessment
from banshi.subjects.assessment.loading import to_window
from banshi.subjects.assessment.register import Breaches
from banshi.subjects.assessment.results import WindowScore
from banshi.subjects.assessment.score import Scorer

BREACHES = "attendance_breaches"
# What each fact may turn out to be: its best, its worst, something between.
RATE = [{"count": n, "of": 100} for n in (0, 94, 95, 97, 100)]
COUNT, FOUND = [0, 1, 2, 3, 30], [False, True]
ALONE = [s for s in ZEROING if not s.startswith("overdue")]  # those that nothing else depends on
COMPLETIONS: dict[str, list[Any]] = {
    **dict.fromkeys(ALONE, COUNT),
    **dict.fromkeys(FINDINGS, FOUND),
    "upheld_complaints": COUNT,
    BREACHES: COUNT,
    "satisfaction_rate": RATE,
    "on_site_rate": RATE,
    "calls_over_limit_per_day": [{"days": {}}, {"days": {"2012-01-05": 5}}],
}
# Deductions with a condition of which nothing is said, and how it may turn out.
OPEN_ENTRIES: dict[str, tuple[str, list[Any]]] = {
    "criticisms_by_superiors": ("by", ["province", "窗口"]),
    "criticisms_by_centre": ("by", ["centre", "窗口"]),
    "cases_corrected_repeatedly": ("times", [3, 1]),
    "cases_returned_for_same_reason": ("times", [2, 1]),
}


def scored(own: dict[str, Any], breaches: Breaches | None = None) -> WindowScore:
    assessment = Assessment(jurisdiction="luzhou", centre="样例", quarter="2012-Q1", windows=(to_window(own),))
    scorer = Scorer.of(AssessmentInLaw(assessment, LIBRARY, DAYS))
    assert scorer is not None
    known = Scorer(scorer.book, scorer.period, scorer.days, {"W01": breaches} if breaches else {})
    return known.plain(to_window(own))


@st.composite
def open_windows(draw: st.DrawFn) -> tuple[dict[str, Any], list[tuple[str, Any, list[Any]]]]:
    """A window, and the places that are open in it, each with what may stand there."""
    missing = draw(st.lists(st.sampled_from(sorted(COMPLETIONS)), max_size=2, unique=True))
    marks = draw(st.lists(st.sampled_from(MANUAL), max_size=1))
    facts = {
        slug: draw(st.sampled_from(COMPLETIONS[slug])) for slug in draw(st.sets(st.sampled_from(ALONE), max_size=2))
    }
    rows = draw(
        st.lists(st.tuples(st.sampled_from(sorted(OPEN_ENTRIES)), st.integers(1, 2), st.booleans()), max_size=3)
    )
    certain = draw(st.lists(st.tuples(st.sampled_from(["quarrels", "idle_acts"]), st.integers(1, 2)), max_size=2))
    own = window({**facts, **dict.fromkeys(missing, None)})
    own["marks"] = {item: mark for item, mark in MARKS.items() if item not in marks}
    entries = [deduction(fact, event=f"事件-{event}", count=2 if twice else 1) for fact, event, twice in rows]
    own["deductions"] = [*entries, *(deduction(fact, event=f"事件-{event}") for fact, event in certain)]
    places: list[tuple[str, Any, list[Any]]] = [("facts", slug, COMPLETIONS[slug]) for slug in missing]
    places += [("marks", item, [0, FULL[item]]) for item in marks]
    places += [("deductions", n, OPEN_ENTRIES[row[0]][1]) for n, row in enumerate(rows)]
    return own, places


def completed(own: dict[str, Any], places: list[tuple[str, Any, list[Any]]], chosen: tuple[Any, ...]) -> dict[str, Any]:
    whole = {**own, "facts": dict(own["facts"]), "marks": dict(own["marks"]), "deductions": list(own["deductions"])}
    for (part, key, _), value in zip(places, chosen, strict=True):
        if part == "deductions":
            entry = whole["deductions"][key]
            whole["deductions"][key] = {**entry, OPEN_ENTRIES[entry["fact"]][0]: value}
        else:
            whole[part][key] = value if part == "facts" else {"mark": str(value), "by": "甲", "reason": "乙"}
    return whole


@examples(25)
@given(open_windows())
def test_both_ends_of_a_range_are_reached_and_nothing_lies_outside(given_: Any) -> None:
    own, places = given_
    found = scored(own)
    totals: list[Decimal] = []
    for chosen in product(*(values for _, _, values in places)):
        total = scored(completed(own, places, chosen)).total.value
        assert total is not None
        totals.append(total)
    assert (found.at_least, found.at_most) == (min(totals), max(totals))
    assert found.total.value is None or found.total.value == found.at_least == found.at_most


@given(st.integers(0, 15), st.integers(0, 15))
def test_breaches_that_the_centre_has_yet_to_decide_on(certain: int, undecided: int) -> None:
    """第十七条（二）: 2 marks, less 0.2 for each person and time, not below nought (line 147 of the source)."""
    found = scored(window({BREACHES: None}), Breaches(certain, undecided)).line("attendance-kept")
    ends = [max(D(0), 2 - D("0.2") * (certain + more)) for more in range(undecided + 1)]
    assert (found.at_least, found.at_most) == (min(ends), max(ends))
    assert found.mark.value == (min(ends) if min(ends) == max(ends) else None)


def test_one_certain_and_one_open_late_arrival() -> None:
    line = scored(window({BREACHES: None}), Breaches(1, 1)).line("attendance-kept")
    assert (line.at_least, line.at_most) == (D("1.6"), D("1.8"))


@pytest.mark.parametrize("entries", range(9, 12))
def test_many_open_entries_keep_their_range(entries: int) -> None:
    own = window(deductions=[deduction("criticisms_by_superiors", event=f"事件-{n}") for n in range(entries)])
    found = case_of(own).scores[0]
    assert (found.at_least, found.at_most) == (100 - 2 * entries, 100)


def test_what_is_asked_of_the_facts_is_all_there_is() -> None:
    assert set(COMPLETIONS) | {s for s in ZEROING if s.startswith("overdue")} <= set(FACTS)
