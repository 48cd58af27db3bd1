"""How instruments stand to one another, seen from either side; which norms a later instrument has replaced."""

import datetime
from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.norms import Norm
from banshi.law.version_parts import Relation


class Replaced(Struct, frozen=True):
    """A norm of an instrument and the norms of a later one that stand in its place."""

    old: Placed[Norm]
    new: list[Placed[Norm]]


class Related(Struct, frozen=True):
    """A relation: the version that states it, and the other instrument's newest version where we have it."""

    stated_by: PolicyVersion
    relation: Relation
    other: PolicyVersion | None
    replaced: list[Replaced]


class Replacement(Struct, frozen=True):
    """Since when which norms of which version stand in a norm's place."""

    since: datetime.date | None
    by: PolicyVersion
    norms: list[Placed[Norm]]


class Relations:
    """The relations among the versions shown, oldest first within each instrument."""

    def __init__(self, versions: dict[str, list[PolicyVersion]]) -> None:
        """``versions`` by instrument."""
        self._versions = versions

    @cached_property
    def _all(self) -> list[Related]:
        return [self._related(v, r) for versions in self._versions.values() for v in versions for r in v.relations]

    def _related(self, version: PolicyVersion, relation: Relation) -> Related:
        others = self._versions.get(relation.instrument or "", [])
        replaced = [
            Replaced(old, _found([version], new))
            for norm, new in relation.replaces.items()
            for old in _found(reversed(others), (norm,))
        ]
        return Related(version, relation, others[-1] if others else None, replaced)

    def stated_by(self, version: PolicyVersion) -> list[Related]:
        """What a version says of others."""
        return [related for related in self._all if related.stated_by is version]

    def stated_of(self, version: PolicyVersion) -> list[Related]:
        """What others say of a version's instrument."""
        return [related for related in self._all if related.relation.instrument == version.instrument]

    def replacements(self, placed: Placed[Norm]) -> list[Replacement]:
        """What has replaced a norm, the earliest first."""
        return self._replacements.get((placed.version.instrument, placed.norm.id), [])

    @cached_property
    def _replacements(self) -> dict[tuple[str, str], list[Replacement]]:
        found: dict[tuple[str, str], list[Replacement]] = {}
        for related in self._all:
            since = related.relation.since or related.stated_by.dates.in_force
            for replaced in related.replaced:
                key = (replaced.old.version.instrument, replaced.old.norm.id)
                found.setdefault(key, []).append(Replacement(since, related.stated_by, replaced.new))
        return found


def _found(versions: Iterable[PolicyVersion], wanted: Iterable[str]) -> list[Placed[Norm]]:
    """Each wanted norm in the first of the versions that has it."""
    norms: dict[str, Placed[Norm]] = {}
    for version in versions:
        for placed in version.placed:
            norms.setdefault(placed.norm.id, placed)
    return [norms[norm] for norm in wanted if norm in norms]
