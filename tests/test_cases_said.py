"""What is said of a case log: the quarter's facts for an assessment, text, JSON, workbook, page."""

import json
import re
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from case_logs import CITY, LARGE, OTHER, SMALL, made
from conftest import ROOT, banshi, write_yaml

from banshi.checking.checker import Checker
from banshi.files.reading import read
from banshi.subjects.cases.log_said import percent
from banshi.subjects.cases.ranges import percentage

# what a quarter's assessment needs


def test_the_quarter_is_as_counted_by_hand(tmp_path: Path) -> None:
    out = tmp_path / "facts.yaml"
    done = banshi("cases", str(CITY), "--assessment", str(out), "--quarter", "2012-Q1")
    assert (done.returncode, done.stderr) == (0, "")
    document = read(out).document
    assert document is not None
    first, second = document.data["windows"]
    assert first["facts"] == {
        "on_site_rate": {"count": 2, "of": 3},  # C-02, C-03, C-04; not C-03
        "on_time_rate": {"count": 2, "of": 3},  # C-04 late
        "satisfaction_rate": {"count": 1, "of": 2},
        "parallel_on_time_rate": {"count": 1, "of": 2},
        "parallel_satisfaction_rate": {"count": 1, "of": 1},
        "parallel_recorded_rate": {"count": 2, "of": 2},
        "overdue_cases": 2,  # C-04 finished late, C-05 open; C-06 falls due in the next quarter
        "overdue_parallel_cases": 1,
        "overdue_online_cases": 1,
    }
    assert [(d["on"], d["event"]) for d in first["deductions"]] == [
        ("2012-01-12", "办件 C-04"),
        ("2012-02-20", "办件 C-05"),
    ]
    assert second["facts"]["on_time_rate"] == {"count": 1, "of": 1}
    assert second["facts"]["overdue_cases"] == 0  # C-07 was due, and counted, in the quarter before
    assert "deductions" not in second
    errors = [f.rule for f in Checker(ROOT).check([out]).findings if f.severity == "error"]
    assert errors == []


def test_a_quarter_that_is_not_over_says_so(tmp_path: Path) -> None:
    case = {**OTHER, "id": "B-1", "due_on": "2012-02-10", "statutory_due_on": "2012-02-24", "finished_on": "2012-02-28"}
    path = made(tmp_path, [case], jurisdiction="luzhou", level="city", as_of="2012-02-20")
    out = tmp_path / "facts.yaml"
    banshi("cases", str(path), "--assessment", str(out), "--quarter", "2012-Q1")
    document = read(out).document
    assert document is not None
    window = document.data["windows"][0]
    assert window["facts"]["on_time_rate"] == {"count": 0, "of": 0}
    assert window["facts"]["overdue_cases"] == 1
    (deduction,) = window["deductions"]
    assert deduction["on"] == "2012-02-10"
    assert "到 2012-02-20 还没有办结，没有超法定时限" in deduction["evidence"]
    assert "早于季度末（2012-02-29）" in out.read_text(encoding="utf-8")


def test_facts_that_are_not_stated_are_left_to_a_person(tmp_path: Path) -> None:
    case = {**OTHER, "id": "B-1", "finished_on": "2012-01-10", "evaluation": "satisfied"}
    path = made(tmp_path, [case], jurisdiction="luzhou", level="city")
    out = tmp_path / "facts.yaml"
    banshi("cases", str(path), "--assessment", str(out), "--quarter", "2012-Q1")
    document = read(out).document
    assert document is not None
    facts = document.data["windows"][0]["facts"]
    assert "satisfaction_rate" in facts
    assert not {"on_time_rate", "overdue_cases", "on_site_rate"} & set(facts)


