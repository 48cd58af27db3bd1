"""What changed in norms and provisions, in words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from banshi.base.text import NOTHING, Text, same
from banshi.law.dotted import Nowhere, find
from banshi.law.instruments import PolicyVersion
from banshi.law.norms.pointing import table_of
from banshi.law.revisions.comparing import Edit
from banshi.law.revisions.entries import (
    ADDED,
    CHANGED,
    CORRECTION,
    LABELS,
    MOVED,
    REMOVED,
    RESTORED,
    SUSPENDED,
    WORDING,
    DiffEntry,
)
from banshi.law.revisions.speaking import Speaker, by_key
from banshi.law.revisions.trees import CORRECTIONS, DOCUMENTS, NORMS, PROVISIONS, Part, as_norm, document_of, id_of
from banshi.law.revisions.value_changes import changed, same_range

_TEXT_FIELDS = ("statement",)


def norms(at: Speaker, section: str) -> Iterator[tuple[str, DiffEntry]]:
    """Norms: gone, changed, new; each with the document that it is of."""
    changes, corrected = at.of(section), at.of(CORRECTIONS)
    new, withdrawn = _by_norm(corrected.added), _by_norm(corrected.removed)
    for key, norm in changes.removed.items():
        yield document_of(key), _whole(at, REMOVED, key, norm)
    for key, edits in by_key(changes).items():
        if entry := _norm(at, key, edits):
            old_key = at.earlier(NORMS, key)
            left = [edit for edit in edits if not at.explained(edit)]
            mended = any(_mends(each, at.before[NORMS][old_key], left) for each in new.get(key, ()))
            mended = mended or (
                at.one_file(document_of(key))
                and any(_mends(each, at.after[NORMS][key], left) for each in withdrawn.get(old_key, ()))
            )
            yield document_of(key), replace(entry, sort=CORRECTION) if mended else entry
    for key, norm in changes.added.items():
        yield document_of(key), _whole(at, ADDED, key, norm)


def _by_norm(corrections: Mapping[str, Part]) -> dict[str, list[Part]]:
    """Corrections by the key of the norm that they are of."""
    found: dict[str, list[Part]] = {}
    for key, part in corrections.items():
        found.setdefault(f"{document_of(key)}#{part.get('norm')}", []).append(part)
    return found


def _mends(correction: Part, old: Part, edits: list[Edit]) -> bool:
    """Whether edits are what a correction says: of what was wrongly said or lacking, and of nothing else."""
    said, lacked = correction.get("said", {}), correction.get("lacked", ())
    if not all(_says(old, path, value) for path, value in said.items()):
        return False
    paths = [path.split(".") for path in (*said, *lacked)]
    return all(any(_overlap(edit.path, path) for path in paths) for edit in edits)


def _says(part: Part, path: str, value: Any) -> bool:
    try:
        return bool(find(part, path) == value)
    except Nowhere:
        return False


def _overlap(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one of two paths leads to a part of what the other leads to."""
    return all(step == beside for step, beside in zip(one, other, strict=False))


def _whole(at: Speaker, sort: str, key: str, norm: Part) -> DiffEntry:
    after = sort == ADDED
    text = at.sentence(key, norm, after=after)
    sort, until = _put_off(at, sort, key, ("norm", id_of(key)), ("provision", str(norm.get("provision"))))
    texts = ("", text) if after else (text, "")
    return DiffEntry(sort, _where(at, key, norm, after=after), (*until, same(text)), *texts, key)


def _put_off(at: Speaker, sort: str, key: str, *own: tuple[str, str]) -> tuple[str, tuple[Text, ...]]:
    """Whether what is gone or new was suspended, or is there again; and until when it is."""
    here = at.sides[sort == ADDED].versions.get(document_of(key))  # the one in which it stands
    if sort == ADDED and isinstance(here, PolicyVersion) and _revived(here, own):
        return RESTORED, ()
    side = at.sides[sort == REMOVED].versions.get(document_of(key))  # the one in which it does not stand
    dropped = side.amended.dropped if isinstance(side, PolicyVersion) else ()
    by = next((each.by for each in dropped if (each.kind, each.id) in own and each.by.do == "suspend"), None)
    if by is None:
        return sort, ()
    if sort == ADDED:
        return RESTORED, ()
    until = (Text(f"到 {by.until} 为止", f"until {by.until}"),) if by.until else ()
    return SUSPENDED, until


def _revived(version: PolicyVersion, own: Sequence[tuple[str, str]]) -> bool:
    """Whether the last thing that was done to a norm or its provision by itself was to put it back."""
    marks = {"norm": version.amended.norms, "provision": version.amended.provisions}
    done = (each.do for kind, named in own for each in marks[kind].get(named, ())[-1:])
    return "revive" in done


def _where(at: Speaker, key: str, norm: Part, *, after: bool) -> Text:
    label, kind = at.label(key, norm, after=after), at.schema.kind(str(norm.get("kind")))
    return Text(f"{label} {kind.zh}", f"{label} {kind.en}")


