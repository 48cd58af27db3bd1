"""Many rows of a text table at a time, where each line is a row: blocks of lines in which no quotation mark stands."""

import csv
import io
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TextIO

from msgspec import Struct

from banshi.base.limits import LONGEST_LINE
from banshi.files.tables.grids import GridRow
from banshi.files.tables.records import PLAIN, records

_AT_ONCE = 1 << 17  # characters


class PlainLines(Struct, frozen=True):
    """Rows, each a line: the number of the first, the lines without their ends, and what ends them and the last one."""

    first: int
    lines: Sequence[str]
    delimiter: str
    end: str
    last_end: str

    def cells(self) -> list[list[str]]:
        """The cells of each row."""
        return [line.split(self.delimiter) for line in self.lines]

    def row(self, n: int, cells: list[str] | None = None) -> GridRow:
        """The n-th row, as ``records`` gives it."""
        line, end = self.lines[n], self.last_end if n == len(self.lines) - 1 else self.end
        cells = (line.split(self.delimiter) if line else []) if cells is None or not line else cells
        return GridRow(self.first + n, cells, PLAIN, (line + end,))

    def behind(self, number: int) -> "PlainLines":
        """The rows that follow the one of a number."""
        skipped = max(0, number + 1 - self.first)
        return PlainLines(self.first + skipped, self.lines[skipped:], self.delimiter, self.end, self.last_end)


def blocks(opened: Callable[[], TextIO], delimiter: str) -> Iterator[PlainLines | GridRow]:
    """The records of a text as ``records`` gives them, those of plain lines together. ``opened``: the text from its beginning.

    Raises what ``records`` raises, at the same record.
    """
    first, stream = 1, opened()
    try:
        while text := _lines_of(stream):
            block = _block(first, text, delimiter)
            if block is not None:
                yield block
                first += len(block.lines)
                continue
            pieces = io.StringIO(text, newline="")
            waiting = deque(iter(partial(pieces.readline, LONGEST_LINE + 1), ""))
            for row in records(_one_by_one(waiting, stream), delimiter, first):
                yield row
                first = row.number + len(row.lines)
                if not waiting:
                    break
    except UnicodeDecodeError:  # somewhere in what was read together: up to it, one by one
        again = opened()
        lines = iter(partial(again.readline, LONGEST_LINE + 1), "")
        yield from records(islice(lines, first - 1, None), delimiter, first)


def _lines_of(stream: TextIO) -> str:
    """Whole lines; the last one is cut where it is longer than a line may be."""
    text = stream.read(_AT_ONCE)
    return text if not text or text.endswith("\n") else text + stream.readline(LONGEST_LINE + 1)


def _one_by_one(waiting: deque[str], stream: TextIO) -> Iterator[str]:
    while line := waiting.popleft() if waiting else stream.readline(LONGEST_LINE + 1):
        yield line


def _block(first: int, text: str, delimiter: str) -> PlainLines | None:
    """The lines of a text; None where they may be no rows as they stand."""
    if '"' in text:
        return None
    end, last_end = "\n", "\n" if text.endswith("\n") else ""
    if "\r" in text:
        pairs = text.count("\r\n")
        if pairs != text.count("\r") or pairs != text.count("\n"):
            return None
        text, end, last_end = text.replace("\r\n", "\n"), "\r\n", "\r\n" if last_end else ""
    lines = text.removesuffix("\n").split("\n")
    if len(text) > csv.field_size_limit() and max(map(len, lines)) > csv.field_size_limit() - len(end):
        return None
    return PlainLines(first, lines, delimiter, end, last_end)
