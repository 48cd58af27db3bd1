"""What the assessment of windows and persons takes from attendance: breaches, papers of official duty, quota, order."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from conftest import ROOT

from banshi.law.library import Library
from banshi.law.working_days import WorkingDays
from banshi.subjects.attendance.account import account
from banshi.subjects.attendance.breaches import breaches_by_window
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.forms import DutyEntry, Leave, Note, Person, Punch, Register, Window
from banshi.subjects.attendance.periods import month

LIBRARY = Library([ROOT / "policies"])
DAYS = WorkingDays([ROOT / "policies"])
date = datetime.date
BEFORE, SINCE = date(2011, 3, 31), date(2011, 4, 1)
WINDOWS = (Window(id="W01", name="甲窗口", on_duty=2), Window(id="W02", name="乙窗口"))
STAFF = (Person(id="A", group="window_staff", window="W01"), Person(id="C", group="centre_staff"))
SOUND = {"form": "written", "approver": "group_leader", "filed_with": ("supervision_section",), "to_half": "am"}


def case(**parts: Any) -> RegisterInLaw:
    given = {"start": date(2011, 3, 1), "end": date(2011, 4, 30), "windows": WINDOWS, "staff": STAFF}
    return RegisterInLaw(Register(jurisdiction="luzhou", centre="样例", **{**given, **parts}), LIBRARY, DAYS)


def punched(day: date, *times: str, staff: str = "A") -> tuple[Punch, ...]:
    return tuple(Punch(staff=staff, day=day, time=at) for at in times)


def found(day: date, **parts: Any) -> list[tuple[str, bool | None]]:
    """Kind and outcome of each breach of one day at the first window."""
    own = breaches_by_window(case(**parts), day, day)
    assert own["W02"] == []
    return [(breach.kind, breach.decision.value) for breach in own["W01"]]


def test_breaches_count_from_the_day_on_which_they_cost_marks() -> None:
    assert found(BEFORE, punches=punched(BEFORE, "09:30", "17:30")) == []
    assert found(SINCE, punches=punched(SINCE, "09:30", "17:30")) == [("late", True)]
    assert found(SINCE, punches=punched(SINCE, "09:30", "16:30")) == [("early_leaving", True), ("late", True)]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (("09:00", "17:00"), []),
        (("07:50", "18:10"), []),
        (("09:01", "17:00"), [("late", True)]),
        (("08:30",), [("early_leaving", None)]),
        ((), [("irregular_leave", None)]),
    ],
)
def test_a_day_of_punches(times: tuple[str, ...], expected: list[Any]) -> None:
    """Outside the windows on their other sides is no breach; a missing punch proves none; a whole day is the centre's."""
    assert found(SINCE, punches=punched(SINCE, *times)) == expected


@pytest.mark.parametrize(("entered", "value"), [("late", True), ("carrying_papers", None), ("leave", None)])
def test_lateness_that_was_explained_costs_marks_all_the_same(entered: str, value: bool | None) -> None:
    note = Note(day=SINCE, staff="A", type=entered, recorded_by="group_leader")
    assert found(SINCE, punches=punched(SINCE, "09:30", "17:30"), notes=(note,)) == [("late", value)]


def test_two_records_of_one_occurrence_count_once() -> None:
    log = (DutyEntry(day=SINCE, staff="A", finding="late"),)
    both = found(SINCE, punches=punched(SINCE, "09:30", "17:30"), duty_log=log)
    assert both == found(SINCE, punches=punched(SINCE, "08:30", "17:30"), duty_log=log) == [("late", True)]


def test_leave_that_is_not_in_order() -> None:
    asked = {"staff": "A", "kind": "personal", "start": SINCE, "requested_at": "2011-03-31 10:00"}
    around = {"punches": punched(SINCE, "17:30")}
    assert found(SINCE, leave=(Leave(**asked, **SOUND),), **around) == []
    unfiled = Leave(**asked, **{**SOUND, "filed_with": ()})
    assert found(SINCE, leave=(unfiled,), **around) == [("irregular_leave", None)]
    unapproved = Leave(**asked, **{**SOUND, "approver": "other"})
    assert found(SINCE, leave=(unapproved,), **around) == [("irregular_leave", True)]


