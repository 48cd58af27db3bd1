"""The ranking of windows, and the mean of a year."""

import pytest
from assessing import D, bonus, case_of, deduction, window
from formulas import Workbook

from banshi.subjects.assessment.case import Case
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


def year_of(*quarters: str) -> list[Case]:
    return [case_of(window({"upheld_complaints": n}), quarter=quarter) for n, quarter in enumerate(quarters)]


def test_a_year_is_computed_only_when_asked_for_and_whole() -> None:
    whole = annual_mean(year_of("2012-Q1", "2012-Q2", "2012-Q3", "2012-Q4"))
    assert whole["W01"].value == (100 + 99 + 98 + 96) / D(4)
    for some in (("2012-Q1", "2012-Q2", "2012-Q3"), ("2012-Q1", "2012-Q2", "2012-Q3", "2013-Q4"), ("2012-Q1",) * 4):
        assert annual_mean(year_of(*some))["W01"].value is None


def test_combined_windows_are_not_scored() -> None:
    case = case_of(window(), window(id="W02", kind="combined_window"), window({"overdue_cases": None}, id="W03"))
    assert [(rank.score.window.id, rank.place) for rank in case.ranking] == [("W01", 1), ("W02", None), ("W03", None)]
    assert not case.scores[1].scored
    assert case.scores[1].lines == ()


def test_ranking_of_nothing() -> None:
    assert ranking([]) == ()


def test_a_window_entered_twice_has_no_place_and_the_others_have_theirs() -> None:
    complaints = [("W01", 0), ("W02", 3), ("W01", 1), ("W03", 2)]
    case = case_of(*(window({"upheld_complaints": n}, id=key) for key, n in complaints))
    found = [(rank.place, rank.score.window.id, rank.score.index) for rank in case.ranking]
    assert found == [(1, "W03", 3), (2, "W02", 1), (None, "W01", 0), (None, "W01", 2)]
    assert [rank.why.text.zh for rank in case.ranking if rank.why] == ["编号重复（填了 2 次），不排名"] * 2
    assert [score.total.value for score in case.scores] == [100, 96, 99, 98]
    assert to_next_rank(case, case.scores[2]) is None


def test_the_formulas_of_places_leave_out_windows_entered_twice() -> None:
    complaints = [("W01", 0), ("W02", 3), ("W01", 1), ("W03", 2)]
    case = case_of(*(window({"upheld_complaints": n}, id=key) for key, n in complaints))
    book = Workbook(as_workbook([Sheets("样例.yaml", case, None, False)], []))
    computed = book.computed()
    places = [each for (sheet, cell), each in computed.items() if sheet.startswith("汇总") and cell.startswith("A")]
    assert places == [(1, 1), (2, 2)]
    assert all(given == pytest.approx(stored) for given, stored in computed.values())
