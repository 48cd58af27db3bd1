"""The form of the next quarter, begun from the last one: windows and marks come along, facts and entries do not."""

from pathlib import Path

import pytest
from conftest import ROOT

from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.cli import main
from banshi.files.report import Report
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Assessment

LAST = ROOT / "examples/assessment/2012-Q1.yaml"


def assessment(path: Path) -> Assessment:
    loader = Loader(ROOT)
    loaded = [each for unit in loader.units([path]) for each in loader.load(unit, Report())]
    [case] = [each.value for each in loaded if isinstance(each, LoadedFile) and isinstance(each.value, AssessmentInLaw)]
    return case.assessment


def test_windows_and_marks_come_along_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "next.xlsx"
    assert main(["assess", "--template", str(out), "--quarter", "2012-Q2", "--from", str(LAST)]) == 0
    said = capsys.readouterr().err
    last, begun = assessment(LAST), assessment(out)
    assert begun.quarter == "2012-Q2" and begun.centre == last.centre
    assert [(w.id, w.name, w.kind) for w in begun.windows] == [(w.id, w.name, w.kind) for w in last.windows]
    given = {(w.id, key): (m.mark, m.by, m.reason) for w in last.windows for key, m in w.marks.items()}
    found = {(w.id, key): (m.mark, m.by, m.reason) for w in begun.windows for key, m in w.marks.items()}
    assert found == given != {}
    assert all(m.on is None for w in begun.windows for m in w.marks.values())
    assert not any(w.facts or w.bonus or w.deductions for w in begun.windows)
    assert f"窗口 {len(last.windows)} 个" in said and f"{len(given)} 处" in said and "2012-Q1" in said


@pytest.mark.parametrize(
    "words",
    [
        ["assess", str(LAST), "--from", str(LAST)],
        ["assess", str(LAST), "--template", "x.xlsx", "--from", str(LAST)],
        ["assess", "--template", "x.xlsx", "--quarter", "2012-Q2", "--from", str(ROOT / "examples/cases")],
    ],
)
def test_what_makes_no_sense_is_refused(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*words, "--project", str(ROOT)]) == 2
    assert not (tmp_path / "x.xlsx").exists()
