"""Tables beside a register: spellings, headings, and every way in which a row or a file can be wrong."""

import datetime
import json
import runpy
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, banshi
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.files.discovery import discover
from banshi.files.report import Report
from banshi.files.tables import cells
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.reading import MANY, Table
from banshi.law.library import Library
from banshi.subjects.attendance.account import Account, account
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.columns import PARTS
from banshi.subjects.attendance.joining import joined
from banshi.subjects.attendance.loading import PartSource, read_part
from banshi.subjects.attendance.periods import month, quarter
from banshi.subjects.attendance.rulebook import Rulebook

REGISTER = """\
kind: attendance
fictional: true
jurisdiction: luzhou
centre: 样例市政务服务中心（虚构）
from: 2010-03-01
to: 2010-03-05
windows: [{id: W01, name: 窗口}]
staff: [{id: A01, group: window_staff, window: W01}]
"""
WORDS = Rulebook(Library([ROOT / "policies"]), "luzhou").words


def read_punches(path: Path) -> Table:
    return read_part(PartSource(PARTS["punches"], path), words=WORDS)


def read_leave(path: Path) -> Table:
    return read_part(PartSource(PARTS["leave"], path), words=WORDS)


def table(folder: Path, text: str | bytes, read: Callable[[Path], Table] = read_punches) -> Table:
    path = folder / "table.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


@pytest.mark.parametrize(
    "cell", ["2010-03-01", "2010/3/1", "2010.3.1", "2010年3月1日", "20100301", " 2010-3-01 ", "２０１０－０３－０１"]
)
def test_spellings_of_a_date(cell: str) -> None:
    assert cells.day(cell) == datetime.date(2010, 3, 1)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("8:31", "08:31"),
        ("08:31:59", "08:31"),
        ("8：31", "08:31"),
        ("8时31分", "08:31"),
        ("8点31分05秒", "08:31"),
        ("上午8:31", "08:31"),
        ("下午5:30", "17:30"),
        ("5:30 PM", "17:30"),
        ("下午12:05", "12:05"),
    ],
)
def test_spellings_of_a_time(cell: str, expected: str) -> None:
    assert cells.time(cell) == expected


@pytest.mark.parametrize("cell", ["", "24:00", "8:60", "八点", "上午13:00", "上午12:30", "8.31", "0831", "08:31:60"])
def test_what_is_no_time(cell: str) -> None:
    with pytest.raises(CellUnreadable):
        cells.time(cell)


@pytest.mark.parametrize("cell", ["2010-02-30", "10-3-1", "三月一日", "2010-13-01", "40238"])
def test_what_is_no_date(cell: str) -> None:
    with pytest.raises(CellUnreadable):
        cells.day(cell)


@pytest.mark.parametrize(
    "text",
    [
        "人员编号,日期,时刻\nA01,2010-03-01,08:31\n",
        "时刻,人员编号,日期\n8:31,A01,2010/3/1\n",
        "staff,day,time\nA01,2010-03-01,08:31\n",
        "工号;打卡时间\nA01;2010年3月1日 上午8:31\n",
        "\ufeff工 号\t打卡时间\r\nA01\t2010-03-01 08:31:59\r\n",
        "\n\n姓名,编号,日期,时间,部门\n甲,A01,2010-03-01,08:31,窗口\n,,,,\n",
    ],
)
def test_any_order_heading_and_separator(text: str, tmp_path: Path) -> None:
    found = table(tmp_path, text)
    assert [(p.staff, str(p.day), p.time[:5]) for p in found.rows] == [("A01", "2010-03-01", "08:31")]
    assert found.findings == []


def test_a_leave_row(tmp_path: Path) -> None:
    text = (
        "人员编号,假别,开始日,结束日,申请时间,请假方式,批准人,单位同意,备案,医院,医保,代岗人员\n"
        "A01,病假,2010-03-01 下午,2010-03-02 上午,2010/2/26 10:00,书面,督察科,是,小组、督察科,样例医院,是,甲\n"
        "A01,事假,2010-03-04 上午,,,,,,,,,\n"
    )
    found = table(tmp_path, text, read_leave)
    assert found.findings == []
    sick, personal = found.rows
    assert (sick.kind, sick.from_half, sick.to_half, str(sick.end)) == ("sick", "pm", "am", "2010-03-02")
    assert (sick.requested_at, sick.form, sick.approver) == ("2010-02-26 10:00", "written", "supervision_section")
    assert sick.unit_consent and sick.filed_with == ("group", "supervision_section")
    assert sick.certificate.insurance and sick.substitute.name == "甲"
    assert (personal.from_half, personal.to_half, personal.end) == ("am", "am", None)


