"""The report as SARIF 2.1.0, for code hosts and editors that show findings in place."""

import json
from typing import Any
from urllib.parse import quote

from banshi import __version__
from banshi.findings import Finding, Severity
from banshi.loaded import Report
from banshi.reports.json_report import citation
from banshi.text import Lang

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(report: Report, lang: Lang) -> str:
    """One run; each rule that found something is described once; columns count characters."""
    rules = sorted({f.rule for f in report.findings})
    run = {
        "tool": {"driver": {"name": "banshi", "version": __version__, "rules": [_rule(rule) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, rules.index(f.rule), lang) for f in report.findings],
        "invocations": [{"executionSuccessful": not report.failed}],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: str) -> dict[str, Any]:
    return {"id": rule, "name": "".join(part.title() for part in rule.replace("/", "-").split("-"))}


def _result(finding: Finding, rule_index: int, lang: Lang) -> dict[str, Any]:
    text = " ".join(part for part in (finding.message.say(lang), finding.fix.say(lang)) if part)
    region = {"startLine": finding.line, "startColumn": finding.column, "endColumn": finding.end_column}
    location = {
        "physicalLocation": {"artifactLocation": {"uri": quote(finding.path, errors="replace")}, "region": region}
    }
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [location],
        "properties": {
            "basis": [citation(c) for c in finding.basis],
            "readingDependent": finding.reading_dependent,
            "where": list(finding.where),
        },
    }
