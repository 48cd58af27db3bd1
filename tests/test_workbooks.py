"""Workbooks that are written: text stays text, the same rows give the same bytes, nothing is lost on the way."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples
from openpyxl.utils.escape import unescape

from banshi.base.text import visible_lines
from banshi.output.workbooks import Book

DANGEROUS = [
    "=1+1",
    "+86 1",
    "-5",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("http://x","y")',
    "{=1}",
    "http://example.org",
    "007",
]


def written(rows, **how):
    book = Book()
    sheet = book.sheet("表", ["甲", "乙"], **how)
    for row in rows:
        sheet.row(row)
    return book.bytes()


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_is_never_a_formula_nor_a_link(text):
    cell = opened(written([[text, None]]))["表"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_headings_are_text_too():
    book = Book()
    book.sheet("表", ["=A1", "乙"])
    cell = opened(book.bytes())["表"]["A1"]
    assert (cell.value, cell.data_type) == ("=A1", "s")


def test_numbers_days_and_times_keep_their_type():
    day, moment = datetime.date(2010, 3, 1), datetime.datetime(2010, 3, 1, 8, 30)
    rows = [[Decimal("0.5"), 3], [day, datetime.time(8, 30)], [moment, True]]
    sheet = opened(written(rows))["表"]
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert values == [[0.5, 3], [datetime.datetime(2010, 3, 1), datetime.time(8, 30)], [moment, "是"]]
    assert sheet["A3"].number_format == "yyyy-mm-dd"


def test_a_number_that_a_spreadsheet_would_round_stays_text():
    assert opened(written([[Decimal("1234567890123456.78"), None]]))["表"]["A2"].value == "1234567890123456.78"


def test_a_formula_of_ours_has_its_value_beside_it():
    book = Book()
    sheet = book.sheet("表", ["甲", "乙"])
    row = sheet.row([1, 2])
    sheet.formula(row, 2, "=A2+B2", 3)
    data = book.bytes()
    assert opened(data)["表"]["C2"].value == "=A2+B2"
    assert openpyxl.load_workbook(io.BytesIO(data), data_only=True)["表"]["C2"].value == 3


def test_same_rows_same_bytes():
    assert written([["甲", Decimal(1)]]) == written([["甲", Decimal(1)]])


def test_lines_above_and_a_printed_heading():
    sheet = opened(written([["x", "y"]], above=["=题目"]))["表"]
    assert (sheet["A1"].value, sheet["A1"].data_type, sheet["A2"].value) == ("=题目", "s", "甲")
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.paperSize) == ("A3", "$2:$2", 9)


def test_names_of_sheets_are_made_fit():
    book = Book()
    for name in ("一/季度[2010]", "一:季度*2010?", "长" * 40, "长" * 40, "", "'"):
        book.sheet(name)
    names = opened(book.bytes()).sheetnames
    assert len(set(names)) == 6 and max(map(len, names)) <= 31
    assert names[0] == "一 季度 2010"


def test_names_of_sheets_are_as_long_as_spreadsheets_count():
    book = Book()
    for name in ("𠮷" * 20, "𠮷" * 20, "长" * 30 + "'窗口", "长" * 30 + "𠮷", "ABC", "abc", "坏\ud800名"):
        book.sheet(name)
    names = opened(book.bytes()).sheetnames
    assert len({name.casefold() for name in names}) == 7
    assert max(len(name.encode("utf-16-le")) // 2 for name in names) <= 31
    assert not any(name.endswith("'") for name in names)


@examples(60)
@given(st.text(min_size=1, max_size=60))
def test_any_text_comes_back_with_what_cannot_be_seen_written_out(text):
    cell = opened(written([[text, None]]))["表"]["A2"]
    assert cell.data_type == "s"
    assert unescape(cell.value) == visible_lines(text)


def test_too_long_a_text_is_cut_where_one_sees_it():
    value = opened(written([["长" * 40_000, None]]))["表"]["A2"].value
    assert len(value) == 32_767 and value.endswith("…")
