"""Whether two laws say the same on a subject in a place: then what rests on nothing else is decided the same."""

from typing import Any

import msgspec

from banshi.checking.loading import Loader
from banshi.law.library import Library
from banshi.law.places import places_above
from banshi.subjects.impact.supposing import Supposed


class SameLaw:
    """Compares the laws of two loaders, subject by subject and place by place."""

    def __init__(self, first: Loader, second: Loader) -> None:
        """Calendars of two projects are taken to differ."""
        self._libraries = first.library, second.library
        self._possible = first.project == second.project
        self._known: dict[tuple[str, str], bool] = {}

    def says(self, place: str | None, subject: str) -> bool:
        """Whether both say the same; not known (no) where no place is stated."""
        if place is None or not self._possible:
            return False
        if (place, subject) not in self._known:
            one, other = (_said(library, place, subject) for library in self._libraries)
            self._known[place, subject] = one == other
        return self._known[place, subject]


def _said(library: Library, place: str, subject: str) -> bytes:
    """Everything that a library may answer on a subject in a place, on whatever day."""
    if isinstance(library, Supposed) and library.day is not None:
        law = library.at(library.day, place).law(subject)
        return msgspec.json.encode([law.versions, sorted(map(repr, law.gone))]) if law else b""
    found: list[Any] = []
    for instrument in (name for above in places_above(place) for name in library.in_place(above)):
        if library.governing(instrument, subject):
            found += [(edition.since, edition.until, edition.text) for edition in library.versions(instrument)]
        if isinstance(library, Supposed) and instrument in library.supposed:
            found.append(library.supposed[instrument])
    return msgspec.json.encode(found)
