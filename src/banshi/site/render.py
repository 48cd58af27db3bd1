"""Pages to Markdown on disk. Whatever a template prints is escaped for Markdown and HTML, unless it is markup already."""

import re
import shutil
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket
from jinja2.runtime import Context, Macro
from markupsafe import Markup
from msgspec import Struct

from banshi.base.folders import files_below
from banshi.base.limits import MAX_BYTES, MAX_SETTINGS_BYTES
from banshi.base.sandbox import Sandbox
from banshi.base.text import visible_lines
from banshi.centre.centre import Centre
from banshi.centre.starters import schema_files
from banshi.files.regular_files import read_bytes
from banshi.law.revisions.entries import LABELS
from banshi.law.texts import Edition
from banshi.site.address import site_address
from banshi.site.answer import ASKED
from banshi.site.colours import colours_css
from banshi.site.content import Content
from banshi.site.facts import NormWording, names_for
from banshi.site.feed import PATH as FEED
from banshi.site.feed import feed
from banshi.site.filters import FILTERS, printed
from banshi.site.forms import FOLDER as FORMS
from banshi.site.front_matter import front_matter
from banshi.site.laying import write_each
from banshi.site.next_step import next_step
from banshi.site.notices import FEED as NOTICES_FEED
from banshi.site.notices_feed import notices_feed
from banshi.site.pages import (
    REGISTERS,
    Page,
    changes_path,
    day_path,
    format_path,
    guide_path,
    norm_kind_path,
    pages,
    rule_path,
    version_path,
    year_path,
)
from banshi.site.tables import tables
from banshi.subjects.parallel.forms import MATERIAL_FORMS

TEMPLATES = "site_templates"
_MANY = 3  # rows of a guide above which they are folded


class SiteTemplateBroken(Exception):
    """A template cannot be used; the text says which, where, and why."""


class Rendered(Struct, frozen=True):
    """What rendering did: how many pages there are, how many files were written or removed."""

    pages: int
    changed: int


def render(content: Content, out: Path, step: Callable[[], None] = lambda: None) -> Rendered:
    """Write every page and asset below ``out``; leave unchanged files alone, remove what is no page any more.

    ``step`` is told of each page. Raises ``SiteTemplateBroken``.
    """
    made = 0

    def files() -> Iterator[tuple[str, bytes]]:
        nonlocal made
        for page in each_text(content):
            made += 1
            step()
            yield page
        yield from beside_pages(content).items()
        yield from ((f"{FORMS}/{name}", data) for name, data in content.forms.files())

    changed = write_each(files(), out)
    return Rendered(made, changed)


def texts(content: Content, only: Collection[str] | None = None) -> dict[str, bytes]:
    """The pages as Markdown, by path: all, or those whose paths are given, as far as there are such. Raises ``SiteTemplateBroken``."""
    return dict(each_text(content, only))


def each_text(content: Content, only: Collection[str] | None = None) -> Iterator[tuple[str, bytes]]:
    """The same, one after another: there may be thousands."""
    environment, made = _environment(content), 0
    for page in pages(content):
        if only is not None and made == len(only):
            break
        if only is None or page.path in only:
            yield page.path, _markdown(environment, page).encode()
            made += 1


def beside_pages(content: Content) -> dict[str, bytes]:
    """Whatever else the site is made of, but for the forms to take along."""
    files = _assets(content.centre)
    files[FEED] = feed(content.revisions, content.centre.settings.site_name or "办事", site_address(content.centre))
    files |= content.calculators.files()
    if content.notices.any:
        files |= {NOTICES_FEED: notices_feed(content, site_address(content.centre)), **dict(content.notices.files())}
    return files | {f"schemas/{name}": data for name, data in schema_files(content.project).items()}


def theme(centre: Centre, out: Path) -> None:
    """Lay the centre's own theme overrides over the shipped ones, in ``out``."""
    shutil.rmtree(out, ignore_errors=True)
    for folder in _layers(centre, "overrides"):
        shutil.copytree(folder, out, dirs_exist_ok=True)


def _layers(centre: Centre, name: str) -> list[Path]:
    """A folder of the templates, the shipped one first."""
    return [folder / name for folder in reversed(centre.layers(TEMPLATES)) if (folder / name).is_dir()]


def _assets(centre: Centre) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for folder in _layers(centre, "assets"):
        for path in files_below(folder):
            if (
                path.suffix
            ):  # of a project only what its user trusts, and that is looked at as it is opened all the same
                found[f"assets/{path.relative_to(folder).as_posix()}"] = read_bytes(path, MAX_BYTES)
    found["assets/site.css"] += colours_css(centre.settings.colours).encode()
    logo = centre.settings.logo
    if logo:
        found[f"assets/logo{Path(logo).suffix.lower()}"] = read_bytes(centre.folder / logo, MAX_SETTINGS_BYTES)
    return found


def _markdown(environment: jinja2.Environment, page: Page) -> str:
    try:
        body = environment.get_template(page.template).render(page=page, root=page.root, **page.printed)
    except jinja2.TemplateSyntaxError as error:
        raise SiteTemplateBroken(f"模板 {error.name} 第 {error.lineno} 行：{error.message}") from error
    except jinja2.TemplateError as error:
        raise SiteTemplateBroken(f"模板 {page.template}（页面 {page.path}）：{error.message}") from error
    site = str(environment.globals["site_address"])
    return f"{front_matter(page, body, site)}\n{_tidy(visible_lines(body))}"


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip() + "\n"


class _Compiled(jinja2.BytecodeCache):
    """What templates were compiled to in this process: a preview compiles the same ones after every edit."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was kept of a template, where its text is still the same."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it in place of what the same file said before."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def _environment(content: Content) -> jinja2.Environment:
    environment = Sandbox(
        loader=jinja2.FileSystemLoader(content.centre.layers(TEMPLATES)),
        autoescape=True,
        finalize=printed,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
        auto_reload=False,  # of one build; looked up for every part of every page
    )
    wording = NormWording(content.labels, names_for(content.project))
    environment.filters.update(FILTERS)
    environment.tests["many"] = lambda held: len(held) > _MANY
    # Of this centre alone: with the context they are never reckoned while a template is compiled, for what is compiled is kept.
    environment.filters["named"] = jinja2.pass_context(lambda _, *given: wording.named(*given))
    environment.filters["told"] = jinja2.pass_context(lambda _, text: content.told(text))
    environment.globals.update(
        content=content,
        site_address=site_address(content.centre),
        asked=ASKED,
        next_step=next_step,
        version_path=version_path,
        changes_path=changes_path,
        day_path=day_path,
        entry_labels=LABELS,
        guide_path=guide_path,
        rule_path=rule_path,
        year_path=year_path,
        format_path=format_path,
        norm_kind_path=norm_kind_path,
        registers=REGISTERS,
        material_forms=MATERIAL_FORMS,
        facts=wording.facts,
        unsaid=wording.unsaid,
        tables=lambda version: tables(version, wording, content.labels),
        once_a_site=_once_a_site(),
    )
    return environment


def _once_a_site() -> Callable[[Context, Macro, Edition], Markup]:
    """What a macro prints of an edition, worked out for the first of the pages that are as far from the root.

    Each of the days on which something changes lists all that is in force.
    """
    kept: dict[tuple[object, ...], Markup] = {}

    @jinja2.pass_context
    def once(context: Context, macro: Macro, edition: Edition) -> Markup:
        text = edition.text
        key = macro.name, context.name, context["root"], text.instrument, text.version, edition.until
        if key not in kept:
            kept[key] = Markup(macro(edition))  # noqa: S704 - a macro escapes what it prints
        return kept[key]

    return once
