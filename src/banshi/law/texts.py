"""The texts of instruments through time: what amending instruments, in force and known, make of a version on a day."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from banshi.files.findings import Citation, Route
from banshi.law.amending import Amended, Amends, Change, Correction
from banshi.law.amendments import CannotAmend, Consolidation
from banshi.law.chain import Chain
from banshi.law.instruments import PolicyVersion
from banshi.law.unusable import PolicyUnreadable
from banshi.law.version_files import VersionFiles, typed

_ONE_DAY = datetime.timedelta(days=1)


class Moment(NamedTuple):
    """What a text is asked for: a day of the law, what was known on a day (None: all), since when a matter is pending."""

    day: datetime.date
    known_on: datetime.date | None = None
    filed_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """A text of an instrument, with the days on which it is in force (``until`` None: no end is known)."""

    text: PolicyVersion
    since: datetime.date
    until: datetime.date | None

    def holds(self, day: datetime.date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


class AmendmentFails(PolicyUnreadable):
    """A change of an amending instrument that cannot be made: ``where`` it stands in the file at ``path``."""

    def __init__(self, path: Path, where: Route, why: CannotAmend) -> None:
        super().__init__(path, why.why)
        self.where, self.said = where, why.why


class _Step(NamedTuple):
    """A change that has begun by a day, with the file and place it stands in; ``lapsed``: since when it no longer holds."""

    change: Change
    by: Amended
    path: Path
    where: Route
    order: tuple[object, ...]
    lapsed: datetime.date | None

    @property
    def day(self) -> datetime.date:
        """When the text last changed by it."""
        return self.lapsed or self.by.since


class Texts:
    """Consolidated texts of version files; each is made once."""

    def __init__(self, files: VersionFiles) -> None:
        self._files = files
        self._chain = Chain(files)
        self._made: dict[object, PolicyVersion] = {}
        self._texts: dict[tuple[Path, Moment], PolicyVersion] = {}
        self._days: dict[Path, set[datetime.date]] = {}
        self._amended: dict[object, Path | None] = {}
        self._editions: dict[object, tuple[Edition, ...]] = {}

    def in_force(self, instrument: str, when: Moment) -> PolicyVersion | None:
        """The normative text of an instrument in force at a moment. Raises ``PolicyUnreadable``."""
        best: PolicyVersion | None = None
        for path in self._files.files(instrument):
            text = self.text(path, when)
            if not _applies(text, when) or _passed_over(text.begins, text.pending, when):
                continue
            if best is None or text.begins >= best.begins:
                best = text
        return None if best is None or _ended(best, when.filed_on or when.day) else best

    def text(self, path: Path, when: Moment) -> PolicyVersion:
        """A version file's text at a moment, in force or not. Raises ``PolicyUnreadable``."""
        if (path, when) not in self._texts:
            self._chain.look(path)
            self._texts[path, when] = self._text(path, when)
        return self._texts[path, when]

    def _text(self, path: Path, when: Moment) -> PolicyVersion:
        wrong = [each for each in self._files.load(path).corrections if told(each, when.known_on)]
        steps = sorted(self._steps(path, when), key=lambda step: step.order)
        if not wrong and not steps:
            return self._files.load(path)
        key = path, tuple(each.id for each in wrong), tuple((id(s.change), s.by.since, s.lapsed) for s in steps)
        if key not in self._made:
            self._made[key] = self._make(path, wrong, steps)
        return self._made[key]

    def _make(self, path: Path, wrong: list[Correction], steps: list[_Step]) -> PolicyVersion:
        making = self._making(path, wrong, steps)
        data = making.text
        if steps:
            data["version"] = max(step.day for step in steps).isoformat()
        made = typed(path, data)
        made.__dict__["_amended"] = making.marks
        return made

    def data(self, path: Path, when: Moment) -> dict[str, Any]:
        """What a version file would say at a moment, as plain data. Raises ``PolicyUnreadable``."""
        self._chain.look(path)
        steps = sorted(self._steps(path, when), key=lambda step: step.order)
        return self._making(path, [], steps).text

    def _making(self, path: Path, wrong: list[Correction], steps: list[_Step]) -> Consolidation:
        making = Consolidation(self._files.data(path))
        for correction in wrong:
            _or_fail(path, ("corrections",), partial(making.correct, correction))
        for step in steps:
            if step.lapsed is None:
                _or_fail(step.path, step.where, partial(making.apply, step.change, step.by))
        return making

    def _steps(self, path: Path, when: Moment) -> Iterator[_Step]:
        """Every change that has begun to hold for a version file's text."""
        for other in self._chain.amending(path):
            text = self.text(other, when)
            if text.normative and _known(text, when.known_on):
                yield from self._steps_of(text, other, path, when)

    def _steps_of(self, text: PolicyVersion, other: Path, path: Path, when: Moment) -> Iterator[_Step]:
        """The changes of one amending text."""
        own = self._files.load(path)
        for n, entry in enumerate(text.amends):
            since = entry.since or text.dates.in_force
            if entry.instrument != own.instrument or since is None or since > when.day or _ended(text, since):
                continue
            if _passed_over(since, entry.pending or text.pending, when) or self.amended_file(entry, since) != path:
                continue
            for m, change in enumerate(entry.changes):
                by = Amended(change.do, _cited(text, change), since)
                order = (since, text.dates.issued or since, text.instrument, other, n, m)
                ends = [day for day in (entry.until, change.last_day) if day is not None and day < when.day]
                lapsed = min(ends) + _ONE_DAY if ends else None
                yield _Step(change, by, other, ("amends", n, "changes", m), order, lapsed)

    def changes(self, text: PolicyVersion, path: Path) -> bool:
        """Whether a text that amends a file does change it: not where the two amend each other and that one came later."""
        return self._chain.changes(text, self._files.load(path))

    def amended_file(self, entry: Amends, since: datetime.date) -> Path | None:
        """Which version of an instrument is changed: the one named, else the one in force then, else the first to come."""
        key = entry.instrument, entry.version, since
        if key not in self._amended:
            self._amended[key] = self._amended_file(entry, since)
        return self._amended[key]

    def _amended_file(self, entry: Amends, since: datetime.date) -> Path | None:
        files = self._files.files(entry.instrument)
        if entry.version is not None:
            return next((path for path in files if path.stem == entry.version), None)
        begun = [path for path in files if self._files.load(path).begins <= since]
        return max(begun, key=lambda path: self._files.load(path).begins, default=next(iter(files), None))

    def editions(self, instrument: str, known_on: datetime.date | None) -> tuple[Edition, ...]:
        """The normative texts of an instrument, oldest first."""
        key = instrument, known_on
        if key not in self._editions:
            self._editions[key] = tuple(self._editions_of(instrument, known_on))
        return self._editions[key]

    def _editions_of(self, instrument: str, known_on: datetime.date | None) -> Iterator[Edition]:
        last: PolicyVersion | None = None
        since = datetime.date.min
        for day in sorted(self.days(instrument)):
            text = self.in_force(instrument, Moment(day, known_on))
            if text is not last:
                if last is not None:
                    yield Edition(last, since, day - _ONE_DAY)
                last, since = text, day
        if last is not None:
            yield Edition(last, since, None)

    def days(self, instrument: str) -> set[datetime.date]:
        """The days on which the text of an instrument may change, by its own dates and by those of what amends it."""
        return {day for path in self._files.files(instrument) for day in self._days_of(path)}

    def _days_of(self, path: Path) -> set[datetime.date]:
        """The days on which a file's text may change: its own, and those of what amends it, whatever that becomes."""
        if path not in self._days:
            self._chain.look(path)
            found = set(_own_days(self._files.load(path)))
            for other in self._chain.amending(path):
                days = self._days_of(other)
                texts = {id(text): text for text in (self.text(other, Moment(day)) for day in sorted(days))}
                found |= days.union(*map(_own_days, texts.values()))
            self._days[path] = found
        return self._days[path]


