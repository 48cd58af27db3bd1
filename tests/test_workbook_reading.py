"""Workbooks read as a stream: the same as other readers, whatever wrote them and however large; lies are told."""

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.base.limits import MOST_NAMES
from banshi.files.tables.grids import Unusable
from banshi.files.tables.workbook import OpenBook, workbook
from banshi.files.tables.xlsx import cells, limits, package
from banshi.files.tables.xlsx import merged as merging
from banshi.files.tables.xlsx import strings as texts
from banshi.files.tables.xlsx.refs import place

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATED = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def rels(*targets: tuple[str, str], base: str = RELATED) -> str:
    own = "".join(
        f'<Relationship Id="rId{n}" Type="{base}/{sort}" Target="{target}"/>'
        for n, (sort, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{own}</Relationships>'


def parts(
    rows: str,
    *,
    shared: str = "",
    formats: tuple[tuple[int, str], ...] = ((0, ""),),
    ahead: str = "",
    behind: str = "",
    book: str = "",
    main: str = MAIN,
    base: str = RELATED,
) -> dict[str, str]:
    """The parts of a workbook with one sheet; ``formats``: number and code of each style."""
    codes = "".join(f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in formats if code)
    styles = "".join(f'<xf numFmtId="{n}"/>' for n, _ in formats)
    return {
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml"), base=base),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{base}">{book}<sheets><sheet name="打卡" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels(
            ("worksheet", "worksheets/sheet1.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            base=base,
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{ahead}<sheetData>{rows}</sheetData>{behind}</worksheet>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><numFmts>{codes}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}" count="9" uniqueCount="4294967295">{shared}</sst>',
    }


def zipped(path: Path, content: dict[str, str] | dict[str, bytes], names: dict[str, str] | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr((names or {}).get(name, name), text)
    return path


def grid(path: Path, sheet: int = 0) -> list[tuple[int, list[str]]]:
    return [(row.number, row.cells) for row in opened(path).grids[sheet].rows()]


def opened(path: Path) -> OpenBook:
    return workbook(path)


def of(folder: Path, rows: str, **options: Any) -> list[tuple[int, list[str]]]:
    return grid(zipped(folder / "a.xlsx", parts(rows, **options)))


def said(folder: Path, rows: str, **options: Any) -> str:
    with pytest.raises(Unusable) as caught:
        of(folder, rows, **options)
    return caught.value.problems[0].message.zh


# the same as other readers


def filled(rows: Any) -> list[tuple[int, list[str]]]:
    """Rows of another reader, in the same words as ours."""
    found = []
    for n, row in enumerate(rows, 1):
        own = [said_by(value) for value in row]
        while own and not own[-1]:
            own.pop()
        if own:
            found.append((n, own))
    return found


def said_by(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(value, datetime.datetime) and not value.microsecond:
        return str(value) if value.time() != datetime.time() else str(value.date())
    return str(value)


DAYS = st.dates(datetime.date(1900, 3, 1), datetime.date(9999, 12, 30))
CLOCKS = st.times().map(lambda at: at.replace(microsecond=0))
VALUES = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=8).map(str.strip),
    st.integers(-(10**9), 10**9),
    st.decimals(-1000, 1000, places=3).map(float),
    st.booleans(),
    DAYS,
    CLOCKS,
    st.datetimes(datetime.datetime(1900, 3, 1), datetime.datetime(9999, 1, 1)).map(
        lambda at: at.replace(microsecond=0)
    ),
    st.timedeltas(datetime.timedelta(seconds=1), datetime.timedelta(days=40)).map(
        lambda d: datetime.timedelta(seconds=int(d.total_seconds()))
    ),
)
FORMATS = {
    datetime.datetime: "yyyy-mm-dd hh:mm:ss",
    datetime.date: 'yyyy"年"m"月"d"日"',
    datetime.time: "h:mm:ss",
    datetime.timedelta: "[h]:mm:ss",
}


@examples(60)
@given(
    rows=st.lists(st.lists(VALUES, max_size=6), max_size=8),
    system_1904=st.booleans(),
    in_cells=st.booleans(),
)
def test_it_reads_what_others_read(
    rows: list[list[Any]], system_1904: bool, in_cells: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from python_calamine import CalamineWorkbook

    path = tmp_path_factory.mktemp("alike") / "a.xlsx"
    with xlsxwriter.Workbook(
        path.as_posix(),
        {"date_1904": system_1904, "constant_memory": in_cells, "strings_to_urls": False, "strings_to_formulas": False},
    ) as book:
        sheet = book.add_worksheet()
        own = {sort: book.add_format({"num_format": code}) for sort, code in FORMATS.items()}
        for n, row in enumerate(rows):
            for m, value in enumerate(row):
                if not (system_1904 and isinstance(value, datetime.date) and value.year < 1905):
                    sheet.write(n, m, value, own.get(type(value)))
    ours = grid(path)
    assert ours == filled(openpyxl.load_workbook(path, data_only=True).worksheets[0].iter_rows(values_only=True))
    theirs = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [n for n, _ in ours] == [n for n, _ in filled(theirs)]
    for (_, mine), (_, other) in zip(ours, filled(theirs), strict=True):
        assert mine == [re.sub(r"\.\d{6}$", "", cell) for cell in other] or any(
            isinstance(v, datetime.timedelta) for r in rows for v in r
        )


# what writers do


ROWS = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>A01</t></is></c><c r="B2" s="1"><v>40238</v></c></row>'
SHARED = "<si><t>工号</t></si><si><r><t>日</t></r><r><rPr/><t>期</t></r><rPh sb='0' eb='1'><t>ri qi</t></rPh></si>"
EXPECTED = [(1, ["工号", "日期"]), (2, ["A01", "2010-03-01"])]
DATED: Any = {"shared": SHARED, "formats": ((0, ""), (31, ""))}


@pytest.mark.parametrize("said_of", ["A1", "A1:A1", "A1:XFD1048576", "B2:C2", "x"])
def test_what_a_sheet_says_of_its_extent_is_not_believed(said_of: str, tmp_path: Path) -> None:
    assert of(tmp_path, ROWS, ahead=f'<dimension ref="{said_of}"/>', **DATED) == EXPECTED


def test_a_far_cell_costs_one_row(tmp_path: Path) -> None:
    stray = '<row r="300000"><c r="P300000" s="0"/><c r="XFD300000" t="str"><v>x</v></c></row>'
    found = of(tmp_path, ROWS + stray, **DATED)
    assert found[:2] == EXPECTED and found[2][0] == 300_000
    assert found[2][1] == [""] * 16_383 + ["x"]


def test_a_counted_number_of_texts_is_not_believed(tmp_path: Path) -> None:
    assert of(tmp_path, ROWS, **DATED) == EXPECTED  # the part claims 4,294,967,295 of them


def test_strict_workbooks(tmp_path: Path) -> None:
    rows = ROWS + '<row r="3"><c r="A3" t="d"><v>2010-03-02T08:31:00</v></c></row>'
    found = of(tmp_path, rows, main=STRICT, base=STRICT_RELATED, **DATED)
    assert found == [*EXPECTED, (3, ["2010-03-02 08:31:00"])]


@pytest.mark.parametrize("value", ["1", "true"])
def test_the_system_of_1904(value: str, tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>38776</v></c></row>'
    assert of(tmp_path, rows, book=f'<workbookPr date1904="{value}"/>', **DATED) == [(1, ["2010-03-01"])]


def test_any_prefix_and_layout(tmp_path: Path) -> None:
    content = parts(ROWS, **DATED)
    name = "xl/worksheets/sheet1.xml"
    content[name] = (
        re.sub(r"<(/?)(\w)", r"<\1x:\2", content[name]).replace("xmlns=", "xmlns:x=").replace("><", ">\n  <")
    )
    assert grid(zipped(tmp_path / "a.xlsx", content)) == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_any_encoding_of_a_part(encoding: str, tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>é</v></c><c r="B1"/></row><row r="2"><c r="B2"><v>1</v></c></row>'
    content: dict[str, Any] = parts(rows, behind='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')
    name = "xl/worksheets/sheet1.xml"
    head = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    content[name] = (head + content[name]).encode(encoding)
    assert grid(zipped(tmp_path / "a.xlsx", content)) == [(1, ["é", "é"]), (2, ["", "1"])]


@pytest.mark.parametrize(
    "rows",
    [
        "<row><c t='str'><v>a</v></c><c t='str'><v>b</v></c></row>",
        "<row><c r='A1' t='str'><v>a</v></c><c r='B1' t='str'><v>b</v></c></row>",
        "<row r='1'><c r='B1' t='str'><v>b</v></c><c r='A1' t='str'><v>a</v></c></row>",
        "<row r='1'><c r='a1' t='str'><v>a</v></c><c t='str'><v>b</v></c></row>",
        "<row r='1'><c r='A1' t='str'><f>X()</f><v>a</v></c><c r='B1' t='str'><v>b</v><extLst><ext><v>no</v></ext></extLst></c></row>",
    ],
)
def test_rows_and_cells_without_a_name_or_in_any_order(rows: str, tmp_path: Path) -> None:
    if "extLst" in rows:
        rows = rows.replace("<ext><v>no</v></ext>", "<ext>no</ext>")
    assert of(tmp_path, rows) == [(1, ["a", "b"])]


def test_a_row_without_a_number_takes_that_of_its_cells(tmp_path: Path) -> None:
    assert of(tmp_path, "<row><c r='A3'><v>1</v></c></row><row><c><v>2</v></c></row>") == [(3, ["1"]), (4, ["2"])]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("<row r='2'><c r='A2'><v>1</v></c></row><row r='2'><c r='B2'><v>1</v></c></row>", "第 2 行写了两次"),
        (
            "<row r='2'><c r='A2'><v>1</v></c></row><row r='1'><c r='A1'><v>1</v></c></row>",
            "第 1 行写了两次，或不在次序里",
        ),
        ("<row r='2'><c r='A2'><v>1</v></c><c r='A2'><v>2</v></c></row>", "第 2 行第 1 格写了两次"),
        ("<row r='2'><c r='A3'><v>1</v></c></row>", "第 2 行里有单元格 A3"),
        ("<row r='1'><c r='XFE1'><v>1</v></c></row>", "最多"),
        ("<row r='1048577'><c><v>1</v></c></row>", "最多"),
        ("<row r='0'><c><v>1</v></c></row>", "损坏"),
        ("<row r='1'><c r='A1'><v>1</v></row>", "损坏"),
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused(rows: str, why: str, tmp_path: Path) -> None:
    assert why in said(tmp_path, rows)
    assert why in said(tmp_path, rows.replace("'", '"'))


def test_cells_that_hold_nothing_readable(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>7</v></c><c r="B1" t="s"><v>x</v></c><c r="C1" t="e"><v>#REF!</v></c><c r="D1"><f>A1</f></c><c r="E1" t="str"><f>A1</f><v></v></c><c r="F1" t="b"><v>1</v></c></row>'
    path = zipped(tmp_path / "a.xlsx", parts(rows, shared=SHARED))
    row = next(opened(path).grids[0].rows())
    assert {n: text.zh for n, text in row.bad.items()} == {
        0: "指向的第 7 条文字，文件里没有",
        1: "指向的第 x 条文字，文件里没有",
        2: "是错误值 #REF!",
        3: "是公式，文件里没有存计算结果；用电子表格程序打开、保存后再检查",
    }
    assert row.cells == ["", "", "", "", "", "TRUE"]


# parts by their relationships


@pytest.mark.parametrize(
    "names",
    [
        {name: name.replace("/", "\\") for name in parts("")},
        {"xl/worksheets/sheet1.xml": "xl/Worksheets/Sheet1.xml", "xl/sharedStrings.xml": "xl/SharedStrings.xml"},
        {name: name.upper() for name in parts("")},
        {name: f"/{name}" for name in parts("")},
    ],
)
def test_parts_are_found_whatever_their_names_look_like(names: dict[str, str], tmp_path: Path) -> None:
    assert grid(zipped(tmp_path / "a.xlsx", parts(ROWS, **DATED), names)) == EXPECTED


def test_parts_are_found_by_relationships(tmp_path: Path) -> None:
    content = parts(ROWS, **DATED)
    moved = {
        "_rels/.rels": rels(("officeDocument", "/book/w.xml")),
        "book/w.xml": content["xl/workbook.xml"],
        "book/_rels/w.xml.rels": rels(("worksheet", "../s/one"), ("styles", "/f.xml"), ("sharedStrings", "t.xml")),
        "s/one": content["xl/worksheets/sheet1.xml"],
        "f.xml": content["xl/styles.xml"],
        "book/t.xml": content["xl/sharedStrings.xml"],
    }
    assert grid(zipped(tmp_path / "a.xlsx", moved)) == EXPECTED


def test_a_workbook_without_the_roots_relationships_has_its_usual_name(tmp_path: Path) -> None:
    content = parts(ROWS, **DATED)
    del content["_rels/.rels"]
    assert grid(zipped(tmp_path / "a.xlsx", content)) == EXPECTED


# merged cells


@pytest.mark.parametrize("space", ["", " " * (3 << 20)])
def test_merged_cells_are_found_behind_any_number_of_rows(space: str, tmp_path: Path) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>9</v></c></row>{space}<row r="2"><c r="B2"><v>8</v></c></row><row r="3"><c r="D3"><v>7</v></c></row>'
    behind = '<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="B3:C4"/></mergeCells>'
    assert of(tmp_path, rows, behind=behind) == [(1, ["1", "9"]), (2, ["1", "8"]), (3, ["", "", "", "7"])]


def test_merged_cells_as_most_programs_write_them_and_as_the_parser_reads_them() -> None:
    """The quick road and the parser find the same, and refuse the same."""
    refs = ["A1:C1", "B3:B9", "AA10:AB12", "XFD1048576:XFD1048576"]
    ranges = [((0, 0), (0, 2)), ((2, 1), (8, 1)), ((9, 26), (11, 27)), ((1048575, 16383),) * 2]
    plain = "".join(f'<mergeCell ref="{ref}"/>' for ref in refs)
    for listed in (plain, plain.replace("/>", " />"), plain.replace('"', "'")):
        part = f"<worksheet><sheetData/><mergeCells>{listed}</mergeCells></worksheet>".encode()
        assert merging.behind(io.BytesIO(part))[0] == ranges
    for wrong in ("A0:B1", "B1:A1", "A1:ZZZ1", "A1:A1048577", "A2:A1"):
        for end in ("/>", " />"):
            part = f'<worksheet><mergeCells><mergeCell ref="{wrong}"{end}</mergeCells></worksheet>'.encode()
            with pytest.raises(limits.Broken):
                merging.behind(io.BytesIO(part))


def test_too_many_merged_cells_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "MOST_MERGED", 2)
    two = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in (1, 2))
    assert of(tmp_path, ROWS, behind=f"<mergeCells>{two}</mergeCells>", **DATED)
    assert "没有读取" in said(tmp_path, ROWS, behind=f'<mergeCells>{two}<mergeCell ref="A5:B5"/></mergeCells>', **DATED)


# limits: at each of them, and above


@pytest.mark.parametrize(
    ("module", "limit", "fits"),
    [
        (cells, "MAX_CELLS", 4),
        (texts, "MOST_TEXTS", 2),
        (texts, "MAX_TEXT", len("工号日期".encode())),
        (cells, "LONGEST_TEXT", 5),
        (package, "MOST_SHEETS", 1),
        (package, "MOST_PARTS", 6),
    ],
)
def test_limits(module: Any, limit: str, fits: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ROWS.replace("40238", "<!-- -->40238")  # so that the parser reads the row
    monkeypatch.setattr(module, limit, fits)
    assert of(tmp_path, rows, **DATED) == EXPECTED
    monkeypatch.setattr(module, limit, fits - 1)
    workbook_cache()
    assert "没有读取" in said(tmp_path, rows, **DATED)


def workbook_cache() -> None:
    from banshi.files.tables import workbook as module

    module._workbook.cache_clear()


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    content = parts(ROWS, **DATED)
    name = "xl/worksheets/sheet1.xml"
    content[name] = '<!DOCTYPE worksheet [<!ENTITY a "x">]>' + content[name]
    with pytest.raises(Unusable):
        grid(zipped(tmp_path / "a.xlsx", content))


def test_endless_tags_and_names_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from banshi.files.tables.xlsx import xml

    monkeypatch.setattr(xml, "LONGEST_TOKEN", 1 << 20)
    assert "没有读取" in said(tmp_path, f"<row r='1' x='{'y' * (6 << 20)}'></row>")
    assert "MOST_NAMES" in said(tmp_path, "".join(f"<n{n}/>" for n in range(MOST_NAMES + 1)))


@pytest.mark.parametrize("name", ["A0", "A", "1", "", "AAAA1", "A12345678", "Ａ1", "A١"])
def test_names_that_are_no_cells(name: str) -> None:
    with pytest.raises(limits.Broken):
        place(name)


# plain rows are a matter of speed alone
