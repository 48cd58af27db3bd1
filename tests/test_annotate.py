"""``banshi check X.xlsx --annotate OUT.xlsx``: the same workbook back, marked; everything else in it as it was."""

import io
import xml.etree.ElementTree as ET
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from conftest import ROOT
from lengths import longer, some
from test_change_tables import EXAMPLE, FAULTY, book, check, ledger, tables
from test_faults_in_bulk import calls

from banshi.checking.checker import Checker
from banshi.cli import main
from banshi.files.tables.grids import letters
from banshi.files.tables.reading import MANY

FRONT = "先做什么"


def annotated(path: Path, out: Path, *options: str) -> openpyxl.Workbook:
    status = main(["check", str(path), "--annotate", str(out), *options])
    assert status in (0, 1)
    return openpyxl.load_workbook(out)


def test_each_finding_is_marked_in_its_cell(tmp_path: Path) -> None:
    path = book(tmp_path / "台账.xlsx", tables(ledger(FAULTY)))
    found = [f for f in check(path).findings if f.sheet]
    own = openpyxl.load_workbook(path)
    back = annotated(path, tmp_path / "out.xlsx")
    assert back.sheetnames == [FRONT, *own.sheetnames]
    for finding in found:
        cell = back[finding.sheet].cell(finding.line, finding.column)
        assert cell.comment is not None
        assert finding.message.zh[:40] in cell.comment.text
        assert cell.fill.patternType == "solid"
        row = [each.value for each in back[finding.sheet][finding.line]]
        assert any(finding.message.zh[:40] in str(value) for value in row)
    for sheet in own:
        head = [each.value for each in back[sheet.title][1]]
        if any(f.sheet == sheet.title for f in found):
            assert head[-3:] == ["问题", "依据", "怎么改"]
        for line in sheet.iter_rows():
            for each in line:
                assert back[sheet.title][each.coordinate].value == each.value
    front = [[cell.value for cell in row] for row in back[FRONT].iter_rows()]
    assert "错误" in front[0][0]
    assert front[2][:6] == ["次序", "级别", "在哪里", "问题", "怎么改", "依据"]
    assert len(front) == 3 + len(check(path).findings)
    assert [row[1] for row in front[3:]] == sorted((row[1] for row in front[3:]), key=["错误", "警告", "提示"].index)


def rich(path: Path, sheets: list[tuple[str, Any]]) -> Path:
    """A workbook with what libraries lose: a chart, a picture of a button, a comment, formats, a list, names, widths."""
    with xlsxwriter.Workbook(path.as_posix(), {"strings_to_formulas": False}) as made:
        bold = made.add_format({"bold": True, "bg_color": "#00FF00", "num_format": "@"})
        for title, rows in sheets:
            sheet = made.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, str(cell), bold if number == 0 else None) if cell != "" else None
        other = made.add_worksheet("图")
        other.write_column("A1", [1, 2, 3])
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=图!$A$1:$A$3"})
        other.insert_chart("C2", chart)
        first = made.worksheets()[0]
        first.write_comment("A1", "原来的批注")
        first.data_validation("B2:B9", {"validate": "list", "source": ["甲", "乙"]})
        first.conditional_format("A1:A9", {"type": "no_blanks", "format": bold})
        first.set_column(0, 0, 33)
        first.print_area(0, 0, 9, 9)
        made.define_name("全书", "=图!$A$1")
        other.activate()
    return path


def test_everything_else_stays_byte_for_byte(tmp_path: Path) -> None:
    path = rich(tmp_path / "台账.xlsx", tables(ledger(FAULTY)))
    out = tmp_path / "out.xlsx"
    back = annotated(path, out)
    with zipfile.ZipFile(path) as own, zipfile.ZipFile(out) as made:
        assert made.testzip() is None
        touched = {name for name in own.namelist() if made.read(name) != own.read(name)}
        assert set(own.namelist()) <= set(made.namelist())
        sheets = {f"xl/worksheets/sheet{n}.xml" for n in range(1, 10)}
        assert touched <= sheets | {
            "[Content_Types].xml",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "xl/comments1.xml",
            "xl/drawings/vmlDrawing1.vml",
            *(f"xl/worksheets/_rels/sheet{n}.xml.rels" for n in range(1, 10)),
        }
        assert "xl/charts/chart1.xml" in made.namelist()
    first = back[back.sheetnames[1]]
    assert first["A1"].comment.text.strip() == "原来的批注"
    assert first["A1"].font.bold
    assert first.column_dimensions["A"].width > 30
    assert first.print_area.endswith("$A$1:$J$10")
    assert back.active.title == "图"
    assert back.defined_names["全书"].value == "图!$A$1"
    assert first.data_validations.dataValidation


