"""What the site says of tables: sheets or files of a kind, their columns by heading."""

from msgspec import Struct

from banshi.files.tables.reading import TableColumn


class ColumnShape(Struct, frozen=True):
    """A column: its heading, other headings that it may have, what is written in it, whether it must be there."""

    heading: str
    others: tuple[str, ...]
    about: str
    required: str


class TableShape(Struct, frozen=True):
    """A table: what it holds, the names of its file or sheet, its columns."""

    title: str
    names: tuple[str, ...]
    columns: tuple[ColumnShape, ...]


def described(
    title: str, names: tuple[str, ...], columns: dict[str, TableColumn], sets: tuple[frozenset[str], ...]
) -> TableShape:
    """A table from the definitions that it is read with; ``sets``: which columns are enough."""
    always = frozenset.intersection(*sets) if sets else frozenset()
    sometimes = frozenset[str]().union(*sets)
    shapes = []
    for key, column in columns.items():
        required = "是" if key in always else "或" if key in sometimes else ""
        shapes.append(ColumnShape(column.headings[0], column.headings[1:], column.about, required))
    return TableShape(title, names, tuple(shapes))
