"""Read and shape: paths become typed filings, policies and calendars; whatever is wrong becomes findings.

One project is in memory at a time.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from banshi.change.filing import Filing
from banshi.change.forms import Change, Project
from banshi.change.loading import to_form
from banshi.discovery import CHANGES, PROJECT_FILE, LinesFile, OneFile, ProjectFolder, Trouble, Unit, change_files
from banshi.documents import Document, Place
from banshi.findings import Finding, Severity, Summary, summarise
from banshi.folders import layered
from banshi.guides import Guide, to_guide
from banshi.instruments import PolicyVersion
from banshi.library import Library, to_version
from banshi.locating import Located, from_input, from_shape
from banshi.reading import STDIN, InputProblem, Reading, read, read_lines, read_standard_input, unreadable
from banshi.shape import ShapeProblem, Shapes, drop_blanks, kind_of
from banshi.text import NOTHING, Text
from banshi.working_days import WorkingDays, Year

if TYPE_CHECKING:
    from banshi.attendance.case import Case as AttendanceCase


@dataclass(slots=True)
class Report:
    """What a check found. ``failed``: the tool could not do all of its work (exit status 2)."""

    findings: list[Finding] = field(default_factory=list)
    files: int = 0
    failed: bool = False

    @property
    def summary(self) -> Summary:
        """Counts by severity."""
        return summarise(self.files, self.findings)

    def add(self, other: "Report", only: frozenset[str] | None = None) -> None:
        """Take over another report; ``only`` keeps findings of these paths alone."""
        self.findings += [f for f in other.findings if only is None or f.path in only]
        self.files += len(only) if only is not None else other.files
        self.failed |= other.failed


@dataclass(frozen=True, slots=True)
class LoadedFiling:
    """A project with its forms, and where each of them stands. ``only``: report on these paths alone."""

    filing: Filing
    project: Located
    forms: tuple[Located, ...]


@dataclass(frozen=True, slots=True)
class LoadedPolicy:
    """One version of an instrument, as written and typed."""

    version: PolicyVersion
    data: Any
    document: Document


@dataclass(frozen=True, slots=True)
class LoadedYear:
    """One year's working-day arrangement."""

    year: Year
    document: Document


@dataclass(frozen=True, slots=True)
class LoadedGuide:
    """A service guide."""

    guide: Guide
    document: Document


@dataclass(frozen=True, slots=True)
class LoadedRegister:
    """An attendance register; ``sources``: the tables that hold parts of it, by part."""

    case: "AttendanceCase"
    document: Document
    sources: dict[str, Located]


Loaded = LoadedFiling | LoadedPolicy | LoadedYear | LoadedGuide | LoadedRegister


