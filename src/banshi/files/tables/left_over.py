"""What a table file holds besides what was read of it: other sheets, hidden ones too, and columns without a meaning.

Only what a subject knows can tell whether it bears on a judgement; here it is found, and said alike for all of them.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.findings import Finding, Severity
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem
from banshi.files.tables.account import LeftColumn, SheetAccount
from banshi.files.tables.cells import CellUnreadable, Read, is_blank
from banshi.files.tables.grids import Grid, Row
from banshi.files.tables.headings import Column
from banshi.files.tables.opening import is_book, opened
from banshi.files.tables.reading import Table


@dataclass(frozen=True, slots=True)
class LeftSheet:
    """A sheet that holds something and of which nothing was read: the cells of its filled rows, as text."""

    path: Path
    name: str
    hidden: bool
    rows: tuple[list[str], ...]

    @property
    def called(self) -> str:
        """隐藏的工作表“旧”."""
        return f"{'隐藏的' if self.hidden else ''}工作表“{self.name}”"

    def said(self, holds: Text | None) -> Finding:
        """An error where it may hold something that is judged (``holds``: what), else a note."""
        zh = f"，里面可能有{holds.zh}" if holds else ""
        message = Text(f"{self.called}没有读{zh}", f"the sheet {self.name} is not read")
        problem = InputProblem("input/left-aside", Place(1, 1, 1, self.name), message, _HEADINGS if holds else NEEDLESS)
        return from_input(self.path.as_posix(), problem, severity=Severity.ERROR if holds else Severity.NOTE)


def left_sheets(path: Path, used: Collection[str]) -> Iterator[LeftSheet]:
    """The sheets of a workbook that are not among the ``used`` ones. Raises ``Unusable``."""
    if not is_book(path):
        return
    book = opened(path)
    for grid in (*book.grids, *book.concealed):
        if grid.name in used:
            continue
        rows = tuple(row.cells for row in grid.rows() if not all(map(is_blank, row.cells)))
        if rows:
            yield LeftSheet(path, grid.name, grid in book.concealed, rows)


@dataclass(frozen=True, slots=True)
class OpenColumn:
    """A column that nothing was read from, and whose cells can be read as a meaning that no other column has.

    ``rows``: those in which such a cell stands; ``names``: what that meaning is called.
    """

    account: SheetAccount
    column: LeftColumn
    names: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]

    def said(self, path: str) -> Finding:
        """The error about it."""
        sheet = f"工作表“{self.account.sheet}”的" if self.account.sheet else ""
        called = f"“{self.column.heading}”" if self.column.heading else self.column.letters
        message = Text(
            f"{sheet}{called}列没有读，里面可能是“{'”或“'.join(self.names)}”",
            f"the column {self.column.letters} is not read and may matter",
        )
        at = Place(self.account.head, self.column.column + 1, self.column.column + 2, self.account.sheet)
        return from_input(path, InputProblem("input/left-aside", at, message, COLUMN))


def open_columns(table: Table, columns: Mapping[str, Column], bearing: Collection[str]) -> Iterator[OpenColumn]:
    """The columns of a table that may mean one of the ``bearing`` keys, as far as no column was read as that key.

    A reader that takes any text tells nothing, and is not asked.
    """
    grids = {piece.grid.name: piece.grid for piece in table.sheet.pieces}
    asked = {key: columns[key] for key in columns if key in bearing and not _reads(columns[key].read, _ANYTHING)}
    for account in table.accounts:
        taken = {each.key for each in account.taken}
        unasked = {key: column for key, column in asked.items() if key not in taken}
        for column in account.left if account.status == "read" else ():
            if column.why in ("unused", "no heading"):
                yield from _of_column(grids[account.sheet], account, column, unasked)


def _of_column(
    grid: Grid, account: SheetAccount, column: LeftColumn, unasked: Mapping[str, Column]
) -> Iterator[OpenColumn]:
    def rows() -> Iterator[Row]:
        below = (row for row in grid.rows() if row.number > account.head and len(row.cells) > column.column)
        return (row for row in below if any(_reads(one.read, row.cells[column.column]) for one in unasked.values()))

    first = next(rows(), None) if unasked else None
    if first is not None:
        cell = first.cells[column.column]
        names = tuple(one.headings[0] for one in unasked.values() if _reads(one.read, cell))
        yield OpenColumn(account, column, names, rows)


def _reads(read: Read, cell: str) -> bool:
    if is_blank(cell):
        return False
    try:
        read(cell)
    except CellUnreadable:
        return False
    return True


_ANYTHING = "〔随便什么字〕"
_HEADINGS = Text(
    "在前几行写要用的列名（见网站上的格式页），要读的取消隐藏；不相干的，移到别的文件。",
    "Write the headings of the table in one of its top rows and unhide what is to be read, or move it elsewhere.",
)
NEEDLESS = Text("不需要的，不必理会。", "Ignore it if it is not needed.")
COLUMN = Text(
    "列名写错的，改正；不需要的，删去这一列。", "Correct its heading, or delete the column if it is not needed."
)
