"""Bytes to documents: limits first, then the parser, and every failure a located problem.

Plain scalars follow the YAML 1.2 core schema as far as it is safe: whole numbers become ``int``, ``true`` and ``false``
become ``bool``, nothing else is converted. A decimal stays the text that was written (money becomes ``Decimal`` from
that text later), ``12:30``, ``no``, ``0123``, ``1e3`` and dates stay text until a schema says what they must be.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from banshi.documents import Document, KeyMark, Mark, Place
from banshi.text import NOTHING, Text
from banshi.yaml_events import MAX_DEPTH, TooMuch, YamlFault, parse_marks, parse_values, too_deep

MAX_BYTES = 10 * 1024 * 1024
STDIN = "-"
YAML_SUFFIXES = (".yaml", ".yml", ".json")
LINES_SUFFIXES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class InputProblem:
    """Why a file (or a part of it) could not be read: ``rule`` is one of the ``input/…`` ids."""

    rule: str
    place: Place
    message: Text
    fix: Text = NOTHING
    source_line: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of reading: a document, problems, or both (a duplicate key is reported and the rest still checked)."""

    path: str
    document: Document | None
    problems: tuple[InputProblem, ...] = ()


def read(path: Path, shown: str | None = None) -> Reading:
    """Read one YAML or JSON file; ``shown`` is the path to print (``-`` reads standard input)."""
    name = shown or path.as_posix()
    try:
        raw = _raw_bytes(path)
    except OSError as error:
        return Reading(name, None, (unreadable(error),))
    return _read_raw(raw, name)


def _read_raw(raw: bytes, name: str) -> Reading:
    if len(raw) > MAX_BYTES:
        return Reading(name, None, (_too_large(),))
    text, problems = decode(raw)
    if text is None:
        return Reading(name, None, tuple(problems))
    reading = read_text(text, name)
    return Reading(name, reading.document, (*problems, *reading.problems))


def read_standard_input() -> Iterator[Reading]:
    """What comes in on standard input: one document, or JSON Lines where the first line is a whole JSON object."""
    raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    lines = raw.splitlines()
    if len(lines) > 1 and lines[0].startswith(b"{") and lines[0].rstrip().endswith(b"}") and len(raw) <= MAX_BYTES:
        yield from (_read_json_line(line, STDIN, n) for n, line in enumerate(lines, start=1) if line.strip())
    else:
        yield _read_raw(raw, STDIN)


def read_text(text: str, name: str, first_line: int = 1) -> Reading:
    """Read YAML (or JSON) text; ``first_line`` is the number of its first line in the file it came from."""
    try:
        data, faults = parse_values(text)
    except YamlFault as fault:
        return Reading(name, None, (_fault_problem(fault, text, first_line),))
    except TooMuch as fault:
        return Reading(name, None, (_fault_problem(fault, text, first_line),))
    document = Document(name, data, partial(_marks, text, first_line), text, first_line)
    problems = tuple(_fault_problem(fault, text, first_line) for fault in faults)
    if data is None and not problems:
        return Reading(name, None, (InputProblem("input/empty", Place(first_line, 1, 1), *_EMPTY),))
    return Reading(name, document, problems)


def read_lines(path: Path, shown: str | None = None) -> Iterator[Reading]:
    """Read JSON Lines one line at a time, so that memory does not grow with the file."""
    name = shown or path.as_posix()
    try:
        stream = sys.stdin.buffer if str(path) == STDIN else open(path, "rb")  # noqa: SIM115 - closed below
    except OSError as error:
        yield Reading(name, None, (unreadable(error),))
        return
    with stream:
        for number, raw in enumerate(iter(lambda: stream.readline(MAX_BYTES + 1), b""), start=1):
            if len(raw) > MAX_BYTES:
                yield Reading(name, None, (_too_large(number),))
                return
            if raw.strip():
                yield _read_json_line(raw, name, number)


