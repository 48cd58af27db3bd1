"""A form as a document: the layout of official documents, every label and value in it, hostile words harmless."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import ROOT, banshi
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hostile import AFTER, BEFORE
from test_change_tables import EXAMPLE, FAULTY

from banshi.checking.checker import Checker
from banshi.checking.loading import Loader
from banshi.cli import main
from banshi.law.forms_in_force import forms_of, named
from banshi.output.forms.document import form_document
from banshi.output.forms.layout import Cell, FormSection, FormTable, Layout
from banshi.subjects.forms.writing import layouts_of

FORM = EXAMPLE / "changes/006.yaml"


def made(tmp_path: Path, *words: str) -> Any:
    out = tmp_path / "f.docx"
    assert main(["form", *words, "--format", "docx", "-o", str(out), "--force"]) == 0
    return docx.Document(str(out))


def said(element: Any) -> str:
    """The text of an element, of the fields in it too."""
    return "".join(each.text or "" for each in element.iter(qn("w:t"))).strip("\u3000")


def cells(document: Any) -> list[list[str]]:
    return [[said(cell._tc) for cell in row.cells] for table in document.tables for row in table.rows]


def blank_layout(name: str) -> Layout:
    loader = Loader(ROOT)
    found = named(name, list(forms_of(loader.library, "luzhou")))
    assert found is not None
    return layouts_of(found, loader, [])[0]


@pytest.mark.parametrize("name", ["annex1", "附件2"])
def test_a_blank_form_has_every_label(name: str, tmp_path: Path) -> None:
    wanted = blank_layout(name)
    document = made(tmp_path, name)
    found = cells(document)
    labels = {row[0].partition("（由")[0] for row in found}
    for part in wanted.parts:
        if isinstance(part, FormTable):
            assert [leaf.name for leaf in part.listing.leaves] in found
        else:
            assert all(any(label.startswith(cell.label) for label in labels) for cell in part.cells)
    assert said(document.paragraphs[0]._p) == wanted.title


def test_a_filled_form_has_every_value(tmp_path: Path) -> None:
    document = made(tmp_path, "annex1", "--from", str(FORM))
    found = cells(document)
    values = {cell for row in found for cell in row}
    for each in (
        "变-2012-滨河-006",
        "455477.90",
        "肆拾伍万伍仟肆佰柒拾柒元玖角",
        "站台彩色透水混凝土（厚15cm）",
        "30237.90",
    ):
        assert each in values
    assert [row[1] for row in found if row[0].startswith("项目名称")] == ["滨河路西段道路及排水工程（虚构）"]


def test_the_layout_is_that_of_official_documents(tmp_path: Path) -> None:
    document = made(tmp_path, "annex1")
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    for found, wanted in zip(margins, (37, 35, 28, 26), strict=True):
        assert abs(found - Mm(wanted)) < Mm(0.1)
    assert document.paragraphs[0].alignment == 1
    body = next(document.tables[0].rows[0].cells[0]._tc.iter(qn("w:r")))
    assert body.rPr.sz.val == Pt(16) and body.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    foot = section.footer.paragraphs[0]
    assert "".join(each.text for each in foot._p.iter(qn("w:t"))) == "— 1 —"
    assert foot._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
    with zipfile.ZipFile(tmp_path / "f.docx") as archive:
        fonts = archive.read("word/fontTable.xml").decode()
    assert '<w:altName w:val="仿宋,FangSong' in fonts and fonts.rstrip().endswith("</w:fonts>")


def test_hostile_words_are_text_and_nothing_else() -> None:
    hostile = f"{BEFORE}甲{AFTER}\x00\x1b\ud800"
    raw = form_document([Layout(hostile, hostile, [FormSection(hostile, [Cell(hostile, None, (), hostile, hostile)])])])
    document = docx.Document(io.BytesIO(raw))
    [[label, value]] = cells(document)
    assert BEFORE in value and "</script>" in value and BEFORE in label and "\u202e" not in value + label
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        body = archive.read("word/document.xml").decode()
        links = archive.read("word/_rels/document.xml.rels").decode()
    assert "<script" not in body and "w:hyperlink" not in body and "instrText" not in body
    assert "evil.example" not in links


def test_the_same_form_gives_the_same_bytes() -> None:
    assert form_document([blank_layout("annex1")]) == form_document([blank_layout("annex1")])


def test_several_forms_each_begin_a_page(tmp_path: Path) -> None:
    document = made(tmp_path, "annex1", "--from", str(EXAMPLE))
    titles = [p for p in document.paragraphs if said(p._p) == blank_layout("annex1").title]
    assert len(titles) == len(list((EXAMPLE / "changes").glob("*.yaml")))


def test_several_forms_are_read_back_each_by_itself(tmp_path: Path) -> None:
    """What is found in each is what is found in the project; a place says which form it lies in."""
    told = {}
    for name, folder in (("a", EXAMPLE), ("b", FAULTY)):
        out = tmp_path / f"{name}.docx"
        assert main(["form", "annex1", "--from", str(folder), "--format", "docx", "-o", str(out)]) == 0
        report = Checker(ROOT).check([out])
        told[name] = {(f.rule, f.sheet) for f in report.findings if f.rule.startswith("change/")}
        own = {f.rule for f in Checker(ROOT).check([folder]).findings if f.rule.startswith("change/")}
        assert {rule for rule, _ in told[name]} == own - {"change/project-id-matches"}  # no form states another project
    assert told["a"] == set() and len({sheet for _, sheet in told["b"]}) > 2


def test_a_case_is_no_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["form", str(ROOT / "examples/parallel/registration"), "--format", "docx", "-o", "x.docx"]) == 2
    assert "docx" in capsys.readouterr().err


def test_a_page_of_plain_text_has_22_lines_of_28_signs(tmp_path: Path) -> None:
    """By the measures alone: what fits between the margins, in lines of the grid and in signs as close as they stand."""
    out = tmp_path / "form.docx"
    assert banshi("form", "附件1", "--format", "docx", "-o", str(out)).returncode == 0
    parts = zipfile.ZipFile(out)
    body, styles = (parts.read(f"word/{name}.xml").decode() for name in ("document", "styles"))

    def figure(sought: str, text: str = body) -> int:
        found = re.search(sought, text)
        assert found, sought
        return int(found[1])

    top, bottom, left, right, pitch = (
        figure(f'w:{name}="([0-9]+)"') for name in ("top", "bottom", "left", "right", "linePitch")
    )
    wide, tall = (figure(f'<w:pgSz[^>]*w:{name}="([0-9]+)"') for name in "wh")
    normal = styles[styles.index('w:styleId="Normal"') :].split("</w:style>")[0]
    size, closer = figure('<w:sz w:val="([0-9]+)"', normal), figure('<w:spacing w:val="(-?[0-9]+)"', normal)
    assert (tall - top - bottom) // pitch == 22
    assert (wide - left - right) // (size * 10 + closer) == 28
