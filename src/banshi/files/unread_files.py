"""Files of a folder that no reader takes: what may hold rows or a form is told one by one, the rest is named together.

Silent is only what can be no input: texts about the project (README, LICENSE, .md), programs and settings, what systems and
editors leave behind, and folders that begin with a dot.
"""

import os
import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from banshi.base.patterns import late
from banshi.base.text import Text, listed
from banshi.files.documents import Place
from banshi.files.locating import failure
from banshi.files.reading import LINES_SUFFIXES, YAML_SUFFIXES, InputProblem
from banshi.files.regular_files import open_regular

OTHER_TABLES = (
    *(".xlt", ".et", ".ett", ".ods", ".fods", ".xlsb", ".xltx", ".numbers", ".mdb", ".accdb", ".dbf"),
    *(".dat", ".prn", ".slk", ".dif", ".tab", ".parquet"),
)
_TEXTS = (".txt", ".asc", ".log", ".xml", "")
_NO_INPUT = (
    *(".md", ".rst", ".py", ".pyc", ".toml", ".cfg", ".ini", ".conf", ".sh", ".bat", ".ps1", ".lock", ".j2", ".css", ".js"),
    *(".svg", ".ico", ".woff", ".woff2", ".db-journal", ".url", ".lnk"),
)  # fmt: skip
_ABOUT = late(
    r"(readme|licen[cs]e|notice|copying|authors|changelog|changes|contributing|security|makefile|dockerfile)(\..*)?",
    re.I,
)
_LEFT_BEHIND = late(
    r"\.ds_store|\._.*|\.~lock\..*|thumbs\.db|desktop\.ini|\.directory|\.git(ignore|attributes|keep)", re.I
)
_LARGEST_LOCK = 512  # bytes: what an office program leaves beside an open file is shorter
_BACKUP = late(r".*(~|\.(bak|old|orig|tmp|temp|swp|swo)|#)", re.I)
_KIND = late(rb"^[\s{]*[\"']?kind[\"']?\s*:\s*[\"']?([a-z-]+)", re.M)
_HEAD = 1 << 16
_SHOWN = 8
_LINES = 3


class UnreadFiles(Struct, frozen=True):
    """Files that are not read: one that may hold rows or a form (``grave``), or the others of a folder together.

    ``files``: those others; a document beside them may have spoken of some.
    """

    path: Path
    problem: InputProblem
    grave: bool
    files: tuple[Path, ...] = ()

    def without(self, taken: Container[str]) -> "UnreadFiles | None":
        """The same but for the files that are taken, by their whole paths; None where nothing is left."""
        if not self.files:
            return None if os.path.abspath(self.path) in taken else self
        left = tuple(path for path in self.files if os.path.abspath(path) not in taken)
        return together(self.path, left) if left else None


def together(folder: Path, paths: tuple[Path, ...]) -> UnreadFiles:
    """Files of a folder that are named together."""
    return UnreadFiles(
        folder, _not_read([path.relative_to(folder).as_posix() for path in paths]), grave=False, files=paths
    )


def no_input(path: Path) -> bool:
    """Whether a file can be nothing that is handed in, by its name (of a lock, by its size too)."""
    name = path.name
    if name.startswith("~$"):
        return _size(path) <= _LARGEST_LOCK
    return bool(_ABOUT.fullmatch(name) or _LEFT_BEHIND.fullmatch(name)) or path.suffix.lower() in _NO_INPUT


def kind_written(path: Path) -> str:
    """The kind that a file says it is of, near its beginning; empty where it says none."""
    try:
        with open_regular(path) as stream:
            found = _KIND.search(stream.read(_HEAD))
    except OSError:
        return ""
    return found[1].decode() if found else ""


def unread(folder: Path, paths: Iterable[Path]) -> Iterator[UnreadFiles]:
    """What is said of files that no reader takes; ``folder``: where those that are named together are told."""
    others = []
    for path in sorted(paths):
        if no_input(path):
            continue
        try:
            problem = None if path.is_symlink() else may_be_input(path)
        except Exception as error:  # over this file the tool fails; the others are told all the same
            problem = failure(error)
        if problem is not None:
            yield UnreadFiles(path, problem, grave=True)
        else:
            others.append(path)
    if others:
        yield together(folder, tuple(others))


def may_be_input(path: Path) -> InputProblem | None:
    """Why a file that may hold rows or a form is not read; None for what is something else."""
    from banshi.files.tables.closed import may_hold_input  # late: hardly any folder has such files
    from banshi.files.tables.contents import not_a_document

    suffix = path.suffix.lower()
    if suffix == ".zip":
        return not_a_document(path) if may_hold_input(path, OTHER_TABLES) else None
    if _BACKUP.fullmatch(path.name) or suffix not in (*OTHER_TABLES, *_TEXTS):
        return None
    if kind := kind_written(path):
        return _otherwise_named(kind)
    if suffix in OTHER_TABLES or _has_rows(path):
        return not_a_document(path)
    return None


def _has_rows(path: Path) -> bool:
    """Whether the first lines of a text have as many separators each, as those of a table have; or it is no text at all."""
    try:
        with open_regular(path) as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return True
    lines = [line for line in head.splitlines() if line.strip()][:_LINES]
    marks = (b"\t", b",", b";", "，".encode())
    return len(lines) > 1 and any(lines[0].count(mark) == line.count(mark) > 0 for mark in marks for line in lines[1:])


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _otherwise_named(kind: str) -> InputProblem:
    message = Text(
        f"里面写着 kind: {kind}，后缀却不是 {'、'.join((*YAML_SUFFIXES, *LINES_SUFFIXES))}，没有读",
        f"it says kind: {kind}, but its suffix is not that of a document; it was not read",
    )
    fix = Text("是要检查的，把后缀改为 .yaml；不是的，移到别处。", "Rename it to .yaml, or move it elsewhere.")
    return InputProblem("input/left-aside", Place(1, 1, 1), message, fix)


def _not_read(names: list[str]) -> InputProblem:
    more = f"等 {len(names)} 个文件" if len(names) > _SHOWN else ""
    message = Text(
        f"这里还有没有读的文件：{listed(names[:_SHOWN])}{more}",
        f"{len(names)} files here are not read: {listed(names[:_SHOWN])}",
    )
    fix = Text(
        "附件不必理会；里面有要检查的内容的，填进 YAML 表单或表格（CSV、XLSX），压缩包先解压。",
        "Ignore attachments; put what is to be checked into a form or a table, and unpack archives first.",
    )
    return InputProblem("input/left-aside", Place(1, 1, 1), message, fix)
