"""Which norms does a rule rest on? Its BASIS ids, found in the instruments of its subject."""

from banshi.instruments import Placed
from banshi.library import Library
from banshi.norms import Norm
from banshi.rules import Rule

# A rule's subject folder and the topics of the instruments that it checks against.
TOPICS = {
    "change": ("change-management",),
    "attendance": ("attendance", "leave-and-attendance", "window-assessment"),
    "assessment": ("window-assessment",),
    "cases": ("parallel-approval",),
    "catalogue": ("parallel-approval", "window-assessment"),
    "parallel-case": ("parallel-approval",),
}


def basis_of(rule: Rule, library: Library) -> list[Placed[Norm]]:
    """The norms in the newest version of each instrument on the rule's topics (of every one, for rules on policies)."""
    topics = TOPICS.get(rule.id.split("/")[0])
    found: list[Placed[Norm]] = []
    for instrument in library.instruments() if rule.basis else ():
        if topics is None or instrument.rsplit("/", 1)[-1] in topics:
            newest = library.load(library.files(instrument)[-1])
            norms = {placed.norm.id: placed for placed in newest.placed}
            found += [norms[norm] for norm in rule.basis if norm in norms]
    return found
