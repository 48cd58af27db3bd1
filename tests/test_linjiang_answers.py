"""What the commands answer by the second centre's rules, worked out by hand: names as well as ids, any day, as known then."""

import csv
import shlex

import pytest
from conftest import ROOT

from banshi.cli import main

CENTRE = ROOT / "examples/linjiang"
with open(ROOT / "tests/data/linjiang/answers.csv", encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['fact']} {row['command']}")
def test_an_answer_is_what_was_worked_out_by_hand(
    row: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(CENTRE)
    main(shlex.split(row["command"]))
    printed = capsys.readouterr()
    assert row["says"] in printed.out + printed.err
