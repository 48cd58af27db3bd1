"""Numbers in workbooks are read as they are shown: with the unit of their format, not as they are stored without it."""

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.files.tables.opening import opened
from banshi.files.tables.quantities import quantity
from banshi.files.tables.xlsx.shown import NotAsShown, as_shown, sections_of

PLAIN = [
    *("General", "0", "0.00", "#,##0", "#,##0.00_);(#,##0.00)", "@", "", '"约"0', "[$¥-804]#,##0.00", "¥#,##0", "0_ "),
    *('0;[Red]0', "0.00E+00", '0"号"', "# ?/?", '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', '"第"0"次会议"', "[DBNum2]0"),
]  # fmt: skip
SHOWN = [
    ('0"万元"', "5", "5万元"), ("0万元", "5", "5万元"), ('0" 元"', "5.5", "5.5元"), ('#,##0.00"亿元"', "1.25", "1.25亿元"),
    ("0%", "0.05", "5%"), ("0.00%", "1.2345", "123.45%"), ('0"%"', "5", "5%"), ('0.0"小时"', "2", "2小时"),
    ('0!.0,"万元"', "50000", "5万元"), (r'0\.0,"万元"', "1234567", "123.4567万元"), ('0"."0,"万"', "50000", "5万"),
    ('0.00,,"百万元"', "2500000", "2.5百万元"), ('#,##0,"千元"', "1234567", "1234.567千元"), ('0!.0000"万元"', "50000", "5万元"),
    ('General"万元"', "5", "5万元"), ('G/通用格式"人"', "5", "5人"), ("000", "12", "012"), ("000000", "1234567", "1234567"),
    ('0"万元";-0"元";"无"', "5", "5万元"), ('0"万元";-0"元";"无"', "-5", "-5元"), ('0"万元";-0"元";"无"', "0", "0"),
    ('[>=10000]0!.0,"万元";0"元"', "50000", "5万元"), ('[>=10000]0!.0,"万元";0"元"', "500", "500元"),
    ('[<60]0"分钟";[<1440]0"小时";0"天"', "70", "70小时"), ('[Red]0"件"', "3", "3件"), ("000", "-5", "-5"), ("000", "1.5", "1.5"),
]  # fmt: skip


@pytest.mark.parametrize("code", PLAIN)
def test_a_format_that_says_no_more_changes_nothing(code: str) -> None:
    assert sections_of(code) == ()


@pytest.mark.parametrize(("code", "stored", "shown"), SHOWN)
def test_a_number_is_read_with_its_unit(code: str, stored: str, shown: str) -> None:
    assert as_shown(sections_of(code), Decimal(stored), stored) == shown


@pytest.mark.parametrize("code", ["#,##0,", "0.0,,", "0!.0000", "[>=10000]0!.0,;0"])
def test_a_number_that_is_shown_smaller_without_a_unit_is_told(code: str) -> None:
    with pytest.raises(NotAsShown) as caught:
        as_shown(sections_of(code), Decimal(50000), "50000")
    assert "存的是 50000" in caught.value.text.zh


@given(st.text(alphabet='0#?.,;%"!\\[]<>=-_*@ 万元人小时年ydhG1/', max_size=40), st.decimals(-(10**9), 10**9, places=3))
@examples(300)
def test_any_format_gives_a_number_or_says_why_not(code: str, value: Decimal) -> None:
    figure = format(value.normalize(), "f")
    try:
        shown = as_shown(sections_of(code) or sections_of("0%"), value, figure)
    except NotAsShown:
        return
    assert shown and (value < 0 or quantity(shown).number >= 0)


def test_cells_of_a_workbook(tmp_path: Path) -> None:
    """In plain rows and in others; the same format under built-in numbers; what is told stands at its cell."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path.as_posix()) as book:
        sheet = book.add_worksheet("表")
        sheet.write_row(0, 0, ["金额", "比例", "工号", "千"])
        for n, code in enumerate(('0"万元"', "0%", "0000", "0,")):
            sheet.write_number(1, n, 0.5 if code == "0%" else 500, book.add_format({"num_format": code}))
        sheet.write_formula(2, 0, "=250*2", book.add_format({"num_format": '0"元"'}), 500)
    (grid,) = opened(path).grids
    _, row, formula = grid.rows()
    assert row.cells == ["500万元", "50%", "0500"] and set(row.bad) == {3} and "1,000 分之一" in row.bad[3].zh
    assert formula.cells == ["500元"]
