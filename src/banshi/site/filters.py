"""What templates of pages print: escaped for Markdown and HTML; links, citations, dates."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup, escape
from msgspec.structs import replace

from banshi.checking.rules import Rule
from banshi.files.findings import Citation, anchor, few_of
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.norms import Norm, phrase
from banshi.law.revisions.entries import DiffEntry
from banshi.law.revisions.trees import id_of
from banshi.law.version_parts import Dates, Reading
from banshi.site import calendar
from banshi.site.formats import values_said
from banshi.site.pages import address, rule_path, version_path

# What Markdown or HTML would take for its own; a dash or a hash means something only where a
# line begins, an underscore only where a word does or ends.
_SPECIAL = re.compile(r"[\\`*{}\[\]|<>&\"']|^[#+-]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
# Read and copied, not seen: the links have frames of their own.
_SEPARATOR = Markup('<span class="sep">、</span>')
_UNSTATED = "原文未载明"
_LINE_BREAK = re.compile(r"\s*\n\s*")
_CHINESE_LINE_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef”])\n(?=[\u3000-\u9fff\uff00-\uffef“])")


def printed(value: Any) -> Any:
    """What a template prints: Markdown's own characters become entities, line breaks become nothing."""
    if value is None:
        return ""
    if isinstance(value, Markup) or not isinstance(value, str | int):
        return value
    text = str(value)
    one_line = _LINE_BREAK.sub("", text) if "\n" in text else text
    return Markup(_SPECIAL.sub(lambda found: f"&#{ord(found[0])};", one_line))  # noqa: S704


@jinja2.pass_context
def _href(context: Context, path: str, to: str = "") -> str:
    """The address of a page, relative to the page that is printed."""
    return (context["root"] + address(path) or "./") + (f"#{to}" if to else "")


def _link(address: str, text: str, kind: str, title: str = "") -> Markup:
    # Not Markup.format: there are tens of thousands of links.
    told = f' title="{escape(printed(title))}"' if title else ""
    return Markup(f'<a class="{kind}" href="{escape(address)}"{told}>{escape(printed(text))}</a>')  # noqa: S704 - escaped


@jinja2.pass_context
def _cite(context: Context, placed: Placed[Norm]) -> Markup:
    """A link to a norm's provision: 三（四）."""
    address = _href(context, version_path(placed.version), anchor(placed.provision.id))
    return _link(address, placed.provision.label, "cite", placed.cite.say())


@jinja2.pass_context
def _cited(context: Context, citation: Citation) -> Markup:
    """A link to what a reason of a decision cites."""
    page = f"instruments/{citation.instrument}/{citation.version}.md"
    to = anchor(citation.provision) if citation.provision else ""
    return _link(_href(context, page, to), citation.label or citation.title, "cite", citation.say())


@jinja2.pass_context
def _cited_title(context: Context, citation: Citation) -> Markup:
    """A link to an instrument that a citation names, under its number: 某市府办发〔2012〕1号第一条."""
    page = f"instruments/{citation.instrument}/{citation.version}.md"
    to = anchor(citation.provision) if citation.provision else ""
    said = f"{citation.number or f'《{citation.title}》'}{citation.label}"
    return _link(_href(context, page, to), said, "cite", citation.title)


@jinja2.pass_context
def _amended(context: Context, placed: Placed[Norm]) -> Markup:
    """What has amended a norm, in brackets; nothing where nothing has."""
    said = _by_these(context, placed.cite.amended_by)
    return Markup("（{}）").format(said) if said else said


@jinja2.pass_context
def _status(context: Context, version: PolicyVersion) -> str:
    """What its file says a text is; of one in force whether this one of its texts is so on the day of the site."""
    content = context["content"]
    now = content.through_time.not_in_force(version) if version.status == "in_force" else ""
    return str(now or content.labels.value(version.status))


@jinja2.pass_context
def _amended_whole(context: Context, version: PolicyVersion) -> Markup:
    """What has amended a text since it was decided, each instrument once; nothing where nothing has."""
    every = {cited.instrument: cited for each in version.amended.by for cited in each.cited}
    said = _by_these(context, tuple(replace(cited, provision="", label="") for cited in every.values()))
    return Markup("，{}").format(said) if said else said


def _by_these(context: Context, amending: tuple[Citation, ...]) -> Markup:
    first, more = few_of(amending)
    said = Markup("、").join(_cited_title(context, cited) for cited in first)
    rest = Markup("等{}处修改，最近是{}").format(more[0], _cited_title(context, more[1])) if more else "修改"
    return Markup("经{}{}").format(said, rest) if first else Markup("")


@jinja2.pass_context
def _turning(context: Context, norms: Iterable[Placed[Norm]]) -> list[Placed[Norm]]:
    """The norms that have read otherwise, or will."""
    time = context["content"].through_time
    return [placed for placed in norms if time.former(placed) or time.coming(placed)]


