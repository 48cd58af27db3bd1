"""The catalogues of one centre in a run: each is of one kind of case, and a department's items stand in several of them."""

import datetime
from collections.abc import Hashable, Sequence
from pathlib import PurePath

from msgspec import Struct

from banshi.base.text import Text, listed
from banshi.checking.told_places import Telling
from banshi.files.not_stated import if_stated
from banshi.files.shape import ShapeProblem
from banshi.subjects.parallel.context import Promise, promises
from banshi.subjects.parallel.forms import Catalogue

_NAMED = 3  # how many catalogues one message names


class CatalogueTold(Struct, frozen=True):
    """Whose catalogue it is, of which kind of case and since when, and what its items promise.

    What it does not state for certain is None, and may be anything.
    """

    place: str
    names: tuple[Hashable, ...]
    jurisdiction: str | None
    centre: str | None
    kind: str | None
    since: datetime.date | None
    promises: tuple[Promise, ...] | None

    def is_of(self, other: Telling) -> bool:
        """Whether another is in use beside it: one of the same kind from another day takes its place, a copy adds nothing."""
        if not isinstance(other, CatalogueTold) or _apart(self.jurisdiction, other.jurisdiction):
            return False
        if _apart(self.centre, other.centre) or (self.kind == other.kind and _apart(self.since, other.since)):
            return False
        return self.promises != other.promises


def _apart(one: object, other: object) -> bool:
    return None not in (one, other) and one != other


def telling_of(catalogue: Catalogue, place: str) -> CatalogueTold:
    """What a catalogue tells of; one that does not say whose it is may be that of any beside it."""
    own = if_stated(lambda: catalogue.jurisdiction), if_stated(lambda: catalogue.centre)
    beside = ("catalogue", PurePath(place).parent.as_posix())
    names = (beside,) if None in own else (beside, ("catalogue", *own))
    kind, since = if_stated(lambda: catalogue.case_kind), if_stated(lambda: catalogue.in_use_from)
    return CatalogueTold(place, names, *own, kind, since, if_stated(lambda: promises(catalogue)))


def beside(others: Sequence[Telling]) -> tuple[Promise, ...] | None:
    """What the items of the others promise, each once; None where one of them does not state which items it has."""
    told = [other.promises for other in others if isinstance(other, CatalogueTold)]
    return None if None in told else tuple(dict.fromkeys(each for own in told for each in own or ()))


def told_together(others: Sequence[Telling]) -> ShapeProblem:
    """Said of a catalogue that is not the only one of its centre."""
    named = [each.place for each in others[:_NAMED]]
    more = "等" if len(others) > _NAMED else ""
    message = Text(
        f"本中心的事项目录还有 {listed(named)}{more}：承诺时限的指标，把各份目录的事项合在一起算",
        f"this centre has other catalogues, {', '.join(named)}: targets about promised limits count the items of all",
    )
    return ShapeProblem("input/told-twice", (), message, Text("不用改。", "Nothing is to be done."))
