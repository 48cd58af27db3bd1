"""The law in force: which versions of which instruments apply on a day, in a jurisdiction, as known on a day.

``policies/<jurisdiction>/<name>/<version>.yaml`` holds a version of an instrument; what it is about stands in it
(``governs``), not in the folder's name. Only the files that a question needs are read whole. A jurisdiction below
another overlays its norms by id; whether it may is a policy check. Later instruments replace norms of earlier ones
where they say so (``relations``); the same everywhere, for every subject.
"""

import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from banshi.base.today import today
from banshi.law.amending import Amends
from banshi.law.ending import Gone, gone
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.law import Law
from banshi.law.norms import Norm
from banshi.law.places import NATION, place_above, places_above
from banshi.law.standing import Standing
from banshi.law.steps import Moment
from banshi.law.texts import Edition, Texts
from banshi.law.unusable import PolicyUnreadable
from banshi.law.version_files import NOT_INSTRUMENTS, VersionFiles, to_version

__all__ = [
    "NATION",
    "NOT_INSTRUMENTS",
    "InForce",
    "Law",
    "Library",
    "PolicyUnreadable",
    "place_above",
    "places_above",
    "to_version",
]

_HELD = 200_000  # texts, of all laws that are kept together; a text that stands in several counts in each


class Library(VersionFiles):
    """Versions of instruments in one or more policy folders; where two hold the same file, the first one counts.

    What is read is kept: a library is the law as it stood when it was made.
    """

    def __init__(
        self, folders: list[Path], on: datetime.date | None = None, known_on: datetime.date | None = None
    ) -> None:
        """``folders`` as ``folders.layered`` gives them: a project's own first. ``on``: the day that pages speak of (today).

        ``known_on``: the law as it was known on that day, wherever nobody asks for another.
        """
        super().__init__(folders)
        self.on, self.known_on = on or today(), known_on
        self._texts = Texts(self)
        self._laws: dict[object, Law] = {}
        self._held = 0  # texts of these laws together
        self._standing: dict[tuple[str, str], Standing] = {}
        self._at: dict[object, InForce] = {}
        self.laws_at: dict[object, Law | None] = {}
        self.asked: set[tuple[str, str]] = set()  # instrument and version of every text of a law that anybody asked for
        self._begins: dict[tuple[str, str], datetime.date | None] = {}

    def at(
        self,
        day: datetime.date,
        jurisdiction: str,
        known_on: datetime.date | None = None,
        filed_on: datetime.date | None = None,
    ) -> "InForce":
        """What is in force on ``day``; nothing is read before a subject is asked for.

        ``jurisdiction`` is a path such as ``city/county``: what its parents and the nation decided holds for it too,
        and its own norms of the same id take precedence. ``known_on`` leaves out what was made known later, and tells
        what the files wrongly told then (``corrections``). ``filed_on``: for a matter that was filed on an earlier day,
        whatever came into force since is left out unless it says that it reaches what was pending (``pending: new_text``).
        """
        known_on = known_on or self.known_on
        key = day, jurisdiction, known_on, filed_on
        if key not in self._at:
            forget_beyond(self._at)
            self._at[key] = InForce(self, day, jurisdiction, known_on, filed_on)
        return self._at[key]

    def begins(self, jurisdiction: str, subject: str) -> datetime.date | None:
        """The first day on which anything on ``subject`` was in force in a jurisdiction or above it; None: nothing is."""
        key = jurisdiction, subject
        if key not in self._begins:
            forget_beyond(self._begins)
            self._begins[key] = min((v.begins for v in self.versions_on(jurisdiction, subject)), default=None)
        return self._begins[key]

    def versions_on(self, jurisdiction: str, subject: str) -> list[PolicyVersion]:
        """Every normative version, of whatever day, that governs a subject in a jurisdiction or above it."""
        here = (i for place in places_above(jurisdiction) for i in self.speaking(place, subject))
        found = (edition.text for i in here for edition in self.versions(i))
        return [version for version in found if subject in version.subjects]

    def versions(self, instrument: str, known_on: datetime.date | None = None) -> tuple[Edition, ...]:
        """The texts that an instrument has had and will have, oldest first, each with its first and last day."""
        return self._texts.editions(instrument, known_on or self.known_on)

    def version_at(
        self,
        instrument: str,
        day: datetime.date,
        known_on: datetime.date | None = None,
        filed_on: datetime.date | None = None,
    ) -> PolicyVersion | None:
        """The normative text of one instrument in force on ``day``, as ``at`` has it."""
        return self._texts.in_force(instrument, Moment(day, known_on or self.known_on, filed_on))

    def shown(self, instrument: str) -> PolicyVersion | None:
        """The text that pages show: the one in force on their day, else the last that was, else the first to come.

        Of papers that are never in force the newest; None where there is no such instrument.
        """
        editions = self.versions(instrument)
        begun = [edition.text for edition in editions if edition.since <= self.on]
        if begun or editions:
            return begun[-1] if begun else editions[0].text
        return next((self.load(path) for path in reversed(self.files(instrument))), None)

    def texts(self, instrument: str) -> list[PolicyVersion]:
        """Every text that pages show of an instrument, oldest first: papers never in force, then one for each edition."""
        never = [version for version in map(self.load, self.files(instrument)) if not version.normative]
        return [*never, *(edition.text for edition in self.versions(instrument))]

    def amended_file(self, entry: Amends, since: datetime.date) -> Path | None:
        """The version file that an amending instrument changes from a day; None where there is none."""
        return self._texts.amended_file(entry, since)

    def changes(self, text: PolicyVersion, amended: Path) -> bool:
        """Whether a text that amends a file does change it: not where the two amend each other and that one came later."""
        return self._texts.changes(text, amended)

    def holding(self, path: Path, version: PolicyVersion, data: dict[str, Any]) -> "Library":
        """A library that holds a file besides, in the place of one of its instrument and version; this one, where it does."""
        if self.holds(path, version, data):
            return self
        other = Library(self.folders, self.on, self.known_on)
        other.share(self)
        other.add(path, version, data)
        return other

    def consolidated(self, path: Path, day: datetime.date, known_on: datetime.date | None = None) -> PolicyVersion:
        """A version with what amends it by ``day``, whether or not it is in force. Raises ``PolicyUnreadable``."""
        return self._texts.text(path, Moment(day, known_on))

    def consolidated_data(self, path: Path, day: datetime.date) -> dict[str, Any]:
        """What a version file would say with what amends it by ``day``, as plain data. Raises ``PolicyUnreadable``."""
        return self._texts.data(path, Moment(day))

    def standing(self, place: str, day: datetime.date, subject: str = "") -> list[PolicyVersion]:
        """What is in force on a day of a place's own instruments (on a subject), as it is known now. For one who asks about many days."""
        if (place, subject) not in self._standing:
            names = self.speaking(place, subject) if subject else self.in_place(place)
            in_force = partial(self._speaking_at, subject) if subject else self.version_at
            self._standing[place, subject] = Standing(names, in_force, self._texts.days)
        return self._standing[place, subject].at(day)

    def _speaking_at(self, subject: str, instrument: str, day: datetime.date) -> PolicyVersion | None:
        version = self.version_at(instrument, day)
        return version if version is not None and subject in version.subjects else None

    def law(self, versions: "tuple[PolicyVersion, ...]", jurisdiction: str, day: datetime.date) -> "Law":
        """The law that these versions make together on ``day``; days on which it is the same share one."""
        ended = gone(versions, day)
        repealed = {instrument for instrument, norm in ended if norm is None}
        kept = tuple(v for v in versions if v.instrument not in repealed) if repealed else tuple(versions)
        key = jurisdiction, tuple(map(id, kept)), ended
        if key not in self._laws:
            self._room_for(len(kept))
            self._laws[key] = self._made(kept, jurisdiction, ended)
        return self._laws[key]

    def _room_for(self, count: int) -> None:
        """Forget the oldest laws where the kept ones hold very many texts: each costs as much as it has of them."""
        while self._laws and self._held + count > _HELD:
            self._held -= len(self._laws.pop(next(iter(self._laws))).versions)
        self._held += count

    def _made(self, versions: "tuple[PolicyVersion, ...]", jurisdiction: str, ended: Gone) -> "Law":
        return Law(versions, jurisdiction, ended)


