"""Words that take something back count wherever they stand: in a comment, a header, a text box, a title, a name."""

import csv
import io
import shutil
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import old_books as old
import openpyxl
import pytest
from conftest import ROOT, banshi
from lengths import LONG, longer, some
from openpyxl.comments import Comment
from test_assessment_tables import example, law, template
from test_change_tables import EXAMPLE, ledger, tables
from test_change_tables import book as written

from banshi.checking.checker import Checker
from banshi.files.findings import Severity
from banshi.files.tables.beside import says_beside
from banshi.files.tables.cells import day, name
from banshi.files.tables.grids import WordsBeside
from banshi.files.tables.reading import TableColumn, read_table
from banshi.files.tables.remarks import name_says, said_of_whole, says
from banshi.files.tables.xlsx.comments import COMMENT, HINT, comment_on
from banshi.files.tables.xlsx.margins import said_in

Sheet = Any
Spoil = Callable[[Sheet], object]
REGISTER = ROOT / "examples/attendance/2010-03/考勤登记.xlsx"
LOG = ROOT / "examples/cases/yangliqu"


def comment(text: str, cell: str = "B3", author: str = "张三") -> Spoil:
    return lambda sheet: setattr(sheet[cell], "comment", Comment(text, author))


def header(text: str) -> Spoil:
    return lambda sheet: setattr(sheet.oddHeader.center, "text", text)


def titled(text: str) -> Spoil:
    def spoil(sheet: Sheet) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = text

    return spoil


def named(suffix: str) -> Spoil:
    return lambda sheet: setattr(sheet, "title", sheet.title + suffix)


def below(text: str) -> Spoil:
    return lambda sheet: sheet.cell(sheet.max_row + 1, 1, text)


# Where they stand, and whether of a row only.
PLACES: dict[str, tuple[Spoil, bool]] = {
    "comment on a row": (comment("张三:\n此条作废"), True),
    "comment in a thread": (comment("[线程批注]\n\n你的 Excel 版本可读取此线程批注\n\n批注:\n    已撤回"), True),
    "comment on a heading": (comment("此列作废", "A1"), False),
    "comment far away": (comment("作废", "A900"), False),
    "header": (header("此表作废"), False),
    "title": (titled("登记表（作废）"), False),
    "name of the sheet": (named("（作废）"), False),
    "below": (below("以上各行作废"), False),
    "note below": (below("注：此表已撤回"), False),
}


def log(folder: Path) -> Path:
    shutil.copy(LOG / "办件登记.yaml", folder)
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.title = "办件"
    with (LOG / "办件.csv").open(encoding="utf-8") as file:
        for row in list(csv.reader(file))[:40]:
            made.active.append(row)
    made.save(folder / "办件.xlsx")
    return folder / "办件.xlsx"


@lru_cache(maxsize=1)
def assessment() -> bytes:
    case = example("2012-Q1")
    return template(law(case), "2012-Q1", case.assessment)


def books(folder: Path, shift: int = 0) -> Iterator[tuple[str, Path, str]]:
    """Command, workbook, sheet; every other one where time is short."""
    kinds = ["attendance", "tier", "assess", "cases"]
    for command in kinds if LONG else kinds[shift % 2 :: 2]:
        if command == "attendance":
            yield command, Path(shutil.copy(REGISTER, folder / "考勤.xlsx")), "打卡"
        elif command == "tier":
            yield command, written(folder / "台账.xlsx", tables(ledger(EXAMPLE))), "报批表"
        elif command == "assess":
            (folder / "考核.xlsx").write_bytes(assessment())
            yield command, folder / "考核.xlsx", "窗口与事实"
        else:
            yield command, log(folder), "办件"


@lru_cache(maxsize=1)
def checker() -> Checker:
    return Checker(ROOT)


def told(path: Path) -> list[tuple[str, Severity]]:
    return [(f"{f.rule} {f.message.zh}", f.severity) for f in checker().check([path]).findings]


