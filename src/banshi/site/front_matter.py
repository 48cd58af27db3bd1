"""What stands above a page's text: its title, what it is about in a sentence, the way to it, and data for machines.

The frame prints all of it as it is, so it is safe HTML here already: a name may come from a catalogue.
"""

import json
import re
from html import unescape
from typing import Any

from markupsafe import escape

from banshi.base.text import escaped, visible
from banshi.site.pages import Page, address
from banshi.site.qr import qr

_MOST = 120  # characters that a search engine shows
_LEAST = 8
_ON_PAPER = ("guide.md.j2", "item.md.j2")  # what people print and take along
_BESIDE = (
    '<p class="notice"',
    '<p class="banner"',
    '<p class="aside"',
    '<p class="downloads"',
    "#",
    "|",
    "<table",
    "<aside",
    "<div",
    "<details",
    "<figure",
    "<dl",
    "<ol",
    "<ul",
    "<noscript",
    "~~~",
    "- ",
    "1. ",
)
_TAG = re.compile(r"<[^>]*>")


def front_matter(page: Page, body: str, site: str = "") -> str:
    """The lines above ``body``, the page's text as Markdown, with their marks. ``site``: its address, where it is known."""
    head: dict[str, Any] = {
        "title": _safe(page.title),
        "description": _safe(page.about or "：".join(filter(None, (page.title, first_words(body))))),
        "crumbs": [[_safe(title), path] for title, path in page.crumbs],
        "data": script_json(page.data) if page.data else "",
        "scripts": list(page.scripts()),
        "qr": qr(site + address(page.path)) if site and page.template in _ON_PAPER else "",
    }
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items() if value)
    return f"---\n{''.join(lines)}---\n"  # JSON is YAML, so nothing needs quoting of its own


def _safe(text: str) -> str:
    return str(escape(visible(text)))


def first_words(body: str) -> str:
    """The first sentences of a page, as plain text; empty where it begins with tables and lists alone."""
    for block in body.split("\n\n"):
        text = " ".join(unescape(_TAG.sub("", block)).split())
        if len(text) >= _LEAST and not block.lstrip().startswith(_BESIDE):
            return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
    return ""


def script_json(data: object) -> str:
    """Data as JSON that can stand in a script element."""
    text = escaped(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
