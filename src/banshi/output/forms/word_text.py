"""Pieces of a document's body as its format writes them (WordprocessingML): runs, fields, paragraphs, tables.

Written as text: a site has thousands of forms, and a tree of elements costs ten times as much. Lengths are in twips.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from banshi.base.text import visible_lines

_TO_CLICK = "\u3000" * 4
_PIECE = re.compile(r"[\t\r\n]|[^\t\r\n]+")
_BREAKS = {"\t": "<w:tab/>", "\n": "<w:br/>", "\r": "<w:br/>"}
NEW_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def as_text(text: str, longest: int) -> str:
    """The beginning of a text as it may stand between tags: nothing in it steers anything."""
    return escape(visible_lines(text)[:longest])


def _attribute(text: str) -> str:
    return quoteattr(visible_lines(text))


@cache
def _look(half_points: int, font: str, bold: bool) -> str:
    """How a run looks; what stands in a form does not keep to the grid of the page, which is for lines of text."""
    fonts = " ".join(f'w:{name}="{font}"' for name in ("ascii", "hAnsi", "eastAsia"))
    thick = "<w:b/>" if bold else ""
    return f'<w:rPr><w:rFonts {fonts}/>{thick}<w:snapToGrid w:val="0"/><w:sz w:val="{half_points}"/></w:rPr>'


def run(text: str, points: float, font: str, *, bold: bool = False) -> str:
    """Words in one look; lengths of type in points."""
    pieces = "".join(map(_piece, _PIECE.findall(visible_lines(text))))
    return f"<w:r>{_look(round(points * 2), font, bold)}{pieces}</w:r>"


def _piece(part: str) -> str:
    if part in _BREAKS:
        return _BREAKS[part]
    kept = ' xml:space="preserve"' if part != part.strip() else ""
    return f"<w:t{kept}>{escape(part)}</w:t>"


def field(
    number: int,
    text: str,
    points: float,
    font: str,
    *,
    tag: str = "",
    offered: Sequence[str] = (),
    locked: bool = False,
) -> str:
    """A field with its tag, its lock, and what may be picked in it; an empty one holds blanks to click at."""
    said = [f"<w:tag w:val={_attribute(tag)}/>"] if tag else []
    said.append(f'<w:id w:val="{number}"/><w:lock w:val="{"sdtContentLocked" if locked else "sdtLocked"}"/>')
    if not text:
        said.append("<w:showingPlcHdr/>")
    if offered:
        listed = "".join(f"<w:listItem w:displayText={each} w:value={each}/>" for each in map(_attribute, offered))
        said.append(f"<w:comboBox>{listed}</w:comboBox>")
    held = run(text or _TO_CLICK, points, font)
    return f"<w:sdt><w:sdtPr>{''.join(said)}</w:sdtPr><w:sdtContent>{held}</w:sdtContent></w:sdt>"


def paragraph(*runs: str, centred: bool = False) -> str:
    """A paragraph of runs and fields."""
    middle = '<w:jc w:val="center"/>' if centred else ""
    return f'<w:p><w:pPr><w:snapToGrid w:val="0"/>{middle}</w:pPr>{"".join(runs)}</w:p>'


def cell(width: int, *runs: str, centred: bool = False) -> str:
    """A cell of a table; ``centred``: between its upper and its lower edge."""
    middle = '<w:vAlign w:val="center"/>' if centred else ""
    return f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{middle}</w:tcPr>{paragraph(*runs)}</w:tc>'


def row(cells: Iterable[str], height: int = 0) -> str:
    """A row of a table; ``height``: at least so much."""
    least = f'<w:trPr><w:trHeight w:val="{height}"/></w:trPr>' if height else ""
    return f"<w:tr>{least}{''.join(cells)}</w:tr>"


def table(widths: Sequence[int], rows: Iterable[str], *, fixed: bool = False) -> str:
    """A table with lines around its cells; ``fixed``: its columns are as wide as said, whatever stands in them."""
    layout = '<w:tblLayout w:type="fixed"/>' if fixed else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:type="auto" w:w="0"/>{layout}'
        '<w:tblLook w:firstColumn="1" w:firstRow="1" w:lastColumn="0" w:lastRow="0" w:noHBand="0" w:noVBand="1" w:val="04A0"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
