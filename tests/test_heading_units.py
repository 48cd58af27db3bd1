"""Units in headings: 承诺期限（工作日） over 5 is 5个工作日; what contradicts the cell, the column or the law is refused, never dropped.

Every counted column of every table, under every unit that people write, in each way of writing it.
"""

import csv
import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from test_change_tables import EXAMPLE, ledger, tables

from banshi.checking.checker import Checker
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.headings import TableColumn, unit_of
from banshi.files.tables.reading import read_table
from banshi.law.library import Library
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.table_columns import AssessmentColumns
from banshi.subjects.attendance.table_columns import LEAVE_COLUMNS, WINDOW_COLUMNS
from banshi.subjects.cases.columns import GENERAL

UNITS = (
    "工作日",
    "个工作日",
    "自然日",
    "天",
    "日",
    "小时",
    "分钟",
    "分",
    "人",
    "人次",
    "件",
    "次",
    "宗",
    "元",
    "万元",
    "%",
    "万件",
)
WAYS = (
    "{}（{}）",
    "{}({})",
    "{}（单位：{}）",
    "{}/{}",
    "{}／{}",
    "{}【{}】",
    " {} （ {} ） ",
    "{}（{}）*",
    "{}（以{}计）",
)
NUMBERS = ("5", "５", "1,200", "三", "2.5", "0")
LAW = Library([ROOT / "policies"]).at(datetime.date(2012, 3, 1), "luzhou").law("assessment")


def counted() -> list[TableColumn]:
    assert LAW is not None
    columns = AssessmentColumns(AssessmentBook(LAW))
    kinds = (columns.facts, columns.details, columns.marks, columns.entries("bonus"), columns.entries("deduction"))
    every = [LEAVE_COLUMNS, WINDOW_COLUMNS, GENERAL, *kinds]
    return [column for kind in every for column in kind.values() if column.counted]


def test_a_unit_in_a_heading_holds_for_the_bare_numbers_below(tmp_path: Path) -> None:
    """The same as where each cell said it; 28 columns and more, 17 units."""
    columns, path = counted(), tmp_path / "a.csv"
    assert len(columns) > 25
    readable = 0
    for c, column in enumerate(columns):
        for n, unit in enumerate(UNITS):
            cells = [NUMBERS[(n + c) % len(NUMBERS)], NUMBERS[(n + c + 1) % len(NUMBERS)]]
            head = WAYS[(n + c) % len(WAYS)].format(column.headings[0], unit)
            got, wanted = read(path, column, head, cells), [said(column, cell, unit) for cell in cells]
            assert [each for each in wanted if each is not None] == got, (head, cells)
            readable += len(got)
    assert readable > 300


def read(path: Path, column: TableColumn, head: str, cells: list[str]) -> list[Any]:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["行", head], *(["x", cell] for cell in cells)])
    table = read_table(path, {"it": column}, lambda row: row["it"], lambda found: "it" in found)
    assert table.usable
    assert len(table.rows) + table.unread == len(cells)
    assert len(table.findings) >= table.unread  # each of them is told
    return table.rows


def said(column: TableColumn, cell: str, unit: str) -> Any:
    try:
        return column.read(f"{cell}{unit}")
    except CellUnreadable:
        return None


@pytest.mark.parametrize(
    ("unit", "cell", "value"),
    [("工作日", "5天", "5"), ("自然日", "5日", "5"), ("工作日", "5个工作日", "5"), ("工作日", "当场", "0"), ("天", "1天半", "1.5")],
)  # fmt: skip
def test_a_cell_may_say_it_again(unit: str, cell: str, value: str, tmp_path: Path) -> None:
    column = LEAVE_COLUMNS["days"] if "半" in cell else GENERAL["promised_limit"]
    [found] = read(tmp_path / "a.csv", column, f"{column.headings[0]}（{unit}）", [cell])
    assert str(getattr(found, "days", found)) == value
    assert getattr(found, "unit", unit) in (unit, "日历日")


@pytest.mark.parametrize(
    ("unit", "cell"), [("工作日", "5自然日"), ("自然日", "5个工作日"), ("件", "5次"), ("%", "5人")]
)
def test_a_cell_that_says_otherwise_is_refused(unit: str, cell: str, tmp_path: Path) -> None:
    column = GENERAL["promised_limit"]
    assert read(tmp_path / "a.csv", column, f"承诺期限（{unit}）", [cell]) == []


def test_hours_of_leave_are_told_to_be_no_days(tmp_path: Path) -> None:
    column = LEAVE_COLUMNS["days"]
    assert [str(days) for days in read(tmp_path / "a.csv", column, "请假时长（天）", ["0.5", "2天"])] == ["0.5", "2"]
    assert read(tmp_path / "a.csv", column, "时长（小时）", ["8", "4"]) == []
    table = read_table(tmp_path / "a.csv", {"it": column}, dict, lambda found: "it" in found)
    assert all("小时" in f.message.zh for f in table.findings if f.rule == "input/row-unreadable")
    assert table.unread == 2


@pytest.mark.parametrize("unit", ["天", "件", "%"])
def test_an_amount_in_anything_but_money_is_refused(unit: str, tmp_path: Path) -> None:
    sheets = dict(tables(ledger(EXAMPLE)))
    name = "金额·本次净额（元）"
    rows = [[cell.replace(name, f"金额·本次净额（{unit}）") for cell in row] for row in sheets["报批表"]]
    path = tmp_path / "报批表.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    found = Checker(ROOT).check([path]).findings
    told = [f for f in found if f.rule == "input/row-unreadable" and "不是金额" in f.message.zh]
    assert len(told) == len(rows) - 1


@pytest.mark.parametrize(
    "cell", ["受理日期（必填）", "增加/减少", "分子/分母", "单价（元/人）", "姓名", "/次", "金额（元、万元）"]
)
def test_what_is_no_unit_says_none(cell: str) -> None:
    assert unit_of(cell) == ""
