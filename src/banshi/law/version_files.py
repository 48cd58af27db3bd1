"""The files of instruments: which there are, what each says, typed and as plain data; each is read once."""

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_args

import msgspec
from msgspec import Struct

from banshi.base.folders import real_path
from banshi.base.limits import MAX_BYTES
from banshi.base.patterns import late
from banshi.files.reading import read, read_raw
from banshi.files.regular_files import read_bytes, unnoted
from banshi.law.dotted import Nowhere
from banshi.law.instruments import PolicyVersion
from banshi.law.norms import AnyNorm
from banshi.law.reading_effects import Fields, as_read
from banshi.law.reading_texts import filled
from banshi.law.unusable import PolicyUnreadable, law_below, law_within, unfit, unread

T = TypeVar("T")
NOT_INSTRUMENTS = ("working-days", "catalogues", "guides")  # folders of a jurisdiction that hold other kinds of file
_GOVERNS = late(rb"(?m)^governs: *\[([a-z, -]+)\] *(?:#.*)?\r?$")
_MAY_AMEND = late(rb"amends|[\\\0]")  # however the key is written, with escapes and in two bytes a letter too
_KEPT = 128  # files whose content a process has met are not read again
_UNDATED = "undated"  # the version of a paper that was never in force and bears no date
_VERSION_FILE = late(rf"(\d{{4}}(-\d{{2}}(-\d{{2}})?)?|{_UNDATED})\.ya?ml\Z")


class VersionFiles:
    """The version files in one or more policy folders; where two hold the same file, the first one counts."""

    def __init__(self, folders: list[Path]) -> None:
        """``folders`` as ``folders.layered`` gives them: a project's own first."""
        self.folders = folders
        self._data: dict[Path, dict[str, Any]] = {}
        self._typed: dict[Path, PolicyVersion] = {}
        self._places: dict[str, list[str]] = {}
        self._heads: dict[Path, tuple[frozenset[str] | None, bool]] = {}
        self._files: dict[str, list[Path]] = {}
        self._amending: dict[str, list[Path]] = {}
        self._speaking: dict[tuple[str, str], list[str]] = {}
        self._below: dict[str, list[str]] = {}
        self._unusable: dict[Path, PolicyUnreadable] = {}

    def files(self, instrument: str) -> list[Path]:
        """The version files of one instrument, oldest first; one without a date comes before them."""
        if instrument not in self._files:
            found: dict[str, Path] = {}
            for folder in reversed(self.folders):
                found.update({p.stem: p for p in law_within(folder / instrument) if _VERSION_FILE.match(p.name)})
            self._files[instrument] = [found[stem] for stem in sorted(found, key=lambda s: (s != _UNDATED, s))]
        return self._files[instrument]

    def governing(self, instrument: str, subject: str) -> list[Path]:
        """The version files of one instrument that govern a subject, oldest first."""
        return [path for path in self.files(instrument) if subject in self.governed(path)]

    def speaking(self, place: str, subject: str) -> list[str]:
        """The instruments of a jurisdiction itself with a version that governs a subject, by name."""
        if (place, subject) not in self._speaking:
            self._speaking[place, subject] = [name for name in self.in_place(place) if self.governing(name, subject)]
        return self._speaking[place, subject]

    def load(self, path: Path) -> PolicyVersion:
        """One version as it was decided. Raises ``PolicyUnreadable``."""
        if path not in self._typed:
            known = _known(path)
            self._typed[path] = known.version if known else self._once(path, lambda: typed(path, self.data(path)))
        return self._typed[path]

    def data(self, path: Path) -> dict[str, Any]:
        """The plain data of a version, not to be changed. Raises ``PolicyUnreadable``."""
        if path not in self._data:
            known = _known(path)
            self._data[path] = known.data if known else self._once(path, lambda: _read(path))
        return self._data[path]

    def _once(self, path: Path, made: Callable[[], T]) -> T:
        """What is made of a file; what cannot be used is tried once, however many ask for it."""
        if path in self._unusable:
            raise self._unusable[path].with_traceback(None)
        try:
            return made()
        except PolicyUnreadable as why:
            self._unusable[path] = why
            raise

    def holds(self, path: Path, version: PolicyVersion, data: dict[str, Any]) -> bool:
        """Whether the file of an instrument and version is this one, and says the same."""
        own = next((each for each in self.files(version.instrument) if each.stem == version.version), None)
        return own is not None and real_path(own) == real_path(path) and self.data(own) == _without_schema(data)

    def share(self, other: "VersionFiles") -> None:
        """Take over what another one of the same folders has read."""
        self._data.update(other._data)
        self._typed.update(other._typed)
        self._heads.update(other._heads)
        self._files.update(other._files)

    def add(self, path: Path, version: PolicyVersion, data: dict[str, Any]) -> None:
        """Hold a file besides, in the place of one of its instrument and version."""
        beside = [each for each in self.files(version.instrument) if each.stem != version.version]
        self._files[version.instrument] = sorted([*beside, path], key=lambda each: (each.stem != _UNDATED, each.stem))
        self._data[path] = _without_schema(data)
        self._typed[path] = version
        self._unusable.pop(path, None)
        self._speaking.clear()
        self._heads[path] = frozenset(version.subjects), bool(version.amends)
        place = version.jurisdiction
        self._places[place] = sorted({*self.in_place(place), version.instrument})

    def in_place(self, place: str) -> list[str]:
        """The instruments of a jurisdiction itself, by name."""
        if place not in self._places:
            beside = {path.name for folder in self.folders for path in law_within(folder / place)}
            named = sorted(name for name in beside if name not in NOT_INSTRUMENTS)
            self._places[place] = [f"{place}/{name}" for name in named if self.files(f"{place}/{name}")]
        return self._places[place]

    def instruments(self) -> list[str]:
        """Every instrument in the folders (calendars, catalogues and guides are none)."""
        return list(self._instruments)

    def below(self, place: str) -> list[str]:
        """The instruments of the jurisdictions below one."""
        if place not in self._below:
            depth = place.count("/") + 1  # of the names of its own instruments
            inside = (name for name in self._instruments if name.startswith(f"{place}/"))
            self._below[place] = [name for name in inside if name.count("/") > depth]
        return self._below[place]

    @cached_property
    def _instruments(self) -> list[str]:
        found = set()
        for folder in self.folders:
            for path in law_below(folder):
                if _VERSION_FILE.match(path.name) and path.parent.name not in NOT_INSTRUMENTS:
                    found.add(path.parent.relative_to(folder).as_posix())
        return sorted(found)

    def governed(self, path: Path) -> frozenset[str]:
        """What a version governs; only a file that does not state it in one plain line has to be read whole for it."""
        stated = self._head(path)[0]
        return self._subjects(path) if stated is None else stated

    def _subjects(self, path: Path) -> frozenset[str]:
        """What a file governs; of one that cannot be used, what its data say: it is missed on those subjects alone.

        Raises ``PolicyUnreadable`` where they say nothing of it: it may be missed anywhere.
        """
        try:
            return frozenset(self.load(path).subjects)
        except PolicyUnreadable:
            if told := _about(self.data(path)):
                return told
            raise

    def amending(self, place: str) -> list[Path]:
        """The version files of a jurisdiction itself that change other instruments."""
        if place not in self._amending:
            every = (path for name in self.in_place(place) for path in self.files(name))
            self._amending[place] = [path for path in every if self._head(path)[1]]
        return self._amending[place]

    def _head(self, path: Path) -> tuple[frozenset[str] | None, bool]:
        """The subjects that a file states in one plain line (None: it does not), and whether it may amend others."""
        if path not in self._heads:
            self._heads[path] = _head(path)
        return self._heads[path]


