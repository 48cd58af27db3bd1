"""Scores of windows: expected marks and points are stated here by hand, from the text of the measures."""

import datetime
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, write_yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from banshi.assessment.case import Case
from banshi.assessment.context import Readings
from banshi.assessment.forms import Assessment
from banshi.assessment.loading import to_window
from banshi.assessment.quarters import law_for, quarter_of, quarters
from banshi.assessment.results import WindowScore, kept, shown
from banshi.assessment.score import Scorer, annual_mean, ranking
from banshi.assessment.what_if import costs, to_next_rank
from banshi.discovery import discover
from banshi.library import Library
from banshi.loaded import LoadedFile, Report
from banshi.loading import Loader
from banshi.reading import read
from banshi.readings import COMPUTED
from banshi.working_days import WorkingDays

D = Decimal
POLICIES = [ROOT / "policies"]
LIBRARY, DAYS = Library(POLICIES), WorkingDays(POLICIES)
MEASURES = "luzhou/window-assessment/2011-04-01.yaml"
# The sub-items of the measures with their full marks (lines 94 to 150 of the source).
FULL = {
    "functions-concentrated": 6,
    "staff-concentrated": 3,
    "chief-representative-sent": 3,
    "authorisation": 8,
    "stages-on-site": 5,
    "documents-signed": 5,
    "parallel-system": 2,
    "parallel-person": 3,
    "parallel-rates": 4,
    "parallel-software": 1,
    "matters-concentrated": 3,
    "related-departments-included": 2,
    "cases-recorded": 1,
    "standard-process": 1,
    "samples-online": 1,
    "online-consultation": 1,
    "online-appointments": 2,
    "online-review": 2,
    "on-site-completion": 12,
    "on-time-completion": 9,
    "satisfaction": 6,
    "complaints": 6,
    "first-inquiry": 3,
    "promised-limits": 1,
    "staff-assigned": 2,
    "attendance-kept": 2,
    "tidy-window": 2,
    "meetings-attended": 2,
    "tasks-done": 2,
}
MANUAL = (
    "functions-concentrated",
    "staff-concentrated",
    "chief-representative-sent",
    "parallel-system",
    "parallel-person",
    "parallel-software",
    "related-departments-included",
    "samples-online",
    "promised-limits",
    "tidy-window",
    "meetings-attended",
    "tasks-done",
)
# What costs a mark, with the sub-items that it costs: facts that are counts, and facts that are found or not.
ZEROING = {
    "unauthorised_matters": ["authorisation"],
    "activities_not_organised_by_chief": ["authorisation"],
    "cases_not_sealed_on_site": ["authorisation"],
    "offsite_stages": ["stages-on-site"],
    "documents_signed_without_authority": ["documents-signed"],
    "documents_not_issued_at_window": ["documents-signed"],
    "overdue_parallel_cases": ["parallel-rates"],
    "cases_handled_elsewhere": ["matters-concentrated"],
    "cases_not_recorded_at_once": ["cases-recorded"],
    "matters_without_standard_process": ["standard-process"],
    "working_days_offline": ["online-consultation"],
    "online_appointments_refused": ["online-appointments"],
    "overdue_online_cases": ["online-review"],
    "overdue_cases": ["on-time-completion"],
    "cases_not_told_at_once": ["first-inquiry"],
    "posts_without_backup": ["first-inquiry"],
    "absences_without_note": ["first-inquiry"],
}
FINDINGS = {
    "chief_representative_missing": ["authorisation", "chief-representative-sent"],
    "window_not_managed_by_chief": ["authorisation"],
    "staff_not_assigned_by_rule": ["staff-assigned"],
}
FACTS: dict[str, Any] = {
    **dict.fromkeys(ZEROING, 0),
    **dict.fromkeys(FINDINGS, False),
    "calls_over_limit_per_day": {"days": {}},
    "online_consultation_windows": 1,
    "parallel_satisfaction_rate": {"count": 95, "of": 100},
    "on_site_rate": {"count": 120, "of": 120},
    "satisfaction_rate": {"count": 95, "of": 100},
    "upheld_complaints": 0,
    "attendance_breaches": 0,
}
MARKS = {sub_item: {"mark": FULL[sub_item], "by": "督察科", "reason": "样例"} for sub_item in MANUAL}


def window(facts: dict[str, Any] | None = None, **rest: Any) -> dict[str, Any]:
    """A window that gets every mark, with some facts changed; a fact of None is left out."""
    own = {slug: value for slug, value in {**FACTS, **(facts or {})}.items() if value is not None}
    return {"id": "W01", "name": "样例窗口", "facts": own, "marks": MARKS, **rest}


def case_of(*windows: dict[str, Any], quarter: str = "2012-Q1", library: Library = LIBRARY) -> Case:
    assessment = Assessment(
        jurisdiction="luzhou", centre="样例", quarter=quarter, windows=tuple(to_window(w) for w in windows)
    )
    return Case(assessment, library, DAYS)


def score(
    facts: dict[str, Any] | None = None, *, quarter: str = "2012-Q1", library: Library = LIBRARY, **rest: Any
) -> WindowScore:
    return case_of(window(facts, **rest), quarter=quarter, library=library).scores[0]


def mark(facts: dict[str, Any], sub_item: str, **rest: Any) -> Decimal | None:
    return score(facts, **rest).line(sub_item).mark.value


def bonus(fact: str, **rest: Any) -> dict[str, Any]:
    given = {"fact": fact, "on": "2012-01-09", "matter": f"{fact}-1", "evidence": "样例", "approved_on": "2012-02-20"}
    return {key: value for key, value in {**given, **rest}.items() if value is not None}


def deduction(fact: str, **rest: Any) -> dict[str, Any]:
    return {"fact": fact, "on": "2012-01-10", "event": f"{fact}-1", "evidence": "样例", **rest}


def with_bonus(*entries: dict[str, Any], **rest: Any) -> WindowScore:
    return score(bonus=list(entries), **rest)


def with_deductions(*entries: dict[str, Any], facts: dict[str, Any] | None = None, **rest: Any) -> WindowScore:
    return score(facts, deductions=list(entries), **rest)


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Callable[[Any], None]], Library]:
    """A library in which some figures of the measures are others."""

    def edit(change: Callable[[Any], None]) -> Library:
        document = read(ROOT / "policies" / MEASURES).document
        assert document is not None
        change(document.data)
        path = tmp_path / "policies" / MEASURES
        path.parent.mkdir(parents=True)
        write_yaml(path, document.data)
        return Library([tmp_path / "policies", *POLICIES])

    return edit


def norm(data: Any, norm_id: str) -> Any:
    return next(n for p in data["provisions"] for n in p["norms"] if n["id"] == norm_id)


