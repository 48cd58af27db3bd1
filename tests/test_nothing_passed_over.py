"""A file anywhere in a folder is read, or named as unread; silent is only what can be no input."""

import io
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT, write_yaml
from hypothesis import given
from hypothesis import strategies as st

from banshi.checking.checker import Checker
from banshi.cli import main
from banshi.files.findings import Severity
from banshi.files.reading import DOCUMENT_SUFFIXES, LINES_SUFFIXES, TABLE_SUFFIXES, YAML_SUFFIXES, read
from banshi.files.report import Report
from banshi.files.unread_files import no_input

CASES = "办件编号,类别,部门,窗口,受理日期,承诺办结日,办结日期\n{},其他,甲,W01,2012-01-05,2012-01-12,{}\n"
PUNCHES = "人员编号,打卡时间\n002,2010-03-01 08:31\n"
CASE = {"id": "1", "kind": "other", "department": "甲", "window": "W01", "accepted_on": "2012-01-05"}
LEDGER = {"kind": "ledger", "project": {}, "changes": []}


def _book(rows: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in rows.splitlines():
        sheet.append(line.split(","))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _zip(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "x")
    return made.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 600
# What holds rows or a form, and is read, or an error wherever it may bear on a judgement.
INPUTS = {
    "all.zip": _zip("a.csv"),
    "another.csv": CASES.format("9", "2012-01-30").encode(),
    "ANOTHER.CSV": CASES.format("9", "2012-01-30").encode(),
    "more.xlsx": _book(CASES.format("9", "2012-01-30")),
    "punches2.csv": PUNCHES.encode(),
    "odd.csv": "甲,乙,丙\n1,2,3\n".encode(),
    "broken.xlsx": b"PK\x03\x04 no workbook",
    "old.xls": OLD,
    "old.ET": OLD,
    "rows.txt": PUNCHES.replace(",", "\t").encode(),
    "1_attlog.dat": b"1\t2010-03-01 08:31:00\t1\t0\t1\t0\n" * 3,
    "log.jsonl": (json.dumps({"kind": "cases", "jurisdiction": "luzhou"}) + "\n" + json.dumps(CASE) + "\n").encode(),
    "form.yaml": b"kind: cases\n",
    "form.YML": b"kind: nothing\n",
    ".hidden.csv": CASES.format("9", "2012-01-30").encode(),
    "form.txt": b"# x\nkind: change\n",
    "~$real.csv": (CASES.format("9", "2012-01-30") + "\n" * 600).encode(),
}
# What is something else: named, and no more.
OTHERS = {
    "letter.docx": _zip("word/document.xml"),
    "photos.zip": _zip("1.jpg"),
    "scan.PDF": b"%PDF-1.7",
    "photo.jpg": b"\xff\xd8\xff",
    "talk.txt": "今天开会，\n没有别的\n".encode(),
    "form.yaml.bak": b"kind: change\n",
    "form.yaml~": b"kind: change\n",
    "page.html": b"<html></html>",
    "odd.zzz": b"x",
}
SILENT = {
    "README.md": b"x, y\n1, 2\n",
    "LICENSE": b"x",
    ".DS_Store": b"\0",
    "~$open.xlsx": b"x" * 165,
    ".~lock.a.ods#": b"x",
    "Thumbs.db": b"x",
    ".gitignore": b"x",
}
ANY = {**INPUTS, **OTHERS, **SILENT}


def project(folder: Path) -> None:
    write_yaml(folder / "project.yaml", {"kind": "project"})
    (folder / "changes").mkdir()
    write_yaml(folder / "changes/001.yaml", {"kind": "change", "attachments": [{"kind": "basis", "file": "fine.xlsx"}]})


def cases(folder: Path) -> None:
    (folder / "办件.csv").write_text(CASES.format("1", "2012-01-09"), encoding="utf-8")
    head = {"kind": "cases", "jurisdiction": "luzhou", "centre": "样例", "level": "county", "as_of": "2012-02-29"}
    write_yaml(folder / "登记.yaml", {**head, "log": "办件.csv"})


def assessment(folder: Path) -> None:
    text = (ROOT / "examples/assessment/2012-Q1.yaml").read_text(encoding="utf-8")
    one = text.partition("\n  - id: W02\n")[0]
    (folder / "考核.yaml").write_text(f"{one}\n", encoding="utf-8")


def register(folder: Path) -> None:
    head = {"kind": "attendance", "jurisdiction": "luzhou", "centre": "样例", "from": "2010-03-01", "to": "2010-03-03"}
    staff = [{"id": "002", "group": "window_staff", "window": "W01"}]
    write_yaml(folder / "登记.yaml", {**head, "windows": [{"id": "W01", "name": "甲"}], "staff": staff})
    (folder / "打卡.csv").write_text(PUNCHES, encoding="utf-8")


def nothing(_folder: Path) -> None:
    """An empty folder."""


HOMES = {each.__name__: each for each in (project, cases, assessment, register, nothing)}


PLACES = [(home, where) for home in HOMES for where in ("", "below")]
PLACES += [("project", "changes"), ("project", "changes/below")]
CHECKER = Checker(ROOT)


def checked(folder: Path) -> Report:
    return CHECKER.check([folder])


def said_of(report: Report, name: str) -> list[Severity]:
    return [f.severity for f in report.findings if f.path.endswith(f"/{name}") or name in f.message.zh]


@pytest.fixture(scope="module")
def files_of(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How many files each home has of itself."""
    counts = {}
    for home, make in HOMES.items():
        folder = tmp_path_factory.mktemp(home)
        make(folder)
        counts[home] = checked(folder).files
    return counts


@pytest.mark.parametrize("name", ANY)
@pytest.mark.parametrize(("home", "where"), PLACES)
def test_whatever_lies_in_a_folder_is_read_or_named(
    home: str, where: str, name: str, files_of: dict[str, int], tmp_path: Path
) -> None:
    HOMES[home](tmp_path)
    before = files_of[home]
    place = tmp_path / where / name
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(ANY[name])
    report = checked(tmp_path)
    said = said_of(report, name)
    assert not report.failed
    if name in SILENT:
        assert (said, report.files) == ([], before)
        return
    assert said or report.files > before
    if name in INPUTS and (home in ("cases", "assessment") or where.startswith("changes")):
        assert Severity.ERROR in said or report.files > before
    if name in OTHERS:
        assert set(said) == {Severity.NOTE}


@given(names=st.sets(st.sampled_from(sorted(ANY)), min_size=2, max_size=6), home=st.sampled_from(sorted(HOMES)))
def test_together_they_are_told_as_one_by_one(
    names: set[str], home: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("folder")
    HOMES[home](folder)
    before = checked(folder).files
    for name in names:
        (folder / name).write_bytes(ANY[name])
    report = checked(folder)
    told = {name for name in names if said_of(report, name)}
    silent = {name for name in names if no_input(folder / name)}
    assert silent == names & SILENT.keys()
    assert len(names) <= len(told) + len(silent) + report.files - before


def test_what_a_form_names_as_attached_is_no_form(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "changes/fine.xlsx").write_bytes(INPUTS["more.xlsx"])
    (tmp_path / "changes/other.xlsx").write_bytes(INPUTS["more.xlsx"])
    report = checked(tmp_path)
    assert said_of(report, "fine.xlsx") == []
    assert Severity.ERROR in said_of(report, "other.xlsx")


def test_a_spreadsheet_among_the_forms_may_be_a_form(sound_project: Path) -> None:
    assert checked(sound_project).findings == []
    (sound_project / "changes/补.xlsx").write_bytes(INPUTS["more.xlsx"])
    missing = [f.message.zh for f in checked(sound_project).findings if f.rule == "input/incomplete-project"]
    assert len(missing) == 1 and "补.xlsx（序次不明）" in missing[0]


@pytest.mark.parametrize("name", ["old.xls", "odd.csv", "rows.txt", "broken.xlsx"])
def test_nobody_is_judged_while_a_neighbour_may_hold_the_rest(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases(tmp_path)
    assert main(["cases", str(tmp_path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["not_counted"]["unknown_number"] is False
    (tmp_path / name).write_bytes(ANY[name])
    assert main(["cases", str(tmp_path), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["not_counted"]["unknown_number"] is True
    assert "met" not in {one["verdict"] for one in found["targets"]}
    assert any(one["bears_on_judgements"] and name in one["path"] for one in found["reading"]["left_aside"])


def test_a_second_log_is_a_log_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases(tmp_path)
    (tmp_path / "another.csv").write_bytes(INPUTS["another.csv"])
    assert main(["cases", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert "another.csv" in told.out and "input/told-twice" in told.err


def test_a_table_that_its_document_reads_is_read_once(tmp_path: Path) -> None:
    for home in (cases, register):
        folder = tmp_path / home.__name__
        folder.mkdir()
        home(folder)
        report = checked(folder)
        assert (report.files, [f for f in report.findings if f.rule.startswith("input/")]) == (2, [])


def test_a_folder_of_a_built_site_is_passed_and_one_with_data_is_not(tmp_path: Path) -> None:
    for name, more in (("site", "index.html"), ("build", "")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "form.YML").write_bytes(INPUTS["form.YML"])
        if more:
            (tmp_path / name / more).write_text("<html></html>", encoding="utf-8")
    assert checked(tmp_path).files == 1


def test_the_page_on_formats_names_every_suffix_that_a_folder_is_read_for() -> None:
    said = (ROOT / "site_templates/formats.md.j2").read_text(encoding="utf-8").partition("{ #folder }")[2]
    read = next(line for line in said.splitlines() if line.startswith("- **读**"))
    for suffix in (*YAML_SUFFIXES, *LINES_SUFFIXES, *TABLE_SUFFIXES, *DOCUMENT_SUFFIXES):
        assert f"<code>{suffix}</code>" in read, suffix
    silent = next(line for line in said.splitlines() if line.startswith("- **不提**"))
    assert all(no_input(Path(f"x{suffix}")) for suffix in re.findall(r"<code>(\.\w+)</code>", silent))


@pytest.mark.parametrize("suffix", [".yml", ".json", "-补.yaml"])
@pytest.mark.parametrize("name", ["luzhou/attendance/2009-12-01", "cn/working-days/2011"])
def test_a_rulebook_that_another_name_would_keep_from_being_used_is_told(
    name: str, suffix: str, tmp_path: Path
) -> None:
    file = tmp_path / f"policies/{name}{suffix}"
    file.parent.mkdir(parents=True)
    text = (ROOT / f"policies/{name}.yaml").read_text(encoding="utf-8")
    document = read(ROOT / f"policies/{name}.yaml").document
    assert document is not None
    file.write_text(json.dumps(document.data) if suffix == ".json" else text, encoding="utf-8")
    found = {f.rule for f in Checker(ROOT).check([file]).findings}
    assert found & {"policy/place-matches", "policy/working-days-sound"}
