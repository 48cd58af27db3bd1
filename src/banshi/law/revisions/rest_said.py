"""What changed beside norms and provisions, in words: readings, names, relations, forms, errata, heads, other files."""

from collections.abc import Iterator
from typing import Any

from banshi.base.text import Text, listed, same
from banshi.law.revisions.comparing import Edit
from banshi.law.revisions.entries import ADDED, CHANGED, CORRECTION, LABELS, MOVED, READING, REMOVED, DiffEntry
from banshi.law.revisions.forms_said import form_lines
from banshi.law.revisions.speaking import Speaker, by_key, stated_value
from banshi.law.revisions.trees import ERRATA, FORMS, READINGS, RELATIONS, Part, document_of, id_of
from banshi.law.revisions.value_changes import said

_SECTION_NAMES = {RELATIONS: "relations", READINGS: "readings", FORMS: "forms", ERRATA: "errata"}
_SPELLINGS = (("also",), ("written",))
_LONG = 60
_INSTRUMENT, _OTHER = Text("文件", "instrument"), Text("其他文件", "other files")


def _done(sort: str, zh: str, en: str = "") -> Text:
    """Something that was added or removed."""
    label = LABELS[sort]
    return Text(f"{label.zh}{zh}", f"{en or zh} {label.en}")


def readings(at: Speaker, section: str) -> Iterator[tuple[str, DiffEntry]]:
    """Readings of unclear places."""
    changes = at.of(section)
    for sort, parts in ((REMOVED, changes.removed), (ADDED, changes.added)):
        for key, part in parts.items():
            taken = part.get("options", {}).get(part.get("default"), part.get("default"))
            question = part.get("question")
            line = _done(sort, f"理解口径：{question}（取“{taken}”）", f"reading: {question} (taken: {taken})")
            yield document_of(key), DiffEntry(READING, _called("口径", "reading", key), (line,), key=key)
    for key, edits in by_key(changes).items():
        old, new = at.before[section][at.earlier(section, key)], at.after[section][key]
        if lines := tuple(_reading(at, old, new, edits)):
            question = new.get("question") or id_of(key)
            where = Text(f"口径“{question}”", f"reading “{question}”")
            yield document_of(key), DiffEntry(READING, where, lines, key=key)


def _called(zh: str, en: str, key: str) -> Text:
    return Text(f"{zh} {id_of(key)}", f"{en} {id_of(key)}")


def _reading(at: Speaker, old: Part, new: Part, edits: list[Edit]) -> Iterator[Text]:
    for edit in edits:
        if edit.path == ("default",):
            was = old.get("options", {}).get(old.get("default"), old.get("default"))
            now = new.get("options", {}).get(new.get("default"), new.get("default"))
            yield Text(f"所取口径由“{was}”改为“{now}”", f"reading taken changed from “{was}” to “{now}”")
        elif not at.only_terms(edit) and not at.same_places(edit):
            yield at.plain(edit, "readings")


def words(at: Speaker, section: str) -> Iterator[tuple[str, DiffEntry]]:
    """Offices, steps, papers … and what they are called."""
    changes = at.of(section)
    for sort, parts in ((REMOVED, changes.removed), (ADDED, changes.added)):
        for key, part in parts.items():
            yield (
                document_of(key),
                DiffEntry(sort, _table(at, key), (_done(sort, f"“{part.get('name', id_of(key))}”"),), key=key),
            )
    for key, edits in by_key(changes).items():
        was, name = at.before[section][at.earlier(section, key)].get("name"), at.after[section][key].get("name")
        name, lines = name or id_of(key), []
        for edit in edits:
            if edit.path == ("name",) and edit.before in at.terms:
                continue  # said as a term
            if at.only_terms(edit) or (was != name and _spelling_kept(edit, was, name)):
                continue
            if edit.path == ("name",):
                said = f"“{edit.before}”改称“{edit.after}”", f"“{edit.before}” is called “{edit.after}” now"
                lines.append(Text(*said))
                continue
            what = at.plain(edit, id_of(key).partition("/")[0], "*")
            lines.append(Text(f"“{name}”的{what.zh}", f"“{name}”: {what.en}"))
        if lines:
            yield document_of(key), DiffEntry(CHANGED, _table(at, key), tuple(lines), key=key)


def _spelling_kept(edit: Edit, was: object, name: object) -> bool:
    """Whether what is renamed only keeps its earlier name as another spelling, or (the other way) needs it no longer."""
    before, after = _both(edit)
    fewer, more = ([each for each in one if each not in other] for one, other in ((before, after), (after, before)))
    return edit.path in _SPELLINGS and (fewer, more) in (([], [was]), ([name], []))


def _table(at: Speaker, key: str) -> Text:
    return at.schema.of_version((id_of(key).partition("/")[0],))[0]


