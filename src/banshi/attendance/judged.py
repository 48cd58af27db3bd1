"""One person's period, day by day: what was irregular, and how many days were normal."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from banshi.attendance.case import Case
from banshi.attendance.facts import DayFacts
from banshi.attendance.forms import Person
from banshi.attendance.irregular import Irregularity, irregularities
from banshi.attendance.periods import Days
from banshi.attendance.punches import all_normal, spans, unit, windows_of
from banshi.attendance.rulebook import Rules
from banshi.instruments import Placed
from banshi.norms import Evidence, PunchWindow

_BY_WHAT_IS_MISSING = ("missing", "absent", "late", "early_leaving")
_GROUPS = ("window_staff", "centre_staff")


@dataclass(frozen=True, slots=True)
class RuledDay:
    """A working day with what its rules say to a group: they govern its attendance, and may have punch windows."""

    day: datetime.date
    rules: Rules
    windows: dict[str, Placed[PunchWindow]]
    inside: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """``irregular`` in order of days; ``normal``: days without anything irregular, None where no day has windows."""

    irregular: tuple[Irregularity, ...]
    normal: int | None


def ruled_days(case: Case, working: Iterable[datetime.date]) -> dict[str, list[RuledDay]]:
    """By group, the working days on which rules govern its attendance."""
    found: dict[str, list[RuledDay]] = {group: [] for group in _GROUPS}
    for day in working:
        rules = case.book.at(day)
        for group in _GROUPS:
            if rules.all(Evidence, group):
                windows = windows_of(rules, group)
                found[group].append(RuledDay(day, rules, windows, spans(windows, unit(rules))))
    return found


def days_of(case: Case, person: Person, ruled: dict[str, list[RuledDay]]) -> Sequence[RuledDay]:
    """The days of one person: those on which the register of the day lists them, by the group that it gives."""
    if len(case.registers) == 1:
        return ruled[person.group]
    own = [day for group in _GROUPS for day in ruled[group] if _in_group(case.person_on(person.id, day.day), group)]
    return sorted(own, key=lambda ruled_day: ruled_day.day)


def _in_group(person: Person | None, group: str) -> bool:
    return person is not None and person.group == group


def judge_days(case: Case, person: Person, period: Days, days: Sequence[RuledDay]) -> Judged:
    """The days of one person; ``days`` are those of the person's group."""
    punched = {day: (seconds, passwords) for day, seconds, passwords in case.punches.days(person.id, period)}
    beside = case.beside_punches
    irregular: list[Irregularity] = []
    normal: int | None = None
    for ruled in days:
        seconds, passwords = punched.get(ruled.day, ((), 0))
        own = beside.get((person.id, ruled.day))
        plain = own is None and not passwords and bool(ruled.windows)
        if plain and all_normal(ruled.inside, seconds):
            normal = (normal or 0) + 1
            continue
        facts = _facts(own, seconds, passwords)
        found = list(irregularities(ruled.rules, case.person_on(person.id, ruled.day) or person, ruled.day, facts))
        if case.may_lack_punches(person.id, ruled.day):
            irregular += [each for each in found if each.type not in _BY_WHAT_IS_MISSING]
            continue
        irregular += found
        if ruled.windows:
            normal = (normal or 0) + (not found and not facts.whole_day)
    return Judged(tuple(sorted(irregular, key=lambda i: (i.day, i.type, i.moment))), normal)


def _facts(own: DayFacts | None, seconds: Sequence[int], passwords: int) -> DayFacts:
    if own is None:
        return DayFacts(seconds, passwords)
    return DayFacts(seconds, passwords, own.halves, own.short, own.duty, own.notes)
