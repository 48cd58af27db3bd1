"""What was in force, per topic and day: versions, jurisdictions, what was known, and the hand-over of 2009-12-01."""

import datetime
from pathlib import Path

import pytest
from conftest import ROOT

from banshi.law.library import Library

LIBRARY = Library([ROOT / "policies"])
BEFORE, AFTER = datetime.date(2009, 11, 30), datetime.date(2009, 12, 1)
D2, D3, D4 = "luzhou/leave-and-attendance", "luzhou/attendance", "luzhou/window-assessment"
NATIONAL = "cn/administrative-licensing"  # holds everywhere


def in_force(day: datetime.date) -> set[str]:
    """Inventory rows of every norm in force in Luzhou on a day."""
    return {placed.norm.inventory for placed in LIBRARY.at(day, "luzhou").norms if placed.norm.inventory}


@pytest.mark.parametrize(
    ("day", "instruments"),
    [
        ("2007-06-30", []),
        ("2007-07-01", [D2]),
        ("2009-11-30", [D2]),
        ("2009-12-01", [D3, D2]),
        ("2011-03-31", [D3, D2, "luzhou/parallel-approval"]),
        ("2011-04-01", [D3, D2, "luzhou/parallel-approval", D4]),
        ("2011-11-04", [D3, "luzhou/change-management", D2, "luzhou/parallel-approval", D4]),
    ],
)
def test_versions_in_force(day: str, instruments: list[str]) -> None:
    found = LIBRARY.at(datetime.date.fromisoformat(day), "luzhou").versions
    assert [version.instrument for version in found] == [NATIONAL, *instruments]


# Topic; rows that speak on 2009-11-30; rows that speak from 2009-12-01; rows of 2007 that then no longer do.
HAND_OVER = [
    ("who", ["D2-26"], ["D2-26", "D3-01"], []),
    ("proof", ["D2-03", "D2-04", "D2-05"], ["D2-04", "D2-05", "D3-06", "D3-07"], ["D2-03"]),
    ("sudden illness", ["D2-10", "D2-12"], ["D2-10", "D2-12", "D3-18"], []),
    ("sick leave", ["D2-11"], ["D3-15", "D3-16", "D3-17", "D3-18"], ["D2-11"]),
    ("official leave: the quota stays", ["D2-13", "D2-14"], ["D2-13", "D2-14"], []),
    ("official leave: who approves", ["D2-15"], ["D3-15", "D3-16", "D3-17"], ["D2-15"]),
    ("personal leave: who approves", ["D2-16"], ["D3-15", "D3-16", "D3-17"], ["D2-16"]),
    ("personal leave: deduction", ["D2-17"], ["D2-17"], []),
    ("annual leave: proof of its days", ["D2-18"], ["D2-18", "D3-17"], []),
    ("window never empty", ["D2-06", "D2-24", "D2-25"], ["D2-06", "D2-24", "D2-25", "D3-19"], []),
    ("substitute's qualities", ["D2-07"], ["D2-07"], []),
    ("no procedure", ["D2-19"], ["D3-20"], ["D2-19"]),
    ("written statement on a complaint", ["D2-20"], ["D2-20"], []),
    ("publication", ["D2-21"], ["D2-21", "D3-21", "D3-22"], []),
    ("punch windows", [], ["D3-08", "D3-09"], []),
    ("factors", [], ["D3-23", "D3-24", "D3-25", "D3-26", "D3-27", "D3-28"], []),
]


@pytest.mark.parametrize(("topic", "before", "after", "gone"), HAND_OVER, ids=[row[0] for row in HAND_OVER])
def test_the_hand_over_of_2009(topic: str, before: list[str], after: list[str], gone: list[str]) -> None:
    then, now = in_force(BEFORE), in_force(AFTER)
    assert set(before) <= then
    assert set(after) <= now
    assert not set(gone) & now
    assert not {row for row in after if row.startswith("D3")} & then


def test_papers_of_unknown_origin_are_never_in_force() -> None:
    for day in (datetime.date(2015, 1, 1), datetime.date.max):
        assert [v.instrument for v in LIBRARY.at(day, "unattributed").versions] == [NATIONAL]


def test_a_county_takes_its_city_s_law() -> None:
    law = LIBRARY.at(datetime.date(2012, 1, 1), "luzhou/luxian").law("change")
    assert law is not None
    assert law.versions[0].instrument == "luzhou/change-management"
    assert LIBRARY.at(datetime.date(2012, 1, 1), "elsewhere").law("change") is None


def test_what_was_not_yet_known_is_left_out() -> None:
    day = datetime.date(2011, 4, 10)
    known_later = LIBRARY.at(day, "luzhou", known_on=datetime.date(2011, 4, 11)).law("assessment")
    assert known_later is None, "issued on 2011-04-26, in force from 2011-04-01"
    assert LIBRARY.at(day, "luzhou").law("assessment") is not None


