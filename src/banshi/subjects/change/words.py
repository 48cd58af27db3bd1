"""The words that filings on changes may write, as versions declare them: by the way to them in a ledger, with every spelling.

Tiers, steps, classes, types, causes, money, attachments …: each version declares its words. Those that a norm lists with
their names (types, money, pricing bases) need no other table, and parties are the offices that norms ask to sign.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from banshi.law.instruments import PolicyVersion
from banshi.law.library import Law
from banshi.law.norms import ApprovalGate, Consultation, Enumeration, JointApplication, Norm, Pricing, Procedure, Scope
from banshi.law.terms import Label

Way = tuple[str, ...]  # the keys that lead to a word, entries aside
CHANGES, PROJECT = "changes", "project"
TYPE, CAUSE = (CHANGES, "type"), (CHANGES, "cause")
PARTY, ATTACHMENT = (CHANGES, "consultation", "party"), (CHANGES, "attachments", "kind")
PAUSE, MONEY = (CHANGES, "opinions", "pauses", "reason"), (PROJECT, "funding", "sources")
PARTICIPANT = (PROJECT, "parties", "party")
BASIS = (CHANGES, "items", "pricing_basis")
_TABLES: dict[Way, str] = {
    (CHANGES, "tier"): "tiers",
    (CHANGES, "opinions", "step"): "steps",
    (CHANGES, "class"): "classes",
    (CHANGES, "criteria"): "criteria",
    TYPE: "change_types",
    CAUSE: "change_causes",
    ATTACHMENT: "attachment_kinds",
    PAUSE: "pause_reasons",
    MONEY: "funding_sources",
}
Spelled = Mapping[str, list[str]]  # word → how it is written, its name first


@lru_cache(maxsize=16)
def words_of(law: Law) -> Mapping[Way, Spelled]:
    """The words of a law."""
    return declared(law.versions)


def declared(versions: Iterable[PolicyVersion]) -> Mapping[Way, Spelled]:
    """What some versions call the words of filings; of a word that nobody declares there is no entry."""
    together = tuple(versions)
    offices: dict[str, dict[str, None]] = {}
    for version in reversed(together):  # the newest name first
        for role, office in version.offices.items():
            offices.setdefault(role, {}).update(dict.fromkeys((office.name, *office.also, *office.written)))
    found: dict[Way, dict[str, list[str]]] = {}

    def take(way: Way, word: str, *names: str) -> None:
        found.setdefault(way, {}).setdefault(word, []).extend(names)

    for version in together:
        for way, table in _TABLES.items():
            labels: Mapping[str, Label] = getattr(version, table)
            for word, label in labels.items():
                take(way, word, label.name, *label.written)
        for key, field in version.project_fields.items():
            if key in offices:
                take(PARTICIPANT, key, *dict.fromkeys((field.name, *field.also, *offices[key])))
    for norm in (placed.norm for version in together for placed in version.placed):
        for way, word, names in _listed(norm):
            take(way, word, *names)
        for role in parties(norm):
            if role in offices:
                take(PARTY, role, *offices[role])
    return found


def _listed(norm: Norm) -> Iterator[tuple[Way, str, tuple[str, ...]]]:
    """The words that a norm lists, with their names."""
    if isinstance(norm, Pricing):
        yield from ((BASIS, each.value, (each.name, *each.written)) for each in norm.bases)
    elif isinstance(norm, Enumeration) and norm.of == "change_type":
        yield from ((TYPE, each.value, (each.name, *each.written)) for each in norm.values)
    elif isinstance(norm, Scope):
        yield from ((MONEY, each.value, (each.name, *each.written)) for each in norm.funding)


def parties(norm: Norm) -> tuple[str, ...]:
    """The offices that a norm asks to sign a form."""
    if isinstance(norm, Procedure):
        return norm.applicants
    return norm.parties if isinstance(norm, ApprovalGate | Consultation | JointApplication) else ()
