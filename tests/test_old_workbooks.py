"""Workbooks of the old format (.xls): read as the new one of the same content, whatever wrote them; spoilt ones are told."""

import random
import shutil
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import old_books as old
import openpyxl
import pytest
from conftest import ROOT, banshi
from lengths import longer, some
from python_calamine import CalamineWorkbook

from banshi.files.tables.grids import Unusable
from banshi.files.tables.opening import opened

DATA = ROOT / "tests/data/old_books"
FIRST = old.record(0x42, struct.pack("<H", 1200)) + old.font() + old.font(struck=True)
STYLES = old.form(164, "yyyy-mm-dd") + old.style() + old.style(form=164) + old.style(font=1) + old.style(form=46)


def said(path: Path) -> list[Any]:
    """All that is read of a workbook, hidden sheets too."""
    book = opened(path)
    found: list[Any] = [book.hidden]
    for grid in (*book.grids, *book.concealed):
        for row in grid.rows():
            cells = list(row.cells)
            while cells and not cells[-1]:
                cells.pop()
            marks = ({n: text.zh for n, text in each.items()} for each in (row.bad, row.struck))
            found.append((grid.name, row.number, cells, *marks))
        found.append((grid.name, [note.message.zh for note in grid.notes]))
    return found


def read(tmp_path: Path, data: bytes, name: str = "a.xls") -> list[Any]:
    (tmp_path / name).write_bytes(data)
    return said(tmp_path / name)


def cells(tmp_path: Path, *records: bytes, first: bytes = b"") -> Any:
    """The rows of a sheet of these records: cells, what is unreadable, what is struck through."""
    book = old.container(old.stream([("表", b"".join(records))], FIRST + STYLES + first))
    return [tuple(row[1:]) for row in read(tmp_path, book)[1:-1]]


