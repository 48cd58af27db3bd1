"""事假 taken from 年休假 (AMB-17): before 2008-01-01 it is, from then on it is only recorded; whatever is said is said once."""

import datetime
import shutil
from decimal import Decimal
from typing import Any

import chinese_calendar
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from banshi.law.library import Library
from banshi.law.working_days import WorkingDays
from banshi.subjects.attendance.account import account
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.forms import Leave, Person, Register
from banshi.subjects.attendance.periods import PeriodDecision, month, whole_year

date, D = datetime.date, Decimal
DAYS, SHIPPED = WorkingDays([ROOT / "policies"]), Library([ROOT / "policies"])
IN_FORCE, HIGHER_RULE = date(2007, 7, 1), date(2008, 1, 1)  # source line 47; State Council order 514
PERIODS = {"2007": (2007, None), "2008": (2008, None), "2007-12": (2007, 12), "2008-01": (2008, 1)}


def said(*leave: Leave, period: str = "2007", library: Library = SHIPPED) -> list[str]:
    register = Register(
        jurisdiction="luzhou",
        centre="样例",
        start=date(2007, 1, 1),
        end=date(2009, 3, 31),
        windows=(),
        staff=(Person(id="A", group="window_staff"), Person(id="B", group="window_staff")),
        leave=leave,
    )
    case, (year, number) = RegisterInLaw(register, library, DAYS), PERIODS[period]
    asked: PeriodDecision = month(year, number) if number else whole_year(case.book, year)
    return [r.text.zh for r in account(case, asked).undetermined if "年休假" in r.text.zh]


def personal(start: date, end: date, staff: str = "A", **more: Any) -> Leave:
    return Leave(staff=staff, kind="personal", start=start, end=end, **more)


def test_before_the_higher_rule_it_is_taken_off() -> None:
    assert said(personal(date(2007, 12, 3), date(2007, 12, 4))) == [
        "按所取口径，事假在年休假中扣除：A 2天；还剩多少年休假没有登记"
    ]


def test_from_then_on_it_is_recorded_only() -> None:
    (text,) = said(personal(date(2008, 1, 2), date(2008, 1, 3)), period="2008")
    assert "2008年1月1日前按1比1扣除" in text
    assert text.endswith("这里没有扣除，由单位核定")


def test_a_leave_across_the_change_is_divided() -> None:
    across = personal(date(2007, 12, 28), date(2008, 1, 3))  # Friday to Thursday: Fri 28, Sat 29 and Mon 31 off
    assert said(across, period="2007-12") == ["按所取口径，事假在年休假中扣除：A 2天；还剩多少年休假没有登记"]
    (later,) = said(across, period="2008-01")
    assert later.endswith("这里没有扣除，由单位核定")


def test_nothing_is_taken_off_before_the_rule_itself_was_in_force() -> None:
    assert said(personal(date(2007, 6, 28), date(2007, 6, 29))) == []
    assert "A 1天" in said(personal(date(2007, 6, 29), date(2007, 7, 2)))[0]


def test_a_version_that_names_no_higher_rule_leaves_it_open(tmp_path: Any) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    path = tmp_path / "policies/luzhou/leave-and-attendance/2007-07-01.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("kind: yields_to", "kind: cites"), encoding="utf-8")
    library = Library([tmp_path / "policies"])
    (found,) = said(personal(date(2007, 12, 3), date(2007, 12, 4)), library=library)
    assert "不能判定" in found


SPAN = (date(2007, 5, 20), date(2008, 7, 20))
LEAVES = st.tuples(st.dates(*SPAN), st.integers(0, 20), st.sampled_from("AB"), st.sampled_from(["am", "pm"]))


@given(st.lists(LEAVES, max_size=4, unique_by=lambda leave: leave[2]), st.sampled_from(sorted(PERIODS)))
def test_against_days_counted_by_hand(rows: list[tuple[date, int, str, str]], period: str) -> None:
    """An oracle of its own: working half-days by another calendar, on either side of the day the higher rule came."""
    year, number = PERIODS[period]
    off: dict[str, Decimal] = {}
    recorded = False
    leaves = []
    for start, length, staff, half in rows:
        end = start + datetime.timedelta(days=length)
        leaves.append(personal(start, end, staff, from_half=half))
        for n in range(length + 1):
            day = start + datetime.timedelta(days=n)
            inside = day.year == year and (number is None or day.month == number)
            if not inside or day < IN_FORCE or not chinese_calendar.is_workday(day):
                continue
            if day >= HIGHER_RULE:
                recorded = True
            else:
                off[staff] = off.get(staff, D(0)) + (D("0.5") if n == 0 and half == "pm" else 1)
    found = said(*leaves, period=period)
    taken = [text for text in found if "在年休假中扣除：" in text]
    assert bool(taken) == bool(off)
    for staff, days in off.items():
        assert f"{staff} {days.normalize():f}天" in taken[0]
    assert any("由单位核定" in text for text in found) == recorded
    assert not (off and not recorded and any("没有扣除" in text for text in found))


@pytest.mark.parametrize("declared", ["1", "2"])
def test_a_declared_length_that_may_lie_on_either_side_is_open(declared: str) -> None:
    leave = personal(date(2007, 12, 28), date(2008, 1, 3), days=D(declared))
    register = Register(
        jurisdiction="luzhou",
        centre="样例",
        start=date(2007, 12, 1),
        end=date(2008, 1, 31),
        windows=(),
        staff=(Person(id="A", group="window_staff"),),
        leave=(leave,),
    )
    case = RegisterInLaw(register, SHIPPED, DAYS)
    from banshi.subjects.attendance.offsets import offsets
    from banshi.subjects.attendance.periods import Days

    (found,) = offsets(case, Days("span", "", date(2007, 12, 1), date(2008, 1, 31)))
    assert "不能判定" in found.text.zh
