"""What lies in and beside a register's tables without being read: neighbouring files, sheets, columns without a meaning.

Each is looked into: what may hold punches, leave or the like is an error, and bears on whom it may concern.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from banshi.base.limits import MAX_BESIDE, MAX_PAGE_BYTES
from banshi.base.text import Text, listed
from banshi.files.account_of_reading import SHEET
from banshi.files.discovery import not_followed
from banshi.files.documents import Place
from banshi.files.findings import Finding, Severity
from banshi.files.kinds import KINDS, function
from banshi.files.locating import from_input
from banshi.files.reading import BOOK_SUFFIXES, LINES_SUFFIXES, TABLE_SUFFIXES, YAML_SUFFIXES, InputProblem
from banshi.files.regular_files import open_regular
from banshi.files.tables.closed import ARCHIVES, PAGES, may_hold_input, page_rows
from banshi.files.tables.contents import says_a_kind
from banshi.files.tables.grids import Unusable
from banshi.files.tables.headings import SheetHead
from banshi.files.tables.left_over import NEEDLESS, LeftSheet, left_sheets
from banshi.files.tables.opening import heads, is_book, opened
from banshi.files.unread_files import OTHER_TABLES
from banshi.subjects.attendance.columns import PARTS, part_of
from banshi.subjects.attendance.forms import Register
from banshi.subjects.attendance.glimpse import Glimpse, Roster, glimpse
from banshi.subjects.attendance.sources import looks_named
from banshi.subjects.attendance.unread import UnreadRow, part_name

_TEXTS = (".txt", ".dat", ".prn", ".tab", ".log", ".bak", ".asc", "")
_OTHER_BOOKS = tuple(suffix for suffix in OTHER_TABLES if suffix not in _TEXTS)
# What is plainly something else: text to read, pictures, pages, programs.
_ELSE = (
    ".md",
    ".pdf",
    ".doc",
    ".docx",
    ".rtf",
    ".ppt",
    ".pptx",
    ".jpg",
    ".jpeg",
    ".png",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".svg",
    ".css",
    ".js",
    ".py",
    ".sh",
    ".ini",
    ".db",
    ".lock",
    ".toml",
    ".cfg",
    ".jsonl",
)
# What our own report adds to the sheets that it gives back.
_OWN_SHEETS = (SHEET, "账目", "窗口", "例外", "减窗口考核分", "考核因素", "并列先后", "不能判定")
_ANYTHING = [Glimpse("punches"), Glimpse("leave")]  # of what nobody can look into
_LINES, _SHOWN = 5, 40  # of the front page that one message shows
_OF_QUOTAS = "额度"  # how the sheet ends that says what was used of which leave


class LeftAside(Struct, frozen=True):
    """Something that was not read: the finding about it, and what it may bear on."""

    finding: Finding
    unread: tuple[UnreadRow, ...]


def neighbours(folder: Path, taken: set[Path], stem: str, register: Register) -> Iterator[LeftAside]:
    """Files of the folder that are not read and may belong to the register; ``stem``: the register's own name."""
    own = {path.stem for path in folder.iterdir() if path.suffix.lower() in YAML_SUFFIXES} - {stem}
    for path in sorted(folder.iterdir()):
        if path in taken or not path.is_file() or path.name.startswith(("~$", ".")):
            continue
        if problem := not_followed(path, folder):
            if looks_named(path.stem.lower()):
                yield _aside(path, problem, [Glimpse(_named(path))], f"旁边的 {path.name} ")
        elif path.suffix.lower() in (*YAML_SUFFIXES, *LINES_SUFFIXES):
            if looks_named(path.stem.lower()) and not says_a_kind(path):
                problem = InputProblem("input/not-a-table", Place(1, 1, 1), _no_kind(path), _AS_A_TABLE)
                yield _aside(path, problem, [Glimpse(_named(path))], f"旁边的 {path.name} ")
        elif path.suffix.lower() not in (*YAML_SUFFIXES, *_ELSE) and path.stem not in own:
            known = looks_named(path.stem.lower()) or path.stem in (stem, "考勤", "考勤登记", "attendance")
            yield from _neighbour(path, path.name, _why(path), known, register)
    for below in sorted(folder.iterdir()):
        if below.is_dir() and not below.is_symlink() and not below.name.startswith("."):
            yield from _in_subfolder(below, register)


