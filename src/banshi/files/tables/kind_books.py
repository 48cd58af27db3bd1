"""Documents of any kind as a workbook of linked tables, and back without loss: a sheet a list, a row an entry, a column a value.

What no table can say (a list that is empty beside one that is not, a value that would be read otherwise) stands in a last
sheet by its place. A hidden name says which kind it is, so nothing is guessed from headings.
"""

import io
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.findings import Finding, Route, Severity
from banshi.files.kinds import KINDS
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem
from banshi.files.schema_parts import root
from banshi.files.shape import Shapes
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.entries import Entries, TableEntry, fits, leaves_in, read_entries, value_in_cell
from banshi.files.tables.filed import FiledDocument, FiledSource, RowSpot, filed, titles_of
from banshi.files.tables.grids import GridRow
from banshi.files.tables.headings import filled
from banshi.files.tables.hidden_names import hidden_name, read_name
from banshi.files.tables.left_over import LeftSheet, left_sheets
from banshi.files.tables.listings import Leaf, Listing, Way, listings
from banshi.files.tables.notes import may_be_note, note_said, note_sort
from banshi.files.tables.opening import opened
from banshi.files.tables.rows_of import entries_of, tables_with, written
from banshi.files.tables.sheet import Piece
from banshi.files.tables.written_sheets import BookPen

REST = "其余"
_REST_HEAD = ("第几份", "位置", "内容")
_MOST = 30_000  # characters of a cell: Excel holds 32,767
_LONGEST = 20  # of a title: with 第几项 and as a sheet's name
_NO_SHEET = re.compile(r"[\[\]:*?/\\']")

Data = dict[str, Any]


# writing


def book_of(kind: str, documents: Sequence[Data], shapes: Shapes) -> bytes:
    """A workbook of documents of one kind."""
    plain = [{key: value for key, value in each.items() if key != "kind"} for each in documents]
    said = deepcopy(plain)
    _leave_out_what_no_cell_says(said, tables_of(shapes, kind))
    alone = _written(kind, said, shapes, [])
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "book.xlsx"
        path.write_bytes(alone)
        read = _data_in(path, kind, shapes)[0]
    rest = [
        (number, where, value)
        for number, (own, again) in enumerate(zip(plain, [each.data for each in read], strict=False), start=1)
        for where, value in _differing(own, again, ())
    ]
    return _written(kind, said, shapes, rest) if rest else alone


def _leave_out_what_no_cell_says(documents: Sequence[Data], known: Sequence[Listing]) -> None:
    """Values that would not be read from a cell as they are, written or not as they should be."""
    for listing in known:
        for entry in entries_of(documents, listing):
            for leaf, value in list(leaves_in(entry, listing)) if isinstance(entry, dict) else ():
                if not _said_by_a_cell(leaf, value):
                    holder = entry
                    for step in leaf.way[:-1]:
                        holder = holder[step]
                    del holder[leaf.way[-1]]


def _said_by_a_cell(leaf: Leaf, value: Any) -> bool:
    try:
        cell = written(leaf, value, ())
        return len(cell) <= _MOST and bool(value_in_cell(leaf, cell) == value)
    except (CellUnreadable, AttributeError, TypeError, ValueError):
        return False


def _written(kind: str, documents: Sequence[Data], shapes: Shapes, rest: list[tuple[int, Route, Any]]) -> bytes:
    raw = io.BytesIO()
    with BookPen(raw) as pen:
        for listing, rows in tables_with(documents, tables_of(shapes, kind), {}):
            pen.sheet(listing, rows, {})
        pen.hide(hidden_name("kind", kind))
        if rest:
            pen.rows(REST, [_REST_HEAD, *_rest_rows(rest)])
    return raw.getvalue()


def _rest_rows(rest: list[tuple[int, Route, Any]]) -> Iterator[tuple[str, str, str]]:
    for number, where, value in rest:
        said = json.dumps(value, ensure_ascii=False)
        for start in range(0, len(said), _MOST):
            yield str(number), json.dumps(where, ensure_ascii=False), said[start : start + _MOST]


