"""Records of old workbooks (BIFF): a stream of them, and the texts in them."""

import re
from collections.abc import Callable, Iterator
from struct import unpack_from

from banshi.files.tables.xlsx.limits import Broken

Decode = Callable[[bytes], str]
_HALF = re.compile("[\ud800-\udfff]")

# Records of all sorts by their numbers; where versions differ, the older ones' stand behind.
BOF = (0x809, 0x409, 0x209, 0x9)
EOF, CONTINUE, FILEPASS = 0xA, 0x3C, 0x2F
CODEPAGE, DATEMODE = 0x42, 0x22
FONT, FORMAT, FORMAT_OLD, XF = (0x31, 0x231), 0x41E, 0x1E, (0xE0, 0x443, 0x243, 0x43)
BOUNDSHEET, SST, NAME, EXTERNSHEET, SUPBOOK = 0x85, 0xFC, 0x18, 0x17, 0x1AE
ROW, COLINFO, MERGED, NOTE = 0x208, 0x7D, 0xE5, 0x1C
HEADER, FOOTER, OBJECT, TEXT_OF_OBJECT = 0x14, 0x15, 0x5D, 0x1B6
LABEL_SST, LABEL, LABEL_2, RICH = 0xFD, 0x204, 0x4, 0xD6
NUMBER, NUMBER_2, INTEGER_2, RK, MANY_RK = 0x203, 0x3, 0x2, 0x27E, 0xBD
TRUTH, TRUTH_2 = 0x205, 0x5
FORMULA, FORMULA_3, FORMULA_4 = 0x6, 0x206, 0x406
STRING, STRING_2 = 0x207, 0x7
BESIDE_FORMULA = (0x4BC, 0x221, 0x236, 0x36, 0x37, CONTINUE)  # shared formulas and the like, before a result's text
CELLS = frozenset(
    (
        *(LABEL_SST, LABEL, LABEL_2, RICH, NUMBER, NUMBER_2, INTEGER_2, RK, MANY_RK),
        *(TRUTH, TRUTH_2, FORMULA, FORMULA_3, FORMULA_4),
    )
)


def records(stream: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The records from ``at`` to the end of their part: number, where what they hold begins and ends. Raises ``Broken``.

    Charts and the like that stand inside of a part are passed over.
    """
    deep = 0
    while at + 4 <= end:
        code, length = unpack_from("<HH", stream, at)
        start, at = at + 4, at + 4 + length
        if at > end:
            break
        if code in BOF:
            deep += 1
        elif code == EOF:
            deep -= 1
            if deep <= 0:
                return
        elif deep == 1:
            yield code, start, at
    raise Broken("文件不完整，后面的内容没有了")


def chars(stream: bytes, at: int, end: int, count: int, wide: bool) -> tuple[str, int, int]:
    """So many characters, which may go on in the records that follow: the text, and where it ends, and its record. Raises ``Broken``."""
    found = []
    while True:
        held = max(0, min(count, (end - at) >> wide))
        raw = stream[at : at + (held << wide)]
        found.append(raw.decode("utf-16-le" if wide else "latin-1", "surrogatepass" if wide else "strict"))
        at, count = at + (held << wide), count - held
        if not count:
            return whole("".join(found)), at, end
        at, end = continued(stream, end)
        wide, at = bool(stream[at] & 1), at + 1


def whole(text: str) -> str:
    """A text whose halves of characters belong together."""
    if text.isascii() or not _HALF.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def continued(stream: bytes, end: int) -> tuple[int, int]:
    """Where the record that goes on behind this one begins and ends. Raises ``Broken``."""
    if end + 5 > len(stream):
        raise Broken
    code, length = unpack_from("<HH", stream, end)
    if code != CONTINUE or not length or end + 4 + length > len(stream):
        raise Broken
    return end + 4, end + 4 + length


def text(stream: bytes, at: int, end: int, of_count: int) -> str:
    """A text as the newest of these versions writes it, its length in one byte or two."""
    count = int.from_bytes(stream[at : at + of_count], "little")
    at += of_count
    flags = stream[at]
    at += 1 + (2 if flags & 8 else 0) + (4 if flags & 4 else 0)
    return chars(stream, at, end, count, bool(flags & 1))[0]


def bytes_text(stream: bytes, at: int, end: int, of_count: int, decode: Decode) -> str:
    """A text as the older versions write it."""
    count = int.from_bytes(stream[at : at + of_count], "little")
    return decode(stream[at + of_count : min(end, at + of_count + count)])
