"""Whether a file writes the law's words as such, or by a name: most write the words, and nothing needs to be understood."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from banshi.files.written_values import Choices

_Way = tuple[str, ...]


class _Part(NamedTuple):
    """What may be written in one part of a file (None: it is no choice), in the choices right below it, and further below."""

    words: frozenset[str] | None
    choices: dict[str, frozenset[str]]
    parts: "dict[str, _Part]"


class LawWords(dict[_Way, "Choices"]):
    """How the choices in a file are written, by the way to them, entries aside; not to be changed once it was asked."""

    @cached_property
    def tree(self) -> _Part:
        """The words alone, by the steps of their ways."""
        return _tree(self)


def _tree(names: "Mapping[_Way, Choices]") -> _Part:
    steps = dict.fromkeys(way[0] for way in names if way)
    below = {step: {way[1:]: own for way, own in names.items() if way[:1] == (step,)} for step in steps}
    words = frozenset(word for _, word in names[()]) if () in names else None
    parts = {step: _tree(own) for step, own in below.items()}
    choices = {step: part.words for step, part in parts.items() if part.words is not None}
    return _Part(words, choices, {step: part for step, part in parts.items() if part.parts or part.choices})


def other_words(data: Any, names: "Mapping[_Way, Choices]") -> bool:
    """Whether some value is none of the words that may stand there."""
    return _other(data, names.tree if isinstance(names, LawWords) else _tree(names))


def _other(data: Any, part: _Part) -> bool:
    if type(data) is list:
        for entry in data:  # noqa: SIM110 - done of every row of every form: a generator takes twice as long
            if _other(entry, part):
                return True
        return False
    if part.words is not None and _not_one_of(data, part.words):
        return True
    if type(data) is dict:
        for key, words in part.choices.items():
            value = data.get(key)
            if not (type(value) is str and value in words) and _not_one_of(value, words):
                return True
        for key, below in part.parts.items():
            if key in data and _other(data[key], below):
                return True
    return False


def _not_one_of(data: Any, words: frozenset[str]) -> bool:
    if type(data) is list:
        return any(_not_one_of(entry, words) for entry in data)
    return data is not None and not (type(data) is str and data in words)
