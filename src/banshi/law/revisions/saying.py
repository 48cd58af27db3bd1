"""A difference in officials' words: one entry for each thing that changed, in the order of the texts."""

from collections.abc import Callable, Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import force_setattr

from banshi.base.text import Text
from banshi.law.revisions.comparing import Difference, compare
from banshi.law.revisions.entries import ADDED, REMOVED, TERM, ChangedDocument, DiffEntry
from banshi.law.revisions.files_said import files
from banshi.law.revisions.norms_said import norms, provisions
from banshi.law.revisions.rest_said import corrections, errata, heads, others, readings, words
from banshi.law.revisions.sides import Side
from banshi.law.revisions.speaking import Speaker
from banshi.law.revisions.trees import (
    CORRECTIONS,
    DOCUMENTS,
    ERRATA,
    FORMS,
    NORMS,
    OTHERS,
    PROVISIONS,
    READINGS,
    RELATIONS,
    WORDS,
    Tree,
    document_of,
)
from banshi.law.revisions.words import SchemaWords

_TELL: tuple[tuple[str, Callable[[Speaker, str], Iterator[tuple[str, DiffEntry]]]], ...] = (
    (PROVISIONS, provisions),
    (NORMS, norms),
    (READINGS, readings),
    (WORDS, words),
    (FORMS, others),
    (RELATIONS, others),
    (ERRATA, errata),
    (CORRECTIONS, corrections),
    (OTHERS, files),
    (DOCUMENTS, heads),
)
_LAST = 1 << 30  # after every provision


class Comparison(Struct, frozen=True, dict=True):
    """Two sides compared, and what is said of it; a file that one of them could not read is compared with nothing.

    ``more``: what is said besides, of texts that no side has as a file.
    """

    before: Side
    after: Side
    words: SchemaWords
    more: tuple[ChangedDocument, ...] = ()

    def __post_init__(self) -> None:
        before, after = self.before.without(self.after.unread), self.after.without(self.before.unread)
        force_setattr(self, "before", before)
        force_setattr(self, "after", after)

    @cached_property
    def trees(self) -> tuple[Tree, Tree]:
        """Each side as a tree."""
        return self.before.tree, self.after.tree

    @cached_property
    def difference(self) -> Difference:
        """Of the trees."""
        return compare(*self.trees)

    @property
    def documents(self) -> list[ChangedDocument]:
        """What changed, document by document; a new version is told beside the one before it."""
        found = _documents(Speaker(self.difference, *self.trees, (self.before, self.after), self.words))
        beside = [self._beside(each) if each.whole == ADDED and self.after.several else each for each in found]
        return [*beside, *self.more]

    def _beside(self, document: ChangedDocument) -> ChangedDocument:
        """A new version beside the one before it, where there is one."""
        instrument, _, version = document.key.rpartition("/")
        earlier = [key for key in self.after.versions if key.rpartition("/")[0] == instrument and key < document.key]
        if not earlier:
            return document
        last = max(earlier)
        old, new = (Side(key, {instrument: self.after.versions[key]}) for key in (last, document.key))
        entries = [entry for each in Comparison(old, new, self.words).documents for entry in each.entries]
        was = last.rpartition("/")[2]
        title = Text(
            f"{document.title.zh} 新版本 {version}，与 {was} 相比", f"{document.title.en}: {version} beside {was}"
        )
        return ChangedDocument(document.key, title, tuple(entries))

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.difference


def _documents(at: Speaker) -> Iterator[ChangedDocument]:
    """What is said, by document; terms that are renamed throughout go first, once."""
    found: dict[str, list[DiffEntry]] = {}
    head = at.of(DOCUMENTS)
    for section, tell in _TELL:
        for document, entry in tell(at, section):
            found.setdefault(head.renamed.get(document, document), []).append(entry)
    whole = {**dict.fromkeys(head.added, ADDED), **dict.fromkeys(head.removed, REMOVED)}
    order = _Order(at)
    terms, first = _terms(at), ""
    if terms:
        edited = {section: [document_of(e.key) for e in each.edits] for section, each in at.difference.items()}
        law = [key for section, keys in edited.items() if section != OTHERS for key in keys]
        first = min(law or edited[OTHERS])
        found.setdefault(first, [])
    for document in sorted({*found, *whole}):
        entries = sorted(found.get(document, []), key=order.of)
        if document in whole:  # its norms say what it is
            entries = [e for e in entries if e.key in at.before[NORMS] or e.key in at.after[NORMS]]
        elif document == first:
            entries = [*terms, *entries]
        yield ChangedDocument(document, at.title(document), tuple(entries), whole.get(document, ""))


def _terms(at: Speaker) -> list[DiffEntry]:
    if not at.terms:
        return []
    lines = [Text(f"“{old}”全文改称“{new}”", f"“{old}” is called “{new}” throughout") for old, new in at.terms.items()]
    more = [Text(f"{at.told} 处文字只随之改变", f"{at.told} texts differ in that alone")] if at.told else []
    return [DiffEntry(TERM, Text("用语", "terms"), (*lines, *more))]


class _Order:
    """Norms and provisions in the order of the text, norms after their provision; the rest after them."""

    def __init__(self, at: Speaker) -> None:
        self._trees: tuple[Tree, Tree] = (at.after, at.before)
        self._places = [_numbered(tree, PROVISIONS) for tree in self._trees]
        self._norms = [_numbered(tree, NORMS) for tree in self._trees]

    def of(self, entry: DiffEntry) -> tuple[int, int]:
        for tree, places, own in zip(self._trees, self._places, self._norms, strict=True):
            if entry.key in tree[PROVISIONS]:
                return places[entry.key], 0
            if entry.key in tree[NORMS]:
                place = f"{document_of(entry.key)}#{tree[NORMS][entry.key].get('provision')}"
                return places.get(place, _LAST), 1 + own[entry.key]
        return _LAST, 0


def _numbered(tree: Tree, section: str) -> dict[str, int]:
    return {key: n for n, key in enumerate(tree[section])}
