"""Names of cells: AB12 is column 27 of row 11, both counted from 0."""

from banshi.base.limits import COLUMNS
from banshi.files.tables.grids import letters
from banshi.files.tables.xlsx.limits import Broken

DIGITS = "0123456789"
_LETTERS = 3
_LONGEST_ROW = 7  # digits


class LetterColumns(dict[str, int]):
    """Columns by their letters, each worked out once."""

    def __missing__(self, name: str) -> int:
        """Raises ``Broken`` for what is no column."""
        column = 0
        if not (name.isalpha() and name.isascii() and len(name) <= _LETTERS):
            raise Broken
        for letter in name.upper():
            column = column * 26 + ord(letter) - 64
        if column > COLUMNS:
            raise Broken(f"有 {name} 列，一张工作表最多 {COLUMNS} 列")
        self[name] = column - 1
        return column - 1


class ColumnLetters(dict[int, str]):
    """The letters of columns, each worked out once; nothing follows the last column."""

    def __missing__(self, column: int) -> str:
        name = self[column] = letters(column) if column < COLUMNS else ""
        return name


COLUMN_OF = LetterColumns()
NAME_OF = ColumnLetters()


def place(ref: str) -> tuple[int, int]:
    """Row and column of a cell's name. Raises ``Broken`` for what is none."""
    plain = ref.replace("$", "")
    name = plain.rstrip(DIGITS)
    return row_number(plain[len(name) :]) - 1, COLUMN_OF[name]


def row_number(digits: str) -> int:
    """The number of a row, from 1, as it is written. Raises ``Broken``."""
    if not (digits.isdecimal() and digits.isascii() and len(digits.lstrip("0")) <= _LONGEST_ROW):
        raise Broken
    if not (number := int(digits)):
        raise Broken
    return number
