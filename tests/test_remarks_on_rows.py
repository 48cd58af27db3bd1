"""Remarks that take a row back or correct it: the row is never read as if nothing were said; harmless remarks cost nothing."""

import csv
import itertools
from pathlib import Path

import openpyxl
import pytest
from lengths import longer, some

from banshi.files.findings import Severity
from banshi.files.tables.cells import day, free_text, name
from banshi.files.tables.headings import Columns, TableColumn
from banshi.files.tables.reading import Table, read_table, stream_table
from banshi.files.tables.remarks import bears, says

WHO = ("", "已", "本行", "此条", "申请人已", "当事人", "业主已", "该件已", "予以")
VOID = ("作废", "撤回", "撤销", "撤件", "取消", "删除", "注销", "无效", "不计", "误录")
TAIL = ("", "。", "（2012-03-01）", "了")
OTHERWISE = (
    "更正：金额应为12万元",
    "已更正为3月5日",
    "订正，见附件",
    "改为3月3日",
    "应为5天",
    "有误",
    "填错，待改",
    "重复",
    "重复登记",
    "重复，见第3行",
    "与第2行重复",
    "见上表",
    "见上",
    "详见下表",
    "同上",
    "〃",
    "以评审结果为准",
)
SPEAKING = ("因材料不齐，经申请人同意撤回", "其中一次打卡重复", "金额暂估", "数据存疑", "后经核实有误", "退件")
HARMLESS = (
    "",
    "材料齐全",
    "无",
    "正常",
    "没有更正",
    "未撤回",
    "无误",
    "见附件",
    "见上级批复〔2012〕3号",
    "领导已签字",
    "不重复",
    "2012-03-01 补交材料",
)
HEADS = (
    "备注",
    "备考",
    "附注",
    "说明",
    "情况说明",
    "处理情况",
    "状态",
    "办件状态",
    "审核状态",
    "remarks",
    "Note",
    "status",
)
COLUMNS = {
    "id": TableColumn(("编号",), name),
    "on": TableColumn(("日期",), day),
    "what": TableColumn(("事由",), free_text),
}


def _read(path: Path, rows: list[list[str]]) -> Table:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    else:
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in rows:
            book.active.append(row)
        book.save(path)
    return read_table(path, COLUMNS, dict, lambda found: {"id", "on"} <= found.keys())


def _remarked(path: Path, head: str, remark: str, at: int = 3) -> Table:
    rows = [[f"A{n}", f"2012-03-0{n}", "开会", ""] for n in range(1, 6)]
    rows[at][3] = remark
    return _read(path, [["编号", "日期", "事由", head], *rows])


def test_what_is_said_of_a_row_is_known_however_it_is_put() -> None:
    said = {"void": list(map("".join, itertools.product(WHO, VOID, TAIL))), "otherwise": OTHERWISE, "": HARMLESS}
    for meant, remarks in said.items():
        assert {remark: says(remark) for remark in remarks} == dict.fromkeys(remarks, meant)
    assert not any(map(bears, HARMLESS))


@longer
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("head", some(HEADS[::2], 3))
@pytest.mark.parametrize(
    "remark", [*some([f"{w}{v}" for w, v in itertools.product(WHO, VOID)][::4], 3), *some(OTHERWISE, 4)]
)
@pytest.mark.parametrize("at", [0, 3])
def test_a_row_that_is_taken_back_is_not_read_and_is_told(
    remark: str, head: str, suffix: str, at: int, tmp_path: Path
) -> None:
    table = _remarked(tmp_path / f"a{suffix}", head, remark, at)
    assert [row["id"] for row in table.rows] == [f"A{n + 1}" for n in range(5) if n != at]
    assert table.unread == 1 and table.accounts[0].unread == (at + 2,)
    (told,) = [f for f in table.findings if f.severity is Severity.ERROR]
    assert (told.rule, told.line) == ("input/row-unreadable", at + 2) and remark[:2] in told.message.zh
    (lost,) = table.lost
    assert lost["id"] == f"A{at + 1}"
    # Of a row that should read otherwise, nobody knows the day any more.
    assert bool(lost["on"]) == (says(remark) == "void")


@pytest.mark.parametrize(("head", "remark"), list(zip(HEADS, itertools.cycle(SPEAKING))))
def test_what_only_speaks_of_it_is_told_and_the_row_read(remark: str, head: str, tmp_path: Path) -> None:
    table = _remarked(tmp_path / "a.csv", head, remark)
    assert len(table.rows) == 5 and table.unread == 0
    (told,) = [f for f in table.findings if f.severity is Severity.WARNING]
    assert (told.rule, told.line) == ("input/left-aside", 5) and "照其余各列读入" in told.message.zh


