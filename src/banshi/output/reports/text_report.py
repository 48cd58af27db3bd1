"""The report for a person at a terminal: place, message, the offending line, basis, and how to put it right."""

import unicodedata

from banshi.base.text import NOTHING, Lang, Text, listed, visible
from banshi.files.findings import Citation, Finding, Severity
from banshi.files.reading import BOOK_SUFFIXES
from banshi.files.regular_files import STDIN
from banshi.files.report import Report
from banshi.output.terminal import Style

WIDTH = 100  # characters of a line that are shown
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def as_text(report: Report, lang: Lang, style: Style | None = None) -> str:
    """Findings with the line they stand on, a summary, and the law that they rest on."""
    style = style or Style(colour=False)
    return (
        "".join(_finding(f, lang, style) for f in report.findings) + _summary(report, lang, style) + _law(report, lang)
    )


def _law(report: Report, lang: Lang) -> str:
    return f"{visible(report.law.said.say(lang))}\n" if report.law else ""


def _finding(finding: Finding, lang: Lang, style: Style) -> str:
    severity = style.paint(finding.severity.label.say(lang), _COLOURS[finding.severity])
    place = f"{visible(finding.path)}:{finding.line}:{finding.column}"
    lines = [f"{style.paint(place, 'bold')} {severity} [{finding.rule}]", f"  {visible(finding.message.say(lang))}"]
    lines += _excerpt(finding, style)
    if finding.basis:
        lines.append(f"  {Text('依据', 'basis').say(lang)}：{_cited(finding.basis)}")
    if finding.fix:
        lines.append(f"  {Text('改法', 'fix').say(lang)}：{visible(finding.fix.say(lang))}")
    return "\n".join(lines) + "\n\n"


def _cited(basis: tuple[Citation, ...]) -> str:
    """Each instrument once, with its provisions: 某市府办发〔2011〕37号 三（一）、三（二）."""
    provisions: dict[str, dict[str, None]] = {}
    for cited in basis:
        provisions.setdefault(cited.number or cited.title, {})[cited.place] = None
    return "；".join(f"{number} {listed(filter(None, labels))}".rstrip() for number, labels in provisions.items())


def _in_a_book(finding: Finding) -> bool:
    """Whether it stands in a workbook: by the name of the file, or by how the row of one without a name is shown."""
    row = finding.path == STDIN and f"!{finding.line}：" in finding.source_line
    return row or finding.path.lower().endswith(BOOK_SUFFIXES)


def _excerpt(finding: Finding, style: Style) -> list[str]:
    source = finding.source_line
    start = max(0, finding.column - 60)
    part = source[start : start + WIDTH].replace("\t", " ")  # a line may be as long as a file
    if not part.strip():
        return []
    if _in_a_book(finding):  # a row of cells: there is no column to point at
        return [f"  {visible(source[:WIDTH])}"]
    at, end = finding.column - 1 - start, finding.end_column - 1 - start
    before, marked = visible(part[:at]), visible(part[at:end])
    shown = before + marked + visible(part[end:]) + ("…" if len(source) > start + WIDTH else "")
    gutter = f"  {finding.line:>5} | "
    under = " " * (len(gutter) - 2) + "| " + " " * _width(before) + style.paint("^" * max(1, _width(marked)), "red")
    return [gutter + shown, under]


def _width(text: str) -> int:
    """Columns that the text takes on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _summary(report: Report, lang: Lang, style: Style) -> str:
    s = report.summary
    if not report.findings:
        return (
            style.paint(
                Text(f"检查了 {s.files} 个文件，没有问题。", f"{s.files} files checked, nothing found.").say(lang),
                "green",
            )
            + "\n"
        )
    least = Text("至少 ", "at least ") if s.at_least else NOTHING
    counts = Text(
        f"检查了 {s.files} 个文件：错误 {least.zh}{s.errors}，警告 {s.warnings}，提示 {s.notes}。",
        f"{s.files} files checked: {least.en}{s.errors} errors, {s.warnings} warnings, {s.notes} notes.",
    )
    return style.paint(counts.say(lang), "bold") + "\n"
