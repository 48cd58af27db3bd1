"""Which files and sheets hold which part of a register, and their rows."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from banshi.files.reading import BOOK_SUFFIXES
from banshi.files.tables.headings import SheetHead, WantedTable
from banshi.files.tables.opening import heads
from banshi.files.tables.reading import MANY, Table, read_wanted
from banshi.subjects.attendance.columns import (
    CELL_OF,
    PARTS,
    RegisterColumns,
    laid_otherwise,
    of_month,
    part_of,
    recorded_only,
    worded,
)
from banshi.subjects.attendance.day_columns import by_days
from banshi.subjects.attendance.leave_days import Month, Months
from banshi.subjects.attendance.vocabulary import RegisterWords

# A workbook of one of these names, or of the register's own, holds several parts.
BOOK_NAMES = ("考勤", "考勤登记", "attendance")


class PartSource(Struct, frozen=True):
    """Where a part stands: a file, and its sheets (None: those that fit)."""

    part: RegisterColumns
    path: Path
    sheets: tuple[str, ...] | None = None


def sources_of(path: Path, register: str = "", months: Months = ()) -> Iterator[PartSource]:
    """The parts that a file beside a register holds, by its name; nothing where it is none of the register's."""
    stem = path.stem.lower()
    part = next((part for part in PARTS.values() if stem in part.names), None)
    if part is not None:
        yield PartSource(part, path)
    elif path.suffix.lower() in BOOK_SUFFIXES:
        if stem in (*BOOK_NAMES, register.lower()) or looks_named(stem):
            yield from sheets_of(path, heads(path).heads, months)
    elif looks_named(stem):  # 3月打卡.csv: by its headings, and where several parts fit, by its name
        named = (part_of(replace(head, sheet=stem)) or _by_days([head], months) for head in heads(path).heads)
        yield from (PartSource(part, path) for part in named if part)


def looks_named(stem: str) -> bool:
    """Whether a file's name, in lower case, has that of a part in it: 3月打卡."""
    return any(part.called(stem) for part in PARTS.values())


def sheets_of(path: Path, found: Sequence[SheetHead], months: Months = ()) -> Iterator[PartSource]:
    """The parts in the sheets of a workbook, each with all of its sheets."""
    sheets: dict[str, list[str]] = {}
    for head in found:
        part = part_of(head) or _by_days([head], months)
        if part is not None:
            sheets.setdefault(part.key, []).append(head.sheet)
    for key, part in PARTS.items():
        if key in sheets:
            yield PartSource(part, path, tuple(sheets[key]))


def _by_days(found: Sequence[SheetHead], months: Months) -> RegisterColumns | None:
    every = [*found, *(other for head in found for other in laid_otherwise(head))]
    return PARTS["punches"] if any(by_days([head], only(months)) for head in every) else None


def only(months: Months) -> Month | None:
    """The one month, which a heading with the number of a day alone is of; None of several, or of none."""
    return months[0] if len(months) == 1 else None


def laid_out(source: PartSource, months: Months) -> RegisterColumns:
    """The part as its sheets are laid out: with a row for each punch or day, or with columns of days."""
    if source.part.key != "punches":
        return source.part
    own = [head for head in heads(source.path).heads if source.sheets is None or head.sheet in source.sheets]
    fitting = [head for head in own if source.part.fits(head)]
    if not fitting:
        otherwise = [other for head in own for other in laid_otherwise(head)]
        fitting = [head for head in otherwise if source.part.fits(head)]
        if not fitting:
            return by_days(own, only(months)) or by_days(otherwise, only(months)) or source.part
    part = source.part
    for head in fitting:
        part = recorded_only(part, head)
    return part


def read_part(source: PartSource, months: Months = (), words: RegisterWords | None = None) -> Table:
    """The rows of a part. ``months``: those of the register."""
    part = of_month(laid_out(source, months), months)
    return read_as(worded(part, words) if words else part, source)


def read_as(part: RegisterColumns, source: PartSource, most: int | None = MANY) -> Table:
    """The rows of a part as it is laid out. ``most``: as ``Table`` has it."""
    wanted = WantedTable(part.columns, part.make, part.enough, part.named, at_once=part.at_once)
    table = read_wanted(source.path, wanted, source.sheets, most)
    table.sheet.cell_of = CELL_OF
    return table
