"""A guide written against an older text is flagged where what it draws on has changed since, and nowhere else."""

import datetime
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from banshi.checking.checker import Checker
from banshi.files.findings import Finding
from banshi.law.library import Library

GUIDES = "policies/linjiang/guides"
RULE = "guide/written-for-an-older-text"


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples/linjiang", tmp_path / "centre")
    return tmp_path / "centre"


def found(centre: Path, guide: str, written_for: str | None, on: str) -> list[Finding]:
    path = centre / GUIDES / f"{guide}.yaml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("written_for:")]
    given = [f"written_for: {written_for}"] if written_for else []
    path.write_text("\n".join([*lines, *given]) + "\n", encoding="utf-8")
    checker = Checker(centre)
    checker.loader.library = Library(checker.loader.policies, datetime.date.fromisoformat(on))
    report = checker.check([path])
    assert {each.rule for each in report.findings} <= {RULE}
    return list(report.findings)


def test_each_section_that_draws_on_what_changed_is_named(centre: Path) -> None:
    problems = found(centre, "change", "2026-06-30", "2026-11-27")
    sections = {each.where[:2] for each in problems}
    # The tiers, the days of publicity, and the office that was renamed throughout.
    assert {("sections", 0), ("sections", 3)} <= sections and all(each.severity == "warning" for each in problems)
    tiers = next(each for each in problems if each.where == ("sections", 0))
    assert "第四条" in tiers.message.zh and any(cited.norm == "larger-single" for cited in tiers.basis)


@pytest.mark.parametrize(
    ("guide", "written_for", "on", "flagged"),
    [
        ("change", "2026-07-01", "2026-11-27", False),
        ("change", "2026-06-30", "2026-06-30", False),  # what is still to come changes nothing yet
        ("change", "2025-12-31", "2026-11-27", True),  # it was not in force
        ("change", None, "2026-06-30", False),  # there has been one text only
        ("change", None, "2026-07-01", True),
        ("leave-and-hours", "2026-12-31", "2026-12-31", False),
        ("leave-and-hours", "2026-12-31", "2027-01-01", True),
        ("window-assessment", "2026-03-01", "2026-11-27", False),  # a correction is no other text
    ],
)
def test_when_a_guide_is_flagged(guide: str, written_for: str | None, on: str, flagged: bool, centre: Path) -> None:
    assert bool(found(centre, guide, written_for, on)) is flagged


def test_a_section_that_draws_on_nothing_that_changed_is_left_alone(centre: Path) -> None:
    problems = found(centre, "leave-and-hours", "2026-12-31", "2027-01-01")
    assert [each.where for each in problems] == [("sections", 0)]  # the hours; not the leave