def _about(data: dict[str, Any]) -> frozenset[str]:
    """The subjects that plain data name, or those of the kinds of their norms; none where nothing tells."""
    found = data.get("governs")
    if not isinstance(found, list):
        parts = data.get("provisions")
        norms = (
            [n for part in parts if isinstance(part, dict) for n in part.get("norms") or ()]
            if isinstance(parts, list)
            else []
        )
        found = [SUBJECT_OF.get(str(norm.get("kind"))) for norm in norms if isinstance(norm, dict)]
    return frozenset(each for each in found if isinstance(each, str) and each)


SUBJECT_OF = {str(kind.__struct_config__.tag): kind.subject for kind in get_args(AnyNorm)}


def _head(path: Path) -> tuple[frozenset[str] | None, bool]:
    try:
        with unnoted():
            written = read_bytes(path, MAX_BYTES)
    except OSError:
        return None, False  # said where it is loaded
    found = _GOVERNS.findall(written)
    subjects = frozenset(found[0].decode().replace(" ", "").split(",")) if len(found) == 1 else None
    return subjects, _MAY_AMEND.search(written) is not None


class _Known(Struct, frozen=True):
    data: dict[str, Any]
    version: PolicyVersion


def _known(path: Path) -> _Known | None:
    """What a file says; of one that cannot be used it is found elsewhere why."""
    try:
        return _of_bytes(read_bytes(path, MAX_BYTES))
    except OSError:
        return None


@lru_cache(_KEPT)
def _of_bytes(raw: bytes) -> _Known | None:
    reading = read_raw(raw, "")
    if reading.document is None or reading.problems or not isinstance(reading.document.data, dict):
        return None
    data = _without_schema(reading.document.data)
    try:
        return _Known(data, _fitting(data))
    except (msgspec.ValidationError, Nowhere):
        return None


def _read(path: Path) -> dict[str, Any]:
    reading = read(path)
    if reading.document is None or reading.problems or not isinstance(reading.document.data, dict):
        raise unread(path, reading)
    return _without_schema(reading.document.data)


def _without_schema(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "$schema"}


def typed(path: Path, data: dict[str, Any]) -> PolicyVersion:
    """A version of plain data that belongs to a file. Raises ``PolicyUnreadable``."""
    try:
        return _fitting(data)
    except (msgspec.ValidationError, Nowhere) as error:
        raise unfit(path, data, "policy", error) from None


def _fitting(data: dict[str, Any]) -> PolicyVersion:
    version = to_version(data)
    for reading in version.readings:
        for said in reading.norms.values():
            _fits(version, said)
    return version


def _fits(version: PolicyVersion, said: Mapping[str, Fields]) -> None:
    """Whether what a reading makes of norms can be computed with; the rules on policies tell where it cannot."""
    for placed in version.placed:
        if placed.norm.id in said:
            as_read(placed.norm, said[placed.norm.id])


def to_version(data: object) -> PolicyVersion:
    """Typed version from plain data that has passed its schema. Raises ``msgspec.ValidationError``."""
    if isinstance(data, dict):
        data = {key: value for key, value in data.items() if key != "$schema"}
    return filled(msgspec.convert(data, PolicyVersion))
