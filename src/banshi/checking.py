"""Check paths: read → shape → hold. Every failure on the way is a finding; one project is in memory at a time."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from banshi.change.filing import Filing
from banshi.change.forms import Change, Project
from banshi.change.loading import to_form
from banshi.discovery import (
    PROJECT_FILE,
    LinesFile,
    ProjectFolder,
    Trouble,
    Unit,
    change_files,
    discover,
)
from banshi.documents import Document, Place
from banshi.findings import Citation, Finding, Problem, Route, Severity, Summary, summarise
from banshi.folders import layered
from banshi.library import Law, Library, PolicyUnreadable, to_version
from banshi.reading import InputProblem, Reading, read, read_lines
from banshi.rules import Rule, RuleBroken, load_rules
from banshi.shape import ShapeProblem, Shapes, drop_blanks, kind_of
from banshi.text import NOTHING, Text
from banshi.working_days import WorkingDays, Year


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


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """What a policy rule receives: the version as data and typed, and the library it lives in."""

    version: Any
    data: Any
    library: Library


@dataclass(frozen=True, slots=True)
class _Located:
    """A document with its data checked, and the route that leads to a form inside it (a ledger holds several)."""

    document: Document
    prefix: Route = ()


class Checker:
    """Checks the files of one project (a centre's folder), with its own content layered over the shipped one."""

    def __init__(
        self,
        project: Path,
        *,
        as_of: datetime.date | None = None,
        attachments: Path | None = None,
        own_rules: bool = False,
    ) -> None:
        """``own_rules`` also runs rule files of the project itself: code, so only where its configuration says so."""
        self.policies = layered(project, "policies")
        self.shapes = Shapes(layered(project, "schemas"))
        self.library = Library(self.policies)
        self.days = WorkingDays(self.policies)
        self.as_of, self.attachments = as_of, attachments
        folders = layered(project, "validators")
        self._rule_folders = folders if own_rules else folders[-1:]
        self.rules: Callable[[str], list[Rule]] = cache(self._load_rules)

    def _load_rules(self, subject: str) -> list[Rule]:
        return load_rules(self._rule_folders, subject)

    def check(self, paths: list[Path], progress: Callable[[Unit], None] | None = None) -> Report:
        """Check files and folders; findings come in order of path, line, column and rule."""
        report = Report()
        for unit in discover(paths):
            if progress:
                progress(unit)
            self._unit(unit, report)
        report.findings.sort(key=lambda finding: finding.order)
        return report

    def _unit(self, unit: Unit, report: Report) -> None:
        if isinstance(unit, Trouble):
            report.failed |= unit.fatal
            report.findings.append(_from_input(unit.path.as_posix(), unit.problem))
        elif isinstance(unit, ProjectFolder):
            self._project_folder(unit, report)
        elif isinstance(unit, LinesFile):
            report.files += 1
            for reading in read_lines(unit.path):
                self._document(reading, report)
        else:
            report.files += 1
            self._document(read(unit.path), report)

    def _document(self, reading: Reading, report: Report) -> None:
        document, kind = self._shaped(reading, report)
        if document is None:
            return
        if kind == "policy":
            self._policy(document, report)
        elif kind == "working-days":
            self._working_days(document, report)
        elif kind == "ledger":
            self._ledger(document, report)
        elif kind == "change":
            report.findings.append(_from_input(document.path, _NO_PROJECT))
        else:
            self._filing((document.data, _Located(document)), [], report, complete=True)

    def _shaped(self, reading: Reading, report: Report) -> tuple[Document | None, str | None]:
        """The document if its shape is right, with its kind; whatever is wrong becomes findings."""
        report.findings.extend(_from_input(reading.path, problem, reading.document) for problem in reading.problems)
        document = reading.document
        if document is None:
            return None, None
        kind, problem = kind_of(document.data)
        if problem or kind is None:
            report.findings.append(_from_shape(document, problem or _UNKNOWN))
            return None, kind
        blanks = document.data
        document.data = drop_blanks(blanks)
        problems = list(self.shapes.check(document.data, kind))
        report.findings.extend(_from_shape(document, _blank_or_missing(p, blanks)) for p in problems)
        return (None if problems else document), kind

    # Projects ---------------------------------------------------------------------------------------------------

    def _project_folder(self, unit: ProjectFolder, report: Report) -> None:
        mine = Report()
        project = self._of_kind(unit.folder / PROJECT_FILE, "project", mine)
        forms = [self._of_kind(path, "change", mine) for path in change_files(unit.folder)]
        located = [(form.data, _Located(form)) for form in forms if form is not None]
        if project is not None:
            complete = len(located) == len(forms)
            self._filing((project.data, _Located(project)), located, mine, complete=complete)
        if unit.only is not None:
            shown = {path.as_posix() for path in unit.only}
            mine.findings = [f for f in mine.findings if f.path in shown]
            mine.files = len(unit.only)
        report.findings.extend(mine.findings)
        report.files += mine.files
        report.failed |= mine.failed

    def _of_kind(self, path: Path, wanted: str, report: Report) -> Document | None:
        if wanted == "project" and not path.exists():
            report.findings.append(_from_input(path.as_posix(), _NO_PROJECT))
            return None
        report.files += 1
        document, kind = self._shaped(read(path), report)
        if document is not None and kind != wanted:
            message = Text(
                f"这里应放 kind: {wanted} 的文件，写的是 {kind}", f"expected kind {wanted} here, found {kind}"
            )
            report.findings.append(_from_shape(document, ShapeProblem("shape/wrong-kind", ("kind",), message, _PLACES)))
            return None
        return document

    def _ledger(self, document: Document, report: Report) -> None:
        data = document.data
        forms = [(change, _Located(document, ("changes", n))) for n, change in enumerate(data["changes"])]
        self._filing((data["project"], _Located(document, ("project",))), forms, report, complete=True)

    def _filing(
        self,
        project: tuple[Any, _Located],
        forms: list[tuple[Any, _Located]],
        report: Report,
        *,
        complete: bool,
    ) -> None:
        changes = [to_form(data, Change) for data, _ in forms]
        filing = Filing(
            to_form(project[0], Project), changes, self.library, self.days, complete=complete, as_of=self.as_of
        )
        if not complete:
            report.findings.append(_from_shape(project[1].document, _INCOMPLETE, Severity.NOTE))
        places = [located for _, located in forms]
        for rule in self._rules_for("change", report):
            if rule.needs_all and not complete:
                continue
            subjects: Iterable[tuple[Any, _Located, Law | None]]
            if rule.subject == "project":
                subjects = [(filing, project[1], filing.any_law)]
            else:
                subjects = [(case, places[case.index], case.law) for case in filing.cases]
            for subject, located, law in subjects:
                report.findings.extend(self._hold(rule, subject, located, project[1], law, report))

    def _rules_for(self, subject: str, report: Report) -> list[Rule]:
        try:
            return self.rules(subject)
        except RuleBroken as broken:
            if not report.failed:
                report.findings.append(_from_input(broken.path.as_posix(), _broken_rule(broken)))
            report.failed = True
            return []

    def _hold(
        self, rule: Rule, subject: Any, located: _Located, project: _Located, law: Law | None, report: Report
    ) -> Iterator[Finding]:
        try:
            for problem in rule.check(subject):
                yield _from_problem(rule, problem, project if problem.on == "project" else located, law)
        except PolicyUnreadable as error:
            report.failed = True
            yield _crashed(rule, located, f"{error.path}: {error.why}")
        except Exception as error:  # a rule that crashes is itself a finding, and the rest still run
            report.failed = True
            yield _crashed(rule, located, f"{type(error).__name__}: {error}")

    # Policies ---------------------------------------------------------------------------------------------------

    def _policy(self, document: Document, report: Report) -> None:
        try:
            version = to_version(document.data)
        except msgspec.ValidationError as error:
            report.findings.append(_from_shape(document, _not_typed(error)))
            return
        subject = PolicyFile(version, document.data, self.library)
        own = {placed.norm.id: placed for placed in version.placed}
        law = Law((version,), version.dates.in_force, version.jurisdiction) if own else None
        for rule in self._rules_for("policy", report):
            if rule.subject == "policy":
                located = _Located(document)
                report.findings.extend(self._hold(rule, subject, located, located, law, report))

    def _working_days(self, document: Document, report: Report) -> None:
        try:
            year = msgspec.convert({k: v for k, v in document.data.items() if k != "$schema"}, Year)
        except msgspec.ValidationError as error:
            report.findings.append(_from_shape(document, _not_typed(error)))
            return
        for rule in self._rules_for("policy", report):
            if rule.subject == "working-days":
                located = _Located(document)
                report.findings.extend(self._hold(rule, year, located, located, None, report))


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


def _from_input(path: str, problem: InputProblem, document: Document | None = None) -> Finding:
    line = problem.source_line or (document.line(problem.place.line) if document else "")
    return _finding(problem.rule, Severity.ERROR, path, problem.place, (), problem.message, problem.fix, (), line)


def _from_shape(document: Document, problem: ShapeProblem, severity: Severity = Severity.ERROR) -> Finding:
    place = document.place(problem.where, problem.at_key)
    line = document.line(place.line)
    return _finding(problem.rule, severity, document.path, place, problem.where, problem.message, problem.fix, (), line)


def _from_problem(rule: Rule, problem: Problem, located: _Located, law: Law | None) -> Finding:
    document, where = located.document, (*located.prefix, *problem.where)
    place = document.place(where, problem.at_key)
    basis = problem.basis
    if basis is None:
        basis = tuple(law.placed[norm].cite for norm in rule.basis if norm in law.placed) if law else ()
    return Finding(
        rule=rule.id,
        severity=problem.severity or rule.severity,
        path=document.path,
        line=place.line,
        column=place.column,
        end_column=max(place.end_column, place.column + 1),
        where=where,
        message=problem.message,
        fix=problem.fix,
        basis=tuple(dict.fromkeys(basis)),
        reading_dependent=problem.reading_dependent,
        source_line=document.line(place.line),
    )


def _crashed(rule: Rule, located: _Located, why: str) -> Finding:
    message = Text(f"校验规则 {rule.id} 自身出错（{why}），这条规则没有检查完", f"rule {rule.id} itself failed ({why})")
    place = located.document.place(located.prefix)
    return _finding("engine/rule-crashed", Severity.ERROR, located.document.path, place, (), message, _TELL_US, ())


def _finding(
    rule: str,
    severity: Severity,
    path: str,
    place: Place,
    where: Route,
    message: Text,
    fix: Text,
    basis: tuple[Citation, ...],
    source_line: str = "",
) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        path=path,
        line=place.line,
        column=place.column,
        end_column=max(place.end_column, place.column + 1),
        where=where,
        message=message,
        fix=fix,
        basis=basis,
        reading_dependent=False,
        source_line=source_line,
    )


def _broken_rule(broken: RuleBroken) -> InputProblem:
    message = Text(f"校验规则文件载入失败：{broken.why}", f"this rule file cannot be loaded: {broken.why}")
    return InputProblem("engine/rule-crashed", Place(1, 1, 1), message, _TELL_US)


def _not_typed(error: msgspec.ValidationError) -> ShapeProblem:
    return ShapeProblem("shape/wrong-value", (), Text(f"内容不能使用：{error}", str(error)), NOTHING)


_UNKNOWN = ShapeProblem("shape/unknown-kind", (), Text("不知道这是哪一种文件", "unknown kind of file"))
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
_INCOMPLETE = ShapeProblem(
    "input/incomplete-project",
    (),
    Text(
        "有报批表读不出或格式不对，序次和累计暂不核对",
        "some forms cannot be used, so sequence and totals were not checked",
    ),
    Text("先改好那些报批表，再检查一次。", "Correct those forms first, then check again."),
)
_TELL_US = Text(
    "这不是您的表格的错；请把这一行告诉维护人员。", "This is not your form's fault; please report this line."
)
