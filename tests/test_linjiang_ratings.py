"""差评 of the second centre: unless answered within five working days from the day after, two marks; worked out by hand.

W1: 12 January (Monday), answered on the 19th (13 14 15 16 19) in time, on the 20th late; 30 January, never answered: two.
W2: 12 February (Thursday): 13, 14 (a Saturday at work), 24, 25, 26 February: the 26th in time, the 27th late: one.
W3: 27 February: 28 (a Saturday at work), 2 to 5 March: still open on 2 March. W4: nobody says when it was given.
"""

import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from ruamel.yaml import YAML

from banshi.cli import main

CENTRE = ROOT / "examples/linjiang"
HEAD = "kind: cases\nfictional: true\njurisdiction: linjiang\ncentre: 临江\nlevel: city\nlog: poor_ratings.csv\n"


def facts(tmp_path: Path, as_of: str, period: str = "2026-01") -> dict[str, dict[str, object]]:
    shutil.copy(ROOT / "tests/data/linjiang/poor_ratings.csv", tmp_path)
    (tmp_path / "log.yaml").write_text(f"{HEAD}as_of: {as_of}\n", encoding="utf-8")
    made = tmp_path / "made.yaml"
    where = ("--project", str(CENTRE), "--assessment", str(made), "--period", period)
    assert main(["cases", str(tmp_path / "log.yaml"), *where, "--force"]) == 0
    data = YAML(typ="safe", pure=True).load(made.read_text(encoding="utf-8"))
    assert data["period"] == period and not any("deductions" in window for window in data["windows"])
    return {window["id"]: window["facts"] for window in data["windows"]}


def unanswered(found: dict[str, dict[str, object]]) -> dict[str, object]:
    return {window: each.get("poor_ratings_unanswered") for window, each in found.items()}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-03-02", {"W1": 2, "W2": 1, "W3": None, "W4": None}),
        ("2026-03-05", {"W1": 2, "W2": 1, "W3": None, "W4": None}),  # the last day itself
        ("2026-03-06", {"W1": 2, "W2": 1, "W3": 1, "W4": None}),
    ],
)
def test_poor_ratings_of_january(tmp_path: Path, as_of: str, expected: dict[str, object]) -> None:
    assert unanswered(facts(tmp_path, as_of)) == expected


def test_the_month_is_that_of_finishing(tmp_path: Path) -> None:
    assert unanswered(facts(tmp_path, "2026-03-02", "2026-02")) == {"W1": 1}


def test_online_and_overdue_cases_are_told_too(tmp_path: Path) -> None:
    found = facts(tmp_path, "2026-03-02")
    assert found["W1"]["online_rate"] == {"count": 3, "of": 5} and found["W1"]["overdue_cases"] == 1


@pytest.mark.parametrize(("length", "first_day", "late"), [(4, "next_day", 3), (5, "same_day", 3), (6, "next_day", 1)])
def test_what_the_norm_says_decides(tmp_path: Path, length: int, first_day: str, late: int) -> None:
    """One day less, or the first day counted: the 19th is late too. One more: the 20th is in time."""
    project = tmp_path / "centre"
    shutil.copytree(CENTRE / "policies", project / "policies")
    path = project / "policies/linjiang/window-assessment/2026-01-01.yaml"
    text = path.read_text(encoding="utf-8")
    old = "length: {value: 5, unit: 工作日}"
    assert old in text
    path.write_text(
        text.replace(old, f"length: {{value: {length}, unit: 工作日}}\n        first_day: {first_day}"), "utf-8"
    )
    shutil.copy(ROOT / "tests/data/linjiang/poor_ratings.csv", tmp_path)
    (tmp_path / "log.yaml").write_text(f"{HEAD}as_of: 2026-03-02\n", encoding="utf-8")
    made = tmp_path / "made.yaml"
    main(
        [
            "cases",
            str(tmp_path / "log.yaml"),
            "--project",
            str(project),
            "--assessment",
            str(made),
            "--period",
            "2026-01",
        ]
    )
    windows = YAML(typ="safe", pure=True).load(made.read_text(encoding="utf-8"))["windows"]
    assert windows[0]["facts"]["poor_ratings_unanswered"] == late


def test_a_period_that_is_none_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cases", str(tmp_path / "log.yaml"), "--assessment", "x.yaml", "--period", "2026-13"]) == 2
    assert "2026-13”不是考核期的写法" in capsys.readouterr().err
