"""The report as SARIF 2.1.0, for code hosts and editors that show findings in place."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from banshi import __version__
from banshi.base.limits import MAX_SAID
from banshi.base.text import Lang, Text, visible_lines
from banshi.files.builtin import BUILTIN
from banshi.files.findings import Finding, Severity
from banshi.files.reading import read
from banshi.files.regular_files import STDIN
from banshi.files.report import Described, Report
from banshi.output.reports.json_report import citation

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_INFORMATION = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html"
MKDOCS = "mkdocs.yml"
_ROOT = "%SRCROOT%"
_ROOT_SAID = Text("运行 banshi 时所在的文件夹", "the folder in which banshi was run")
_LANGUAGES: dict[Lang, str] = {"zh": "zh-CN", "en": "en-US"}
_STARTS = 12  # hexadecimal digits of a fingerprint: enough for the findings of one run


def as_sarif(report: Report, lang: Lang) -> str:
    """One run; each rule that found something is described once; columns count characters.

    Paths are relative to the folder in which the command was run; those outside of it are absolute.
    """
    rules = sorted({f.rule for f in report.findings})
    run = {
        "tool": {"driver": _driver(rules, report.rules, lang)},
        "language": _LANGUAGES[lang],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": _ROOT_SAID.say(lang)}}},
        "invocations": [{"executionSuccessful": not report.failed}],
        **({"properties": {"law": report.law.as_json()}} if report.law else {}),
        "results": _results(report.findings, rules, lang),
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_seen(run)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _seen(value: Any) -> Any:
    """Every text in it without characters that cannot be seen."""
    if isinstance(value, str):
        return visible_lines(value)
    if isinstance(value, dict):
        return {key: _seen(each) for key, each in value.items()}
    return [_seen(each) for each in value] if isinstance(value, list) else value


# Rules --------------------------------------------------------------------------------------------------------------


def _driver(rules: list[str], known: Mapping[str, Described], lang: Lang) -> dict[str, Any]:
    site = _site()
    return {
        "name": "banshi",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": f"pkg:pypi/banshi@{__version__}",
        "rules": [_rule(rule, known.get(rule), site, lang) for rule in rules],
    }


def _site() -> str:
    """The address of the project's own site, with a slash at its end, or nothing where its ``mkdocs.yml`` names none."""
    document = read(Path(MKDOCS)).document if Path(MKDOCS).is_file() else None
    data = document.data if document else None
    found = data.get("site_url") if isinstance(data, dict) else None
    return found.rstrip("/") + "/" if isinstance(found, str) and found.startswith(("https://", "http://")) else ""


def _rule(rule_id: str, rule: Described | None, site: str, lang: Lang) -> dict[str, Any]:
    """What a code host shows of a rule; its page is Chinese in either language."""
    title, page, level = _known(rule_id, rule)
    first, _, rest = page.partition("\n\n")  # a rule's page begins with its title
    said = rest if first.strip() == title.zh else page
    command = f"banshi explain {rule_id}"
    text = f"{said.strip() or title.zh}\n\n{command}"
    described: dict[str, Any] = {
        "id": rule_id,
        "name": "".join(part.title() for part in rule_id.replace("/", "-").split("-")),
        "shortDescription": {"text": _sentence(title.say(lang), lang)},
        "fullDescription": {"text": said.strip().split("\n\n")[0].replace("\n", "") or _sentence(title.zh, "zh")},
        "help": {"text": text, "markdown": f"{said.strip() or title.zh}\n\n`{command}`"},
    }
    if site:
        described["helpUri"] = f"{site}rules/{quote(rule_id)}/"
    return described | ({"defaultConfiguration": {"level": _LEVELS[level]}} if level else {})


def _known(rule_id: str, rule: Described | None) -> tuple[Text, str, Severity | None]:
    """A rule's title, page and gravity."""
    if rule:
        return rule.title, rule.page, rule.severity
    own = BUILTIN.get(rule_id)
    return (own.title, own.page, None) if own else (Text(rule_id, rule_id), "", None)


def _sentence(text: str, lang: Lang) -> str:
    end = {"zh": "。", "en": "."}[lang]
    return text if text.endswith((".", "。", "？", "！")) else text + end


# Results ------------------------------------------------------------------------------------------------------------


def _results(findings: list[Finding], rules: list[str], lang: Lang) -> list[dict[str, Any]]:
    index = {rule: n for n, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    return [_result(finding, index[finding.rule], seen, lang) for finding in findings]


def _result(finding: Finding, rule_index: int, seen: Counter[str], lang: Lang) -> dict[str, Any]:
    text = " ".join(part for part in (finding.message.say(lang), finding.fix.say(lang)) if part)
    artifact = _artifact(finding.path)
    print_ = _fingerprint(finding, artifact["uri"])
    seen[print_] += 1
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, **_regions(finding)}}],
        "partialFingerprints": {"findingPlace/v1": f"{print_}:{seen[print_]}"},
        "properties": {
            "basis": [citation(c) for c in finding.basis],
            "readingDependent": finding.reading_dependent,
            "where": list(finding.where),
        },
    }


def _regions(finding: Finding) -> dict[str, Any]:
    """The place, with the text that stands there and the line that it stands in."""
    end = max(finding.column, finding.end_column)
    region: dict[str, Any] = {"startLine": finding.line, "startColumn": finding.column, "endColumn": end}
    line = finding.source_line
    if not line.strip():
        return {"region": region}
    marked = line[finding.column - 1 : end - 1]
    if 0 < len(marked) <= MAX_SAID:
        region["snippet"] = {"text": marked}
    if len(line) > MAX_SAID:  # a line may be as long as a file
        return {"region": region}
    return {"region": region, "contextRegion": {"startLine": finding.line, "snippet": {"text": line}}}


def _fingerprint(finding: Finding, uri: str) -> str:
    """The same for a finding whose lines moved: its rule, its file, and its place in the data."""
    place = json.dumps([finding.rule, uri, list(finding.where)])
    return hashlib.sha256(place.encode()).hexdigest()[:_STARTS]


def _artifact(path: str) -> dict[str, str]:
    """Where a file is: relative to where we are, or absolute where it lies elsewhere."""
    if path == STDIN:
        return {"uri": "stdin:-"}
    absolute = Path(os.path.abspath(path))
    try:
        relative = absolute.relative_to(Path.cwd())
    except ValueError:
        return {"uri": "file://" + quote(_bytes("/" + absolute.as_posix().lstrip("/")))}
    return {"uri": quote(_bytes(relative.as_posix())), "uriBaseId": _ROOT}


def _bytes(path: str) -> bytes:
    """A path as the system has it, even where it is no text."""
    return path.encode("utf-8", "surrogateescape" if _from_system(path) else "surrogatepass")


def _from_system(path: str) -> bool:
    return all(0xDC80 <= ord(c) <= 0xDCFF for c in path if 0xD800 <= ord(c) <= 0xDFFF)
