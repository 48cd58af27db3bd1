"""An assessment from a workbook (or its windows and facts from CSV) to the same data as a YAML file holds.

A row that cannot be read is a located finding, and its window is neither scored nor ranked; the others are.
"""

from collections.abc import Iterator
from pathlib import Path

from banshi.assessment.book import Book
from banshi.assessment.loading import load
from banshi.assessment.quarters import law_for
from banshi.assessment.table_columns import COVER, FACTS, ON_COVER, Columns
from banshi.assessment.table_reader import Reader, head_of
from banshi.assessment.table_rows import Row
from banshi.documents import Place
from banshi.loaded import LoadedFile, Report
from banshi.loading import Loader
from banshi.locating import from_input, from_shape
from banshi.reading import InputProblem
from banshi.tables.reading import SheetHead, heading, heads
from banshi.text import Text, listed


def fits(tables: list[SheetHead]) -> bool:
    """Whether the sheets are those of an assessment: the sheet of facts by its name, or windows with a quarter."""
    return any(table.sheet == FACTS or _windows_with_quarter(table) for table in tables)


def _windows_with_quarter(table: SheetHead) -> bool:
    named = {heading(cell) for cell in table.headings}
    return {heading("窗口编号"), heading(ON_COVER["quarter"])} <= named


def load_table(path: Path, loader: Loader, report: Report) -> Iterator[LoadedFile]:
    """The assessment that a workbook holds. Raises nothing: what is amiss goes into ``report``."""
    reader = Reader(path, report, frozenset(head.sheet for head in heads(path).heads))
    cover = reader.cover()
    columns = _columns(cover, loader) if cover else None
    if cover is None or columns is None:
        report.findings.append(from_input(path.as_posix(), _no_cover(cover)))
        return
    document = reader.document(cover, columns)
    problems = list(loader.shapes.check(document.data, "assessment"))
    report.findings += [from_shape(document, problem) for problem in problems]
    broken = {int(p.where[1]) for p in problems if len(p.where) > 1 and p.where[0] == "windows"}
    document.broken = document.broken | frozenset(broken)
    if all(len(p.where) > 1 and p.where[0] == "windows" for p in problems):
        yield from load(document, loader, report)


def _columns(cover: Row, loader: Loader) -> Columns | None:
    """The columns under the law of the quarter; None where the cover does not say which, or there is none."""
    head = {"kind": "assessment", **head_of(cover), "windows": []}
    wrong = {str(where) for problem in loader.shapes.check(head, "assessment") for where in problem.where[:1]}
    if not {"quarter", "jurisdiction"} <= head.keys() - wrong:
        return None
    year, _, number = head["quarter"].partition("-Q")
    found = law_for(loader.library, head["jurisdiction"], int(year), int(number))
    return Columns(Book(found[0])) if found else None


def _no_cover(cover: Row | None) -> InputProblem:
    lacking = [
        name for key, name in ON_COVER.items() if key in ("quarter", "jurisdiction") and key not in (cover or {})
    ]
    said = f"没有写{listed(lacking)}" if lacking else "季度写得不对，或那时没有施行的考核办法"
    message = Text(
        f"“{COVER}”{said}，什么也没有算", "the cover does not say of which quarter, or no measures were in force"
    )
    fix = Text(
        f"在“{COVER}”写明辖区（例如 luzhou）和季度（例如 2012-Q1）；空表见 banshi assess --template。",
        "State jurisdiction and quarter on the cover; banshi assess --template writes an empty form.",
    )
    return InputProblem("input/no-quarter", Place(1, 1, 2), message, fix)
