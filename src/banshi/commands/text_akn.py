"""A text of a day as Akoma Ntoso 3.0 (OASIS LegalDocML), for programs that exchange legislation.

What becomes what:

- an instrument is an ``act``; the work is named by place, subject and the day it was issued (``FRBRWork``), the text of a day
  is an expression of it (``FRBRExpression``); its number and title stand in the preface;
- a provision is an ``hcontainer`` with ``num`` and ``heading``; a norm is a paragraph in it. ``wId`` keeps our own ids;
- the days from which it holds, was amended and ended are events of its ``lifecycle``; each change is a ``passiveModifications``
  entry that names the event, the amending text and what it changed;
- bodies that issued it are references.

Our statements are our own words, and are marked as such by ``source``; figures and kinds of norms are not in it: JSON has them.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from banshi.base.text import visible
from banshi.law.amending import Amended
from banshi.law.instruments import PolicyVersion
from banshi.law.texts import Edition

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_US = "#encoding"
_TEXTUAL = {
    "set": "substitution",
    "unset": "repeal",
    "add": "insertion",
    "remove": "repeal",
    "renumber": "renumbering",
    "rename": "replacement",
    "suspend": "repeal",
    "revive": "insertion",
}


def as_akn(edition: Edition, law: str = "") -> str:
    """The text as an XML document; the same edition gives the same bytes. ``law``: what it rests on, as a comment."""
    text = edition.text
    root = ET.Element("akomaNtoso", {"xmlns": NAMESPACE})
    if law:
        root.append(ET.Comment(f" {visible(law).replace('--', '—')} "))
    act = ET.SubElement(root, "act", {"name": "act", "contains": "singleVersion"})
    _meta(ET.SubElement(act, "meta"), edition)
    head = ET.SubElement(ET.SubElement(act, "preface"), "p")
    _text(head, "docTitle", text.title)
    if text.number:
        _text(head, "docNumber", text.number)
    body = ET.SubElement(act, "body")
    for provision in text.provisions:
        name = _eid("prov", provision.id)
        part = ET.SubElement(body, "hcontainer", {"name": "provision", "eId": name, "wId": _plain(provision.id)})
        _text(part, "num", provision.label)
        if provision.heading:
            _text(part, "heading", provision.heading)
        content = ET.SubElement(part, "content")
        norms = [placed for placed in text.placed if placed.provision is provision]
        for placed in norms:
            own = {"eId": _eid("norm", placed.norm.id), "wId": _plain(placed.norm.id)}
            ET.SubElement(content, "p", own).text = visible(placed.statement)
        if not norms:
            ET.SubElement(content, "p")
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}'


def _meta(meta: ET.Element, edition: Edition) -> None:
    text = edition.text
    _identification(meta, edition)
    if text.number:
        said = {"date": _work_day(text), "name": "文件", "showAs": visible(text.title), "number": visible(text.number)}
        ET.SubElement(meta, "publication", said)
    events = _events(edition)
    cycle = ET.SubElement(meta, "lifecycle", {"source": _US})
    for name, (day, sort) in events.items():
        ET.SubElement(cycle, "eventRef", {"eId": name, "date": day, "source": "#this", "type": sort})
    if changes := list(_changes(text)):
        passive = ET.SubElement(ET.SubElement(meta, "analysis", {"source": _US}), "passiveModifications")
        for n, (to, change) in enumerate(changes, start=1):
            _modification(passive, n, to, change)
    references = ET.SubElement(meta, "references", {"source": _US})
    ET.SubElement(references, "original", {"eId": "this", "href": _work(text), "showAs": visible(text.title)})
    for change in _amending(text):
        by = change.by
        called = visible(by.number or by.title)
        named = {"eId": _eid("by", by.instrument), "href": f"/akn/{_path(by.instrument)}", "showAs": called}
        ET.SubElement(references, "passiveRef", named)
    ours = {
        "eId": "encoding",
        "href": "/ontology/organization/encoding",
        "showAs": "编码者（条文是概括，不是官方文本）",
    }
    ET.SubElement(references, "TLCOrganization", ours)
    for n, issuer in enumerate(text.issuers, start=1):
        body = {"eId": f"issuer_{n}", "href": f"/ontology/organization/{quote(issuer)}", "showAs": visible(issuer)}
        ET.SubElement(references, "TLCOrganization", body)


def _identification(meta: ET.Element, edition: Edition) -> None:
    text, known = edition.text, ET.SubElement(meta, "identification", {"source": _US})
    work, day = _work(text), edition.since.isoformat()
    author = "#issuer_1" if text.issuers else _US
    for level, at, date, name in (
        ("FRBRWork", work, _work_day(text), "issued"),
        ("FRBRExpression", f"{work}/zho@{day}", day, "in force"),
        ("FRBRManifestation", f"{work}/zho@{day}.xml", day, "in force"),
    ):
        part = ET.SubElement(known, level)
        ET.SubElement(part, "FRBRthis", {"value": f"{at}/!main" if not at.endswith(".xml") else at})
        ET.SubElement(part, "FRBRuri", {"value": at})
        ET.SubElement(part, "FRBRdate", {"date": date, "name": name})
        ET.SubElement(part, "FRBRauthor", {"href": author if level == "FRBRWork" else _US})
        if level == "FRBRWork":
            ET.SubElement(part, "FRBRcountry", {"value": "cn"})
            if text.number:
                ET.SubElement(part, "FRBRnumber", {"value": visible(text.number)})
        elif level == "FRBRExpression":
            ET.SubElement(part, "FRBRlanguage", {"language": "zho"})


def _work(text: PolicyVersion) -> str:
    return f"/akn/{_path(text.instrument)}"


def _path(instrument: str) -> str:
    """``place/subject`` as the country, the place, the sort and the name of a work."""
    *place, name = instrument.split("/")
    return "/".join(quote(step) for step in ("-".join(("cn", *(p for p in place if p != "cn"))), "act", name))


def _work_day(text: PolicyVersion) -> str:
    """When it was issued; where that is not stated, from when it holds."""
    return str(text.dates.issued or text.dates.in_force or text.begins)


def _events(edition: Edition) -> dict[str, tuple[str, str]]:
    """Name → day and sort."""
    text = edition.text
    found = {"event_0": (text.begins.isoformat(), "generation")}
    for n, day in enumerate(sorted({change.since for _, change in _changes(text)}), start=1):
        found[f"event_{n}"] = (day.isoformat(), "amendment")
    if edition.until:
        found["event_end"] = (edition.until.isoformat(), "repeal")
    return found


def _changes(text: PolicyVersion) -> Iterator[tuple[str, Amended]]:
    """What was changed (a name in the document; of what was dropped, the name that it had), and by what."""
    for sort, table in (("prov", text.amended.provisions), ("norm", text.amended.norms)):
        for name, changes in table.items():
            yield from ((_eid(sort, name), change) for change in dict.fromkeys(changes))
    for gone in text.amended.dropped:
        yield _eid("prov" if gone.kind == "provision" else "norm", gone.id), gone.by


def _amending(text: PolicyVersion) -> Iterable[Amended]:
    """One change of each amending instrument."""
    return {change.by.instrument: change for _, change in _changes(text)}.values()


def _modification(passive: ET.Element, n: int, to: str, change: Amended) -> None:
    own = {"eId": f"pmod_{n}", "type": _TEXTUAL[change.do], "refersTo": f"#{_eid('by', change.by.instrument)}"}
    made = ET.SubElement(passive, "textualMod", own)
    source = f"/akn/{_path(change.by.instrument)}"
    where = f"#{_eid('prov', change.by.provision)}" if change.by.provision else ""
    ET.SubElement(made, "source", {"href": f"{source}{where}"})
    ET.SubElement(made, "destination", {"href": f"#{to}"})


def _eid(sort: str, name: str) -> str:
    return f"{sort}_{_plain(name)}"


def _plain(name: str) -> str:
    return "_".join(name.split())


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = visible(text)