def test_an_overlay_takes_precedence_by_id(tmp_path: Path) -> None:
    place = tmp_path / "luzhou/example/change-management"
    place.mkdir(parents=True)
    text = (ROOT / "validators/policy/_example.policy.yaml").read_text(encoding="utf-8")
    text = text.replace("instrument: example/", "instrument: luzhou/example/").replace(
        ": example\n", ": luzhou/example\n"
    )
    (place / "2012-01-01.yaml").write_text(text.replace("value: 100000", "value: 80000"), encoding="utf-8")
    law = Library([tmp_path, ROOT / "policies"]).at(datetime.date(2012, 6, 1), "luzhou/example").law("change")
    assert law is not None
    assert law.placed["finance-tier"].statement.startswith("8万元以内")
    assert law.placed["full-tier"].version.instrument == "luzhou/change-management"


def test_a_looser_overlay_does_not_displace_the_city_s_limit(tmp_path: Path) -> None:
    place = tmp_path / "luzhou/example/change-management"
    place.mkdir(parents=True)
    text = (ROOT / "validators/policy/_example.policy.yaml").read_text(encoding="utf-8")
    text = text.replace("instrument: example/", "instrument: luzhou/example/").replace(
        ": example\n", ": luzhou/example\n"
    )
    (place / "2012-01-01.yaml").write_text(text.replace("value: 100000", "value: 150000"), encoding="utf-8")
    law = Library([tmp_path, ROOT / "policies"]).at(datetime.date(2012, 6, 1), "luzhou/example").law("change")
    assert law is not None
    assert law.placed["finance-tier"].version.instrument == "luzhou/change-management"
    assert law.placed["government-tier"].version.instrument == "luzhou/change-management"


def a_supplement(place: Path, name: str = "supplement") -> None:
    """A later instrument of the same city that puts a tier of its own in the place of one of the example's."""
    own = place / f"example/{name}"
    own.mkdir(parents=True)
    text = (ROOT / "validators/policy/_example.policy.yaml").read_text(encoding="utf-8")
    (place / "example/change-rules").mkdir()
    base = text.replace("instrument: example/change-management", "instrument: example/change-rules")
    (place / "example/change-rules/2012-01-01.yaml").write_text(base, encoding="utf-8")
    (own / "2013-01-01.yaml").write_text(
        f"""kind: policy
instrument: example/{name}
version: 2013-01-01
title: 补充通知（虚构）
jurisdiction: example
jurisdiction_name: 样例市（虚构）
subject: 补充
governs: [change]
dates: {{in_force: 2013-01-01}}
relations:
  - {{kind: amends, instrument: example/change-rules, since: 2013-03-01, replaces: {{finance-tier: [finance-tier-raised]}}}}
status: historical
validity: unverified
normative: true
source: {{note: 虚构}}
provisions:
  - id: "1"
    label: 一
    heading: 额度
    source: {{lines: [1, 1]}}
    norms:
      - id: finance-tier-raised
        kind: approval_tier
        statement: "{{amount}}的，由财政部门批准。"
        tier: finance
        measure: larger_of_single_and_cumulative
        amount: {{lower: {{value: 0, inclusive: false}}, upper: {{value: 100000, inclusive: true}}, unit: 元}}
""",
        encoding="utf-8",
    )


def test_a_supplement_replaces_a_norm_for_every_subject(tmp_path: Path) -> None:
    a_supplement(tmp_path)
    library = Library([tmp_path, ROOT / "policies"])
    before, after = (library.at(datetime.date(2013, month, 1), "example").law("change") for month in (2, 3))
    assert before is not None and after is not None
    assert {"finance-tier"} <= before.placed.keys()
    assert "finance-tier" not in after.placed
    assert after.placed["finance-tier-raised"].version.instrument == "example/supplement"
    assert "finance-tier" not in {p.norm.id for p in library.at(datetime.date(2013, 3, 1), "example").norms}


def test_what_an_instrument_is_about_stands_in_it_and_not_in_its_folder(tmp_path: Path) -> None:
    a_supplement(tmp_path, name="any-name-at-all")
    law = Library([tmp_path]).at(datetime.date(2013, 3, 1), "example").law("change")
    assert law is not None
    assert {v.instrument for v in law.versions} == {"example/change-rules", "example/any-name-at-all"}


def test_without_governs_the_kinds_of_the_norms_say_it(tmp_path: Path) -> None:
    a_supplement(tmp_path)
    for path in tmp_path.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            "".join(line for line in text.splitlines(True) if not line.startswith("governs:")), encoding="utf-8"
        )
    library = Library([tmp_path])
    assert library.begins("example", "change") == datetime.date(2012, 1, 1)
    assert library.at(datetime.date(2013, 3, 1), "example").law("attendance") is None


def test_days_on_which_the_law_is_the_same_share_it() -> None:
    one, other = (LIBRARY.at(datetime.date(2012, 1, day), "luzhou").law("attendance") for day in (1, 2))
    assert one is other
