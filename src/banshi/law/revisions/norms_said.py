"""What changed in norms and provisions, in words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from banshi.law.revisions.comparing import Edit
from banshi.law.revisions.entries import ADDED, CHANGED, CORRECTION, MOVED, REMOVED, WORDING, Entry
from banshi.law.revisions.speaking import Speaker, by_key
from banshi.law.revisions.trees import CORRECTIONS, DOCUMENTS, NORMS, PROVISIONS, Part, as_norm, document_of, id_of
from banshi.law.revisions.value_changes import Words, changed

_TEXT_FIELDS = ("statement",)


def norms(at: Speaker, section: str) -> Iterator[tuple[str, Entry]]:
    """Norms: gone, changed, new; each with the document that it is of."""
    changes, new = at.of(section), at.of(CORRECTIONS).added
    corrected = {f"{document_of(key)}#{part['norm']}" for key, part in new.items() if "norm" in part}
    for key, norm in changes.removed.items():
        yield document_of(key), _whole(at, REMOVED, key, norm)
    for key, edits in by_key(changes).items():
        if entry := _norm(at, key, edits):
            yield document_of(key), replace(entry, sort=CORRECTION) if key in corrected else entry
    for key, norm in changes.added.items():
        yield document_of(key), _whole(at, ADDED, key, norm)


def _whole(at: Speaker, sort: str, key: str, norm: Part) -> Entry:
    after = sort == ADDED
    text, kind = at.sentence(key, norm, after=after), at.schema.kind(str(norm.get("kind")))
    where = f"{at.label(key, norm, after=after)} {kind}"
    return Entry(sort, where, (text,), "" if after else text, text if after else "", key)


def _norm(at: Speaker, key: str, edits: list[Edit]) -> Entry | None:
    old_key = at.earlier(NORMS, key)
    old, new = at.before[NORMS][old_key], at.after[NORMS][key]
    lines = list(_fields(at, old_key, old, key, new, edits))
    if not lines:
        return None
    only_words = all(e.path[0] in (*_TEXT_FIELDS, "inventory") for e in edits)
    where = f"{at.label(key, new, after=True)} {at.schema.kind(str(new.get('kind')))}"
    texts = at.sentence(old_key, old, after=False), at.sentence(key, new, after=True)
    return Entry(WORDING if only_words else CHANGED, where, tuple(lines), *texts, key)


def _fields(at: Speaker, old_key: str, old: Part, key: str, new: Part, edits: list[Edit]) -> Iterator[str]:
    typed = as_norm(old), as_norm(new)
    whole = all(typed) and old.get("kind") == new.get("kind")
    names = at.names(document_of(old_key), after=False), at.names(document_of(key), after=True)
    for name in dict.fromkeys(e.path[0] for e in edits):
        own = [e for e in edits if e.path[0] == name]
        if all(at.only_terms(e) for e in own):
            continue
        title, labels = at.schema.of_norm(str(new.get("kind")), (name,))
        if name == "provision":
            there = at.label(old_key, old, after=False)
            if document_of(old_key) != document_of(at.earlier(DOCUMENTS, document_of(key))):
                there = f"{at.title(document_of(old_key))}{there}"
            yield f"由{there}移到{at.label(key, new, after=True)}"
        elif name == "statement":
            yield from _wording(old.get(name), new.get(name), figures=len(edits) > len(own))
        else:
            values = [
                getattr(t, name, None) if whole else part.get(name) for t, part in zip(typed, (old, new), strict=True)
            ]
            yield from changed(title, values[0], values[1], Words(*names, labels))


def provisions(at: Speaker, section: str) -> Iterator[tuple[str, Entry]]:
    """Provisions: gone, renumbered, renamed, new."""
    changes = at.of(section)
    edits = by_key(changes)
    for key, part in changes.removed.items():
        yield (
            document_of(key),
            Entry(REMOVED, str(part.get("label")), (f"删去本条：{part.get('heading')}",), key=key),
        )
    for key in dict.fromkeys((*changes.renamed.values(), *edits)):
        yield from _provision(at, key, edits.get(key, []))
    yield from _sources(edits)
    for key, part in changes.added.items():
        yield document_of(key), Entry(ADDED, str(part.get("label")), (f"增加本条：{part.get('heading')}",), key=key)


def _provision(at: Speaker, key: str, edits: list[Edit]) -> Iterator[tuple[str, Entry]]:
    old_key = at.earlier(PROVISIONS, key)
    old, new = at.before[PROVISIONS][old_key], at.after[PROVISIONS][key]
    document = document_of(key)
    if old.get("label") != new.get("label"):
        same = "" if _touched(at, key) else "，内容未变"
        line = f"{old.get('label')}改为{new.get('label')}{same}"
        yield document, Entry(MOVED, str(new.get("label")), (line,), key=key)
    rest = [e for e in edits if e.path != ("label",) and not at.only_terms(e)]
    if lines := tuple(at.plain(e, "provisions") for e in rest if e.path[0] != "source"):
        yield document, Entry(WORDING, str(new.get("label")), lines, key=key)


def _sources(edits: Mapping[str, list[Edit]]) -> Iterator[tuple[str, Entry]]:
    """That provisions stand elsewhere in the source, once for a document."""
    moved = Counter(document_of(key) for key, own in edits.items() if any(e.path[0] == "source" for e in own))
    for document, count in moved.items():
        yield document, Entry(WORDING, "来源", (f"{count} 条的来源说明或行号改变",), key=f"{document}#")


def _touched(at: Speaker, provision: str) -> bool:
    """Whether any norm of a provision differs, but by its new number."""
    norms, document, place = at.of(NORMS), document_of(provision), id_of(provision)
    parts = [*norms.added.items(), *((e.key, at.after[NORMS][e.key]) for e in norms.edits)]
    return any(document_of(k) == document and part.get("provision") == place for k, part in parts)


def _wording(old: Any, new: Any, *, figures: bool) -> Iterator[str]:
    """The change of a sentence; where its figures changed too, only that it did."""
    yield "表述随之改变" if figures else f"表述由“{old}”改为“{new}”"
