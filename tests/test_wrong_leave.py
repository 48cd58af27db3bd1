"""Leave that cannot be taken as it stands leaves open what rests on it, of its person alone; what stands twice counts once."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi

FOLDER = ROOT / "examples/attendance/2010-02"
REGISTER = (FOLDER / "register.yaml").read_text(encoding="utf-8")
PUNCHES = next(FOLDER.glob("*.csv"))
SICK = "    from: 2010-02-01\n    to: 2010-02-08\n    to_half: am\n"  # A05: five days and a half
OFFICIAL = "    from: 2010-02-24\n    to_half: am\n"  # A04: half a day
LATE = "  - {staff: A04, kind: late_leave, from: 2010-02-02, requested_at: 2010-02-01 17:00, form: oral, approver: group_leader}\n"


def told(folder: Path, *changes: tuple[str, str]) -> tuple[dict[str, Any], str, list[str]]:
    """People by their ids, the answer as text, and what rules say is wrong."""
    text = REGISTER
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    path = folder / "register.yaml"
    path.write_text(text, encoding="utf-8")
    shutil.copy(PUNCHES, folder)
    account = json.loads(banshi("attendance", str(path), "--format", "json").stdout)["accounts"][0]
    found = json.loads(banshi("check", str(path), "--format", "json").stdout)["findings"]
    wrong = [each["rule"] for each in found if each["severity"] == "error"]
    return {each["staff"]: each for each in account["people"]}, banshi("attendance", str(path)).stdout, wrong


def held_against(person: dict[str, Any]) -> list[str]:
    return [each["day"] for each in person["exceptions"]]


@pytest.mark.parametrize("end", ["2010-01-08", "2010-01-31", "1910-02-08", "2009-02-08"])
def test_leave_that_ends_before_it_begins_is_held_against_nobody(end: str, tmp_path: Path) -> None:
    before, _, _ = told(tmp_path)
    after, text, wrong = told(tmp_path, (SICK, SICK.replace("to: 2010-02-08", f"to: {end}")))
    assert wrong == ["attendance/dates-in-order"]
    assert "A05 自 2010-02-01 上午 起" in text and "先后颠倒" in text and "A05  2010-02-01 全天无打卡" not in text
    assert not held_against(after["A05"]) and not after["A05"]["leave_complete"]
    assert [factor["factor"] for factor in after["A05"]["factors"]] == [None, None]
    assert {who: each for who, each in after.items() if who != "A05"} == {
        who: each for who, each in before.items() if who != "A05"
    }


def test_within_one_day_that_day_is_open(tmp_path: Path) -> None:
    before, _, _ = told(tmp_path)
    after, text, wrong = told(tmp_path, (OFFICIAL, OFFICIAL.replace("to_half", "from_half: pm\n    to_half")))
    assert wrong == ["attendance/dates-in-order"] and "2010-02-24 上午 为止的因公请假先后颠倒：当天不作判定" in text
    assert [each["day"] if isinstance(each, dict) else each for each in after["A04"]["not_judged"]] == ["2010-02-24"]
    assert after["A01"] == before["A01"] and not held_against(after["A04"])


def test_short_leave_that_stands_twice_counts_once(tmp_path: Path) -> None:
    before, _, _ = told(tmp_path)
    after, text, wrong = told(tmp_path, (LATE, LATE + LATE))
    assert after == before and wrong == ["attendance/leave-does-not-overlap"]
    assert "A04 2010-02-02 的迟到假登记了两次，内容完全一样，只计一次" in text
    twice, _, wrong = told(tmp_path, (LATE, LATE + LATE.replace("17:00", "17:30")))
    assert twice["A04"]["times"] == {"late_leave": 6} and not wrong


@pytest.mark.parametrize("written", ["Ａ０２", "A０2", "a02", '"A02\u200b"', "A2", "A020", "ａ２"])
def test_whose_id_may_be_meant_is_not_judged(written: str, tmp_path: Path) -> None:
    """The leave of A02 on the 22nd and 23rd."""
    after, _, wrong = told(tmp_path, ("  - staff: A02\n", f"  - staff: {written}\n"))
    assert "attendance/staff-are-known" in wrong
    assert not {"2010-02-22", "2010-02-23"} & set(held_against(after["A02"]))
