"""The State Council's working-day arrangements, read straight from the YAML files.

Two independently kept packages, ``chinesecalendar`` and ``holidays``, serve as the reference.
"""

import re
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest
import yaml

FOLDER = Path(__file__).parents[1] / "policies" / "cn" / "working-days"
FILES = sorted(FOLDER.glob("*.yaml"))
YEARS = range(2007, 2027)
NUMBER = re.compile(r"^国(办)?发明电〔\d{4}〕\d+号$")


def span(first, last):
    """Every day from first to last, both included."""
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def load(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def days_off(notice):
    return {day for holiday in notice["days_off"] for day in span(holiday["from"], holiday["to"])}


DOCUMENTS = {path.stem: load(path) for path in FILES}
NOTICES = sorted(
    (notice for document in DOCUMENTS.values() for notice in document["notices"]),
    key=lambda notice: notice["known"] or date.min,
)
ALL_DAYS = span(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31))


def arranged(known_on=date.max):
    """What the notices known on a day say: {day: is it a working day}; a later notice wins."""
    working = {}
    for notice in NOTICES:
        if (notice["known"] or date.min) <= known_on:
            working |= dict.fromkeys(days_off(notice), False)
            working |= dict.fromkeys(notice["working"], True)
            for day in notice.get("normal", []):
                working.pop(day, None)
    return working


def is_working(day, arrangement):
    return arrangement.get(day, day.weekday() < 5)


def test_files_cover_exactly_2007_to_2026():
    assert [path.stem for path in FILES] == [str(year) for year in YEARS]
    assert all(document["year"] == int(stem) for stem, document in DOCUMENTS.items())


def test_agrees_with_chinesecalendar():
    arrangement = arranged()
    assert [d for d in ALL_DAYS if is_working(d, arrangement) != chinese_calendar.is_workday(d)] == []


def test_agrees_with_holidays():
    arrangement, reference = arranged(), holidays.country_holidays("CN")
    assert [d for d in ALL_DAYS if is_working(d, arrangement) != reference.is_working_day(d)] == []


@pytest.mark.parametrize(
    ("day", "known_on", "working"),
    [
        (date(2020, 2, 1), date(2020, 1, 20), True),
        (date(2020, 2, 1), date(2020, 2, 1), False),
        (date(2019, 5, 5), date(2019, 3, 21), False),
        (date(2019, 5, 5), date(2019, 3, 22), True),
        (date(2015, 9, 3), date(2015, 5, 12), True),
        (date(2015, 9, 3), date(2015, 5, 13), False),
        (date(2011, 12, 31), date(2011, 12, 5), False),
        (date(2011, 12, 31), date(2011, 12, 6), True),
    ],
)
def test_depends_on_what_was_known(day, known_on, working):
    assert is_working(day, arranged(known_on)) is working


def test_make_up_days_of_2011():
    arrangement = arranged()
    year = span(date(2011, 1, 1), date(2011, 12, 31))
    made_up = [f"{d:%m-%d}" for d in year if d.weekday() >= 5 and is_working(d, arrangement)]
    assert made_up == ["01-30", "02-12", "04-02", "10-08", "10-09", "12-31"]
    assert date(2011, 12, 31) in DOCUMENTS["2012"]["notices"][0]["working"]


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice["title"])
def test_notice_is_well_formed(notice):
    assert notice["number"] is None or NUMBER.match(notice["number"])
    assert notice["known"] is None or notice["known"] >= notice["issued"]
    assert all(holiday["from"] <= holiday["to"] for holiday in notice["days_off"])
    assert not days_off(notice) & set(notice["working"])


def test_make_up_days_fall_on_weekends_unless_they_overrule():
    off_so_far = set()
    for notice in NOTICES:
        assert all(day.weekday() >= 5 or day in off_so_far for day in notice["working"]), notice["title"]
        off_so_far |= days_off(notice)
