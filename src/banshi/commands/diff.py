"""``banshi diff``: what changed between two versions, days, revisions or centres, norm by norm."""

import argparse
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from banshi.base.folders import layered
from banshi.base.text import visible
from banshi.centre.centre import Centre
from banshi.centre.own_code import TEMPLATES
from banshi.commands.compared import names, side_options
from banshi.commands.output import add_output, ready, write
from banshi.commands.standing import centre_of, code_options, say_left_aside
from banshi.files.shape import Shapes
from banshi.law.revisions.comparing import ABSENT, Changes
from banshi.law.revisions.entries import ADDED, LABELS, REMOVED, Document, counted
from banshi.law.revisions.saying import Comparison
from banshi.law.revisions.sides import unread_said
from banshi.law.revisions.words import SchemaWords
from banshi.output.report_pages import TemplateBroken, report_page
from banshi.output.terminal import complain

FORMATS = ("text", "markdown", "json", "html")
_WHOLE = {ADDED: "新增", REMOVED: "不再有"}


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
    say_left_aside(centre, options.lang, *([TEMPLATES] if options.format == "html" else []))
    with names(options, centre) as known:
        sides = known.find(options.before).side, known.find(options.after).side
    words = SchemaWords(Shapes(layered(centre.folder, "schemas")))
    comparison = Comparison(*sides, words)
    for line in unread_said(sides):
        complain(line)
    try:
        status = write(options, _ANSWERS[options.format](comparison, centre))
    except TemplateBroken as error:
        complain(str(error))
        return 2
    return max(status, int(any(side.unread for side in sides)))


def summary(documents: list[Document]) -> str:
    """How much changed, in a line."""
    counts = counted(documents)
    return "，".join(f"{LABELS[sort]} {count} 处" for sort, count in counts.items()) or "没有改变"


def as_text(comparison: Comparison, centre: Centre) -> str:
    """For a terminal."""
    documents = comparison.documents
    lines = [f"{comparison.before.name} → {comparison.after.name}", summary(documents)]
    for document in documents:
        lines += ["", visible(f"{_WHOLE.get(document.whole, '')}{document.title}")]
        for entry in document.entries:
            lines.append(visible(f"  {LABELS[entry.sort]}  {entry.where}：{'；'.join(entry.lines)}"))
    return "\n".join([*lines, "", centre.law.said.zh])


def as_markdown(comparison: Comparison, centre: Centre) -> str:
    """For a pull request."""
    documents = comparison.documents
    lines = [f"**规定的改变**：{_md(comparison.before.name)} → {_md(comparison.after.name)}", "", summary(documents)]
    for document in documents:
        lines += ["", f"### {_WHOLE.get(document.whole, '')}{_md(document.title)}", ""]
        lines += [f"- {LABELS[e.sort]} **{_md(e.where)}**：{_md('；'.join(e.lines))}" for e in document.entries]
    lines += ["- " + _md(line) for line in unread_said((comparison.before, comparison.after))]
    return "\n".join([*lines, "", _md(centre.law.said.zh)])


_MARKS = re.compile(r"([\\`*_{}\[\]()|#~$!+-])")


def _md(text: str) -> str:
    """Text that no Markdown takes for its own, and that calls nobody."""
    said = _MARKS.sub(r"\\\1", visible(text)).replace("&", "&amp;")
    for sign, entity in (("<", "&lt;"), (">", "&gt;"), ("@", "&#64;"), ("://", "&#58;//")):
        said = said.replace(sign, entity)
    return said


def as_json(comparison: Comparison, centre: Centre) -> str:
    """For programs: what is said, and the difference itself, which can be applied."""
    whole = {
        "version": 1,
        "law": centre.law.as_json(),
        "before": comparison.before.name,
        "after": comparison.after.name,
        "same": comparison.same,
        "documents": [_document(each) for each in comparison.documents],
        "difference": {section: _changes(changes) for section, changes in comparison.difference.items()},
        "unread": unread_said((comparison.before, comparison.after)),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_plain)


def _document(document: Document) -> dict[str, Any]:
    entries = [
        {"sort": e.sort, "key": e.key, "where": e.where, "said": list(e.lines), "before": e.before, "after": e.after}
        for e in document.entries
    ]
    return {"document": document.key, "title": document.title, "whole": document.whole, "entries": entries}


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


def as_page(comparison: Comparison, centre: Centre) -> str:
    """Side by side, on a page that stands alone."""
    documents = comparison.documents
    return report_page(
        "diff.html.j2",
        centre=centre,
        title="规定的改变",
        before=comparison.before.name,
        after=comparison.after.name,
        summary=summary(documents),
        documents=documents,
        entry_labels=LABELS,
        wholes=_WHOLE,
        notices=unread_said((comparison.before, comparison.after)),
    )


_ANSWERS: dict[str, Callable[[Comparison, Centre], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
    "html": as_page,
}
