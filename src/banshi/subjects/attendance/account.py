"""A period's account: per person and per window, what was irregular and why, and what cannot be determined."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from banshi.base.text import Text, listed
from banshi.law.decisions import Alternative, Reason
from banshi.subjects.attendance.breaches import Breach, breaches
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.conversion import Converted, converted
from banshi.subjects.attendance.cover import WindowAccount, windows
from banshi.subjects.attendance.doubts import OF_PUNCHES
from banshi.subjects.attendance.factors import FactorDecision, LeaveTally, factors
from banshi.subjects.attendance.forms import Leave, Person
from banshi.subjects.attendance.irregular import Irregularity
from banshi.subjects.attendance.judged import RuledDay, days_of, judge_days, ruled_days
from banshi.subjects.attendance.leave_question import Shortcoming
from banshi.subjects.attendance.left_open import lawless_days, left_open
from banshi.subjects.attendance.offsets import offsets
from banshi.subjects.attendance.periods import Days, PeriodDecision
from banshi.subjects.attendance.precedence import OrderAmongEquals, precedence
from banshi.subjects.attendance.quotas import QuotaUse
from banshi.subjects.attendance.spans import counted_days, is_short
from banshi.subjects.attendance.uncounted import uncounted
from banshi.subjects.attendance.unread import NO_PUNCHES, incomplete, part_name
from banshi.subjects.attendance.vocabulary import RegisterWords

_DAY = datetime.timedelta(days=1)


class LeaveFault(Struct, frozen=True):
    """A leave that lacks something, or whose order is not determined."""

    staff: str
    leave: Leave
    shortcomings: tuple[Shortcoming, ...]
    doubts: tuple[Reason, ...]


class PersonAccount(Struct, frozen=True):
    """One person's period.

    ``days``: working days, None where no calendar or register tells of any; ``normal``: None where no day has punch windows or hours; ``leave``: days by kind; ``times``: approved
    leaves by kind; ``quotas``: what was used of each month's quota; ``breaches``: what costs the window marks.
    ``open``: the days on which something may not have been read, with what, so that nothing is judged that it could bear
    on; ``leave_open``: leave may not have been read, so that there may have been more, or other, than is counted.
    """

    person: Person
    days: int | None
    normal: int | None
    irregular: tuple[Irregularity, ...]
    leave: dict[str, Decimal]
    times: dict[str, int]
    factors: tuple[FactorDecision, ...]
    faults: tuple[LeaveFault, ...]
    quotas: tuple[QuotaUse, ...] = ()
    breaches: tuple[Breach, ...] = ()
    open: dict[datetime.date, frozenset[str]] = field(default_factory=dict)
    leave_open: bool = False
    words: RegisterWords = RegisterWords(())
    converted: tuple[Converted, ...] = ()

    def short_times(self, moment: str) -> int:
        """How often short leave was approved that excuses an arrival, or a departure."""
        return sum(times for kind, times in self.times.items() if self.words.covers(kind) == moment)

    @property
    def staff(self) -> str:
        """The person's id."""
        return self.person.id

    @property
    def group(self) -> str:
        """Window staff or centre staff."""
        return self.person.group

    @property
    def by_type(self) -> dict[str, int]:
        """Irregularities counted by type."""
        return dict(sorted(Counter(i.type for i in self.irregular).items()))


class Account(Struct, frozen=True):
    """The account of a register for a period.

    ``undetermined``: what cannot be said, and why; ``working``: the working days that it covers; ``order``: who comes
    first among equals, where a rule says so; ``left_out``: of what is undetermined, the rows that were not taken in.
    """

    case: RegisterInLaw
    period: PeriodDecision
    people: tuple[PersonAccount, ...]
    windows: tuple[WindowAccount, ...]
    undetermined: tuple[Reason, ...]
    working: tuple[datetime.date, ...] = ()
    order: OrderAmongEquals | None = None
    left_out: tuple[Reason, ...] = ()

    @property
    def lawless(self) -> bool:
        """Whether nothing at all on attendance was in force on one of its days."""
        return self.period.value is not None and bool(lawless_days(self.case, self.period.value))

    @property
    def has_short_leave(self) -> bool:
        """Whether the law knows leave that excuses an arrival or a departure."""
        words = self.case.words
        return any(words.covers(kind) for kind in words.kinds)


