"""Rows that somebody took out without deleting them, and totals: never read as entries, never passed over in silence."""

import csv
import itertools
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from conftest import ROOT
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from test_attendance_tables import REGISTER, loaded
from test_change_tables import EXAMPLE, check, form, ledger, rules
from test_change_tables import book as change_book

from banshi.checking.checker import Checker
from banshi.files.findings import Severity
from banshi.files.tables.apart import _total, sums_up
from banshi.files.tables.cells import decimal, name
from banshi.files.tables.headings import TableColumn
from banshi.files.tables.reading import Table, read_table

COLUMNS = {
    "id": TableColumn(("编号",), name),
    "sum": TableColumn(("金额",), decimal),
    "text": TableColumn(("说明",), name, spare=True),
}
HEAD = ["编号", "金额", "说明", "备注"]
ROWS: list[list[Any]] = [["a", 1, "甲", ""], ["b", 2.5, "乙", ""], ["c", 3, "丙", ""]]


def read(path: Path) -> Table:
    return read_table(path, COLUMNS, lambda row: (row["id"], row["sum"]), lambda found: {"id", "sum"} <= set(found))


def errors(table: Table) -> list[int]:
    return [f.line for f in table.findings if f.severity is Severity.ERROR]


def ids(table: Table) -> str:
    return "".join(row[0] for row in table.rows)


def book(path: Path, struck: set[tuple[int, int]], writer: str) -> Path:
    """A workbook in which some cells (row and column from 0, the headings' row included) are struck through by their style."""
    lines = [HEAD, *ROWS]
    if writer == "openpyxl":
        made = openpyxl.Workbook()
        for n, line in enumerate(lines):
            made.active.append(line)
            for c in range(len(line)):
                made.active.cell(n + 1, c + 1).font = Font(strike=(n, c) in struck)
        made.save(path)
        return path
    with xlsxwriter.Workbook(path) as written:
        sheet, strike = written.add_worksheet(), written.add_format({"font_strikeout": True})
        for n, line in enumerate(lines):
            for c, value in enumerate(line):
                sheet.write(n, c, value, strike if (n, c) in struck else None)
    return path


@pytest.mark.parametrize("writer", ["openpyxl", "xlsxwriter"])
def test_a_row_struck_through_is_left_unread_and_told(writer: str, tmp_path: Path) -> None:
    for row in (1, 2, 3):
        table = read(book(tmp_path / "a.xlsx", {(row, c) for c in range(3)}, writer))
        assert ids(table) == "abc".replace("abc"[row - 1], "")
        assert errors(table) == [row + 1] and table.unread == 1
        assert table.lost[0]["id"] == "abc"[row - 1]  # whom it is about stays legible
        assert "整行划了删除线" in table.findings[0].message.zh


@pytest.mark.parametrize("writer", ["openpyxl", "xlsxwriter"])
def test_a_cell_struck_through_is_not_read(writer: str, tmp_path: Path) -> None:
    """Every set of cells of a row: whoever it costs the row, or the cell alone; told every time."""
    for size in (1, 2):
        for columns in itertools.combinations(range(3), size):
            table = read(book(tmp_path / "a.xlsx", {(2, c) for c in columns}, writer))
            lost = set(columns) & {0, 1}
            assert ids(table) == ("ac" if lost else "abc")
            assert set(errors(table)) == {3} and "划了删除线" in table.findings[0].message.zh
    assert ids(read(book(tmp_path / "b.xlsx", {(2, 3), (0, 1), (9, 9)}, writer))) == "abc"  # headings, empty cells


