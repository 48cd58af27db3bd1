"""Attendance: the vectors of the rules of 2009-12-01, the account of the examples, and what must hold for any register."""

import datetime
import json
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, without_law
from hypothesis import given, settings
from hypothesis import strategies as st

from banshi.checking.checker import Checker
from banshi.law.library import Library
from banshi.law.working_days import WorkingDays
from banshi.subjects.attendance.account import Account, PersonAccount, account
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.forms import Leave, Person, Punch, Register, Window, clock, seconds
from banshi.subjects.attendance.periods import month, quarter, whole_year
from banshi.subjects.attendance.punches import judge
from banshi.subjects.attendance.rulebook import Rulebook

LIBRARY = Library([ROOT / "policies"])
DAYS = WorkingDays([ROOT / "policies"])
BOOK = Rulebook(LIBRARY, "luzhou")
ACCOUNTS = ROOT / "tests/accounts"
date = datetime.date
WINDOW = Window(id="W01", name="窗口", on_duty=2)
SOUND = {
    "form": "written",
    "approver": "supervision_section",
    "unit_consent": True,
    "filed_with": ("group",),
    "requested_at": "2010-02-26 10:00",
}


def register(**parts: Any) -> Register:
    given: dict[str, Any] = {
        "jurisdiction": "luzhou",
        "centre": "样例",
        "start": date(2010, 3, 1),
        "end": date(2010, 3, 31),
        "windows": (WINDOW,),
        "staff": (Person(id="A", group="window_staff", window="W01"),),
    }
    return Register(**{**given, **parts})


def case(**parts: Any) -> RegisterInLaw:
    return RegisterInLaw(register(**parts), LIBRARY, DAYS)


def of_month(found: RegisterInLaw, year: int = 2010, number: int = 3) -> Account:
    return account(found, month(year, number))


def first(found: Account) -> PersonAccount:
    return found.people[0]


def leave(kind: str, start: str, end: str | None = None, **more: Any) -> Leave:
    until = date.fromisoformat(end) if end else None
    return Leave(staff="A", kind=kind, start=date.fromisoformat(start), end=until, **{**SOUND, **more})


# punches


@pytest.mark.parametrize(
    ("punched", "arrival", "departure"),
    [
        (["09:00", "17:00"], "normal", "normal"),
        (["08:00", "18:00"], "normal", "normal"),
        (["09:00:59", "17:00"], "normal", "normal"),
        (["09:01", "17:00"], "late", "normal"),
        (["09:00", "18:05"], "normal", "out_of_window"),
        (["07:55", "17:00"], "out_of_window", "normal"),
        (["08:30", "16:59"], "normal", "early_leaving"),
        (["08:30"], "normal", "missing"),
        (["17:30"], "missing", "normal"),
        (["14:00", "17:30"], "late", "normal"),
        (["08:30", "11:58"], "normal", "early_leaving"),
        (["08:30", "08:31", "12:00", "17:30"], "normal", "normal"),
        ([], "missing", "missing"),
    ],
)
def test_punches_of_a_day(punched: list[str], arrival: str, departure: str) -> None:
    found = judge(BOOK.at(date(2010, 3, 1)), "window_staff", map(seconds, punched), date(2010, 3, 1))
    assert (found.arrival.value, found.departure.value) == (arrival, departure)
    assert all(reason.basis for each in found.decisions for reason in each.reasons)


def test_before_december_2009_lateness_is_not_derived() -> None:
    found = judge(BOOK.at(date(2009, 11, 30)), "window_staff", [seconds("10:00")], date(2009, 11, 30))
    assert found.arrival.value is None


def test_a_make_up_saturday_counts_and_a_holiday_does_not() -> None:
    assert date(2010, 2, 20) in case(start=date(2010, 2, 1), end=date(2010, 2, 28)).working_days(
        date(2010, 2, 1), date(2010, 2, 28)
    )
    found = of_month(case(start=date(2010, 2, 1), end=date(2010, 2, 28)), 2010, 2)
    absent = {each.day.day for each in first(found).irregular}
    assert {20, 21} <= absent
    assert not absent & {6, 7, *range(13, 20), 27, 28}


# leave: by kind before 2009-12-01, by length from then on


def lacks(day: str, kind: str, person: str = "window_staff", *, on_duty: int = 2, **more: Any) -> set[str]:
    """What a leave without any formality but a timely request lacks."""
    start = date.fromisoformat(day)
    before = f"{start - datetime.timedelta(days=1)} 10:00"
    asked = Leave(staff="A", kind=kind, start=start, **{"requested_at": before, **more})
    staff = (Person(id="A", group=person, window="W01" if person == "window_staff" else None),)
    found = case(
        start=start, end=start, staff=staff, windows=(Window(id="W01", name="窗口", on_duty=on_duty),), leave=(asked,)
    )
    decision = found.entries[0].decision
    assert decision is not None
    return {short.code for short in decision.shortcomings}


