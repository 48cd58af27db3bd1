"""The law in force: which versions of which instruments apply on a day, in a jurisdiction, as known on a day.

``policies/<jurisdiction>/<name>/<version>.yaml`` holds a version of an instrument; what it is about stands in it
(``governs``), not in the folder's name. Only the files that a question needs are read whole. A jurisdiction below
another overlays its norms by id; whether it may is a policy check. Later instruments replace norms of earlier ones
where they say so (``relations``); the same everywhere, for every subject.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from banshi.base.limits import MAX_BYTES
from banshi.base.text import Text, same
from banshi.files.reading import read
from banshi.files.regular_files import read_bytes
from banshi.law.instruments import Label, Office, Placed, PolicyVersion, Reading
from banshi.law.norms import LocalLimit, Names, Norm, Scope
from banshi.law.overlays import may_stand
from banshi.law.reading_texts import filled

N = TypeVar("N", bound=Norm)
NATION = "cn"  # whose law holds in every jurisdiction
NOT_INSTRUMENTS = ("working-days", "catalogues", "guides")  # folders of a jurisdiction that hold other kinds of file
_GOVERNS = re.compile(rb"(?m)^governs: *\[([a-z, -]+)\] *(?:#.*)?\r?$")
_UNDATED = "undated"  # the version of a paper that was never in force and bears no date
_VERSION_FILE = re.compile(rf"(\d{{4}}(-\d{{2}}(-\d{{2}})?)?|{_UNDATED})\.ya?ml\Z")


class PolicyUnreadable(Exception):
    """A policy file that the library needs cannot be used; ``banshi check`` on it says why."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why


class Library:
    """Versions of instruments in one or more policy folders; where two hold the same file, the first one counts.

    What is read is kept: a library is the law as it stood when it was made.
    """

    def __init__(self, folders: list[Path]) -> None:
        """``folders`` as ``folders.layered`` gives them: a project's own first."""
        self.folders = folders
        self._loaded: dict[Path, PolicyVersion] = {}
        self._places: dict[str, list[str]] = {}
        self._subjects: dict[Path, frozenset[str]] = {}
        self._laws: dict[object, Law] = {}
        self._at: dict[object, InForce] = {}
        self._files: dict[str, list[Path]] = {}

    def at(self, day: datetime.date, jurisdiction: str, known_on: datetime.date | None = None) -> "InForce":
        """What is in force on ``day``; nothing is read before a subject is asked for.

        ``jurisdiction`` is a path such as ``city/county``: what its parents and the nation decided holds for it too,
        and its own norms of the same id take precedence. ``known_on`` leaves out what was made known later.
        """
        key = day, jurisdiction, known_on
        if key not in self._at:
            self._at[key] = InForce(self, day, jurisdiction, known_on)
        return self._at[key]

    def begins(self, jurisdiction: str, subject: str) -> datetime.date | None:
        """The first day on which anything on ``subject`` was in force in a jurisdiction or above it; None: nothing is."""
        return min((version.begins for version in self.versions_on(jurisdiction, subject)), default=None)

    def versions_on(self, jurisdiction: str, subject: str) -> list[PolicyVersion]:
        """Every normative version, of whatever day, that governs a subject in a jurisdiction or above it."""
        files = [path for place in places_above(jurisdiction) for i in self.in_place(place) for path in self.files(i)]
        found = (self.load(path) for path in files if subject in self._governed(path))
        return [version for version in found if version.normative]

    def version_at(
        self, instrument: str, day: datetime.date, known_on: datetime.date | None = None
    ) -> PolicyVersion | None:
        """The normative version of one instrument in force on ``day``, as known on ``known_on``."""
        best: PolicyVersion | None = None
        for path in self.files(instrument):
            version = self.load(path)
            if not version.normative or version.begins > day or not _known(version, known_on):
                continue
            if best is None or version.begins >= best.begins:
                best = version
        return None if best is None or (best.dates.ended and best.dates.ended < day) else best

    def files(self, instrument: str) -> list[Path]:
        """The version files of one instrument, oldest first; one without a date comes before them."""
        if instrument not in self._files:
            found: dict[str, Path] = {}
            for folder in reversed(self.folders):
                place = folder / instrument
                if place.is_dir():
                    found.update({p.stem: p for p in place.iterdir() if _VERSION_FILE.match(p.name)})
            self._files[instrument] = [found[stem] for stem in sorted(found, key=lambda s: (s != _UNDATED, s))]
        return self._files[instrument]

    def governing(self, instrument: str, subject: str) -> list[Path]:
        """The version files of one instrument that govern a subject, oldest first."""
        return [path for path in self.files(instrument) if subject in self._governed(path)]

    def load(self, path: Path) -> PolicyVersion:
        """One version, read once. Raises ``PolicyUnreadable``."""
        if path not in self._loaded:
            self._loaded[path] = _load(path)
        return self._loaded[path]

    def in_place(self, place: str) -> list[str]:
        """The instruments of a jurisdiction itself, by name."""
        if place not in self._places:
            beside = {
                p.name for folder in self.folders if (folder / place).is_dir() for p in (folder / place).iterdir()
            }
            named = sorted(name for name in beside if name not in NOT_INSTRUMENTS)
            self._places[place] = [f"{place}/{name}" for name in named if self.files(f"{place}/{name}")]
        return self._places[place]

    def instruments(self) -> list[str]:
        """Every instrument in the folders (calendars, catalogues and guides are none)."""
        return list(self._instruments)

    @cached_property
    def _instruments(self) -> list[str]:
        found = set()
        for folder in self.folders:
            for path in folder.rglob("*.y*ml"):
                if _VERSION_FILE.match(path.name) and path.parent.name not in NOT_INSTRUMENTS:
                    found.add(path.parent.relative_to(folder).as_posix())
        return sorted(found)

    def _governed(self, path: Path) -> frozenset[str]:
        """What a version governs; only a file that does not state it in one plain line has to be read whole for it."""
        if path not in self._subjects:
            stated = None if path in self._loaded else _stated_subjects(path)
            self._subjects[path] = frozenset(self.load(path).subjects) if stated is None else stated
        return self._subjects[path]

    def law(self, versions: "tuple[PolicyVersion, ...]", jurisdiction: str, day: datetime.date) -> "Law":
        """The law that these versions make together on ``day``; days on which it is the same share one."""
        gone = _gone(versions, day)
        kept = tuple(version for version in versions if (version.instrument, None) not in gone)
        key = jurisdiction, tuple(map(id, kept)), gone
        if key not in self._laws:
            self._laws[key] = Law(kept, jurisdiction, gone)
        return self._laws[key]


