"""Findings: what is wrong, where, on which basis, and how to put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from banshi.text import NOTHING, Text

Route = tuple[str | int, ...]


class Severity(StrEnum):
    """How grave a finding is; the order of the members is the order of gravity."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for a note."""
        return ("error", "warning", "note").index(self.value)

    @property
    def label(self) -> Text:
        """错误, 警告 or 提示."""
        return {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "note": Text("提示", "note")}[self]


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision (and the norm in it) of one version of an instrument; without a provision, the version as a whole."""

    instrument: str
    version: str
    provision: str
    label: str
    norm: str
    number: str
    title: str

    @property
    def url(self) -> str:
        """The provision's place on the site, relative to its root."""
        place = f"instruments/{self.instrument}/{self.version}/"
        return f"{place}#{anchor(self.provision)}" if self.provision else place

    def say(self) -> str:
        """As officials cite it: 泸市府办发〔2011〕37号 三（四）."""
        return f"{self.number or self.title} {self.label}".rstrip()


def anchor(provision: str) -> str:
    """The page anchor of a provision: ``3.4.1`` gives ``p-3-4-1``."""
    return "p-" + provision.replace(".", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What a check yields: a place in the document's own terms, a message, a fix and its basis.

    ``where`` is a route of keys and indexes; ``on`` says in which of the subject's documents (a change's own form or
    its project's file). ``at_key`` points at the key itself rather than at its value. ``basis`` of ``None`` lets the
    rule's own BASIS speak.
    """

    where: Route
    message: Text
    fix: Text = NOTHING
    on: Literal["self", "project"] = "self"
    at_key: bool = False
    severity: Severity | None = None
    basis: tuple[Citation, ...] | None = None
    reading_dependent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem made concrete: file, line and column (both from 1, columns in characters)."""

    rule: str
    severity: Severity
    path: str
    line: int
    column: int
    end_column: int
    message: Text
    fix: Text = NOTHING
    where: Route = ()
    basis: tuple[Citation, ...] = ()
    reading_dependent: bool = False
    source_line: str = ""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The order in which findings are reported."""
        return (self.path, self.line, self.column, self.rule, self.message.zh)


@dataclass(frozen=True, slots=True)
class Summary:
    """How much was looked at, and what came of it."""

    files: int
    errors: int
    warnings: int
    notes: int


def summarise(files: int, findings: Iterable[Finding]) -> Summary:
    """Count findings by severity."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return Summary(files, counts[Severity.ERROR], counts[Severity.WARNING], counts[Severity.NOTE])
