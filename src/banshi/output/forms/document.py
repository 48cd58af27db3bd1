"""A form as a document (DOCX) in the layout of official documents: margins, 仿宋 三号, 22 lines by 28 characters, — 1 —."""

import copy
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.pkgwriter import PackageWriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from banshi.base.text import visible_lines
from banshi.files.tables.entries import Names
from banshi.files.tables.hidden_names import Sort, hidden_name
from banshi.files.tables.listings import Leaf, Way
from banshi.files.tables.rows_of import choices
from banshi.output.forms.archive import archive
from banshi.output.forms.layout import FormSection, FormTable, Layout

_BODY, _TITLE, _NUMBER = "仿宋_GB2312", "方正小标宋简体", "宋体"
_INSTEAD = {  # what is taken where a font is not installed, in this order
    _BODY: "仿宋,FangSong,STFangsong,Noto Serif CJK SC",
    _TITLE: "小标宋,宋体,SimSun,Noto Serif CJK SC",
    _NUMBER: "SimSun,Noto Serif CJK SC",
}
_THREE, _TWO, _FOUR, _SMALL, _SMALLEST = Pt(16), Pt(22), Pt(14), Pt(10.5), Pt(9)  # 三号, 二号, 四号, 五号, 小五
_BETWEEN = Pt(4)  # two tables that touch are one to some programs
_SHORT_ROW, _ROW, _SIGNED = Mm(8), Mm(9), Mm(15)  # heights at least; the last where something is signed or stamped
_LABEL = 0.4  # of a line, for labels
_MOST_COLUMNS = 7  # of a table on a page that stands upright
_PITCH, _CHARACTERS = "580", "-849"  # 22 lines on 225 mm (twips); 28 of 16 pt on 156 mm (4096ths of a point)
_TO_CLICK = "\u3000" * 4
_LONGEST_TITLE = 255  # of the properties
_FIXED = datetime(2000, 1, 1)  # the time of writing would change the bytes


def form_document(layouts: Sequence[Layout], names: Names | None = None, law: str = "") -> bytes:
    """The document; each layout begins on a page of its own. The same layouts give the same bytes.

    Labels are locked; what is filled in stands in fields, with a list to pick from where there are choices (``names``:
    those of the law). Each field is tagged with what it holds (``hidden_names``). ``law``: stands among the properties.
    """
    made = copy.deepcopy(_empty()).main_document_part.document
    _page(made, layouts[0].page if layouts else "")
    writer = _Writer(made, names or {})
    for n, layout in enumerate(layouts):
        if n:
            made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        writer.form(layout)
    _fonts(made)
    properties = made.core_properties
    properties.author, properties.title = "", _fit(layouts[0].title)[:_LONGEST_TITLE]
    properties.comments = _fit(law)[:_LONGEST_TITLE]
    properties.created = properties.modified = _FIXED
    return archive(_parts(made.part.package))


@cache
def _empty() -> Any:
    """The package of a document in which nothing stands, read once."""
    return Document().part.package


def _page(made: Any, page: str) -> None:
    section = made.sections[0]
    wide, tall = (297, 420) if page.startswith("A3") else (210, 297)
    turned = page.endswith("landscape")
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(tall), Mm(wide)) if turned else (Mm(wide), Mm(tall))
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