def test_a_row_that_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = "人员编号,日期,时刻,方式\nA01,2010-02-30,08:31,\nA01,2010-03-01,25:00,\nA01,2010-03-01,,\nA01,2010-03-01,17:10,刷脸\nA01,2010-03-01,08:40,\n"
    found = table(tmp_path, text)
    assert [p.time for p in found.rows] == ["17:10", "08:40"], "of an unreadable method only that is lost"
    places = [(f.rule, f.line, f.column) for f in found.findings]
    assert places == [("input/row-unreadable", n, column) for n, column in ((2, 5), (3, 16), (4, 1), (5, 22))]
    assert "“日期”写的是 2010-02-30：没有这一天" in found.findings[0].message.zh
    assert all(f.message.en and f.fix.en for f in found.findings)


def test_many_bad_rows_are_counted(tmp_path: Path) -> None:
    found = table(tmp_path, "staff,day,time\n" + "A01,x,08:31\n" * (MANY + 7) + "A01,2010-03-01,08:31\n")
    assert len(found.rows) == 1
    assert len(found.findings) == MANY + 1
    assert "7" in found.findings[-1].message.zh


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("人员编号,日期,时刻\nA01,2010-03-01,08:31\n".encode("gbk"), "input/not-utf8"),
        ("人员编号,日期,时刻\n".encode("utf-16"), "input/not-utf8"),
        (b"", "input/empty"),
        (b"\n,,\n", "input/empty"),
        ("人员编号,日期\nA01,2010-03-01\n".encode(), "input/column-missing"),
        (b'staff,day,time\n"A01,2010-03-01,08:31\n' + b"x" * 200_000, "input/quote-not-closed"),
    ],
)
def test_a_table_that_cannot_be_used(content: bytes, rule: str, tmp_path: Path) -> None:
    found = table(tmp_path, content)
    assert not found.usable
    assert [f.rule for f in found.findings] == [rule]
    assert found.findings[0].fix.zh


def test_unknown_columns_are_noted(tmp_path: Path) -> None:
    found = table(tmp_path, "staff,day,time,体温\nA01,2010-03-01,08:31,36.5\n")
    assert [(f.rule, f.severity.value) for f in found.findings] == [("input/column-unused", "note")]
    assert len(found.rows) == 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "register.yaml").write_text(REGISTER, encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> Any:
    return banshi(*words, folder.as_posix(), cwd=folder)


def test_a_finding_of_a_rule_points_into_the_table(folder: Path) -> None:
    (folder / "打卡.csv").write_text(
        "人员编号,日期,时刻\nA01,2010-03-01,08:31\nA99,2010-03-01,08:31\n", encoding="utf-8"
    )
    done = run(folder, "check")
    assert done.returncode == 1
    assert "打卡.csv:3:1 错误 [attendance/staff-are-known]" in done.stdout
    assert "检查了 2 个文件" in done.stdout


def test_an_unreadable_row_is_reported_and_the_account_still_given(folder: Path) -> None:
    (folder / "punches.csv").write_text("staff,day,time\nA01,2010-03-01,08:31\nA01,2010-03-01,x\n", encoding="utf-8")
    done = run(folder, "attendance")
    assert done.returncode == 1
    assert "A01" in done.stdout
    assert "punches.csv:3:16" in done.stderr


def test_a_table_in_gbk_names_the_way_out_and_nobody_is_judged_without_it(folder: Path) -> None:
    (folder / "打卡.csv").write_bytes("人员编号,日期,时刻\nA01,2010-03-01,08:31\n".encode("gbk"))
    done = run(folder, "attendance")
    assert done.returncode == 1
    assert "打卡.csv 没有读，里面可能有打卡" in done.stdout and "可能旷工" not in done.stdout
    assert "GBK" in done.stderr and "UTF-8" in done.stderr


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('punches: [{staff: A01, day: 2010-03-01, time: "25:00"}]', "shape/wrong-value"),
        ("leave: [{staff: A01, kind: sick, from: 2010-03-01, requested_at: 2010-02-30 08:00}]", "shape/wrong-value"),
        ("leave: [{staff: A01, kind: 病假, from: 2010-03-01, to_half: 傍晚}]", "shape/not-listed"),
        ("leave: [{staff: A01, kind: 探亲假, from: 2010-03-01}]", "attendance/words-are-declared"),
        ("leave: [{staff: A01, kind: sick, from: 2010-03-01, days: -1}]", "shape/wrong-value"),
        ("leave: [{staff: A01, kind: sick, from: 2010-03-03, to: 2010-03-01}]", "attendance/dates-in-order"),
        ("leave: [{staff: A01, kind: sick, from: 1901-01-01, to: 2198-12-31}]", "attendance/calendar-entered"),
    ],
)
def test_bad_values_in_the_register(folder: Path, text: str, rule: str) -> None:
    (folder / "register.yaml").write_text(f"{REGISTER}{text}\n", encoding="utf-8")
    assert f"[{rule}]" in run(folder, "check").stdout
    assert "Traceback" not in run(folder, "attendance").stderr


