"""What the numbers of a workbook mean, going by their formats."""

from pathlib import Path
from typing import Any

import pytest
from test_workbook_reading import of

from banshi.files.tables.xlsx.numbers import iso, number, written
from banshi.files.tables.xlsx.strings import plain
from banshi.files.tables.xlsx.styles import kind


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "0.00",
        "#,##0",
        "0.00E+00",
        "@",
        '0"天"',
        "[Red]0",
        "0%",
        '_ * #,##0_ ;_ * "-"_ ',
        "G/通用格式",
        r"0\h",
        "# ?/?",
        "[$¥-804]#,##0.00",
        "[DBNum1]General",
    ],
)
def test_formats_of_numbers(code: str) -> None:
    assert kind(code) == "number"


@pytest.mark.parametrize(
    "code",
    [
        "yyyy-mm-dd",
        "m/d/yy",
        'yyyy"年"m"月"d"日"',
        "h:mm AM/PM",
        "上午/下午h:mm",
        "mm:ss.0",
        "[$-804]yyyy年m月d日",
        "dddd",
        "aaaa",
        "e年m月",
        "[$-F800]dddd, mmmm dd",
        "d",
        "h时mm分",
        "YYYY/M/D;@",
    ],
)
def test_formats_of_dates(code: str) -> None:
    assert kind(code) == "date"


@pytest.mark.parametrize("code", ["[h]:mm", "[mm]:ss", "[s]", "[H]:mm:ss"])
def test_formats_of_durations(code: str) -> None:
    assert kind(code) == "duration"


@pytest.mark.parametrize("number_of", [14, 15, 16, 17, 18, 19, 20, 21, 22, *range(27, 37), 45, 47, *range(50, 59)])
def test_formats_that_need_no_definition(number_of: int, tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>40238</v></c><c r="B1" s="1"><v>0.354861</v></c></row>'
    assert of(tmp_path, rows, formats=((0, ""), (number_of, ""))) == [(1, ["2010-03-01", "08:31:00"])]


@pytest.mark.parametrize(
    ("value", "sort", "system_1904", "expected"),
    [
        ("1", "date", False, "1900-01-01"),
        ("59", "date", False, "1900-02-28"),
        ("60", "date", False, "1900-02-29"),
        ("61", "date", False, "1900-03-01"),
        ("2958465", "date", False, "9999-12-31"),
        ("2958466", "date", False, "2958466"),
        ("2958465.999999", "date", False, "2958465.999999"),
        ("0", "date", False, "00:00:00"),
        ("0.999999", "date", False, "00:00:00"),
        ("-1", "date", False, "-1"),
        ("1", "date", True, "1904-01-02"),
        ("40238.354861", "date", False, "2010-03-01 08:31:00"),
        ("1.5", "duration", False, "36:00:00"),
        ("-0.25", "duration", False, "-06:00:00"),
        ("1e300", "duration", False, "1" + "0" * 300),
        ("x", "date", False, "x"),
        ("nan", "duration", False, "nan"),
    ],
)
def test_numbers_with_a_meaning(value: str, sort: Any, system_1904: bool, expected: str) -> None:
    assert written(sort, system_1904, value) == expected


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("1001", "1001"),
        ("1001.0", "1001"),
        ("007", "7"),
        ("1E3", "1000"),
        ("0.10000000000000001", "0.1"),
        ("-0.5", "-0.5"),
        ("1e999", "1e999"),
        (" 5\n", "5"),
        ("nan", "nan"),
        ("1_0", "1_0"),
        ("٣", "٣"),
    ],
)
def test_plain_numbers(stored: str, expected: str) -> None:
    assert number(stored) == expected


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("2010-03-01", "2010-03-01"),
        ("2010-03-01T08:31:00", "2010-03-01 08:31:00"),
        ("2010-03-01T08:30:59.990Z", "2010-03-01 08:31:00"),
        ("T08:31:00", "08:31:00"),
        ("x", "x"),
        ("9999-12-31T23:59:59.9", "9999-12-31 23:59:59"),
    ],
)
def test_dates_that_are_stored_as_text(stored: str, expected: str) -> None:
    assert iso(stored) == expected


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("a_x000D_b", "a\rb"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD83D__xDE00_", "😀"),
        ("_x00zz_", "_x00zz_"),
        ("_xD83D_", "\ufffd"),
    ],
)
def test_escapes(stored: str, expected: str) -> None:
    assert plain(stored) == expected
