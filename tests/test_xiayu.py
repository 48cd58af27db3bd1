"""An eighth city, written from the tutorial, the schemas and the messages alone: increases by amount beside nets by share, the
looser of both, classes and criteria, publicity before and after, limits in hours and months, suspended and extended; pilots'
shifts over night, seasons, flexible hours; half-years with weights; a county that is stricter, and one rule of its own that is not.

What its scenarios expect was worked out by hand before anything was computed, and so was the plan. Of each of some 150 places,
spoilt in its texts, filings, registers and logs, something is told where they are checked.
"""

import json
import shutil
from pathlib import Path

import pytest
from conftest import Pages, banshi
from lengths import longer, some

from banshi.checking.checker import Checker

CITY = Path(__file__).parent / "data/xiayu"
SPOILT = [json.loads(line) for line in (CITY / "spoilt.jsonl").read_text("utf-8").splitlines()]
COUNTY = "policies/xiayu/dayu/rota-terms/2026-03-01.yaml"
ROTA = "policies/xiayu/rota/2026-01-01.yaml"
ONE_HERE = "      - {id: one-here"


def told(city: Path, *folders: str) -> set[tuple[str, str]]:
    report = Checker(city).check([city / folder for folder in folders])
    assert not report.failed
    return {(each.rule, each.message.zh) for each in report.findings}


def edited(tmp_path: Path, *edits: tuple[str, str, str]) -> Path:
    shutil.copytree(CITY, tmp_path, dirs_exist_ok=True)
    for name, old, new in edits:
        text = (tmp_path / name).read_text("utf-8")
        assert old in text, (name, old)
        (tmp_path / name).write_text(text.replace(old, new, 1), "utf-8")
    return tmp_path


def test_its_texts_and_files_are_sound() -> None:
    looser = "errand-month 的“最多”比上级规定的宽，上级没有写明（local_limit）下级可以放宽，照这里的算"
    assert told(CITY, "policies", "filings", "register", "marks", "parallel") == {("policy/county-loosens", looser)}


def test_every_scenario_is_as_worked_out_by_hand() -> None:
    done = banshi("test", cwd=CITY)
    assert (done.returncode, "试了 83 个情景" in done.stdout, "都相符" in done.stdout) == (0, True, True), done.stdout


def test_a_plan_is_as_worked_out_by_hand() -> None:
    """Working days over a local holiday, a made-up Saturday and the first of May, beside calendar days."""
    plan = banshi("schedule", "parallel/case.yaml", "--format", "json", cwd=CITY)
    items = {item["item"]: item["due"] for item in json.loads(plan.stdout)["schedules"][0]["items"]}
    assert items == {"shoreline": "2026-04-27", "sea-use": "2026-04-27", "nav-check": "2026-05-07"}


@longer
@pytest.mark.parametrize(("name", "old", "new"), some(SPOILT, 14), ids=lambda value: str(value)[-50:])
def test_what_is_spoilt_is_told(tmp_path: Path, name: str, old: str, new: str) -> None:
    folder = name.split("/", maxsplit=1)[0]
    assert told(edited(tmp_path, (name, old, new)), folder) - told(CITY, folder), (name, old, new)


LIMIT = (
    "      - {{id: counties, kind: local_limit, statement: 县可另定，{may_be}。, overlays: [errand-month, dusk-in], "
    "may_be: {may_be}}}\n"
)


@pytest.mark.parametrize(
    ("may_be", "county", "rule", "said"),
    [
        ("", ("at_most: 5, unit: 工作日", "at_most: 2, unit: 工作日"), "", ""),
        ("", ("kind: quota, statement: \"事假", "kind: quota, soft: true, statement: \"原则上事假"), "county-loosens", "是否软性"),
        ("", ("per: person_month", "per: person_quarter"), "county-loosens", "比不出宽严"),
        ("stricter", ("at_most: 5", "at_most: 5"), "county-limits", "最多比上级规定的宽，不起作用"),
        ("stricter", ("at_most: 5", "at_most: 1"), "county-limits", "out-quarter 不是上级列为可以另定的"),
        ("stricter", ("per: person_month", "per: person_quarter"), "county-limits", "比不出宽严，不起作用"),
        ("otherwise", ("at_most: 5", "at_most: 9"), "county-limits", "out-quarter 不是上级列为可以另定的"),
    ],
)  # fmt: skip
def test_what_a_county_makes_of_a_rule_on_leave_is_told(
    tmp_path: Path, may_be: str, county: tuple[str, str], rule: str, said: str
) -> None:
    """Looser: a warning where the city says nothing, no effect where it lets it be stricter alone, right where it lets it be otherwise."""
    let = [(ROTA, ONE_HERE, LIMIT.format(may_be=may_be) + ONE_HERE)] if may_be else []
    found = {each for each in told(edited(tmp_path, *let, (COUNTY, *county)), "policies") if "county" in each[0]}
    assert bool(found) == bool(rule)
    assert all(each == f"policy/{rule}" for each, _ in found) and any(said in message for _, message in found) == bool(
        said
    )
    ours = [message for _, message in found if "errand-month" in message]
    assert bool(ours) == (said.startswith(("最多", "比", "是否")))


def test_a_county_may_be_looser_where_its_city_lets_it(tmp_path: Path) -> None:
    """Four days in a month: the city's quota is three, the county's five."""
    four = [
        ("register/2026-03.yaml", "kind: 病假, from: 2026-03-04, to: 2026-03-05", "kind: 事假, from: 2026-03-04, to: 2026-03-09"),
        ("register/2026-03.yaml", "jurisdiction: xiayu", "jurisdiction: xiayu/dayu"),
    ]  # fmt: skip
    for may_be, over in (("otherwise", False), ("stricter", True)):
        limit = LIMIT.format(may_be=may_be).replace("dusk-in", "out-quarter")
        found = told(edited(tmp_path / may_be, (ROTA, ONE_HERE, limit + ONE_HERE), *four), "register")
        quota = ("attendance/official-quota", "K2 2026年3月事假共4工作日，每月只有3工作日")
        assert (quota in found) == over, found


def test_a_publicity_that_the_city_makes_longer_is_said_to_be_too_short(tmp_path: Path) -> None:
    """And that a county has to follow is a warning to both: it does not keep the city from amending its text."""
    amended = "policies/xiayu/harbour-works-amended/2026-07-01.yaml"
    city = edited(tmp_path, (amended, "length.value: 5", "length.value: 12"))
    report = Checker(city).check([city / "policies"])
    found = [each for each in report.findings if "branch-shown" in each.message.zh]
    assert [each.severity for each in found] == ["warning", "warning"]
    assert all("branch-shown 是9天，可能短于上级规定的12天" in each.message.zh for each in found)
    assert all(each.fix.zh == "改为不短于12天。" for each in found)


def test_the_pages_of_its_texts_are_made() -> None:
    """A norm of one provision among others that state a step in figures is told apart like any other."""
    made = Pages(CITY)
    own = [path for path in made.paths if path.startswith("instruments/xiayu")]
    assert own and all(made(path) for path in own)
