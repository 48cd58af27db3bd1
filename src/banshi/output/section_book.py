"""An answer's sections as a workbook: a sheet for each table, and one for everything that is said in sentences."""

import io
from collections.abc import Sequence
from itertools import chain
from typing import IO

from banshi.base.text import Lang, Text
from banshi.files.findings import Citation
from banshi.output.sections import (
    FICTIONAL,
    DrawingsSection,
    Figure,
    LinesSection,
    PartSection,
    Printout,
    ReasonsSection,
    Section,
    SeveralLines,
    TableSection,
    Value,
    cited,
    columns_in,
    left_in,
    once,
    shown_in,
)
from banshi.output.workbooks import Book, Cell, add_reading

_LARGE = 20_000  # rows of a table beyond which they are written out as they come, so that memory holds them
_SAID = Text("说明", "Notes")
_HEADS = (Text("内容", "About"), Text("说明", "Said"), Text("依据", "Basis"))


def in_book(printout: Printout, lang: Lang) -> bytes:
    """The workbook (XLSX)."""
    stream = io.BytesIO()
    book_into(stream, printout, lang)
    return stream.getvalue()


def book_into(stream: IO[bytes], printout: Printout, lang: Lang) -> None:
    """The workbook into a stream, for one that may be longer than memory. Raises ``OSError``."""
    tables = [each for each in printout.sections if isinstance(each, TableSection)]
    large = any(len(each.rows) > _LARGE for each in tables)
    book = Book(printout.title, large=large, law=printout.law, into=stream)
    if printout.reading:
        add_reading(book, printout.reading)
    add_sheets(book, printout, lang)
    book.close()


def add_sheets(book: Book, printout: Printout, lang: Lang) -> None:
    """The sheets of the answer behind those that a workbook has: tables of one sheet's name below each other."""
    fictional = [FICTIONAL.say(lang)] if printout.fictional else []
    named = [printout.named.say(lang)] if printout.named else []
    above = [*named, *(line.say(lang) for line in printout.lead), *fictional]
    sections = shown_in("xlsx", printout.sections)
    sheets: dict[str, list[TableSection]] = {}
    over: dict[str, list[str]] = {}
    part = list[str]()
    for section in sections:
        if isinstance(section, PartSection):
            part = [section.title.say(lang)]
        if isinstance(section, TableSection):
            called = section.title if section.sheet is None else section.sheet
            sheets.setdefault(called.say(lang), []).append(section)
            over.setdefault(called.say(lang), part)
    for name, tables in sheets.items():
        _sheet(book, name, tables, [*above, *over[name]], lang)
    told = dict.fromkeys(line for section in sections for line in _sentences(section, lang))
    if told:
        sheet = book.sheet(_SAID.say(lang), [head.say(lang) for head in _HEADS], (18, 80, 40))
        for line in told:
            sheet.row(line)


def _sheet(book: Book, name: str, tables: Sequence[TableSection], above: Sequence[str], lang: Lang) -> None:
    columns = [(number, tables[0].columns[number]) for number in columns_in("xlsx", tables[0])]
    reasons = [f"{one.text.say(lang)}{cited(one.basis)}" for table in tables for one in table.reasons]
    more = [said.say(lang).strip() for table in tables if (said := left_in("xlsx", table))]
    heads = [column.head.say(lang) + column.unit.say(lang) for _, column in columns]
    widths = [column.width for _, column in columns]
    sheet = book.sheet(name, heads, widths, above=[*above, *reasons, *more])
    for table in tables:
        total = [table.total] if table.total and "xlsx" in table.total_in else []
        for row in chain(table.rows, total):
            if sheet.full:
                sheet = book.sheet(name, heads, widths, above=above)
            last, cells = row is table.total, [_cell(row[number], lang) for number, _ in columns]
            sheet.row(cells, bold=last, shown=() if last else [column.shown for _, column in columns])


def _cell(value: Value, lang: Lang) -> Cell:
    if isinstance(value, Figure):
        return value.number
    if isinstance(value, SeveralLines):
        return "\n".join(line.say(lang) for line in value.lines) or None
    said = value.say(lang) if isinstance(value, Text) else value
    return None if said == "" else said


def _sentences(section: Section, lang: Lang) -> list[tuple[str, str, str]]:
    """What is not a table: what it is about, the sentence, its provision."""
    match section:
        case ReasonsSection() | PartSection():
            title = section.title.say(lang)
            said = [(title, one.text.say(lang), _basis(one.basis)) for one in once(section.reasons)]
            if isinstance(section, PartSection):
                return said
            others = [*(one.text for one in section.alternatives), *([section.warning] if section.warning else [])]
            return [*said, *((title, other.say(lang), "") for other in others)]
        case LinesSection():
            return [(section.title.say(lang), line.say(lang), "") for line in section.lines]
        case TableSection() | DrawingsSection():
            return []


def _basis(basis: Citation | None) -> str:
    return cited(basis).strip("（）")
