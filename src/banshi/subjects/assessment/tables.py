"""An assessment from a workbook (or its windows and facts from CSV) to the same data as a YAML file holds.

A row that cannot be read is a located finding, and its window is neither scored nor ranked; the others are.
"""

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from banshi.base.text import Text, listed
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.checking.wrong_shapes import tell, without_lost_head
from banshi.files.documents import Place
from banshi.files.findings import Severity
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem
from banshi.files.report import Report
from banshi.files.shape import ShapeProblem, places_of
from banshi.files.tables.reading import SheetHead, heading, heads
from banshi.law.assessment_periods import asked, combines, law_for
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.loading import load
from banshi.subjects.assessment.table_columns import COVER, DETAILS, FACTS, LISTS, MARKS, ON_COVER, AssessmentColumns
from banshi.subjects.assessment.table_reader import AssessmentReader, head_of
from banshi.subjects.assessment.table_rows import Row

_BESIDE_FACTS = frozenset((DETAILS, MARKS, *LISTS.values()))
_NO_FACTS = InputProblem(
    "input/no-facts-sheet",
    Place(1, 1, 2),
    Text(
        f"没有名为“{FACTS}”的工作表（隐藏的不算），一个窗口也没有计分",
        f"there is no sheet {FACTS}: no window is scored",
    ),
    Text("把各窗口的事实所在的工作表改回这个名字。", "Give the sheet of facts its name again."),
)
_PERIOD = ("quarter", "period")  # a file says one of them


def fits(tables: list[SheetHead]) -> bool:
    """Whether the sheets are those of an assessment: one of them by its name, or windows with a quarter."""
    return any(table.sheet in (FACTS, *_BESIDE_FACTS) or _windows_with_quarter(table) for table in tables)


def _windows_with_quarter(table: SheetHead) -> bool:
    named = {heading(cell) for cell in table.headings}
    return heading("窗口编号") in named and bool({heading(ON_COVER[key]) for key in _PERIOD} & named)


def load_table(path: Path, loader: Loader, report: Report) -> Iterator[LoadedFile]:
    """The assessment that a workbook holds. Raises nothing: what is amiss goes into ``report``."""
    reader = AssessmentReader(path, report, frozenset(head.sheet for head in heads(path).heads))
    cover = reader.cover()
    columns = _columns(cover, loader) if cover else None
    if cover is None or columns is None:
        report.findings.append(from_input(path.as_posix(), _no_cover(cover)))
        return
    if FACTS not in reader.sheets and reader.sheets & _BESIDE_FACTS:
        report.findings.append(from_input(path.as_posix(), _NO_FACTS))
        return
    document = reader.document(cover, columns)
    if absent := [name for name in LISTS.values() if name not in reader.sheets]:
        report.findings.append(from_input(path.as_posix(), _no_list(absent), severity=Severity.NOTE))
    problems = list(loader.shapes.check(document.data, "assessment"))
    tell(document, [_in_the_form(problem) for problem in problems], report)
    document.astray = tuple(places_of(without_lost_head(document, "assessment", loader.shapes, problems)))
    if all(len(where) > 1 and where[0] == "windows" for where in document.astray):
        yield from load(document, loader, report)


def _columns(cover: Row, loader: Loader) -> AssessmentColumns | None:
    """The columns under the law of the quarter; None where the cover does not say which, or there is none."""
    head = {"kind": "assessment", **head_of(cover), "windows": []}
    wrong = {str(where) for problem in loader.shapes.check(head, "assessment") for where in problem.where[:1]}
    right = head.keys() - wrong
    wanted = next((asked(head[key]) for key in _PERIOD if key in right), None)
    if wanted is None or "jurisdiction" not in right:
        return None
    found = law_for(loader.library, head["jurisdiction"], wanted)
    return (
        AssessmentColumns(AssessmentBook(found[0], combines(found[0], wanted.kind) is not None, wanted.kind))
        if found
        else None
    )


def _in_the_form(problem: ShapeProblem) -> ShapeProblem:
    """A form has sheets and columns, no keys to add."""
    name = ON_COVER.get(str(problem.where[0])) if len(problem.where) == 1 else None
    if name and problem.rule == "shape/missing-key":
        return replace(problem, fix=Text(f"在“{COVER}”的“{name}”后面填写。", f"Fill in {name} on the cover."))
    if problem.where == ("windows",) and problem.rule == "shape/too-few":
        return replace(problem, fix=Text(f"在“{FACTS}”里每个窗口填一行。", "Fill in a row for each window."))
    return problem


def _no_cover(cover: Row | None) -> InputProblem:
    given = cover or {}
    lacking = [] if set(_PERIOD) & given.keys() else [ON_COVER["quarter"]]
    lacking += [] if "jurisdiction" in given else [ON_COVER["jurisdiction"]]
    said = f"没有写{listed(lacking)}" if lacking else "季度写得不对，或那时没有施行的考核办法"
    message = Text(
        f"“{COVER}”{said}，什么也没有算", "the cover does not say of which quarter, or no measures were in force"
    )
    fix = Text(
        f"在“{COVER}”写明辖区（市的拼音名）和季度（例如 2012-Q1）；空表见 banshi assess --template。",
        "State jurisdiction and quarter on the cover; banshi assess --template writes an empty form.",
    )
    return InputProblem("input/no-quarter", Place(1, 1, 2), message, fix)


def _no_list(absent: list[str]) -> InputProblem:
    """A list without rows and no list at all lead to the same score: the second may be a slip, so it is said."""
    sheets, what = "".join(f"“{name}”" for name in absent), "、".join(absent)
    message = Text(
        f"没有名为{sheets}的工作表（隐藏的不算），没有读到{what}，各窗口都按一笔也没有列计算（由事实算出的照计）",
        f"there is no sheet {', '.join(absent)}, so none counts but what follows from the facts",
    )
    fix = Text(
        f"有{what}的，补上这样命名的工作表（CSV 放不下，改用工作簿，空表见 banshi assess --template）；确实没有的，留着只有列名的表。",
        "Add the sheet (banshi assess --template writes an empty form); where there is nothing, keep it with its header.",
    )
    return InputProblem("input/no-bonus-sheet", Place(1, 1, 2), message, fix)
