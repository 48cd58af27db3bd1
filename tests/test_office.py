"""Workbooks and documents in an office program: opened, saved again by it, and read as the same. ``make office`` installs one.

What reads them is LibreOffice; without it these tests are skipped, and say so.
"""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT
from test_change_tables import EXAMPLE
from test_filled_forms import FORMS, LOADERS, blank, filled, names, read

from banshi.checking.loading import Loader
from banshi.cli import main
from banshi.commands.convert import _plain
from banshi.files.report import Report
from banshi.output.forms.document import form_document
from banshi.output.forms.workbook import form_book
from banshi.subjects.change.tables import ledgers_in

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.skipif(
        OFFICE is None, reason="没有 LibreOffice：make office 装好再运行 ／ no LibreOffice: run make office"
    ),
]
Saved = dict[str, Path]


def saved_again(paths: list[Path], folder: Path) -> Saved:
    """Each file as the office program writes it, by its name (workbooks also in the old format); one that it cannot open is missing."""
    home = folder / "home"
    found: Saved = {}
    for suffix, to in ((".xlsx", ".xlsx"), (".docx", ".docx"), (".xlsx", ".xls")):
        own = [str(path) for path in paths if path.suffix == suffix]
        if not own:
            continue
        command = [str(OFFICE), f"-env:UserInstallation={home.as_uri()}", "--headless", "--norestore"]
        out = folder / f"again{to}"
        done = subprocess.run(
            [*command, "--convert-to", to[1:], "--outdir", str(out), *own],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found |= {path.name: path for path in out.iterdir()}
    return found


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Saved]:
    """Every form of every centre, blank and filled, and the workbooks that commands write; with each saved again."""
    folder = tmp_path_factory.mktemp("office")
    written = []
    for n, each in enumerate(FORMS):
        centre, found = each.values
        loader = LOADERS[str(centre)]
        for sort, made in (("blank", blank(found, loader)), ("filled", filled(found, loader))):
            book, document = folder / f"{n}-{sort}.xlsx", folder / f"{n}-{sort}.docx"
            book.write_bytes(form_book([("表", made)], names(found, loader)))
            document.write_bytes(form_document([made], names(found, loader)))
            written += [book, document]
    for name, words in COMMANDS.items():
        assert main([*words(folder / name)]) == 0
        written.append(folder / name)
    return folder, saved_again(written, folder)


def _form(out: Path) -> list[str]:
    return ["form", "annex1", "--from", str(EXAMPLE), "--format", out.suffix[1:], "-o", str(out)]


COMMANDS = {
    "ledger.xlsx": lambda out: ["convert", str(EXAMPLE), str(out)],
    "annex1.xlsx": _form,
    "annex1.docx": _form,
    "attendance.xlsx": lambda out: [
        "attendance",
        str(ROOT / "examples/attendance/2010-02"),
        "--format",
        "xlsx",
        "-o",
        str(out),
    ],
    "assess.xlsx": lambda out: [
        "assess",
        str(ROOT / "examples/assessment/2012-Q1.yaml"),
        "--format",
        "xlsx",
        "-o",
        str(out),
    ],
    "template.xlsx": lambda out: ["assess", "--template", str(out), "--quarter", "2012-Q1"],
}


def test_every_file_is_opened_and_saved(again: tuple[Path, Saved]) -> None:
    folder, saved = again
    old = {path.with_suffix(".xls").name for path in folder.glob("*.xlsx") if path.is_file()}
    folders = {"again.xlsx", "again.docx", "again.xls"}
    assert {path.name for path in folder.iterdir() if path.suffix} | old == set(saved) | folders
    assert all(path.stat().st_size > 1000 for path in saved.values())


@pytest.mark.parametrize("n", range(len(FORMS)))
@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".xls"])
def test_a_filled_form_saved_again_is_read_the_same(n: int, suffix: str, again: tuple[Path, Saved]) -> None:
    folder, saved = again
    loader = LOADERS[str(FORMS[n].values[0])]
    name = f"{n}-filled{suffix}"
    (own,), _ = read((folder / name).with_suffix(".xlsx" if suffix == ".xls" else suffix), loader)
    (theirs,), report = read(saved[name], loader)
    told = [f.message.zh for f in report.findings]
    if suffix == ".xls":  # whose comments are told without being read: how a cell is filled in is one
        told = [each for each in told if "批注没有读" not in each]
    assert told == []
    assert theirs is not None and own is not None
    said, wanted = _plain(theirs.data), _plain(own.data)
    if suffix == ".docx":  # where the program drops tags, the title tells the form, and not which version of it
        said.pop("version", None), wanted.pop("version", None)
    assert said == wanted


@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
@pytest.mark.parametrize("name", ["ledger.xlsx", "annex1.xlsx"])
def test_change_forms_saved_again_are_read_the_same(name: str, suffix: str, again: tuple[Path, Saved]) -> None:
    folder, saved = again
    own, theirs = (
        ledgers_in(path, Loader(ROOT), Report()) for path in (folder / name, saved[name.replace(".xlsx", suffix)])
    )
    assert [_plain(each) for each in theirs] == [_plain(each) for each in own]


def values(path: Path) -> dict[tuple[str, str], Any]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (s.title, c.coordinate): c.value
        for s in book
        for row in s.iter_rows()
        for c in row
        if c.value not in (None, "")
    }


@pytest.mark.parametrize("name", ["attendance.xlsx", "assess.xlsx", "template.xlsx"])
def test_reports_hold_the_same_values_once_recalculated(name: str, again: tuple[Path, Saved]) -> None:
    folder, saved = again
    own, theirs = values(folder / name), values(saved[name])
    formulas = {
        (s.title, c.coordinate)
        for s in openpyxl.load_workbook(folder / name)
        for row in s.iter_rows()
        for c in row
        if c.data_type == "f"
    }
    wrong = {at: (value, theirs.get(at)) for at, value in own.items() if at not in formulas and theirs.get(at) != value}
    assert wrong == {}
    assert not [at for at in formulas if str(theirs.get(at)).startswith(("#", "Err:"))]


@pytest.mark.parametrize("n", range(len(FORMS)))
def test_a_blank_form_keeps_its_locks_lists_and_names(n: int, again: tuple[Path, Saved]) -> None:
    folder, saved = again
    own, theirs = (
        openpyxl.load_workbook(path).active for path in (folder / f"{n}-blank.xlsx", saved[f"{n}-blank.xlsx"])
    )
    assert own is not None and theirs is not None
    assert theirs.protection.sheet
    assert {name for name in own.defined_names if name.startswith("_banshi")} <= set(theirs.defined_names)
    assert len(theirs.data_validations.dataValidation) >= len(
        [rule for rule in own.data_validations.dataValidation if rule.type == "list"]
    )
    assert theirs.page_setup.paperSize in (9, "9")
