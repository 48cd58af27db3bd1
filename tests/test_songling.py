"""A ninth city, written from the starters, the reference and the messages alone: shares of the contract price beside sums of
increases and decreases, forest classes and criteria, limits in hours and months, paused for snow; four punches a day that move
with the season, patrols over night, flexible hours; bands, steps and shares of marks with a self-mark, grades by share; a local
holiday with a made-up Saturday, an amendment, a county.

What its scenarios expect was worked out by hand before anything was computed. What is spoilt is told where it is checked.
"""

import json
import shutil
from functools import cache
from pathlib import Path

import pytest
from conftest import banshi
from lengths import longer, some

from banshi.checking.checker import Checker

CITY = Path(__file__).parent / "data/songling"
SPOILT = [json.loads(line) for line in (CITY / "spoilt.jsonl").read_text("utf-8").splitlines()]
PARTS = ("policies", "filings", "register", "marks", "log")


def told(city: Path, parts: tuple[str, ...]) -> frozenset[str]:
    report = Checker(city).check([city / part for part in parts])
    assert not report.failed
    return frozenset(f"{each.rule} {each.message.zh}" for each in report.findings if each.severity != "note")


@cache
def told_of_the_sound_one(parts: tuple[str, ...]) -> frozenset[str]:
    return told(CITY, parts)


def test_its_texts_and_files_are_sound() -> None:
    assert told_of_the_sound_one(PARTS) == frozenset()


def test_every_scenario_is_as_worked_out_by_hand() -> None:
    done = banshi("test", cwd=CITY)
    assert (done.returncode, "试了 70 个情景" in done.stdout, "都相符" in done.stdout) == (0, True, True), done.stdout


def test_its_windows_are_graded_as_worked_out_by_hand() -> None:
    done = banshi("assess", "marks", cwd=CITY)
    rows = [line.split() for line in done.stdout.splitlines()]
    graded = [row for row in rows if len(row) == 6 and row[1].startswith("第")]
    assert [(window, score, grade) for _, _, window, _, score, grade in graded] == [
        ("C", "73.71", "红松窗口"),
        ("A", "80.00", "红松窗口"),
        ("B", "76.60", "白桦窗口"),
    ]


@longer
@pytest.mark.parametrize(("name", "old", "new"), some(SPOILT, 6), ids=lambda value: str(value)[-50:])
def test_what_is_spoilt_is_told(tmp_path: Path, name: str, old: str, new: str) -> None:
    shutil.copytree(CITY, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / name).read_text("utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), "utf-8")
    part = name.partition("/")[0]
    parts = PARTS if part == "policies" and "working-days" in name else (part,)
    assert told(tmp_path, parts) - told_of_the_sound_one(parts), (name, old, new)
