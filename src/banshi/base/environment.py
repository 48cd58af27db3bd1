"""Where the program runs: streams that are closed, a folder that is gone, a language without Chinese letters."""

import errno
import io
import os
import sys
from contextlib import suppress
from typing import BinaryIO


def in_utf8() -> None:
    """Start again in UTF-8 where the language knows no letters but ASCII: names and text would be lost there."""
    if sys.getfilesystemencoding().lower() in ("ascii", "us-ascii", "ansi_x3.4-1968") and sys.executable:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - ourselves


class _Closed(io.TextIOBase):
    """A standard stream that was closed before we began: what is written to it is lost, and that is told."""

    def write(self, _text: str) -> int:
        raise OSError(errno.EBADF, "closed")

    @property
    def buffer(self) -> BinaryIO:
        """Nothing goes out in bytes either."""
        raise OSError(errno.EBADF, "closed")


def open_missing_streams() -> None:
    """Nothing that is opened later may take the number of a closed standard stream."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, so this one
    if sys.stdout is None:
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the end


def let_go_of_output() -> None:
    """What is still waiting to be written goes nowhere, without a word at the end of the program."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def stands_somewhere() -> bool:
    """Whether the current folder is there."""
    try:
        os.getcwd()
    except OSError:
        return False
    return True
