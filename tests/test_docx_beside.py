"""What stands in a document beside its text is told, and takes nothing from what is read."""

import re
import zipfile
from pathlib import Path

import docx
import pytest
from conftest import ROOT, banshi
from test_change_tables import EXAMPLE

from banshi.checking.checker import Checker
from banshi.cli import main
from banshi.files.tables.docx import document_grids

FORM = EXAMPLE / "changes/006.yaml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SAID = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
# What a part of each sort holds; the separators that Word writes say nothing.
PARTS = {
    "comments": '<w:comments xmlns:w="{w}"><w:comment w:id="0" w:author="甲">{p}</w:comment></w:comments>',
    "footnotes": '<w:footnotes xmlns:w="{w}"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>'
    '</w:footnote><w:footnote w:id="1">{p}</w:footnote></w:footnotes>',
    "endnotes": '<w:endnotes xmlns:w="{w}"><w:endnote w:id="1">{p}</w:endnote></w:endnotes>',
    "header": '<w:hdr xmlns:w="{w}">{p}</w:hdr>',
    "footer": '<w:ftr xmlns:w="{w}">{p}</w:ftr>',
}
NAMES = {"comments": "批注", "footnotes": "脚注", "endnotes": "尾注", "header": "页眉", "footer": "页脚"}
_BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:drawing><txbx><w:txbxContent>{p}</w:txbxContent></txbx>'
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{p}</w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def form(folder: Path) -> Path:
    out = folder / "form.docx"
    assert main(["form", "annex1", "--from", str(FORM), "--format", "docx", "-o", str(out), "--force"]) == 0
    return out


def changed(path: Path, sort: str, said: str, body: tuple[str, str] = ("", "")) -> Path:
    """The document with one more part of a sort, or with something put into its body."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name).decode("utf-8", "surrogateescape") for name in old.namelist()}
    if sort:
        rels = "word/_rels/document.xml.rels"
        one = f'<Relationship Id="odd1" Type="{_R}/{sort}" Target="odd.xml"/></Relationships>'
        parts[rels] = parts[rels].replace("</Relationships>", one)
        parts["word/odd.xml"] = PARTS[sort].format(w=_W, p=_SAID.format(said)) if said else "<broken"
    if body[0]:
        assert body[0] in parts["word/document.xml"]
        parts["word/document.xml"] = parts["word/document.xml"].replace(*body, 1)
    out = path.with_name("changed.docx")
    with zipfile.ZipFile(out, "w") as new:
        for name, text in parts.items():
            new.writestr(name, text.encode("utf-8", "surrogateescape"))
    return out


def told(path: Path) -> list[str]:
    return [f.message.zh for f in Checker(ROOT).check([path]).findings if f.rule == "input/left-aside"]


@pytest.mark.parametrize("sort", PARTS)
def test_what_stands_beside_the_text_of_a_form_is_told(sort: str, tmp_path: Path) -> None:
    plain = form(tmp_path)
    assert told(plain) == [], "our own foot is the number of the page"
    assert told(changed(plain, sort, "另附说明")) == [f"文档里有{NAMES[sort]} 1 处（“另附说明”），没有读"]
    assert told(changed(plain, sort, "")) == [f"文档里有{NAMES[sort]} 1 处（“读不出”），没有读"]
    assert "没有读" in banshi("check", str(changed(plain, sort, "另附说明"))).stdout


@pytest.mark.parametrize("said", ["— 1 —", "第 3 页 共 12 页", "Page 3 of 12", " "])
def test_the_number_of_a_page_is_nothing_to_be_told(said: str, tmp_path: Path) -> None:
    assert told(changed(form(tmp_path), "footer", said)) == []


@pytest.mark.parametrize("before", [True, False])
def test_a_text_box_is_told_and_the_paragraph_around_it_is_read(before: bool, tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("合同编号：滨-12")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "金额", "300"
    made.save(str(tmp_path / "a.docx"))
    run = "<w:r><w:t>{}</w:t></w:r>"
    for text, row in (("合同编号：滨-12", ["合同编号：滨-12"]), ("300", ["金额", "300"])):
        own, box = run.format(text), _BOX.format(p=_SAID.format("见附页") * 2)
        odd = changed(tmp_path / "a.docx", "", "", (own, box + own if before else own + box))
        (grid,) = document_grids(odd)
        rows = [each.cells for each in grid.rows()]
        assert rows[:2] == [["合同编号：滨-12"], ["金额", "300"]] and row in rows
        assert [note.message.zh for note in grid.notes] == ["文档里有文本框 1 处（“见附页 见附页”），没有读"]


def test_pictures_are_counted_once(tmp_path: Path) -> None:
    both = "<mc:AlternateContent xmlns:mc='urn:mc'><mc:Choice><a:blip xmlns:a='urn:a'/></mc:Choice><mc:Fallback>"
    both += "<v:imagedata xmlns:v='urn:v'/></mc:Fallback></mc:AlternateContent>"
    odd = changed(form(tmp_path), "", "", ("</w:p>", f"<w:r>{both}</w:r></w:p>"))
    assert told(odd) == ["文档里有图片 1 张，没有读"]


def test_of_several_forms_in_one_document_it_is_told_once_or_of_each(tmp_path: Path) -> None:
    out = tmp_path / "all.docx"
    assert main(["form", "annex1", "--from", str(EXAMPLE), "--format", "docx", "-o", str(out)]) == 0
    odd = changed(out, "comments", "另附说明")
    assert len(document_grids(odd)) > 1 and len(told(odd)) == 1
    assert re.search("批注", told(odd)[0])
    odd = changed(out, "comments", "此表作废")  # nobody knows which
    assert len(told(odd)) == len(document_grids(odd)) and "应走档次" not in banshi("tier", str(odd)).stdout


@pytest.mark.parametrize(("gone", "come"), [("del", "ins"), ("moveFrom", "moveTo"), ("", "ins"), ("del", "")])
def test_a_change_that_nobody_has_accepted_leaves_the_form_open(gone: str, come: str, tmp_path: Path) -> None:
    own = "<w:t>455477.90</w:t>"
    other = own.replace("455477.90", "99999.00")
    old = own.replace("w:t>", "w:delText>") if gone == "del" else own
    tail = f"</w:r><w:{come} w:id='8' w:author='甲'><w:r>{other}</w:r></w:{come}><w:r>" if come else ""
    head = f"</w:r><w:{gone} w:id='9' w:author='甲'><w:r>{old}</w:r></w:{gone}><w:r>" if gone else own
    odd = changed(form(tmp_path), "", "", (own, head + tail))
    said = [each for each in told(odd) if "修订：" in each]
    assert len(said) == bool(gone) + bool(come) and all("以哪个为准不知道" in each for each in said)
    assert "应走档次" not in banshi("tier", str(odd)).stdout
    layout = ("<w:p>", "<w:p><w:pPr><w:rPr><w:del w:id='7' w:author='甲'/></w:rPr></w:pPr>")
    assert told(changed(form(tmp_path), "", "", layout)) == [], "of the end of a paragraph no word is lost"


def test_of_several_forms_only_the_changed_one_is_left_open(tmp_path: Path) -> None:
    out = tmp_path / "all.docx"
    assert main(["form", "annex1", "--from", str(EXAMPLE), "--format", "docx", "-o", str(out)]) == 0
    own = "<w:t>455477.90</w:t>"
    odd = changed(out, "", "", (own, f"<w:t></w:t></w:r><w:ins w:id='9'><w:r>{own}</w:r></w:ins><w:r>"))
    assert len(told(odd)) == 1
