"""``banshi diff``: what changed between two versions, days, revisions or centres, norm by norm."""

import argparse
import json
import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from msgspec.structs import replace

from banshi.base.text import NOTHING, Lang, Text, visible
from banshi.centre.centre import Centre
from banshi.commands.compared import NamedSide, Names, names, side_options, with_effects
from banshi.commands.output import add_output, ready, write
from banshi.commands.standing import centre_of, code_options, say_left_aside
from banshi.law.revisions.comparing import ABSENT, Changes
from banshi.law.revisions.entries import (
    ADDED,
    CHANGED,
    CORRECTION,
    LABELS,
    REMOVED,
    ChangedDocument,
    DiffEntry,
    counted,
)
from banshi.law.revisions.saying import Comparison
from banshi.law.revisions.sides import unread_said
from banshi.law.revisions.words import SchemaWords
from banshi.law.unusable import PolicyUnreadable
from banshi.output.progress import Progress
from banshi.output.report_pages import report_page
from banshi.output.terminal import complain

FORMATS = ("text", "markdown", "json", "html")
_READ = Text("已读", "read")
_WHOLE = {ADDED: Text("新增：", "new: "), REMOVED: Text("不再有：", "gone: ")}
_INSTRUMENTS = {ADDED: Text("新增文件", "new instruments"), REMOVED: Text("不再有的文件", "instruments gone")}
# Of days: a text that has ended is still there.
_WHOLE_OF_DAYS = {ADDED: Text("开始施行：", "now in force: "), REMOVED: Text("不再施行：", "no longer in force: ")}
_INSTRUMENTS_OF_DAYS = {
    ADDED: Text("开始施行的文件", "instruments newly in force"),
    REMOVED: Text("不再施行的文件", "instruments no longer in force"),
}
_ALL = Text("全文", "the whole text")
_SAME = Text("没有改变", "no change")
_REST_SAME = Text("读得出的没有改变", "no change in what can be read")


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    side_options(parser)
    code_options(parser)
    add_output(parser, FORMATS)


def run(options: argparse.Namespace) -> int:
    """Compare and print; 1 where something could not be compared."""
    if status := ready(options):
        return status
    centre = centre_of(options)
    say_left_aside(centre, options)
    words = SchemaWords.of(centre.folder)
    with Progress(_READ, lang=options.lang, quiet=options.quiet), names(options, centre, beside=True) as known:
        sides = known.find(options.before), known.find(options.after)
        comparison = _compared(known, sides, words, options.lang)
    for line in unread_said((sides[0].side, sides[1].side), options.lang):
        complain(line)
    status = write(options, _ANSWERS[options.format](comparison, centre, options.lang))
    return max(status, int(any(each.side.unread for each in sides)))


def _compared(known: Names, sides: tuple[NamedSide, NamedSide], words: SchemaWords, lang: Lang) -> Comparison:
    """Two sides; of two folders also what their amending instruments make of the texts that they amend."""
    found = Comparison(sides[0].side, sides[1].side, words)
    try:
        return with_effects(found, sides)
    except PolicyUnreadable as error:
        why = known.named(error.in_words)
        zh, en = f"修改后的文本没有比较：{why.zh}", f"the texts as amended are not compared: {why.en}"
        complain(Text(zh, en).say(lang))
        return found


def summary(comparison: Comparison, lang: Lang = "zh") -> str:
    """How much changed, in a line; where something could not be read, nothing is said of it."""
    documents = comparison.documents
    told = [document for document in documents if document.whole != REMOVED]
    said = [Text(f"{LABELS[sort].zh} {n} 处", f"{n} {LABELS[sort].en}") for sort, n in counted(told).items()]
    for whole, of_whole in (_INSTRUMENTS_OF_DAYS if _of_days(comparison) else _INSTRUMENTS).items():
        if n := sum(document.whole == whole for document in documents):
            said.append(Text(f"{of_whole.zh} {n} 份", f"{n} {of_whole.en}"))
    if not said:
        same = not (comparison.before.unread or comparison.after.unread)
        return (_SAME if same else _REST_SAME).say(lang)
    return Text("，", ", ").say(lang).join(each.say(lang) for each in said)


def _of_days(comparison: Comparison) -> bool:
    return comparison.before.day is not None and comparison.after.day is not None


def folded(comparison: Comparison) -> list[ChangedDocument]:
    """What changed, for people: a text that is gone as a whole is told once, its norms counted."""
    return [_folded(each) if each.whole == REMOVED and each.entries else each for each in comparison.documents]


def _folded(document: ChangedDocument) -> ChangedDocument:
    count = len(document.entries)
    line = Text(f"{count} 个规范点一并失去效力", f"its {count} norms go with it")
    return replace(document, entries=(DiffEntry(REMOVED, _ALL, (line,), key=f"{document.key}#"),))


