"""A fifth city, written from schemas and starters alone: shares of the bid price beside amounts, limits in hours and months,
three shifts, a noon punch, half-years, groups, a county, a local holiday, an amendment.

What its scenarios expect was worked out by hand before anything was computed. Each of some hundred places, spoilt as people
spoil them (a unit, a word, an id, a day, a sign, a key), is told where the policies are checked.
"""

import json
import shutil
from pathlib import Path

import pytest
from conftest import banshi
from lengths import longer, some

from banshi.checking.checker import Checker

CITY = Path(__file__).parent / "data/ningchuan"
SPOILT = [json.loads(line) for line in (CITY / "spoilt.jsonl").read_text("utf-8").splitlines()]


def test_its_policies_and_files_are_sound() -> None:
    found = Checker(CITY).check([CITY / "policies", CITY / "assessment"]).findings
    assert [(f.rule, f.message.zh) for f in found] == []


def test_every_scenario_is_as_worked_out_by_hand() -> None:
    done = banshi("test", cwd=CITY)
    assert (done.returncode, "试了 53 个情景" in done.stdout, "都相符" in done.stdout) == (0, True, True), done.stdout


@longer
@pytest.mark.parametrize(("name", "old", "new"), some(SPOILT, 30), ids=lambda value: str(value)[-50:])
def test_what_is_spoilt_is_told(tmp_path: Path, name: str, old: str, new: str) -> None:
    shutil.copytree(CITY, tmp_path, dirs_exist_ok=True)
    path = tmp_path / f"policies/ningchuan/{name}.yaml"
    text = path.read_text("utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), "utf-8")
    report = Checker(tmp_path).check([tmp_path / "policies"])
    assert not report.failed
    told = [each for each in report.findings if each.severity in ("error", "warning")]
    assert told, (name, old, new)
    assert all(each.message.zh and each.line for each in told)
