"""The rules on attendance and leave in force on a day, for a group of staff, as the library gives them."""

import datetime
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from banshi.instruments import Placed, Reading
from banshi.library import Library, places_above
from banshi.norms import Norm, Scope

TOPICS = ("leave-and-attendance", "attendance", "window-assessment")
_DAY = datetime.timedelta(days=1)
N = TypeVar("N", bound=Norm)


@dataclass(frozen=True)
class Rules:
    """The norms of the attendance instruments in force at one time."""

    placed: tuple[Placed[Norm], ...]

    def all(self, kind: type[N], group: str | None = None) -> list[Placed[N]]:
        """Every norm of a kind that speaks to ``group`` (None: to anybody)."""
        key = kind, group
        if key not in self._found:
            found = (p for p in self.placed if isinstance(p.norm, kind))
            self._found[key] = [p for p in found if group is None or self._speaks_to(p, group)]
        return self._found[key]

    def norm(self, norm_id: str) -> Placed[Norm] | None:
        """The norm of an id; None where it is not in force."""
        return next((p for p in self.placed if p.norm.id == norm_id), None)

    def reading(self, reading_id: str) -> Reading | None:
        """A recorded question; of the newest instrument that asks it."""
        return self._readings.get(reading_id)

    def taken(self, reading_id: str) -> str:
        """The option that is taken on a recorded question; empty where nobody asks it."""
        found = self._readings.get(reading_id)
        return found.default if found else ""

    def role(self, role: str) -> str:
        """What a role is called."""
        return self._names.get(role, role)

    def _speaks_to(self, placed: Placed[Norm], group: str) -> bool:
        subjects = self._scopes.get(placed.version.instrument)
        groups = getattr(placed.norm, "groups", ())
        return (subjects is None or group in subjects) and (not groups or group in groups)

    @cached_property
    def _found(self) -> dict[tuple[type[Norm], str | None], list[Placed[Any]]]:
        return {}  # filled as it is asked; a month asks the same of every person and day

    @cached_property
    def _scopes(self) -> dict[str, tuple[str, ...]]:
        return {p.version.instrument: p.norm.subjects for p in self.placed if isinstance(p.norm, Scope)}

    @cached_property
    def _readings(self) -> dict[str, Reading]:
        versions = sorted({p.version.instrument: p.version for p in self.placed}.values(), key=lambda v: v.begins)
        return {reading.id: reading for version in versions for reading in version.readings}

    @cached_property
    def _names(self) -> dict[str, str]:
        return {key: name for p in reversed(self.placed) for key, name in p.version.names.items()}


class Rulebook:
    """The rules day by day in one jurisdiction; looked up once for each stretch of days on which nothing changes."""

    def __init__(self, library: Library, jurisdiction: str) -> None:
        self.library, self.jurisdiction = library, jurisdiction
        self._stretches: dict[int, Rules] = {}

    def at(self, day: datetime.date) -> Rules:
        """The rules of a day."""
        stretch = bisect_right(self._changes, day)
        if stretch not in self._stretches:
            norms = self.library.at(day, self.jurisdiction).norms
            placed = {_key(p): p for p in norms if _topic(p) in TOPICS}  # an inner jurisdiction's norm comes later
            gone = _repealed(placed.values(), day)
            self._stretches[stretch] = Rules(tuple(p for p in placed.values() if p.version.instrument not in gone))
        return self._stretches[stretch]

    @cached_property
    def _changes(self) -> list[datetime.date]:
        """Days from which something else is in force: a version, the day after one ended, a relation."""
        places = places_above(self.jurisdiction)
        here = [i for i in self.library.instruments() if i.rpartition("/")[0] in places]
        versions = [self.library.load(path) for instrument in here for path in self.library.files(instrument)]
        ended = [v.dates.ended + _DAY for v in versions if v.dates.ended and v.dates.ended < datetime.date.max]
        since = [relation.since for v in versions for relation in v.relations if relation.since]
        return sorted({*(v.begins for v in versions), *ended, *since})


def _repealed(placed: Iterable[Placed[Norm]], day: datetime.date) -> set[str]:
    """Instruments that a later one has wholly put out of force, where the reading taken says that it did (AMB-18)."""
    versions = {p.version.instrument: p.version for p in placed}.values()
    taken = [v for v in versions if any(r.id == "succession" and r.default == "repealed" for r in v.readings)]
    return {
        relation.instrument
        for version in taken
        for relation in version.relations
        if relation.kind == "prevails_over" and relation.instrument and (relation.since or version.begins) <= day
    }


def _topic(placed: Placed[Norm]) -> str:
    return placed.version.instrument.rsplit("/", 1)[-1]


def _key(placed: Placed[Norm]) -> tuple[str, str]:
    return _topic(placed), placed.norm.id
