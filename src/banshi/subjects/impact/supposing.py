"""The law as one supposes it: that of one day whatever day is asked, or with one version of an instrument in force."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from banshi.law.instruments import PolicyVersion
from banshi.law.library import InForce, Library


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
        self._day, self._versions = day, dict(versions or {})

    def at(self, day: datetime.date, jurisdiction: str, *known: Any, **more: Any) -> InForce:
        """What is in force on the supposed day; what was filed before a change is judged by the supposed day too."""
        if self._day is not None:
            more.pop("filed_on", None)
            return super().at(self._day, jurisdiction, *known[:1], **more)
        return super().at(day, jurisdiction, *known, **more)

    def version_at(self, instrument: str, day: datetime.date, *known: Any, **more: Any) -> PolicyVersion | None:
        """The version supposed to be in force."""
        if instrument in self._versions:
            return self._versions[instrument]
        return super().version_at(instrument, self._day or day, *known, **more)
