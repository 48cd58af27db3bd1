"""JSON as the YAML reader would read it, only faster: the same values, the same faults, the same places.

Text that is not strictly JSON is left to the YAML reader, which says what is wrong with it and where.
"""

import json
import re
from bisect import bisect_right
from typing import Any

import msgspec
from msgspec import Struct, field

from banshi.base.limits import MAX_DEPTH, MAX_DIGITS, MAX_FINDINGS
from banshi.base.patterns import late
from banshi.files.documents import KeyMark, Place, PlaceTree
from banshi.files.findings import Route
from banshi.files.yaml_events import YamlFaults
from banshi.files.yaml_faults import duplicate, too_deep, unseen
from banshi.files.yaml_text import seen, unseen_in


class NotJson(Exception):
    """The text is something else, or not all of it is JSON."""


def json_values(text: str, most: int | None = MAX_FINDINGS) -> tuple[Any, YamlFaults]:
    """The value of a JSON text and faults that left it readable. Raises ``NotJson``, and ``YamlFault`` where too deep."""
    if not _BEGINS.match(text):
        raise NotJson
    data = _quickly(text)
    return (data, YamlFaults(most, blanks="null" in text)) if data is not None else _carefully(text, most)


_FAST = msgspec.json.Decoder(float_hook=str)
_KEY = late(r'"\s*:')
_LONG = 10**MAX_DIGITS


def _quickly(text: str) -> Any:
    """The value of a text in which nothing is amiss; None where something may be.

    Each key stands before a colon: where there are no more of these than keys, none is written twice. Where nothing is
    written between a key and its colon, and no quotation mark stands in a text, those colons follow a quotation mark.
    """
    plain = "\\" not in text and text.rstrip("\r\n").isprintable()
    if not plain and _PERHAPS_UNSEEN.search(text):
        return None
    try:
        data = _FAST.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None
    keys = _keys_in(data)
    close = keys == text.count(":") or (plain and " :" not in text and keys == text.count('":'))
    return data if close or keys == len(_KEY.findall(text)) else None


def _keys_in(data: Any) -> int:
    """How many keys there are, looking at one level after the other; -1 with too many levels, or digits of a number."""
    count, level = 0, [data]
    for _ in range(MAX_DEPTH):
        deeper: list[Any] = []
        for box in level:
            if type(box) is dict:
                count += len(box)
            for value in box.values() if type(box) is dict else box:
                sort = type(value)
                if sort is str:
                    continue
                if sort is dict or sort is list:
                    deeper.append(value)
                elif sort is int and not -_LONG < value < _LONG:
                    return -1
        if not deeper:
            return count
        level = deeper
    return -1


def _carefully(text: str, most: int | None) -> tuple[Any, YamlFaults]:
    again: list[bool] = []

    def first_of_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            again.append(True)
            found = dict(reversed(pairs))
            return {key: found[key] for key, _ in pairs}
        return found

    try:
        data = json.loads(
            text, object_pairs_hook=first_of_each, parse_int=_whole, parse_float=str, parse_constant=_no_json
        )
        deep = _deeper_than(data, MAX_DEPTH)
    except RecursionError:
        deep = True
    except ValueError:
        raise NotJson from None
    if deep:
        raise too_deep(*_place_of_level(text, MAX_DEPTH + 1))
    faults = YamlFaults(most)
    if _PERHAPS_UNSEEN.search(text):
        _find(text, faults)
        data = _all_seen(data) if faults.listed or faults.left else data
    elif again:
        _find(text, faults)
    return data, faults


def _no_json(word: str) -> Any:
    """NaN and the like, which JSON does not have: the YAML reader says so."""
    raise ValueError(word)


_BEGINS = late(r"[ \t\r\n]*[\[{]")


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits.lstrip("-")) <= MAX_DIGITS else digits


# Raw ones as the YAML reader knows them, and every escape that may stand for one.
_PERHAPS_UNSEEN = late(
    r"[\x7f-\x84\x86-\x9f\ufffe\uffff]|\\(?:[bf]|u(?:00(?:[0189]|7[fF])|[dD][89a-fA-F]|[fF]{3}[eEfF]))"
)


def _deeper_than(data: Any, levels: int) -> bool:
    """Whether containers are nested in more than so many levels; looks at one level after the other."""
    level = [data] if isinstance(data, dict | list) else []
    for _ in range(levels):
        values = (value for box in level for value in (box.values() if type(box) is dict else box))
        level = [value for value in values if type(value) is dict or type(value) is list]
    return bool(level)


def _all_seen(data: Any) -> Any:
    if isinstance(data, dict):
        found: dict[str, Any] = {}
        for key, value in data.items():
            found.setdefault(seen(key), _all_seen(value))
        return found
    if isinstance(data, list):
        return [_all_seen(value) for value in data]
    return seen(data) if isinstance(data, str) else data


