"""Random leave against quotas per month, quarter, year and leave, in working days, calendar days and times: a small oracle."""

import datetime
import json
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples
from test_any_centre_attendance import version

from banshi.law.library import Library
from banshi.law.working_days import WorkingDays
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.forms import Leave, Person, Register

DAYS = WorkingDays([ROOT / "policies"])
DAY, D = datetime.timedelta(days=1), Decimal
KINDS = {
    "swap": {"name": "调休"},
    "extra": {"name": "补休"},
    "trip": {"name": "外出假"},
    "ill": {"name": "病休", "unit": "天"},
    "wedding": {"name": "婚假", "unit": "天"},
}
QUOTAS = [
    {"of": "swap", "at_most": 2, "unit": "工作日", "per": "person_month", "also_counted": ["extra"]},
    {"of": "trip", "at_most": 3, "unit": "次", "per": "person_quarter"},
    {"of": "ill", "at_most": 10, "unit": "天", "per": "person_year"},
    {"of": "wedding", "at_most": 7, "unit": "天", "per": "each_leave"},
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    norms = [{"id": f"q{n}", "kind": "quota", "statement": "样例。", **quota} for n, quota in enumerate(QUOTAS)]
    data = version(norms, leave_kinds=KINDS, staff_groups={"clerk": {"name": "窗口人员", "at_windows": True}})
    folder = tmp_path_factory.mktemp("quotas") / "policies"
    path = folder / "elsewhere/hours/2026-01-01.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return Library([folder, ROOT / "policies"])


@st.composite
def leaves(draw: st.DrawFn) -> tuple[Leave, ...]:
    """One after another through the year, never two on one day."""
    day, found = datetime.date(2026, 1, 1), []
    while True:
        start = day + DAY * draw(st.integers(0, 45))
        end = start + DAY * draw(st.integers(0, 12))
        if end > datetime.date(2026, 12, 20):
            return tuple(found)
        halves = draw(st.sampled_from([("am", "pm"), ("pm", "pm"), ("am", "am")]))
        first, last = ("am", "pm") if start == end and halves == ("pm", "am") else halves
        found.append(
            Leave(staff="A", kind=draw(st.sampled_from([*KINDS])), start=start, end=end, from_half=first, to_half=last)
        )
        day = end + DAY


def halves_of(leave: Leave, *, calendar: bool) -> list[datetime.date]:
    """The day of each half-day that counts."""
    every = [leave.start + DAY * n for n in range((leave.last - leave.start).days + 1)]
    halves = [(day, half) for day in every for half in ("am", "pm")]
    halves = halves[leave.from_half == "pm" :]
    halves = halves[:-1] if leave.to_half == "am" else halves
    return [day for day, _ in halves if calendar or DAYS.is_working(day)]


def oracle(own: tuple[Leave, ...]) -> Counter[tuple[str, Any]]:
    used: Counter[tuple[str, Any]] = Counter()
    for n, leave in enumerate(own):
        unit = KINDS[leave.kind].get("unit", "工作日")
        for quota in QUOTAS:
            if leave.kind not in (quota["of"], *quota.get("also_counted", ())):
                continue
            halves = halves_of(leave, calendar=unit == "天")
            if quota["unit"] == "次":
                used[str(quota["of"]), period(str(quota["per"]), leave.start, n)] += 1
            for day in halves if quota["unit"] != "次" else ():
                used[str(quota["of"]), period(str(quota["per"]), day, n)] += D("0.5")  # type: ignore[assignment]
    return used


def period(per: str, day: datetime.date, leave: int) -> Any:
    return {
        "person_month": day.month,
        "person_quarter": (day.month + 2) // 3,
        "person_year": 2026,
        "each_leave": ("leave", leave),
    }[per]


@examples(40)
@given(own=leaves())
def test_what_is_used_of_a_quota_is_what_the_oracle_counts(library: Library, own: tuple[Leave, ...]) -> None:
    register = Register(
        jurisdiction="elsewhere",
        centre="样例",
        start=datetime.date(2026, 1, 1),
        end=datetime.date(2026, 12, 31),
        staff=(Person(id="A", group="clerk"),),
        leave=own,
    )
    expected = oracle(own)
    found = {}
    for use in RegisterInLaw(register, library, DAYS).quotas:
        norm, month = use.norm.norm, use.month
        key = {"person_month": month, "person_quarter": (month + 2) // 3, "person_year": use.year}.get(norm.per)
        found[norm.of, ("leave", use.last.index) if key is None else key] = use.counted
    assert {key: value for key, value in found.items() if value} == {k: v for k, v in expected.items() if v}