def test_formulas_cannot_be_injected(tmp_path: Path) -> None:
    data = ledger(EXAMPLE)
    data["changes"][2]["tier"] = "consultation"
    data["changes"][2]["number"] = '=HYPERLINK("http://x","y")'
    sheets = tables(data)
    dict(sheets)["报批表"][2][4] = "=1+1"
    back = annotated(book(tmp_path / "a.xlsx", sheets), tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as made:
        for name in made.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in made.read(name)
    assert all(cell.data_type != "f" for sheet in back for row in sheet.iter_rows() for cell in row)


def test_a_workbook_without_findings_comes_back_with_a_page_that_says_so(tmp_path: Path) -> None:
    back = annotated(book(tmp_path / "a.xlsx", tables(ledger(EXAMPLE))), tmp_path / "out.xlsx")
    assert back[FRONT]["A1"].value == "没有问题。"


def test_the_marked_workbook_is_judged_like_the_first(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", tables(ledger(FAULTY)))
    annotated(path, tmp_path / "out.xlsx")
    own = [(f.rule, f.sheet, f.line, f.column) for f in check(path).findings]
    again = [(f.rule, f.sheet, f.line, f.column) for f in check(tmp_path / "out.xlsx").findings]
    assert [each for each in again if each[0] not in ("input/left-aside", "input/column-unused")] == own


def test_case_logs_and_attendance_too(tmp_path: Path) -> None:
    log = tmp_path / "办件.xlsx"
    with xlsxwriter.Workbook(log.as_posix()) as made:
        sheet = made.add_worksheet("办件")
        sheet.write_row(0, 0, ["办件编号", "类别", "部门", "窗口", "受理日期", "办结日期"])
        sheet.write_row(1, 0, ["1", "其他", "甲局", "W1", "2012-01-05", "某日"])
    back = annotated(log, tmp_path / "out.xlsx")
    assert "某日" in back["办件"]["F2"].comment.text
    punches = tmp_path / "打卡.xlsx"
    with xlsxwriter.Workbook(punches.as_posix()) as made:
        sheet = made.add_worksheet("打卡")
        sheet.write_row(0, 0, ["人员编号", "日期", "时刻"])
        sheet.write_row(1, 0, ["A01", "2010-03-01", "25:99"])
    back = annotated(punches, tmp_path / "out2.xlsx")
    assert back.sheetnames[0] == FRONT
    assert any("25:99" in str(row[3]) for row in back[FRONT].iter_rows(values_only=True))


def test_only_a_workbook_and_never_over_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book(tmp_path / "a.xlsx", tables(ledger(EXAMPLE)))
    before = path.read_bytes()
    assert main(["check", str(path), "--annotate", str(path)]) == 2
    assert path.read_bytes() == before
    assert main(["check", str(EXAMPLE), "--annotate", str(tmp_path / "out.xlsx")]) == 2
    assert "XLSX" in capsys.readouterr().err
    assert not (tmp_path / "out.xlsx").exists()


def faulty(path: Path, rows: int, wide: int = 0) -> Path:
    """A ledger with two cells in each row that cannot be read; ``wide``: a column far to the right that is not read."""
    with xlsxwriter.Workbook(path.as_posix()) as made:
        sheet = made.add_worksheet("报批表")
        sheet.write_row(0, 0, ["项目标识", "编号", "序次", "申报日期", "金额·本次净额（元）"])
        for n in range(1, rows + 1):
            sheet.write_row(n, 0, ["p", f"变-{n}", str(n), "2012-13-01", "很多"])
        if wide:
            sheet.write(0, wide - 1, "备忘")
    return path


def test_the_first_sheet_prints_on_one_width_of_paper_with_every_word(tmp_path: Path) -> None:
    """Rows whose words take several lines are as high as these: programs do not find that out for what others wrote."""
    path = faulty(tmp_path / "a.xlsx", 2)
    assert main(["check", str(path), "--annotate", str(tmp_path / "b.xlsx")]) == 1
    front: Any = openpyxl.load_workbook(tmp_path / "b.xlsx")[FRONT]
    assert front.sheet_properties.pageSetUpPr.fitToPage and front.page_setup.orientation == "landscape"
    assert front.page_setup.fitToHeight == 0 and front.oddFooter.center.text == "— &P —"
    long = [row for row in front.iter_rows(min_row=4) if len(str(row[3].value)) > 40]
    assert long and all(front.row_dimensions[row[0].row].height > 30 for row in long)


def top_of(back: openpyxl.Workbook) -> list[str]:
    lines = [str(row[0]) for row in back[FRONT].iter_rows(values_only=True, max_row=9)]
    return lines[: lines.index("次序")]


def test_what_is_not_marked_is_counted_on_the_first_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = faulty(tmp_path / "a.xlsx", 40)
    every = annotated(path, tmp_path / "all.xlsx", "--all")
    total = every[FRONT].max_row - 3
    assert len(top_of(every)) == 2
    monkeypatch.setattr("banshi.commands.check.MAX_MARKED", 50)
    some = annotated(path, tmp_path / "some.xlsx")
    assert some[FRONT].max_row == 4 + 50
    assert f"另有 {total - 50} 处没有标出" in top_of(some)[2]
    assert "--all" in top_of(some)[2]
    assert annotated(path, tmp_path / "all.xlsx", "--all", "--force")[FRONT].max_row == 3 + total


def test_where_comments_end_the_columns_still_say_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("banshi.output.annotating.notes.MAX_NOTES", 6)
    monkeypatch.setattr("banshi.output.annotating.first_page.MAX_FRONT_LINES", 10)
    back = annotated(faulty(tmp_path / "a.xlsx", 20), tmp_path / "out.xlsx")
    commented = [cell for row in back["报批表"].iter_rows() for cell in row if cell.comment]
    assert len(commented) == 6
    assert any("批注只加在前 6 格" in line for line in top_of(back))
    assert any("这里只列前 10 处" in line for line in top_of(back))
    assert all("很多" in str(back["报批表"].cell(row, 8).value) for row in range(2, 22))


def test_a_sheet_without_room_for_columns_says_so(tmp_path: Path) -> None:
    back = annotated(faulty(tmp_path / "a.xlsx", 2, wide=16_384), tmp_path / "out.xlsx")
    assert any("没有空栏" in line for line in top_of(back))
    assert back["报批表"]["D2"].comment


def test_each_row_that_cannot_be_read_is_told_where_all_are_asked_for(tmp_path: Path) -> None:
    """Tables count beyond their first rows; with ``--all`` they do not, whatever they are of."""
    faulty(tmp_path / "台账.xlsx", MANY + 7)
    (tmp_path / "打卡.csv").write_text("人员编号,日期,时刻\n" + "A01,x,08:31\n" * (MANY + 7), encoding="utf-8")
    head = "办件编号,类别,部门,窗口,受理日期,办结日期\n"
    (tmp_path / "办件.csv").write_text(head + "1,其他,甲局,W1,2012-01-05,某日\n" * (MANY + 7), encoding="utf-8")
    for path in sorted(tmp_path.iterdir()):
        found = Checker(ROOT, most=None).check([path]).findings
        lines = {f.line for f in found if f.rule == "input/row-unreadable"}
        assert lines >= set(range(2, MANY + 9)), path.name
        assert not any("没有逐" in f.message.zh for f in found)


def test_the_work_of_marking_grows_with_the_rows(tmp_path: Path) -> None:
    def work(rows: int) -> int:
        path, out = faulty(tmp_path / "a.xlsx", rows), tmp_path / "out.xlsx"
        return calls(lambda: main(["check", str(path), "--annotate", str(out), "--force", "--all"]))

    work(1)  # what is done once
    done = [work(rows) for rows in (70, 140, 280)]
    assert all(after < 2.2 * before for before, after in pairwise(done)), done


SMALL = ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"]


@longer
@pytest.mark.parametrize("changed", [*SMALL, "xl/worksheets/sheet1.xml"])
def test_any_part_may_hold_what_belongs_to_another(changed: str, tmp_path: Path, capsys: Any) -> None:
    """Each part with the bytes of each other one, a root of another name, or nothing: marked, or refused in one line."""
    path, spoilt, out = book(tmp_path / "台账.xlsx", tables(ledger(FAULTY))), tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as own:
        parts = {name: own.read(name) for name in own.namelist()}
    tried = [*dict.fromkeys(parts.values()), b"", b"<a/>", b'<workbook xmlns:r="r"><sheets/></workbook>']
    for instead in some(tried, 3):
        with zipfile.ZipFile(spoilt, "w") as made:
            for name, data in {**parts, changed: instead}.items():
                made.writestr(name, data)
        status = main(["check", str(spoilt), "--annotate", str(out), "--force"])
        said = capsys.readouterr()
        assert status in (0, 1) or (status == 2 and len(said.err.splitlines()) == 1), said.err
        assert "内部错误" not in said.out + said.err


def everything(path: Path, sheets: list[tuple[str, Any]]) -> Path:
    """A workbook with whatever people put around a table: formats, sizes, merged cells, lists, names, pictures, how it prints."""
    with xlsxwriter.Workbook(path.as_posix(), {"strings_to_formulas": False}) as made:
        formats = [
            made.add_format({"border": n, "num_format": "@", "font_size": 8 + n, "locked": n % 2}) for n in range(5)
        ]
        for title, rows in sheets:
            sheet = made.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell != "":
                        sheet.write_string(number, column, str(cell), formats[(number + column) % 5])
            last = len(rows) + 3
            sheet.merge_range(last, 0, last, 2, "审核：张三", formats[1])
            sheet.write_formula(last + 1, 0, "=1+1", formats[2], 2)
            sheet.write_url(last + 2, 0, "https://example.invalid/", formats[3], "链接")
            sheet.set_row(0, 41)
            sheet.set_row(last + 2, None, None, {"hidden": True})
            sheet.set_column(0, 0, 33, formats[4])
            sheet.set_column(3, 4, 5, None, {"level": 1})
            sheet.data_validation("B2:B9", {"validate": "list", "source": ["甲", "乙"]})
            sheet.conditional_format("A1:A9", {"type": "no_blanks", "format": formats[0]})
            sheet.insert_image(last + 4, 1, "p.png", {"image_data": io.BytesIO(_PNG)})
            sheet.write_comment(0, 1, "原来的批注")
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.set_margins(0.5, 0.6, 0.7, 0.8)
            sheet.set_header("&C抬头")
            sheet.set_h_pagebreaks([20])
            sheet.repeat_rows(0)
            sheet.print_area(0, 0, last, 9)
            sheet.fit_to_pages(1, 0)
            sheet.freeze_panes(1, 1)
            sheet.autofilter(0, 0, len(rows) - 1, 2)
            sheet.protect("", {"insert_rows": True})
            sheet.set_tab_color("#FF0000")
            sheet.set_zoom(85)
        hidden = made.add_worksheet("底稿")
        hidden.write("A1", "随便")
        hidden.hide()
        made.define_name("全书", "=底稿!$A$1")
        made.define_name(f"{sheets[0][0]}!本表", f"={sheets[0][0]}!$A$1:$B$2")
        made.set_properties({"title": "变更台账", "author": "某人"})
    return path


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = (1).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )


_PNG = _png()
_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ADDED_TO = {"sheetData", "dimension", "legacyDrawing", "cols"}  # what marks and columns behind the table are put into


def test_cell_by_cell_nothing_but_the_marks_is_otherwise(tmp_path: Path) -> None:
    path = everything(tmp_path / "台账.xlsx", tables(ledger(FAULTY)))
    marked = {(f.sheet, f"{letters(f.column - 1)}{f.line}") for f in check(path).findings if f.sheet}
    annotated(path, tmp_path / "out.xlsx")
    with zipfile.ZipFile(path) as own, zipfile.ZipFile(tmp_path / "out.xlsx") as made:
        sheets, there = _sheets(own), _sheets(made)
        assert list(there) == [FRONT, *sheets]
        old, new = (_styles(each) for each in (own, made))
        for title, part in sheets.items():
            before, after = ET.fromstring(own.read(part)), ET.fromstring(made.read(there[title]))
            for child in before:
                if child.tag.removeprefix(_X) not in _ADDED_TO:
                    assert ET.tostring(child) in [ET.tostring(each) for each in after], (title, child.tag)
            assert [child.tag for child in before] == [each.tag for each in after if before.find(each.tag) is not None]
            columns = [ET.tostring(each) for each in after.iter(f"{_X}col")]
            assert all(ET.tostring(each) in columns for each in before.iter(f"{_X}col"))
            _same_cells(title, before, after, marked, (old, new))
        assert _names(made) == {(name, sheet and str(int(sheet) + 1), text) for name, sheet, text in _names(own)}
        for name in own.namelist():
            if name.startswith(("xl/media/", "xl/drawings/drawing", "docProps/", "xl/theme", "xl/sharedStrings")):
                assert made.read(name) == own.read(name), name


def _same_cells(title: str, before: Any, after: Any, marked: set[tuple[str, str]], styles: tuple[Any, Any]) -> None:
    rows = {row.get("r"): row for row in after.iter(f"{_X}row")}
    cells = {cell.get("r"): cell for cell in after.iter(f"{_X}c")}
    for row in before.iter(f"{_X}row"):
        assert {**rows[row.get("r")].attrib, "spans": ""} == {**row.attrib, "spans": ""}
        for cell in row:
            now, place = cells[cell.get("r")], (title, str(cell.get("r")))
            assert [ET.tostring(each) for each in now] == [ET.tostring(each) for each in cell] and now.get(
                "t"
            ) == cell.get("t")
            was, is_now = (each[int(of.get("s", "0"))] for each, of in zip(styles, (cell, now), strict=True))
            differing = {key for key in {*was, *is_now} if was.get(key) != is_now.get(key)}
            assert differing <= ({"fillId", "applyFill"} if place in marked else set()), (place, was, is_now)


def _sheets(book: zipfile.ZipFile) -> dict[str, str]:
    targets = {each.get("Id"): each.get("Target") for each in ET.fromstring(book.read("xl/_rels/workbook.xml.rels"))}
    found = ET.fromstring(book.read("xl/workbook.xml")).iter(f"{_X}sheet")
    link = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    return {str(each.get("name")): "xl/" + str(targets[each.get(link)]).removeprefix("/xl/") for each in found}


def _styles(book: zipfile.ZipFile) -> list[dict[str, str]]:
    """What each style of cells is made of."""
    whole = ET.fromstring(book.read("xl/styles.xml")).find(f"{_X}cellXfs")
    assert whole is not None
    return [{**each.attrib, **{n.tag: str(sorted(n.attrib.items())) for n in each}} for each in whole]


def _names(book: zipfile.ZipFile) -> set[tuple[str | None, str | None, str | None]]:
    found = ET.fromstring(book.read("xl/workbook.xml")).iter(f"{_X}definedName")
    return {(each.get("name"), each.get("localSheetId"), each.text) for each in found}


def test_as_many_are_counted_as_are_listed(tmp_path: Path) -> None:
    """Cells that cannot be read in more rows than are told one by one: each of them is counted."""
    heads = ["序次", "变更编号", "申报日期", "变更类型", "金额·本次净额（元）", "状态"]
    rows = [[str(n), f"变-{n}", "2012-13-01", "没有", "很多", "没有"] for n in range(1, MANY + 60)]
    path = book(tmp_path / "台账.xlsx", [("报批表", [heads, *rows])])
    counted = [Checker(ROOT, most=most).check([path]).findings.counted() for most in (200, MANY + 50, None)]
    assert counted[0] == counted[1] == counted[2]
    assert counted[0].total() > 4 * len(rows)
