"""Blanks in plain data: what is written and says nothing, and line ends inside of a value."""

import re
from typing import Any


def in_one_line(data: Any) -> Any:
    """The same data, each text of it in one line: for answers in lines, to which no text may add one of its own."""
    if isinstance(data, dict):
        return {k: in_one_line(v) for k, v in data.items()}
    if isinstance(data, list):
        return [in_one_line(v) for v in data]
    return _LINE_ENDS.sub(" ", data.strip("\r\n")) if isinstance(data, str) else data


_LINE_ENDS = re.compile(r"[\r\n]+")


def drop_blanks(data: Any) -> Any:
    """The same data (themselves, where nothing is blank) without keys left blank, except where a blank has a meaning of its own."""
    return _without_blanks(data) if _blank_in(data) else data


def _blank_in(data: Any) -> bool:
    level = [data] if type(data) is dict or type(data) is list else []
    while level:
        deeper: list[Any] = []
        for box in level:
            values = box.values() if type(box) is dict else box
            if None in values:
                return True
            deeper += [value for value in values if type(value) is dict or type(value) is list]
        level = deeper
    return False


def _without_blanks(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: _value_without(k, v) for k, v in data.items() if v is not None or k in _MEANINGFUL_BLANKS}
    if isinstance(data, list):
        return [_without_blanks(v) for v in data]
    return data


def _value_without(key: str, value: Any) -> Any:
    """In ``norms`` as a reading has them (by id, where provisions have a list) null takes a field away."""
    return value if key == "norms" and isinstance(value, dict) else _without_blanks(value)


# null says “there is none” in these, instead of “not filled in”.
_MEANINGFUL_BLANKS = frozenset(("competent_authority", "number", "issued", "known"))
