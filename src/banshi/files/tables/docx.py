"""A document (DOCX) as a grid of rows: each paragraph is a row of one cell, each row of a table a row of its cells.

Read as a stream with limits before the work, like a workbook; nothing in it is run or followed. What was deleted but is
still recorded, and what a field shows before anything is written in it, is not text.
"""

import zipfile
import zlib
from functools import lru_cache
from pathlib import Path
from xml.parsers import expat

from msgspec import Struct, field

from banshi.base.limits import (
    LONGEST_TEXT,
    MAX_DOCUMENT_CELLS,
    MAX_DOCUMENT_ROWS,
    MAX_FIELDS_DEEP,
    MAX_SPANNED,
)
from banshi.base.text import Text
from banshi.base.writing import note_read
from banshi.files.documents import Place
from banshi.files.reading import InputProblem, unreadable
from banshi.files.tables.contents import told
from banshi.files.tables.docx_beside import Aside, Boxes, TrackedChanges, parts_beside
from banshi.files.tables.grids import Grid, GridRow, Unusable
from banshi.files.tables.hidden_names import read_name
from banshi.files.tables.xlsx.limits import BookTooLarge, Broken, too_large
from banshi.files.tables.xlsx.package import Locked, archive_of, close, main_part, plain_part
from banshi.files.tables.xlsx.strings import PARTLY_STRUCK, STRUCK
from banshi.files.tables.xlsx.styles import strikes
from banshi.files.tables.xlsx.xml import Local, events

_MAIN = "word/document.xml"
_BAD = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    ValueError,
    KeyError,
    NotImplementedError,
    EOFError,
    RuntimeError,
)
_UNSEEN = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText"))
_SEVERAL = 2
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t"}
_INLINE = frozenset(("t", "r", "strike", "dstrike", *_BREAKS))


class Found(Struct):
    """What a document holds: its rows, the cells (row from 1, column from 0) that fields of ours stand in, and what is not read."""

    rows: list[GridRow] = field(default_factory=list)
    named: dict[tuple[int, int], str] = field(default_factory=dict)
    aside: Aside = field(default_factory=Aside)


def document_grids(path: Path) -> list[Grid]:
    """The document's rows; where several forms of ours stand in it, those of each, in their order. Raises ``Unusable``."""
    found = _found(path)
    begins = sorted({row for (row, _), name in found.named.items() if (said := read_name(name)) and said[0] == "form"})
    if len(begins) < _SEVERAL:
        return [
            Grid(
                "",
                lambda: iter(found.rows),
                notes=found.aside.said(),
                named=lambda: found.named,
                beside=found.aside.words,
            )
        ]
    ends = [*begins[1:], len(found.rows) + 1]
    begins[0] = 1  # what stands above the first form
    grids = [_of_rows(found, f"第{n}份", *span) for n, span in enumerate(zip(begins, ends, strict=True), start=1)]
    grids[0].notes.extend(found.aside.said())  # nobody knows of which form: once
    return grids


def _of_rows(found: Found, name: str, first: int, end: int) -> Grid:
    named = {place: said for place, said in found.named.items() if first <= place[0] < end}
    rows = found.rows[first - 1 : end - 1]
    words = [each for each in found.aside.words() if not each.cell or first <= each.cell[0] < end]
    return Grid(name, lambda: iter(rows), named=lambda: named, beside=lambda: words)


def _found(path: Path) -> Found:
    try:
        stat = path.stat()
        note_read(stat)
        return _read(path, stat.st_size, stat.st_mtime_ns)
    except OSError as error:
        raise Unusable(unreadable(error)) from None


def form_in(path: Path) -> bool:
    """Whether a document holds a field of ours, which says that it is a form; what cannot be read is none."""
    try:
        return bool(_found(path).named)
    except Unusable:
        return False


@lru_cache(maxsize=1)
def _read(path: Path, _size: int, _changed: int) -> Found:
    try:
        archive = archive_of(path)
        try:
            parts = {plain_part(name): name for name in reversed(archive.namelist())}
            main = main_part(parts, lambda part: archive.open(parts[part.lower()]), _MAIN)
            with archive.open(parts[main.lower()]) as stream:
                reader = _Reader()
                for _ in events(stream, "SMALL_PART", reader.start, reader.end, reader.chars):
                    pass
            parts_beside(archive, main, reader.found.aside)
            return reader.found
        finally:
            close(archive)
    except BookTooLarge as error:
        raise Unusable(_problem(too_large(_TOO_LARGE, error.limit))) from None
    except Locked:
        raise Unusable(_problem(_LOCKED)) from None
    except (*_BAD, Broken):
        raise Unusable(told(path, "word") or _problem(_BROKEN)) from None


class _Field(Struct):
    """A field that is open: its tag, and whether it shows what stands in it before anything is written."""

    tag: str = ""
    blank: bool = False


