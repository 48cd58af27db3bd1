"""Units stated anywhere around a table, cells merged over rows, several tables on one sheet, titles of another time."""

import csv
import itertools
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lengths import longer, some
from test_change_tables import KNOWN

from banshi.files.findings import Severity
from banshi.files.tables.cells import CellUnreadable, day, is_range, name
from banshi.files.tables.entries import Entries, read_entries
from banshi.files.tables.grids import GridRow
from banshi.files.tables.headings import TableColumn
from banshi.files.tables.money_units import unit_in_note
from banshi.files.tables.quantities import count_in, quantity
from banshi.files.tables.reading import Table, read_table
from banshi.files.written_values import amount
from banshi.subjects.change.table_kinds import CHANGES, must_have

COLUMNS = {
    "id": TableColumn(("编号",), name),
    "on": TableColumn(("日期",), day),
    "many": TableColumn(("件数",), count_in("件"), counted=True, summed=True),
    "limit": TableColumn(("期限",), count_in("工作日"), counted=True, spare=True),
}


def _write(path: Path, rows: list[list[Any]], merged: tuple[str, ...] = (), name: str = "表") -> Path:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return path
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for ref in merged:
        sheet.merge_cells(ref)
    book.save(path)
    return path


def _made(values: dict[str, Any]) -> dict[str, Any]:
    return {"id": values["id"], "on": values["on"], **values}


def _read(path: Path) -> Table:
    return read_table(path, COLUMNS, _made, lambda found: {"id", "on"} <= found.keys())


# units

NOTES = (
    "单位：万元",
    "金额单位：万元",
    "注：金额单位：万元",
    "说明：1. 表中金额单位均为万元；2. 以结算为准。",
    "备注：以上金额以万元计",
    "（单位：万元）",
    "货币单位为万元。",
)


@pytest.mark.parametrize("note", NOTES)
def test_a_note_that_states_a_unit_is_known(note: str) -> None:
    assert unit_in_note(GridRow(9, [note], {})) == "万元"


@pytest.mark.parametrize("note", ["注：其中暂列金 5 万元", "合计 60 万元", "单位：样例局", "注：金额单位以合同为准"])
def test_what_only_speaks_of_money_states_none(note: str) -> None:
    assert unit_in_note(GridRow(9, [note], {})) == ""


def _forms(path: Path) -> Entries:
    listing = next(each for each in KNOWN if each.way == CHANGES)
    return read_entries(path, "", listing, must_have(listing), {}, None)


@longer
@pytest.mark.parametrize("way", ["below", "between", "under", "beside", "above and below", "two"])
@pytest.mark.parametrize("note", some(NOTES, 2))
def test_a_unit_is_read_wherever_it_stands(way: str, note: str, tmp_path: Path) -> None:
    head = ["项目标识", "项目名称", "编号", "序次", "申报日期", "变更类型", "本次净额", "申报档次"]
    rows = [["p1", "某路（虚构）", f"变-{n}", str(n), "2012-01-10", "设计变更", "5", "财政批准"] for n in range(1, 31)]
    table = {
        "below": [head, *rows, [note]],
        "between": [head, *rows[:3], [note], *rows[3:]],
        "under": [head, ["", "", "", "", "", "", "（万元）"], *rows],
        "beside": [[*head, "单位"], *([*row, "万元"] for row in rows)],
        "above and below": [[note], head, *rows, [note]],
        "two": [["单位：千元"], head, *rows, [note]],
    }[way]
    path = _write(tmp_path / "a.csv", table)
    found = _forms(path)
    assert [each.data.get("amounts", {}).get("net") for each in found.entries] == [
        None if way == "two" else "50000"
    ] * 30
    told = {f.severity for f in found.table.findings}
    assert (Severity.ERROR in told) == (way == "two") and (Severity.NOTE in told or way == "under")


@pytest.mark.parametrize("written", ["60.000", "1.000", "999.000", "60.000元", "-5.000万元"])
def test_a_point_before_three_noughts_has_two_meanings(written: str) -> None:
    for read in (amount, *([quantity] if "-" not in written else [])):
        with pytest.raises(CellUnreadable, match="thousands"):
            read(written)


@pytest.mark.parametrize("written", ["60.00", "60.0000", "12.345", "0.000", "1234.000", "60,000", "60"])
def test_other_points_have_one(written: str) -> None:
    assert amount(written) == quantity(written).number


@pytest.mark.parametrize(
    "written",
    ["60-80", "60～80", "60至80万", "约60", "近60万元", "60多", "60左右", "不到3", "5件以上", "≤5", "3-5个工作日"],
)
def test_a_range_is_told_as_one(written: str) -> None:
    assert is_range(written.replace("～", "~"))
    for read in (amount, quantity, count_in("件")):
        with pytest.raises(CellUnreadable, match="range"):
            read(written)


@pytest.mark.parametrize("written", ["60", "-60", "2010-03-01", "1,234.5", "60万元", "三百", "5件", "2/3"])
def test_no_range(written: str) -> None:
    assert not is_range(written)


# cells merged over several rows


