"""Where the rows of a sheet stand that is written as nearly all programs write it, without asking a parser of each of its tags."""

import re

from banshi.files.tables.xlsx.xml import new_parser
from banshi.output.annotating.spans import ElementSpan, parse

_ATTRIBUTES = rb"""(?: [A-Za-z][\w.:]*="[^"<>&]*")*+"""
_SHEET_DATA = re.compile(rb"<sheetData(/?)>")
_ROW = re.compile(rb'<row r="([0-9]{1,7})"' + _ATTRIBUTES + rb"(/?)>")
_ANY = re.compile(rb"<(?:[\w.-]+:)?(row|sheetData)[\s/>]")
_ROW_END, _DATA_END = b"</row>", b"</sheetData>"


def plain_rows(data: bytes) -> tuple[ElementSpan, dict[int, ElementSpan]] | None:
    """The element of the rows, and each row by its number (without its attributes); None where a parser must be asked.

    Raises what reading raises where the sheet is no sound XML.
    """
    parse(data, new_parser())
    if b"<!" in data or b"<?" in data[5:]:
        return None  # a comment or the like may hold what looks like rows
    holds, found = _SHEET_DATA.search(data), list(_ROW.finditer(data))
    if holds is None or len(_ANY.findall(data)) != len(found) + 1:
        return None
    opened = holds.end()
    end = opened if holds[1] else data.find(_DATA_END, opened) + len(_DATA_END)
    rows: dict[int, ElementSpan] = {}
    before = opened
    for row in found:
        behind = row.end() if row[2] else data.find(_ROW_END, row.end()) + len(_ROW_END)
        if row.start() < before or behind < row.end():
            return None  # an end tag written otherwise
        rows[int(row[1])] = ElementSpan("row", "", {}, row.start(), row.end(), behind)
        before = behind
    return (ElementSpan("sheetData", "", {}, holds.start(), opened, end), rows) if end >= before else None


def row_alone(data: bytes, number: int) -> bytes:
    """The sheet without its other rows; nothing where it is not written plainly."""
    plain = plain_rows(data)
    if plain is None or number not in plain[1] or plain[0].closed:
        return b""
    whole, own = plain[0], plain[1][number]
    return data[: whole.opened] + data[own.start : own.end] + data[whole.end - len(_DATA_END) :]
