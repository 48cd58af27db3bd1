"""Which of many keys come more than once, and how many there are, with eight bytes for each, on the disk where they are many."""

import hashlib
from collections.abc import Hashable, Iterable, Iterator
from typing import IO

_BRIEF = 8  # bytes: of ten million keys, two that differ are the same in brief once in 300,000 times
_PARTS = 256
_IN_MEMORY = 1 << 21  # bytes


def in_brief(key: Hashable) -> bytes:
    """A key in eight bytes; the same in every process."""
    return hashlib.blake2b(repr(key).encode(), digest_size=_BRIEF).digest()


class Repeats:
    """Takes keys in brief, and says which there are and which came more than once."""

    def __init__(self) -> None:
        self._count = 0
        self._parts = [bytearray() for _ in range(_PARTS)]
        self._file: IO[bytes] | None = None
        self._written: list[list[tuple[int, int]]] = [[] for _ in range(_PARTS)]  # from, length

    def __len__(self) -> int:
        """How many were taken."""
        return self._count

    def add(self, brief: bytes) -> None:
        """Take one. Raises ``OSError`` where there is no room on the disk."""
        self._parts[brief[0]] += brief
        self._count += 1
        if self._count % (_IN_MEMORY // _BRIEF) == 0:
            self._write()

    def _write(self) -> None:
        import tempfile  # late: most runs write nothing here

        self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115 - open as long as they are taken
        self._file.seek(0, 2)
        for part, written in zip(self._parts, self._written, strict=True):
            written.append((self._file.tell(), len(part)))
            self._file.write(part)
            part.clear()

    def update(self, briefs: Iterable[bytes]) -> None:
        """Take several. Raises ``OSError`` where there is no room on the disk."""
        for brief in briefs:
            self.add(brief)

    def __iter__(self) -> Iterator[bytes]:
        """Each that was taken, once."""
        for seen, _ in self._told():
            yield from seen

    def found(self) -> set[bytes]:
        """Those that came more than once."""
        return set().union(*(repeated for _, repeated in self._told()))

    def _told(self) -> Iterator[tuple[set[bytes], set[bytes]]]:
        """Part by part: all of it, and what came more than once."""
        for part, written in zip(self._parts, self._written, strict=True):
            seen, repeated = set[bytes](), set[bytes]()
            for held in (*(self._read(*each) for each in written), bytes(part)):
                for at in range(0, len(held), _BRIEF):
                    brief = held[at : at + _BRIEF]
                    (repeated if brief in seen else seen).add(brief)
            yield seen, repeated

    def _read(self, at: int, length: int) -> bytes:
        assert self._file
        self._file.seek(at)
        return self._file.read(length)
