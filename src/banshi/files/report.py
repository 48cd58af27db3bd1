"""The report of a check: what was found, and what was read as what."""

from typing import Protocol

from msgspec import Struct, field

from banshi.base.text import Text
from banshi.files.account_of_reading import AccountOfReading
from banshi.files.findings import Finding, Findings, Severity, Summary, summarise
from banshi.files.law_used import LawUsed


class Described(Protocol):
    """What a report tells of a rule: its title, its page, and how grave its findings are."""

    @property
    def title(self) -> Text: ...  # noqa: D102
    @property
    def page(self) -> str: ...  # noqa: D102
    @property
    def severity(self) -> Severity: ...  # noqa: D102


class Report(Struct):
    """What a check found, and what was read as what.

    ``failed``: the tool could not do all of its work (exit status 2). ``law``: what it rests on, where a report names it.
    """

    findings: Findings = field(default_factory=Findings)
    files: int = 0
    failed: bool = False
    law: LawUsed | None = None
    reading: AccountOfReading = field(default_factory=AccountOfReading)
    rules: dict[str, Described] = field(default_factory=dict)  # by id, of those that found something

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
        self.files += other.files if only is None else min(len(only), other.files)
        self.failed |= other.failed
        self.reading.add(other.reading)
        self.rules.update(other.rules)
