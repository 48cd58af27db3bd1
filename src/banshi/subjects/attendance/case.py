"""A register with the rules of each of its days: what the account and the rules on registers are computed from."""

import datetime
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import Text
from banshi.files.findings import About
from banshi.law.decisions import Reason
from banshi.law.library import Library
from banshi.law.working_days import UndeterminedYear, WorkingDays
from banshi.subjects.attendance.calendar import Calendar, DayCounter, OwnDays
from banshi.subjects.attendance.clashes import IN_ONE, Clash, Misdeclared, within
from banshi.subjects.attendance.doubts import Doubts
from banshi.subjects.attendance.facts import DayFacts, Punches
from banshi.subjects.attendance.forms import Half, Leave, Person, Register
from banshi.subjects.attendance.leave import decide
from banshi.subjects.attendance.leave_question import LeaveDecision, LeaveQuestion
from banshi.subjects.attendance.own_entries import undeclared
from banshi.subjects.attendance.quotas import QuotaUse, quota_uses
from banshi.subjects.attendance.rulebook import Rulebook
from banshi.subjects.attendance.spans import Spell, away, halves_of, is_short, misdeclared, spells
from banshi.subjects.attendance.unread import UnreadRow, misnamed
from banshi.subjects.attendance.wrong_leave import Reversed, copies, reversed_leave, said_twice

_DAY = datetime.timedelta(days=1)
_LONG = 30  # days among which some are surely worked


class LeaveEntry(Struct, frozen=True):
    """A leave in its register: its place, its working half-days, its question and decision (None: unknown person)."""

    index: int
    leave: Leave
    halves: tuple[Half, ...]
    question: LeaveQuestion | None
    decision: LeaveDecision | None


