"""The rows of a text table: fields as ``csv`` reads them, and where each of them stands."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from banshi.base.limits import LONGEST_LINE
from banshi.base.text import Text
from banshi.files.tables.grids import GridRow


class FieldSpot(NamedTuple):
    """Where a field stands: lines counted from that of the record (0), columns from 1; ``end`` is behind its last sign."""

    line: int
    column: int
    end: int


class NotClosed(ValueError):
    """A quotation mark that is never closed: the line where its record begins, where it stands in that record, its line."""

    def __init__(self, line: int, spot: FieldSpot, source: str) -> None:
        super().__init__(line, spot)
        self.line, self.spot, self.source = line, spot, source


class Garbled(ValueError):
    """A record that no rule of CSV can read (something stands behind a closing quotation mark); the line it begins in."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class LineTooLong(Garbled):
    """A line of more than ``LONGEST_LINE`` characters."""


def records(lines: Iterable[str], delimiter: str, first: int = 1) -> Iterator[GridRow]:
    """The records of a text, in order, each as the row that begins in its first line; ``first``: the number of the first line.

    Raises ``NotClosed`` or ``Garbled``, and reads no further then.
    """
    rest = iter(lines)
    for line in rest:
        if len(line) > LONGEST_LINE:
            raise LineTooLong(first)
        if '"' in line or len(line) > _LONGEST_FIELD:
            record = _quoted(first, line, rest, delimiter)
            yield record
            first += len(record.lines)
        else:  # as ``csv`` splits it, only faster: most lines of most files
            bare = line.rstrip("\r\n")
            yield GridRow(first, bare.split(delimiter) if bare else [], PLAIN, (line,))
            first += 1


PLAIN: dict[int, Text] = {}  # the cells of such a row that hold nothing readable
_LONGEST_FIELD = csv.field_size_limit()


def _quoted(first: int, line: str, rest: Iterator[str], delimiter: str) -> GridRow:
    """The record that begins with a line in which there are quotation marks; it may go on in the lines behind."""
    taken: list[str] = []

    def noted() -> Iterator[str]:
        for each in chain((line,), rest):
            if len(each) > LONGEST_LINE:
                raise LineTooLong(first + len(taken))
            taken.append(each)
            yield each

    try:
        fields = next(csv.reader(noted(), delimiter=delimiter, strict=True))
    except csv.Error:
        if spot := open_at(taken, delimiter):
            raise NotClosed(first, spot, taken[spot.line].rstrip("\r\n")) from None
        raise Garbled(first) from None
    return GridRow(first, fields, PLAIN, taken)


def spots(lines: Sequence[str], delimiter: str) -> list[FieldSpot]:
    """Where each field of the record stands that begins in the first line; quotation marks belong to it."""
    return list(_spots(lines, delimiter))


def open_at(lines: Sequence[str], delimiter: str) -> FieldSpot | None:
    """The field whose quotation mark is not closed in these lines."""
    found = spots(lines, delimiter)
    return found[-1] if found and found[-1].end == 0 else None


def _spots(lines: Sequence[str], delimiter: str) -> Iterator[FieldSpot]:
    line, at = 0, 0
    while True:
        start = line, at
        if lines[line : line + 1] and lines[line].startswith('"', at):
            line, at = _behind_quotes(lines, line, at + 1)
            if line == len(lines):
                yield FieldSpot(start[0], start[1] + 1, 0)
                return
        text = lines[line].rstrip("\r\n") if line < len(lines) else ""
        end = text.find(delimiter, at)
        stop = end if end >= 0 else len(text)
        same = stop if start[0] == line else len(lines[start[0]].rstrip("\r\n"))
        yield FieldSpot(start[0], start[1] + 1, max(same + 1, start[1] + 2))
        if end < 0:
            return
        at = end + 1


def _behind_quotes(lines: Sequence[str], line: int, at: int) -> tuple[int, int]:
    """The place behind the closing quotation mark; behind the last line where there is none."""
    while line < len(lines):
        found = lines[line].find('"', at)
        if found < 0:
            line, at = line + 1, 0
        elif lines[line].startswith('"', found + 1):
            at = found + 2
        else:
            return line, found + 1
    return line, 0
