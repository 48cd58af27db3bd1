"""How the choices of filings on changes are written, and what is meant, by the law of their place."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from banshi.checking.loading import Loader
from banshi.files.law_words import LawWords
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library, places_above
from banshi.subjects.change.declared_fields import KEYS
from banshi.subjects.change.filing import SUBJECT
from banshi.subjects.change.words import CHANGES, PROJECT, Spelled, Way, declared

if TYPE_CHECKING:
    from banshi.files.tables.entries import Names
    from banshi.files.written_values import Choices


def names(data: Any, loader: Loader) -> "Names":
    """How a file's choices are written by the law of its place (of every place where none is known)."""
    kind = data.get("kind") if isinstance(data, dict) else None
    place: Any = loader.of_place
    if kind in ("ledger", PROJECT):
        project = data if kind == PROJECT else data.get("project")
        place = project.get("jurisdiction") if isinstance(project, dict) else place
    place = place if isinstance(place, str) else None
    if kind == "ledger":
        return names_in(loader.library, *([place] if place else []))
    return _names_of(loader.library, place, PROJECT if kind == PROJECT else CHANGES)


@lru_cache(maxsize=16)
def _names_of(library: Library, place: str | None, part: str) -> LawWords:
    """The same of a part of a ledger that stands alone."""
    found = names_in(library, *([place] if place else []))
    return LawWords({way[1:]: table for way, table in found.items() if way[0] == part})


@lru_cache(maxsize=16)
def names_in(library: Library, *places: str) -> LawWords:
    """The same of some places (and those above them), or of all where none is named, by the ways in a ledger."""
    spelled = declared(versions_of(library, *places))
    found: dict[Way, Choices] = {way: _choices(said) for way, said in spelled.items()}
    # A table of forms may say of each what its project is.
    return LawWords({**found, **{(CHANGES, *way): table for way, table in found.items() if way[0] == PROJECT}})


def field_names(library: Library, *places: str) -> dict[Way, tuple[str, ...]]:
    """What versions call the fields of a project, by the ways in a ledger; the newest name first."""
    found: dict[Way, list[str]] = {}
    for version in versions_of(library, *places):
        for key, field in version.project_fields.items():
            if key in KEYS:
                found.setdefault((PROJECT, *key.split(".")), [])[:0] = [field.name, *field.also]
    return {way: tuple(dict.fromkeys(names)) for way, names in found.items()}


def versions_of(library: Library, *places: str) -> Iterator[PolicyVersion]:
    """The texts on changes of some places and of those above them, or of all places where none is named."""
    above = dict.fromkeys(each for place in places for each in places_above(place))
    for instrument in (
        (each for place in above for each in library.in_place(place)) if places else library.instruments()
    ):
        if library.governing(instrument, SUBJECT):
            yield from (text for text in library.texts(instrument) if SUBJECT in text.subjects)


def _choices(spelled: Spelled) -> "Choices":
    """The names first, then other spellings, last the words themselves."""
    pairs = [(name, word) for word, (name, *_) in spelled.items()]
    pairs += [(other, word) for word, (_, *others) in spelled.items() for other in others]
    return tuple(dict.fromkeys((*pairs, *((word, word) for word in spelled))))
