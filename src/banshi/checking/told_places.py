"""What files of one run tell of the same thing: none of the tellers sees the others, so the run is done again, knowing them all."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import combinations, islice
from typing import Protocol, TypeVar

from banshi.base.repeats import Repeats, in_brief
from banshi.files.findings import Findings
from banshi.files.report import Report

T = TypeVar("T")

MOST_SEEN = 20  # others that one telling is compared with; what more of them say does not matter any more
_MOST_HELD = 50_000  # names whose tellings a run holds before it knows which of them come again
_PAIRS = 200  # tellings of one name that are compared with each other before the run is simply done again


class Telling(Protocol):
    """One place of a run that tells of something, which ``names`` say what it is."""

    @property
    def place(self) -> str: ...  # noqa: D102
    @property
    def names(self) -> tuple[Hashable, ...]: ...  # noqa: D102
    def is_of(self, other: "Telling", /) -> bool:
        """Whether another of the same name speaks of the same thing."""


Named = dict[Hashable, dict[str, Telling]]


class Tellings:
    """The tellings of a run, and those of the run before it of things that are told in more than one place.

    Of a run of more than ``_MOST_HELD`` the names alone are noted first, and a second run holds those told repeatedly.
    """

    def __init__(self) -> None:
        self._now: Named = {}
        self._known: Named = {}
        self._noted = Repeats()
        self._repeated: set[bytes] | None = None  # names (in brief) told more than once; None: not known yet
        self._own: list[Telling] | None = None  # of one unit of work, in a process that does not see the whole run
        self._briefs: list[bytes] | None = None  # names that were told since they were asked for
        self._from_before = False  # whether an unfinished run told of some, of which the names alone are known

    def forget(self) -> None:
        """Other files are looked at."""
        self._known, self._repeated = {}, None
        self.begin()

    def know(self, told: Iterable[Telling]) -> None:
        """Those of a run before, in its order: what each place tells of is held against them."""
        self.forget()
        for telling in told:
            for name in telling.names:
                self._known.setdefault(name, {})[telling.place] = telling

    def begin(self) -> None:
        """A run begins."""
        self._now.clear()
        self._noted, self._from_before = Repeats(), False

    def briefs(self) -> list[bytes]:
        """The names (in brief) that were told of since it was asked last; from then on they are listened for."""
        found, self._briefs = self._briefs or [], []
        return found

    def recall(self, briefs: Iterable[bytes]) -> None:
        """Names that an unfinished run told of."""
        self._from_before = True
        for brief in briefs:
            self._noted.add(brief)

    def apart(self) -> None:
        """A unit of work begins in a process that does not see the whole run: ``new`` says what it told of."""
        self._own = []

    def add(self, telling: Telling) -> list[Telling]:
        """One more; the others, as far as a run before has met them (at most ``MOST_SEEN`` and one)."""
        if self._own is None:
            self._take(telling)
        else:
            self._own.append(telling)
        found = (each for name in telling.names for each in self._known.get(name, {}).values())
        others = {each.place: each for each in islice(_rivals(telling, found), 2 * MOST_SEEN)}
        return list(others.values())[: MOST_SEEN + 1]

    def new(self) -> list[Telling]:
        """What the unit of work told of: for whoever sees the whole run."""
        return self._own or []

    def take(self, told: Iterable[Telling]) -> None:
        """Those that were met elsewhere."""
        for telling in told:
            self._take(telling)

    def known(self, name: Hashable) -> Mapping[str, Telling]:
        """What a run before has met under a name, by its place."""
        return self._known.get(name, {})

    def learn(self) -> bool:
        """Whether the run told of something in several places that it did not know of; a run after this one knows."""
        if self._repeated is None and (self._from_before or len(self._noted) > _MOST_HELD):
            self._repeated = self._noted.found()
            return bool(self._repeated)
        found = {name: told.copy() for name, told in self._now.items() if _several(list(told.values()))}
        new = any(_says_more(told, self._known.get(name, {})) for name, told in found.items())
        self._known = found
        return new

    def _take(self, telling: Telling) -> None:
        for name in telling.names:
            if self._briefs is not None:
                self._briefs.append(in_brief(name))
            if self._holds(name):
                self._now.setdefault(name, {})[telling.place] = telling

    def _holds(self, name: Hashable) -> bool:
        if self._repeated is not None:
            return in_brief(name) in self._repeated
        self._noted.add(in_brief(name))
        if len(self._noted) == _MOST_HELD + 1:
            self._now.clear()
        return len(self._noted) <= _MOST_HELD


def _says_more(told: Mapping[str, Telling], known: Mapping[str, Telling]) -> bool:
    """Whether there are other places than were known, or one says what another of them asked (``side``)."""
    if told.keys() != known.keys():
        return True
    return any(getattr(each, "side", None) != getattr(known[place], "side", None) for place, each in told.items())


def _rivals(telling: Telling, found: Iterable[Telling]) -> Iterable[Telling]:
    return (each for each in found if each.place != telling.place and telling.is_of(each))


def _several(told: list[Telling]) -> bool:
    return len(told) > _PAIRS or any(one.is_of(other) for one, other in combinations(told, 2))


def knowing_all(
    tellings: Tellings, report: Report, run: Callable[[Report], T], again: Callable[[], None] | None = None
) -> T:
    """What a run comes to, with what it finds added to ``report``; done again where its parts did not know of each other.

    ``again`` is told of each time that it is.
    """
    tellings.forget()
    while True:
        own = Report(Findings(most=report.findings.most))
        found = run(own)
        if not tellings.learn():
            report.add(own)
            return found
        if again:
            again()