def test_a_quarter_by_the_statutory_limit_alone(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    path = tmp_path / "policies/luzhou/window-assessment/2011-04-01.yaml"
    before, id_, after = path.read_text(encoding="utf-8").partition("  - id: which-limit\n")
    path.write_text(before + id_ + after.replace("default: promised", "default: statutory", 1), encoding="utf-8")
    case = {**OTHER, "due_on": "2012-01-10", "statutory_due_on": "2012-01-20", "online": False, "parallel": False}
    cases = [{**case, "id": "B-1", "finished_on": "2012-01-15"}, {**case, "id": "B-2", "finished_on": "2012-01-21"}]
    log = made(tmp_path, cases, jurisdiction="luzhou", level="city")
    done = banshi("cases", "log.yaml", "--assessment", "facts.yaml", "--quarter", "2012-Q1", cwd=log.parent)
    assert done.stderr == ""
    document = read(tmp_path / "facts.yaml").document
    assert document is not None
    window = document.data["windows"][0]
    assert window["facts"]["overdue_cases"] == 1
    assert window["facts"]["on_time_rate"] == {"count": 1, "of": 2}
    assert [d["event"] for d in window["deductions"]] == ["办件 B-2"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--assessment", "{out}"], "一起给出"),
        (["--assessment", "{out}", "--quarter", "2012-5"], "YYYY-Qn"),
        (["--assessment", "{out}", "--quarter", "2010-Q1"], "没有施行中的窗口考核办法"),
    ],
)
def test_an_assessment_that_cannot_be_written(words: list[str], said: str, tmp_path: Path) -> None:
    done = banshi("cases", str(CITY), *(word.format(out=tmp_path / "f.yaml") for word in words))
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_assessment_is_a_citys(tmp_path: Path) -> None:
    done = banshi("cases", str(SMALL), "--assessment", str(tmp_path / "f.yaml"), "--quarter", "2012-Q1")
    assert (done.returncode, "level: city" in done.stderr) == (2, True)


# what is printed


def test_text_and_english() -> None:
    done = banshi("cases", str(SMALL))
    assert done.returncode == 0
    assert "软目标未达到（提示）" in done.stdout
    assert "17/19" not in done.stdout
    assert "89.47%–94.73%" in done.stdout
    assert "soft target missed" in banshi("cases", str(SMALL), "--lang", "en").stdout


def test_json_has_exact_counts() -> None:
    data = json.loads(banshi("cases", str(LARGE), "--format", "json").stdout)
    assert data["total"]["on_time_rate"] == {"count": 4946, "of": 4951, "not_stated": 0, "percent": "99.89%"}
    assert data["overdue"]["count"] == 6
    target = next(t for t in data["targets"] if t["norm"] == "registration-evaluation-rate")
    assert (target["verdict"], target["count"], target["of"], target["basis"]["label"]) == (
        "missed",
        1950,
        1990,
        "三第二段",
    )


def test_the_workbook_opens_and_repeats_byte_for_byte(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        assert banshi("cases", str(LARGE), "--format", "xlsx", "-o", str(tmp_path / name)).returncode == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["读取情况", "指标", "按类别", "按部门", "按窗口", "按办结月份", "超期件"]
    total = [cell.value for cell in list(book["按部门"].rows)[-1]]
    assert total[:5] == ["合计", 5000, 4951, 6, 4946]


def below(sheet: Any, heading: str) -> list[dict[str, Any]]:
    """The rows under the headings of a sheet, by heading."""
    rows = [[cell.value for cell in row] for row in sheet.rows]
    at = next(n for n, row in enumerate(rows) if row[0] == heading)
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]]


def of_percent(text: str | None, cell: Any) -> bool:
    """Whether a cell shows what JSON says of a rate (a range, or words, where that is None)."""
    return isinstance(cell, str) if text is None else float(text.rstrip("%")) == cell


