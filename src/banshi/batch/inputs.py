"""Where the lines of a batch come from on one machine: files of lines, Parquet with a column of lines, folders of either."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from banshi.base import limits
from banshi.base.folders import files_below
from banshi.base.text import Text
from banshi.batch.shares import Numbered
from banshi.files.discovery import SomeLines
from banshi.files.reading import LINES_SUFFIXES
from banshi.files.regular_files import numbered_lines, open_regular, stays_inside
from banshi.files.tables.contents import told
from banshi.output.records import NoParquet

PARQUET = ".parquet"
LINE, NUMBER, PATH = "line", "number", "path"  # columns of a Parquet file or a table; only the first must be there
_MARK = b"\xef\xbb\xbf"
_ANY_SIZE = 1 << 62


class NoLines(Exception):
    """There is nothing to judge, or it cannot be read; ``why`` says so in a line."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


def files_of(path: Path) -> list[Path]:
    """The file, or the files of lines and Parquet files below a folder, in order. Raises ``NoLines``."""
    if path.is_file():
        return [_lines(path)]
    if not path.is_dir():
        raise NoLines(Text(f"没有文件或文件夹 {path}", f"there is no file or folder {path}"))
    found = [p for p in sorted(files_below(path)) if p.suffix.lower() in (*LINES_SUFFIXES, PARQUET)]
    found = [p for p in found if not any(part.startswith((".", "_")) for part in p.relative_to(path).parts)]
    if not found:
        raise NoLines(Text(f"{path} 里没有 .jsonl 或 .parquet 文件", f"no .jsonl or .parquet files in {path}"))
    for each in found:
        if not stays_inside(each, path):
            raise NoLines(
                Text(f"{each} 是通到文件夹外面的链接，没有跟进去", f"{each} is a link that leads out of the folder")
            )
        if not each.is_file():
            raise NoLines(Text(f"{each} 不是普通文件", f"{each} is not a regular file"))
    return [_lines(each) for each in found]


def _lines(path: Path) -> Path:
    """The file itself. Raises ``NoLines`` where it is something else than text."""
    if path.suffix.lower() != PARQUET and (problem := told(path, "document")):
        zh, en = (f"{path}：{problem.message.zh}；{problem.fix.zh}", f"{path}: {problem.message.en}; {problem.fix.en}")
        raise NoLines(Text(zh, en))
    return path


def lines_of(path: Path) -> Iterator[SomeLines]:
    """The lines of a file, so many at a time. Raises ``OSError``, ``NoLines`` or ``NoParquet``."""
    return _shares(path, _parquet(path) if path.suffix.lower() == PARQUET else _text(path))


def _text(path: Path) -> Iterator[Numbered]:
    """A mark of byte order at the head of a file is passed over, as every reader of text on a cluster does."""
    with open_regular(path, _ANY_SIZE) as stream:
        for number, raw in numbered_lines(stream):
            yield number, raw.removeprefix(_MARK) if number == 1 and raw else raw


def _parquet(path: Path) -> Iterator[Numbered]:
    try:
        from pyarrow import parquet  # late: an extra
    except ImportError:
        raise NoParquet from None
    with open_regular(path, _ANY_SIZE) as stream:
        file = parquet.ParquetFile(stream)
        names = file.schema_arrow.names
        if LINE not in names:
            raise NoLines(_no_column(str(path), names))
        columns = [name for name in (LINE, NUMBER) if name in names]
        row = 0
        for batch in file.iter_batches(2000, columns=columns):
            for values in zip(*(batch.column(name).to_pylist() for name in columns), strict=True):
                row += 1
                yield int(values[1]) if len(values) > 1 else row, as_bytes(values[0])


def as_bytes(line: Any) -> bytes:
    """A line of a column of text or bytes; nothing where there is none."""
    return line.encode("utf-8", "surrogatepass") if isinstance(line, str) else bytes(line or b"")


def _no_column(name: str, columns: list[str]) -> Text:
    said = "、".join(columns)
    return Text(
        f"{name} 没有 {LINE} 这一列，有的是 {said}", f"{name} has no column {LINE}; it has {', '.join(columns)}"
    )


def _shares(path: Path, lines: Iterable[Numbered]) -> Iterator[SomeLines]:
    held: list[Numbered] = []
    size = 0
    for number, raw in lines:
        held.append((number, raw))
        size += len(raw or b"")
        if size >= limits.LINES_AT_ONCE:
            yield SomeLines(path, tuple(held))
            held, size = [], 0
    if held:
        yield SomeLines(path, tuple(held))
