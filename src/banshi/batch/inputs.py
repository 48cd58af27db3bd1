"""Where the lines of a batch come from on one machine: files of lines, Parquet with a column of lines, folders of either."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from banshi.base import limits
from banshi.base.folders import files_below
from banshi.base.text import Text
from banshi.batch.shares import Numbered
from banshi.files.discovery import LED_OUT
from banshi.files.documents import Place
from banshi.files.reading import LINES_SUFFIXES, InputProblem, unreadable
from banshi.files.regular_files import numbered_lines, open_regular, open_stream, stays_inside
from banshi.files.tables.contents import told
from banshi.files.units import SomeLines
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
    """The file, or the files of lines and Parquet files below a folder, in order. Raises ``NoLines``.

    What goes wrong with one of several is told of it when its lines are read.
    """
    if path.is_dir():
        if found := [each for each in _shown(path) if _is_taken(each)]:
            return found
        raise NoLines(Text(f"{path} 里没有 .jsonl 或 .parquet 文件", f"no .jsonl or .parquet files in {path}"))
    if not path.exists():
        raise NoLines(Text(f"没有文件或文件夹 {path}", f"there is no file or folder {path}"))
    if problem := _something_else(path):  # the only one that was named: nothing is left to do
        zh, en = (f"{path}：{problem.message.zh}；{problem.fix.zh}", f"{path}: {problem.message.en}; {problem.fix.en}")
        raise NoLines(Text(zh, en))
    return [path]


def holds_nothing(path: Path) -> bool:
    """Whether no file has a line with anything on it: then nothing was judged, and nothing found sound."""
    return not any(each.suffix.lower() == PARQUET or _has_a_line(each) for each in files_of(path))


def _has_a_line(path: Path) -> bool:
    try:
        with open_stream(path, limits.MAX_LINES_BYTES) as stream:
            return any(raw is None or raw.strip() for _, raw in numbered_lines(stream))
    except OSError:
        return True  # it is told when its lines are read


def passed_over(path: Path) -> list[Path]:
    """The files below a folder that are neither lines nor Parquet, in order: nothing is judged of them."""
    return [each for each in _shown(path) if not _is_taken(each)] if path.is_dir() else []


def _shown(top: Path) -> list[Path]:
    """The files below a folder but those that a cluster keeps for itself (``_SUCCESS``, ``.part-0.crc``)."""
    below = ((each, each.relative_to(top).parts) for each in sorted(files_below(top)))
    return [each for each, parts in below if not any(part.startswith((".", "_")) for part in parts)]


def _is_taken(path: Path) -> bool:
    return path.suffix.lower() in (*LINES_SUFFIXES, PARQUET)


def _something_else(path: Path) -> InputProblem | None:
    """Why a file holds no lines, by its first bytes; None where it may."""
    return None if path.suffix.lower() == PARQUET else told(path, "document", _ANY_SIZE)


def lines_of(path: Path, top: Path | None = None) -> Iterator[SomeLines]:
    """The lines of a file, so many at a time; what ends them too early comes with the last ones. Raises ``NoParquet``.

    ``top``: the folder that it must lie in once links are followed.
    """
    held: list[Numbered] = []
    size = 0
    for each in _lines(path, top):
        if isinstance(each, InputProblem):
            yield SomeLines(path, tuple(held), problem=each)
            return
        held.append(each)
        size += len(each[1] or b"")
        if size >= limits.LINES_AT_ONCE:
            yield SomeLines(path, tuple(held))
            held, size = [], 0
    if held:
        yield SomeLines(path, tuple(held))


def _lines(path: Path, top: Path | None) -> Iterator[Numbered | InputProblem]:
    if top and not stays_inside(path, top):
        yield LED_OUT
        return
    try:
        if problem := _something_else(path):
            yield problem
        else:
            yield from _parquet(path) if path.suffix.lower() == PARQUET else _text(path)
    except OSError as error:
        yield unreadable(error)


def _text(path: Path) -> Iterator[Numbered]:
    """A mark of byte order at the head of a file is passed over, as every reader of text on a cluster does."""
    with open_regular(path, _ANY_SIZE) as stream:
        for number, raw in numbered_lines(stream):
            yield number, raw.removeprefix(_MARK) if number == 1 and raw else raw


def _parquet(path: Path) -> Iterator[Numbered | InputProblem]:
    try:
        from pyarrow import ArrowException, parquet  # late: an extra
    except ImportError:
        raise NoParquet from None
    with open_regular(path, _ANY_SIZE) as stream:
        try:
            file = parquet.ParquetFile(stream)
            names = file.schema_arrow.names
            if LINE not in names:
                yield _no_column(names)
                return
            columns = [name for name in (LINE, NUMBER) if name in names]
            row = 0
            for batch in file.iter_batches(2000, columns=columns):
                for values in zip(*(batch.column(name).to_pylist() for name in columns), strict=True):
                    row += 1
                    yield int(values[1]) if len(values) > 1 else row, as_bytes(values[0])
        except (ArrowException, ValueError, TypeError) as error:
            yield _not_parquet(error)


def as_bytes(line: Any) -> bytes:
    """A line of a column of text or bytes; nothing where there is none."""
    return line.encode("utf-8", "surrogatepass") if isinstance(line, str) else bytes(line or b"")


def _no_column(columns: list[str]) -> InputProblem:
    there = "、".join(columns)
    return _no_rows(
        Text(f"没有 {LINE} 这一列，有的是 {there}", f"there is no column {LINE}, but {', '.join(columns)}"),
    )


def _not_parquet(error: Exception) -> InputProblem:
    why = str(error).partition("\n")[0][: limits.MAX_SAID]
    return _no_rows(Text(f"不能作为 Parquet 读：{why}", f"it cannot be read as Parquet: {why}"))


def _no_rows(message: Text) -> InputProblem:
    fix = Text(
        f"Parquet 文件的 {LINE} 列里一格一份台账；行号写在 {NUMBER} 列（可以没有）。",
        f"Each cell of the column {LINE} holds a ledger; {NUMBER} (optional) its number.",
    )
    return InputProblem("input/no-lines", Place(1, 1, 1), message, fix)
