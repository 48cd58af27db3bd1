"""Where the values of a JSON text stand: found when somebody asks, and of that part alone, a level of it at a time.

In most texts of a large file nothing is asked for, in the others a few places; ``json_text.json_marks`` finds them all.
"""

from bisect import bisect_right
from re import finditer
from typing import Any

import msgspec

from banshi.files.documents import KeyMark, Mark, Place, PlaceTree, shifted
from banshi.files.json_text import json_marks, keys_as_written

_MAPPING = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_BLANK = " \t\r\n"


def marks_in(text: str, first_line: int) -> Mark:
    """The places in a text that ``json_values`` has read; its first line is of that number in its file."""
    if not keys_as_written(text):
        return shifted(json_marks(text), first_line - 1)
    lines = _Lines(text, first_line)
    start = next(n for n, sign in enumerate(text) if sign not in _BLANK)
    return _Container(lines, start, len(text.rstrip(_BLANK)))


class _Otherwise(ValueError):
    """What was decoded is not all that is written, or not as it is written: a key stands there twice."""


class _Lines:
    """A text, and where its lines begin."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text, self.first = text, first_line
        self._starts = [0, *(end.end() for end in finditer(r"\r\n|\r|\n", text))]

    def place(self, start: int, end: int) -> Place:
        line = bisect_right(self._starts, start)
        column = start - self._starts[line - 1] + 1
        return Place(self.first + line - 1, column, column + end - start)

    def mark(self, start: int, end: int) -> Mark:
        """The mark of the value from ``start`` to ``end``."""
        if self.text[start] in "{[":
            return _Container(self, start, end)
        return PlaceTree(*self.place(start, end)[:3], None)


class _Container:
    """The mark of a list or mapping, which finds those of its values when they are asked for."""

    __slots__ = ("_children", "_end", "_lines", "_start", "column", "end_column", "line")

    def __init__(self, lines: _Lines, start: int, end: int) -> None:
        self._lines, self._start, self._end = lines, start, end
        self.line, self.column, self.end_column = lines.place(start, start + 1)[:3]
        self._children: dict[str, KeyMark] | list[Mark] | None = None

    @property
    def children(self) -> dict[str, KeyMark] | list[Mark]:
        if self._children is None:
            try:
                self._children = self._found()
            except (_Otherwise, msgspec.DecodeError, RecursionError, UnicodeError):
                every = shifted(json_marks(self._lines.text, self._start, self._end), self._lines.first - 1)
                self._children = every.children  # type: ignore[assignment]
        assert self._children is not None
        return self._children

    def _found(self) -> dict[str, KeyMark] | list[Mark]:
        text, lines, at = self._lines.text, self._lines, self._start + 1
        own = text[self._start : self._end]
        if own[0] == "[":
            found: list[Mark] = []
            for raw in _LIST.decode(own):
                at, end = self._value(at, raw, ",")
                found.append(lines.mark(at, end))
                at = end
            self._closes(at, "]")
            return found
        keyed: dict[str, KeyMark] = {}
        for key, raw in _MAPPING.decode(own).items():
            begin = self._behind(at, ",")
            close = begin + len(key) + 1
            if text[begin : close + 1] != f'"{key}"':
                raise _Otherwise
            at, end = self._value(close + 1, raw, ":")
            keyed[key] = KeyMark(lines.place(begin, close + 1), lines.mark(at, end))
            at = end
        self._closes(at, "}")
        return keyed

    def _value(self, at: int, raw: Any, mark: str) -> tuple[int, int]:
        """Where the next value stands, which was decoded as ``raw``."""
        begin, written = self._behind(at, mark), str(bytes(raw), "utf-8")
        if not self._lines.text.startswith(written, begin):
            raise _Otherwise
        return begin, begin + len(written)

    def _behind(self, at: int, mark: str) -> int:
        """Where what comes next begins, behind blanks and such a mark."""
        text = self._lines.text
        while at < self._end and (text[at] in _BLANK or text[at] == mark):
            at += 1
        return at

    def _closes(self, at: int, mark: str) -> None:
        if self._behind(at, "") != self._end - 1 or self._lines.text[self._end - 1] != mark:
            raise _Otherwise