def forget_beyond(known: dict[Any, Any], most: int = 4096) -> None:
    """Empty what is only kept for speed before it grows with the input: pairs of days and places never end."""
    if len(known) >= most:
        known.clear()


def _repealed(law: Law) -> bool:
    """Whether nothing is left but texts that put an end to others as a whole."""
    return any(norm is None for _, norm in law.gone) and not law.norms


def _texts_of(version: PolicyVersion) -> list[tuple[str, str]]:
    """A text and those that have amended it, by instrument and version."""
    own = version.instrument, version.amended.base or version.version
    return [own, *((each.by.instrument, each.by.version) for each in version.amended.by)]


class InForce(Struct, frozen=True, dict=True):
    """What a library holds in force on a day, for a jurisdiction, as known on a day."""

    library: Library
    day: datetime.date
    jurisdiction: str
    known_on: datetime.date | None = None
    filed_on: datetime.date | None = None

    def law(self, subject: str) -> "Law | None":
        """The law on one subject (what instruments say in ``governs``); None where no instrument says anything (any more)."""
        key, known = (self.day, self.jurisdiction, self.known_on, self.filed_on, subject), self.library.laws_at
        if key not in known:
            found = self.versions_on(subject)
            forget_beyond(known)
            law = self.library.law(tuple(found), self.jurisdiction, self._since) if found else None
            known[key] = None if law is None or _repealed(law) else law
            self.library.asked.update(key for version in found for key in _texts_of(version))
        return known[key]

    def versions_on(self, subject: str) -> list[PolicyVersion]:
        """Every version in force that governs a subject; files on other subjects are not read."""
        found = []
        for place in places_above(self.jurisdiction):
            for instrument in self.library.speaking(place, subject):
                version = self._version(instrument)
                found += [version] if version and subject in version.subjects else []
        return found

    def about(self, instrument: str, beside: tuple[str, ...] = ()) -> "Law | None":
        """What one instrument says: over what its namesakes further out say, with what others (``beside`` apart) put in its place."""
        name = instrument.rpartition("/")[2]
        places = places_above(self.jurisdiction)
        found = [
            version
            for version in self.versions
            if version.instrument in [f"{place}/{name}" for place in places]
            or (
                version.instrument not in beside
                and any(r.instrument == instrument and r.replaces for r in version.relations)
            )
        ]
        return self.library.law(tuple(found), self.jurisdiction, self._since) if found else None

    def _version(self, instrument: str) -> PolicyVersion | None:
        return self.library.version_at(instrument, self.day, self.known_on, self.filed_on)

    @property
    def _since(self) -> datetime.date:
        """The day whose replacements hold: a pending matter follows those of its filing."""
        return self.filed_on or self.day

    @cached_property
    def versions(self) -> tuple[PolicyVersion, ...]:
        """Every version in force, on whatever subject."""
        here = [i for place in places_above(self.jurisdiction) for i in self.library.in_place(place)]
        found = [self._version(instrument) for instrument in here]
        return tuple(version for version in found if version is not None)

    @property
    def norms(self) -> tuple[Placed[Norm], ...]:
        """Every norm in force, on whatever subject."""
        return self.library.law(self.versions, self.jurisdiction, self._since).norms
