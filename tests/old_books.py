"""Workbooks of the old format (BIFF 2 to 8) written record by record, with or without their container, for tests."""

import struct
from collections.abc import Sequence

SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def wide(text: str, of_count: int = 2) -> bytes:
    """A text as BIFF 8 writes it; in one byte a character where that is possible."""
    plain = all(ord(char) < 256 for char in text)
    raw = text.encode("latin-1" if plain else "utf-16-le")
    count = len(raw) if plain else len(raw) // 2
    return count.to_bytes(of_count, "little") + bytes([0 if plain else 1]) + raw


def narrow(text: str, of_count: int = 2, coding: str = "gbk") -> bytes:
    raw = text.encode(coding)
    return len(raw).to_bytes(of_count, "little") + raw


def cell(number: int, row: int, column: int, data: bytes, style: int = 0) -> bytes:
    return record(number, struct.pack("<HHH", row, column, style) + data)


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return cell(0x203, row, column, struct.pack("<d", value), style)


def label(row: int, column: int, text: str, style: int = 0) -> bytes:
    return cell(0x204, row, column, wide(text), style)


def label_5(row: int, column: int, text: str, style: int = 0) -> bytes:
    return cell(0x204, row, column, narrow(text), style)


def packed(row: int, column: int, value: int, style: int = 0) -> bytes:
    """A number in four bytes, as it stands there."""
    return cell(0x27E, row, column, struct.pack("<I", value & 0xFFFFFFFF), style)


def whole(value: int, hundredths: bool = False) -> int:
    return value << 2 | 2 | hundredths


def formula(row: int, column: int, stored: bytes, flags: int = 0) -> bytes:
    return cell(6, row, column, stored + struct.pack("<HIH", flags, 0, 0))


def result_is(sort: int, value: int = 0) -> bytes:
    return bytes([sort, 0, value, 0, 0, 0, 255, 255])


BOF, BOF_5 = struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6), struct.pack("<HHHH", 0x500, 5, 0x0DBB, 0x07CC)


def shared(texts: Sequence[str | bytes], count: int | None = None) -> bytes:
    """The record of shared texts; bytes stand as they are."""
    body = b"".join(text if isinstance(text, bytes) else wide(text) for text in texts)
    return record(0xFC, struct.pack("<II", len(texts), len(texts) if count is None else count) + body)


def rich(text: str, runs: Sequence[tuple[int, int]], phonetic: bytes = b"") -> bytes:
    """A shared text with fonts from some characters on, perhaps with how it is spoken."""
    head = struct.pack("<HB", len(text), 1 | 8 | (4 if phonetic else 0)) + struct.pack("<H", len(runs))
    head += struct.pack("<I", len(phonetic)) if phonetic else b""
    return head + text.encode("utf-16-le") + b"".join(struct.pack("<HH", *run) for run in runs) + phonetic


def font(struck: bool = False) -> bytes:
    return record(
        0x31, struct.pack("<HHHHHBBBB", 200, 8 if struck else 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + wide("宋体", 1)
    )


def style(font: int = 0, form: int = 0) -> bytes:
    return record(0xE0, struct.pack("<HH", font, form) + bytes(16))


def form(number: int, code: str) -> bytes:
    return record(0x41E, struct.pack("<H", number) + wide(code))


def stream(
    sheets: Sequence[tuple[str, bytes]], first: bytes = b"", states: Sequence[int] = (), version: int = 8
) -> bytes:
    """The stream of a workbook of BIFF 5 or 8: ``first`` stands at its beginning, the cells of each sheet in parts of their own."""
    bof = BOF if version == 8 else BOF_5
    head = record(0x809, bof) + first

    def listed(starts: Sequence[int]) -> bytes:
        names = [wide(name, 1) if version == 8 else narrow(name, 1) for name, _ in sheets]
        states_ = [*states, *[0] * len(sheets)]
        return b"".join(
            record(0x85, struct.pack("<IBB", start, state, 0) + name)
            for start, state, name in zip(starts, states_, names, strict=False)
        )

    size = len(head) + len(listed([0] * len(sheets))) + 4
    starts, parts = [], b""
    for _, cells in sheets:
        starts.append(size + len(parts))
        parts += record(0x809, bof[:2] + b"\x10\x00" + bof[4:]) + cells + record(10)
    return head + listed(starts) + record(10) + parts


def container(data: bytes, name: str = "Workbook", small: bool = False) -> bytes:
    """A stream in its container: in sectors of its own, or (``small``) in small ones."""
    if not small:
        data = data.ljust(4096, b"\0")

    def sectors(raw: bytes, size: int = SECTOR) -> int:
        return -(-len(raw) // size)

    held = data.ljust(sectors(data, 64) * 64, b"\0") if small else data
    count = sectors(held)
    tables = 1
    while tables * 128 < count + 2 + tables:
        tables += 1
    chain = [*range(1, count), END]
    small_at = count + 1
    following = [*chain, END, END, *[TABLE] * tables]
    table = b"".join(struct.pack("<I", each) for each in following).ljust(tables * SECTOR, b"\xff")
    small_count = sectors(data, 64) if small else 0
    small_table = b"".join(struct.pack("<I", each) for each in [*range(1, small_count), *([END] if small else [])])

    def entry(name: str, sort: int, first: int, size: int, child: int = FREE) -> bytes:
        raw = (name + "\0").encode("utf-16-le")
        return (
            raw.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(raw), sort, 1, FREE, FREE, child)
            + bytes(36)
            + struct.pack("<IQ", first, size)
        )

    root = entry("Root Entry", 5, 0 if small else END, len(held) if small else 0, 1)
    directory = root + entry(name, 2, 0, len(data))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, tables, count, 0, 4096, small_at if small else END, int(small), END, 0)
    named = [*range(count + 2, count + 2 + tables)]
    head += b"".join(struct.pack("<I", each) for each in [*named, *[FREE] * (109 - len(named))])
    body = (
        held.ljust(count * SECTOR, b"\0") + directory.ljust(SECTOR, b"\0") + small_table.ljust(SECTOR, b"\xff") + table
    )
    assert len(head) == SECTOR
    return head + body
