"""What relations between instruments end: norms that another one has put something else in place of, and whole instruments."""

import datetime
from collections.abc import Sequence
from operator import attrgetter

from banshi.law.instruments import PolicyVersion
from banshi.law.overlays import is_below, may_replace
from banshi.law.version_parts import Relation

Gone = frozenset[tuple[str, str | None]]  # an instrument with the id of its norm; None: all of it


def gone(versions: Sequence[PolicyVersion], day: datetime.date) -> Gone:
    """What no longer holds on a day of versions that stand together.

    A lower jurisdiction's instrument ends none of a higher one's, and takes the place of its norms only where it may;
    what may not stand in their place holds nowhere.
    """
    relating = [version for version in versions if version.relations]
    if not relating:
        return frozenset()
    if len(places_of(versions)) == 1:
        begun = [ended for last, ended in [version.ended for version in relating] if last <= day]
        if len(begun) < len(relating):
            begun += [_begun(version, day) for version in relating if version.ended[0] > day]
        return frozenset().union(*begun)
    by_name = {version.instrument: version for version in versions}
    return frozenset().union(*(_ended(version, by_name, day) for version in relating))


def places_of(versions: Sequence[PolicyVersion]) -> set[str]:
    """The jurisdictions that the versions are of."""
    return set(map(_PLACE, versions))


_PLACE = attrgetter("jurisdiction")  # a check of the law asks all its texts on as many days as there are texts


def _begun(version: PolicyVersion, day: datetime.date) -> Gone:
    """What a version has ended by a day on which some of its relations have not begun."""
    return frozenset().union(*(ended for since, _, ended in version.ending if since <= day))


def _ended(version: PolicyVersion, by_name: dict[str, PolicyVersion], day: datetime.date) -> Gone:
    found: set[tuple[str, str | None]] = set()
    for since, relation, ended in version.ending:
        if since > day:
            continue
        outer = by_name.get(relation.instrument or "")
        below = outer is not None and is_below(version.jurisdiction, outer.jurisdiction)
        found |= _from_below(version, outer, relation) if outer is not None and below else ended
    return frozenset(found)


def _from_below(version: PolicyVersion, outer: PolicyVersion, relation: Relation) -> set[tuple[str, str | None]]:
    found: set[tuple[str, str | None]] = set()
    for norm, ours in relation.replaces.items():
        stands = may_replace(version.placed, ours, outer.placed, norm)
        found |= {(outer.instrument, norm)} if stands else {(version.instrument, each) for each in ours}
    return found
