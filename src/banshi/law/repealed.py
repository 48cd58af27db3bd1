"""The texts of an instrument without the days on which another instrument has repealed it as a whole."""

import datetime
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from banshi.law.library import Library
from banshi.law.places import places_above
from banshi.law.texts import Edition

_ONE_DAY = datetime.timedelta(days=1)


Spans = list[tuple[datetime.date, datetime.date]]  # first and last days


def repealed(library: Library, instruments: Iterable[str], known_on: datetime.date | None = None) -> dict[str, Spans]:
    """When one of these instruments puts an end to another one as a whole: as long as it is in force and says so."""
    found: dict[str, Spans] = {}
    for edition in (edition for name in instruments for edition in library.versions(name, known_on)):
        for relation in edition.text.relations:
            since, other = max(relation.since or edition.since, edition.since), relation.instrument or ""
            until = edition.until or datetime.date.max
            gone = library.law((edition.text,), edition.text.jurisdiction, since).gone
            if (other, None) in gone and since <= until:
                found.setdefault(other, []).append((since, until))
    return found


def without(editions: Iterable[Edition], spans: Spans) -> tuple[Edition, ...]:
    """The texts of an instrument without the days on which it was repealed; one that comes back stands there twice."""
    found = list(editions)
    for since, until in spans:
        found = [piece for edition in found for piece in _without(edition, since, until)]
    return tuple(found)


def _without(edition: Edition, since: datetime.date, until: datetime.date) -> Iterator[Edition]:
    last = edition.until or datetime.date.max
    if last < since or until < edition.since:
        yield edition
        return
    if edition.since < since:
        yield replace(edition, until=since - _ONE_DAY)
    if until < last:
        yield replace(edition, since=until + _ONE_DAY)


def in_force_of(library: Library, instrument: str, known_on: datetime.date | None = None) -> tuple[Edition, ...]:
    """The texts of an instrument in the order of their days, without those on which another on its subjects repealed it."""
    editions = library.versions(instrument, known_on)
    subjects = {subject for edition in editions for subject in edition.text.subjects}
    places = places_above(instrument.rpartition("/")[0])
    beside = dict.fromkeys(
        name for place in places for each in sorted(subjects) for name in library.speaking(place, each)
    )
    return without(editions, repealed(library, beside, known_on).get(instrument, []))