def taking(edited: Any, reading: str, option: str) -> Library:
    def change(data: Any) -> None:
        next(r for r in data["readings"] if r["id"] == reading)["default"] = option

    library: Library = edited(change)
    return library


# Quarters


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
    law = LIBRARY.at(datetime.date(2012, 6, 1), "luzhou").law("window-assessment")
    assert law is not None
    assert str(quarter_of(law, datetime.date.fromisoformat(day))) == quarter


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)))
def test_every_day_has_one_quarter(day: datetime.date) -> None:
    law = LIBRARY.at(datetime.date(2012, 6, 1), "luzhou").law("window-assessment")
    assert law is not None
    every = [*quarters(law, day.year), *quarters(law, day.year + 1)]
    assert [q for q in every if day in q] == [quarter_of(law, day)]


@pytest.mark.parametrize(("year", "last"), [(2012, 29), (2013, 28), (2100, 28), (2000, 29)])
def test_the_first_quarter_ends_with_february(year: int, last: int) -> None:
    law = LIBRARY.at(datetime.date(2012, 6, 1), "luzhou").law("window-assessment")
    assert law is not None
    assert quarters(law, year)[0].end == datetime.date(year, 2, last)


def test_nothing_is_judged_before_the_measures() -> None:
    assert law_for(LIBRARY, "luzhou", 2011, 1) is None
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


# The base score


def test_a_window_without_fault_gets_every_mark() -> None:
    found = score()
    assert {line.id: line.mark.value for line in found.lines} == FULL
    assert (found.base.value, found.total.value, found.at_least, found.at_most) == (100, 100, 100, 100)


def test_ten_items_make_a_hundred() -> None:
    by_item: dict[str, Decimal] = {}
    for line in score().lines:
        by_item[line.placed.norm.item] = by_item.get(line.placed.norm.item, D(0)) + line.marks
    assert list(by_item.values()) == [6, 6, 8, 10, 10, 7, 6, 33, 4, 10]


@pytest.mark.parametrize(("fact", "lost"), ZEROING.items())
def test_one_case_costs_the_whole_mark(fact: str, lost: list[str]) -> None:
    found = score({fact: 1})
    assert {line.id: line.mark.value for line in found.lines} == {**FULL, **dict.fromkeys(lost, 0)}
    assert found.line(lost[0]).mark.basis


@pytest.mark.parametrize(("fact", "lost"), FINDINGS.items())
def test_what_is_found_costs_the_whole_mark(fact: str, lost: list[str]) -> None:
    assert {line.id: line.mark.value for line in score({fact: True}).lines} == {**FULL, **dict.fromkeys(lost, 0)}


@pytest.mark.parametrize("fact", [*ZEROING, *FINDINGS, "calls_over_limit_per_day", "parallel_satisfaction_rate"])
def test_what_is_not_stated_is_not_nought(fact: str) -> None:
    found = score({fact: None})
    assert found.base.value is found.total.value is None
    assert found.undetermined
    assert found.at_least < found.at_most <= 100
    assert {line.id for line in found.undetermined} <= set(FULL) - set(MANUAL)


@pytest.mark.parametrize("sub_item", MANUAL)
def test_no_mark_by_a_person_is_full_by_default(sub_item: str) -> None:
    found = score(marks={key: value for key, value in MARKS.items() if key != sub_item})
    line = found.line(sub_item)
    assert (line.mark.value, line.at_least, line.at_most) == (None, 0, FULL[sub_item])
    assert found.total.value is None
    assert (found.at_least, found.at_most) == (100 - FULL[sub_item], 100)


def test_there_are_twelve_of_them() -> None:
    assert sorted(line.id for line in score(marks={}).undetermined) == sorted(MANUAL)


@pytest.mark.parametrize(("given", "used"), [("0", 0), ("2.5", D("2.5")), ("6", 6), ("6.1", None)])
def test_a_person_gives_no_more_than_the_full_mark(given: str, used: Decimal | None) -> None:
    marks = {**MARKS, "functions-concentrated": {"mark": given, "by": "督察科", "reason": "样例"}}
    assert mark({}, "functions-concentrated", marks=marks) == used


def test_without_a_chief_representative_no_mark_is_waited_for() -> None:
    marks = {key: value for key, value in MARKS.items() if key != "chief-representative-sent"}
    found = score({"chief_representative_missing": True}, marks=marks)
    assert found.line("chief-representative-sent").mark.value == 0
    assert found.base.value == 100 - 3 - 8


@pytest.mark.parametrize(("complaints", "left"), [(0, 6), (1, 5), (2, 4), (3, 2), (4, 0), (5, 0), (50, 0)])
def test_complaints(complaints: int, left: int) -> None:
    assert mark({"upheld_complaints": complaints}, "complaints") == left


@pytest.mark.parametrize(("breaches", "left"), [(0, "2"), (1, "1.8"), (9, "0.2"), (10, "0"), (11, "0")])
def test_attendance(breaches: int, left: str) -> None:
    assert mark({"attendance_breaches": breaches}, "attendance-kept") == D(left)


@pytest.mark.parametrize(
    ("part", "whole", "left", "seen"),
    [
        (9876, 10000, "11.8512", "11.85"),
        (1, 1, "12", "12.00"),
        (0, 7, "0", "0.00"),
        (1, 3, "4", "4.00"),
        (118, 120, "11.8", "11.80"),
    ],
)
def test_on_site_completion(part: int, whole: int, left: str, seen: str) -> None:
    value = mark({"on_site_rate": {"count": part, "of": whole}}, "on-site-completion")
    assert value == D(left)
    assert shown(value) == seen


def test_a_product_is_rounded_only_where_it_is_shown() -> None:
    value = mark({"on_site_rate": {"count": 118, "of": 119}}, "on-site-completion")
    assert value is not None
    assert (kept(value), shown(value)) == (D("11.8992"), "11.90")
    assert value * 119 != 12 * 118 or value == D(12 * 118) / 119
    assert D("11.8991") < value < D("11.8992")


@pytest.mark.parametrize(
    ("part", "left", "more"),
    [(9499, 0, "0"), (9500, 6, "0"), (9599, 6, "0"), (9600, 6, "0.1"), (9999, 6, "0.4"), (10000, 6, "0.5")],
)
def test_satisfaction(part: int, left: int, more: str) -> None:
    found = score({"satisfaction_rate": {"count": part, "of": 10000}})
    assert found.line("satisfaction").mark.value == left
    assert found.bonus_total.value == D(more)
    assert found.base.value == 94 + left