@longer
@pytest.mark.parametrize(("first", "last"), some([(a, b) for a, b in itertools.combinations(range(2, 7), 2)], 4))
def test_a_number_merged_over_rows_is_no_number_of_each(first: int, last: int, tmp_path: Path) -> None:
    rows = [[f"A{n}", "2012-03-01", n] for n in range(2, 7)]
    path = _write(tmp_path / "a.xlsx", [["编号", "日期", "件数"], *rows], (f"C{first}:C{last}",))
    table = _read(path)
    assert [row["id"] for row in table.rows] == [f"A{n}" for n in range(2, 7) if not first <= n <= last]
    assert {f.line for f in table.findings if f.severity is Severity.ERROR} == set(range(first, last + 1))


def test_names_and_days_may_be_merged_and_so_may_a_row_of_one_cell(tmp_path: Path) -> None:
    rows = [[f"A{n}" if n != 3 else "A2", "2012-03-01", n] for n in range(2, 7)]
    head = ["编号", "日期", "件数"]
    path = _write(tmp_path / "a.xlsx", [head, *rows], ("A2:A3", "B2:B6", "C4:D4"))
    table = _read(path)
    assert len(table.rows) == 5 and table.unread == 0


# several tables on one sheet


@longer
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("order", some(list(itertools.permutations(("编号", "日期", "件数"))), 3))
@pytest.mark.parametrize("gap", [[], [[""]], [["二、续表"]]])
def test_a_second_table_is_read_by_its_own_headings(
    gap: list[list[str]], order: tuple[str, ...], suffix: str, tmp_path: Path
) -> None:
    values = [{"编号": f"B{n}", "日期": f"2012-03-0{n}", "件数": f"{n}"} for n in range(1, 4)]
    second = [[*order], *([row[head] for head in order] for row in values)]
    path = _write(tmp_path / f"a{suffix}", [["编号", "日期", "件数"], ["A1", "2012-03-01", "7"], *gap, *second])
    table = _read(path)
    assert [(row["id"], row["many"]) for row in table.rows] == [("A1", 7), ("B1", 1), ("B2", 2), ("B3", 3)]
    assert table.unread == 0
    joined = [f for f in table.findings if f.rule == "input/sheets-joined"]
    assert bool(joined) == (order != ("编号", "日期", "件数"))


def test_headings_said_again_are_no_entry_where_every_column_takes_anything(tmp_path: Path) -> None:
    columns = {"id": TableColumn(("编号",), name), "name": TableColumn(("名称",), name)}
    path = _write(tmp_path / "a.csv", [["编号", "名称"], ["1", "甲"], ["编号", "名称"], ["2", "乙"]])
    table = read_table(path, columns, dict, lambda found: len(found) == 2)
    assert [row["id"] for row in table.rows] == ["1", "2"]


def test_the_second_tables_unit_is_its_own(tmp_path: Path) -> None:
    rows = [
        ["编号", "日期", "期限（工作日）"],
        ["A1", "2012-03-01", "5"],
        ["编号", "日期", "期限（小时）"],
        ["A2", "2012-03-01", "5"],
    ]
    table = _read(_write(tmp_path / "a.csv", rows))
    assert [row.get("limit") for row in table.rows] == [5, None] and len(table.flawed) == 1


@pytest.mark.parametrize(
    ("head", "unit", "read"),
    [
        ("期限", "（工作日）", 5),
        ("期限（工作日）", "工作日", 5),
        ("期限", "小时", None),
        ("期限（工作日）", "小时", None),
    ],
)
def test_units_in_a_row_below_the_headings(head: str, unit: str, read: int | None, tmp_path: Path) -> None:
    """Said again they change nothing; said otherwise, or of another sort, nothing is read."""
    table = _read(_write(tmp_path / "a.csv", [["编号", "日期", head], ["", "", unit], ["A1", "2012-03-01", "5"]]))
    assert [row.get("limit") for row in table.rows] == [read]
    assert (table.findings == []) == (read is not None)


def test_thousands_of_headings_end(tmp_path: Path) -> None:
    rows = [["编号", "日期"], *itertools.chain(*([["日期", "编号"], ["编号", "日期"]] for _ in range(500)))]
    table = _read(_write(tmp_path / "a.csv", rows))
    assert table.rows == [] and table.unread > 0


# titles of another time


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("2012年3月办件登记", False),
        ("2012年4月办件登记", True),
        ("2011年3月", True),
        ("3月份打卡", False),
        ("4月份打卡", True),
        ("2012年度台账", False),
        ("2013年台账", True),
        ("2012年第一季度", False),
        ("2011年第四季度", False),
        ("2012年1月至6月", False),
        ("制表日期：2012年4月2日", False),
        ("打印时间 2012-04-02", False),
        ("依据泸市府发〔2011〕37号", False),
        ("2011年考核办法附表", False),
        ("2012-04", True),
        ("办件登记", False),
    ],
)
def test_a_title_or_name_of_another_time_is_told(title: str, told: bool, tmp_path: Path) -> None:
    rows = [["编号", "日期"], ["A1", "2012-03-01"], ["A2", "2012-03-31"]]
    for path in (
        _write(tmp_path / "a.csv", [[title], *rows]),
        _write(tmp_path / "a.xlsx", rows, name=title[:30].replace("/", "").replace(":", "")),
    ):
        found = [f for f in _read(path).findings if f.rule == "input/told-twice"]
        assert len(found) == told and all(f.severity is Severity.WARNING for f in found)
