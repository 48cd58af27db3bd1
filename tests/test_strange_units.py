"""A unit in a heading that is none which is known, or more than one, is told."""

from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT, banshi
from test_attendance_tables import COVER, SHEETS, loaded, workbook
from test_cases_headings import loaded as cases
from test_cases_headings import log_of

from banshi.checking.checker import Checker
from banshi.files.findings import Severity
from banshi.files.tables.headings import strange_unit, unit_of


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("值班人数（组）", "组"),
        ("值班人数(班组)", "班组"),
        ("值班人数（单位：支队）", "支队"),
        ("值班人数（单位：流动红旗）", "流动红旗"),
        ("金额（元、万元）", "元、万元"),
        ("金额[kg]", "kg"),
        ("面积（m2）", "m2"),
        ("件数（万宗卷）", "万宗卷"),
        ("值班人数（人）", ""),
        ("承诺期限（工作日）", ""),
        ("金额（单位：万元）", ""),
        ("金额（必填，万元）", ""),
        ("金额（必填）", ""),
        ("金额（由施工单位填写）", ""),
        ("金额（不含暂列金额）", ""),
        ("金额/万元", ""),
        ("金额", ""),
        ("（组）", ""),
        *((f"投诉（{number}）", "") for number in ("一", "二", "十", "十二", "甲", "ii", "d", "上")),
    ],
)
def test_what_looks_like_a_unit_and_is_none(cell: str, unit: str) -> None:
    assert strange_unit(cell) == unit
    assert not (unit and unit_of(cell))


def test_numbers_under_an_unknown_unit_are_told(tmp_path: Path) -> None:
    dates = ("月份", "2010-03")
    for heading, told in (("值班人数（组）", True), ("值班人数（人）", False), ("值班人数", False)):
        windows = [("窗口编号", "窗口名称", heading), ("W01", "甲窗口", 3)]
        book = workbook(tmp_path / "a.xlsx", {**SHEETS, "窗口": windows, "封面": [*COVER, dates]})
        _, report = loaded(book)
        said = [f for f in report.findings if "不是认识的一个单位" in f.message.zh]
        assert len(said) == told and all(f.severity is Severity.WARNING and f.sheet == "窗口" for f in said)
        assert all("“值班人数（组）”括号里的“组”" in f.message.zh and (f.line, f.column) == (1, 3) for f in said)
        done = banshi("attendance", str(book), "--month", "2010-03")
        assert ("不是认识的一个单位" in done.stderr) == told


@pytest.mark.parametrize(
    ("unit", "told"), [("（周次）", True), ("（工作日、自然日）", True), ("（工作日）", False), ("", False)]
)
def test_limits_of_a_log_too(unit: str, told: bool, tmp_path: Path) -> None:
    head = f"办件编号,类别,部门,窗口,受理日期,承诺期限{unit}"
    path = log_of(tmp_path, head, "1,其他,公安,W01,2026-12-05,5")
    said = [f.message.zh for f in cases(path)[1].findings]
    assert any("不是认识的一个单位" in each for each in said) == told, said


@pytest.mark.parametrize("label", ["本次净额", "增加（元）", "综合单价（元）"])
def test_a_label_or_heading_of_amounts_on_a_form_too(label: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    form = ROOT / "examples/change/binhe-road/changes/006.yaml"
    assert banshi("form", "annex1", "--from", str(form), "--format", "xlsx", "-o", str(path)).returncode == 0
    assert not [f for f in Checker(ROOT).check([path]).findings if f.rule == "input/column-unused"]
    book = openpyxl.load_workbook(path)
    (cell,) = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == label]
    cell.value = f"{label.partition('（')[0]}（组）"
    book.save(path)
    said = [f.message.zh for f in Checker(ROOT).check([path]).findings if f.rule == "input/column-unused"]
    assert any(cell.value in each for each in said), said