@longer
@pytest.mark.parametrize("place", PLACES)
def test_they_count_in_every_kind_of_table(place: str, tmp_path: Path) -> None:
    spoil, of_a_row = PLACES[place]
    for command, path, sheet in books(tmp_path, list(PLACES).index(place)):
        made = openpyxl.load_workbook(path)
        spoil(made[sheet])
        made.save(path)
        errors = [
            text for text, severity in told(path) if severity is Severity.ERROR and ("作废" in text or "撤回" in text)
        ]
        if place == "name of the sheet" and command == "assess":
            continue  # whose sheets are known by their names
        assert errors, (command, place)
        assert errors[0].startswith("input/row-unreadable" if of_a_row else "input/left-aside"), errors


@longer
def test_what_is_taken_back_decides_nothing(tmp_path: Path) -> None:
    """By the command, in words and as data; the name of the file is enough."""
    for command, path, sheet in books(tmp_path):
        made = openpyxl.load_workbook(path)
        header("已撤回")(made[sheet])
        made.save(path)
        done = banshi(command, str(path if command != "cases" else tmp_path))
        assert done.returncode == 1 and "已撤回" in done.stdout + done.stderr, command
        assert not any(word in done.stdout for word in ("应走档次", "达到，", "非正常考勤 1 次")), command
    again = Path(shutil.copy(REGISTER, tmp_path / "考勤（作废）.xlsx"))
    done = banshi("attendance", str(again), "--format", "json")
    assert done.returncode == 1 and "文件名写着" in done.stdout + done.stderr


@longer
def test_they_count_on_every_sheet_of_a_register(tmp_path: Path) -> None:
    for sheet in some(openpyxl.load_workbook(REGISTER).sheetnames, 3):
        made = openpyxl.load_workbook(REGISTER)
        header("作废")(made[sheet])
        made.save(tmp_path / "考勤.xlsx")
        assert any("作废" in text and severity is Severity.ERROR for text, severity in told(tmp_path / "考勤.xlsx"))


@longer
@pytest.mark.parametrize("words", some(["此表作废", "以评审结果为准", "（作废）", "备注：本表已撤回，另报"], 2))
@pytest.mark.parametrize("place", ["comment", "header", "box", "sheet", "file", "title", "value", "label", "hint"])
def test_they_take_a_form_back(place: str, words: str, tmp_path: Path) -> None:
    path = form(tmp_path)
    made = openpyxl.load_workbook(path)
    sheet = made.worksheets[0]
    if place in ("comment", "hint"):
        comment(words if place == "comment" else f"{HINT}{words}", "A5", "张三" if place == "comment" else "banshi")(
            sheet
        )
    elif place == "header":
        header(words)(sheet)
    elif place == "label":
        label = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "变更原因")
        label.value = words
    elif place == "title":
        sheet["A1"] = f"{sheet['A1'].value} {words}"
    elif place == "value":
        cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "变更原因")
        sheet.cell(cell.row, cell.column + 2).value = words
    elif place in ("sheet", "file"):
        sheet.title = words[:20].replace("：", "") if place == "sheet" else sheet.title
        path = tmp_path / f"{words}.xlsx" if place == "file" else path
    made.save(path)
    if place == "box":
        boxed(path, words)
    if place == "value" and words in ("以评审结果为准", "（作废）"):
        return  # may be the reason itself
    found = [text for text, severity in told(path) if severity is Severity.ERROR]
    assert any("没有据以判定" in text for text in found), found
    if words == "此表作废" and (LONG or place in ("comment", "box")):
        assert "应走档次" not in banshi("tier", str(path)).stdout


@longer
@pytest.mark.parametrize("words", some(["另附说明一页", "2012 年 3 月", "由业主填写"], 1))
def test_other_words_cost_nothing(words: str, tmp_path: Path) -> None:
    path = form(tmp_path)
    made = openpyxl.load_workbook(path)
    header(words)(made.worksheets[0])
    comment(words, "A5")(made.worksheets[0])
    made.save(path)
    boxed(path, words)
    assert not [text for text, severity in told(path) if severity is Severity.ERROR]
    assert sum(words in text for text, severity in told(path) if severity is Severity.NOTE) == 3
    assert "应走档次" in banshi("tier", str(path)).stdout


