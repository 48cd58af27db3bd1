"""Rows of cells as text, from whatever file holds them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from banshi.base.text import Text
from banshi.files.reading import InputProblem

if TYPE_CHECKING:
    from banshi.files.tables.together import PlainLines

_FEW = 2_000  # rows


class GridRow(NamedTuple):
    """A row: its number in the file (from 1), its cells as text, and the cells that hold nothing readable, with why.

    ``lines``: of a text file, the lines that it stands in. ``struck``: cells whose text is struck through, or part of it.
    """

    number: int
    cells: list[str]
    bad: Mapping[int, Text]
    lines: Sequence[str] = ()
    struck: Mapping[int, Text] = MappingProxyType({})


class WordsBeside(NamedTuple):
    """Words that stand beside the cells of a sheet: in a comment, at the head of its pages, in a text box.

    ``cell``: of a comment on one, its row (from 1) and column (from 0). ``ours``: whether a program of ours put it there.
    """

    what: Text
    text: str
    cell: tuple[int, int] | None = None
    ours: bool = False


class Grid(Struct):
    """One sheet; a CSV file is one without a name. ``notes``: what is to be said if it is used.

    ``others``: the same file with another separator, in case only that yields the headings. ``named``: cells (row from 1,
    column from 0) with the names that a form hides in them. ``merged``: the first and the last cell (row and column from 0)
    of each range whose cells all hold what the first one does.
    ``beside``: the words that stand beside its cells.
    ``rows`` begins anew with each call and raises ``Unusable``; so does ``together``, which gives the same rows, of a text
    file many at a time.
    """

    name: str
    rows: Callable[[], Iterator[GridRow]]
    delimiter: str = ""
    notes: list[InputProblem] = field(default_factory=list)
    others: list["Grid"] = field(default_factory=list)
    named: Callable[[], Mapping[tuple[int, int], str]] = dict
    together: "Callable[[], Iterator[PlainLines | GridRow]] | None" = None
    merged: Callable[[], Sequence[tuple[tuple[int, int], tuple[int, int]]]] = tuple
    beside: Callable[[], Sequence[WordsBeside]] = tuple

    def read_once(self) -> "Grid":
        """The same with its rows in memory, where they are few, for who looks at them several times. Raises ``Unusable``."""
        rows = list(islice(self.rows(), _FEW + 1))
        return self if len(rows) > _FEW else replace(self, rows=lambda: iter(rows), together=None)

    @property
    def in_book(self) -> bool:
        """Whether it is a sheet of a workbook: places are then row and column."""
        return not self.delimiter


class Unusable(Exception):
    """A file that cannot be read, or not any further; ``problems`` say why."""

    def __init__(self, *problems: InputProblem) -> None:
        super().__init__(*(problem.rule for problem in problems))
        self.problems = problems


def letters(column: int) -> str:
    """The name of a column, counted from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
