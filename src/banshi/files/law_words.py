"""Whether a file writes the law's words as such, or by a name: most write the words, and nothing needs to be understood."""

from collections.abc import Iterator, Mapping
from typing import Any

from banshi.files.written_values import Choices


def other_words(data: Any, names: Mapping[tuple[str, ...], Choices]) -> bool:
    """Whether some value is none of the words that may stand there. ``names``: by the way to a value, entries aside."""
    return any(all(value != word for _, word in choices) for way, choices in names.items() for value in _at(data, way))


def _at(data: Any, way: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(data, list):
        for entry in data:
            yield from _at(entry, way)
    elif not way:
        if data is not None:
            yield data
    elif isinstance(data, dict) and way[0] in data:
        yield from _at(data[way[0]], way[1:])
