"""Chains of approval with steps side by side, notices after the fact in hours, shifts with leave: drawn by chance, against small oracles."""

import datetime
import json
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from test_any_centre_attendance import SHIFTS
from test_any_centre_attendance import version as attendance_version
from test_any_centre_change import DAYS, counted, law

from banshi.checking.rules import load_rules
from banshi.law.library import Law, Library
from banshi.law.norms import Length
from banshi.law.working_days import WorkingDays
from banshi.site.answer import taken, total
from banshi.subjects.attendance.account import account
from banshi.subjects.attendance.case import RegisterInLaw as AttendanceCase
from banshi.subjects.attendance.forms import Leave, Person, Punch, Register, Rostered
from banshi.subjects.attendance.periods import month
from banshi.subjects.change.filing import Filing
from banshi.subjects.change.forms import Change
from banshi.subjects.change.loading import to_form
from banshi.subjects.change.project_forms import Project
from banshi.subjects.change.timetable import timetable

day = datetime.date.fromisoformat
ONE = datetime.timedelta(days=1)
NAMES = ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9")
few = settings(max_examples=40)

# Steps side by side ------------------------------------------------------------------------------------------------

steps = st.fixed_dictionaries(
    {
        "length": st.none() | st.integers(1, 20),
        "working": st.booleans(),
        "same": st.booleans(),
        "optional": st.booleans(),
        "late": st.none() | st.integers(0, 9),  # days after its beginning on which it was in fact decided
    }
)
chains = st.lists(st.lists(steps, min_size=1, max_size=3), min_size=1, max_size=3)


def rulebook(chain: list[list[dict[str, Any]]]) -> tuple[Law, list[list[tuple[str, dict[str, Any]]]]]:
    """The law of a chain, and its steps with the names that they got."""
    names = iter(NAMES)
    named = [[(next(names), step) for step in stage] for stage in chain]
    stages = [
        {
            "steps": [
                {"step": name, "office": "finance", **({"optional": True} if step["optional"] else {})}
                for name, step in stage
            ]
        }
        for stage in named
    ]
    norms: list[dict[str, Any]] = [
        {
            "id": "way",
            "kind": "procedure",
            "statement": "{stages}",
            "tier": "a",
            "position": 1,
            "applicants": ["owner"],
            "stages": stages,
        }
    ]
    norms += [
        {
            "id": f"limit-{name}", "kind": "time_limit", "statement": "{length}", "steps": [name], "inclusive": True,
            "length": {"value": step["length"], "unit": "工作日" if step["working"] else "天"},
            "counted_from": "complete_on", "first_day": "same_day" if step["same"] else "next_day",
        }
        for stage in named for name, step in stage if step["length"]
    ]  # fmt: skip
    return law(norms, steps={name: {"name": f"第{name[1:]}步"} for name in NAMES}), named


@few
@given(chains, st.dates(day("2026-01-01"), day("2026-05-01")))
def test_a_stage_begins_when_the_last_needed_step_of_the_one_before_is_through(
    chain: list[list[dict[str, Any]]], start: datetime.date
) -> None:
    rules, named = rulebook(chain)
    begins: datetime.date | None = start
    done: dict[str, datetime.date] = {}
    expected: list[dict[str, tuple[datetime.date | None, datetime.date | None]]] = []
    for stage in named:
        ends: dict[str, datetime.date | None] = {}
        for name, step in stage:
            if begins is None:
                ends[name] = None
            elif step["late"] is not None:
                ends[name] = done[name] = begins + step["late"] * ONE
            else:
                long = step["length"]
                ends[name] = counted(begins, long, step["working"], step["same"], False, set()) if long else None
        expected.append({name: (begins, end) for name, end in ends.items()})
        needed = [ends[name] for name, step in stage if not step["optional"] or name in done]
        if begins is not None and needed:
            begins = None if None in needed else max(end for end in needed if end)
    found = timetable(rules, DAYS, "a", start, done)
    assert [{each.step: (each.begins, each.ends) for each in stage} for stage in found.stages] == expected
    assert found.last == begins


class EveryDay(WorkingDays):
    """A calendar without days of rest, so that limits in every unit can be compared."""

    def is_working(self, day: datetime.date) -> bool:
        return True

    def add(self, day: datetime.date, count: int) -> datetime.date:
        return day + count * ONE

    def roll(self, day: datetime.date) -> datetime.date:
        return day


@few
@given(chains, st.dates(day("2026-01-01"), day("2026-05-01")))
def test_the_total_that_a_guide_tells_is_what_the_timetable_takes(
    chain: list[list[dict[str, Any]]], start: datetime.date
) -> None:
    plain = [[{**step, "same": False} for step in stage] for stage in chain]
    rules, named = rulebook(plain)
    found = total(taken(rules, "a"))
    needed = [step for stage in plain for step in stage if not step["optional"]]
    assert len(found.open) == sum(step["length"] is None for step in needed)
    assert len(found.spared) == sum(step["optional"] for stage in plain for step in stage)
    last = timetable(rules, EveryDay([ROOT / "policies"]), "a", start).last
    assert (last is None) == bool(found.open)
    if last:  # side by side the longest counts, and no unit is left out
        longest = sum(max(length.value for length in each) for each in found.beside)
        assert start + (sum(length.value for length in found.sums) + longest) * ONE == last
    if last and len({step["working"] for step in needed}) == 1:  # on a calendar with days of rest likewise
        assert not found.beside and len(found.sums) == 1
        assert (
            counted(start, found.sums[0].value, needed[0]["working"], False, False, set())
            == timetable(rules, DAYS, "a", start).last
        )
    told = {length.phrase({}) for stage in named for _, step in stage if step["length"] for length in [long(step)]}
    assert all(length.phrase({}) in told for each in found.beside for length in each)


