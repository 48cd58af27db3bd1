"""Tables by their headings: any order of columns and sheets; a row that cannot be read is a finding, the rest goes on.

The heading row is the first of the top rows that has what is needed; titles above it do no harm.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from banshi.documents import Place
from banshi.findings import Finding, Severity
from banshi.locating import from_input
from banshi.reading import InputProblem
from banshi.tables.cells import CellUnreadable, Read, plain_text
from banshi.tables.delimited import delimited
from banshi.tables.grids import Grid, Row, Unusable
from banshi.tables.sheet import Piece, Sheet, blank_sheet, shown_row, where
from banshi.text import Text, listed

TEXT_SUFFIXES, BOOK_SUFFIXES = (".csv", ".tsv"), (".xlsx", ".xlsm")
TABLE_SUFFIXES = (*TEXT_SUFFIXES, *BOOK_SUFFIXES)
MANY = 200  # findings about one table; the rest are only counted
_TOP = 10  # rows that are looked through for headings
_SHOWN = 40

Needed = Callable[[dict[str, int]], bool]
Make = Callable[[dict[str, Any]], Any]


class Several(tuple[Any, ...]):
    """What ``make`` gives for a row that holds more than one value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the headings that name it, and how its cells are read; ``about`` says in Chinese what to write.

    ``blank``: what an empty cell of a row means; None: nothing is known.
    """

    headings: tuple[str, ...]
    read: Read
    about: str = ""
    blank: Any = None


@dataclass(frozen=True, slots=True)
class SheetHead:
    """A visible sheet (of a CSV file: without a name), and the cells of its top rows, the fullest row's first."""

    sheet: str
    headings: list[str]

    def has(self, columns: dict[str, Column], needed: Needed) -> bool:
        """Whether a table with these columns can be read from the sheet."""
        return needed(known_columns(self.headings, columns))


@dataclass(frozen=True, slots=True)
class Heads:
    """The sheets of a file, or the findings that say why there are none."""

    heads: list[SheetHead] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """What a file gave: values in order, where they stand, findings; ``usable`` is False where nothing could be read.

    ``unread``: how many rows could not be read; ``lost``: what was legible of each of them, by key (as text).
    """

    sheet: Sheet
    rows: list[Any] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    usable: bool = True
    unread: int = 0
    lost: list[dict[str, str]] = field(default_factory=list)


def is_table(path: Path) -> bool:
    """Whether the file's name is that of a table."""
    return path.suffix.lower() in TABLE_SUFFIXES


def heads(path: Path) -> Heads:
    """The headings of every visible sheet that holds anything."""
    found = Heads()
    try:
        grids, _ = grids_of(path)
        tops = [(grid.name, list(islice(_filled(grid.rows()), _TOP))) for grid in grids]
        found.heads.extend(SheetHead(name, _fullest_first(top)) for name, top in tops if top)
        if not found.heads:
            raise Unusable(_empty())
    except Unusable as unusable:
        found.findings.extend(from_input(path.as_posix(), problem) for problem in unusable.problems)
    return found


def known_columns(headings: Sequence[str], columns: dict[str, Column]) -> dict[str, int]:
    """Which columns the headings name: key to position, counted from 0; the first of two alike."""
    names = {name: key for key, column in reversed(columns.items()) for name in column.headings}
    found: dict[str, int] = {}
    for n, cell in enumerate(headings):
        key = names.get(heading(cell))
        if key:
            found.setdefault(key, n)
    return found


def heading(cell: str) -> str:
    """A heading as it is compared: without blanks, line breaks and what stands in brackets at its end."""
    text = re.sub(r"\s", "", plain_text(cell)).lower()
    return re.sub(r"(?<=.)\([^()]*\)$", "", text).rstrip("*:")


def read_table(
    path: Path,
    columns: dict[str, Column],
    make: Make,
    needed: Needed,
    sheet: str | Sequence[str] | None = None,
    keep: bool = True,
) -> Table:
    """Every row of a table as ``make`` gives it; ``make`` raises ``KeyError`` for what a row must have.

    A row that holds several values gives ``Several``.

    ``needed`` says whether the columns that were found are enough. ``sheet``: the sheet or sheets to read; without it
    all visible sheets that have the columns are read one after the other. ``keep=False`` leaves ``rows`` empty: only findings are wanted.
    """
    table = Table(blank_sheet(path))
    _read(table, path, _Wanted(columns, make, needed), table.rows.append if keep else _drop, sheet)
    return table


