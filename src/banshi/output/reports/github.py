"""The report as annotations of a code host: one workflow command a finding, and one that names the law."""

from banshi.base.text import Lang, visible
from banshi.files.findings import Finding, Severity
from banshi.files.law_used import LawUsed
from banshi.files.report import Report

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_github(report: Report, lang: Lang) -> str:
    """``::error file=…,line=…,col=…,title=…::message`` lines, and at the end ``::notice title=banshi::规定：…``."""
    lines = [_line(finding, lang) for finding in report.findings]
    return "".join([*lines, _law(report.law, lang)] if report.law else lines)


def _line(finding: Finding, lang: Lang) -> str:
    message = " ".join(part for part in (finding.message.say(lang), finding.fix.say(lang)) if part)
    places = f"file={_property(finding.path)},line={finding.line},col={finding.column},endColumn={finding.end_column}"
    return f"::{_COMMANDS[finding.severity]} {places},title={_property(finding.rule)}::{_data(message)}\n"


def _law(law: LawUsed, lang: Lang) -> str:
    return f"::notice title=banshi::{_data(law.said.say(lang))}\n"


def _data(text: str) -> str:
    return visible(text.replace("\n", " ")).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
