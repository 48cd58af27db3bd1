"""Bytes to documents: limits first, then the parser, and every failure a located problem.

Plain scalars follow the YAML 1.2 core schema as far as it is safe: whole numbers become ``int``, ``true`` and ``false``
become ``bool``, nothing else is converted. A decimal stays the text that was written (money becomes ``Decimal`` from
that text later), ``12:30``, ``no``, ``0123``, ``1e3`` and dates stay text until a schema says what they must be.
"""

import errno
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from msgspec import Struct

from banshi.base import limits
from banshi.base.limits import MAX_BYTES, MAX_FINDINGS, MAX_FOLDERS, MAX_LINES_BYTES
from banshi.base.text import NOTHING, Text
from banshi.files.documents import Document, Mark, Place, lines_of, shifted
from banshi.files.json_places import marks_in
from banshi.files.json_text import NotJson, json_values
from banshi.files.regular_files import (
    EndlessLine,
    LedOut,
    Moved,
    NotRegular,
    TooLarge,
    numbered_lines,
    open_stream,
    read_bytes,
)
from banshi.files.yaml_events import parse_marks, parse_values
from banshi.files.yaml_faults import YamlFault

YAML_SUFFIXES = (".yaml", ".yml", ".json")
LINES_SUFFIXES = (".jsonl", ".ndjson")
TEXT_SUFFIXES, NEW_BOOK_SUFFIXES = (".csv", ".tsv"), (".xlsx", ".xlsm")
BOOK_SUFFIXES = (*NEW_BOOK_SUFFIXES, ".xls")  # the old format is read, and never written
TABLE_SUFFIXES = (*TEXT_SUFFIXES, *BOOK_SUFFIXES)
DOCUMENT_SUFFIXES = (".docx",)  # of which only forms are read


class InputProblem(Struct, frozen=True):
    """Why a file (or a part of it) could not be read: ``rule`` is one of the ``input/…`` ids."""

    rule: str
    place: Place
    message: Text
    fix: Text = NOTHING
    source_line: str = ""


class ReadOutcome(Struct, frozen=True):
    """The outcome of reading: a document, problems, or both (a duplicate key is reported and the rest still checked).

    ``left``: how many more problems there are than the listed ones.
    """

    path: str
    document: Document | None
    problems: tuple[InputProblem, ...] = ()
    left: int = 0


def read(path: Path, shown: str | None = None, most: int | None = MAX_FINDINGS) -> ReadOutcome:
    """Read one YAML or JSON file (``-``: standard input).

    ``shown`` is the path to print; at most so many problems are listed (``None``: all of them).
    """
    name = shown or path.as_posix()
    try:
        raw = read_bytes(path, MAX_BYTES)
    except OSError as error:
        return ReadOutcome(name, None, (unreadable(error),))
    return read_raw(raw, name, 1, most)


def read_raw(raw: bytes, name: str, first_line: int = 1, most: int | None = MAX_FINDINGS) -> ReadOutcome:
    """Read the bytes of YAML or JSON, as ``read_text``."""
    text, problems = decode(raw, first_line)
    if text is None:
        return ReadOutcome(name, None, tuple(problems))
    reading = read_text(text, name, first_line, most)
    return ReadOutcome(name, reading.document, (*problems, *reading.problems), reading.left)


def read_text(text: str, name: str, first_line: int = 1, most: int | None = MAX_FINDINGS) -> ReadOutcome:
    """Read YAML or JSON text; ``first_line`` is the number of its first line in the file it came from."""
    lines = partial(lines_of, text)
    find_marks: Callable[[str, int], Mark] = marks_in
    try:
        try:
            data, faults = json_values(text, most)
        except NotJson:
            data, faults = parse_values(text, most)
            find_marks = _yaml_marks
    except YamlFault as fault:
        return ReadOutcome(name, None, (_fault_problem(fault, lines(), first_line),))
    marks = partial(find_marks, text, first_line)
    document = Document(name, data, marks, text, first_line, doubtful=tuple(faults.doubtful), blanks=faults.blanks)
    own = lines() if faults.listed else []
    problems = tuple(_fault_problem(fault, own, first_line) for fault in faults.listed)
    if data is None and not problems:
        return ReadOutcome(name, None, (InputProblem("input/empty", Place(first_line, 1, 1), *_EMPTY),))
    return ReadOutcome(name, document, problems, faults.left)