def errata(at: Speaker, section: str) -> Iterator[tuple[str, DiffEntry]]:
    """Errors of the source and what is taken instead."""
    changes = at.of(section)
    for sort, parts in ((REMOVED, changes.removed), (ADDED, changes.added)):
        for key, part in parts.items():
            found, taken = part.get("found"), part.get("taken")
            line = _done(
                sort, f"勘误：来源作“{found}”，取“{taken}”", f"erratum: the source has “{found}”, taken “{taken}”:"
            )
            yield document_of(key), DiffEntry(CORRECTION, _called("勘误", "erratum", key), (line,), key=key)
    for key, edits in by_key(changes).items():
        lines = tuple(at.plain(e, "errata") for e in edits)
        yield document_of(key), DiffEntry(CORRECTION, _called("勘误", "erratum", key), lines, key=key)


def corrections(at: Speaker, section: str) -> Iterator[tuple[str, DiffEntry]]:
    """Errors of the encoding that were mended: the text always said so. Another version file has none of the former's."""
    changes = at.of(section)
    for sort, parts in ((REMOVED, changes.removed), (ADDED, changes.added)):
        for key, part in parts.items():
            if not at.one_file(document_of(key)):
                continue
            since, until = part.get("since"), part.get("told_until")
            line = _done(
                sort,
                f"更正：{since} 起的答复，到 {until} 为止是按误写的作出的",
                f"correction: answers about {since} and later were told wrong until {until}:",
            )
            yield document_of(key), DiffEntry(CORRECTION, _called("更正", "correction", key), (line,), key=key)
    for key, edits in by_key(changes).items():
        lines = tuple(at.plain(e, "corrections") for e in edits)
        yield document_of(key), DiffEntry(CORRECTION, _called("更正", "correction", key), lines, key=key)


def others(at: Speaker, section: str) -> Iterator[tuple[str, DiffEntry]]:
    """Relations and forms."""
    changes, name = at.of(section), at.schema.of_version((_SECTION_NAMES[section],))[0]
    for sort, parts in ((REMOVED, changes.removed), (ADDED, changes.added)):
        for key, part in parts.items():
            title = part.get("title") or id_of(key)
            line = _done(sort, f"{name.zh}：{title}", f"{name.en}: {title}")
            yield document_of(key), DiffEntry(sort, name, (line,), key=key)
    for key, edits in by_key(changes).items():
        if section == FORMS:
            title = at.after[section][key].get("title") or id_of(key)
            where, lines = Text(f"{name.zh}“{title}”", f"form “{title}”"), tuple(form_lines(at, key, edits))
        else:
            where = _called(name.zh, name.en, key)
            lines = tuple(at.plain(e, _SECTION_NAMES[section]) for e in edits if not at.only_terms(e))
        if lines:
            yield document_of(key), DiffEntry(CHANGED, where, lines, key=key)


def heads(at: Speaker, section: str) -> Iterator[tuple[str, DiffEntry]]:
    """The version itself: title, number, dates, source."""
    changes = at.of(section)
    for old, new in changes.renamed.items():
        line = Text(f"由 {old} 改为 {new}", f"{old} is now {new}")
        yield new, DiffEntry(MOVED, _INSTRUMENT, (line,), key=f"{new}#")
    for key, edits in by_key(changes).items():
        if lines := tuple(_head(at, key, e) for e in edits):
            yield key, DiffEntry(CHANGED, _INSTRUMENT, lines, key=f"{key}#")


def _head(at: Speaker, key: str, edit: Edit) -> Text:
    if edit.path == ("tiers",):
        names = at.names(at.earlier_document(key)[:-1], after=False), at.names(key, after=True)
        old, new = (
            listed(each.get(slug, slug) for slug in slugs) for each, slugs in zip(names, _both(edit), strict=True)
        )
        return Text(f"档次由宽到严由{old}改为{new}", f"tiers from lenient to strict changed from {old} to {new}")
    if edit.path[0] == "amends":
        return Text("对其他文件所作的修改有增减或改动", "what it amends in other instruments changed")
    return at.plain(edit)


def files(at: Speaker, section: str) -> Iterator[tuple[str, DiffEntry]]:
    """Files beside the instruments: calendars, catalogues, guides."""
    changes = at.of(section)
    for sort, parts in ((REMOVED, changes.removed), (ADDED, changes.added)):
        for key in parts:
            yield key, DiffEntry(sort, _OTHER, (_done(sort, f"文件 {key}", f"file {key}"),), key=key)
    for key, edits in by_key(changes).items():
        lines = [same(f"{'.'.join(e.path)}：{_short(e.before)} → {_short(e.after)}") for e in edits]
        yield key, DiffEntry(CHANGED, _OTHER, tuple(lines), key=key)


def _both(edit: Edit) -> tuple[Any, Any]:
    return tuple(each if isinstance(each, list) else [] for each in (edit.before, edit.after))  # type: ignore[return-value]


def _short(value: Any) -> str:
    text = (
        said(value, {})
        if isinstance(value, (str, bool, list, dict))
        else "（没有）"
        if stated_value(value) is None
        else str(value)
    )
    return text if len(text) <= _LONG else text[:_LONG] + "…"