def headed(comparison: Comparison, document: ChangedDocument, lang: Lang = "zh") -> str:
    """What a document is called, and whether it is new or gone."""
    whole = _WHOLE_OF_DAYS if _of_days(comparison) else _WHOLE
    return f"{whole.get(document.whole, NOTHING).say(lang)}{document.title.say(lang)}"


def said(entry: DiffEntry, lang: Lang = "zh") -> str:
    """An entry in a line: where, and what about it."""
    return f"{entry.where.say(lang)}{Text('：', ': ').say(lang)}{about(entry, lang)}"


def about(entry: DiffEntry, lang: Lang = "zh") -> str:
    """What changed; of a norm also what it says now, for a provision may hold several of a kind."""
    now = Text(f"；现为：{entry.after}", f"; it says now: {entry.after}") if _has_sentence(entry) else NOTHING
    return f"{entry.said(lang)}{now.say(lang)}"


def _has_sentence(entry: DiffEntry) -> bool:
    return entry.sort in (CHANGED, CORRECTION) and bool(entry.before and entry.after)


def as_text(comparison: Comparison, centre: Centre, lang: Lang = "zh") -> str:
    """For a terminal."""
    documents = folded(comparison)
    lines = [f"{comparison.before.called(lang)} → {comparison.after.called(lang)}", summary(comparison, lang)]
    for document in documents:
        lines += ["", visible(headed(comparison, document, lang))]
        for entry in document.entries:
            lines.append(visible(f"  {LABELS[entry.sort].say(lang)}  {said(entry, lang)}"))
    return "\n".join([*lines, "", centre.law.said.say(lang)])


def as_markdown(comparison: Comparison, centre: Centre, lang: Lang = "zh") -> str:
    """For a pull request."""
    documents = folded(comparison)
    head = Text("**规定的改变**：", "**What changed in the rules**: ").say(lang)
    lines = [
        f"{head}{_md(comparison.before.called(lang))} → {_md(comparison.after.called(lang))}",
        "",
        summary(comparison, lang),
    ]
    for document in documents:
        lines += ["", f"### {_md(headed(comparison, document, lang))}", ""]
        lines += [
            f"- {LABELS[e.sort].say(lang)} **{_md(e.where.say(lang))}**{Text('：', ': ').say(lang)}{_md(about(e, lang))}"
            for e in document.entries
        ]
    lines += ["- " + _md(line) for line in unread_said((comparison.before, comparison.after), lang)]
    return "\n".join([*lines, "", _md(centre.law.said.say(lang))])


_MARKS = re.compile(r"([\\`*_{}\[\]()|#~$!+-])")


def _md(text: str) -> str:
    """Text that no Markdown takes for its own, and that calls nobody."""
    said = _MARKS.sub(r"\\\1", visible(text)).replace("&", "&amp;")
    for sign, entity in (("<", "&lt;"), (">", "&gt;"), ("@", "&#64;"), ("://", "&#58;//")):
        said = said.replace(sign, entity)
    return said


def as_json(comparison: Comparison, centre: Centre, lang: Lang = "zh") -> str:
    """For programs: what is said, and the difference itself, which can be applied."""
    whole = {
        "version": 1,
        "law": centre.law.as_json(),
        "before": comparison.before.called(lang),
        "after": comparison.after.called(lang),
        "same": comparison.same,
        "documents": [_document(each, lang) for each in comparison.documents],
        "difference": {section: _changes(changes) for section, changes in comparison.difference.items()},
        "unread": unread_said((comparison.before, comparison.after), lang),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_plain)


def _document(document: ChangedDocument, lang: Lang) -> dict[str, Any]:
    entries = [
        {
            "sort": e.sort,
            "key": e.key,
            "where": e.where.say(lang),
            "said": [line.say(lang) for line in e.lines],
            "before": e.before,
            "after": e.after,
        }
        for e in document.entries
    ]
    whole = document.whole
    return {"document": document.key, "title": document.title.say(lang), "whole": whole, "entries": entries}


def _changes(changes: Changes) -> dict[str, Any]:
    edits = [
        {"key": e.key, "path": list(e.path)}
        | ({} if e.before is ABSENT else {"before": e.before})
        | ({} if e.after is ABSENT else {"after": e.after})
        for e in changes.edits
    ]
    return {"removed": changes.removed, "renamed": changes.renamed, "edits": edits, "added": changes.added}


def _plain(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def as_page(comparison: Comparison, centre: Centre, lang: Lang = "zh") -> str:
    """Side by side, on a page that stands alone."""
    return report_page(
        "diff.html.j2",
        centre=centre,
        lang=lang,
        title=Text("规定的改变", "What changed in the rules").say(lang),
        before=comparison.before.called(lang),
        after=comparison.after.called(lang),
        summary=summary(comparison, lang),
        documents=[(one, whole) for one, whole in zip(folded(comparison), comparison.documents, strict=True)],
        entry_labels=LABELS,
        headed=partial(headed, comparison),
        notices=unread_said((comparison.before, comparison.after), lang),
    )


_ANSWERS: dict[str, Callable[[Comparison, Centre, Lang], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
    "html": as_page,
}
