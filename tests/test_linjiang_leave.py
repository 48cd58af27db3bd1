"""Leave in the second centre, at every bound: what is wrong was worked out by hand, and nothing else is."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from ruamel.yaml import YAML

from banshi.checking.checker import Checker

CENTRE = ROOT / "examples/linjiang"
with open(ROOT / "tests/data/linjiang/leave.csv", encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))
CHECKER = Checker(CENTRE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['kind']} {row['working']}")
def test_what_is_wrong_is_what_was_worked_out_by_hand(row: dict[str, str], tmp_path: Path) -> None:
    leave: dict[str, Any] = YAML(typ="safe", pure=True).load(row["leave"])
    register = {
        "kind": "attendance",
        "jurisdiction": "linjiang",
        "centre": "临江市政务服务中心（虚构）",
        "from": f"{leave['from']:%Y-%m}-01",
        "to": f"{leave['from']:%Y-%m}-31",
        "windows": [{"id": "W1", "name": "窗口", "on_duty": 1}],
        "staff": [{"id": "S1", "group": "专业窗口人员"}],
        "leave": [{"staff": "S1", "kind": row["kind"], **leave}],
    }
    path = tmp_path / "register.yaml"
    path.write_text(json.dumps(register, ensure_ascii=False, default=str), encoding="utf-8")
    found = [f for f in CHECKER.check([path]).findings if f.severity != "note"]
    assert {f.rule for f in found} == set(row["rules"].split()), [f.message.zh for f in found]
    assert all(row["says"] in f.message.zh for f in found), [f.message.zh for f in found]
    assert all(f.basis for f in found)
