"""What stands in a table file and is no row of it, and yet bears on what follows: comments, other tables, other months."""

import csv
import itertools
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, banshi
from lengths import longer, some
from openpyxl.comments import Comment

from banshi.files.tables.cells import name
from banshi.files.tables.headings import TableColumn
from banshi.files.tables.reading import Table, read_table

PEOPLE = ("A01", "A02", "C01")
DAYS = ("2010-03-01", "2010-03-02", "2010-03-03")
REGISTER = """kind: attendance
fictional: true
jurisdiction: luzhou
centre: 样例中心（虚构）
from: {}
to: {}
windows:
  - {{id: W01, name: 甲窗口}}
staff:
  - {{id: A01, group: window_staff, window: W01, team: 一组}}
  - {{id: A02, group: window_staff, window: W01, team: 一组}}
  - {{id: C01, group: centre_staff}}
"""
PUNCHES = [
    ["人员编号", "日期", "时刻"],
    *([who, day, at] for day in DAYS for who in PEOPLE for at in ("08:40", "17:20")),
]
OTHERS = {
    "leave": [["人员编号", "假别", "开始日", "结束日"], ["A02", "病假", "2010-03-02", "2010-03-02"]],
    "notes": [["日期", "人员编号", "情况", "录入人"], ["2010-03-02", "A02", "迟到", "小组组长"]],
    "duty_log": [["日期", "人员编号", "情况"], ["2010-03-02", "A02", "缺岗"]],
    "roster": [["人员编号", "日期", "班次"], ["A02", "2010-03-02", "休"]],
}


