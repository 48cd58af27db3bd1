"""Atom feeds (RFC 4287). Ids are made of what an entry is about, dates come from the data: the same data give the same bytes.

Addresses are relative unless the site's own address is set.
"""

import datetime
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from msgspec import Struct

from banshi.base.limits import MAX_ENTRIES
from banshi.base.text import visible_lines

_ATOM = "http://www.w3.org/2005/Atom"
# The space of our ids: names of instruments, days, corrections.
_OURS = uuid.UUID("6d8c0c1e-6f0e-5b0e-9d0b-1f2f6a2f7a11")


class FeedEntry(Struct, frozen=True):
    """``about`` tells it from every other; ``page``: its address on the site; ``lines``: what it says."""

    about: str
    title: str
    updated: datetime.date
    page: str
    lines: tuple[str, ...]


class Channel(Struct, frozen=True):
    """A feed: what it is about (``name`` goes into its id), its title, its path, the page that it follows."""

    name: str
    title: str
    author: str
    path: str
    page: str


def atom(channel: Channel, found: Iterable[FeedEntry], on: datetime.date, site: str = "") -> bytes:
    """The feed, the newest entries first; ``on``: its day where it has none; ``site``: the site's address, where it is set."""
    entries = sorted(found, key=lambda each: (each.updated, each.about), reverse=True)[:MAX_ENTRIES]
    base = f"{site.rstrip('/')}/" if site else "../"
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    _text(root, "id", _id(channel.name))
    _text(root, "title", channel.title)
    _text(root, "updated", _moment(entries[0].updated if entries else on))
    _text(ET.SubElement(root, "author"), "name", channel.author)
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{base}{channel.path}"})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}{channel.page}"})
    for entry in entries:
        _write(root, entry, base)
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _write(root: ET.Element, entry: FeedEntry, base: str) -> None:
    made = ET.SubElement(root, "entry")
    _text(made, "id", _id(entry.about))
    _text(made, "title", entry.title)
    _text(made, "updated", _moment(entry.updated))
    ET.SubElement(made, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}{entry.page}"})
    _text(made, "summary", "\n".join(entry.lines))


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = visible_lines(text)


def _id(about: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_OURS, about)}"


def _moment(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