@pytest.mark.parametrize(("calls", "left"), [(4, 1), (5, 0), (6, 0)])
def test_slow_answers_are_counted_by_day(calls: int, left: int) -> None:
    assert mark({"calls_over_limit_per_day": {"days": {"2012-01-05": calls}}}, "online-consultation") == left


def test_slow_answers_are_never_added_over_days() -> None:
    days = {f"2012-01-{day:02d}": 4 for day in (5, 6, 9, 10)}
    assert mark({"calls_over_limit_per_day": {"days": days}}, "online-consultation") == 1


def test_days_outside_the_quarter_do_not_count() -> None:
    days = {"2012-03-01": 9, "2011-11-30": 9}
    assert mark({"calls_over_limit_per_day": {"days": days}}, "online-consultation") == 1


@pytest.mark.parametrize(
    ("slug", "sub_item"),
    [("on_site_rate", "on-site-completion"), ("satisfaction_rate", "satisfaction")],
)
def test_a_rate_of_nothing_is_not_determined(slug: str, sub_item: str) -> None:
    found = score({slug: {"count": 0, "of": 0}})
    assert found.line(sub_item).mark.value is None
    assert found.at_most == 100
    marks = {**MARKS, sub_item: {"mark": 5, "by": "督察科", "reason": "没有办件"}}
    assert mark({slug: {"count": 0, "of": 0}}, sub_item, marks=marks) == 5


def test_a_count_comes_before_a_rate_of_nothing() -> None:
    facts = {"overdue_cases": 1, "on_time_rate": {"count": 0, "of": 0}}
    assert mark(facts, "on-time-completion") == 0
    assert mark({**facts, "overdue_cases": 0}, "on-time-completion") is None


def test_more_than_all_is_no_rate() -> None:
    assert mark({"on_site_rate": {"count": 5, "of": 4}}, "on-site-completion") is None


def test_parallel_satisfaction_has_no_rule_and_is_left_to_a_person() -> None:
    facts = {"parallel_satisfaction_rate": {"count": 94, "of": 100}}
    assert mark(facts, "parallel-rates") is None
    marks = {**MARKS, "parallel-rates": {"mark": 2, "by": "督察科", "reason": "样例"}}
    assert mark(facts, "parallel-rates", marks=marks) == 2
    assert mark({**facts, "overdue_parallel_cases": 1}, "parallel-rates", marks=marks) == 0


def test_a_mark_cannot_stand_in_for_a_rule_or_a_missing_fact() -> None:
    marks = {**MARKS, "complaints": {"mark": 6, "by": "督察科", "reason": "样例"}}
    assert mark({"upheld_complaints": 2}, "complaints", marks=marks) == 4
    assert mark({"upheld_complaints": None}, "complaints", marks=marks) is None


def exempt(count: int, stage: str | None = None) -> dict[str, Any]:
    own = {"count": count, "ground": "重大审批事项经核实并报市政府同意", "evidence": "样例批复"}
    return {**own, "stage": stage} if stage else own


@pytest.mark.parametrize(
    ("exemptions", "left"),
    [([exempt(1, "审批")], 5), ([exempt(1, "受理")], 0), ([exempt(1)], 0), ([exempt(2, "审批")], 5), ([], 0)],
)
def test_only_the_approval_stage_may_be_elsewhere(exemptions: list[Any], left: int) -> None:
    assert mark({"offsite_stages": {"count": 1, "exempt": exemptions}}, "stages-on-site") == left


def test_an_exemption_counts_only_where_the_text_has_one() -> None:
    signed = {"documents_signed_without_authority": {"count": 1, "exempt": [exempt(1)]}}
    assert mark(signed, "documents-signed") == 5
    sealed = {"cases_not_sealed_on_site": {"count": 1, "exempt": [exempt(1)]}}
    assert mark(sealed, "authorisation") == 0


def test_who_signs() -> None:
    found = score({"documents_signed_by_authorised_staff": 1})
    line = found.line("documents-signed")
    assert line.mark.value == 5
    assert [(a.reading, a.value) for a in line.mark.alternatives] == [("signing", 0)]
    assert [(a.reading, a.value) for a in found.total.alternatives] == [("signing", 95)]
    assert not score({"documents_signed_by_authorised_staff": 0}).total.reading_dependent


def test_the_data_propose_a_mark_and_a_person_gives_it() -> None:
    def proposed(promised: int, **rest: Any) -> str:
        limits = {"items": [{"matter": "甲", "statutory": 20, "promised": promised}, {"matter": "乙", "promised": 3}]}
        found = score({"promised_limit_reduction": limits}, **rest)
        return " ".join(reason.text.zh for reason in found.line("promised-limits").mark.reasons)

    assert "建议 1 分" in proposed(6)
    assert "建议 0 分" in proposed(7)
    assert "建议 1 分" in proposed(0)
    found = score({"promised_limit_reduction": {"items": []}}, marks={})
    assert found.line("promised-limits").mark.value is None


# Bonus and deductions


@pytest.mark.parametrize(
    ("entry", "points"),
    [
        (bonus("praises_by_province", by="省委、省政府"), "2"),
        (bonus("praises_by_provincial_centre", by="省政务服务中心"), "1"),
        (bonus("praises_by_centre", by="市政务服务中心"), "0.5"),
        (bonus("written_commendations", by="国家有关部委"), "2"),
        (bonus("written_commendations", by="市政府"), "0"),
        (bonus("positive_media_reports", level="province"), "2"),
        (bonus("positive_media_reports", level="nation"), "2"),
        (bonus("positive_media_reports", level="city"), "0"),
        (bonus("positive_media_reports"), "0"),
        (bonus("banners", count=3), "0.3"),
        (bonus("letters_of_praise"), "0.1"),
        (bonus("extra_matters_concentrated"), "1"),
        (bonus("matters_entered_into_parallel"), "1"),
        (bonus("online_reviews_passed", count=29), "2.9"),
        (bonus("online_reviews_passed", count=31), "3"),
        (bonus("evening_cases", at="17:31", verified_by="督察科"), "0.5"),
        (bonus("evening_cases", at="17:30", verified_by="督察科"), "0"),
        (bonus("evening_cases", at="18:10"), "0"),
        (bonus("evening_cases", at="18:10", on="2012-01-07", verified_by="督察科"), "0"),
        (bonus("evening_cases", at="18:10", on="2011-12-31", verified_by="督察科"), "0.5"),
        (bonus("holiday_appointment_cases", on="2012-01-07", verified_by="督察科"), "1"),
        (bonus("holiday_appointment_cases", on="2012-01-23", verified_by="督察科"), "1"),
        (bonus("holiday_appointment_cases", on="2011-12-31", verified_by="督察科"), "0"),
        (bonus("upward_cases_online", verified_by="督察科"), "0.5"),
        (bonus("leader_visits", by="部门主要领导、分管领导"), "0.5"),
        (bonus("suggestions_adopted", count=2), "2"),
        (bonus("articles_on_centre_site"), "0.1"),
        (bonus("articles_on_provincial_sites"), "0.2"),
        (bonus("emergency_contributions", verified_by="考核领导小组"), "1"),
        (bonus("emergency_contributions", verified_by="督察科"), "0"),
        (bonus("culture_commendations"), "0.5"),
        (bonus("banners", approved_on=None), "0"),
        (bonus("banners", on="2012-03-01"), "0"),
        (bonus("quarrels"), "0"),
        (bonus("no_such_thing"), "0"),
        (bonus("helped_in_flood", analogy=True, like="banners"), "0.1"),
    ],
    ids=lambda value: f"{value['fact']}-{value.get('on')}" if isinstance(value, dict) else value,
)
def test_a_bonus(entry: dict[str, Any], points: str) -> None:
    found = with_bonus(entry)
    assert found.bonus_total.value == D(points)
    assert found.total.value == 100 + D(points)
    assert all(own.reasons for own in found.bonus)


