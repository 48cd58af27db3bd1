"""What the commands answer on the examples, word by word: ``answers/<name>.out``, which ends with the exit status.

Of attendance it stands in ``accounts/``, of an assessment in ``sheets/``. ``UPDATE_GOLDEN=1`` writes the texts anew: read the
difference as a clerk would before keeping it.
"""

import os
from pathlib import Path

import pytest
from conftest import ROOT, banshi, without_law

ANSWERS, UPDATE = ROOT / "tests/answers", bool(os.environ.get("UPDATE_GOLDEN"))
HERE, LINJIANG = ROOT / "examples", ROOT / "examples/linjiang"
INCREASE = ("--net", "300000", "--bid-price", "5000000", "--provisional-sum", "250000", "--on", "2012-03-01")
RUNS: dict[str, tuple[Path, tuple[str, ...]]] = {
    "tier": (HERE, ("tier", "change/binhe-road")),
    "tier-of-figures": (HERE, ("tier", *INCREASE)),
    "tier-linjiang": (LINJIANG, ("tier", "change/riverside.yaml")),
    "due": (HERE, ("due", "change/binhe-road")),
    "due-publicity": (HERE, ("due", "--publicity", "2012-09-26")),
    "publicity": (HERE, ("publicity", "change/binhe-road/changes/006.yaml")),
    "cases": (HERE, ("cases", "cases/yangliqu")),
    "cases-linjiang": (LINJIANG, ("cases", "cases")),
    "schedule": (HERE, ("schedule", "parallel/investment/case.yaml")),
    "schedule-registration": (HERE, ("schedule", "parallel/registration/case.yaml")),
    "notice": (HERE, ("notice", "parallel/registration/case.yaml", "--from", "2012-01-16")),
    "diff": (LINJIANG, ("diff", "@2026-06-30", "@2026-07-01")),
    "impact": (LINJIANG, ("impact", "@2026-06-30", "@2026-07-01", "change/riverside.yaml")),
}


@pytest.mark.parametrize("name", RUNS)
def test_the_answer_is_the_one_that_is_kept(name: str) -> None:
    folder, words = RUNS[name]
    done = banshi(*words, cwd=folder)
    said = without_law(done.stdout) if "\n规定：" in done.stdout else done.stdout
    text = f"{said}{done.stderr}# exit {done.returncode}\n"
    if UPDATE:
        (ANSWERS / f"{name}.out").write_text(text, encoding="utf-8")
    assert text == (ANSWERS / f"{name}.out").read_text(encoding="utf-8")


def test_no_kept_answer_is_left_over() -> None:
    assert {path.stem for path in ANSWERS.iterdir()} == set(RUNS)
