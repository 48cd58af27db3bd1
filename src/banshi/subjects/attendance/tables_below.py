"""Another table below the rows of one: its headings are none of these, so that its rows were lost, or read as something else."""

from collections.abc import Iterator

from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem
from banshi.files.tables.cells import is_blank
from banshi.files.tables.headings import known_columns
from banshi.files.tables.reading import Table
from banshi.subjects.attendance.columns import PARTS, RegisterColumns
from banshi.subjects.attendance.forms import Register
from banshi.subjects.attendance.glimpse import Glimpse, Roster
from banshi.subjects.attendance.left_aside import LeftAside, bearing

_FEWEST = 3  # headings of a row that is taken for one


def tables_below(part: RegisterColumns, table: Table, register: Register) -> Iterator[LeftAside]:
    """The tables of other parts that stand below the rows of one, on the same sheet, and whom they may be about."""
    grids = {piece.grid.name: piece.grid for piece in table.sheet.pieces}
    for account in table.accounts:
        lost = set(account.unread) if account.status == "read" else set[int]()
        if not lost:
            continue
        roster, other, rows, head = Roster(register), "", list[list[str]](), 0
        for row in grids[account.sheet].rows():
            if not other and row.number in lost and (other := _other(part, row.cells)):
                head = row.number
            elif other and not all(map(is_blank, row.cells)):
                rows.append(row.cells)
        if other:
            yield _left(part, table, account.sheet, head, other, _whose(other, rows, roster))


def _other(part: RegisterColumns, cells: list[str]) -> str:
    """The part whose headings these are; empty where they are those of none, or the table's own."""
    for key, each in PARTS.items():
        known = known_columns(cells, each.columns)
        if key != part.key and len(known) >= _FEWEST and each.enough(known):
            return key
    return ""


def _whose(part: str, rows: list[list[str]], roster: Roster) -> list[Glimpse]:
    named = [next(filter(None, map(roster.who, cells)), None) for cells in rows]
    if not named or None in named:
        return [Glimpse(part)]
    return [Glimpse(part, who) for who in dict.fromkeys(named)]


def _left(part: RegisterColumns, table: Table, sheet: str, head: int, other: str, found: list[Glimpse]) -> LeftAside:
    title = PARTS[other].title
    zh = f"工作表“{sheet}”" if sheet else ""
    said = Text(
        f"{zh}第 {head} 行起像是另一张表（{title.zh}），排在{part.title.zh}下面，没有读",
        f"from row {head} on another table seems to stand below ({title.en}); it was not read",
    )
    problem = InputProblem("input/left-aside", Place(head, 1, 2, sheet), said, _APART)
    return LeftAside(
        from_input(table.sheet.path, problem), bearing(found, f"{zh or '表里'}第 {head} 行起的{title.zh}表")
    )


_APART = Text("各种表分开：移到另一张工作表，或另一个文件。", "Keep each table on a sheet, or in a file, of its own.")
