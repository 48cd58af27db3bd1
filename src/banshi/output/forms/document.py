"""A form as a document (DOCX) in the layout of official documents: margins, 仿宋 三号, 22 lines by 28 characters, — 1 —."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.pkgwriter import PackageWriter
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from msgspec import Struct

from banshi.files.tables.entries import Names
from banshi.files.tables.hidden_names import hidden_name
from banshi.files.tables.rows_of import choices
from banshi.output.forms.archive import archive
from banshi.output.forms.layout import Cell, FormSection, FormTable, Layout
from banshi.output.forms.word_text import NEW_PAGE, as_text, cell, field, paragraph, row, run, table

_BODY, _TITLE, _NUMBER = "仿宋_GB2312", "方正小标宋简体", "宋体"
_INSTEAD = {  # what is taken where a font is not installed, in this order
    _BODY: "仿宋,FangSong,STFangsong,Noto Serif CJK SC",
    _TITLE: "小标宋,宋体,SimSun,Noto Serif CJK SC",
    _NUMBER: "SimSun,Noto Serif CJK SC",
}
_THREE, _TWO, _FOUR, _SMALL, _SMALLEST = 16, 22, 14, 10.5, 9  # points: 三号, 二号, 四号, 五号, 小五
_BETWEEN = 4  # points: two tables that touch are one to some programs
_SHORT_ROW, _ROW, _SIGNED = 454, 510, 850  # twips (8, 9, 15 mm) at least; the last where something is signed or stamped
_LABEL = 0.4  # of a line, for labels
_MOST_COLUMNS = 7  # of a table on a page that stands upright
_PITCH = "579"  # 22 lines on 225 mm, in twips: of 580 there are but 21
_CLOSER = (
    "-5"  # 28 signs of 16 pt on 156 mm, in twips; a grid of signs is none: some programs give each sign two cells of it
)
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
_LONGEST_TITLE = 255  # of the properties
_FIXED = datetime(2000, 1, 1)  # the time of writing would change the bytes
_SIZE = re.compile(r"<w:pgSz [^>]*/>")
_SAVED = re.compile(r' w:rsid\w*="\w*"')  # by which of several savings of a file something came
_FOOT = re.compile(r"<w:footerReference [^>]*/>")
_PROPERTIES, _DOCUMENT = "docProps/core.xml", "word/document.xml"
_TITLE_HERE, _LAW_HERE = "\ue000", "\ue001"
_MARK = re.compile("[\ue000\ue001]")


def form_document(layouts: Sequence[Layout], names: Names | None = None, law: str = "") -> bytes:
    """The document; each layout begins on a page of its own. The same layouts give the same bytes.

    Labels are locked; what is filled in stands in fields, with a list to pick from where there are choices (``names``:
    those of the law). Each field is tagged with what it holds (``hidden_names``). ``law``: stands among the properties.
    """
    frame = _frame(layouts[0].page if layouts else "")
    body = _Body(frame, names or {})
    for n, layout in enumerate(layouts):
        if n:
            body.held.append(NEW_PAGE)
        body.form(layout)
    return archive(frame.around(body.whole(), layouts[0].title, law))


# What all documents on the same paper share ---------------------------------------------------------------------------


class _Frame(Struct, frozen=True):
    """A document in which nothing stands: its parts, what its body stands between, and the pages of its body."""

    parts: tuple[tuple[str, bytes], ...]
    before: str
    section: str
    after: str
    paper: tuple[int, int]  # how wide and how tall, in twips

    def around(self, body: str, title: str, law: str) -> Iterator[tuple[str, bytes]]:
        """The parts of the document that has this body."""
        said = {_TITLE_HERE: title, _LAW_HERE: law}
        for name, data in self.parts:
            if name == _DOCUMENT:
                yield name, f"{self.before}{body}{self.after}".encode()
            elif name == _PROPERTIES:
                yield name, _MARK.sub(lambda mark: as_text(said[mark[0]], _LONGEST_TITLE), data.decode()).encode()
            else:
                yield name, data


@cache
def _frame(page: str) -> _Frame:
    made = Document()
    wide, tall = _page(made.sections[0], page)
    _fonts(made)
    _number(made.sections[0].footer.paragraphs[0])
    properties = made.core_properties
    properties.author, properties.title, properties.comments = "", _TITLE_HERE, _LAW_HERE
    properties.created = properties.modified = _FIXED
    parts = tuple(_parts(made.part.package))
    whole = dict(parts)[_DOCUMENT].decode()
    start, end = whole.index("<w:sectPr"), whole.index("</w:body>")
    return _Frame(parts, whole[:start], whole[start:end], whole[end:], (wide.twips, tall.twips))


def _page(section: Any, page: str) -> tuple[Any, Any]:
    """The paper; how wide and how tall it is."""
    wide, tall = (Mm(297), Mm(420)) if page.startswith("A3") else (Mm(210), Mm(297))
    turned = page.endswith("landscape")
    size = (tall, wide) if turned else (wide, tall)
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = size
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = _TOP, _BOTTOM, _LEFT, _RIGHT
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    for name, value in (("type", "lines"), ("linePitch", _PITCH)):
        grid.set(qn(f"w:{name}"), value)
    section._sectPr.append(grid)
    return size


def _fonts(made: Any) -> None:
    """The look of plain text, and what may stand in for our fonts in the table of fonts."""
    style = made.styles["Normal"]
    style.font.size, style.font.name = Pt(_THREE), _BODY
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _BODY)
    style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(0), 1.0
    closer = OxmlElement("w:spacing")
    closer.set(qn("w:val"), _CLOSER)
    style.element.get_or_add_rPr().insert_element_before(
        closer, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang"
    )
    part = next(each for each in made.part.package.iter_parts() if each.partname == "/word/fontTable.xml")
    said = "".join(f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in _INSTEAD.items())
    part._blob = part.blob.replace(b"</w:fonts>", f"{said}</w:fonts>".encode())


def _number(foot: Any) -> None:
    """— 1 —."""
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    free = OxmlElement("w:snapToGrid")
    free.set(qn("w:val"), "0")
    foot._p.pPr.find(qn("w:jc")).addprevious(free)
    before, number, after = (run(text, _FOUR, _NUMBER) for text in ("— ", "1", " —"))
    shown = f'{before}<w:fldSimple w:instr="PAGE">{number}</w:fldSimple>{after}'
    for piece in list(parse_xml(f"<w:p {nsdecls('w')}>{shown}</w:p>")):
        foot._p.append(piece)


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


# The body -------------------------------------------------------------------------------------------------------------


class _Body:
    """Forms, one after another, as the text of a document's body."""

    def __init__(self, frame: _Frame, names: Names) -> None:
        self.held = list[str]()
        self._names, self._number = names, 0
        self._section, self._paper = frame.section, frame.paper
        self._lies = frame.paper[0] > frame.paper[1]  # all pages do

    def whole(self) -> str:
        """All forms, and what the last pages are like."""
        return "".join((*self.held, self._section))

    def form(self, layout: Layout) -> None:
        """A title, a note, and the parts of a form as grids."""
        name = hidden_name("form", layout.name) if layout.name else ""
        title = (
            self._field(layout.title, _TWO, _TITLE, tag=name, locked=True) if name else run(layout.title, _TWO, _TITLE)
        )
        self.held.append(paragraph(title, centred=True))
        if layout.note:
            self.held.append(paragraph(run(layout.note, _SMALL, _BODY)))
        for part in layout.parts:
            wide = isinstance(part, FormTable) and len(part.listing.leaves) > _MOST_COLUMNS
            self._turn(wide)
            self.held.append(paragraph(run(part.title, _THREE if part.title else _BETWEEN, _BODY, bold=True)))
            if isinstance(part, FormTable):
                self._table(part, _SMALLEST if wide else _SMALL)
            elif part.cells:
                self._cells(part)
        self._turn(False)

    def _turn(self, wide: bool) -> None:
        """A wide table stands on pages of its own that lie on their side."""
        if self._lies or wide == (self._paper[0] > self._paper[1]):
            return
        self.held.append(f"<w:p><w:pPr>{_SAVED.sub('', self._section)}</w:pPr></w:p>")
        self._paper = self._paper[1], self._paper[0]
        turned = ' w:orient="landscape"' if wide else ""
        size = f'<w:pgSz w:w="{self._paper[0]}" w:h="{self._paper[1]}"{turned}/>'
        self._section = _SIZE.sub(size, _FOOT.sub("", self._section))  # the foot is that of the pages before

    @property
    def _room(self) -> int:
        return self._paper[0] - int(_LEFT.twips + _RIGHT.twips)

    def _cells(self, part: FormSection) -> None:
        widths = [round(self._room * share) for share in (_LABEL, 1 - _LABEL)]
        lines = ((each, _ROW if each.leaf or each.value else _SIGNED) for each in part.cells)
        self.held.append(table(widths, [row(self._line(each, *widths), height) for each, height in lines], fixed=True))

    def _line(self, given: Cell, label: int, value: int) -> Iterator[str]:
        called = [self._field(given.label, _THREE, locked=True)]
        if given.who:
            called.append(self._field(f"（{given.who}填）", _SMALLEST, locked=True))
        yield cell(label, *called, centred=True)
        yield cell(value, self._value(given), centred=True)

    def _value(self, given: Cell) -> str:
        if not given.leaf:
            return run(given.value, _THREE, _BODY)
        offered = choices(given.leaf, self._names.get(given.way, ()))
        return self._field(given.value, _THREE, tag=hidden_name("value", *given.way), offered=offered)

    def _table(self, part: FormTable, points: float) -> None:
        leaves, way = part.listing.leaves, part.listing.way
        width = round(self._room / len(leaves))
        heads = [
            cell(width, self._field(leaf.name, points, tag=hidden_name("column", *way, *leaf.way), locked=True))
            for leaf in leaves
        ]
        rows = [row([cell(width, run(value, points, _BODY)) for value in values], _SHORT_ROW) for values in part.rows]
        self.held.append(table([width] * len(leaves), [row(heads), *rows]))

    def _field(
        self,
        text: str,
        points: float,
        font: str = _BODY,
        *,
        tag: str = "",
        offered: Sequence[str] = (),
        locked: bool = False,
    ) -> str:
        self._number += 1
        return field(self._number, text, points, font, tag=tag, offered=offered, locked=locked)
