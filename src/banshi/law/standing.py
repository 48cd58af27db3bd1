"""What stands in force in a place day after day: of two days that are asked for only what changes between them is looked up.

A question about one day asks every instrument. A check of the law asks about as many days as there are files; with this it
costs what changes, not every instrument on every day.
"""

import datetime
from bisect import bisect_right
from collections.abc import Callable, Sequence

from banshi.law.instruments import PolicyVersion
from banshi.law.unusable import PolicyUnreadable

InForceOn = Callable[[str, datetime.date], PolicyVersion | None]
_FEW = 8  # days that are asked for one by one: what is prepared for all of them would cost more
_KEPT = 64  # states that are kept; each is as long as there are instruments


class Standing:
    """Instruments of a place, in their order, with what of each is in force on a day."""

    def __init__(
        self,
        names: Sequence[str],
        in_force: InForceOn,
        days: Callable[[str], set[datetime.date]],
        few: int | None = None,
    ) -> None:
        """``in_force``: the text of one on a day; ``days``: those on which its text may change. Both raise ``PolicyUnreadable``."""
        self._names, self._in_force, self._days_of = names, in_force, days
        self._few = _FEW if few is None else few
        self._asked: set[datetime.date] = set()
        self._days: list[datetime.date] | None = None
        self._changing: list[list[int]] = [[]]  # from each day on: the places of those that may change on it
        self._unknown: list[int] = []  # of which nobody can say when they change: asked on every day
        self._states: dict[int, list[PolicyVersion | None]] = {}

    def at(self, day: datetime.date) -> list[PolicyVersion]:
        """What is in force on a day. Raises ``PolicyUnreadable``."""
        if len(self._asked) < self._few:
            self._asked.add(day)
            found = [self._in_force(name, day) for name in self._names]
        else:
            found = self._state(day)
        return [version for version in found if version is not None]

    def _state(self, day: datetime.date) -> list[PolicyVersion | None]:
        days = self._prepared()
        place = bisect_right(days, day)
        if place not in self._states:
            self._states[place] = self._made(place, day)
            if len(self._states) > _KEPT:
                del self._states[next(iter(self._states))]
        state = self._states[place]
        if self._unknown:
            state = state.copy()
            for n in self._unknown:
                state[n] = self._in_force(self._names[n], day)
        return state

    def _made(self, place: int, day: datetime.date) -> list[PolicyVersion | None]:
        """A state from the nearest one that is known; before the first day nothing is in force."""
        near = min(self._states, key=lambda known: abs(known - place), default=0)
        if place <= abs(near - place):
            near = 0
        nothing: list[PolicyVersion | None] = [None] * len(self._names)
        state = self._states[near].copy() if near in self._states else nothing
        moved = self._changing[min(near, place) + 1 : max(near, place) + 1]
        for n in {n for each in moved for n in each}:
            state[n] = self._in_force(self._names[n], day)
        return state

    def _prepared(self) -> list[datetime.date]:
        if self._days is None:
            changing: dict[datetime.date, list[int]] = {}
            for n, name in enumerate(self._names):
                try:
                    for day in self._days_of(name):
                        changing.setdefault(day, []).append(n)
                except PolicyUnreadable:
                    self._unknown.append(n)
            self._days = sorted(changing)
            self._changing += [changing[day] for day in self._days]
        return self._days
