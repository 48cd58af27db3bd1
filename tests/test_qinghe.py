"""The third centre's hours, appraisal and goals, in YAML alone: results worked out by hand from the rules before the code ran."""

import csv
import json
from decimal import Decimal

import pytest
from conftest import ROOT, banshi

from banshi.checking.loading import Loader
from banshi.files.report import Report
from banshi.subjects.attendance.account import Account, account
from banshi.subjects.attendance.periods import month

CENTRE = ROOT / "examples/qinghe"
DATA = ROOT / "tests/data/qinghe"


def worked_out(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def march() -> Account:
    loader, report = Loader(CENTRE), Report()
    [unit] = loader.units([DATA / "attendance/register.yaml"])
    [loaded] = loader.load(unit, report)
    assert report.findings == []
    return account(loaded.value, month(2026, 3))  # type: ignore[union-attr]


def test_every_day_is_as_worked_out(march: Account) -> None:
    found = sorted((i.staff, str(i.day), i.type, -(-i.off // 60)) for p in march.people for i in p.irregular)
    assert found == sorted((r["staff"], r["day"], r["type"], int(r["minutes"])) for r in worked_out("attendance_days"))


def test_a_night_that_ends_after_the_register_is_not_judged(march: Account) -> None:
    assert {p.staff: [str(day) for day in p.open] for p in march.people if p.open} == {"N2": ["2026-03-06"]}


def test_every_month_is_as_worked_out(march: Account) -> None:
    found = {
        p.staff: [(m.times, m.absence, m.leave.get("time_off", Decimal(0))) for m in p.converted] for p in march.people
    }
    expected = {
        row["staff"]: [(Decimal(row["times"]), Decimal(row["absence"]), Decimal(row["time_off"]))]
        for row in worked_out("attendance_months")
    }
    assert found == expected


def test_every_window_is_as_worked_out() -> None:
    done = banshi("assess", "assessment", "--format", "json", cwd=CENTRE)
    assert done.returncode == 0, done.stderr
    whole = json.loads(done.stdout)
    [half], [asked] = whole["periods"], whole["assessments"]
    rows = {row["id"]: row for row in half["windows"]}
    for expected in worked_out("assessment"):
        row = rows[expected["window"]]
        assert Decimal(row["score"]["value"]) == Decimal(expected["score"]), expected
        assert (row["place"], row["grade"]["name"]) == (int(expected["place"]), expected["grade"]), expected
        [window] = [each for each in asked["windows"] if each["id"] == expected["window"]]
        for line in window["lines"]:
            mark = Decimal(line["mark"]["value"])
            assert abs(mark - Decimal(expected[line["sub_item"]])) < Decimal("0.000001"), (expected, line["sub_item"])


def test_every_target_is_as_worked_out() -> None:
    done = banshi("cases", "cases", "--format", "json", cwd=CENTRE)
    found = {each["norm"]: each for each in json.loads(done.stdout)["targets"]}
    for expected in worked_out("case_targets"):
        each = found[expected["norm"]]
        assert (each["count"], each["of"]) == (int(expected["count"]), int(expected["of"])), expected
        assert (str(each["value"]), each["verdict"]) == (expected["value"], expected["verdict"]), expected


def test_everything_of_the_centre_passes() -> None:
    for words in (("check",), ("test",)):
        done = banshi(*words, cwd=CENTRE)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
