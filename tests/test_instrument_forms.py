"""Forms of an instrument: blank and filled, and what a clerk fills in is read as the same filing."""

import html
import re
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT, write_yaml
from openpyxl.worksheet.worksheet import Worksheet
from test_change_tables import EXAMPLE, check

from banshi.checking.checker import Checker
from banshi.checking.loading import Loader
from banshi.cli import main
from banshi.commands.convert import _plain
from banshi.files.reading import read
from banshi.files.report import Report
from banshi.subjects.change.tables import ledgers_in

FORMS = sorted((EXAMPLE / "changes").glob("*.yaml"))


def made(out: Path, *words: str) -> Path:
    assert main(["form", *words, "--format", out.suffix[1:], "-o", str(out), "--force"]) == 0
    return out


def wide_lines(sheet: Worksheet) -> set[str]:
    """The first cells of lines that go across the whole form: its title, and those of its parts."""
    widest = max(each.max_col for each in sheet.merged_cells.ranges)
    return {each.coord.partition(":")[0] for each in sheet.merged_cells.ranges if each.max_col == widest}


def copy_as_a_clerk(filled: Worksheet, blank: Worksheet) -> None:
    """Each value to the cell beside its label; the rows of a table below its headings."""
    sections: dict[str, int] = {}
    merged = wide_lines(blank)
    for row in range(1, blank.max_row + 1):
        if f"A{row}" in merged and blank.cell(row, 1).value:
            sections[str(blank.cell(row, 1).value)] = row
    theirs = wide_lines(filled)
    section, at = "", 0
    for row in range(3, filled.max_row + 1):
        if f"A{row}" in theirs and filled.cell(row, 1).value:
            section, at = str(filled.cell(row, 1).value), 0
            continue
        at += 1
        target = sections[section] + at if section else row
        for column in range(1, filled.max_column + 1):
            value, cell = filled.cell(row, column).value, blank.cell(target, column)
            if value is None:
                continue
            if cell.value is None and cell.protection.locked is False:
                cell.value = value
            else:
                assert cell.value == value, (row, column, value, cell.value)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_filled_form_is_read_as_the_same_filing(path: Path, tmp_path: Path) -> None:
    filled = made(tmp_path / "f.xlsx", "annex1", "--from", str(path))
    [ledger] = ledgers_in(filled, Loader(ROOT), Report())
    assert main(["convert", str(EXAMPLE), str(tmp_path / "all.jsonl"), "--force"]) == 0
    from banshi.files.reading import read_lines

    whole = next(read_lines(tmp_path / "all.jsonl")).document
    assert whole is not None
    number = ledger["changes"][0]["number"]
    own = next(each for each in whole.data["changes"] if each["number"] == number)
    project = {key: value for key, value in whole.data["project"].items() if key != "fictional"}
    wanted = {"kind": "ledger", "project": project, "changes": [own]}
    assert _plain(ledger) == _plain(wanted)


def test_blank_then_filled_by_a_clerk_then_read(tmp_path: Path) -> None:
    blank = openpyxl.load_workbook(made(tmp_path / "blank.xlsx", "附件1"))
    filled = openpyxl.load_workbook(made(tmp_path / "f.xlsx", "附件1", "--from", str(EXAMPLE / "changes/001.yaml")))
    sheet = blank[blank.sheetnames[0]]
    copy_as_a_clerk(filled[filled.sheetnames[0]], sheet)
    blank.save(tmp_path / "back.xlsx")
    [theirs] = ledgers_in(tmp_path / "back.xlsx", Loader(ROOT), Report())
    [own] = ledgers_in(tmp_path / "f.xlsx", Loader(ROOT), Report())
    assert _plain(theirs) == _plain(own)


def test_all_forms_of_a_project_in_one_workbook_have_no_findings(tmp_path: Path) -> None:
    path = made(tmp_path / "全部.xlsx", "annex1", "--from", str(EXAMPLE))
    assert len(openpyxl.load_workbook(path).sheetnames) == len(FORMS)
    assert list(check(path).findings) == []


def test_a_blank_form_prints_on_a4_offers_choices_and_protects_its_labels(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(made(tmp_path / "blank.xlsx", "annex1"))
    sheet = book[book.sheetnames[0]]
    assert sheet.protection.sheet
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_area
    assert sheet["A1"].value == "泸州市政府投资工程建设项目工程变更报批表"
    assert sheet["A3"].protection.locked
    assert sheet["C3"].protection.locked is False
    offered = " ".join(str(rule.formula1) for rule in sheet.data_validations.dataValidation)
    assert "设计变更" in offered
    assert "三方会商" in offered
    findings = check(tmp_path / "blank.xlsx").findings
    told = {"shape/missing-key", "shape/too-few", "input/incomplete-project", "input/not-stated"}
    assert {f.rule for f in findings} <= told
    assert all(f.sheet for f in findings)


def test_the_page_holds_every_label_and_value(tmp_path: Path) -> None:
    text = html.unescape(
        made(tmp_path / "f.html", "annex1", "--from", str(EXAMPLE / "changes/004.yaml")).read_text("utf-8")
    )
    for label in ("编号", "申报档次", "财政评审报告", "各环节意见"):
        assert label in text
    assert "变-2012-滨河-004" in text
    assert "<script" not in text


def test_a_value_is_never_a_formula_or_markup(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    (folder / "changes").mkdir(parents=True)
    (folder / "project.yaml").write_bytes((EXAMPLE / "project.yaml").read_bytes())
    text = (EXAMPLE / "changes/001.yaml").read_text(encoding="utf-8")
    text = re.sub(r"^reason: .*$", "reason: '=HYPERLINK(\"http://x\")<script>alert(1)</script>'", text, flags=re.M)
    (folder / "changes/001.yaml").write_text(text, encoding="utf-8")
    book = openpyxl.load_workbook(made(tmp_path / "f.xlsx", "annex1", "--from", str(folder)))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "<script" not in made(tmp_path / "f.html", "annex1", "--from", str(folder)).read_text(encoding="utf-8")


def test_an_unknown_form_is_told_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["form", "没有这张表", "--format", "html"]) == 2
    said = capsys.readouterr().err
    assert "annex1" in said
    assert main(["form", "annex1"]) == 2


def test_a_form_asks_for_nothing_twice(tmp_path: Path) -> None:
    document = read(ROOT / "policies/luzhou/change-management/2011-11-04.yaml").document
    assert document is not None
    fields = document.data["forms"][1]["fields"]
    fields.append(fields[0])
    write_yaml(tmp_path / "a.yaml", document.data)
    found = [f for f in Checker(ROOT).check([tmp_path / "a.yaml"]).findings if f.rule == "policy/forms-sound"]
    assert [f.where for f in found] == [("forms", 1, "fields", len(fields) - 1, "key")]


def test_every_form_on_changes_is_known_by_what_it_hides(tmp_path: Path) -> None:
    filled = EXAMPLE / "changes/006.yaml"
    one = check(made(tmp_path / "f.xlsx", "annex1", "--from", str(filled))).findings
    other = check(made(tmp_path / "g.xlsx", "annex2", "--from", str(filled))).findings
    assert Counter(f.rule for f in other) == Counter(f.rule for f in one)
    blank = {f.rule for f in check(made(tmp_path / "blank.xlsx", "annex2")).findings}
    assert "shape/missing-key" in blank and "input/unknown-table" not in blank
