"""Tables beside a register: spellings, headings, and every way in which a row or a file can be wrong."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import banshi

from banshi.attendance.columns import PARTS
from banshi.attendance.loading import Source, read_part
from banshi.tables import cells
from banshi.tables.cells import CellUnreadable
from banshi.tables.reading import MANY, Table

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


def read_punches(path: Path) -> Table:
    return read_part(Source(PARTS["punches"], path))


def read_leave(path: Path) -> Table:
    return read_part(Source(PARTS["leave"], path))


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
    assert [p.time for p in found.rows] == ["08:40"]
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
        (b'staff,day,time\n"A01,2010-03-01,08:31\n' + b"x" * 200_000, "input/row-unreadable"),
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


def test_a_table_in_gbk_names_the_way_out_and_gives_no_account(folder: Path) -> None:
    (folder / "打卡.csv").write_bytes("人员编号,日期,时刻\nA01,2010-03-01,08:31\n".encode("gbk"))
    done = run(folder, "attendance")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "GBK" in done.stderr and "UTF-8" in done.stderr


def test_the_same_part_in_two_places_is_refused(folder: Path) -> None:
    (folder / "register.yaml").write_text(REGISTER + "punches: []\n", encoding="utf-8")
    (folder / "打卡.csv").write_text("staff,day,time\n", encoding="utf-8")
    assert "input/two-sources" in run(folder, "check").stdout


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('punches: [{staff: A01, day: 2010-03-01, time: "25:00"}]', "shape/wrong-value"),
        ("leave: [{staff: A01, kind: sick, from: 2010-03-01, requested_at: 2010-02-30 08:00}]", "shape/wrong-value"),
        ("leave: [{staff: A01, kind: 病假, from: 2010-03-01}]", "shape/not-listed"),
        ("leave: [{staff: A01, kind: sick, from: 2010-03-01, days: -1}]", "shape/wrong-value"),
        ("leave: [{staff: A01, kind: sick, from: 2010-03-03, to: 2010-03-01}]", "attendance/dates-in-order"),
        ("leave: [{staff: A01, kind: sick, from: 1901-01-01, to: 2198-12-31}]", "attendance/calendar-entered"),
    ],
)
def test_bad_values_in_the_register(folder: Path, text: str, rule: str) -> None:
    (folder / "register.yaml").write_text(f"{REGISTER}{text}\n", encoding="utf-8")
    assert f"[{rule}]" in run(folder, "check").stdout
    assert "Traceback" not in run(folder, "attendance").stderr