class RegisterInLaw:
    """A register, the rulebook of its jurisdiction, and the calendar."""

    def __init__(
        self, register: Register, library: Library, days: WorkingDays, unread: tuple[UnreadRow, ...] = ()
    ) -> None:
        """``unread``: what of the register's tables could not be read, or was left aside."""
        self.book = Rulebook(library, register.jurisdiction)
        self.words = self.book.words
        self.register = register = self.words.resolved(register)
        self.calendar = days.in_place(register.jurisdiction)
        self.days = Calendar(self.book, self.calendar)
        self.clashes = tuple(within(register, self.words, self.may_work))  # what it tells twice, and otherwise
        self.misdeclared = tuple(self._misdeclared())  # leaves of which length and days cannot both be right
        self.copies = copies(register)  # what stands in it again, word for word, with the number of the first
        backwards = tuple(reversed_leave(register))
        every = chain[Clash | Misdeclared | Reversed](self.clashes, self.misdeclared, backwards)
        told = chain.from_iterable(each.unread for each in every)
        known, more = set(unread), (*undeclared(register, self.words), *misnamed(register), *told)
        # Two rows of a table alike are two rows; what is found again is the same.
        self.unread = (*unread, *(row for row in dict.fromkeys(more) if row not in known))
        self.doubts = Doubts(self.unread, register)
        self.registers: tuple[Register, ...] = (register,)
        self.own = False  # whether it is one person's own record
        self.lists = register.lists  # who is listed from when to when
        self.joined: tuple[Reason, ...] = ()
        # What is told twice and otherwise: in the register itself, and beside another one.
        open_ones = (Reason(each.text(self.words)) for each in self.misdeclared if not each.by_calendar)
        again = (Reason(said_twice(register.leave[n], self.words)) for n in self.copies)
        wrong = (Reason(each.text(self.words)) for each in backwards)
        self.told = (*(Reason(clash.text(IN_ONE)) for clash in self.clashes), *open_ones, *wrong, *again)
        self.elsewhere: tuple[Reason, ...] = ()

    def _misdeclared(self) -> Iterator[Misdeclared]:
        for n, leave in enumerate(self.register.leave):
            try:
                span = None if leave.days is None else misdeclared(leave, self.days_of(leave.staff))
            except UndeterminedYear:
                continue
            if span is not None:
                yield Misdeclared(n, leave, span)

    @property
    def about(self) -> About:
        """The place, and the month of its first day."""
        return About(self.register.jurisdiction, month=f"{self.register.start:%Y-%m}")

    def may_lack_leave(self, staff: str | None = None) -> bool:
        """Whether a leave of the person (None: of anybody) may stand in what could not be read."""
        return self.doubts.lacks_leave(staff)

    def leaving_open(
        self, within: Sequence[tuple[Clash, Text]], elsewhere: Sequence[tuple[Clash, Text]]
    ) -> "RegisterInLaw":
        """The case, with what two of its tables, or it and other registers, tell otherwise left open."""
        if not (within or elsewhere):
            return self
        unread = (row for clash, _ in (*within, *elsewhere) for row in clash.unread)
        case = RegisterInLaw(self.register, self.book.library, self.calendar, (*self.unread, *unread))
        case.told = tuple(dict.fromkeys((*(Reason(clash.text(both)) for clash, both in within), *case.told)))
        case.elsewhere = tuple(Reason(clash.text(both)) for clash, both in elsewhere)
        return case

    def rejoined(
        self,
        whole: Register,
        registers: tuple[Register, ...],
        unread: tuple[UnreadRow, ...],
        said: tuple[Reason, ...],
        told: tuple[Reason, ...],
    ) -> "RegisterInLaw":
        """A case of several registers as one, with this one's library; ``said``: what is to be known about it.

        ``told``: what each of them tells twice and otherwise.
        """
        case = RegisterInLaw(whole, self.book.library, self.calendar, unread)
        case.registers, case.joined, case.told, case.own = registers, said, told, self.own
        case.lists = tuple(part for register in registers for part in register.lists)
        return case

    def register_on(self, day: datetime.date) -> Register | None:
        """The register of a day, as its list stands then; the earliest where several cover it."""
        if len(self.lists) == 1:
            return self.register
        return next((register for register in self.lists if register.start <= day <= register.end), None)

    def person_on(self, staff: str, day: datetime.date) -> Person | None:
        """Who somebody is on a day: group and window may change from register to register. None: not listed."""
        register = self.register_on(day)
        return register.people.get(staff) if register else None

    @cached_property
    def unknown_years(self) -> dict[int, UndeterminedYear]:
        """Years that the register or a leave touches and of which no working-day arrangement is known, each with why."""
        spans = [
            (self.register.start, self.register.end),
            *((e.start, e.last) for e in self.register.leave if e.start <= e.last),
        ]
        touched = {year for start, end in spans for year in (start.year, end.year)}
        return {year: why for year in sorted(touched) if (why := self._unknown(datetime.date(year, 1, 1)))}

    def _unknown(self, day: datetime.date) -> UndeterminedYear | None:
        try:
            self.days.is_working(day)
        except UndeterminedYear as why:
            return why
        return None

    def working_days(self, start: datetime.date, end: datetime.date) -> list[datetime.date]:
        """Working days from ``start`` to ``end`` that the register covers and the calendar knows."""
        first, last = max(start, self.register.start), min(end, self.register.end)
        every = (first + _DAY * n for n in range((last - first).days + 1))
        return [day for day in every if self.register_on(day) and not self._unknown(day) and self.days.is_working(day)]

    def days_of(self, staff: str) -> DayCounter:
        """The days on which somebody works: by the roster where it says anything of the day."""
        shifts = self.roster.get(staff)
        return OwnDays(self.days, shifts) if shifts else self.days

    def may_work(self, staff: str, first: datetime.date, last: datetime.date) -> bool:
        """Whether some day from ``first`` to ``last`` is one on which somebody works, as far as the calendar knows."""
        days = self.days_of(staff)
        try:
            every = (first + _DAY * n for n in range(min((last - first).days + 1, _LONG)))
            return (last - first).days >= _LONG or any(days.is_working(day) for day in every)
        except UndeterminedYear:
            return True

    @cached_property
    def entries(self) -> tuple[LeaveEntry, ...]:
        """Every leave whose days can be counted, with its decision; what stands there twice once."""
        own = enumerate(self.register.leave)
        counted = {n: leave for n, leave in own if n not in self.copies and self._countable(leave)}
        found = spells(list(counted.values()), self.days_of)
        spell_of = {n: found[place] for place, n in enumerate(counted)}
        entries = []
        for n, leave in counted.items():
            person = self.person_on(leave.staff, leave.start) or self.register.people.get(leave.staff)
            question = self._question(leave, person, spell_of[n]) if person else None
            halves = tuple(away(leave, self.days_of(leave.staff)))
            entries.append(LeaveEntry(n, leave, halves, question, self._decided(question) if question else None))
        return tuple(entries)

    def _decided(self, question: LeaveQuestion) -> LeaveDecision:
        """Whether a leave is in order; not determined where what was not read may bear on it."""
        doubt = self.doubts.of_order(question.leave)
        if doubt is None and question.person.window and self.doubts.of_serving(question.person.window):
            doubt = _serving_matters(question)
        return decide(question) if doubt is None else LeaveDecision(None, (doubt,), (), (), (doubt,))

    def _countable(self, leave: Leave) -> bool:
        try:
            halves_of(leave, self.days_of(leave.staff))
        except UndeterminedYear:
            return False
        return True

    def _question(self, leave: Leave, person: Person, spell: Spell) -> LeaveQuestion:
        halves = halves_of(leave, self.days_of(leave.staff))
        start = halves[0] if halves else (leave.start, leave.from_half)
        register = self.register_on(leave.start) or self.register
        on_duty = register.serving.get(person.window) if person.window else None
        return LeaveQuestion(leave, person, spell, self.book.at(spell.begins), start, on_duty, self.calendar)

    @cached_property
    def counted(self) -> tuple[tuple[LeaveEntry, tuple[Half, ...]], ...]:
        """Each entry with the half-days that it accounts for: of overlapping leaves the earlier counts a half-day."""
        taken: set[tuple[str, Half]] = set()
        found = []
        for entry in sorted(self.entries, key=_place_in_time):
            own = tuple(half for half in entry.halves if (entry.leave.staff, half) not in taken)
            taken.update((entry.leave.staff, half) for half in own)
            found.append((entry, own))
        return tuple(found)

    @cached_property
    def leave_of(self) -> dict[str, list[Leave]]:
        """The leave by person, as registered."""
        found: dict[str, list[Leave]] = {}
        for leave in self.register.leave:
            found.setdefault(leave.staff, []).append(leave)
        return found

    @cached_property
    def entries_of(self) -> dict[str, list[LeaveEntry]]:
        """The entries by person."""
        found: dict[str, list[LeaveEntry]] = {}
        for entry in self.entries:
            found.setdefault(entry.leave.staff, []).append(entry)
        return found

    @cached_property
    def counted_of(self) -> dict[str, list[tuple[LeaveEntry, tuple[Half, ...]]]]:
        """The entries by person, each with the half-days that it accounts for."""
        found: dict[str, list[tuple[LeaveEntry, tuple[Half, ...]]]] = {}
        for entry, own in self.counted:
            found.setdefault(entry.leave.staff, []).append((entry, own))
        return found

    @cached_property
    def roster(self) -> dict[str, dict[datetime.date, str]]:
        """Shifts by person and day; the first, where a day is given twice."""
        found: dict[str, dict[datetime.date, str]] = {}
        for entry in self.register.roster:
            found.setdefault(entry.staff, {}).setdefault(entry.day, entry.shift)
        return found

    def shift_of(self, staff: str, day: datetime.date) -> str:
        """The shift that somebody works on a day; empty where the roster names none."""
        return self.roster.get(staff, {}).get(day, "")

    @cached_property
    def punches(self) -> Punches:
        """The punches by person and day."""
        return Punches(self.register.punches)

    @cached_property
    def beside_punches(self) -> dict[tuple[str, datetime.date], DayFacts]:
        """What is known, punches apart, of each person and day of which anything is."""
        facts: dict[tuple[str, datetime.date], DayFacts] = {}
        for entry in self.entries:
            for day, half in entry.halves:
                facts.setdefault((entry.leave.staff, day), DayFacts()).halves.add(half)
            if is_short(entry.leave):
                facts.setdefault((entry.leave.staff, entry.leave.start), DayFacts()).short.add(entry.leave.kind)
        for found in self.register.duty_log:
            facts.setdefault((found.staff, found.day), DayFacts()).duty.append(found.finding)
        for note in self.register.notes:
            facts.setdefault((note.staff, note.day), DayFacts()).notes.append(note)
        return facts

    @cached_property
    def quotas(self) -> tuple[QuotaUse, ...]:
        """What was used of each quota, by person and period."""
        return tuple(quota_uses(self))

    @cached_property
    def quotas_of(self) -> dict[str, list[QuotaUse]]:
        """What was used of each quota, by person."""
        found: dict[str, list[QuotaUse]] = {}
        for use in self.quotas:
            found.setdefault(use.person.id, []).append(use)
        return found


def _serving_matters(question: LeaveQuestion) -> Reason | None:
    """Why it is in doubt what a leave needs, where that depends on how many serve the window."""
    few, many = (decide(replace(question, on_duty=number)) for number in (1, _MANY))
    return Reason(_SERVING) if few.shortcomings != many.shortcomings else None


_MANY = 99
_SERVING = Text(
    "窗口有几人值班没有读出，要不要代岗不能判定",
    "how many serve the window was not read: whether a substitute is needed is not determined",
)


def _place_in_time(entry: LeaveEntry) -> tuple[datetime.date, str, str, datetime.date, str]:
    leave = entry.leave
    return leave.start, leave.from_half, leave.kind, leave.last, leave.to_half
