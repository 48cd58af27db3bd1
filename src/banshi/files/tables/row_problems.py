"""What is said of rows, cells and headings of a table that cannot be read."""

from banshi.base.text import Text, listed
from banshi.files.documents import Place
from banshi.files.reading import InputProblem
from banshi.files.tables.grids import Grid, GridRow
from banshi.files.tables.headings import TableColumn, WantedTable, known_columns
from banshi.files.tables.records import spots
from banshi.files.tables.sheet import Piece, shown_row, where

_SHOWN = 40


def source_of(row: GridRow, piece: Piece) -> str:
    """The row as it stands in its file; of several lines the first."""
    return place_of(row, piece, None)[1]


def place_of(row: GridRow, piece: Piece, column: int | None) -> tuple[Place, str]:
    """The place of a cell, or of the whole row, and the line that it stands in."""
    if piece.grid.in_book:
        at = (column or 0) + 1
        return Place(row.number, at, at + 1, piece.grid.name), shown_row(piece.grid.name, row.number, row.cells)
    found = spots(row.lines, piece.grid.delimiter) if column is not None else []
    if column is not None and column < len(found):
        spot = found[column]
        return Place(row.number + spot.line, spot.column, spot.end), row.lines[spot.line].rstrip("\r\n")
    line = row.lines[0].rstrip("\r\n") if row.lines else ""
    return Place(row.number, 1, max(2, len(line) + 1)), line


def cell_problem(row: GridRow, head: GridRow, piece: Piece, column: int, why: Text) -> InputProblem:
    """A cell that cannot be read: where, under which heading, what is written, and why."""
    named = head.cells[column].strip()
    shown = " ".join(row.cells[column].split())[:_SHOWN] if column < len(row.cells) else ""
    zh, en = where(piece.grid, row.number, column)
    said = (f"写的是 {shown}：", f" is {shown}: ") if shown else ("", ": ")
    message = Text(f"{zh}“{named}”{said[0]}{why.zh}", f"{en}, {named}{said[1]}{why.en}")
    place, source = place_of(row, piece, column)
    return InputProblem("input/row-unreadable", place, message, _CORRECT, source)


def row_problem(row: GridRow, piece: Piece, why: Text) -> InputProblem:
    """A row that cannot be read as a whole."""
    zh, en = where(piece.grid, row.number)
    message = Text(f"{zh}：{why.zh}", f"{en}: {why.en}")
    place, source = place_of(row, piece, None)
    return InputProblem("input/row-unreadable", place, message, _CORRECT, source)


def incomplete(row: GridRow, piece: Piece, columns: dict[str, TableColumn], key: str) -> InputProblem:
    """A row without something that it must have."""
    named = columns[key].headings[0] if key in columns else key
    zh, en = where(piece.grid, row.number)
    message = Text(f"{zh}没有“{named}”", f"{en} has no {key}")
    place, source = place_of(row, piece, None)
    return InputProblem("input/row-unreadable", place, message, _CORRECT, source)


def missing_columns(grid: Grid, row: GridRow, wanted: WantedTable) -> InputProblem:
    """Headings that are not enough: which are missing, and what is written."""
    found = known_columns(row.cells, wanted.columns)
    lacking = [key for key in wanted.columns if key not in found and _would_help(key, found, wanted)]
    names = listed(wanted.columns[key].headings[0] for key in lacking)
    said = listed(cell.strip() for cell in row.cells if cell.strip())[: _SHOWN * 3]
    zh = f"工作表“{grid.name}”" if grid.name else ""
    message = Text(f"{zh}表头缺少：{names}；写的是 {said}", f"the header lacks: {', '.join(lacking)}")
    source = source_of(row, Piece(grid, 0, {}))
    return InputProblem("input/column-missing", Place(row.number, 1, 2, grid.name), message, _HEADINGS, source)


def _would_help(key: str, found: dict[str, int], wanted: WantedTable) -> bool:
    """Whether the columns are not enough without this one, all others being there."""
    others = {**found, **{other: 0 for other in wanted.columns if other != key}}
    return not wanted.needed(others) or _one_of_two(key, found, wanted)


def _one_of_two(key: str, found: dict[str, int], wanted: WantedTable) -> bool:
    """Whether what is there becomes enough with this column alone."""
    return wanted.needed({**found, key: 0})


def empty() -> InputProblem:
    """A table in which nothing stands."""
    return InputProblem("input/empty", Place(1, 1, 1), Text("表是空的", "the table is empty"), _HEADINGS)


def joined(pieces: list[Piece]) -> InputProblem:
    """Sheets that are read as one."""
    names = list(dict.fromkeys(piece.grid.name for piece in pieces))
    if len(names) < len(pieces):
        return _below_one_another(pieces)
    said = Text(
        f"{len(names)} 张工作表的列名都符合，合在一起读：{listed(names)}",
        f"these sheets are read as one: {', '.join(names)}",
    )
    fix = Text("不该合在一起的，移到别的文件。", "Move elsewhere what does not belong.")
    return InputProblem("input/sheets-joined", Place(1, 1, 1), said, fix)


def _below_one_another(pieces: list[Piece]) -> InputProblem:
    """Tables on one sheet."""
    name = next(piece.grid.name for piece in pieces if sum(p.grid.name == piece.grid.name for p in pieces) > 1)
    rows = [str(piece.head) for piece in pieces if piece.grid.name == name]
    zh, en = (f"工作表“{name}”", name) if name else ("这份文件", "the file")
    said = Text(
        f"{zh}里有 {len(rows)} 张表（列名在第 {listed(rows)} 行），合在一起读",
        f"{en} holds {len(rows)} tables (headings in rows {', '.join(rows)}), read as one",
    )
    fix = Text("不该合在一起的，移到别的文件。", "Move elsewhere what does not belong.")
    return InputProblem("input/sheets-joined", Place(pieces[0].head or 1, 1, 2, name), said, fix)


_CORRECT = Text("改正这一行后再检查；其余各行照常计算。", "Correct this row; the others were taken in.")
_HEADINGS = Text(
    "在前几行写一行列名，次序不限；要有哪些列，见网站上这种文件的格式页。",
    "One of the top rows holds the headings, in any order; the site's page on this format lists them.",
)
