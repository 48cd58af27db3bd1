"""A seventh city, written from the README, the reference and the messages alone: four punches a day, seasons, a Saturday shift,
flexible hours with a time of presence, nights, leave by kind, length and group, scores by month and half-year, targets by
department and month, an amendment in mid-month and from the new year, a county.

What its scenarios, register and log come to was worked out by hand first. What is spoilt, in the rules as in what is handed in,
is told where it is checked.
"""

import json
import shutil
from functools import cache
from pathlib import Path

import pytest
from conftest import banshi
from lengths import longer, some
from openpyxl import Workbook

from banshi.checking.checker import Checker

CITY = Path(__file__).parent / "data/lanping"
SPOILT = [json.loads(line) for line in (CITY / "spoilt.jsonl").read_text("utf-8").splitlines()]
PARTS = ("policies", "register", "marks", "log")
OVER = ("P01 2025年10月事假共2.5工作日", "P02 2025年10月晚到假共4次", "P05 2025年10月补卡共3次")


def test_its_policies_are_sound() -> None:
    found = Checker(CITY).check([CITY / "policies"]).findings
    assert [(f.rule, f.message.zh) for f in found] == []


def test_every_scenario_is_as_worked_out_by_hand() -> None:
    done = banshi("test", cwd=CITY)
    assert (done.returncode, "试了 118 个情景" in done.stdout, "都相符" in done.stdout) == (0, True, True), done.stdout


def test_its_register_and_log_are_as_worked_out_by_hand() -> None:
    found = Checker(CITY).check([CITY / "register", CITY / "log", CITY / "marks"]).findings
    told = [f.message.zh for f in found]
    assert [any(each.startswith(said) for each in told) for said in OVER] == [True, True, True]
    late = [each for each in told if "超期" in each]
    assert (len(told), len(late)) == (5, 2), told


ACCOUNT = (
    "P01 甲一  6       4     早于下班时段1 晚于上班时段2          事假2.5",
    "P03 丙三  5       2     早于下班时段1 晚于上班时段1 缺打卡1",
    "P04 丁四  5       3     –                                    病假4",
    "P06 己六  5       2     缺打卡1 工时不足1                    年休假1",
    "P07 庚七  4       2     早于下班时段2 晚于上班时段2",
    "P01 甲一  2025-10 迟到早退：3 次，折事假 0.5 天",
    "P03 丙三  2025-10 迟到早退：4 次，折事假 0.5 天",
    "P06 己六  2025-10 迟到早退：1.5 次",
    "P07 庚七  2025-10 迟到早退：6 次，折事假 1 天",
    "P01 甲一  2025-10 事假 2.5（0.5 + 2），每月2工作日，余0工作日",
)
# Half a day before the amendment and two days after it, at half a day of annual leave each; who enters what the chief explains.
ACROSS = ("事假在年休假中扣除：P01 1.25天", "已由首席代表录入")


def test_its_account_is_as_worked_out_by_hand() -> None:
    done = banshi("attendance", "register", cwd=CITY)
    assert [said for said in (*ACCOUNT, *ACROSS) if said not in done.stdout] == [], done.stdout


def test_parts_of_a_day_count_as_declared(tmp_path: Path) -> None:
    """Eight quarters are two days, and a further half is beyond the month's two."""
    shutil.copytree(CITY, tmp_path, dirs_exist_ok=True)
    head, *rows = (CITY / "register/请假.csv").read_text("utf-8").splitlines()
    quarter = "P05,事假,{day},,{day},,0.25,2025-10-12 09:00,2025-10-12 10:00,当面,首席代表,,,,,"
    for days, over in ((8, ()), (9, ("P05 2025年10月事假共2.25工作日",))):
        own = [quarter.format(day=f"2025-10-{1 + n:02}") for n in (*range(12, 17), 19, 20, 21, 22)[:days]]
        (tmp_path / "register/请假.csv").write_text("\n".join([head, *rows, *own]), "utf-8")
        said = [f.message.zh for f in Checker(tmp_path).check([tmp_path / "register"]).findings]
        assert (
            tuple(each[: len(over[0]) if over else 0] for each in said if each.startswith("P05 2025年10月事假")) == over
        )


def test_a_sheet_of_any_part_that_is_left_is_an_error(tmp_path: Path) -> None:
    """By its headings: nothing in a roster or a list of staff looks like a punch or a leave."""
    shutil.copytree(CITY / "register", tmp_path, dirs_exist_ok=True)
    notes = [line.split(",") for line in (tmp_path / "说明登记.csv").read_text("utf-8-sig").splitlines()]
    for gone in ("排班.csv", "说明登记.csv"):
        (tmp_path / gone).unlink()
    roster = [["人员", "日期", "班次"], ["P07", "2025-10-13", "夜班"]]
    staff = [["人员编号", "人员类别"], ["P08", "柜员"]]
    book(tmp_path / "说明登记.xlsx", {"说明登记": notes, "轮值": roster, "新来的": staff})
    book(tmp_path / "十月.xlsx", {"一": roster})
    found = [f for f in Checker(CITY).check([tmp_path]).findings if f.rule.startswith("input/")]
    assert sorted((str(f.severity), f.message.zh.partition("没有读")[0]) for f in found) == [
        ("error", "工作表“新来的”"),
        ("error", "工作表“轮值”"),
        ("error", "旁边的 十月.xlsx "),
    ], found


def book(path: Path, sheets: dict[str, list[list[str]]]) -> None:
    made = Workbook()
    made.remove(made["Sheet"])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)


@longer
@pytest.mark.parametrize(("name", "old", "new"), some(SPOILT, 12), ids=lambda value: str(value)[-50:])
def test_what_is_spoilt_is_told(tmp_path: Path, name: str, old: str, new: str) -> None:
    shutil.copytree(CITY, tmp_path, dirs_exist_ok=True)
    path = tmp_path / name
    text = path.read_text("utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), "utf-8")
    report = Checker(tmp_path).check([tmp_path / part for part in PARTS])
    assert not report.failed
    told = [f for f in report.findings if f.severity != "note" and f.message.zh not in _told_of_the_sound_one()]
    assert told, (name, old, new)
    assert all(each.message.zh and each.line for each in told)


@cache
def _told_of_the_sound_one() -> frozenset[str]:
    return frozenset(f.message.zh for f in Checker(CITY).check([CITY / part for part in PARTS]).findings)