def _register(folder: Path, punches: list[list[str]], days: tuple[str, str] = (DAYS[0], DAYS[-1])) -> Path:
    (folder / "register.yaml").write_text(REGISTER.format(*days), encoding="utf-8")
    with (folder / "打卡.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(punches)
    return folder


def _said(folder: Path) -> str:
    run = banshi("attendance", str(folder), "--project", str(ROOT))
    return run.stdout + run.stderr


@longer
@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("gap", some(([], [[""]], [["", ""], [""]]), 1))
def test_another_table_below_the_punches_leaves_open_what_it_may_say(
    other: str, gap: list[list[str]], tmp_path: Path
) -> None:
    # The day on which the other table may matter lacks its punches.
    punches = [row for row in PUNCHES if row[:2] != ["A02", "2010-03-02"]]
    said = _said(_register(tmp_path, [*punches, *gap, *OTHERS[other]]))
    assert f"第 {len(punches) + len(gap) + 1} 行起像是另一张表" in said
    assert "可能旷工" not in said and "缺打卡" not in said and re.search(r"A01 +3 +3 ", said)


def test_a_table_of_the_same_part_below_is_read(tmp_path: Path) -> None:
    said = _said(
        _register(tmp_path, [*PUNCHES[:9], ["日期", "人员编号", "时刻"], *([b, a, c] for a, b, c in PUNCHES[9:])])
    )
    assert "另一张表" not in said and all(re.search(rf"{who} +3 +3 ", said) for who in PEOPLE)


def test_no_punches_within_the_days_of_the_register_is_as_none_at_all(tmp_path: Path) -> None:
    said = _said(_register(tmp_path, PUNCHES, ("2010-04-01", "2010-04-30")))
    assert "登记期间 2010-04-01 – 2010-04-30 里一条打卡也没有，打卡都在 2010-03-01 – 2010-03-03" in said
    assert "全天无打卡" not in said and "可能旷工" not in said


@pytest.mark.parametrize(("stem", "told"), [("2010年4月", True), ("2010-03", False), ("3月", False), ("打卡", False)])
def test_a_file_named_for_another_month_is_told(stem: str, told: bool, tmp_path: Path) -> None:
    folder = _register(tmp_path, PUNCHES)
    (folder / "打卡.csv").rename(folder / f"打卡{stem}.csv")
    assert ("文件名写的是" in _said(folder)) == told


def test_rows_alike_that_cannot_be_read_are_counted_each(tmp_path: Path) -> None:
    assert "有 5 行打卡读不出，不知是谁的" in _said(_register(tmp_path, [*PUNCHES, *[["", "", "17:20"]] * 5]))


# comments on cells


def _book(path: Path, comments: dict[str, tuple[str, str]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["编号", "件数"], ["A1", "5"], ["A2", "6"]):
        sheet.append(row)
    for ref, (text, author) in comments.items():
        sheet[ref].comment = Comment(text, author)
    book.save(path)
    return path


def _read(path: Path) -> Table:
    columns: dict[str, TableColumn] = {"id": TableColumn(("编号",), name), "many": TableColumn(("件数",), name)}
    return read_table(path, columns, dict, lambda found: len(found) == 2)


def _comments(table: Table) -> list[Any]:
    return [f for f in table.findings if "批注" in f.message.zh]


def test_comments_are_told_with_their_cells(tmp_path: Path) -> None:
    (told,) = _comments(_read(_book(tmp_path / "a.xlsx", {"B2": ("已复核\n件", "督察科"), "A3": ("见附件", "某人")})))
    assert (
        "B2（已复核 件）" in told.message.zh
        and "A3（见附件）" in told.message.zh
        and (told.line, told.column) == (2, 2)
    )


def test_what_a_check_attached_and_sheets_without_any_are_told_nothing(tmp_path: Path) -> None:
    assert not _comments(_read(_book(tmp_path / "a.xlsx", {"B2": ("问题", "banshi")})))
    assert not _comments(_read(_book(tmp_path / "b.xlsx", {})))


@pytest.mark.parametrize("spoilt", [b"", b"<comments", b"<!DOCTYPE x><comments/>", b"\xff\xfe"])
def test_comments_that_cannot_be_read_cost_no_row(spoilt: bytes, tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", {"B2": ("应为 8", "督察科")})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, spoilt if "comment" in part.lower() and part.endswith(".xml") else content)
    table = _read(path)
    assert len(table.rows) == 2 and table.usable and "读不出" in _comments(table)[0].message.zh


# cases of which it is not known when they were finished


@pytest.mark.parametrize("twice", [True, False])
def test_no_case_is_overdue_where_its_finishing_was_not_read(twice: bool, tmp_path: Path) -> None:
    head = ["办件编号", "类别", "事项", "部门", "窗口", "是否并联", "受理日期", "承诺期限（工作日）"]
    rows = [[f"T{n}", "投资建设项目", "核准", "发展改革", "W01", "是", "2011-12-05", "5"] for n in range(3)]
    if twice:
        head += ["办结日期", "办结日期"]
        rows = [[*row, "2011-12-08", "2012-01-08"] for row in rows]
    (tmp_path / "log.yaml").write_text(
        "kind: cases\nfictional: true\njurisdiction: luzhou/yangliqu\ncentre: 样例中心（虚构）\nlevel: county\nas_of: 2012-02-29\nlog: 办件.csv\n",
        encoding="utf-8",
    )
    with (tmp_path / "办件.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(itertools.chain([head], rows))
    run = banshi("cases", str(tmp_path / "log.yaml"), "--project", str(ROOT))
    assert run.returncode == 1 and "已知的超期件" not in run.stdout and "T0" not in run.stdout
    run = banshi("cases", str(tmp_path / "log.yaml"), "--project", str(ROOT), "--format", "json")
    assert json.loads(run.stdout)["overdue"] == {"count": 0, "cases": []}


# a ledger that goes on, without headings, on another sheet

FORMS = ["项目标识", "项目名称", "编号", "序次", "申报日期", "变更类型", "本次净额", "申报档次"]


def _ledger(path: Path, second: list[list[str]]) -> Path:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "报批表"
    for row in (FORMS, ["p1", "某路（虚构）", "变-1", "1", "2012-01-10", "设计变更", "50000", "财政批准"]):
        first.append(row)
    other = book.create_sheet("续")
    for row in second:
        other.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("row", "torn"),
    [
        (["p1", "某路（虚构）", "变-2", "2", "2012-02-10", "设计变更", "600000", "政府批准"], True),
        (["2", "某路（虚构）", "2012/2/10", "设计变更", "600000"], True),
        (["变-1", "送达", "2012-02-10", "张三", "李四"], True),
        (["p2", "别的路（虚构）", "变-2", "2", "2012-02-10", "设计变更", "600000"], False),
        (["某路（虚构）", "制表", "2012-02-10"], False),
        (["某路（虚构）", "制表人", "张三", "审核", "李四"], False),
    ],
)
def test_a_ledger_that_goes_on_without_headings_is_not_judged(row: list[str], torn: bool, tmp_path: Path) -> None:
    path = _ledger(tmp_path / "a.xlsx", [row])
    run = banshi("check", str(path), "--project", str(ROOT), "--format", "json")
    findings = json.loads(run.stdout)["findings"]
    (told,) = [f for f in findings if f["rule"] == "input/left-aside"]
    assert (told["severity"] == "error") == torn and "续" in str(told)
    assert ("input/not-judged" in {f["rule"] for f in findings}) == torn
