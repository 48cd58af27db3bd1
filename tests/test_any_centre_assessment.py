"""Random months of the second centre against a small oracle that knows its rules by heart, and nothing of the engine."""

import shutil
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples
from ruamel.yaml import YAML
from test_linjiang_assessment import CENTRE, EXAMPLES, case_of, window

from banshi.law.library import Library
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.combining import combined

D = Decimal
LOSSES = {
    "discipline": (15, {"absent_half_days": 3, "away_from_post": 2}),
    "service": (20, {"upheld_complaints": 5, "cases_not_told_at_once": 2}),
    "cases": (25, {"overdue_cases": 3, "wrong_cases": 2}),
    "ratings": (15, {"poor_ratings_unanswered": 2}),
    "environment": (5, {"inspections_failed": 1}),
    "training": (5, {"trainings_missed": 2, "exams_failed": 1}),
}
COUNTS = [fact for _, losses in LOSSES.values() for fact in losses]


def online(part: int, whole: int) -> Decimal:
    if not whole:
        return D(10)
    short = D(80) - (D(100 * part) / whole).quantize(D("0.01"), ROUND_HALF_UP)
    return D(10) if short <= 0 else max(D(0), D(10) + short // D(-5) - (1 if short % 5 else 0))


def oracle(facts: dict[str, Any], times: Decimal, rate: tuple[int, int]) -> Decimal:
    if facts["extortion"] or facts["major_public_opinion"]:
        return D(0)
    total = online(*rate) + (5 if facts["proposals"] else 3)
    for item, (marks, losses) in LOSSES.items():
        lost = sum(points * facts[fact] for fact, points in losses.items())
        total += max(D(0), marks - lost - (times / 2 if item == "discipline" else 0))
    return total.quantize(D("0.01"), ROUND_HALF_UP)


@examples(150)
@given(
    counts=st.fixed_dictionaries({fact: st.integers(0, 6) for fact in [*COUNTS, "proposals"]}),
    times=st.decimals(0, 40, places=1),
    whole=st.integers(0, 400),
    share=st.integers(0, 400),
    found=st.tuples(*[st.sampled_from([False, False, False, True])] * 2),
)
def test_a_month_is_what_the_oracle_says(
    counts: dict[str, int], times: Decimal, whole: int, share: int, found: tuple[bool, bool]
) -> None:
    rate = min(share, whole), whole
    facts = {**counts, "extortion": found[0], "major_public_opinion": found[1]}
    stated = {"online_rate": {"count": rate[0], "of": whole}, "late_early_times": {"amount": str(times)}}
    (score,) = case_of("2026-05", window(**facts, **stated)).scores
    assert score.total.value == oracle(facts, times, rate)


FIGURES = [
    ("discipline", "marks", "14"),
    ("late-early", "points", "0.6"),
    ("wrong", "points", "4"),
    ("online-low", "step", "4"),
    ("online-low", "points", "2"),
    ("online-low", "part", "down"),
    ("no-proposal", "points", "3"),
    ("bonus", "points", "1"),
    ("bonus-cap", "at_most", "1"),
    ("public-opinion", "score", "1"),
    ("quarter-score", "weight", "80"),
    ("quarter-score", "digits", 1),
]


@pytest.mark.parametrize(("norm_id", "field", "value"), FIGURES, ids=str)
def test_a_changed_figure_changes_some_score_or_grade(norm_id: str, field: str, value: Any, tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    shutil.copytree(CENTRE / "policies", folder)
    path = folder / "linjiang/window-assessment/2026-01-01.yaml"
    data = YAML().load(path.read_text(encoding="utf-8"))
    (norm,) = [n for p in data["provisions"] for n in p["norms"] if n["id"] == norm_id]
    assert field in norm
    norm[field] = value
    with open(path, "w", encoding="utf-8") as stream:
        YAML().dump(data, stream)
    library = Library([folder, ROOT / "policies"])
    changed = [case_of(str(c.period), *c.assessment.windows, library=library) for c in EXAMPLES.values()]
    assert results(changed) != results(list(EXAMPLES.values()))


def results(cases: list[AssessmentInLaw]) -> list[Any]:
    totals = [[(s.window.id, s.total.value) for s in case.scores] for case in cases]
    grades = [
        [(r.window.id, r.total.decision.value, r.grade and r.grade.said.zh) for r in c.rows] for c in combined(cases)
    ]
    return [totals, grades]
