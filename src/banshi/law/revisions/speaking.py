"""What both sides of a comparison call things: documents, provisions, ids, sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

from banshi.base.text import Text, same
from banshi.files.kinds import KINDS
from banshi.law.instruments import PolicyVersion
from banshi.law.norms import Names, of_table, own_key
from banshi.law.revisions.comparing import Changes, Difference, Edit
from banshi.law.revisions.renamed_terms import Terms, explains, renamed_terms
from banshi.law.revisions.sides import Side
from banshi.law.revisions.trees import (
    DOCUMENTS,
    FORMS,
    NORMS,
    OTHERS,
    PROVISIONS,
    WORDS,
    Part,
    Tree,
    document_of,
    id_of,
)
from banshi.law.revisions.value_changes import ValueWords, changed
from banshi.law.revisions.words import SchemaWords
from banshi.law.terms import NAMED_BY_NORMS


class Speaker:
    """Two trees and what differs, with the names of things on both sides. ``told``: edits that the renamed terms explain."""

    def __init__(
        self, difference: Difference, before: Tree, after: Tree, sides: tuple[Side, Side], schema: SchemaWords
    ) -> None:
        """``sides``: what the trees were made of."""
        self.difference, self.before, self.after, self.sides, self.schema = difference, before, after, sides, schema
        self.terms: Terms = renamed_terms(difference)
        self.told = 0
        self._names: dict[tuple[bool, str], Names] = {}
        self._norms: dict[tuple[bool, str], dict[str, str]] = {}

    def of(self, section: str) -> Changes:
        """What differs in a section."""
        return self.difference.get(section, Changes())

    def names(self, document: str, *, after: bool) -> Names:
        """What the ids of a document are called."""
        key = after, document
        if key not in self._names:
            tree = self.after if after else self.before
            own = {k: part for k, part in tree[WORDS].items() if document_of(k) == document}
            found = {id_of(k): str(p.get("title", "")) for k, p in tree[FORMS].items() if document_of(k) == document}
            found = dict(_bases(tree[NORMS], document)) | found
            for table in NAMED_BY_NORMS:
                here = ((id_of(k).partition("/"), part) for k, part in own.items())
                named = {slug: str(part.get("name", slug)) for (of, _, slug), part in here if of == table}
                found |= named | {own_key(table, slug): name for slug, name in named.items()}
            self._names[key] = found
        return self._names[key]

    def value_words(self, documents: tuple[str, str], labels: dict[str, str], table: str = "") -> ValueWords:
        """What is needed to say values (ids of a ``table``) of a document, as it is called before and after."""
        old, new = (
            self.schema.named
            | self._elsewhere(after=after)
            | {k: v for k, v in self._norm_names(document, after=after).items() if k not in labels}
            | of_table(self.names(document, after=after), table)
            for after, document in ((False, documents[0]), (True, documents[1]))
        )
        return ValueWords(old, new, labels, self._places(documents[1]))

    def _elsewhere(self, *, after: bool) -> dict[str, str]:
        """What ids are called in any document of a side: a county's text may name those of the city's."""
        tree = self.after if after else self.before
        found: dict[str, str] = {}
        for document in tree[DOCUMENTS]:
            found |= self.names(document, after=after)
        return found

    def _norm_names(self, document: str, *, after: bool) -> dict[str, str]:
        """What a norm is called that another one names by its id: where it stands, and what it says."""
        if (after, document) not in self._norms:
            self._norms[after, document] = {
                id_of(key): f"{self.label(key, norm, after=after)} {self.sentence(key, norm, after=after).rstrip('。')}"
                for key, norm in (self.after if after else self.before)[NORMS].items()
                if document_of(key) == document
            }
        return self._norms[after, document]

    def _places(self, document: str) -> dict[str, str]:
        parts = {**self.before[PROVISIONS], **self.after[PROVISIONS]}
        return {id_of(key): str(part.get("label")) for key, part in parts.items() if document_of(key) == document}

    def label(self, key: str, norm: Part, *, after: bool) -> str:
        """The label of the provision that a norm stands in."""
        tree = self.after if after else self.before
        place = str(norm.get("provision", ""))
        return str(tree[PROVISIONS].get(f"{document_of(key)}#{place}", {}).get("label", place))

    def sentence(self, key: str, norm: Part, *, after: bool) -> str:
        """What a norm says."""
        return self.sides[after].sentences.get(key) or str(norm.get("statement", ""))

    def earlier(self, section: str, key: str) -> str:
        """What a part of the later side was called before."""
        back = {new: old for old, new in self.of(section).renamed.items()}
        return back.get(key, key)

    def plain(self, edit: Edit, *above: str) -> Text:
        """An edit of what lies at ``above`` in a version."""
        title, labels = self.schema.of_version(edit.path, above)
        words = self.value_words((document_of(self.earlier_document(edit.key)), document_of(edit.key)), labels)
        old, new = (tuple(v) if isinstance(v, list) else stated_value(v) for v in (edit.before, edit.after))
        found = changed(title, old, new, words)
        return Text("；".join(each.zh for each in found), "; ".join(each.en for each in found))

    def earlier_document(self, key: str) -> str:
        """The key of a document of before, of a part of after."""
        renamed = {new: old for old, new in self.of(DOCUMENTS).renamed.items()}
        document = document_of(key)
        return f"{renamed.get(document, document)}#"

    def title(self, document: str) -> Text:
        """What a document is called."""
        for tree in (self.after, self.before):
            if document in tree[OTHERS]:
                title = tree[OTHERS][document].get("title")
                where = "" if document in KINDS else document  # a file by itself is called by its title
                return Text(f"{title}（{where}）", f"{title} ({where})") if title and where else same(title or document)
        head = self.after[DOCUMENTS].get(document) or self.before[DOCUMENTS].get(document) or {}
        title = str(head.get("title", document))
        number = head.get("number")
        return Text(f"{title}（{number}）", f"{title} ({number})") if number else Text(title, title)

    def only_terms(self, edit: Edit) -> bool:
        """Whether an edit is nothing but the renamed terms, which are said once; such edits are counted."""
        found = self.explained(edit)
        self.told += found
        return found

    def same_places(self, edit: Edit) -> bool:
        """Whether an edit only calls provisions by their new numbers."""
        if edit.path != ("at",) or not (isinstance(edit.before, list) and isinstance(edit.after, list)):
            return False
        renamed, document = self.of(PROVISIONS).renamed, self.earlier_document(edit.key)
        now = {id_of(renamed.get(f"{document}{each}", f"#{each}")) for each in edit.before}
        return now == set(edit.after)

    def explained(self, edit: Edit) -> bool:
        """The same, where nothing is told of the edit."""
        return explains(self.terms, edit)

    def one_file(self, document: str) -> bool:
        """Whether both sides have a document from one version file, whatever amends it."""
        one, other = (_file_of(side.versions.get(document)) for side in self.sides)
        return one == other


def _bases(norms: Mapping[str, Part], document: str) -> Iterator[tuple[str, str]]:
    """What the bases of pricing are called, which norms name by their ids."""
    for key, norm in norms.items():
        bases = norm.get("bases") if norm.get("kind") == "pricing" and document_of(key) == document else None
        for base in bases if isinstance(bases, list) else ():
            if isinstance(base, dict) and isinstance(base.get("value"), str):
                yield base["value"], str(base.get("name", base["value"]))


def _file_of(version: Any) -> str:
    if isinstance(version, PolicyVersion):
        return version.amended.base or version.version
    return str(version.get("version")) if isinstance(version, Mapping) else ""


def by_key(changes: Changes) -> dict[str, list[Edit]]:
    """The edits of a section, by the part that they are in."""
    found: dict[str, list[Edit]] = {}
    for edit in changes.edits:
        found.setdefault(edit.key, []).append(edit)
    return found


def stated_value(value: Any) -> Any:
    """A value of an edit; what is not there is nothing."""
    return value if isinstance(value, (str, int, dict)) or hasattr(value, "as_tuple") else None
