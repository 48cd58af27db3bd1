"""Every form of every centre: blank, filled in as a clerk would, read back as the same file; in a workbook and a document."""

import copy
import io
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from conftest import ROOT
from docx.oxml.ns import qn

from banshi.checking.checker import Checker
from banshi.checking.filled_forms import filled_in, form_kind, read_filled
from banshi.checking.loading import Loader
from banshi.cli import main
from banshi.commands.convert import _plain
from banshi.files.report import Report
from banshi.files.tables.hidden_names import hidden_name, read_name
from banshi.files.tables.opening import heads, opened
from banshi.law.forms_in_force import forms_of
from banshi.output.forms.document import form_document
from banshi.output.forms.layout import FormTable, Layout
from banshi.output.forms.workbook import form_book
from banshi.subjects.forms.writing import layouts_of

CENTRES = {"luzhou": ROOT, "linjiang": ROOT / "examples/linjiang", "qinghe": ROOT / "examples/qinghe"}
LOADERS = {name: Loader(folder) for name, folder in CENTRES.items()}
FORMS = [
    pytest.param(name, found, id=f"{found[0].instrument}#{found[1].id}")
    for name, loader in LOADERS.items()
    for found in forms_of(loader.library, name)
    if found[1].sample
]
Found = Any


def blank(found: Found, loader: Loader) -> Layout:
    return layouts_of(found, loader, [])[0]


def filled(found: Found, loader: Loader) -> Layout:
    return layouts_of(found, loader, [entry(found)])[0]


def entry(found: Found) -> dict[str, Any]:
    data, _ = form_kind(found[1]).document(copy.deepcopy(found[1].sample), *found)
    return next(iter(form_kind(found[1]).apart(data)))


def names(found: Found, loader: Loader) -> Any:
    return form_kind(found[1]).places(loader, *found).names


def values(layout: Layout) -> dict[str, str]:
    """What a clerk copies: label → value, and the rows of tables by heading and number."""
    said = {}
    for part in layout.parts:
        if isinstance(part, FormTable):
            for n, row in enumerate(part.rows):
                said |= {
                    f"{leaf.name}#{n}": value for leaf, value in zip(part.listing.leaves, row, strict=True) if value
                }
        else:
            said |= {cell.label: cell.value for cell in part.cells if cell.value}
    return said


