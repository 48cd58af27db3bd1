"""A sheet of entries, a row each: the values of a listing under their headings, and the columns that say what they belong to."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.findings import Severity
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem
from banshi.files.tables.account import LeftColumn
from banshi.files.tables.cells import NONE, NOTHING, CellUnreadable, free_text, plain_text
from banshi.files.tables.headings import TableColumn, WantedTable, heading
from banshi.files.tables.listings import Leaf, Listing, Way, single
from banshi.files.tables.money_units import together, unit_above, unit_beside
from banshi.files.tables.opening import opened
from banshi.files.tables.reading import Table, read_wanted
from banshi.files.tables.sheet import Piece
from banshi.files.written_values import AMOUNTS, UNITS, YUAN, Choices, several_of, value_of

Names = Mapping[Way, Choices]  # of choices that are the law's
_UNIT = re.compile(r"(亿元|百万元|万元|千元|元)")
_SUMMED = AMOUNTS | {"quantity"}  # numbers of which one may be that of several rows together
_REPEATED = 1024
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LINK, _PLACE, _AT, _OF = "link:", "place:", "@", "/"


class TableEntry(Struct):
    """A row: what it says it belongs to (one value for each listing above, empty where nothing is written), its data.

    What it belongs to is the value that names it, or its place among its like: #2. ``unread``: values whose cells cannot be.
    """

    links: tuple[str, ...]
    data: dict[str, Any]
    row: int
    unread: tuple[Way, ...] = ()


class Entries(Struct):
    """The entries of one sheet, and the columns that its values stand in."""

    listing: Listing
    table: Table
    columns: dict[Way, int] = field(default_factory=dict)
    entries: list[TableEntry] = field(default_factory=list)
    _below: dict[Way, dict[Way, int]] = field(default_factory=dict)

    @property
    def piece(self) -> Piece | None:
        """Where they stand."""
        return next(iter(self.table.sheet.pieces), None)

    def cell(self, row: int, column: int | None) -> Place:
        """The place of a cell (None: of the row)."""
        assert self.piece is not None
        return self.table.sheet.cell(self.piece, row, column)

    def below(self, under: Way) -> dict[Way, int]:
        """The columns of the values under a part, by the way from there."""
        if under not in self._below:
            size = len(under)
            self._below[under] = {way[size:]: n for way, n in self.columns.items() if way[:size] == under}
        return self._below[under]


def read_entries(
    path: Path, sheet: str, listing: Listing, must: frozenset[str], names: Names, most: int | None
) -> Entries:
    """The rows of a sheet as entries. ``must``: headings without which it is none; ``names``: choices of the law by way.

    ``most``: as ``Table`` has it.
    """
    above = _unit_of_sheet(path, sheet)
    table = _read(path, sheet, listing, must, names, most, above or YUAN)
    if (unit := _unit_around(table, above)) and unit != (above or YUAN):
        again = _read(path, sheet, listing, must, names, most, unit)
        again.findings += [
            each for each in table.findings if each.rule == "input/note-row" and each not in again.findings
        ]
        table = again
    return _entries(listing, table)


def _read(
    path: Path, sheet: str, listing: Listing, must: frozenset[str], names: Names, most: int | None, unit: str
) -> Table:
    columns = _columns(listing, names, unit)
    keys = {heading(name): key for key, column in columns.items() for name in column.headings}
    wanted = frozenset(keys[heading(name)] for name in must if heading(name) in keys)
    of_sheet = sheet if sheet else None
    required = {_OF.join(leaf.way) for leaf in listing.leaves if leaf.field.required}
    asked = WantedTable(
        columns,
        _maker(listing),
        lambda found: wanted <= {key.partition(_AT)[0].replace(_PLACE, _LINK) for key in found},
        lambda _sheet, cells: [_named(cell, listing) for cell in cells],
        partial(_whole, required),
        units=True,
        weighed=False,
    )
    return read_wanted(path, asked, of_sheet, most)


def _whole(required: Collection[str], values: Mapping[str, Any]) -> bool:
    """Whether a row has all that an entry must have, and more than what it belongs to."""
    own = {key.partition(_AT)[0] for key in values if not key.startswith((_LINK, _PLACE))}
    return bool(own) and own >= set(required)


def fits(listing: Listing, headings: Sequence[str], must: frozenset[str]) -> int:
    """How many values of a listing the headings name; none where one of the ``must`` is lacking."""
    known = {heading(cell) for cell in headings}
    if listing.line and listing.line[-1].key and heading(listing.line[-1].place) in known:
        known.add(heading(listing.line[-1].link))
    names = listing.own_names
    if not {heading(name) for name in must} <= {heading(names[each].name) for each in known if each in names} | known:
        return 0
    return len({names[each].way for each in known if each in names})


def _entries(listing: Listing, table: Table) -> Entries:
    found = Entries(listing, table)
    ways = cache(lambda keys: tuple(map(_way, keys)))  # many rows lack the same
    flawed = {flaw.row: ways(flaw.keys) for flaw in table.flawed}
    for n, (links, data) in enumerate(table.rows):
        row = table.sheet.first_lines[n]
        found.entries.append(TableEntry(links, data, row, flawed.get(row, ())))
    table.rows.clear()  # they are its entries now
    table.flawed.clear()
    for piece in table.sheet.pieces:
        for key, column in piece.columns.items():
            if not key.startswith((_LINK, _PLACE)):
                found.columns[_way(key)] = column
    return found


def _columns(listing: Listing, names: Names, unit: str) -> dict[str, TableColumn]:
    found: dict[str, TableColumn] = {}
    for n, above in enumerate(listing.line):
        found[f"{_LINK}{n}"] = TableColumn((heading(above.link),), plain_text)
        if above.key:
            found[f"{_PLACE}{n}"] = TableColumn((heading(above.place),), lambda cell: f"#{plain_text(cell)}")
    by_leaf: dict[Way, list[str]] = {}
    for name, leaf in listing.own_names.items():
        by_leaf.setdefault(leaf.way, []).append(name)
    for leaf in listing.leaves:
        heads = tuple(dict.fromkeys((heading(leaf.name), *by_leaf.get(leaf.way, ()))))
        own = names.get((*listing.way, *leaf.way))
        # A price may be the same for many; what is of the entry above stands once for all below it.
        own_amount = leaf.field.sort in _SUMMED and not leaf.of_above and "价" not in leaf.field.title
        for said in UNITS if leaf.field.sort in AMOUNTS else ("",):
            key = _OF.join(leaf.way) + (f"{_AT}{said}" if said else "")
            found[key] = TableColumn(
                tuple(f"{head}{_AT}{said}" for head in heads) if said else heads,
                _reader(leaf, said, own),
                spare=True,
                counted=bool(said),
                summed=own_amount,
            )
        if leaf.field.sort in AMOUNTS:
            found[_OF.join(leaf.way)] = TableColumn(
                heads, _reader(leaf, unit, own), spare=True, counted=True, summed=own_amount
            )
    return found


def _named(cell: str, listing: Listing) -> str:
    """A heading with the unit of its amounts, where it says one."""
    own = heading(cell)
    leaf = listing.own_names.get(own) or listing.own_names.get(_UNIT.sub("", own))
    if leaf is None or leaf.field.sort not in AMOUNTS:
        return own
    unit = _UNIT.search(plain_text(cell))
    name = own if own in listing.own_names else _UNIT.sub("", own)
    return f"{name}{_AT}{unit[1]}" if unit else name


def _unit_of_sheet(path: Path, sheet: str) -> str:
    """What amounts of a sheet are counted in, where a cell above them says so: 单位：万元; empty where none does."""
    grid = next((grid for grid in opened(path).grids if grid.name == sheet), None)
    return unit_above(grid) if grid is not None else ""


def _unit_around(table: Table, above: str) -> str:
    """The same, with what stands below or between the rows, or in a column beside; of two that differ, both."""
    found = [above, *table.units.values()]
    grids = {piece.grid.name: piece.grid for piece in table.sheet.pieces}
    for account in table.accounts:
        for left in account.left if account.status == "read" else ():
            below = (row.cells for row in grids[account.sheet].rows() if row.number > account.head)
            if unit := unit_beside(left.heading, (cells[left.column] for cells in below if len(cells) > left.column)):
                found.append(unit)
                table.findings.append(
                    from_input(
                        table.sheet.path, _beside(account.sheet, account.head, left, unit), severity=Severity.NOTE
                    )
                )
    return together(each for unit in found for each in unit.split("、"))


def _beside(sheet: str, head: int, column: LeftColumn, unit: str) -> InputProblem:
    said = Text(
        f"{column.letters} 列“{column.heading}”写的是{unit}：没有另写单位的金额按它读",
        f"column {column.letters} says {unit}: amounts without a unit of their own are read so",
    )
    return InputProblem("input/note-row", Place(head, column.column + 1, column.column + 2, sheet), said)


def _reader(leaf: Leaf, unit: str, names: Choices | None) -> Callable[[str], Any]:
    @lru_cache(maxsize=_REPEATED)  # many rows repeat a few values
    def read(cell: str) -> Any:
        return value_in_cell(leaf, cell, unit, names)

    return copied(read) if leaf.several or not single(leaf) else read


def copied(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """A reader whose lists are nobody else's."""
    return lambda cell: deepcopy(read(cell))


