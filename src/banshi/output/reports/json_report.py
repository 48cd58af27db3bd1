"""The report as JSON: the contract that other programs read."""

import json
from typing import Any

from banshi.base.text import Lang
from banshi.files.findings import Citation, Finding
from banshi.files.report import Report
from banshi.files.tables.grids import letters


def as_json(report: Report, lang: Lang) -> str:
    """Version 1 of the format; the same input gives the same bytes."""
    whole = {
        "version": 1,
        **_law(report),
        "findings": [finding_json(f, lang) for f in report.findings],
        "summary": _summary(report),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_json_lines(report: Report, lang: Lang) -> str:
    """The same as JSON Lines: a finding a line, for tables of millions; the last line has the law and the summary."""
    end = {"version": 1, **_law(report), "summary": _summary(report)}
    rows = (*(finding_json(finding, lang) for finding in report.findings), end)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _law(report: Report) -> dict[str, Any]:
    return {"law": report.law.as_json()} if report.law else {}


def _summary(report: Report) -> dict[str, int | bool]:
    found = report.summary
    counts = {"files": found.files, "errors": found.errors, "warnings": found.warnings, "notes": found.notes}
    return counts | ({"at_least": True} if found.at_least else {})


def finding_json(finding: Finding, lang: Lang) -> dict[str, Any]:
    """A finding in the report's terms."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        **({"sheet": finding.sheet, "cell": cell_name(finding)} if finding.sheet else {}),
        "where": list(finding.where),
        "message": finding.message.say(lang),
        "fix": finding.fix.say(lang),
        "basis": [citation(c) for c in finding.basis],
        "reading_dependent": finding.reading_dependent,
    }


def cell_name(finding: Finding) -> str:
    """The cell of a workbook where a finding stands: C12."""
    return f"{letters(finding.column - 1)}{finding.line}"


def citation(cited: Citation) -> dict[str, Any]:
    """A citation in the report's terms; ``amended_by`` only where something has changed the norm."""
    said = {
        "instrument": cited.instrument,
        "version": cited.version,
        "provision": cited.provision,
        "label": cited.label,
        "norm": cited.norm,
        "url": cited.url,
    }
    return said | ({"amended_by": [citation(each) for each in cited.amended_by]} if cited.amended_by else {})
