"""Work over night: which punches of a day belong to the work that began on the day before."""

import datetime
from collections.abc import Sequence

from banshi.law.norms import PunchWindow
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.forms import Person, Punch
from banshi.subjects.attendance.periods import Days
from banshi.subjects.attendance.punch_windows import DAY, over_night, until, windows_on

_DAY = datetime.timedelta(days=1)
_Punched = dict[datetime.date, tuple[Sequence[int], int]]


def nightly(
    case: RegisterInLaw, person: Person, period: Days, nights: dict[datetime.date, PunchWindow]
) -> tuple[_Punched, frozenset[datetime.date]]:
    """By day, the seconds of its punches (beyond midnight of work over night) and how many were by password.

    And the days whose work over night ends after the register does, so that their departure is not known. ``nights``: the
    days of work over night, each with its departure.
    """
    before = period.start - _DAY
    if (window := _night_before(case, person, before)) is not None:
        nights = {**nights, before: window}
    if not nights:
        return _punched(case, person, period), frozenset()
    found = _punched(case, person, Days(period.per, period.label, before, period.end + _DAY))
    for day in sorted(nights):
        _moved(found, day, nights[day])
    covered = {day for day in nights if any(r.start <= day + _DAY <= r.end for r in case.registers)}
    return found, frozenset(nights.keys() - covered)


def _punched(case: RegisterInLaw, person: Person, period: Days) -> _Punched:
    return {day: (own, passwords) for day, own, passwords in case.punches.days(person.id, period)}


def _night_before(case: RegisterInLaw, person: Person, day: datetime.date) -> PunchWindow | None:
    """The departure of work over night that began before the period."""
    listed = case.person_on(person.id, day)
    if listed is None:
        return None
    return over_night(windows_on(case.book.at(day), listed.group, day, case.shift_of(person.id, day)))


def of_night_before(case: RegisterInLaw, person: Person, punch: Punch) -> bool:
    """Whether a punch belongs to work over night that began on the day before."""
    window = _night_before(case, person, punch.day - _DAY)
    return window is not None and punch.second < until(window)


def _moved(found: _Punched, day: datetime.date, window: PunchWindow) -> None:
    """Give the punches of the next morning to the day on which the work began."""
    following, passwords = found.get(day + _DAY, ((), 0))
    end = until(window)
    own = [at for at in following if at < end]
    if own:
        first, more = found.get(day, ((), 0))
        found[day] = ([*first, *(at + DAY for at in own)], more)
        found[day + _DAY] = ([at for at in following if at >= end], passwords)
