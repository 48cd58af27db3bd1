"""Reports as pages that stand alone: one file without scripts or requests, for a phone, a screen and A4 paper."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache, partial
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol

import jinja2

from banshi.base.folders import TemplateBroken, code_folders, shipped
from banshi.base.money import plain
from banshi.base.sandbox import Sandbox
from banshi.base.text import Lang, Text, visible_lines
from banshi.files.account_of_reading import HEADINGS, reading_rows
from banshi.files.findings import Citation
from banshi.files.law_used import LawUsed
from banshi.law.decisions import Reason

TEMPLATES = "site_templates"


class Printing(Protocol):
    """Whose pages are printed: the folder whose templates go first, and the law that the report rests on."""

    @property
    def templates(self) -> Path | None: ...  # noqa: D102
    @property
    def law(self) -> LawUsed: ...  # noqa: D102


def report_page(template: str, /, *, centre: Printing | None = None, **context: Any) -> str:
    """The page that ``site_templates/reports/<template>`` makes of ``context``.

    ``centre``: whose law it rests on, and whose templates go before the shipped ones where they may run. Everything
    printed is escaped unless it is markup. A template that extends ``reports/base.html.j2`` needs ``title`` in the context;
    ``fictional``, ``notices`` (lines at the head) and ``reading`` (the account of reading) may be given. ``lang``: of those
    templates that say both. Raises ``TemplateBroken``.
    """
    lang: Lang = context.get("lang", "zh")
    pages = _environment(centre.templates if centre else None, lang)
    law = centre and centre.law.said.say(lang)
    given = {"fictional": False, "notices": (), "reading": None, "law": law, "lang": lang, **context}
    try:
        return visible_lines(pages.get_template(f"reports/{template}").render(given))
    except jinja2.TemplateSyntaxError as error:
        raise TemplateBroken(f"模板 {error.name} 第 {error.lineno} 行：{error.message}") from error
    except jinja2.TemplateError as error:
        raise TemplateBroken(f"模板 reports/{template}：{error.message}") from error


@cache
def _environment(folder: Path | None, lang: Lang) -> jinja2.Environment:
    folders = code_folders(folder, TEMPLATES, own=True) if folder else [shipped(TEMPLATES)]
    environment = Sandbox(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        finalize=partial(_printed, lang=lang),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(read_headings=HEADINGS)
    environment.filters.update(
        place=attrgetter(f"where.{lang}"), reading_rows=reading_rows, cited=cited, reason=reason, day=_day, plain=plain
    )
    return environment


def cited(basis: Citation | Sequence[Citation] | None) -> str:
    """A provision, or several, as officials cite them: （某市府办发〔2011〕37号 三（四）); nothing for none."""
    several = (basis,) if isinstance(basis, Citation) else tuple(basis or ())
    return f"（{'；'.join(dict.fromkeys(c.say() for c in several))}）" if several else ""


def reason(one: Reason) -> str:
    """A reason with its provision."""
    return f"{one.text.zh}{cited(one.basis)}"


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def _printed(value: Any, lang: Lang) -> Any:
    """Messages in the language, numbers without an exponent, nothing for ``None``."""
    if value is None:
        return ""
    if isinstance(value, Text):
        return value.say(lang)
    return plain(value) if isinstance(value, Decimal) else value
