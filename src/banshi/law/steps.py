"""The changes of a text, one after the other: which have begun at a moment, and which of them hold no longer."""

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from banshi.files.findings import Citation, Route
from banshi.law.amending import Amended, Amends, Change
from banshi.law.instruments import PolicyVersion

_ONE_DAY = datetime.timedelta(days=1)


class Moment(NamedTuple):
    """What a text is asked for: a day of the law, what was known on a day (None: all), since when a matter is pending."""

    day: datetime.date
    known_on: datetime.date | None = None
    filed_on: datetime.date | None = None


class AmendingStep(NamedTuple):
    """A change with the file and place it stands in; ``lapses``: the first day on which it no longer holds (None: for good).

    ``number`` tells it from every other one; ``pending`` and ``known`` as of the amending text.
    """

    order: tuple[object, ...]
    number: int
    change: Change
    by: Amended
    path: Path
    where: Route
    lapses: datetime.date | None
    pending: str | None
    known: datetime.date | None

    def lapsed(self, day: datetime.date) -> bool:
        """Whether it no longer holds on a day."""
        return self.lapses is not None and self.lapses <= day

    def last_changed(self, day: datetime.date) -> datetime.date:
        """When the text last changed by it."""
        return self.lapses if self.lapses is not None and self.lapses <= day else self.by.since

    def counts(self, when: Moment) -> bool:
        """Whether it has begun at a moment, was known then, and reaches a matter that was pending."""
        return (
            self.by.since <= when.day
            and (when.known_on is None or self.known is None or self.known <= when.known_on)
            and not passed_over(self.by.since, self.pending, when)
        )


class Steps:
    """Makes the steps of amending texts; equal makers (``by``) are one object, and the same change keeps its number."""

    def __init__(self) -> None:
        self._makers: dict[tuple[Amended, tuple[Citation, ...]], Amended] = {}
        self._numbers: dict[object, int] = {}
        self._next = count()

    def of_entry(self, text: PolicyVersion, other: Path, n: int, since: datetime.date) -> Iterator[AmendingStep]:
        """The changes of one entry of an amending text, which lies at ``other`` and holds from ``since``."""
        entry = text.amends[n]
        for m, change in enumerate(entry.changes):
            lapses = _lapses(entry, change)
            until = None if lapses is None else lapses - _ONE_DAY
            through = _through(text, change)
            made = Amended(change.do, _cited(text, change), since, until, through)
            by = self._makers.setdefault((made, through), made)
            order = (since, text.dates.issued or since, text.instrument, other, n, m)
            key = id(change), since, lapses, other
            number = self._numbers.get(key)
            if number is None:
                number = self._numbers[key] = next(self._next)
            pending = entry.pending or text.pending
            where = ("amends", n, "changes", m)
            yield AmendingStep(order, number, change, by, other, where, lapses, pending, text.dates.known)


class AmendingPlan:
    """Steps in their order, made once."""

    def __init__(self, steps: Iterable[AmendingStep]) -> None:
        self._steps = sorted(steps, key=lambda step: step.order)
        self._since = [step.by.since for step in self._steps]

    def at(self, when: Moment) -> list[AmendingStep]:
        """Those that have begun to hold at a moment."""
        begun = self._steps[: bisect_right(self._since, when.day)]
        if when.known_on is None and when.filed_on is None:
            return begun
        return [step for step in begun if step.counts(when)]


def passed_over(since: datetime.date, pending: str | None, when: Moment) -> bool:
    """Whether what began after a matter was filed leaves it alone."""
    return when.filed_on is not None and since > when.filed_on and pending != "new_text"


def _lapses(entry: Amends, change: Change) -> datetime.date | None:
    ends = [day for day in (entry.until, change.last_day) if day is not None]
    return min(ends) + _ONE_DAY if ends else None


def _through(text: PolicyVersion, change: Change) -> tuple[Citation, ...]:
    """What has amended a change of an amending text: itself, or the text as a whole."""
    marked = text.amended.changes
    own = marked.get(change.id, ()) if change.id else ()
    return tuple(dict.fromkeys(cited for each in (*own, *marked.get("", ())) for cited in each.cited))


def _cited(text: PolicyVersion, change: Change) -> Citation:
    """The provision of the amending instrument that makes a change."""
    label = next((p.label for p in text.provisions if p.id == change.at), "")
    provision = change.at or ""
    return Citation(text.instrument, text.version, provision, label, "", text.number, text.title)
