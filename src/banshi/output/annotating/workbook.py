"""A workbook with marks, written from the parts of the one that was checked."""

import mmap
import posixpath
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from msgspec import Struct, field

from banshi.base.limits import SMALL_PART
from banshi.base.text import Text
from banshi.files.findings import MORE, Finding
from banshi.files.report import Report
from banshi.files.tables.xlsx.limits import BookTooLarge, Broken
from banshi.files.tables.xlsx.package import Locked, NoBook, Package, package
from banshi.output.annotating.first_page import NAME, first_page, in_order
from banshi.output.annotating.marks import SheetMarks, in_xml, marks_of
from banshi.output.annotating.notes import comments_part, drawing_part, said
from banshi.output.annotating.sheet_edits import sheet_edits
from banshi.output.annotating.spans import (
    Edit,
    ElementSpan,
    NotEditable,
    edited,
    first,
    inside_end,
    spans,
    with_attribute,
)
from banshi.output.annotating.styles import MarkedStyles

_TYPES = "[Content_Types].xml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_OWN = "rIdBanshi"
_NO_RELS = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
# What a damaged workbook, or one written in another way, makes of an edit.
BAD = (
    Broken,
    BookTooLarge,
    Locked,
    NoBook,
    NotEditable,
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    NotImplementedError,
    EOFError,
)


class NotAnnotated(Exception):
    """The workbook cannot be handed back with marks; ``why`` says so."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


class MarkedBook(Struct):
    """The parts while they are changed: new or changed ones by name, edits of sheets by part."""

    own: Package
    parts: dict[str, bytes] = field(default_factory=dict)
    edits: dict[str, list[Edit]] = field(default_factory=dict)
    styles: MarkedStyles = field(default_factory=lambda: MarkedStyles(b""))
    said: list[str] = field(default_factory=list)  # on the first page: what is not marked, and where it stands instead

    def read(self, name: str) -> bytes:
        """A part as it stands now. Raises ``BookTooLarge``."""
        if name in self.parts:
            return self.parts[name]
        if self.own.archive.getinfo(name).file_size > SMALL_PART * 4:
            raise BookTooLarge("SMALL_PART")
        return self.own.archive.read(name)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self.parts or name in self.own.archive.NameToInfo


def annotate(path: Path, report: Report, findings: Sequence[Finding]) -> bytes:
    """The workbook at ``path`` with what was found in it. Raises ``NotAnnotated``."""
    try:
        book = MarkedBook(package(path))
        try:
            return _annotated(book, path, report, findings)
        finally:
            book.own.close()
    except BAD:
        raise NotAnnotated(_CANNOT) from None


def _annotated(book: MarkedBook, path: Path, report: Report, findings: Sequence[Finding]) -> bytes:
    of_file = [finding for finding in findings if finding.path == path.as_posix()]
    mine = [finding for finding in of_file if finding.rule != MORE]
    book.said += [f"{more.message.zh.replace('列出', '标出')}。{_REST}" for more in of_file if more.rule == MORE]
    if book.own.styles:
        book.styles = MarkedStyles(book.read(book.own.styles))
    marks = marks_of(mine, path.as_posix())
    for number, sheet in enumerate(book.own.sheets, start=1):
        if sheet.name in marks and sheet.part:
            _sheet(book, sheet.part, sheet.name, marks[sheet.name], number)
    names = [sheet.name for sheet in book.own.sheets]
    _front(book, first_page(report, in_order(mine, names), book.said, book.styles.text()), names)
    if book.own.styles:
        book.parts[book.own.styles] = book.styles.whole()
    return written(book)


def _sheet(book: MarkedBook, part: str, name: str, marks: SheetMarks, number: int) -> None:
    notes, left = said(marks)
    relation = _comments(book, part, notes, number)
    with _mapped(book, part) as data:
        book.edits[part], room = sheet_edits(data, marks, book.styles, relation)
    if left:
        book.said.append(f"工作表“{name}”的批注只加在前 {len(notes)} 格；其余 {left} 格看该行末尾“问题”一栏。")
    if not room:
        book.said.append(f"工作表“{name}”右边没有空栏，没有加“问题”“依据”“怎么改”三栏；看批注。")


def _comments(book: MarkedBook, part: str, notes: list[tuple[int, int, str]], number: int) -> str:
    """Put the comments into their parts; the id of a new drawing, or nothing where the sheet has one."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    own = book.read(rels) if book.has(rels) else _NO_RELS
    there = {span.attributes.get("Type", "").rpartition("/")[2]: span.attributes for span in spans(own, "Relationship")}
    comments, drawing = (_target(folder, there.get(sort)) for sort in ("comments", "vmlDrawing"))
    if comments and drawing and book.has(comments) and book.has(drawing):
        before = book.read(comments)
        book.parts[drawing] = drawing_part(notes, number, book.read(drawing), before)
        book.parts[comments] = comments_part(notes, before)
        return ""
    if comments or drawing:  # a drawing of buttons without comments: the columns say it all
        return ""
    comments, drawing = f"xl/banshiComments{number}.xml", f"xl/drawings/banshiDrawing{number}.vml"
    book.parts[comments], book.parts[drawing] = comments_part(notes), drawing_part(notes, number)
    book.parts[rels] = _related(
        own, {f"{_OWN}C": ("comments", f"/{comments}"), f"{_OWN}D": ("vmlDrawing", f"/{drawing}")}
    )
    book.parts[_TYPES] = _typed(book.read(_TYPES), {f"/{comments}": _NOTES_TYPE, f"/{drawing}": _VML_TYPE})
    return f"{_OWN}D"


