"""The cells to which a workbook gives names of ours: which form a sheet is, and which value or column a cell holds."""

import re
from typing import IO

from banshi.files.tables.hidden_names import read_name
from banshi.files.tables.xlsx.limits import Broken
from banshi.files.tables.xlsx.refs import place
from banshi.files.tables.xlsx.xml import Local, events

_CELL = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::.*)?")

Named = dict[str, dict[tuple[int, int], str]]


def names(stream: IO[bytes]) -> Named:
    """By sheet, its named cells (row from 1, column from 0); a name that leads nowhere is left out."""
    found: Named = {}
    local, inside, text = Local(), "", ""

    def start(tag: str, of: dict[str, str]) -> None:
        nonlocal inside, text
        if local[tag] == "definedName":
            inside, text = of.get("name", ""), ""

    def chars(piece: str) -> None:
        nonlocal text
        if inside:
            text += piece

    def end(tag: str) -> None:
        nonlocal inside
        if local[tag] == "definedName":
            _keep(found, inside, text)
            inside = ""

    for _ in events(stream, "SMALL_PART", start, end, chars):
        pass
    return found


def _keep(found: Named, name: str, text: str) -> None:
    cell = _CELL.fullmatch(text.strip())
    if cell is None or read_name(name) is None:
        return
    try:
        row, column = place(cell[3] + cell[4])
    except Broken:
        return
    sheet = (cell[1] or cell[2]).replace("''", "'")
    found.setdefault(sheet, {})[row + 1, column] = name
