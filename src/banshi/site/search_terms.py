"""What readers may say for what is written: the words of search_terms.yaml, and the other names in the texts themselves."""

from collections.abc import Iterable, Iterator, Sequence, ValuesView
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from banshi.files.reading import read
from banshi.law.instruments import PolicyVersion
from banshi.site.words import fold, unbroken


class Terms(Struct, frozen=True):
    """Words of like meaning, what readers ask with the words that answer it, the words of a question, and of another time.

    ``spoken``: what is said by mouth with what is written for it. ``names``: what the texts call the things they speak of.
    """

    groups: list[list[str]]
    intents: list[tuple[list[str], list[str]]]
    questions: list[str]
    times: list[str]
    spoken: list[tuple[str, str]]
    names: set[str]


def read_terms(path: Path, versions: Sequence[PolicyVersion]) -> Terms:
    """What search_terms.yaml says, and the other names that the texts give."""
    document = read(path).document
    given: dict[str, Any] = document.data if document else {}
    groups = [*given.get("groups", ()), *_declared(versions)]
    return Terms(
        [list(group) for group in dict.fromkeys(tuple(_folded(group)) for group in groups) if len(group) > 1],
        [
            (_folded(each["says"]), [unbroken(term) for term in _folded(each["means"])])
            for each in given.get("intents", ())
        ],
        sorted(_folded([*given.get("questions", ()), *given.get("times", ())]), key=len, reverse=True),
        _folded(given.get("times", ())),
        sorted(
            ((fold(str(said)), fold(str(written))) for said, written in given.get("spoken", {}).items()),
            key=lambda each: -len(each[0]),
        ),
        {name for version in versions for name in _names(msgspec.to_builtins(version))},
    )


def _folded(terms: Iterable[object]) -> list[str]:
    return list(dict.fromkeys(fold(str(term)) for term in terms))


def _names(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(name := data.get("name"), str):
            yield name
        data = data.values()
    if isinstance(data, list | tuple | ValuesView):
        for each in data:
            yield from _names(each)


def _declared(versions: Sequence[PolicyVersion]) -> list[list[str]]:
    """Other names that instruments give to bodies and forms."""
    named = [(office.name, office.also) for version in versions for office in version.offices.values()]
    named += [(form.title, form.aliases) for version in versions for form in version.forms]
    return [[name, *others] for name, others in named if others]
