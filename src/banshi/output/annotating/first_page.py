"""The first sheet of a workbook that is handed back: what to do, in order."""

import math
from collections.abc import Iterable, Sequence

from banshi.base.limits import MAX_FRONT_LINES
from banshi.files.findings import Finding, Severity
from banshi.files.report import Report
from banshi.files.tables.grids import letters
from banshi.output.annotating.marks import cited, in_xml, text_cell

NAME = "先做什么"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEADINGS = ("次序", "级别", "在哪里", "问题", "怎么改", "依据")
_WIDTHS = (6, 8, 22, 70, 50, 30)
_LINE, _HIGHEST = 15, 400  # points: of a line, and of a row
# On A4 on its side, as wide as the paper, with the number of each page at its foot.
_PRINTED = (
    '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter>'
)


def in_order(findings: Iterable[Finding], sheets: Sequence[str]) -> list[Finding]:
    """First what keeps from being judged, then errors, warnings, notes; each as the workbook has them."""
    place = {name: n for n, name in enumerate(sheets)}

    def order(finding: Finding) -> tuple[int, bool, int, int, int, str]:
        first = finding.rule.startswith(("input/", "shape/"))
        return (
            finding.severity.rank,
            not first,
            place.get(finding.sheet, -1),
            finding.line,
            finding.column,
            finding.rule,
        )

    return sorted(findings, key=order)


def first_page(report: Report, findings: Sequence[Finding], said: Sequence[str], style: int | None) -> bytes:
    """The sheet as a part of its own. ``said``: what is not marked, a line each."""
    counts = [sum(f.severity is severity for f in findings) for severity in Severity]
    title = (
        "没有问题。"
        if not findings
        else f"错误 {counts[0]}，警告 {counts[1]}，提示 {counts[2]}。照次序改，改完再检查一次。"
    )
    law = report.law.said.zh if report.law else ""
    more = len(findings) - MAX_FRONT_LINES
    cut = [f"这里只列前 {MAX_FRONT_LINES} 处；其余 {more} 处看各工作表各行末尾“问题”一栏。"] if more > 0 else []
    above = (title, law, *said, *cut)
    head = len(above) + 1
    rows = [_row(n, (line,), None) for n, line in enumerate(above, start=1)]
    rows.append(_row(head, _HEADINGS, style))
    links = []
    for number, finding in enumerate(findings[:MAX_FRONT_LINES], start=head + 1):
        cell = f"{letters(finding.column - 1)}{finding.line}" if finding.sheet else ""
        where = f"{finding.sheet} {cell}" if cell else "整个文件"
        said = (
            str(number - head),
            finding.severity.label.zh,
            where,
            finding.message.zh,
            finding.fix.zh,
            cited(finding.basis),
        )
        rows.append(_row(number, said, style, _lines(said)))
        if cell:
            quoted = finding.sheet.replace("'", "''")
            target = in_xml(f"'{quoted}'!{cell}")
            links.append(f'<hyperlink ref="C{number}" location="{target}" display="{in_xml(where)}"/>')
    columns = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(_WIDTHS, start=1))
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_MAIN}">'
            f'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="{head}" topLeftCell="A{head + 1}" '
            'activePane="bottomLeft" state="frozen"/>'
            f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
        ).encode()
        + b"".join(rows)
        + f"</sheetData>{linked}{_PRINTED}</worksheet>".encode()
    )


def _row(number: int, texts: Sequence[str], style: int | None, lines: int = 1) -> bytes:
    """A row; one of several lines says how high it is, for programs that do not find that out when they open it."""
    cells = b"".join(text_cell("", number, n, style, text) for n, text in enumerate(texts, start=1) if text)
    high = f' ht="{min(_HIGHEST, lines * _LINE + 4)}" customHeight="1"' if lines > 1 and style is not None else ""
    return f'<row r="{number}"{high}>'.encode() + cells + b"</row>"


def _lines(texts: Sequence[str]) -> int:
    """How many lines the longest of the cells takes in its column: a Chinese character is two letters wide."""
    return max(
        sum(
            max(1, math.ceil(sum(1 if char.isascii() else 2 for char in line) / (wide - 2)))
            for line in text.split("\n")
        )
        for text, wide in zip(texts, _WIDTHS, strict=True)
    )
