"""Nothing that stands on a filled form is passed over: it is read, told, or keeps the form from being judged."""

import copy
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from conftest import ROOT, banshi
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lengths import LONG, longer
from openpyxl.comments import Comment
from test_filled_forms import CENTRES, FORMS, LOADERS, filled, names, read

from banshi.checking.checker import Checker
from banshi.files.tables.ticks import ticked
from banshi.output.forms.document import form_document
from banshi.output.forms.workbook import form_book

MARK = "暗记甲乙"
TRIES = 16 if LONG else 2


def report(path: Path, centre: str) -> str:
    """What ``check`` has to say, places apart."""
    found = Checker(CENTRES[centre]).check([path]).findings
    return "\n".join(f"{each.rule} {each.severity.value} {each.message.zh}" for each in found)


@longer
@pytest.mark.parametrize(("centre", "found"), FORMS)
def test_what_is_written_anywhere_on_a_form_is_told(centre: str, found: Any, tmp_path: Path) -> None:
    loader = LOADERS[centre]
    book = form_book([("表", filled(found, loader))], names(found, loader), "规定")
    chance = random.Random(found[1].id)
    path = tmp_path / "表.xlsx"
    path.write_bytes(book)
    before = report(path, centre)
    for _ in range(TRIES):
        made = openpyxl.load_workbook(path)
        sheet = made.worksheets[0]
        free = [
            cell
            for row in sheet.iter_rows(max_row=sheet.max_row + 3, max_col=sheet.max_column + 2)
            for cell in row
            if type(cell).__name__ == "Cell" and cell.value in (None, "")
        ]
        cell = chance.choice(free)
        cell.value = chance.choice((MARK, f"{MARK}：" + "很长的一段话" * 12, 12345.67))
        made.save(tmp_path / "写了字.xlsx")
        after = report(tmp_path / "写了字.xlsx", centre)
        # A free cell may be that of a value: then it is read, and what it means is told by whoever looks at it.
        assert after != before or _is_read(tmp_path / "写了字.xlsx", cell.value, centre), (cell.coordinate, cell.value)


def _is_read(path: Path, value: Any, centre: str) -> bool:
    documents, _ = read(path, LOADERS[centre])
    return any(str(value)[:4] in str(each.data) for each in documents if each is not None)


