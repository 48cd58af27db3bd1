"""Every format of a report of findings, by name."""

from collections.abc import Callable

from banshi.base.text import Lang
from banshi.files.report import Report
from banshi.output.reports.github import as_github
from banshi.output.reports.json_report import as_json, as_json_lines
from banshi.output.reports.sarif import as_sarif
from banshi.output.reports.text_report import as_text

FORMATS: dict[str, Callable[[Report, Lang], str]] = {
    "text": as_text,
    "json": as_json,
    "jsonl": as_json_lines,
    "sarif": as_sarif,
    "github": as_github,
}
