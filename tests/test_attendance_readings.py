"""A reading that the engine obeys: taking another option in the policy's file changes what is computed."""

import datetime
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import ROOT

from banshi.centre.centre import Centre
from banshi.checking.rules import load_rules
from banshi.law.library import Library
from banshi.law.otherwise import computable
from banshi.law.working_days import WorkingDays
from banshi.output.section_page import on_page
from banshi.subjects.attendance.account import Account, account
from banshi.subjects.attendance.account_said import accounts_printout
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.forms import Certificate, Leave, Note, Person, Punch, Register, Window
from banshi.subjects.attendance.periods import month, quarter

NEW = "luzhou/attendance/2009-12-01.yaml"
OLD = "luzhou/leave-and-attendance/2007-07-01.yaml"
MARKS = "luzhou/window-assessment/2011-04-01.yaml"
DAYS = WorkingDays([ROOT / "policies"])
RULES = {rule.id: rule for rule in load_rules([ROOT / "validators"], "attendance")}
date = datetime.date
MONDAY = date(2010, 3, 1)
WINDOW = Window(id="W01", name="窗口", on_duty=2)
Taken = Callable[..., Library]


@pytest.fixture
def taken(tmp_path: Path) -> Taken:
    """The library with another option taken on one question, in the files that ask it."""

    def take(reading: str, option: str, *files: str) -> Library:
        shutil.copytree(ROOT / "policies", tmp_path / "policies", dirs_exist_ok=True)
        for name in files:
            path = tmp_path / "policies" / name
            text = path.read_text(encoding="utf-8")
            own = re.compile(rf"(  - id: {reading}\n(?:    .*\n)*?    default: )\S+\n")
            changed, count = own.subn(rf"\g<1>{option}\n", text)
            assert count == 1
            path.write_text(changed, encoding="utf-8")
        return Library([tmp_path / "policies"])

    return take


def case(library: Library, **parts: Any) -> RegisterInLaw:
    given: dict[str, Any] = {
        "start": date(2010, 3, 1),
        "end": date(2010, 3, 31),
        "windows": (WINDOW,),
        "staff": (Person(id="A", group="window_staff", window="W01"),),
    }
    return RegisterInLaw(Register(jurisdiction="luzhou", centre="样例", **{**given, **parts}), library, DAYS)


def of(library: Library, **parts: Any) -> Account:
    return account(case(library, **parts), month(2010, 3))


def punched(*times: str, day: date = MONDAY) -> dict[str, Any]:
    return {"punches": tuple(Punch(staff="A", day=day, time=at) for at in times)}


def types(found: Account, day: date = MONDAY) -> list[tuple[str, str | None]]:
    return [(i.type, i.outcome.value) for i in found.people[0].irregular if i.day == day]


def lacks(library: Library, leave: Leave, person: str = "window_staff") -> set[str]:
    staff = (Person(id="A", group=person, window="W01" if person == "window_staff" else None),)
    parts = {"start": leave.start, "end": leave.last, "staff": staff, "leave": (leave,)}
    decision = case(library, **parts).entries[0].decision
    assert decision is not None
    return {short.code for short in decision.shortcomings}


SHIPPED = Library([ROOT / "policies"])


def test_outside_window(taken: Taken) -> None:
    early = punched("07:55", "17:30")
    assert types(of(SHIPPED, **early)) == [("out_of_window", "unexplained")]
    assert types(of(taken("outside-window", "late_or_early_only", NEW), **early)) == []


def test_punch_precision(taken: Taken) -> None:
    late = punched("09:00:30", "17:30")
    assert types(of(SHIPPED, **late)) == []
    other = of(taken("punch-precision", "to_the_second", NEW), **late)
    assert types(other) == [("late", "possible_absence")]
    assert "09:00:30" in other.people[0].irregular[0].outcome.reasons[0].text.zh


def test_working_day(taken: Taken) -> None:
    february = {"start": date(2010, 2, 1), "end": date(2010, 2, 28)}
    official = case(SHIPPED, **february).working_days(date(2010, 2, 1), date(2010, 2, 28))
    weekdays = case(taken("working-day", "weekdays", NEW), **february)
    found = weekdays.working_days(date(2010, 2, 1), date(2010, 2, 28))
    assert (len(official), len(found)) == (17, 20)
    assert all(day.weekday() < 5 for day in found)


