"""Exports as programs lay them out: each of them gives the punches of the plain table, and schedules are never punches.

The layouts are generated; people and times are made up.
"""

import datetime
from collections.abc import Callable
from pathlib import Path

import old_books
import pytest
from openpyxl import Workbook
from test_attendance_machines import HEAD

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.discovery import discover
from banshi.files.report import Report
from banshi.output.section_lines import in_text
from banshi.subjects.attendance.account import account
from banshi.subjects.attendance.account_said import accounts_printout
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.periods import month

ROOT = Path(__file__).parent.parent
DAYS = [datetime.date(2010, 3, n) for n in (1, 2, 3)]
PEOPLE = {"001": "李样", "002": "王样"}
TIMES = {
    ("001", DAYS[0]): ["08:31", "17:20"],
    ("001", DAYS[1]): ["08:45", "12:01", "13:31", "17:31"],
    ("002", DAYS[0]): ["08:29", "17:40"],
    ("002", DAYS[2]): ["08:30"],
}
PLAIN = sorted((who, day, time) for (who, day), found in TIMES.items() for time in found)
REGISTER = HEAD + '  - {id: "002", group: window_staff, window: W01}\n'
Rows = list[list[object]]


def dingtalk_records() -> Rows:
    head: list[object] = ["姓名", "考勤组", "部门", "工号", "考勤日期", "考勤时间", "打卡时间", "打卡结果", "打卡地址"]
    rows = [[PEOPLE[w], "窗口", "大厅", w, str(d), f"{d} 09:00", f"{d} {t}", "正常", "大厅"] for w, d, t in PLAIN]
    return [["原始记录表  统计日期：2010-03-01 至 2010-03-03"], ["报表生成时间：2010-03-31 09:00"], head, *rows]


def dingtalk_days() -> Rows:
    head: list[object] = ["姓名", "工号", "日期", "班次"]
    head += [f"{s}{n}{what}" for n in (1, 2) for s in ("上班", "下班") for what in ("打卡时间", "打卡结果")]
    rows: Rows = []
    for (who, day), found in TIMES.items():
        four = found if len(found) == 4 else [found[0], "", "", *(found[1:] or [""])]
        rows.append(
            [
                PEOPLE[who],
                who,
                f"{day} 星期{'一二三四五六日'[day.weekday()]}",
                "A 09:00-18:00",
                *(x for t in four for x in (t, "正常" if t else "缺卡")),
            ]
        )
    return [["每日统计表  统计日期：2010-03-01 至 2010-03-03"], head, *rows]


def dingtalk_days_in_two_lines() -> Rows:
    flat = dingtalk_days()
    top: list[object] = ["基本信息", "基本信息", "基本信息", "班次"]
    sub: list[object] = ["姓名", "工号", "日期", "班次"]
    for n in (1, 2):
        for s in ("上班", "下班"):
            top += [f"{s}{n}", f"{s}{n}"]
            sub += ["打卡时间", "打卡结果"]
    return [flat[0], top, sub, *flat[2:]]


def wecom_days() -> Rows:
    """打卡日报：两行列名，最早、最晚在“考勤概况”下；“应打卡”的时刻是班次的。"""
    top: list[object] = [
        "基础信息",
        "基础信息",
        "基础信息",
        "规则",
        "排班",
        "排班",
        "考勤概况",
        "考勤概况",
        "考勤概况",
        "外出",
    ]
    sub: list[object] = [
        "日期",
        "姓名",
        "工号",
        "所属规则",
        "上班时间",
        "下班时间",
        "最早",
        "最晚",
        "打卡次数(次)",
        "时间",
    ]
    rows = [
        [f"{d:%Y/%m/%d}", PEOPLE[w], w, "窗口", "09:00", "18:00", t[0], t[-1] if len(t) > 1 else "--", len(t)]
        for (w, d), t in TIMES.items()
        if len(t) < 3
    ]
    return [["打卡日报"], top, sub, *rows]


