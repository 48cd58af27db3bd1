"""Which norm of one text of an instrument is which of the next: one that is only called otherwise is the same norm."""

from collections.abc import Sequence

from banshi.law.instruments import PolicyVersion
from banshi.law.revisions.matching import matched
from banshi.law.revisions.trees import NORMS, id_of, tree

Names = dict[str, str]  # the id of a norm in a text → what it is called in all of them, so that it can be found again


def lineage(texts: Sequence[PolicyVersion]) -> list[Names]:
    """For each text in the order of their days: its norms by their ids, and the name that each has throughout."""
    found: list[Names] = []
    known: Names = {}  # also of norms that are away for now
    taken: set[str] = set()
    before: PolicyVersion | None = None
    for number, text in enumerate(texts):
        renamed = {} if before is None else _renamed(before, text, known)
        own: Names = {}
        for placed in text.placed:
            norm = placed.norm.id
            if norm in renamed:
                own[norm] = known.pop(renamed[norm])
            else:
                own[norm] = known.get(norm) or (norm if norm not in taken else f"{norm}~{number}")
        known |= own
        taken |= set(own.values())
        found.append(own)
        before = text
    return found


def _renamed(before: PolicyVersion, after: PolicyVersion, known: Names) -> dict[str, str]:
    """The id of a norm that was called otherwise in the text before, and how."""
    old, new = ({placed.norm.id for placed in text.placed} for text in (before, after))
    away = {each.id for each in after.amended.dropped}
    gone, come = old - new - away, new - old - known.keys()
    if not gone or not come:
        return {}
    pairs = matched(tree({"x": before}), tree({"x": after}))[NORMS]
    ids = ((id_of(one), id_of(other)) for one, other in pairs.items())
    return {other: one for one, other in ids if one in gone and other in come}