def _read_json_line(raw: bytes, name: str, number: int) -> Reading:
    text, problems = decode(raw, number)
    if text is None:
        return Reading(name, None, tuple(problems))
    text = text.rstrip("\r\n")
    try:
        data = json.loads(text, object_pairs_hook=_unique, parse_float=str, parse_constant=str)
        deep = _deeper_than(data, MAX_DEPTH)
    except RecursionError:
        deep = True
    except ValueError:
        # The slower reader finds the place, and accepts what JSON's stricter syntax does not.
        reading = read_text(text, name, number)
        return Reading(name, reading.document, (*problems, *reading.problems))
    if deep:
        problem = _fault_problem(too_deep(1, _column_of_level(text, MAX_DEPTH + 1)), text, number)
        return Reading(name, None, (*problems, problem))
    return Reading(name, Document(name, data, partial(_marks, text, number), text, number), tuple(problems))


def _deeper_than(data: Any, levels: int) -> bool:
    """Whether containers are nested in more than so many levels; looks at one level after the other."""
    level = [data] if isinstance(data, dict | list) else []
    for _ in range(levels):
        values = (value for box in level for value in (box.values() if type(box) is dict else box))
        level = [value for value in values if type(value) is dict or type(value) is list]
    return bool(level)


def _column_of_level(text: str, wanted: int) -> int:
    """The column (from 1) where the first bracket of a level opens in one line of JSON."""
    level = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        level += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if level == wanted:
            return found.start() + 1
    return 1


_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]')


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _raw_bytes(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise OSError("not a regular file")
    with open(path, "rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _marks(text: str, first_line: int) -> Mark:
    try:
        return shifted(parse_marks(text), first_line - 1)
    except YamlFault:  # JSON that YAML cannot read: the line is known, the column is not
        return Mark(first_line, 1, 1, None)


def shifted(mark: Mark, lines: int) -> Mark:
    """The same marks, ``lines`` lines further down."""
    if not lines:
        return mark
    children: dict[str, KeyMark] | list[Mark] | None = None
    if isinstance(mark.children, dict):
        children = {
            name: KeyMark(key._replace(line=key.line + lines), shifted(value, lines))
            for name, (key, value) in mark.children.items()
        }
    elif isinstance(mark.children, list):
        children = [shifted(child, lines) for child in mark.children]
    return mark._replace(line=mark.line + lines, children=children)


def decode(raw: bytes, first_line: int = 1) -> tuple[str | None, list[InputProblem]]:
    """UTF-8 bytes to text; a byte-order mark is reported and set aside, another encoding is named where it shows."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw[:64]:
        return None, [_wrong_encoding("UTF-16", Place(first_line, 1, 1))]
    problems = []
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
        problems.append(InputProblem("input/byte-order-mark", Place(first_line, 1, 1), *_BOM))
    try:
        return raw.decode("utf-8"), problems
    except UnicodeDecodeError as error:
        return None, [_wrong_encoding(_guess_encoding(raw), _byte_place(raw, error.start, first_line))]


def _guess_encoding(raw: bytes) -> str:
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GBK/GB18030" if re.search(r"[\u4e00-\u9fff]", text) else ""


def _byte_place(raw: bytes, offset: int, first_line: int) -> Place:
    before = raw[:offset]
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    return Place(first_line + before.count(b"\n"), column, column + 1)


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


def _too_large(line: int = 1) -> InputProblem:
    limit = MAX_BYTES // 1024 // 1024
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
    if isinstance(error, FileNotFoundError):
        why = Text("没有这个文件或文件夹", "no such file or folder")
    elif isinstance(error, PermissionError):
        why = Text("没有读取权限", "no permission to read it")
    elif error.errno == 40:
        why = Text("链接绕成了圈", "its links go in circles")
    else:
        why = Text("不是普通文件，或系统不让读取", "not a regular file, or the system refuses to read it")
    return InputProblem(
        "input/unreadable",
        Place(1, 1, 1),
        Text(f"读不出：{why.zh}", f"cannot be read: {why.en}"),
        Text("核对路径和权限后再检查。", "Check the path and its permissions, then try again."),
    )


def _fault_problem(fault: "YamlFault | TooMuch", text: str, first_line: int) -> InputProblem:
    lines = text.splitlines()
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
