"""A limit whose last day cannot be told (no calendar) is asked about only where it may have passed, in whatever unit it is."""

import datetime
import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from banshi.checking.checker import Checker
from banshi.files.reading import read
from banshi.law.library import NATION
from banshi.law.norms.values import Length
from banshi.law.time_limits import Counting, ends, no_sooner_than
from banshi.law.working_days import WorkingDays

DAYS = WorkingDays([ROOT / "policies"])
UNITS = ("工作日", "天", "日", "小时", "月", "年")


@given(st.dates(datetime.date(2010, 1, 1), datetime.date(2020, 1, 1)), st.integers(0, 40), st.sampled_from(UNITS),
       st.sampled_from(["next_day", "same_day"]), st.booleans())  # fmt: skip
def test_no_limit_ends_sooner(start: datetime.date, value: int, unit: str, first: str, moved: bool) -> None:
    length = Length(value=min(value, 5) if unit == "年" else value, unit=unit)
    found = ends(DAYS.in_place(NATION), start, length, Counting(first, moved)).last  # type: ignore[arg-type]
    assert found is None or no_sooner_than(DAYS, start, length, first) <= found  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("length", "decided", "asked"),
    [
        ("{value: 1, unit: 月}", "2031-02-06", False),  # within the month whatever the calendar says
        ("{value: 1, unit: 月}", "2031-02-07", True),  # a day beyond: it may have been moved on
        ("{value: 48, unit: 小时}", "2031-01-08", False),
        ("{value: 48, unit: 小时}", "2031-01-09", True),
        ("{value: 5, unit: 工作日}", "2031-01-11", False),
        ("{value: 5, unit: 工作日}", "2031-01-13", True),
    ],
)
def test_what_may_be_late_is_asked_about(tmp_path: Path, length: str, decided: str, asked: bool) -> None:
    shutil.copytree(ROOT / "examples/linjiang", tmp_path, dirs_exist_ok=True)
    path = tmp_path / "policies/linjiang/change-rules/2026-01-01.yaml"
    old = "length: {value: 5, unit: 工作日}\n        inclusive: true\n        counted_from: accepted_on\n        first_day: same_day\n"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    new = f"length: {length}\n        inclusive: true\n        counted_from: accepted_on\n        first_day: next_day\n"
    path.write_text(text.replace(old, new + ("" if "工作日" in length else "        moved: true\n")), "utf-8")
    document = read(tmp_path / "change/riverside.yaml").document
    assert document
    data = document.data
    change = next(each for each in data["changes"] if each["tier"] == "larger")
    for key in ("filed_on",):
        change[key] = "2031-01-06"
    change["opinions"] = [
        {
            **change["opinions"][0],
            "received_on": "2031-01-06",
            "complete_on": "2031-01-06",
            "accepted_on": "2031-01-06",
            "decided_on": decided,
        }
    ]
    data["changes"] = [{**change, "consultation": [], "sequence": 1}]
    from conftest import write_yaml

    write_yaml(tmp_path / "one.yaml", data)
    report = Checker(tmp_path).check([tmp_path / "one.yaml"])
    told = [each for each in report.findings if each.rule == "change/decided-in-time"]
    assert bool(told) is asked, [each.message.zh for each in report.findings]
    assert all("不能判定" in each.message.zh for each in told)
