"""An answer's sections as a page that stands alone."""

from functools import partial

from markupsafe import Markup

from banshi.base.text import Lang
from banshi.output.report_pages import Printing, report_page
from banshi.output.sections import (
    DrawingsSection,
    LinesSection,
    PartSection,
    Printout,
    ReasonsSection,
    SectionColumn,
    SeveralLines,
    TableSection,
    Value,
    columns_in,
    left_in,
    many_in,
    once,
    shown_in,
    written,
)

_KINDS = {
    TableSection: "table",
    PartSection: "part",
    ReasonsSection: "reasons",
    LinesSection: "lines",
    DrawingsSection: "drawings",
}


def on_page(printout: Printout, lang: Lang, centre: Printing | None = None, template: str = "sections.html.j2") -> str:
    """The page (HTML), complete in itself.

    ``centre``: whose templates go first, if they may run; ``template``: of the subject, one that extends
    ``reports/sections.html.j2`` and may look otherwise. Raises ``banshi.base.folders.TemplateBroken``.
    """
    return report_page(
        template,
        centre=centre,
        lang=lang,
        title=printout.title,
        fictional=printout.fictional,
        reading=printout.reading,
        printout=printout,
        sections=[(_KINDS[type(section)], section) for section in shown_in("html", printout.sections)],
        columns_of=lambda table: [(number, table.columns[number]) for number in columns_in("html", table)],
        cell=partial(_cell, lang=lang),
        parts_of=_parts,
        more=lambda table: left_in("html", table),
        markup=Markup,
        once=once,
    )


def _cell(value: Value, column: SectionColumn, lang: Lang) -> str:
    """A cell: several lines as a list."""
    if isinstance(value, SeveralLines) and len(value.lines) > 1:
        items = Markup("").join(Markup("<li>{}</li>").format(line.say(lang)) for line in value.lines)
        return Markup("<ul>{}</ul>").format(items)
    return written(value, lang, column.nothing)


def _parts(table: TableSection) -> list[tuple[str, int, int]]:
    """Caption, first row, row after the last of each part; one without a caption where the rows do not fall into parts."""
    made, first = [], 0
    for caption, many in table.parts or [("", many_in("html", table))]:
        made.append((caption, first, first + many))
        first += many
    return made