def _in_subfolder(folder: Path, register: Register) -> Iterator[LeftAside]:
    """Tables in a folder beside the register: none is read. A folder with documents of its own is another matter."""
    every = [path for path in folder.iterdir() if path.is_file() and not not_followed(path, folder)]
    if any(path.suffix.lower() in YAML_SUFFIXES for path in every):
        return
    files = sorted(path for path in every if _looked_into(path))
    for path in files[:MAX_BESIDE]:
        yield from _neighbour(
            path, f"{folder.name}/{path.name}", _IN_A_FOLDER, looks_named(path.stem.lower()), register
        )
    if len(files) > MAX_BESIDE:
        said = Text(
            f"旁边的文件夹 {folder.name} 里的文件超过 {MAX_BESIDE} 个，只看了前 {MAX_BESIDE} 个",
            f"{folder.name} beside the register holds more than {MAX_BESIDE} files; the others were not looked at",
        )
        problem = InputProblem("input/not-a-table", Place(1, 1, 1), said, _MOVE_AWAY)
        yield _aside(folder, problem, _ANYTHING, f"旁边的 {folder.name} ")


def _looked_into(path: Path) -> bool:
    return not path.name.startswith(("~$", ".")) and path.suffix.lower() not in _ELSE and not path.is_symlink()


_MOVE_AWAY = Text("与考勤不相干的，移到别处。", "Move what has nothing to do with attendance elsewhere.")


def _neighbour(path: Path, name: str, why: Text, known: bool, register: Register) -> Iterator[LeftAside]:
    """A file that is not read, if it may hold something of the register's days; ``known``: its name says so."""
    found = _of_file(path, Roster(register))
    if found is None and not known:
        return
    seen = found if found else [Glimpse(_named(path))]
    within = [each for each in seen if each.day is None or register.start <= each.day <= register.end]
    if within:
        said = Text(f"旁边的 {name} 没有读：{why.zh}", f"{name} beside the register is not read: {why.en}")
        fix = _MOVE_UP if why is _IN_A_FOLDER else _fix(path)
        problem = InputProblem("input/not-a-table", Place(1, 1, 1), said, fix)
        yield _aside(path, problem, within, f"旁边的 {name} ")


def sheets(
    path: Path, used: set[str], register: Register, front: Mapping[str, Sequence[Sequence[str]]]
) -> Iterator[LeftAside]:
    """Sheets of a workbook that are not read, hidden ones too; those that hold nothing of the sort come with a note.

    ``front``: by sheet, the rows of the front page without what was taken of them.
    """
    try:
        names = [grid.name for grid in opened(path).grids] if is_book(path) else []
        own = {*_OWN_SHEETS, *(name for name in names if name.endswith(_OF_QUOTAS))} if _is_report(names) else set()
        for name, rows in front.items():
            yield from _of_front(path, name, rows, register)
        for sheet in left_sheets(path, used | own | front.keys()):
            found = _of_sheet(sheet, register)
            holds = listed(dict.fromkeys(part_name(each.part).zh for each in found))
            finding = sheet.said(Text(holds, holds) if found else None)
            yield LeftAside(finding, bearing(found, f"{path.name} 的{sheet.called}"))
    except Unusable:
        return  # said where its parts are read


def _of_sheet(sheet: LeftSheet, register: Register) -> list[Glimpse]:
    """What a sheet may hold: by what stands there, or else the part that its headings are those of."""
    if sheet.broken is not None:
        return _ANYTHING
    part = part_of(SheetHead(sheet.name, sheet.headings))
    return glimpse(sheet.rows, sheet.name, Roster(register)) or ([Glimpse(part.key)] if part else [])