OLD, NEW = "2009-11-30", "2009-12-01"
QUARTER, THREE_QUARTERS = Decimal("0.25"), Decimal("0.75")


@pytest.mark.parametrize(
    ("day", "kind", "more", "expected"),
    [
        (OLD, "sick", {}, {"approver", "form", "substitute"}),
        (OLD, "sick", {"approver": "centre_leader", "form": "written"}, {"substitute"}),
        (OLD, "sick", {"approver": "supervision_section", "form": "written"}, {"approver", "substitute"}),
        (OLD, "official", {"approver": "duty_staff", "form": "written"}, {"substitute"}),
        (OLD, "annual", {"approver": "centre_leader", "papers": ("unit_certificate",)}, {"filing", "substitute"}),
        (
            OLD,
            "annual",
            {"approver": "duty_staff", "filed_with": ("supervision_section",)},
            {"approver", "proof", "substitute"},
        ),
        (NEW, "sick", {}, {"approver", "form", "unit_consent", "filing", "certificate"}),
        (NEW, "personal", SOUND | {"requested_at": "2009-11-30 10:00"}, set()),
        (NEW, "annual", SOUND | {"requested_at": "2009-11-30 10:00"}, {"proof", "filing"}),
        (NEW, "personal", {"to_half": "am"}, {"approver", "form", "filing"}),
        (NEW, "personal", {"days": THREE_QUARTERS, "approver": "group_leader", "form": "written"}, {"filing"}),
        (NEW, "personal", {"days": QUARTER, "approver": "group_leader", "form": "oral"}, set()),
        (NEW, "late_leave", {"approver": "deputy_group_leader", "form": "phone"}, set()),
        (NEW, "late_leave", {"approver": "unit", "form": "phone"}, {"approver"}),
    ],
)
def test_formalities(day: str, kind: str, more: dict[str, Any], expected: set[str]) -> None:
    assert lacks(day, kind, **more) == expected


def test_a_single_window_needs_a_substitute_from_half_a_day() -> None:
    ok = {"approver": "group_leader", "form": "written", "filed_with": ("supervision_section",)}
    assert lacks(NEW, "personal", to_half="am", **ok) == set()
    assert lacks(NEW, "personal", to_half="am", on_duty=1, **ok) == {"substitute"}
    assert lacks(NEW, "personal", days=QUARTER, on_duty=1, **ok) == set()


def test_centre_staff_ask_the_chief_of_the_general_section() -> None:
    asked = {"form": "oral", "kind": "midday_leave", "person": "centre_staff"}
    assert lacks(NEW, approver="general_section_chief", **asked) == set()
    assert lacks(NEW, approver="group_leader", **asked) == {"approver"}


def test_two_adjoining_halves_are_a_day_even_over_a_weekend() -> None:
    halves = (
        leave("personal", "2010-03-05", from_half="pm"),
        leave("personal", "2010-03-08", to_half="am"),
        leave("personal", "2010-03-10", to_half="am"),
    )
    spells = [entry.question.spell.length for entry in case(leave=halves).entries if entry.question]
    assert spells == [1, 1, Decimal("0.5")]


def test_a_leave_over_a_weekend_counts_working_days_only() -> None:
    found = of_month(case(leave=(leave("personal", "2010-03-05", "2010-03-08"),)))
    assert first(found).leave == {"personal": 2}


def test_a_leave_across_the_change_of_rules_follows_those_of_its_first_day() -> None:
    whole = leave("personal", "2009-11-30", "2009-12-02", requested_at="2009-11-27 10:00", approver="centre_leader")
    found = case(start=date(2009, 11, 1), end=date(2009, 12, 31), leave=(whole,))
    decision = found.entries[0].decision
    assert decision is not None and decision.approval is not None
    assert decision.approval.norm.id == "personal-leave"
    assert {short.code for short in decision.shortcomings} == {"substitute"}
    assert first(of_month(found, 2009, 12)).leave == {"personal": 2}


def advance(**more: Any) -> tuple[set[str], bool]:
    asked = leave("personal", "2010-03-10", **more)
    decision = case(leave=(asked,)).entries[0].decision
    assert decision is not None
    return {short.code for short in decision.shortcomings}, bool(decision.doubts)


