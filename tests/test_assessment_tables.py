"""Assessments kept as workbooks: the form comes from the norms, what was written comes back, faults are located."""

import io
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.cli import main
from banshi.files.discovery import discover
from banshi.files.findings import Finding
from banshi.files.report import Report
from banshi.files.tables.reading import heading
from banshi.law.library import Law
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Assessment, Window
from banshi.subjects.assessment.table_columns import AssessmentColumns
from banshi.subjects.assessment.template import template

QUARTERS = ("2012-Q1", "2012-Q2")
Book = Any


def load(path: Path, project: Path = ROOT) -> tuple[AssessmentInLaw | None, list[Finding]]:
    report = Report()
    (unit,) = discover([path])
    found = list(Checker(project).loader.load(unit, report))
    assert report.failed is False
    if not found:
        return None, report.findings
    assert isinstance(found[0], LoadedFile)
    return found[0].value, report.findings


def example(quarter: str) -> AssessmentInLaw:
    case, findings = load(ROOT / f"examples/assessment/{quarter}.yaml")
    assert case is not None and findings == []
    return case


def law(case: AssessmentInLaw) -> Law:
    assert case.law is not None
    return case.law


@pytest.fixture
def filled(tmp_path: Path) -> Callable[..., Path]:
    """The first example as a workbook, with cells changed: ``filled(窗口与事实={"D2": "两"})``."""

    def make(quarter: str = "2012-Q1", **cells: dict[str, Any]) -> Path:
        case = example(quarter)
        book = openpyxl.load_workbook(io.BytesIO(template(law(case), quarter, case.assessment)))
        for sheet, changes in cells.items():
            for place, value in changes.items():
                book[sheet][place] = value
        path = tmp_path / "考核.xlsx"
        book.save(path)
        return path

    return make


def totals(case: AssessmentInLaw | None) -> dict[str, Any]:
    assert case is not None
    return {score.window.id: (score.total.value, score.at_least, score.at_most) for score in case.scores}


@pytest.mark.parametrize("quarter", QUARTERS)
def test_what_is_written_into_the_form_comes_back(quarter: str, tmp_path: Path) -> None:
    case = example(quarter)
    path = tmp_path / "考核.xlsx"
    path.write_bytes(template(law(case), quarter, case.assessment))
    again, findings = load(path)
    assert findings == [] and again is not None
    assert totals(again) == totals(case)
    for one, other in zip(case.scores, again.scores, strict=True):
        assert [line.mark.value for line in other.lines] == [line.mark.value for line in one.lines]
        assert [(e.points, e.counted) for e in other.bonus] == [(e.points, e.counted) for e in one.bonus]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_workbook_has_the_findings_of_the_file(quarter: str, tmp_path: Path) -> None:
    case, path = example(quarter), tmp_path / "考核.xlsx"
    path.write_bytes(template(law(case), quarter, case.assessment))
    checker = Checker(ROOT)
    said = [
        sorted((f.rule, f.message.zh) for f in checker.check([source]).findings)
        for source in (path, ROOT / f"examples/assessment/{quarter}.yaml")
    ]
    assert said[0] == said[1] != []


def test_the_same_form_has_the_same_bytes() -> None:
    case = example("2012-Q1")
    assert template(law(case), "2012-Q1") == template(law(case), "2012-Q1")


def sheets(law: Law) -> Book:
    return openpyxl.load_workbook(io.BytesIO(template(law, "2012-Q1")))


def test_the_form_shows_the_full_marks_of_the_measures() -> None:
    book = sheets(law(example("2012-Q1")))
    rows = [[cell.value for cell in row] for row in book["小项说明"].iter_rows(min_row=2)]
    assert len(rows) == 30  # 第七条：29小项，另一行合计
    assert rows[0][:3] == ["审批职能集中（满分6分）", 6, "是"]  # 第八条：6分
    assert rows[-1][:2] == ["合计", 100]  # 第七条：基础分100分
    assert [row[0] for row in rows if row[2] == "是"].__len__() == 12


