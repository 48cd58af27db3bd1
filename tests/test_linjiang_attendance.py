"""The second centre's attendance: what was worked out by hand from its rules, against what the engine says."""

import csv
import datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from conftest import ROOT, banshi
from hypothesis import given
from hypothesis import strategies as st
from test_any_centre_attendance import version

from banshi.checking.checker import Checker
from banshi.checking.loading import Loader
from banshi.files.report import Report
from banshi.law.decisions import Decision
from banshi.law.library import Library, to_version
from banshi.law.norms import PunchWindow
from banshi.subjects.attendance.account import Account, account
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.conversion import converted
from banshi.subjects.attendance.irregular import Irregularity
from banshi.subjects.attendance.periods import month
from banshi.subjects.attendance.rulebook import Rulebook, Rules

LINJIANG = ROOT / "examples/linjiang"
REGISTER = ROOT / "tests/data/linjiang/attendance/register.yaml"  # with some faults on purpose


def worked_out(name: str) -> list[dict[str, str]]:
    with (ROOT / f"tests/data/linjiang/{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def accounts() -> list[Account]:
    loader, report = Loader(LINJIANG), Report()
    [unit] = loader.units([REGISTER])
    [loaded] = loader.load(unit, report)
    assert report.findings == []
    return [account(loaded.value, month(2026, number)) for number in (5, 6)]  # type: ignore[union-attr]


def test_every_arrival_and_departure_is_as_worked_out(accounts: list[Account]) -> None:
    found = sorted(
        (each.staff, str(each.day), each.type, each.off // 60)
        for one in accounts
        for person in one.people
        for each in person.irregular
    )
    expected = [(row["staff"], row["day"], row["type"], int(row["minutes"])) for row in worked_out("attendance_days")]
    assert found == sorted(expected)


def test_every_month_of_lateness_is_as_worked_out(accounts: list[Account]) -> None:
    found = {
        (person.staff, f"{each.year}-{each.month:02d}"): (
            each.times,
            each.absence,
            each.leave.get("personal", Decimal(0)),
        )
        for one in accounts
        for person in one.people
        for each in person.converted
    }
    expected = {
        (row["staff"], row["month"]): (Decimal(row["times"]), Decimal(row["absence"]), Decimal(row["personal"]))
        for row in worked_out("attendance_months")
    }
    assert found == expected
    assert all(reason.basis for one in accounts for p in one.people for each in p.converted for reason in each.reasons)


def test_every_finding_is_as_worked_out_and_carries_its_basis() -> None:
    report = Checker(LINJIANG).check([REGISTER])
    found = [(each.rule, each.message.zh) for each in report.findings if str(each.severity) == "error"]
    expected = worked_out("attendance_findings")
    assert len(found) == len(expected), found
    for row in expected:
        assert any(rule == row["rule"] and row["staff"] in said and row["said"] in said for rule, said in found), row
    assert all(each.basis for each in report.findings if str(each.severity) == "error")


def test_who_works_by_shifts_and_is_not_on_the_roster_is_told(accounts: list[Account]) -> None:
    said = [reason.text.zh for reason in accounts[1].undetermined]
    assert any("G01" in each and "2026-06-02" in each and "1 个工作日没有排班" in each for each in said)


def test_the_grace_falls_away_in_2027() -> None:
    book = Rulebook(Library([LINJIANG / "policies", ROOT / "policies"]), "linjiang")
    for year, graces in ((2026, 1), (2027, 0)):
        windows = book.at(datetime.date(year, 3, 2)).all(PunchWindow, "special_staff")
        assert sum(placed.norm.grace is not None for placed in windows) == graces


def test_the_project_checks_clean_of_errors_in_its_policy(tmp_path: Path) -> None:
    done = banshi("check", "policies/linjiang/leave-and-hours", cwd=LINJIANG)
    assert done.returncode == 0, done.stdout


def test_the_account_prints_the_law_s_names() -> None:
    done = banshi("attendance", str(REGISTER), "--month", "2026-06", cwd=LINJIANG)
    assert "事假" in done.stdout and "折事假 0.5 天" in done.stdout, done.stdout + done.stderr


# Change any figure that the register of the example touches, and something changes -----------------------------------

MUTATIONS = [
    ('end: "08:30"', 'end: "08:29"'),
    ("grace: {value: 10,", "grace: {value: 11,"),
    ('start: "12:00"', 'start: "12:01"'),
    ('end: "13:30"', 'end: "13:29"'),
    ('start: "17:30"', 'start: "17:31"'),
    ('end: "14:30"', 'end: "14:29"'),
    ('start: "18:00"', 'start: "18:01"'),
    ("first: {month: 6, day: 1}", "first: {month: 6, day: 2}"),
    ("last: {month: 5, day: 31}", "last: {month: 5, day: 28}"),
    ('end: "08:00"', 'end: "08:01"'),
    ('start: "14:00"', 'start: "14:01"'),
    ('start: "19:00"', 'start: "18:00"'),
    ("upper: {value: 30, inclusive: true}, unit: 分钟", "upper: {value: 29, inclusive: true}, unit: 分钟"),
    ("upper: {value: 30, inclusive: true}, unit: 分钟", "upper: {value: 30, inclusive: false}, unit: 分钟"),
    ("upper: {value: 120, inclusive: true}", "upper: {value: 120, inclusive: false}"),
    ("times: 0.5", "times: 0.4"),
    ("times: 1", "times: 2"),
    ("absence_days: 0.5", "absence_days: 1"),
    ("every: 3", "every: 2"),
    ("into: personal", "into: annual"),
    ("upper: {value: 0.5, inclusive: true}", "upper: {value: 0.4, inclusive: true}"),
    (
        "lower: {value: 0.5, inclusive: false}, upper: {value: 2,",
        "lower: {value: 1, inclusive: false}, upper: {value: 2,",
    ),
    (
        "lower: {value: 2, inclusive: false}, upper: {value: 5,",
        "lower: {value: 4, inclusive: false}, upper: {value: 5,",
    ),
    ("approver: window_head", "approver: director"),
    ("approver: deputy_director", "approver: director"),
    ("leave: [maternity]", "leave: [nursing]"),
    ("of: marriage, at_most: 3", "of: marriage, at_most: 4"),
    ("lower: {value: 3, inclusive: false}, unit: 天}", "lower: {value: 4, inclusive: false}, unit: 天}"),
    ("due: {value: 1,", "due: {value: 2,"),
]


def verdicts(folder: Path) -> str:
    """Everything that the account of the example comes to, under the policies of a folder."""
    loader, report = Loader(LINJIANG), Report()
    [unit] = loader.units([REGISTER])
    [loaded] = loader.load(unit, report)
    case = RegisterInLaw(loaded.value.register, Library([folder, *loader.policies]), loader.days)  # type: ignore[union-attr]
    found: list[object] = [(use.counted, use.left, use.norm.norm.at_most < use.counted) for use in case.quotas]
    for number in (5, 6):
        for person in account(case, month(2026, number)).people:
            found += [(each.staff, each.day, each.type, each.off) for each in person.irregular]
            found += [(each.times, each.absence, each.leave) for each in person.converted]
            found += [(fault.staff, [short.text.zh for short in fault.shortcomings]) for fault in person.faults]
    return repr(found)


@pytest.mark.parametrize(("written", "instead"), MUTATIONS)
def test_every_figure_that_the_register_touches_changes_a_verdict(written: str, instead: str, tmp_path: Path) -> None:
    own = LINJIANG / "policies/linjiang/leave-and-hours/2026-01-01.yaml"
    text = own.read_text(encoding="utf-8")
    assert written in text
    place = tmp_path / "linjiang/leave-and-hours"
    place.mkdir(parents=True)
    (place / own.name).write_text(text.replace(written, instead, 1), encoding="utf-8")
    assert verdicts(tmp_path) != verdicts(LINJIANG / "policies")


BANDS = st.lists(st.integers(1, 200), min_size=1, max_size=4, unique=True).map(sorted)


@given(BANDS, st.lists(st.integers(0, 240), max_size=8), st.integers(1, 5))
def test_random_weights_and_conversions_against_the_words(ends: list[int], late: list[int], every: int) -> None:
    """Band n (over the end before it, up to its own) weighs n + 1 halves of a time; every so many times are a day."""
    bounds = [*pairwise([None, *ends, None])]
    norms: list[dict[str, Any]] = [
        {
            "id": f"band-{n}",
            "kind": "lateness_weight",
            "statement": "{length}",
            "of": ["late"],
            "times": str(Decimal(n + 1) / 2),
            "length": {
                "unit": "分钟",
                **({} if low is None else {"lower": {"value": str(low), "inclusive": False}}),
                **({} if high is None else {"upper": {"value": str(high), "inclusive": True}}),
            },
        }
        for n, (low, high) in enumerate(bounds)
    ]
    norms.append(
        {
            "id": "c",
            "kind": "conversion",
            "statement": "{every}",
            "every": every,
            "per": "month",
            "into": "x",
            "days": 1,
        }
    )
    rules = Rules((to_version(version(norms)),), "elsewhere")
    book = cast(Rulebook, SimpleNamespace(at=lambda _: rules))
    day = datetime.date(2026, 3, 2)
    events = [Irregularity("1", day, "late", "arrival", Decision("unexplained", ()), off=m * 60) for m in late]
    [found] = converted(book, "clerk", events) or [None]
    times = sum((Decimal(1 + sum(minutes > end for end in ends)) / 2 for minutes in late), Decimal(0))
    assert (found.times if found else 0) == times
    assert (found.leave.get("x", 0) if found else 0) == times // every