def _stated_subjects(path: Path) -> frozenset[str] | None:
    """The subjects in the line ``governs: [a, b]`` at the top level of a file; None where it has no such line."""
    try:
        found = _GOVERNS.findall(read_bytes(path, MAX_BYTES))
    except OSError:
        return None  # said where it is loaded
    return frozenset(found[0].decode().replace(" ", "").split(",")) if len(found) == 1 else None


def _gone(versions: "tuple[PolicyVersion, ...]", day: datetime.date) -> frozenset[tuple[str, str | None]]:
    """Norms that another instrument has put something else in place of, and instruments (None) that it has repealed."""
    found: set[tuple[str, str | None]] = set()
    for version in versions:
        for relation in version.relations:
            if relation.instrument is None or (relation.since or version.begins) > day:
                continue
            found |= {(relation.instrument, norm) for norm in relation.replaces}
            if relation.kind == "repeals" or (relation.kind == "prevails_over" and _succeeds(version)):
                found.add((relation.instrument, None))
    return frozenset(found)


def _succeeds(version: PolicyVersion) -> bool:
    """Whether a version takes the reading that what it prevails over has ended (AMB-18)."""
    return any(reading.id == "succession" and reading.default == "repealed" for reading in version.readings)


def _known(version: PolicyVersion, on: datetime.date | None) -> bool:
    return on is None or version.dates.known is None or version.dates.known <= on


def _load(path: Path) -> PolicyVersion:
    reading = read(path)
    if reading.document is None or reading.problems:
        why = reading.problems[0].message.zh if reading.problems else "?"
        raise PolicyUnreadable(path, why)
    try:
        return to_version(reading.document.data)
    except msgspec.ValidationError as error:
        raise PolicyUnreadable(path, str(error)) from None


def to_version(data: object) -> PolicyVersion:
    """Typed version from plain data that has passed its schema. Raises ``msgspec.ValidationError``."""
    if isinstance(data, dict):
        data = {key: value for key, value in data.items() if key != "$schema"}
    return filled(msgspec.convert(data, PolicyVersion))


def places_above(jurisdiction: str) -> list[str]:
    """The nation, then a jurisdiction's parents and itself: ``city/county`` gives cn, city and city/county."""
    parts = jurisdiction.split("/")
    places = ["/".join(parts[: n + 1]) for n in range(len(parts))]
    return places if places[0] == NATION else [NATION, *places]


def place_above(jurisdiction: str) -> str:
    """The next place above a jurisdiction: the city of ``city/county``, the nation of ``city``."""
    return ([NATION, *places_above(jurisdiction)])[-2]


