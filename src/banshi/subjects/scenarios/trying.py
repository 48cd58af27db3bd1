"""Trying scenarios: what comes of each, beside what was expected."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path

from msgspec import Struct

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.documents import Document
from banshi.files.findings import Citation
from banshi.files.report import Report
from banshi.law.decisions import Reason
from banshi.subjects.scenarios.forms import Scenario, Scenarios
from banshi.subjects.scenarios.loading import files_in
from banshi.subjects.scenarios.of_assessment import try_assessment
from banshi.subjects.scenarios.of_attendance import try_attendance
from banshi.subjects.scenarios.of_cases import try_cases
from banshi.subjects.scenarios.of_changes import try_change
from banshi.subjects.scenarios.outcomes import ScenarioOutcome


class Tried(Struct, frozen=True):
    """A scenario as it came out: what was expected, what was found (in words), and why."""

    document: Document
    index: int
    scenario: Scenario
    expected: str
    found: str
    reasons: Sequence[Reason] = ()

    @property
    def holds(self) -> bool:
        """Whether what was found is what was expected."""
        return self.expected == self.found

    @property
    def line(self) -> int:
        """Where it stands in its file."""
        return self.document.place(("scenarios", self.index)).line


def tried(document: Document, found: Scenarios, checker: Checker) -> Iterator[Tried]:
    """Every scenario of a file that can be, tried with the law and the rules of a checker."""
    places = (n for n in count() if n not in document.broken)
    for index, scenario in zip(places, found.scenarios, strict=False):
        yield Tried(document, index, scenario, *_try(document, found.jurisdiction, scenario, checker))


def citations_of(folders: Iterable[Path], checker: Checker) -> Iterator[tuple[str, Citation]]:
    """The names of the scenarios in some folders, each with what it came to cite."""
    paths = [path for folder in folders if folder.is_dir() for path in files_in(folder)]
    for unit in checker.loader.units(paths) if paths else ():
        for loaded in checker.loader.load(unit, Report()):
            if isinstance(loaded, LoadedFile) and isinstance(loaded.value, Scenarios):
                for each in tried(loaded.document, loaded.value, checker):
                    yield from ((each.scenario.name, reason.basis) for reason in each.reasons if reason.basis)


def _try(document: Document, place: str, scenario: Scenario, checker: Checker) -> ScenarioOutcome:
    if scenario.attendance is not None:
        return try_attendance(scenario.attendance, scenario.expect, place, checker)
    if scenario.assessment is not None:
        return try_assessment(document, scenario.assessment, scenario.expect, place, checker)
    if scenario.cases is not None:
        return try_cases(document, scenario.cases, scenario.expect, place, checker)
    return try_change(document, place, scenario, checker)
