"""Where a command's answer goes, and in which form: ``--format`` and ``-o``, the same for every command."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from banshi.terminal import complain, shown
from banshi.text import Text

FORMATS = ("text", "json", "xlsx", "html")
_BINARY = ("xlsx",)


def add_output(parser: argparse.ArgumentParser, formats: Sequence[str] = FORMATS) -> None:
    """The options ``--format`` (the first of ``formats`` if not given) and ``-o``."""
    parser.add_argument("--format", choices=tuple(formats), default=formats[0], help="输出格式")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="写到文件（默认写到标准输出）")


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
    try:
        options.output.write_bytes(raw)
    except OSError as error:
        complain(_cannot(options.output, error).say(options.lang))
        return 2
    return 0


def _to_standard_output(data: str | bytes, raw: bytes) -> None:
    if isinstance(data, str):
        sys.stdout.write(raw.decode())
    else:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()


def _wrong(options: argparse.Namespace) -> Text | None:
    output: Path | None = options.output
    if output is None:
        return _NEEDS_FILE if options.format in _BINARY and sys.stdout.isatty() else None
    if output.is_dir():
        return Text(f"{output} 是文件夹；-o 后写文件名", f"{output} is a folder; give a file after -o")
    if not output.parent.is_dir():
        return Text(f"没有文件夹 {output.parent}；先建好再写", f"there is no folder {output.parent}")
    return None


def _cannot(output: Path, error: OSError) -> Text:
    if isinstance(error, PermissionError):
        return Text(
            f"写不了 {output}：没有写的权限，或文件正开着", f"cannot write {output}: no permission, or it is open"
        )
    return Text(f"写不了 {output}：{error.strerror}", f"cannot write {output}: {error.strerror}")


_NEEDS_FILE = Text(
    "xlsx 不能显示在终端上；用 -o 文件.xlsx 写到文件", "xlsx cannot be shown on a terminal; write it to a file with -o"
)
