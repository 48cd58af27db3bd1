"""Filings of the second centre with something changed: what is wrong was worked out by hand, and nothing else is."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from ruamel.yaml import YAML

from banshi.checking.checker import Checker

CENTRE = ROOT / "examples/linjiang"
with open(ROOT / "tests/data/linjiang/filings.csv", encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))
SAFE = YAML(typ="safe", pure=True)


def edited(edits: dict[str, Any]) -> dict[str, Any]:
    """The example with other values: ``2.opinions.0.decided_on`` is of the second change; null takes away."""
    ledger: dict[str, Any] = SAFE.load((CENTRE / "change/riverside.yaml").read_text(encoding="utf-8"))
    for route, value in edits.items():
        number, *steps, last = route.split(".")
        place: Any = ledger["changes"][int(number) - 1]
        for step in steps:
            place = place[int(step) if step.isdigit() else step]
        put(place, int(last) if last.isdigit() else last, value)
    return ledger


def put(place: Any, at: int | str, value: Any) -> None:
    if value is None:
        del place[at]
    elif at == len(place) and isinstance(place, list):
        place.append(value)
    else:
        place[at] = value


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['fact']} {row['working']}")
def test_what_is_wrong_is_what_was_worked_out_by_hand(row: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "ledger.yaml"
    path.write_text(json.dumps(edited(SAFE.load(row["edits"])), ensure_ascii=False, default=str), encoding="utf-8")
    found = [f for f in Checker(CENTRE).check([path]).findings if f.severity != "note"]
    assert {f.rule for f in found} == set(row["rule"].split()), [f.message.zh for f in found]
    assert not found or any(row["says"] in f.message.zh for f in found), [f.message.zh for f in found]
    assert all(f.basis for f in found)