def _own_days(text: PolicyVersion) -> set[datetime.date]:
    """The days that a text itself names: its first, the one after its last, those of its changes."""
    found = {text.dates.in_force}
    ends = [text.dates.ended]
    for entry in text.amends:
        found.add(entry.since)
        ends += [entry.until, *(change.last_day for change in entry.changes)]
    found |= {day + _ONE_DAY for day in ends if day is not None}
    return {day for day in found if day is not None}


def _applies(text: PolicyVersion, when: Moment) -> bool:
    return text.normative and text.begins <= when.day and _known(text, when.known_on)


def _passed_over(since: datetime.date, pending: str | None, when: Moment) -> bool:
    """Whether what began after a matter was filed leaves it alone."""
    return when.filed_on is not None and since > when.filed_on and pending != "new_text"


def _ended(text: PolicyVersion, day: datetime.date) -> bool:
    return text.dates.ended is not None and text.dates.ended < day


def _known(version: PolicyVersion, on: datetime.date | None) -> bool:
    return on is None or version.dates.known is None or version.dates.known <= on


def told(correction: Correction, known_on: datetime.date | None) -> bool:
    """Whether a file still said what a correction mends, on the day of which one asks what was known."""
    if known_on is None or known_on > correction.told_until:
        return False
    return correction.told_from is None or correction.told_from <= known_on


def _cited(text: PolicyVersion, change: Change) -> Citation:
    """The provision of the amending instrument that makes a change."""
    label = next((p.label for p in text.provisions if p.id == change.at), "")
    provision = change.at or ""
    return Citation(text.instrument, text.version, provision, label, "", text.number, text.title)


def _or_fail(path: Path, where: Route, done: Callable[[], None]) -> None:
    try:
        done()
    except CannotAmend as why:
        raise AmendmentFails(path, where, why) from None
