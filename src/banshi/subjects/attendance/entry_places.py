"""Where the entries of a register stand: in the register itself, or in rows of tables."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from banshi.base.text import Text
from banshi.files.documents import Document, Place
from banshi.files.findings import Route
from banshi.files.locating import Located
from banshi.files.tables.sheet import SheetDocument
from banshi.subjects.attendance.own_entries import Kept


class EntriesInPlace(Struct, frozen=True):
    """The entries of a part from number ``first`` on, which one file or sheet holds.

    ``numbers``: that of each in the file (None: as they come); of a table (``in_rows``) those of the rows.
    """

    path: str
    first: int = 0
    numbers: Sequence[int] | None = None
    in_rows: bool = False
    sheet: str = ""

    def said(self, n: int) -> Text:
        """Where an entry stands: 请假.xlsx 工作表“请假”第 3 行, 登记.yaml 第 2 条."""
        own = n - self.first
        number = own + 1 if self.numbers is None else self.numbers[own]
        if not self.in_rows:
            return Text(f"{self.path} 第 {number} 条", f"{self.path}, entry {number}")
        at, at_en = (f"工作表“{self.sheet}”", f"{self.sheet}, ") if self.sheet else ("", "")
        return Text(f"{self.path} {at}第 {number} 行", f"{self.path}, {at_en}row {number}")


class OwnEntries(SheetDocument):
    """The entries of a part that stand in the register itself, ahead of tables that hold more of it."""

    register: Document | None = None

    def place(self, route: Route, at_key: bool = False) -> Place:
        """The place in the register."""
        assert self.register is not None
        return self.register.place(route, at_key)

    def line(self, number: int) -> str:
        """The text of a line of the register."""
        assert self.register is not None
        return self.register.line(number)


def own_entries(part: str, count: int, register: Document) -> OwnEntries:
    """The entries of a part, so many, that were read from the register itself; each with its number there."""
    kept = register.numbers.get(part) if isinstance(register, Kept) else None
    numbers = array("L", (n + 1 for n in (range(count) if kept is None else kept)))
    return OwnEntries(register.path, None, register.find_marks, register.text, first_lines=numbers, register=register)


Entries = Mapping[str, Sequence[EntriesInPlace]]


def entries_of(part: str, document: Document, sources: Mapping[str, Located]) -> tuple[EntriesInPlace, ...]:
    """Where a part's entries stand: in the register's ``document``, or in the table that is its source."""
    table = sources[part].document if part in sources else None
    if isinstance(table, SheetDocument):
        return tuple(each for first, sheet in table.files() for each in of_table(sheet, first))
    kept = document.numbers.get(part) if isinstance(document, Kept) else None
    return (EntriesInPlace(document.path, numbers=kept and [n + 1 for n in kept]),)


def of_table(sheet: SheetDocument, first: int = 0) -> Iterator[EntriesInPlace]:
    """Where the rows of a table stand, whose first one has this number; or entries of the register itself."""
    if isinstance(sheet, OwnEntries):
        yield EntriesInPlace(sheet.path, first, sheet.first_lines)
    for piece in sheet.pieces:
        own = sheet.first_lines[piece.first :]
        yield EntriesInPlace(sheet.path, first + piece.first, own, True, piece.grid.name if piece.grid.in_book else "")


def stands(places: Iterable[EntriesInPlace], n: int) -> tuple[EntriesInPlace, Text]:
    """Where an entry stands: the file or sheet, and the place in words."""
    found = [each for each in places if each.first <= n][-1]
    return found, found.said(n)


def placed(part: str, n: int, document: Document, sources: Mapping[str, Located]) -> tuple[Document, int]:
    """The document that an entry stands in, and its number there."""
    table = sources[part].document if part in sources else None
    if not isinstance(table, SheetDocument):
        return document, n
    first, sheet = [each for each in table.files() if each[0] <= n][-1]
    return sheet, n - first