def _of_front(path: Path, name: str, rows: Sequence[Sequence[str]], register: Register) -> Iterator[LeftAside]:
    """What stands on the front page and was not taken."""
    lines = [" ".join(" ".join(row).split()) for row in rows]
    if not lines:
        return
    found = glimpse(rows, name, Roster(register))
    holds = "".join(f"，可能是{part_name(part).zh}" for part in dict.fromkeys(each.part for each in found))
    shown = listed(f"“{line[:_SHOWN]}{'…' * (len(line) > _SHOWN)}”" for line in lines[:_LINES])
    more = f"等 {len(lines)} 行" if len(lines) > _LINES else ""
    said = Text(
        f"工作表“{name}”里的{shown}{more}没有用上{holds}", f"{len(lines)} lines of the sheet {name} were not used"
    )
    problem = InputProblem("input/left-aside", Place(1, 1, 1, name), said, _APART if found else NEEDLESS)
    yield _aside(path, problem, found, f"{path.name} 的工作表“{name}”")


def _aside(path: Path, problem: InputProblem, found: Sequence[Glimpse], source: str) -> LeftAside:
    severity = Severity.ERROR if found else Severity.NOTE
    return LeftAside(from_input(path.as_posix(), problem, severity=severity), bearing(found, source))


def bearing(found: Sequence[Glimpse], source: str) -> tuple[UnreadRow, ...]:
    """What may not have been read because of what may stand there; ``source``: where that is."""
    parts = ((each, part) for each in found for part in _parts(each.part))
    return tuple(UnreadRow(part, each.staff, each.day, source=source) for each, part in parts)


def _parts(part: str) -> tuple[str, ...]:
    """What may be missing with a part: punches that were not read may have been by password."""
    return (part, "method") if part == "punches" else (part,)


def _named(path: Path) -> str:
    stem = path.stem.lower()
    return next((part.key for part in PARTS.values() if part.called(stem)), "punches")


def _of_file(path: Path, roster: Roster) -> list[Glimpse] | None:
    """What a file may hold; None where it is something else."""
    suffix = path.suffix.lower()
    try:
        with open_regular(path) as raw:
            start = raw.read(8)
        return _of_content(path, suffix, start, roster)
    except OSError:
        return _ANYTHING


def _of_content(path: Path, suffix: str, start: bytes, roster: Roster) -> list[Glimpse] | None:
    if suffix in _OTHER_BOOKS:
        return _ANYTHING
    if suffix in (*ARCHIVES, *PAGES):
        return _of_closed(path, roster)
    if suffix in BOOK_SUFFIXES or (start.startswith(b"PK\x03\x04") and suffix in (*TABLE_SUFFIXES, *_TEXTS)):
        return _of_book(path, roster)
    if suffix not in (*TABLE_SUFFIXES, *_TEXTS) or (suffix in TABLE_SUFFIXES and _of_another_kind(path)):
        return None
    return glimpse(_text_rows(path), path.stem, roster) or _of_headings(path)


def _of_headings(path: Path) -> list[Glimpse] | None:
    """The parts that the headings of a table are those of."""
    parts = [part for head in heads(path).heads if (part := part_of(head))]
    return [Glimpse(part.key) for part in parts] or None


def _of_closed(path: Path, roster: Roster) -> list[Glimpse] | None:
    """What a web page shows, or an archive may hold."""
    if path.suffix.lower() in PAGES:
        return glimpse(page_rows(path), path.stem, roster) or None
    return None if may_hold_input(path, _OTHER_BOOKS) is False else _ANYTHING


def _of_book(path: Path, roster: Roster) -> list[Glimpse] | None:
    try:
        book = opened(path) if path.suffix.lower() in BOOK_SUFFIXES else None
        if book is None:
            return _ANYTHING
        if _is_report([grid.name for grid in book.grids]) or _of_another_kind(path):
            return None
        every = (*book.grids, *book.concealed)
        seen = [each for grid in every for each in glimpse((r.cells for r in grid.rows()), grid.name, roster)]
        return seen or _of_headings(path)
    except Unusable:
        return _ANYTHING


