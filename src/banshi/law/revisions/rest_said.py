"""What changed beside norms and provisions, in words: readings, names, relations, forms, errata, heads."""

from collections.abc import Iterator
from typing import Any

from banshi.base.text import Text, listed
from banshi.law.norms import called
from banshi.law.norms.pointing import table_of
from banshi.law.revisions.comparing import Edit
from banshi.law.revisions.entries import ADDED, CHANGED, CORRECTION, LABELS, MOVED, READING, REMOVED, DiffEntry
from banshi.law.revisions.forms_said import form_lines
from banshi.law.revisions.speaking import Speaker, by_key, stated_value
from banshi.law.revisions.trees import DOCUMENTS, ERRATA, FORMS, NORMS, READINGS, RELATIONS, Part, document_of, id_of
from banshi.law.revisions.value_changes import changed

_SECTION_NAMES = {RELATIONS: "relations", READINGS: "readings", FORMS: "forms", ERRATA: "errata"}
_SPELLINGS = (("also",), ("written",))
_INSTRUMENT = Text("文件", "instrument")


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
            yield (
                document_of(key),
                DiffEntry(READING, _of_reading(at, key, part, after=sort == ADDED), (line,), key=key),
            )
    for key, edits in by_key(changes).items():
        old, new = at.before[section][at.earlier(section, key)], at.after[section][key]
        if lines := tuple(_reading(at, old, new, edits)):
            question = new.get("question") or id_of(key)
            where = Text(f"口径“{question}”", f"reading “{question}”")
            yield document_of(key), DiffEntry(READING, where, lines, key=key)


def _of_reading(at: Speaker, key: str, part: Part, *, after: bool) -> Text:
    """The provisions that a reading is of."""
    places = part.get("at")
    labels = [at.label(key, {"provision": each}, after=after) for each in places] if isinstance(places, list) else []
    said = listed(labels)
    return Text(f"{said} 口径", f"{said} reading") if labels else _called("口径", "reading", key)


def _called(zh: str, en: str, key: str) -> Text:
    return Text(f"{zh} {id_of(key)}", f"{en} {id_of(key)}")


def _reading(at: Speaker, old: Part, new: Part, edits: list[Edit]) -> Iterator[Text]:
    for edit in edits:
        if edit.path == ("default",):
            was = old.get("options", {}).get(old.get("default"), old.get("default"))
            now = new.get("options", {}).get(new.get("default"), new.get("default"))
            yield Text(f"所取口径由“{was}”改为“{now}”", f"reading taken changed from “{was}” to “{now}”")
        elif edit.path[0] == "options" and len(edit.path) > 1 and not at.only_terms(edit):
            yield _option(edit)
        elif edit.path[0] == "norms" and len(edit.path) > 2 and not at.only_terms(edit):
            yield from _by_reading(at, old, new, edit)
        elif not at.only_terms(edit) and not at.same_places(edit):
            yield at.plain(edit, "readings")


def _by_reading(at: Speaker, old: Part, new: Part, edit: Edit) -> Iterator[Text]:
    """What a norm says where a reading is taken: 取“…”时，三（四）审批档次的上限由3万元改为5万元."""
    _, option, norm, *way = edit.path
    document = document_of(edit.key)
    options = {**old.get("options", {}), **new.get("options", {})}
    key = f"{document}#{norm}"
    after = key in at.after[NORMS]
    part = (at.after if after else at.before)[NORMS].get(key, {})
    kind = str(part.get("kind"))
    where = f"{at.label(key, part, after=after)}{at.schema.kind(kind).zh}" if part else norm
    sides = [each if isinstance(each, dict) and not way else {"": each} for each in (edit.before, edit.after)]
    for name in dict.fromkeys((*sides[1], *sides[0])):
        if name == "" and not way:
            continue
        title, labels = at.schema.of_norm(kind, tuple(way) if name == "" else (name,))
        table = table_of(kind, way[0] if way else name)
        words = at.value_words((document_of(at.earlier_document(edit.key)), document), labels, table)
        was, now = (stated_value(each.get(name)) for each in sides)
        for line in changed(title, was, now, words):
            yield Text(f"取“{options.get(option, option)}”时，{where}的{line.zh}", f"by “{option}”, {where}: {line.en}")


