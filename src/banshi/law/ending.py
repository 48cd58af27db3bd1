"""What relations between instruments end: norms that another one has put something else in place of, and whole instruments."""

import datetime
from collections.abc import Sequence

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
    place = relating[0].jurisdiction
    if all(version.jurisdiction == place for version in versions):
        every = [version.ended for version in relating]
        later = (version for version, (last, _) in zip(relating, every, strict=True) if last > day)
        return frozenset().union(
            *[ended for last, ended in every if last <= day], *(_begun(each, day) for each in later)
        )
    by_name = {version.instrument: version for version in versions}
    return frozenset().union(*(_ended(version, by_name, day) for version in relating))


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