def _norm(at: Speaker, key: str, edits: list[Edit]) -> DiffEntry | None:
    old_key = at.earlier(NORMS, key)
    old, new = at.before[NORMS][old_key], at.after[NORMS][key]
    lines = list(_fields(at, old_key, old, key, new, edits))
    if not lines:
        return None
    typed = as_norm(old), as_norm(new)
    only_words = all(
        e.path[0] in (*_TEXT_FIELDS, "inventory") or same_range(*(getattr(t, e.path[0], None) for t in typed))
        for e in edits
    )
    where = _where(at, key, new, after=True)
    texts = at.sentence(old_key, old, after=False), at.sentence(key, new, after=True)
    return DiffEntry(WORDING if only_words else CHANGED, where, tuple(lines), *texts, key)


def _fields(at: Speaker, old_key: str, old: Part, key: str, new: Part, edits: list[Edit]) -> Iterator[Text]:
    typed = as_norm(old), as_norm(new)
    documents = document_of(old_key), document_of(key)
    whole = all(typed) and old.get("kind") == new.get("kind")
    for name in dict.fromkeys(e.path[0] for e in edits):
        own = [e for e in edits if e.path[0] == name]
        if all(at.only_terms(e) for e in own):
            continue
        title, labels = at.schema.of_norm(str(new.get("kind")), (name,))
        if name == "provision":
            there = at.label(old_key, old, after=False)
            if document_of(old_key) != document_of(at.earlier(DOCUMENTS, document_of(key))):
                there = f"{at.title(document_of(old_key)).zh}{there}"
            here = at.label(key, new, after=True)
            yield Text(f"由{there}移到{here}", f"moved from {there} to {here}")
        elif name == "statement":
            yield from _wording(old.get(name), new.get(name), figures=len(edits) > len(own))
        else:
            values = [
                getattr(t, name, None) if whole else part.get(name) for t, part in zip(typed, (old, new), strict=True)
            ]
            table = table_of(str(new.get("kind")), name)
            yield from changed(title, values[0], values[1], at.value_words(documents, labels, table))


def provisions(at: Speaker, section: str) -> Iterator[tuple[str, DiffEntry]]:
    """Provisions: gone, renumbered, renamed, new."""
    changes = at.of(section)
    edits = by_key(changes)
    for key, part in changes.removed.items():
        yield document_of(key), _whole_provision(at, REMOVED, key, part)
    for key in dict.fromkeys((*changes.renamed.values(), *edits)):
        yield from _provision(at, key, edits.get(key, []))
    yield from _sources(edits)
    for key, part in changes.added.items():
        yield document_of(key), _whole_provision(at, ADDED, key, part)


def _whole_provision(at: Speaker, sort: str, key: str, part: Part) -> DiffEntry:
    sort, until = _put_off(at, sort, key, ("provision", id_of(key)))
    heading, done = part.get("heading"), LABELS[sort]
    said = Text(f"{done.zh}本条：{heading}", f"provision {done.en}: {heading}")
    return DiffEntry(sort, same(str(part.get("label"))), (*until, said), key=key)


def _provision(at: Speaker, key: str, edits: list[Edit]) -> Iterator[tuple[str, DiffEntry]]:
    old_key = at.earlier(PROVISIONS, key)
    old, new = at.before[PROVISIONS][old_key], at.after[PROVISIONS][key]
    document = document_of(key)
    if old.get("label") != new.get("label"):
        kept = NOTHING if _touched(at, key) else Text("，内容未变", ", otherwise unchanged")
        was, now = old.get("label"), new.get("label")
        line = Text(f"{was}改为{now}{kept.zh}", f"{was} is now {now}{kept.en}")
        yield document, DiffEntry(MOVED, same(str(now)), (line,), key=key)
    rest = [e for e in edits if e.path != ("label",) and not at.only_terms(e)]
    if lines := tuple(at.plain(e, "provisions") for e in rest if e.path[0] != "source"):
        yield document, DiffEntry(WORDING, same(str(new.get("label"))), lines, key=key)


def _sources(edits: Mapping[str, list[Edit]]) -> Iterator[tuple[str, DiffEntry]]:
    """That provisions stand elsewhere in the source, once for a document."""
    moved = Counter(document_of(key) for key, own in edits.items() if any(e.path[0] == "source" for e in own))
    for document, count in moved.items():
        line = Text(f"{count} 条的来源说明或行号改变", f"source notes or lines of {count} provisions changed")
        yield document, DiffEntry(WORDING, Text("来源", "source"), (line,), key=f"{document}#")


def _touched(at: Speaker, provision: str) -> bool:
    """Whether any norm of a provision differs, but by its new number."""
    norms, document, place = at.of(NORMS), document_of(provision), id_of(provision)
    parts = [*norms.added.items(), *((e.key, at.after[NORMS][e.key]) for e in norms.edits)]
    return any(document_of(k) == document and part.get("provision") == place for k, part in parts)


def _wording(old: Any, new: Any, *, figures: bool) -> Iterator[Text]:
    """The change of a sentence; where its figures changed too, only that it did."""
    if figures:
        yield Text("表述随之改变", "worded accordingly")
    else:
        yield Text(f"表述由“{old}”改为“{new}”", f"wording changed from “{old}” to “{new}”")
