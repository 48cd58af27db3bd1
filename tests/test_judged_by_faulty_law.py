"""A check of files that are judged by a centre's faulty texts says so, in every form, with every number of processes."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi

from banshi.files.reading import read

RULES, AMENDED = "change-rules/2026-01-01", "change-rules-amended/2026-07-01"
GAP = "upper: {value: 30, inclusive: true} → upper: {value: 20, inclusive: true}"
AT_FAULT = "engine/law-at-fault"


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """The second centre, with the ledger as a line too."""
    shutil.copytree(ROOT / "examples/linjiang", tmp_path, dirs_exist_ok=True)
    document = read(tmp_path / "change/riverside.yaml").document
    assert document
    (tmp_path / "in.jsonl").write_text(json.dumps(document.data, ensure_ascii=False, default=str) + "\n", "utf-8")
    return tmp_path


def spoil(centre: Path, name: str, change: str) -> None:
    path = centre / f"policies/linjiang/{name}.yaml"
    text, (old, new) = path.read_text("utf-8"), change.split(" → ")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def told(done: Any) -> list[tuple[str, str]]:
    found = [(each["rule"], each["path"]) for each in json.loads(done.stdout)["findings"]]
    return [each for each in found if each[1].startswith("policies/")]


@pytest.mark.parametrize(
    ("name", "change", "rule"),
    [
        (RULES, GAP, "policy/tiers-tile"),
        (AMENDED, "{amount.lower.value: 50} → {amount.lower.value: 60}", "policy/amended-text-sound"),
    ],
)
def test_a_check_of_files_says_what_is_wrong_with_their_law(centre: Path, name: str, change: str, rule: str) -> None:
    asked = ("check", "change/riverside.yaml", "--format", "json")
    sound = banshi(*asked, cwd=centre)
    assert (sound.returncode, told(sound)) == (0, [])  # and so it is remembered of this text, not of the next
    spoil(centre, name, change)
    faulty, path = banshi(*asked, cwd=centre), f"policies/linjiang/{name}.yaml"
    assert faulty.returncode == 1
    assert {(AT_FAULT, path), (rule, path)} <= set(told(faulty))
    shutil.copy(ROOT / f"examples/linjiang/policies/linjiang/{name}.yaml", centre / path)
    assert banshi(*asked, cwd=centre).stdout == sound.stdout


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("hours/2026-01-01", "at_least: {value: 8, unit: 小时} → at_least: {value: 1500, unit: 小时}"),
        ("hours/2026-01-01", "at_least: {value: 8, unit: 小时} → at_least: {value: 0, unit: 小时}"),
    ],
)
def test_limits_of_a_field_hold_wherever_the_law_is_used(tmp_path: Path, name: str, change: str) -> None:
    """What the schema alone knows (a day has so many hours) is told by whatever command rests on it."""
    shutil.copytree(ROOT / "examples/qinghe", tmp_path, dirs_exist_ok=True)
    register = (
        "kind: attendance\njurisdiction: qinghe\ncentre: 某中心\nfrom: 2026-03-02\nto: 2026-03-02\nwindows: []\n"
        'staff: [{id: A, group: office_staff}]\npunches: [{staff: A, day: 2026-03-02, time: "08:00"}]\n'
    )
    (tmp_path / "register.yaml").write_text(register, "utf-8")
    old, new = change.split(" → ")
    path = tmp_path / f"policies/qinghe/{name}.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1), "utf-8")
    for asked in (("attendance",), ("check",)):
        done = banshi(*asked, "register.yaml", cwd=tmp_path)
        said = done.stdout + done.stderr
        assert (done.returncode, "shape/wrong-value" in said, "不可靠" in said) == (1, True, True), (asked, said)


def test_the_number_of_processes_changes_nothing(centre: Path) -> None:
    spoil(centre, RULES, GAP)
    one = json.loads((centre / "in.jsonl").read_text("utf-8"))
    lines = [{**one, "project": {**one["project"], "id": f"riverside-{n}"}} for n in range(300)]
    for line in lines:
        line["changes"] = [{**each, "project": line["project"]["id"]} for each in one["changes"]]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (centre / "in.jsonl").write_text(text, "utf-8")
    said = [banshi("check", "in.jsonl", "--format", "json", "--jobs", jobs, cwd=centre) for jobs in ("1", "3")]
    assert said[0].stdout == said[1].stdout
    assert (AT_FAULT, f"policies/linjiang/{RULES}.yaml") in told(said[0])


def test_what_is_checked_itself_is_told_once(centre: Path) -> None:
    spoil(centre, RULES, GAP)
    for asked in ((), ("policies", "change"), ("change", f"policies/linjiang/{RULES}.yaml")):
        found = told(banshi("check", *asked, "--format", "json", cwd=centre))
        assert AT_FAULT not in [rule for rule, _ in found]
        assert len([each for each in found if each[0] == "policy/tiers-tile"]) == 1


def test_what_others_rest_on_is_not_said(centre: Path) -> None:
    spoil(centre, RULES, GAP)
    assert AT_FAULT not in banshi("check", "cases", "assessment", cwd=centre).stdout


def test_a_check_that_goes_on_says_it_too(centre: Path) -> None:
    spoil(centre, RULES, GAP)
    plain = banshi("check", "in.jsonl", "--format", "json", cwd=centre).stdout
    banshi("check", "in.jsonl", "--format", "json", "--resume", "-o", "out.json", cwd=centre)
    assert (centre / "out.json").read_text("utf-8") == plain


def test_batches_say_it(centre: Path) -> None:
    sound = banshi("batch", "in.jsonl", "sound", "--answers", cwd=centre)
    spoil(centre, RULES, GAP)
    for ask in ((), ("--answers",), ("--moves", "@2026-06-30", "@2026-07-01")):
        done = banshi("batch", "in.jsonl", f"out{len(ask)}", *ask, cwd=centre)
        assert (sound.returncode, done.returncode) == (0, 1)
        assert "policy/tiers-tile" in done.stderr and "这次的结果不可靠" in done.stderr


def test_impact_says_it_of_either_side(centre: Path) -> None:
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"]):
        subprocess.run(["git", *command], cwd=centre, check=True)
    draft = centre / "draft.yaml"
    shutil.copy(centre / f"policies/linjiang/{RULES}.yaml", draft)
    old, new = GAP.split(" → ")
    text = draft.read_text("utf-8")
    draft.write_text(text.replace(old, new), "utf-8")
    ask = ("impact", f"linjiang/{RULES}")
    sound = banshi(*ask, ".", "change", cwd=centre)
    assert (sound.returncode, "不可靠" in sound.stderr) == (0, False)
    done = banshi(*ask, "draft.yaml", "change", cwd=centre)
    assert (done.returncode, "draft.yaml:" in done.stderr, "不可靠" in done.stderr) == (1, True, True)
    spoil(centre, RULES, GAP)
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qam", "b"], cwd=centre, check=True)
    for side in ("@2026-07-01", "HEAD"):
        done = banshi("impact", "HEAD~1", side, "change", cwd=centre)
        assert (done.returncode, "policy/tiers-tile" in done.stderr, "不可靠" in done.stderr) == (1, True, True), side
    assert f"HEAD:policies/linjiang/{RULES}.yaml:" in done.stderr
