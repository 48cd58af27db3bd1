"""What computes from which norms: declared once for each subject, beside its computations (``<subject>/uses.py``).

A declaration names who reads, a selector of norms, and the fields that are read. On it rest ``banshi coverage`` and the
rule that nothing written is ignored; tests take each norm away in turn, and see whether the declarations are true.
"""

import re
from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property

from msgspec import Struct

from banshi.law.norms import Norm
from banshi.law.selectors import Selector, selector

# What every norm has, and every page shows; "in principle" (soft) is for those to obey that judge.
COMMON = frozenset(Norm.__struct_fields__) - {"soft"} | {"kind"}


class Use(Struct, frozen=True, dict=True):
    """``by`` (a command, the guides) reads ``fields`` of the norms that ``selects`` takes, of instruments on ``subject``."""

    by: str
    subject: str
    selects: str
    fields: frozenset[str]

    @cached_property
    def selector(self) -> Selector:
        """The selector itself."""
        return selector(self.selects)

    @property
    def kind(self) -> str:
        """The kind of norm that it reads."""
        return str(self.selector.kind.__struct_config__.tag)

    def takes(self, norm: Norm, subjects: Iterable[str]) -> bool:
        """Whether it reads a norm of an instrument that governs these subjects."""
        return (not self.subject or self.subject in subjects) and self.selector.takes(norm)


class Unit(Struct, frozen=True, dict=True):
    """Of the norms that ``selects`` takes, ``field`` (a length or bounds) is computed in these ``units`` alone.

    ``of``: the field that names a fact or a kind of leave; what that one is counted in may be written too.
    """

    selects: str
    field: str
    units: tuple[str, ...]
    of: str = ""

    @cached_property
    def selector(self) -> Selector:
        """The selector itself."""
        return selector(self.selects)


Counted = Mapping[str, Mapping[str, tuple[str, ...] | str]]


def counted_in(declared: Counted) -> tuple[Unit, ...]:
    """Selector → field → the units that are computed, or the field that names what is counted."""
    return tuple(
        Unit(selects, field, () if isinstance(units, str) else units, units if isinstance(units, str) else "")
        for selects, fields in declared.items()
        for field, units in fields.items()
    )


class Single(Struct, frozen=True, dict=True):
    """A computation takes one norm at the most of those that ``selects`` takes: for one value of each of ``same``.

    ``overlap``: fields that say for whom or when (none stated: for all): norms for others, or for other days, are
    apart. ``apart``: such a field of which "none stated" is a case of its own, the general one.
    """

    selects: str
    same: tuple[str, ...] = ()
    overlap: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @cached_property
    def selector(self) -> Selector:
        """The selector itself."""
        return selector(self.selects)

    @cached_property
    def kind(self) -> str:
        """The kind of norm that it takes."""
        return str(self.selector.kind.__struct_config__.tag)

    def key(self, norm: Norm) -> Hashable:
        """What two norms that it takes have in common if they speak of the same thing."""
        values = (getattr(norm, field) for field in self.same)
        return tuple(frozenset(value.items()) if isinstance(value, dict) else value for value in values)

    def meet(self, one: Norm, other: Norm) -> bool:
        """Whether two norms of one key hold for the same people, days and steps, wherever they state any."""
        return all(
            _meet(getattr(one, field), getattr(other, field), open_ended=True) for field in self.overlap
        ) and all(_meet(getattr(one, field), getattr(other, field), open_ended=False) for field in self.apart)

    def both(self, one: Norm, other: Norm) -> bool:
        """Whether two norms speak of the same thing, so that only one of them could be taken."""
        if not (self.selector.takes(one) and self.selector.takes(other)):
            return False
        return self.key(one) == self.key(other) and self.meet(one, other)


def _meet(one: tuple[object, ...], other: tuple[object, ...], *, open_ended: bool) -> bool:
    if not one or not other:
        return open_ended or not (one or other)
    return bool(set(one) & set(other))


GUIDES, CHECK = "guides", "banshi check"
NO_COMPUTATION = (GUIDES, CHECK)  # they print norms, or hold something against them, without computing from them

Declared = Mapping[str, Mapping[str, str]]


def reads(subject: str, declared: Declared) -> tuple[Use, ...]:
    """The uses of one subject: who → selector → the fields that it reads, with spaces between them."""
    return tuple(
        Use(by, subject, selects, frozenset(fields.split()))
        for by, selectors in declared.items()
        for selects, fields in selectors.items()
    )


# Kinds that may state something for people alone: unless a computation or a rule selects such a norm, it is there to be
# read, on its page and in guides; then what it says has to stand in its statement.
STATED = frozenset(
    [
        "promulgation",
        "scope",
        "ordering",
        "enumeration",
        "locality",
        "duty",
        "definition",
        "consequence",
        "interpretation",
        "record",
        "form",
        "citation",
        "precedence",
        "information",
        "deadline",
        "count",
    ]
)
# Fields that say something to the reader only, and whose words the statement has in its own way.
TO_BE_READ: dict[str, str] = {
    "ordering": "first then tier",
    "enumeration": "of open",
    "duty": "of",
    "consequence": "of by subjects",
    "record": "when",
    "form": "of",
    "deadline": "by inclusive count",  # {limit} says them; no file tells whether a thing existed on a day
    "score_rule": "cases values",  # the name of its fact says which cases and acts it is about
    "score_sub_item": "asks",
    "adjustment": "subjects",
    "emergency": "convened_by papers",  # who called the meeting stands in no form
    "formula": "name",  # what the result is called
    "pricing": "applies_to",  # that a contractor is the original one stands in no form
    "publicity": "by",  # the owner fills in the form of publicity, whoever posts it
    "approval_gate": "against",  # the schema knows one value
    "time_limit": "inclusive",  # the last day always belongs to a limit: the schema knows no other
    "period": "inclusive",
}


# Of fields that hold names with what belongs to them: what of that is used besides the value and its name.
NAMED_PARTS: dict[tuple[str, str], tuple[str, ...]] = {
    ("pricing", "bases"): ("written", "papers", "attachments"),
    ("enumeration", "values"): ("written",),
    ("scope", "funding"): ("written",),
    ("ranking", "groups"): (),
    ("target", "system"): (),
}
_SOFT_WORDS = ("原则上", "争取", "一般", "尽量", "力争")  # one of them says in a statement that it is not strict
_PLACED = re.compile(r"\{(\w+)")


def to_be_read(kind: str, field: str) -> bool:
    """Whether a field of a kind only says something to the reader."""
    return field in COMMON or field in TO_BE_READ.get(kind, "").split()


def said_in_statement(norm: Norm, field: str) -> bool:
    """Whether a norm's own statement shows what a field says."""
    if field == "soft":
        return any(word in norm.statement for word in _SOFT_WORDS)
    return field in _PLACED.findall(norm.statement)


def executable(kind: str) -> bool:
    """Whether norms of a kind are there to be computed from."""
    return kind not in STATED
