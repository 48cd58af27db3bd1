"""Which cells hold dates, times or durations: by the number format of their style."""

import re
from collections.abc import Iterator
from typing import IO, Literal

from banshi.files.tables.xlsx.limits import SMALL_PART
from banshi.files.tables.xlsx.xml import Local, events

Kind = Literal["number", "date", "duration"]

# Formats that need no definition: 27–36 and 50–58 are dates and times wherever Chinese, Japanese or Korean is set.
_BUILT_IN: dict[int, Kind] = {
    **dict.fromkeys((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)), "date"),
    46: "duration",
}
_GENERAL = frozenset(("general", "standard", "常规", "g/通用格式"))
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_SAID = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]', re.DOTALL)  # what a format prints as it stands, and conditions
_EXPONENT = re.compile(r"e[+-]", re.IGNORECASE)
_DATED = re.compile(r"[ymdhsge]|aaa", re.IGNORECASE)


def kind(code: str) -> Kind:
    """What a number of this format means."""
    if code.strip().lower() in _GENERAL:
        return "number"
    unquoted = re.sub(r'"[^"]*"|\\.', "", code)
    if _ELAPSED.search(unquoted):
        return "duration"
    bare = _EXPONENT.sub("", _SAID.sub("", code)).replace("General", "").replace("G/通用格式", "")
    return "date" if _DATED.search(bare) else "number"


def kinds(stream: IO[bytes]) -> dict[str, Kind]:
    """The kind of every cell style that is not a plain number's, by its number as cells write it."""
    codes: dict[str, str] = {}
    styles: list[str] = []
    for tag, of in _formats(stream):
        if tag == "numFmt":
            codes[of.get("numFmtId", "")] = of.get("formatCode", "")
        else:
            styles.append(of.get("numFmtId", "0"))
    known = {number: kind(code) for number, code in codes.items()}
    found = ((str(n), known.get(number) or _built_in(number)) for n, number in enumerate(styles))
    return {style: one for style, one in found if one != "number"}


def _built_in(number: str) -> Kind:
    return _BUILT_IN.get(int(number), "number") if number.isdecimal() and len(number) < 9 else "number"


def _formats(stream: IO[bytes]) -> Iterator[tuple[str, dict[str, str]]]:
    """The formats, and the styles of cells in their order (named styles stand elsewhere and do not count)."""
    found: list[tuple[str, dict[str, str]]] = []
    local, of_cells = Local(), False

    def start(tag: str, of: dict[str, str]) -> None:
        nonlocal of_cells
        name = local[tag]
        if name == "cellXfs":
            of_cells = True
        elif name == "numFmt" or (name == "xf" and of_cells):
            found.append((name, of))

    def end(tag: str) -> None:
        nonlocal of_cells
        of_cells = of_cells and local[tag] != "cellXfs"

    for _ in events(stream, SMALL_PART, start, end):
        yield from found
        found.clear()