def read_lines(path: Path, shown: str | None = None, most: int | None = MAX_FINDINGS) -> Iterator[ReadOutcome]:
    """Read JSON Lines one line at a time, so that memory does not grow with the file."""
    name = shown or path.as_posix()
    try:
        with open_stream(path, MAX_LINES_BYTES) as stream:
            for number, raw in numbered_lines(stream):
                if reading := read_line(number, raw, name, most):
                    yield reading
    except OSError as error:
        yield ReadOutcome(name, None, (unreadable(error),))


def read_line(number: int, raw: bytes | None, name: str, most: int | None = MAX_FINDINGS) -> ReadOutcome | None:
    """One line of JSON Lines (None: too long a one); nothing where it is empty."""
    if raw is None:
        return ReadOutcome(name, None, (too_large(number),))
    if _bare(raw):
        return read_raw(raw, name, number, most)
    return ReadOutcome(name, None, tuple(decode(raw, number)[1])) if raw.strip() else None  # a mark, and nothing else


def holds_lines(path: Path) -> bool:
    """Whether what comes in without a name is JSON Lines: its first line is a whole JSON object, and not the last."""
    try:
        with open_stream(path, MAX_LINES_BYTES) as stream:
            filled = (raw and _bare(raw) for _, raw in numbered_lines(stream) if raw is None or _bare(raw))
            first, second = next(filled, None), next(filled, None)
    except OSError:
        return False
    if not first or second is None:
        return False
    return first.startswith(b"{") and first.endswith(b"}")


def _yaml_marks(text: str, first_line: int) -> Mark:
    return shifted(parse_marks(text), first_line - 1)


_MARK = b"\xef\xbb\xbf"


def _bare(raw: bytes) -> bytes:
    """A line without marks before it and blanks around it."""
    while raw.startswith(_MARK):
        raw = raw[len(_MARK) :]
    return raw.strip()


