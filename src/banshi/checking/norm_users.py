"""Who uses a norm: the commands that compute from it, the rules that rest on it, the calculators and the guides that show it,
the scenarios and recorded cases that cite it.

Commands are those that declare it (``subjects/*/uses.py``, held to the truth by tests); rules by their BASIS; guides by what
they pick; calculators by what was put into them; scenarios and recorded cases by the citations of what they came to.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from banshi.checking.declared_uses import taking
from banshi.checking.rule_basis import basis_of
from banshi.checking.rules import Rule
from banshi.files.findings import Citation
from banshi.law.guides import Guide, law_of
from banshi.law.instruments import Placed
from banshi.law.library import Library
from banshi.law.norms import Norm
from banshi.law.uses import NO_COMPUTATION


class KindOfUse(StrEnum):
    """What uses a norm, from the most to the least binding."""

    COMPUTED = "computed"
    CHECKED = "checked"
    CALCULATOR = "calculator"
    GUIDE = "guide"
    SCENARIO = "scenario"
    CASE = "case"
    INFORMATIVE = "informative"


class User(Struct, frozen=True):
    """One user: a command, the id of a rule, a calculator or a guide, the name of a scenario, the path of a recorded case."""

    use: KindOfUse
    name: str


Key = tuple[str, str]  # instrument, norm
Users = dict[Key, list[User]]


def key_of(placed: Placed[Norm]) -> Key:
    """By which a norm is known, whatever text of its instrument it stands in."""
    return placed.version.instrument, placed.norm.id


def every_norm(library: Library) -> list[Placed[Norm]]:
    """Every norm of every text of every instrument."""
    texts = (text for instrument in library.instruments() for text in library.texts(instrument))
    return [placed for text in texts for placed in text.placed]


def users_of_norms(
    library: Library,
    rules: Iterable[Rule],
    guides: Iterable[Guide],
    others: Iterable[tuple[Key, User]] = (),
) -> Users:
    """Norm → its users, the most binding first. ``others``: calculators, scenarios, recorded cases (``citing``)."""
    found: dict[Key, dict[User, None]] = {}
    for key, user in (*_computed(library), *_checked(library, rules), *_printed(library, guides), *others):
        found.setdefault(key, {})[user] = None
    order = list(KindOfUse)
    return {key: sorted(users, key=lambda user: order.index(user.use)) for key, users in found.items()}


def citing(use: KindOfUse, cited: Iterable[tuple[str, Citation]]) -> Iterator[tuple[Key, User]]:
    """Users by name with what they came to cite: citations of a whole instrument name no norm."""
    return (((each.instrument, each.norm), User(use, name)) for name, each in cited if each.norm)


def _computed(library: Library) -> Iterator[tuple[Key, User]]:
    for placed in every_norm(library):
        for use in taking(placed.norm, placed.version.subjects):
            if use.by not in NO_COMPUTATION:
                yield key_of(placed), User(KindOfUse.COMPUTED, use.by)


def _checked(library: Library, rules: Iterable[Rule]) -> Iterator[tuple[Key, User]]:
    for rule in rules:
        for placed in basis_of(rule, library):
            yield key_of(placed), User(KindOfUse.CHECKED, rule.id)


def _printed(library: Library, guides: Iterable[Guide]) -> Iterator[tuple[Key, User]]:
    for guide in guides:
        laws = {name: law_of(guide, library, name) for name in ("", *guide.instruments)}
        for pick in guide.picks:
            law = laws.get(pick.instrument)
            for placed in pick.of(law) if law else ():
                yield key_of(placed), User(KindOfUse.GUIDE, guide.id)
