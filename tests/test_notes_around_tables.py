"""Notes, signatures and print dates around the rows of a table are left aside and told, and cost no judgement."""

import csv
import io
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, banshi
from lengths import longer, some
from test_assessment_tables import example, law
from test_change_tables import EXAMPLE, book, form, ledger, tables
from test_kind_books import SHAPES, data_of

from banshi.checking.checker import Checker
from banshi.files.findings import Severity
from banshi.files.report import Report
from banshi.files.tables.cells import day, name, time
from banshi.files.tables.grids import GridRow
from banshi.files.tables.headings import TableColumn
from banshi.files.tables.kind_books import book_of
from banshi.files.tables.notes import note_sort
from banshi.files.tables.reading import Table, read_table
from banshi.subjects.assessment.template import template

CHECKER = Checker(ROOT)
NOTE = "input/note-row"
ANYWHERE = [
    ["注：本表一式两份。"],
    ["说明：1. 数据由系统导出；2. 未经人工修改。"],
    ["备注", "以上各项已经核对"],
    ["制表人：张三"],
    ["制 表 人：张三    审 核 人：李四    2026年4月1日"],
    ["制表人：", "张三", "审核人：", "李四"],
    ["填报单位（盖章）：样例局", "", "填报日期：2026-04-01"],
    ["单位负责人签字：", "", "经办人："],
    ["打印时间：2026-04-01 08:00"],
    ["第 1 页，共 3 页"],
    ["（注）外地来办的不在此列"],
    ["审核：李四", "", "2026-04-01"],
]
AT_THE_END = [
    ["※ 本表由窗口留存，期满后按档案规定处理。"],
    ["以上数据由系统导出，未经人工修改。"],
    ["样例市政务服务中心"],
    ["2026年4月1日"],
    ["3. 其他未尽事项。"],
    ["数据口径：按受理时间统计"],
]
Made = Callable[[Path], Path]


def _case_log(folder: Path) -> Path:
    shutil.copytree(ROOT / "examples/cases/yangliqu", folder / "log")
    return folder / "log/办件.csv"


def _punches(folder: Path) -> Path:
    shutil.copytree(ROOT / "examples/attendance/2010-02", folder / "register")
    return folder / "register/打卡.csv"


def _register(folder: Path) -> Path:
    return Path(shutil.copy(ROOT / "examples/attendance/2010-03/考勤登记.xlsx", folder))


def _changes(folder: Path) -> Path:
    return book(folder / "变更.xlsx", tables(ledger(EXAMPLE)))


def _form(folder: Path) -> Path:
    return book(folder / "报批表.xlsx", [("第1次", form(ledger(EXAMPLE), 0))])


def _catalogue(folder: Path) -> Path:
    (folder / "事项.xlsx").write_bytes(book_of("catalogue", [data_of("catalogue")], SHAPES))
    return folder / "事项.xlsx"


def _assessment(folder: Path) -> Path:
    case = example("2012-Q1")
    (folder / "考核.xlsx").write_bytes(template(law(case), "2012-Q1", case.assessment))
    return folder / "考核.xlsx"


KINDS: dict[str, Made] = {
    "case log": _case_log,
    "punches": _punches,
    "register": _register,
    "changes": _changes,
    "form": _form,
    "catalogue": _catalogue,
    "assessment": _assessment,
}


def _noted_csv(path: Path, rng: random.Random) -> dict[str, int]:
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    notes = rng.sample(ANYWHERE, 3)
    for note in notes:
        rows.insert(rng.randint(0, len(rows)), note)
    last = rng.sample(AT_THE_END, 2)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*rows, *([[]] if rng.random() < 0.5 else []), *last])
    return {"": len(notes) + len(last)}


def _noted_book(path: Path, rng: random.Random) -> dict[str, int]:
    """Notes below each visible sheet, some merged over its width. How many, by sheet."""
    made, count = openpyxl.load_workbook(path), Counter[str]()
    for sheet in made.worksheets:
        if sheet.sheet_state != "visible" or sheet.max_row < 2:
            continue
        row = max(n for n, cells in enumerate(sheet.iter_rows(values_only=True), start=1) if any(cells))
        width, row = sheet.max_column, row + rng.randint(0, 1)
        for note in [*rng.sample(ANYWHERE, 2), *rng.sample(AT_THE_END, 1)]:
            row, count[sheet.title] = row + 1, count[sheet.title] + 1
            for n, cell in enumerate(note):
                sheet.cell(row, n + 1, cell)
            if len(note) == 1 and width > 1 and rng.random() < 0.5:
                sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=rng.randint(2, width))
    made.save(path)
    return count


def _said(report: Report) -> Counter[tuple[str, str]]:
    return Counter((f.rule, f.severity.name) for f in report.findings if f.rule not in (NOTE, "input/column-unused"))


