"""A document's archive, written in one go; parts that many documents share are packed once."""

import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache

_DAY = (2000 - 1980) << 9 | 1 << 5 | 1  # the first of January 2000: the time of writing would change the bytes
_VERSION, _DEFLATED, _UNIX = 20, 8, 3
_RIGHTS = 0o600 << 16


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The ZIP archive of some files, their names in ASCII, in their order; the same files give the same bytes."""
    body, listed, at, count = list[bytes](), list[bytes](), 0, 0
    for name, data in files:
        check, packed = _packed(data)
        said = struct.pack("<HHHHIIIHH", 0, _DEFLATED, 0, _DAY, check, len(packed), len(data), len(name), 0)
        called = name.encode("ascii")
        held = b"PK\3\4" + struct.pack("<H", _VERSION) + said + called + packed
        made = struct.pack("<BBH", _VERSION, _UNIX, _VERSION)
        listed.append(b"PK\1\2" + made + said + struct.pack("<HHHII", 0, 0, 0, _RIGHTS, at) + called)
        body.append(held)
        at, count = at + len(held), count + 1
    names = b"".join(listed)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(names), at, 0)
    return b"".join((*body, names, b"PK\5\6", end))


@lru_cache(maxsize=64)
def _packed(data: bytes) -> tuple[int, bytes]:
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -15)
    return zlib.crc32(data), packer.compress(data) + packer.flush()