def _option(edit: Edit) -> Text:
    """One of the readings that there are."""
    was, now = (stated_value(each) for each in (edit.before, edit.after))
    if was is None:
        return Text(f"增加一种理解“{now}”", f"one more reading: “{now}”")
    if now is None:
        return Text(f"删去一种理解“{was}”", f"one reading less: “{was}”")
    return Text(f"一种理解由“{was}”改写为“{now}”", f"a reading worded “{now}” instead of “{was}”")


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
            yield (
                document_of(key),
                DiffEntry(CORRECTION, _corrected(at, key, part, after=sort == ADDED), (line,), key=key),
            )
    for key, edits in by_key(changes).items():
        lines = tuple(at.plain(e, "corrections") for e in edits)
        yield document_of(key), DiffEntry(CORRECTION, _called("更正", "correction", key), lines, key=key)


def _corrected(at: Speaker, key: str, part: Part, *, after: bool) -> Text:
    """Where what a correction mends stands."""
    tree, norm = at.after if after else at.before, part.get("norm")
    place = part.get("provision") or tree[NORMS].get(f"{document_of(key)}#{norm}", {}).get("provision")
    if not place:
        return _called("更正", "correction", key)
    label = at.label(key, {"provision": place}, after=after)
    return Text(f"{label} 更正", f"{label} correction")


def others(at: Speaker, section: str) -> Iterator[tuple[str, DiffEntry]]:
    """Relations and forms."""
    changes, name = at.of(section), at.schema.of_version((_SECTION_NAMES[section],))[0]
    for sort, parts in ((REMOVED, changes.removed), (ADDED, changes.added)):
        for key, part in parts.items():
            title = part.get("title") or _relation(at, part) or id_of(key)
            line = _done(sort, f"{name.zh}：{title}", f"{name.en}: {title}")
            yield document_of(key), DiffEntry(sort, name, (line,), key=key)
    for key, edits in by_key(changes).items():
        if section == FORMS:
            title = at.after[section][key].get("title") or id_of(key)
            where, lines = Text(f"{name.zh}“{title}”", f"form “{title}”"), tuple(form_lines(at, key, edits))
        else:
            target = _relation(at, at.after[section][key]) or id_of(key)
            where = Text(f"{name.zh}（{target}）", f"{name.en} ({target})")
            lines = tuple(at.plain(e, _SECTION_NAMES[section]) for e in edits if not at.only_terms(e))
        if lines:
            yield document_of(key), DiffEntry(CHANGED, where, lines, key=key)


def _relation(at: Speaker, part: Part) -> str:
    """What a relation is, and to what: 修改《…》."""
    kind = str(part.get("kind"))
    _, labels = at.schema.of_version(("relations", "kind"))
    known = at.after[DOCUMENTS] | at.before[DOCUMENTS]
    own = str(part.get("instrument") or "")
    title = next((str(head.get("title")) for key, head in known.items() if key == own or key.startswith(f"{own}/")), "")
    other = f"《{title}》" if own and title else own or part.get("number") or part.get("title") or ""
    return f"{labels.get(kind, kind)}{other}" if "instrument" in part or "number" in part else ""


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
            listed(called(each, "tiers", slug) for slug in slugs)
            for each, slugs in zip(names, _both(edit), strict=True)
        )
        return Text(f"档次由宽到严由{old}改为{new}", f"tiers from lenient to strict changed from {old} to {new}")
    if edit.path[0] == "amends":
        return Text("对其他文件所作的修改有增减或改动", "what it amends in other instruments changed")
    return at.plain(edit)


def _both(edit: Edit) -> tuple[Any, Any]:
    return tuple(each if isinstance(each, list) else [] for each in (edit.before, edit.after))  # type: ignore[return-value]
