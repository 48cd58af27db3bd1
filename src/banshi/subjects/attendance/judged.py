"""One person's period, day by day: what was irregular, and how many days were normal."""

import datetime
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import Text
from banshi.law.decisions import Decision, Reason
from banshi.law.norms import Evidence, PunchWindow, WorkingTime
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.doubts import OF_DUTY_LOG, OF_NORMAL, OF_OUTCOMES, OF_PASSWORDS, OF_PUNCHES
from banshi.subjects.attendance.facts import DayFacts
from banshi.subjects.attendance.forms import Person
from banshi.subjects.attendance.irregular import Irregularity, irregularities
from banshi.subjects.attendance.nights import nightly
from banshi.subjects.attendance.periods import Days
from banshi.subjects.attendance.punch_windows import DayWindows, over_night, windows_on
from banshi.subjects.attendance.punches import all_normal, spans, unit
from banshi.subjects.attendance.rulebook import Rules, governed
from banshi.subjects.attendance.vocabulary import REST
from banshi.subjects.attendance.working_time import asked

_BY_PUNCHES = ("missing", "absent", "late", "early_leaving", "out_of_window", "unclear", "short_hours")


class RuledDay(Struct, frozen=True):
    """A day with what its rules say to a group: they govern its attendance, and may have punch windows.

    ``inside``: the ``spans`` of its windows; empty where punches inside of them do not settle the day. ``night``: the
    departure on the next day of work over night.
    """

    day: datetime.date
    rules: Rules
    windows: DayWindows
    inside: tuple[tuple[int, int], ...]
    night: PunchWindow | None


class JudgedDays(Struct, frozen=True):
    """``irregular`` in order of days; ``normal``: days without anything irregular, None where no day has windows or hours.

    ``open``: days on which something may not have been read, so that nothing is judged that it could bear on; with what.
    """

    irregular: tuple[Irregularity, ...]
    normal: int | None
    open: dict[datetime.date, frozenset[str]]


def ruled_days(case: RegisterInLaw, working: Iterable[datetime.date]) -> dict[str, list[RuledDay]]:
    """By group, the working days on which rules govern its attendance; not those of groups that work by a roster."""
    groups = sorted({person.group for register in case.lists for person in register.people.values()})
    found: dict[str, list[RuledDay]] = {group: [] for group in groups}
    for day in working:
        rules = case.book.at(day)
        for group in groups:
            windows = windows_on(rules, group, day)
            ungoverned = rules.all(Evidence, group) and not governed(rules, group)
            if windows.placed or ungoverned or _hours_alone(rules, group, day, windows):
                found[group].append(_ruled(day, rules, windows))
    return found


def _hours_alone(rules: Rules, group: str, day: datetime.date, windows: DayWindows) -> bool:
    """Whether so many hours are to be worked, by the evidence of punches, and no window says when."""
    told = bool(rules.all(Evidence, group)) and not windows.placed
    return told and asked(rules, group, day, windows.shift) is not None


def _ruled(day: datetime.date, rules: Rules, windows: DayWindows) -> RuledDay:
    inside = () if rules.all(WorkingTime) else spans(windows, unit(rules))  # the hours are counted besides
    return RuledDay(day, rules, windows, inside, over_night(windows))


def days_of(case: RegisterInLaw, person: Person, ruled: dict[str, list[RuledDay]], period: Days) -> Sequence[RuledDay]:
    """The days of one person: those on which the register of the day lists them, by the group that it gives."""
    roster = case.roster.get(person.id, {})
    if len(case.lists) == 1:
        own = ruled[person.group]
    else:
        own = [day for group in ruled for day in ruled[group] if _in_group(case.person_on(person.id, day.day), group)]
    if not roster:
        return own if len(case.lists) == 1 else sorted(own, key=lambda each: each.day)
    own = [each for each in own if each.day not in roster]
    for day, shift in roster.items():
        if shift != REST and day in period and (listed := case.person_on(person.id, day)):
            rules = case.book.at(day)
            windows = windows_on(rules, listed.group, day, shift)
            if windows or _hours_alone(rules, listed.group, day, windows):
                own.append(_ruled(day, rules, windows))
    return sorted(own, key=lambda each: each.day)


def _in_group(person: Person | None, group: str) -> bool:
    return person is not None and person.group == group


def judge_days(case: RegisterInLaw, person: Person, period: Days, days: Sequence[RuledDay]) -> JudgedDays:
    """The days of one person; ``days`` are those of the person."""
    nights = {each.day: each.night for each in days if each.night}
    punched, unfinished = nightly(case, person, period, nights)
    beside, doubts = case.beside_punches, case.doubts
    irregular: list[Irregularity] = []
    normal: int | None = None
    undecided: dict[datetime.date, frozenset[str]] = {}
    plainly = not unfinished and not doubts.of_days  # then most days need nothing but their punches
    for ruled in days:
        seconds, passwords = punched.get(ruled.day, _NOT_PUNCHED)
        own = beside.get((person.id, ruled.day))
        if plainly and own is None and not passwords and all_normal(ruled.inside, seconds):
            normal = (normal or 0) + 1
            continue
        doubt = doubts.on(person.id, ruled.day)
        if ruled.day in unfinished:  # its departure lies beyond the register
            undecided[ruled.day] = doubt | OF_PUNCHES
            continue
        enough = all_normal(ruled.inside, seconds)
        if enough and own is None and not passwords and not doubt:
            normal = (normal or 0) + 1
            continue
        facts = _facts(own, seconds, passwords)
        listed = case.person_on(person.id, ruled.day) or person
        found = list(irregularities(ruled.rules, listed, ruled.day, facts, ruled.windows))
        irregular += _certain(found, doubt)
        of_day = OF_NORMAL if enough else OF_NORMAL | OF_PUNCHES
        undecided[ruled.day] = doubt & (of_day | OF_OUTCOMES if found else of_day)
        if ruled.windows or _hours_alone(ruled.rules, listed.group, ruled.day, ruled.windows):
            normal = (normal or 0) + (not found and not facts.whole_day and not undecided[ruled.day])
    undecided = {day: parts for day, parts in undecided.items() if parts}
    return JudgedDays(tuple(sorted(irregular, key=lambda i: i.day)), normal, undecided)


_NOT_PUNCHED: tuple[Sequence[int], int] = (), 0


def _certain(found: Iterable[Irregularity], doubt: frozenset[str]) -> Iterator[Irregularity]:
    """What is irregular whatever may stand in what was not read; without an outcome where that depends on it."""
    for each in found:
        depends = OF_PUNCHES if each.type in _BY_PUNCHES else OF_PASSWORDS if each.type == "password" else OF_DUTY_LOG
        if doubt & depends:
            continue
        if "notes" in doubt and each.type in _BY_PUNCHES:
            outcome: Decision[str] = Decision(None, (*each.outcome.reasons[:1], Reason(_NOTES)))
            yield replace(each, outcome=outcome, entered="")
        else:
            yield each


_NOTES = Text(
    "说明登记有读不出的，是否已说明并录入不能判定",
    "the notes could not all be read: whether this was explained is not determined",
)


def _facts(own: DayFacts | None, seconds: Sequence[int], passwords: int) -> DayFacts:
    if own is None:
        return DayFacts(seconds, passwords)
    return DayFacts(seconds, passwords, own.halves, own.short, own.duty, own.notes)
