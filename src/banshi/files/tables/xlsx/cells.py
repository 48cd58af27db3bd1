"""Cells of a sheet as its XML says them: rows of text, and what cannot be read."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import IO

from msgspec import Struct, field

from banshi.base.limits import COLUMNS, LONGEST_TEXT, MAX_CELLS, ROWS
from banshi.base.text import Text
from banshi.files.tables.grids import GridRow
from banshi.files.tables.xlsx.limits import BookTooLarge, Broken
from banshi.files.tables.xlsx.merged import Filling, Range
from banshi.files.tables.xlsx.numbers import iso, number
from banshi.files.tables.xlsx.plain_rows import CELL, PlainRow, split
from banshi.files.tables.xlsx.refs import COLUMN_OF, DIGITS, NAME_OF, row_number
from banshi.files.tables.xlsx.shown import NotAsShown
from banshi.files.tables.xlsx.strings import STRUCK, Striking, Strings, plain
from banshi.files.tables.xlsx.styles import strikes
from banshi.files.tables.xlsx.xml import Feed, Local, new_parser

_TRUE = ("1", "true", "on")
_USUAL = ("s", "", "inlineStr", "str")  # kinds of cells: shared texts, numbers, texts of their own
NOT_FRESH = Text(
    "是公式，文件里没有存计算结果；用电子表格程序打开、保存后再检查",
    "a formula without a stored result: open the file in a spreadsheet program, save it, and check again",
)


class Hidden(Struct):
    """Rows and columns that a sheet hides, counted from 0; filled while its rows are read."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)


class Meaning(Struct, frozen=True):
    """What cells refer to: shared texts, and how the numbers of a style that is not a plain one's are written.

    ``struck``: the styles that strike through; ``struck_texts``: shared texts that are struck through themselves, with what is said.
    """

    strings: Strings
    numbers: Mapping[str, Callable[[str], str]]
    struck: frozenset[str] = frozenset()
    struck_texts: Mapping[str, Text] = field(default_factory=dict)


def rows(stream: IO[bytes], meaning: Meaning, ranges: list[Range], hidden: Hidden) -> Iterator[GridRow]:
    """The rows in which anything stands, each as long as its last filled cell.

    Raises ``Broken`` where the sheet contradicts itself, ``BookTooLarge``, ``expat.ExpatError``.
    """
    reader, filling, spent = _Reader(meaning, hidden), Filling(ranges), 0
    for part in chain(split(stream), (None,)):
        reader.take(part)
        for row in reader.ready:
            assert isinstance(row.struck, dict)
            spent += filling.fill(row.number - 1, row.cells, row.struck) + len(row.cells)
            if spent > MAX_CELLS:
                raise BookTooLarge("MAX_CELLS")
            yield row
        reader.ready.clear()


