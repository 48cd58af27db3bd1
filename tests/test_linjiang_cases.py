"""The second centre's targets for cases, in YAML alone: every verdict worked out by hand before the code ran."""

import csv
import json
from collections.abc import Iterator

import pytest
from conftest import ROOT, banshi

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
