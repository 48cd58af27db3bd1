"""A sixth city, written from the tutorial, the schemas and the messages alone: shares of the bid price by size of contract,
sums of increases and decreases, three classes and criteria, parallel steps, publicity before and after, notices, a county,
a local holiday, an amendment that reaches pending forms, a correction; a catalogue and targets of another trade.

What its scenarios expect was worked out by hand before anything was computed.
"""

import json
import shutil
from pathlib import Path

import pytest
from conftest import banshi
from lengths import longer, some

from banshi.checking.checker import Checker

CITY = Path(__file__).parent / "data/lanling"
SPOILT = [json.loads(line) for line in (CITY / "spoilt.jsonl").read_text("utf-8").splitlines()]


def test_its_policies_are_sound() -> None:
    found = Checker(CITY).check([CITY / "policies"]).findings
    assert [(f.rule, f.message.zh) for f in found] == []


def test_every_scenario_is_as_worked_out_by_hand() -> None:
    done = banshi("test", cwd=CITY)
    assert (done.returncode, "试了 102 个情景" in done.stdout, "都相符" in done.stdout) == (0, True, True), done.stdout


def test_a_plan_and_its_notice_are_as_worked_out_by_hand() -> None:
    """Limits in working days and in calendar days, over a local holiday, a made-up Saturday and the first of May."""
    plan = banshi("schedule", "parallel/case.yaml", "--within", ".", "--format", "json", cwd=CITY)
    items = {item["item"]: item for item in json.loads(plan.stdout)["schedules"][0]["items"]}
    assert {name: (item["due"], item["slack"]) for name, item in items.items()} == {
        "licence": ("2026-04-17", 0),
        "signboard": ("2026-04-17", 11),
        "fire-check": ("2026-04-24", 0),
        "drain": ("2026-04-27", 5),
        "food": ("2026-05-07", 0),
    }
    notice = banshi("notice", "parallel/case.yaml", "--within", ".", cwd=CITY)
    assert "次日起8天，到 2026-04-25；2026-04-25 是休息日，顺延到 2026-04-27" in notice.stdout
    late = banshi("schedule", "parallel/late.yaml", "--within", ".", cwd=CITY)
    assert "“排水许可”（水务）应在 2026-09-30 办结，已超期2个工作日" in late.stdout


@longer
@pytest.mark.parametrize(("name", "old", "new"), some(SPOILT, 12), ids=lambda value: str(value)[-50:])
def test_what_is_spoilt_is_told(tmp_path: Path, name: str, old: str, new: str) -> None:
    shutil.copytree(CITY, tmp_path, dirs_exist_ok=True)
    path = tmp_path / f"policies/lanling/{name}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    report = Checker(tmp_path).check([tmp_path / "policies"])
    assert not report.failed
    told = [each for each in report.findings if each.severity in ("error", "warning")]
    assert told, (name, old, new)
    assert all(each.message.zh and each.line for each in told)
