"""Whether two laws say the same on a subject in a place: then what rests on nothing else is decided the same."""

from typing import Any

import msgspec

from banshi.checking.loading import Loader
from banshi.files.not_stated import NotStated
from banshi.law.library import Law, Library, PolicyUnreadable
from banshi.law.places import places_above
from banshi.subjects.change.filing import Filing
from banshi.subjects.impact.reading_law import Alike, Read
from banshi.subjects.impact.supposing import Supposed


class SameLaw:
    """Compares the laws of two loaders, subject by subject and place by place."""

    def __init__(self, first: Loader, second: Loader) -> None:
        """Of two projects, or where the calendars of both differ, nothing is taken to be the same."""
        self._libraries = first.library, second.library
        self._possible = first.project == second.project and first.days.same_as(second.days)
        self._known: dict[tuple[str, str], bool] = {}
        self._pairs: dict[tuple[int, int], Alike] = {}

    def begin(self) -> None:
        """Another decision under the first law: what was read for earlier ones does not bear on it."""
        if isinstance(self._libraries[0], Supposed):
            self._libraries[0].read.clear()

    def where_read(self, first: Filing, second: Filing) -> bool:
        """Whether all that was read of the law in deciding ``first`` says the same in the law of ``second``."""
        one = self._libraries[0]
        if not (self._possible and isinstance(one, Supposed)):
            return False
        try:
            begins = first.law_begins, second.law_begins
        except (PolicyUnreadable, NotStated):  # then it is not known what would have been read
            return False
        if begins[0] != begins[1]:
            return False
        read = tuple(one.read)
        return all(self._alike(law, second.law(*asked), read) for asked, law in list(first.laws.items()))

    def _alike(self, law: Law | None, other: Law | None, read: tuple[Read, ...]) -> bool:
        if law is None or other is None:
            return law is other
        if (id(law), id(other)) not in self._pairs:
            self._pairs[id(law), id(other)] = Alike(law, other)
        return all(map(self._pairs[id(law), id(other)].in_what, read))

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
