"""Tables: CSV and XLSX as clerks and machines write them, and every way in which a file can be wrong."""

import datetime
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.files.findings import Severity
from banshi.files.tables import cells
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.grids import letters
from banshi.files.tables.quantities import amount_in, count_in
from banshi.files.tables.reading import Table, TableColumn, heads, read_table, stream_table
from banshi.files.tables.xlsx import package

COLUMNS = {
    "staff": TableColumn(("人员编号", "工号"), cells.name),
    "day": TableColumn(("日期",), cells.day),
    "time": TableColumn(("时刻",), cells.time_to_second),
    "days": TableColumn(("天数",), amount_in("")),
}
HEAD = ["人员编号", "日期", "时刻"]
DAY = datetime.date(2010, 3, 1)
AT = datetime.time(8, 31)
DATE_FORMAT, TIME_FORMAT = {"num_format": "yyyy-mm-dd"}, {"num_format": "hh:mm:ss"}
Fill = Callable[[Any, Any, Any], None]


def enough(found: dict[str, int]) -> bool:
    return {"staff", "day"} <= found.keys()


def made(values: dict[str, Any]) -> tuple[Any, ...]:
    return values["staff"], values["day"], values.get("time")


def book(path: Path, fill: Fill, **options: Any) -> Path:
    """A workbook with one sheet; ``fill`` gets the workbook, its sheet and a writer of a row with dates and times."""
    with xlsxwriter.Workbook(path.as_posix(), options) as made_book:
        sheet = made_book.add_worksheet("打卡")
        of = {datetime.date: made_book.add_format(DATE_FORMAT), datetime.time: made_book.add_format(TIME_FORMAT)}

        def row(number: int, *values: Any, to: Any = sheet, first: int = 0) -> None:
            for n, value in enumerate(values, start=first):
                to.write(number, n, value, of.get(type(value)))

        fill(made_book, sheet, row)
    return path


def read(path: Path, **options: Any) -> Table:
    return read_table(path, COLUMNS, made, enough, **options)


def rules(table: Table) -> list[str]:
    return [finding.rule for finding in table.findings]


SOUND = [("A01", DAY, "08:31")]


# what a workbook may look like


def test_any_order_of_columns_below_a_title(tmp_path: Path) -> None:
    def fill(made_book: Any, sheet: Any, row: Any) -> None:
        sheet.merge_range(0, 2, 0, 5, "2010年3月考勤表")
        row(3, "时刻", "备注", "日期", "工 号", first=2)
        row(4, AT, "", DAY, "A01", first=2)

    found = read(book(tmp_path / "a.xlsx", fill))
    assert found.rows == SOUND and found.findings == []
    assert found.sheet.place(("punches", 0, "day")) == (5, 5, 6, "打卡")
    assert found.sheet.line(5) == "打卡!5： |  | 08:31:00 |  | 2010-03-01 | A01"


def test_numbers_are_whole_and_zeros_of_text_are_kept(tmp_path: Path) -> None:
    def fill(made_book: Any, sheet: Any, row: Any) -> None:
        row(0, *HEAD)
        for n, staff in enumerate((1001.0, "001", " Ａ０１ ")):
            row(n + 1, staff, DAY, AT)
        sheet.write_string(2, 0, "001")

    assert [staff for staff, _, _ in read(book(tmp_path / "a.xlsx", fill)).rows] == ["1001", "001", "A01"]


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (0.354861, "hh:mm", "08:31"),
        (0.35491, "[h]:mm", "08:31:04"),
        (40238.354861, "yyyy-mm-dd hh:mm", None),
        ("下午5:30", "", "17:30"),
        ("５：３０ pm", "", "17:30"),
        (0.354861, "", "一天的几分之几，即 08:31"),
        (40238, "", "不是时刻"),
    ],
)
def test_times_however_they_are_stored(value: Any, form: str, expected: str | None, tmp_path: Path) -> None:
    def fill(made_book: Any, sheet: Any, row: Any) -> None:
        row(0, *HEAD)
        row(1, "A01", DAY)
        sheet.write(1, 2, value, made_book.add_format({"num_format": form}) if form else None)

    found = read(book(tmp_path / "a.xlsx", fill))
    if found.rows:
        assert found.rows[0][2] == expected
    else:
        assert (expected or "不是时刻") in found.findings[0].message.zh
        assert "工作表“打卡”第 2 行 C 列" in found.findings[0].message.zh