def _is_report(names: Sequence[str]) -> bool:
    return {"账目", "例外", "不能判定"} <= set(names)


def _of_another_kind(path: Path) -> bool:
    """Whether the headings are those of case logs, assessments and the like."""
    found = heads(path).heads
    fitting = [kind.name for kind in KINDS.values() if found and kind.fits and function(kind.fits)(found)]
    return bool(fitting) and "attendance" not in fitting


def _text_rows(path: Path) -> Iterator[list[str]]:
    """The lines of a text in cells, whatever parts them."""
    with open_regular(path, MAX_PAGE_BYTES) as raw:
        data = raw.read()
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    coding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(coding)
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    lines = text.splitlines()
    mark = next((mark for mark in ("\t", ",", ";") if sum(mark in line for line in lines) * 2 > len(lines)), "")
    if mark == ",":
        yield from csv.reader(lines)
    else:
        yield from (line.split(mark) if mark else line.split() for line in lines)


def _why(path: Path) -> Text:
    suffix = path.suffix.lower()
    if suffix in _OTHER_BOOKS:
        return Text(f"{suffix} 格式读不了", "its format is not read")
    if suffix in ARCHIVES:
        return Text("压缩包不拆开", "archives are not opened")
    if suffix in PAGES:
        return Text("网页不当作表格读", "a web page is not read as a table")
    if suffix not in TABLE_SUFFIXES:
        return Text("后缀不是表格的", "its suffix is not that of a table")
    if looks_named(path.stem.lower()):
        return Text("列名不够，认不出是登记的哪一部分", "its headings are not those of a part")
    return Text("内容像是考勤的，文件名却不是登记的一部分", "it looks like attendance, but not by its name")


def _fix(path: Path) -> Text:
    suffix = path.suffix.lower()
    if suffix in ARCHIVES:
        return _UNPACK
    return _SAVE_AS_BOOK if suffix in (*_OTHER_BOOKS, *PAGES) else _NAME if suffix in TABLE_SUFFIXES else _RENAME


def _no_kind(path: Path) -> Text:
    return Text(
        f"旁边的 {path.name} 没有读：没有写明 kind，不是登记",
        f"{path.name} beside the register is not read: it states no kind",
    )


_AS_A_TABLE = Text(
    "写进登记里（punches、leave 等），或存成有列名的 .csv、.xlsx；不是这份登记的，移到别处。",
    "Write it into the register (punches, leave), or as a table with headings; or move it elsewhere.",
)
_NAMES = "、".join(part.names[0] for part in PARTS.values())
_SAVE_AS_BOOK = Text(
    "用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”，再检查一次；不是这份登记的，移到别处。",
    "Save it as .xlsx and check again, or move it elsewhere.",
)
_UNPACK = Text(
    "先解压，把里面的表格放在登记旁边，再检查一次；不是这份登记的，移到别处。",
    "Unpack it beside the register and check again, or move it elsewhere.",
)
_RENAME = Text(
    "第一行有列名、用逗号或制表符隔开的，把后缀改为 .csv；否则从考勤机重新导出；不是这份登记的，移到别处。",
    "Rename it to .csv if its first row holds headings; otherwise export it again, or move it elsewhere.",
)
_NAME = Text(
    f"在前几行写一行列名（各部分要哪些列，见网站上的格式页），文件名用 {_NAMES}；一部分在几个文件里的，并成一个；不是这份登记的，移到别处。",
    "Write the headings of a part in one of its top rows, one file a part, or move it elsewhere.",
)
_IN_A_FOLDER = Text("表格要和登记放在同一文件夹", "tables stand in the register's own folder")
_APART = Text("有记录的，另放一张有列名的工作表。", "Put records into a sheet of their own, with headings.")
_MOVE_UP = Text(
    "移到登记所在的文件夹，一部分在几个文件里的，并成一个；不是这份登记的，移到别处。",
    "Move it into the register's own folder, one file a part; or move it elsewhere.",
)
