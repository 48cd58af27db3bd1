"""Workbooks as WPS Office stores them: the same is read as from any other program."""

import re
import zipfile
from collections.abc import Callable
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from conftest import banshi
from test_attendance_tables import SHEETS, workbook

NS = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" mc:Ignorable="x14ac etc"'
)
APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties'
    ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>WPS 表格</Application></Properties>"
)
CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
    "<vt:lpwstr>2052-12.1.0.16120</vt:lpwstr></property></Properties>"
)
IMAGES = (
    '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"><etc:cellImage/></etc:cellImages>'
)


INLINE = re.compile(r'(<c r="[A-Z]+[0-9]+"[^>]*?) t="inlineStr"><is><t[^>]*>([^<]*)</t></is>')
OVERRIDE = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
RELATION = (
    '<Relationship Id="rIdShared" Target="sharedStrings.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>'
)


def as_wps(path: Path, *, texts: str = "shared", extent: str = "") -> Path:
    """The same workbook as WPS would store it. ``texts``: shared, phonetic, runs or inline; ``extent``: what a sheet says of it."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    words: dict[str, int] = {}
    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        parts[name] = sheet(parts[name], extent)
        if texts != "inline":
            parts[name] = INLINE.sub(
                lambda m: f'{m[1]} t="s"><v>{words.setdefault(unescape(m[2]), len(words))}</v>', parts[name]
            )
    if texts != "inline":
        items = "".join(f"<si>{STORED[texts](each)}</si>" for each in words)
        parts["xl/sharedStrings.xml"] = f'<sst {NS} count="9" uniqueCount="{len(words)}">{items}</sst>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", f"{OVERRIDE}</Types>")
        rels = "xl/_rels/workbook.xml.rels"
        parts[rels] = parts[rels].replace("</Relationships>", f"{RELATION}</Relationships>")
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        "<sheets>", '<fileVersion appName="xl" lastEdited="3" lowestEdited="5" rupBuild="9302"/><sheets>', 1
    )
    parts |= {"docProps/app.xml": APP, "docProps/custom.xml": CUSTOM, "xl/cellimages.xml": IMAGES}
    parts["xl/media/image1.png"] = "\x89PNG"
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text.encode())
    path.write_bytes(made.getvalue())
    return path


def phonetic(text: str) -> str:
    return (
        f'<t>{text}</t><rPh sb="0" eb="1"><t>XUE</t></rPh><phoneticPr fontId="1" type="noConversion"/>'
        if text.strip()
        else f'<t xml:space="preserve">{text}</t>'
    )


def runs(text: str) -> str:
    font = '<rPr><sz val="11"/><rFont val="宋体"/><charset val="134"/></rPr>'
    cut = [text[:1], text[1:]] if len(text) > 1 else [text]
    return "".join(f'<r>{font}<t xml:space="preserve">{each}</t></r>' for each in cut)


STORED: dict[str, Callable[[str], str]] = {
    "shared": lambda text: f'<t xml:space="preserve">{text}</t>',
    "phonetic": phonetic,
    "runs": runs,
}


def sheet(text: str, extent: str) -> str:
    """A sheet with the attributes and elements that WPS writes into it."""
    text = re.sub(r"<worksheet[^>]*>", f"<worksheet {NS}>", text)
    text = re.sub(r"<dimension[^>]*/>", extent, text)
    text = text.replace(
        "<sheetData>", '<sheetFormatPr defaultColWidth="9" defaultRowHeight="13.5" x14ac:dyDescent="0.15"/><sheetData>'
    )
    text = re.sub(r"<sheetFormatPr (?!defaultColWidth)[^>]*/>", "", text)
    text = re.sub(
        r'<row r="(\d+)"[^>]*>',
        r'<row r="\1" ht="14.25" customHeight="1" spans="1:16384" x14ac:dyDescent="0.15">',
        text,
    )
    return text.replace(
        "</worksheet>", '<phoneticPr fontId="1" type="noConversion"/><extLst><ext uri="x"/></extLst></worksheet>'
    )


def told(path: Path) -> tuple[int, str]:
    done = banshi("attendance", str(path), "--format", "json")
    return done.returncode, re.sub(r'"path": "[^"]*"', "", done.stdout) + re.sub(r"\S*\.xlsx", "", done.stderr)


@pytest.mark.parametrize("texts", ["shared", "phonetic", "runs", "inline"])
@pytest.mark.parametrize("extent", ["", '<dimension ref="A1"/>', '<dimension ref="A1:XFD1048576"/>'])
def test_a_register_is_the_same(texts: str, extent: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", SHEETS)
    plain = told(path)
    assert plain[0] == 0 and "1001" in plain[1]
    assert told(as_wps(path, texts=texts, extent=extent)) == plain


def test_a_picture_in_a_cell_is_no_value(tmp_path: Path) -> None:
    """WPS keeps a picture in a cell (a signature) as a formula of its own, whose stored value is its text."""
    picture = '_xlfn.DISPIMG("ID_1F2E",1)'
    shown = '=DISPIMG("ID_1F2E",1)'
    sheets = {**SHEETS, "打卡": [(*row, "签名" if n == 0 else "某") for n, row in enumerate(SHEETS["打卡"])]}
    plain = told(workbook(tmp_path / "plain.xlsx", sheets))
    path = as_wps(workbook(tmp_path / "a.xlsx", sheets), texts="inline")
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    for name, data in parts.items():
        if name.startswith("xl/worksheets/"):
            parts[name] = re.sub(
                r'<c r="([A-Z]+\d+)" t="inlineStr"><is><t>(?:某|&#26576;)</t></is></c>',
                rf'<c r="\1" t="str"><f>{picture}</f><v>{shown}</v></c>'.replace('"ID', "&quot;ID").replace(
                    'E"', "E&quot;"
                ),
                data.decode(),
            ).encode()
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)
    assert told(path)[0] == plain[0]