def long(step: dict[str, Any]) -> Length:
    return Length(value=step["length"], unit="工作日" if step["working"] else "天")


# Notices after the fact --------------------------------------------------------------------------------------------

PROJECT = {
    "id": "p", "name": "样例", "jurisdiction": "elsewhere", "level": "city", "owner": "甲公司", "competent_authority": "乙局",
    "contract": {"number": "1", "signed_on": "2026-01-01", "bid_price": "1000000", "includes_provisional_sum": False},
}  # fmt: skip
AMOUNTS = dict.fromkeys(("increase", "net", "cumulative"), "100") | {"decrease": "0", "cumulative_before": "0"}
CHANGE = {
    "number": "1", "project": "p", "sequence": 1, "type": "t", "reason": "r", "cause": "c", "major_design_change": {"is_major": False},
    "items": [], "amounts": AMOUNTS, "tier": "a", "status": "approved", "opinions": [], "attachments": [],
}  # fmt: skip


@cache
def reported() -> Any:
    """The rule on notices after the fact."""
    return next(each for each in load_rules([ROOT / "validators"], "change") if each.id == "change/reported-in-time")


@few
@given(
    st.integers(1, 200), st.sampled_from(("小时", "工作日", "天")), st.booleans(), st.booleans(),
    st.dates(day("2026-01-05"), day("2026-03-01")), st.none() | st.integers(0, 12),
)  # fmt: skip
def test_a_notice_is_late_from_the_day_after_its_last_hour(
    length: int, unit: str, same: bool, moved: bool, signed: datetime.date, after: int | None
) -> None:
    """The hour is not filed: hours run from the end of the day, a part of a day is a day."""
    length = length if unit == "小时" else 1 + length % 12
    norms = [
        {"id": "agreed", "kind": "consultation", "statement": "会商", "tier": "a", "parties": ["owner"]},
        {
            "id": "told", "kind": "report_after", "statement": "{within}", "tier": "a", "by": "owner", "to": "finance", "moved": moved,
            "within": {"value": length, "unit": unit}, "first_day": "same_day" if same else "next_day",
        },
    ]  # fmt: skip
    reports = [] if after is None else [{"to": "finance", "on": str(signed + after * ONE)}]
    change = {
        **CHANGE, "filed_on": str(signed), "reports": reports,
        "consultation": [{"party": "owner", "conclusion": "同意", "signed_on": str(signed)}],
    }  # fmt: skip
    rules = law(norms)
    library: Any = SimpleNamespace(at=lambda *_, **__: SimpleNamespace(law=lambda _: rules))
    filing = Filing(to_form(PROJECT, Project), [to_form(change, Change)], library, DAYS)
    days = -(-length // 24) if unit == "小时" else length
    last = counted(signed, days, unit == "工作日", same, moved, set())
    late = after is None or signed + after * ONE > last
    assert bool(list(reported().module.check(filing.cases[0]))) == late


# Shifts with leave -------------------------------------------------------------------------------------------------

KINDS = {"sick": {"name": "病假"}}
HOURS = {"a": ("08:00", "14:00"), "b": ("13:00", "19:00")}
rosters = st.lists(
    st.tuples(
        st.sampled_from(("a", "b", "rest", None)),  # None: nothing is said of the day
        st.sampled_from(("right", "late", "early", "none")),
        st.booleans(),  # whether there is leave all day
    ),
    min_size=7,
    max_size=7,
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The hours of two shifts, with one kind of leave."""
    folder = tmp_path_factory.mktemp("hours")
    path = folder / "elsewhere/hours/2026-01-01.yaml"
    path.parent.mkdir(parents=True)
    norms = [{**norm, "id": f"{norm['id']}-{norm['shift']}"} for norm in SHIFTS]
    path.write_text(json.dumps(attendance_version(norms, leave_kinds=KINDS), ensure_ascii=False), encoding="utf-8")
    return Library([folder, ROOT / "policies"])


def shifted(shift: str, how: str) -> list[str]:
    """Punches of a shift: in time, a minute late, a minute early."""
    first, last = HOURS[shift]
    late, early = f"{first[:2]}:01", f"{int(last[:2]) - 1}:59"
    return {"right": [first, last], "late": [late, last], "early": [first, early], "none": []}[how]


@few
@given(week=rosters)
def test_leave_on_a_shift_leaves_nothing_to_judge_and_a_day_of_rest_neither(library: Library, week: list[Any]) -> None:
    """A day with a shift and without leave is judged by its own hours; leave on a day of rest changes nothing."""
    monday, roster, punches, leave, expected = day("2026-03-02"), [], [], [], []
    for n, (shift, how, away) in enumerate(week):
        on = monday + n * ONE
        if shift:
            roster.append(Rostered(staff="1", day=on, shift=shift))
        if away:
            leave.append(Leave(staff="1", kind="sick", start=on))
        if shift in HOURS and not (away and how != "none"):
            punches += [Punch(staff="1", day=on, time=at) for at in shifted(shift, how)]
        if shift in HOURS and not away and how != "right":
            kind = {"late": "late", "early": "early_leaving", "none": "absent"}[how]
            expected.append((on, kind))
    found = account(case_of(library, roster, punches, leave), month(2026, 3))
    assert [(each.day, each.type) for each in found.people[0].irregular] == expected


def case_of(library: Library, roster: list[Rostered], punches: list[Punch], leave: list[Leave]) -> AttendanceCase:
    register = Register(
        jurisdiction="elsewhere", centre="别处", start=day("2026-03-02"), end=day("2026-03-08"),
        staff=(Person(id="1", group="clerk"),), roster=tuple(roster), punches=tuple(punches), leave=tuple(leave),
    )  # fmt: skip
    return AttendanceCase(register, library, DAYS)
