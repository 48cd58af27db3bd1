"""The texts of instruments through time: what amending instruments, in force and known, make of a version on a day."""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from banshi.files.findings import Route
from banshi.law.amending import Amends, Correction
from banshi.law.amendments import CannotAmend, Consolidation
from banshi.law.chain import Chain
from banshi.law.instruments import PolicyVersion
from banshi.law.steps import AmendingPlan, AmendingStep, Moment, Steps, passed_over
from banshi.law.unusable import PolicyUnreadable
from banshi.law.version_files import VersionFiles, typed

_ONE_DAY = datetime.timedelta(days=1)
_KEPT = 32  # of the texts on the way to another one each that many changes further on is kept


class Edition(Struct, frozen=True):
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


_Begun = tuple[list[datetime.date], list[tuple[int, PolicyVersion]], list[tuple[int, Path]]]


class Texts:
    """Consolidated texts of version files; each is made once, and goes on from the one before it."""

    def __init__(self, files: VersionFiles) -> None:
        self._files = files
        self._chain = Chain(files)
        self._steps = Steps()
        self._plans: dict[Path, tuple[AmendingPlan, tuple[Path, ...]]] = {}
        self._begun: dict[str, _Begun] = {}
        self._first_days: dict[str, tuple[list[datetime.date], list[Path]]] = {}
        self._stages: dict[object, Consolidation] = {}
        self._made: dict[object, PolicyVersion] = {}
        self._texts: dict[tuple[Path, Moment], PolicyVersion] = {}
        self._days: dict[Path, set[datetime.date]] = {}
        self._amended: dict[object, Path | None] = {}
        self._editions: dict[object, tuple[Edition, ...]] = {}

    def in_force(self, instrument: str, when: Moment) -> PolicyVersion | None:
        """The normative text of an instrument in force at a moment. Raises ``PolicyUnreadable``."""
        if instrument not in self._begun:
            self._begun[instrument] = self._sorted_out(instrument)
        begins, unchanging, others = self._begun[instrument]
        best, place = None, -1
        for number, text in reversed(unchanging[: bisect_right(begins, when.day)]):
            if _applies(text, when) and not passed_over(text.begins, text.pending, when):
                best, place = text, number
                break
        for number, path in others:
            text = self.text(path, when)
            if not _applies(text, when) or passed_over(text.begins, text.pending, when):
                continue
            if best is None or (text.begins, number) > (best.begins, place):
                best, place = text, number
        return None if best is None or _ended(best, when.filed_on or when.day) else best

    def _sorted_out(self, instrument: str) -> _Begun:
        """The texts of files that nothing changes, by their first days (also given apart), and the other files; numbered."""
        own, others = list[tuple[int, PolicyVersion]](), list[tuple[int, Path]]()
        for number, path in enumerate(self._files.files(instrument)):
            self._chain.look(path)
            if self._unchanging(path):
                own.append((number, self._files.load(path)))
            else:
                others.append((number, path))
        own.sort(key=lambda each: each[1].begins)
        return [text.begins for _, text in own], own, others

    def text(self, path: Path, when: Moment) -> PolicyVersion:
        """A version file's text at a moment, in force or not. Raises ``PolicyUnreadable``."""
        if self._unchanging(path):
            return self._files.load(path)
        if (path, when) not in self._texts:
            self._chain.look(path)
            self._texts[path, when] = self._text(path, when)
        return self._texts[path, when]

    def _unchanging(self, path: Path) -> bool:
        """Whether a file's text is always what the file says."""
        return not self._chain.amending(path) and not self._files.load(path).corrections

    def _text(self, path: Path, when: Moment) -> PolicyVersion:
        wrong = [each for each in self._files.load(path).corrections if told(each, when.known_on)]
        steps = self._begun_steps(path, when)
        if not wrong and not steps:
            return self._files.load(path)
        live = [step for step in steps if not step.lapsed(when.day)]
        otherwise = [self._amended_otherwise(other, path, when) for other in self._plan(path)[1]]
        last = max([*(step.last_changed(when.day) for step in steps), *filter(None, otherwise)], default=None)
        key = _key(path, wrong, live), last
        if key not in self._made:
            self._made[key] = self._make(path, wrong, live, last)
        return self._made[key]

    def _amended_otherwise(self, other: Path, path: Path, when: Moment) -> datetime.date | None:
        """The last day by then from which a text, being amended itself, has changed another as it does now."""

        def steps(day: datetime.date) -> list[int]:
            then = when._replace(day=day)
            return [step.number for step in self._steps_at(self.text(other, then), other, path, then)]

        now, days = steps(when.day), sorted(day for day in self._days_of(other) if day <= when.day)
        return next((day for day in reversed(days) if steps(day - _ONE_DAY) != now), None)

    def _make(
        self, path: Path, wrong: list[Correction], live: list[AmendingStep], last: datetime.date | None
    ) -> PolicyVersion:
        stage = self._stage(path, wrong, live)
        data = stage.text
        if last is not None:
            data["version"] = last.isoformat()
        try:
            made = typed(path, data)
        except PolicyUnreadable as why:
            raise self._spoilt(path, wrong, live, why) from None
        made.__dict__["_amended"] = stage.marks(made.names)
        return made

    def _spoilt(
        self, path: Path, wrong: list[Correction], live: list[AmendingStep], why: PolicyUnreadable
    ) -> PolicyUnreadable:
        """A text that cannot be used, told of the change after which it no longer could; of the file where that is none."""
        for number, step in reversed(list(enumerate(live))):
            try:
                typed(path, self._stage(path, wrong, live[:number]).text)
            except PolicyUnreadable:
                continue
            zh, en = f"改了以后的文本不能用：{why.why.zh}", f"the text cannot be used any more: {why.why.en}"
            return AmendmentFails(step.path, step.where, CannotAmend(zh, en))
        return why

    def data(self, path: Path, when: Moment) -> dict[str, Any]:
        """What a version file would say at a moment, as plain data, not to be changed. Raises ``PolicyUnreadable``."""
        self._chain.look(path)
        live = [step for step in self._begun_steps(path, when) if not step.lapsed(when.day)]
        return self._stage(path, [], live).text

    def _stage(self, path: Path, wrong: list[Correction], live: list[AmendingStep]) -> Consolidation:
        """A text with changes made one after the other, from the nearest one that was made before; some on the way are kept."""
        for reached in _nearest(len(live)):
            key = _key(path, wrong, live[:reached])
            if key in self._stages:
                break
        else:
            reached, key = 0, _key(path, wrong, [])
            self._stages[key] = making = Consolidation(self._files.data(path))
            for correction in wrong:
                _or_fail(path, ("corrections",), partial(making.correct, correction))
        making = self._stages[key].fork() if reached < len(live) else self._stages[key]
        for number, step in enumerate(live[reached:], reached + 1):
            _or_fail(step.path, step.where, partial(making.apply, step.change, step.by))
            if number % _KEPT == 0 or number == len(live):
                self._stages[_key(path, wrong, live[:number])] = making
                making = making if number == len(live) else making.fork()
        return making

    def _begun_steps(self, path: Path, when: Moment) -> list[AmendingStep]:
        """Every change that has begun to hold for a version file's text, in their order."""
        plan, changing = self._plan(path)
        steps = plan.at(when)
        more = [step for other in changing for step in self._steps_at(self.text(other, when), other, path, when)]
        return sorted([*steps, *more], key=lambda step: step.order) if more else steps

    def _plan(self, path: Path) -> tuple[AmendingPlan, tuple[Path, ...]]:
        """What texts that never change do to a file's text, and the files of the texts that change themselves."""
        if path not in self._plans:
            amending = self._chain.amending(path)
            fixed = [other for other in amending if self._unchanging(other)]
            plan = AmendingPlan(
                step for other in fixed for step in self._steps_of(self._files.load(other), other, path)
            )
            known = set(fixed)
            self._plans[path] = plan, tuple(other for other in amending if other not in known)
        return self._plans[path]

    def _steps_at(self, text: PolicyVersion, other: Path, path: Path, when: Moment) -> Iterator[AmendingStep]:
        return (step for step in self._steps_of(text, other, path) if step.counts(when))

    def _steps_of(self, text: PolicyVersion, other: Path, path: Path) -> Iterator[AmendingStep]:
        """The changes that one amending text makes to a version file's text, of whatever day."""
        own = self._files.load(path).instrument
        for n, entry in enumerate(text.amends if text.normative else ()):
            since = entry.since or text.dates.in_force
            if entry.instrument != own or since is None or _ended(text, since):
                continue
            if self.amended_file(entry, since) == path:
                yield from self._steps.of_entry(text, other, n, since)

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
        if entry.version is not None:
            return next((p for p in self._files.files(entry.instrument) if p.stem == entry.version), None)
        begins, files = self._by_first_day(entry.instrument)
        place = bisect_right(begins, since)
        if place:
            return files[bisect_left(begins, begins[place - 1])]  # of several that began on one day the first
        return next(iter(self._files.files(entry.instrument)), None)

    def _by_first_day(self, instrument: str) -> tuple[list[datetime.date], list[Path]]:
        """The files of an instrument by their first days, and these."""
        if instrument not in self._first_days:
            files = sorted(self._files.files(instrument), key=lambda path: self._files.load(path).begins)
            self._first_days[instrument] = [self._files.load(path).begins for path in files], files
        return self._first_days[instrument]

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
        """The days on which a file's text may change, begin or end: its own, and those of what amends it, whatever that becomes."""
        if path not in self._days:
            self._chain.look(path)
            found = set(_own_days(self._files.load(path))).union(*map(self._days_of, self._chain.amending(path)))
            texts = {id(text): text for text in (self.text(path, Moment(day)) for day in sorted(found))}
            self._days[path] = found.union(*map(_own_days, texts.values()))
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


def _ended(text: PolicyVersion, day: datetime.date) -> bool:
    return text.dates.ended is not None and text.dates.ended < day


def _known(version: PolicyVersion, on: datetime.date | None) -> bool:
    return on is None or version.dates.known is None or version.dates.known <= on


def told(correction: Correction, known_on: datetime.date | None) -> bool:
    """Whether a file still said what a correction mends, on the day of which one asks what was known."""
    if known_on is None or known_on > correction.told_until:
        return False
    return correction.told_from is None or correction.told_from <= known_on


def _key(path: Path, wrong: list[Correction], live: list[AmendingStep]) -> object:
    return path, tuple(each.id for each in wrong), tuple([step.number for step in live])


def _nearest(length: int) -> Iterator[int]:
    """Where a text that was made before may stop: at so many changes, one less, and at each multiple below."""
    yield from range(length, max(length - 2, -1), -1)
    yield from range((length - 2) // _KEPT * _KEPT, -1, -_KEPT)


def _or_fail(path: Path, where: Route, done: Callable[[], None]) -> None:
    try:
        done()
    except CannotAmend as why:
        raise AmendmentFails(path, where, why) from None
