"""The days of a whole procedure, worked out by hand first."""

import datetime
import json

import pytest
from conftest import ROOT, banshi

from banshi.law.library import Law, Library
from banshi.law.working_days import WorkingDays
from banshi.subjects.change.timetable import Timetable, timetable

CENTRES = {"luzhou": "policies", "linjiang": "examples/linjiang/policies", "qinghe": "examples/qinghe/policies"}
day = datetime.date.fromisoformat


def asked(place: str, tier: str, start: str, done: dict[str, str] | None = None, *, major: bool = False) -> Timetable:
    folders = [ROOT / CENTRES[place], ROOT / "policies"]
    law = Library(folders).at(day(start), place).law("change")
    assert isinstance(law, Law)
    decided = {step: day(each) for step, each in (done or {}).items()}
    return timetable(law, WorkingDays(folders).in_place(place), tier, day(start), decided, major=major)


def said(found: Timetable) -> list[list[str]]:
    return [[f"{each.step} {each.begins} {each.ends}" for each in stage] for stage in found.stages]


def test_a_stage_begins_when_the_one_before_it_ends() -> None:
    found = asked("luzhou", "finance", "2012-03-09")  # a Friday; three working days each
    assert said(found) == [
        ["competent_review 2012-03-09 2012-03-14"],
        ["finance_approval 2012-03-14 2012-03-19"],
    ]
    assert found.last == day("2012-03-19")


def test_what_has_no_limit_stops_the_days_until_it_is_told() -> None:
    found = asked("luzhou", "government", "2012-03-05")
    assert said(found)[-1] == ["government_approval 2012-03-13 None"]
    assert found.last is None
    told = asked("luzhou", "full_procedure", "2012-09-03", {"government_approval": "2012-09-26"})
    # three, three, seven and three working days; then five days of publicity, the last moved over the National Day
    assert said(told) == [
        [f"{step} 2012-09-03 2012-09-06" for step in _PRELIMINARY],
        ["technical_approval 2012-09-06 2012-09-11"],
        ["fiscal_evaluation 2012-09-11 2012-09-20"],
        ["investment_approval 2012-09-20 2012-09-25"],
        ["government_approval 2012-09-25 2012-09-26"],
        ["publicity 2012-09-26 2012-10-08"],
    ]
    assert told.last == day("2012-10-08")


_PRELIMINARY = ("finance_preliminary", "industry_preliminary", "budget_preliminary")


def test_a_day_told_before_the_step_began_is_no_day() -> None:
    found = asked("luzhou", "finance", "2012-03-09", {"competent_review": "2012-03-08"})
    assert said(found) == [["competent_review 2012-03-09 None"], ["finance_approval None None"]]
    assert "早于" in found.stages[0][0].reasons[0].text.zh


def test_a_major_design_change_has_its_own_limit() -> None:
    # ten working days, and ten again: Saturday 31 March was worked
    assert asked("luzhou", "finance", "2012-03-05", major=True).last == day("2012-03-31")


def test_where_the_law_knows_no_major_change_it_has_the_limits_of_every_other() -> None:
    assert asked("qinghe", "company", "2026-03-05", major=True) == asked("qinghe", "company", "2026-03-05")


def test_publicity_before_a_step_stands_before_it() -> None:
    found = asked("linjiang", "major", "2026-08-05", {"leader_approval": "2026-08-20"})
    assert said(found) == [
        ["reform_examination 2026-08-05 2026-08-11", "finance_examination 2026-08-05 2026-08-11"],
        ["publicity 2026-08-11 2026-08-17"],
        ["leader_approval 2026-08-17 2026-08-20"],
    ]


def test_nobody_waits_for_a_step_that_may_be_left_out() -> None:
    found = asked("qinghe", "state", "2026-03-05")
    assert said(found) == [
        ["company_approval 2026-03-05 2026-03-07"],
        ["review 2026-03-07 2026-04-07"],
        ["state_approval 2026-03-07 2026-03-17"],
        ["publicity 2026-03-17 2026-03-27"],
    ]
    waited = asked("qinghe", "state", "2026-03-05", {"review": "2026-03-20"})
    assert said(waited)[2] == ["state_approval 2026-03-20 2026-03-30"]


def test_a_tier_that_is_decided_by_consultation_has_no_days() -> None:
    assert asked("luzhou", "consultation", "2012-03-05") == Timetable((), None)


@pytest.mark.parametrize("tier", ["finance", "财政批准"])
def test_the_command_prints_every_step(tier: str) -> None:
    done = banshi("due", "--jurisdiction", "luzhou", "--tier", tier, "--complete", "2012-03-09")
    assert (done.returncode, done.stderr) == (0, "")
    assert "主管部门审核：2012-03-14" in done.stdout
    assert "财政部门审查批准：2012-03-19" in done.stdout
    none = banshi("due", "--jurisdiction", "luzhou", "--tier", "三方会商", "--complete", "2012-03-09")
    assert "“三方会商”没有报批环节" in none.stdout


def test_the_command_refuses_what_the_whole_has_no_use_for() -> None:
    done = banshi(
        *("due", "--jurisdiction", "luzhou", "--tier", "finance"),
        "--complete",
        "2012-03-09",
        "--accepted",
        "2012-03-09",
    )
    assert done.returncode == 2
    assert "--accepted" in done.stderr


@pytest.mark.parametrize(
    ("centre", "step", "more", "said"),
    [
        ("examples/qinghe", "company_approval", (), "时限自收件日起算；没有给出这一天，按资料齐备日 {day} 计"),
        ("examples/qinghe", "company_approval", ("--received", "2026-03-06"), ""),
        (".", "technical_approval", ("--major",), "时限自接受日起算；没有给出这一天，按资料齐备日 {day} 计"),
        (".", "technical_approval", ("--major", "--accepted", "2012-03-09"), ""),
        (".", "finance_approval", (), ""),
        (".", "finance_approval", ("--accepted", "2012-03-09"), "时限自资料齐备日起算，给出的接受日用不上"),
    ],
)
def test_a_day_that_is_taken_for_one_that_was_not_given_is_told(
    centre: str, step: str, more: tuple[str, ...], said: str
) -> None:
    place, day = (("--jurisdiction", "luzhou"), "2012-03-09") if centre == "." else ((), "2026-03-09")
    done = banshi("due", "--step", step, "--complete", day, *place, *more, cwd=ROOT / centre)
    assert done.returncode == 0
    if said:
        assert said.format(day=day) in done.stdout
    else:
        assert "时限自" not in done.stdout


def test_a_limit_counts_from_the_day_of_receipt_that_is_given() -> None:
    early, late = (
        banshi(
            "due", "--step", "company_approval", "--complete", "2026-03-09", *more, "--format", "json",
            cwd=ROOT / "examples/qinghe",
        )
        for more in (("--received", "2026-03-06"), ())
    )  # fmt: skip
    assert json.loads(early.stdout)["decisions"][0]["due"] < json.loads(late.stdout)["decisions"][0]["due"]


def test_the_days_of_a_whole_procedure_tell_it_too() -> None:
    asked = ("due", "--tier", "国资审批", "--complete", "2026-03-09")
    for lang, said in (
        ((), "时限自收件日起算；没有给出这一天"),
        (("--lang", "en"), "the limit counts from the day of receipt"),
    ):
        for face in ("text", "json", "markdown"):
            done = banshi(*asked, "--format", face, *lang, cwd=ROOT / "examples/qinghe")
            assert said in done.stdout, done.stderr
