"""A third centre, as unlike the others as can be: increases only, shares of the bid price, the looser of two, hours and months."""

import csv
import datetime
from decimal import Decimal

import pytest
from conftest import ROOT, banshi

from banshi.law.library import Law, Library
from banshi.law.working_days import WorkingDays
from banshi.subjects.change.deadlines import due
from banshi.subjects.change.publicity import publicity_end
from banshi.subjects.change.tier_measures import TierQuestion
from banshi.subjects.change.tiers import decide_tier

CENTRE = ROOT / "examples/qinghe"
POLICIES = [CENTRE / "policies", ROOT / "policies"]
LIBRARY, DAYS = Library(POLICIES), WorkingDays(POLICIES)
with open(ROOT / "tests/data/qinghe/change_tiers.csv", encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))
day = datetime.date.fromisoformat


def law(place: str = "qinghe") -> Law:
    found = LIBRARY.at(day("2026-03-02"), place).law("change")
    assert found is not None
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['place']}: {row['working']}")
def test_a_tier_is_what_was_worked_out_by_hand(row: dict[str, str]) -> None:
    up, down, total = (Decimal(row[key]) for key in ("increase", "decrease", "total_increase"))
    asked = TierQuestion(
        single=up - down,
        cumulative=total - down,
        cumulative_governed=total - down,
        single_gross=up,
        cumulative_gross=total,
        bid_price=Decimal(row["bid"]),
    )
    assert decide_tier(law(row["place"]), asked).value == row["tier"]


@pytest.mark.parametrize(
    ("step", "start", "end"),
    [
        ("company_approval", "2026-03-02", "2026-03-04"),  # 48 hours, from the end of the day
        ("review", "2026-01-31", "2026-02-28"),  # a month; a Saturday on which offices work
        ("review", "2026-04-02", "2026-05-06"),  # 2 May is a holiday, to 5 May
        ("state_approval", "2026-03-02", "2026-03-12"),
    ],
)
def test_hours_months_and_days(step: str, start: str, end: str) -> None:
    assert due(law(), DAYS, step, day(start)).value == day(end)


def test_the_district_is_faster_and_does_not_move() -> None:
    assert due(law("qinghe/shuiwan"), DAYS, "state_approval", day("2026-03-02")).value == day("2026-03-07")


def test_publicity_follows_approval_and_moves() -> None:
    assert publicity_end(law(), DAYS, day("2026-03-02"), "state").value == day("2026-03-12")
    assert publicity_end(law(), DAYS, day("2026-04-21"), "state").value == day("2026-05-06")


def test_the_project_is_sound() -> None:
    done = banshi("check", "--project", str(CENTRE), str(CENTRE))
    assert done.returncode == 0, done.stdout
