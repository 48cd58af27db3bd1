"""Opening what somebody names: regular files only, looked at once they are open, and no larger than they may be."""

import errno
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from banshi.base import limits
from banshi.base.folders import bounds
from banshi.base.limits import MAX_BYTES, MAX_STDIN_BYTES, MAX_TABLE_BYTES
from banshi.base.writing import note_read

STDIN = "-"
_OPENED = "/proc/self/fd/%d"  # where Linux tells what an open file is called
_MOST_LOOKED_AT = 1 << 16
_CHUNK = 1 << 20
_TOGETHER = 1 << 17


class NotRegular(OSError):
    """A folder, a pipe, a device or a socket: reading it might never end, or do something."""

    def __init__(self, path: object) -> None:
        super().__init__(errno.ENXIO, "not a regular file", str(path))


class TooLarge(OSError):
    """A file of more than ``limit`` bytes."""

    def __init__(self, limit: int, path: object = STDIN) -> None:
        super().__init__(errno.EFBIG, f"more than {limit} bytes", str(path))
        self.limit = limit


class EndlessLine(OSError):
    """A line, the ``number``th, whose end is not found within what is passed over: the rest of the file is not read."""

    def __init__(self, number: int) -> None:
        super().__init__(errno.EMSGSIZE, f"line {number} does not end")
        self.number = number


class Moved(OSError):
    """What is opened lies elsewhere than what was looked at: it was replaced by a link in between."""

    def __init__(self, path: object) -> None:
        super().__init__(errno.ESTALE, "replaced while it was looked at", str(path))


class LedOut(OSError):
    """What is opened in a project's own folder of law, schemas or pages is a link that leads out of the project."""

    def __init__(self, path: object) -> None:
        super().__init__(errno.EXDEV, "a link that leads out of the project", str(path))


_kept_places: dict[str, str] = {}  # paths that were looked at, and where they really lay then


def stays_inside(path: Path, folder: Path) -> bool:
    """Whether a path lies in a folder once links are followed; what is opened by it later must lie there still."""
    real = os.path.realpath(path)
    if not Path(real).is_relative_to(os.path.realpath(folder)):
        return False
    while len(_kept_places) >= _MOST_LOOKED_AT:
        del _kept_places[next(iter(_kept_places))]
    _kept_places[os.path.abspath(path)] = real
    return True


def place_of(path: Path) -> str:
    """Where a path really lay when it was looked at; of one that was not, where it lies now."""
    return _kept_places.get(os.path.abspath(path)) or os.path.realpath(path)


def _still_there(path: Path, descriptor: int, found: os.stat_result) -> bool:
    """Whether an open file lies where it lay when its path was looked at, if it was."""
    real = _kept_places.get(os.path.abspath(path))
    if real is None:
        return True
    try:
        return os.readlink(_OPENED % descriptor) == real
    except OSError:  # a system without that: at least nothing stands there now that leads elsewhere
        return os.path.realpath(real) == real and os.path.samestat(os.stat(real), found)


def _real(path: Path, descriptor: int) -> str:
    """Where an open file lies."""
    try:
        return os.readlink(_OPENED % descriptor)
    except OSError:  # a system without that
        return os.path.realpath(path)