@pytest.mark.parametrize(
    ("entry", "points"),
    [
        (deduction("criticisms_by_superiors", by="省委、省政府"), "2"),
        (deduction("criticisms_by_superiors", by="上级政府及部门"), "2"),
        (deduction("criticisms_by_centre", by="中心"), "0.5"),
        (deduction("negative_media_reports", level="city"), "2"),
        (deduction("negative_media_reports", level="county"), "0"),
        (deduction("interferences_with_lower_departments"), "1"),
        (deduction("cases_consulted_without_application", times=3), "0.1"),
        (deduction("cases_consulted_without_application", times=2), "0"),
        (deduction("cases_corrected_repeatedly", times=3, count=4), "0.4"),
        (deduction("cases_returned_without_reason"), "0.1"),
        (deduction("cases_returned_for_same_reason", times=2), "0.1"),
        (deduction("cases_returned_for_same_reason", times=1), "0"),
        (deduction("illegal_charges"), "0.1"),
        (deduction("quarrels"), "0.5"),
        (deduction("paid_intermediary_acts"), "0.5"),
        (deduction("idle_acts", count=2), "1"),
        (deduction("idle_acts_with_serious_consequence"), "1"),
        (deduction("extortion_persons", count=3), "6"),
        (deduction("staff_sent_back"), "2"),
        (deduction("quarrels", on="2012-03-01"), "0"),
        (deduction("rudeness", analogy=True, like="quarrels"), "0.5"),
    ],
    ids=lambda value: f"{value['fact']}-{value.get('times')}" if isinstance(value, dict) else value,
)
def test_a_deduction(entry: dict[str, Any], points: str) -> None:
    found = with_deductions(entry)
    assert found.deduction_total.value == D(points)
    assert found.total.value == 100 - D(points)


@pytest.mark.parametrize("fact", ["criticisms_by_superiors", "negative_media_reports", "cases_corrected_repeatedly"])
def test_a_deduction_of_which_a_condition_is_unknown_is_open(fact: str) -> None:
    found = with_deductions(deduction(fact))
    assert found.deductions[0].counted is None
    assert found.deduction_total.value is found.total.value is None
    assert found.at_least < found.at_most == 100


def test_the_bonus_has_a_cap() -> None:
    entries = [bonus("suggestions_adopted", matter=f"建议-{n}") for n in range(23)]
    found = with_bonus(*entries, bonus("banners", count=4, matter="锦旗"))
    assert sum(entry.points for entry in found.bonus) == D("23.4")
    assert found.bonus_total.value == 20
    assert found.total.value == 120


def test_deductions_have_no_end() -> None:
    found = with_deductions(*(deduction("extortion_persons", count=20, event=f"事件-{n}") for n in range(5)))
    assert found.total.value == 100 - 200


def test_one_matter_counts_once_by_its_highest() -> None:
    both = [
        bonus("praises_by_province", by="province", matter="并联"),
        bonus("praises_by_centre", by="centre", matter="并联"),
    ]
    found = with_bonus(*both)
    assert found.bonus_total.value == 2
    assert sorted((entry.points, entry.counted) for entry in found.bonus if entry.group) == [(0, False), (2, True)]
    assert with_bonus(both[0], {**both[1], "matter": "大厅"}).bonus_total.value == D("2.5")


def test_lines_are_compared_by_their_totals() -> None:
    same = {"event": "事件"}
    found = with_deductions(deduction("illegal_charges", count=30, **same), deduction("extortion_persons", **same))
    assert found.deduction_total.value == 3
    assert [(a.reading, a.value) for a in found.deduction_total.alternatives] == [("highest-line", 2)]


def test_a_grave_consequence_stands_in_for_the_lesser_deduction() -> None:
    same = {"event": "巡查"}
    found = with_deductions(deduction("idle_acts", **same), deduction("idle_acts_with_serious_consequence", **same))
    assert found.deduction_total.value == 1
    assert ("serious-instead", D("1.5")) in [(a.reading, a.value) for a in found.deduction_total.alternatives]


def test_once_per_matter() -> None:
    twice = [bonus("extra_matters_concentrated", matter="甲", on=f"2012-01-{day:02d}") for day in (5, 6)]
    assert with_bonus(*twice).bonus_total.value == 1
    assert with_bonus(bonus("extra_matters_concentrated", count=3)).bonus_total.value == 1
    sites = [bonus(f"articles_on_{site}", matter="信息") for site in ("centre_site", "provincial_sites")]
    assert with_bonus(*sites).bonus_total.value == D("0.2")


@pytest.mark.parametrize(("previously", "more"), [("0.5", "1.5"), ("2", "0"), ("3", "0")])
def test_a_matter_praised_before_gets_the_difference(previously: str, more: str) -> None:
    entry = bonus("praises_by_province", by="province", previously=previously)
    assert with_bonus(entry).bonus_total.value == D(more)


def test_bonus_for_online_satisfaction_needs_approval() -> None:
    rate = {"count": 98, "of": 100}
    assert score({"online_review_satisfaction_rate": rate}).bonus_total.value == 0
    approved = {**rate, "approved_on": "2012-02-20"}
    assert score({"online_review_satisfaction_rate": approved}).bonus_total.value == D("0.3")


def test_the_cap_of_reviews_is_theirs_alone() -> None:
    rate = {"count": 100, "of": 100, "approved_on": "2012-02-20"}
    found = with_bonus(bonus("online_reviews_passed", count=40), facts={"online_review_satisfaction_rate": rate})
    assert found.bonus_total.value == D("3.5")
    assert ("online-cap", D(3)) in [(a.reading, a.value) for a in found.bonus_total.alternatives]


