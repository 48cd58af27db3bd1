"""A look through a sheet's XML, in pieces: hidden rows and columns, formulas without a result, errors, extent.

The library that reads the values tells none of this, and it takes room for the whole extent of a sheet at once; so
the extent has to be known before it is called.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from banshi.text import Text

_PIECE = 1 << 20
_LONGEST_ROW = 64 << 20
_MOST_MARKED = 20_000  # cells with errors that are told apart; more of them are hardly a table

_CELL_AT = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"'][^>]*(?<!/)>")
_PLAIN_CELL_AT = re.compile(rb"<c r=\"([A-Z]{1,3})([0-9]{1,7})\"[^>]*(?<!/)>")  # as nearly all programs write it
_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*?)?(?:/>|>(.*?)</(?:\w+:)?c\s*>)", re.DOTALL)
_ROW = re.compile(rb"<(?:\w+:)?row(\s[^>]*)?>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7}):([A-Za-z]{1,3})([0-9]{1,7})[\"']"
)
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
# What has to be looked at closely; each is found by the fastest search there is.
_SIGNS = (b"hidden", b"<f", b":f", b't="e"', b"t='e'")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)</")
_NOT_FRESH = Text(
    "是公式，文件里没有存计算结果；用电子表格程序打开、保存后再检查",
    "a formula without a stored result: open the file in a spreadsheet program, save it, and check again",
)


class TooLarge(Exception):
    """The sheet takes more room than a table may."""


@dataclass(slots=True)
class Marks:
    """What a sheet's XML says beyond values; rows and columns count from 0.

    ``bad``: cells by row and column; ``merged``: the first and the last cell of each range, as (row, column).
    """

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    bad: dict[int, dict[int, Text]] = field(default_factory=dict)
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    first: tuple[int, int] = (1 << 30, 1 << 30)
    last: tuple[int, int] = (-1, -1)
    marked: int = 0

    @property
    def area(self) -> int:
        """Cells between the first and the last row and column."""
        return max(0, self.last[0] - self.first[0] + 1) * max(0, self.last[1] - self.first[1] + 1)

    def reach(self, row: int, column: int) -> None:
        """Take a cell into the extent."""
        self.first = min(self.first[0], row), min(self.first[1], column)
        self.last = max(self.last[0], row), max(self.last[1], column)


def look(stream: IO[bytes], limit: int) -> Marks:
    """Everything that the XML of a sheet says; raises ``TooLarge`` beyond ``limit`` bytes or where a row has no end."""
    marks, row = Marks(), 0
    for piece in _pieces(stream, limit):
        row = _take(piece, row, marks)
    return marks


def _pieces(stream: IO[bytes], limit: int) -> Iterator[bytes]:
    """The XML cut behind rows."""
    rest, read = b"", 0
    while more := stream.read(_PIECE):
        read += len(more)
        rest += more
        if read > limit or len(rest) > _LONGEST_ROW:
            raise TooLarge
        cut = rest.rfind(b"row>") + 4
        if cut > 4:
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


def _take(piece: bytes, row: int, marks: Marks) -> int:
    """Take in a piece; ``row`` is the number (from 0) of the next row, which is also what it gives."""
    if b"<col" in piece or b":col" in piece:
        _columns(piece, marks)
    if b"mergeCell" in piece:
        marks.merged += [
            ((int(top) - 1, _index(first)), (int(bottom) - 1, _index(last)))
            for first, top, last, bottom in _MERGED.findall(piece)
        ]
    cells = _cell_count(piece)
    found = _PLAIN_CELL_AT.findall(piece)
    if len(found) != cells:  # an unusual spelling, or cells without anything in them
        found = _CELL_AT.findall(piece)
    rows = [int(number) for number in {number for _, number in found}]
    if found:
        columns = [_index(name) for name in {name for name, _ in found}]
        marks.reach(min(rows) - 1, min(columns))
        marks.reach(max(rows) - 1, max(columns))
    if len(found) == cells and not any(sign in piece for sign in _SIGNS):
        return max(rows, default=row)
    return _closely(piece, row, marks)


def _cell_count(piece: bytes) -> int:
    if b":c" in piece:
        return len(_ANY_CELL.findall(piece))
    return piece.count(b"<c ") + piece.count(b"<c>") + piece.count(b"<c/>")


def _columns(piece: bytes, marks: Marks) -> None:
    for said in _COLUMN.findall(piece):
        of = dict(_ATTRIBUTE.findall(said))
        if of.get(b"hidden") in (b"1", b"true"):
            first, last = _whole(of.get(b"min")), _whole(of.get(b"max"))
            marks.hidden_columns += range(first - 1, min(last, first + 255))


def _closely(piece: bytes, row: int, marks: Marks) -> int:
    starts = list(_ROW.finditer(piece))
    for n, start in enumerate(starts):
        of = dict(_ATTRIBUTE.findall(start[1] or b""))
        row = _whole(of.get(b"r")) - 1 if b"r" in of else row
        if of.get(b"hidden") in (b"1", b"true"):
            marks.hidden_rows.append(row)
        end = starts[n + 1].start() if n + 1 < len(starts) else len(piece)
        _cells(piece[start.end() : end], row, marks)
        row += 1
    return row


def _cells(row_xml: bytes, row: int, marks: Marks) -> None:
    column = 0
    for cell in _CELL.finditer(row_xml):
        of = dict(_ATTRIBUTE.findall(cell[1] or b""))
        at = re.match(rb"([A-Za-z]{1,3})\d", of.get(b"r", b""))
        column = _index(at[1]) if at else column
        if cell[2] is not None:
            marks.reach(row, column)
            why = _why_bad(of.get(b"t", b""), cell[2])
            marks.marked += why is not None
            if why and marks.marked <= _MOST_MARKED:
                marks.bad.setdefault(row, {})[column] = why
        column += 1


def _why_bad(kind: bytes, inside: bytes) -> Text | None:
    value = _VALUE.search(inside)
    stored = value[1].decode("utf-8", "replace") if value else ""
    if kind == b"e":
        return Text(f"是错误值 {stored}", f"the error value {stored}")
    if not stored and kind != b"str" and _FORMULA.search(inside):
        return _NOT_FRESH
    return None


def _index(column: bytes) -> int:
    found = 0
    for letter in column.upper():
        found = found * 26 + letter - 64
    return found - 1


def _whole(text: bytes | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else 1