@jinja2.pass_context
def _reading(context: Context, version: PolicyVersion, reading_id: str, text: str) -> Markup:
    return _link(_href(context, version_path(version), f"reading-{reading_id}"), text, "reading")


@jinja2.pass_context
def _place(context: Context, entry: DiffEntry) -> Markup:
    """Where an entry of a comparison stands: a link into the later text, else into the earlier one."""
    wanted = id_of(entry.key) if entry.key else ""
    for version in (context["after"].text, context["before"].text):
        to = {**{p.id: anchor(p.id) for p in version.provisions}, **{n: f"n-{n}" for n in version.kinds}}.get(wanted)
        if to:
            return Markup('<a href="{}">{}</a>').format(
                _href(context, version_path(version), to), printed(entry.where.zh)
            )
    return Markup(printed(entry.where.zh))  # noqa: S704 - what is printed is escaped


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


def _day(value: date | None) -> str:
    return phrase(value, {}) if value else _UNSTATED


def _dated(dates: Dates, key: str) -> str:
    """One of a version's dates, to the year where no more is known, or that the source does not state it."""
    value: date | None = getattr(dates, key)
    return f"{value.year}年" if value and dates.precision == "year" else _day(value)


def _since(version: PolicyVersion) -> str:
    """Since when a version is in force; for a paper that never was, its date."""
    dates = version.dates
    if dates.precision == "year":
        return f"{_dated(dates, 'in_force')}（成文日期{_day(dates.issued)}）"
    if dates.in_force:
        return f"{_day(dates.in_force)}起施行"
    return f"{_day(dates.issued)}成文" if dates.issued else f"日期{_UNSTATED}"


def _readings_at(version: PolicyVersion, provision: str) -> list[Reading]:
    return [reading for reading in version.readings if provision in reading.at]


@jinja2.pass_context
def _provision(context: Context, version: PolicyVersion, provision_id: str) -> Markup:
    """A link to a provision of the page's own version."""
    label = next((p.label for p in version.provisions if p.id == provision_id), provision_id)
    return _link(_href(context, version_path(version), anchor(provision_id)), label, "cite")


@jinja2.pass_context
def _cites(context: Context, norms: Iterable[Placed[Norm]], most: int = 0) -> Markup:
    """Links to the provisions of norms, each once; beyond ``most`` only their number."""
    once = _once(norms)
    shown = once[:most] if most else once
    more = f" 等{len(once)}处" if len(once) > len(shown) else ""
    return _SEPARATOR.join(_cite(context, placed) for placed in shown) + more


@jinja2.pass_context
def _provisions(context: Context, version: PolicyVersion, wanted: Iterable[str]) -> Markup:
    """Links to provisions of a version."""
    return _SEPARATOR.join(_provision(context, version, place) for place in wanted)


@jinja2.pass_context
def _title(context: Context, version: PolicyVersion) -> Markup:
    """A link to a version under its title."""
    to = escape(_href(context, version_path(version)))
    return Markup(f'《<a href="{to}">{escape(printed(version.title))}</a>》')  # noqa: S704 - escaped


def _short_title(version: PolicyVersion) -> str:
    """A title without the name of the body that it begins with: 考勤管理办法."""
    names = (office.name for office in version.offices.values() if version.title.startswith(office.name))
    return version.title.removeprefix(max(names, key=len, default=""))


def _by_version(norms: Iterable[Placed[Norm]]) -> list[tuple[PolicyVersion, list[Placed[Norm]]]]:
    """Norms under the versions that hold them."""
    found: dict[tuple[str, str], list[Placed[Norm]]] = {}
    for placed in norms:
        found.setdefault((placed.version.instrument, placed.version.version), []).append(placed)
    return [(held[0].version, held) for held in found.values()]


def _breakable(path: str) -> Markup:
    """A way of keys that may break at its dots and underscores."""
    return Markup(re.sub(r"([._])", r"\1<wbr>", str(printed(path))))  # noqa: S704 - what is printed is escaped


def _once(norms: Iterable[Placed[Norm]]) -> list[Placed[Norm]]:
    """One norm of each provision: enough to cite it."""
    return list({(p.version.instrument, p.version.version, p.provision.id): p for p in norms}.values())


FILTERS: dict[str, Any] = {
    "once": _once,
    "href": _href,
    "cite": _cite,
    "cites": _cites,
    "cited": _cited,
    "cited_title": _cited_title,
    "amended": _amended,
    "status": _status,
    "amended_whole": _amended_whole,
    "turning": _turning,
    "reading": _reading,
    "readings_at": _readings_at,
    "provision": _provision,
    "provisions": _provisions,
    "title_link": _title,
    "short_title": _short_title,
    "by_version": _by_version,
    "values": values_said,
    "place": _place,
    "breakable": _breakable,
    "rule": _rule,
    "yaml": _yaml,
    "markdown": _markdown_text,
    "day": _day,
    "dated": _dated,
    "since": _since,
    "weekday": calendar.weekday,
    "anchor": anchor,
}