def stream_table(
    path: Path, columns: dict[str, Column], make: Make, needed: Needed, on_row: Callable[[Any], None]
) -> Table:
    """Like ``read_table``, but rows are handed on one by one and not kept: for tables of a million rows.

    The rows that were handed on stand even where the rest of the file turns out unusable (``usable``).
    """
    table = Table(blank_sheet(path))
    _read(table, path, _Wanted(columns, make, needed), on_row, None)
    return table


def _drop(_value: Any) -> None:
    """Nothing is kept."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    columns: dict[str, Column]
    make: Make
    needed: Needed


def _read(
    table: Table, path: Path, wanted: _Wanted, on_row: Callable[[Any], None], sheet: str | Sequence[str] | None
) -> None:
    try:
        grids, notes = grids_of(path)
        if sheet is None:
            table.findings += [from_input(table.sheet.path, note, severity=Severity.NOTE) for note in notes]
        names = [sheet] if isinstance(sheet, str) else sheet
        chosen = [grid for grid in grids if names is None or grid.name in names]
        _read_grids(table, chosen, wanted, on_row)
    except Unusable as unusable:
        _give_up(table, *unusable.problems)


def grids_of(path: Path) -> tuple[list[Grid], list[InputProblem]]:
    """The visible sheets of a file, and notes on what was left out. Raises ``Unusable``."""
    if path.suffix.lower() not in BOOK_SUFFIXES:
        return [delimited(path)], []
    from banshi.tables.workbook import hidden_sheets, workbook  # late: who reads CSV only never pays for it

    book = workbook(path)
    return book.grids, hidden_sheets(book)


def _give_up(table: Table, *problems: InputProblem) -> None:
    table.usable = False
    table.rows.clear()
    table.findings += [from_input(table.sheet.path, problem) for problem in problems]


def _read_grids(table: Table, grids: list[Grid], wanted: _Wanted, on_row: Callable[[Any], None]) -> None:
    best: tuple[int, Grid, Row] | None = None
    for grid in grids:
        rows = grid.rows()
        top = list(islice(_filled(rows), _TOP))
        place = next((n for n, row in enumerate(top) if wanted.needed(known_columns(row.cells, wanted.columns))), None)
        if place is None:
            best = max((x for x in (best, _nearest(top, grid, wanted)) if x), key=lambda x: x[0], default=None)
            continue
        body = (row for part in (top[place + 1 :], _filled(rows)) for row in part)
        _body(table, grid, top[place], body, wanted, on_row)
    if not table.sheet.pieces:
        raise Unusable(_missing_columns(best[1], best[2], wanted) if best else _empty())
    if len(table.sheet.pieces) > 1:
        table.findings.append(_at(table, _joined(table.sheet.pieces), Severity.NOTE))
    if table.unread > MANY:
        more = Text(
            f"另有 {table.unread - MANY} 行读不出，没有逐行列出", f"{table.unread - MANY} more rows cannot be read"
        )
        table.findings.append(_at(table, InputProblem("input/row-unreadable", Place(1, 1, 1), more)))


def _filled(rows: Iterator[Row]) -> Iterator[Row]:
    """Rows that hold anything."""
    return (row for row in rows if row.bad or any(cell.strip() for cell in row.cells))


def _fullest_first(rows: list[Row]) -> list[str]:
    """Cells of the top rows, those of the row with the most different cells first: a merged title is one word."""
    named = [[cell.strip() for cell in row.cells] for row in rows]
    named.sort(key=lambda cells: -len({cell for cell in cells if cell}))
    return [cell for cells in named for cell in cells]


def _nearest(top: list[Row], grid: Grid, wanted: _Wanted) -> tuple[int, Grid, Row] | None:
    """The row that comes nearest to a heading row, with the number of columns that it names."""
    counted = [(len(known_columns(row.cells, wanted.columns)), row) for row in top]
    if not counted:
        return None
    known, row = max(counted, key=lambda each: each[0])
    return known, grid, row


def _body(
    table: Table, grid: Grid, head: Row, body: Iterator[Row], wanted: _Wanted, on_row: Callable[[Any], None]
) -> None:
    columns = known_columns(head.cells, wanted.columns)
    piece = Piece(grid, len(table.sheet.first_lines), columns)
    table.sheet.pieces.append(piece)
    table.findings += [_at(table, problem, severity) for problem, severity in _unused(piece, head)]
    for row in body:
        problem = _row(row, head, piece, wanted, table, on_row)
        if problem is not None:
            table.unread += 1
            if table.unread <= MANY:
                table.findings.append(_at(table, problem))
    table.findings += [_at(table, note, Severity.NOTE) for note in grid.notes]


def _row(
    row: Row, head: Row, piece: Piece, wanted: _Wanted, table: Table, on_row: Callable[[Any], None]
) -> InputProblem | None:
    """Hand one row on, or say what is wrong with it."""
    values, problem = _values(row, head, piece, wanted)
    if problem is not None:
        if _repeats(row, head, piece):
            return None
        return _lost(table, row, piece, problem)
    if not values:
        return None  # only columns that are not used hold anything
    try:
        made = wanted.make(values)
    except KeyError as missing:
        return _lost(table, row, piece, _incomplete(row, piece, wanted, str(missing.args[0])))
    except CellUnreadable as error:
        return _lost(table, row, piece, _row_problem(row, piece, error.text))
    for value in made if isinstance(made, Several) else (made,):
        table.sheet.first_lines.append(row.number)
        on_row(value)
    return None


def _values(row: Row, head: Row, piece: Piece, wanted: _Wanted) -> tuple[dict[str, Any], InputProblem | None]:
    """The row's values by key, and the problem with the first cell that cannot be read."""
    values: dict[str, Any] = {}
    blank: dict[str, Any] = {}
    for key, n in piece.columns.items():
        if n in row.bad:
            return values, _cell_problem(row, head, piece, n, row.bad[n])
        cell = row.cells[n] if n < len(row.cells) else ""
        if not cell or cell.isspace():
            if (meant := wanted.columns[key].blank) is not None:
                blank[key] = meant
            continue
        try:
            values[key] = wanted.columns[key].read(cell)
        except CellUnreadable as error:
            return values, _cell_problem(row, head, piece, n, error.text)
    return {**blank, **values} if values else values, None