@pytest.mark.parametrize("path", [SMALL, LARGE, CITY])
def test_the_workbook_holds_the_figures_of_the_json(path: Path, tmp_path: Path) -> None:
    data = json.loads(banshi("cases", str(path), "--format", "json").stdout)
    banshi("cases", str(path), "--format", "xlsx", "-o", str(tmp_path / "a.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    rates = {"按时办结率": "on_time_rate", "评议率": "evaluation_rate", "满意率": "satisfaction_rate"}
    rates |= {"现场办结率": "on_site_rate", "录入系统的比率": "recorded_rate", "纳入并联审批的比率": "parallel_share"}
    names = {"kind": "类别", "department": "部门", "window": "窗口", "month": "办结月份"}
    for dimension, name in names.items():
        found = below(book[f"按{name}"], name)
        for row, cells in zip([*data["by"][dimension], data["total"]], found, strict=True):
            late = row["overdue_cases"]
            least, most = late["count"], late["count"] + late["not_stated"]
            overdue = least if least == most else f"{least}–{most}"
            shown = cells[name], cells["件数"], cells["办结"], cells["超期件"]
            assert shown == (row["name"], row["cases"], row["finished"], overdue)
            assert all(of_percent(row[key]["percent"], cells[f"{head}（%）"]) for head, key in rates.items())
    for target, cells in zip(data["targets"], below(book["指标"], "判定"), strict=True):
        shown = cells["判定"], cells["分子（件）"], cells["分母（件）"], cells["没有写明（件）"]
        assert shown == (target["verdict_name"], target["count"], target["of"], target["not_stated"])
    for case, cells in zip(data["overdue"]["cases"], below(book["超期件"], "编号"), strict=True):
        assert (cells["编号"], cells["窗口"], cells["超期（日历日）"]) == (case["id"], case["window"], case["days"])
        assert cells["应办结"].date().isoformat() == case["due_on"]
        assert (cells["办结"] and cells["办结"].date().isoformat()) == case["finished_on"]


def test_the_page_stands_alone(tmp_path: Path) -> None:
    case = {**OTHER, "id": "<script>", "department": "<b>甲</b>", "due_on": "2012-01-05", "finished_on": "2012-01-09"}
    text = banshi("cases", str(made(tmp_path, [case])), "--format", "html").stdout
    assert text.startswith("<!DOCTYPE html>")
    assert "<script" not in text
    assert "<b>" not in text
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", text)
    assert text.count("<svg") == 4  # no rate against a target here; one for each way of grouping


@pytest.mark.parametrize("form", ["text", "json", "html", "xlsx"])
def test_every_output_says_what_is_not_counted(form: str, tmp_path: Path) -> None:
    head = "编号,类别,部门,窗口,受理日期,办结日期"
    rows = [head, *["B-1,其他,公安,W01,2012-01-04,"] * 3, "B-2,其他,公安,W01,2012-02-30,"]
    (tmp_path / "log.csv").write_text("\n".join(rows), encoding="utf-8")
    out = tmp_path / "out"
    assert banshi("cases", str(tmp_path / "log.csv"), "--format", form, "-o", str(out)).returncode == 1
    if form == "json":
        assert json.loads(out.read_text(encoding="utf-8"))["not_counted"] == {
            "unreadable": 1,
            "twice": 2,
            "unknown_number": False,
            "doubtful": 0,
        }
        return
    said = "没有计入：读不出的 1 件，编号重复的 2 件"
    if form == "xlsx":
        with out.open("rb") as stream:
            sheets = openpyxl.load_workbook(stream).worksheets
        tops = [[str(row[0].value) for row in sheet.iter_rows(max_row=5)] for sheet in sheets[1:]]
        assert all(any(value.startswith(said) for value in top) for top in tops)
    else:
        assert said in out.read_text(encoding="utf-8")


def test_cases_without_a_limit_leave_the_count_of_late_ones_open() -> None:
    assert "超期 2–3 件。" in banshi("cases", str(SMALL), "--format", "html").stdout


def test_the_charts_say_which_targets_are_soft_and_show_few_late_cases() -> None:
    text = banshi("cases", str(LARGE), "--format", "html").stdout
    assert ">99.94% 软目标未达到<" in text
    assert ">投资建设项目评议率，要求 95%以上（含95%）<" in text
    charts = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    late = [
        float(width) for chart in charts[1:] for width in re.findall(r'width="([\d.]+)" height="12" fill="#000"', chart)
    ]
    assert len(late) == 2 + 4 + 4 + 3  # kinds, departments, windows, months with a late case
    assert min(late) >= 2


def test_a_path_without_a_log(tmp_path: Path) -> None:
    write_yaml(tmp_path / "a.yaml", {"kind": "working-days"})
    assert banshi("cases", str(tmp_path)).returncode in (1, 2)
    assert banshi("cases", str(ROOT / "policies/cn/working-days/2011.yaml")).returncode == 2
    assert banshi("cases", str(tmp_path / "none.csv")).returncode == 2


@pytest.mark.parametrize(
    ("value", "shown", "number"),
    [
        (Fraction(95, 100), "95%", "95"),
        (Fraction(949999, 1000000), "94.99%", "94.99"),
        (Fraction(2, 3), "66.66%", "66.66"),
        (Fraction(1), "100%", "100"),
        (Fraction(0), "0%", "0"),
        (Fraction(1955, 2000), "97.75%", "97.75"),
        (Fraction(19999, 20000), "99.99%", "99.99"),
    ],
)
def test_percentages_never_look_better_than_they_are(value: Fraction, shown: str, number: str) -> None:
    assert percentage(value) == shown
    assert f"{percent(value).normalize():f}" == number