@dataclass(frozen=True)
class InForce:
    """What a library holds in force on a day, for a jurisdiction, as known on a day."""

    library: Library
    day: datetime.date
    jurisdiction: str
    known_on: datetime.date | None = None

    def law(self, subject: str) -> "Law | None":
        """The law on one subject (what instruments say in ``governs``); None where no instrument says anything."""
        found = []
        for place in places_above(self.jurisdiction):
            for instrument in self.library.in_place(place):
                if any(subject in self.library._governed(path) for path in self.library.files(instrument)):
                    version = self.library.version_at(instrument, self.day, self.known_on)
                    found += [version] if version and subject in version.subjects else []
        return self.library.law(tuple(found), self.jurisdiction, self.day) if found else None

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
        return self.library.law(tuple(found), self.jurisdiction, self.day) if found else None

    @cached_property
    def versions(self) -> tuple[PolicyVersion, ...]:
        """Every version in force, on whatever subject."""
        here = [i for place in places_above(self.jurisdiction) for i in self.library.in_place(place)]
        found = [self.library.version_at(instrument, self.day, self.known_on) for instrument in here]
        return tuple(version for version in found if version is not None)

    @property
    def norms(self) -> tuple[Placed[Norm], ...]:
        """Every norm in force, on whatever subject."""
        return self.library.law(self.versions, self.jurisdiction, self.day).norms


@dataclass(frozen=True, eq=False)
class Law:
    """The norms that hold together: the outermost jurisdiction's versions first, overlays after them.

    ``gone``: norms (instrument, id) that another instrument has put something else in place of.
    """

    versions: tuple[PolicyVersion, ...]
    jurisdiction: str
    gone: frozenset[tuple[str, str | None]] = frozenset()

    @cached_property
    def norms(self) -> tuple[Placed[Norm], ...]:
        """The norms in the order of the texts; an inner jurisdiction's norm stands in the place of an outer one of its id."""
        found: list[Placed[Norm]] = []
        limits: list[LocalLimit] = []
        for version in self.versions:
            outer: dict[str, list[Placed[Norm]]] = {}
            for placed in found:
                if placed.version.jurisdiction != version.jurisdiction:
                    outer.setdefault(placed.norm.id, []).append(placed)
            for placed in version.placed:
                if (version.instrument, placed.norm.id) not in self.gone:
                    _lay_over(found, placed, outer.get(placed.norm.id, []), limits)
            limits += [p.norm for p in version.placed if isinstance(p.norm, LocalLimit)]
        return tuple(found)

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
        if key not in self._found:
            found = (p for p in self.norms if isinstance(p.norm, kind))
            self._found[key] = [p for p in found if group is None or self._speaks_to(p, group)]
        return self._found[key]

    def one(self, kind: type[N]) -> "Placed[N] | None":
        """The only norm of a kind (the first, where there are several), or None."""
        return next(iter(self.all(kind)), None)

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
        return _name(tier, (version.tiers for version in self.versions))

    def step_name(self, step: str) -> Text:
        """What a step is called."""
        return _name(step, (version.steps for version in self.versions))

    def paper_name(self, paper: str) -> str:
        """What a paper is called."""
        return _name(paper, (version.papers for version in self.versions)).zh

    @cached_property
    def offices(self) -> dict[str, Office]:
        """Roles by id."""
        return {key: office for version in self.versions for key, office in version.offices.items()}

    @cached_property
    def criteria(self) -> dict[str, Label]:
        """Circumstances that decide a tier, by id."""
        return {key: label for version in self.versions for key, label in version.criteria.items()}

    @cached_property
    def classes(self) -> dict[str, Label]:
        """Classes of change, by id."""
        return {key: label for version in self.versions for key, label in version.classes.items()}

    @cached_property
    def tiers(self) -> tuple[str, ...]:
        """Ids of the tiers, from the loosest to the strictest."""
        return tuple(dict.fromkeys(tier for version in self.versions for tier in version.tiers))


def _lay_over(
    found: list[Placed[Norm]], placed: Placed[Norm], same_id: list[Placed[Norm]], limits: list[LocalLimit]
) -> None:
    """Add a norm; in the place of the outer jurisdiction's norms of its id, unless it may not stand there."""
    outer = [p for p in same_id if _name_of(p.version) == _name_of(placed.version)] or same_id
    if not outer:
        found.append(placed)
    elif all(may_stand(placed.norm, p.norm, limits) for p in outer):
        found[found.index(outer[0])] = placed
        for other in outer[1:]:
            found.remove(other)


def _name_of(version: PolicyVersion) -> str:
    return version.instrument.rpartition("/")[2]


def _name(key: str, tables: Iterable[dict[str, Label]]) -> Text:
    label = next((table[key] for table in tables if key in table), None)
    return Text(label.name, label.name_en or key) if label else same(key)
