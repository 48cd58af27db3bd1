"""A text as lines, as Markdown and as JSON, with marks of what was amended by what."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from banshi.law.amending import Amended, Correction
from banshi.law.instruments import PolicyVersion
from banshi.law.texts import Edition, told
from banshi.output.reports.json_report import citation

_DONE = {
    "set": "改",
    "unset": "改",
    "add": "增加",
    "remove": "删去",
    "suspend": "暂停",
    "revive": "恢复",
    "renumber": "改条款号",
    "rename": "改称",
}


def as_lines(edition: Edition, known_on: datetime.date | None) -> Iterator[str]:
    """The text, a line for each norm."""
    text = edition.text
    yield f"{text.title}{f'（{text.number}）' if text.number else ''}"
    yield from _head(edition, known_on)
    for provision in text.provisions:
        yield ""
        yield f"{provision.label} {provision.heading}{_marks(text.amended.provisions.get(provision.id, ()))}"
        for placed in text.placed:
            if placed.provision is provision:
                yield f"  {placed.statement}{_marks(text.amended.norms.get(placed.norm.id, ()))}"
    for label, rows in _ends(text, known_on):
        yield ""
        yield from (f"{label}：{row}" for row in rows)


def as_markdown(edition: Edition, known_on: datetime.date | None) -> Iterator[str]:
    """The same as Markdown, a line each, blank ones too."""
    text = edition.text
    yield f"# {text.title}{f'（{text.number}）' if text.number else ''}"
    for line in _head(edition, known_on):
        yield from ("", line)
    for provision in text.provisions:
        marks = _marks(text.amended.provisions.get(provision.id, ()))
        yield from ("", f"## {provision.label} {provision.heading}{marks}", "")
        for placed in text.placed:
            if placed.provision is provision:
                yield f"- {placed.statement}{_marks(text.amended.norms.get(placed.norm.id, ()))}"
    for label, rows in _ends(text, known_on):
        yield from ("", f"## {label}", "")
        yield from (f"- {row}" for row in rows)


def as_json(edition: Edition, on: datetime.date, known_on: datetime.date | None) -> dict[str, Any]:
    """The same as data."""
    text = edition.text
    provisions = [
        {
            "id": provision.id,
            "label": provision.label,
            "heading": provision.heading,
            "amended": _data(text.amended.provisions.get(provision.id, ())),
            "norms": [
                {
                    "id": placed.norm.id,
                    "kind": placed.norm.kind,
                    "statement": placed.statement,
                    "amended": _data(text.amended.norms.get(placed.norm.id, ())),
                }
                for placed in text.placed
                if placed.provision is provision
            ],
        }
        for provision in text.provisions
    ]
    return {
        "instrument": text.instrument,
        "version": text.version,
        "title": text.title,
        "number": text.number,
        "on": on.isoformat(),
        "known_on": known_on.isoformat() if known_on else None,
        "since": edition.since.isoformat(),
        "until": edition.until.isoformat() if edition.until else None,
        "provisions": provisions,
        "dropped": [
            {"kind": each.kind, "id": each.id, "said": each.said, "by": _data([each.by])}
            for each in text.amended.dropped
        ],
        "told_wrong": [each.id for each in _told(text, known_on)],
    }


def _head(edition: Edition, known_on: datetime.date | None) -> Iterator[str]:
    until = f"，施行至 {edition.until}" if edition.until else ""
    yield f"{edition.text.version} 的文本：自 {edition.since} 起{until}"
    if known_on:
        yield f"按 {known_on} 已经知道的"
    instruments = dict.fromkeys(f"{by.by.number or by.by.title}（{by.since} 起）" for by in edition.text.amended.by)
    if instruments:
        yield f"修改它的文件：{'、'.join(instruments)}"


def _ends(text: PolicyVersion, known_on: datetime.date | None) -> Iterator[tuple[str, list[str]]]:
    dropped = [f"{each.said}{_marks([each.by])}" for each in text.amended.dropped]
    if dropped:
        yield "不再有", dropped
    wrong = [f"{each.norm or each.provision or each.id}：{each.note or ''}" for each in _told(text, known_on)]
    if wrong:
        yield "那时录错、后来更正", wrong


def _told(text: PolicyVersion, known_on: datetime.date | None) -> list[Correction]:
    return [each for each in text.corrections if told(each, known_on)]


def _marks(amended: Iterable[Amended]) -> str:
    said = dict.fromkeys(
        f"{each.since} {each.by.number or each.by.title}{each.by.label}{_DONE[each.do]}" for each in amended
    )
    return f"〔{'；'.join(said)}〕" if said else ""


def _data(amended: Iterable[Amended]) -> list[dict[str, Any]]:
    return [
        {"do": each.do, "since": each.since.isoformat(), "by": citation(each.by)} for each in dict.fromkeys(amended)
    ]