def test_one_overdue_case_in_several_places() -> None:
    case = deduction("overdue_cases", parallel=True, online=True)
    facts = {"overdue_cases": 1, "overdue_parallel_cases": 1, "overdue_online_cases": 1}
    for found in (with_deductions(case, facts=facts), with_deductions(case)):
        lost = {line.id: line.lost for line in found.lines if line.lost}
        assert lost == {"parallel-rates": 4, "online-review": 2, "on-time-completion": 9}
        assert found.deduction_total.value == 2
        assert found.total.value == 100 - 4 - 2 - 9 - 2
        assert len(found.effects) == 4


def test_overdue_cases_that_are_not_listed_count_too() -> None:
    found = with_deductions(deduction("overdue_cases"), facts={"overdue_cases": 3})
    assert found.deduction_total.value == 6
    assert [entry.points for entry in found.deductions] == [2, 4]
    assert "其余 2 件" in found.deductions[1].reasons[0].text.zh


def test_combined_windows_are_not_scored() -> None:
    case = case_of(window(), window(id="W02", kind="combined_window"), window({"overdue_cases": None}, id="W03"))
    assert [(rank.score.window.id, rank.place) for rank in case.ranking] == [("W01", 1), ("W02", None), ("W03", None)]
    assert not case.scores[1].scored
    assert case.scores[1].lines == ()


# Totals, ranks, years


def test_ranks_are_by_exact_totals_and_ties_are_ties() -> None:
    rates = {"W01": 11851, "W02": 11852, "W03": 11852, "W04": 11850}
    windows = [window({"on_site_rate": {"count": n, "of": 12000}}, id=key) for key, n in rates.items()]
    found = [(rank.place, rank.score.window.id) for rank in case_of(*windows).ranking]
    assert found == [(1, "W02"), (1, "W03"), (3, "W01"), (4, "W04")]


def test_equal_totals_are_equal_however_they_came_about() -> None:
    rate = {"on_site_rate": {"count": 118, "of": 119}}
    more = {"bonus": [bonus("suggestions_adopted", count=2)]}
    less = {"deductions": [deduction("interferences_with_lower_departments", count=3)]}
    windows = [window(rate, **more, **less), window({**rate, "upheld_complaints": 1}, id="W02")]
    assert [rank.place for rank in case_of(*windows).ranking] == [1, 1]


def year_of(*quarters: str) -> list[Case]:
    return [case_of(window({"upheld_complaints": n}), quarter=quarter) for n, quarter in enumerate(quarters)]


def test_a_year_is_computed_only_when_asked_for_and_whole() -> None:
    whole = annual_mean(year_of("2012-Q1", "2012-Q2", "2012-Q3", "2012-Q4"))
    assert whole["W01"].value == (100 + 99 + 98 + 96) / D(4)
    for some in (("2012-Q1", "2012-Q2", "2012-Q3"), ("2012-Q1", "2012-Q2", "2012-Q3", "2013-Q4"), ("2012-Q1",) * 4):
        assert annual_mean(year_of(*some))["W01"].value is None


def test_what_if() -> None:
    own = window(
        {"upheld_complaints": 1, "offsite_stages": 1, "attendance_breaches": 2}, deductions=[deduction("quarrels")]
    )
    case = case_of(own, window({"upheld_complaints": 2}, id="W02"), window(id="W03"))
    found = [(cost.subject, cost.points) for cost in costs(case, case.scores[0])]
    assert found == [
        ("offsite_stages", 5),
        ("upheld_complaints", 1),
        ("quarrels", D("0.5")),
        ("attendance_breaches", D("0.4")),
    ]
    step = to_next_rank(case, case.scores[0])
    assert step is not None
    assert (step.place, step.missing) == (2, D("4.9"))
    assert [cost.subject for cost in step.alone] == ["offsite_stages"]
    assert [cost.subject for cost in step.together] == ["offsite_stages"]
    assert to_next_rank(case, case.scores[2]) is None


def test_what_if_only_several_changes_would_do() -> None:
    case = case_of(
        window({"upheld_complaints": 1, "attendance_breaches": 2}), window({"attendance_breaches": 1}, id="W02")
    )
    step = to_next_rank(case, case.scores[0])
    assert step is not None
    assert (step.place, step.missing) == (1, D("1.2"))
    assert step.alone == ()
    assert [cost.subject for cost in step.together] == ["upheld_complaints", "attendance_breaches"]


def test_a_rate_is_made_good_only_as_far_as_it_cost_something() -> None:
    case = case_of(window({"satisfaction_rate": {"count": 90, "of": 101}, "on_site_rate": {"count": 3, "of": 4}}))
    found = [(cost.subject, cost.points) for cost in costs(case, case.scores[0])]
    assert found == [("satisfaction_rate", 6), ("on_site_rate", 3)]


def test_what_if_an_overdue_case_had_not_been() -> None:
    case = case_of(window({"overdue_cases": 1}, deductions=[deduction("overdue_cases", parallel=True)]))
    assert [(cost.subject, cost.points) for cost in costs(case, case.scores[0])] == [("overdue_cases", 15)]


def test_earlier_points_count_whichever_entry_of_the_matter_says_so() -> None:
    """The entry that says so may itself be left out, as one piece too many of a matter that counts once."""
    twice = [
        bonus("articles_on_provincial_sites", on="2012-01-05"),
        bonus("articles_on_provincial_sites", on="2012-01-20", previously="0.2"),
    ]
    assert score(bonus=twice).bonus_total.value == 0
    unapproved = [
        bonus("banners", matter="甲"),
        bonus("letters_of_praise", matter="甲", approved_on=None, previously="0.1"),
    ]
    assert score(bonus=unapproved).bonus_total.value == 0


def test_of_equal_lines_the_one_that_no_cap_lessens_counts() -> None:
    """0.5 for online reviews and 0.5 for an event: the reviews of another matter already fill their cap of 3."""
    entries = [
        bonus("online_reviews_passed", matter="甲", count=30),
        bonus("online_reviews_passed", matter="乙", count=5),
        bonus("culture_commendations", matter="乙"),
    ]
    assert score(bonus=entries).bonus_total.value == D("3.5")


def test_what_if_counts_the_rates_that_overdue_cases_lower() -> None:
    """9 of 15(2), 4 of 12(3), 2 of 14(4) and the deduction of 2 all come back, the rates being whole again."""
    facts = {
        "overdue_cases": 1,
        "on_time_rate": {"count": 119, "of": 120},
        "parallel_on_time_rate": {"count": 11, "of": 12},
    }
    case = case_of(window(facts, deductions=[deduction("overdue_cases", parallel=True, online=True)]))
    assert [(cost.subject, cost.points) for cost in costs(case, case.scores[0])] == [("overdue_cases", 17)]