@longer
@pytest.mark.parametrize("seed", some(range(6), 1))
@pytest.mark.parametrize("kind", KINDS)
def test_notes_cost_nothing_and_are_told(kind: str, seed: int, tmp_path: Path) -> None:
    rng = random.Random(f"{kind} {seed}")
    path = KINDS[kind](tmp_path)
    where = path.parent if path.suffix == ".csv" else path
    before = CHECKER.check([where], jobs=1)
    count = (_noted_csv if path.suffix == ".csv" else _noted_book)(path, rng)
    after = CHECKER.check([where], jobs=1)
    assert _said(after) == _said(before), [f.message.zh for f in after.findings if f.rule != NOTE]
    assert after.summary.errors == before.summary.errors
    told = [f for f in after.findings if f.rule == NOTE]
    assert all(f.severity is Severity.NOTE for f in told)
    tables = {f.sheet for f in told}
    if kind != "form":
        assert tables and all(count[sheet] == sum(f.sheet == sheet for f in told) for sheet in tables)
    if kind not in ("form", "catalogue"):  # of which no account is given
        assert {t.sheet: len(t.notes) for t in after.reading.taken if t.notes} == {s: count[s] for s in tables}


COLUMNS = {
    "staff": TableColumn(("工号",), name),
    "day": TableColumn(("日期",), day),
    "time": TableColumn(("时刻",), time),
    "why": TableColumn(("批准人",), name, spare=True),
}
HEAD = ["工号", "日期", "时刻", "批准人"]
RECORDS = [
    ["A01", "2026-03-02", "08:31", ""],
    ["A02", "2026-03-02", "08:40", "王五"],
    ["A01", "2026-03-03", "08:29", ""],
]


def _read(path: Path, rows: list[list[Any]]) -> Table:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    else:
        made = openpyxl.Workbook(write_only=True)
        sheet = made.create_sheet("打卡")
        for row in rows:
            sheet.append(row)
        made.save(path)
    needed = {"staff", "day", "time"}
    return read_table(
        path, COLUMNS, lambda row: (row["staff"], row["day"], row["time"]), lambda found: needed <= set(found)
    )


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize(
    "row",
    [
        ["A03"],  # somebody's, with nothing else
        ["", "2026-03-04"],
        ["A03", "", "", "注意休息"],
        ["备注", "2026-03-04", "没打"],
        ["注：A03", "2026-03-04", ""],
        ["批准人：王五"],  # one of the headings
        ["工号：A05"],
        ["日期：2026-03-04"],
        ["单位：万元"],
        ["张三"],
        ["A03", "第 1 页"],
    ],
)
def test_what_could_be_a_record_stays_an_error(row: list[str], suffix: str, tmp_path: Path) -> None:
    for rows in ([HEAD, *RECORDS, row], [HEAD, RECORDS[0], row, *RECORDS[1:]]):
        table = _read(tmp_path / f"a{suffix}", rows)
        assert table.unread == 1 and NOTE not in {f.rule for f in table.findings}
        assert len(table.rows) == len(RECORDS)


@pytest.mark.parametrize("text", [row for row in AT_THE_END if "：" in row[0] or "。" in row[0]])
def test_what_is_no_note_for_sure_is_one_below_the_last_row_only(text: list[str], tmp_path: Path) -> None:
    below = _read(tmp_path / "a.csv", [HEAD, *RECORDS, text])
    between = _read(tmp_path / "a.csv", [HEAD, *RECORDS[:2], text, *RECORDS[2:]])
    assert (below.unread, between.unread) == (0, 1) and len(below.rows) == len(between.rows) == len(RECORDS)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_remark_in_its_own_column_makes_no_note_of_a_row(suffix: str, tmp_path: Path) -> None:
    """Where every column takes any words, too, and the other way round."""
    columns = {"id": TableColumn(("编号",), name), "name": TableColumn(("名称",), name)}
    rows = [
        ["备注", "编号", "名称"],
        ["说明：新设", "一号窗", "民政窗口"],
        ["", "二号窗", "户籍窗口"],
        ["注：每个窗口至少一人"],
    ]
    _read(tmp_path / f"a{suffix}", [*rows, ["", "注：两人以上的", "另行登记"], ["制表人：", "张三", "审核人："]])
    table = read_table(
        tmp_path / f"a{suffix}", columns, lambda row: (row["id"], row["name"]), lambda found: len(found) > 1
    )
    assert [row[0] for row in table.rows] == ["一号窗", "二号窗"] and not table.unread
    assert [f.line for f in table.findings if f.rule == NOTE] == [4, 5, 6]


def test_a_count_of_rows_is_held_against_the_rows(tmp_path: Path) -> None:
    for count, severity in ((3, Severity.NOTE), (2, Severity.WARNING), (4, Severity.ERROR)):
        table = _read(tmp_path / "a.csv", [HEAD, *RECORDS, [f"共 {count} 条记录"]])
        lacking = max(0, count - 3)  # any of them may be anybody's
        assert [f.severity for f in table.findings] == [severity]
        assert table.unread == table.lacking == lacking and table.lost == [{}] * lacking