def wecom_days_flat() -> Rows:
    """The same in one line, the day under 时间 with its weekday."""
    head: list[object] = ["时间", "姓名", "账号", "部门", "工号", "班次", "最早", "最晚", "次数(次)", "状态"]
    rows = [
        [
            f"{_week(d)}",
            PEOPLE[w],
            f"u{w}",
            "大厅",
            w,
            "09:00-18:00",
            t[0],
            t[-1] if len(t) > 1 else "--",
            len(t),
            "正常",
        ]
        for (w, d), t in TIMES.items()
        if len(t) < 3
    ]
    return [["上下班打卡_日报"], head, *rows]


def _week(day: datetime.date) -> str:
    return f"{day:%Y/%m/%d} 星期{'一二三四五六日'[day.weekday()]}"


def dingtalk_short_years() -> Rows:
    """Days as the program itself writes them: 10-03-01 星期一."""
    rows = dingtalk_days()
    return [*rows[:2], *([*row[:2], str(row[2])[2:], *row[3:]] for row in rows[2:])]


def feishu_flow() -> Rows:
    head: list[object] = ["姓名", "工号", "部门", "班次", "应打卡时间", "打卡时间", "打卡方式"]
    return [head, *([PEOPLE[w], w, "大厅", "常白班", f"{d} 09:00", f"{d} {t}", ""] for w, d, t in PLAIN)]


def month_grid() -> Rows:
    head: list[object] = ["工号", "姓名", 1, 2, 3]
    rows: Rows = [[who, PEOPLE[who], *("\n".join(TIMES.get((who, day), [])) for day in DAYS)] for who in PEOPLE]
    return [["2010年3月打卡时间表"], head, *rows]


def blocks_with_days() -> Rows:
    rows: Rows = [["员工刷卡记录表"], ["考勤日期：2010-03-01～2010-03-03"], [1, 2, 3]]
    for who, name in PEOPLE.items():
        rows += [["工号:", who, "姓名:", name, "部门:", "大厅"], ["\n".join(TIMES.get((who, day), [])) for day in DAYS]]
    return rows


def blocks_with_rows() -> Rows:
    rows: Rows = [["个人考勤明细"]]
    for who, name in PEOPLE.items():
        rows += [[f"工号：{who}  姓名：{name}"], ["日期", "星期", "打卡记录", "备注"]]
        rows += [[str(day), "一二三四五六日"[day.weekday()], " ".join(TIMES.get((who, day), [])), ""] for day in DAYS]
    return rows


def repeated_groups() -> Rows:
    """A group written once over its columns, as merged cells are when a program writes them apart."""
    top: list[object] = ["人员", "", "上午", "", "下午", ""]
    sub: list[object] = ["工号", "日期", "签到", "签退", "签到", "签退"]
    rows: Rows = []
    for (who, day), found in TIMES.items():
        four = found if len(found) == 4 else [found[0], "", "", *(found[1:] or [""])]
        rows.append([who, str(day), *four])
    return [top, sub, *rows]


LAYOUTS: dict[str, Callable[[], Rows]] = {
    each.__name__: each
    for each in (
        dingtalk_records,
        dingtalk_days,
        dingtalk_days_in_two_lines,
        wecom_days,
        wecom_days_flat,
        dingtalk_short_years,
        feishu_flow,
        month_grid,
        blocks_with_days,
        blocks_with_rows,
        repeated_groups,
    )
}
ONLY_ENDS = ("wecom_days", "wecom_days_flat")  # which tells the first and the last punch of a day


def loaded(folder: Path) -> tuple[RegisterInLaw, Report]:
    (folder / "登记.yaml").write_text(REGISTER, encoding="utf-8")
    report, checker = Report(), Checker(ROOT)
    found = [
        each.value
        for unit in discover([folder])
        for each in checker.loader.load(unit, report)
        if isinstance(each, LoadedFile)
    ]
    return found[0], report


def punched(case: RegisterInLaw) -> list[tuple[str, datetime.date, str]]:
    return sorted((punch.staff, punch.day, punch.time[:5]) for punch in case.register.punches)


