"""What both sides of a comparison call things: documents, provisions, ids, sentences."""

from collections.abc import Mapping
from typing import Any

from banshi.base.text import Text
from banshi.law.instruments import PolicyVersion
from banshi.law.norms import Names
from banshi.law.revisions.comparing import Changes, Difference, Edit
from banshi.law.revisions.renamed_terms import Terms, explains, renamed_terms
from banshi.law.revisions.sides import Side
from banshi.law.revisions.trees import DOCUMENTS, FORMS, PROVISIONS, WORDS, Part, Tree, document_of, id_of
from banshi.law.revisions.value_changes import ValueWords, changed
from banshi.law.revisions.words import SchemaWords
from banshi.law.terms import FILED_WORDS

_LABELS = ("tiers", "criteria", "classes", "steps", "papers", "offices")
_NAMED = (*FILED_WORDS, "case_flags", "facts", "leave_kinds", "shifts", *_LABELS)


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
            for table in _NAMED:
                here = ((id_of(k).partition("/"), part) for k, part in own.items())
                found |= {slug: str(part.get("name", slug)) for (of, _, slug), part in here if of == table}
            self._names[key] = found
        return self._names[key]

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
        names = (
            self.names(document_of(self.earlier_document(edit.key)), after=False),
            self.names(document_of(edit.key), after=True),
        )
        old, new = (tuple(v) if isinstance(v, list) else stated_value(v) for v in (edit.before, edit.after))
        found = changed(title, old, new, ValueWords(*names, labels))
        return Text("；".join(each.zh for each in found), "; ".join(each.en for each in found))

    def earlier_document(self, key: str) -> str:
        """The key of a document of before, of a part of after."""
        renamed = {new: old for old, new in self.of(DOCUMENTS).renamed.items()}
        document = document_of(key)
        return f"{renamed.get(document, document)}#"

    def title(self, document: str) -> Text:
        """What a document is called."""
        head = self.after[DOCUMENTS].get(document) or self.before[DOCUMENTS].get(document) or {}
        title = str(head.get("title", document))
        number = head.get("number")
        return Text(f"{title}（{number}）", f"{title} ({number})") if number else Text(title, title)

    def only_terms(self, edit: Edit) -> bool:
        """Whether an edit is nothing but the renamed terms, which are said once; such edits are counted."""
        found = self.explained(edit)
        self.told += found
        return found

    def explained(self, edit: Edit) -> bool:
        """The same, where nothing is told of the edit."""
        return explains(self.terms, edit)

    def one_file(self, document: str) -> bool:
        """Whether both sides have a document from one version file, whatever amends it."""
        one, other = (_file_of(side.versions.get(document)) for side in self.sides)
        return one == other


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