@pytest.mark.parametrize(("head", "remark"), list(zip(HEADS, itertools.cycle(HARMLESS))))
def test_a_harmless_remark_costs_nothing(remark: str, head: str, tmp_path: Path) -> None:
    table = _remarked(tmp_path / "a.csv", head, remark)
    assert len(table.rows) == 5 and table.unread == 0
    assert {f.severity for f in table.findings} <= {Severity.NOTE}


@pytest.mark.parametrize(
    ("head", "answer", "lost"),
    [
        ("是否作废", "是", True),
        ("是否作废", "否", False),
        ("已撤回", "√", True),
        ("撤销标志", "0", False),
        ("撤销标志", "1", True),
        ("是否有效", "否", True),
        ("是否有效", "是", False),
        ("有效性", "无效", True),
    ],
)
def test_a_column_that_asks_whether_the_row_counts(head: str, answer: str, lost: bool, tmp_path: Path) -> None:
    assert _remarked(tmp_path / "a.csv", head, answer).unread == lost


def test_a_reason_is_no_remark_but_an_explanation_that_is_read_is(tmp_path: Path) -> None:
    """What a column is for decides: a leave may be for what was cancelled elsewhere."""
    columns = {**COLUMNS, "text": TableColumn(("说明",), free_text)}
    path = tmp_path / "a.csv"
    path.write_text("编号,日期,事由,说明\nA1,2012-03-01,撤销,\nA2,2012-03-02,开会,已撤销\n", encoding="utf-8")
    table = read_table(path, columns, dict, lambda found: {"id", "on"} <= found.keys())
    assert [row["id"] for row in table.rows] == ["A1"] and table.unread == 1


def test_many_such_remarks_are_counted(tmp_path: Path) -> None:
    rows = [[f"A{n}", "2012-03-01", "开会", "金额暂估"] for n in range(260)]
    table = _read(tmp_path / "a.csv", [["编号", "日期", "事由", "备注"], *rows])
    told = [f for f in table.findings if f.severity is Severity.WARNING]
    assert len(table.rows) == 260 and sum(f.stands_for for f in told) == 260 and len(told) == 201


@pytest.mark.parametrize(
    ("note", "severity"),
    [
        ("注：A2 已撤销，不计。", Severity.ERROR),
        ("说明：第3行有误，应为3月5日", Severity.ERROR),
        ("注：A3 已撤销，不计。", Severity.WARNING),
        ("注：期限以自然日计。", Severity.WARNING),
        ("备注：单位：人次", Severity.WARNING),
    ],
)
def test_a_note_below_that_bears_on_rows_is_told(note: str, severity: Severity, tmp_path: Path) -> None:
    table = _read(
        tmp_path / "a.csv", [["编号", "日期", "事由"], *[[f"A{n}", "2012-03-01", "开会"] for n in range(3)], [note]]
    )
    (told,) = [f for f in table.findings if f.rule == "input/note-row"]
    assert told.severity is severity and "没有据以改动" in told.fix.zh and len(table.rows) == 3


class _Columns:
    """Takes rows by their columns."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def apart(self, columns: Columns, count: int) -> list[int]:
        return []

    def take(self, columns: Columns, count: int) -> tuple[()]:
        assert len(columns["id"]) == count
        self.ids += columns["id"]
        return ()


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("remark", ["已撤回", "更正：应为A9", "退件", "材料齐全", ""])
def test_rows_taken_many_at_a_time_are_the_same(remark: str, again: bool, tmp_path: Path) -> None:
    """And a second table below, its columns in another order, is read by its own headings."""
    rows = [[f"A{n}", f"2012-03-{n % 28 + 1:02}", "开会", remark if n in {20, 40} else ""] for n in range(60)]
    table = [["编号", "日期", "事由", "备注"], *rows]
    if again:
        table += [["备注", "日期", "编号"], *([row[3], row[1], f"B{row[0]}"] for row in rows)]
    path = tmp_path / "a.csv"
    one_by_one, together, taken = list[str](), list[str](), _Columns()
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table)
    enough, free = lambda found: {"id", "on"} <= found.keys(), list[Table]()
    free.append(stream_table(path, COLUMNS, dict, enough, lambda row: one_by_one.append(row["id"])))
    free.append(stream_table(path, COLUMNS, dict, enough, lambda row: together.append(row["id"]), at_once=taken))
    assert len(taken.ids) >= 40 and sorted([*together, *taken.ids]) == sorted(one_by_one)
    assert free[0].findings == free[1].findings and free[0].unread == free[1].unread
    assert free[0].unread == (2 + 2 * again if says(remark) in ("void", "otherwise") else 0)
