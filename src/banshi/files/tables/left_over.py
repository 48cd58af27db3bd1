"""What a table file holds besides what was read of it: other sheets, hidden ones too, and columns without a meaning.

Only what a subject knows can tell whether it bears on a judgement; here it is found, and said alike for all of them.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.findings import Finding, Severity
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem
from banshi.files.tables.account import LeftColumn, SheetAccount
from banshi.files.tables.cells import CellUnreadable, is_blank
from banshi.files.tables.grids import Grid, GridRow, Unusable
from banshi.files.tables.headings import TOP, TableColumn, fullest_first
from banshi.files.tables.opening import is_book, opened
from banshi.files.tables.reading import Table


class LeftSheet(Struct, frozen=True):
    """A sheet that holds something and of which nothing was read: the cells of its filled rows, as text.

    ``broken``: why no more of it can be looked at; nobody knows what else it holds.
    """

    path: Path
    name: str
    hidden: bool
    rows: tuple[list[str], ...]
    broken: InputProblem | None = None

    @property
    def headings(self) -> list[str]:
        """The cells of its top rows, those of the fullest first."""
        return fullest_first([GridRow(n, cells, {}) for n, cells in enumerate(self.rows[:TOP], start=1)])

    @property
    def called(self) -> str:
        """隐藏的工作表“旧”."""
        return f"{'隐藏的' if self.hidden else ''}工作表“{self.name}”"

    def said(self, holds: Text | None) -> Finding:
        """An error where it may hold something that is judged (``holds``: what) or nobody knows, else a note."""
        if self.broken is not None:
            return from_input(self.path.as_posix(), self.broken)
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
        rows, broken = list[list[str]](), None
        try:
            rows += (row.cells for row in grid.rows() if not all(map(is_blank, row.cells)))
        except Unusable as why:
            broken = why.problems[0]
        if rows or broken:
            yield LeftSheet(path, grid.name, grid in book.concealed, tuple(rows), broken)


Meanings = Callable[[str], Sequence[str]]  # of a cell: the keys of what it may mean
Keys = Callable[[SheetAccount, LeftColumn], Meanings | None]


class OpenColumn(Struct, frozen=True):
    """A column that nothing was read from, and whose cells may say what was not read from any other.

    ``names``: what the first such cell may mean is called.
    """

    account: SheetAccount
    column: LeftColumn
    names: tuple[str, ...]
    _grid: Grid
    _meanings: Meanings

    @property
    def called(self) -> str:
        """Its heading, or its letters: “备考”, AB."""
        return f"“{self.column.heading}”" if self.column.heading else self.column.letters

    def rows(self) -> Iterator[tuple[GridRow, Sequence[str]]]:
        """The rows in which such a cell stands, each with the keys of what it may mean."""
        for row in self._grid.rows():
            there = row.number > self.account.head and len(row.cells) > self.column.column
            if there and (keys := self._meanings(row.cells[self.column.column])):
                yield row, keys

    def said(self, path: str, holds: Text | None = None) -> Finding:
        """The error about it; ``holds``: what may be in it, in other words than the names of its meanings."""
        sheet = f"工作表“{self.account.sheet}”的" if self.account.sheet else ""
        may = f"里面可能有{holds.zh}" if holds else f"里面可能是“{'”或“'.join(self.names)}”"
        message = Text(
            f"{sheet}{self.called}列没有读，{may}", f"the column {self.column.letters} is not read and may matter"
        )
        at = Place(self.account.head, self.column.column + 1, self.column.column + 2, self.account.sheet)
        return from_input(path, InputProblem("input/left-aside", at, message, COLUMN))


def open_columns(table: Table, columns: Mapping[str, TableColumn], keys: Keys) -> Iterator[OpenColumn]:
    """The columns of a table that nothing was read from, and in which something stands that bears on a judgement.

    ``keys``: of a sheet and a column, what tells the meanings (of ``columns``) that a cell may have; None: none matters.
    """
    grids = {piece.grid.name: piece.grid for piece in table.sheet.pieces}
    for account in table.accounts:
        for left in account.left if account.status == "read" else ():
            if (meanings := keys(account, left)) is None:
                continue
            column = OpenColumn(account, left, (), grids[account.sheet], meanings)
            if (first := next(column.rows(), None)) is not None:
                yield replace(column, names=tuple(columns[key].headings[0] for key in first[1] if key in columns))


def not_taken(columns: Mapping[str, TableColumn], bearing: Collection[str]) -> Keys:
    """What a cell may mean among the ``bearing`` keys, as far as no column of its sheet was read as that key.

    A reader that takes any text tells nothing, and is not asked; nor is anything asked of a column that says again what
    another says, or that nothing is read from.
    """
    asked = {key: columns[key] for key in columns if key in bearing and not reads(columns[key], _ANYTHING)}

    def keys(account: SheetAccount, column: LeftColumn) -> Meanings | None:
        taken = {each.key for each in account.taken}
        free = [(key, own) for key, own in asked.items() if key not in taken]
        if column.why not in ("unused", "no heading") or not free:
            return None
        return lambda cell: [key for key, own in free if reads(own, cell)]

    return keys


def reads(column: TableColumn, cell: str) -> bool:
    """Whether a cell can be read as what stands in a column."""
    if is_blank(cell):
        return False
    try:
        column.read(cell)
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