def _differing(one: Any, other: Any, where: Route) -> Iterator[tuple[Route, Any]]:
    """What has to be put into ``other`` to make it the same as ``one``."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() >= other.keys():
        for key, value in one.items():
            if key in other:
                yield from _differing(value, other[key], (*where, key))
            else:
                yield (*where, key), value
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (mine, theirs) in enumerate(zip(one, other, strict=True)):
            yield from _differing(mine, theirs, (*where, number))
    elif one != other or type(one) is not type(other):
        yield where, one


# reading


def tables_of(shapes: Shapes, kind: str) -> list[Listing]:
    """The tables of a kind: titles that several lists share say what they are of."""
    own = root(shapes, kind)
    titles: dict[Way, str] = {(): KINDS[kind].title}
    for listing in listings(own, titles)[1:]:
        above = titles[listing.above.way] if listing.above else ""
        title = _NO_SHEET.sub("", listing.title)[:_LONGEST]
        if title in titles.values() or title == REST:
            title = f"{above}的{title}"[:_LONGEST]
        number, plain = 2, title
        while title in titles.values():
            title, number = f"{plain}{number}", number + 1
        titles[listing.way] = title
    return listings(own, titles)


def kind_in(path: Path) -> str | None:
    """The kind of the documents that a workbook of ours holds; None where it is none."""
    for grid in opened(path).grids:
        for name in grid.named().values():
            said = read_name(name)
            if said and said[0] == "kind" and said[1][0] in KINDS:
                return said[1][0]
    return None


class _Read(Struct):
    """A document while it is put together: its data, and the rows that its entries stand in, by the way to each."""

    data: Data
    rows: dict[Route, RowSpot] = field(default_factory=dict)
    unread: list[Route] = field(default_factory=list)


def documents_in(path: Path, kind: str, shapes: Shapes) -> tuple[list[FiledDocument], list[Finding], bool]:
    """The documents of a workbook, what was found in reading it, and whether more than single cells was not read."""
    read, findings, torn = _data_in(path, kind, shapes)
    titles, made = titles_of(tables_of(shapes, kind)), []
    for each in read:
        document = filed(path, {"kind": kind, **each.data}, FiledSource(path))
        document.rows, document.titles = each.rows, titles
        document.cannot_read(each.unread)
        made.append(document)
    return made, findings, torn


def _data_in(path: Path, kind: str, shapes: Shapes) -> tuple[list[_Read], list[Finding], bool]:
    known = tables_of(shapes, kind)
    sheets = {grid.name for grid in opened(path).grids}
    read: list[_Read] = []
    findings: list[Finding] = []
    more: list[Finding] = []
    torn = False
    for listing in known:
        if listing.title not in sheets:
            continue
        found = read_entries(path, listing.title, listing, frozenset(), {}, None)
        findings += found.table.findings
        torn |= bool(found.table.unread) or not found.table.usable
        lost = [entry for entry in found.entries if not _put(read, listing, entry, found)]
        more += [_of_nothing(path, found, entry) for entry in lost]
    more += _add_rest(path, read)
    more += _left(path, known, sheets)
    return read, findings + more, torn or any(each.severity is Severity.ERROR for each in more)


def _left(path: Path, known: Sequence[Listing], sheets: set[str]) -> Iterator[Finding]:
    """Sheets that were not read: an error where one is named, or looks, as one of the tables does, hidden or not."""
    titles = {listing.title for listing in known} | {REST}
    for sheet in left_sheets(path, titles & sheets):
        rated = [(sheet.name.startswith(each.title), fits(each, sheet.headings, frozenset()), each) for each in known]
        _, count, best = max(rated, key=lambda each: (each[1] > 1, *each[:2]))
        like = best if count > 1 else None
        if like is not None or sheet.name in titles or sheet.broken:
            named = like.title if like else sheet.name
            yield sheet.said(Text(named, named))
        else:
            yield from_input(path.as_posix(), _aside(sheet), severity=Severity.WARNING)


def _put(read: list[_Read], listing: Listing, entry: TableEntry, found: Entries) -> bool:
    """An entry into the document or the list that it belongs to; whether there is such a one."""
    spot = RowSpot(found, entry.row, found.columns)
    if listing.above is None:
        read.append(_Read(entry.data, {(): spot}, list(entry.unread)))
        return True
    owner = _owner(read, listing.line, entry.links)
    if owner is None:
        return False
    document, where, data = owner
    way = listing.way[len(listing.above.way) :]
    for step in way[:-1]:
        data = data.setdefault(step, {})
    entries = data.setdefault(way[-1], [])
    document.rows[(*where, *way, len(entries))] = spot
    document.unread += [(*where, *way, len(entries), *each) for each in entry.unread]
    entries.append(entry.data)
    return True


def _owner(read: list[_Read], line: tuple[Listing, ...], links: tuple[str, ...]) -> tuple[_Read, Route, Data] | None:
    """What a row belongs to: its document, the way there, and the data there."""
    entries: list[Any] = [each.data for each in read]
    where: Route = ()
    document: _Read | None = None
    for depth, (listing, link) in enumerate(zip(line, links, strict=True)):
        at = _place(entries, listing, link)
        if at is None:
            return None
        if document is None:
            document = read[at]
        else:
            where = (*where, *listing.way[len(line[depth - 1].way) :], at)
        data = entries[at]
        if depth + 1 < len(line):
            inner: Any = data
            for step in line[depth + 1].way[len(listing.way) :]:
                inner = inner.get(step, {}) if isinstance(inner, dict) else {}
            entries = inner if isinstance(inner, list) else []
    return (document, where, data) if document is not None else None


def _place(entries: list[Any], listing: Listing, link: str) -> int | None:
    """Which entry is meant: by its place (#2), or by the value that names it."""
    if link.startswith("#") or not listing.key:
        number = link.removeprefix("#")
        at = int(number) - 1 if number.isdecimal() and len(number) < _LONGEST else -1
        return at if 0 <= at < len(entries) else None
    return next((n for n, each in enumerate(entries) if str(each.get(listing.key[0], "")) == link), None)


def _add_rest(path: Path, read: list[_Read]) -> Iterator[Finding]:
    """What stands by its place."""
    grid = next((grid for grid in opened(path).grids if grid.name == REST), None)
    parts: dict[tuple[str, str], list[tuple[str, GridRow]]] = {}
    for row in list(filled(grid.rows()))[1:] if grid else ():
        number, where, said = (*row.cells, "", "", "")[:3]
        if grid and may_be_note(row) and note_sort(row, ()):
            yield from_input(path.as_posix(), note_said(row, Piece(grid, 0, {})), severity=Severity.NOTE)
            continue
        parts.setdefault((number, where), []).append((said, row))
    for (number, where), lines in parts.items():
        try:
            route, value = json.loads(where), json.loads("".join(part for part, _ in lines))
            read[int(number) - 1].data = _with(read[int(number) - 1].data, route, value)
        except (ValueError, LookupError, TypeError, AttributeError):
            problem = InputProblem("input/row-unreadable", Place(lines[0][1].number, 1, 2, REST), _NO_PLACE, _LINK)
            yield from_input(path.as_posix(), problem)


def _with(data: Any, route: list[Any], value: Any) -> Any:
    if not route:
        return value
    holder = data
    for step in route[:-1]:
        holder = holder[step]
    holder[route[-1]] = value
    return data


def _of_nothing(path: Path, found: Entries, entry: TableEntry) -> Finding:
    """What is said of a row that belongs to nothing: who made or signed the table may stand below it."""
    row = GridRow(entry.row, [*entry.links, *map(str, entry.data.values())], {})
    if found.piece and may_be_note(row) and note_sort(row, ()) in ("remark", "signed"):
        return from_input(path.as_posix(), note_said(row, found.piece), severity=Severity.NOTE)
    return from_input(path.as_posix(), _no_owner(found, entry))


def _no_owner(found: Entries, entry: TableEntry) -> InputProblem:
    links = "、".join(entry.links)
    said = Text(
        f"第 {entry.row} 行属于哪一项（{links}），前面的表里没有",
        f"row {entry.row} belongs to {links}, which is not there",
    )
    return InputProblem("input/row-unreadable", found.cell(entry.row, None), said, _LINK)


def _aside(sheet: LeftSheet) -> InputProblem:
    said = Text(f"{sheet.called}不是这种内容的表，没有读", f"the sheet {sheet.name} is not one of this kind; not read")
    return InputProblem("input/left-aside", Place(1, 1, 2, sheet.name), said)


_NO_PLACE = Text("这一处写的位置或内容不能用", "this place or this content cannot be used")
_LINK = Text("照前面的表里的编号或第几项改正。", "Correct it to an entry of the tables before.")