def account(case: RegisterInLaw, period: PeriodDecision) -> Account:
    """The account of one period; empty where it is not determined which days that is."""
    days = period.value
    if days is None:
        return Account(case, period, (), (), tuple(period.reasons))
    working = case.working_days(days.start, days.end)
    ruled = ruled_days(case, working)
    everybody = case.register.people.values()
    people = tuple(
        _person(case, period, days, own := days_of(case, p, ruled, days), _days_listed(case, p, working, days, own), p)
        for p in everybody
    )
    gone = frozenset((i.staff, i.day) for p in people for i in p.irregular if i.type == "absent")
    unsure = frozenset((p.staff, day) for p in people for day, parts in p.open.items() if parts & OF_PUNCHES)
    covers = tuple(windows(case, working, gone, unsure))
    order = precedence(
        case.book.at(days.end),
        days,
        people,
        covered=_covers(case, days) and not case.may_lack_leave() and not case.doubts.who_is_listed,
    )
    undetermined = tuple(_undetermined(case, days, working, people))
    return Account(case, period, people, covers, undetermined, tuple(working), order, tuple(_left_out(case, days)))


def _person(
    case: RegisterInLaw,
    period: PeriodDecision,
    days: Days,
    ruled: Sequence[RuledDay],
    working: int | None,
    person: Person,
) -> PersonAccount:
    judged = judge_days(case, person, days, ruled)
    tally = _tally(case, person, days, judged.irregular)
    tally = replace(tally, raw_open=bool(judged.open))
    return PersonAccount(
        person,
        working,
        judged.normal,
        judged.irregular,
        dict(tally.days),
        dict(tally.times),
        _factors(case, period, days, person, tally, judged.irregular),
        tuple(_faults(case, person, days)),
        tuple(use for use in case.quotas_of.get(person.id, ()) if use.pieces and _month_within(use, days)),
        breaches(case, person, days, judged.irregular),
        judged.open,
        case.may_lack_leave(person.id),
        case.words,
        converted(case.book, person.group, judged.irregular),
    )


def _days_listed(
    case: RegisterInLaw, person: Person, working: Sequence[datetime.date], days: Days, own: Sequence[RuledDay]
) -> int | None:
    """The working days on which the register of the day lists the person, of those who work shifts (``own``) the rostered ones; None where nothing tells of any."""
    if case.roster.get(person.id):
        return len(own)
    apart = case.register.end < days.start or days.end < case.register.start
    if not working and (apart or any(days.start.year <= year <= days.end.year for year in case.unknown_years)):
        return None
    if len(case.lists) == 1:
        return len(working)
    return sum(case.person_on(person.id, day) is not None for day in working)


def _month_within(use: QuotaUse, days: Days) -> bool:
    """Whether the period of a quota begins in these days; a quota of the year is told in each of its months."""
    if not use.month:
        return days.start.year <= use.year <= days.end.year
    return (days.start.year, days.start.month) <= (use.year, use.month) <= (days.end.year, days.end.month)


def _tally(case: RegisterInLaw, person: Person, days: Days, irregular: Sequence[Irregularity]) -> LeaveTally:
    spent: dict[str, Decimal] = {}
    times: Counter[str] = Counter()
    for entry, halves in case.counted_of.get(person.id, ()):
        leave = entry.leave
        own = [half for half in halves if half[0] in days and not case.doubts.contested(person.id, half[0])]
        taken = counted_days(leave, own) if own else _part_of_a_day(case, leave, days)
        if taken:
            spent[leave.kind] = spent.get(leave.kind, Decimal(0)) + taken
        if leave.short and leave.start in days and leave.approver and not case.doubts.contested(person.id, leave.start):
            times[leave.kind] += 1
    raw = sum(i.type in ("late", "early_leaving") and i.day in days for i in irregular)
    return LeaveTally(spent, times, raw)


def _part_of_a_day(case: RegisterInLaw, leave: Leave, days: Days) -> Decimal:
    """The declared days of a leave shorter than half a day, in the period; of kinds that are counted in times, none."""
    own = is_short(leave) and not leave.short and leave.start in days
    return leave.days or Decimal(0) if own and not case.doubts.contested(leave.staff, leave.start) else Decimal(0)


