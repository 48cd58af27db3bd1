"""What ``--format sarif`` writes has neither an error nor a warning of Microsoft's validator (``make sarif`` fetches it)."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, banshi
from hostile import UNSEEN, hostile_examples

TOOL = ROOT / "build/sarif/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
pytestmark = pytest.mark.skipif(
    not os.access(TOOL, os.X_OK), reason="没有 SARIF 检查器：make sarif ／ no validator: make sarif"
)
_SAID = re.compile(r": (error|warning) \w+")


def validated(*reports: Path) -> list[str]:
    """The errors and warnings of reports."""
    done = subprocess.run(
        [TOOL, "validate", *reports, "--level", "Error;Warning", "--kind", "Fail"],
        capture_output=True,
        text=True,
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        check=False,
    )
    said = done.stdout + done.stderr
    assert f"{len(reports)} files scanned" in said, said
    return [line for line in said.splitlines() if _SAID.search(line)]


def report(folder: Path, name: str, *words: str) -> Path:
    done = banshi("check", *words, "--format", "sarif", cwd=folder)
    assert done.returncode in (0, 1, 2), done.stderr
    path = folder / f"{name}.sarif"
    path.write_text(done.stdout, "utf-8")
    return path


def test_reports_of_every_kind(tmp_path: Path) -> None:
    (tmp_path / "中文/目录").mkdir(parents=True)
    for path in (ROOT / "tests/cases/change").glob("*.yaml"):
        shutil.copy(path, tmp_path / "中文/目录")
    many = "kind: change\n" + "".join(f"k{n}: 1\n" for n in range(300))
    for name in ("a.yaml", "a b%20#?.yaml", f"{UNSEEN}\n::error::x.yaml", os.fsdecode(b"\xd3\xd0.yaml")):
        (tmp_path / "odd").mkdir(exist_ok=True)
        (tmp_path / "odd" / name).write_text(many, "utf-8")
    (tmp_path / "clean").mkdir()
    shutil.copy(ROOT / "examples/linjiang/change/riverside.yaml", tmp_path / "clean")
    hostile_examples(tmp_path / "hostile")
    own = str(ROOT / "examples/linjiang")
    made = [
        report(tmp_path, "clean", "clean", "--project", own),
        report(tmp_path, "project", own, "--project", own),
        report(tmp_path, "chinese", "中文"),
        report(tmp_path, "odd", "odd"),
        report(tmp_path, "cut", "odd/a.yaml"),
        report(tmp_path, "nothing", "nowhere.yaml"),
        report(tmp_path, "hostile", "hostile"),
        report(tmp_path, "rules", str(ROOT / "tests/cases")),
        report(tmp_path, "english", str(ROOT / "tests/cases"), "--lang", "en"),
    ]
    runs = {path.stem: json.loads(path.read_text("utf-8"))["runs"][0] for path in made}
    assert not runs["clean"]["results"] and len(runs["rules"]["tool"]["driver"]["rules"]) > 100
    assert len(runs["cut"]["results"]) == 201, "the last one stands for those that are counted"
    assert validated(*made) == []


def test_the_validator_is_heard(tmp_path: Path) -> None:
    path = report(tmp_path, "a", "nowhere.yaml")
    data = json.loads(path.read_text("utf-8"))
    data["runs"][0]["results"][0]["ruleIndex"] = 7
    path.write_text(json.dumps(data), "utf-8")
    assert validated(path)