def refused(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(Unusable) as caught:
        read(tmp_path, data)
    (problem,) = caught.value.problems
    assert problem.rule == "input/not-a-table" and problem.fix.zh
    return problem.message.zh


@pytest.mark.parametrize("name", ["1900", "1904"])
def test_it_is_read_as_the_new_one_that_the_same_program_wrote(name: str) -> None:
    """Texts, dates of both systems, times, durations, results, errors, merged, hidden and struck-through cells, formats with units."""
    assert said(DATA / f"{name}.xls") == said(DATA / f"{name}.xlsx")
    assert len(said(DATA / f"{name}.xls")) > 40


def test_another_reader_finds_the_same_texts_in_the_same_cells() -> None:
    """calamine, which knows of no hidden rows, strikes and formats, but reads texts and numbers."""
    sheet = CalamineWorkbook.from_path(DATA / "1900.xls").get_sheet_by_name("打卡")
    theirs = {
        (row, column): value
        for row, line in enumerate(sheet.to_python(skip_empty_area=False))
        for column, value in enumerate(line)
        if isinstance(value, str) and value
    }
    ours = {
        (row.number - 1, n): cell
        for row in opened(DATA / "1900.xls").grids[0].rows()
        for n, cell in enumerate(row.cells)
    }
    assert len(theirs) > 70 and all(
        ours[place] == value for place, value in theirs.items() if not value.startswith("#")
    )


@pytest.mark.parametrize("small", [False, True])
def test_numbers_and_texts_as_they_are_stored(small: bool, tmp_path: Path) -> None:
    texts = old.shared(["工号", "x" * 70, old.rich("一半划", [(2, 1)], b"spoken"), "后"])
    sheet = [
        *(old.cell(0xFD, 0, n, struct.pack("<I", n)) for n in range(4)),
        old.packed(1, 0, old.whole(7)) + old.packed(1, 1, old.whole(-150, hundredths=True)),
        old.packed(1, 2, struct.unpack("<I", struct.pack("<d", 0.75)[4:])[0]),
        old.packed(1, 3, struct.unpack("<I", struct.pack("<d", 150.0)[4:])[0] | 1),
        record_of_many(2, 1, [old.whole(1), old.whole(2), old.whole(40000)]),
        old.number(3, 0, 40000.5, 1) + old.number(3, 1, 1.25, 3) + old.number(3, 2, 0.1) + old.number(3, 3, 1e15),
        old.label(4, 0, "直\n接") + old.label(4, 2, "latin é") + old.label(4, 3, "划", 2),
        old.cell(0x205, 5, 0, b"\x01\x00") + old.cell(0x205, 5, 1, b"\x07\x01") + old.cell(0x205, 5, 2, b"\x00\x00"),
        old.cell(0x201, 6, 3, b"") + old.record(0xBE, struct.pack("<HHHHHH", 6, 4, 0, 0, 0, 6)),
    ]
    book = old.stream([("打卡", b"".join(sheet))], FIRST + STYLES + texts)
    assert read(tmp_path, old.container(book, small=small))[1:-1] == [
        ("打卡", 1, ["工号", "x" * 70, "一半划", "后"], {}, {2: "有一部分划了删除线"}),
        ("打卡", 2, ["7", "-1.5", "0.75", "1.5"], {}, {}),
        ("打卡", 3, ["", "1", "2", "40000"], {}, {}),
        ("打卡", 4, ["2009-07-06 12:00:00", "30:00:00", "0.1", "1000000000000000"], {}, {}),
        ("打卡", 5, ["直\n接", "", "latin é", "划"], {}, {3: "划了删除线"}),
        ("打卡", 6, ["TRUE", "", "FALSE"], {1: "是错误值 #DIV/0!"}, {}),
    ]


def record_of_many(row: int, column: int, values: list[int]) -> bytes:
    pairs = b"".join(struct.pack("<HI", 0, value) for value in values)
    return old.record(0xBD, struct.pack("<HH", row, column) + pairs + struct.pack("<H", column + len(values) - 1))


def test_results_of_formulas(tmp_path: Path) -> None:
    rows = cells(
        tmp_path,
        old.formula(0, 0, struct.pack("<d", 2.5)),
        old.formula(0, 1, old.result_is(0)) + old.record(0x4BC, b"\0" * 8) + old.record(0x207, old.wide("成")),
        old.formula(0, 2, old.result_is(1, 1)) + old.formula(0, 3, old.result_is(2, 42)),
        old.formula(0, 4, old.result_is(3)) + old.formula(0, 5, old.result_is(0)),
        old.formula(0, 6, struct.pack("<d", 0.0), flags=2) + old.formula(0, 7, struct.pack("<d", 0.0)),
    )
    ((_, row, bad, _),) = rows
    assert row == ["2.5", "成", "TRUE", "", "", "", "", "0"]
    assert bad[3] == "是错误值 #N/A" and set(bad) == {3, 5, 6} and "没有存计算结果" in bad[5] and bad[5] == bad[6]


def test_cells_in_any_order_hidden_and_merged(tmp_path: Path) -> None:
    sheet = [
        *(old.label(row, column, f"{row}{column}") for column in (2, 0, 1) for row in (3, 1)),
        old.record(0x208, struct.pack("<HHHHHHI", 1, 0, 3, 255, 0, 0, 0x120)),
        old.record(0x208, struct.pack("<HHHHHHI", 3, 0, 3, 255, 0, 0, 0x100)),
        old.record(0x7D, struct.pack("<HHHHHH", 1, 2, 2000, 15, 1, 0)),
        old.label(5, 0, "合") + old.label(6, 3, "旁"),
        old.record(0xE5, struct.pack("<HHHHH", 1, 5, 6, 0, 1)),
    ]
    book = old.container(old.stream([("表", b"".join(sheet)), ("藏", old.label(0, 0, "x"))], FIRST + STYLES, [0, 2]))
    hidden, *rows, (_, notes), last, _ = read(tmp_path, book)
    assert hidden == ("藏",) and last[0] == "藏"
    assert [row[1:3] for row in rows] == [
        (2, ["10", "11", "12"]),
        (4, ["30", "31", "32"]),
        (6, ["合", "合"]),
        (7, ["合", "合", "", "旁"]),
    ]
    assert notes == ["工作表“表”有隐藏的第 2 行、B–C 列，照样读入、计算"]


def test_comments_on_cells_are_told_once_for_each_cell(tmp_path: Path) -> None:
    def note(row: int, column: int, rest: bytes = struct.pack("<HH", 0, 1) + b"\x01\x00\x00\x31\x00") -> bytes:
        return old.record(0x1C, struct.pack("<HH", row, column) + rest)

    def told(*notes: bytes) -> list[str]:
        book = old.container(old.stream([("表", old.label(0, 0, "x") + b"".join(notes))], FIRST + STYLES))
        found: list[str] = read(tmp_path, book)[-1][1]
        return found

    assert told() == []
    assert told(note(4, 2), note(1, 27), note(4, 2)) == ["工作表“表”的批注没有读：AB2、C5"]
    older = struct.pack("<H", 3) + "废".encode("gbk")  # its text in the record, and more of it in the next
    assert told(note(2, 0, older), note(0xFFFF, 0, older)) == ["工作表“表”的批注没有读：A3"]
    assert told(old.record(0x1C, b"\x01"), note(1, 300)) == [], "what is of no cell breaks nothing"
    assert "等 20 处" in told(*(note(n, 0) for n in range(20)))[0]


def test_texts_that_go_on_in_further_records(tmp_path: Path) -> None:
    """A text may change from one byte a character to two where a record ends."""
    whole = old.shared(["ab", "甲乙丙丁", old.rich("一半划", [(0, 1), (2, 0)]), "z"])
    body = whole[4:]
    at = body.index("丙".encode("utf-16-le"))
    mark = body.index(struct.pack("<HHHH", 0, 1, 2, 0)) + 4
    parts = [old.record(0xFC, body[:at]), old.record(0x3C, b"\x01" + body[at:mark]), old.record(0x3C, body[mark:])]
    wanted = [old.cell(0xFD, 0, n, struct.pack("<I", n)) for n in range(5)]
    ((_, row, bad, struck),) = cells(tmp_path, *wanted, first=b"".join(parts))
    assert row == ["ab", "甲乙丙丁", "一半划", "z"] and "第 4 条文字" in bad[4]
    assert struck == {2: "有一部分划了删除线"}
    label = struct.pack("<H", 6) + b"\x00" + b"abc"
    goes_on = old.cell(0x204, 0, 0, label) + old.record(0x3C, b"\x01" + "甲乙丙".encode("utf-16-le"))
    assert cells(tmp_path, goes_on)[0][1] == ["abc甲乙丙"]


CODES = [
    (936, "gbk", "张三"),
    (950, "big5", "張三"),
    (1252, "cp1252", "café"),
    (None, "gbk", "李四"),
    (367, "gbk", "王五"),
]


@pytest.mark.parametrize(("page", "coding", "name"), CODES)
def test_excel_95_and_the_codes_of_its_texts(page: int | None, coding: str, name: str, tmp_path: Path) -> None:
    first = old.record(0x42, struct.pack("<H", page)) if page else b""
    first += old.record(0x22, b"\x01\x00") + old.record(0x41E, struct.pack("<H", 164) + old.narrow("yyyy/m/d", 1))
    first += old.record(0xE0, struct.pack("<HH", 0, 0) + bytes(12)) + old.record(
        0xE0, struct.pack("<HH", 0, 164) + bytes(12)
    )
    sheet = old.cell(0x204, 0, 0, old.narrow(name, coding=coding)) + old.number(0, 1, 1.0, 1) + old.number(0, 2, 8, 9)
    sheet += old.cell(0xD6, 0, 3, old.narrow("甲乙" if coding == "gbk" else "ab", coding=coding) + b"\x01\x02\x05")
    data = old.stream([("Sheet1", sheet)], first, version=5)
    for found in (read(tmp_path, old.container(data, "Book")), read(tmp_path, data)):
        assert found[1][2] == [name, "1904-01-02", "8", "甲乙" if coding == "gbk" else "ab"]


def test_a_text_that_no_code_reads_is_told_at_its_cell(tmp_path: Path) -> None:
    first = old.record(0x42, struct.pack("<H", 936))
    sheet = old.cell(0x204, 0, 0, b"\x02\x00\xff\xff") + old.label_5(0, 1, "好")
    assert read(tmp_path, old.container(old.stream([("a", sheet)], first, version=5), "Book"))[1][2:4] == (
        ["", "好"],
        {0: "文字的编码读不出"},
    )


def single(bof: bytes, *records: bytes) -> bytes:
    return bof + b"".join(records) + old.record(10)


def test_the_oldest_formats_and_programs_that_write_as_they_did(tmp_path: Path) -> None:
    """Sheets without a container: as components for Delphi write them, and Excel 2, 3 and 4."""
    delphi = single(
        struct.pack("<HHHHHH", 0x809, 8, 0, 0x10, 0, 0),
        old.label_5(0, 0, "工号") + old.label_5(0, 1, "打卡时间") + old.label_5(1, 0, "001"),
        old.label_5(1, 1, "2010-03-01 08:31") + old.number(1, 2, 12.5) + old.packed(1, 3, old.whole(3)),
    )
    assert [row[2] for row in read(tmp_path, delphi)[1:-1]] == [
        ["工号", "打卡时间"],
        ["001", "2010-03-01 08:31", "12.5", "3"],
    ]

    def cell_2(number: int, column: int, data: bytes, form: int = 0) -> bytes:
        return old.record(number, struct.pack("<HHBBB", 0, column, 0, form, 0) + data)

    two = single(
        old.record(0x9, struct.pack("<HH", 2, 0x10)),
        old.record(0x1E, old.narrow("General", 1)) + old.record(0x1E, old.narrow("yyyy-mm-dd", 1)),
        cell_2(4, 0, old.narrow("张三", 1)) + cell_2(2, 1, struct.pack("<H", 65000)),
        cell_2(3, 2, struct.pack("<d", 40000), 1) + cell_2(5, 3, b"\x01\x00") + cell_2(5, 4, b"\x2a\x01"),
        cell_2(6, 5, struct.pack("<d", 1.5)) + cell_2(6, 6, old.result_is(0)) + old.record(7, old.narrow("果", 1)),
    )
    assert read(tmp_path, two)[1][2:4] == (
        ["张三", "65000", "2009-07-06", "TRUE", "", "1.5", "果"],
        {4: "是错误值 #N/A"},
    )
    for bof, form, style, formula in ((0x209, 0x1E, 0x243, 0x206), (0x409, 0x41E, 0x443, 0x406)):
        codes = [(b"\0\0" if form == 0x41E else b"") + old.narrow(code, 1) for code in ("General", "yyyy-mm-dd")]
        data = single(
            old.record(bof, struct.pack("<HHH", 0, 0x10, 0)),
            *(old.record(form, code) for code in codes),
            *(old.record(style, bytes([0, n]) + bytes(10)) for n in (0, 1)),
            old.record(0x231, struct.pack("<HH", 200, 8)),
            old.label_5(0, 0, "张三") + old.number(0, 1, 40000, 1),
            old.cell(formula, 0, 2, struct.pack("<dH", 2, 0)),
        )
        assert read(tmp_path, data)[1][2:] == (["张三", "2009-07-06", "2"], {}, dict.fromkeys(range(3), "划了删除线"))


# what is read by what it is, and what is refused


def test_the_name_does_not_say_which_format_it_is(tmp_path: Path) -> None:
    wanted = said(DATA / "1900.xls")
    shutil.copy(DATA / "1900.xls", tmp_path / "a.xlsx")
    shutil.copy(DATA / "1900.xlsx", tmp_path / "b.xls")
    assert said(tmp_path / "a.xlsx") == said(tmp_path / "b.xls") == wanted


PUNCHES = [("工号", "打卡时间"), ("001", "2010-02-01 08:31"), ("001", "2010-02-01 17:32"), ("002", "2010-02-30 08:00")]


def saved_as_new(rows: Sequence[Sequence[str]], path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "打卡"
    for row in rows:
        sheet.append(row)
    book.save(path)


def saved_as_old(rows: Sequence[Sequence[str]]) -> bytes:
    texts = b"".join(old.label(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return old.container(old.stream([("打卡", texts)], FIRST + STYLES))


def test_a_command_says_the_same_of_both_formats(tmp_path: Path) -> None:
    """The report of a table, where it stands and what is wrong with it; from standard input too."""
    saved_as_new(PUNCHES, tmp_path / "打卡.xlsx")
    (tmp_path / "打卡.xls").write_bytes(saved_as_old(PUNCHES))
    new, its = (banshi("check", f"打卡.{suffix}", cwd=tmp_path) for suffix in ("xlsx", "xls"))
    assert its.returncode == new.returncode == 1 and its.stdout == new.stdout.replace("打卡.xlsx", "打卡.xls")
    assert "打卡!B4" in its.stdout or "第 4 行 B 列" in its.stdout
    piped = banshi("check", "-", stdin=(tmp_path / "打卡.xls").read_bytes())
    assert "第 4 行 B 列" in piped.stdout
    kept = banshi("check", "打卡.xls", "--annotate", "out.xls", cwd=tmp_path)
    assert (
        kept.returncode == 2
        and ".xls 先另存为 .xlsx" in kept.stdout + kept.stderr
        and not (tmp_path / "out.xls").exists()
    )


def test_a_register_takes_the_punches_of_an_old_workbook(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "examples/attendance/2010-02", tmp_path / "x")
    rows = [line.split(",") for line in (folder / "打卡.csv").read_text("utf-8-sig").splitlines()]
    (folder / "打卡.csv").unlink()
    saved_as_new(rows, folder / "打卡.xlsx")
    wanted = banshi("attendance", str(folder), "--format", "json")
    (folder / "打卡.xlsx").unlink()
    (folder / "打卡.xls").write_bytes(saved_as_old(rows))
    found = banshi("attendance", str(folder), "--format", "json")
    assert found.stdout == wanted.stdout.replace(".xlsx", ".xls") and found.returncode == wanted.returncode
    assert '"days"' in found.stdout and "打卡.xls" in found.stdout


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    sheet = ("表", old.label(0, 0, "x"))
    book = old.stream([sheet], FIRST + STYLES)
    assert "有密码" in refused(tmp_path, old.container(old.stream([sheet], old.record(0x2F, b"\0" * 6))))
    assert "不完整" in refused(tmp_path, old.container(book)[:-512])
    assert "旧格式的文件" in refused(tmp_path, old.container(book)[:2000])
    assert "不完整" in refused(tmp_path, old.container(old.stream([("表", old.label(0, 0, "x"))])[:-4]))
    twice = old.stream([("表", old.label(0, 0, "x") + old.label(0, 0, "y"))])
    assert refused(tmp_path, old.container(twice)) == "工作表“表”自相矛盾：第 1 行第 1 格写了两次，没有读取"
    assert "第 300 列" in refused(tmp_path, old.container(old.stream([("表", old.label(0, 299, "x"))])))
    assert "没有工作簿" in refused(tmp_path, old.container(b"Workbook".decode().encode("utf-16-le"), "Other"))
    assert "Excel 4.0" in refused(tmp_path, single(old.record(0x409, struct.pack("<HHH", 0, 0x100, 0))))
    other = old.stream([sheet, sheet])
    (first, second) = (n for n in range(len(other)) if other[n : n + 4] == b"\x85\x00\x0a\x00")
    same = bytearray(other)
    same[second + 4 : second + 8] = same[first + 4 : first + 8]
    assert "占同一处" in refused(tmp_path, old.container(bytes(same)))


def looped(book: bytes, at: int, value: int) -> bytes:
    spoilt = bytearray(book)
    spoilt[at : at + 4] = struct.pack("<I", value)
    return bytes(spoilt)


def test_chains_that_lead_back_end(tmp_path: Path) -> None:
    """Sectors that follow themselves: those of the directory, of the stream, of the tables, of tables of tables."""
    book = old.container(old.stream([("表", old.label(0, 0, "x"))], FIRST + STYLES))
    count = (len(book) - 512) // 512
    table = 512 + (count - 1) * 512
    refused(tmp_path, looped(book, table + 4 * 2, 1))
    refused(tmp_path, looped(book, table + 4 * (count - 3), count - 3))
    refused(tmp_path, looped(book, 68, 0))
    small = old.container(old.stream([("表", old.label(0, 0, "x"))]), small=True)
    refused(tmp_path, looped(small, 512 * ((len(small) // 512) - 2), 0))


def test_a_count_is_believed_only_as_far_as_it_goes(tmp_path: Path) -> None:
    texts = old.shared(["甲"], count=0xFFFFFFF0)
    wanted = [old.cell(0xFD, 0, n, struct.pack("<I", text)) for n, text in enumerate((0, 7, 0xFFFFFFFF))]
    ((_, row, bad, _),) = cells(tmp_path, *wanted, first=texts)
    assert row == ["甲"] and "第 7 条文字" in bad[1] and set(bad) == {1, 2}
    back = old.shared(
        [old.rich("甲", [])[:2] + b"\x05" + struct.pack("<i", -8) + "甲".encode("utf-16-le")], count=1 << 30
    )
    refused(tmp_path, old.container(old.stream([("表", b"")], FIRST + STYLES + back)))


@longer
@pytest.mark.parametrize("batch", some(range(40), 4))
def test_spoilt_ones_are_read_or_told(batch: int, tmp_path: Path) -> None:
    """Cut off, bytes changed, pieces written over others: rows or a plain word, and nothing else."""
    chance = random.Random(batch)
    sources = [
        (DATA / "1900.xls").read_bytes(),
        old.container(old.stream([("表", old.label(0, 0, "x"))], FIRST + STYLES), small=True),
    ]
    for n in range(50):
        spoilt = bytearray(chance.choice(sources))
        for _ in range(chance.choice((1, 1, 3, 20))):
            at = chance.randrange(len(spoilt))
            way = chance.randrange(4)
            if way == 0:
                spoilt[at] = chance.randrange(256)
            elif way == 1:
                spoilt[at : at + 4] = struct.pack("<I", chance.choice((0, 1, 0xFFFFFFFF, 0x7FFFFFFF, 0xFFFFFFFE, at)))
            elif way == 2:
                start = chance.randrange(len(spoilt))
                spoilt[at : at + 64] = spoilt[start : start + 64]
            elif len(spoilt) > 600:
                del spoilt[chance.randrange(512, len(spoilt)) :]
        try:
            read(tmp_path, bytes(spoilt), f"{n}.xls")
        except Unusable as unusable:
            assert unusable.problems
