"""Punches as machines and clerks write them: exports with other headings, several times in a cell, days as columns."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.discovery import discover
from banshi.files.report import Report
from banshi.files.tables.cells import CellUnreadable, day
from banshi.files.tables.times import dated_times, times
from banshi.output.section_lines import in_text
from banshi.subjects.attendance.account import Account, account
from banshi.subjects.attendance.account_said import accounts_printout
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.forms import Punch
from banshi.subjects.attendance.joining import joined
from banshi.subjects.attendance.periods import month, quarter
from banshi.subjects.attendance.problems import lacking

ROOT = Path(__file__).parent.parent
HEAD = """kind: attendance
fictional: true
jurisdiction: luzhou
centre: 样例（虚构）
from: 2010-03-01
to: 2010-03-03
windows: [{id: W01, name: 甲}]
staff:
  - {id: "001", group: window_staff, window: W01}
"""
ONE = datetime.date(2010, 3, 1)


def load(folder: Path) -> tuple[RegisterInLaw, Report]:
    (folder / "登记.yaml").write_text(HEAD, encoding="utf-8")
    report, checker = Report(), Checker(ROOT)
    found = [
        loaded.value
        for unit in discover([folder])
        for loaded in checker.loader.load(unit, report)
        if isinstance(loaded, LoadedFile)
    ]
    return found[0], report


def of_csv(folder: Path, text: str, name: str = "打卡.csv") -> tuple[RegisterInLaw, Report]:
    (folder / name).write_text(text, encoding="utf-8")
    return load(folder)


def punched(case: RegisterInLaw) -> list[tuple[datetime.date, str]]:
    return sorted((punch.day, punch.time) for punch in case.register.punches)


def march(case: RegisterInLaw) -> Account:
    return account(case, month(2010, 3))


# cells


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("08:41", ("08:41",)),
        ("08:41 12:01 17:22", ("08:41", "12:01", "17:22")),
        ("08:41\n17:22", ("08:41", "17:22")),
        ("8:41，17:22；", ("08:41", "17:22")),
        ("08:4117:22", ("08:41", "17:22")),
        ("上午8:41 下午5:22", ("08:41", "17:22")),
        ("8:41 AM 5:22 PM", ("08:41", "17:22")),
        ("08:41:07.000", ("08:41:07",)),
    ],
)
def test_several_times_in_a_cell(cell: str, expected: tuple[str, ...]) -> None:
    assert times(cell) == expected


@pytest.mark.parametrize(
    ("cell", "on", "clocks"),
    [
        ("2010-03-01 08:41:07.000", ONE, ("08:41:07",)),
        ("2010-3-1 (星期一) 上午 8:41", ONE, ("08:41",)),
        ("2010年3月1日08:41", ONE, ("08:41",)),
        ("20100301 08:41 17:20", ONE, ("08:41", "17:20")),
        ("17:20", None, ("17:20",)),
    ],
)
def test_a_date_with_times(cell: str, on: datetime.date | None, clocks: tuple[str, ...]) -> None:
    assert dated_times(cell) == (on, clocks)


@pytest.mark.parametrize("cell", ["2010-03-01", "2010-03-01 缺勤", "40238.36", "08:41 25:00", "2010-3-108:41"])
def test_what_is_neither_time_nor_date(cell: str) -> None:
    with pytest.raises(CellUnreadable):
        dated_times(cell)


@pytest.mark.parametrize("cell", ["2010-03-01 星期一", "2010/3/1（周一）", "2010年3月1日 礼拜一"])
def test_a_weekday_behind_the_date(cell: str) -> None:
    assert day(cell) == ONE


def test_a_wrong_weekday_is_told() -> None:
    with pytest.raises(CellUnreadable) as told:
        day("2010-03-02 星期一")
    assert told.value.text.zh == "2010-03-02 是星期二，与写的星期不符"


# layouts


@pytest.mark.parametrize(
    "text",
    [
        "工号,日期,打卡时间\n001,2010-03-01,08:41 17:20\n",
        "工号,日期,打卡时间\n001,2010-03-01,08:41\n001,2010-03-01,17:20\n",
        "考勤号码,日期,上班时间,下班时间,签到时间,签退时间\n001,2010-03-01,09:00,17:00,08:41,17:20\n001,2010-03-02,09:00,17:00,,\n",
        "工号,日期,打卡记录\n001,2010-03-01,08:41 17:20\n001,2010-03-02,\n",
        "工号,2010-03-01,2010-03-02,2010-03-03\n001,08:41 17:20,,\n",
        "2010年3月考勤表\n工号,姓名,1,2,3,31\n,,一,二,三,三\n001,甲,08:4117:20,,\n",
        "工号,1日,2日,3日\n001,08:41 17:20,,\n",
    ],
)
def test_layouts_of_machines(text: str, tmp_path: Path) -> None:
    case, report = of_csv(tmp_path, text)
    assert not report.failed
    assert punched(case) == [(ONE, "08:41"), (ONE, "17:20")]


def test_days_of_two_months_are_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "打卡.csv").write_text("2010年4月至2010年5月\n工号,1,2,3\n001,08:41,,\n", encoding="utf-8")
    (tmp_path / "登记.yaml").write_text(HEAD, encoding="utf-8")
    report = Report()
    loader = Checker(ROOT).loader
    (file,) = [x for unit in loader.units([tmp_path]) for x in loader.load(unit, report)]
    assert [finding.rule for finding in report.findings] == ["input/column-missing"]
    assert isinstance(file, LoadedFile) and not march(file.value).people[0].irregular


def test_a_day_that_the_month_has_not(tmp_path: Path) -> None:
    _, report = of_csv(tmp_path, "2010年2月\n工号,27,28,29,30\n001,08:41,,,08:41\n")
    assert [finding.message.zh for finding in report.findings] == [
        "第 3 行“30”写的是 08:41：2010年2月没有30日",
        "打卡.csv 里没有 2010-03-01、2010-03-02、2010-03-03 的列，这些天不作判定",
    ]


def test_a_password_under_the_machines_heading_is_not_overlooked(tmp_path: Path) -> None:
    rows = "".join(f"窗口,001,2010/3/{n} {clock},1,密码\n" for n in (1, 2, 3) for clock in ("8:41:00", "17:20:00"))
    case, _ = of_csv(tmp_path, "部门,考勤号码,日期时间,机器号,比对方式\n" + rows)
    (person,) = march(case).people
    assert person.by_type == {"password": 3}


def test_the_row_of_a_day_comes_back_once_with_what_is_said_of_its_punches(tmp_path: Path) -> None:
    from banshi.subjects.attendance.annotations import remarks
    from banshi.subjects.attendance.sheet_rows import given_tables

    (tmp_path / "打卡.csv").write_text("工号,日期,打卡时间\n001,2010-03-01,09:41 16:20\n001,2010-03-02,08:41 17:20\n")
    (tmp_path / "登记.yaml").write_text(HEAD, encoding="utf-8")
    checker, report = Checker(ROOT), Report()
    (file,) = [
        x for unit in discover([tmp_path]) for x in checker.loader.load(unit, report) if isinstance(x, LoadedFile)
    ]
    said = remarks(file, [], [march(file.value)])
    (table,) = given_tables(file, "punches")
    counted = [len(said.of("punches", table, row)) for row in table.rows]
    assert counted == [2, 0]


def test_a_workbook_of_people_by_days(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in (
        ["员工刷卡记录表"],
        ["考勤日期", "2010-03-01 ~ 2010-03-31"],
        ["工号", "姓名", 1, 2, 3],
        ["001", "甲", "08:41\n17:20"],
    ):
        sheet.append(row)
    book.save(tmp_path / "3月打卡.xlsx")
    case, report = load(tmp_path)
    assert not report.failed
    assert punched(case) == [(ONE, "08:41"), (ONE, "17:20")]


# what is left out is said


def test_a_table_of_another_name_is_read_and_one_of_another_format_told(tmp_path: Path) -> None:
    (tmp_path / "考勤记录.et").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "请假.txt").write_text("x", encoding="utf-8")
    case, report = of_csv(tmp_path, "工号,打卡时间\n001,2010-03-01 08:41\n", "2010年3月打卡.csv")
    assert punched(case) == [(ONE, "08:41")]
    assert sorted(finding.message.zh for finding in report.findings) == [
        "旁边的 考勤记录.et 没有读：.et 格式读不了",
        "旁边的 请假.txt 没有读：后缀不是表格的",
    ]


def test_zeros_that_a_spreadsheet_dropped_are_told(tmp_path: Path) -> None:
    case, _ = of_csv(tmp_path, "工号,打卡时间\n1,2010-03-01 08:41\n9,2010-03-01 08:41\n001,2010-04-01 08:41\n")
    said = [reason.text.zh for reason in march(case).undetermined]
    assert any("打卡里有 2 行没有计入：名册里没有 1、9（1 与 001 只差前面的 0" in text for text in said)
    assert "打卡里有 1 行没有计入：2010-04-01 不在登记期间" in said


def test_a_register_without_any_punch_says_so(tmp_path: Path) -> None:
    case, _ = of_csv(tmp_path, "工号,打卡时间\n")
    found = march(case)
    assert [reason.text.zh[:10] for reason in found.left_out] == ["登记里一条打卡也没有"]
    assert set(found.left_out) <= set(found.undetermined)
    lines = in_text(accounts_printout([found]), "zh").splitlines()
    assert lines.index("注意，登记不全，以下结论可能因此有误：") < next(
        n for n, x in enumerate(lines) if x.startswith("人员")
    )


def test_lost_rows_of_unknown_days_are_not_taken_for_absence(tmp_path: Path) -> None:
    case, _ = of_csv(tmp_path, "工号,打卡时间\n001,2010-03-01 08:41 17:20\n001,昨天\n")
    (person,) = march(case).people
    assert (person.normal, person.irregular) == (1, ())


def test_no_other_reading_is_certain_where_the_register_is_not_complete(tmp_path: Path) -> None:
    case, _ = of_csv(tmp_path, "工号,打卡时间\n001,2010-03-01 08:41\n")
    (person,) = march(case).people
    assert [factor.value for factor in person.factors] == [None, None]
    assert all(not factor.alternatives for factor in person.factors)
    assert all(factor.amount == Decimal(0) for factor in person.factors)


def test_gbk_is_refused_with_the_way_out_of_a_spreadsheet_program(tmp_path: Path) -> None:
    (tmp_path / "打卡.csv").write_bytes("工号,打卡时间\n001,2010-03-01 08:41\n".encode("gb18030"))
    (tmp_path / "登记.yaml").write_text(HEAD, encoding="utf-8")
    report = Report()
    loader = Checker(ROOT).loader
    (file,) = [x for unit in loader.units([tmp_path]) for x in loader.load(unit, report)]
    assert isinstance(file, LoadedFile) and not march(file.value).people[0].irregular
    (finding,) = report.findings
    assert finding.rule == "input/not-utf8"
    assert "CSV UTF-8" in finding.fix.zh


def test_punches_are_values(tmp_path: Path) -> None:
    case, _ = of_csv(tmp_path, "工号,打卡时间,方式\n001,2010-03-01 08:41 17:20,PW\n".replace("PW", "密码验证"))
    assert case.register.punches == tuple(
        Punch(staff="001", day=ONE, time=clock, method="password") for clock in ("08:41", "17:20")
    )


def test_a_leave_that_cannot_be_read_is_not_taken_for_absence_or_for_none(tmp_path: Path) -> None:
    punches = "".join(f"001,2010-03-0{n} 08:41 17:20\n" for n in (1,))
    (tmp_path / "请假.csv").write_text("工号,假别,开始日,结束日\n001,婚假,2010-03-02,2010-03-02\n", encoding="utf-8")
    case, _ = of_csv(tmp_path, "工号,打卡时间\n" + punches)
    found = march(case)
    (person,) = found.people
    assert [(i.day.day, i.type) for i in person.irregular] == [(3, "absent")]
    assert any("有 1 行请假读不出（2010-03-02，当天打卡不作判定）" in reason.text.zh for reason in found.undetermined)


def test_a_gap_between_registers_leaves_the_quarter_open(tmp_path: Path) -> None:
    """January 2010 is covered by no register, though an older one reaches further back."""
    spans = [("2009-12-01", "2009-12-31"), ("2010-02-01", "2010-02-28"), ("2010-03-01", "2010-03-31")]
    cases = []
    for n, (start, end) in enumerate(spans):
        folder = tmp_path / str(n)
        folder.mkdir()
        text = HEAD.replace("2010-03-01", start, 1).replace("2010-03-03", end, 1)
        (folder / "登记.yaml").write_text(text + "punches: []\n", encoding="utf-8")
        report = Report()
        loaded = [x for u in discover([folder]) for x in Checker(ROOT).loader.load(u, report)]
        cases += [x.value for x in loaded if isinstance(x, LoadedFile)]
    (case,) = joined(cases)
    (person,) = account(case, quarter(case.book, 2010, 1)).people
    assert [factor.value for factor in person.factors] == [None, None]
    (whole,) = joined(cases[1:2])
    (person,) = account(whole, month(2010, 2)).people
    assert [factor.value for factor in person.factors] == [False, False]


def test_a_period_that_no_register_reaches_has_no_days(tmp_path: Path) -> None:
    case, _ = of_csv(tmp_path, "工号,打卡时间\n001,2010-03-01 08:41\n")
    (person,) = account(case, month(2010, 7)).people
    assert (person.days, person.normal) == (None, None)


def test_what_is_to_be_done_names_the_column(tmp_path: Path) -> None:
    row = "001,事假,2010-03-02,2010-03-01 09:00,电话,组长\n"
    (tmp_path / "请假.csv").write_text("工号,假别,开始日,申请时间,请假方式,批准人\n" + row, encoding="utf-8")
    case, _ = of_csv(tmp_path, "工号,打卡时间\n001,2010-03-01 08:41\n")
    (entry,) = case.entries
    assert entry.decision is not None
    fixes = "".join(shortcoming.fix.zh for shortcoming in entry.decision.shortcomings)
    for heading in ("“批准人”", "“请假方式”", "“单位签署同意”", "“备案处”", "“代岗人员”"):
        assert heading in fixes


def test_personal_leave_says_by_which_reading_and_law(tmp_path: Path) -> None:
    (tmp_path / "请假.csv").write_text("工号,假别,开始日\n001,事假,2010-03-02\n", encoding="utf-8")
    case, _ = of_csv(tmp_path, "工号,打卡时间\n001,2010-03-01 08:41\n")
    said = [reason.text.zh for reason in march(case).undetermined]
    assert any("2008年1月1日前按1比1扣除" in text and "国务院令第514号" in text for text in said)


@pytest.mark.parametrize(
    ("asked", "value"),
    [("2010-03-01", True), ("2010-03-02", None), ("2010-03-03", False), ("2010-03-02 07:50", True)],
)
def test_a_request_of_which_only_the_day_is_known(asked: str, value: bool | None, tmp_path: Path) -> None:
    """The day before is before; on the day itself nobody knows."""
    head = "工号,假别,开始日,申请日期,请假方式,批准人,单位签署同意,备案处,代岗\n"
    row = f"001,事假,2010-03-02,{asked},书面,督查科,是,小组,代岗人员甲\n"
    (tmp_path / "请假.csv").write_text(head + row, encoding="utf-8")
    case, report = of_csv(tmp_path, "工号,打卡时间\n001,2010-03-01 08:41\n")
    assert not report.failed
    (entry,) = case.entries
    assert entry.decision is not None
    assert entry.decision.value is value


def test_a_day_alone_is_taken_in_the_register_itself(tmp_path: Path) -> None:
    (tmp_path / "打卡.csv").write_text("工号,打卡时间\n001,2010-03-01 08:41\n", encoding="utf-8")
    leave = "leave:\n  - {staff: '001', kind: personal, from: 2010-03-02, requested_at: 2010-03-01, approved_at: 2010-03-01}\n"
    (tmp_path / "登记.yaml").write_text(HEAD + leave, encoding="utf-8")
    report = Report()
    (file,) = [x for u in discover([tmp_path]) for x in Checker(ROOT).loader.load(u, report)]
    assert not report.failed
    assert isinstance(file, LoadedFile)
    assert file.value.register.leave[0].requested_at == "2010-03-01"


def test_adjoining_halves_say_why_they_count_as_a_day(tmp_path: Path) -> None:
    """2010-03-02 in the afternoon and 03-03 in the morning are one absence of a day."""
    rows = "".join(
        f"001,事假,{half},2010-03-01 09:00,书面,组长,督察科\n" for half in ("2010-03-02 下午", "2010-03-03 上午")
    )
    (tmp_path / "请假.csv").write_text("工号,假别,开始日,申请时间,请假方式,批准人,备案\n" + rows, encoding="utf-8")
    case, _ = of_csv(tmp_path, "工号,打卡时间\n001,2010-03-01 08:41\n")
    said = [problem.message.zh for problem in lacking(case, "approver")]
    assert said == [
        f"001 {day} 的事假（与前后相连的请假合计1天）：由小组组长批准，应由政务服务中心督察科批准"
        for day in ("2010-03-02", "2010-03-03")
    ]


def test_several_shifts_a_day_are_punches_and_their_results_are_not(tmp_path: Path) -> None:
    head = "姓名,工号,日期,上班1打卡时间,上班1打卡结果,下班1打卡时间,下班1打卡结果,上班2打卡时间,下班2打卡时间\n"
    rows = "".join(f"甲,001,2010-03-0{n} 星期{'一二三'[n - 1]},08:31,正常,12:01,正常,13:40,17:20\n" for n in (1, 2, 3))
    case, report = of_csv(tmp_path, head + rows)
    assert sorted(punch.time for punch in case.register.punches if punch.day == ONE) == [
        "08:31",
        "12:01",
        "13:40",
        "17:20",
    ]
    assert march(case).people[0].normal == 3
    assert not [finding for finding in report.findings if finding.severity == "error"]


def test_a_method_that_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    rows = "".join(f"001,2010-03-0{n} 08:41 17:20,{method}\n" for n, method in ((1, "刷脸机"), (2, "指纹"), (3, "")))
    case, _ = of_csv(tmp_path, "工号,打卡时间,方式\n" + rows)
    (person,) = march(case).people
    assert person.normal == 2 and {str(day): set(parts) for day, parts in person.open.items()} == {
        "2010-03-01": {"method"}
    }
    assert len(case.register.punches) == 6