def test_what_only_speaks_of_it_is_a_warning(tmp_path: Path) -> None:
    path = form(tmp_path)
    made = openpyxl.load_workbook(path)
    comment("后经核实有误", "A5")(made.worksheets[0])
    made.save(path)
    assert [severity for text, severity in told(path) if "核实" in text] == [Severity.WARNING]
    assert "应走档次" in banshi("tier", str(path)).stdout


def test_comments_that_a_check_attached_take_nothing_back(tmp_path: Path) -> None:
    path = written(tmp_path / "台账.xlsx", tables(ledger(EXAMPLE)))
    made = openpyxl.load_workbook(path)
    sheet = made["报批表"]
    column = sheet.max_column + 1
    sheet.cell(1, column, "备注")
    sheet.cell(3, column, "作废")
    made.save(path)
    banshi("check", str(path), "--annotate", str(tmp_path / "标注.xlsx"))
    again = openpyxl.load_workbook(tmp_path / "标注.xlsx")
    assert any(cell.comment for row in again["报批表"].iter_rows() for cell in row)
    again["报批表"].cell(3, column).value = None
    again.save(tmp_path / "标注.xlsx")
    assert not [text for text, severity in told(tmp_path / "标注.xlsx") if severity is Severity.ERROR]
    ours = comment_on((3, 1), "banshi", "〔错误〕C 列写的是“作废”，没有读\n改法：作废的，删去这一行")
    assert says_beside(ours) == ""
    assert says_beside(comment_on((3, 1), "banshi", f"{ours.text}\n此条作废")) == "void"
    assert says_beside(comment_on((3, 1), "", f"{HINT}作废")) == "void"


def test_no_comment_of_our_own_templates_takes_anything_back(tmp_path: Path) -> None:
    for _, path, _ in books(tmp_path):
        for sheet in openpyxl.load_workbook(path).worksheets:
            for row in sheet.iter_rows(max_row=2):
                for cell in row:
                    assert not cell.comment or not says_beside(WordsBeside(COMMENT, cell.comment.text, (1, 0), True))


@pytest.mark.parametrize("words", ["办件（作废）", "作废-办件", "台账_已撤回", "旧表作废", "办件(取消)", "报批表 重复"])
def test_a_name_that_takes_back(words: str) -> None:
    assert name_says(words) in ("void", "otherwise")


@pytest.mark.parametrize(
    "words", ["办件", "2012年3月", "未作废", "补登", "作息表", "撤县设区项目", "已办结", "注册登记", "取 消 费"]
)
def test_a_name_that_does_not(words: str) -> None:
    assert name_says(words) == ""


def test_a_name_that_says_what_it_corrects_or_is_about_only_speaks_of_it() -> None:
    assert says("王科：此单已撤回，3月重报") == says("窗口:作废") == "void" and says("事由：取消会议") == "mentions"
    assert says("材料已退，不计") == "void" and says("名称有误，应为滨江路") == "otherwise"
    assert {name_says(each) for each in ("3月更正", "更正", "注销", "取消许可")} == {"mentions"}
    assert said_of_whole("以上数据作废") and not said_of_whole("此行作废") and says("此行作废") == "void"


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        ('&L&"宋体,常规"&12此表作废&C&P/&N&R', ["此表作废"]),
        ("&C— &P —", []),
        ("&C第 &P 页，共 &N 页", []),
        ("&R&D&L&F&A", []),
        ("&K01+000已撤回", ["已撤回"]),
        ("甲&&乙", ["甲&乙"]),
    ],
)
def test_signs_of_a_header_are_no_words(signs: str, said: list[str]) -> None:
    assert [each.text for each in said_in(signs, head=True)] == said


COLUMNS = {"id": TableColumn(("编号",), name), "on": TableColumn(("日期",), day)}
_FORMATS = old.record(0x42, struct.pack("<H", 1200))


