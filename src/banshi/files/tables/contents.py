"""What a file is by what stands in it, whatever its name says: an old workbook, a web page, a picture, an archive."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from msgspec import Struct

from banshi.base.limits import MAX_TABLE_BYTES
from banshi.base.patterns import late
from banshi.base.text import NOTHING, Text
from banshi.files.documents import Place
from banshi.files.reading import LINES_SUFFIXES, TABLE_SUFFIXES, YAML_SUFFIXES, InputProblem
from banshi.files.regular_files import STDIN, open_stream

As = Literal[
    "book", "text", "word", "document"
]  # what it was taken for: a workbook, a text table, a form, YAML or JSON
_END = 1 << 16  # bytes that are looked at, from each end
_UTF_16 = "utf-16-le"
LOGS = ".dat"


class Sort(Struct, frozen=True):
    """A sort of file: what it is called, and what to do so that it can be read."""

    name: Text
    fix: Text = NOTHING


OPEN_AND_SAVE = Text(
    "用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”，再检查一次。",
    "Open it in a spreadsheet program, save it as an Excel workbook (.xlsx), and check again.",
)
_COPY = Text(
    "这种文件不读；把里面的表格贴进 Excel 或 WPS 表格，存为 .xlsx，或把内容填进 YAML 表单。",
    "It is not read: put its tables into a spreadsheet (.xlsx), or its contents into a YAML form.",
)
_UNPACK = Text("先解压，再检查里面的文件。", "Unpack it, and check the files inside.")
_NOT_READ = Text(
    "这种文件不读；移到别处，或交能读的文件（YAML、CSV、XLSX）。", "It is not read; hand in YAML, CSV or XLSX."
)

_LOCKED = Sort(
    Text("有密码的工作簿", "a workbook protected by a password"),
    Text("取消打开密码后另存一份，再检查。", "Remove the password for opening it, and check again."),
)
_OLD = Sort(Text("旧格式（.xls、.et）的工作簿", "a workbook of the old format (.xls)"), OPEN_AND_SAVE)
_OLD_WORD = Sort(Text("旧格式的文字文档（.doc、.wps）", "a text document of the old format (.doc)"), _COPY)
_OLD_OTHER = Sort(
    Text("旧格式的文件（.xls、.et、.doc 之类）", "a file of an old format (.xls, .et, .doc)"), OPEN_AND_SAVE
)
_BOOK = Sort(
    Text("工作簿（XLSX）", "a workbook (XLSX)"),
    Text("把后缀改为 .xlsx，再检查一次。", "Rename it to .xlsx and check again."),
)
_BINARY_BOOK = Sort(Text("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)"), OPEN_AND_SAVE)
_ODS = Sort(Text("OpenDocument 表格（.ods）", "an OpenDocument spreadsheet (.ods)"), OPEN_AND_SAVE)
_NUMBERS = Sort(
    Text("Numbers 表格", "a Numbers spreadsheet"),
    Text("在 Numbers 里导出为 Excel（.xlsx）。", "Export it as Excel (.xlsx)."),
)
_WORD = Sort(Text("文字文档（Word、ODT）", "a text document (Word, ODT)"), _COPY)
_SLIDES = Sort(Text("演示文稿", "a slide show"), _COPY)
_ZIP = Sort(Text("压缩包（ZIP）", "an archive (ZIP)"), _UNPACK)
_PACKED = Sort(Text("压缩包", "an archive"), _UNPACK)
_PDF = Sort(Text("PDF 文件", "a PDF file"), _COPY)
_PICTURE = Sort(Text("图片", "a picture"), _COPY)
_WEB_PAGE = Sort(
    Text("网页（有的系统把网页叫作 .xls 导出）", "a web page (some systems export one as .xls)"), OPEN_AND_SAVE
)
_XML_BOOK = Sort(Text("XML 表格（Excel 2003）", "an XML spreadsheet (Excel 2003)"), OPEN_AND_SAVE)
_RTF = Sort(Text("RTF 文档", "an RTF document"), _COPY)
_SYLK = Sort(Text("SYLK 表格", "a SYLK spreadsheet"), OPEN_AND_SAVE)
_DATABASE = Sort(Text("数据库文件", "a database"), _NOT_READ)
_PROGRAM = Sort(Text("程序", "a program"), _NOT_READ)
_EMPTY = Sort(Text("空文件", "an empty file"), Text("重新导出。", "Export it again."))
_ATTLOG = Sort(
    Text("考勤机的原始记录（attlog），没有列名", "the raw log of a clocking machine (attlog), without headings"),
    Text(
        "后缀用 .dat，放在考勤登记旁边就能读；或用考勤机的软件导出带列名的表。",
        "With the suffix .dat it is read beside a register; or export a table with headings.",
    ),
)
_TEXT_TABLE = Sort(
    Text("文本，像是表格", "text, perhaps a table"),
    Text(
        "是用逗号隔开的表格，把后缀改为 .csv（用制表符隔开的改为 .tsv）；第一行要有列名。",
        "Rename a table to .csv (.tsv with tabs); its first row holds the headings.",
    ),
)
_TEXT = Sort(Text("文本", "text"), _NOT_READ)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_SIGNS = tuple(bytes((9, version)) for version in (0, 2, 4, 8))  # sheets of Excel 2 to 5 without a container
_SIGNS: tuple[tuple[bytes, Sort], ...] = (
    (b"%PDF-", _PDF),
    (b"\x89PNG\r\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"\x1f\x8b", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"Rar!\x1a\x07", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ\0", _PACKED),
    (b"{\\rtf", _RTF),
    (b"ID;P", _SYLK),
    (b"SQLite format 3\0", _DATABASE),
    (b"PAR1", _DATABASE),
    (b"\0\x01\0\0Standard ", _DATABASE),
    (b"\x7fELF", _PROGRAM),
    *((sign, _OLD) for sign in _OLD_SIGNS),
)
_ANY_SIGN = tuple(sign for sign, _ in _SIGNS)
_IN_ZIP: tuple[tuple[bytes, Sort], ...] = (
    (b"xl/workbook.bin", _BINARY_BOOK),
    (b"xl/workbook", _BOOK),
    (b"xl/worksheets/", _BOOK),
    (b"opendocument.spreadsheet", _ODS),
    (b"opendocument.text", _WORD),
    (b"opendocument.presentation", _SLIDES),
    (b"word/document", _WORD),
    (b"ppt/presentation", _SLIDES),
    (b"index/tables/", _NUMBERS),
    (b"index/document.iwa", _NUMBERS),
)
_IN_OLE: tuple[tuple[str, Sort], ...] = (
    ("EncryptedPackage", _LOCKED),
    ("Workbook", _OLD),
    ("Book", _OLD),
    ("WordDocument", _OLD_WORD),
    ("WpsDocument", _OLD_WORD),
)
_MARKUP = late(
    rb"\s*(?:<!--.*?-->\s*)*<(!doctype\s+html|html|head|meta|body|table|style|title|div|center)[\s>]", re.I | re.S
)
_MHTML = late(rb"(?:[\w-]+:.*\r?\n)*mime-version:", re.I)
_KIND = late(rb"^[\s{]*[\"']?kind[\"']?\s*:", re.M)
_XML = late(rb"\s*<\?xml\s")
_ATTLOG_LINE = late(rb"\s*\w+\t\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?(\t\d+)+\s*")


def sort_of(head: bytes, tail: bytes = b"") -> Sort | None:
    """What a file is that begins and ends like this; None: text, as far as can be seen, or nothing known."""
    if head.startswith(OLE):
        ole = head + tail
        return next((sort for name, sort in _IN_OLE if name.encode(_UTF_16) in ole), _OLD_OTHER)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        names = (head + tail).replace(b"\\", b"/").lower()
        return next((sort for name, sort in _IN_ZIP if name in names), _ZIP)
    if head.startswith(_ANY_SIGN):
        return next(sort for sign, sort in _SIGNS if head.startswith(sign))
    if (head[:2] == b"BM" and b"\0" in head[:20]) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return _PICTURE
    if head[:2] == b"MZ" and b"\0" in head[:64]:
        return _PROGRAM
    return _markup(head.removeprefix(b"\xef\xbb\xbf"))


def _markup(head: bytes) -> Sort | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) & ~1].decode("utf-16", "replace").encode("utf-8", "replace")
    if _XML.match(head) and b"office:spreadsheet" in head:
        return _XML_BOOK
    if _MARKUP.match(head) or _MHTML.match(head) or (_XML.match(head) and b"<html" in head.lower()):
        return _WEB_PAGE
    return None


def _is_attlog(head: bytes) -> bool:
    if b"\t" not in head.split(b"\n", 1)[0].split(b"\r", 1)[0]:  # asked of every file: most are no such log
        return False
    lines = head.splitlines()[:5]
    return bool(lines) and all(_ATTLOG_LINE.fullmatch(line) for line in lines[: max(1, len(lines) - 1)])


def is_table(path: Path) -> bool:
    """Whether a file is a table by its name, or the raw log of a clocking machine."""
    return path.suffix.lower() in TABLE_SUFFIXES or attlog(path)


def attlog(path: Path) -> bool:
    """Whether a file is such a log, by its name and what stands in it."""
    return path.suffix.lower() == LOGS and is_attlog(path)


def is_attlog(path: Path) -> bool:
    """Whether a file is the raw log of a clocking machine; False where it cannot be opened."""
    try:
        return _is_attlog(ends_of(path)[0])
    except OSError:
        return False


def ends_of(path: Path, limit: int = MAX_TABLE_BYTES) -> tuple[bytes, bytes]:
    """The first and the last bytes of a file (``-``: standard input) of at most ``limit`` bytes. Raises ``OSError``."""
    with open_stream(path, limit) as raw:
        head = raw.read(_END)
        raw.seek(0, 2)
        raw.seek(max(len(head), raw.tell() - _END))
        tail = raw.read(_END)
        if head.startswith(OLE):
            raw.seek(_directory(head))
            tail += raw.read(_END)
        return head, tail


def _directory(head: bytes) -> int:
    """Where the names of what is in an OLE container stand: the sector that its header names."""
    size, sector = 1 << min(int.from_bytes(head[30:32], "little"), 16), int.from_bytes(head[48:52], "little")
    return (sector + 1) * size


def not_a_document(path: Path) -> InputProblem | None:
    """Why a file is not to be read as YAML or JSON: what it is instead; None where it may be, or cannot be opened.

    A file of another suffix is only read so if it says what kind of file it is.
    """
    try:
        head, tail = ends_of(path)
    except OSError:
        return None  # whoever reads it says so
    if sort := sort_of(head, tail) or (_ATTLOG if _is_attlog(head) else None):
        return problem(sort)
    if path.suffix.lower() in (*YAML_SUFFIXES, *LINES_SUFFIXES) or str(path) == STDIN or _KIND.search(head):
        return None
    return problem(text_sort(head))


def may_be_table(path: Path) -> bool:
    """Whether what comes in without a name may be a table: a workbook, or text that is neither a document nor JSON."""
    try:
        head, tail = ends_of(path)
    except OSError:
        return False
    if sort := sort_of(head, tail):
        return sort in (_BOOK, _OLD)
    if _is_attlog(head):
        return False
    return not _KIND.search(head) and not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))


def is_book_by(head: bytes) -> bool:
    """Whether what begins like this may be a workbook: an archive, a container, or the old format without one."""
    return head.startswith((b"PK\x03\x04", OLE, *_OLD_SIGNS))


def is_old_book(path: Path) -> bool:
    """Whether a workbook is of the old format (.xls), whatever its name says. Raises ``OSError``."""
    return sort_of(*ends_of(path)) is _OLD


def has_rows(path: Path) -> bool:
    """Whether what comes in begins as a table does, whatever its headings are. Raises ``OSError``."""
    return bool(_ROWS.match(ends_of(path)[0]))


_FITS: dict[As, Callable[[Sort | None], bool]] = {
    "book": lambda sort: sort in (_BOOK, _OLD),
    "text": lambda sort: sort is None,
    "word": lambda sort: sort in (_WORD, _ZIP),  # its parts may have any name
    "document": lambda sort: sort is None,
}


def told(path: Path, taken_for: As, limit: int = MAX_TABLE_BYTES) -> InputProblem | None:
    """Why a file of at most ``limit`` bytes is not what it was taken for; None where it is. Raises ``OSError``."""
    head, tail = ends_of(path, limit)
    if taken_for != "book" and _is_attlog(head):
        return None if taken_for == "text" and path.suffix.lower() == LOGS else problem(_ATTLOG)
    return told_of(head, tail, taken_for)


def told_of(head: bytes, tail: bytes, taken_for: As) -> InputProblem | None:
    """Like ``told``, of the first and the last bytes."""
    sort = sort_of(head, tail)
    if taken_for == "book" and not head:
        return InputProblem("input/empty", Place(1, 1, 1), Text("文件是空的", "the file is empty"), _EMPTY.fix)
    if taken_for == "book" and sort is None:
        sort = text_sort(head)
    if taken_for == "book" and sort is _ZIP:
        return None  # its parts may have any name
    return None if _FITS[taken_for](sort) or sort is None else problem(sort)


def says_a_kind(path: Path) -> bool:
    """Whether a file of YAML or JSON says which kind of document it is, so far as its beginning shows."""
    try:
        with open_stream(path) as raw:
            return bool(_KIND.search(raw.read(_END)))
    except OSError:
        return False


def text_sort(head: bytes) -> Sort:
    """What a text is that is neither YAML nor a table by its name."""
    if _is_attlog(head):
        return _ATTLOG
    line = head.split(b"\n", 1)[0]
    return _TEXT_TABLE if any(mark in line for mark in (b",", b"\t", b";")) else _TEXT


def problem(sort: Sort) -> InputProblem:
    """What is said of a file of this sort."""
    said = Text(f"这是{sort.name.zh}，不能这样读", f"this is {sort.name.en}; it cannot be read as it is")
    return InputProblem("input/not-a-table", Place(1, 1, 1), said, sort.fix)


# Two lines with commas or tabs, and nothing of YAML or JSON in the first: a table's headings and a row.
_ROWS = late(rb"(?:\xef\xbb\xbf)?[^\s:#{}\[\]\"'-][^:#{}\[\]\r\n]*[,\t][^:#{}\[\]\r\n]*\r?\n[^\r\n]*[,\t]")