def open_regular(path: Path, limit: int = MAX_TABLE_BYTES) -> BinaryIO:
    """A regular file of at most ``limit`` bytes, open for reading.

    Never waits for a pipe's other end. Raises ``OSError``, of it ``NotRegular``, ``TooLarge``, ``Moved`` and ``LedOut``.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except ValueError as error:  # a name with a NUL character, or that the system cannot spell
        raise FileNotFoundError(str(error)) from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise NotRegular(path)
        if not _still_there(path, descriptor, found):
            raise Moved(path)
        if (top := bounds(path)) and not Path(_real(path, descriptor)).is_relative_to(top):
            raise LedOut(path)
        if found.st_size > limit:
            raise TooLarge(limit, path)
        note_read(found)
        _note(path)
        if _kept_watch:
            return io.BufferedReader(_Watched(descriptor, found, _kept_watch[0]), _CHUNK // 8)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


# Told of what is read: a key of the file, its size, and how many bytes more.
Watch = Callable[[int, int, int], None]
_kept_watch: list[Watch] = []  # who watches, if anybody does


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """``watch`` is told of all that is read inside the block, a chunk at a time."""
    before, _kept_watch[:] = list(_kept_watch), [watch]
    try:
        yield
    finally:
        _kept_watch[:] = before


class _Watched(io.FileIO):
    """A file that tells how much of it is read."""

    def __init__(self, descriptor: int, found: os.stat_result, watch: Watch) -> None:
        super().__init__(descriptor, "rb")
        self._key, self._size, self._watch = found.st_ino, found.st_size, watch

    def readinto(self, buffer: Any, /) -> int | None:
        """Fill a buffer."""
        count = super().readinto(buffer)
        self._watch(self._key, self._size, count or 0)
        return count

    def readall(self) -> bytes:
        """All the rest."""
        rest = super().readall()
        self._watch(self._key, self._size, len(rest))
        return rest


_kept_note: list[dict[str, None]] = []  # where the files that are opened are noted, if anybody asks


@contextmanager
def noted() -> Iterator[dict[str, None]]:
    """The files that are opened inside the block, in order, each once."""
    found: dict[str, None] = {}
    before, _kept_note[:] = list(_kept_note), [found]
    try:
        yield found
    finally:
        _kept_note[:] = before


@contextmanager
def unnoted() -> Iterator[None]:
    """Files that are only looked at: nothing that comes out rests on them."""
    before, _kept_note[:] = list(_kept_note), []
    try:
        yield
    finally:
        _kept_note[:] = before


def _note(path: object) -> None:
    for found in _kept_note:
        found[str(path)] = None


def read_bytes(path: Path, limit: int) -> bytes:
    """All of a regular file (``-``: standard input) of at most ``limit`` bytes. Raises ``OSError`` as above."""
    with open_stream(path, limit) as stream:
        raw = stream.read(limit + 1)
    if len(raw) > limit:  # it grew, or it came in by a pipe
        raise TooLarge(limit, path)
    return raw


def read_text(path: Path, limit: int = MAX_BYTES) -> str:
    """The same as UTF-8 text. Raises ``OSError`` as above, and ``UnicodeDecodeError``."""
    return read_bytes(path, limit).decode("utf-8")


def open_stream(path: Path, limit: int = MAX_TABLE_BYTES) -> BinaryIO:
    """Like ``open_regular``, or standard input for ``-``: from its beginning, however often it is asked for."""
    if str(path) == STDIN:
        _note(path)
        return _standard_input()
    return open_regular(path, limit)


_kept: list[tuple[object, bytes]] = []  # the standard input that was read, and what it held


def _standard_input() -> BinaryIO:
    """A copy of what standard input holds."""
    if sys.stdin is None:
        raise OSError("standard input is closed")
    if not _kept or _kept[0][0] is not sys.stdin:
        _kept[:] = [(sys.stdin, _copied(sys.stdin.buffer))]
    return io.BytesIO(_kept[0][1])


def _copied(stream: BinaryIO) -> bytes:
    chunks, size = [], 0
    while chunk := stream.read(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > MAX_STDIN_BYTES:
            raise TooLarge(MAX_STDIN_BYTES)
    return b"".join(chunks)


class ByLine(Protocol):
    """What gives one line after the other."""

    def readline(self, size: int, /) -> bytes:
        """The next line with its end, or the first ``size`` bytes of it."""


class _Continued:
    """What was read of a stream already, and the rest of it, line by line."""

    def __init__(self, begun: bytes, stream: ByLine) -> None:
        self._begun, self._stream = io.BytesIO(begun), stream

    def readline(self, size: int) -> bytes:
        part = self._begun.readline(size)
        if part.endswith(b"\n") or len(part) >= size:
            return part
        return part + self._stream.readline(size - len(part))


def lines_together(stream: BinaryIO) -> Iterator[tuple[int, list[bytes | None]]]:
    """The same as ``numbered_lines``, many at a time, each time with the number of the first.

    That is as far as they are short and end as lines usually do; from there on one by one.
    """
    number = 1
    while block := stream.read(_TOGETHER):
        if not block.endswith(b"\n"):
            block += stream.readline(MAX_BYTES + 2)
        plain = block.replace(b"\r\n", b"\n") if b"\r" in block else block
        if b"\r" in plain or len(block) > MAX_BYTES:
            try:
                yield from ((number + n - 1, [line]) for n, line in numbered_lines(_Continued(block, stream)))
            except EndlessLine as error:
                raise EndlessLine(number + error.number - 1) from None
            return
        lines: list[bytes | None] = [*plain.removesuffix(b"\n").split(b"\n")]
        yield number, lines
        number += len(lines)


def numbered_lines(stream: ByLine) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a stream with their numbers, without their ends; None for one of more than ``MAX_BYTES``.

    A line ends at LF, CRLF or a lone CR, as editors count. Memory does not grow with the stream. Raises ``EndlessLine``.
    """
    number = 0
    while raw := stream.readline(MAX_BYTES + 2):
        if b"\r" not in raw and raw.endswith(b"\n") and len(raw) <= MAX_BYTES:  # most lines of most files
            number += 1
            yield number, raw[:-1]
            continue
        ended = raw.endswith(b"\n")
        line = raw.removesuffix(b"\n").removesuffix(b"\r") if ended else raw
        cut = not ended and len(raw) > MAX_BYTES
        for part in [None] if cut else line.split(b"\r"):
            number += 1
            yield number, part if part is not None and len(part) <= MAX_BYTES else None
        passed = 0
        while cut and (rest := stream.readline(_CHUNK)):
            cut, passed = not rest.endswith(b"\n"), passed + len(rest)
            if passed > limits.MAX_PASSED_OVER:
                raise EndlessLine(number)
