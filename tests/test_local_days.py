"""Days off of a place lie over the nation's arrangement: worked out by hand, then any calendars against an oracle."""

import csv
import datetime
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml
from hypothesis import given
from hypothesis import strategies as st

from banshi.centre.centre import Centre
from banshi.law.working_days import UndeterminedYear, WorkingDays
from banshi.site.content import Content
from banshi.site.pages import pages

CENTRE = ROOT / "examples/linjiang"
DAYS = WorkingDays([CENTRE / "policies", ROOT / "policies"])
day = datetime.date.fromisoformat
LOCAL = day("2026-10-23")
with open(ROOT / "tests/data/linjiang/local_days.csv", encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The centre without days off of its own."""
    project = tmp_path_factory.mktemp("centre")
    shutil.copytree(CENTRE / "policies", project / "policies")
    shutil.rmtree(project / "policies/linjiang/working-days")
    return project


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["command"])
def test_what_is_due_was_worked_out_by_hand(row: dict[str, str], without: Path) -> None:
    asked = (*row["command"].split(), "--jurisdiction", "linjiang")
    assert row["due"] in banshi(*asked, cwd=CENTRE).stdout.splitlines()[0]
    assert row["nationally"] in banshi(*asked, cwd=without).stdout.splitlines()[0]


def test_the_nation_and_other_places_work_on_a_local_day_off_the_districts_below_do_not() -> None:
    off = {place: not DAYS.in_place(place).is_working(LOCAL) for place in ("cn", "luzhou", "linjiang", "linjiang/east")}
    assert off == {"cn": False, "luzhou": False, "linjiang": True, "linjiang/east": True}


def test_a_local_day_off_is_known_from_its_day() -> None:
    for known, works in (("2025-12-04", True), ("2025-12-05", False)):
        assert DAYS.as_known_on(day(known)).in_place("linjiang").is_working(LOCAL) is works
        assert DAYS.in_place("linjiang").as_known_on(day(known)).is_working(LOCAL) is works


def year(place: str, number: int, off: list[str], working: list[str], **more: Any) -> dict[str, Any]:
    periods = [{"name": "假（虚构）", "from": one, "to": one} for one in off]
    notice = {"number": None, "title": "虚构", "issued": "2020-01-01", "known": "2020-01-01", "confirmed": False}
    notices = [{**notice, "days_off": periods, "working": working, **more}]
    return {"kind": "working-days", "year": number, "title": "虚构", "jurisdiction": place, "notices": notices}


def entered(folder: Path, place: str, number: int, off: list[str], working: list[str], **more: Any) -> Path:
    path = folder / "policies" / place / "working-days" / f"{number}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_yaml(path, year(place, number, off, working, **more))
    return path


def test_a_local_file_does_not_make_an_unpublished_year_known(tmp_path: Path) -> None:
    path = entered(tmp_path, "there", 2199, ["2199-03-04"], [])
    with pytest.raises(UndeterminedYear):
        WorkingDays([tmp_path / "policies", ROOT / "policies"]).in_place("there").is_working(day("2199-03-05"))
    said = banshi("check", str(path), "--project", str(tmp_path)).stdout
    assert "仍不能判定" in said


@pytest.mark.parametrize(
    ("place", "off", "working", "said"),
    [
        ("there", ["2026-10-24"], [], "写了没有变化"),  # a Saturday
        ("there", [], ["2026-10-26"], "本来就上班"),  # a Monday
        ("there", ["2026-10-23"], ["2026-10-24"], ""),  # a Friday for the Saturday after it
        ("there", [], ["2026-10-05"], ""),  # a Monday off in the whole nation, on which one works there
        ("elsewhere", ["2026-10-23"], [], "文件在"),
    ],
)
def test_the_rule_on_arrangements_looks_at_what_lies_above(
    tmp_path: Path, place: str, off: list[str], working: list[str], said: str
) -> None:
    path = entered(tmp_path, "there", 2026, off, working)
    write_yaml(path, year(place, 2026, off, working))
    found = banshi("check", str(path), "--project", str(tmp_path)).stdout
    assert said in found
    assert ("没有问题" in found) is (not said)


_DAYS = st.dates(day("2026-03-01"), day("2026-03-31"))
_ARRANGED = st.tuples(st.sets(_DAYS, max_size=8), st.sets(_DAYS, max_size=8))


@given(nation=_ARRANGED, city=_ARRANGED, district=_ARRANGED, asked=_DAYS)
def test_the_innermost_that_names_a_day_decides(
    tmp_path_factory: pytest.TempPathFactory, nation: Any, city: Any, district: Any, asked: datetime.date
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for place, (off, working) in (("cn", nation), ("there", city), ("there/part", district)):
        entered(folder, place, 2026, [str(one) for one in off - working], [str(one) for one in working])
    days = WorkingDays([folder / "policies"])
    works: Callable[[str], bool] = lambda place: days.in_place(place).is_working(asked)  # noqa: E731
    for place, layers in (("cn", [nation]), ("there", [nation, city]), ("there/part", [nation, city, district])):
        expected = asked.weekday() < 5
        for off, working in layers:
            expected = asked in working or (expected and asked not in off)
        assert works(place) is expected


# everywhere that days are counted

CASES = """\
办件编号,类别,部门,窗口,受理日期,承诺期限,办结日期
A-1,其他,住建,W1,2026-10-21,3个工作日,2026-10-27
"""


def test_limits_of_a_table_of_cases_are_counted_by_the_days_of_the_centre(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(CASES, encoding="utf-8")
    log = str(tmp_path / "log.csv")
    # 22 (23 off) 26 27: in time there; 22 23 26 elsewhere.
    for place, overdue in (("linjiang", 0), ("luzhou", 1)):
        found = banshi("cases", log, "--project", str(CENTRE), "--jurisdiction", place, "--format", "json").stdout
        assert json.loads(found)["total"]["overdue_cases"]["count"] == overdue


def test_a_schedule_and_a_notice_are_counted_by_the_days_of_the_centre(tmp_path: Path) -> None:
    item = {"id": "a", "name": "甲事项", "department": "d", "stage": "s", "limits": {"unit": "工作日", "promised": 3}}
    head = {
        "kind": "catalogue",
        "centre": "样例（虚构）",
        "title": "样例目录（虚构）",
    }
    given = {"in_use_from": "2026-01-01", "departments": [{"id": "d", "name": "住建"}], "items": [item]}
    case = {"kind": "parallel-case", "id": "1", "name": "样例", "catalogue": "catalogue.yaml", "items": ["a"]}
    write_yaml(tmp_path / "case.yaml", {**case, "starts_on": "2026-10-21"})
    places = (("luzhou", "investment_project", "2026-10-26"), ("linjiang", "project", "2026-10-27"))
    for place, kind, due in places:
        stages = [{"id": "s", "name": "阶段"}]
        write_yaml(
            tmp_path / "catalogue.yaml", {**head, "case_kind": kind, "jurisdiction": place, "stages": stages, **given}
        )
        for asked in (
            ["schedule", "case.yaml"],
            ["notice", "case.yaml"],
            ["notice", "catalogue.yaml", "--from", "2026-10-21"],
        ):
            done = banshi(asked[0], str(tmp_path / asked[1]), *asked[2:], "--project", str(CENTRE))
            assert due in done.stdout, done


def test_the_site_shows_the_days_of_the_project(tmp_path: Path) -> None:
    shutil.copytree(CENTRE / "policies", tmp_path / "c/policies")
    found = {page.path: page for page in pages(Content(Centre(tmp_path / "c"))) if page.path.startswith("calendar")}
    assert found["calendar/index.md"].context["local"] == {"linjiang": [2026]}
    for path, name in (("calendar/2026.md", ""), ("calendar/linjiang/2026.md", "临江丰收节（虚构）")):
        october = [one for week in found[path].context["months"][9] for one in week if one]
        assert {one.name for one in october if one.day == LOCAL} == {name}
        assert {one.name for one in october if one.day == day("2026-10-01")} == {"国庆节"}
