"""The edits of a sheet: coloured cells, the columns 问题, 依据, 怎么改 behind all others, a link to its comments."""

from mmap import mmap

from msgspec import Struct, field

from banshi.base.limits import COLUMNS
from banshi.files.tables.grids import letters
from banshi.files.tables.remarks import WRITTEN
from banshi.files.tables.xlsx.refs import place
from banshi.files.tables.xlsx.xml import new_parser
from banshi.output.annotating.marks import SheetMarks, columns_of, gravest, text_cell
from banshi.output.annotating.spans import Edit, parse, tag_at, with_attribute, without_attribute
from banshi.output.annotating.styles import MarkedStyles

_GAP = 2  # so that no list or table of the sheet grows into what is said
_BEHIND = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD_ROW = 1


class _Row(Struct):
    number: int
    start: int
    closed: bool = False
    end: int = 0
    cells: dict[int, tuple[int, str]] = field(default_factory=dict)  # column → where it begins, its style


class _Seen(Struct):
    """What a sheet is, as far as it must be edited."""

    prefix: str = ""
    rows: dict[int, _Row] = field(default_factory=dict)
    starts: list[tuple[int, int]] = field(default_factory=list)  # row and where it begins, of rows behind a missing one
    data_start: int = 0
    data_end: int = 0
    data_closed: bool = False
    widest: int = 0
    behind: int = 0
    drawing: bool = False
    end: int = 0


def sheet_edits(data: mmap, marks: SheetMarks, styles: MarkedStyles, relation: str) -> tuple[list[Edit], bool]:
    """The edits, and whether there was room for the columns.

    ``relation``: the id of the comments' drawing; empty where the sheet has one already. Raises ``NotEditable``.
    """
    wanted = {*marks.rows, _HEAD_ROW}
    seen = _Looker(data, wanted).look()
    first = seen.widest + _GAP + 1
    edits: list[Edit] = []
    made: list[tuple[int, bytes]] = []
    for number in sorted(wanted):
        cells = _said(marks, number, seen.prefix, first, styles)
        row = seen.rows.get(number)
        if row is None:
            made.append((number, _new_row(marks, number, seen.prefix, styles, cells)))
        else:
            edits += _row_edits(data, row, marks, seen.prefix, styles, cells)
    edits += _inserted(data, seen, made)
    if relation and not seen.drawing:
        p = seen.prefix
        link = f'<{p}legacyDrawing xmlns:r="{_RELATIONS}" r:id="{relation}"/>'.encode()
        edits.append((seen.behind or seen.end, seen.behind or seen.end, link))
    return edits, first + len(WRITTEN) <= COLUMNS


