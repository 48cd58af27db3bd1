"""Pages to Markdown on disk. Whatever a template prints is escaped for Markdown and HTML, unless it is markup already."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup

from banshi.findings import anchor
from banshi.folders import first_file, layered
from banshi.instruments import Placed, PolicyVersion, Reading
from banshi.norms import Norm, phrase
from banshi.reading import read
from banshi.rules import Rule
from banshi.site import calendar
from banshi.site.content import Content, Labels
from banshi.site.pages import Page, address, guide_path, pages, rule_path, version_path, year_path

TEMPLATES = "site_templates"
# What Markdown or HTML would take for its own; a dash or a hash means something only where a
# line begins, an underscore only where a word does or ends.
_SPECIAL = re.compile(r"[\\`*{}\[\]|<>&\"']|^[#+-]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
_CHINESE_LINE_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef”])\n(?=[\u3000-\u9fff\uff00-\uffef“])")
_SLUG = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
_FIELDS_NOT_SHOWN = frozenset(("id", "statement", "inventory", "soft"))


class TemplateBroken(Exception):
    """A template cannot be used; the text says which, where, and why."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What rendering did: how many pages there are, how many files were written or removed."""

    pages: int
    changed: int


def render(content: Content, out: Path) -> Rendered:
    """Write every page and asset below ``out``; leave unchanged files alone, remove what is no page any more.

    Raises ``TemplateBroken``.
    """
    environment = _environment(content)
    made = {page.path: _markdown(environment, page) for page in pages(content)}
    files = {path: text.encode() for path, text in made.items()} | _assets(content.project)
    return Rendered(len(made), write(files, out))


def theme(project: Path, out: Path) -> None:
    """Lay the centre's own theme overrides over the shipped ones, in ``out``."""
    shutil.rmtree(out, ignore_errors=True)
    for folder in reversed(layered(project, f"{TEMPLATES}/overrides")):
        shutil.copytree(folder, out, dirs_exist_ok=True)


def write(files: dict[str, bytes], out: Path) -> int:
    """Make the files below ``out`` be these and no others; how many were written or removed."""
    stale = [p for p in out.rglob("*") if p.is_file() and p.relative_to(out).as_posix() not in files]
    for path in stale:
        path.unlink()
    changed = [name for name, data in files.items() if not _holds(out / name, data)]
    for name in changed:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(files[name])
    return len(stale) + len(changed)


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _assets(project: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for folder in reversed(layered(project, f"{TEMPLATES}/assets")):
        found.update({f"assets/{p.relative_to(folder).as_posix()}": p.read_bytes() for p in folder.rglob("*.*")})
    return found


def _markdown(environment: jinja2.Environment, page: Page) -> str:
    try:
        body = environment.get_template(page.template).render(page=page, root=page.root, **page.context)
    except jinja2.TemplateSyntaxError as error:
        raise TemplateBroken(f"模板 {error.name} 第 {error.lineno} 行：{error.message}") from error
    except jinja2.TemplateError as error:
        raise TemplateBroken(f"模板 {page.template}（页面 {page.path}）：{error.message}") from error
    crumbs = [[title, path] for title, path in page.crumbs]
    return f"---\ntitle: {_json(page.title)}\ncrumbs: {_json(crumbs)}\n---\n\n{_tidy(body)}"


def _json(value: object) -> str:
    # JSON is YAML, so front matter needs no quoting of its own.
    return json.dumps(value, ensure_ascii=False)


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.splitlines())).strip() + "\n"


def _environment(content: Content) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(layered(content.project, TEMPLATES)),
        autoescape=True,
        finalize=_printed,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = _words(content.project)
    environment.filters.update(_FILTERS)
    environment.filters["named"] = lambda version, key: version.names.get(key) or words.get(key, key)
    environment.globals.update(
        content=content,
        version_path=version_path,
        guide_path=guide_path,
        rule_path=rule_path,
        year_path=year_path,
        facts=_facts(content.labels, words),
    )
    return environment


def _printed(value: Any) -> Any:
    """What a template prints: Markdown's own characters become entities, line breaks become nothing."""
    if value is None:
        return ""
    if isinstance(value, Markup) or not isinstance(value, str | int):
        return value
    one_line = re.sub(r"\s*\n\s*", "", str(value))
    return Markup(_SPECIAL.sub(lambda found: f"&#{ord(found[0])};", one_line))  # noqa: S704