def test_what_comes_before_leaving() -> None:
    assert advance(requested_at="2010-03-09 23:00") == (set(), False)
    assert advance(requested_at="2010-03-10 07:59") == (set(), False)
    assert advance(requested_at="2010-03-10 08:30") == (set(), True), "working hours are stated nowhere"
    assert advance(requested_at="2010-03-10 08:30", left_at="08:40") == (set(), False)
    assert advance(requested_at="2010-03-10 09:01") == ({"advance"}, False)
    assert advance(requested_at="2010-03-11 09:00") == ({"advance"}, False)
    assert advance(requested_at=None) == (set(), True)


def test_a_special_case_may_be_regularised() -> None:
    from banshi.subjects.attendance.forms import SpecialApproval

    special = SpecialApproval(by="中心", on=date(2010, 3, 11))
    assert advance(requested_at="2010-03-11 09:00", special_approval=special) == (set(), False)


def test_sudden_illness_is_reported_and_the_papers_follow() -> None:
    from banshi.subjects.attendance.forms import Certificate

    ill = {
        "sudden": True,
        "requested_at": "2010-03-11 09:00",
        "certificate": Certificate(hospital="医院", insurance=True),
    }
    for to in ("duty_staff", "group_leader"):
        asked = leave("sick", "2010-03-10", reported_to=to, **ill)
        decision = case(leave=(asked,)).entries[0].decision
        assert decision is not None and decision.shortcomings == ()
    decision = case(leave=(leave("sick", "2010-03-10", **ill),)).entries[0].decision
    assert decision is not None and {s.code for s in decision.shortcomings} == {"advance", "report"}


# factors and periods


def outcome_of(*leaves: Leave, **parts: Any) -> dict[str, bool | None]:
    found = of_month(case(leave=leaves, **parts))
    return {factor.norm.norm.id: factor.value for factor in first(found).factors if factor.norm}


def late(day: int, **more: Any) -> Leave:
    return leave("late_leave", f"2010-03-{day:02d}", **{"form": "oral", "approver": "group_leader", **more})


def test_the_three_tests_are_literal_and_independent() -> None:
    days = [2, 3, 9, 10, 11]
    assert outcome_of(*map(late, days), leave("sick", "2010-03-15", "2010-03-19")) == {
        "month-times": True,
        "month-days": False,
    }
    half_more = (leave("sick", "2010-03-15", "2010-03-19"), leave("personal", "2010-03-22", to_half="am"))
    assert outcome_of(*map(late, days[:4]), *half_more) == {"month-times": False, "month-days": True}


def test_only_approved_leave_counts_and_the_other_reading_is_told() -> None:
    unapproved = late(11, approver=None)
    found = of_month(case(leave=(*map(late, (2, 3, 9, 10)), unapproved)))
    assert [f.value for f in first(found).factors] == [False, False]
    raw = [Punch(staff="A", day=date(2010, 3, day), time=at) for day, at in ((12, "09:30"), (12, "17:30"))]
    found = of_month(case(leave=tuple(map(late, (2, 3, 9, 10))), punches=tuple(raw)))
    times = first(found).factors[0]
    assert times.value is False
    assert times.reading_dependent


def test_errands_and_annual_leave_are_no_factor() -> None:
    assert outcome_of(leave("annual", "2010-03-01", "2010-03-12"), leave("official", "2010-03-15", "2010-03-19")) == {
        "month-times": False,
        "month-days": False,
    }


def test_a_period_that_is_not_covered_is_not_determined_unless_reached() -> None:
    parts = {"end": date(2010, 3, 20)}
    assert outcome_of(late(2), **parts) == {"month-times": None, "month-days": None}
    assert outcome_of(*map(late, [2, 3, 9, 10, 11]), **parts)["month-times"] is True


@pytest.mark.parametrize(
    ("year", "number", "start", "end"),
    [
        (2010, 1, "2010-01-01", "2010-03-31"),
        (2011, 1, "2011-01-01", "2011-03-31"),
        (2011, 2, "2011-04-01", "2011-05-31"),
        (2011, 3, "2011-06-01", "2011-08-31"),
        (2012, 1, "2011-12-01", "2012-02-29"),
    ],
)
def test_quarters(year: int, number: int, start: str, end: str) -> None:
    days = quarter(BOOK, year, number).value
    assert days is not None
    assert (str(days.start), str(days.end)) == (start, end)


def test_years() -> None:
    assert str(whole_year(BOOK, 2010).value) == "2010-01-01 – 2010-12-31"
    assert whole_year(BOOK, 2011).value is None
    assert str(whole_year(BOOK, 2012).value) == "2011-12-01 – 2012-11-30"


