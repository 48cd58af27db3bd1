"""The moves of a whole run: the first of them in memory, and all beyond a block on the disk."""

import pickle
import zlib
from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING, overload

if TYPE_CHECKING:
    from banshi.subjects.impact.comparing import Move

_BLOCK = 500  # moves that lie together: a few hundred kB, a twentieth of that on the disk


class KeptMoves(Sequence["Move"]):
    """Takes moves, and gives them back in their order; whoever goes through them holds one block at a time."""

    def __init__(self) -> None:
        self._last: list[Move] = []
        self._file: IO[bytes] | None = None
        self._ends = [0]
        self._read: tuple[int, list[Move]] = (-1, [])

    def append(self, move: "Move") -> None:
        """Take one. Raises ``OSError`` where there is no room on the disk."""
        self._last.append(move)
        if len(self._last) == _BLOCK:
            self._write()

    def extend(self, moves: Iterable["Move"]) -> None:
        """Take several. Raises ``OSError`` where there is no room on the disk."""
        for move in moves:
            self.append(move)

    def __len__(self) -> int:
        return (len(self._ends) - 1) * _BLOCK + len(self._last)

    @overload
    def __getitem__(self, at: int) -> "Move": ...
    @overload
    def __getitem__(self, at: slice) -> "list[Move]": ...
    def __getitem__(self, at: "int | slice") -> "Move | list[Move]":
        chosen = range(len(self))[at]
        return self._at(chosen) if isinstance(chosen, int) else [self._at(number) for number in chosen]

    def _at(self, number: int) -> "Move":
        block, within = divmod(number, _BLOCK)
        if block == len(self._ends) - 1:
            return self._last[within]
        if self._read[0] != block:
            self._read = block, self._block(block)
        return self._read[1][within]

    def _write(self) -> None:
        import tempfile  # late: most runs write nothing here

        self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the moves are asked for
        self._file.seek(self._ends[-1])
        self._file.write(zlib.compress(pickle.dumps(self._last), 1))
        self._ends.append(self._file.tell())
        self._last = []

    def _block(self, number: int) -> "list[Move]":
        assert self._file
        start, end = self._ends[number : number + 2]
        self._file.seek(start)
        found: list[Move] = pickle.loads(zlib.decompress(self._file.read(end - start)))  # noqa: S301 - written above
        return found
