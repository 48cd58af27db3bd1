"""Check paths: read → shape → hold. Every failure on the way is a finding, and the rest is still checked."""

import datetime
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Protocol

from banshi.base.calm import OF_FORMS, calm
from banshi.base.folders import code_folders
from banshi.base.limits import MAX_FINDINGS
from banshi.checking.holding import Held, hold_together, in_lots
from banshi.checking.jobs import shared
from banshi.checking.law_faults import told_of_law
from banshi.checking.loaded import Loaded
from banshi.checking.loading import Loader, one_fate
from banshi.checking.rule_findings import from_problem, unplaced
from banshi.checking.rules import Rule, load_rules
from banshi.checking.told_places import Telling, knowing_all
from banshi.files.findings import Findings
from banshi.files.locating import from_failure
from banshi.files.report import Report
from banshi.files.units import ProjectFolder, SomeLines, TableFile, Unit

Packed = tuple[Report, list[str], list[Telling], set[tuple[str, str]]]
_TOGETHER = 32  # documents of one unit of work that the rules look at together


class Before(Protocol):
    """What an unfinished run has judged: parts of the work, from its beginning, in order."""

    def taken(self, unit: Unit, checker: "Checker") -> Report | None:
        """What came of the next unit of work; None from the first on that was not judged."""

    def note(self, unit: Unit, report: Report, checker: "Checker") -> None:
        """One more is judged."""


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
        law_too: bool = True,
    ) -> None:
        """``own_rules`` also runs rule files of the project itself: code, so only where this user trusts it.

        ``law_too``: what is wrong in a centre's own texts is told where files were judged by them.
        """
        self.loader = Loader(project, as_of=as_of, attachments=attachments, most=most)
        self._law_too = law_too
        self._rule_folders = code_folders(project, "validators", own=own_rules)
        self.rules: Callable[[str], list[Rule]] = cache(self._load_rules)

    def _load_rules(self, subject: str) -> list[Rule]:
        return load_rules(self._rule_folders, subject)

    def check(
        self,
        paths: list[Path],
        progress: Callable[[Unit], None] | None = None,
        jobs: int = 1,
        again: Callable[[], None] | None = None,
        before: Before | None = None,
    ) -> Report:
        """Check files and folders; findings come in order of path, line, column and rule.

        ``progress`` is told of each unit of work that is done, ``again`` where all are looked at once more. ``jobs``: how
        many processes may share the work; the answer is the same, to the byte. ``before``: what an unfinished run has
        judged already, and where this one notes what it has.
        """
        report, first = Report(Findings(most=self.loader.most)), [before]

        def run(own: Report) -> None:
            self._run(paths, own, progress, jobs, first.pop() if first else None)

        with calm(OF_FORMS):
            knowing_all(self.loader.tellings, report, run, again)
        if self._law_too:
            report.findings += told_of_law(self.loader.project, self.loader.library, paths)
        report.findings.settle()  # each once: a table may be given by name, and with its register
        return report

    def _run(
        self,
        paths: list[Path],
        report: Report,
        progress: Callable[[Unit], None] | None,
        jobs: int,
        before: Before | None,
    ) -> None:
        work = (part for unit in self.loader.units(paths) for part in self.loader.parts(unit))
        done = self._resumed(work, jobs, before) if before else shared(self, work, jobs)
        for unit, mine in done:
            if progress:
                progress(unit)
            only = unit.only if isinstance(unit, ProjectFolder) else None
            only = frozenset((unit.path,)) if isinstance(unit, TableFile) else only  # not the register beside it
            report.add(mine, None if only is None else frozenset(path.as_posix() for path in only))

    def _resumed(self, work: Iterator[Unit], jobs: int, before: Before) -> Iterator[tuple[Unit, Report]]:
        """What an unfinished run has judged is taken over; of the rest it is noted what comes of it."""
        self.loader.tellings.briefs()
        for unit in work:
            taken = before.taken(unit, self)
            if taken is None:
                work = chain((unit,), work)
                break
            yield unit, taken
        for unit, mine in shared(self, work, jobs):
            before.note(unit, mine, self)
            yield unit, mine

    def of_one(self, unit: Unit) -> Report:
        """What is found in one unit of work."""
        report = Report(Findings(most=self.loader.most))
        with one_fate(unit.path.as_posix(), report):
            loaded = (Held(each, len(report.findings)) for each in self.loader.load(unit, report))
            for lot in in_lots(loaded, _TOGETHER if isinstance(unit, SomeLines) else 1):
                hold_together(self.rules, lot, report, from_problem)
        return report

    def of_one_apart(self, unit: Unit) -> Report | None:
        """The same without the rest of the run; None where what other files state bears on it."""
        self.loader.told.clear()
        self.loader.tellings.apart()
        report = self.of_one(unit)
        return None if self.loader.told else report

    def packed(self, report: Report) -> Packed:
        """What was found and told of, the texts asked, and the ids of the rules that found it: their code does not travel."""
        rules, report.rules = list(report.rules), {}
        return report, rules, self.loader.tellings.new(), self.loader.library.asked

    def unpacked(self, packed: Packed) -> Report:
        """The same with its rules; what it tells of, and asked, is heard."""
        report, rules, tellings, asked = packed
        self.loader.library.asked |= asked
        self.loader.tellings.take(tellings)
        report.rules = {rule_id: self.rule(rule_id) for rule_id in rules}
        return report

    def lost(self, unit: Unit, error: Exception) -> Report:
        """What is said of a unit of work that could not be looked at."""
        report = Report(Findings())
        report.failed = True
        report.findings.append(from_failure(unit.path.as_posix(), error))
        return report

    def rule(self, rule_id: str) -> Rule:
        """The rule of an id."""
        return next(rule for rule in self.rules(rule_id.partition("/")[0]) if rule.id == rule_id)

    def hold(self, loaded: Loaded, report: Report, *, placed: bool = True) -> None:
        """Run the rules on what was loaded; not ``placed``: where in the file does not matter, and is not looked for."""
        told = from_problem if placed else unplaced
        hold_together(self.rules, [Held(loaded, len(report.findings))], report, told)
