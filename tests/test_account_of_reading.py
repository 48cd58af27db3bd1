"""What was read as what, and what was left aside, stands before any result, in every output."""

import json
from pathlib import Path

import pytest
from conftest import banshi
from openpyxl import load_workbook

from banshi.base.text import Text
from banshi.files.account_of_reading import AccountOfReading, TakenFile, reading_json, reading_rows, reading_text
from banshi.files.findings import Finding, Severity
from banshi.files.report import Report

REGISTER = """\
kind: attendance
fictional: true
jurisdiction: luzhou
centre: 样例（虚构）
from: 2010-03-01
to: 2010-03-03
windows: [{id: W01, name: 甲}]
staff:
  - {id: "001", group: window_staff, window: W01}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "登记.yaml").write_text(REGISTER, encoding="utf-8")
    table = "工号,姓名,打卡时间,温度\n001,甲,2010-03-01 09:31,36.5\n001,甲,2010-03-02 25:99,36.6\n"
    (tmp_path / "打卡.csv").write_text(table, encoding="utf-8")
    return tmp_path


def test_it_stands_before_the_result_in_text(folder: Path) -> None:
    lines = banshi("attendance", ".", cwd=folder).stdout.splitlines()
    assert lines[:3] == [
        "读了什么：",
        "  登记.yaml：考勤登记",
        "  打卡.csv：打卡 1 行，读不出 1 行，列：工号＝人员编号、打卡时间；没有用：姓名、温度",
    ]


def test_it_stands_in_json(folder: Path) -> None:
    found = json.loads(banshi("attendance", ".", "--format", "json", cwd=folder).stdout)
    assert list(found).index("reading") < list(found).index("accounts")
    table = found["reading"]["taken"][1]
    assert (table["path"], table["as"], table["rows"], table["unread_rows"]) == ("打卡.csv", "打卡", 1, 1)
    assert table["columns"] == [{"heading": "工号", "as": "人员编号"}, {"heading": "打卡时间", "as": "打卡时间"}]
    assert table["unused_columns"] == ["姓名", "温度"]


def test_it_is_the_first_sheet_and_the_first_section_of_a_page(folder: Path) -> None:
    banshi("attendance", ".", "--format", "xlsx", "-o", "../out.xlsx", cwd=folder)
    book = load_workbook(folder.parent / "out.xlsx")
    sheet = book[book.sheetnames[0]]
    assert sheet.title == "读取情况"
    assert [cell.value for cell in sheet[3]][:5] == ["打卡.csv", None, "打卡", 1, 1]
    page = banshi("attendance", ".", "--format", "html", cwd=folder).stdout
    assert page.index("读取情况") < page.index("<h3>人员</h3>")
    assert "工号＝人员编号" in page


def _aside(severity: Severity, message: str) -> Finding:
    return Finding(
        rule="input/not-a-table", severity=severity, path="b.xls", line=1, column=1, end_column=1, message=Text(message, message)
    )  # fmt: skip


def test_what_was_left_aside_is_a_finding_and_a_line() -> None:
    report = Report()
    grave, harmless = _aside(Severity.ERROR, "没有读"), _aside(Severity.NOTE, "也没有读")
    report.leave(grave)
    report.leave(harmless)
    whole = Report()
    whole.add(report)
    whole.add(report)
    assert [*whole.reading.aside] == [grave, harmless]
    assert grave in whole.findings
    text = reading_text(whole.reading, "zh")
    assert text[1].endswith("没有读（可能关系到判断，涉及的不作判定）")
    assert not text[2].endswith("不作判定）")
    assert [each["bears_on_judgements"] for each in reading_json(whole.reading, "zh")["left_aside"]] == [True, False]
    assert len(list(reading_rows(whole.reading))) == 2


def test_nothing_read_says_nothing() -> None:
    assert reading_text(AccountOfReading(), "zh") == []
    assert TakenFile("a.xlsx", Text("打卡", "punches"), "三月").place == "a.xlsx“三月”"
