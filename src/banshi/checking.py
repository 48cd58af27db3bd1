"""Check paths: read → shape → hold. Every failure on the way is a finding, and the rest is still checked."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from banshi.discovery import ProjectFolder, TableFile, Unit
from banshi.findings import Finding, Findings, Route
from banshi.folders import code_folders
from banshi.kinds import SUBJECTS
from banshi.library import Law, PolicyUnreadable
from banshi.limits import MAX_FINDINGS
from banshi.loaded import Loaded, LoadedFiling, Report
from banshi.loading import Loader, one_fate
from banshi.locating import Located, from_broken_rule, from_crash, from_problem, from_unusable_policy
from banshi.rules import Rule, RuleBroken, load_rules

# One thing for a rule to look at: the subject itself, the document it came from, the law it is judged by.
_Subject = tuple[Any, Located, Law | None]


class Checker:
    """Checks the files of one centre's folder, with its own content layered over the shipped one."""

    def __init__(
        self,
        project: Path,
        *,
        as_of: datetime.date | None = None,
        attachments: Path | None = None,
        own_rules: bool = False,
        most: int | None = MAX_FINDINGS,
    ) -> None:
        """``own_rules`` also runs rule files of the project itself: code, so only where this user trusts it."""
        self.loader = Loader(project, as_of=as_of, attachments=attachments, most=most)
        self._rule_folders = code_folders(project, "validators", own=own_rules)
        self.rules: Callable[[str], list[Rule]] = cache(self._load_rules)

    def _load_rules(self, subject: str) -> list[Rule]:
        return load_rules(self._rule_folders, subject)

    def check(self, paths: list[Path], progress: Callable[[Unit], None] | None = None) -> Report:
        """Check files and folders; findings come in order of path, line, column and rule."""
        report = Report(Findings(most=self.loader.most))
        for unit in self.loader.units(paths):
            if progress:
                progress(unit)
            mine = Report(Findings(most=self.loader.most))
            with one_fate(unit.path.as_posix(), mine):
                for loaded in self.loader.load(unit, mine):
                    self._hold_all(loaded, mine)
            only = unit.only if isinstance(unit, ProjectFolder) else None
            only = frozenset((unit.path,)) if isinstance(unit, TableFile) else only  # not the register beside it
            report.add(mine, None if only is None else frozenset(path.as_posix() for path in only))
        report.findings.settle()  # each once: a table may be given by name, and with its register
        return report

    def hold(self, loaded: Loaded, report: Report) -> None:
        """Run the rules on what was loaded."""
        self._hold_all(loaded, report)

    def _hold_all(self, loaded: Loaded, report: Report) -> None:
        folder = "change" if isinstance(loaded, LoadedFiling) else SUBJECTS[loaded.subject].rules
        try:
            rules = self.rules(folder)
        except RuleBroken as broken:
            report.findings.append(from_broken_rule(broken.path.as_posix(), broken.why))
            report.failed = True
            return
        project = loaded.project if isinstance(loaded, LoadedFiling) else Located(loaded.document)
        tables = {} if isinstance(loaded, LoadedFiling) else loaded.sources
        try:
            for rule in rules:
                for subject in _subjects(rule, loaded):
                    report.findings.extend(_hold(rule, subject, project, tables, report))
        except PolicyUnreadable as error:  # the same for every rule, so said once
            report.findings.append(from_unusable_policy(project, error))


def _subjects(rule: Rule, loaded: Loaded) -> Iterable[_Subject]:
    if isinstance(loaded, LoadedFiling):
        return _in_filing(rule, loaded)
    return [(loaded.value, Located(loaded.document), loaded.law)] if rule.subject == loaded.subject else []


def _in_filing(rule: Rule, loaded: LoadedFiling) -> Iterable[_Subject]:
    filing = loaded.filing
    if rule.needs_all and not filing.complete:
        return []
    if rule.subject == "project":
        return [(filing, loaded.project, filing.any_law)]
    return [(case, loaded.forms[case.index], case.law) for case in filing.cases]


def _hold(
    rule: Rule, subject: _Subject, project: Located, tables: dict[str, Located], report: Report
) -> Iterator[Finding]:
    value, located, law = subject
    try:
        for problem in rule.check(value):
            place = project if problem.on == "project" else tables.get(_part(problem.where), located)
            yield from_problem(rule, problem, place, law)
    except PolicyUnreadable:
        raise
    except Exception as error:  # a rule that crashes is itself a finding, and the rest still run
        report.failed = True
        yield from_crash(rule, located, f"{type(error).__name__}: {error}")


def _part(where: Route) -> str:
    """The part of a document that a route leads into; it may stand in a table of its own."""
    return str(where[0]) if where else ""
