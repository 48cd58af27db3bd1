"""Rules on revisions: corrections that can be undone, versions that follow each other, amendments of one day."""

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml

from banshi.law.version_files import VersionFiles

DATA = ROOT / "tests/data/through_time/policies/yangcheng"
RULES, FIRST, SECOND = (
    f"{name}.yaml" for name in ("change-rules/2020-01-01", "notice-1/2020-07-01", "notice-2/2020-07-01")
)


def read(path: Path) -> Any:
    return copy.deepcopy(VersionFiles([]).data(path))


def findings(folder: Path, rule: str) -> list[dict[str, Any]]:
    done = banshi("check", "policies", "--format", "json", cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    return [each for each in json.loads(done.stdout)["findings"] if each["rule"] == f"policy/{rule}"]


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "policies/yangcheng")
    (tmp_path / "banshi.toml").write_text('jurisdiction = "yangcheng"\n', encoding="utf-8")
    return tmp_path


CORRECTION = {
    "id": "wrong-limit",
    "norm": "limit",
    "since": "2020-01-01",
    "told_from": "2020-02-01",
    "told_until": "2020-03-01",
    "said": {"length.value": 99},
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"norm": "limmit"}, "limmit"),
        ({"said": {"length.valeu.x": 9}}, "length.valeu.x"),
        ({"said": {"lenght": {"value": 9, "unit": "工作日"}}}, "还原的写法不能用"),
        ({"said": None, "lacked": ["no"]}, "no"),
        ({"told_from": "2020-04-01"}, "答复起日"),
        ({"told_from": "2019-01-01", "told_until": "2019-06-01"}, "为人所知"),
        ({"since": "2019-12-31"}, "施行"),
    ],
)
def test_a_correction_must_be_possible_and_its_dates_in_order(changed: dict[str, Any], said: str, centre: Path) -> None:
    path = centre / "policies/yangcheng" / RULES
    correction = {key: value for key, value in {**CORRECTION, **changed}.items() if value is not None}
    write_yaml(path, {**read(path), "corrections": [correction]})
    found = findings(centre, "corrections-sound")
    assert [said in each["message"] for each in found] == ([True] if said else [])


def test_a_correction_that_says_what_the_file_says_is_found_and_so_is_one_twice(centre: Path) -> None:
    path = centre / "policies/yangcheng" / RULES
    data = read(path)
    norm = next(n for p in data["provisions"] for n in p.get("norms", ()) if n["id"] == "limit")
    same = {**CORRECTION, "said": {"length.value": norm["length"]["value"]}}
    write_yaml(path, {**data, "corrections": [CORRECTION, same]})
    assert {each["message"][:4] for each in findings(centre, "corrections-sound")} == {"前面已有", "更正前后"}


@pytest.mark.parametrize(
    ("ended", "said"),
    [(None, ""), ("2023-12-31", ""), ("2023-12-30", "2023-12-31 没有规定"), ("2024-01-05", "2024-01-01 至 2024-01-05")],
)
def test_versions_follow_each_other(ended: str | None, said: str, centre: Path) -> None:
    path = centre / "policies/yangcheng" / RULES
    data = read(path)
    data["dates"] = {**data["dates"], **({"ended": ended} if ended else {})}
    write_yaml(path, data)
    found = findings(centre, "versions-follow")
    assert [said in each["message"] for each in found] == ([True] if said else []), found


def test_two_versions_of_one_day_are_an_error(centre: Path) -> None:
    folder = (centre / "policies/yangcheng" / RULES).parent
    shutil.copy(folder / "2020-01-01.yaml", folder / "2020.yaml")
    data = read(folder / "2020.yaml")
    data["version"], data["dates"]["precision"] = "2020", "year"
    write_yaml(folder / "2020.yaml", data)
    found = findings(centre, "versions-follow")
    assert [each["severity"] for each in found if "也从" in each["message"]] == ["error", "error"]


def changes(path: Path, *made: dict[str, Any]) -> None:
    data = read(path)
    data["amends"][0]["changes"] = [{"at": "1", **each} for each in made]
    write_yaml(path, data)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ({"do": "set", "norm": "limit", "values": {"length.value": 8}}, {"length.value": 9}, 2),
        ({"do": "set", "norm": "limit", "values": {"length.value": 9}}, {"length.value": 9}, 0),
        ({"do": "set", "norm": "limit", "values": {"length": {"value": 8, "unit": "工作日"}}}, {"length.value": 9}, 2),
        ({"do": "set", "norm": "limit", "values": {"statement": "{length}内办结。"}}, {"length.value": 9}, 0),
    ],
)
def test_amendments_of_one_day(one: dict[str, Any], other: dict[str, Any], found: int, centre: Path) -> None:
    folder = centre / "policies/yangcheng"
    changes(folder / FIRST, one)
    changes(folder / SECOND, {"do": "set", "norm": "limit", "values": other})
    told = findings(centre, "amended-once-a-day")
    assert len(told) == found, told
    assert {Path(each["path"]).parent.name for each in told} == ({"notice-1", "notice-2"} if found else set())


def test_amendments_of_two_days_are_no_matter(centre: Path) -> None:
    path = centre / "policies/yangcheng" / SECOND
    data = read(path)
    data["amends"][0]["since"] = "2020-07-02"
    write_yaml(path, data)
    assert not findings(centre, "amended-once-a-day")
