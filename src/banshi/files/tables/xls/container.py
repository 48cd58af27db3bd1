"""The container of old office files (OLE): a stream by its name. No chain is followed further than the file has sectors."""

from collections.abc import Iterator, Sequence
from struct import error as StructError  # noqa: N812 - a lower-case name of the library
from struct import unpack_from

from banshi.files.tables.contents import OLE
from banshi.files.tables.xlsx.limits import Broken

_NO_SECTOR = 0xFFFFFFFA  # this number and those above it are marks
_HEADER = 512
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_IN_HEADER = 109  # sectors of the table of sectors that the header itself names


def stream_in(raw: bytes, *names: str) -> bytes:
    """The stream that has the first of these names that there is; a file without a container is its own stream. Raises ``Broken``."""
    if not raw.startswith(OLE):
        return raw
    try:
        return _Container(raw).stream(names)
    except (StructError, IndexError):
        raise Broken from None


class _Container:
    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        size, small = unpack_from("<HH", raw, 30)
        if size not in (9, 12) or small > size:
            raise Broken
        self._shift, self._small = size, small
        self._sectors = (len(raw) >> size) + 1
        first, self._cutoff, first_small, _, more, _ = unpack_from("<I4xIIIII", raw, 48)
        self._table = self._numbers(self._tables(more))
        self._entries = list(self._directory(first))
        root = next((entry for entry in self._entries if entry[1] == _ROOT), None)
        self._root = root
        self._small_table = self._numbers(self._chain(first_small, self._table)) if first_small < _NO_SECTOR else ()

    def stream(self, names: Sequence[str]) -> bytes:
        """The bytes of the stream of the first of these names."""
        for name in names:
            for own, sort, first, size in self._entries:
                if sort == _STREAM and own.lower() == name.lower():
                    return self._whole(first, size)
        raise Broken("里面没有工作簿")

    def _whole(self, first: int, size: int) -> bytes:
        if size >= self._cutoff:
            data = self._joined(self._chain(first, self._table))
        elif self._root is None:
            raise Broken
        else:
            held = self._joined(self._chain(self._root[2], self._table))
            cut = [
                held[n << self._small : (n + 1) << self._small]
                for n in self._chain(first, self._small_table, (len(held) >> self._small) + 1)
            ]
            data = b"".join(cut)
        if len(data) < size:
            raise Broken("文件不完整，后面的内容没有了")
        return data[:size]

    def _tables(self, more: int) -> Iterator[int]:
        """The sectors of the table that says which sector follows which."""
        yield from self._named(unpack_from(f"<{_IN_HEADER}I", self._raw, 76))
        left = (self._sectors >> (self._shift - 2)) + 1  # so many of them hold a number for each sector
        while more < _NO_SECTOR:
            numbers = self._numbers((more,))
            left -= sum(1 for number in numbers[:-1] if number < _NO_SECTOR) + 1
            if left < 0:
                raise Broken
            yield from self._named(numbers[:-1])
            more = numbers[-1]

    def _named(self, numbers: Sequence[int]) -> Iterator[int]:
        return (number for number in numbers if number < _NO_SECTOR)

    def _numbers(self, sectors: Iterator[int] | Sequence[int]) -> Sequence[int]:
        data = b"".join(map(self._sector, sectors))
        return unpack_from(f"<{len(data) // 4}I", data)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) << self._shift if number < self._sectors else len(self._raw)
        if start >= len(self._raw):
            raise Broken("文件不完整，后面的内容没有了")
        return self._raw[start : start + (1 << self._shift)]

    def _chain(self, first: int, table: Sequence[int], most: int = 0) -> Iterator[int]:
        """The sectors from this one on."""
        left = most or self._sectors
        while first < _NO_SECTOR:
            if not left or first >= len(table):
                raise Broken
            yield first
            first, left = table[first], left - 1

    def _joined(self, sectors: Iterator[int]) -> bytes:
        """Sectors in a row are cut out together."""
        runs: list[list[int]] = []
        for number in sectors:
            if runs and runs[-1][1] == number:
                runs[-1][1] += 1
            else:
                runs.append([number, number + 1])
        size = self._shift
        return b"".join(self._raw[(first + 1) << size : (last + 1) << size] for first, last in runs)

    def _directory(self, first: int) -> Iterator[tuple[str, int, int, int]]:
        data = self._joined(self._chain(first, self._table))
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            length, sort = unpack_from("<HB", data, at + 64)
            start, size = unpack_from("<II", data, at + 116)
            yield data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), sort, start, size
