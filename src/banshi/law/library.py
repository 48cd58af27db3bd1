"""The law in force: which versions of which instruments apply on a day, in a jurisdiction, as known on a day.

``policies/<jurisdiction>/<name>/<version>.yaml`` holds a version of an instrument; what it is about stands in it
(``governs``), not in the folder's name. Only the files that a question needs are read whole. A jurisdiction below
another overlays its norms by id; whether it may is a policy check. Later instruments replace norms of earlier ones
where they say so (``relations``); the same everywhere, for every subject.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from banshi.base.text import Text, same
from banshi.files.findings import Citation
from banshi.law.amending import Amends
from banshi.law.ending import Gone, gone, places_of
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.norms import LocalLimit, Names, Norm, Scope
from banshi.law.overlays import may_stand
from banshi.law.places import NATION, place_above, places_above
from banshi.law.standing import Standing
from banshi.law.steps import Moment
from banshi.law.terms import Label, Office
from banshi.law.texts import Edition, Texts
from banshi.law.unusable import PolicyUnreadable
from banshi.law.version_files import NOT_INSTRUMENTS, VersionFiles, to_version
from banshi.law.version_parts import Reading

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

N = TypeVar("N", bound=Norm)
P = TypeVar("P")
_LIMIT = str(LocalLimit.__struct_config__.tag)


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
        self.on, self.known_on = on or datetime.date.today(), known_on
        self._texts = Texts(self)
        self._laws: dict[object, Law] = {}
        self._held = 0  # texts of these laws together
        self._standing: dict[tuple[str, str], Standing] = {}
        self._at: dict[object, InForce] = {}
        self.laws_at: dict[object, Law | None] = {}
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


@dataclass(frozen=True)
class InForce:
    """What a library holds in force on a day, for a jurisdiction, as known on a day."""

    library: Library
    day: datetime.date
    jurisdiction: str
    known_on: datetime.date | None = None
    filed_on: datetime.date | None = None

    def law(self, subject: str) -> "Law | None":
        """The law on one subject (what instruments say in ``governs``); None where no instrument says anything."""
        key, known = (self.day, self.jurisdiction, self.known_on, self.filed_on, subject), self.library.laws_at
        if key not in known:
            found = self.versions_on(subject)
            forget_beyond(known)
            known[key] = self.library.law(tuple(found), self.jurisdiction, self._since) if found else None
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


@dataclass(frozen=True, eq=False)
class Law:
    """The norms that hold together: the outermost jurisdiction's versions first, overlays after them.

    ``gone``: norms (instrument, id) that another instrument has put something else in place of.
    """

    versions: tuple[PolicyVersion, ...]
    jurisdiction: str
    gone: Gone = frozenset()

    @cached_property
    def norms(self) -> tuple[Placed[Norm], ...]:
        """The norms in the order of the texts; an inner jurisdiction's norm stands in the place of an outer one of its id."""
        if len(places_of(self.versions)) < 2:
            if not self.gone:
                return tuple(chain.from_iterable([version.placed for version in self.versions]))
            left = [version for version in self.versions if not version.norm_keys <= self.gone]
            return tuple(chain.from_iterable(map(self._held, left)))
        found: dict[int, Placed[Norm]] = {}  # by the place of each; what another one stands in the place of has none
        limits: list[Placed[LocalLimit]] = []
        outer: dict[str, list[int]] = {}
        here = ""
        for version in self.versions:
            if version.jurisdiction != here:
                here, outer = version.jurisdiction, _outside(found, version.jurisdiction)
            for placed in self._held(version):
                _lay_over(found, placed, outer.get(placed.norm.id), limits)
            limits += version.by_kind.get(_LIMIT, ())
        return tuple(found.values())

    def _held(self, version: PolicyVersion) -> tuple[Placed[Norm], ...]:
        """The norms of one of its texts, without those that another instrument has put something else in place of."""
        if version.norm_keys.isdisjoint(self.gone):
            return version.placed
        return tuple(each for each in version.placed if (version.instrument, each.norm.id) not in self.gone)

    @cached_property
    def placed(self) -> dict[str, Placed[Norm]]:
        """Norms by id; of several instruments with the same id the first."""
        found: dict[str, Placed[Norm]] = {}
        for placed in self.norms:
            found.setdefault(placed.norm.id, placed)
        return found

    def all(self, kind: type[N], group: str | None = None) -> "list[Placed[N]]":
        """Every norm of a kind, in the order of the texts; with ``group``, those that speak to it."""
        key = kind, group
        known = self._found.get(key)
        if known is None:
            known = [p for p in self.norms if isinstance(p.norm, kind)]
            known = self._found[key] = known if group is None else [p for p in known if self._speaks_to(p, group)]
        return known

    def one(self, kind: type[N]) -> "Placed[N] | None":
        """The only norm of a kind (the first, where there are several), or None."""
        known = self._first
        if kind not in known:
            found = self.all(kind)
            known[kind] = found[0] if found else None
        return known[kind]

    @cached_property
    def _first(self) -> dict[type[Norm], Placed[Any] | None]:
        return {}

    def once(self, prepare: "Callable[[Law], P]") -> "P":
        """What is worked out from it and nothing else: once for all who ask."""
        if prepare not in self._prepared:
            self._prepared[prepare] = prepare(self)
        found: P = self._prepared[prepare]
        return found

    @cached_property
    def _prepared(self) -> dict[object, Any]:
        return {}

    def norm(self, norm_id: str) -> Placed[Norm] | None:
        """The norm of an id; None where it is not in force."""
        return self.placed.get(norm_id)

    def _speaks_to(self, placed: Placed[Norm], group: str) -> bool:
        subjects = self._scopes.get(placed.version.instrument)
        groups = getattr(placed.norm, "groups", ())
        return (subjects is None or group in subjects) and (not groups or group in groups)

    @cached_property
    def _found(self) -> dict[tuple[type[Norm], str | None], list[Placed[Any]]]:
        return {}  # filled as it is asked; a month asks the same of every person and day

    @cached_property
    def asked_about(self) -> dict[tuple[type[Norm], ...], list[str]]:
        """The questions that bear on norms of some kinds, by kinds; filled as it is asked."""
        return {}

    @cached_property
    def answered_otherwise(self) -> dict[tuple[str, ...], Any]:
        """The answers that are not taken to some questions, by these; filled as it is asked."""
        return {}

    @cached_property
    def read_otherwise(self) -> "dict[tuple[str, str], Law]":
        """The law with one question answered otherwise, by question and option; filled as it is asked."""
        return {}

    @cached_property
    def cited(self) -> dict[str, tuple[Citation, ...]]:
        """What rules rest on in it, by their ids; filled as it is asked."""
        return {}

    @cached_property
    def outermost(self) -> str:
        """The outermost jurisdiction that any of its texts is of."""
        return self.versions[0].jurisdiction

    @cached_property
    def begins(self) -> datetime.date:
        """The first day of the oldest of its texts."""
        return min(version.begins for version in self.versions)

    @cached_property
    def _scopes(self) -> dict[str, tuple[str, ...]]:
        return {p.version.instrument: p.norm.subjects for p in self.norms if isinstance(p.norm, Scope)}

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """Recorded questions by id; the inner jurisdiction's before the outer one's, then the newer before the older."""
        versions = sorted(self.versions, key=lambda version: (version.jurisdiction.count("/"), version.begins))
        return {reading.id: reading for version in versions for reading in version.readings}

    def reading(self, reading_id: str) -> Reading | None:
        """A recorded question; None where nobody asks it."""
        return self.readings.get(reading_id)

    def taken(self, reading_id: str) -> str:
        """The option that is taken on a recorded question; empty where nobody asks it."""
        found = self.readings.get(reading_id)
        return found.default if found else ""

    def office_name(self, role: str, level: str = "") -> str:
        """What a role is called, at a level of government where that matters."""
        office = self.offices.get(role)
        return office.name_by_level.get(level, office.name) if office else role

    def role(self, role: str) -> str:
        """What a role, or any other id, is called."""
        return self.names.get(role, role)

    @cached_property
    def names(self) -> Names:
        """Ids and what they are called; of several versions the first that names one."""
        return {key: name for version in reversed(self.versions) for key, name in version.names.items()}

    def tier_name(self, tier: str) -> Text:
        """What a tier is called."""
        return self.called("tiers", tier)

    def step_name(self, step: str) -> Text:
        """What a step is called."""
        return self.called("steps", step)

    def paper_name(self, paper: str) -> str:
        """What a paper is called."""
        return self.called("papers", paper).zh

    def called(self, table: str, key: str) -> Text:
        """What something is called that a table of the texts (``tiers``, ``steps``, ``papers``) holds; else its id."""
        label = next((own[key] for version in self.versions if key in (own := getattr(version, table))), None)
        return Text(label.name, label.name_en or key) if label else same(key)

    @cached_property
    def offices(self) -> dict[str, Office]:
        """Roles by id; what a text does not say of the people in one, another one may."""
        found: dict[str, Office] = {}
        for version in self.versions:
            for key, office in version.offices.items():
                found[key] = _together(found[key], office) if key in found else office
        return found

    @cached_property
    def criteria(self) -> dict[str, Label]:
        """Circumstances that decide a tier, by id."""
        return {key: label for version in self.versions for key, label in version.criteria.items()}

    @cached_property
    def classes(self) -> dict[str, Label]:
        """Classes of change, by id."""
        return {key: label for version in self.versions for key, label in version.classes.items()}

    @cached_property
    def steps(self) -> dict[str, Label]:
        """Steps of procedures, by id."""
        return {key: label for version in self.versions for key, label in version.steps.items()}

    @cached_property
    def tier_labels(self) -> dict[str, Label]:
        """The tiers with what they are called, by id."""
        return {key: label for version in self.versions for key, label in version.tiers.items()}

    @cached_property
    def tiers(self) -> tuple[str, ...]:
        """Ids of the tiers, from the loosest to the strictest."""
        return tuple(dict.fromkeys(tier for version in self.versions for tier in version.tiers))


