"""Sheets, columns and files beside a register that are not read: told first, and nobody is judged whom they may concern."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.cli import main
from banshi.files.report import Report
from banshi.files.units import OneFile
from banshi.subjects.attendance.account import Account, account
from banshi.subjects.attendance.joining import joined
from banshi.subjects.attendance.periods import Days, PeriodDecision, month

CHECKER = Checker(Path(__file__).parent.parent)
HEAD = """kind: attendance
fictional: true
jurisdiction: luzhou
centre: 样例（虚构）
from: 2010-{month}-01
to: 2010-{month}-{last}
windows: [{{id: W01, name: 甲}}]
staff:
  - {{id: "001", name: 张样, group: window_staff, window: W01}}
  - {{id: "002", name: 李样, group: window_staff, window: W01}}
"""
ONE = "工号,打卡时间\n" + "".join(f"001,2010-03-0{n} {clock}\n" for n in (1, 2, 3) for clock in ("08:41", "17:20"))


def judged(folder: Path, number: int = 3, last: str = "03") -> tuple[Account, Report]:
    (folder / "登记.yaml").write_text(HEAD.format(month=f"{number:02d}", last=last), encoding="utf-8")
    report = Report()
    (file,) = [x for x in CHECKER.loader.load(OneFile(folder / "登记.yaml"), report) if isinstance(x, LoadedFile)]
    return account(file.value, month(2010, number)), report


def of(found: Account) -> dict[str, tuple[int | None, dict[str, int], int]]:
    """By person: normal days, what was irregular, days not judged."""
    return {p.staff: (p.normal, p.by_type, len(p.open)) for p in found.people}


def book(path: Path, sheets: dict[str, list[list[Any]]], hidden: str = "") -> None:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
    made.save(path)


def rows_of(staff: str, heads: tuple[str, str]) -> list[list[Any]]:
    return [[*heads], *([staff, f"2010-03-0{n} {clock}"] for n in (1, 2, 3) for clock in ("08:41", "17:20"))]


# what no reader opens


def page(folder: Path) -> None:
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows_of("002", ("工号", "打卡时间")))
    (folder / "002.html").write_text(f"<html><table>{rows}</table></html>", encoding="utf-8")


def archive(name: str, inside: str) -> Callable[[Path], None]:
    def made(folder: Path) -> None:
        with zipfile.ZipFile(folder / name, "w") as packed:
            packed.writestr(inside, "x")

    return made


def no_archive(folder: Path) -> None:
    (folder / "二号机.rar").write_bytes(b"Rar!\x1a\x07\x00")


@pytest.mark.parametrize(
    "lay", [page, archive("二号机.zip", "三月/打卡.csv"), archive("a.zip", "打卡.xls"), no_archive]
)
def test_a_page_or_an_archive_beside_it_leaves_open_whom_it_may_concern(
    lay: Callable[[Path], None], tmp_path: Path
) -> None:
    (tmp_path / "打卡.csv").write_text(ONE, encoding="utf-8")
    lay(tmp_path)
    found, report = judged(tmp_path)
    assert of(found)["002"] == (0, {}, 3) and report.summary.errors == 1


def test_pictures_and_our_own_reports_beside_it_bear_on_nothing(tmp_path: Path) -> None:
    (tmp_path / "打卡.csv").write_text(ONE, encoding="utf-8")
    archive("照片.zip", "一.jpg")(tmp_path)
    judged(tmp_path)
    out = str(tmp_path / "三月.html")
    assert main(["attendance", str(tmp_path), "--month", "2010-03", "--format", "html", "-o", out]) in (0, 1)
    found, report = judged(tmp_path)
    assert not report.summary.errors and of(found)["002"][2] == 0


# two columns that claim the same


def test_the_recorded_moment_goes_before_the_scheduled_one(tmp_path: Path) -> None:
    head = "工号,考勤日期,考勤时间,打卡时间,打卡结果\n"
    day = "001,2010-03-0{0},2010-03-0{0} 08:40,{1},x\n001,2010-03-0{0},2010-03-0{0} 17:20,{2},x\n"
    text = day.format(1, "2010-03-01 09:25", "2010-03-01 17:25") + day.format(2, "", "")
    (tmp_path / "打卡.csv").write_text(head + text, encoding="utf-8")
    found, report = judged(tmp_path)
    assert of(found)["001"] == (0, {"absent": 2, "late": 1}, 0)
    assert not [f for f in report.findings if f.severity == "error"]


def test_the_scheduled_heading_alone_is_the_moment_of_older_machines(tmp_path: Path) -> None:
    (tmp_path / "打卡.csv").write_text(ONE.replace("打卡时间", "考勤时间"), encoding="utf-8")
    assert of(judged(tmp_path)[0])["001"] == (3, {}, 0)


def test_two_pairs_of_in_and_out_are_both_read(tmp_path: Path) -> None:
    rows = "".join(f"001,2010-03-0{n},08:31,12:01,13:30,17:20\n" for n in (1, 2, 3))
    (tmp_path / "打卡.csv").write_text("工号,日期,签到时间,签退时间,签到时间,签退时间\n" + rows, encoding="utf-8")
    assert of(judged(tmp_path)[0])["001"] == (3, {}, 0)


# columns of days


def _month_table(path: Path, title: str) -> None:
    days = ["六" if n % 7 == 6 else "日" if n % 7 == 0 else n for n in range(1, 29)]
    off = {n for n in range(1, 29) if n % 7 in (0, 6) and n not in (20, 21)}
    clocks = [None if n in off else "08:31\n17:20" for n in range(1, 29)]
    made = ["报表生成时间：2010-03-02 09:40"]
    book(path, {"打卡时间": [[title], made, ["姓名", "工号", *days], ["甲", "001", *clocks]]})


@pytest.mark.parametrize("name", ["打卡.xlsx", "打卡时间表.xlsx"])
def test_weekdays_in_place_of_numbers_are_days_by_their_place(name: str, tmp_path: Path) -> None:
    _month_table(tmp_path / name, "打卡时间表 统计日期：2010-02-01 至 2010-02-28")
    found, report = judged(tmp_path, 2, "28")
    assert of(found)["001"] == (17, {}, 0), "20 and 21 February 2010 were working days"
    assert not [f for f in report.findings if f.severity == "error"]


def test_sheets_of_two_months_keep_their_own_days(tmp_path: Path) -> None:
    head = ["工号", 1, 2, 3, 4, 5]
    sheets = {
        "一月": [["2010年1月"], head, ["001", "09:31", "09:31", "09:31", "09:31", "09:31"]],
        "三月": [["2010年3月"], head, ["001", *["08:41 17:20"] * 3]],
    }
    book(tmp_path / "打卡.xlsx", sheets)
    assert of(judged(tmp_path)[0])["001"] == (3, {}, 0)


def test_a_day_without_a_column_is_judged_of_nobody(tmp_path: Path) -> None:
    text = "2010年3月\n工号,1,2,3,5\n001,08:31 17:20,08:31 17:20,08:31 17:20,08:31 17:20\n"
    (tmp_path / "打卡.csv").write_text(text, encoding="utf-8")
    found, report = judged(tmp_path, last="07")
    assert of(found) == {"001": (4, {}, 1), "002": (0, {"absent": 4}, 1)}
    (told,) = report.reading.aside
    assert "没有 2010-03-04 的列" in told.message.zh, "and the weekend is not asked for"


def test_one_word_in_a_month_costs_its_day(tmp_path: Path) -> None:
    text = "2010年3月\n工号,1,2,3\n001,09:31 17:20,外勤,08:31 17:20\n002,08:31 17:20,08:31 17:20,-\n"
    (tmp_path / "打卡.csv").write_text(text, encoding="utf-8")
    found, report = judged(tmp_path)
    assert of(found) == {"001": (1, {"late": 1}, 1), "002": (2, {}, 1)}
    assert [(f.line, f.severity) for f in report.findings] == [(3, "error"), (4, "error")]


# sheets


@pytest.mark.parametrize("hidden", ["", "B区"])
def test_a_sheet_that_is_not_read_concerns_whom_it_names(hidden: str, tmp_path: Path) -> None:
    sheets = {"A区": rows_of("001", ("工号", "打卡时间")), "B区": rows_of("002", ("人员号码", "打卡时刻点"))}
    book(tmp_path / "打卡.xlsx", sheets, hidden)
    found, report = judged(tmp_path)
    assert of(found) == {"001": (3, {}, 0), "002": (0, {}, 3)}
    (told,) = [f for f in report.findings if f.rule == "input/left-aside"]
    assert told.severity == "error" and "B区" in told.message.zh
    assert told in report.reading.aside


def test_a_sheet_of_nobody_known_concerns_everybody(tmp_path: Path) -> None:
    sheets = {"A区": rows_of("001", ("工号", "打卡时间")), "B区": rows_of("B-7", ("人员号码", "打卡时刻点"))}
    book(tmp_path / "打卡.xlsx", sheets)
    found, _ = judged(tmp_path)
    assert [p.by_type for p in found.people] == [{}, {}]
    assert all(len(p.open) == 3 for p in found.people)


def test_a_sheet_of_remarks_is_in_the_account_and_bears_on_nothing(tmp_path: Path) -> None:
    book(tmp_path / "打卡.xlsx", {"A区": rows_of("001", ("工号", "打卡时间")), "备注": [["本表由考勤机导出"]]})
    found, report = judged(tmp_path)
    assert of(found)["002"] == (0, {"absent": 3}, 0)
    assert [f.severity for f in report.reading.aside] == ["note"]


# columns


@pytest.mark.parametrize("heading", ["打卡时刻点", ""])
def test_times_under_an_unknown_heading(heading: str, tmp_path: Path) -> None:
    text = f"工号,日期,签到,{heading}\n" + "".join(f"001,2010-03-0{n},08:41,17:20\n" for n in (1, 2, 3))
    (tmp_path / "打卡.csv").write_text(text, encoding="utf-8")
    found, report = judged(tmp_path)
    assert of(found)["001"] == (0, {}, 3)
    assert of(found)["002"] == (0, {"absent": 3}, 0), "the column says nothing of anybody else"
    assert [f.severity for f in report.findings if f.rule == "input/left-aside"] == ["error"]


@pytest.mark.parametrize("heading", ["上班时间", "工作时长", "应签到"])
def test_schedules_and_lengths_are_no_punches(heading: str, tmp_path: Path) -> None:
    text = f"工号,日期,打卡记录,{heading}\n" + "".join(f"001,2010-03-0{n},08:41 17:20,8:00\n" for n in (1, 2, 3))
    (tmp_path / "打卡.csv").write_text(text, encoding="utf-8")
    assert of(judged(tmp_path)[0])["001"] == (3, {}, 0)


# files


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("1_attlog.dat", "      002\t2010-03-01 08:41:05\t1\t0\t1\t0\n"),
        ("2号机.csv", "工号,打卡时间\n002,2010-03-01 08:41\n"),
        ("样例_每日统计.csv", "每日统计表\n姓名,工号,日期,上班1打卡时间\n李样,002,2010-03-01,08:41\n"),
        ("机器2.txt", "李样 2010-03-01 08:41\n"),
        ("导出", "002,2010-03-01 08:41:05\n"),
        ("补.csv", "002,2010-03-01 08:41:05\n"),
    ],
)
def test_a_file_beside_the_register_concerns_whom_and_which_day_it_names(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "打卡.csv").write_text(ONE, encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    found, report = judged(tmp_path)
    assert of(found) == {"001": (3, {}, 0), "002": (0, {"absent": 2}, 1)}
    assert [f.path.rpartition("/")[2] for f in report.reading.aside if f.severity == "error"] == [name]


@pytest.mark.parametrize("name", ["2号机.xls", "att2000.mdb", "3月.ods", "加密.xlsx"])
def test_a_format_that_cannot_be_looked_into_concerns_everybody(name: str, tmp_path: Path) -> None:
    (tmp_path / "打卡.csv").write_text(ONE, encoding="utf-8")
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    found, report = judged(tmp_path)
    assert [p.by_type for p in found.people] == [{}, {}]
    assert [f.severity for f in report.reading.aside] == ["error"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", "上班 08:41，002 也一样\n"),
        ("说明.pdf", "%PDF-1.4 打卡"),
        ("其他.yaml", "kind: catalogue\n"),
        ("预算.csv", "科目,金额\n办公,100\n"),
        ("通知.txt", "请按时上下班。\n"),
    ],
)
def test_what_is_plainly_something_else_does_not_matter(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "打卡.csv").write_text(ONE, encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    found, report = judged(tmp_path)
    assert of(found)["002"] == (0, {"absent": 3}, 0)
    assert not report.reading.aside


def test_blocks_of_people_are_known_by_the_line_above(tmp_path: Path) -> None:
    (tmp_path / "打卡.csv").write_text(ONE, encoding="utf-8")
    blocks = [["刷 卡 记 录 表"], [1, 2, 3], ["工号:", None, "002", "姓名:", "李样"], ["08:31\n17:20"] * 3]
    book(tmp_path / "2号机汇总表.xlsx", {"刷卡记录": blocks})
    assert of(judged(tmp_path)[0])["002"] == (0, {}, 3)


def test_what_lies_beside_one_register_bears_on_its_own_days_only(tmp_path: Path) -> None:
    cases = []
    for number, last in ((1, "29"), (3, "03")):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "打卡.csv").write_text(ONE.replace("2010-03", f"2010-{number:02d}"), encoding="utf-8")
        if number == 1:
            (folder / "2号机.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        cases.append(judged(folder, number, last)[0].case)
    (whole,) = joined(cases)
    quarter = account(whole, PeriodDecision(Days("quarter", "", cases[0].register.start, cases[1].register.end), ()))
    (_, other) = quarter.people
    assert {day.month for day in other.open} == {1}
    assert {each.day.month for each in other.irregular} == {3}


@pytest.mark.parametrize(
    "text", ["2010年3月\n工号,1,2,3\n001,外勤,-,08:31\n", "工号,日期,签到,某列\n001,2010-03-01,08:31,17:20\n"]
)
def test_a_table_by_itself_and_its_folder_say_the_same(text: str, tmp_path: Path) -> None:
    (tmp_path / "打卡.csv").write_text(text, encoding="utf-8")
    (tmp_path / "登记.yaml").write_text(HEAD.format(month="03", last="03"), encoding="utf-8")
    alone = CHECKER.check([tmp_path / "打卡.csv"]).findings
    assert alone
    assert alone == [f for f in CHECKER.check([tmp_path]).findings if f.path.endswith("打卡.csv")]


# folders beside a register


def test_punches_in_a_folder_beside_the_register_are_told_and_nobody_is_judged_without_them(tmp_path: Path) -> None:
    (tmp_path / "打卡.csv").write_text(ONE, encoding="utf-8")
    (tmp_path / "打卡").mkdir()
    (tmp_path / "打卡/2号机.csv").write_text(ONE.replace("001", "002"), encoding="utf-8")
    found, report = judged(tmp_path)
    assert of(found) == {"001": (3, {}, 0), "002": (0, {}, 3)}
    (said,) = [f for f in report.findings if f.severity == "error"]
    assert said.path.endswith("打卡/2号机.csv") and "同一文件夹" in said.message.zh


def test_a_folder_with_a_register_of_its_own_and_one_of_other_days_are_other_matters(tmp_path: Path) -> None:
    (tmp_path / "打卡.csv").write_text(ONE + ONE.partition("\n")[2].replace("001", "002"), encoding="utf-8")
    for name, text in (("四月", ONE), ("旧", ONE.replace("2010-03", "2009-03"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "打卡.csv").write_text(text, encoding="utf-8")
    (tmp_path / "四月/登记.yaml").write_text(HEAD.format(month="03", last="31"), encoding="utf-8")
    found, report = judged(tmp_path)
    assert of(found) == {"001": (3, {}, 0), "002": (3, {}, 0)}
    assert not [f for f in report.findings if f.severity == "error"]
