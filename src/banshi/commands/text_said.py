"""A text as lines, as Markdown and as JSON, with marks of what was amended by what."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from banshi.base.text import Lang, Text
from banshi.law.amending import Amended, Correction
from banshi.law.instruments import PolicyVersion
from banshi.law.texts import Edition, told
from banshi.output.reports.json_report import citation
from banshi.output.section_lines import in_plain


def as_lines(edition: Edition, known_on: datetime.date | None, lang: Lang = "zh") -> Iterator[str]:
    """The text, a line for each norm."""
    text = edition.text
    yield f"{text.title}{f'（{text.number}）' if text.number else ''}"
    yield from _head(edition, known_on, lang)
    for provision in text.provisions:
        yield ""
        yield f"{provision.label} {provision.heading}{_marks(text.amended.provisions.get(provision.id, ()), lang)}"
        for placed in text.placed:
            if placed.provision is provision:
                yield f"  {placed.statement}{_marks(text.amended.norms.get(placed.norm.id, ()), lang)}"
    for label, rows in _ends(text, known_on, lang):
        yield ""
        yield from (f"{label}{Text('：', ': ').say(lang)}{row}" for row in rows)


def as_markdown(edition: Edition, known_on: datetime.date | None, lang: Lang = "zh") -> Iterator[str]:
    """The same as Markdown, a line each, blank ones too."""
    text = edition.text
    yield f"# {in_plain(text.title + (f'（{text.number}）' if text.number else ''))}"
    for line in _head(edition, known_on, lang):
        yield from ("", in_plain(line))
    for provision in text.provisions:
        marks = _marks(text.amended.provisions.get(provision.id, ()), lang)
        yield from ("", f"## {in_plain(f'{provision.label} {provision.heading}{marks}')}", "")
        for placed in text.placed:
            if placed.provision is provision:
                said = f"{placed.statement}{_marks(text.amended.norms.get(placed.norm.id, ()), lang)}"
                yield f"- {in_plain(said)}"
    for label, rows in _ends(text, known_on, lang):
        yield from ("", f"## {label}", "")
        yield from (f"- {in_plain(row)}" for row in rows)


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


def _head(edition: Edition, known_on: datetime.date | None, lang: Lang) -> Iterator[str]:
    version, since, until = edition.text.version, edition.since, edition.until
    yield Text(
        f"{version} 的文本：自 {since} 起{f'，施行至 {until}' if until else ''}",
        f"the text of {version}: in force from {since}{f' to {until}' if until else ' on'}",
    ).say(lang)
    if known_on:
        yield Text(f"按 {known_on} 已经知道的", f"as known on {known_on}").say(lang)
    by = dict.fromkeys(_amender(each) for each in edition.text.amended.by)
    if by:
        zh = "、".join(name.zh for name in by)
        en = ", ".join(name.en for name in by)
        yield Text(f"修改它的文件：{zh}", f"amended by {en}").say(lang)


def _amender(amended: Amended) -> Text:
    """An amending instrument, from when it is in force, and what has amended it in its turn."""
    name, own = amended.by.number or amended.by.title, [each.number or each.title for each in amended.through]
    zh = f"，经{'、'.join(dict.fromkeys(own))}修改" if own else ""
    en = f", as amended by {', '.join(dict.fromkeys(own))}" if own else ""
    return Text(f"{name}（{amended.since} 起{zh}）", f"{name} (from {amended.since}{en})")


def _ends(text: PolicyVersion, known_on: datetime.date | None, lang: Lang) -> Iterator[tuple[str, list[str]]]:
    dropped = [f"{each.said}{_marks([each.by], lang)}" for each in text.amended.dropped]
    if dropped:
        yield Text("不再有", "gone").say(lang), dropped
    wrong = [f"{each.norm or each.provision or each.id}：{each.note or ''}" for each in _told(text, known_on)]
    if wrong:
        yield Text("那时录错、后来更正", "encoded wrongly then, corrected later").say(lang), wrong


def _told(text: PolicyVersion, known_on: datetime.date | None) -> list[Correction]:
    return [each for each in text.corrections if told(each, known_on)]


def _marks(amended: Iterable[Amended], lang: Lang) -> str:
    said = dict.fromkeys(_mark(each).say(lang) for each in amended)
    return f"〔{Text('；', '; ').say(lang).join(said)}〕" if said else ""


def _mark(each: Amended) -> Text:
    """What was done, from when and by which provision, and by which that was amended in its turn."""
    names = [(cited.number or cited.title, cited.label) for cited in each.cited]
    by, *through = [f"{name}{label}" for name, label in names]
    by_en, *through_en = [f"{name} {label}".rstrip() for name, label in names]
    zh = f"（经{'、'.join(through)}修改）" if through else ""
    en = f" (as amended by {', '.join(through_en)})" if through else ""
    return Text(f"{each.since} {by}{zh}{each.done.zh}", f"{each.done.en} from {each.since} by {by_en}{en}")


def _data(amended: Iterable[Amended]) -> list[dict[str, Any]]:
    return [
        {
            "do": each.do,
            "since": each.since.isoformat(),
            "until": each.until.isoformat() if each.until else None,
            "by": citation(each.by),
        }
        | ({"through": [citation(cited) for cited in each.through]} if each.through else {})
        for each in dict.fromkeys(amended)
    ]