class Loader:
    """Loads what a centre's folder holds, with its own schemas and policies layered over the shipped ones."""

    def __init__(self, project: Path, *, as_of: datetime.date | None = None, attachments: Path | None = None) -> None:
        """``as_of`` and ``attachments`` (a folder with the attached files) are handed on to filings."""
        self.policies = layered(project, "policies")
        self.shapes = Shapes(layered(project, "schemas"))
        self.library = Library(self.policies)
        self.days = WorkingDays(self.policies)
        self.as_of, self._attachments = as_of, attachments

    def load(self, unit: Unit, report: Report) -> Iterator[Loaded]:
        """What a unit of work holds; its problems go into ``report``."""
        if isinstance(unit, Trouble):
            report.failed |= unit.fatal
            report.findings.append(from_input(unit.path.as_posix(), unit.problem))
        elif isinstance(unit, ProjectFolder):
            yield from self._project_folder(unit.folder, report)
        else:
            report.files += 1
            for reading in _readings(unit):
                yield from self._one(reading, report)

    def _one(self, reading: Reading, report: Report) -> Iterator[Loaded]:
        document, kind = self._shaped(reading, report)
        if document is None:
            return
        located = Located(document)
        try:
            if kind == "policy":
                yield LoadedPolicy(to_version(document.data), document.data, document)
            elif kind == "working-days":
                own = {key: value for key, value in document.data.items() if key != "$schema"}
                yield LoadedYear(msgspec.convert(own, Year), document)
            elif kind == "guide":
                yield LoadedGuide(to_guide(document.data), document)
            elif kind == "attendance":
                yield from self._register(document, report)
            elif kind == "ledger":
                yield self._ledger(document, report)
            elif kind == "project":
                yield self._filing(document.data, located, [], complete=True)
            else:
                report.findings.append(from_input(document.path, _NO_PROJECT))
        except msgspec.ValidationError as error:
            message = Text(f"内容不能使用：{error}", str(error))
            report.findings.append(from_shape(document, ShapeProblem("shape/wrong-value", (), message, NOTHING)))

    def _shaped(
        self, reading: Reading, report: Report, wanted: str | None = None
    ) -> tuple[Document | None, str | None]:
        """The document if its shape is right (and its kind the wanted one), with its kind."""
        document = reading.document
        report.findings.extend(from_input(reading.path, problem, document) for problem in reading.problems)
        if document is None:
            return None, None
        kind, problem = kind_of(document.data)
        if kind is None:
            assert problem is not None
            report.findings.append(from_shape(document, problem))
            return None, None
        if wanted and kind != wanted:
            said = Text(f"这里应放 kind: {wanted} 的文件，写的是 {kind}", f"expected kind {wanted} here, found {kind}")
            report.findings.append(from_shape(document, ShapeProblem("shape/wrong-kind", ("kind",), said, _PLACES)))
            return None, kind
        blanks = document.data
        document.data = drop_blanks(blanks)
        problems = list(self.shapes.check(document.data, kind))
        report.findings.extend(from_shape(document, _blank_or_missing(p, blanks)) for p in problems)
        if kind == "ledger":
            document.broken = _broken_changes(problems)
        return (None if problems and not document.broken else document), kind

    def _project_folder(self, folder: Path, report: Report) -> Iterator[Loaded]:
        project = self._of_kind(folder / PROJECT_FILE, "project", report)
        try:
            paths = change_files(folder)
        except OSError as error:
            report.failed = True
            report.findings.append(from_input((folder / CHANGES).as_posix(), unreadable(error)))
            paths = []
        forms = [self._of_kind(path, "change", report) for path in paths]
        if project is None:
            path = folder / PROJECT_FILE
            if path.exists():
                report.findings.append(from_input(path.as_posix(), _UNHELD, severity=Severity.NOTE))
            return
        usable = [form for form in forms if form is not None]
        complete = len(usable) == len(forms)
        if not complete:
            report.findings.append(from_shape(project, _INCOMPLETE, Severity.NOTE))
        yield self._filing(
            project.data, Located(project), [(form.data, Located(form)) for form in usable], complete=complete
        )

    @cached_property
    def _attached(self) -> frozenset[str] | None:
        """Names of the files in the attachments folder, relative to it; None where none was given."""
        folder = self._attachments
        if folder is None:
            return None
        return frozenset(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())

    def _of_kind(self, path: Path, wanted: str, report: Report) -> Document | None:
        if wanted == "project" and not path.exists():
            report.findings.append(from_input(path.as_posix(), _NO_PROJECT))
            return None
        report.files += 1
        return self._shaped(read(path), report, wanted)[0]

    def _register(self, document: Document, report: Report) -> Iterator[LoadedRegister]:
        from banshi.attendance.case import Case
        from banshi.attendance.loading import load_register  # late: change filings never need it

        found = load_register(document, report.findings)
        if found is not None:
            report.files += found.files - 1
            yield LoadedRegister(Case(found.register, self.library, self.days), document, found.sources)

    def _ledger(self, document: Document, report: Report) -> LoadedFiling:
        data, broken = document.data, document.broken
        if broken:
            report.findings.append(from_shape(document, _INCOMPLETE, Severity.NOTE))
        numbered = [(n, change) for n, change in enumerate(data["changes"]) if n not in broken]
        forms = [(change, Located(document, ("changes", n))) for n, change in numbered]
        return self._filing(data["project"], Located(document, ("project",)), forms, complete=not broken)

    def _filing(
        self, project: Any, place: Located, forms: list[tuple[Any, Located]], *, complete: bool
    ) -> LoadedFiling:
        changes = [to_form(data, Change) for data, _ in forms]
        filing = Filing(
            to_form(project, Project),
            changes,
            self.library,
            self.days,
            complete=complete,
            as_of=self.as_of,
            attached=self._attached,
        )
        return LoadedFiling(filing, place, tuple(located for _, located in forms))


def _readings(unit: OneFile | LinesFile) -> Iterator[Reading]:
    if isinstance(unit, LinesFile):
        return read_lines(unit.path)
    return read_standard_input() if str(unit.path) == STDIN else iter((read(unit.path),))


def _broken_changes(problems: list[ShapeProblem]) -> frozenset[int]:
    """Which of a ledger's changes have a wrong shape, if nothing else in it has."""
    inside = [p.where[1] for p in problems if len(p.where) > 1 and p.where[0] == "changes"]
    broken = frozenset(n for n in inside if isinstance(n, int))
    return broken if len(inside) == len(problems) else frozenset()


def _blank_or_missing(problem: ShapeProblem, data: Any) -> ShapeProblem:
    """A key that stands there without a value is pointed at, and called blank instead of missing."""
    if problem.rule != "shape/missing-key":
        return problem
    parent = data
    for step in problem.where[:-1]:
        parent = parent[step]
    if not isinstance(parent, dict) or problem.where[-1] not in parent:
        return problem
    message = Text(problem.message.zh.replace("缺少", "没有填写"), problem.message.en.replace("missing", "left blank"))
    return ShapeProblem(problem.rule, problem.where, message, Text("填上内容。", "Fill it in."), at_key=True)


_PLACES = Text(
    "project.yaml 写 kind: project；changes/ 里每份写 kind: change。",
    "project.yaml is kind project; changes/* are kind change.",
)
_NO_PROJECT = InputProblem(
    "input/no-project",
    Place(1, 1, 1),
    Text("没有对应的 project.yaml，报批表不能单独核对", "there is no project.yaml for these change forms"),
    Text(
        "把报批表放进项目文件夹的 changes/，旁边放 project.yaml；样例见 examples/change/。",
        "Put forms into changes/ of a project's folder, with project.yaml beside it; see examples/change/.",
    ),
)
_UNHELD = InputProblem(
    "input/incomplete-project",
    Place(1, 1, 1),
    Text(
        "project.yaml 不能用，各份报批表只核对了格式",
        "project.yaml cannot be used, so only the shape of the forms was checked",
    ),
    Text("先改好 project.yaml，再检查一次。", "Correct project.yaml first, then check again."),
)
_INCOMPLETE = ShapeProblem(
    "input/incomplete-project",
    (),
    Text(
        "有报批表读不出或格式不对，序次、累计和档次暂不核对",
        "some forms cannot be used, so sequence, totals and tiers were not checked",
    ),
    Text("先改好那些报批表，再检查一次。", "Correct those forms first, then check again."),
)
