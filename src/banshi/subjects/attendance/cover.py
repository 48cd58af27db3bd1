"""Who stands at the windows: half-days, and parts of days, with fewer people than must be there."""

import datetime
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from banshi.files.findings import Citation
from banshi.law.norms import Cover
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.facts import DayFacts
from banshi.subjects.attendance.forms import Half, Person, Window
from banshi.subjects.attendance.words import HALVES

PART = "part"  # some time of a day, shorter than half of it
_Facts = dict[tuple[str, datetime.date], DayFacts]


class WindowAccount(Struct, frozen=True):
    """One window's period; ``empty``: half-days (or “part” of a day) with fewer people than must be there.

    ``judged``: the working days on which a rule asks for somebody, of a window that has staff; ``open``: those of them
    on which it cannot be told who was there, or who should have been.
    """

    id: str
    name: str
    serving: int
    empty: tuple[Half, ...]
    basis: Citation | None
    judged: frozenset[datetime.date] = frozenset()
    open: frozenset[datetime.date] = frozenset()


class Presence(Struct, frozen=True):
    """What tells who is there: facts of days, days wholly missed without leave, half-days with a substitute.

    ``unsure``: persons and days of which that cannot be told; they count as there, or else (``strict``) as away.
    """

    facts: _Facts
    gone: frozenset[tuple[str, datetime.date]]
    stood_in: frozenset[tuple[str, Half]]
    unsure: frozenset[tuple[str, datetime.date]] = frozenset()
    strict: bool = False

    @property
    def told_of(self) -> frozenset[tuple[str, datetime.date]]:
        """Persons and days of which anything but punches is known; all others are simply there."""
        return self.gone | self.facts.keys() | self.unsure

    def there(self, person: Person, half: Half) -> bool:
        """Whether somebody (the person or a substitute) is there for the half-day."""
        if (person.id, half[0]) in self.unsure:
            return not self.strict
        if (person.id, half[0]) in self.gone:
            return False
        own = self.facts.get((person.id, half[0]))
        return own is None or half[1] not in own.halves or (person.id, half) in self.stood_in

    def slips(self, people: list[Person], day: datetime.date) -> int:
        """How many of them were away for less than half a day without a substitute."""
        own = [(p.id, self.facts.get((p.id, day))) for p in people if (p.id, day) not in self.unsure]
        return sum(f is not None and bool(f.short) and (staff, (day, PART)) not in self.stood_in for staff, f in own)


def windows(
    case: RegisterInLaw,
    working: Sequence[datetime.date],
    gone: frozenset[tuple[str, datetime.date]],
    unsure: frozenset[tuple[str, datetime.date]] = frozenset(),
) -> Iterator[WindowAccount]:
    """Each window; ``gone``: persons and days without any punch or leave; ``unsure``: of which that is not determined."""
    every = ((staff, day) for day in working for staff in case.register.people) if case.unread else ()
    unsure |= frozenset((staff, day) for staff, day in every if case.doubts.of_substitute(staff, day))
    presence = Presence(case.beside_punches, gone, _stood_in(case), unsure)
    asked = [(day, *found) for day in working if (found := _least(case, day))]
    sides, told_of = (presence, replace(presence, strict=True)), presence.told_of
    for window in case.register.windows:
        yield _window(case, window, asked, sides, told_of)


def _least(case: RegisterInLaw, day: datetime.date) -> tuple[int, Citation] | None:
    """How many must be at a window on a day, and which norm says so."""
    cover = next((p for p in case.book.at(day).all(Cover) if p.norm.minimum), None)
    return (cover.norm.minimum or 0, cover.cite) if cover else None


def _window(
    case: RegisterInLaw,
    window: Window,
    asked: list[tuple[datetime.date, int, Citation]],
    sides: tuple[Presence, Presence],
    told_of: frozenset[tuple[str, datetime.date]],
) -> WindowAccount:
    """``sides``: those of whom nothing is certain as there, and as away. ``told_of``: as ``Presence`` has it."""
    empty: list[Half] = []
    basis = None
    judged: set[datetime.date] = set()
    undecided: set[datetime.date] = set()
    unlisted = case.doubts.who_is_listed
    for day, least, cite in asked:
        register = case.register_on(day)
        staff = register.at_windows.get(window.id) if register else None
        if staff:
            judged.add(day)
            if len(staff) >= least and not any((person.id, day) in told_of for person in staff):
                continue
            found, strictly = (list(_lacking(staff, day, least, presence)) for presence in sides)
            if strictly != found or (found and unlisted):
                undecided.add(day)
                continue
            empty += found
            basis = cite if found else basis
    serving = case.register.serving.get(window.id, 0)
    return WindowAccount(window.id, window.name, serving, tuple(empty), basis, frozenset(judged), frozenset(undecided))


def _lacking(staff: list[Person], day: datetime.date, least: int, presence: Presence) -> Iterator[Half]:
    """The half-days on which too few are there, or else a part of the day."""
    there = {half: [p for p in staff if presence.there(p, (day, half))] for half in HALVES}
    few = [(day, half) for half in HALVES if len(there[half]) < least]
    yield from few
    if not few and any(len(present) - presence.slips(present, day) < least for present in there.values()):
        yield day, PART


def _stood_in(case: RegisterInLaw) -> frozenset[tuple[str, Half]]:
    """Half-days, and parts of days, for which a substitute was sent."""
    sent = (entry for entry in case.entries if entry.leave.substitute)
    return frozenset((e.leave.staff, half) for e in sent for half in e.halves or ((e.leave.start, PART),))