def test_they_count_in_old_workbooks(tmp_path: Path) -> None:
    def cells(*more: bytes) -> bytes:
        rows = [("编号", "日期"), *((f"A{n}", f"2012-03-0{n}") for n in range(1, 4))]
        labels = (old.label(r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row))
        return old.container(old.stream([("表", b"".join((*labels, *more)))], _FORMATS))

    def object_(number: int, text: str, sort: int) -> bytes:
        said = old.record(0x5D, struct.pack("<HHHH", 0x15, 18, sort, number) + bytes(14))
        said += old.record(0x1B6, struct.pack("<HHHHHHI", 0, 0, 0, 0, 0, len(text), 0)[:18] + bytes(4))
        return said + old.record(0x3C, b"\x01" + text.encode("utf-16-le"))

    def read(*more: bytes) -> tuple[bool, list[str], list[str]]:
        path = tmp_path / "a.xls"
        path.write_bytes(cells(*more))
        table = read_table(path, COLUMNS, dict, lambda found: {"id", "on"} <= found.keys())
        return table.usable, [row["id"] for row in table.rows], [f.message.zh for f in table.findings]

    note = old.record(0x1C, struct.pack("<HHHH", 2, 1, 0, 7) + b"\x01\x00\x00\x31\x00")
    assert read() == (True, ["A1", "A2", "A3"], [])
    usable, rows, said = read(object_(7, "张三:\n此条作废", 25), note)
    assert usable and rows == ["A1", "A3"] and "批注写的是“此条作废”" in said[0]
    usable, rows, said = read(object_(7, "见批复", 25), note)
    assert rows == ["A1", "A2", "A3"] and said == ["工作表“表”的批注没有读：B3（见批复）"]
    assert not read(object_(9, "此表作废", 6))[0]
    assert not read(old.record(0x14, old.wide("&C已撤回")))[0]
    assert read(old.record(0x15, old.wide("&C&P")))[0]


@lru_cache(maxsize=1)
def blank() -> bytes:
    change = ROOT / "examples/change/binhe-road/changes/001.yaml"
    with tempfile.TemporaryDirectory() as folder:
        banshi("form", "annex1", "--from", str(change), "--format", "xlsx", "-o", f"{folder}/表.xlsx")
        return Path(folder, "表.xlsx").read_bytes()


def form(folder: Path) -> Path:
    (folder / "表.xlsx").write_bytes(blank())
    return folder / "表.xlsx"


def boxed(path: Path, words: str) -> None:
    """A text box on the first sheet."""
    made = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(made) as plain, zipfile.ZipFile(path, "w") as drawn:
        for part in plain.namelist():
            whole = plain.read(part)
            if part.startswith("xl/worksheets/_rels/sheet1"):
                whole = whole.replace(b"</Relationships>", f"{_RELATED}</Relationships>".encode())
            drawn.writestr(part, whole)
        if "xl/worksheets/_rels/sheet1.xml.rels" not in plain.namelist():
            drawn.writestr("xl/worksheets/_rels/sheet1.xml.rels", f"{_RELS}{_RELATED}</Relationships>")
        drawn.writestr("xl/drawings/drawing9.xml", _DRAWING.format(words))


_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_RELATED = (
    '<Relationship Id="rId99" Target="../drawings/drawing9.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"/>'
)
_DRAWING = '<xdr:wsDr xmlns:xdr="urn:x" xmlns:a="urn:a"><xdr:sp><xdr:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>'


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("# 此份作废，以第 3 次为准", True),
        ("  # 已撤回", True),
        ("status: settled   # 更正为已实施", True),
        ("# 第 3 次未批准，不计", False),
        ('reason: "路面 # 作废"', False),
    ],
)
def test_a_comment_in_yaml_that_takes_something_back_is_told(line: str, told: bool, tmp_path: Path) -> None:
    project = shutil.copytree(EXAMPLE, tmp_path / "project")
    path = project / "changes/002.yaml"
    text = path.read_text(encoding="utf-8")
    key = line.partition(":")[0]
    kept = [each for each in text.splitlines() if ":" not in line or not each.startswith(f"{key}:")]
    path.write_text("\n".join([*kept, line]) + "\n", encoding="utf-8")
    found = [f for f in Checker(ROOT).check([project]).findings if "注释写着" in f.message.zh]
    assert [(f.severity, f.line) for f in found] == [(Severity.WARNING, len(kept) + 1)] * told