def test_unannounced(taken: Taken) -> None:
    note = Note(day=date(2010, 3, 1), staff="A", type="late", recorded_by="group_leader")
    late = {**punched("09:01", "17:30"), "notes": (note,)}
    assert types(of(SHIPPED, **late)) == [("late", "explained")]
    assert types(of(taken("unannounced", "absence", NEW), **late)) == [("late", "possible_absence")]


def test_succession(taken: Taken) -> None:
    gone = taken("succession", "repealed", NEW)
    march = date(2010, 3, 1)
    assert case(SHIPPED).book.at(march).norm("errand-quota") is not None
    assert case(gone).book.at(march).norm("errand-quota") is None
    assert case(gone).book.at(date(2009, 11, 30)).norm("errand-quota") is not None


def test_leave_lengths(taken: Taken) -> None:
    asked = {"staff": "A", "kind": "personal", "start": date(2010, 3, 2), "requested_at": "2010-03-01 10:00"}
    sound = {"form": "written", "approver": "group_leader", "filed_with": ("supervision_section",)}
    longer = Leave(days=Decimal("0.75"), **asked, **sound)
    other = taken("leave-lengths", "full_day_rule", NEW)
    assert lacks(SHIPPED, longer) == set()
    assert lacks(other, longer) == {"approver", "unit_consent", "filing"}
    assert lacks(other, Leave(to_half="am", **asked, **sound)) == set()


def late_leaves(count: int) -> tuple[Leave, ...]:
    return tuple(
        Leave(staff="A", kind="late_leave", start=date(2010, 3, 1 + n), approver="group_leader") for n in range(count)
    )


def test_late_early_leave(taken: Taken) -> None:
    parts = {"leave": late_leaves(4), **punched("09:30", "17:30", day=date(2010, 3, 15))}
    own = of(SHIPPED, **parts).people[0].factors[0]
    other = of(taken("late-early-leave", "with_raw_punches", NEW), **parts).people[0].factors[0]
    assert (own.value, own.amount, own.alternatives[0].value) == (False, 4, True)
    assert (other.value, other.amount, other.alternatives[0].value) == (True, 5, False)


def test_sick_and_personal(taken: Taken) -> None:
    sick = Leave(staff="A", kind="sick", start=date(2010, 3, 1), end=date(2010, 3, 3))
    own = Leave(staff="A", kind="personal", start=date(2010, 3, 8), end=date(2010, 3, 10))
    whole = of(SHIPPED, leave=(sick, own)).people[0].factors[1]
    each = of(taken("sick-and-personal", "each_kind", NEW), leave=(sick, own)).people[0].factors[1]
    assert (whole.value, whole.amount) == (True, 6)
    assert (each.value, each.amount, each.alternatives[0].value) == (False, 3, True)


@pytest.mark.parametrize(
    ("option", "second", "third"),
    [
        ("by_date", "2011-04-01 – 2011-05-31", "2011-06-01 – 2011-08-31"),
        ("calendar", "2011-04-01 – 2011-06-30", "2011-07-01 – 2011-09-30"),
        ("assessment", "2011-03-01 – 2011-05-31", "2011-06-01 – 2011-08-31"),
    ],
)
def test_period_basis(taken: Taken, option: str, second: str, third: str) -> None:
    book = case(taken("period-basis", option, NEW)).book
    assert [str(quarter(book, 2011, n).value) for n in (2, 3)] == [second, third]


def test_centre_staff_group(taken: Taken) -> None:
    asked = {"staff": "A", "kind": "midday_leave", "start": date(2010, 3, 2), "form": "oral"}
    leave = Leave(approver="general_section_chief", requested_at="2010-03-01 10:00", **asked)
    assert lacks(SHIPPED, leave, "centre_staff") == set()
    assert lacks(taken("centre-staff-group", "supervision_section", NEW), leave, "centre_staff") == {"approver"}


def test_deputy_for_short_leave(taken: Taken) -> None:
    asked = {"staff": "A", "kind": "late_leave", "start": date(2010, 3, 2), "form": "phone"}
    leave = Leave(approver="deputy_group_leader", **asked)
    assert lacks(SHIPPED, leave) == set()
    assert lacks(taken("deputy-for-short-leave", "leader_only", NEW), leave) == {"approver"}


def ill(day: date, **more: Any) -> Leave:
    given = {"form": "written", "approver": "supervision_section", "unit_consent": True, "filed_with": ("group",)}
    paper = Certificate(hospital="样例医院", insurance=True)
    late = f"{day + datetime.timedelta(days=1)} 09:00"
    parts = {**given, "sudden": True, "certificate": paper, "requested_at": late, "reported_to": "duty_staff", **more}
    return Leave(staff="A", kind="sick", start=day, **parts)


