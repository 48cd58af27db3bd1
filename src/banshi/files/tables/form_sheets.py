"""A sheet that is one form: labels with their values beside them, and tables of entries under their own headings."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from banshi.base.money import CENT
from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.findings import Route
from banshi.files.reading import InputProblem
from banshi.files.tables.apart import figure_in, not_the_sum, total_of
from banshi.files.tables.beside import CELL, says_beside, spoken_of, taken_back, words_of
from banshi.files.tables.cells import NOTHING, CellUnreadable, is_blank, plain_text
from banshi.files.tables.entries import Names, put, value_in_cell
from banshi.files.tables.form_labels import ROW_NUMBERS, UNIT, FormLabels, Label
from banshi.files.tables.grids import Grid, GridRow, WordsBeside, letters
from banshi.files.tables.headings import filled, heading, strange_unit, unit_of
from banshi.files.tables.hidden_names import Sort, read_name
from banshi.files.tables.listings import Leaf, Listing, Way
from banshi.files.tables.money_units import together, unit_above, unit_in_note
from banshi.files.tables.notes import may_be_note, note_sort
from banshi.files.tables.quantities import counted_in
from banshi.files.tables.remarks import TAKES_BACK, name_says, said_of_whole, says
from banshi.files.written_values import AMOUNTS, YUAN

_SHOWN = 40
UNREAD = object()  # what a cell means that cannot be read


class FormSheet(Struct):
    """What a form says: per listing its entries (of the outermost ones a single entry), and where each value stands.

    ``unread``: values whose cells cannot be read, by the same keys as ``cells``. ``remarks``: what is told of words that
    speak of taking back.
    """

    data: dict[Way, dict[str, Any]] = field(default_factory=dict)
    lists: dict[Way, list[dict[str, Any]]] = field(default_factory=dict)
    cells: dict[tuple[Way, Route], Place] = field(default_factory=dict)
    rows: dict[tuple[Way, int], Place] = field(default_factory=dict)
    problems: list[InputProblem] = field(default_factory=list)
    remarks: list[InputProblem] = field(default_factory=list)
    unread: set[tuple[Way, Route]] = field(default_factory=set)
    unknown: list[tuple[str, Place]] = field(default_factory=list)


def read_form(path: Path, grid: Grid, labels: FormLabels, names: Names) -> FormSheet:
    """The form on a sheet of a file."""
    reader = _Reader(grid, labels, names)
    reader.look_beside(path)
    return reader.read()


def _unit_of(grid: Grid) -> str:
    """What amounts of a form are counted in, where a cell anywhere but in its labels says so; of two that differ, both."""
    below = (unit_in_note(row) for row in filled(grid.rows()) if may_be_note(row))
    return together([unit_above(grid, table=False), *below]) or YUAN


class _Reader:
    """Goes through a sheet from top to bottom."""

    def __init__(self, grid: Grid, labels: FormLabels, names: Names) -> None:
        self.grid, self.labels, self.names = grid, labels, names
        self.form, self.unit = FormSheet(), _unit_of(grid)
        self.section = ""
        self.table: tuple[Listing, dict[Way, int]] | None = None
        self.taken_back = False  # whether a text on it says that it does not count, or otherwise
        self.numbers: set[int] = set()  # columns of the table that count its rows
        self.named: dict[int, dict[int, tuple[Sort, Way]]] = {}  # by row and column what a hidden name says
        for (row, column), name in grid.named().items():
            if said := read_name(name):
                self.named.setdefault(row, {})[column] = said

    def look_beside(self, path: Path) -> None:
        """Words beside the cells take the form back as words on it do."""
        for words in words_of(self.grid, path):
            said = says_beside(words, self.labels.hints)
            if said in TAKES_BACK:
                self.taken_back = True
                self.form.problems.append(taken_back(self.grid, words))
            elif said:
                self.form.remarks.append(spoken_of(self.grid, words))

    def read(self) -> FormSheet:
        last = 0
        for row in self.grid.rows():
            if row.number > last + 1:
                self.table = None  # a blank row ends a table
            last = row.number
            self._row(row)
        if self.taken_back:
            self.form.unread |= set(self.form.cells)
        return self.form

    def _row(self, row: GridRow) -> None:
        filled = [(n, cell) for n, cell in enumerate(row.cells) if cell and not is_blank(cell)]
        if not filled and not row.bad:
            self.table = None
            return
        if row.number in self.named and self._by_name(row, filled):
            return
        said = [(n, heading(cell)) for n, cell in filled]
        if not row.bad and (after := self.labels.titled(said, self.section)):
            self.section, self.table = self.labels.sections.get(said[0][1], said[0][1]), None
            for n, cell in filled[after:]:
                self._left(row, n, cell)
        elif head := self.labels.head(said, self.section):
            self.table, self.numbers = head, {n for n, name in said if name in ROW_NUMBERS}
            self._units(row, *head)
            self.form.lists.setdefault(head[0].way, [])
        elif (
            may_be_note(row)
            and note_sort(row, self.labels.anywhere) in ("remark", "signed")
            and not self._means(said[0][1])
        ):
            self.table = None
            for n, cell in {cell: (n, cell) for n, cell in reversed(filled)}.values():
                self._left(row, n, cell)
        elif self.table and not self._ends(filled, *self.table):
            if total_of(row):
                self._total(row, *self.table)
            else:
                self._entry(row, *self.table)
        else:
            self.table = None
            self._pairs(row, filled)

    def _begins(self, row: GridRow) -> bool:
        """Whether a row is a title: one text above everything that the form asks for."""
        texts = {cell for cell in row.cells if not is_blank(cell)}
        return len(texts) == 1 and not (self.form.cells or self.form.lists or self.section)

    def _by_name(self, row: GridRow, filled: list[tuple[int, str]]) -> bool:
        """A row whose cells say themselves what they hold; False where none of them does."""
        here = self.named[row.number]
        columns = {column: way for column, (sort, way) in here.items() if sort == "column"}
        if columns:
            listing = max(
                self.labels.inner,
                key=lambda each: sum(way[: len(each.way)] == each.way for way in columns.values()),
            )
            own = {way[len(listing.way) :]: column for column, way in columns.items()}
            known = {leaf.way for leaf in listing.leaves}
            self.table = (listing, {way: column for way, column in own.items() if way in known})
            self.form.lists.setdefault(listing.way, [])
            self._units(row, *self.table)
            self.numbers = {n for n, cell in filled if heading(cell) in ROW_NUMBERS}
            self._left_of(row, sorted({*columns, *self.numbers}))
            return True
        values = {
            column: found
            for column, (sort, way) in here.items()
            if sort == "value" and (found := self.labels.by_way.get(way))
        }
        if not values:
            return False
        self.table = None
        for column, label in values.items():
            beside = next((cell for n, cell in reversed(filled) if n < column), "")
            if other := self.labels.another(heading(beside), label, self.section):
                said = Text(f"旁边的栏名却写成了“{other.field.title}”", f"the label beside it says {other.field.title}")
                self._contradicts(row, label, column, said)
            elif more := self.labels.says_more(beside, label):
                self._said_twice(row, label, column, beside, more)
            else:
                self._put(row, label, column, beside)
        for n, cell in filled:
            # Whatever stands in the place of a label; but words that take the form back are none.
            if n not in values and (says(cell) in TAKES_BACK or not self._belongs(n, cell, dict(filled), values)):
                self._left(row, n, cell)
        return True

    def _units(self, row: GridRow, listing: Listing, columns: Mapping[Way, int]) -> None:
        """Note the headings of amounts whose units are none that are known."""
        for n in (columns[x.way] for x in listing.leaves if x.way in columns and x.field.sort in AMOUNTS):
            if n < len(row.cells) and strange_unit(row.cells[n]):
                self.form.unknown.append((row.cells[n].strip(), Place(row.number, n + 1, n + 2, self.grid.name)))

    def _said_twice(self, row: GridRow, label: Label, column: int, name: str, more: str) -> None:
        """A value that its label states, beside the cell for it: where that holds another, or none, it is unknown which counts."""
        if column < len(row.cells) and plain_text(row.cells[column]) == more:
            self._put(row, label, column, name)
        else:
            said = Text(f"旁边的栏名里又写了“{more}”", f"the label beside it says {more} besides")
            self._contradicts(row, label, column, said)

    def _contradicts(self, row: GridRow, label: Label, column: int, why: Text) -> None:
        """A cell whose hidden name and whose label say that it is two things, or holds two values, is neither."""
        listing, leaf = label
        place = Place(row.number, column + 1, column + 2, self.grid.name)
        self.form.cells[listing.way, leaf.way] = place
        self.form.unread.add((listing.way, leaf.way))
        said = Text(
            f"这一格原是“{leaf.field.title}”，{why.zh}，不知道以哪个为准",
            f"this is the cell of {leaf.field.title}, but {why.en}",
        )
        self._tell(leaf, place, "", said)

    def _left(self, row: GridRow, column: int, cell: str) -> None:
        """What stands on a form and says nothing that is asked for: it is told, unless the blank form has it."""
        if self.labels.prints(cell):
            return
        named = heading(cell) in self.labels.printed or self._begins(row)  # a title, with something behind it perhaps
        said = name_says(cell) if named else says(cell)
        if said in TAKES_BACK:
            self._take_back(row.number, column, cell)
        elif said:
            words = WordsBeside(CELL, cell, (row.number, column))
            self.form.remarks.append(spoken_of(self.grid, words))
        elif not named:
            self.form.unknown.append((cell.strip(), Place(row.number, column + 1, column + 2, self.grid.name)))

    def _take_back(self, row: int, column: int, cell: str) -> None:
        """Words on the form say that it does not count as it stands."""
        self.taken_back = True
        at, shown = f"{letters(column)}{row}", " ".join(cell.split())[:_SHOWN]
        said = Text(
            f"{at} 写着“{shown}”：表上填的还算不算、以哪个为准不知道，没有据以判定",
            f"{at} says {shown}: whether the form counts as it stands is unknown; nothing is judged by it",
        )
        place = Place(row, column + 1, column + 2, self.grid.name)
        self.form.problems.append(InputProblem("input/left-aside", place, said, _TAKEN_BACK))

    def _belongs(self, column: int, cell: str, filled: dict[int, str], values: Mapping[int, Label]) -> bool:
        """Whether a cell of a named row is a label, or repeats the value before it, being merged with it."""
        before = max((n for n in values if n < column), default=None)
        if before is not None and all(filled.get(n) == cell for n in range(before, column)):
            return True
        after = min((n for n in values if n > column), default=None)
        return after is not None and all(filled.get(n, cell) == cell for n in range(column, after))

    def _ends(self, filled: list[tuple[int, str]], listing: Listing, columns: dict[Way, int]) -> bool:
        """Whether a row is no entry any more: its first cell is a label, and no choice of the column that it stands in."""
        if not filled or not self._means(heading(filled[0][1])):
            return False
        leaf = next((leaf for leaf in listing.leaves if columns.get(leaf.way) == filled[0][0]), None)
        if leaf is None:
            return True
        return not self._is_choice(listing, leaf, filled[0][1])

    def _entry(self, row: GridRow, listing: Listing, columns: dict[Way, int]) -> None:
        leaves = {leaf.way: leaf for leaf in listing.leaves}
        entries = self.form.lists[listing.way]
        data: dict[str, Any] = {}
        number = len(entries)
        for way, column in columns.items():
            place = Place(row.number, column + 1, column + 2, self.grid.name)
            value = self._value(row, column, listing, leaves[way], self.unit, place)
            self.form.cells[(*listing.way,), (number, *way)] = place
            if value is UNREAD:
                self.form.unread.add((listing.way, (number, *way)))
            elif value is not NOTHING:
                put(data, way, value)
        self._left_of(row, sorted({*columns.values(), *self.numbers}))
        if data or any((listing.way, (number, *way)) in self.form.unread for way in columns):
            entries.append(data)
            self.form.rows[listing.way, number] = Place(row.number, 1, 2, self.grid.name)

    def _left_of(self, row: GridRow, taken: Sequence[int]) -> None:
        """What stands in a row of a table outside its columns, cells that are merged with one of them aside."""
        for n, cell in enumerate(row.cells):
            before = max((each for each in taken if each < n), default=None)
            merged = before is not None and all(each == cell for each in row.cells[before:n])
            if n not in taken and not merged and not is_blank(cell):
                self._left(row, n, cell)

    def _total(self, row: GridRow, listing: Listing, columns: dict[Way, int]) -> None:
        """A row that sums up the entries above it: told where one of its figures is not their sum."""
        label = next(n for n, cell in enumerate(row.cells) if not is_blank(cell))
        self._left_of(row, sorted({label, *columns.values(), *self.numbers}))
        for way, column in columns.items():
            if (figure := figure_in(row, column)) is None:
                continue
            found = sum(
                (amount for entry in self.form.lists[listing.way] if (amount := _amount(entry, way))), Decimal(0)
            )
            if abs(found - figure) > CENT and figure != len(self.form.lists[listing.way]):
                place = Place(row.number, column + 1, column + 2, self.grid.name)
                self.form.problems.append(not_the_sum(row, column, self.grid, place, figure, found))

    def _pairs(self, row: GridRow, filled: list[tuple[int, str]]) -> None:
        """Labels, each with the value in the next cell that is none."""
        at = 0
        while at < len(filled):
            column, cell = filled[at]
            at += 1
            label = self._means(heading(cell))
            run = at
            while run < len(filled) and filled[run][1] == cell:  # the label's own merged cells
                run += 1
            end = filled[run - 1][0]
            value_at = filled[run] if run < len(filled) else None
            if label is None and (begun := self.labels.begun(cell, self.section)):
                label, more = begun
                free = value_at is None or self._means(heading(value_at[1])) is not None
                self._said_twice(row, label, end + 1 if free or value_at is None else value_at[0], cell, more)
                at = run if free else self._behind(filled, run)
                continue
            if label is None:
                beside = value_at and not self._means(heading(value_at[1])) and len(plain_text(cell)) <= _SHOWN
                if value_at and beside and heading(cell) in self.labels.printed:
                    self._left(row, *value_at)  # beside what is written by hand, or what the form says of itself
                else:
                    self._left(row, column, cell)
                at = self._behind(filled, run) if beside else run
                continue
            blank = value_at is None or (
                self._means(heading(value_at[1])) is not None
                and not (value_at[0] == end + 1 and self._is_choice(*label, value_at[1]))
            )
            wrong = next((n for n in sorted(row.bad) if n > end and (value_at is None or n < value_at[0])), None)
            place_at = wrong if wrong is not None else end + 1 if blank or value_at is None else value_at[0]
            self._put(row, label, place_at, cell)
            at = run if blank else self._behind(filled, run)

    def _behind(self, filled: list[tuple[int, str]], at: int) -> int:
        """Behind a value, whose merged cells hold it again."""
        value = filled[at][1]
        while at < len(filled) and filled[at][1] == value:
            at += 1
        return at

    def _put(self, row: GridRow, label: Label, column: int, name: str) -> None:
        listing, leaf = label
        place = Place(row.number, column + 1, column + 2, self.grid.name)
        unit = UNIT.search(plain_text(name))
        value = self._value(row, column, listing, leaf, unit[0] if unit else self.unit, place, unit_of(name))
        self.form.cells[listing.way, leaf.way] = place
        if leaf.field.sort in AMOUNTS and strange_unit(name):  # as a label that says more than is read
            self.form.unknown.append((name.strip(), place))
        if value is UNREAD:
            self.form.unread.add((listing.way, leaf.way))
        elif value is not NOTHING:
            try:
                put(self.form.data.setdefault(listing.way, {}), leaf.way, value)
            except CellUnreadable as error:
                self.form.unread.add((listing.way, leaf.way))
                self._tell(leaf, place, "", error.text)

    def _value(
        self, row: GridRow, column: int, listing: Listing, leaf: Leaf, unit: str, place: Place, counted: str = ""
    ) -> Any:
        cell = row.cells[column] if column < len(row.cells) else ""
        try:
            if column in row.bad:
                raise CellUnreadable(row.bad[column])
            if column in row.struck:
                raise CellUnreadable(row.struck[column])
            if is_blank(cell):
                return NOTHING
            if said_of_whole(cell):
                self._take_back(row.number, column, cell)
            money = leaf.field.sort in AMOUNTS
            cell, own = (counted_in(counted, cell), unit) if money else (cell, YUAN)
            return value_in_cell(leaf, cell, own, self.names.get((*listing.way, *leaf.way)))
        except CellUnreadable as error:
            self._tell(leaf, place, cell, error.text)
            return UNREAD

    def _tell(self, leaf: Leaf, place: Place, cell: str, why: Text) -> None:
        shown = " ".join(cell.split())[:_SHOWN]
        at = f"{letters(place.column - 1)}{place.line}"
        sheet = f"工作表“{place.sheet}”{at}" if place.sheet else f"第 {place.line} 行"
        zh = f"{sheet}“{leaf.field.title}”" + (f"写的是 {shown}：" if shown else "：")
        message = Text(f"{zh}{why.zh}", f"{place.sheet}!{at}: {shown}: {why.en}")
        self.form.problems.append(InputProblem("input/row-unreadable", place, message, _CELL))

    def _means(self, name: str) -> Label | None:
        return self.labels.label(name, self.section)

    def _is_choice(self, listing: Listing, leaf: Leaf, cell: str) -> bool:
        """Whether a text that is also a label is one of the choices of a value."""
        spelled = (*leaf.field.spellings, *self.names.get((*listing.way, *leaf.way), ()))
        return heading(cell) in {heading(name) for name, _ in spelled}


def _amount(entry: Mapping[str, Any], way: Way) -> Decimal | None:
    """The figure at a way of an entry; None where there is none."""
    part: Any = entry
    for step in way:
        part = part.get(step) if isinstance(part, Mapping) else None
    try:
        return None if part is None or isinstance(part, bool) else Decimal(str(part))
    except InvalidOperation:
        return None


_CELL = Text("改正这一格后再检查。", "Correct this cell and check again.")
_TAKEN_BACK = Text(
    "照它改好（作废的，不要交这份表），再删去这句话。", "Correct the form as it says, and delete the words."
)