def test_a_large_book_and_a_small_one_say_the_same(tmp_path: Path) -> None:
    """Beyond some size workbooks are read otherwise."""
    notes = [*ANYWHERE[:4], *AT_THE_END]
    one, many = (_read(tmp_path / "a.xlsx", [HEAD, *RECORDS * times, *notes]) for times in (1, 1500))
    assert len(one.rows) * 1500 == len(many.rows) and not one.unread and not many.unread
    assert [f.message.zh.partition("（")[2] for f in one.findings] == [
        f.message.zh.partition("（")[2] for f in many.findings
    ]


def test_the_account_of_reading_tells_them(tmp_path: Path) -> None:
    path = _punches(tmp_path)
    with path.open("a", encoding="utf-8") as file:
        file.write("制表人：张三\n")
    run = banshi("attendance", str(path.parent))
    assert run.returncode == 0 and "表外的说明、签字：第 " in run.stdout


def test_a_unit_of_money_is_a_note_of_its_own_and_other_money_is_none() -> None:
    assert note_sort(GridRow(9, ["注：金额单位为万元"], {}), ()) == "unit"
    assert note_sort(GridRow(9, ["注：其中暂列金 5 万元"], {}), ()) == ""


def test_a_legend_below_a_month_of_columns_is_nobody(tmp_path: Path) -> None:
    """Where a row needs no more than whose it is."""
    path = _punches(tmp_path)
    days = [str(n) for n in range(1, 29)]
    rows = [
        ["注：每天两次"],
        ["工号", *days],
        ["A01", *["08:31 17:20"] * 5],
        ["注：√出勤 ×缺勤"],
        ["制表人：张三", "", "2010年3月1日"],
    ]
    path.write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")
    (taken,) = [t for t in CHECKER.check([path.parent], jobs=1).reading.taken if t.path.endswith(path.name)]
    assert (taken.rows, taken.unread, taken.notes) == (1, 0, (1, 4, 5))


@pytest.mark.parametrize(
    ("note", "grave"),
    [
        ("注：TZ-0003已撤件", True),
        ("注：TZ-0003 已撤件", True),
        ("说明：第3条作废", True),
        ("注：项目核准中有误录的，已注销", True),
        ("注：TZ-00031已撤件", False),
        ("注：撤件不计入", False),
        ("注：发展改革3月那件误录", True),
        ("注：TZ-0003已办结", False),
    ],
)
def test_a_note_that_takes_back_what_a_row_says_is_an_error(note: str, grave: bool, tmp_path: Path) -> None:
    """Whether that row counts is unknown; what names none of the rows may be a rule of the table."""
    log = _case_log(tmp_path)
    rows = log.read_text(encoding="utf-8").splitlines()[:9]
    log.write_text("\n".join([*rows, note]) + "\n", encoding="utf-8")
    (told,) = [each for each in CHECKER.check([log.parent]).findings if each.rule == NOTE]
    assert (told.severity is Severity.ERROR) == grave
    assert banshi("cases", str(log.parent)).returncode == int(grave)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("3件", "合计写的是 3"),
        ("共2件", "与上面各行相符"),
        ("2", "与上面各行相符"),
        ("", "没有写可以核对的数"),
        ("若干", "没有写可以核对的数"),
    ],
)
def test_a_total_agrees_only_where_there_is_a_figure_that_does(said: str, told: str, tmp_path: Path) -> None:
    log = _case_log(tmp_path)
    rows = log.read_text(encoding="utf-8").splitlines()[:3]
    log.write_text("\n".join([*rows, f"本页小计,{said}"]) + "\n", encoding="utf-8")
    (found,) = [each for each in CHECKER.check([log.parent]).findings if each.rule == "input/total-row"]
    assert told in found.message.zh


def test_a_conversion_tells_what_it_leaves_aside(tmp_path: Path) -> None:
    made = book(tmp_path / "l.xlsx", [*tables(ledger(EXAMPLE)), ("其他登记", [["甲", "乙"], [1, 2]])])
    done = banshi("convert", str(made), str(tmp_path / "out.yaml"))
    assert done.returncode == 0 and "工作表“其他登记”" in done.stderr and "没有读" in done.stderr
    project = shutil.copytree(EXAMPLE, tmp_path / "project")
    shutil.copy(made, project / "changes/more.xlsx")
    (project / "补充.et").write_bytes(b"x" * 600)
    done = banshi("convert", str(project), str(tmp_path / "out.jsonl"))
    assert done.returncode == 1 and "more.xlsx" in done.stderr and "补充.et" in done.stderr


def test_a_conversion_tells_of_tables_beside_that_hold_the_rows(tmp_path: Path) -> None:
    register = shutil.copytree(ROOT / "examples/attendance/2010-02", tmp_path / "register")
    done = banshi("convert", str(register / "register.yaml"), str(tmp_path / "out.xlsx"))
    assert done.returncode == 0 and "打卡.csv" in done.stderr and "没有一并转换" in done.stderr
    (register / "打卡.csv").unlink()
    done = banshi("convert", str(register / "register.yaml"), str(tmp_path / "other.xlsx"))
    assert done.returncode == 0 and "没有一并转换" not in done.stderr