# Readings


@pytest.mark.parametrize(
    ("reading", "option", "changed", "total"),
    [
        ("base-floor", "no_floor", {"facts": {"upheld_complaints": 5}}, 92),
        ("no-chief-representative", "one", {"facts": {"chief_representative_missing": True}}, 92),
        ("any-day", "every_day", {"facts": {"working_days_offline": 1}}, 100),
        ("any-day", "every_day", {"facts": {"calls_over_limit_per_day": {"days": {"2012-01-05": 9}}}}, 100),
        ("any-day", "every_day", {"facts": {"working_days_offline": 99}}, 99),
        ("signing", "chief_only", {"facts": {"documents_signed_by_authorised_staff": 1}}, 95),
        ("rounding", "two_decimals", {"facts": {"on_site_rate": {"count": 9876, "of": 10000}}}, "99.85"),
        ("zero-denominator", "full", {"facts": {"on_site_rate": {"count": 0, "of": 0}}}, 100),
        ("zero-denominator", "zero", {"facts": {"on_site_rate": {"count": 0, "of": 0}}}, 88),
        ("parallel-satisfaction", "zero", {"facts": {"parallel_satisfaction_rate": {"count": 9, "of": 10}}}, 96),
        ("points-over", "pro_rata", {"facts": {"satisfaction_rate": {"count": 955, "of": 1000}}}, "100.05"),
        ("points-over", "on_base", {"facts": {"satisfaction_rate": {"count": 96, "of": 100}}}, "100.1"),
        ("bonus-approval", "automatic", {"bonus": [bonus("banners", approved_on=None)]}, "100.1"),
        ("overdue-several-places", "highest", {"facts": {"overdue_cases": 2}}, 91),
        ("overdue-several-places", "highest", {"deductions": [deduction("overdue_cases", parallel=True)]}, 91),
        ("zero-scope", "whole_quarter", {"facts": {"offsite_stages": 1}}, 0),
        ("which-limit", "statutory", {"deductions": [deduction("overdue_cases", promised_only=True)]}, 100),
        ("which-quarter", "anew", {"bonus": [bonus("banners", previously="0.1")]}, "100.1"),
        ("once-per-matter", "per_quarter", {"bonus": [bonus("extra_matters_concentrated", previously=1)]}, 101),
    ],
)
def test_a_reading_is_obeyed_and_shown(
    edited: Any, reading: str, option: str, changed: dict[str, Any], total: Decimal | str
) -> None:
    own = score(**changed)
    assert own.total.value != D(total) or option == "on_base" or changed["facts"].get("working_days_offline") == 99
    assert score(**changed, library=taking(edited, reading, option)).total.value == D(total)
    if own.total.value != D(total):
        assert (option, D(total)) in [(a.option, a.value) for a in own.total.alternatives]


def test_overdue_cases_where_they_cost_most_only(edited: Any) -> None:
    """A case under one in 12(3), 14(4), 15(2) and the deductions: only the nine marks of 15(2) are lost."""
    facts = {"overdue_cases": 1, "parallel_on_time_rate": {"count": 11, "of": 12}}
    late = [deduction("overdue_cases", parallel=True, online=True)]
    own = score(facts, deductions=late)
    assert own.total.value == D(100 - 4 - 2 - 9 - 2)
    assert ("highest", D(91)) in [(a.option, a.value) for a in own.total.alternatives]
    other = score(facts, deductions=late, library=taking(edited, "overdue-several-places", "highest"))
    assert [other.line(i).mark.value for i in ("parallel-rates", "online-review", "on-time-completion")] == [4, 2, 0]
    assert other.deduction_total.value == 0


def test_a_case_late_against_the_promised_limit_alone_depends_on_the_reading(edited: Any) -> None:
    """AMB-75: one of two overdue cases is within the statutory limit, so that the other still costs 15(2)."""
    late = [deduction("overdue_cases", event="甲", promised_only=True), deduction("overdue_cases", event="乙")]
    own = score({"overdue_cases": 2}, deductions=late)
    assert (own.total.value, own.deduction_total.value) == (D(87), D(4))
    assert [(a.option, a.value) for a in own.deduction_total.alternatives if a.reading == "which-limit"] == [
        ("statutory", D(2))
    ]
    alone = score({"overdue_cases": 1}, deductions=late[:1])
    assert (alone.total.value, alone.line("on-time-completion").mark.value) == (D(89), D(0))
    assert ("statutory", D(100)) in [(a.option, a.value) for a in alone.total.alternatives]


def test_a_forfeited_item_may_cost_the_whole_quarter_by_another_reading(edited: Any) -> None:
    own = score(
        {"offsite_stages": 1},
        bonus=[bonus("banners")],
        deductions=[deduction("quarrels")],
        library=taking(edited, "zero-scope", "whole_quarter"),
    )
    assert (own.base.value, own.total.value, own.at_least, own.at_most) == (0, D("-0.4"), D("-0.4"), D("-0.4"))


def test_points_beyond_on_the_sub_item(edited: Any) -> None:
    library = taking(edited, "points-over", "on_base")
    found = score({"satisfaction_rate": {"count": 100, "of": 100}}, library=library)
    assert found.line("satisfaction").mark.value == D("6.5")
    assert found.bonus_total.value == 0


# The policy drives


@pytest.mark.parametrize(
    ("norm_id", "key", "value", "facts", "before", "after"),
    [
        ("complaints", "marks", 7, {"upheld_complaints": 1}, 99, 100),
        ("further-complaints", "points", 3, {"upheld_complaints": 3}, 96, 95),
        ("attendance-breaches", "points", D("0.5"), {"attendance_breaches": 2}, "99.6", 99),
        ("attendance-breaches", "floor", 1, {"attendance_breaches": 99}, 98, 99),
        ("satisfaction-bonus", "points", D("0.2"), {"satisfaction_rate": {"count": 100, "of": 100}}, "100.5", 101),
        ("satisfaction-bonus", "above", 97, {"satisfaction_rate": {"count": 100, "of": 100}}, "100.5", "100.3"),
    ],
)
def test_a_changed_figure_changes_the_score(
    edited: Any, norm_id: str, key: str, value: Any, facts: dict[str, Any], before: Any, after: Any
) -> None:
    def change(data: Any) -> None:
        norm(data, norm_id)[key] = str(value) if isinstance(value, Decimal) else value

    assert score(facts).total.value == D(before)
    assert score(facts, library=edited(change)).total.value == D(after)