def test_sudden_illness(taken: Taken) -> None:
    other = taken("sudden-illness", "regularise_only", NEW)
    assert lacks(SHIPPED, ill(date(2010, 3, 2))) == set()
    assert lacks(other, ill(date(2010, 3, 2))) == {"advance"}
    assert lacks(other, ill(date(2010, 3, 2), reported_to="group_leader")) == {"advance", "report"}


def test_reported_illness(taken: Taken) -> None:
    asked = ill(date(2009, 11, 30), approver="centre_leader")
    assert lacks(SHIPPED, asked) == {"substitute"}
    assert lacks(taken("reported-illness", "absence", OLD), asked) == {"advance", "substitute"}


def test_duty_roles(taken: Taken) -> None:
    asked = ill(date(2010, 3, 2), reported_to="duty_leader")
    assert lacks(SHIPPED, asked) == {"report"}
    assert lacks(taken("duty-roles", "one", OLD), asked) == set()


def test_personal_leave_offset(taken: Taken) -> None:
    parts = {"leave": (Leave(staff="A", kind="personal", start=date(2010, 3, 1), end=date(2010, 3, 2)),)}

    def told(library: Library) -> list[str]:
        return [r.text.zh for r in of(library, **parts).undetermined if "年休假" in r.text.zh]

    assert "不自动扣除" in told(SHIPPED)[0]
    assert "A 2天" in told(taken("personal-leave-offset", "deduct", OLD))[0]
    assert told(taken("personal-leave-offset", "no_deduction", OLD)) == []


def test_official_quota(taken: Taken) -> None:
    sound = {"form": "written", "approver": "group_leader", "filed_with": ("supervision_section",), "to_half": "am"}
    half_days = [("official", 2), ("official", 9), ("official_duty", 16)]
    leaves = tuple(Leave(staff="A", kind=kind, start=date(2010, 3, day), **sound) for kind, day in half_days)

    def quota(library: Library, *leaves: Leave) -> list[str | None]:
        found = RULES["attendance/official-quota"].check(case(library, leave=leaves))
        return [problem.severity and problem.severity.value for problem in found]

    third = Leave(staff="A", kind="official", start=date(2010, 3, 23), **sound)
    assert quota(SHIPPED, *leaves) == ["note"]
    assert quota(taken("official-quota", "all_official_cap", OLD, MARKS), *leaves) == [None]
    assert quota(SHIPPED, *leaves, third) == [None]
    free = taken("official-quota", "entitlement", OLD, MARKS)
    assert quota(free, *leaves, third) == []
    assert not of(free, leave=leaves).people[0].quotas[0].capped


def test_who_sees_records(taken: Taken) -> None:
    def notice(library: Library) -> str:
        return on_page(accounts_printout([of(library)]), "zh", Centre(ROOT), "attendance.html.j2")

    assert "只有中心工作人员可以看别人的" in notice(SHIPPED)
    assert "窗口工作人员也可以" in notice(taken("who-sees-records", "both", NEW))


def asked_of(kind: str) -> Leave:
    times = {"requested_at": "2009-11-16 10:00", "approved_at": "2009-11-16 11:00", "form": "written"}
    return Leave(staff="A", kind=kind, start=date(2009, 11, 17), approver="general_section_chief", **times)


def test_consent_official(taken: Taken) -> None:
    """While one of the answers is anybody, whoever consented is in order, whichever is taken."""
    for library in (SHIPPED, taken("consent-official", "other", OLD)):
        assert "approver" not in lacks(library, asked_of("official"))


def test_consent_annual(taken: Taken) -> None:
    """Two bodies may have consented; under either answer both are in order, and nobody else."""
    for library in (SHIPPED, taken("consent-annual", "centre_leader", OLD)):
        assert "approver" in lacks(library, asked_of("annual"))
        for role in ("supervision_section", "centre_leader"):
            own = msgspec.structs.replace(asked_of("annual"), approver=role)
            assert "approver" not in lacks(library, own)


def test_every_computed_reading_of_attendance_has_a_test_here() -> None:
    """The readings of these instruments that are marked as computed; one without a test would be a promise."""
    own = Path(__file__).read_text(encoding="utf-8")
    readings = [one for name in (NEW, OLD) for one in SHIPPED.load(ROOT / "policies" / name).readings if one.computed]
    marked = {reading.id for reading in readings}
    assert all(reading.default in computable(reading) for reading in readings)
    assert [reading for reading in sorted(marked) if f"def test_{reading.replace('-', '_')}(" not in own] == []