@longer
@pytest.mark.parametrize(("centre", "found"), FORMS)
def test_what_is_written_between_the_parts_of_a_document_is_told(centre: str, found: Any, tmp_path: Path) -> None:
    loader = LOADERS[centre]
    path = tmp_path / "表.docx"
    path.write_bytes(form_document([filled(found, loader)], names(found, loader), "规定"))
    before = report(path, centre)
    assert "column-unused" not in before  # nothing that the form itself prints is told
    for n in range(max(1, TRIES // 2)):
        made = docx.Document(str(path))
        tables = made.tables
        table = tables[n % len(tables)]
        table.rows[n % len(table.rows)]._tr.getparent().addnext(made.add_paragraph(MARK)._p)
        made.save(str(tmp_path / "写了字.docx"))
        assert MARK in report(tmp_path / "写了字.docx", centre)


@pytest.mark.parametrize(("centre", "found"), FORMS)
def test_a_form_as_it_is_printed_says_nothing_besides(centre: str, found: Any, tmp_path: Path) -> None:
    loader = LOADERS[centre]
    path = tmp_path / "表.xlsx"
    path.write_bytes(form_book([("表", filled(found, loader))], names(found, loader), "规定"))
    said = report(path, centre)
    assert "column-unused" not in said and "批注" not in said, said


@pytest.mark.parametrize(
    ("runs", "said"), [([True], "划了删除线"), ([True, False], "有一部分划了删除线"), ([False], "")]
)
def test_what_is_struck_through_in_a_document_is_not_read(runs: list[bool], said: str, tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    change = ROOT / "examples/change/binhe-road/changes/001.yaml"
    banshi("form", "annex1", "--from", str(change), "--format", "docx", "-o", str(path))
    made = docx.Document(str(path))
    texts = (each for each in made.element.body.iter(qn("w:t")) if each.text == "-34650.00")
    first = next(texts).getparent()
    plain = copy.deepcopy(first)
    for n, struck in enumerate(runs):
        run = first if n == 0 else plain
        if n:
            first.addnext(run)
            next(run.iter(qn("w:t"))).text = "元"
        if struck:
            run.get_or_add_rPr().append(OxmlElement("w:strike"))
    made.save(str(path))
    found = json.loads(banshi("check", str(path), "--format", "json").stdout)["findings"]
    unread = [each["message"] for each in found if each["rule"] == "input/row-unreadable"]
    assert (len(unread), all(said in each for each in unread)) == (bool(said), True)


def form(folder: Path) -> openpyxl.Workbook:
    """A filled form on a change."""
    change = ROOT / "examples/change/binhe-road/changes/001.yaml"
    banshi("form", "annex1", "--from", str(change), "--format", "xlsx", "-o", str(folder / "表.xlsx"))
    return openpyxl.load_workbook(folder / "表.xlsx")


def told(book: openpyxl.Workbook, folder: Path, rule: str) -> list[dict[str, Any]]:
    book.save(folder / "改.xlsx")
    done = banshi("check", str(folder / "改.xlsx"), "--format", "json")
    return [each for each in json.loads(done.stdout)["findings"] if each["rule"] == rule]


@pytest.mark.parametrize(("words", "severity"), [("此表作废", "error"), ("作废", "error"), ("另附说明一页", "note")])
def test_words_that_take_a_form_back_keep_it_from_being_judged(words: str, severity: str, tmp_path: Path) -> None:
    book = form(tmp_path)
    sheet = book.worksheets[0]
    sheet.cell(sheet.max_row + 2, 1, words)
    rule = "input/left-aside" if severity == "error" else "input/column-unused"
    (found,) = told(book, tmp_path, rule)
    assert found["severity"] == severity and words in found["message"]
    done = banshi("tier", str(tmp_path / "改.xlsx"))
    assert done.returncode == (1 if severity == "error" else 0)
    assert ("应走档次" in done.stdout) == (severity == "note")


def test_a_cell_whose_label_was_written_anew_as_another_is_neither(tmp_path: Path) -> None:
    book = form(tmp_path)
    sheet = book.worksheets[0]
    place = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "留存记录")
    place.value = "本次净额"
    sheet.cell(place.row, place.column + 2).value = "-1"
    (found,) = told(book, tmp_path, "input/row-unreadable")
    assert "留存记录" in found["message"] and "本次净额" in found["message"]


@pytest.mark.parametrize(
    ("label", "written", "more"),
    [
        ("本次净额", "本次净额：400000", "400000"),
        ("本次净额", "本次净额 400000元", "400000元"),
        ("本次净额", "本次净额：-34650.00", ""),  # as the cell has it
        ("本次净额", "本次净额（单位：元）", ""),
        ("项目业主", "项目业主：另一家公司", "另一家公司"),
        ("联席会议日期", "联席会议日期：2011-12-01", "2011-12-01"),  # whose cell is blank
        ("联席会议日期", "联席会议日期：  年  月  日", ""),  # free, to be filled in
        ("其中暂列金", "其中暂列金：90000", "90000"),  # which nobody must fill in
    ],
)
@pytest.mark.parametrize("named", [True, False], ids=["as it was made", "without hidden names"])
def test_a_value_that_stands_in_its_label_is_told(
    label: str, written: str, more: str, named: bool, tmp_path: Path
) -> None:
    book = form(tmp_path)
    for held in (book, *book.worksheets) if not named else ():
        held.defined_names.clear()
    next(cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == label).value = written
    found = told(book, tmp_path, "input/row-unreadable")
    assert [more in each["message"] and label in each["message"] for each in found] == [True] * bool(more)


def test_hidden_rows_comments_boxes_and_pictures_are_told(tmp_path: Path) -> None:
    book = form(tmp_path)
    sheet = book.worksheets[0]
    sheet.row_dimensions[24].hidden = True
    sheet["A1"].comment = Comment("附件另交", "张三")
    book.save(tmp_path / "表.xlsx")
    with zipfile.ZipFile(tmp_path / "表.xlsx") as plain, zipfile.ZipFile(tmp_path / "画.xlsx", "w") as drawn:
        for name in plain.namelist():  # a picture and a box beside the comment
            whole = plain.read(name)
            if name.startswith("xl/worksheets/_rels/"):
                whole = whole.replace(b"</Relationships>", f"{_RELATED}</Relationships>".encode())
            drawn.writestr(name, whole)
        drawn.writestr("xl/drawings/drawing9.xml", _DRAWING)
    told_of = json.loads(banshi("check", str(tmp_path / "画.xlsx"), "--format", "json").stdout)["findings"]
    assert [each["severity"] for each in told_of if each["rule"] == "input/hidden-rows"] == ["note"]
    said = [each["message"] for each in told_of if each["rule"] == "input/left-aside"]
    assert any("批注没有读：A1（附件另交）" in each for each in said)
    assert any("文本框 1 个（“盖章处：章在附页”）" in each and "图片 1 张" in each for each in said)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("□是 ☑否", ["否"]),
        ("是（√） 否（ ）", ["是"]),
        ("是☑ 否□", ["是"]),
        ("■设计变更 □其他", ["设计变更"]),
        ("( )市级 (√)区县级", ["区县级"]),
        ("[√]是 [ ]否", ["是"]),
        ("○是 ●否", ["否"]),
        ("□是 □否", []),
        ("☑是 ☑否", ["是", "否"]),
        ("√", None),
        ("是", None),
        ("☒是 □否", None),  # a cross is a choice to some
        ("√是 ×否", None),
        ("市住房城乡建设局（甲）", None),
        ("", None),
    ],
)
def test_boxes(cell: str, meant: list[str] | None) -> None:
    assert ticked(cell) == meant


@pytest.mark.parametrize(
    ("written", "value"), [("□是 ☑否", False), ("☑是 □否", True), ("□是 □否", None), ("☑是 ☑否", None)]
)
def test_a_ticked_box_is_the_answer_of_a_form(written: str, value: bool | None, tmp_path: Path) -> None:
    book = form(tmp_path)
    sheet = book.worksheets[0]
    place = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "是否重大设计变更")
    sheet.cell(place.row, place.column + 2).value = written
    found = told(book, tmp_path, "input/row-unreadable")
    assert bool(found) == (value is None)
    if value is None:
        assert "只勾一项" in found[0]["message"]
    else:
        banshi("convert", str(tmp_path / "改.xlsx"), str(tmp_path / "改.yaml"))
        assert f"is_major: {str(value).lower()}" in (tmp_path / "改.yaml").read_text(encoding="utf-8")


_RELATED = (
    '<Relationship Id="rId99" Target="../drawings/drawing9.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"/>'
)
_DRAWING = (
    '<xdr:wsDr xmlns:xdr="urn:x" xmlns:a="urn:a"><xdr:sp><xdr:txBody><a:p><a:r><a:t>盖章处：</a:t></a:r><a:r>'
    "<a:t>章在附页</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:sp/><xdr:pic/></xdr:wsDr>"
)