def fill_book(path: Path, said: dict[str, str]) -> None:
    """Each value beside its label, each row below its headings, where the sheet lets one write."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    left = dict(said)
    places = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    for name, value in said.items():
        label, _, number = name.partition("#")
        at = places[label]
        wide = next((each.max_col for each in sheet.merged_cells.ranges if at.coordinate in each), at.column)
        cell = sheet.cell(at.row + 1 + int(number), at.column) if number else sheet.cell(at.row, wide + 1)
        assert cell.protection.locked is False, name
        cell.value = value
        left.pop(name)
    assert left == {}
    book.save(path)


def fill_document(path: Path, said: dict[str, str]) -> None:
    made = docx.Document(str(path))
    for table in made.tables:
        heads_of: list[str] = []
        for n, row in enumerate(table.rows):
            texts = ["".join(t.text or "" for t in cell._tc.iter(qn("w:t"))).strip("\u3000") for cell in row.cells]
            if n == 0:
                heads_of = texts
            for m, cell in enumerate(row.cells):
                label = texts[0].partition("（")[0] if len(texts) == 2 and m == 1 else f"{heads_of[m]}#{n - 1}"
                value = said.get(label) or next(
                    (v for k, v in said.items() if m == 1 and len(texts) == 2 and texts[0].startswith(f"{k}（")), None
                )
                if value is None or (n == 0 and label.endswith("#-1")):
                    continue
                text = next(iter(cell._tc.iter(qn("w:t"))), None)
                if text is None:
                    cell.text = value
                    continue
                text.text = value
                for shown in list(cell._tc.iter(qn("w:showingPlcHdr"))):
                    shown.getparent().remove(shown)
    made.save(str(path))


def read(path: Path, loader: Loader) -> tuple[list[Any], Report]:
    report = Report()
    found = filled_in(heads(path).heads, opened(path).grids, loader)
    return [read_filled(path, each, loader, report) for each in found], report


def whole(found: Found) -> Any:
    """What the form says of its sample: without what it has no place for."""
    data, _ = form_kind(found[1]).document(copy.deepcopy(found[1].sample), *found)
    data.pop("fictional", None)
    return data


@pytest.mark.parametrize(("centre", "found"), FORMS)
@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_blank_then_filled_by_a_clerk_is_read_as_the_same_file(
    centre: str, found: Found, suffix: str, tmp_path: Path
) -> None:
    loader, path = LOADERS[centre], tmp_path / f"f{suffix}"
    made = blank(found, loader)
    said = values(filled(found, loader))
    if suffix == ".xlsx":
        path.write_bytes(form_book([("表", made)], names(found, loader)))
        fill_book(path, said)
    else:
        path.write_bytes(form_document([made], names(found, loader)))
        fill_document(path, said)
    [document], report = read(path, loader)
    assert [f.message.zh for f in report.findings] == []
    assert document is not None
    own, wanted = _plain(document.data), _plain(whole(found))
    for key in ("centre", "from", "to"):  # a form need not ask for them: they follow from what it says
        if key not in str([each.key for each in found[1].fields]):
            own.pop(key, None), wanted.pop(key, None)
    assert own == wanted


@pytest.mark.parametrize(("centre", "found"), FORMS)
@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_a_filled_sample_is_checked_like_the_file(centre: str, found: Found, suffix: str, tmp_path: Path) -> None:
    loader, path = LOADERS[centre], tmp_path / f"f{suffix}"
    made = filled(found, loader)
    path.write_bytes(
        form_book([("表", made)], names(found, loader))
        if suffix == ".xlsx"
        else form_document([made], names(found, loader))
    )
    said = {f.message.zh for f in Checker(CENTRES[centre]).check([path]).findings if f.severity.value == "error"}
    assert said == set()


def test_hidden_names_say_what_they_were_made_of() -> None:
    for steps in (("a/b-c@2011-11-04#x_1",), ("leave", "from_half"), ("windows", "facts", "online-rate.x")):
        name = hidden_name("value", *steps)
        assert read_name(name) == ("value", steps)
        assert name.replace("_", "").replace(".", "").isalnum()
    assert read_name("Print_Area") is None


def form(centre: str, name: str) -> tuple[Loader, Found]:
    loader = LOADERS[centre]
    return loader, next(each for each in forms_of(loader.library, centre) if each[1].id == name)


def book(tmp_path: Path, centre: str, name: str) -> tuple[Path, Any]:
    loader, found = form(centre, name)
    path = tmp_path / "f.xlsx"
    path.write_bytes(form_book([("表", filled(found, loader))], names(found, loader)))
    opened_book = openpyxl.load_workbook(path)
    return path, opened_book


def test_the_way_back_does_not_need_the_labels(tmp_path: Path) -> None:
    """Rows put in above, labels and title written over: the hidden names lead to the same cells."""
    path, opened_book = book(tmp_path, "linjiang", "leave-slip")
    sheet = opened_book.active
    wanted = read(path, LOADERS["linjiang"])[0][0].data
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.protection.locked:
                cell.value = "改过的标签"
    opened_book.save(path)
    [document], _ = read(path, LOADERS["linjiang"])
    assert document.data == wanted


def test_a_form_without_names_is_read_by_its_labels(tmp_path: Path) -> None:
    path, opened_book = book(tmp_path, "linjiang", "shift-swap")
    wanted = read(path, LOADERS["linjiang"])[0][0].data
    sheet = opened_book.active
    for name in list(sheet.defined_names):
        if read_name(name):
            del sheet.defined_names[name]
    opened_book.save(path)
    [document], _ = read(path, LOADERS["linjiang"])
    assert document.data == wanted


def test_what_cannot_be_read_is_told_once_at_its_cell(tmp_path: Path) -> None:
    path, opened_book = book(tmp_path, "linjiang", "shift-swap")
    sheet = opened_book.active
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "2026-03-04")
    cell.value = "三月某日"
    opened_book.save(path)
    findings = Checker(CENTRES["linjiang"]).check([path]).findings
    told = next(f for f in findings if f.rule == "input/row-unreadable")
    assert (told.line, told.column, told.sheet) == (cell.row, cell.column, "表")
    assert "日期" in told.message.zh and [f for f in findings if f.severity == "error"] == [told]


def test_a_required_field_left_out_is_told_at_its_cell(tmp_path: Path) -> None:
    path, opened_book = book(tmp_path, "linjiang", "shift-swap")
    cell = next(c for row in opened_book.active.iter_rows() for c in row if c.value == "样例乙")
    cell.value = None
    opened_book.save(path)
    [told] = [f for f in Checker(CENTRES["linjiang"]).check([path]).findings if f.severity.value == "error"]
    assert (told.line, told.column) == (cell.row, cell.column)
    assert "缺少“对调人”" in told.message.zh and told.fix.zh == "填上这一格。"


def test_what_stands_beside_the_fields_is_told(tmp_path: Path) -> None:
    path, opened_book = book(tmp_path, "linjiang", "leave-slip")
    cell = next(c for row in opened_book.active.iter_rows() for c in row if c.value == "样例甲")
    opened_book.active.cell(cell.row, 9).value = "随手写的"
    opened_book.save(path)
    assert any("随手写的" in f.message.zh for f in Checker(CENTRES["linjiang"]).check([path]).findings)


def test_a_sheet_beside_a_form_is_told(tmp_path: Path) -> None:
    path, opened_book = book(tmp_path, "linjiang", "leave-slip")
    opened_book.create_sheet("别的")["A1"] = "x"
    opened_book.save(path)
    assert [f.sheet for f in Checker(CENTRES["linjiang"]).check([path]).findings if f.rule == "input/left-aside"] == [
        "别的"
    ]


def test_a_filled_form_as_a_file_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(
        "kind: form\ninstrument: linjiang/leave-and-hours\nform: shift-swap\nvalues:\n  applicant: 甲\n  partner: 乙\n"
        "  asked_on: 2026年3月2日\n  swaps: [{day: 2026-03-04, was: A班, becomes: 夜班}]\n",
        encoding="utf-8",
    )
    findings = Checker(CENTRES["linjiang"]).check([path]).findings
    assert [f.where for f in findings if f.severity.value == "error"] == [("values", "swaps", 0, "becomes")]
    path.write_text(path.read_text("utf-8").replace("shift-swap", "no-such"), encoding="utf-8")
    assert any("没有这张自定栏目的表" in f.message.zh for f in Checker(CENTRES["linjiang"]).check([path]).findings)


def test_the_command_fills_a_form_from_a_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register = ROOT / "examples/attendance/2010-02/register.yaml"
    out = tmp_path / "f.xlsx"
    assert main(["form", "请假单", "--from", str(register), "--format", "xlsx", "-o", str(out)]) == 0
    documents, report = read(out, LOADERS["luzhou"])
    assert [f.message.zh for f in report.findings] == []
    assert len(documents) == len(openpyxl.load_workbook(out).sheetnames) > 5


def test_a_hostile_document_is_told_and_nothing_else(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "f.docx"
    for body in (
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        b"<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>"
        + b"x" * 200_000
        + b"</w:t></w:r></w:p></w:body></w:document>",
        b"<w:document",
    ):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", body)
        findings = Checker(ROOT).check([path]).findings
        assert [f.rule for f in findings] == ["input/not-a-table"], body[:30]
    path.write_bytes(b"PK\x03\x04 no archive")
    assert [f.rule for f in Checker(ROOT).check([path]).findings] == ["input/not-a-table"]


@pytest.mark.parametrize(("centre", "found"), FORMS)
def test_a_workbook_prints_legibly(centre: str, found: Found) -> None:
    """Made to fit the width of its paper, its letters keep three fifths of their size: wide tables turn the paper."""
    loader = LOADERS[centre]
    book = openpyxl.load_workbook(io.BytesIO(form_book([("表", blank(found, loader))], names(found, loader))))
    sheet: Any = book.active
    wide = sum((own.max - own.min + 1) * own.width for own in sheet.column_dimensions.values())
    assert wide * 0.6 < (130 if sheet.page_setup.orientation == "landscape" else 84)