def _repeats(row: Row, head: Row, piece: Piece) -> bool:
    """Whether the row says the headings again, as printed pages do."""
    return all(row.cells[n : n + 1] == head.cells[n : n + 1] for n in piece.columns.values())


def _lost(table: Table, row: Row, piece: Piece, problem: InputProblem) -> InputProblem:
    if table.unread < MANY * 100:
        legible = {key: row.cells[n] for key, n in piece.columns.items() if n < len(row.cells) and n not in row.bad}
        table.lost.append(legible)
    return problem


# what is said


def _at(table: Table, problem: InputProblem, severity: Severity = Severity.ERROR) -> Finding:
    return from_input(table.sheet.path, problem, severity=severity)


def _source(row: Row, piece: Piece) -> str:
    return (
        shown_row(piece.grid.name, row.number, row.cells)
        if piece.grid.in_book
        else piece.grid.delimiter.join(row.cells)
    )


def _cell_problem(row: Row, head: Row, piece: Piece, column: int, why: Text) -> InputProblem:
    named = head.cells[column].strip()
    shown = " ".join(row.cells[column].split())[:_SHOWN] if column < len(row.cells) else ""
    zh, en = where(piece.grid, row.number, column)
    said = (f"写的是 {shown}：", f" is {shown}: ") if shown else ("", ": ")
    message = Text(f"{zh}“{named}”{said[0]}{why.zh}", f"{en}, {named}{said[1]}{why.en}")
    return InputProblem("input/row-unreadable", _cell(row, piece, column), message, _CORRECT, _source(row, piece))


def _row_problem(row: Row, piece: Piece, why: Text) -> InputProblem:
    zh, en = where(piece.grid, row.number)
    message = Text(f"{zh}：{why.zh}", f"{en}: {why.en}")
    return InputProblem("input/row-unreadable", _cell(row, piece, None), message, _CORRECT, _source(row, piece))


def _incomplete(row: Row, piece: Piece, wanted: _Wanted, key: str) -> InputProblem:
    named = wanted.columns[key].headings[0] if key in wanted.columns else key
    zh, en = where(piece.grid, row.number)
    message = Text(f"{zh}没有“{named}”", f"{en} has no {key}")
    return InputProblem("input/row-unreadable", _cell(row, piece, None), message, _CORRECT, _source(row, piece))


def _cell(row: Row, piece: Piece, column: int | None) -> Place:
    """The place of a cell; in a text file counted in the characters of its row."""
    if piece.grid.in_book:
        return Place(row.number, (column or 0) + 1, (column or 0) + 2)
    if column is None:
        return Place(row.number, 1, max(2, len(_source(row, piece)) + 1))
    before = sum(len(cell) + 1 for cell in row.cells[:column])
    return Place(row.number, before + 1, before + 1 + max(1, len(row.cells[column])))