class _Looker:
    """Goes through a sheet once, and notes what must be edited."""

    def __init__(self, data: mmap, wanted: set[int]) -> None:
        self.data, self.wanted = data, wanted
        self.seen, self.parser = _Seen(), new_parser()
        self.row = self.column = 0
        self.now: _Row | None = None

    def look(self) -> _Seen:
        """What the sheet is. Raises ``NotEditable``."""
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        parse(self.data, self.parser)
        self.seen.data_closed = tag_at(self.data, self.seen.data_start).endswith(b"/>")
        return self.seen

    def _start(self, tag: str, of: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._cell(of)
        elif name == "row":
            self.row, self.column = int(of.get("r") or self.row + 1), 0
            self.seen.starts.append((self.row, self.parser.CurrentByteIndex))
            self.now = _Row(self.row, self.parser.CurrentByteIndex) if self.row in self.wanted else None
        elif name in ("mergeCell", "autoFilter"):
            last = of.get("ref", "").rpartition(":")[2]
            self.seen.widest = max(self.seen.widest, place(last)[1] + 1 if last else 0)
        elif name == "sheetData":
            self.seen.data_start, self.seen.prefix = self.parser.CurrentByteIndex, tag.removesuffix(name)
        elif name == "legacyDrawing":
            self.seen.drawing = True
        elif name in _BEHIND and not self.seen.behind:
            self.seen.behind = self.parser.CurrentByteIndex

    def _cell(self, of: dict[str, str]) -> None:
        ref = of.get("r", "")
        self.column = place(ref)[1] + 1 if ref else self.column + 1
        self.seen.widest = max(self.seen.widest, self.column)
        if self.now is not None:
            self.now.cells[self.column] = (self.parser.CurrentByteIndex, of.get("s", "0"))

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "row" and self.now is not None:
            self.now.closed = tag_at(self.data, self.now.start).endswith(b"/>")
            self.now.end = self.parser.CurrentByteIndex
            self.seen.rows[self.now.number], self.now = self.now, None
        elif name == "sheetData":
            self.seen.data_end = self.parser.CurrentByteIndex
        elif name == "worksheet":
            self.seen.end = self.parser.CurrentByteIndex


def _said(marks: SheetMarks, number: int, prefix: str, first: int, styles: MarkedStyles) -> bytes:
    """The cells of a row that say what is wrong; none where there is no room for columns."""
    if first + len(WRITTEN) > COLUMNS:
        return b""
    texts = WRITTEN if number == _HEAD_ROW else columns_of(marks.of_row(number))
    return b"".join(text_cell(prefix, number, first + n, styles.text(), text) for n, text in enumerate(texts) if text)


def _row_edits(data: mmap, row: _Row, marks: SheetMarks, prefix: str, styles: MarkedStyles, cells: bytes) -> list[Edit]:
    edits: list[Edit] = []
    tag = tag_at(data, row.start)
    opened = row.start + len(tag)
    plain = without_attribute(tag, "spans")
    missing = b""
    for column, found in sorted(marks.rows.get(row.number, {}).items()):
        if column in row.cells:
            start, style = row.cells[column]
            own = tag_at(data, start)
            marked = styles.marked(int(style), gravest(found))
            if marked is not None:
                edits.append((start, start + len(own), with_attribute(own, "s", str(marked))))
        elif blank := _blank(prefix, row.number, column, styles.marked(0, gravest(found))):
            behind = min((at for other, (at, _) in row.cells.items() if other > column), default=None)
            if behind is None:
                missing += blank
            else:
                edits.append((behind, behind, blank))
    if row.closed:
        name = f"{prefix}row".encode()
        return [(row.start, opened, plain[:-2].rstrip() + b">" + missing + cells + b"</" + name + b">")]
    return [(row.start, opened, plain), *edits, (row.end, row.end, missing + cells)]


def _blank(prefix: str, row: int, column: int, style: int | None) -> bytes:
    return f'<{prefix}c r="{letters(column - 1)}{row}" s="{style}"/>'.encode() if style is not None else b""


def _new_row(marks: SheetMarks, number: int, prefix: str, styles: MarkedStyles, cells: bytes) -> bytes:
    found = sorted(marks.rows.get(number, {}).items())
    blanks = b"".join(_blank(prefix, number, column, styles.marked(0, gravest(each))) for column, each in found)
    return f'<{prefix}row r="{number}">'.encode() + blanks + cells + f"</{prefix}row>".encode()


def _inserted(data: mmap, seen: _Seen, made: list[tuple[int, bytes]]) -> list[Edit]:
    """Rows that the sheet does not have, each before the first one behind it."""
    if not made:
        return []
    if seen.data_closed:
        tag, name = tag_at(data, seen.data_start), f"{seen.prefix}sheetData".encode()
        rows = b"".join(each for _, each in made)
        return [(seen.data_start, seen.data_start + len(tag), tag[:-2].rstrip() + b">" + rows + b"</" + name + b">")]
    edits: list[Edit] = []
    starts = sorted(seen.starts)
    for number, row in made:
        at = next((start for other, start in starts if other > number), seen.data_end)
        edits.append((at, at, row))
    return edits
