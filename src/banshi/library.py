"""The law in force: which versions of which instruments apply on a day, in a jurisdiction, as known on a day.

An instrument's place says what it is: ``policies/<jurisdiction>/<topic>/<version>.yaml``. So only the files that a
question needs are ever read. A jurisdiction below another overlays its norms by id; whether it may is a policy check.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from banshi.instruments import Label, Office, Placed, PolicyVersion, Reading
from banshi.norms import LocalLimit, Norm
from banshi.overlays import may_stand
from banshi.reading import read
from banshi.text import Text, same

N = TypeVar("N", bound=Norm)
_UNDATED = "undated"  # the version of a paper that was never in force and bears no date
_VERSION_FILE = re.compile(rf"(\d{{4}}(-\d{{2}}(-\d{{2}})?)?|{_UNDATED})\.ya?ml\Z")


class PolicyUnreadable(Exception):
    """A policy file that the library needs cannot be used; ``banshi check`` on it says why."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why


class Library:
    """Versions of instruments in one or more policy folders; where two hold the same file, the first one counts."""

    def __init__(self, folders: list[Path]) -> None:
        """``folders`` as ``folders.layered`` gives them: a project's own first."""
        self.folders = folders
        self._loaded: dict[Path, PolicyVersion] = {}

    def at(self, day: datetime.date, jurisdiction: str, known_on: datetime.date | None = None) -> "InForce":
        """What is in force on ``day``; nothing is read before a topic is asked for.

        ``jurisdiction`` is a path such as ``luzhou/luxian``: what its parents decided holds for it too, and its own
        norms of the same id take precedence. ``known_on`` leaves out what was made known later.
        """
        return InForce(self, day, jurisdiction, known_on)

    def begins(self, jurisdiction: str, topic: str) -> datetime.date | None:
        """The first day on which anything on ``topic`` was in force in a jurisdiction or above it; None: nothing is."""
        files = [path for place in places_above(jurisdiction) for path in self.files(f"{place}/{topic}")]
        versions = (self.load(path) for path in files)
        return min((version.begins for version in versions if version.normative), default=None)

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
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            place = folder / instrument
            if place.is_dir():
                found.update({p.stem: p for p in place.iterdir() if _VERSION_FILE.match(p.name)})
        return [found[stem] for stem in sorted(found, key=lambda stem: (stem != _UNDATED, stem))]

    def load(self, path: Path) -> PolicyVersion:
        """One version, read once. Raises ``PolicyUnreadable``."""
        if path not in self._loaded:
            self._loaded[path] = _load(path)
        return self._loaded[path]

    def instruments(self) -> list[str]:
        """Every instrument in the folders (calendars are not instruments of this kind)."""
        found = set()
        for folder in self.folders:
            for path in folder.rglob("*.y*ml"):
                if _VERSION_FILE.match(path.name) and path.parent.name not in ("working-days", "catalogues"):
                    found.add(path.parent.relative_to(folder).as_posix())
        return sorted(found)


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
    return msgspec.convert(data, PolicyVersion)


def places_above(jurisdiction: str) -> list[str]:
    """A jurisdiction and those above it, the outermost first: ``luzhou/luxian`` gives luzhou and luzhou/luxian."""
    parts = jurisdiction.split("/")
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]


@dataclass(frozen=True)
class InForce:
    """What a library holds in force on a day, for a jurisdiction, as known on a day."""

    library: Library
    day: datetime.date
    jurisdiction: str
    known_on: datetime.date | None = None

    def law(self, topic: str) -> "Law | None":
        """The law on one topic; None where no instrument says anything."""
        instruments = [f"{place}/{topic}" for place in places_above(self.jurisdiction)]
        found = [self.library.version_at(instrument, self.day, self.known_on) for instrument in instruments]
        versions = tuple(version for version in found if version is not None)
        return Law(versions, self.day, self.jurisdiction) if versions else None

    @cached_property
    def versions(self) -> tuple[PolicyVersion, ...]:
        """Every version in force, of every topic."""
        here = [i for i in self.library.instruments() if i.rpartition("/")[0] in places_above(self.jurisdiction)]
        found = [self.library.version_at(instrument, self.day, self.known_on) for instrument in here]
        return tuple(version for version in found if version is not None)

    @cached_property
    def norms(self) -> tuple[Placed[Norm], ...]:
        """Every norm in force, without those that a later instrument, where both speak, has put in its place."""
        replaced = {
            (relation.instrument, norm)
            for version in self.versions
            for relation in version.relations
            if relation.since is None or relation.since <= self.day
            for norm in relation.replaces
        }
        placed = (p for version in self.versions for p in version.placed)
        return tuple(p for p in placed if (p.version.instrument, p.norm.id) not in replaced)


@dataclass(frozen=True)
class Law:
    """The norms on one topic in force on ``day``: the outermost jurisdiction's version first, overlays after it."""

    versions: tuple[PolicyVersion, ...]
    day: datetime.date
    jurisdiction: str

    @cached_property
    def placed(self) -> dict[str, Placed[Norm]]:
        """Norms by id; an inner jurisdiction's norm replaces the outer one of the same id, unless it may not."""
        found: dict[str, Placed[Norm]] = {}
        limits: list[LocalLimit] = []
        for version in self.versions:
            own = {p.norm.id: p for p in version.placed}
            kept = {i for i, p in own.items() if i in found and not may_stand(p.norm, found[i].norm, limits)}
            found.update({i: p for i, p in own.items() if i not in kept})
            limits += [p.norm for p in version.placed if isinstance(p.norm, LocalLimit)]
        return found

    def all(self, kind: type[N]) -> "list[Placed[N]]":
        """Every norm of a kind, in the order of the text."""
        return [placed for placed in self.placed.values() if isinstance(placed.norm, kind)]  # type: ignore[misc]

    def one(self, kind: type[N]) -> "Placed[N] | None":
        """The only norm of a kind (the first, where there are several), or None."""
        return next(iter(self.all(kind)), None)

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """Readings by id."""
        return {reading.id: reading for version in self.versions for reading in version.readings}

    def reading(self, reading_id: str) -> str:
        """The reading that is taken; empty where the version does not record the question."""
        found = self.readings.get(reading_id)
        return found.default if found else ""

    def office_name(self, role: str, level: str = "") -> str:
        """What a role is called, at a level of government where that matters."""
        office = self.offices.get(role)
        return office.name_by_level.get(level, office.name) if office else role

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
    def tiers(self) -> tuple[str, ...]:
        """Ids of the tiers, from the loosest to the strictest."""
        return tuple(dict.fromkeys(tier for version in self.versions for tier in version.tiers))


def _name(key: str, tables: Iterable[dict[str, Label]]) -> Text:
    label = next((table[key] for table in tables if key in table), None)
    return Text(label.name, label.name_en or key) if label else same(key)