@pytest.mark.parametrize(
    ("staff", "said"),
    [
        ("{id: A02, group: [window_staff]}", "A02 写在名册里，但那一行读不出"),
        ("{id: [A02], group: window_staff}", "名册里没有 A02。您是不是想写 A01？名册有读不出编号的行，是不是不知道"),
        ("{id: A03, group: window_staff}", "名册里没有 A02。您是不是想写 A03？"),
    ],
)
def test_somebody_whose_row_cannot_be_used_is_not_said_to_be_absent(folder: Path, staff: str, said: str) -> None:
    text = REGISTER.replace("staff: [", f"staff: [{staff}, ")
    (folder / "register.yaml").write_text(text, encoding="utf-8")
    done = banshi("attendance", str(folder / "register.yaml"), "--month", "2010-03", "--staff", "A02")
    *told, last = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "") and last.startswith(f"banshi: {said}")
    assert (
        last.endswith("再算一次") == ("写在" in said)
        and last.endswith("不知道") == ("不知道" in said)
        and ("[" not in staff) == ("错误" not in "".join(told))
    )


def test_what_is_said_of_a_row_of_nobody_and_no_day_does_not_deny_the_days_that_are_decided(folder: Path) -> None:
    text = REGISTER.replace("2010-03-05", "2010-03-02")
    (folder / "register.yaml").write_text(text, encoding="utf-8")
    times = ("08:30", "12:00", "13:30", "17:30", "14:00", "18:00", "09:00", "17:00")
    rows = (
        "".join(f"A01,2010-03-01,{time},指纹\n" for time in times) + "A01,2010-03-02,08:31,指纹\n，,3月？,08:31,指纹\n"
    )
    (folder / "打卡.csv").write_text(f"人员编号,日期,时刻,方式\n{rows}", encoding="utf-8")
    done = run(folder, "attendance", "--month", "2010-03")
    assert "不知是谁的" in done.stdout and "其余照判" in done.stdout and "一概不作判定" not in done.stdout


# registers in tables

COVER = [("中心", "样例市政务服务中心（虚构）"), ("辖区", "luzhou"), ("虚构", "是")]
SHEETS: dict[str, list[tuple[Any, ...]]] = {
    "窗口": [("窗口编号", "窗口名称"), ("W01", "甲窗口")],
    "人员": [("人员编号", "人员类别", "所在窗口"), (1001, "窗口工作人员", "W01"), ("A02", "中心工作人员", None)],
    "打卡": [
        ("日期", "人员编号", "时刻"),
        (datetime.date(2010, 3, 1), 1001, datetime.time(8, 31)),
        (datetime.date(2010, 3, 1), 1001, datetime.time(17, 5)),
    ],
    "值班日志": [("日期", "人员编号", "情况"), (datetime.date(2010, 3, 2), 1001, "缺岗")],
    "登记": [("日期", "人员编号", "情况", "录入人"), (datetime.date(2010, 3, 2), 1001, "其他", "组长")],
    "请假": [("人员编号", "假别", "开始日"), ("A02", "事假", datetime.date(2010, 3, 2))],
    "封面": list(COVER),
}