def _facts(labels: Labels, words: dict[str, str]) -> Callable[[Placed[Norm]], list[tuple[str, str]]]:
    """A norm's parameters as label and phrase, for the pages of instruments."""

    def facts(placed: Placed[Norm]) -> list[tuple[str, str]]:
        kind, version = placed.norm.kind, placed.version
        tiers = {key: label.name for key, label in version.tiers.items()}
        said = []
        for name in placed.norm.__struct_fields__:
            if name not in _FIELDS_NOT_SHOWN:
                names = {**words, **version.names, **labels.listed(kind, name), **(tiers if name == "tier" else {})}
                said.append((labels.field(kind, name), _identifier(_say(getattr(placed.norm, name), names))))
        return [(label, text) for label, text in said if text]

    return facts


def _identifier(text: str) -> str:
    """What has no name of its own is shown as the identifier that it is."""
    return Markup("<code>{}</code>").format(text) if _SLUG.fullmatch(text) else text


def _words(project: Path) -> dict[str, str]:
    """What ids that stand in norms, but are no names of the instrument's, are called."""
    document = read(first_file(project, f"{TEMPLATES}/words.yaml")).document
    return dict(document.data) if document else {}


def _say(value: Any, names: dict[str, str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "；".join(f"{names.get(key, key)}：{_say(part, names)}" for key, part in value.items())
    if value is None or value == ():
        return ""
    if not hasattr(value, "phrase") and hasattr(value, "__struct_fields__"):
        return "，".join(_say(getattr(value, f), names) for f in value.__struct_fields__ if getattr(value, f) != ())
    return phrase(value, names)


# Filters ------------------------------------------------------------------------------------------------------------


@jinja2.pass_context
def _href(context: Context, path: str, to: str = "") -> str:
    """The address of a page, relative to the page that is printed."""
    return (context["root"] + address(path) or "./") + (f"#{to}" if to else "")


def _link(address: str, text: str, kind: str, title: str = "") -> Markup:
    told = Markup(' title="{}"').format(_printed(title)) if title else ""
    return Markup('<a class="{}" href="{}"{}>{}</a>').format(kind, address, told, _printed(text))


@jinja2.pass_context
def _cite(context: Context, placed: Placed[Norm]) -> Markup:
    """A link to a norm's provision: 三（四）."""
    address = _href(context, version_path(placed.version), anchor(placed.provision.id))
    return _link(address, placed.provision.label, "cite", placed.cite.say())


@jinja2.pass_context
def _reading(context: Context, version: PolicyVersion, reading_id: str, text: str) -> Markup:
    return _link(_href(context, version_path(version), f"reading-{reading_id}"), text, "reading")


@jinja2.pass_context
def _rule(context: Context, rule: Rule) -> Markup:
    return _link(_href(context, rule_path(rule.id)), rule.title.zh, "rule", rule.id)


def _yaml(text: str) -> Markup:
    """A YAML block, whatever it holds."""
    return Markup("~~~~~yaml\n" + text.strip("\n") + "\n~~~~~")  # noqa: S704


def _markdown_text(text: str) -> Markup:
    """Text that is Markdown already, with the lines of a Chinese paragraph joined without a space."""
    parts = text.strip().split("```")
    parts[::2] = [_CHINESE_LINE_BREAK.sub("", part) for part in parts[::2]]
    return Markup("```".join(parts))  # noqa: S704 - written by whoever wrote the rule's code


def _day(value: date) -> str:
    return phrase(value, {})


def _readings_at(version: PolicyVersion, provision: str) -> list[Reading]:
    return [reading for reading in version.readings if provision in reading.at]


@jinja2.pass_context
def _provision(context: Context, version: PolicyVersion, provision_id: str) -> Markup:
    """A link to a provision of the page's own version."""
    label = next((p.label for p in version.provisions if p.id == provision_id), provision_id)
    return _link(_href(context, version_path(version), anchor(provision_id)), label, "cite")


def _once(norms: list[Placed[Norm]]) -> list[Placed[Norm]]:
    """One norm of each provision: enough to cite it."""
    return list({(p.version.instrument, p.version.version, p.provision.id): p for p in norms}.values())


_FILTERS: dict[str, Any] = {
    "once": _once,
    "href": _href,
    "cite": _cite,
    "reading": _reading,
    "readings_at": _readings_at,
    "provision": _provision,
    "rule": _rule,
    "yaml": _yaml,
    "markdown": _markdown_text,
    "day": _day,
    "weekday": calendar.weekday,
    "anchor": anchor,
}