def value_in_cell(leaf: Leaf, cell: str, unit: str = YUAN, names: Choices | None = None) -> Any:
    """What a cell means as a value of an entry. Raises ``CellUnreadable``."""
    kinds = leaf.field.schema.get("type")
    if plain_text(cell) in NONE and isinstance(kinds, list) and "null" in kinds:
        return None
    if not single(leaf):
        try:
            return json.loads(free_text(cell))
        except ValueError:
            raise CellUnreadable(Text("不是 JSON", "not JSON")) from None
    if names is not None and not leaf.several and _SLUG.fullmatch(plain_text(cell)):
        return plain_text(cell)  # a value as files write it; whether there is such a one, rules say
    if leaf.several:
        return several_of(leaf.field, cell, names)
    if leaf.field.sort == "document-number" and plain_text(cell) in NONE:
        return NOTHING
    return value_of(leaf.field, cell, unit or YUAN, names)


def _maker(listing: Listing) -> Callable[[dict[str, Any]], tuple[tuple[str, ...], dict[str, Any]]]:
    width = len(listing.line)

    def make(values: dict[str, Any]) -> tuple[tuple[str, ...], dict[str, Any]]:
        data: dict[str, Any] = {}
        for key, value in values.items():
            if not key.startswith((_LINK, _PLACE)):
                put(data, _way(key), value)
        return tuple(str(values.get(f"{_PLACE}{n}", values.get(f"{_LINK}{n}", ""))) for n in range(width)), data

    return make


def _way(key: str) -> Way:
    """The way to the value of a column."""
    return tuple(key.partition(_AT)[0].split(_OF))


def put(data: dict[str, Any], way: Way, value: Any) -> None:
    """A value at its place. Raises ``CellUnreadable`` where another one stands there already."""
    for step in way[:-1]:
        data = data.setdefault(step, {})
    if way[-1] in data and data[way[-1]] != value:
        raise CellUnreadable(Text("两列写的是同一项，却不一样", "two columns give the same value, and differ"))
    data[way[-1]] = value


def leaves_in(data: Mapping[str, Any], listing: Listing) -> Iterator[tuple[Leaf, Any]]:
    """The values of an entry that are there, by leaf."""
    for leaf in listing.leaves:
        part: Any = data
        for step in leaf.way:
            part = part.get(step, NOTHING) if isinstance(part, Mapping) else NOTHING
        if part is not NOTHING:
            yield leaf, part
