"""One dispatch for every face of an answer that is told in sections."""

from typing import TYPE_CHECKING

from banshi.base.text import Lang
from banshi.files.account_of_reading import reading_text
from banshi.output.section_lines import in_markdown, in_text
from banshi.output.sections import Printout

if TYPE_CHECKING:
    from banshi.output.report_pages import Printing

FORMATS = ("text", "json", "xlsx", "html", "markdown")


def face(
    form: str, printout: Printout, lang: Lang, centre: "Printing", template: str = "sections.html.j2"
) -> str | bytes:
    """The answer as ``form`` (any of ``FORMATS`` but ``json``, which each subject writes for programs).

    ``centre``: whose templates go first; ``template``: of the subject, for the page. Raises
    ``banshi.base.folders.TemplateBroken``.
    """
    if form == "xlsx":
        from banshi.output.section_book import in_book  # late: only workbooks need the writing library

        return in_book(printout, lang)
    if form == "html":
        from banshi.output.section_page import on_page  # late: only pages need templates

        return on_page(printout, lang, centre, template)
    if form == "markdown":
        return in_markdown(printout, lang)
    read = "\n".join(reading_text(printout.reading, lang)) if printout.reading else ""
    law = printout.law.said.say(lang) if printout.law else ""
    return "\n\n".join(part for part in (read, in_text(printout, lang), law) if part)
