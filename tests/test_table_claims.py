"""Columns that claim the same meaning, and the account of what was read and what was left aside."""

import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from banshi.files.tables import cells
from banshi.files.tables.account import LeftColumn, SheetAccount
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.reading import Table, TableColumn, read_table

COLUMNS = {
    "staff": TableColumn(("人员编号", "工号", "编号"), cells.name),
    "day": TableColumn(("日期", "考勤日期"), cells.day),
    "method": TableColumn(("方式", "打卡方式"), cells.free_text),
    "in": TableColumn(("签到", "签到时间"), cells.time, many=True),
    "out": TableColumn(("签退",), cells.time, blank="-", many=True),
}
DAY = datetime.date(2010, 3, 1)


def read(path: Path, **options: Any) -> Table:
    return read_table(path, COLUMNS, dict, lambda found: {"staff", "day"} <= found.keys(), **options)


def of(text: str, folder: Path) -> Table:
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8")
    return read(path)


def sheet(path: Path, rows: list[list[str]], more: dict[str, list[list[str]]] | None = None) -> Path:
    with xlsxwriter.Workbook(path.as_posix()) as book:
        for name, own in {"打卡": rows, **(more or {})}.items():
            made = book.add_worksheet(name)
            for n, row in enumerate(own):
                made.write_row(n, 0, row)
            if name.startswith("隐"):
                made.hide()
    return path


def said(table: Table) -> list[tuple[str, str, int, int]]:
    return [(f.rule, f.severity.value, f.line, f.column) for f in table.findings]


@pytest.mark.parametrize("heads", ["工号,编号,日期", "工号,工号,日期", "工 号,人员编号（必填）,日期"])
def test_two_columns_that_differ_leave_the_table_unread(heads: str, tmp_path: Path) -> None:
    found = of(f"{heads}\nA01,A02,2010-03-01\n", tmp_path)
    column = heads.index(",") + 2
    assert said(found) == [("input/column-twice", "error", 1, column)]
    assert not found.usable and found.rows == []
    assert "A 列" in found.findings[0].message.zh and "B 列" in found.findings[0].message.zh


@pytest.mark.parametrize("text", ["工号,编号,日期\nA01,,2010-03-01\n", "编号,工号,日期\n,A01,2010-03-01\n"])
def test_an_empty_column_claims_nothing(text: str, tmp_path: Path) -> None:
    found = of(text, tmp_path)
    assert found.findings == [] and [row["staff"] for row in found.rows] == ["A01"]


def test_columns_that_say_the_same_everywhere_are_one(tmp_path: Path) -> None:
    found = of("工号,编号,日期\nA01, Ａ01,2010-03-01\n工号,编号,日期\nA02,A02,2010-03-02\n", tmp_path)
    assert found.findings == [] and [row["staff"] for row in found.rows] == ["A01", "A02"]


@given(st.permutations(["工号,A01,A02", "日期,2010-03-01,2010-03-02", "方式,指纹,密码", "打卡方式,密码,密码"]))
def test_the_order_of_columns_never_decides(tmp_path_factory: pytest.TempPathFactory, columns: list[str]) -> None:
    rows = zip(*(column.split(",") for column in columns), strict=True)
    found = of("".join(",".join(row) + "\n" for row in rows), tmp_path_factory.mktemp("claims"))
    assert [rule for rule, *_ in said(found)] == ["input/column-twice"]
    assert [sorted(row) for row in found.rows] == [["day", "staff"]] * 2
    assert {column.key for column in found.accounts[0].left} == {"method"}
    assert {column.why for column in found.accounts[0].left} == {"claimed twice"}


def test_a_clash_in_a_workbook_stands_at_its_column(tmp_path: Path) -> None:
    found = read(sheet(tmp_path / "a.xlsx", [["工号", "日期", "编号"], ["A01", "2010-03-01", "7"]]))
    assert said(found) == [("input/column-twice", "error", 1, 3)]


def test_several_columns_of_one_meaning_are_joined_where_the_table_says_so(tmp_path: Path) -> None:
    found = of("工号,日期,签到,签退,签到,签退\nA01,2010-03-01,8:31,12:01,13:30,\nA01,2010-03-02,,,,\n", tmp_path)
    assert [(row.get("in"), row["out"]) for row in found.rows] == [(("08:31", "13:30"), ("12:01",)), (None, ("-",))]
    assert found.findings == []
    assert [(c.letters, c.key) for c in found.accounts[0].taken] == [
        ("A", "staff"),
        ("B", "day"),
        ("C", "in"),
        ("D", "out"),
        ("E", "in"),
        ("F", "out"),
    ]


def test_a_cell_of_the_second_column_is_pointed_at(tmp_path: Path) -> None:
    found = of("工号,日期,签到,签到\nA01,2010-03-01,8:31,25:00\n", tmp_path)
    assert said(found) == [("input/row-unreadable", "error", 2, 21)]


# the account


def test_what_was_left_aside_is_told_as_data(tmp_path: Path) -> None:
    text = (
        "工号,日期,姓名,体温,人脸,没填,\nA01,2010-03-01,甲,36,x,,y\nA02,x,甲,,,,\n,,甲,,,,\nA03,2010-03-03,甲,,,,,,z\n"
    )
    found = of(text, tmp_path)
    account = found.accounts[0]
    assert account.left == (
        LeftColumn("姓名", 2, "idle"),
        LeftColumn("体温", 3, "unused"),
        LeftColumn("人脸", 4, "biometric"),
        LeftColumn("", 6, "no heading"),
        LeftColumn("", 8, "no heading"),
    )
    assert (account.status, account.head, account.rows) == ("read", 1, 2)
    assert (account.unread, account.passed, account.stopped) == ((3,), (4,), 0)
    assert "G、I" in found.findings[-1].message.zh


def test_every_sheet_has_its_account(tmp_path: Path) -> None:
    rows = [["工号", "日期"], ["A01", "2010-03-01"]]
    path = sheet(tmp_path / "a.xlsx", rows, {"说明": [["无"]], "空": [], "隐": rows, "四月": rows})
    status = {account.sheet: account.status for account in read(path).accounts}
    assert status == {"隐": "hidden", "打卡": "read", "说明": "other", "空": "empty", "四月": "read"}
    status = {account.sheet: account.status for account in read(path, sheet="四月").accounts}
    assert status == {"隐": "hidden", "打卡": "not asked", "说明": "not asked", "空": "not asked", "四月": "read"}


def test_rows_beyond_the_limit_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("banshi.files.tables.account.MAX_NUMBERED", 2)
    found = of("工号,日期,姓名\n" + "A01,x,\n" * 3 + ",,甲\n" * 4, tmp_path)
    account = found.accounts[0]
    assert isinstance(account, SheetAccount)
    assert (account.unread, account.unread_more) == ((2, 3), 1)
    assert (account.passed, account.passed_more) == ((5, 6), 2)


# moments under the heading of a day


@pytest.mark.parametrize(
    "cell", ["2011-12-05 09:12:33", "2011/12/5 下午1:05", "2011-12-05T09:12", "2011-12-05", "20111205 9:12"]
)
def test_a_moment_says_its_day(cell: str) -> None:
    assert cells.day_of(cell) == datetime.date(2011, 12, 5)


@pytest.mark.parametrize("cell", ["2011-12-05 25:00", "2011-12-05 上班", "09:12", "2011-02-30 09:12", "40882.5"])
def test_what_is_no_moment_says_none(cell: str) -> None:
    with pytest.raises(CellUnreadable):
        cells.day_of(cell)