@pytest.mark.parametrize(
    ("parts", "said"), [((True,), "划了删除线"), ((True, True), "划了删除线"), ((False, True), "有一部分")]
)
@pytest.mark.parametrize("shared", [True, False])
def test_a_text_struck_through_in_itself_is_not_read(
    parts: tuple[bool, ...], said: str, shared: bool, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    if shared:
        with xlsxwriter.Workbook(path) as made:
            sheet, strike, usual = made.add_worksheet(), made.add_format({"font_strikeout": True}), made.add_format()
            for n, line in enumerate([HEAD, *ROWS]):
                sheet.write_row(n, 0, line)
            runs = [x for struck in parts for x in (strike if struck else usual, "b")]
            sheet.write_rich_string(2, 0, *runs, *([usual, " "] if len(parts) == 1 else []))
    else:
        book_ = openpyxl.Workbook()
        for line in [HEAD, *ROWS]:
            book_.active.append(line)
        book_.active["A3"] = CellRichText(*(TextBlock(InlineFont(strike=struck), "b") for struck in parts))
        book_.save(path)
    table = read(path)
    assert ids(table) == "ac" and errors(table) == [3]
    assert said in table.findings[0].message.zh


def test_a_struck_cell_that_is_merged_is_struck_wherever_it_holds(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as made:
        sheet, strike = made.add_worksheet(), made.add_format({"font_strikeout": True})
        for n, line in enumerate([HEAD, *ROWS]):
            sheet.write_row(n, 0, line)
        sheet.merge_range(1, 0, 2, 0, "a", strike)
    table = read(tmp_path / "a.xlsx")
    assert ids(table) == "c" and errors(table) == [2, 3]


@pytest.mark.parametrize(
    "mark", ["作废", "已作废", "删除", "此行作废", "作 废", "已取消（录错）", "无效。", "重复录入"]
)
@pytest.mark.parametrize("column", [3, 4])
def test_a_row_marked_void_is_left_unread_and_told(mark: str, column: int, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [[*map(str, row), ""] for row in ROWS]
    rows[1][column] = mark
    write(path, [HEAD, *rows])
    table = read(path)
    assert ids(table) == "ac" and errors(table) == [3] and table.lost[0]["id"] == "b"


@pytest.mark.parametrize("mark", ["作废的发票另附", "没有取消", "正常", "删除线", "不计算加班", "取消窗口一事已办"])
def test_other_remarks_cost_nothing(mark: str, tmp_path: Path) -> None:
    rows = [list(map(str, row)) for row in ROWS]
    rows[1][3] = mark
    write(tmp_path / "a.csv", [HEAD, *rows])
    assert ids(read(tmp_path / "a.csv")) == "abc"


def write(path: Path, lines: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)


@pytest.mark.parametrize("label", ["合计", "合 计", "总计：", "小计", "共计", "本页合计", "合计（元）", "TOTAL"])
@pytest.mark.parametrize(
    ("figures", "right"), [(["6.5"], True), (["6.50", "", "￥0"], True), (["7"], False), (["3"], True), ([], True)]
)
def test_a_total_is_reckoned_again_and_is_no_entry(label: str, figures: list[str], right: bool, tmp_path: Path) -> None:
    rows = [list(map(str, row)) for row in ROWS]
    if len(figures) > 2:
        figures = figures[:2]
    write(tmp_path / "a.csv", [HEAD, *rows, [label, *figures]])
    table = read(tmp_path / "a.csv")
    assert ids(table) == "abc" and table.unread == 0
    [told] = [f for f in table.findings if f.rule == "input/total-row"]
    assert told.line == 5 and told.severity is (Severity.NOTE if right else Severity.WARNING)
    assert right or ("7" in told.message.zh and "6.5" in told.message.zh)


def test_parts_and_the_whole(tmp_path: Path) -> None:
    a, b, c = (list(map(str, row)) for row in ROWS)
    write(tmp_path / "a.csv", [HEAD, a, b, ["小计", "3.5"], c, ["小计", "3"], ["合计", "6.5"]])
    table = read(tmp_path / "a.csv")
    assert ids(table) == "abc"
    assert [f.severity for f in table.findings if f.rule == "input/total-row"] == [Severity.NOTE] * 3
    write(tmp_path / "a.csv", [HEAD, a, b, ["小计", "4.5"], c, ["小计", "3"], ["合计", "6.5"]])
    told = [f for f in read(tmp_path / "a.csv").findings if f.rule == "input/total-row"]
    assert [f.severity for f in told] == [Severity.WARNING, Severity.NOTE, Severity.NOTE]


def test_a_name_that_holds_such_a_word_is_an_entry(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", [HEAD, ["合计工程", "1", "", ""], ["b", "2", "合计", ""]])
    assert len(read(tmp_path / "a.csv").rows) == 2


# in the tables of subjects


def test_a_form_whose_rows_are_summed_up_is_judged_like_the_form(tmp_path: Path) -> None:
    data = ledger(EXAMPLE)
    title, rows = "第1次", form(data, 0)
    head = next(n for n, row in enumerate(rows) if "单价（元）" in row)
    end = next((n for n in range(head, len(rows)) if not any(rows[n])), len(rows))
    whole = rules(check(change_book(tmp_path / "a.xlsx", [(title, rows)])))
    column = rows[head].index("增加（元）")
    right = sum((Decimal(row[column]) for row in rows[head + 1 : end] if len(row) > column and row[column]), Decimal(0))
    for figure, told in ((str(right), []), (str(right + 1), ["input/total-row"])):
        total = ["合计", *[""] * (column - 1), figure]
        found = rules(check(change_book(tmp_path / "b.xlsx", [(title, [*rows[:end], total, *rows[end:]])])))
        assert sorted(found) == sorted([*whole, *told])


@pytest.mark.parametrize("names", [("请假.csv", "3月请假.csv"), ("请假.csv", "补假请假.csv")])
def test_leave_in_two_tables_is_read_together(names: tuple[str, str], tmp_path: Path) -> None:
    head = "工号,假别,开始日,结束日\n"
    one, two = "A01,事假,2010-03-01,2010-03-01\n", "A01,病假,2010-03-03,2010-03-03\n"
    (tmp_path / "register.yaml").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "打卡.csv").write_text("工号,日期,时刻\nA01,2010-03-02,08:31\n", encoding="utf-8")
    (tmp_path / names[0]).write_text(head + one, encoding="utf-8")
    (tmp_path / names[1]).write_text(head + one + two, encoding="utf-8")  # what both say counts once, and is told
    [case], report = loaded(tmp_path)
    assert sorted(leave.start.day for leave in case.register.leave) == [1, 3]
    assert [(f.rule, f.severity) for f in report.findings] == [("input/told-twice", Severity.NOTE)]
    (tmp_path / names[1]).write_text(head + "A01,病假,2010-03-01,2010-03-02\n", encoding="utf-8")
    found = Checker(ROOT).check([tmp_path]).findings
    assert "attendance/leave-does-not-overlap" in {f.rule for f in found}
    assert {Path(f.path).name for f in found if f.rule == "attendance/leave-does-not-overlap"} <= {*names}


def test_a_row_that_only_a_remark_calls_a_total_is_an_entry_all_the_same(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", [["姓名", *HEAD], ["甲", "a", "1"], ["合计", "b", "2"], ["合计", "", "3"]])
    assert ids(read(tmp_path / "a.csv")) == "ab"


@pytest.mark.parametrize("title", [[], [["金额表"]], [["金额表"], ["制表日期", "2010-03-01"]]])
def test_rows_above_the_headings_are_told(title: list[list[str]], tmp_path: Path) -> None:
    a, b, c = (list(map(str, row)) for row in ROWS)
    write(tmp_path / "a.csv", [*title, a, HEAD, b, c])
    table = read(tmp_path / "a.csv")
    assert ids(table) == "bc" and table.unread == 1 and table.lost[0]["id"] == "a"
    assert errors(table) == [len(title) + 1]
    write(tmp_path / "a.csv", [*title, HEAD, b, c])
    assert errors(read(tmp_path / "a.csv")) == []


@pytest.mark.parametrize("name", ["打卡.json", "打卡.yaml", "打卡补.yml", "3月打卡.jsonl", "请假.json"])
def test_a_document_named_as_a_part_that_is_none_bears_on_whom_it_may_concern(name: str, tmp_path: Path) -> None:
    (tmp_path / "register.yaml").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "考勤记录.csv").write_text("工号,日期,时刻\nA01,2010-03-02,08:31\n", encoding="utf-8")
    (tmp_path / name).write_text('[{"staff": "A01", "day": "2010-03-01", "time": "08:31"}]', encoding="utf-8")
    found = Checker(ROOT).check([tmp_path]).findings
    assert any(f.rule == "input/not-a-table" and name in f.path and f.severity is Severity.ERROR for f in found)
    [case], _ = loaded(tmp_path)
    assert any(name in each.source for each in case.unread)


def test_what_is_left_out_as_no_total_at_a_glance_is_none() -> None:
    words = [f"{a}{word}{b}{end}" for a in ("", " ", "本页") for word in ("total", "Sum", "subtotal", "T o t a l", "TZ-") for b in ("", "(2010)", ":") for end in ("", "1", "٣")]  # fmt: skip
    assert {word: sums_up(word) for word in words} == {word: _total(word) for word in words}
    assert sums_up("Total(2010)") == "whole" and sums_up("TZ-00001") == ""
