"""What a decision read of a law: where all of that says the same in another law, it decides the same there.

A decision reads a law through what ``Law`` offers. What it was answered is compared, not which norms made the
difference: the next thing that it asks depends on nothing but the form and the answers so far.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

import msgspec
from msgspec import field

from banshi.base.text import Text
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.library import Law
from banshi.law.norms import Norm, Scope

N = TypeVar("N", bound=Norm)
P = TypeVar("P")
Read = type[Norm] | tuple[str, str] | str  # norms of a kind, what something is called, a part of a law
_WHOLE = frozenset(("versions", "norms", "placed"))
_READINGS = frozenset(("readings", "asked_about", "read_otherwise", "answered_otherwise"))
_PARTS = frozenset(
    ("names", "offices", "criteria", "classes", "steps", "tier_labels", "tiers", "jurisdiction", "gone", "begins")
) | {"outermost"}
_NOTED = _WHOLE | _READINGS | _PARTS


class LawRead(Law, frozen=True, eq=False):
    """A law that notes in ``read`` what is read of it, and of the laws that it makes when it is read otherwise."""

    read: set[Read] = field(default_factory=set)

    def __getattribute__(self, name: str) -> Any:
        """Any part of it; what is kept from an earlier question is noted as that question was."""
        if name in _NOTED:
            object.__getattribute__(self, "read").add(name)
        return object.__getattribute__(self, name)

    def all(self, kind: type[N], group: str | None = None) -> list[Placed[N]]:
        """Every norm of a kind."""
        self.read.update((kind,) if group is None else (kind, Scope))
        return super().all(kind, group)

    def once(self, prepare: Callable[[Law], P]) -> P:
        """Worked out each time: what is read of it for that is noted for each decision."""
        return prepare(self)

    def called(self, table: str, key: str) -> Text:
        """What something is called."""
        noted = (table, key)
        if noted not in self._called:
            self._called[noted] = super().called(table, key)
        self.read.add(noted)
        return self._called[noted]

    @property
    def _called(self) -> dict[tuple[str, str], Text]:
        return cast(dict[tuple[str, str], Text], self.__dict__.setdefault("_labels", {}))


class Alike:
    """In what two laws are alike."""

    def __init__(self, one: Law, other: Law) -> None:
        """Both are kept as long as it lives."""
        self._laws = one, other
        self._known: dict[Read, bool] = {}

    def in_what(self, read: Read) -> bool:
        """Whether both answer the same where this was read."""
        if read not in self._known:
            one, other = (_content(law, read) for law in self._laws)
            self._known[read] = one == other
        return self._known[read]


def _content(law: Law, read: Read) -> object:
    """What stands there, as it can be compared; of a norm also what it would say under any other reading."""
    if isinstance(read, tuple):
        return law.called(*read)
    if isinstance(read, type):
        every = [placed for version in law.versions for placed in version.placed]
        raw = [norm for version in law.versions for p in version.provisions for norm in p.norms]
        return [
            [_norm(placed) for own in (law.norms, every) for placed in own if isinstance(placed.norm, read)],
            [norm for norm in raw if isinstance(norm, read)],
            _readings(law),
        ]
    if read in _WHOLE:
        return law.versions, law.gone
    found = _readings(law) if read in _READINGS else getattr(law, read)
    return list(found.items()) if isinstance(found, dict) else found


def _norm(placed: Placed[Norm]) -> object:
    version, provision = placed.version, msgspec.structs.replace(placed.provision, norms=())
    return placed.norm, provision, version.instrument, version.jurisdiction, version.dates, version.facts


def _readings(law: Law) -> object:
    """The questions that are asked, and the kinds of the norms that they speak of."""
    return [
        (
            version.instrument,
            version.begins,
            version.readings,
            [version.kinds.get(norm) for norm in _spoken_of(version)],
        )
        for version in law.versions
        if version.readings
    ]


def _spoken_of(version: PolicyVersion) -> Iterator[str]:
    return (norm for reading in version.readings for said in reading.norms.values() for norm in said)
