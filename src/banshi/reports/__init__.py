"""Reports: the same findings for a terminal, for programs, for code hosts."""

from collections.abc import Callable

from banshi.loaded import Report
from banshi.reports.github import as_github
from banshi.reports.json_report import as_json
from banshi.reports.sarif import as_sarif
from banshi.reports.text_report import as_text
from banshi.text import Lang

FORMATS: dict[str, Callable[[Report, Lang], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}
