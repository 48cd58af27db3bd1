"""An answer's sections as a workbook: a sheet for each table, and one for everything that is said in sentences."""

from collections.abc import Sequence

from banshi.base.text import Lang, Text
from banshi.files.findings import Citation
from banshi.output.sections import (
    FICTIONAL,
    DrawingsSection,
    Figure,
    LinesSection,
    Printout,
    ReasonsSection,
    Section,
    TableSection,
    Value,
    cited,
    columns_in,
    left_in,
    once,
    shown_in,
)
from banshi.output.workbooks import Book, Cell, add_reading

_SAID = Text("说明", "Notes")
_HEADS = (Text("内容", "About"), Text("说明", "Said"), Text("依据", "Basis"))


def in_book(printout: Printout, lang: Lang) -> bytes:
    """The workbook (XLSX)."""
    book = Book(printout.title, law=printout.law)
    if printout.reading:
        add_reading(book, printout.reading)
    fictional = [FICTIONAL.say(lang)] if printout.fictional else []
    above = [printout.named.say(lang), *(line.say(lang) for line in printout.lead), *fictional]
    sections = shown_in("xlsx", printout.sections)
    for section in sections:
        if isinstance(section, TableSection):
            _sheet(book, section, above, lang)
    told = dict.fromkeys(line for section in sections for line in _sentences(section, lang))
    if told:
        sheet = book.sheet(_SAID.say(lang), [head.say(lang) for head in _HEADS], (18, 80, 40))
        for line in told:
            sheet.row(line)
    return book.bytes()


def _sheet(book: Book, table: TableSection, above: Sequence[str], lang: Lang) -> None:
    columns = [(number, table.columns[number]) for number in columns_in("xlsx", table)]
    name = (table.title if table.sheet is None else table.sheet).say(lang)
    reasons = [f"{one.text.say(lang)}{cited(one.basis)}" for one in table.reasons]
    more = left_in("xlsx", table)
    lines = [*above, *reasons, *([more.say(lang).strip()] if more else [])]
    heads = [column.head.say(lang) + column.unit.say(lang) for _, column in columns]
    sheet = book.sheet(name, heads, [column.width for _, column in columns], above=lines)
    for row in table.rows:
        sheet.row([_cell(row[number], lang) for number, _ in columns])
    if table.total and "xlsx" in table.total_in:
        sheet.row([_cell(table.total[number], lang) for number, _ in columns], bold=True)


def _cell(value: Value, lang: Lang) -> Cell:
    if isinstance(value, Figure):
        return value.number
    return value.say(lang) if isinstance(value, Text) else value


def _sentences(section: Section, lang: Lang) -> list[tuple[str, str, str]]:
    """What is not a table: what it is about, the sentence, its provision."""
    match section:
        case ReasonsSection():
            title = section.title.say(lang)
            said = [(title, one.text.say(lang), _basis(one.basis)) for one in once(section.reasons)]
            return [*said, *((title, one.text.say(lang), "") for one in section.alternatives)]
        case LinesSection():
            return [(section.title.say(lang), line.say(lang), "") for line in section.lines]
        case TableSection() | DrawingsSection():
            return []


def _basis(basis: Citation | None) -> str:
    return cited(basis).strip("（）")
