"""Golden pairs: every case under ``cases/<subject>/`` with the exact text that ``banshi check`` prints for it.

A case is a file or a project's folder; ``<name>.out`` beside it ends with the exit status. ``UPDATE_GOLDEN=1`` writes
the texts anew: read the difference as a clerk would before keeping it.
"""

import os
from pathlib import Path

import pytest
from conftest import ROOT, without_law

from banshi.cli import main

CASES = ROOT / "tests/cases"
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))


def cases() -> list[Path]:
    return sorted(path for subject in CASES.iterdir() for path in subject.iterdir() if path.suffix != ".out")


def name(case: Path) -> str:
    return case.relative_to(CASES).with_suffix("").as_posix()


@pytest.mark.parametrize("case", cases(), ids=name)
def test_the_text_is_the_golden_one(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    status = main(["check", case.relative_to(ROOT).as_posix()])
    printed = capsys.readouterr()
    text = f"{without_law(printed.out)}# exit {status}\n"
    golden = case.with_suffix(".out")
    if UPDATE:
        golden.write_text(text, encoding="utf-8")
    assert printed.err == ""
    assert text == golden.read_text(encoding="utf-8")


def test_no_golden_text_is_left_over() -> None:
    texts = {path.relative_to(CASES).with_suffix("").as_posix() for path in CASES.glob("*/*.out")}
    assert texts == {name(case) for case in cases()}
