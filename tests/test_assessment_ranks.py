"""The ranking of windows, and the mean of a year."""

import io
from decimal import Decimal
from itertools import product
from typing import Any

import msgspec
import openpyxl
import pytest
from assessing import DAYS, LIBRARY, D, bonus, case_of, deduction, window
from formulas import Workbook
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from banshi.law.decisions import Decision
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.score import annual_mean, ranking
from banshi.subjects.assessment.score_book import as_workbook
from banshi.subjects.assessment.sheets import Sheets
from banshi.subjects.assessment.what_if import to_next_rank


def test_ranks_are_by_exact_totals_and_ties_are_ties() -> None:
    rates = {"W01": 11851, "W02": 11852, "W03": 11852, "W04": 11850}
    windows = [window({"on_site_rate": {"count": n, "of": 12000}}, id=key) for key, n in rates.items()]
    found = [(rank.place, rank.score.window.id) for rank in case_of(*windows).ranking]
    assert found == [(1, "W02"), (1, "W03"), (3, "W01"), (4, "W04")]


def test_equal_totals_are_equal_however_they_came_about() -> None:
    rate = {"on_site_rate": {"count": 118, "of": 119}}
    more = {"bonus": [bonus("suggestions_adopted", count=2)]}
    less = {"deductions": [deduction("interferences_with_lower_departments", count=3)]}
    windows = [window(rate, **more, **less), window({**rate, "upheld_complaints": 1}, id="W02")]
    assert [rank.place for rank in case_of(*windows).ranking] == [1, 1]


def year_of(*quarters: str) -> list[AssessmentInLaw]:
    return [case_of(window({"upheld_complaints": n}), quarter=quarter) for n, quarter in enumerate(quarters)]


def test_a_year_is_computed_only_when_asked_for_and_whole() -> None:
    whole = annual_mean(year_of("2012-Q1", "2012-Q2", "2012-Q3", "2012-Q4"))
    assert whole["W01"].value == (100 + 99 + 98 + 96) / D(4)
    for some in (("2012-Q1", "2012-Q2", "2012-Q3"), ("2012-Q1", "2012-Q2", "2012-Q3", "2013-Q4"), ("2012-Q1",) * 4):
        assert annual_mean(year_of(*some))["W01"].value is None


def test_combined_windows_are_not_scored() -> None:
    case = case_of(window(), window(id="W02", kind="combined_window"), window({"overdue_cases": None}, id="W03"))
    found = [(rank.score.window.id, rank.place, rank.best, rank.worst) for rank in case.ranking]
    assert found == [("W01", 1, 1, 1), ("W03", None, 1, 2), ("W02", None, None, None)]
    assert not case.scores[1].scored
    assert case.scores[1].lines == ()


def test_ranking_of_nothing() -> None:
    assert ranking([]) == ()


def test_a_window_entered_twice_has_no_place_and_stands_somewhere_above_or_below_the_others() -> None:
    complaints = [("W01", 0), ("W02", 3), ("W01", 1), ("W03", 2)]
    case = case_of(*(window({"upheld_complaints": n}, id=key) for key, n in complaints))
    found = [(rank.best, rank.worst, rank.score.window.id, rank.score.index) for rank in case.ranking]
    # W01 is one window entered twice, or two windows of which one has a wrong id; both entries beat the others.
    assert found == [(2, 3, "W03", 3), (3, 4, "W02", 1), (None, None, "W01", 0), (None, None, "W01", 2)]
    said = [rank.why.text.zh for rank in case.ranking if rank.why]
    assert said[:2] == [f"有 1 个编号重复，名次在第{n}至第{n + 1}名之间" for n in (2, 3)]
    assert said[2:] == ["编号重复（填了 2 次），不排名"] * 2
    assert [score.total.value for score in case.scores] == [100, 96, 99, 98]
    assert to_next_rank(case, case.scores[2]) is None


def summary(case: AssessmentInLaw) -> dict[str, Any]:
    """The first column of the summary sheet, below its headings."""
    data = as_workbook([Sheets("样例.yaml", case, None, False)], [])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    rows = [(row[1].value, row[0].value) for row in sheet.iter_rows() if row[1].value]
    return {str(name).split(" ")[0]: place for name, place in rows if str(name).startswith("W")}


def test_places_are_formulas_only_where_every_total_is_known() -> None:
    known = case_of(window({"upheld_complaints": 1}), window(id="W02"))
    book = Workbook(as_workbook([Sheets("样例.yaml", known, None, False)], []))
    computed = book.computed()
    places = [each for (sheet, cell), each in computed.items() if sheet.startswith("汇总") and cell.startswith("A")]
    assert places == [(1, 1), (2, 2)]
    assert all(given == pytest.approx(stored) for given, stored in computed.values())
    complaints = [("W01", 0), ("W02", 3), ("W01", 1), ("W03", 2)]
    twice = case_of(*(window({"upheld_complaints": n}, id=key) for key, n in complaints))
    assert summary(twice) == {"W03": "第2–3名", "W02": "第3–4名", "W01": "–"}
    unsure = case_of(window({"upheld_complaints": 30}), window({"overdue_cases": None}, id="W02"))
    assert summary(unsure) == {"W02": "第1–2名", "W01": "第1–2名"}


def test_a_window_that_was_not_read_may_stand_anywhere() -> None:
    windows = [window({"upheld_complaints": n}, id=f"W0{n}") for n in range(3)]
    whole = case_of(*windows)
    lost = AssessmentInLaw(whole.assessment, LIBRARY, DAYS, lost=["W09"])
    assert [(r.place, r.best, r.worst) for r in lost.ranking] == [(None, n, n + 1) for n in (1, 2, 3)]
    assert "有 1 个窗口没有读出，名次在第1至第2名之间" in str(lost.ranking[0].why)


def test_a_total_that_cannot_reach_the_others_leaves_their_places_alone() -> None:
    last = window(
        {"overdue_cases": None, "upheld_complaints": 30}, id="W03", deductions=[deduction("quarrels", count=40)]
    )
    found = [
        (r.score.window.id, r.place)
        for r in case_of(window(), window({"upheld_complaints": 1}, id="W02"), last).ranking
    ]
    assert found == [("W01", 1), ("W02", 2), ("W03", 3)]


TOTALS = st.integers(0, 6).map(D)


@given(st.lists(st.tuples(TOTALS, TOTALS).map(sorted), min_size=1, max_size=5), st.integers(0, 1))
def test_places_are_exactly_what_completions_reach(spans: list[list[Decimal]], lost: int) -> None:
    """Both ends of every place are reached by some completion, and none lies outside."""
    (score,) = case_of(window()).scores
    scores = [
        replace(
            score,
            index=n,
            window=msgspec.structs.replace(score.window, id=f"W{n}"),
            total=Decision(low if low == high else None, ()),
            at_least=low,
            at_most=high,
        )
        for n, (low, high) in enumerate(spans)
    ]
    reached: list[set[int]] = [set() for _ in spans]
    anywhere = [[D(-1), D(7)]] * lost
    for totals in product(*spans, *anywhere):
        for n in range(len(spans)):
            reached[n].add(1 + sum(total > totals[n] for total in totals))
    for rank in ranking(scores, lost=lost):
        own = reached[rank.score.index]
        assert (rank.best, rank.worst) == (min(own), max(own))
        assert rank.place == (rank.best if rank.best == rank.worst else None)
        assert (rank.why is None) == (rank.place is not None)