def write(path: Path, rows: Rows, name: str = "打卡") -> None:
    if path.suffix == ".xls":
        records = (
            _old(r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell not in ("", None)
        )
        path.write_bytes(old_books.container(old_books.stream([(name, b"".join(records))])))
        return
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    book.save(path)


def _old(row: int, column: int, cell: object) -> bytes:
    if isinstance(cell, int):
        return old_books.packed(row, column, old_books.whole(cell))
    return old_books.label(row, column, str(cell))


def verdicts(case: RegisterInLaw) -> str:
    return in_text(accounts_printout([account(case, month(2010, 3))]), "zh")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("plain")
    write(folder / "打卡.xlsx", [["工号", "日期", "时刻"], *([w, str(d), t] for w, d, t in PLAIN)])
    return verdicts(loaded(folder)[0])


@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_punches_of_the_plain_table(
    layout: str, suffix: str, plain: str, tmp_path: Path
) -> None:
    write(tmp_path / f"打卡{suffix}", LAYOUTS[layout]())
    case, report = loaded(tmp_path)
    errors = [f.message.zh for f in report.findings if f.severity.value == "error"]
    assert errors == []
    if layout in ONLY_ENDS:
        assert punched(case) == [each for each in PLAIN if len(TIMES[each[:2]]) < 3]
    else:
        assert punched(case) == PLAIN
        assert verdicts(case) == plain
    assert not {time for _, _, time in punched(case)} & {"09:00", "18:00", "10:00"}


def test_the_raw_log_of_a_machine(plain: str, tmp_path: Path) -> None:
    lines = [f"{w:>9}\t{d} {t}:00\t1\t0\t1\t0\n" for w, d, t in PLAIN]
    (tmp_path / "1_attlog.dat").write_text("".join(lines), encoding="utf-8")
    case, report = loaded(tmp_path)
    assert [f.message.zh for f in report.findings if f.severity.value == "error"] == []
    assert punched(case) == PLAIN
    assert verdicts(case) == plain
    assert any("机器代码1" in taken.unused for taken in report.reading.taken)


def test_a_log_line_that_cannot_be_read_is_told_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "1_attlog.dat").write_text(
        "1\t2010-03-01 08:30:00\t1\t0\t1\t0\n" * 6 + "001\t2010-13-01 08:30:00\t1\t0\t1\t0\n", encoding="utf-8"
    )
    _, report = loaded(tmp_path)
    assert [(f.path.rpartition("/")[2], f.line) for f in report.findings if f.rule == "input/row-unreadable"] == [
        ("1_attlog.dat", 7)
    ]


@pytest.mark.parametrize("layout", ["blocks_with_rows", "dingtalk_days_in_two_lines"])
def test_a_cell_that_cannot_be_read_is_told_where_it_stands(layout: str, tmp_path: Path) -> None:
    rows = LAYOUTS[layout]()
    at = next((n, m) for n, row in enumerate(rows) for m, cell in enumerate(row) if str(cell).startswith("08:31"))
    rows[at[0]][at[1]] = "八点多"
    write(tmp_path / "打卡.xlsx", rows)
    _, report = loaded(tmp_path)
    told = next(f for f in report.findings if f.rule == "input/row-unreadable")
    assert (told.line, told.column) == (at[0] + 1, at[1] + 1)


def test_times_under_another_heading_are_told_and_never_taken(tmp_path: Path) -> None:
    rows = wecom_days()
    for n, cell in ((1, "外出"), (2, "时间")):
        rows[n].append(cell)
    for row in rows[3:]:
        row.append("10:00")
    write(tmp_path / "打卡.xlsx", rows)
    case, report = loaded(tmp_path)
    assert "10:00" not in {time for _, _, time in punched(case)}
    assert any("外出·时间" in f.message.zh for f in report.findings if f.severity.value == "error")


def test_a_result_by_days_holds_no_punch(tmp_path: Path) -> None:
    """月度汇总 says how each day was found, not when anybody clocked: its days are told, none is judged as empty."""
    top: list[object] = ["姓名", "工号", "出勤天数", "考勤结果", "考勤结果", "考勤结果"]
    sub: list[object] = ["姓名", "工号", "出勤天数", 1, 2, 3]
    rows: Rows = [[PEOPLE[w], w, 3, "正常", "迟到8分钟", "旷工"] for w in PEOPLE]
    write(tmp_path / "打卡.xlsx", [["2010年3月月度汇总"], top, sub, *rows])
    case, report = loaded(tmp_path)
    assert punched(case) == []
    assert any(f.severity.value == "error" for f in report.findings)