def _factors(
    case: RegisterInLaw,
    period: PeriodDecision,
    days: Days,
    person: Person,
    tally: LeaveTally,
    irregular: Sequence[Irregularity],
) -> tuple[FactorDecision, ...]:
    """Each factor, and what the other reading of the period would lead to where that differs."""
    rules = case.book.at(days.end)
    complete = not case.may_lack_leave(person.id)
    tested = factors(rules, person.group, days, tally, covered=complete and _covers(case, days))
    if case.doubts.overlaps(
        person.id, case.leave_of.get(person.id, ())
    ):  # of two leaves of the same days one counts: not even so much is certain
        tested = tuple(replace(each, value=None, alternatives=()) for each in tested)
    for other in period.alternatives:
        assert other.value is not None
        if not (complete and _covers(case, other.value)):
            continue
        elsewhere = factors(
            rules, person.group, other.value, _tally(case, person, other.value, irregular), covered=True
        )
        tested = tuple(_with_other(own, there, other) for own, there in zip(tested, elsewhere, strict=True))
    return tested


def _with_other(own: FactorDecision, there: FactorDecision, other: Alternative[Days]) -> FactorDecision:
    if there.value is None or there.value == own.value:
        return own
    outcome = Text("是考核因素", "a factor") if there.value else Text("不是考核因素", "not a factor")
    text = Text(f"{other.text.zh}，则{outcome.zh}", f"{other.text.en}: {outcome.en}")
    added = Alternative(other.reading, other.option, there.value, text)
    return FactorDecision(own.value, own.reasons, (*own.alternatives, added), own.norm, own.amount)


def _covers(case: RegisterInLaw, days: Days) -> bool:
    """Whether registers cover every day of the period, gaps between them counted, and the calendar is known."""
    reach = days.start
    for register in sorted(case.registers, key=lambda each: each.start):
        if register.start <= reach:
            reach = max(reach, register.end + _DAY)
    return reach > days.end and not case.unknown_years


def _faults(case: RegisterInLaw, person: Person, days: Days) -> Iterator[LeaveFault]:
    for entry in case.entries_of.get(person.id, ()):
        decision = entry.decision
        if decision is None or not _touches(entry.leave, days):
            continue
        doubts = decision.doubts or (decision.reasons if decision.value is None else ())
        if decision.shortcomings or doubts:
            yield LeaveFault(person.id, entry.leave, decision.shortcomings, tuple(doubts))


def _touches(leave: Leave, days: Days) -> bool:
    return leave.start <= days.end and days.start <= leave.last


# what cannot be determined


def _undetermined(
    case: RegisterInLaw, days: Days, working: list[datetime.date], people: Sequence[PersonAccount]
) -> Iterator[Reason]:
    register = case.register
    for why in case.unknown_years.values():
        yield Reason(Text(f"{why.said.zh}，工作日不能判定", why.said.en))
    if days.start < register.start or register.end < days.end:
        span = f"{register.start} – {register.end}"
        yield Reason(
            Text(f"登记只有 {span}，没有覆盖 {days}", f"the register covers {span} only, not the whole of {days}")
        )
    yield from case.joined
    yield from case.told
    yield from case.elsewhere
    yield from _left_out(case, days)
    yield from _open(people, working)
    yield from left_open(case, working, days)
    yield from offsets(case, days)


def _left_out(case: RegisterInLaw, days: Days) -> Iterator[Reason]:
    """Rows that were not taken in, so that the account may do somebody wrong."""
    alone = case.own and not any(row.source == NO_PUNCHES for row in case.unread)
    for each in case.registers:
        yield from uncounted(each, alone=alone)
    yield from incomplete(case.unread, case.register.people, days.start, days.end)


def _open(people: Sequence[PersonAccount], working: Sequence[datetime.date]) -> Iterator[Reason]:
    """Who is not judged on which days, and why."""
    by_days: dict[tuple[tuple[datetime.date, ...], frozenset[str]], list[str]] = {}
    for person in people:
        for parts in dict.fromkeys(person.open.values()):
            days = tuple(day for day, own in person.open.items() if own == parts)
            by_days.setdefault((days, parts), []).append(person.staff)
    for (days, parts), staff in by_days.items():
        who = f"全部 {len(staff)} 人" if len(staff) == len(people) > 1 else listed(staff[:_SHOWN])
        more = f"等 {len(staff)} 人" if _SHOWN < len(staff) < len(people) else ""
        when = "各个工作日" if len(days) == len(working) > 1 else listed(map(str, days[:_SHOWN]))
        when += f"等 {len(days)} 天" if _SHOWN < len(days) < len(working) else ""
        what = listed(part_name(part).zh for part in sorted(parts))
        text = Text(
            f"{who}{more} {when}：{what}可能没有读全，当天是否正常不作判定",
            f"{', '.join(staff[:_SHOWN])}: not judged on {', '.join(map(str, days[:_SHOWN]))} ({', '.join(sorted(parts))})",
        )
        yield Reason(text)


_SHOWN = 8
