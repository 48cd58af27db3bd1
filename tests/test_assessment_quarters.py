"""Quarters of the assessment year: which days they have, and what was in force."""

import datetime
from decimal import Decimal

import pytest
from assessing import LIBRARY, D, case_of, deduction, window, with_deductions
from hypothesis import given
from hypothesis import strategies as st

from banshi.law.assessment_periods import PeriodAsked, law_for, period_of, periods


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        ("2011-12-01", "2012-Q1"),
        ("2012-02-29", "2012-Q1"),
        ("2012-03-01", "2012-Q2"),
        ("2012-05-31", "2012-Q2"),
        ("2012-06-01", "2012-Q3"),
        ("2012-08-31", "2012-Q3"),
        ("2012-09-01", "2012-Q4"),
        ("2012-11-30", "2012-Q4"),
        ("2012-12-01", "2013-Q1"),
    ],
)
def test_the_quarter_of_a_day(day: str, quarter: str) -> None:
    law = LIBRARY.at(datetime.date(2012, 6, 1), "luzhou").law("assessment")
    assert law is not None
    assert str(period_of(law, datetime.date.fromisoformat(day))) == quarter


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)))
def test_every_day_has_one_quarter(day: datetime.date) -> None:
    law = LIBRARY.at(datetime.date(2012, 6, 1), "luzhou").law("assessment")
    assert law is not None
    every = [*periods(law, "quarter", day.year), *periods(law, "quarter", day.year + 1)]
    assert [q for q in every if day in q] == [period_of(law, day)]


@pytest.mark.parametrize(("year", "last"), [(2012, 29), (2013, 28), (2100, 28), (2000, 29)])
def test_the_first_quarter_ends_with_february(year: int, last: int) -> None:
    law = LIBRARY.at(datetime.date(2012, 6, 1), "luzhou").law("assessment")
    assert law is not None
    assert periods(law, "quarter", year)[0].end == datetime.date(year, 2, last)


def test_nothing_is_judged_before_the_measures() -> None:
    assert law_for(LIBRARY, "luzhou", PeriodAsked("quarter", 2011, 1)) is None
    assert case_of(window(), quarter="2011-Q1").scores == ()


def test_the_quarter_in_which_the_measures_came_into_force() -> None:
    def points(day: str) -> Decimal | None:
        return with_deductions(deduction("quarrels", on=day), quarter="2011-Q2").deduction_total.value

    assert points("2011-03-31") == 0
    assert points("2011-04-01") == D("0.5")
    assert points("2011-05-31") == D("0.5")
    retroactive = with_deductions(deduction("quarrels", on="2011-04-25"), quarter="2011-Q2")
    assert any("溯及" in reason.text.zh for reason in retroactive.deductions[0].reasons)
    assert [a.value for a in retroactive.deduction_total.alternatives if a.option == "from_issue"] == [0]
    issued = with_deductions(deduction("quarrels", on="2011-04-26"), quarter="2011-Q2")
    assert not any("溯及" in reason.text.zh for reason in issued.deductions[0].reasons)
    assert retroactive.notes
