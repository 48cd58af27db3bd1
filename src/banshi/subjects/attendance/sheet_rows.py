"""The rows of a register's punches and leave as they were handed in: same columns, same headings, unreadable ones too."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import dropwhile
from typing import Any

from msgspec import Struct

from banshi.base.text import Text, listed
from banshi.checking.loaded import LoadedFile
from banshi.files.tables.grids import GridRow
from banshi.files.tables.sheet import Piece, SheetDocument
from banshi.files.tables.unused import of_the_body
from banshi.output.workbooks import Cell
from banshi.subjects.attendance.cell_names import METHOD_NAMES
from banshi.subjects.attendance.columns import PARTS
from banshi.subjects.attendance.entry_places import OwnEntries
from banshi.subjects.attendance.forms import Leave, Punch
from banshi.subjects.attendance.vocabulary import RegisterWords
from banshi.subjects.attendance.words import FORMS, HALVES


class GivenRow(Struct, frozen=True):
    """A row: its cells, and the indices of the values that were read from it; none where it was not read."""

    cells: list[Cell]
    indices: range
    number: int = 0


class GivenTable(Struct, frozen=True):
    """A table as it was handed in; ``path`` and ``sheet`` tell where from, and ``number`` of its rows which row."""

    name: str
    headings: list[str]
    rows: Iterator[GivenRow]
    path: str = ""
    sheet: str = ""


def given_tables(file: LoadedFile, part: str) -> Iterator[GivenTable]:
    """The tables of a part; punches and leave that stand in the register itself are laid out as one."""
    source = file.sources.get(part)
    values = getattr(file.value.register, part)
    if source is None or not isinstance(source.document, SheetDocument):
        yield from _own(part, values, file.value.words)
        return
    for before, sheet in source.document.files():
        if isinstance(sheet, OwnEntries):
            yield from _own(part, values[: len(sheet.first_lines)], file.value.words)
        for n, piece in enumerate(sheet.pieces):
            yield from _as_read(part, sheet, n, piece, before)


def _own(part: str, values: Sequence[Any], words: RegisterWords) -> Iterator[GivenTable]:
    columns = _laid_out(words)
    if values and part in columns:
        laid = _used(columns[part], values)
        headings = [PARTS[part].columns[key].headings[0] for key in laid]
        rows = (GivenRow([cell(value) for cell in laid.values()], range(n, n + 1)) for n, value in enumerate(values))
        yield GivenTable(PARTS[part].title.zh, headings, rows)


def _as_read(part: str, sheet: SheetDocument, n: int, piece: Piece, before: int) -> Iterator[GivenTable]:
    """``before``: how many rows stand in the files before this one."""
    rows = dropwhile(lambda row: row.number != piece.head, piece.grid.rows())
    heading = next(rows, None)
    if heading is None:
        return
    hidden = frozenset(
        c for c, name in enumerate(heading.cells) if c not in piece.columns.values() and of_the_body(name)
    )
    end = sheet.pieces[n + 1].first if n + 1 < len(sheet.pieces) else len(sheet.first_lines)
    body = (_without(given, hidden) for given in _numbered(rows, sheet, piece.first, end, before))
    headings = [cell.strip() for cell in heading.cells]
    yield GivenTable(piece.grid.name or PARTS[part].title.zh, headings, body, sheet.path, piece.grid.name)


def _numbered(rows: Iterator[GridRow], sheet: SheetDocument, read: int, end: int, before: int) -> Iterator[GivenRow]:
    for row in rows:
        if row.bad or any(cell.strip() for cell in row.cells):
            first = read
            while read < end and sheet.first_lines[read] == row.number:
                read += 1
            yield GivenRow(list(row.cells), range(before + first, before + read), row.number)


def _without(given: GivenRow, hidden: frozenset[int]) -> GivenRow:
    """The row without what nobody may keep in such a table: pictures and templates of the body."""
    if not hidden:
        return given
    cells = [None if n in hidden else cell for n, cell in enumerate(given.cells)]
    return GivenRow(cells, given.indices, given.number)


# what stands in the register itself

_PUNCH: dict[str, Callable[[Punch], Cell]] = {
    "staff": lambda p: p.staff,
    "day": lambda p: p.day,
    "time": lambda p: p.time,
    "method": lambda p: _name(METHOD_NAMES, p.method),
}


def _leave(words: RegisterWords) -> dict[str, Callable[[Leave], Cell]]:
    return {
        "staff": lambda v: v.staff,
        "kind": lambda v: words.kind(v.kind).zh,
        "from": lambda v: v.start,
        "to": lambda v: v.last,
        "from_half": lambda v: HALVES[v.from_half].zh,
        "to_half": lambda v: HALVES[v.to_half].zh,
        "days": lambda v: v.days,
        "left_at": lambda v: v.left_at,
        "requested_at": lambda v: v.requested_at,
        "approved_at": lambda v: v.approved_at,
        "form": lambda v: _word(FORMS, v.form),
        "approver": lambda v: _said(words.role, v.approver),
        "unit_consent": lambda v: v.unit_consent,
        "filed_with": lambda v: listed(words.role(place) for place in v.filed_with) or None,
        "hospital": lambda v: v.certificate.hospital if v.certificate else None,
        "insurance": lambda v: v.certificate.insurance if v.certificate else None,
        "papers": lambda v: listed(words.paper(paper) for paper in v.papers) or None,
        "papers_on": lambda v: v.papers_on,
        "substitute": lambda v: v.substitute.name if v.substitute else None,
        "dispatched_at": lambda v: v.substitute.dispatched_at if v.substitute else None,
        "sudden": lambda v: v.sudden,
        "reported_to": lambda v: _said(words.role, v.reported_to),
        "special_by": lambda v: v.special_approval.by if v.special_approval else None,
        "special_on": lambda v: v.special_approval.on if v.special_approval else None,
        "reason": lambda v: v.reason,
    }


def _laid_out(words: RegisterWords) -> dict[str, dict[str, Callable[[Any], Cell]]]:
    return {"punches": _PUNCH, "leave": _leave(words)}


def _used(columns: dict[str, Callable[[Any], Cell]], values: Any) -> dict[str, Callable[[Any], Cell]]:
    """The columns in which anything stands."""
    return {key: cell for key, cell in columns.items() if any(cell(value) not in (None, False) for value in values)}


def _word(words: dict[str, Text], key: str | None) -> str | None:
    return words[key].zh if key else None


def _name(names: Mapping[str, str], value: str | None) -> str | None:
    """The name by which the column's own reader knows the value."""
    return next((name for name, key in names.items() if key == value), value)


def _said(named: Callable[[str], str], value: str | None) -> str | None:
    return named(value) if value else None
