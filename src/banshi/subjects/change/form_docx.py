"""A form as a document (DOCX) in the layout of official documents: margins, 仿宋 三号, 22 lines by 28 characters, — 1 —."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from banshi.base.text import visible_lines
from banshi.subjects.change.instrument_forms import Layout, Section, Table

_BODY, _TITLE, _NUMBER = "仿宋_GB2312", "方正小标宋简体", "宋体"
_INSTEAD = {  # what is taken where a font is not installed, in this order
    _BODY: "仿宋,FangSong,STFangsong,Noto Serif CJK SC",
    _TITLE: "小标宋,宋体,SimSun,Noto Serif CJK SC",
    _NUMBER: "SimSun,Noto Serif CJK SC",
}
_THREE, _TWO, _FOUR, _SMALL = Pt(16), Pt(22), Pt(14), Pt(10.5)  # 三号, 二号, 四号, 五号
_PITCH, _CHARACTERS = "580", "-849"  # 22 lines on 225 mm (twips); 28 of 16 pt on 156 mm (4096ths of a point)
_LONGEST_TITLE = 255  # of the properties
_FIXED = datetime(2000, 1, 1)  # the time of writing would change the bytes


def form_document(layouts: Sequence[Layout]) -> bytes:
    """The document; each layout begins on a page of its own. The same layouts give the same bytes."""
    made = Document()
    _page(made)
    for n, layout in enumerate(layouts):
        if n:
            made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _form(made, layout)
    _fonts(made)
    properties = made.core_properties
    properties.author, properties.title, properties.comments = "", _fit(layouts[0].title)[:_LONGEST_TITLE], ""
    properties.created = properties.modified = _FIXED
    raw = io.BytesIO()
    made.save(raw)
    return _undated(raw.getvalue())


def _page(made: Any) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    for name, value in (("type", "linesAndChars"), ("linePitch", _PITCH), ("charSpace", _CHARACTERS)):
        grid.set(qn(f"w:{name}"), value)
    section._sectPr.append(grid)
    style = made.styles["Normal"]
    style.font.size, style.font.name = _THREE, _BODY
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _BODY)
    style.paragraph_format.space_after = Pt(0)
    _number(section.footer.paragraphs[0])


def _number(foot: Any) -> None:
    """— 1 —."""
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(foot, "— ", _FOUR, _NUMBER)
    shown = OxmlElement("w:fldSimple")
    shown.set(qn("w:instr"), "PAGE")
    foot._p.append(shown)
    number = _run(foot, "1", _FOUR, _NUMBER)
    shown.append(number._r)
    _run(foot, " —", _FOUR, _NUMBER)


def _form(made: Any, layout: Layout) -> None:
    title = made.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, layout.title, _TWO, _TITLE)
    if layout.note:
        _run(made.add_paragraph(), layout.note, _SMALL)
    for part in layout.parts:
        if part.title:
            _run(made.add_paragraph(), part.title, _THREE).bold = True
        rows = _table(part) if isinstance(part, Table) else _section(part)
        if rows:
            _grid(made, rows, _SMALL if isinstance(part, Table) else _THREE)


def _section(part: Section) -> list[list[str]]:
    return [[f"{cell.label}（{cell.who}填）" if cell.who else cell.label, cell.value] for cell in part.cells]


def _table(part: Table) -> list[list[str]]:
    return [[leaf.name for leaf in part.listing.leaves], *part.rows]


def _grid(made: Any, rows: Sequence[Sequence[str]], size: Any) -> None:
    table = made.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for line, row in zip(table.rows, rows, strict=True):
        for cell, value in zip(line.cells, row, strict=True):
            _run(cell.paragraphs[0], value, size)


def _run(paragraph: Any, text: str, size: Any, font: str = _BODY) -> Any:
    run = paragraph.add_run(_fit(text))
    run.font.size, run.font.name = size, font
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _fit(text: str) -> str:
    return visible_lines(text)


def _fonts(made: Any) -> None:
    """What may stand in for our fonts, in the table of fonts."""
    part = next(each for each in made.part.package.iter_parts() if each.partname == "/word/fontTable.xml")
    said = "".join(f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in _INSTEAD.items())
    part._blob = part.blob.replace(b"</w:fonts>", f"{said}</w:fonts>".encode())


def _undated(raw: bytes) -> bytes:
    """The archive with the same day on every file in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _FIXED.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