@pytest.mark.parametrize("system_1904", [False, True])
def test_both_date_systems(system_1904: bool, tmp_path: Path) -> None:
    def fill(made_book: Any, sheet: Any, row: Any) -> None:
        row(0, *HEAD)
        sheet.write_datetime(1, 1, DAY, made_book.add_format(DATE_FORMAT))
        row(1, "A01")

    assert read(book(tmp_path / "a.xlsx", fill, date_1904=system_1904)).rows == [("A01", DAY, None)]


def test_a_serial_number_is_not_converted_in_silence(tmp_path: Path) -> None:
    def fill(made_book: Any, sheet: Any, row: Any) -> None:
        row(0, *HEAD)
        row(1, "A01", 40238, AT)

    found = read(book(tmp_path / "a.xlsx", fill))
    assert found.rows == [] and "按1900日期系统是 2010-03-01" in found.findings[0].message.zh


def test_a_merged_value_holds_for_all_of_its_rows(tmp_path: Path) -> None:
    def fill(made_book: Any, sheet: Any, row: Any) -> None:
        row(0, *HEAD)
        sheet.merge_range(1, 0, 3, 0, "A01")
        for n in (1, 2, 3):
            row(n, datetime.date(2010, 3, n), AT, first=1)
        row(4, "A02", DAY, AT)

    found = read(book(tmp_path / "a.xlsx", fill))
    assert [(staff, day.day) for staff, day, _ in found.rows] == [("A01", 1), ("A01", 2), ("A01", 3), ("A02", 1)]


def test_hidden_rows_and_columns_count_and_are_told(tmp_path: Path) -> None:
    def fill(made_book: Any, sheet: Any, row: Any) -> None:
        row(0, *HEAD)
        for n in range(1, 8):
            row(n, f"A{n}", DAY, AT)
        for n in (2, 3, 6):
            sheet.set_row(n, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})

    found = read(book(tmp_path / "a.xlsx", fill))
    assert len(found.rows) == 7
    assert rules(found) == ["input/hidden-rows"] and found.findings[0].severity is Severity.NOTE
    assert "第 3–4、7 行、C 列" in found.findings[0].message.zh
    assert found.findings[0].line == 3


def test_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    def fill(made_book: Any, sheet: Any, row: Any) -> None:
        row(0, *HEAD)
        row(1, "A01", DAY, AT)
        other = made_book.add_worksheet("旧")
        row(0, *HEAD, to=other)
        row(1, "A02", DAY, AT, to=other)
        other.hide()

    found = read(book(tmp_path / "a.xlsx", fill))
    assert found.rows == SOUND
    assert rules(found) == ["input/hidden-sheet"] and "旧" in found.findings[0].message.zh


def test_formulas_give_their_stored_result_or_a_finding(tmp_path: Path) -> None:
    def fill(made_book: Any, sheet: Any, row: Any) -> None:
        row(0, *HEAD)
        for n in range(1, 5):
            row(n, "A01", DAY)
        sheet.write_formula(1, 2, "=TIME(8,31,0)", made_book.add_format(TIME_FORMAT), 0.354861)
        sheet.write_formula(2, 2, "=TIME(8,31,0)", None, "")
        sheet.write_formula(3, 2, "=X!A1", None, "#REF!")
        sheet.write_formula(4, 2, '="8:31"', None, "8:31")

    found = read(book(tmp_path / "a.xlsx", fill))
    assert [time for _, _, time in found.rows] == ["08:31", "08:31"]
    assert [(f.rule, f.line, f.column) for f in found.findings] == [
        ("input/row-unreadable", 3, 3),
        ("input/row-unreadable", 4, 3),
    ]
    assert "没有存计算结果" in found.findings[0].message.zh and "保存" in found.findings[0].message.zh
    assert "#REF!" in found.findings[1].message.zh


def test_what_openpyxl_writes_without_results(tmp_path: Path) -> None:
    made_book = openpyxl.Workbook()
    sheet = made_book.active
    assert sheet is not None
    sheet.append(HEAD)
    sheet.append(["A01", "=DATE(2010,3,1)", AT])
    made_book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx")
    assert found.rows == [] and "没有存计算结果" in found.findings[0].message.zh


def test_several_sheets_with_the_columns_are_joined_and_it_is_said(tmp_path: Path) -> None:
    def fill(made_book: Any, sheet: Any, row: Any) -> None:
        row(0, *HEAD)
        row(1, "A01", DAY, AT)
        row(0, "说明", to=made_book.add_worksheet("说明"))
        other = made_book.add_worksheet("续")
        row(0, "日期", "人员编号", to=other)
        row(1, "x", "A02", to=other)
        row(2, DAY, "A02", to=other)
        made_book.add_worksheet("空")

    path = book(tmp_path / "a.xlsx", fill)
    found = read(path)
    assert [staff for staff, _, _ in found.rows] == ["A01", "A02"]
    assert sorted(rules(found)) == ["input/row-unreadable", "input/sheets-joined"]
    assert "打卡、续" in next(f for f in found.findings if f.rule == "input/sheets-joined").message.zh
    assert found.sheet.place(("punches", 1, "staff")) == (3, 2, 3, "续")
    assert [head.sheet for head in heads(path).heads] == ["打卡", "说明", "续"]
    assert read(path, sheet="续").rows == [("A02", DAY, None)]


