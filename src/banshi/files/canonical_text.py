"""A file's own text with values written canonically: only what was understood changes, layout and comments stay."""

import json
from collections.abc import Sequence
from typing import Any

from banshi.files.blanks import drop_blanks
from banshi.files.documents import Document, Place, lines_with_ends
from banshi.files.reading import read_text
from banshi.files.understanding import Understood

_QUOTES = ("'", '"')


class NotRewritten(Exception):
    """The text would not say what was understood; nothing of it is changed."""


def canonical_text(document: Document, found: Sequence[Understood]) -> str:
    """The document's text with the canonical value in each place. Raises ``NotRewritten``.

    ``document.data`` holds what was understood already; the text is read again and compared with it.
    """
    lines = lines_with_ends(document.text)
    placed = sorted(((document.place(each.where), each) for each in found), reverse=True, key=lambda pair: pair[0])
    for place, each in placed:
        number = place.line - document.first_line
        if not 0 <= number < len(lines):
            raise NotRewritten
        lines[number] = _line(lines[number], place, each.value)
    text = "".join(lines)
    again = read_text(text, document.path, document.first_line).document
    if again is None or _plain(drop_blanks(again.data)) != _plain(document.data):
        raise NotRewritten
    return text


def _line(line: str, place: Place, value: Any) -> str:
    before, written, after = _cut(line, place)
    return f"{before}{_token(written, value)}{after}"


def _cut(line: str, place: Place) -> tuple[str, str, str]:
    at, end = place.column - 1, place.end_column - 1
    if not 0 <= at < end <= len(line.rstrip("\r\n")):
        raise NotRewritten
    return line[:at], line[at:end], line[end:]


def _token(written: str, value: Any) -> str:
    """The value in the quotes that stood there; a plain one, and what is no text, without."""
    if isinstance(value, list):
        return f"[{', '.join(_token(written, each) for each in value)}]"
    if isinstance(value, bool) or not isinstance(value, str):
        return json.dumps(value)
    quote = written[0] if written[0] in _QUOTES else ""
    return f"{quote}{value}{quote}"


def _plain(data: Any) -> Any:
    """Data in which a number is the text of it: whether an amount is quoted makes no difference."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    return data if data is None or isinstance(data, bool) else str(data)
