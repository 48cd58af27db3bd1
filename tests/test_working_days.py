"""The calendar as the engine computes it: day by day, as known on a day, and never by guessing."""

import datetime

import chinese_calendar
import pytest
from conftest import ROOT, banshi
from hypothesis import given
from hypothesis import strategies as st

from banshi.working_days import UndeterminedYear, WorkingDays

DAYS = WorkingDays([ROOT / "policies"])
FIRST, LAST = datetime.date(2007, 1, 1), datetime.date(2026, 12, 31)


def test_every_day_agrees_with_chinesecalendar() -> None:
    every = [FIRST + datetime.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    assert [day for day in every if DAYS.is_working(day) != chinese_calendar.is_workday(day)] == []


def test_what_was_known_in_early_2020() -> None:
    saturday = datetime.date(2020, 2, 1)
    assert DAYS.as_known_on(datetime.date(2020, 1, 20)).is_working(saturday)
    assert not DAYS.is_working(saturday)


def test_due_as_known_on_a_day() -> None:
    asked = ["due", "--step", "finance_approval", "--complete", "2020-01-23"]
    assert "2020-02-05" in banshi(*asked).stdout
    assert "2020-02-03" in banshi(*asked, "--known-on", "2020-01-23").stdout


@pytest.mark.parametrize("year", [2006, 2027])
def test_a_year_without_a_notice_is_not_determined(year: int) -> None:
    with pytest.raises(UndeterminedYear):
        DAYS.is_working(datetime.date(year, 5, 1))


def test_counting_into_an_unknown_year_is_not_determined() -> None:
    with pytest.raises(UndeterminedYear):
        DAYS.add(datetime.date(2026, 12, 30), 3)


@given(st.dates(FIRST, datetime.date(2026, 6, 30)), st.integers(0, 60))
def test_adding_and_counting_are_inverse(day: datetime.date, count: int) -> None:
    later = DAYS.add(day, count)
    assert DAYS.count(day, later) == count
    assert count == 0 or DAYS.is_working(later)


@given(st.dates(FIRST, datetime.date(2026, 11, 30)))
def test_rolling_gives_the_next_working_day(day: datetime.date) -> None:
    rolled = DAYS.roll(day)
    assert DAYS.is_working(rolled)
    assert all(not DAYS.is_working(day + datetime.timedelta(days=n)) for n in range((rolled - day).days))