def test_headings_that_a_page_repeats_are_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("工号,日期,时刻\nA01,2010-03-01,8:31\n工号,日期,时刻\nA02,2010-03-01,8:31\n", encoding="utf-8")
    found = read(path)
    assert [staff for staff, _, _ in found.rows] == ["A01", "A02"] and found.findings == []


@pytest.mark.parametrize("name", ["指纹模板", "人脸图像", "虹膜", "Fingerprint Template", "抓拍照片"])
def test_what_is_of_the_body_is_never_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"工号,日期,{name},方式,体温\nA01,2010-03-01,QUJD,指纹,36.5\n", encoding="utf-8")
    found = read(path)
    assert found.rows == [("A01", DAY, None)]
    assert rules(found) == ["input/biometric-column", "input/column-unused"]
    assert name in found.findings[0].message.zh and "删去" in found.findings[0].fix.zh
    assert "体温" in found.findings[1].message.zh and name not in found.findings[1].message.zh


def test_a_streamed_table_keeps_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("工号,日期\nA01,2010-03-01\nA02,x\nA03,2010-03-01\n", encoding="utf-8")
    seen: list[Any] = []
    found = stream_table(path, COLUMNS, made, enough, seen.append)
    assert [staff for staff, _, _ in seen] == ["A01", "A03"]
    assert (found.rows, found.unread, found.lost) == ([], 1, [{"staff": "A02", "day": "x"}])


# what is no table


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def plain(made_book: Any, sheet: Any, row: Any) -> None:
    row(0, *HEAD)
    row(1, "A01", DAY, AT)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.mark.parametrize(
    ("content", "rule", "said"),
    [
        (b"", "input/empty", "空"),
        ("工号,日期\nA01,2010-03-01\n".encode(), "input/not-a-table", "文本，像是表格"),
        (OLE, "input/not-a-table", ".xls"),
        (OLE + "Workbook".encode("utf-16-le"), "input/not-a-table", "损坏"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "input/not-a-table", "密码"),
        (b"PK\x03\x04broken", "input/not-a-table", "损坏"),
    ],
)
def test_files_that_are_no_workbooks(content: bytes, rule: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    found = read(path)
    assert rules(found) == [rule] and not found.usable
    assert said in found.findings[0].message.zh and found.findings[0].fix.zh
    assert [finding.rule for finding in heads(path).findings] == [rule]


def test_a_workbook_renamed_csv_and_a_missing_file(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", plain).rename(tmp_path / "a.csv")
    assert rules(read(path)) == ["input/not-a-table"]
    assert rules(read(tmp_path / "none.xlsx")) == ["input/unreadable"]
    assert rules(read(tmp_path / "none.csv")) == ["input/unreadable"]


def test_an_empty_workbook_and_one_without_the_columns(tmp_path: Path) -> None:
    assert rules(read(book(tmp_path / "a.xlsx", lambda *_: None))) == ["input/empty"]
    found = read(book(tmp_path / "b.xlsx", lambda b, s, row: row(0, "日期", "时刻")))
    assert rules(found) == ["input/column-missing"]
    assert "工作表“打卡”表头缺少：人员编号" in found.findings[0].message.zh


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 1 << 20)
    parts = parts_of(book(tmp_path / "a.xlsx", plain))
    parts["xl/worksheets/sheet1.xml"] += b" " * (2 << 20)
    found = read(zipped(tmp_path / "b.xlsx", parts))
    assert rules(found) == ["input/not-a-table"] and "MAX_UNPACKED" in found.findings[0].message.zh


def test_cells_far_apart_take_no_room_and_are_told(tmp_path: Path) -> None:
    def fill(made_book: Any, sheet: Any, row: Any) -> None:
        plain(made_book, sheet, row)
        sheet.write(1_048_575, 16_383, "x")

    found = read(book(tmp_path / "a.xlsx", fill))
    assert found.rows == SOUND
    assert rules(found) == ["input/column-unused"] and "XFD" in found.findings[0].message.zh
    assert found.accounts[0].passed == (1_048_576,)


def test_formats_to_the_last_column_do_no_harm(tmp_path: Path) -> None:
    def fill(made_book: Any, sheet: Any, row: Any) -> None:
        plain(made_book, sheet, row)
        form = made_book.add_format({"bold": True})
        for n in range(2, 600):
            sheet.write_blank(n, 16_383, None, form)

    assert read(book(tmp_path / "a.xlsx", fill)).rows == SOUND


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


@pytest.mark.parametrize(
    "rows",
    [
        b"<row><c t='inlineStr'><is><t>\xe5\xb7\xa5\xe5\x8f\xb7</t></is></c><c t='inlineStr'><is><t>\xe6\x97\xa5\xe6\x9c\x9f</t></is></c></row>"
        b"<row><c t='inlineStr'><is><t>A01</t></is></c><c t='inlineStr'><is><t>2010-03-01</t></is></c></row>",
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        b'<row r="1"><c r="ZZZ9999999"><v>1</v></c></row>',
        b'<row r="99999999999"><c r="A1"><v>1</v></c>',
        b'<row r="1"><c r="A1" t="s"><v>77</v></c></row>',
        b'<row r="0"><c r="A0"><v>1</v></c></row>',
        b"<row" * 1000,
        b"<row r='1'>" + b"<c/>" * 20_000 + b"</row>",
    ],
)
def test_odd_sheets_never_crash(rows: bytes, tmp_path: Path) -> None:
    parts = parts_of(book(tmp_path / "a.xlsx", plain))
    parts["xl/worksheets/sheet1.xml"] = SHEET % rows
    found = read(zipped(tmp_path / "b.xlsx", parts))
    assert found.findings or [staff for staff, _, _ in found.rows] == ["A01"]


@pytest.fixture(scope="module")
def sound_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return book(tmp_path_factory.mktemp("fuzz") / "a.xlsx", plain).read_bytes()


@examples(60)
@given(data=st.data())
def test_no_bytes_crash_the_reader(
    data: st.DataObject, sound_bytes: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    raw = bytearray(sound_bytes)
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.none(), st.integers(0, len(raw))))
    path = tmp_path_factory.mktemp("fuzz") / "b.xlsx"
    path.write_bytes(raw[:cut])
    found = read(path)
    assert found.findings or found.rows == SOUND or found.usable


