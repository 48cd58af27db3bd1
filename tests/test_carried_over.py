"""The form of the next quarter, begun from the last one: windows and marks come along, facts and entries do not."""

from pathlib import Path

import msgspec
import openpyxl
import pytest
from conftest import ROOT

from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.cli import main
from banshi.files.report import Report
from banshi.law.library import Law
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Assessment, Fact

LAST = ROOT / "examples/assessment/2012-Q1.yaml"
LINJIANG = ROOT / "examples/linjiang"


def case_of(path: Path, of: Path = ROOT) -> AssessmentInLaw:
    loader = Loader(of)
    loaded = [each for unit in loader.units([path]) for each in loader.load(unit, Report())]
    [case] = [each.value for each in loaded if isinstance(each, LoadedFile) and isinstance(each.value, AssessmentInLaw)]
    return case


def assessment(path: Path, of: Path = ROOT) -> Assessment:
    return case_of(path, of).assessment


def law_of(path: Path) -> Law:
    law = case_of(path).law
    assert law is not None
    return law


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


def test_a_mark_in_place_of_a_fact_stays_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rate without cases is marked by a person for that quarter alone; in the next one there may be cases."""
    book = AssessmentBook(law_of(LAST))
    by_facts = next(placed.norm.id for placed in book.sub_items if placed.norm.id not in book.by_person)
    mark = f"    marks:\n      {by_facts}: {{mark: 1, by: 督察科, reason: 本季度没有办件}}\n"
    last, out = tmp_path / "last.yaml", tmp_path / "next.xlsx"
    last.write_text(LAST.read_text(encoding="utf-8").replace("    marks:\n", mark, 1), encoding="utf-8")
    words = ["assess", "--template", str(out), "--quarter", "2012-Q2", "--from", str(last), "--project", str(ROOT)]
    assert main(words) == 0
    assert "上期没有事实才由人评、没有带的：" in capsys.readouterr().err
    assert by_facts in assessment(last).windows[0].marks and by_facts not in assessment(out).windows[0].marks
    assert {key for window in assessment(out).windows for key in window.marks} == {
        key for window in assessment(LAST).windows for key in window.marks
    }


@pytest.mark.parametrize(
    ("last", "words", "said"),
    [
        (LAST, ["--quarter", "2012-Q1"], "不在 2012-Q1"),
        (LAST, ["--quarter", "2011-Q4"], "不在 2011-Q4"),
        (LAST.parent, ["--quarter", "2012-Q3"], "有 2 份窗口考核"),
        (LINJIANG / "assessment/2026-02.yaml", ["--period", "2026-02", "--project", str(LINJIANG)], "不在 2026-02"),
    ],
    ids=["same", "earlier", "several", "same-month"],
)
def test_what_is_not_the_last_period_is_refused(
    last: Path, words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "next.xlsx"
    assert main(["assess", "--template", str(out), "--from", str(last), *words]) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_another_place_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The law of one place and the windows of another would make a form that no measures fit."""
    last, out = tmp_path / "last.yaml", tmp_path / "next.xlsx"
    last.write_text(LAST.read_text(encoding="utf-8").replace(": luzhou\n", ": luzhou/hejiang\n", 1), encoding="utf-8")
    words = ["assess", "--template", str(out), "--quarter", "2012-Q2", "--from", str(last), "--project", str(ROOT)]
    assert main(words) == 2
    assert "luzhou/hejiang" in capsys.readouterr().err and not out.exists()


def told(fact: Fact) -> Fact:
    """A whole amount may be read as a count."""
    return fact if fact.amount is None else msgspec.structs.replace(fact, amount=None, count=int(fact.amount))


@pytest.mark.parametrize(
    ("last", "words", "of"),
    [
        (LAST, ["--quarter", "2012-Q2"], ROOT),
        (LINJIANG / "assessment/2026-02.yaml", ["--period", "2026-03"], LINJIANG),
    ],
    ids=["quarter", "month"],
)
def test_filled_in_by_hand_it_says_what_its_yaml_says(last: Path, words: list[str], of: Path, tmp_path: Path) -> None:
    """A clerk writes the facts of the new period into the cells beside the windows that came along."""
    out, filled, same = tmp_path / "next.xlsx", tmp_path / "filled.xlsx", tmp_path / "same.xlsx"
    assert main(["assess", "--template", str(out), "--from", str(last), *words, "--project", str(of)]) == 0
    assert main(["assess", str(last), "--template", str(same), "--project", str(of)]) == 0
    book, facts = openpyxl.load_workbook(out), openpyxl.load_workbook(same)
    for name in ("窗口与事实", "事实明细"):
        for row in facts[name].iter_rows(min_row=2):
            for cell in row:
                book[name].cell(cell.row, cell.column).value = cell.value
    book.save(filled)
    begun, before = assessment(filled, of), assessment(last, of)
    assert begun.asked == words[1] and begun.asked != before.asked
    for new, old in zip(begun.windows, before.windows, strict=True):
        assert (new.id, new.name, new.group) == (old.id, old.name, old.group)
        assert {slug: told(fact) for slug, fact in new.facts.items()} == {
            s: told(fact) for s, fact in old.facts.items()
        }
        assert {key: mark.mark for key, mark in new.marks.items()} == {key: m.mark for key, m in old.marks.items()}
        assert not new.bonus and not new.deductions


@pytest.mark.parametrize(
    ("late", "base"), [(0, "97.00"), (3, "95.50"), ("２", "96.00"), (1.5, "96.25"), ("1.50", "96.25")]
)
def test_an_amount_may_be_whole_in_a_table(
    late: str | float, base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a fact that may have decimals a plain 0 or 3 is what most windows have; W01 has one case overdue (3 marks)."""
    out = tmp_path / "filled.xlsx"
    source = LINJIANG / "assessment/2026-02.yaml"
    assert main(["assess", str(source), "--template", str(out), "--project", str(LINJIANG)]) == 0
    book = openpyxl.load_workbook(out)
    sheet = book["窗口与事实"]
    [column] = [cell.column for cell in sheet[1] if str(cell.value).startswith("迟到早退次数")]
    sheet.cell(2, column).value = late
    book.save(out)
    assert main(["check", str(out), "--project", str(LINJIANG)]) == 0
    capsys.readouterr()
    assert main(["assess", str(out), "--project", str(LINJIANG)]) == 0
    assert f"W01 住建窗口  {base}" in capsys.readouterr().out
