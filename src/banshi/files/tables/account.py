"""What was taken from a sheet as what, and what was left aside: as data, so that callers can weigh what it bears on."""

from typing import Literal

from msgspec import Struct, field

from banshi.base.limits import MAX_NUMBERED
from banshi.files.tables.grids import letters

Status = Literal["read", "other", "not asked", "hidden", "empty"]
Why = Literal["unused", "idle", "biometric", "claimed twice", "said elsewhere", "no heading"]


class TakenColumn(Struct, frozen=True):
    """A column that was read: its heading as written, its place counted from 0, and the key it was taken as."""

    heading: str
    column: int
    key: str

    @property
    def letters(self) -> str:
        """Its name in a spreadsheet: A, B … AA."""
        return letters(self.column)


class LeftColumn(Struct, frozen=True):
    """A column in which something stands and of which nothing was read.

    ``why``: ``unused`` (an unknown heading), ``idle`` (one that machines write and nothing is read from), ``biometric``,
    ``claimed twice`` (two columns say different things and claim the same ``key``), ``said elsewhere`` (another column of
    the same ``key`` says the same), ``no heading``.
    """

    heading: str
    column: int
    why: Why
    key: str = ""

    @property
    def letters(self) -> str:
        """Its name in a spreadsheet: A, B … AA."""
        return letters(self.column)


class SheetAccount(Struct, frozen=True):
    """What became of one sheet of a file (of a text file: the only one, without a name).

    ``status``: ``read``; ``other`` (visible, but without the columns); ``not asked`` (another table of the file may be in
    it); ``hidden``; ``empty``. What follows says something only of a sheet that was read: ``head`` is the number of its
    row of headings, ``rows`` how many rows gave a value, ``unread`` the numbers of those that could not be read (beyond
    ``MAX_NUMBERED`` only counted, in ``unread_more``), ``passed`` those in which only columns left aside hold anything,
    ``notes`` those of notes and signatures, and ``stopped`` the row from which on nothing could be read (0: read to its end).
    """

    sheet: str
    status: Status
    head: int = 0
    taken: tuple[TakenColumn, ...] = ()
    left: tuple[LeftColumn, ...] = ()
    rows: int = 0
    unread: tuple[int, ...] = ()
    unread_more: int = 0
    passed: tuple[int, ...] = ()
    passed_more: int = 0
    stopped: int = 0
    notes: tuple[int, ...] = ()


class SheetCounting(Struct):
    """A sheet's account while its rows are read; ``left`` holds the columns in which nothing was met so far."""

    sheet: str
    head: int
    taken: tuple[TakenColumn, ...]
    empty: dict[int, LeftColumn]
    width: int
    left: dict[int, LeftColumn] = field(default_factory=dict)
    rows: int = 0
    unread: list[int] = field(default_factory=list)
    unread_more: int = 0
    passed: list[int] = field(default_factory=list)
    passed_more: int = 0
    stopped: int = 0
    notes: list[int] = field(default_factory=list)
    remarked: int = 0  # rows that were read as they stand although a remark speaks of taking them back or the like

    def look(self, cells: list[str]) -> None:
        """Note which of the columns left aside hold anything."""
        if len(cells) > self.width:
            self._widen(len(cells))
        if not self.empty:
            return
        for column in [n for n in self.empty if n < len(cells) and cells[n] and not cells[n].isspace()]:
            self.left[column] = self.empty.pop(column)

    def _widen(self, width: int) -> None:
        """Columns to the right of the last heading."""
        self.empty |= {n: LeftColumn("", n, "no heading") for n in range(self.width, width)}
        self.width = width

    def lose(self, row: int) -> None:
        """A row that cannot be read."""
        if len(self.unread) < MAX_NUMBERED:
            self.unread.append(row)
        else:
            self.unread_more += 1

    def skip(self, row: int) -> None:
        """A row in which no column that is read holds anything."""
        if len(self.passed) < MAX_NUMBERED:
            self.passed.append(row)
        else:
            self.passed_more += 1

    def account(self) -> SheetAccount:
        """The account of the rows read so far."""
        return SheetAccount(
            self.sheet,
            "read",
            self.head,
            self.taken,
            tuple(self.left[n] for n in sorted(self.left)),
            self.rows,
            tuple(self.unread),
            self.unread_more,
            tuple(self.passed),
            self.passed_more,
            self.stopped,
            tuple(self.notes),
        )
