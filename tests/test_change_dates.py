"""Deadlines and publicity: the expected dates of the domain notes, and what must hold for any date."""

import datetime
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from banshi.law.library import Law, Library
from banshi.law.working_days import UndeterminedYear, WorkingDays
from banshi.subjects.change.deadlines import DueDecision, due, limit_for
from banshi.subjects.change.publicity import certainly_short, publicity_end

ROOT = Path(__file__).resolve().parent.parent
DAYS = WorkingDays([ROOT / "policies"])
FOUND = Library([ROOT / "policies"]).at(date(2012, 3, 5), "luzhou").law("change")
assert FOUND is not None
LAW: Law = FOUND

FINANCE, EVALUATION, GOVERNMENT = "finance_approval", "fiscal_evaluation", "government_approval"
FIRST, LAST = date(min(DAYS.years()), 1, 1), date(max(DAYS.years()), 12, 31)
known_days = st.dates(FIRST, LAST - timedelta(days=60))
any_days = st.dates()
limited_steps = st.sampled_from(["competent_review", FINANCE, "technical_approval", EVALUATION])


def due_on(day: date, step: str = "competent_review", *, major: bool = False) -> DueDecision:
    return due(LAW, DAYS, step, day, major=major)


def with_reading(reading_id: str, option: str) -> Law:
    """The law with another reading taken."""
    version = LAW.versions[0]
    readings = tuple(msgspec.structs.replace(r, default=option) if r.id == reading_id else r for r in version.readings)
    return replace(LAW, versions=(msgspec.structs.replace(version, readings=readings),))


# Deadlines --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("complete", "step", "major", "expected"),
    [
        ("2011-12-28", "competent_review", False, "2011-12-31"),  # a make-up Saturday
        ("2012-01-17", "competent_review", False, "2012-01-20"),
        ("2012-01-17", EVALUATION, False, "2012-01-31"),
        ("2012-01-17", "competent_review", True, "2012-02-03"),
        ("2012-03-30", "competent_review", False, "2012-04-05"),  # a make-up weekend before 清明
        ("2012-09-28", "competent_review", False, "2012-10-09"),
        ("2020-01-22", "competent_review", False, "2020-02-04"),  # the holiday was extended by a later notice
    ],
)
def test_due_days(complete: str, step: str, major: bool, expected: str) -> None:
    decision = due_on(date.fromisoformat(complete), step, major=major)
    assert str(decision.value) == expected
    assert decision.basis and all(r.text.zh and r.text.en for r in decision.reasons)


def test_make_up_days_are_named() -> None:
    assert "2011-12-31 调休上班" in due_on(date(2011, 12, 28)).reasons[0].text.zh


@pytest.mark.parametrize("major", [False, True])
def test_the_government_has_no_limit(major: bool) -> None:
    decision = due_on(date(2012, 3, 5), GOVERNMENT, major=major)
    assert decision.value is None and decision.limit is None and decision.reasons


def test_a_major_change_counts_from_acceptance() -> None:
    decision = due(LAW, DAYS, FINANCE, date(2012, 3, 5), date(2012, 3, 7), major=True)
    assert (decision.counted_from, decision.value, decision.soft) == (date(2012, 3, 7), date(2012, 3, 21), True)
    assert due(LAW, DAYS, FINANCE, date(2012, 3, 5), date(2012, 3, 7)).counted_from == date(2012, 3, 5)


def test_finance_steps_depend_on_the_reading() -> None:
    decision = due_on(date(2012, 3, 5), FINANCE)
    assert (decision.value, [a.value for a in decision.alternatives]) == (date(2012, 3, 8), [date(2012, 3, 14)])
    wide = with_reading("fiscal-evaluation-scope", "all_finance_steps")
    assert due(wide, DAYS, FINANCE, date(2012, 3, 5)).value == date(2012, 3, 14)
    assert not due_on(date(2012, 3, 5), EVALUATION).reading_dependent


def limit(step: str, major: bool) -> int:
    placed = limit_for(LAW, step, major=major)
    assert placed is not None
    return placed.norm.length.value


@given(known_days, limited_steps, st.booleans())
@example(date(2011, 12, 28), "competent_review", False)
def test_a_due_day_is_the_last_of_exactly_so_many_working_days(start: date, step: str, major: bool) -> None:
    last = due_on(start, step, major=major).value
    assert last is not None and last > start and DAYS.is_working(last)
    assert DAYS.count(start, last) == limit(step, major)
    assert DAYS.count(start, last - timedelta(days=1)) == limit(step, major) - 1


@given(known_days, st.integers(0, 30), limited_steps, st.booleans())
def test_later_papers_are_never_due_earlier(start: date, later: int, step: str, major: bool) -> None:
    one, other = due_on(start, step, major=major), due_on(start + timedelta(days=later), step, major=major)
    assert one.value is not None and other.value is not None and one.value <= other.value


