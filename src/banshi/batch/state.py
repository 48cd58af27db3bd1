"""What a run has done so far, beside its output: kept until the output is whole, so that the rest can be done later.

A share after another, each with its length, a checksum and the digest of all lines up to its end. What was being written
when a run ended is left out; what was judged is only taken over where the lines, the law and the question are the same.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Generic, TypeVar

import msgspec

from banshi.base.text import Text
from banshi.files.units import SomeLines

NAME = "state.banshi"
R = TypeVar("R", bound=msgspec.Struct)
_HEAD = struct.Struct("<II")  # length and CRC-32 of what follows


class NotResumed(Exception):
    """What is there does not belong to this run; ``why`` says so in a line."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


class State(Generic[R]):
    """The shares that were judged, in order, in a file."""

    def __init__(self, path: Path, key: str, kind: type[R]) -> None:
        """``key``: of the question, the law, and where the lines come from. ``kind``: what is kept of a share."""
        self.path, self._key, self._kind = path, key, kind
        self._stream: IO[bytes] | None = None

    def begin(self) -> None:
        """Nothing is judged yet. Raises ``OSError``."""
        self._stream = open(self.path, "w+b")  # noqa: SIM115 - open as long as the run lasts
        self._put(self._key.encode())
        self._stream.flush()

    def resume(self) -> None:
        """What was judged before stays. Raises ``OSError``, ``NotResumed``."""
        self._stream = open(self.path, "r+b")  # noqa: SIM115 - as above
        if (
            self._stream.read(len(self._key) + _HEAD.size) in self._cut_off()
        ):  # killed before even this was written: nothing is judged yet
            self.close()
            self.begin()
        records = self._records(0)
        key = next(records, (b"", 0))[0]
        if key.decode("ascii", "replace") != self._key:
            raise NotResumed(_OTHER)
        end = self._stream.tell()
        for _, ends in records:
            end = ends
        self._stream.truncate(end)

    def _cut_off(self) -> list[bytes]:
        begun = _record(self._key.encode())
        return [begun[:length] for length in range(len(begun))]

    def add(self, share: R) -> None:
        """One more."""
        assert self._stream
        self._stream.seek(0, 2)
        self._put(msgspec.msgpack.encode(share))
        self._stream.flush()

    def shares(self) -> Iterator[R]:
        """Those that were judged. Raises ``NotResumed`` where one of them is no share."""
        records = self._records(0)
        next(records, None)
        for data, _ in records:
            try:
                yield msgspec.msgpack.decode(data, type=self._kind)
            except msgspec.MsgspecError:
                raise NotResumed(_BROKEN) from None

    def done(self) -> None:
        """The output is whole."""
        self.close()
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file; it stays."""
        if self._stream:
            self._stream.close()

    def _put(self, data: bytes) -> None:
        assert self._stream
        self._stream.write(_record(data))

    def _records(self, at: int) -> Iterator[tuple[bytes, int]]:
        """What is whole, each with where it ends."""
        assert self._stream
        while True:
            self._stream.seek(at)
            head = self._stream.read(_HEAD.size)
            if len(head) < _HEAD.size:
                return
            length, check = _HEAD.unpack(head)
            data = self._stream.read(length)
            if len(data) < length or zlib.crc32(data) != check:
                return
            at += _HEAD.size + length
            yield data, at


def _record(data: bytes) -> bytes:
    return _HEAD.pack(len(data), zlib.crc32(data)) + data


class Digest:
    """Of all lines so far."""

    def __init__(self) -> None:
        self._whole = hashlib.sha256()

    def after(self, unit: SomeLines) -> str:
        """With some more lines, and why there are no more."""
        for number, raw in unit.lines:
            self._whole.update(b"%d %d\n" % (number, -1 if raw is None else len(raw)))
            self._whole.update(raw or b"")
        self._whole.update(unit.problem.rule.encode() if unit.problem else b"")
        return self._whole.copy().hexdigest()


_OTHER = Text(
    "上次没有做完的是另一件事：输入、规定、版本或选项不同；用原来的再接着做，或加 --force 从头做",
    "what was left unfinished is something else: other input, law, version or options; go on with those, or --force to begin afresh",
)
_BROKEN = Text(
    "上次留下的状态坏了，不能接着做；加 --force 从头做", "the state that was left is damaged; --force begins afresh"
)
CHANGED = Text(
    "上次看过的那些行改过了，不能接着做；加 --force 从头做",
    "lines that were judged before have changed since; --force begins afresh",
)
UNFINISHED = Text(
    "上次没有做完；加 --resume 接着做，或加 --force 从头做",
    "a run was left unfinished: --resume goes on with it, --force begins afresh",
)
