"""The catalogues of one centre in a run: each is of one kind of case, and a department's items stand in several of them."""

import datetime
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from banshi.base.text import Text, listed
from banshi.checking.told_places import Telling
from banshi.files.shape import ShapeProblem
from banshi.subjects.parallel.context import Promise, promises
from banshi.subjects.parallel.forms import Catalogue

_NAMED = 3  # how many catalogues one message names


@dataclass(frozen=True, slots=True)
class CatalogueTold:
    """Whose catalogue it is, of which kind of case and since when, and what its items promise."""

    place: str
    names: tuple[Hashable, ...]
    kind: str
    since: datetime.date
    promises: tuple[Promise, ...]

    def is_of(self, other: Telling) -> bool:
        """Whether another is in use beside it: one of the same kind from another day takes its place, a copy adds nothing."""
        if not isinstance(other, CatalogueTold) or (self.kind == other.kind and self.since != other.since):
            return False
        return self.promises != other.promises


def telling_of(catalogue: Catalogue, place: str) -> CatalogueTold:
    """What a catalogue tells of."""
    name = ("catalogue", catalogue.jurisdiction, catalogue.centre)
    return CatalogueTold(place, (name,), catalogue.case_kind, catalogue.in_use_from, promises(catalogue))


def beside(others: Sequence[Telling]) -> tuple[Promise, ...]:
    """What the items of the others promise, each once."""
    every = (each for other in others if isinstance(other, CatalogueTold) for each in other.promises)
    return tuple(dict.fromkeys(every))


def told_together(others: Sequence[Telling]) -> ShapeProblem:
    """Said of a catalogue that is not the only one of its centre."""
    named = [each.place for each in others[:_NAMED]]
    more = "等" if len(others) > _NAMED else ""
    message = Text(
        f"本中心的事项目录还有 {listed(named)}{more}：承诺时限的指标，把各份目录的事项合在一起算",
        f"this centre has other catalogues, {', '.join(named)}: targets about promised limits count the items of all",
    )
    return ShapeProblem("input/told-twice", (), message, Text("不用改。", "Nothing is to be done."))