@examples(60)
@given(
    old=st.sampled_from([b"<c ", b"</row>", b"<v>", b"r=", b'"A1"', b"sheetData", b"<row ", b"1"]),
    new=st.binary(max_size=12),
)
def test_no_sheet_crashes_the_reader(
    old: bytes, new: bytes, sound_bytes: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with zipfile.ZipFile(io.BytesIO(sound_bytes)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = "xl/worksheets/sheet1.xml"
    parts[part] = parts[part].replace(old, new, 3)
    found = read(zipped(tmp_path_factory.mktemp("fuzz") / "b.xlsx", parts))
    assert isinstance(found, Table)


@examples(100)
@given(raw=st.binary(max_size=300))
def test_no_bytes_crash_the_csv_reader(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "a.csv"
    path.write_bytes("工号,日期\n".encode() + raw)
    assert isinstance(read(path), Table)


# cells


@pytest.mark.parametrize(
    ("reader", "cell", "expected"),
    [
        (count_in(""), "12", 12),
        (count_in(""), "12.0", 12),
        (cells.decimal, "-1,234.50", Decimal("-1234.50")),
        (amount_in(""), "０.5", Decimal("0.5")),
        (cells.day, "2010-03-01 00:00:00", DAY),
        (cells.moment, "2010-03-01 08:31:59", "2010-03-01 08:31"),
        (cells.time_to_second, "8:31:59", "08:31:59"),
        (cells.yes_or_no, "TRUE", True),
    ],
)
def test_cells(reader: Callable[[str], Any], cell: str, expected: Any) -> None:
    assert reader(cell) == expected


@pytest.mark.parametrize(
    ("reader", "cell"),
    [
        (count_in(""), "1.5"),
        (count_in(""), "-1"),
        (count_in(""), "1e40"),
        (amount_in(""), "-0.1"),
        (cells.decimal, "1,23"),
        (cells.decimal, "NaN"),
        (cells.decimal, "一"),
        (cells.day_and_time, "2010-03-01"),
    ],
)
def test_cells_that_cannot_be_read(reader: Callable[[str], Any], cell: str) -> None:
    with pytest.raises(CellUnreadable):
        reader(cell)


def test_names_of_columns() -> None:
    assert [letters(n) for n in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_the_values_that_may_be_written_are_told_in_chinese() -> None:
    with pytest.raises(cells.CellUnreadable) as caught:
        cells.one_of({"other": "other", "其他": "other"})("别的")
    assert caught.value.text.zh == "可写：其他"
