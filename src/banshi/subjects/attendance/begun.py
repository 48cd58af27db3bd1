"""What a new scenario begins with: a day of somebody by the punch windows of the law in force, not a sample's hours."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from banshi.checking.loading import Loader
from banshi.law.norms import PunchWindow
from banshi.law.working_days import UndeterminedYear
from banshi.subjects.attendance.forms import clock
from banshi.subjects.attendance.punch_windows import DAY, DayWindows, due, over_night, windows_on
from banshi.subjects.attendance.punches import ends
from banshi.subjects.attendance.rulebook import Rulebook, Rules

_MINUTE, _NEAR, _FAR, _DAYS = 60, 30 * 60, 2 * 3600, 14


class BegunDay(Struct, frozen=True):
    """A day on which a group has hours: its shift ("": none), and by day the punches (HH:MM) that they ask for. Words are names."""

    group: str
    day: datetime.date
    shift: str
    punches: Mapping[datetime.date, list[str]]


def day_begun(loader: Loader, place: str, since: datetime.date) -> BegunDay | None:
    """A working day from ``since`` on, on which a group has windows; work over night only where there is no other."""
    rules, days = Rulebook(loader.library, place).at(since), loader.days.in_place(place)
    soon = [since + datetime.timedelta(n) for n in range(_DAYS)]
    with suppress(UndeterminedYear):
        soon = [day for day in soon if days.is_working(day)]
    words = rules.words
    found = list(_found(rules, [*words.groups, *words.offices], soon))
    first = next((each for each in found if len(each.punches) == 1), next(iter(found), None))
    if first is None:
        return None
    names = {slug: name for name, slug in reversed(words.shift_names.items())}
    return replace(first, group=words.group(first.group).zh, shift=names.get(first.shift, first.shift))


def _found(rules: Rules, groups: Iterable[str], days: list[datetime.date]) -> Iterator[BegunDay]:
    for group in groups:
        shifts = dict.fromkeys(p.norm.shift or "" for p in rules.all(PunchWindow, group))
        for shift in sorted(shifts, key=bool):  # none before those of a roster
            for day in days:
                if windows := windows_on(rules, group, day, shift):
                    yield BegunDay(group, day, shift, _punches(windows, day))
                    break


def _punches(windows: DayWindows, day: datetime.date) -> dict[datetime.date, list[str]]:
    """One punch in each window, such that the day is as long as it may be."""
    found: dict[datetime.date, list[str]] = {day: []}
    if over_night(windows):
        found[day + datetime.timedelta(1)] = []
    outermost = windows.placed[0], windows.placed[-1]
    every = (*windows.placed, *windows.present)
    for at in sorted(_normal(placed.norm, _FAR if placed in outermost else _NEAR) for placed in every):
        found[day + datetime.timedelta(at // DAY)].append(clock(at % DAY // _MINUTE))
    return found


def _normal(window: PunchWindow, far: int) -> int:
    """A second of a window, to the minute: the first of an arrival, the last of a departure, where they are stated, else ``far`` within."""
    start, end = ends(window)
    arrival = window.moment == "arrival"
    if start is None:
        return max(due(window) - far, 0)
    if end is None:
        return min(due(window) + far, DAY - _MINUTE)
    outer, included = (start, window.start_inclusive) if arrival else (end, window.end_inclusive)
    return outer if included else outer + (_MINUTE if arrival else -_MINUTE)
