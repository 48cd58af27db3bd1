"""A file that may hold tables: its sheets, and what stands in their top rows."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct, field

from banshi.files.findings import Finding
from banshi.files.locating import from_input
from banshi.files.reading import BOOK_SUFFIXES, DOCUMENT_SUFFIXES, InputProblem, unreadable
from banshi.files.regular_files import STDIN, open_stream
from banshi.files.tables.attlog import with_headings
from banshi.files.tables.contents import attlog, is_book_by
from banshi.files.tables.delimited import delimited
from banshi.files.tables.grids import Grid, GridRow, Unusable
from banshi.files.tables.headings import TOP, SheetHead, filled, fullest_first
from banshi.files.tables.relaid import relaid
from banshi.files.tables.row_problems import empty


class Heads(Struct, frozen=True):
    """The sheets of a file, or the findings that say why there are none."""

    heads: list[SheetHead] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def is_book(path: Path) -> bool:
    """Whether it is a workbook: by its name, standard input by how it begins."""
    if str(path) != STDIN:
        return path.suffix.lower() in BOOK_SUFFIXES
    with open_stream(path) as raw:
        return is_book_by(raw.read(8))


def heads(path: Path) -> Heads:
    """The headings of every visible sheet that holds anything."""
    found = Heads()
    try:
        book = opened(path)
        if book.kept:
            return book.kept[0]
        tops = [(grid, list(islice(filled(grid.rows()), TOP))) for grid in book.grids]
        found.heads.extend(
            SheetHead(grid.name, fullest_first(top), tuple(_otherwise(grid)), tuple(_relaid(top)), grid.named)
            for grid, top in tops
            if top
        )
        if not found.heads:
            raise Unusable(empty())
        book.kept.append(found)
    except Unusable as unusable:
        found.findings.extend(from_input(path.as_posix(), problem) for problem in unusable.problems)
    return found


def _relaid(top: list[GridRow]) -> Iterator[list[str]]:
    """What the other layouts make of the top rows."""
    for other in relaid(top):
        yield fullest_first(list(other.rows(top)))


def _otherwise(grid: Grid) -> Iterator[list[str]]:
    """What the other separators make of the top rows."""
    for other in grid.others:
        try:
            yield fullest_first(list(islice(filled(other.rows()), TOP)))
        except Unusable:
            continue


class Opened(Struct, frozen=True):
    """The visible sheets of a file, the names of the hidden ones, notes on what was left out; the hidden ones' grids.

    ``kept``: what stands in the top rows, where that is known already; many ask for it.
    """

    grids: list[Grid]
    hidden: tuple[str, ...] = ()
    notes: list[InputProblem] = field(default_factory=list)
    concealed: list[Grid] = field(default_factory=list)
    kept: list[Heads] = field(default_factory=list)


def opened(path: Path) -> Opened:
    """The sheets of a file, unread. Raises ``Unusable``."""
    try:
        open_stream(path).close()  # a pipe, a device or a sparse monster is told before any reader meets it
    except OSError as error:
        raise Unusable(unreadable(error)) from None
    if path.suffix.lower() in DOCUMENT_SUFFIXES:
        from banshi.files.tables.docx import document_grids  # late: hardly anybody hands in a document

        return Opened(document_grids(path))
    if not is_book(path):
        grid = delimited(path)
        return Opened([with_headings(grid) if attlog(path) else grid])
    from banshi.files.tables.workbook import workbook  # late: who reads CSV only never pays for it
    from banshi.files.tables.workbook_said import hidden_sheets

    book = workbook(path)
    return Opened(book.grids, tuple(book.hidden), hidden_sheets(book.hidden), book.concealed, book.kept)


def grids_of(path: Path) -> tuple[list[Grid], list[InputProblem]]:
    """The visible sheets of a file, and notes on what was left out. Raises ``Unusable``."""
    found = opened(path)
    return found.grids, found.notes