def _together(one: Office, other: Office) -> Office:
    """A role as the latter of two texts has it, with the people's parts in it that only the former states."""
    parts = ("leads_group", "everyone")
    return msgspec.structs.replace(other, **{part: getattr(other, part) or getattr(one, part) for part in parts})


def _outside(found: dict[int, Placed[Norm]], jurisdiction: str) -> dict[str, list[int]]:
    """The places of the norms of other jurisdictions, by id."""
    outer: dict[str, list[int]] = {}
    for place, placed in found.items():
        if placed.version.jurisdiction != jurisdiction:
            outer.setdefault(placed.norm.id, []).append(place)
    return outer


def _lay_over(
    found: dict[int, Placed[Norm]], placed: Placed[Norm], same_id: list[int] | None, limits: list[Placed[LocalLimit]]
) -> None:
    """Add a norm; in the place of the outer jurisdiction's norms of its id (taken from ``same_id``), unless it may not stand there."""
    if not same_id:
        found[next(reversed(found), -1) + 1] = placed
        return
    outer = [n for n in same_id if _name_of(found[n].version) == _name_of(placed.version)] or same_id
    if all(may_stand(placed, found[n], limits) for n in outer):
        first, *others = [*outer]
        found[first] = placed
        for other in others:
            del found[other]
        for n in (first, *others):
            same_id.remove(n)


def _name_of(version: PolicyVersion) -> str:
    return version.instrument.rpartition("/")[2]