# places

_TOKEN = late(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]++')


class _Open(Struct):
    """A list or mapping being walked through; ``key`` waits for its value."""

    mark: PlaceTree
    key: str | None = None
    key_place: Place | None = None
    at_key: bool = True

    def next_step(self, *, behind: bool) -> str | int:
        """The key or number of what is being read; ``behind``: of the container that was opened last."""
        if isinstance(self.mark.children, list):
            return len(self.mark.children) - behind
        return self.key or ""


class _Walk(Struct):
    text: str
    faults: YamlFaults
    escapes: bool
    starts: list[int]
    stack: list[_Open] = field(default_factory=list)
    root: PlaceTree | None = None

    def place(self, start: int, end: int) -> Place:
        line = bisect_right(self.starts, start)
        column = start - self.starts[line - 1] + 1
        return Place(line, column, column + end - start)

    def route(self) -> Route:
        """Where the walk is: the keys and numbers that lead to the value that is being read."""
        return tuple(each.next_step(behind=each is not self.stack[-1]) for each in self.stack)

    def put(self, mark: PlaceTree) -> None:
        """A value, in the container that is open."""
        if not self.stack:
            self.root = self.root or mark
            return
        top = self.stack[-1]
        if isinstance(top.mark.children, list):
            top.mark.children.append(mark)
        elif isinstance(top.mark.children, dict) and top.key is not None and top.key_place is not None:
            top.mark.children.setdefault(top.key, KeyMark(top.key_place, mark))

    def text_at(self, start: int, end: int) -> None:
        """A text: a key, or a value."""
        odd = self.escapes and self._say_unseen(start, end)
        place, top = self.place(start, end), self.stack[-1] if self.stack else None
        if top is None or not isinstance(top.mark.children, dict) or not top.at_key:
            if odd:
                self.faults.doubtful[self.route()] = None
            self.put(PlaceTree(*place[:3], None))
            return
        key = seen(json.loads(self.text[start:end])) if self.escapes else self.text[start + 1 : end - 1]
        top.key, top.key_place, top.at_key = key, place, False
        if odd or top.key in top.mark.children:
            self.faults.doubtful[self.route()] = None
        if top.key in top.mark.children and self.faults.room():
            self.faults.listed.append(duplicate(top.key, place.line, place.column))

    def _say_unseen(self, start: int, end: int) -> bool:
        """Whether there is an unseen character in a text; it is said."""
        source, found = self.text[start:end], False
        if not _PERHAPS_UNSEEN.search(source):
            return False
        for offset, character in unseen_in(source):
            found = True
            if self.faults.room():
                place = self.place(start + offset, start + offset + 1)
                self.faults.listed.append(unseen(character, place.line, place.column))
        return found


def _walk(text: str, faults: YamlFaults) -> _Walk:
    starts = [0, *(end.end() for end in re.finditer(r"\r\n|\r|\n", text))]
    return _Walk(text, faults, not keys_as_written(text), starts)


def json_marks(text: str, start: int = 0, end: int | None = None) -> PlaceTree:
    """The places in a text that ``json_values`` has read: all of them, or those of the value from ``start`` to ``end``."""
    return _find(text, YamlFaults(0), start, len(text) if end is None else end)


def keys_as_written(text: str) -> bool:
    """Whether no text in it is anything else than what is written between its quotation marks."""
    return "\\" not in text and _PERHAPS_UNSEEN.search(text) is None


def _find(text: str, faults: YamlFaults, start: int = 0, end: int | None = None) -> PlaceTree:
    walk = _walk(text, faults)
    for token in _TOKEN.finditer(text, start, len(text) if end is None else end):
        first, start, end = token[0][0], token.start(), token.end()
        if first == '"':
            walk.text_at(start, end)
        elif first in "{[":
            line, column, *_ = walk.place(start, end)
            opened = PlaceTree(line, column, column + 1, {} if first == "{" else [])
            walk.put(opened)
            walk.stack.append(_Open(opened))
        elif first in "}]":
            walk.stack.pop()
        elif first == ",":
            walk.stack[-1].at_key = True
        elif first != ":":
            walk.put(PlaceTree(*walk.place(start, end)[:3], None))
    return walk.root or PlaceTree(1, 1, 2, None)


def _place_of_level(text: str, wanted: int) -> tuple[int, int]:
    """Line and column where the first bracket of a level opens."""
    level = 0
    walk = _walk(text, YamlFaults(0))
    for token in _TOKEN.finditer(text):
        level += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if level == wanted:
            return walk.place(token.start(), token.end())[:2]
    return 1, 1