class _Writer:
    """Puts forms into a document."""

    def __init__(self, made: Any, names: Names) -> None:
        self.made, self.names, self.number = made, names, 0
        self.lies = made.sections[0].page_width > made.sections[0].page_height  # all pages do

    def form(self, layout: Layout) -> None:
        """A title, a note, and the parts of a form as grids."""
        title = self.made.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = _run(title, layout.title, _TWO, _TITLE)
        if layout.name:
            self._field(run, "form", (layout.name,), None, locked=True)
        if layout.note:
            _run(self.made.add_paragraph(), layout.note, _SMALL)
        for part in layout.parts:
            wide = isinstance(part, FormTable) and len(part.listing.leaves) > _MOST_COLUMNS
            self._turn(wide)
            _run(self.made.add_paragraph(), part.title, _THREE if part.title else _BETWEEN).bold = True
            if isinstance(part, FormTable):
                self._table(part, _SMALLEST if wide else _SMALL)
            elif part.cells:
                self._section(part)
        self._turn(False)

    def _turn(self, wide: bool) -> None:
        """A wide table stands on pages of its own that lie on their side."""
        own = self.made.sections[-1]
        if wide == (own.page_width > own.page_height) or (not wide and self.lies):
            return
        new = self.made.add_section(WD_SECTION.NEW_PAGE)
        new.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        new.page_width, new.page_height = own.page_height, own.page_width

    def _section(self, part: FormSection) -> None:
        table = self.made.add_table(rows=len(part.cells), cols=2, style="Table Grid")
        own = self.made.sections[-1]
        room = own.page_width - own.left_margin - own.right_margin
        table.autofit = False
        for column, share in zip(table.columns, (_LABEL, 1 - _LABEL), strict=True):
            column.width = int(room * share)
        for line, cell in zip(table.rows, part.cells, strict=True):
            line.height = _ROW if cell.leaf or cell.value else _SIGNED
            label, value = line.cells
            label.vertical_alignment = value.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            label.width, value.width = (column.width for column in table.columns)
            self._field(_run(label.paragraphs[0], cell.label, _THREE), None, (), None, locked=True)
            if cell.who:
                self._field(_run(label.paragraphs[0], f"（{cell.who}填）", _SMALLEST), None, (), None, locked=True)
            run = _run(value.paragraphs[0], cell.value, _THREE)
            if cell.leaf:
                self._field(run, "value", cell.way, cell.leaf)

    def _table(self, part: FormTable, size: Any) -> None:
        leaves = part.listing.leaves
        table = self.made.add_table(rows=1 + len(part.rows), cols=len(leaves), style="Table Grid")
        for cell, leaf in zip(table.rows[0].cells, leaves, strict=True):
            run = _run(cell.paragraphs[0], leaf.name, size)
            self._field(run, "column", (*part.listing.way, *leaf.way), None, locked=True)
        for line, row in zip(list(table.rows)[1:], part.rows, strict=True):
            line.height = _SHORT_ROW
            for cell, value in zip(line.cells, row, strict=True):
                _run(cell.paragraphs[0], value, size)

    def _field(self, run: Any, sort: Sort | None, way: Way, leaf: Leaf | None, *, locked: bool = False) -> None:
        """A field around a run: its tag, its lock, and what may be picked in it; an empty one holds blanks to click at."""
        self.number += 1
        field, own, content = (OxmlElement(f"w:{name}") for name in ("sdt", "sdtPr", "sdtContent"))
        if sort is not None:
            own.append(_element("tag", val=hidden_name(sort, *way)))
        own.append(_element("id", val=str(self.number)))
        own.append(_element("lock", val="sdtContentLocked" if locked else "sdtLocked"))
        if not run.text:
            run.text = _TO_CLICK
            own.append(_element("showingPlcHdr"))
        if offered := choices(leaf, self.names.get(way, ())) if leaf else []:
            picked = OxmlElement("w:comboBox")
            for each in offered:
                picked.append(_element("listItem", displayText=each, value=each))
            own.append(picked)
        run._r.addprevious(field)
        content.append(run._r)
        field.append(own)
        field.append(content)


def _element(name: str, **said: str) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in said.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _run(paragraph: Any, text: str, size: Any, font: str = _BODY) -> Any:
    """A run; what stands in a form does not keep to the grid of the page, which is for lines of text."""
    if paragraph._p.find(f".//{qn('w:snapToGrid')}") is None:
        paragraph._p.get_or_add_pPr().append(_element("snapToGrid", val="0"))
    run = paragraph.add_run(_fit(text))
    run._r.insert(0, copy.deepcopy(_look(size, font)))
    return run


@cache
def _look(size: Any, font: str) -> Any:
    """The properties of a run, made once: a form has hundreds of alike ones."""
    run = Document().add_paragraph().add_run()
    run.font.size, run.font.name = size, font
    properties = run._r.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)
    run.font.snap_to_grid = False
    return properties


def _fit(text: str) -> str:
    return visible_lines(text)


def _fonts(made: Any) -> None:
    """What may stand in for our fonts, in the table of fonts."""
    part = next(each for each in made.part.package.iter_parts() if each.partname == "/word/fontTable.xml")
    said = "".join(f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in _INSTEAD.items())
    part._blob = part.blob.replace(b"</w:fonts>", f"{said}</w:fonts>".encode())


def _parts(package: Any) -> list[tuple[str, bytes]]:
    """What the archive of a package holds, as its library would write it."""
    found, writer = _Parts(), PackageWriter  # type: _Parts, Any
    for part in package.parts:
        part.before_marshal()
    writer._write_content_types_stream(found, package.parts)
    writer._write_pkg_rels(found, package.rels)
    writer._write_parts(found, package.parts)
    return found.held


class _Parts:
    """Takes the place of a file that is written."""

    def __init__(self) -> None:
        self.held: list[tuple[str, bytes]] = []

    def write(self, name: Any, data: bytes) -> None:
        """A part."""
        self.held.append((name.membername, data))
