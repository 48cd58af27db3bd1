"""Sheets beside a ledger of which no headings say what they are: one that goes on with its rows leaves open what was filed."""

import re
from collections.abc import Collection

from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.findings import Severity
from banshi.files.reading import InputProblem
from banshi.files.tables.cells import is_blank, plain_text
from banshi.files.tables.grids import Grid, GridRow
from banshi.files.tables.headings import filled

_FEWEST = 5  # cells of a row that may be a form
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}")


def aside(grid: Grid, known: Collection[str]) -> tuple[InputProblem, Severity]:
    """What is told of such a sheet: an error where a row of it may be a form of what is ``known`` (projects, numbers of forms)."""
    names = frozenset(map(plain_text, known))
    row = next((row for row in filled(grid.rows()) if _is_like_a_form(row, names)), None)
    if row is None:
        said = Text(
            f"工作表“{grid.name}”看不出是报批表、台账或其中的明细，没有读",
            f"the sheet {grid.name} is no form and no ledger; not read",
        )
        return InputProblem("input/left-aside", Place(1, 1, 2, grid.name), said, _HEADS), Severity.NOTE
    said = Text(
        f"工作表“{grid.name}”没有认得的列名，没有读；第 {row.number} 行像是一份报批表，所以各项目的报批表可能不全",
        f"the sheet {grid.name} has no known headings and was not read; row {row.number} looks like a form",
    )
    return InputProblem("input/left-aside", Place(row.number, 1, 2, grid.name), said, _HEADS), Severity.ERROR


def _is_like_a_form(row: GridRow, known: frozenset[str]) -> bool:
    cells = [plain_text(cell) for cell in row.cells if not is_blank(cell)]
    return len(cells) >= _FEWEST and not known.isdisjoint(cells) and any(map(_DAY.match, cells))


_HEADS = Text(
    "要读的，写上列名（见网站“文件格式”）；不需要的，不必理会。",
    "Write the headings if it should be read; else ignore it.",
)