def test_every_breach_cites_the_rule_on_marks() -> None:
    (breach,) = breaches_by_window(case(punches=punched(SINCE, "09:30", "17:30")), SINCE, SINCE)["W01"]
    assert [cite.label for cite in breach.decision.basis] == ["第八条", "第十七条（二）"]


def test_centre_staff_cost_no_window_any_marks() -> None:
    assert found(SINCE, punches=(*punched(SINCE, "08:30", "17:30"), *punched(SINCE, "09:30", staff="C"))) == []


def test_staff_without_a_window_are_not_lost() -> None:
    staff = (Person(id="A", group="window_staff"),)
    own = breaches_by_window(case(staff=staff, punches=punched(SINCE, "09:30", "17:30")), SINCE, SINCE)
    assert [breach.kind for breach in own[""]] == ["late"]


def test_the_account_counts_the_same_breaches() -> None:
    register = case(punches=punched(date(2011, 4, 6), "09:30", "17:30"))
    april = account(register, month(2011, 4))
    own = breaches_by_window(register, date(2011, 4, 1), date(2011, 4, 30))["W01"]
    assert [b for person in april.people for b in person.breaches if b.counts] == [b for b in own if b.counts]
    assert sum(b.counts for b in own) == 1


# official duty


@pytest.mark.parametrize(("day", "lacks"), [(BEFORE, set()), (SINCE, {"papers"})])
def test_official_duty_needs_its_papers_from_april_2011(day: date, lacks: set[str]) -> None:
    asked = Leave(staff="A", kind="official_duty", start=day, requested_at="2011-03-30 10:00", **SOUND)
    with_papers = Leave(
        staff="A", kind="official_duty", start=day, requested_at="2011-03-30 10:00", papers=("meeting_notice",), **SOUND
    )
    for leave, expected in ((asked, lacks), (with_papers, set())):
        decision = case(leave=(leave,)).entries[0].decision
        assert decision is not None and {short.code for short in decision.shortcomings} == expected


# quota


def errand(day: int, **more: Any) -> Leave:
    return Leave(staff="A", kind="official", start=date(2011, 3, day), **{**SOUND, **more})


def test_a_quota_taken_in_two_halves() -> None:
    (person, _) = account(case(leave=(errand(2), errand(9))), month(2011, 3)).people
    (use,) = person.quotas
    assert (use.counted, use.left, [days for _, days in use.pieces]) == (1, 0, [Decimal("0.5"), Decimal("0.5")])
    assert use.norm.norm.pieces == (Decimal("0.5"), Decimal(1))


def test_what_is_left_is_never_below_nothing() -> None:
    (use,) = case(leave=(errand(2), errand(9), errand(16))).quotas
    assert (use.counted, use.left) == (Decimal("1.5"), 0)


# order among equals


MARCH_ENDS = date(2011, 3, 31)


def order(*leaves: Leave, end: date = MARCH_ENDS) -> list[tuple[int, tuple[str, ...], bool]] | None:
    staff = tuple(Person(id=key, group="window_staff", window="W01") for key in "ABCDE")
    done = account(case(staff=staff, leave=leaves, end=end), month(2011, 3))
    assert done.order is not None
    return None if done.order.value is None else [(s.place, s.staff, s.unclear) for s in done.order.value]


def off(who: str, kind: str, first: int, last: int | None = None) -> Leave:
    until = date(2011, 3, last) if last else None
    return Leave(staff=who, kind=kind, start=date(2011, 3, first), end=until, approver="group_leader")


def test_without_leave_first_then_with_less() -> None:
    assert order(off("B", "sick", 1), off("C", "personal", 1, 2), off("D", "sick", 1, 3), off("E", "sick", 1, 3)) == [
        (1, ("A",), False),
        (2, ("B",), False),
        (3, ("C",), False),
        (4, ("D", "E"), False),
    ]


def test_fewer_times_against_fewer_days_have_no_order() -> None:
    assert order(off("B", "late_leave", 1), off("C", "sick", 1), off("D", "annual", 1)) == [
        (1, ("A", "D", "E"), False),
        (4, ("C",), True),
        (4, ("B",), True),
    ]


def test_no_order_without_the_whole_period() -> None:
    assert order(end=date(2011, 3, 20)) is None