def test_the_form_offers_lists_to_choose_from() -> None:
    book = sheets(law(example("2012-Q1")))
    lists = {name: [v.formula1 for v in book[name].data_validations.dataValidation] for name in book.sheetnames}
    assert "='小项说明'!$A$2:$A$30" in [f"={f}" if not f.startswith("=") else f for f in lists["人工评分"]]
    assert any("加分说明" in source for source in lists["加分"])
    assert any("减分说明" in source for source in lists["减分"])
    assert any("部门窗口" in source for source in lists["窗口与事实"])
    assert any("省政务服务中心" in source for source in lists["加分"])  # 155行
    assert any("督察科" in source and "考核领导小组" in source for source in lists["加分"])  # 163、170行


def test_a_changed_policy_changes_the_form(tmp_path: Path) -> None:
    place = tmp_path / "policies/luzhou/window-assessment"
    place.mkdir(parents=True)
    text = (ROOT / "policies/luzhou/window-assessment/2011-04-01.yaml").read_text(encoding="utf-8")
    text = text.replace("upheld_complaints: {name: 有效投诉件数", "upheld_complaints: {name: 投诉属实件数")
    (place / "2011-04-01.yaml").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "examples/assessment/2012-Q1.yaml", tmp_path / "2012-Q1.yaml")
    case, _ = load(tmp_path / "2012-Q1.yaml", tmp_path)
    assert case is not None
    headings = [cell.value for cell in sheets(law(case))["窗口与事实"][1]]
    assert "投诉属实件数（件）" in headings
    assert "有效投诉件数（件）" not in headings


def column(book_path: Path, sheet: str, heading: str) -> str:
    book = openpyxl.load_workbook(book_path)
    return next(c.column_letter for c in book[sheet][1] if str(c.value).startswith(heading))


def test_a_cell_that_cannot_be_read_is_located_and_the_other_windows_are_scored(
    filled: Callable[..., Path],
) -> None:
    letter = column(filled(), "窗口与事实", "有效投诉件数")
    case, findings = load(filled(窗口与事实={f"{letter}4": "若干件"}))
    (wrong,) = [f for f in findings if f.severity == "error"]
    assert wrong.rule == "input/row-unreadable"
    assert wrong.line == 4
    assert f"工作表“窗口与事实”第 4 行 {letter} 列" in wrong.message.zh and "若干件" in wrong.message.zh
    assert [f.rule for f in findings if f.severity == "note"] == ["input/incomplete-assessment"]
    expected = {
        **totals(example("2012-Q1")),
        "W03": (None, Decimal("94.3512"), Decimal("100.3512")),
    }  # 137行：有效投诉6分
    assert totals(case) == expected


def test_a_bonus_that_cannot_be_read_leaves_a_range(filled: Callable[..., Path]) -> None:
    case, findings = load(filled(加分={"B2": "市政务服务中心简报表扬推广次"}))
    (wrong,) = [f for f in findings if f.severity == "error"]
    assert "工作表“加分”第 2 行" in wrong.message.zh
    assert "您是不是想写 市政务服务中心简报表扬推广次数？" in wrong.message.zh
    own, known = totals(case), totals(example("2012-Q1"))
    assert own.pop("W03")[0] is None
    assert own == {window: total for window, total in known.items() if window != "W03"}


def test_marks_without_a_reason_are_located(filled: Callable[..., Path]) -> None:
    _, findings = load(filled(人工评分={"E2": None}))
    (wrong,) = [f for f in findings if f.severity == "error"]
    assert "工作表“人工评分”第 2 行没有“理由”" in wrong.message.zh


def test_a_sub_item_marked_twice_is_told(filled: Callable[..., Path]) -> None:
    case, findings = load(filled(人工评分={"B3": "审批职能集中"}))
    (wrong,) = [f for f in findings if f.severity == "error"]
    assert wrong.message.zh == "W01：这个小项评了两次"
    assert (wrong.line, wrong.column) == (3, 2)
    assert totals(case)["W01"] == (None, 91, 100)  # 审批职能集中6分，评了两次；3分的一项没有评