def _missing_columns(grid: Grid, row: Row, wanted: _Wanted) -> InputProblem:
    found = known_columns(row.cells, wanted.columns)
    lacking = [key for key in wanted.columns if key not in found and _would_help(key, found, wanted)]
    names = listed(wanted.columns[key].headings[0] for key in lacking)
    said = listed(cell.strip() for cell in row.cells if cell.strip())[: _SHOWN * 3]
    zh = f"工作表“{grid.name}”" if grid.name else ""
    message = Text(f"{zh}表头缺少：{names}；写的是 {said}", f"the header lacks: {', '.join(lacking)}")
    source = ",".join(row.cells) if not grid.in_book else shown_row(grid.name, row.number, row.cells)
    return InputProblem("input/column-missing", Place(row.number, 1, 2), message, _HEADINGS, source)


def _would_help(key: str, found: dict[str, int], wanted: _Wanted) -> bool:
    """Whether the columns are not enough without this one, all others being there."""
    others = {**found, **{other: 0 for other in wanted.columns if other != key}}
    return not wanted.needed(others) or _one_of_two(key, found, wanted)


def _one_of_two(key: str, found: dict[str, int], wanted: _Wanted) -> bool:
    """Whether what is there becomes enough with this column alone."""
    return wanted.needed({**found, key: 0})


def _empty() -> InputProblem:
    return InputProblem("input/empty", Place(1, 1, 1), Text("表是空的", "the table is empty"), _HEADINGS)


def _joined(pieces: list[Piece]) -> InputProblem:
    names = [piece.grid.name for piece in pieces]
    said = Text(
        f"{len(names)} 张工作表的列名都符合，合在一起读：{listed(names)}",
        f"these sheets are read as one: {', '.join(names)}",
    )
    fix = Text("不该合在一起的，移到别的文件。", "Move elsewhere what does not belong.")
    return InputProblem("input/sheets-joined", Place(1, 1, 1), said, fix)


def of_the_body(name: str) -> bool:
    """Whether a heading is that of biometric data, which is neither read nor written anywhere."""
    return bool(_BODY.search(heading(name)))


def _unused(piece: Piece, head: Row) -> Iterator[tuple[InputProblem, Severity]]:
    """Columns that nothing is read from; those that would hold what nobody may keep there are told apart."""
    used = set(piece.columns.values())
    names = {cell.strip(): None for n, cell in enumerate(head.cells) if n not in used and cell.strip()}
    body = [name for name in names if of_the_body(name)]
    unknown = [name for name in names if name not in body and heading(name) not in _IDLE]
    at, source = Place(head.number, 1, 2), _source(head, piece)
    if body:
        said = Text(f"这些列像是生物特征，没有读：{listed(body)}", f"biometric columns are not read: {', '.join(body)}")
        yield InputProblem("input/biometric-column", at, said, _NOT_HERE, source), Severity.WARNING
    if unknown:
        said = Text(f"没有用到这些列：{listed(unknown)}", f"these columns are not used: {', '.join(unknown)}")
        yield InputProblem("input/column-unused", at, said, _MISSPELT, source), Severity.NOTE


# Columns that machines write and that nothing is read from.
_IDLE = frozenset(
    (
        "姓名",
        "name",
        "部门",
        "序号",
        "星期",
        "备注",
        "机器号",
        "考勤机",
        "设备号",
        "窗口名称",
        "no",
        "no.",
        "问题",
        "依据",
        "怎么改",
    )
)
# Templates and pictures of the body; a column that says how somebody signed in is not among them.
_BODY = re.compile(
    r"指纹(模板|特征|图|数据|码|值)|^指纹$|人脸|面部|刷脸(模板|特征|图|数据)|虹膜|掌纹|掌静脉|指静脉|声纹|抓拍|照片|生物特征"
    r"|template|biometric|face|iris|fingerprint_?(data|image)"
)
_CORRECT = Text("改正这一行后再检查；其余各行照常计算。", "Correct this row; the others were taken in.")
_HEADINGS = Text(
    "在前几行写一行列名，次序不限；要有哪些列，见网站上这种文件的格式页。",
    "One of the top rows holds the headings, in any order; the site's page on this format lists them.",
)
_MISSPELT = Text("列名写错的，改正；不需要的，不必理会。", "Correct a misspelt heading; ignore what is not needed.")
_NOT_HERE = Text(
    "指纹、人脸等生物特征不应放在考勤表里：从文件里删去这些列。",
    "Fingerprints, faces and the like should not be kept in this file: delete these columns.",
)