# what was not covered by leave


def test_both_records_are_evidence_but_leave_explains_the_log() -> None:
    from banshi.subjects.attendance.forms import DutyEntry

    log = (DutyEntry(day=date(2010, 3, 1), staff="A", finding="absent_from_post"),)
    punched = tuple(Punch(staff="A", day=date(2010, 3, 1), time=at) for at in ("08:30", "17:30"))
    seen = [i for i in first(of_month(case(punches=punched, duty_log=log))).irregular if i.day == date(2010, 3, 1)]
    assert [(i.type, i.outcome.value) for i in seen] == [("absent_from_post", "breach")]
    off = (leave("personal", "2010-03-01"),)
    assert not [i for i in first(of_month(case(leave=off, duty_log=log))).irregular if i.day == date(2010, 3, 1)]


@pytest.mark.parametrize(
    ("note", "recorder", "outcome"),
    [
        (None, "", "possible_absence"),
        ("late", "group_leader", "explained"),
        ("late", "deputy_group_leader", "explained"),
        ("late", "duty_staff", "possible_absence"),
        ("early_leaving", "group_leader", "possible_absence"),
        ("carrying_papers", "group_leader", "explained"),
    ],
)
def test_an_unannounced_late_arrival(note: str | None, recorder: str, outcome: str) -> None:
    from banshi.subjects.attendance.forms import Note

    day = date(2010, 3, 1)
    notes = (Note(day=day, staff="A", type=note, recorded_by=recorder),) if note else ()
    punched = tuple(Punch(staff="A", day=day, time=at) for at in ("09:01", "17:30"))
    found = of_month(case(punches=punched, notes=notes))
    assert [i.outcome.value for i in first(found).irregular if i.day == day] == [outcome]


def test_a_window_is_empty_where_nobody_stands_in() -> None:
    from banshi.subjects.attendance.forms import Substitute

    off = leave("personal", "2010-03-01", from_half="pm")
    punched = tuple(
        Punch(staff="A", day=day, time=at)
        for day in case().working_days(date(2010, 3, 1), date(2010, 3, 31))
        for at in ("08:30", "17:30")
    )
    assert of_month(case(leave=(off,), punches=punched)).windows[0].empty == ((date(2010, 3, 1), "pm"),)
    covered = leave("personal", "2010-03-01", from_half="pm", substitute=Substitute(name="甲"))
    assert of_month(case(leave=(covered,), punches=punched)).windows[0].empty == ()


def test_a_year_without_a_calendar_is_said_to_be_unknown() -> None:
    found = of_month(case(start=date(2031, 1, 1), end=date(2031, 1, 31)), 2031, 1)
    assert any("2031" in reason.text.zh for reason in found.undetermined)
    assert [f.value for f in first(found).factors] == [None, None]


def test_a_year_that_was_not_arranged_yet_is_not_said_to_be_missing() -> None:
    register = case(start=date(2010, 1, 1), end=date(2010, 1, 31))
    before = RegisterInLaw(register.register, LIBRARY, register.calendar.as_known_on(date(2009, 11, 1)))
    (said,) = [r.text for r in of_month(before, 2010, 1).undetermined if "放假安排" in r.text.zh]
    assert said.zh == "2009-11-01 还没有公布 2010 年的放假安排，工作日不能判定" and "not yet published" in said.en


# what must hold for any register

MARCH = case().working_days(date(2010, 3, 1), date(2010, 3, 31))
HALVES = [(day, half) for day in MARCH for half in ("am", "pm")]


def summary(found: RegisterInLaw) -> Any:
    done = of_month(found)
    person = first(done)
    faults = {(fault.leave.kind, short.code) for fault in person.faults for short in fault.shortcomings}
    factors = [(factor.value, factor.amount) for factor in person.factors]
    empty = [window.empty for window in done.windows]
    irregular = [(i.day, i.type, i.moment, i.outcome.value) for i in person.irregular]
    return person.days, person.normal, person.leave, person.times, faults, factors, empty, irregular


def between(kind: str, start: int, end: int, **more: Any) -> Leave:
    (first_day, from_half), (last_day, to_half) = HALVES[start], HALVES[end]
    given = {**SOUND, **more}
    return Leave(staff="A", kind=kind, start=first_day, end=last_day, from_half=from_half, to_half=to_half, **given)


KINDS = st.sampled_from(["sick", "personal", "official", "annual"])
MORE = st.fixed_dictionaries(
    {
        "approver": st.sampled_from([None, "group_leader", "supervision_section"]),
        "form": st.sampled_from(["written", "oral"]),
        "unit_consent": st.booleans(),
        "filed_with": st.sampled_from([(), ("group",), ("supervision_section",)]),
    }
)