def workbook(path: Path, sheets: dict[str, list[tuple[Any, ...]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def loaded(path: Path) -> tuple[list[RegisterInLaw], Report]:
    report, loader = Report(), Loader(ROOT)
    found = [each for unit in discover([path]) for each in loader.load(unit, report)]
    return [each.value for each in found if isinstance(each, LoadedFile)], report


def test_a_workbook_is_a_whole_register(tmp_path: Path) -> None:
    cases, report = loaded(workbook(tmp_path / "三月.xlsx", SHEETS))
    register = cases[0].register
    assert (str(register.start), str(register.end)) == ("2010-03-01", "2010-03-31")
    assert [f.rule for f in report.findings] == ["input/period-derived"]
    assert register.centre == "样例市政务服务中心（虚构）" and register.fictional
    assert list(register.people) == ["1001", "A02"]
    assert [len(getattr(register, part)) for part in PARTS] == [2, 1, 1, 1, 2, 0, 1]


def test_dates_on_the_front_sheet_are_taken(tmp_path: Path) -> None:
    cover = [*COVER, ("起始日", datetime.date(2010, 3, 1)), ("截止日", "2010年3月5日")]
    cases, report = loaded(workbook(tmp_path / "a.xlsx", {**SHEETS, "封面": cover}))
    assert str(cases[0].register.end) == "2010-03-05" and report.findings == []
    cases, report = loaded(workbook(tmp_path / "b.xlsx", {**SHEETS, "封面": [*COVER, ("月份", "三月")]}))
    assert "工作表“封面”第 4 行 B 列" in report.findings[0].message.zh
    (case,) = cases  # the day of the punches surely belongs to it, the others of that month may
    assert (str(case.register.start), str(case.register.end)) == ("2010-03-01", "2010-03-31")
    (first,) = [person for person in account(case, month(2010, 3)).people if person.staff == "1001"]
    assert datetime.date(2010, 3, 1) not in first.open and datetime.date(2010, 3, 2) in first.open


def dayless(path: Path, *dates: tuple[Any, ...]) -> tuple[list[RegisterInLaw], Report]:
    """A workbook whose days are written without their year."""
    sheets = {
        **SHEETS,
        "打卡": [("日期", "人员编号", "时刻"), ("3月1日", 1001, "08:31"), ("3月1日", 1001, "17:05")],
        "值班日志": [("日期", "人员编号", "情况"), ("3-2", 1001, "缺岗")],
        "请假": [("人员编号", "假别", "开始日"), ("A02", "事假", "3月2日 下午")],
        "封面": [*COVER, *dates],
    }
    return loaded(workbook(path, sheets))


@pytest.mark.parametrize(
    "dates", [[("起始日", "2010-03-01"), ("截止日", "2010年3月5日")], [("月份", "2010年3月")], [("月", "2010-03")]]
)
def test_the_front_sheet_says_of_which_year_a_day_is_as_a_register_beside_tables_does(
    dates: list[tuple[Any, ...]], tmp_path: Path
) -> None:
    (case,), report = dayless(tmp_path / "a.xlsx", *dates)
    assert report.findings == []
    assert {str(p.day) for p in case.register.punches} == {"2010-03-01"}
    assert [str(entry.day) for entry in case.register.duty_log] == ["2010-03-02"]
    assert [(str(x.start), x.from_half) for x in case.register.leave] == [("2010-03-02", "pm")]


def test_without_a_year_a_day_is_of_the_one_such_month_of_the_register_or_refused_for_that_reason(
    tmp_path: Path,
) -> None:
    (case,), report = dayless(tmp_path / "a.xlsx", ("起始日", "2009-12-01"), ("截止日", "2010-03-31"))
    assert {str(p.day) for p in case.register.punches} == {"2010-03-01"} and report.findings == []
    for number, (dates, why) in enumerate(
        (
            ([], "登记也没有写明起止日"),
            ([("起始日", "2009-03-01"), ("截止日", "2010-03-31")], "2009、2010 年都有 3 月"),
            ([("起始日", "2000-01-01"), ("截止日", "2010-03-31")], "年都有 3 月"),
        )
    ):
        _, report = dayless(tmp_path / f"{number}.xlsx", *dates)
        said = [f.message.zh for f in report.findings if f.rule == "input/row-unreadable"]
        assert said and all(why in each and "也不在登记的月份里" not in each for each in said)
    _, report = dayless(tmp_path / "april.xlsx", ("月份", "2010-04"))
    said = [f.message.zh for f in report.findings if f.rule == "input/row-unreadable"]
    assert said and all("也不在登记的月份里" in each for each in said)


def test_a_sheet_with_a_column_for_each_day_is_of_the_month_on_the_front_sheet(tmp_path: Path) -> None:
    days = [("人员编号", *range(1, 32)), (1001, "08:31 17:05", *[None] * 30)]
    (case,), _ = loaded(workbook(tmp_path / "a.xlsx", {**SHEETS, "打卡": days, "封面": [*COVER, ("月份", "2010-03")]}))
    assert {str(p.day) for p in case.register.punches} == {"2010-03-01"}


def test_what_else_stands_on_the_front_sheet_is_told(tmp_path: Path) -> None:
    dates = ("起始日", datetime.date(2010, 3, 1), "截止日", "2010年3月5日")  # two in one row
    cover = [("考勤登记表",), *COVER, dates, ("备注", "3月2日停电"), ("制表人",)]
    book = workbook(tmp_path / "a.xlsx", {**SHEETS, "封面": cover})
    cases, report = loaded(book)
    assert str(cases[0].register.start) == "2010-03-01" and str(cases[0].register.end) == "2010-03-05"
    assert report.findings == [] and any(t.sheet == "封面" for t in report.reading.taken)
    (aside,) = report.reading.aside
    assert "封面" in aside.message.zh and all(
        said in aside.message.zh for said in ("考勤登记表", "备注 3月2日停电", "制表人")
    )
    plain = workbook(tmp_path / "plain.xlsx", {**SHEETS, "封面": [*COVER, dates]})
    assert not loaded(plain)[1].reading.aside
    rows = [("打卡补录",), ("A02", "2010-03-02", "08:25")]
    (case,), report = loaded(workbook(tmp_path / "b.xlsx", {**SHEETS, "封面": [*COVER, dates, *rows]}))
    assert [f.rule for f in report.findings] == ["input/left-aside"] and report.findings[0].severity.name == "ERROR"
    found = {person.staff: sorted(map(str, person.open)) for person in account(case, month(2010, 3)).people}
    assert found == {"1001": [], "A02": ["2010-03-02"]}


def test_a_front_sheet_that_contradicts_itself_is_told_and_what_rests_on_it_is_open(tmp_path: Path) -> None:
    dates = ("起始日", "2010-03-01", "截止日", "2010-03-31")
    for more, many in ((("辖区", "linjiang"), 0), (("中心", "别的中心"), 1), (("虚构", "否"), 1)):
        cases, report = loaded(workbook(tmp_path / "a.xlsx", {**SHEETS, "封面": [*COVER, dates, more]}))
        assert len(cases) == many and [f.rule for f in report.findings] == ["input/told-twice"]
        assert all(case.register.fictional for case in cases)
        assert "前面写的不一样" in report.findings[0].message.zh and report.findings[0].sheet == "封面"


def test_what_is_said_of_a_workbook_as_a_whole_shows_no_bytes_of_it(tmp_path: Path) -> None:
    dates = ("起始日", "2010-03-31", "截止日", "2010-03-01")
    book = workbook(tmp_path / "a.xlsx", {**SHEETS, "封面": [*COVER, dates]})
    (found,) = [each for each in Checker(ROOT).check([book]).findings if each.rule == "attendance/dates-in-order"]
    assert found.source_line == "" and "PK" not in banshi("check", str(book)).stdout


@examples(15)
@given(order=st.permutations(sorted(SHEETS)), data=st.data())
def test_the_order_of_sheets_rows_and_columns_never_matters(
    order: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sheets = {}
    for name in order:
        head, *rows = SHEETS[name]
        if name == "封面":
            sheets[name] = SHEETS[name]
            continue
        columns = data.draw(st.permutations(range(len(head))))
        body = data.draw(st.permutations(rows))
        sheets[name] = [tuple(row[n] for n in columns) for row in (head, *body)]
    case = loaded(workbook(tmp_path_factory.mktemp("book") / "a.xlsx", sheets))[0][0]
    whole = loaded(workbook(tmp_path_factory.mktemp("book") / "a.xlsx", SHEETS))[0][0]
    one, other = (account(each, month(2010, 3)) for each in (case, whole))
    assert sorted(map(repr, one.people)) == sorted(map(repr, other.people))


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_every_part_may_stand_beside_the_register(suffix: str, tmp_path: Path) -> None:
    head = "kind: attendance\njurisdiction: luzhou\ncentre: 样例（虚构）\nfrom: 2010-03-01\nto: 2010-03-05\n"
    (tmp_path / "register.yaml").write_text(head, encoding="utf-8")
    for name, rows in SHEETS.items():
        if name == "封面":
            continue
        if suffix == "csv":
            lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
            (tmp_path / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
        else:
            workbook(tmp_path / f"{name}.xlsx", {"Sheet1": rows})
    cases, report = loaded(tmp_path)
    assert report.findings == [] and report.files == 7
    assert [len(getattr(cases[0].register, part)) for part in PARTS] == [2, 1, 1, 1, 2, 0, 1]


def test_a_workbook_beside_the_register_holds_several_parts(folder: Path) -> None:
    workbook(folder / "考勤.xlsx", {name: SHEETS[name] for name in ("打卡", "请假")})
    cases, report = loaded(folder)
    assert report.findings == [] and report.files == 2
    assert len(cases[0].register.punches) == 2 and len(cases[0].register.leave) == 1
    (folder / "打卡.csv").write_text("工号,日期,时刻\n", encoding="utf-8")
    assert loaded(folder)[1].findings == []  # punches may stand in several tables
    (folder / "请假.csv").write_text("工号,假别,开始日,结束日\n", encoding="utf-8")
    assert loaded(folder)[1].findings == []  # and so may leave
    (folder / "人员.csv").write_text("工号,人员类别\n", encoding="utf-8")
    assert loaded(folder)[1].findings == []  # or in the register itself too


def test_a_table_is_checked_with_its_register_but_only_its_own_findings_are_told(folder: Path) -> None:
    (folder / "register.yaml").write_text(
        REGISTER + "leave: [{staff: A77, kind: sick, from: 2010-03-01}]\n", encoding="utf-8"
    )
    path = folder / "打卡.csv"
    path.write_text("工号,日期,时刻\nA99,2010-03-01,8:31\n", encoding="utf-8")
    found = Checker(ROOT).check([path])
    assert [(f.rule, Path(f.path).name) for f in found.findings] == [("attendance/staff-are-known", "打卡.csv")]
    assert found.files == 1
    both = Checker(ROOT).check([folder / "register.yaml", path])
    assert [f.rule for f in both.findings if Path(f.path).name == "打卡.csv"] == ["attendance/staff-are-known"]


def test_a_table_alone_is_read_and_not_judged(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("工号,打卡时间\nA01,2010-03-01 8:31\nA01,2010-03-04 8:31\n", encoding="utf-8")
    found = Checker(ROOT).check([path])
    assert [(f.rule, f.severity.value) for f in found.findings] == [("input/table-alone", "note")]
    assert "打卡 2 行 2 列，2010-03-01 – 2010-03-04" in found.findings[0].message.zh


def test_a_table_of_something_else_is_not_taken_for_attendance(tmp_path: Path) -> None:
    for text in ("编号,类别,开始日\n1,x,2010-03-01\n", "编号,名称\n1,x\n", "编号,日期,时间\n1,2010-03-01,8:00\n"):
        path = tmp_path / "a.csv"
        path.write_text(text, encoding="utf-8")
        assert [f.rule for f in Checker(ROOT).check([path]).findings] == ["input/unknown-table"]


def test_an_unreadable_punch_is_no_missing_punch(folder: Path) -> None:
    rows = [
        "A01,2010-03-01,8:31",
        "A01,2010-03-01,17:10",
        "A01,2010-03-02,8:31",
        "A01,2010-03-02,25:00",
        ",2010-03-03,8:3",
    ]
    (folder / "打卡.csv").write_text("工号,日期,时刻\n" + "\n".join(rows), encoding="utf-8")
    cases, _ = loaded(folder)
    found = account(cases[0], month(2010, 3))
    (person,) = found.people
    assert person.normal == 1
    assert [(str(i.day), i.type) for i in person.irregular] == [
        ("2010-03-04", "absent"),
        ("2010-03-05", "absent"),
    ], "on 2010-03-03 a row was lost that may be anybody's"
    said = [reason.text.zh for reason in found.undetermined]
    assert any(text.startswith("A01 的登记不完整：有 1 行打卡读不出（2010-03-02") for text in said)
    assert any("有 1 行打卡读不出，不知是谁的" in text for text in said)


# several registers


def register(folder: Path, number: int, text: str, start: str = "", end: str = "") -> None:
    last = {1: 31, 2: 28, 3: 31}[number]
    place = folder / f"2010-{number:02d}"
    place.mkdir()
    head = f"kind: attendance\nfictional: true\njurisdiction: luzhou\ncentre: 样例（虚构）\nfrom: {start or f'2010-{number:02d}-01'}\nto: {end or f'2010-{number:02d}-{last}'}\n"
    windows = "windows: [{id: W01, name: 甲}, {id: W02, name: 乙}]\n"
    (place / "register.yaml").write_text(head + windows + text, encoding="utf-8")


STAY = "leave: [{staff: A01, kind: personal, from: 2010-01-28, to: 2010-02-02}]\n"


def quarter_of(folder: Path) -> Account:
    (case,) = joined(loaded(folder)[0])
    return account(case, quarter(case.book, 2010, 1))


def test_leave_across_the_end_of_a_month_counts_once(tmp_path: Path) -> None:
    for number, text in ((1, STAY), (2, STAY), (3, "")):
        register(tmp_path, number, "staff: [{id: A01, group: window_staff, window: W01}]\n" + text)
    found = quarter_of(tmp_path)
    assert found.people[0].leave == {"personal": 4}  # 28, 29 January, 1, 2 February: Thursday to Tuesday
    said = [reason.text.zh for reason in found.undetermined]
    assert any("由 3 份登记合成" in text for text in said)
    assert any("1 次请假在两份登记里都有，只算一次：A01 2010-01-28 事假" in text for text in said)
    assert not any("没有覆盖" in text for text in said)


def test_who_comes_leaves_or_changes_the_window(tmp_path: Path) -> None:
    on_saturday = 'punches: [{staff: A01, day: 2010-%s, time: "08:31"}]\n'
    register(tmp_path, 1, "staff: [{id: A01, group: window_staff, window: W01}]\n" + on_saturday % "01-02")
    register(
        tmp_path,
        2,
        "staff: [{id: A01, group: window_staff, window: W02}, {id: A02, group: window_staff, window: W01}]\n"
        + on_saturday % "02-06",
    )
    found = quarter_of(tmp_path)
    days = {person.person.id: person.days for person in found.people}
    assert days == {"A01": 20 + 17, "A02": 17}  # working days of January and of February 2010
    absent = Counter(i.staff for person in found.people for i in person.irregular if i.type == "absent")
    assert absent == {"A01": 37, "A02": 17}
    empty = {window.id: {day.month for day, _ in window.empty} for window in found.windows}
    assert empty == {"W01": {1, 2}, "W02": {2}}


def test_gaps_and_contradictions_are_told(tmp_path: Path) -> None:
    register(tmp_path, 1, "staff: [{id: A01, group: window_staff, window: W01}]\n", end="2010-01-20")
    register(tmp_path, 2, "staff: [{id: A01, group: centre_staff}]\n", start="2010-01-20", end="2010-02-10")
    register(tmp_path, 3, "staff: [{id: A01, group: window_staff, window: W01}]\n")
    said = [reason.text.zh for reason in quarter_of(tmp_path).undetermined]
    assert any("之间缺 2010-02-11 – 2010-02-28" in text for text in said)
    assert any("A01 2010-01-20 的人员类别" in text and "是窗口工作人员，一处是中心工作人员" in text for text in said)


def test_the_command_joins_for_a_quarter(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        register(tmp_path, number, "staff: [{id: A01, group: window_staff, window: W01}]\n")
    done = banshi("attendance", tmp_path.as_posix(), "--quarter", "2010-Q1", "--format", "json")
    assert [each["period"]["label"] for each in json.loads(done.stdout)["accounts"]] == ["2010-Q1"]


def test_the_example_workbook_is_what_its_script_writes(tmp_path: Path) -> None:
    script = runpy.run_path((ROOT / "tools/attendance_workbook.py").as_posix())
    script["main"](tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (ROOT / "examples/attendance/2010-03/考勤登记.xlsx").read_bytes()


@pytest.mark.parametrize("cell", ["", "某日", "2010-02-30"])
def test_a_day_of_consent_that_is_not_there_costs_only_whether_the_leave_is_in_order(folder: Path, cell: str) -> None:
    text = f"工号,假别,开始日,补办同意者,补办同意日\nA01,事假,2010-03-02,中心,{cell}\n"
    (folder / "请假.csv").write_text(text, encoding="utf-8")
    cases, report = loaded(folder)
    assert len(cases[0].register.leave) == 1 and cases[0].entries[0].decision.value is None
    assert [f.rule for f in report.findings if f.severity == "error"] == ["input/row-unreadable"]
    assert not [row for row in cases[0].unread if row.part == "leave"]
