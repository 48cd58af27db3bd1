"""Scenarios on the pages of guides: worked examples, each with what came of it when the site was built."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.not_stated import if_stated
from banshi.files.report import Report
from banshi.law.decisions import Reason
from banshi.law.library import Library
from banshi.law.norms import Names
from banshi.subjects.scenarios import of_assessment, of_attendance, of_cases, of_changes
from banshi.subjects.scenarios.forms import Scenario, Scenarios
from banshi.subjects.scenarios.loading import FOLDERS, files_in
from banshi.subjects.scenarios.trying import tried


@dataclass(frozen=True, slots=True)
class Worked:
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


def worked(project: Path, folders: list[Path], checker: Checker) -> dict[str, list[Worked]]:
    """Instrument → the scenarios about it that hold, of a project's tests and of policy folders."""
    paths = [path for folder in (project / FOLDERS[0], *folders) if folder.is_dir() for path in files_in(folder)]
    found: dict[str, list[Worked]] = {}
    for unit in checker.loader.units(paths) if paths else ():
        for loaded in checker.loader.load(unit, Report()):
            if not isinstance(loaded, LoadedFile) or not isinstance(loaded.value, Scenarios):
                continue
            about, guides = if_stated(partial(_shown_on, loaded.value)) or (None, ())
            if about:
                held = (each for each in tried(loaded.document, loaded.value, checker) if each.holds)
                names, where = _names(checker.loader.library, about), loaded.value.jurisdiction
                shown = [
                    Worked(e.scenario, where, facts_said(e.scenario, names), e.found, e.reasons, guides) for e in held
                ]
                found.setdefault(about, []).extend(shown)
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