@settings(deadline=None)
@given(kind=KINDS, ends=st.tuples(*[st.integers(0, len(HALVES) - 1)] * 3), more=MORE)
def test_splitting_a_leave_never_changes_its_account(kind: str, ends: tuple[int, ...], more: dict[str, Any]) -> None:
    start, cut, end = sorted(ends)
    whole = between(kind, start, end, **more)
    pieces = (between(kind, start, cut, **more), between(kind, cut + 1, end, **more)) if cut < end else (whole,)
    assert summary(case(leave=pieces)) == summary(case(leave=(whole,)))


PUNCHES = st.lists(
    st.builds(
        lambda day, minute: Punch(staff="A", day=day, time=clock(minute)),
        st.sampled_from(MARCH[:3]),
        st.integers(6 * 60, 20 * 60) | st.sampled_from([480, 540, 541, 1020, 1080, 1081]),
    ),
    max_size=10,
)
LEAVES = st.lists(
    st.builds(
        lambda kind, start, span, more: between(kind, start, min(start + span, len(HALVES) - 1), **more),
        KINDS,
        st.integers(0, 12),
        st.integers(0, 6),
        MORE,
    ),
    max_size=4,
)


@settings(deadline=None)
@given(punches=PUNCHES, leaves=LEAVES, data=st.data())
def test_the_order_of_rows_never_matters(punches: list[Punch], leaves: list[Leave], data: st.DataObject) -> None:
    shuffled = case(punches=tuple(data.draw(st.permutations(punches))), leave=tuple(data.draw(st.permutations(leaves))))
    assert summary(shuffled) == summary(case(punches=tuple(punches), leave=tuple(leaves)))


@settings(deadline=None)
@given(
    punches=PUNCHES,
    leaves=LEAVES,
    day=st.sampled_from(MARCH[:3]),
    minute=st.integers(480, 540) | st.integers(1020, 1080),
)
def test_a_normal_punch_never_adds_a_breach(
    punches: list[Punch], leaves: list[Leave], day: datetime.date, minute: int
) -> None:
    before = Counter(i.day for i in first(of_month(case(punches=tuple(punches), leave=tuple(leaves)))).irregular)
    added = (*punches, Punch(staff="A", day=day, time=clock(minute)))
    after = Counter(i.day for i in first(of_month(case(punches=added, leave=tuple(leaves)))).irregular)
    assert all(after[d] <= before[d] for d in after)


# the examples and the command


@pytest.mark.parametrize("folder", sorted((ROOT / "examples/attendance").iterdir()), ids=lambda folder: folder.name)
def test_the_example_is_clean_and_its_account_the_expected_one(folder: Path) -> None:
    assert Checker(ROOT).check([folder]).findings == []
    done = banshi("attendance", folder.relative_to(ROOT).as_posix())
    golden = ACCOUNTS / f"{folder.name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(without_law(done.stdout), encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert without_law(done.stdout) == golden.read_text(encoding="utf-8")


def test_every_example_is_marked_fictional() -> None:
    for path in (ROOT / "examples/attendance").rglob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert (path.parent / lines[0].removeprefix("# yaml-language-server: $schema=")).resolve().is_file()
        assert lines[1].startswith("# 虚构样例")
        assert "fictional: true" in lines


@pytest.mark.parametrize("option", [["--month", "2010-02"], ["--quarter", "2010-Q1"], ["--year", "2010"], []])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_account_as_json(option: list[str], lang: str) -> None:
    done = banshi("attendance", "examples/attendance/2010-02", *option, "--format", "json", "--lang", lang)
    assert done.returncode == 0
    (found,) = json.loads(done.stdout)["accounts"]
    by_id = {person["staff"]: person for person in found["people"]}
    assert by_id["A05"]["leave"] == {"sick": "5.5"}
    assert by_id["A04"]["times"] == {"late_leave": 5}
    basis = [reason["basis"] for person in by_id.values() for e in person["exceptions"] for reason in e["reasons"]]
    assert basis and all(basis)


@pytest.mark.parametrize(
    "words",
    [["--month", "2010-13"], ["--quarter", "2010-Q5"], ["--year", "10"], ["--month", "2010-02", "--year", "2010"]],
)
def test_a_wrong_period_is_said_in_one_line(words: list[str]) -> None:
    done = banshi("attendance", "examples/attendance/2010-02", *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_without_a_register_is_said_so() -> None:
    done = banshi("attendance", "examples/change")
    assert done.returncode == 2
    assert "attendance" in done.stderr