def decode(raw: bytes, first_line: int = 1) -> tuple[str | None, list[InputProblem]]:
    """UTF-8 bytes to text; a byte-order mark is reported and set aside, another encoding is named where it shows."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or _every_other_is_nul(raw[:64]):
        return None, [_wrong_encoding("UTF-16", Place(first_line, 1, 1))]
    problems = []
    if raw.startswith(_MARK):
        while raw.startswith(_MARK):
            raw = raw[len(_MARK) :]
        problems.append(InputProblem("input/byte-order-mark", Place(first_line, 1, 1), *_BOM))
    try:
        return raw.decode("utf-8"), problems
    except UnicodeDecodeError as error:
        return None, [_wrong_encoding(_guess_encoding(raw), _byte_place(raw, error.start, first_line))]


def _every_other_is_nul(head: bytes) -> bool:
    return len(head) > 1 and max(head[::2].count(0), head[1::2].count(0)) * 4 > len(head)


def _guess_encoding(raw: bytes) -> str:
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GBK/GB18030" if re.search(r"[\u4e00-\u9fff]", text) else ""


def _byte_place(raw: bytes, offset: int, first_line: int) -> Place:
    before = lines_of(raw[:offset].decode("utf-8", "replace"))
    column = len(before[-1]) + 1
    return Place(first_line + len(before) - 1, column, column + 1)


def _wrong_encoding(guess: str, place: Place) -> InputProblem:
    looks = Text(f"，看起来是 {guess} 编码", f"; it looks like {guess}") if guess else NOTHING
    return InputProblem(
        "input/not-utf8",
        place,
        Text(f"文件不是 UTF-8 编码{looks.zh}", f"the file is not UTF-8{looks.en}"),
        Text(
            "用记事本或 WPS 打开后“另存为”，编码选“UTF-8”（不带 BOM），再检查一次。",
            "Open it in an editor, save it again as UTF-8 (without BOM), and check once more.",
        ),
    )


def too_large(line: int = 1, limit: int = MAX_BYTES) -> InputProblem:
    """The problem of a file, or of one of its lines, of more than ``limit`` bytes."""
    limit = limit // 1024 // 1024
    return InputProblem(
        "input/too-large",
        Place(line, 1, 1),
        Text(f"文件（或其中一行）超过 {limit} MB，没有读取", f"the file (or one line) exceeds {limit} MB; not read"),
        Text(
            "一份报批表一个文件；成批数据请用 JSON Lines（.jsonl），一行一个项目。",
            "Use one file a form; for bulk data use JSON Lines (.jsonl), one project a line.",
        ),
    )


def unreadable(error: OSError) -> InputProblem:
    """The problem for a file that the system would not give us."""
    if isinstance(error, TooLarge):
        return too_large(limit=error.limit)
    if isinstance(error, EndlessLine):
        return _endless(error.number)
    if isinstance(error, FileNotFoundError):
        why = Text("没有这个文件或文件夹", "no such file or folder")
    elif isinstance(error, PermissionError):
        why = Text("没有读取权限", "no permission to read it")
    elif error.errno == errno.ELOOP:
        why = Text("链接绕成了圈", "its links go in circles")
    elif error.errno == errno.E2BIG:
        why = Text(
            f"文件夹套了 {MAX_FOLDERS} 层以上，再往里的没有看",
            f"more than {MAX_FOLDERS} folders inside one another; no deeper",
        )
    elif error.errno == errno.ENAMETOOLONG:
        why = Text("名字过长", "its name is too long")
    elif isinstance(error, LedOut):
        why = Text("这是通到项目外面的链接", "it is a link that leads out of the project")
    elif isinstance(error, Moved):
        why = Text("看过以后、打开以前换成了别处的文件", "it was replaced by another file while it was looked at")
    elif isinstance(error, (NotRegular, IsADirectoryError)) or error.errno == errno.ENXIO:
        why = Text("不是普通文件", "it is not a regular file")
    else:
        why = Text("系统不让读取", "the system refuses to read it")
    return InputProblem(
        "input/unreadable",
        Place(1, 1, 1),
        Text(f"读不出：{why.zh}", f"cannot be read: {why.en}"),
        Text("核对路径和权限后再检查。", "Check the path and its permissions, then try again."),
    )


def _endless(number: int) -> InputProblem:
    size = limits.MAX_PASSED_OVER >> 20
    message = Text(
        f"第 {number} 行过了 {size} MB 还没有结束：它和后面的都没有读",
        f"line {number} goes on beyond {size} MB: neither it nor what follows was read",
    )
    fix = Text("一行写一条记录；文件损坏的，重新导出。", "Write a record a line; export a damaged file anew.")
    return InputProblem("input/too-large", Place(number, 1, 1), message, fix)


def _fault_problem(fault: YamlFault, lines: list[str], first_line: int) -> InputProblem:
    source = lines[fault.line - 1] if 0 < fault.line <= len(lines) else ""
    place = Place(fault.line + first_line - 1, fault.column, fault.column + 1)
    return InputProblem(fault.rule, place, fault.message, fault.fix, source)


_EMPTY = (
    Text("文件是空的", "the file is empty"),
    Text(
        "填入内容，或删去这个文件；`banshi explain input/empty` 有样例。",
        "Fill it in or delete it; see `banshi explain input/empty`.",
    ),
)
_BOM = (
    Text("文件开头有字节序标记（BOM）", "the file starts with a byte-order mark (BOM)"),
    Text(
        "另存为“UTF-8”而不是“带有 BOM 的 UTF-8”；其余内容已照常检查。",
        "Save as UTF-8 without BOM; the rest was checked.",
    ),
)
