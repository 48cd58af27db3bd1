"""What loading gives: files with what the rules on them look at, and the report of a check."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from banshi.account_of_reading import AccountOfReading
from banshi.change.filing import Filing
from banshi.documents import Document
from banshi.findings import Finding, Findings, Route, Summary, summarise
from banshi.guides import Guide, law_of
from banshi.instruments import PolicyVersion
from banshi.law_used import LawUsed
from banshi.library import Law, Library
from banshi.locating import Located
from banshi.norms import Norm
from banshi.working_days import WorkingDays, Year


@dataclass(slots=True)
class Report:
    """What a check found, and what was read as what.

    ``failed``: the tool could not do all of its work (exit status 2). ``law``: what it rests on, where a report names it.
    """

    findings: Findings = field(default_factory=Findings)
    files: int = 0
    failed: bool = False
    law: LawUsed | None = None
    reading: AccountOfReading = field(default_factory=AccountOfReading)

    def leave(self, finding: Finding) -> None:
        """Something that was not read: a finding, and a line in the account of reading."""
        self.reading.left(finding)
        self.findings.append(finding)

    @property
    def summary(self) -> Summary:
        """Counts by severity."""
        return summarise(self.files, self.findings)

    def add(self, other: "Report", only: frozenset[str] | None = None) -> None:
        """Take over another report; ``only`` keeps findings of these paths alone."""
        self.findings.take(other.findings, only)
        self.files += len(only) if only is not None else other.files
        self.failed |= other.failed
        self.reading.add(other.reading)


@dataclass(frozen=True, slots=True)
class LoadedFiling:
    """A project with its forms, and where each of them stands. ``only``: report on these paths alone."""

    filing: Filing
    project: Located
    forms: tuple[Located, ...]


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A file of any other kind: ``value`` is what the rules of ``subject`` look at, ``law`` what it is judged by.

    ``sources``: parts of it (by the first key of a route) that stand in tables of their own.
    """

    subject: str
    value: Any
    document: Document
    law: Law | None = None
    sources: dict[str, Located] = field(default_factory=dict)


Loaded = LoadedFiling | LoadedFile


@dataclass(frozen=True)
class YearFile:
    """What a rule on working days receives: a year as its file at ``path`` has it, and the calendar of the place above.

    ``above``: None for the nation's own.
    """

    path: str
    year: Year
    above: WorkingDays | None


@dataclass(frozen=True)
class PolicyFile:
    """What a policy rule receives: the version typed and as written, its file's path, and the library it lives in."""

    path: str
    version: PolicyVersion
    data: Any
    library: Library

    @cached_property
    def beside(self) -> tuple[PolicyVersion, ...]:
        """The versions that it stands together with from its first day: on the same subjects, itself in its place among them."""
        own, there = self.version, self.library.at(self.version.begins, self.version.jurisdiction).versions
        others = [v for v in there if v.instrument != own.instrument and set(v.subjects) & set(own.subjects)]
        outer = [v for v in others if v.jurisdiction != own.jurisdiction]
        same = sorted([own, *(v for v in others if v not in outer)], key=lambda version: version.instrument)
        return (*outer, *same)

    def law(self, subject: str) -> Law:
        """The law on a subject from its first day, itself included (whether or not it lies where laws are found)."""
        own = self.version
        return self.library.law(tuple(v for v in self.beside if subject in v.subjects), own.jurisdiction, own.begins)

    def norms(self) -> Iterator[tuple[Route, Norm]]:
        """Every norm with the route that leads to it."""
        for p, provision in enumerate(self.version.provisions):
            for n, norm in enumerate(provision.norms):
                yield ("provisions", p, "norms", n), norm


@dataclass(frozen=True, slots=True)
class GuideFile:
    """What a guide rule receives: the guide, and the library that its references lead into."""

    guide: Guide
    library: Library

    @property
    def law(self) -> Law | None:
        """What the guide speaks of; None where its instrument does not exist."""
        return law_of(self.guide, self.library)
