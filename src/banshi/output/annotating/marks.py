"""What is to be marked in a workbook: per sheet the cells with what is said of them."""

from collections.abc import Iterable

from msgspec import Struct, field

from banshi.base.limits import MAX_MARK
from banshi.base.text import listed, visible_lines
from banshi.files.findings import Citation, Finding, Severity
from banshi.files.tables.grids import letters

_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


class SheetMarks(Struct):
    """The cells of a sheet, by row and column (from 1), and the findings of each."""

    rows: dict[int, dict[int, list[Finding]]] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        """One more."""
        self.rows.setdefault(finding.line, {}).setdefault(finding.column, []).append(finding)

    def of_row(self, number: int) -> list[Finding]:
        """All of a row, from left to right."""
        return [finding for _, found in sorted(self.rows[number].items()) for finding in found]


def marks_of(findings: Iterable[Finding], path: str) -> dict[str, SheetMarks]:
    """The findings of a workbook by sheet; those that stand in no sheet are told on the first page only."""
    found: dict[str, SheetMarks] = {}
    for finding in findings:
        if finding.path == path and finding.sheet:
            found.setdefault(finding.sheet, SheetMarks()).add(finding)
    return found


def gravest(findings: Iterable[Finding]) -> Severity:
    """The gravest of some findings."""
    return min((finding.severity for finding in findings), key=lambda severity: severity.rank)


def columns_of(findings: list[Finding]) -> tuple[str, str, str]:
    """问题, 依据, 怎么改 of a row; several are numbered."""
    problems = [f"〔{f.severity.label.zh}〕{f.message.zh}" for f in findings]
    basis = list(dict.fromkeys(said for f in findings if (said := cited(f.basis))))
    fixes = [f.fix.zh for f in findings if f.fix]
    return _numbered(problems), "\n".join(basis), _numbered(list(dict.fromkeys(fixes)))


def cited(basis: tuple[Citation, ...]) -> str:
    """某市府办发〔2011〕37号 三（一）、三（二）."""
    labels: dict[str, dict[str, None]] = {}
    for each in basis:
        labels.setdefault(each.number or each.title, {})[each.label] = None
    return "；".join(f"{number} {listed(own)}".rstrip() for number, own in labels.items())


def _numbered(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else "\n".join(f"{n}. {part}" for n, part in enumerate(parts, start=1))


def in_xml(text: str) -> str:
    """Text as it stands in XML: what cannot be seen written out, never longer than a cell may be."""
    shown = visible_lines(text)
    cut = shown if len(shown) <= MAX_MARK else shown[: MAX_MARK - 1] + "…"
    return cut.translate(_XML)


def text_cell(prefix: str, row: int, column: int, style: int | None, text: str) -> bytes:
    """A cell that holds text and nothing but text: no program takes it for a formula."""
    at = f"{letters(column - 1)}{row}"
    own = f' s="{style}"' if style is not None else ""
    p = prefix
    return (
        f'<{p}c r="{at}"{own} t="inlineStr"><{p}is><{p}t xml:space="preserve">{in_xml(text)}</{p}t></{p}is></{p}c>'
    ).encode()
