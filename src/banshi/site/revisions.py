"""What changes when: every day on which a text shown begins or ends, what is in force on each, neighbours side by side."""

import datetime
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from banshi.base import limits
from banshi.law.amending import Correction
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.norms import Norm
from banshi.law.revisions.saying import Comparison
from banshi.law.revisions.sides import Side
from banshi.law.revisions.words import SchemaWords
from banshi.law.texts import Edition
from banshi.site.through_time import ThroughTime

_ONE_DAY = datetime.timedelta(days=1)
# How a text comes to be in force, or ceases to be.
FIRST, AMENDED, NEW_VERSION, AGAIN, ENDED = "first", "amended", "version", "again", "ended"


class TextChange(Struct, frozen=True):
    """What happens to an instrument on a day: its text of ``before`` gives way to that of ``after`` (None: to none).

    ``how``: its first text, an amendment, a new version, in force again after a time without a text, or at an end.
    """

    day: datetime.date
    how: str
    before: Edition | None
    after: Edition | None

    @property
    def text(self) -> PolicyVersion:
        """The text that it is about."""
        edition = self.after or self.before
        assert edition is not None
        return edition.text


class TextsOfDay(Struct, frozen=True):
    """Texts of a place that are in force on a day: those that are listed, and how many more there are."""

    place: str
    listed: list[Edition]
    left: int


class Mended(Struct, frozen=True):
    """A correction of the encoding, and since when answers are right."""

    day: datetime.date
    text: PolicyVersion
    correction: Correction

    @property
    def placed(self) -> Placed[Norm] | None:
        """The norm that was wrong, where it is one."""
        return next((p for p in self.text.placed if p.norm.id == self.correction.norm), None)


class Revisions(Struct, frozen=True, dict=True):
    """The texts of the instruments shown, day by day."""

    time: ThroughTime
    words: SchemaWords

    @cached_property
    def steps(self) -> dict[datetime.date, list[TextChange]]:
        """Every day on which something changed or will, the earliest first, with what does."""
        every = sorted(
            (step for name in self.time.instruments for step in _steps(self.time.line(name))),
            key=lambda step: (step.day, step.text.instrument),
        )
        found: dict[datetime.date, list[TextChange]] = {}
        for step in every:
            found.setdefault(step.day, []).append(step)
        return found

    @property
    def coming(self) -> list[tuple[datetime.date, list[TextChange]]]:
        """The days to come."""
        return [(day, steps) for day, steps in self.steps.items() if day > self.time.on]

    @property
    def past(self) -> list[tuple[datetime.date, list[TextChange]]]:
        """The days until now, the latest first."""
        return [(day, steps) for day, steps in reversed(self.steps.items()) if day <= self.time.on]

    def in_force(self, day: datetime.date) -> list[TextsOfDay]:
        """The texts in force on a day by place, of all places together those that began last: a page a day stays small."""
        found: dict[str, list[Edition]] = {}
        for edition in self._every:
            if edition.holds(day):
                found.setdefault(edition.text.jurisdiction_name, []).append(edition)
        begun = sorted((each for own in found.values() for each in own), key=lambda each: each.since, reverse=True)
        last = {id(each) for each in begun[: limits.MAX_IN_FORCE]}
        return [
            TextsOfDay(place, listed := [each for each in own if id(each) in last], len(own) - len(listed))
            for place, own in found.items()
        ]

    @cached_property
    def _every(self) -> list[Edition]:
        return [edition for name in self.time.instruments for edition in self.time.line(name)]

    def neighbours(self, day: datetime.date) -> tuple[datetime.date | None, datetime.date | None]:
        """The days before and after one of the days on which something changes."""
        days = list(self.steps)
        n = days.index(day)
        return (days[n - 1] if n else None), (days[n + 1] if n + 1 < len(days) else None)

    def before(self, version: PolicyVersion) -> Edition | None:
        """The text that a text took the place of; None for the first, and for a paper that never is in force."""
        line = self.time.line(version.instrument)
        n = next((n for n, edition in enumerate(line) if edition.text is version), 0)
        return line[n - 1] if n else None

    def comparison(self, before: PolicyVersion, after: PolicyVersion) -> Comparison:
        """Two texts of an instrument side by side."""
        old, new = (Side(f"{each.instrument}/{each.version}", {each.instrument: each}) for each in (before, after))
        return Comparison(old, new, self.words)

    @cached_property
    def mended(self) -> list[Mended]:
        """The corrections of the encoding, the latest first."""
        library = self.time.library
        found = [
            Mended(correction.told_until + _ONE_DAY, version, correction)
            for name in self.time.instruments
            for version in map(library.load, library.files(name))
            for correction in version.corrections
        ]
        return sorted(found, key=lambda each: (each.day, each.text.instrument, each.correction.id), reverse=True)


def _steps(line: tuple[Edition, ...]) -> Iterator[TextChange]:
    """What happens to one instrument, in the order of the days."""
    before: Edition | None = None
    for edition in line:
        gap = before is None or before.until is None or before.until + _ONE_DAY < edition.since
        if before is not None and before.until is not None and gap:
            yield TextChange(before.until + _ONE_DAY, ENDED, before, None)
        yield TextChange(edition.since, _how(before, edition, gap=gap), before, edition)
        before = edition
    if before is not None and before.until is not None:
        yield TextChange(before.until + _ONE_DAY, ENDED, before, None)


def _how(before: Edition | None, edition: Edition, *, gap: bool) -> str:
    if before is None:
        return FIRST
    same = (edition.text.amended.base or edition.text.version) == (before.text.amended.base or before.text.version)
    if not same:
        return NEW_VERSION
    return AGAIN if gap else AMENDED