def _target(folder: str, of: Mapping[str, str] | None) -> str:
    return posixpath.normpath(posixpath.join("/", folder, of.get("Target", ""))).lstrip("/") if of else ""


def _related(own: bytes, more: Mapping[str, tuple[str, str]]) -> bytes:
    span = first(spans(own, "Relationships"))
    p = span.prefix
    new = "".join(
        f'<{p}Relationship Id="{key}" Type="{_REL}/{sort}" Target="{target}"/>' for key, (sort, target) in more.items()
    )
    return b"".join(edited(own, inside_end(span, own, new.encode())))


def _typed(own: bytes, more: Mapping[str, str]) -> bytes:
    span = first(spans(own, "Types"))
    p = span.prefix
    new = "".join(f'<{p}Override PartName="{name}" ContentType="{sort}"/>' for name, sort in more.items())
    return b"".join(edited(own, inside_end(span, own, new.encode())))


def _front(book: MarkedBook, page: bytes, names: list[str]) -> None:
    """The first page, and the places where the workbook lists its sheets."""
    part, main = "xl/worksheets/banshiFirst.xml", _main(book)
    book.parts[part] = page
    folder, own = posixpath.split(main)
    rels = posixpath.join(folder, "_rels", f"{own}.rels")
    book.parts[rels] = _related(book.read(rels), {_OWN: ("worksheet", f"/{part}")})
    book.parts[_TYPES] = _typed(book.read(_TYPES), {f"/{part}": _SHEET_TYPE})
    book.parts[main] = _listed(book.read(main), _free(names))


def _main(book: MarkedBook) -> str:
    rels = spans(book.read("_rels/.rels"), "Relationship") if book.has("_rels/.rels") else []
    found = next((s.attributes for s in rels if s.attributes.get("Type", "").endswith("/officeDocument")), None)
    return _target("", found) if found else "xl/workbook.xml"


def _free(names: list[str]) -> str:
    taken = {name.casefold() for name in names}
    return next(
        name for n in range(1, len(names) + 3) if (name := NAME if n == 1 else f"{NAME}{n}").casefold() not in taken
    )


