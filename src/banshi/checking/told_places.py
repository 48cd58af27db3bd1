"""What files of one run tell of the same thing: none of the tellers sees the others, so the run is done again, knowing them all."""

from collections.abc import Callable, Hashable, Iterable
from itertools import combinations, islice
from typing import Protocol, TypeVar

from banshi.files.findings import Findings
from banshi.files.report import Report

T = TypeVar("T")

MOST_SEEN = 20  # others that one telling is compared with; what more of them say does not matter any more
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
    """The tellings of a run, and those of the run before it of things that are told in more than one place."""

    def __init__(self) -> None:
        self._now: Named = {}
        self._known: Named = {}
        self._new: list[Telling] = []

    def begin(self) -> None:
        """A run begins."""
        self._now.clear()
        self._new.clear()

    def add(self, telling: Telling) -> list[Telling]:
        """One more; the others, as far as a run before has met them (at most ``MOST_SEEN`` and one)."""
        self._take(telling)
        self._new.append(telling)
        found = (each for name in telling.names for each in self._known.get(name, {}).values())
        others = {each.place: each for each in islice(_rivals(telling, found), 2 * MOST_SEEN)}
        return list(others.values())[: MOST_SEEN + 1]

    def new(self) -> list[Telling]:
        """Those since this was last asked: for whoever sees the whole run."""
        found, self._new = self._new, []
        return found

    def take(self, told: Iterable[Telling]) -> None:
        """Those that were met elsewhere."""
        for telling in told:
            self._take(telling)

    def learn(self) -> bool:
        """Whether the run told of something in several places that it did not know of; a run after this one knows."""
        found = {name: told.copy() for name, told in self._now.items() if _several(list(told.values()))}
        new = any(told.keys() != self._known.get(name, {}).keys() for name, told in found.items())
        self._known = found
        return new

    def _take(self, telling: Telling) -> None:
        for name in telling.names:
            self._now.setdefault(name, {})[telling.place] = telling


def _rivals(telling: Telling, found: Iterable[Telling]) -> Iterable[Telling]:
    return (each for each in found if each.place != telling.place and telling.is_of(each))


def _several(told: list[Telling]) -> bool:
    return len(told) > _PAIRS or any(one.is_of(other) for one, other in combinations(told, 2))


def knowing_all(tellings: Tellings, report: Report, run: Callable[[Report], T]) -> T:
    """What a run comes to, with what it finds added to ``report``; done again where its parts did not know of each other."""
    while True:
        own = Report(Findings(most=report.findings.most))
        found = run(own)
        if not tellings.learn():
            report.add(own)
            return found
