"""A project that is told twice or copied moves as the whole of it does."""

import copy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from test_change_missing import project
from test_impact import told
from test_project_told_twice import WAYS, as_folder, as_lines, part

LIMIT = "upper: {value: 100000, inclusive: true}"


def luzhou_sides(folder: Path) -> tuple[str, str]:
    """The rules of 泸州, and the same with a first tier up to 200,000."""
    text = (ROOT / "policies/luzhou/change-management/2011-11-04.yaml").read_text(encoding="utf-8")
    assert LIMIT in text
    later = text.replace(LIMIT, LIMIT.replace("100000", "200000"))
    later = later.replace("lower: {value: 100000, inclusive: false}", "lower: {value: 200000, inclusive: false}")
    for name, each in (("a.yaml", text), ("b.yaml", later)):
        (folder / name).write_text(each, encoding="utf-8")
    return str(folder / "a.yaml"), str(folder / "b.yaml")


def beyond(nets: list[int]) -> Any:
    """A project whose forms are beyond the bid price from the first on."""
    data = project(nets)
    data["project"]["contract"] |= {"bid_price": "5000000.00", "provisional_sum": "0"}
    return data


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("folder", "folder", "2"),
        ("folder", "lines", "1"),
        ("lines", "folder", "2"),
        ("workbook", "lines", "1"),
        ("ledger", "lines", "2"),
    ],
)
def test_a_project_told_twice_moves_only_as_the_whole_does(one: str, other: str, count: str, tmp_path: Path) -> None:
    """By its own part the last form would be one of 90,000; of all four together it is one of 360,000."""
    sides, data = luzhou_sides(tmp_path), beyond([90_000] * 4)
    as_folder(data, tmp_path / "whole")
    whole = told(*sides, str(tmp_path / "whole"), cwd=ROOT)
    WAYS[one](part(data, 0, 2), tmp_path / "parts/a" if one == "folder" else ready(tmp_path / "parts") / "a")
    WAYS[other](part(data, 1, 3), tmp_path / "parts/b" if other == "folder" else ready(tmp_path / "parts") / "b")
    parts = told(*sides, str(tmp_path / "parts"), "--jobs", count, cwd=ROOT)
    moves = {(c["case"], c["question"]): (c["before"], c["after"]) for c in whole["changes"]}
    assert moves == {("example 变-2", "应走档次"): ("政府批准", "财政批准")}
    assert parts["answers"]["工程变更"] == 4
    assert [c for c in parts["changes"] if c["question"] == "应走档次"] == []
    alone = told(*sides, *map(str, sorted((tmp_path / "parts").glob("b*"))), cwd=ROOT)
    assert [c["case"] for c in alone["changes"] if c["question"] == "应走档次"] == ["example 变-4"]


@pytest.mark.parametrize("count", ["2"])
def test_a_copy_of_a_project_moves_as_the_project_does(count: str, tmp_path: Path) -> None:
    sides, data = luzhou_sides(tmp_path), beyond([90_000] * 4)
    as_folder(data, tmp_path / "one/a")
    as_folder(data, tmp_path / "two/a")
    as_lines(data, tmp_path / "two/b.jsonl")
    single, double = (told(*sides, str(tmp_path / name), "--jobs", count, cwd=ROOT) for name in ("one", "two"))
    moves = Counter((c["case"], c["question"], c["before"], c["after"]) for c in single["changes"])
    twice = Counter((c["case"], c["question"], c["before"], c["after"]) for c in double["changes"])
    assert moves and {key: 2 * n for key, n in moves.items() if key[1] == "应走档次"} == {
        key: n for key, n in twice.items() if key[1] == "应走档次"
    }


def test_a_strange_key_leaves_out_of_account_what_it_may_be_meant_for(tmp_path: Path) -> None:
    sides, data = luzhou_sides(tmp_path), beyond([90_000, 90_000])
    plain = copy.deepcopy(data)
    data["changes"][1]["opinions"] = [{"某某": 1}]
    data["project"]["desinger"] = data["project"].pop("designer")
    as_folder(plain, tmp_path / "plain")
    as_folder(data, tmp_path / "strange")
    one, other = (told(*sides, str(tmp_path / name), cwd=ROOT) for name in ("plain", "strange"))
    assert {(c["case"], c["question"]) for c in other["changes"]} <= {
        (c["case"], c["question"]) for c in one["changes"]
    }
    assert other["answers"]["工程变更"] >= 1


def ready(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder
