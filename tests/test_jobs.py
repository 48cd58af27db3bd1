"""However many processes share a check, the answer is the same to the byte; one that dies costs its own unit alone."""

import json
import os
import random
import signal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, laid_over

from banshi.base import limits
from banshi.checking import checker, jobs
from banshi.checking.checker import Checker
from banshi.files.reading import read
from banshi.files.report import Report
from banshi.files.units import Unit
from banshi.output.reports.formats import FORMATS


@pytest.fixture
def small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few lines are many shares."""
    monkeypatch.setattr(limits, "LINES_AT_ONCE", 3000)
    monkeypatch.setattr(jobs, "FOLDERS_AT_ONCE", 2)


def lines_of(ledger: dict[str, Any], count: int) -> list[str]:
    """Ledgers, one in three of them faulty in some way, and a few lines that are none."""
    chosen, lines = random.Random(7), []
    for number in range(count):
        change = {} if number % 3 else {"tier": chosen.choice(["consultation", "government", "nothing"])}
        line = json.dumps(
            laid_over(ledger, {"project": {"id": f"p-{number}", "name": f"{number}号路（虚构）"}, "changes": [change]}),
            ensure_ascii=False,
        )
        lines.append(line[: chosen.randrange(len(line))] if number % 11 == 5 else line)
    return [*lines, "", "\ufeff", '"a"', "{" * 900]


def said(path: Path, shared: int) -> str:
    report = Checker(ROOT).check([path], jobs=shared)
    return (
        FORMATS["json"](report, "zh")
        + FORMATS["jsonl"](report, "zh")
        + FORMATS["sarif"](report, "zh")
        + str(report.rules.keys())
    )


def test_lines(sound_ledger: dict[str, Any], tmp_path: Path, small_shares: None) -> None:
    path = tmp_path / "ledgers.jsonl"
    path.write_text("\n".join(lines_of(sound_ledger, 30)), encoding="utf-8")
    alone = said(path, 1)
    assert alone == said(path, 2) == said(path, 3)
    assert "change/tier-matches-amount" in alone and "input/syntax" in alone
    assert json.loads(FORMATS["json"](Checker(ROOT).check([path]), "zh"))["summary"]["files"] == 1


def test_folders_among_other_files(sound_ledger: dict[str, Any], tmp_path: Path, small_shares: None) -> None:
    for number in range(7):
        folder = tmp_path / f"p{number}"
        (folder / "changes").mkdir(parents=True)
        project = {**sound_ledger["project"], "kind": "project", "id": f"p{number}", "name": f"{number}号桥（虚构）"}
        change = {**sound_ledger["changes"][0], "kind": "change", "project": f"p{number}"}
        (folder / "project.yaml").write_text(json.dumps(project, ensure_ascii=False), encoding="utf-8")
        change["tier"] = "government" if number % 2 else "consultation"
        (folder / "changes/001.yaml").write_text(json.dumps(change, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "a.yaml").write_text("kind: nothing\n", encoding="utf-8")
    (tmp_path / "more.jsonl").write_text("\n".join(lines_of(sound_ledger, 9)), encoding="utf-8")
    alone = said(tmp_path, 1)
    assert alone == said(tmp_path, 2)
    assert "change/tier-matches-amount" in alone


def test_what_two_files_state_is_compared_whoever_reads_them(
    sound_ledger: dict[str, Any], tmp_path: Path, small_shares: None
) -> None:
    document = read(ROOT / "examples/assessment/2012-Q1.yaml").document
    assert document is not None
    line = json.dumps(document.data, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text(json.dumps(sound_ledger, ensure_ascii=False), encoding="utf-8")
    for name in ("b", "c"):
        (tmp_path / f"{name}.jsonl").write_text(line, encoding="utf-8")
    alone = said(tmp_path, 1)
    assert alone == said(tmp_path, 2)
    assert "input/told-twice" in alone
    one = tmp_path / "one.jsonl"
    one.write_text(f"{line}\n{line}\n", encoding="utf-8")
    assert "input/told-twice" in said(one, 1) and said(one, 1) == said(one, 2)


class Dying:
    """A checker whose process dies at one line."""

    def __init__(self, at: str) -> None:
        self.checker, self.at, self.process = Checker(ROOT), at, os.getpid()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.checker, name)

    def of_one_apart(self, unit: Unit) -> Report | None:
        return self.of_one(unit)

    def of_one(self, unit: Unit) -> Report:
        if self.at in str(unit) and os.getpid() != self.process:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.checker.of_one(unit)


def test_a_process_that_dies_costs_its_own_unit(
    sound_ledger: dict[str, Any], tmp_path: Path, small_shares: None
) -> None:
    path = tmp_path / "ledgers.jsonl"
    path.write_text("\n".join(lines_of(sound_ledger, 12)), encoding="utf-8")
    dying = Dying("p-7")
    loader = dying.checker.loader
    work = [part for unit in loader.units([path]) for part in loader.parts(unit)]
    found = list(jobs.shared(dying, work, 2))
    assert [unit for unit, _ in found] == work
    failed = [unit for unit, report in found if report.failed]
    assert [("p-7" in str(unit)) for unit in failed] == [True]
    whole = [dying.checker.of_one(unit) for unit in work]
    assert [r.findings for u, r in found if u not in failed] == [
        w.findings for w, unit in zip(whole, work, strict=True) if unit not in failed
    ]


@pytest.mark.parametrize("given", ["0", "-1", "65", "两个", "1.5"])
def test_a_number_of_processes_that_is_none(given: str) -> None:
    done = banshi("check", "examples/change", "--jobs", given)
    assert done.returncode == 2 and "--jobs" in done.stderr and len(done.stderr.splitlines()) == 1


def test_the_option(tmp_path: Path, sound_ledger: dict[str, Any]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(sound_ledger, ensure_ascii=False), encoding="utf-8")
    assert banshi("check", str(path), "--jobs", "2").stdout == banshi("check", str(path), "--jobs", "1").stdout


def test_lines_are_held_together_as_they_would_be_one_by_one(
    sound_ledger: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledgers.jsonl"
    path.write_text("\n".join(lines_of(sound_ledger, 40)), encoding="utf-8")
    found = {}
    for together in (1, 7, 32):
        monkeypatch.setattr(checker, "_TOGETHER", together)
        for most in (5, 12, None):  # the first so many are listed, the others counted
            report = Checker(ROOT, most=most).check([path])
            found.setdefault(most, set()).add(FORMATS["json"](report, "zh") + FORMATS["sarif"](report, "zh"))
    assert [len(said) for said in found.values()] == [1, 1, 1]
