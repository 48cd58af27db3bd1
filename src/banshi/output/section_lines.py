"""An answer's sections in lines: for a terminal, and as Markdown."""

from banshi.base.columns import lined_up
from banshi.base.patterns import late
from banshi.base.text import Lang, Text, visible
from banshi.files.account_of_reading import reading_text
from banshi.output.saying import alternatives_text, reasons_text
from banshi.output.sections import (
    FICTIONAL,
    DrawingsSection,
    Face,
    LinesSection,
    PartSection,
    Printout,
    ReasonsSection,
    Section,
    TableSection,
    columns_in,
    left_in,
    many_in,
    once,
    rows_in,
    shown_in,
    written,
)


def in_text(printout: Printout, lang: Lang) -> str:
    """Everything for a terminal, without a line break at the end."""
    above = [printout.named, *printout.lead] if printout.named else printout.lead
    blocks = [[line.say(lang) for line in above], *(_block(one, lang) for one in shown_in("text", printout.sections))]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _block(section: Section, lang: Lang) -> list[str]:
    if isinstance(section, PartSection):
        lead = [section.title.say(lang), *(line.say(lang) for line in section.lead)]
        return [*([""] if section.within else []), *lead, *reasons_text(section.reasons, lang)]
    head = _head(section)
    return [*([head.say(lang)] if head else []), *_body(section, lang)]


def _head(section: Section) -> Text:
    """What stands over a section on a terminal."""
    if isinstance(section, TableSection | LinesSection | ReasonsSection) and section.head is not None:
        return section.head
    title = section.title
    return title if isinstance(section, TableSection) or not title else Text(f"{title.zh}：", f"{title.en}:")


def _body(section: Section, lang: Lang) -> list[str]:
    match section:
        case PartSection() | DrawingsSection():
            return []
        case TableSection():
            return [*reasons_text(section.reasons, lang), *_rows(section, lang)]
        case ReasonsSection():
            return _reasons(section, lang)
        case LinesSection():
            mark = "" if not section.title else "  " if section.plain else "  · "
            return [mark + line.say(lang) for line in section.lines]


def _reasons(section: ReasonsSection, lang: Lang) -> list[str]:
    said = [*reasons_text(once(section.reasons), lang), *alternatives_text(section.alternatives, lang)]
    return [*said, *([f"  ! {section.warning.say(lang)}"] if section.warning else [])]


def _rows(table: TableSection, lang: Lang) -> list[str]:
    if not table.rows:
        return [table.empty.say(lang)] if table.empty else []
    if table.said:
        lines = [line for number in range(many_in("text", table)) for line in table.said(number, lang)]
    else:
        lines = lined_up(_cells(table, "text", lang))
    more = left_in("text", table)
    return [*lines, *([more.say(lang)] if more else [])]


def _cells(table: TableSection, face: Face, lang: Lang) -> list[list[str]]:
    """The heading, the rows, the total."""
    columns = [(number, table.columns[number]) for number in columns_in(face, table)]
    cells = [[written(row[number], lang, column.nothing) for number, column in columns] for row in rows_in(face, table)]
    return [[column.head.say(lang) for _, column in columns], *cells]


# Markdown


def in_markdown(printout: Printout, lang: Lang) -> str:
    """The same as Markdown, fit for a comment on a change: as many rows of a table as lines tell."""
    blocks = [
        [f"## {in_plain(printout.named.say(lang) or printout.title)}"],
        [f"- {in_plain(line.say(lang))}" for line in _above(printout)],
        [f"- {in_plain(line.strip())}" for line in (reading_text(printout.reading, lang) if printout.reading else ())],
    ]
    depth = 3
    for section in shown_in("markdown", printout.sections):
        if isinstance(section, PartSection):
            depth = 4 if section.within else 3
        title = section.title.say(lang)
        blocks += [[f"{'#' * depth} {in_plain(title)}"] if title else [], _marked(section, lang)]
        depth += isinstance(section, PartSection)
    if printout.law:
        blocks.append([in_plain(printout.law.said.say(lang))])
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _above(printout: Printout) -> list[Text]:
    return [*([FICTIONAL] if printout.fictional else []), *printout.lead]


def _marked(section: Section, lang: Lang) -> list[str]:
    match section:
        case TableSection():
            reasons = [f"- {in_plain(line.strip(' ·'))}" for line in reasons_text(section.reasons, lang)]
            empty = [in_plain(section.empty.say(lang))] if section.empty else []
            body = _marked_table(section, lang) if section.rows else empty
            return [*reasons, *([""] if reasons and body else []), *body]
        case PartSection():
            lead = [line.say(lang) for line in section.lead]
            return [f"- {in_plain(line.strip(' ·'))}" for line in [*lead, *reasons_text(section.reasons, lang)]]
        case ReasonsSection():
            return [f"- {in_plain(line.strip(' ·'))}" for line in _reasons(section, lang)]
        case LinesSection():
            return [f"- {in_plain(line.say(lang).removeprefix('· '))}" for line in section.lines]
        case DrawingsSection():
            return []


def _marked_table(table: TableSection, lang: Lang) -> list[str]:
    heads, *body = _cells(table, "markdown", lang)
    marks = ["--:" if table.columns[number].figures else "---" for number in columns_in("markdown", table)]
    more = left_in("markdown", table)
    told = ["", in_plain(more.say(lang).strip())] if more else []
    return [_row(heads), _row(marks, as_is=True), *(_row(row) for row in body), *told]


def _row(cells: list[str], *, as_is: bool = False) -> str:
    return f"| {' | '.join(cell if as_is else in_plain(cell) for cell in cells)} |"


def in_plain(text: str) -> str:
    """Text that Markdown takes for nothing else, in one line."""
    return _MARKS.sub(r"\\\g<0>", visible(" ".join(text.splitlines())))


_MARKS = late(r"[\\`*_{}\[\]<>#|~!]")
