"""The sheet of a form writes its blank cells the short way: the bytes are those of the library's own way."""

import datetime
import io
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from banshi.output.forms.blank_cells import SheetOfBlanks

ACROSS = [(0, 0, 8), (1, 0, 1), (1, 1, 1), (2, 3, 2), (2, 5, 30), (4, 25, 4), (5, 0, 2), (40, 700, 5)]


@pytest.mark.parametrize("on_disk", [False, True], ids=["memory", "disk"])
def test_the_bytes_are_the_same(on_disk: bool) -> None:
    assert written(on_disk, short=True) == written(on_disk, short=False)


def written(on_disk: bool, *, short: bool) -> bytes:
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw, {"in_memory": not on_disk, "constant_memory": on_disk}) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        styles = [book.add_format({"border": 1}), book.add_format({"bold": True}), book.add_format()]
        for sheets in range(2):
            sheet = book.add_worksheet(f"表{sheets}", SheetOfBlanks if short else None)
            for n, (row, first, columns) in enumerate(ACROSS):
                lay(sheet, row, first, columns, styles[n % len(styles)], short=short)
                if n % 2:
                    sheet.write_string(row, first, "甲 & <乙>", styles[n % len(styles)])
            sheet.write_blank(41, 0, None, styles[0])
            sheet.write_number(41, 1, 3)
    return raw.getvalue()


def lay(sheet: Any, row: int, first: int, columns: int, style: Any, *, short: bool) -> None:
    if short:
        sheet.lay_across(row, first, columns, style)
    elif columns > 1:
        sheet.merge_range(row, first, row, first + columns - 1, "", style)
    else:
        sheet.write_blank(row, first, None, style)
