"""Sheets and columns of a case log or an assessment that were not read: told before the result, and nobody judged on a part."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT
from test_assessment_tables import example, filled, law, load

from banshi.cli import main
from banshi.subjects.assessment.template import template

__all__ = ["filled"]

CITY = ("--jurisdiction", "luzhou", "--level", "city", "--as-of", "2012-02-29")
HEADINGS = ["办件编号", "类别", "部门", "窗口", "受理日期", "承诺办结日", "办结日期", "所用系统", "群众评议"]
SYSTEM = "投资建设项目并联审批及电子监察系统"
GOOD = ["1", "投资建设项目", "发展改革", "W01", "2011-12-05", "2011-12-12", "2011-12-09", SYSTEM, "满意"]
LATE = ["2", "投资建设项目", "发展改革", "W01", "2011-12-05", "2011-12-12", "2011-12-30", SYSTEM, "不满意"]


def log(folder: Path, change: Callable[[Any], None] = lambda _: None, head: list[str] = HEADINGS) -> Path:
    """A log of one good case as a workbook, changed."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "办件"
    for row in (head, GOOD):
        sheet.append(row)
    change(book)
    path = folder / "办件.xlsx"
    book.save(path)
    return path


def asked(capsys: pytest.CaptureFixture[str], command: str, path: Path, *words: str) -> tuple[int, dict[str, Any]]:
    status = main([command, str(path), *words, "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


def verdicts(found: dict[str, Any]) -> set[str]:
    return {one["verdict"] for one in found["targets"]}


def add(name: str, rows: list[list[Any]], state: str = "visible") -> Callable[[Any], None]:
    def change(book: Any) -> None:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = state

    return change


@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
@pytest.mark.parametrize(
    "rows", [[LATE], [["编号", "受理日", "结果"], ["2", "去年", "没有"]]], ids=["no headings", "other headings"]
)
def test_a_sheet_that_may_hold_cases(
    state: str, rows: list[list[Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found = asked(capsys, "cases", log(tmp_path, add("续", rows, state)), *CITY)
    assert (status, found["not_counted"]["unknown_number"]) == (1, True)
    assert "met" not in verdicts(found)
    (aside,) = [one for one in found["reading"]["left_aside"] if one["bears_on_judgements"]]
    assert "续" in aside["message"]


def test_a_hidden_log_is_not_read_and_not_forgotten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = asked(capsys, "cases", log(tmp_path, add("旧", [HEADINGS, LATE], "hidden")), *CITY)
    assert (status, found["total"]["cases"], "met" in verdicts(found)) == (1, 1, False)


def test_a_sheet_of_something_else_is_a_note_in_the_account(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["部门", "电话"], ["发展改革", "12345"]]
    status, found = asked(capsys, "cases", log(tmp_path, add("电话", rows)), *CITY)
    assert (status, found["not_counted"]["unknown_number"]) == (0, False)
    assert [one["bears_on_judgements"] for one in found["reading"]["left_aside"]] == [False]
    assert found["reading"]["taken"][0]["sheet"] == "办件"


@pytest.mark.parametrize("name", ["办结曰期", ""])
def test_a_column_of_days_while_none_says_when_cases_were_finished(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = [name if each == "办结日期" else each for each in HEADINGS]
    status, found = asked(capsys, "cases", log(tmp_path, head=head), *CITY)
    assert status == 1
    assert verdicts(found) <= {"undetermined", "not_applicable"}
    assert any("办结日期" in one["message"] for one in found["reading"]["left_aside"])


def test_a_promise_under_another_heading_is_not_replaced_by_the_statutory_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = [{"承诺办结日": "答应的日子", "所用系统": "法定办结日"}.get(each, each) for each in HEADINGS]

    def change(book: Any) -> None:
        book["办件"]["H2"] = "2012-01-31"

    status, found = asked(capsys, "cases", log(tmp_path, change, head), *CITY)
    assert (status, found["not_counted"]["doubtful"]) == (1, found["total"]["cases"])
    head = [{"所用系统": "经手日"}.get(each, each) for each in HEADINGS]
    status, found = asked(capsys, "cases", log(tmp_path, change, head), *CITY)  # every meaning has its column
    assert (status, found["not_counted"]["doubtful"]) == (0, 0)


def test_no_figure_of_such_a_log_is_a_fact(tmp_path: Path) -> None:
    out = tmp_path / "facts.yaml"
    words = ("--assessment", str(out), "--quarter", "2012-Q1", *CITY)
    assert main(["cases", str(log(tmp_path, add("续", [LATE]))), *words]) == 1
    assert "facts: {}" in out.read_text(encoding="utf-8")


def form(folder: Path, change: Callable[[Any], None]) -> Path:
    """The first example of an assessment as a workbook, changed."""
    case = example("2012-Q1")
    book = openpyxl.load_workbook(io.BytesIO(template(law(case), "2012-Q1", case.assessment)))
    change(book)
    path = folder / "考核.xlsx"
    book.save(path)
    return path


SCORED = [score.window.id for score in example("2012-Q1").scores if score.scored]


def scored(path: Path) -> list[str]:
    case, _ = load(path)
    return [] if case is None else [score.window.id for score in case.scores if score.scored]


def _hide(name: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[name].sheet_state = "hidden"

    return change


@pytest.mark.parametrize("name", ["减分", "加分", "人工评分", "事实明细"])
def test_a_hidden_sheet_of_the_form_leaves_no_window_scored(name: str, tmp_path: Path) -> None:
    path = form(tmp_path, _hide(name))
    assert scored(path) == []
    assert any(name in finding.message.zh and finding.severity == "error" for finding in load(path)[1])


@pytest.mark.parametrize("state", ["visible", "hidden"])
def test_a_sheet_that_speaks_of_windows_leaves_none_scored(state: str, tmp_path: Path) -> None:
    assert scored(form(tmp_path, add("减分（续）", [["W02", "超期件", "2012-01-05"]], state))) == []
    assert scored(form(tmp_path, add("电话", [["张三", "12345"]], state))) == SCORED


def test_a_column_that_may_be_a_missing_one_costs_its_windows(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["减分"]
        heads = {cell.value: cell for cell in sheet[1]}
        heads["数量"].value = "几起"
        own.update(sheet.cell(row, 1).value for row in range(2, sheet.max_row + 1) if sheet.cell(row, heads["数量"].column).value)  # fmt: skip

    own: set[str] = set()
    path = form(tmp_path, change)
    assert own
    assert set(scored(path)) == set(SCORED) - own


def test_the_account_stands_first_in_every_form_of_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"cases": log(tmp_path), "assess": ROOT / "examples/assessment/2012-Q1.yaml"}
    for command, path in files.items():
        assert main([command, str(path)]) == 0
        assert capsys.readouterr().out.startswith("读了什么：\n")
        assert main([command, str(path), "--format", "html"]) == 0
        assert "<h2>读取情况</h2>" in capsys.readouterr().out
        out = tmp_path / f"{command}-out.xlsx"
        assert main([command, str(path), "--format", "xlsx", "-o", str(out)]) == 0
        assert openpyxl.load_workbook(out).sheetnames[0] == "读取情况"
        found = asked(capsys, command, path)[1]
        assert list(found).index("reading") < list(found).index("targets" if command == "cases" else "assessments")
