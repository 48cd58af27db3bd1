"""The recorded cases of a project (``tests/cases``): what their answers and findings come to cite."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from banshi.checking.checker import Checker
from banshi.checking.loaded import Loaded
from banshi.files.findings import Citation
from banshi.files.report import Report
from banshi.subjects.impact.answers import answers

FOLDER = Path("tests/cases")


def cited_by_cases(project: Path, checker: Checker) -> Iterator[tuple[str, Citation]]:
    """Each recorded case by its path in the project, with every norm that what is decided and found there cites."""
    folder = project / FOLDER
    for unit in checker.loader.units([folder]) if folder.is_dir() else ():
        name = unit.path.absolute().relative_to(project.absolute()).as_posix()
        for loaded in checker.loader.load(unit, Report()):
            yield from ((name, cited) for cited in dict.fromkeys(_cited(loaded, checker)))


def _cited(loaded: Loaded, checker: Checker) -> Iterable[Citation]:
    for answer in answers(loaded):
        yield from (reason.basis for reason in answer.reasons if reason.basis)
    report = Report()
    checker.hold(loaded, report, placed=False)
    for finding in report.findings:
        yield from finding.basis
