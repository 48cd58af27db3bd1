"""Files of assessments: what cannot be used is told, and the rest is scored."""

import json
from pathlib import Path
from typing import Any

import pytest
from assessing import MARKS, D, window
from conftest import ROOT

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.files.discovery import discover
from banshi.files.report import Report
from banshi.subjects.assessment.case import AssessmentInLaw


def loaded(path: Path) -> tuple[list[AssessmentInLaw], Report]:
    loader, report = Loader(ROOT), Report()
    found = [each for unit in discover([path]) for each in loader.load(unit, report)]
    return [
        each.value for each in found if isinstance(each, LoadedFile) and isinstance(each.value, AssessmentInLaw)
    ], report


def file_of(folder: Path, *windows: Any, **rest: Any) -> Path:
    path = folder / "考核.json"
    head = {"kind": "assessment", "jurisdiction": "luzhou", "centre": "样例", "quarter": "2012-Q1"}
    path.write_text(json.dumps({**head, "windows": windows, **rest}, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_broken_window_is_reported_and_scored_but_for_what_is_broken(tmp_path: Path) -> None:
    broken = {"id": "W02", "name": "样例", "facts": {"upheld_complaints": -1}}
    days = window({"calls_over_limit_per_day": {"days": {"2012-02-30": 1}}}, id="W03")
    cases, report = loaded(file_of(tmp_path, window(), broken, days, window(id="W04")))
    found = cases[0].scores
    assert [(s.index, s.total.value) for s in found] == [(0, 100), (1, None), (2, None), (3, 100)]
    online = found[2].line("online-consultation")
    assert (online.mark.value, found[2].at_least, found[2].at_most) == (None, 99, 100)
    assert "没有读出" in online.mark.reasons[0].text.zh
    assert {f.rule for f in report.findings} == {"shape/wrong-value", "input/incomplete-assessment"}
    assert {f.where[:2] for f in report.findings if f.rule == "shape/wrong-value"} == {("windows", 1), ("windows", 2)}


def test_windows_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    nameless = {"name": "样例"}
    _, report = loaded(file_of(tmp_path, window(), [], nameless))
    said = [f.message.zh for f in report.findings if f.rule == "input/incomplete-assessment"]
    assert said == ["第2个窗口、第3个窗口 读不出或格式不对，没有计分；它们会排在哪里不知道，其余窗口的名次只写得出范围"]


@pytest.mark.parametrize(
    ("value", "said"),
    [("两件", "不是件数"), ("118/甲", "不是件数"), (-1, "不能小于 0"), ([5], "不是件数")],
)
def test_a_fact_that_is_written_wrongly_is_told_how_to_write_it(tmp_path: Path, value: Any, said: str) -> None:
    _, report = loaded(file_of(tmp_path, window({"upheld_complaints": value})))
    found = next(f for f in report.findings if f.rule.startswith("shape/"))
    assert said in found.message.zh
    assert value == -1 or "{count: 118, of: 120}" in found.fix.zh


def test_half_a_complaint_is_told(tmp_path: Path) -> None:
    """Amounts may have decimals, counts may not: which of them a fact is, the law says."""
    report = Checker(ROOT).check([file_of(tmp_path, window({"upheld_complaints": 1.5}))])
    found = next(f for f in report.findings if f.rule == "assessment/facts-fit-their-form")
    assert "这一项是件数" in found.message.zh


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


def test_a_register_that_was_read_in_part_is_not_used(tmp_path: Path) -> None:
    head = {"kind": "attendance", "jurisdiction": "luzhou", "centre": "样例", "from": "2011-12-01", "to": "2012-02-29"}
    rest = {"windows": [{"id": "W01", "name": "甲"}], "staff": [{"id": "A", "group": "window_staff", "window": "W01"}]}
    (tmp_path / "打卡.csv").write_text("工号,日期,时间\nA,2012-01-05,08:59\nA,去年,08:30\n", encoding="utf-8")
    register = {**head, **rest}
    (tmp_path / "登记.json").write_text(json.dumps(register, ensure_ascii=False), encoding="utf-8")
    cases, report = loaded(file_of(tmp_path, window({"attendance_breaches": None}), attendance="登记.json"))
    assert cases[0].scores[0].line("attendance-kept").mark.value is None
    (found,) = [f for f in report.findings if f.rule == "input/no-register"]
    assert "没有全部读出" in found.message.zh


@pytest.mark.parametrize("lost", ["name", "id", "kind", "facts", "marks"])
def test_a_key_of_a_window_that_is_misspelt_costs_what_may_stand_under_it(lost: str, tmp_path: Path) -> None:
    """Words under it may be a name or a sort of window, and are no fact."""
    whole = {"kind": "department_window", **window(id="W02")}
    spelt = {f"{key}x" if key == lost else key: value for key, value in whole.items()}
    cases, report = loaded(file_of(tmp_path, window(), spelt))
    assert not any("内容不能使用" in f.message.zh for f in report.findings)
    found = {score.index: score.total.value for score in cases[0].scores}
    assert found[0] == 100 and found.get(1) == (100 if lost == "name" else None)
    assert (1 in found) == (lost not in ("id", "kind"))


def test_a_fact_that_stands_a_step_too_high_leaves_the_facts_open(tmp_path: Path) -> None:
    cases, _ = loaded(file_of(tmp_path, window(), {**window(id="W02"), "upheld_complaints_": 1}))
    assert [score.total.value for score in cases[0].scores] == [100, None]