def _listed(own: bytes, name: str) -> bytes:
    """The workbook with one more sheet in front; what counts sheets counts on."""
    found = spans(own, "sheets", "sheet", "workbookView", "definedName")
    sheets = first(span for span in found if span.name == "sheets")
    listed = [span for span in found if span.name == "sheet"]
    number = max((int(span.attributes.get("sheetId", "0")) for span in listed), default=0) + 1
    one = first(listed)
    tag = own[one.start : one.opened]
    relation = re.search(rb"\s([\w.-]+:id)\s*=", tag)
    if relation is None:
        raise NotEditable
    p, key = sheets.prefix, relation[1].decode()
    bound = _bound(own, tag, key.partition(":")[0])
    new = f'<{p}sheet {bound} name="{in_xml(name)}" sheetId="{number}" {key}="{_OWN}"/>'.encode()
    edits: list[Edit] = [(sheets.opened, sheets.opened, new)]
    views = [span for span in found if span.name == "workbookView"]
    edits += [_counted(own, span, "activeTab") for span in views]
    if not views:
        view = f'<{p}bookViews><{p}workbookView activeTab="1"/></{p}bookViews>'.encode()
        edits.append((sheets.start, sheets.start, view))
    edits += [_counted(own, span, "localSheetId") for span in found if "localSheetId" in span.attributes]
    return b"".join(edited(own, edits))


def _bound(own: bytes, tag: bytes, prefix: str) -> str:
    """What a prefix stands for, said again: it may be said of each sheet alone."""
    said = re.compile(rb"\sxmlns:" + re.escape(prefix.encode()) + rb"\s*=\s*[\"']([^\"'<&]*)[\"']")
    found = said.search(tag) or said.search(own)
    return f'xmlns:{prefix}="{found[1].decode() if found else _REL}"'


def _counted(own: bytes, span: ElementSpan, name: str) -> Edit:
    number = int(span.attributes.get(name, "0")) + 1
    return span.start, span.opened, with_attribute(own[span.start : span.opened], name, str(number))


# writing


@contextmanager
def _mapped(book: MarkedBook, part: str) -> Iterator[mmap.mmap]:
    """A part as it stands in a file of its own: long sheets are not held in memory."""
    with tempfile.TemporaryFile() as unpacked:
        with book.own.archive.open(part) as stream:
            shutil.copyfileobj(stream, unpacked, 1 << 20)
        unpacked.flush()
        with mmap.mmap(unpacked.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield data


def written(book: MarkedBook) -> bytes:
    """The workbook with its edits."""
    with tempfile.TemporaryFile() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for info in book.own.archive.infolist():
                _copy(book, info, made)
            for name in book.parts:
                if name not in book.own.archive.NameToInfo:
                    made.writestr(name, book.parts[name])
        out.seek(0)
        return out.read()


def _copy(book: MarkedBook, info: zipfile.ZipInfo, made: zipfile.ZipFile) -> None:
    kept = zipfile.ZipInfo(info.filename, info.date_time)
    kept.compress_type, kept.external_attr = zipfile.ZIP_DEFLATED, info.external_attr
    with made.open(kept, "w", force_zip64=info.file_size > 1 << 30) as into:
        if info.filename in book.parts:
            into.write(book.parts[info.filename])
        elif info.filename in book.edits:
            with _mapped(book, info.filename) as data:
                for piece in edited(data, book.edits[info.filename]):
                    into.write(piece)
        else:
            with book.own.archive.open(info) as stream:
                _through(stream, into)


def _through(stream: IO[bytes], into: Any) -> None:
    shutil.copyfileobj(stream, into, 1 << 20)


_REST = "先改好标出的，再检查一次；要全部标出，加 --all。"
_CANNOT = Text(
    "这个工作簿的写法不能原样加批注：用 Excel 或 WPS 打开，另存为 .xlsx，再检查一次",
    "marks cannot be put into this workbook as it is written: open it, save it as .xlsx, and check again",
)
