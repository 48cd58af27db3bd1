"""What changed, as an Atom feed (RFC 4287): new texts, amendments, ends and corrections that were known by the site's day.

Ids are made of what an entry is about, dates come from the data: the same policies give the same bytes. Addresses are
relative unless the site's own address is set.
"""

import datetime
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

from banshi.base.text import visible_lines
from banshi.law.revisions.entries import LABELS
from banshi.site.pages import address, changes_path, day_path, version_path
from banshi.site.revisions import AMENDED, ENDED, FIRST, NEW_VERSION, Mended, Revisions, Step

PATH = "revisions/feed.xml"
MOST = 100  # entries; the page of all days has every one
_ATOM = "http://www.w3.org/2005/Atom"
_OURS = uuid.UUID("6d8c0c1e-6f0e-5b0e-9d0b-1f2f6a2f7a11")  # the space of our ids: names of instruments, days, corrections
_SAID = {FIRST: "施行", AMENDED: "修改", NEW_VERSION: "换用新文本", ENDED: "不再施行"}


@dataclass(frozen=True, slots=True)
class _Entry:
    about: str
    title: str
    updated: datetime.date
    page: str
    lines: tuple[str, ...]


def feed(revisions: Revisions, title: str, site: str = "") -> bytes:
    """The feed of a site; ``site``: its address, where it is set."""
    entries = sorted(_entries(revisions), key=lambda each: (each.updated, each.about), reverse=True)[:MOST]
    base = f"{site.rstrip('/')}/" if site else "../"
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    _text(root, "id", _id(f"feed {title}"))
    _text(root, "title", f"{title}：规定的修改")
    _text(root, "updated", _moment(entries[0].updated if entries else revisions.time.on))
    _text(ET.SubElement(root, "author"), "name", title)
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{base}{PATH}"})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}revisions/"})
    for entry in entries:
        _write(root, entry, base)
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _write(root: ET.Element, entry: _Entry, base: str) -> None:
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


def _entries(revisions: Revisions) -> Iterator[_Entry]:
    on = revisions.time.on
    for step in (step for steps in revisions.steps.values() for step in steps):
        if (known := _known(revisions, step)) <= on:
            yield _of_step(revisions, step, known)
    yield from (_of_correction(each) for each in revisions.mended if each.day <= on)


def _known(revisions: Revisions, step: Step) -> datetime.date:
    """When a change became known; where that is not stated, it is as old as the change."""
    if step.how != AMENDED:
        return min(step.text.dates.known or step.day, step.day) if step.how != ENDED else step.day
    library = revisions.time.library
    last = {by.by.instrument for by in step.text.amended.by if by.since == step.day}
    found = (edition.text.dates.known for name in last for edition in library.versions(name))
    return max((day for day in found if day and day <= step.day), default=step.day)


def _of_step(revisions: Revisions, step: Step, known: datetime.date) -> _Entry:
    text = step.text
    said = f"《{text.title}》自{step.day.isoformat()}起{_SAID.get(step.how, '恢复施行')}"
    lines = [said]
    if step.before and step.after:
        for document in revisions.comparison(step.before.text, step.after.text).documents:
            lines += [f"{LABELS[e.sort]} {e.where}：{'；'.join(e.lines)}" for e in document.entries]
    page = changes_path(text) if len(lines) > 1 else version_path(text) if step.after else day_path(step.day)
    return _Entry(f"{text.instrument} {step.day.isoformat()} {step.how}", said, known, address(page), tuple(lines))


def _of_correction(each: Mended) -> _Entry:
    text, correction = each.text, each.correction
    said = f"更正《{text.title}》的数据"
    line = f"{correction.since}起的答复，到{correction.told_until}为止按误写的作出。{correction.note or ''}"
    about = f"{text.instrument} {text.version} correction {correction.id}"
    return _Entry(about, said, each.day, address(version_path(text)), (said, line))