@given(known_days, limited_steps)
def test_a_longer_limit_is_never_due_earlier(start: date, step: str) -> None:
    ordinary, major = due_on(start, step), due_on(start, step, major=True)
    assert ordinary.value is not None and major.value is not None
    assert (ordinary.value <= major.value) == (limit(step, False) <= limit(step, True))
    assert all(a.value > ordinary.value for a in ordinary.alternatives)


def entered(day: date) -> bool:
    return day.year in DAYS.years()


@given(any_days, limited_steps, st.booleans())
@example(date.max, FINANCE, True)
@example(date.min, FINANCE, False)
@example(LAST, EVALUATION, False)
@example(FIRST - timedelta(days=1), FINANCE, False)
def test_an_unknown_year_is_never_guessed(start: date, step: str, major: bool) -> None:
    decision = due_on(start, step, major=major)
    if decision.value is None:
        assert not entered(start) or not entered(start + timedelta(days=60))
        assert "未录入" in decision.reasons[0].text.zh and decision.basis and not decision.alternatives
    else:
        assert entered(decision.value) and (entered(start) or start + timedelta(days=1) == FIRST)


def test_a_calendar_counts_only_what_was_known() -> None:
    before = DAYS.as_known_on(date(2011, 11, 1))
    assert due(LAW, before, FINANCE, date(2011, 12, 26)).value == date(2011, 12, 29)
    assert not before.is_working(date(2011, 12, 31)) and DAYS.is_working(date(2011, 12, 31))


# Publicity --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("started", "calendar", "working"),
    [
        ("2011-11-07", "2011-11-14", "2011-11-14"),
        ("2011-12-27", "2012-01-04", "2012-01-04"),
        ("2012-09-26", "2012-10-08", "2012-10-09"),
        ("2026-02-11", "2026-02-24", "2026-02-25"),
    ],
)
def test_publicity_ends(started: str, calendar: str, working: str) -> None:
    decision = publicity_end(LAW, DAYS, date.fromisoformat(started))
    assert str(decision.value) == calendar
    assert [str(a.value) for a in decision.alternatives] == ([] if calendar == working else [working])
    other = publicity_end(with_reading("publicity-days", "working"), DAYS, date.fromisoformat(started))
    assert str(other.value) == working
    assert other.reading_dependent == decision.reading_dependent == (calendar != working)


@given(known_days)
def test_publicity_ends_on_a_working_day_after_its_length(started: date) -> None:
    decision = publicity_end(LAW, DAYS, started)
    last = decision.value
    assert last is not None and DAYS.is_working(last) and (last - started).days >= 5
    plain = started + timedelta(days=5)
    assert DAYS.count(plain, last) == (0 if last == plain else 1)
    assert all(a.value > last and DAYS.count(started, a.value) == 5 for a in decision.alternatives)


@given(known_days, st.integers(0, 30))
def test_publicity_is_monotone(started: date, later: int) -> None:
    one, other = publicity_end(LAW, DAYS, started), publicity_end(LAW, DAYS, started + timedelta(days=later))
    assert one.value is not None and other.value is not None and one.value <= other.value


@given(any_days)
@example(date.max)
@example(date.min)
@example(date.max - timedelta(days=5))
def test_publicity_in_an_unknown_year_is_never_guessed(started: date) -> None:
    decision = publicity_end(LAW, DAYS, started)
    if decision.value is None:
        assert "未录入" in decision.reasons[0].text.zh and decision.basis
    else:
        assert entered(decision.value)


def test_the_calendar_reading_stands_where_only_the_other_is_unknown() -> None:
    started = date(2026, 12, 26)
    assert not entered(date(2027, 1, 1)), "a year was entered: move this test on"
    assert publicity_end(LAW, DAYS, started).value == date(2026, 12, 31)
    assert publicity_end(with_reading("publicity-days", "working"), DAYS, started).value is None


@given(known_days, st.integers(-10, 20))
def test_certainly_short_is_short_by_every_reading(started: date, length: int) -> None:
    ended = started + timedelta(days=length)
    decision = publicity_end(LAW, DAYS, started)
    if certainly_short(LAW, "full_procedure", started, ended):
        assert decision.value is not None and ended < decision.value
        assert all(ended < a.value for a in decision.alternatives)


# The calendar -----------------------------------------------------------------------------------------------------


@given(known_days, st.integers(1, 20), st.integers(1, 20))
def test_counting_on_is_counting_once(start: date, one: int, two: int) -> None:
    assert DAYS.add(DAYS.add(start, one), two) == DAYS.add(start, one + two)


@given(known_days, st.integers(0, 60))
def test_count_and_add_agree(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    count = DAYS.count(start, end)
    assume(count)
    assert DAYS.add(start, count) <= end


@pytest.mark.parametrize(
    "ask",
    [
        lambda: DAYS.is_working(date(1999, 1, 4)),
        lambda: DAYS.add(date.max, 1),
        lambda: DAYS.roll(datetime.date.max),
        lambda: DAYS.count(LAST, LAST + timedelta(days=1)),
    ],
)
def test_the_calendar_refuses_years_that_nobody_entered(ask: Callable[[], object]) -> None:
    with pytest.raises(UndeterminedYear):
        ask()
