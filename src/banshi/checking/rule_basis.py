"""Which norms does a rule rest on? Its BASIS selects them by kind and fields, in the law that it is judged by."""

from banshi.checking.rules import Rule
from banshi.files.findings import Citation
from banshi.law.instruments import Placed
from banshi.law.library import Law, Library
from banshi.law.norms import Norm
from banshi.law.selectors import select

# A rule's folder and what the instruments that it checks against govern; other folders look at every instrument.
SUBJECTS = {
    "change": ("change",),
    "attendance": ("attendance",),
    "assessment": ("assessment",),
    "cases": ("parallel",),
    "catalogue": ("parallel", "assessment"),
    "parallel-case": ("parallel",),
}


def cites(rule: Rule, law: Law | None) -> tuple[Citation, ...]:
    """What a rule rests on in a law; where that law holds none of the norms, the instruments themselves."""
    if law is None or not rule.basis:
        return ()
    if rule.id not in law.cited:
        found = select(law.norms, rule.basis)
        law.cited[rule.id] = tuple(placed.cite for placed in found) or tuple(v.cite for v in law.versions)
    return law.cited[rule.id]


def basis_of(rule: Rule, library: Library) -> list[Placed[Norm]]:
    """The norms in the text of each instrument on the rule's subjects on the library's day, of whatever jurisdiction."""
    subjects = SUBJECTS.get(rule.id.split("/")[0])
    found: list[Placed[Norm]] = []
    for instrument in library.instruments() if rule.basis else ():
        shown = library.shown(instrument)
        if shown is not None and (subjects is None or set(subjects) & set(shown.subjects)):
            found += select(shown.placed, rule.basis)
    return found