def test_a_changed_cap_and_price_change_the_bonus(edited: Any) -> None:
    def change(data: Any) -> None:
        norm(data, "bonus-cap")["at_most"] = 5
        norm(data, "suggestion-adopted")["points"] = 2

    entries = [bonus("suggestions_adopted", matter=f"建议-{n}") for n in range(3)]
    assert with_bonus(*entries).bonus_total.value == 3
    assert with_bonus(*entries, library=edited(change)).bonus_total.value == 5


# Properties


def counts(most: int = 12) -> st.SearchStrategy[int]:
    return st.one_of(st.just(0), st.integers(0, most))


@st.composite
def rates(draw: st.DrawFn) -> dict[str, int]:
    whole = draw(st.integers(0, 40))
    return {"count": draw(st.integers(max(0, whole - 4), whole)), "of": whole}


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(strategy, strategy, strategy, st.none())


FACT_SETS = st.fixed_dictionaries(
    {
        **{slug: maybe(counts(3)) for slug in ZEROING},
        **{slug: maybe(st.booleans()) for slug in FINDINGS},
        "upheld_complaints": maybe(counts()),
        "attendance_breaches": maybe(counts()),
        "on_site_rate": maybe(rates()),
        "satisfaction_rate": maybe(rates()),
        "parallel_satisfaction_rate": maybe(rates()),
        "online_review_satisfaction_rate": maybe(rates()),
        "documents_signed_by_authorised_staff": maybe(counts(2)),
    }
)
DEDUCTIONS = st.lists(
    st.builds(
        lambda fact, event, count, times, level, by: deduction(
            fact, event=f"事件-{event}", count=count, times=times, level=level, by=by
        ),
        st.sampled_from(["quarrels", "idle_acts", "idle_acts_with_serious_consequence", "extortion_persons"])
        | st.sampled_from(["criticisms_by_superiors", "cases_corrected_repeatedly", "negative_media_reports"]),
        st.integers(1, 3),
        st.integers(1, 3),
        st.integers(1, 4),
        st.sampled_from(["county", "city", "province"]),
        st.sampled_from(["province", "centre"]),
    ),
    max_size=5,
)
BONUSES = st.lists(
    st.builds(
        lambda fact, matter, count, approved, by: bonus(
            fact, matter=f"事项-{matter}", count=count, approved_on="2012-02-20" if approved else None, by=by
        ),
        st.sampled_from(["banners", "suggestions_adopted", "praises_by_province", "praises_by_centre"])
        | st.sampled_from(["online_reviews_passed", "extra_matters_concentrated", "articles_on_centre_site"]),
        st.integers(1, 4),
        st.integers(1, 30),
        st.booleans(),
        st.sampled_from(["province", "centre"]),
    ),
    max_size=6,
)


@st.composite
def windows(draw: st.DrawFn) -> dict[str, Any]:
    return window(draw(FACT_SETS), bonus=draw(BONUSES), deductions=draw(DEDUCTIONS))


ADVERSE = [*ZEROING, *FINDINGS, "upheld_complaints", "attendance_breaches", "on_site_rate", "satisfaction_rate"]


def worse(own: dict[str, Any], slug: str) -> dict[str, Any]:
    """The same window with one adverse fact more; a rate loses one of its numerator."""
    value = own["facts"].get(slug)
    if isinstance(value, dict):
        more: Any = {**value, "count": max(0, value["count"] - 1)}
    else:
        more = True if slug in FINDINGS else (value or 0) + 1
    return {**own, "facts": {**own["facts"], slug: more}}


@settings(max_examples=150)
@given(windows(), st.sampled_from(ADVERSE))
def test_an_adverse_fact_never_raises_a_score(own: dict[str, Any], slug: str) -> None:
    if slug.endswith("rate") and slug not in own["facts"]:
        own = {**own, "facts": {**own["facts"], slug: {"count": 40, "of": 40}}}
    before, after = (case_of(w).scores[0] for w in (own, worse(own, slug)))
    assert after.at_most <= before.at_most
    if slug in own["facts"]:
        assert after.at_least <= before.at_least
    if before.total.value is not None and after.total.value is not None:
        assert after.total.value <= before.total.value


@settings(max_examples=100)
@given(windows(), DEDUCTIONS.filter(bool))
def test_a_further_deduction_never_raises_a_score(own: dict[str, Any], more: list[dict[str, Any]]) -> None:
    before, after = (case_of(w).scores[0] for w in (own, {**own, "deductions": [*own["deductions"], *more]}))
    assert (after.at_most, after.at_least) <= (before.at_most, before.at_least)


@settings(max_examples=100)
@given(windows())
def test_bounds_hold_the_total_and_the_bonus_its_cap(own: dict[str, Any]) -> None:
    found = case_of(own).scores[0]
    assert found.at_least <= found.at_most <= 120
    assert found.bonus_total.value is None or 0 <= found.bonus_total.value <= 20
    if found.total.value is not None:
        assert found.at_least == found.total.value == found.at_most
    for line in found.lines:
        assert 0 <= line.at_least <= line.at_most <= FULL[line.id]


@settings(max_examples=100)
@given(st.lists(windows(), min_size=1, max_size=4), st.randoms())
def test_no_order_matters(written: list[dict[str, Any]], chance: Any) -> None:
    named = [{**own, "id": f"W{n}"} for n, own in enumerate(written)]
    mixed = json.loads(json.dumps(named))
    for own in mixed:
        own["facts"] = dict(chance.sample(list(own["facts"].items()), len(own["facts"])))
        chance.shuffle(own["bonus"])
        chance.shuffle(own["deductions"])
    chance.shuffle(mixed)
    one, other = case_of(*named), case_of(*mixed)
    said = [
        [(r.place, r.score.window.id, r.score.total.value, r.score.at_least, r.score.at_most) for r in case.ranking]
        for case in (one, other)
    ]
    assert said[0] == said[1]


@settings(max_examples=100)
@given(windows())
def test_every_mark_and_point_rests_on_a_norm(own: dict[str, Any]) -> None:
    found = case_of(own).scores[0]
    for line in found.lines:
        assert line.mark.basis, line.id
    for entry in (*found.bonus, *found.deductions):
        assert entry.points == 0 or any(reason.basis for reason in entry.reasons)
    for decision in (found.base, found.bonus_total, found.total):
        assert decision.reasons


