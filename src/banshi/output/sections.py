"""An answer, said once: sections of tables, reasons and drawings, from which every face of it is made.

A subject says what it decided as an ``Printout`` of sections; ``in_text`` and ``in_markdown`` (``output/section_lines.py``),
``in_book`` (``section_book.py``) and ``on_page`` (``section_page.py``) are renderings of that, and compute nothing.
What only some of them can use (a drawing, a column for sorting) says so with ``faces``.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal, overload

from msgspec import Struct

from banshi.base.money import plain
from banshi.base.text import NOTHING, Lang, Text
from banshi.files.account_of_reading import AccountOfReading
from banshi.files.findings import Citation
from banshi.files.law_used import LawUsed
from banshi.law.decisions import Alternative, Reason

Face = Literal["text", "markdown", "xlsx", "html"]
EVERY: frozenset[Face] = frozenset(("text", "markdown", "xlsx", "html"))
LINES: frozenset[Face] = frozenset(("text", "markdown"))
SHEETS: frozenset[Face] = frozenset(("xlsx",))
PAGES: frozenset[Face] = frozenset(("html",))

NONE = Text("–", "–")
FICTIONAL = Text("样例（虚构）", "fictional sample")


class Figure(Struct, frozen=True):
    """A figure as people write it (97.99%), and the number that a workbook reckons with."""

    said: Text
    number: Decimal | int | str


class SeveralLines(Struct, frozen=True):
    """A cell of several lines."""

    lines: tuple[Text, ...]


Value = Figure | SeveralLines | Text | str | int | bool | Decimal | date | time | None


class SectionColumn(Struct, frozen=True):
    """A column: its heading, its width in a workbook (characters), whether it holds figures, what stands for nothing.

    In a workbook ``unit`` follows the heading, for the cells hold bare numbers; ``shown`` is their format (0.00).
    """

    head: Text
    width: float = 12
    figures: bool = False
    nothing: Text = NONE
    faces: frozenset[Face] = EVERY
    unit: Text = NOTHING
    shown: str = ""
    whole: bool = False  # never broken into lines on a page: days, numbers of cases


class MadeRows(Sequence[Sequence[Value]]):
    """So many rows, each made when it is asked for: lines tell a few of many."""

    def __init__(self, many: int, row: Callable[[int], Sequence[Value]]) -> None:
        self._many, self._row = range(many), row

    def __len__(self) -> int:
        return len(self._many)

    @overload
    def __getitem__(self, at: int) -> Sequence[Value]: ...
    @overload
    def __getitem__(self, at: slice) -> list[Sequence[Value]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[Value] | list[Sequence[Value]]:
        chosen = self._many[at]
        return self._row(chosen) if isinstance(chosen, int) else [self._row(number) for number in chosen]


class TableSection(Struct, frozen=True):
    """Rows under headings; a row's first cell names it.

    ``parts``: how many rows belong to each caption, in their order, where the rows fall into parts; ``total``: the last
    row, that adds up the others; ``shown``: how many rows are told where room is short, the others (of ``many``) being counted by ``more``;
    ``strong``: for a row, the numbers of the cells that stand out; ``said``: for a row, its lines on a terminal where a
    table would be too wide.
    """

    title: Text
    columns: Sequence[SectionColumn]
    rows: Sequence[Sequence[Value]]
    parts: Sequence[tuple[str, int]] = ()
    total: Sequence[Value] | None = None
    total_in: frozenset[Face] = EVERY
    shown: int | None = None
    shown_in: frozenset[Face] = LINES  # where no more than those are listed
    many: int | None = None  # how many there are, where more than these rows
    more: Callable[[int], Text] | None = None
    strong: Callable[[int], frozenset[int]] | None = None
    said: Callable[[int, Lang], list[str]] | None = None
    head: Text | None = None  # over it on a terminal, where that is not its title; NOTHING: no line
    sheet: Text | None = None  # the name of its sheet, where that is not its title
    reasons: Sequence[Reason] = ()  # under its title: on what it rests
    note: Text = NOTHING  # below it on a page
    drawing: str = ""  # a picture of it (SVG as markup) over it on a page
    drawn: Text = NOTHING  # what the picture leaves out
    empty: Text = NOTHING  # said instead of a table without rows
    empty_in: frozenset[Face] = EVERY  # where that is said; a workbook shows the headings
    style: str = ""  # a class of a page
    faces: frozenset[Face] = EVERY


class PartSection(Struct, frozen=True):
    """The beginning of a part: its title, lines, on what it rests. What follows belongs to it, up to the next part.

    ``within``: a part of the part before it. In a workbook the title stands over the part's sheets.
    """

    title: Text
    lead: Sequence[Text] = ()
    reasons: Sequence[Reason] = ()
    within: bool = False
    faces: frozenset[Face] = EVERY


class ReasonsSection(Struct, frozen=True):
    """Reasons with their provisions, and where other readings lead; nothing of it is shown where there is none."""

    title: Text
    reasons: Sequence[Reason]
    alternatives: Sequence[Alternative[Any]] = ()
    note: Text = NOTHING  # over it on a page
    faces: frozenset[Face] = EVERY
    head: Text | None = None  # over them on a terminal, where that is not the title with a colon
    warning: Text = NOTHING  # said last


class LinesSection(Struct, frozen=True):
    """Lines of text under a title, or without one."""

    lines: Sequence[Text]
    title: Text = NOTHING
    faces: frozenset[Face] = EVERY
    plain: bool = False  # on a terminal without a mark before each
    head: Text | None = None  # over them on a terminal, where that is not the title with a colon


class DrawingsSection(Struct, frozen=True):
    """Pictures (SVG as markup) with captions, for a page; what they show stands in the tables too."""

    title: Text
    pictures: Sequence[tuple[str, str]]
    note: Text = NOTHING
    faces: frozenset[Face] = PAGES
    wide: bool = False  # wider than a phone: each in a frame of its own that scrolls


Section = TableSection | PartSection | ReasonsSection | LinesSection | DrawingsSection


class Printout(Struct, frozen=True):
    """Everything that is said of one answer.

    ``title``: of a page and a workbook; ``named``: the first line of a terminal and over the first sheet (``NOTHING`` where
    its parts have names); ``lead``: the lines under it; ``fictional``: it is made of a sample; ``reading``: what was read for it stands first.
    """

    title: str
    named: Text
    lead: Sequence[Text] = ()
    sections: Sequence[Section] = ()
    fictional: bool = False
    law: LawUsed | None = None
    reading: AccountOfReading | None = None


def shown_in(face: Face, sections: Sequence[Section]) -> list[Section]:
    """The sections that a face shows: those that say something in it."""
    return [section for section in sections if face in section.faces and _says_something(face, section)]


def rows_in(face: Face, table: TableSection) -> list[Sequence[Value]]:
    """The rows that a face lists, and the total where it shows that."""
    listed = table.rows[: many_in(face, table)]
    return [*listed, *([table.total] if table.total and face in table.total_in else [])]


def many_in(face: Face, table: TableSection) -> int:
    """How many rows a face lists."""
    short = table.shown is not None and face in table.shown_in
    return min(len(table.rows), table.shown) if short and table.shown is not None else len(table.rows)


def left_in(face: Face, table: TableSection) -> Text:
    """How many rows a face does not list; nothing where it lists all."""
    left = (table.many or len(table.rows)) - many_in(face, table)
    return table.more(left) if left and table.more else NOTHING


def columns_in(face: Face, table: TableSection) -> list[int]:
    """The numbers of the columns that a face shows."""
    return [number for number, column in enumerate(table.columns) if face in column.faces]


def _says_something(face: Face, section: Section) -> bool:
    match section:
        case TableSection():
            return bool(section.rows or section.reasons or (section.empty and face in section.empty_in))
        case PartSection():
            return True
        case ReasonsSection():
            return bool(section.reasons or section.alternatives or section.head)
        case LinesSection():
            return bool(section.lines)
        case DrawingsSection():
            return bool(section.pictures)


def once(reasons: Sequence[Reason]) -> list[Reason]:
    """Each reason once, in order."""
    return list(dict.fromkeys(reasons))


def cited(basis: Citation | Sequence[Citation] | None) -> str:
    """A provision, or several, as officials cite them: （某市府办发〔2011〕37号 三（四）); nothing for none."""
    several = (basis,) if isinstance(basis, Citation) else tuple(basis or ())
    return f"（{'；'.join(dict.fromkeys(c.say() for c in several))}）" if several else ""


def reasoned(reasons: Iterable[Reason]) -> SeveralLines:
    """Reasons with their provisions in a cell."""
    return SeveralLines(tuple(Text(*(said + cited(one.basis) for said in one.text)) for one in reasons))


def written(value: Value, lang: Lang, nothing: Text = NOTHING) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return nothing.say(lang)
    if isinstance(value, Figure):
        return value.said.say(lang)
    if isinstance(value, SeveralLines):
        return "；".join(line.say(lang) for line in value.lines) or nothing.say(lang)
    if isinstance(value, Text):
        return value.say(lang) or nothing.say(lang)
    if isinstance(value, bool):
        return (_YES if value else _NO).say(lang)
    return plain(value) if isinstance(value, Decimal) else str(value)


_YES, _NO = Text("是", "yes"), Text("否", "no")
