"""The law as one supposes it: that of one day whatever day is asked, or with one version of an instrument in force."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from banshi.law.instruments import PolicyVersion
from banshi.law.library import InForce, Law, Library
from banshi.subjects.impact.reading_law import LawRead, Read

_EARLY = datetime.date(1900, 1, 1)


class Supposed(Library):
    """A library that answers every day as ``day`` (None: as it is), and with ``versions`` in force for their instruments."""

    def __init__(
        self,
        folders: list[Path],
        *,
        day: datetime.date | None = None,
        versions: Mapping[str, PolicyVersion] | None = None,
    ) -> None:
        """``versions``: by instrument, the version that is supposed to hold whatever the day."""
        super().__init__(folders)
        self.day, self.supposed = day, dict(versions or {})
        self.read: set[Read] = set()  # what was read of the laws that it made, since somebody emptied it
        self._kept: dict[int, tuple[PolicyVersion, PolicyVersion]] = {}  # a version stays as long as its id is used

    def at(self, day: datetime.date, jurisdiction: str, *known: Any, **more: Any) -> InForce:
        """What is in force on the supposed day; what was filed before a change is judged by the supposed day too."""
        if self.day is not None:
            more.pop("filed_on", None)
            return super().at(self.day, jurisdiction, *known[:1], **more)
        return super().at(day, jurisdiction, *known, **more)

    def version_at(self, instrument: str, day: datetime.date, *known: Any, **more: Any) -> PolicyVersion | None:
        """The version supposed to be in force."""
        found = self.supposed.get(instrument) or super().version_at(instrument, self.day or day, *known, **more)
        supposed = self.day is not None or instrument in self.supposed
        return self._always(found) if found and supposed else found

    def _made(
        self, versions: tuple[PolicyVersion, ...], jurisdiction: str, gone: frozenset[tuple[str, str | None]]
    ) -> Law:
        return LawRead(versions, jurisdiction, gone, self.read)

    def _always(self, version: PolicyVersion) -> PolicyVersion:
        """The version as if it had always been in force: what happened before its first day is judged by it too."""
        if id(version) not in self._kept:
            dates = msgspec.structs.replace(version.dates, in_force=_EARLY, ended=None)
            made = msgspec.structs.replace(version, dates=dates)
            if amended := version.__dict__.get("_amended"):
                made.__dict__["_amended"] = amended
            self._kept[id(version)] = version, made
        return self._kept[id(version)][1]
