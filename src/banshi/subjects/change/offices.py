"""Which body is meant: the one that a project names for a role, and what the name of an office tells."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from banshi.files.findings import Citation
from banshi.law.library import Law
from banshi.law.norms import Locality, Substitution
from banshi.subjects.change.project_forms import Project


@lru_cache(maxsize=1024)
def plain_name(name: str) -> str:
    """A name without blanks and full-width letters, so that spelling alone makes no difference."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def same_body(one: str, other: str) -> bool:
    """Whether two names are the same but for blanks and width."""
    return one == other or plain_name(one) == plain_name(other)


def named(law: Law, project: Project, role: str) -> tuple[str, tuple[Citation, ...]]:
    """The body that the project names for a role, or for the role that acts in its place (with the norm that says so).

    Empty where the project names nobody.
    """
    name = stated(law, project, role)
    if name:
        return name, ()
    acting = next((p for p in law.all(Substitution) if p.norm.absent == role), None)
    name = stated(law, project, acting.norm.acting) if acting else ""
    return (name, (acting.cite,)) if acting and name else ("", ())


def stated(law: Law, project: Project, role: str) -> str:
    """The body that the project itself names for a role; empty where it names nobody."""
    office = law.offices.get(role)
    if office and office.field:
        return getattr(project, office.field, None) or ""
    return next((each.name for each in project.parties if each.party == role), "")


def recognised(law: Law, role: str, name: str) -> bool:
    """Whether a name shows the words by which a role is recognised, and no longer words of another role.

    True where a role has no such words: nothing can be said then.
    """
    own, others = law.once(_words_of_roles).get(role, ((), ()))
    return not own or 0 < _longest(own, name) >= _longest(others, name)


def _words_of_roles(law: Law) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """By role, the words by which it is recognised, and those of the others."""
    words = {role: tuple(office.recognised) for role, office in law.offices.items()}
    others = {role: tuple(word for other in words if other != role for word in words[other]) for role in words}
    return {role: (words[role], others[role]) for role in words}


def _longest(words: Iterable[str], name: str) -> int:
    said = plain_name(name)
    return max((len(word) for word in words if word in said), default=0)


def of_another_level(locality: Locality, level: str, name: str) -> bool:
    """Whether a name or document number shows a body of another level than ``level``.

    The words that end last decide: “某市某区人民政府” is a county body, whatever city it begins with.
    """
    marks = locality.marks.get(level)
    if marks is None:
        return False
    others = [word for other, theirs in locality.marks.items() if other != level for word in theirs.own]
    return _end((*marks.other, *others), name) > _end(marks.own, name)


def _end(words: Iterable[str], name: str) -> int:
    said = plain_name(name)
    return max((said.rfind(word) + len(word) for word in words if word in said), default=0)
