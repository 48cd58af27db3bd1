"""The second centre's targets for cases, in YAML alone: every verdict worked out by hand before the code ran."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml

from banshi.checking.checker import Checker
from banshi.files.reading import read

CENTRE = ROOT / "examples/linjiang"
with open(ROOT / "tests/data/linjiang/case_targets.csv", encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))
_CROSS = {True: "yes", False: "no", None: ""}


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, ...], dict[str, object]]:
    done = banshi("cases", "cases/办件登记.yaml", "--format", "json", cwd=CENTRE)
    assert done.returncode == 0, done.stderr
    return dict(keyed(json.loads(done.stdout)["targets"]))


def keyed(targets: list[dict[str, object]]) -> Iterator[tuple[tuple[str, ...], dict[str, object]]]:
    for one in targets:
        group = one["group"]
        assert isinstance(group, dict)
        time = group.get("month") or group.get("quarter") or ""
        yield (str(one["norm"]), group["department"], time, _CROSS[group.get("cross_province")]), one


def row_key(row: dict[str, str]) -> tuple[str, ...]:
    return row["norm"], row["department"], row["time"], row["cross_province"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row_key(row)))
def test_a_verdict_is_what_was_worked_out_by_hand(
    row: dict[str, str], found: dict[tuple[str, ...], dict[str, object]]
) -> None:
    one = found[row_key(row)]
    assert (one["count"], one["of"]) == (int(row["count"]), int(row["of"]))
    assert one["value"] == (row["value"] or None)
    assert one["verdict"] == row["verdict"]


def test_nothing_else_is_judged(found: dict[tuple[str, ...], dict[str, object]]) -> None:
    assert set(found) == {row_key(row) for row in ROWS}


def test_promised_limits_of_each_department_were_worked_out_by_hand() -> None:
    """住建 9 of 10 (at the bound), 社保 2 of 3, 公积金 no item; the comments in the catalogue show the working."""
    done = banshi("check", "catalogue", "--format", "json", cwd=CENTRE)
    found = [f for f in json.loads(done.stdout)["findings"] if f["rule"] == "catalogue/promised-limits-met"]
    assert [(f["severity"], f["message"].split("：")[0]) for f in found] == [("warning", "社保"), ("note", "公积金")]
    assert "2/3 = 66.67%" in found[0]["message"]
    assert all(f["basis"] for f in found)


def split(folder: Path) -> list[Any]:
    """The catalogue with every other item in a second one of another kind."""
    document = read(CENTRE / "catalogue/目录.yaml").document
    assert document is not None
    whole = document.data
    parts = [{**whole, "items": whole["items"][0::2]}, {**whole, "items": whole["items"][1::2]}]
    for name, each in zip("ab", parts, strict=True):
        used = {item["department"] for item in each["items"]}
        each["departments"] = [one for one in whole["departments"] if one["id"] in used]
        for item in each["items"]:
            item.pop("requires", None)
        write_yaml(folder / f"{name}.yaml", each)
    return parts


def test_a_department_whose_items_stand_in_two_catalogues_is_judged_by_all_of_them(tmp_path: Path) -> None:
    split(tmp_path)
    found = Checker(CENTRE).check([tmp_path]).findings
    whole = Checker(CENTRE).check([CENTRE / "catalogue"]).findings
    rule = "catalogue/promised-limits-met"
    said = {f.message.zh for f in whole if f.rule == rule and "不能判定" not in f.message.zh}
    assert said and {f.message.zh for f in found if f.rule == rule and "不能判定" not in f.message.zh} == said
    assert sum(f.rule == "input/told-twice" for f in found) == 2


def test_a_catalogue_of_a_later_day_takes_the_place_of_the_earlier(tmp_path: Path) -> None:
    _, second = split(tmp_path)
    write_yaml(tmp_path / "b.yaml", {**second, "in_use_from": "2026-03-01"})
    assert [f for f in Checker(CENTRE).check([tmp_path]).findings if f.rule == "input/told-twice"] == []
