"""A project's own rule that fails: every command that runs it tells so, and ends with 2."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, banshi

RULE = '''"""自己的规则"""
from banshi.checking.rules import Problem, Text
TITLE, SEVERITY, BASIS, GOOD, BAD = Text("自己的规则", "own"), "error", (), "", ""
def check(case):
    raise ValueError("boom")
    yield
'''


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples/linjiang", tmp_path / "own")
    for name, source in (("register", "attendance/2009-10"), ("registration", "parallel/registration")):
        shutil.copytree(ROOT / "examples" / source, tmp_path / "own" / name)
    for subject in ("attendance", "assessment", "parallel-case", "change"):
        (tmp_path / "own/validators" / subject).mkdir(parents=True)
        (tmp_path / "own/validators" / subject / "own_rule.py").write_text(RULE, encoding="utf-8")
    return tmp_path / "own"


@pytest.mark.parametrize(
    "words",
    [
        ("check", "change"),
        ("attendance", "register", "--format", "xlsx", "-o", "out.xlsx"),
        ("assess", "assessment"),
        ("schedule", "registration"),
        ("form", "registration"),
        ("notice", "registration/case.yaml"),
        ("batch", "--engine", "local", "lines.jsonl", "out"),
    ],
    ids=lambda words: words[0],
)
def test_the_command_says_that_a_rule_failed(words: tuple[str, ...], centre: Path) -> None:
    assert banshi("convert", "change/riverside.yaml", "lines.jsonl", cwd=centre).returncode == 0
    done = banshi(*words, "--trust-project", cwd=centre)
    told = done.stdout + done.stderr
    if words[0] == "batch":
        told += (centre / "out/findings.jsonl").read_text(encoding="utf-8")
    assert done.returncode == 2, told
    assert "Traceback" not in told
    assert "own-rule" in told or "banshi check" in told


def test_the_workbook_of_attendance_holds_it_too(centre: Path) -> None:
    from python_calamine import CalamineWorkbook

    banshi("attendance", "register", "--format", "xlsx", "-o", "out.xlsx", "--trust-project", cwd=centre)
    book = CalamineWorkbook.from_path(str(centre / "out.xlsx"))
    said = json.dumps([book.get_sheet_by_name(name).to_python() for name in book.sheet_names], default=str)
    assert "own-rule" in said
