"""The calendar as the engine computes it: day by day, as known on a day, and never by guessing."""

import datetime
import re
from pathlib import Path

import chinese_calendar
import pytest
from conftest import ROOT, banshi
from hypothesis import given
from hypothesis import strategies as st

from banshi.law.working_days import UndeterminedYear, WorkingDays

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


def first_known(year: int) -> datetime.date:
    entered = DAYS.year(year)
    assert entered is not None
    return min(notice.since for notice in entered.notices if notice.since)


@given(st.dates(FIRST, LAST), st.integers(-400, 800))
def test_nothing_is_counted_in_a_year_before_its_notice_was_known(day: datetime.date, distance: int) -> None:
    first = first_known(day.year)
    on = first + datetime.timedelta(days=distance)
    known = DAYS.as_known_on(on)
    if on < first:
        with pytest.raises(UndeterminedYear) as raised:
            known.is_working(day)
        assert str(on) in raised.value.said.zh
        assert str(on) in raised.value.said.en
    else:
        assert known.is_working(day) in (True, False)


@given(st.dates(FIRST, LAST))
def test_known_at_last_is_as_known_at_all(day: datetime.date) -> None:
    assert DAYS.as_known_on(datetime.date(2030, 1, 1)).is_working(day) == DAYS.is_working(day)


def test_a_year_is_unknown_while_its_notices_are_of_no_certain_day(tmp_path: Path) -> None:
    undated = (ROOT / "policies/cn/working-days/2012.yaml").read_text(encoding="utf-8")
    undated = re.sub(r"(issued|known): .*", r"\1: null", undated)
    place = tmp_path / "cn/working-days"
    place.mkdir(parents=True)
    (place / "2012.yaml").write_text(undated, encoding="utf-8")
    day = datetime.date(2012, 5, 2)
    assert WorkingDays([tmp_path]).is_working(day)
    with pytest.raises(UndeterminedYear):
        WorkingDays([tmp_path], datetime.date(2012, 12, 31)).is_working(day)


@pytest.mark.parametrize(
    ("asked", "before", "after"),
    [
        (("--step", "finance_approval", "--complete", "2011-12-30"), "2011-12-01", "2011-12-06"),
        (("--publicity", "2011-12-30"), "2011-12-01", "2011-12-06"),
        (("--publicity", "2012-05-02"), "2011-12-01", "2011-12-06"),
        (("--step", "technical_approval", "--complete", "2012-05-02", "--major"), "2011-12-01", "2011-12-06"),
        ((str(ROOT / "examples/change/binhe-road"),), "2011-11-20", "2012-12-31"),
    ],
)
def test_due_is_not_determined_before_the_notice(asked: tuple[str, ...], before: str, after: str) -> None:
    said = banshi("due", *asked, "--known-on", before).stdout
    assert "不能判定" in said
    assert f"{before} 还没有公布 201" in said
    assert "到 201" not in said
    assert banshi("due", *asked, "--known-on", after).stdout == banshi("due", *asked).stdout


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
