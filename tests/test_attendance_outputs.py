"""``banshi attendance`` as a workbook and as a page: the sheet comes back with what is said of each row."""

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import banshi

REGISTER = """\
kind: attendance
fictional: true
jurisdiction: luzhou
centre: =样例中心（虚构）
from: 2010-03-01
to: 2010-03-05
windows: [{id: W01, name: 样例窗口, on_duty: 2}]
staff:
  - {id: A01, name: "+样例甲", group: window_staff, window: W01}
  - {id: A02, group: window_staff, window: W01}
"""
PUNCHES = """\
日期,机器号,人员编号,时刻
2010-03-01,7,A01,09:20
2010-03-01,7,A01,17:10
2010-03-01,=1+1,A02,08:30
2010-03-01,7,A02,25:99
"""
LEAVE = "人员编号,假别,开始日,结束日,申请时间\nA02,事假,2010-03-02,2010-03-05,2010-03-01 10:00\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("register.yaml", REGISTER), ("打卡.csv", PUNCHES), ("请假.csv", LEAVE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def book(folder: Path, *options: str) -> Any:
    done = banshi("attendance", ".", "--format", "xlsx", "-o", "out.xlsx", *options, cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    data = (folder / "out.xlsx").read_bytes()
    (folder / "out.xlsx").unlink()
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_same_sheet_comes_back_with_three_columns_more(folder: Path) -> None:
    found = rows(book(folder)["打卡"])
    assert found[0] == ["日期", "机器号", "人员编号", "时刻", "问题", "依据", "怎么改"]
    given = [line.split(",") for line in PUNCHES.splitlines()]
    assert [row[:4] for row in found] == given


def test_what_belongs_to_the_body_does_not_come_back(folder: Path) -> None:
    lines = [f"{line},{'指纹模板' if n == 0 else 'QUJD'}" for n, line in enumerate(PUNCHES.splitlines())]
    (folder / "打卡.csv").write_text("\n".join(lines), encoding="utf-8")
    found = rows(book(folder)["打卡"])
    assert found[0][4] == "指纹模板"
    assert {row[4] for row in found[1:]} == {None}


def test_a_stray_cell_makes_no_large_workbook(folder: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    for line in PUNCHES.splitlines():
        sheet.append(line.split(","))
    plain = folder / "打卡.xlsx"
    sheet["XFD3900"] = "x"
    made.save(plain)
    (folder / "打卡.csv").unlink()
    done = banshi("attendance", ".", "--format", "xlsx", "-o", "out.xlsx", cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    assert (folder / "out.xlsx").stat().st_size < 200_000


def test_a_sheet_that_came_back_can_be_handed_in_again(folder: Path) -> None:
    before = banshi("attendance", ".", "--format", "json", cwd=folder).stdout
    banshi("attendance", ".", "--format", "xlsx", "-o", "考勤.xlsx", cwd=folder)
    (folder / "打卡.csv").unlink()
    (folder / "请假.csv").unlink()
    after = banshi("attendance", "register.yaml", "--format", "json", cwd=folder)
    assert json.loads(after.stdout)["accounts"] == json.loads(before)["accounts"]
    assert "column-unused" not in after.stderr


def test_registers_that_are_joined_keep_their_own_sheets(folder: Path) -> None:
    later = folder / "later"
    later.mkdir()
    second = REGISTER.replace("2010-03-05", "2010-03-12").replace("2010-03-01", "2010-03-08")
    (later / "register.yaml").write_text(second, encoding="utf-8")
    (later / "打卡.csv").write_text("人员编号,日期,时刻\nA01,2010-03-09,09:30\n", encoding="utf-8")
    found = book(folder, "--quarter", "2010-Q1")
    assert len(rows(found["账目"])) == 3, "two people, one account"
    said = {name: [row[-3] for row in rows(found[name])[1:]] for name in found.sheetnames if name.startswith("打卡")}
    assert [len(column) for column in said.values()] == [4, 1]
    assert said["打卡 (2)"][0].startswith("晚于上班时段") or said["打卡"][0].startswith("晚于上班时段")
    assert all(any(column) for column in said.values())


def test_each_row_says_what_is_wrong_on_which_basis_and_what_to_do(folder: Path) -> None:
    late, normal, _, unreadable = rows(book(folder)["打卡"])[1:]
    assert late[4].startswith("晚于上班时段：可能旷工")
    assert "第八条" in late[5] and "第十五条" in late[5]
    assert "补登记" in late[6]
    assert normal[4:] == [None, None, None]
    assert "25:99" in unreadable[4] and unreadable[6]


def test_a_leave_says_what_it_lacks(folder: Path) -> None:
    (row,) = rows(book(folder)["请假"])[1:]
    assert row[:5] == ["A02", "事假", "2010-03-02", "2010-03-05", "2010-03-01 10:00"]
    assert "单位签署同意" in row[5] and "第十二条" in row[6] and "approver" in row[7]


def test_the_account_has_its_own_sheets(folder: Path) -> None:
    found = book(folder)
    assert found.sheetnames[0] == "读取情况", "before any result"
    assert found.sheetnames[3:] == ["账目", "窗口", "例外", "考核因素", "并列先后", "不能判定"]
    head, first, second = rows(found["账目"])
    own = dict(zip(head, first, strict=True))
    assert (own["人员编号"], own["工作日"], own["晚于上班时段"]) == ("A01", 5, 1)
    assert dict(zip(head, second, strict=True))["事假（天）"] == 4
    assert {row[5] for row in rows(found["考核因素"])[1:]} == {"不能判定"}, "five days do not cover the month"


def test_nothing_that_was_handed_in_becomes_a_formula(folder: Path) -> None:
    for sheet in book(folder):
        assert not [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"]


def test_the_same_register_gives_the_same_bytes(folder: Path) -> None:
    made = []
    for _ in range(2):
        banshi("attendance", "register.yaml", "--format", "xlsx", "-o", "out.xlsx", cwd=folder)
        made.append((folder / "out.xlsx").read_bytes())
        (folder / "out.xlsx").unlink()
    assert made[0] == made[1]


def test_what_stands_in_the_register_is_laid_out_as_tables_that_read_back(folder: Path) -> None:
    (folder / "打卡.csv").unlink()
    (folder / "请假.csv").unlink()
    text = REGISTER + (
        "punches: [{staff: A01, day: 2010-03-01, time: '09:20'}]\n"
        "leave: [{staff: A02, kind: personal, from: 2010-03-02, to: 2010-03-05, approver: group_leader,"
        " filed_with: [group, supervision_section], papers: [meeting_notice], unit_consent: true,"
        " requested_at: 2010-03-01 10:00}]\n"
    )
    (folder / "register.yaml").write_text(text, encoding="utf-8")
    before = banshi("attendance", "register.yaml", "--format", "json", cwd=folder).stdout
    found = book(folder)
    (folder / "register.yaml").write_text(REGISTER, encoding="utf-8")
    for name in ("打卡", "请假"):
        lines = [
            ",".join("" if c is None else str(c).removesuffix(" 00:00:00") for c in row[:-3])
            for row in rows(found[name])
        ]
        (folder / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    after = banshi("attendance", "register.yaml", "--format", "json", cwd=folder)
    assert json.loads(after.stdout)["accounts"] == json.loads(before)["accounts"]


def test_a_workbook_comes_back_sheet_by_sheet(folder: Path) -> None:
    (folder / "打卡.csv").unlink()
    (folder / "请假.csv").unlink()
    given = openpyxl.Workbook()
    for name, text in (("打卡", PUNCHES), ("请假", LEAVE)):
        sheet = given.create_sheet(name)
        sheet.append(["样例中心考勤"])
        for line in text.splitlines():
            sheet.append([f"'{cell}" if cell.startswith("=") else cell for cell in line.split(",")])
    del given["Sheet"]
    given.save(folder / "考勤.xlsx")
    found = book(folder)
    assert rows(found["打卡"])[0][:4] == PUNCHES.splitlines()[0].split(",")
    assert "25:99" in rows(found["打卡"])[4][4]
    assert rows(found["打卡"])[1][4].startswith("晚于上班时段")
    assert rows(found["请假"])[1][0] == "A02" and rows(found["请假"])[1][5]


def page(folder: Path, *options: str) -> str:
    done = banshi("attendance", ".", "--format", "html", *options, cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_the_page_stands_alone_and_says_who_may_see_it(folder: Path) -> None:
    found = page(folder)
    assert "样例（虚构）" in found and "第十六条" in found and "只有中心工作人员可以看别人的" in found
    assert "<script" not in found and "src=" not in found
    assert "<svg" in found and "2010年3月各窗口在岗情况" in found
    assert "第八条" in found and "可能旷工，由中心决定" in found and "不能判定" in found


def test_one_person_sees_nobody_else(folder: Path) -> None:
    for options in (("--format", "html"), ("--format", "json"), ()):
        done = banshi("attendance", ".", "--staff", "A01", *options, cwd=folder)
        assert "A01" in done.stdout and "A02" not in done.stdout
        assert "样例窗口" not in done.stdout
    assert "A02" not in str([rows(sheet) for sheet in book(folder, "--staff", "A01")])


def test_who_never_punched_is_not_told_that_nobody_did(folder: Path) -> None:
    (folder / "打卡.csv").write_text(PUNCHES.replace(",A01,", ",A02,"), encoding="utf-8")
    own = json.loads(banshi("attendance", ".", "--staff", "A01", "--format", "json", cwd=folder).stdout)
    assert (
        "一条打卡也没有" not in str(own)
        and "全天无打卡" in banshi("attendance", ".", "--staff", "A01", cwd=folder).stdout
    )
    (folder / "打卡.csv").write_text("日期,人员编号,时刻\n", encoding="utf-8")
    none = banshi("attendance", ".", "--staff", "A01", cwd=folder).stdout
    assert "一条打卡也没有" in none and "全天无打卡" not in none


def test_somebody_unknown_is_said_so(folder: Path) -> None:
    done = banshi("attendance", ".", "--staff", "A3", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "A3" in done.stderr


def test_where_it_cannot_be_written(folder: Path) -> None:
    done = banshi("attendance", ".", "--format", "html", "-o", "nowhere/out.html", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有文件夹" in done.stderr and "nowhere" in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_broken_template_is_one_plain_line(folder: Path) -> None:
    own = folder / "site_templates/reports/attendance.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{% if %}", encoding="utf-8")
    done = banshi("attendance", "register.yaml", "--format", "html", "--trust-project", cwd=folder)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "attendance.html.j2 第 1 行" in done.stderr and "内部错误" not in done.stderr
