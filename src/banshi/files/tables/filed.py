"""Forms that stand in tables as documents: routes lead to cells, and what is said of them names sheet, cell and label."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from banshi.base.text import Text
from banshi.files.documents import Document, Place, PlaceTree
from banshi.files.findings import Route
from banshi.files.tables.entries import Entries, Names
from banshi.files.tables.form_words import FormWording
from banshi.files.tables.grids import Grid, Unusable, letters
from banshi.files.tables.listings import Listing, Way
from banshi.files.tables.opening import opened
from banshi.files.tables.sheet import shown_row

_ADD = re.compile(r"补上 \S+: …")
_FILL = Text("填上这一格。", "Fill in this cell.")


class RowSpot(Struct, frozen=True):
    """A row of a sheet that an entry stands in; ``columns``: which value is where, the same for all of its rows."""

    sheet: Entries
    row: int
    columns: dict[Way, int]

    def at(self, column: int | None) -> Place:
        """The place of a cell (None: of the row)."""
        return self.sheet.cell(self.row, column)

    def place(self, rest: Way) -> Place:
        """The cell of a value; of a group, its first; else the row."""
        for length in range(len(rest), 0, -1):
            if rest[:length] in self.columns:
                return self.at(self.columns[rest[:length]])
        within = (column for way, column in self.columns.items() if rest and way[: len(rest)] == rest)
        return self.at(next(within, None))


class FiledSource(Struct):
    """The rows of a table file in words, read as far as one is asked for."""

    path: Path
    _rows: dict[tuple[str, int], str] = field(default_factory=dict)
    _unread: Iterator[tuple[tuple[str, int], str]] | None = None
    _kept: dict[str, dict[int, list[str]]] = field(default_factory=dict)

    def keep(self, grid: Grid) -> None:
        """Note the rows of a sheet of a workbook while they are in memory, so that nothing said of it reads it again."""
        self._kept[grid.name] = {row.number: row.cells for row in grid.rows()}

    def row(self, sheet: str, number: int) -> str:
        """打卡!3：A01 | 2010-03-01."""
        if sheet in self._kept:
            return shown_row(sheet, number, self._kept[sheet].get(number, []))
        with suppress(Unusable):  # what is damaged has been told; the rows before it are shown
            if not any(grid.name == sheet for grid in opened(self.path).grids):
                return ""  # what is said of the whole
            if self._unread is None:
                self._unread = self._read()
            while (sheet, number) not in self._rows and (found := next(self._unread, None)):
                self._rows[found[0]] = found[1]
        return self._rows.get((sheet, number), "")

    def _read(self) -> Iterator[tuple[tuple[str, int], str]]:
        for grid in opened(self.path).grids:
            for row in grid.rows():
                if grid.in_book:
                    said = shown_row(grid.name, row.number, row.cells)
                    yield (grid.name, row.number), said if grid.name else said.partition("：")[2]
                for n, line in enumerate(row.lines):
                    yield (grid.name, row.number + n), line.rstrip("\r\n")


class FiledDocument(Document):
    """A project with its forms out of tables.

    ``rows``: routes of entries → their rows; ``cells``: routes of single values → their cells; ``titles``: what values
    are called, by the way to them.
    """

    source_rows: FiledSource | None = None
    rows: dict[Route, RowSpot] = field(default_factory=dict)
    cells: dict[Route, Place] = field(default_factory=dict)
    titles: dict[Way, str] = field(default_factory=dict)
    wording: FormWording = field(default_factory=FormWording)
    _firsts: tuple[int, dict[Route, Place]] = (0, {})  # of so many cells, the first one within each route

    def cannot_read(self, routes: Iterable[Route]) -> None:
        """Nobody may rely on what stands at these routes; of a group of which nothing was read, on the group."""
        self.doubtful = tuple(dict.fromkeys(_as_far_as_there(self.data, route) for route in routes))

    def place(self, route: Route, at_key: bool = False) -> Place:  # noqa: ARG002 - a cell has no key of its own
        """The cell of a value, or of what is nearest to it."""
        route = tuple(route)
        for depth in range(len(route), -1, -1):
            above = route[:depth]
            if above in self.cells:
                return self.cells[above]
            if above in self.rows:
                return self.rows[above].place(tuple(step for step in route[depth:] if isinstance(step, str)))
            if depth and (within := self._first_within(above)) is not None:
                return within
        return next(iter(self.cells.values()), Place(1, 1, 2))

    def _first_within(self, above: Route) -> Place | None:
        """The first cell of what stands at a route; many are asked for, so they are noted once."""
        if self._firsts[0] != len(self.cells):
            found: dict[Route, Place] = {}
            for at, place in self.cells.items():
                for depth in range(1, len(at) + 1):
                    found.setdefault(at[:depth], place)
            self._firsts = len(self.cells), found
        return self._firsts[1].get(above)

    def source(self, place: Place) -> str:
        """The row in words, with its sheet."""
        return self.source_rows.row(place.sheet, place.line) if self.source_rows else ""

    def said(self, where: Route, message: Text) -> Text:
        """A message that names sheet, cell and label, and no key."""
        place, title = self.place(where), self._title(where)
        worded = self.wording.without_keys(message)
        cell = f"{letters(place.column - 1)}{place.line}"
        zh = f"工作表“{place.sheet}”{cell}" if place.sheet else f"第 {place.line} 行"
        en = f"{place.sheet}!{cell}" if place.sheet else f"row {place.line}"
        named = f"“{title}”" if title and f"“{title}”" not in worded.zh else ""
        return Text(f"{zh}{named}：{worded.zh}", f"{en}: {worded.en}")

    def _title(self, where: Route) -> str:
        way = tuple(step for step in where if isinstance(step, str))
        return next((self.titles[way[:n]] for n in range(len(way), 0, -1) if way[:n] in self.titles), "")

    def name_of(self, way: Route) -> str:
        """What a part of a form or of its project is called."""
        keys = tuple(step for step in way if isinstance(step, str))  # an entry of a list is called as the others are
        return next((title for key, title in self.titles.items() if key[1:] == keys), str(way[-1]))

    def in_words(self, text: Text) -> Text:
        """What to do, without keys; in a table there is none to add."""
        return _FILL if _ADD.fullmatch(text.zh) else self.wording.without_keys(text)


def _as_far_as_there(data: Any, route: Route) -> Route:
    for depth, step in enumerate(route[:-1], start=1):
        if isinstance(data, dict) and step not in data:
            return route[:depth]
        data = data[step]
    return route


def filed(path: Path, data: object, source: FiledSource) -> FiledDocument:
    """A document without places yet."""
    return FiledDocument(path.as_posix(), data, lambda: PlaceTree(1, 1, 1, None), "", source_rows=source)


def titles_of(known: Sequence[Listing]) -> dict[Way, str]:
    """What values, groups and tables are called, by the way to them."""
    titles: dict[Way, str] = {}
    for listing in known:
        titles[listing.way] = listing.title
        for leaf in listing.leaves:
            titles.setdefault((*listing.way, *leaf.way), leaf.field.title)
            for depth, group in enumerate(leaf.groups, start=len(leaf.way) - len(leaf.groups)):
                titles.setdefault((*listing.way, *leaf.way[:depth]), group)
    return titles


def wording_of(known: Sequence[Listing], names: Names) -> FormWording:
    """What keys and values are called; ``names``: of choices that are the law's."""
    titles: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    for listing in known:
        titles.setdefault(listing.way[-1] if listing.way else "", listing.title)
        for leaf in listing.leaves:
            titles.setdefault(leaf.way[-1], leaf.field.title)
            for step, group in zip(leaf.way[len(leaf.way) - len(leaf.groups) - 1 :], leaf.groups, strict=False):
                titles.setdefault(step, group)
            chosen = leaf.field.entry if leaf.several else leaf.field
            labels = chosen.labels if chosen else {}
            own = {value: name for name, value in reversed(names.get((*listing.way, *leaf.way), ())) if name != value}
            if labels or own:
                values.setdefault(leaf.way[-1], {}).update({**labels, **own})
    return FormWording({key: title for key, title in titles.items() if key}, values)
