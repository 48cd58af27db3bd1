"""Where a command's answer goes, and in which form: ``--format`` and ``-o``, the same for every command."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING

from banshi.base.text import Text
from banshi.base.writing import MadeFiles, NotWritten, refusal, whole_stream, write_whole
from banshi.output.terminal import complain, refuse, shown

if TYPE_CHECKING:
    from banshi.output.records import DataColumn, Row

FORMATS = ("text", "json", "xlsx", "html")
_IN_MEMORY = 16 << 20  # bytes of an answer for standard output that are held; the rest waits on the disk
_BINARY = ("xlsx", "docx", "parquet")


def add_output(parser: argparse.ArgumentParser, formats: Sequence[str] = FORMATS) -> None:
    """The options ``--format`` (the first of ``formats`` if not given) and ``-o``."""
    parser.add_argument("--format", choices=tuple(formats), default=formats[0], help="输出格式")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="写到文件（默认写到标准输出）")
    parser.add_argument("--force", action="store_true", help="已有的文件不是 banshi 写的，或者写后有人改过，也覆盖")


def ready(options: argparse.Namespace) -> int:
    """0 where an answer can be written as the options say; else says why not and gives 2.

    To be asked before long work; ``write`` asks again.
    """
    wrong = _wrong(options)
    if wrong:
        complain(wrong.say(options.lang))
    return 2 if wrong else 0


def write(options: argparse.Namespace, data: str | bytes) -> int:
    """Write the answer; 0, or 2 (with a message) where it cannot be written. Text ends with one line break."""
    if status := ready(options):
        return status
    if isinstance(data, str):
        data = shown(options.format)(data)
    raw = data if isinstance(data, bytes) else (data.rstrip("\n") + "\n").encode()
    if options.output is None:
        _to_standard_output(data, raw)
        return 0
    return write_file(options, options.output, raw)


def write_data(options: argparse.Namespace, columns: "tuple[DataColumn, ...]", rows: "Iterable[Row]") -> int:
    """Write rows as ``--format`` says, as they come; 0, or 2 (with a message) where that is not possible."""
    from banshi.output.records import write_rows  # late: most answers are no data

    return write_into(options, lambda stream: write_rows(options.format, columns, rows, stream))


def write_parts(options: argparse.Namespace, parts: Iterable[str]) -> int:
    """Write an answer for programs that may be longer than memory, part by part; as ``write``."""
    if status := ready(options):
        return status
    show = shown(options.format)
    if options.output is None:
        for part in chain(parts, "\n"):
            sys.stdout.write(show(part))
        return 0

    def parts_into(stream: IO[bytes]) -> None:
        stream.writelines(show(part).encode() for part in chain(parts, "\n"))

    return write_into(options, parts_into)


def write_into(options: argparse.Namespace, put: Callable[[IO[bytes]], None]) -> int:
    """Put something that may be longer than memory where the options say, whole or not at all; as ``write``."""
    if status := ready(options):
        return status
    if options.output is None:
        import shutil  # late, both: most answers are text, or go to a file
        from tempfile import SpooledTemporaryFile

        with SpooledTemporaryFile(_IN_MEMORY) as whole:
            put(whole)
            whole.seek(0)
            shutil.copyfileobj(whole, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return 0
    try:
        with whole_stream(options.output, force=options.force, inputs=inputs(options)) as stream:
            put(stream)
        return 0
    except NotWritten as error:
        return refuse(error.why, options.lang)


def write_file(options: argparse.Namespace, path: Path, data: bytes) -> int:
    """Write one file as the options say; 0, or 2 (with a message) where it cannot be written."""
    try:
        write_whole(path, data, force=options.force, inputs=inputs(options))
        return 0
    except NotWritten as error:
        return refuse(error.why, options.lang)


def write_new(options: argparse.Namespace, files: dict[Path, bytes]) -> int:
    """Write new files, making folders for them; where one is there already nothing at all is written, and 2 is given."""
    there = [path for path in files if os.path.lexists(path)]
    if there:
        shown = "、".join(map(str, there[:3])) + (f" 等 {len(there)} 个" if len(there) > 3 else "")
        complain(
            Text(f"已有 {shown}，什么也没有写", f"{there[0]} exists already; nothing was written").say(options.lang)
        )
        return 2
    return write_all(options, files)


def write_all(options: argparse.Namespace, files: dict[Path, bytes], *, force: bool = False) -> int:
    """Write files, making folders for them; 0, or 2 (with a message) where one cannot be written, and then none is new."""
    try:
        with MadeFiles() as made:
            for path, data in files.items():
                made.folder(path.parent)
                made.file(path, data, force=force)
    except NotWritten as error:
        return refuse(error.why, options.lang)
    return 0


def inputs(options: argparse.Namespace) -> list[Path]:
    """The files that the options name to be read."""
    path = getattr(options, "path", None)
    return [path] if path else [Path(each) for each in getattr(options, "paths", ())]


def _to_standard_output(data: str | bytes, raw: bytes) -> None:
    if isinstance(data, str):
        sys.stdout.write(raw.decode())
    else:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()


def _wrong(options: argparse.Namespace) -> Text | None:
    output: Path | None = options.output
    if options.format == "parquet":
        from banshi.output.records import NoParquet, look_for_parquet

        try:
            look_for_parquet(options.format)
        except NoParquet as missing:
            return missing.why
    if output is None:
        return _needs_file(options.format) if options.format in _BINARY and sys.stdout.isatty() else None
    return refusal(output, force=options.force, inputs=inputs(options))


def _needs_file(form: str) -> Text:
    return Text(
        f"{form} 不能显示在终端上；用 -o 文件.{form} 写到文件",
        f"{form} cannot be shown on a terminal; write it to a file with -o",
    )