@settings(max_examples=60)
@given(windows())
def test_other_readings_are_what_they_would_be(own: dict[str, Any]) -> None:
    """Parts that did not ask a question are not computed again: totals must come out as if all of them were."""
    case = case_of(own)
    scorer, typed = Scorer.of(case), case.assessment.windows[0]
    assert scorer is not None
    taken, law = scorer.score(typed), scorer.book.law
    for reading in [r for r in law.readings.values() if r.id in COMPUTED]:
        shown_as = {a.option: a.value for a in taken.total.alternatives if a.reading == reading.id}
        for option in reading.options:
            whole = scorer._sum(scorer._parts(typed, 0, Readings(law, {reading.id: option}))).total.value
            if whole is not None and whole != taken.total.value:
                assert shown_as.pop(option) == whole
        assert shown_as == {}


# Files


def loaded(path: Path) -> tuple[list[Case], Report]:
    loader, report = Loader(ROOT), Report()
    found = [each for unit in discover([path]) for each in loader.load(unit, report)]
    return [each.value for each in found if isinstance(each, LoadedFile) and isinstance(each.value, Case)], report


def file_of(folder: Path, *windows: Any, **rest: Any) -> Path:
    path = folder / "考核.json"
    head = {"kind": "assessment", "jurisdiction": "luzhou", "centre": "样例", "quarter": "2012-Q1"}
    path.write_text(json.dumps({**head, "windows": windows, **rest}, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_broken_window_is_reported_and_the_others_are_scored(tmp_path: Path) -> None:
    broken = {"id": "W02", "name": "样例", "facts": {"upheld_complaints": -1}}
    days = window({"calls_over_limit_per_day": {"days": {"2012-02-30": 1}}}, id="W03")
    cases, report = loaded(file_of(tmp_path, window(), broken, days, window(id="W04")))
    assert [(s.index, s.window.id, s.total.value) for s in cases[0].scores] == [(0, "W01", 100), (3, "W04", 100)]
    assert {f.rule for f in report.findings} == {"shape/wrong-value", "input/incomplete-assessment"}
    assert {f.where[:2] for f in report.findings if f.rule == "shape/wrong-value"} == {("windows", 1), ("windows", 2)}


def test_windows_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    nameless = {"name": "样例"}
    _, report = loaded(file_of(tmp_path, window(), {"id": "W02"}, nameless))
    said = [f.message.zh for f in report.findings if f.rule == "input/incomplete-assessment"]
    assert said == ["W02、第3个窗口 读不出或格式不对，没有计分，也不在排名里"]


@pytest.mark.parametrize(
    ("value", "said"),
    [("两件", "不是件数"), ("118/120", "不是件数"), (1.5, "不是件数"), (-1, "不能小于 0"), ([5], "不是件数")],
)
def test_a_fact_that_is_written_wrongly_is_told_how_to_write_it(tmp_path: Path, value: Any, said: str) -> None:
    _, report = loaded(file_of(tmp_path, window({"upheld_complaints": value})))
    found = next(f for f in report.findings if f.rule.startswith("shape/"))
    assert said in found.message.zh
    assert value == -1 or "{count: 118, of: 120}" in found.fix.zh


def test_a_mark_with_a_unit_is_not_said_to_be_money(tmp_path: Path) -> None:
    marks = {**MARKS, "tidy-window": {"mark": "两分", "by": "督察科", "reason": "样例"}}
    _, report = loaded(file_of(tmp_path, {**window(), "marks": marks}))
    found = next(f for f in report.findings if f.rule.startswith("shape/"))
    assert "只写数" in found.message.zh and "元" not in found.message.zh


def test_an_assessment_of_no_windows_is_told_so(tmp_path: Path) -> None:
    _, report = loaded(file_of(tmp_path))
    assert [f.rule for f in report.findings] == ["shape/too-few"]


def test_a_register_that_is_not_there_is_said_once(tmp_path: Path) -> None:
    cases, report = loaded(file_of(tmp_path, window(), attendance="没有"))
    assert [f.rule for f in report.findings] == ["input/no-register"]
    assert cases[0].scores[0].total.value == 100


def test_breaches_come_from_the_register_where_they_are_not_stated(tmp_path: Path) -> None:
    register = {
        "kind": "attendance",
        "fictional": True,
        "jurisdiction": "luzhou",
        "centre": "样例",
        "from": "2011-12-01",
        "to": "2012-02-29",
        "windows": [{"id": "W01", "name": "甲"}, {"id": "W02", "name": "乙"}],
        "staff": [{"id": "A", "group": "window_staff", "window": "W01"}],
        "duty_log": [{"day": "2012-01-05", "staff": "A", "finding": "late"}],
        "punches": [],
    }
    (tmp_path / "登记.json").write_text(json.dumps(register, ensure_ascii=False), encoding="utf-8")
    missing = {"attendance_breaches": None}
    windows = [
        window(missing),
        window(missing, id="W02"),
        window({"attendance_breaches": 3}),
        window(missing, id="W09"),
    ]
    cases, _ = loaded(file_of(tmp_path, *windows, attendance="登记.json"))
    found = [own.line("attendance-kept") for own in cases[0].scores]
    assert found[0].mark.value is None or found[0].mark.value <= D("1.8")
    assert found[0].at_most <= D("1.8")
    assert [line.mark.value for line in found[1:]] == [2, D("1.4"), None]


def test_a_register_that_ends_too_early_is_not_used(tmp_path: Path) -> None:
    register = {
        "kind": "attendance",
        "jurisdiction": "luzhou",
        "centre": "样例",
        "from": "2011-12-01",
        "to": "2012-01-31",
    }
    rest = {"windows": [{"id": "W01", "name": "甲"}], "staff": [{"id": "A", "group": "window_staff"}], "punches": []}
    (tmp_path / "登记.json").write_text(json.dumps({**register, **rest}, ensure_ascii=False), encoding="utf-8")
    cases, _ = loaded(file_of(tmp_path, window({"attendance_breaches": None}), attendance="登记.json"))
    assert cases[0].scores[0].line("attendance-kept").mark.value is None
    assert any("没有覆盖" in note.text.zh for note in cases[0].scores[0].notes)


def test_facts_have_chinese_names_and_d1_and_d4_do_not_mix() -> None:
    at = LIBRARY.at(datetime.date(2012, 1, 1), "luzhou")
    window_law, parallel = at.law("window-assessment"), at.law("parallel-approval")
    assert window_law is not None and parallel is not None
    assert window_law.versions[0].names["satisfaction_rate"] == "群众评议满意率"
    assert parallel.versions[0].names["satisfaction_rate"] == "满意率"
    assert case_of(window()).book is not None
    for slug in case_of(window()).book.sorts:  # type: ignore[union-attr]
        assert slug in window_law.versions[0].facts, slug


def test_ranking_of_nothing() -> None:
    assert ranking([]) == ()