class _Reader:
    """Collects rows as the XML goes."""

    def __init__(self) -> None:
        self.found, self.local = Found(), Local()
        self.tables = self.unseen = self.text_depth = self.column = self.cells = 0
        self.row: dict[int, str] = {}
        self.text: list[str] = []
        self.size = 0
        self.in_run = self.run_struck = False
        self.marks: set[bool] = set()  # whether what stands in the cell is struck through; of one in part, both
        self.struck: dict[int, Text] = {}
        self.fields: list[_Field] = []
        self.tags: list[str] = []
        self.span = 1
        self.boxes = Boxes(self.found.aside)
        self.revisions = TrackedChanges(self.found.aside)

    def start(self, tag: str, of: dict[str, str]) -> None:
        """An element begins."""
        name = self.local[tag]
        self.revisions.start(name)
        if name in _UNSEEN:
            self.unseen += 1
        elif self.boxes.start(name, seen=not self.unseen):
            pass
        elif name in _INLINE:
            self._inline(name, of)
        elif name == "sdt":
            self._field()
        elif name == "tag" and self.fields:
            self.fields[-1].tag = self._value(of)
        elif name == "showingPlcHdr" and self.fields:
            self.fields[-1].blank = self._value(of) not in ("0", "false", "off")
        elif name == "sdtContent" and self.fields and read_name(self.fields[-1].tag):
            self.tags.append(self.fields[-1].tag)
        else:
            self._laid_out(name, of)

    def _laid_out(self, name: str, of: dict[str, str]) -> None:
        if name == "tbl":
            self.tables += 1
        elif name == "tr" and self.tables == 1:
            self.row, self.column, self.struck = {}, 0, {}
        elif name == "tc" and self.tables == 1:
            self._begin()
        elif name == "gridSpan" and self.tables == 1:
            written = self._value(of)
            self.span = max(1, min(int(written), MAX_SPANNED)) if written.isdecimal() else 1
        elif name == "p" and not self.tables:
            self._begin()

    def _inline(self, name: str, of: dict[str, str]) -> None:
        """An element within a line begins."""
        if name == "t":
            self.text_depth += 1
        elif name == "r":
            self.in_run, self.run_struck = True, False
        elif name in _BREAKS:
            self.chars(_BREAKS[name], whole=True)
        elif self.in_run:
            self.run_struck |= strikes(of)

    def _field(self) -> None:
        self.fields.append(_Field())
        if len(self.fields) > MAX_FIELDS_DEEP:
            raise BookTooLarge("MAX_FIELDS_DEEP")

    def _value(self, of: dict[str, str]) -> str:
        return next((value for key, value in of.items() if self.local[key] == "val"), "")

    def _begin(self) -> None:
        self.text.clear()
        self.tags = [each.tag for each in self.fields if each.tag and read_name(each.tag)]
        self.span, self.size = 1, 0
        self.marks.clear()

    def chars(self, piece: str, *, whole: bool = False) -> None:
        """Text, where it is shown."""
        self.revisions.chars(piece)
        if not (whole or self.text_depth) or self.unseen or any(each.blank for each in self.fields):
            return
        if self.boxes.depth:
            self.boxes.text.append(piece)
            return
        self.size += len(piece)
        if self.size > LONGEST_TEXT:
            raise BookTooLarge("LONGEST_TEXT")
        self.text.append(piece)
        if piece.strip():
            self.marks.add(self.run_struck)

    def end(self, tag: str) -> None:
        """An element ends."""
        name = self.local[tag]
        self.revisions.end(name, len(self.found.rows) + 1, self.column if self.tables else 0)
        if name in _UNSEEN:
            self.unseen -= 1
        elif self.boxes.end(name):
            pass
        elif name == "t":
            self.text_depth -= 1
        elif name == "r":
            self.in_run = self.run_struck = False
        elif name == "sdt" and self.fields:
            self.fields.pop()
        elif name == "p" and self.tables:
            self.chars("\n", whole=True)
        elif name == "p":
            self.row, self.struck = {0: "".join(self.text)}, {}
            self._mark(0)
            self._close({0: self.tags})
        elif name == "tc" and self.tables == 1:
            self._cell()
        elif name == "tr" and self.tables == 1:
            self._close({})
        elif name == "tbl":
            self.tables -= 1
            if not self.tables:
                self.row, self.struck = {}, {}
                self._close({})  # a blank row ends a table

    def _cell(self) -> None:
        self.cells += self.span  # a row is as long as what its cells span
        if self.cells > MAX_DOCUMENT_CELLS:
            raise BookTooLarge("MAX_DOCUMENT_CELLS")
        self.row[self.column] = "".join(self.text).strip("\n")
        self._mark(self.column)
        for name in self.tags:
            self.found.named[len(self.found.rows) + 1, self.column] = name
        self.column += self.span

    def _mark(self, column: int) -> None:
        """What stands in the cell is struck through, or a part of it is."""
        if True in self.marks:
            self.struck[column] = PARTLY_STRUCK if False in self.marks else STRUCK

    def _close(self, tags: dict[int, list[str]]) -> None:
        number = len(self.found.rows) + 1
        if number > MAX_DOCUMENT_ROWS:
            raise BookTooLarge("MAX_DOCUMENT_ROWS")
        for column, names in tags.items():
            for name in names:
                self.found.named[number, column] = name
        cells = [self.row.get(n, "") for n in range(max(self.row, default=-1) + 1)]
        self.found.rows.append(GridRow(number, cells, {}, struck=self.struck))


def _problem(text: tuple[Text, Text]) -> InputProblem:
    return InputProblem("input/not-a-table", Place(1, 1, 1), *text)


_SAVE = Text("用 Word 或 WPS 打开，另存为 .docx，再检查一次。", "Open it, save it as .docx, and check again.")
_BROKEN = (Text("文档已损坏，读不出", "the document is damaged and cannot be read"), _SAVE)
_LOCKED = (
    Text("文档有密码，读不出", "the document is protected by a password"),
    Text("取消打开密码后另存一份，再检查。", "Remove the password for opening it, and check again."),
)
_TOO_LARGE = (
    Text("文档的内容超过限额", "the document holds more than a form may"),
    Text("一份表一个文件；图片等放进附件。", "One form a file; put pictures into attachments."),
)