class _Reader:
    """Takes in the tags of one sheet as they open; a cell or row ends where the next tag of its sort opens.

    Ends are only listened to inside of texts that stand in a cell itself, which saves much time. Finished rows wait in
    ``ready``.
    """

    __slots__ = (
        "_bad",
        "_cells",
        "_column",
        "_digits",
        "_feed",
        "_formula",
        "_hidden",
        "_kind",
        "_local",
        "_numbers",
        "_open",
        "_own",
        "_parser",
        "_phonetic",
        "_row",
        "_stored",
        "_striking",
        "_strings",
        "_struck",
        "_struck_styles",
        "_struck_texts",
        "_style",
        "_wanted",
        "ready",
    )

    def __init__(self, meaning: Meaning, hidden: Hidden) -> None:
        self._strings, self._numbers = meaning.strings, meaning.numbers
        self._struck_styles, self._struck_texts = meaning.struck, meaning.struck_texts
        self._parser = parser = new_parser()
        self._feed, self._hidden, self._local = Feed(parser), hidden, Local()
        self.ready: list[GridRow] = []
        self._row, self._digits = 0, ""  # the number of the row, and how it is written; "" where it is not
        self._cells: list[str] = []
        self._bad: dict[int, Text] = {}
        self._struck: dict[int, Text] = {}
        self._striking = Striking()
        self._column, self._kind, self._style, self._stored = -1, "n", "0", ""
        self._open = self._wanted = self._formula = self._phonetic = self._own = False
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._chars

    def take(self, part: bytes | PlainRow | None) -> None:
        """Take in a part of the sheet; None when it is at its end."""
        if part is None:
            self._parser.Parse(b"", True)
            self._close_row()
        elif isinstance(part, bytes):
            self._feed(part)
        else:
            self._plain_row(part)

    def _start(self, tag: str, of: list[str]) -> None:
        """A tag opens."""
        name = self._local[tag]
        if name == "c":
            if self._open:
                self._put()
            self._cell(of)
        elif name == "v":
            self._wanted = self._open
        elif name == "row":
            self._close_row()
            self._begin_row(dict(zip(of[::2], of[1::2], strict=True)))
        else:
            self._wanted = name == "t" and self._open and not self._phonetic
            self._other(name, of)

    def _other(self, name: str, of: list[str]) -> None:
        if name == "f":
            self._formula = True
        elif name == "is":
            self._own = True
            self._parser.EndElementHandler = self._end
        elif name == "rPh":
            self._phonetic = True
        elif name == "r":
            self._striking.now = False
        elif name == "strike":
            self._striking.now = strikes(dict(zip(of[::2], of[1::2], strict=True)))
        elif name == "col":
            self._hide_columns(dict(zip(of[::2], of[1::2], strict=True)))

    def _end(self, tag: str) -> None:
        """A tag closes, inside of a cell's own text."""
        name = self._local[tag]
        self._wanted = False
        if name == "rPh":
            self._phonetic = False
        elif name == "is":
            self._parser.EndElementHandler = None

    def _chars(self, text: str) -> None:
        """Text, of which only a cell's own counts."""
        if self._wanted:
            self._stored = self._stored + text if self._stored else text
            if self._own:
                self._striking.text(text)
            if len(self._stored) > LONGEST_TEXT:
                raise BookTooLarge("LONGEST_TEXT")

    def _hide_columns(self, of: dict[str, str]) -> None:
        if of.get("hidden") in _TRUE and len(self._hidden.columns) < COLUMNS:
            first = row_number(of.get("min", "1"))
            last = min(row_number(of.get("max", "1")), COLUMNS, first + 255)
            self._hidden.columns += range(first - 1, last)

    def _begin_row(self, of: dict[str, str]) -> None:
        self._digits = of.get("r", "")
        self._begin(row_number(self._digits) if self._digits else self._row + 1)
        if of.get("hidden") in _TRUE:
            self._hidden.rows.append(self._row - 1)

    def _begin(self, row: int) -> None:
        if row <= self._row:
            raise Broken(f"第 {row} 行写了两次，或不在次序里")
        if row > ROWS:
            raise Broken(f"有第 {row} 行，一张工作表最多 {ROWS} 行")
        self._row, self._column = row, -1
        self._cells, self._bad, self._struck = [], {}, {}

    def _close_row(self) -> None:
        if self._open:
            self._put()
            self._open = False
        self._wanted = False
        if self._cells or self._bad:
            self.ready.append(GridRow(self._row, self._cells, self._bad, (), self._struck))
            self._cells, self._bad, self._struck = [], {}, {}

    def _cell(self, of: list[str]) -> None:
        """A cell opens: its column, its kind, its style."""
        self._open, self._wanted, self._formula, self._stored = True, False, False, ""
        self._kind, self._style = "n", "0"
        if self._own:
            self._own, self._striking = False, Striking()
        column = self._column + 1
        if column >= COLUMNS:
            raise Broken(f"一行超过 {COLUMNS} 列")
        for n in range(0, len(of), 2):
            key = of[n]
            if key == "r":
                if of[n + 1] != NAME_OF[column] + self._digits:
                    column = self._elsewhere(of[n + 1])
            elif key == "t":
                self._kind = of[n + 1]
            elif key == "s":
                self._style = of[n + 1]
        self._column = column

    def _elsewhere(self, place: str) -> int:
        """The column of a cell that is not the next one of its row; a row without a number takes its cells'."""
        name = place.rstrip(DIGITS)
        digits = place[len(name) :]
        if digits != self._digits:
            row = row_number(digits)
            if not self._digits and not self._cells and not self._bad and row != self._row:
                self._row -= 1
                self._begin(row)
            if row != self._row:
                raise Broken(f"第 {self._row} 行里有单元格 {place}")
            self._digits = digits
        return COLUMN_OF[name]

    def _put(self) -> None:
        """Put the open cell into its row."""
        if self._stored or self._formula:
            self._set(self._column, self._kind, self._style, self._stored)
            self._strike(self._column, self._kind, self._style, self._stored)
            if self._own and (said := self._striking.said()):
                self._struck[self._column] = said

    def _plain_row(self, row: PlainRow) -> None:
        """A whole row at once."""
        self._close_row()
        self._digits = row[1].decode()
        self._begin(int(self._digits) or row_number(self._digits))
        cells, strings, numbers = self._cells, self._strings, self._numbers
        for name, style, kind, stored in CELL.findall(row[2].decode()):
            column = COLUMN_OF[name]
            if (between := column - len(cells)) >= 0 and kind in _USUAL:  # without a call
                try:
                    if kind == "s":
                        text = strings(stored)
                    else:
                        text = plain(stored) if kind else numbers.get(style or "0", number)(stored)
                except (ValueError, IndexError):
                    pass  # said below
                else:
                    if between:
                        cells.extend([""] * between)
                    cells.append(text)
                    continue
            self._set(column, kind or "n", style or "0", stored)
        if self._struck_styles or self._struck_texts:
            for name, style, kind, stored in CELL.findall(row[2].decode()):
                self._strike(COLUMN_OF[name], kind, style or "0", stored)

    def _strike(self, column: int, kind: str, style: str, stored: str) -> None:
        """Note that a cell is struck through, by its style or in its own text."""
        said = STRUCK if style in self._struck_styles else self._struck_texts.get(stored) if kind == "s" else None
        if said:
            self._struck[column] = said

    def _set(self, column: int, kind: str, style: str, stored: str) -> None:
        """Put what a cell holds into its row."""
        try:
            if kind == "s":
                text = self._strings(stored)
            elif kind == "n" and stored:
                text = self._numbers.get(style, number)(stored)
            else:
                text = _text(kind, stored)
        except (ValueError, IndexError) as error:
            self._bad[column] = error.text if isinstance(error, _Unreadable | NotAsShown) else _no_text(stored)
            return
        cells = self._cells
        if column == len(cells):
            cells.append(text)
        elif column > len(cells):
            cells.extend([""] * (column - len(cells)))
            cells.append(text)
        elif cells[column]:
            raise Broken(f"第 {self._row} 行第 {column + 1} 格写了两次")
        else:
            cells[column] = text


def _text(kind: str, stored: str) -> str:
    """The text of the rarer kinds of cells."""
    if kind == "e":
        raise _Unreadable(Text(f"是错误值 {stored}", f"the error value {stored}"))
    if not stored and kind != "str":
        raise _Unreadable(NOT_FRESH)
    if kind == "b":
        return "TRUE" if stored.strip() in _TRUE else "FALSE"
    return iso(stored.strip()) if kind == "d" else plain(stored)


class _Unreadable(ValueError):
    """A cell that holds nothing readable; ``text`` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def _no_text(stored: str) -> Text:
    said = stored.strip()[:20]
    return Text(f"指向的第 {said} 条文字，文件里没有", f"points to text {said}, which is not in the file")
