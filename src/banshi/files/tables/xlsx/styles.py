"""Which cells hold dates, times or durations, by the number format of their style; and which are struck through."""

import re
from collections.abc import Iterator, Mapping
from typing import IO, Literal

from msgspec import Struct, field

from banshi.files.tables.xlsx.shown import Sections, sections_of
from banshi.files.tables.xlsx.xml import Local, events

Kind = Literal["number", "date", "duration"]
Form = Kind | Sections  # of a number that is shown otherwise than it is stored: how

# Formats that need no definition: 27–36 and 50–58 are dates and times wherever Chinese, Japanese or Korean is set.
_BUILT_IN: dict[int, Kind] = {
    **dict.fromkeys((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)), "date"),
    46: "duration",
}
_PER_CENT = {"9": "0%", "10": "0.00%"}
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


class Styles(Struct):
    """What the styles of cells say, by their number as cells write it: of those that are not a plain number's, what they make of
    it; which strike through.
    """

    kinds: dict[str, Form] = field(default_factory=dict)
    struck: frozenset[str] = frozenset()


def styles(stream: IO[bytes]) -> Styles:
    """What the part says of cells; named styles stand elsewhere and do not count."""
    codes: dict[str, str] = {}
    formats: list[str] = []
    fonts: list[str] = []
    striking: set[str] = set()
    font = -1
    for section, tag, of in _tags(stream):
        if tag == "numFmt" and section == "numFmts":
            codes[of.get("numFmtId", "")] = of.get("formatCode", "")
        elif tag == "font" and section == "fonts":
            font += 1
        elif tag == "strike" and section == "fonts" and strikes(of):
            striking.add(str(font))
        elif tag == "xf" and section == "cellXfs":
            formats.append(of.get("numFmtId", "0"))
            fonts.append(of.get("fontId", "0"))
    found = ((str(n), form(number, codes.get(number))) for n, number in enumerate(formats))
    struck = frozenset(str(n) for n, each in enumerate(fonts) if each in striking)
    return Styles({style: one for style, one in found if one != "number"}, struck)


def strikes(of: Mapping[str, str]) -> bool:
    """Whether an element ``strike`` means that the text is struck through."""
    return next((value for key, value in of.items() if key.rpartition(":")[2] == "val"), "1") not in (
        "0",
        "false",
        "off",
    )


def form(number: str, code: str | None) -> Form:
    """What a format makes of a number: its own code, else what its number says everywhere."""
    meaning = kind(code) if code is not None else "number"
    if meaning == "number":
        meaning = _built_in(number)
    if meaning != "number":
        return meaning
    return sections_of(_PER_CENT.get(number, "") if code is None else code) or "number"


def _built_in(number: str) -> Kind:
    return _BUILT_IN.get(int(number), "number") if number.isdecimal() and len(number) < 9 else "number"


_SECTIONS = frozenset(("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"))


def _tags(stream: IO[bytes]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The elements, each with the section that it stands in."""
    found: list[tuple[str, str, dict[str, str]]] = []
    local, section = Local(), ""

    def start(tag: str, of: dict[str, str]) -> None:
        nonlocal section
        name = local[tag]
        if name in _SECTIONS:
            section = name
        elif name in ("numFmt", "font", "strike", "xf"):
            found.append((section, name, of))

    for _ in events(stream, "SMALL_PART", start):
        yield from found
        found.clear()
