"""The base score: expected marks are stated here by hand, from the text of the measures."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from assessing import FINDINGS, FULL, LIBRARY, MANUAL, MARKS, ZEROING, D, case_of, mark, score, window
from conftest import ROOT

from banshi.checking.checker import Checker
from banshi.subjects.assessment.results import kept, shown


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
    by_rule = set(FULL) - set(MANUAL)
    assert {line.id for line in found.undetermined} <= by_rule | set(FINDINGS.get(fact, ()))


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


def test_facts_have_chinese_names_and_d1_and_d4_do_not_mix() -> None:
    at = LIBRARY.at(datetime.date(2012, 1, 1), "luzhou")
    window_law, parallel = at.law("assessment"), at.law("parallel")
    assert window_law is not None and parallel is not None
    assert window_law.versions[0].names["satisfaction_rate"] == "群众评议满意率"
    assert parallel.versions[0].names["satisfaction_rate"] == "满意率"
    assert case_of(window()).book is not None
    for slug in case_of(window()).book.sorts:  # type: ignore[union-attr]
        assert slug in window_law.versions[0].facts, slug


@pytest.mark.parametrize(("promised", "mark", "told"), [(6, 1, 0), (7, 1, 1), (7, 0, 0), (6, 0.5, 1), (6, 3, 0)])
def test_a_mark_that_a_person_gives_otherwise_than_the_data_suggest_is_told(
    promised: int, mark: float, told: int, tmp_path: Path
) -> None:
    text = (ROOT / "examples/assessment/2012-Q1.yaml").read_text(encoding="utf-8")
    text = text.replace("statutory: 20, promised: 6}", f"statutory: 20, promised: {promised}}}", 1)
    path = tmp_path / "a.yaml"
    path.write_text(
        text.replace("promised-limits: {mark: 1,", f"promised-limits: {{mark: {mark},", 1), encoding="utf-8"
    )
    found = [f for f in Checker(ROOT).check([path]).findings if f.rule == "assessment/mark-agrees-with-data"]
    assert [f.where[:4] for f in found] == [("windows", 0, "marks", "promised-limits")] * told
