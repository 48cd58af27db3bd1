"""Scenarios on the pages of guides: worked examples, each with what came of it when the site was built."""

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path

from msgspec import Struct

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.documents import Document
from banshi.files.not_stated import if_stated
from banshi.files.report import Report
from banshi.law.decisions import Reason
from banshi.law.library import Library
from banshi.law.norms import Names
from banshi.subjects.scenarios import of_assessment, of_attendance, of_cases, of_changes
from banshi.subjects.scenarios.forms import Scenario, Scenarios
from banshi.subjects.scenarios.loading import FOLDERS, files_in
from banshi.subjects.scenarios.trying import tried


class Worked(Struct, frozen=True):
    """A scenario that holds, of a place: its facts and its outcome in words, the reasons, on which guides alone it is."""

    scenario: Scenario
    place: str
    facts: str
    outcome: str
    reasons: Sequence[Reason]
    guides: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it shows."""
        return self.scenario.name

    def on(self, guide: str) -> bool:
        """Whether it is shown on a guide of its instrument."""
        return not self.guides or guide in self.guides


class WorkedExamples:
    """Of a project's tests and of policy folders, the scenarios about each instrument that hold; tried when asked for."""

    def __init__(self, project: Path, folders: Sequence[Path], checker: Checker) -> None:
        self._places = (project / FOLDERS[0], *folders)
        self._checker = checker
        self._tried: dict[str, list[Worked]] = {}

    def of(self, instrument: str) -> list[Worked]:
        """Those about an instrument."""
        if instrument not in self._tried:
            self._tried[instrument] = list(self._try(instrument))
        return self._tried[instrument]

    def every(self) -> Iterator[Worked]:
        """Those about all instruments."""
        for instrument in self._files:
            yield from self.of(instrument)

    def _try(self, instrument: str) -> Iterator[Worked]:
        names = _names(self._checker.loader.library, instrument)
        for document, found, guides in self._files.get(instrument, ()):
            for each in tried(document, found, self._checker):
                if each.holds:
                    said = facts_said(each.scenario, names)
                    yield Worked(each.scenario, found.jurisdiction, said, each.found, each.reasons, guides)

    @cached_property
    def _files(self) -> dict[str, list[tuple[Document, Scenarios, tuple[str, ...]]]]:
        """Instrument → the files about it, each with the guides on which alone it is shown."""
        found: dict[str, list[tuple[Document, Scenarios, tuple[str, ...]]]] = {}
        paths = [path for folder in self._places if folder.is_dir() for path in files_in(folder)]
        for unit in self._checker.loader.units(paths) if paths else ():
            for loaded in self._checker.loader.load(unit, Report()):
                if isinstance(loaded, LoadedFile) and isinstance(loaded.value, Scenarios):
                    about, guides = if_stated(partial(_shown_on, loaded.value)) or (None, ())
                    if about:
                        found.setdefault(about, []).append((loaded.document, loaded.value, guides))
        return found


def _shown_on(found: Scenarios) -> tuple[str | None, tuple[str, ...]]:
    """Of which instrument a file speaks, and on which of its guides. Raises ``NotStated``."""
    return found.of, found.guides


def _names(library: Library, instrument: str) -> Names:
    """What the ids of an instrument's text are called."""
    shown = library.shown(instrument)
    return shown.names if shown else {}


def facts_said(scenario: Scenario, names: Names) -> str:
    """The facts of a scenario in words; ``names``: what the ids of its instrument are called."""
    day = [f"{scenario.on}"] if scenario.on else []
    if scenario.attendance:
        return "，".join(of_attendance.said(scenario.attendance))
    if scenario.assessment:
        return "，".join(of_assessment.said(scenario.assessment, names))
    if scenario.cases:
        return "，".join(of_cases.said(scenario.cases))
    return "，".join([*day, *of_changes.said(scenario, names)])