def test_a_day_that_is_denied_and_listed_is_told(filled: Callable[..., Path]) -> None:
    path = filled()
    letter = column(path, "窗口与事实", "一个工作日内应答超时起数")
    case, findings = load(filled(窗口与事实={f"{letter}10": 0}))
    assert {f.message.zh.split("，")[0] for f in findings if f.severity == "error"} == {
        "W09：“窗口与事实”里的一个工作日内应答超时起数填的是 0"
    }
    assert totals(case)["W09"][0] is None


def test_rows_of_another_quarter_are_told(tmp_path: Path) -> None:
    path = tmp_path / "考核.csv"
    rows = [
        "季度,辖区,政务服务中心,窗口编号,窗口名称",
        "2012-Q1,luzhou,样例,W01,甲窗口",
        "2012-Q2,luzhou,样例,W02,乙窗口",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    case, findings = load(path)
    assert [f.message.zh for f in findings if f.severity == "error"] == ["季度写了两样：2012-Q1、2012-Q2"]
    assert set(totals(case)) == {"W01"}


def test_a_cover_that_contradicts_itself_is_told(filled: Callable[..., Path]) -> None:
    _, findings = load(filled(封面={"A7": "季度", "B7": "2012-Q2"}))
    assert [f.message.zh for f in findings if f.severity == "error"] == ["季度写了两样：2012-Q1、2012-Q2"]


def test_a_window_that_is_not_listed_is_told_and_may_be_any_of_them(filled: Callable[..., Path]) -> None:
    before, _ = load(filled())
    case, findings = load(filled(减分={"A2": "W20"}))
    (wrong,) = [f for f in findings if f.severity == "error"]
    assert wrong.line == 2
    assert "“减分”里的窗口 W20，“窗口与事实”里没有" in wrong.message.zh
    assert _holds(case, before, {"W20"})  # the deduction may be anybody's


def test_a_row_without_a_window_may_be_any_windows(filled: Callable[..., Path]) -> None:
    before, _ = load(filled())
    case, findings = load(filled(减分={"A2": None}))
    assert [f.line for f in findings if f.severity == "error"] == [2]
    assert _holds(case, before, set())


def test_a_list_of_which_rows_are_lacking_leaves_a_range_for_each_window(filled: Callable[..., Path]) -> None:
    before, _ = load(filled())
    case, findings = load(filled(减分={"A9": "共 9 条"}))
    assert any("可能漏了行" in f.message.zh for f in findings if f.severity == "error")
    assert _holds(case, before, set())
    case, findings = load(filled(窗口与事实={"A14": "共 20 条"}))
    assert totals(case) == totals(before)  # the others' own scores are what they are; their places are not known
    assert case is not None and case.lost


def _holds(case: AssessmentInLaw | None, before: AssessmentInLaw | None, lost: set[str]) -> bool:
    """Whether every window's total is a range that holds what it was, or not known where it was not."""
    assert case is not None and set(case.lost) == lost
    after = totals(case)
    assert any(total is None for total, _, _ in after.values())
    return all(after[own][1] <= least and most <= after[own][2] for own, (_, least, most) in totals(before).items())


def test_counts_by_day_are_asked_for_by_day(filled: Callable[..., Path]) -> None:
    letter = column(filled(), "窗口与事实", "一个工作日内应答超时起数")
    _, findings = load(filled(窗口与事实={f"{letter}2": 4}))
    assert any("在“事实明细”里逐日填" in f.message.zh for f in findings)


def test_details_that_are_promised_and_missing_leave_the_line_open(filled: Callable[..., Path]) -> None:
    letter = column(filled(), "窗口与事实", "一个工作日内应答超时起数")
    case, _ = load(filled(窗口与事实={f"{letter}2": "见明细"}))
    assert case is not None
    assert case.scores[0].line("online-consultation").mark.value is None


def test_a_rule_points_at_the_cell(filled: Callable[..., Path]) -> None:
    letter = column(filled(), "窗口与事实", "现场办结率分子")
    found = Checker(ROOT).check([filled(窗口与事实={f"{letter}2": 121})]).findings
    (wrong,) = [f for f in found if f.rule == "assessment/rates-within-one"]
    assert (wrong.line, wrong.column) == (2, openpyxl.utils.column_index_from_string(letter))
    assert wrong.source_line.startswith("窗口与事实!2：W01")


def test_a_rule_points_into_the_right_sheet(filled: Callable[..., Path]) -> None:
    found = Checker(ROOT).check([filled("2012-Q2", 加分={"F4": "待补"})]).findings
    (wrong,) = [f for f in found if f.rule == "assessment/evidence-is-evidence"]
    assert (wrong.line, wrong.column) == (4, 6)
    assert wrong.source_line.startswith("加分!4：")


@pytest.mark.parametrize("gone", [("加分",), ("减分",), ("加分", "减分")])
def test_a_list_without_a_sheet_is_told(gone: tuple[str, ...], filled: Callable[..., Path]) -> None:
    path = filled()
    book = openpyxl.load_workbook(path)
    for name in gone:
        del book[name]
    book.save(path)
    case, (note,) = load(path)
    assert (note.rule, note.severity, note.line) == ("input/no-bonus-sheet", "note", 1)
    assert f"没有读到{'、'.join(gone)}" in note.message.zh
    assert case is not None
    none = {
        "加分": [len(w.bonus) for w in case.assessment.windows],
        "减分": [len(w.deductions) for w in case.assessment.windows],
    }
    assert {name for name, found in none.items() if not any(found)} == set(gone)


def test_a_list_without_rows_is_not_told(filled: Callable[..., Path]) -> None:
    path = filled()
    book = openpyxl.load_workbook(path)
    for name in ("加分", "减分"):
        book[name].delete_rows(2, 100)
    book.save(path)
    case, findings = load(path)
    assert case is not None and findings == []
    assert not any(window.bonus or window.deductions for window in case.assessment.windows)


def test_a_csv_has_no_lists_which_is_told(tmp_path: Path) -> None:
    path = tmp_path / "考核.csv"
    path.write_text("季度,辖区,政务服务中心,窗口编号,窗口名称\n2012-Q1,luzhou,样例,W01,甲窗口", encoding="utf-8")
    _, findings = load(path)
    assert [f.rule for f in findings] == ["input/no-bonus-sheet"]
    assert "没有读到加分、减分" in findings[0].message.zh


@pytest.mark.parametrize("quarter", ["", "2012年某季度", "2010-Q1", "99999999-Q1", "2012-Q9", "2012年五季度"])
def test_a_cover_without_a_usable_quarter_is_told(quarter: str, filled: Callable[..., Path]) -> None:
    case, findings = load(filled(封面={"B3": quarter or None}))
    assert case is None
    assert [f.rule for f in findings] == ["input/no-quarter"]


@pytest.mark.parametrize("place", ["", "../luzhou", "泸州"])
def test_a_cover_without_a_usable_place_is_told(place: str, filled: Callable[..., Path]) -> None:
    case, findings = load(filled(封面={"B4": place or None}))
    assert case is None
    assert [f.rule for f in findings] == ["input/no-quarter"]


def test_a_cover_is_held_to_the_schema(filled: Callable[..., Path]) -> None:
    case, findings = load(filled(封面={"B6": "也许"}))
    assert case is not None and case.assessment.fictional  # nobody may take it for a real one
    assert [(f.rule.split("/")[0], f.line, f.column) for f in findings] == [("shape", 6, 2)]


def test_an_empty_form_says_where_to_write(tmp_path: Path) -> None:
    path = tmp_path / "考核.xlsx"
    path.write_bytes(template(law(example("2012-Q1")), "2012-Q1"))
    found = Checker(ROOT).check([path]).findings
    assert [finding.fix.zh for finding in found] == [
        "在“窗口与事实”里每个窗口填一行。",
        "在“封面”的“政务服务中心”后面填写。",
    ]


def test_windows_and_facts_from_csv(tmp_path: Path) -> None:
    path = tmp_path / "考核.csv"
    path.write_text(
        "政务服务中心,辖区,季度,窗口编号,窗口名称,有效投诉件数（件）,现场办结率分子,现场办结率分母\n"
        "样例中心,luzhou,2012-Q1,W01,发展改革窗口,3,2469,2500\n"
        "样例中心,luzhou,2012-Q1,W02,国土资源窗口,若干,10,10\n",
        encoding="utf-8",
    )
    case, findings = load(path)
    assert case is not None
    assert [f.line for f in findings if f.severity == "error"] == [3]
    score, other = case.scores
    assert other.total.value is None
    assert str(score.line("complaints").mark.value) == "2"  # 137行：1＋1＋2
    assert str(score.line("on-site-completion").mark.value) == "11.8512"  # 131行：12×98.76%


def test_the_command_writes_the_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    path = tmp_path / "空表.xlsx"
    assert main(["assess", "--template", str(path), "--quarter", "2012-Q3"]) == 0
    assert openpyxl.load_workbook(path)["封面"]["B3"].value == "2012-Q3"
    assert main(["assess", "examples/assessment/2012-Q1.yaml", "--template", str(path)]) == 0
    assert openpyxl.load_workbook(path)["窗口与事实"]["A2"].value == "W01"


@pytest.mark.parametrize(
    "words", [["--template", "x.xlsx"], ["--template", "x.xlsx", "--quarter", "2010-Q1"], [], ["--quarter", "2012-Q1"]]
)
def test_the_command_says_what_it_needs(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["assess", *words]) == 2
    assert "banshi: " in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_window_without_anything_can_be_written() -> None:
    case = example("2012-Q1")
    bare = Assessment(jurisdiction="luzhou", centre="样例", quarter="2012-Q1", windows=(Window(id="1", name="窗口"),))
    book = openpyxl.load_workbook(io.BytesIO(template(law(case), "2012-Q1", bare)))
    assert [cell.value for cell in book["窗口与事实"][2]][:4] == ["1", "窗口", "部门窗口", None]


def test_no_two_columns_of_a_sheet_are_alike() -> None:
    book = law(example("2012-Q1"))
    columns = AssessmentColumns(AssessmentBook(book))
    for sheet in (
        columns.facts,
        columns.details,
        columns.marks,
        columns.entries("bonus"),
        columns.entries("deduction"),
    ):
        names = [name for column in sheet.values() for name in column.headings]
        assert len(names) == len(set(names))
        assert all(heading(name) == name for name in names)


CELLS = st.one_of(
    st.sampled_from(
        ["", "W01", "W99", "无", "是", "见明细", "锦旗次数", "2012-01-05", "17:30", "-1", "1.5", "审批职能集中"]
    ),
    st.integers(-5, 10**12),
    st.text(alphabet="甲乙W01/-,，。 ", max_size=6),
)


@examples(25)
@given(
    changes=st.lists(
        st.tuples(
            st.sampled_from(["封面", "窗口与事实", "事实明细", "人工评分", "加分", "减分"]),
            st.integers(1, 6),
            st.integers(1, 20),
            CELLS,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_stands_in_the_cells_is_answered(
    changes: list[tuple[str, int, int, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(FILLED))
    for sheet, row, place, value in changes:
        book[sheet].cell(row, place).value = value
    path = tmp_path_factory.mktemp("any") / "考核.xlsx"
    book.save(path)
    report = CHECKER.check([path])
    assert report.failed is False
    assert [f.message.zh for f in report.findings if f.rule.startswith("engine/")] == []


CHECKER = Checker(ROOT)
FILLED = template(law(example("2012-Q2")), "2012-Q2", example("2012-Q2").assessment)
