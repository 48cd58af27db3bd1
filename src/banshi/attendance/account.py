"""A period's account: per person and per window, what was irregular and why, and what cannot be determined."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from banshi.attendance.case import Case
from banshi.attendance.factors import FactorDecision, Tally, factors
from banshi.attendance.forms import SHORT_KINDS, Half, Leave, Person
from banshi.attendance.irregular import DayFacts, Irregularity, irregularities
from banshi.attendance.leave import Shortcoming
from banshi.attendance.periods import Days, PeriodDecision
from banshi.attendance.spans import counted_days, is_short
from banshi.attendance.words import HALVES, KINDS
from banshi.decisions import Alternative, Reason
from banshi.findings import Citation
from banshi.norms import Cover, Evidence, Offset, PunchWindow
from banshi.text import Text


@dataclass(frozen=True, slots=True)
class LeaveFault:
    """A leave that lacks something, or whose order is not determined."""

    staff: str
    leave: Leave
    shortcomings: tuple[Shortcoming, ...]
    doubts: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class PersonAccount:
    """One person's period. ``days``: working days; ``normal``: None where no day has punch windows; ``leave``: days by kind; ``times``: leaves by kind."""

    person: Person
    days: int
    normal: int | None
    irregular: tuple[Irregularity, ...]
    leave: dict[str, Decimal]
    times: dict[str, int]
    factors: tuple[FactorDecision, ...]
    faults: tuple[LeaveFault, ...]

    @property
    def by_type(self) -> dict[str, int]:
        """Irregularities counted by type."""
        return dict(sorted(Counter(i.type for i in self.irregular).items()))


@dataclass(frozen=True, slots=True)
class WindowAccount:
    """One window's period; ``empty``: half-days (or “part” of a day) with fewer people than must be there."""

    id: str
    name: str
    serving: int
    empty: tuple[Half, ...]
    basis: Citation | None


@dataclass(frozen=True, slots=True)
class Account:
    """The account of a register for a period; ``undetermined``: what cannot be said, and why."""

    case: Case
    period: PeriodDecision
    people: tuple[PersonAccount, ...]
    windows: tuple[WindowAccount, ...]
    undetermined: tuple[Reason, ...]


def account(case: Case, period: PeriodDecision) -> Account:
    """The account of one period; empty where it is not determined which days that is."""
    days = period.value
    if days is None:
        return Account(case, period, (), (), period.reasons)
    facts = _facts(case, days)
    working = case.working_days(days.start, days.end)
    people = tuple(_person(case, period, days, facts, working, p) for p in case.register.people.values())
    windows = tuple(_windows(case, facts, working, people))
    return Account(case, period, people, windows, tuple(_undetermined(case, days, working)))


def _facts(case: Case, days: Days) -> dict[tuple[str, datetime.date], DayFacts]:
    """What the register holds of each person and day."""
    facts: dict[tuple[str, datetime.date], DayFacts] = {}
    register = case.register
    for punch in register.punches:
        if punch.day in days:
            facts.setdefault((punch.staff, punch.day), DayFacts()).add(punch)
    for entry in case.entries:
        for day, half in entry.halves:
            facts.setdefault((entry.leave.staff, day), DayFacts()).halves.add(half)
        if is_short(entry.leave):
            facts.setdefault((entry.leave.staff, entry.leave.start), DayFacts()).short.add(entry.leave.kind)
    for found in register.duty_log:
        facts.setdefault((found.staff, found.day), DayFacts()).duty.append(found.finding)
    for note in register.notes:
        facts.setdefault((note.staff, note.day), DayFacts()).notes.append(note)
    return facts


def _person(
    case: Case,
    period: PeriodDecision,
    days: Days,
    facts: dict[tuple[str, datetime.date], DayFacts],
    working: list[datetime.date],
    person: Person,
) -> PersonAccount:
    irregular: list[Irregularity] = []
    normal: int | None = None
    for day in working:
        rules = case.book.at(day)
        if rules.all(Evidence, person.group):
            own = facts.get((person.id, day), DayFacts())
            found = list(irregularities(rules, person, day, own))
            irregular += found
            if rules.all(PunchWindow, person.group):
                normal = (normal or 0) + (not found and not own.whole_day)
    tally = _tally(case, person, days, irregular)
    tested = _factors(case, period, days, person, tally, irregular)
    every = tuple(sorted(irregular, key=lambda i: (i.day, i.type, i.moment)))
    faults = tuple(_faults(case, person, days))
    return PersonAccount(person, len(working), normal, every, dict(tally.days), dict(tally.times), tested, faults)


def _tally(case: Case, person: Person, days: Days, irregular: list[Irregularity]) -> Tally:
    spent: dict[str, Decimal] = {}
    times: Counter[str] = Counter()
    for entry, halves in case.counted:
        leave = entry.leave
        if leave.staff != person.id:
            continue
        own = [half for half in halves if half[0] in days]
        if own:
            spent[leave.kind] = spent.get(leave.kind, Decimal(0)) + counted_days(leave, own)
        if leave.kind in SHORT_KINDS and leave.start in days and leave.approver:
            times[leave.kind] += 1
    raw = sum(i.type in ("late", "early_leaving") and i.day in days for i in irregular)
    return Tally(spent, times, raw)


def _factors(
    case: Case, period: PeriodDecision, days: Days, person: Person, tally: Tally, irregular: list[Irregularity]
) -> tuple[FactorDecision, ...]:
    """Each factor, and what the other reading of the period would lead to where that differs (AMB-29)."""
    rules, register = case.book.at(days.end), case.register
    tested = factors(rules, person.group, days, tally, covered=_covers(case, days))
    for other in period.alternatives:
        assert other.value is not None
        if not (register.start <= other.value.start and other.value.end <= register.end):
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


def _covers(case: Case, days: Days) -> bool:
    register = case.register
    return register.start <= days.start and days.end <= register.end and not case.unknown_years


def _faults(case: Case, person: Person, days: Days) -> Iterator[LeaveFault]:
    for entry in case.entries:
        decision = entry.decision
        if decision is None or entry.leave.staff != person.id or not _touches(entry.leave, days):
            continue
        doubts = decision.doubts or (decision.reasons if decision.value is None else ())
        if decision.shortcomings or doubts:
            yield LeaveFault(person.id, entry.leave, decision.shortcomings, tuple(doubts))


def _touches(leave: Leave, days: Days) -> bool:
    return leave.start <= days.end and days.start <= leave.last


# windows


def _windows(
    case: Case,
    facts: dict[tuple[str, datetime.date], DayFacts],
    working: list[datetime.date],
    people: tuple[PersonAccount, ...],
) -> Iterator[WindowAccount]:
    gone = {(i.staff, i.day) for p in people for i in p.irregular if i.type == "absent"}
    stood_in = _stood_in(case)
    for window in case.register.windows:
        staff = [p.person for p in people if p.person.window == window.id]
        empty: list[Half] = []
        basis = None
        for day in working:
            cover = next((p for p in case.book.at(day).all(Cover, "window_staff") if p.norm.minimum), None)
            if cover is None or not staff:
                continue
            there = {half: [p for p in staff if _there(p, (day, half), facts, gone, stood_in)] for half in HALVES}
            least = cover.norm.minimum or 0
            few = [(day, half) for half in HALVES if len(there[half]) < least]
            part = not few and any(
                len(present) - _slips(present, day, facts, stood_in) < least for present in there.values()
            )
            empty += few or ([(day, "part")] if part else [])
            basis = cover.cite if empty else None
        yield WindowAccount(window.id, window.name, case.register.serving.get(window.id, 0), tuple(empty), basis)


def _stood_in(case: Case) -> set[tuple[str, Half]]:
    """Half-days, and parts of days, for which a substitute was sent."""
    found: set[tuple[str, Half]] = set()
    for entry in case.entries:
        if entry.leave.substitute:
            found.update((entry.leave.staff, half) for half in entry.halves or ((entry.leave.start, "part"),))
    return found


def _there(
    person: Person,
    half: Half,
    facts: dict[tuple[str, datetime.date], DayFacts],
    gone: set[tuple[str, datetime.date]],
    stood_in: set[tuple[str, Half]],
) -> bool:
    own = facts.get((person.id, half[0]))
    if (person.id, half[0]) in gone:
        return False
    return own is None or half[1] not in own.halves or (person.id, half) in stood_in


def _slips(
    present: list[Person],
    day: datetime.date,
    facts: dict[tuple[str, datetime.date], DayFacts],
    stood_in: set[tuple[str, Half]],
) -> int:
    """How many of those present were away for less than half a day without a substitute."""
    own = [(p.id, facts.get((p.id, day))) for p in present]
    return sum(f is not None and bool(f.short) and (staff, (day, "part")) not in stood_in for staff, f in own)


# what cannot be determined


def _undetermined(case: Case, days: Days, working: list[datetime.date]) -> Iterator[Reason]:
    register = case.register
    for year in case.unknown_years:
        yield Reason(
            Text(f"{year} 年的放假安排未录入，工作日不能判定", f"no working-day arrangement is entered for {year}")
        )
    if days.start < register.start or register.end < days.end:
        span = f"{register.start} – {register.end}"
        yield Reason(
            Text(f"登记只有 {span}，没有覆盖 {days}", f"the register covers {span} only, not the whole of {days}")
        )
    groups = sorted({person.group for person in register.people.values()})
    for group in groups:
        yield from _ungoverned(case, group, working)
    last = working[-1] if working else days.end
    hours = case.book.at(last).norm("on-time")
    yield Reason(_NO_HOURS, hours.cite if hours else None)
    for placed in case.book.at(last).all(Offset):
        if any(leave.kind == placed.norm.leave and _touches(leave, days) for leave in register.leave):
            yield Reason(_OFFSET, placed.cite)


def _ungoverned(case: Case, group: str, working: list[datetime.date]) -> Iterator[Reason]:
    name = {"window_staff": "窗口工作人员", "centre_staff": "中心工作人员"}[group]
    free = [day for day in working if not case.book.at(day).all(Evidence, group)]
    if free:
        span = f"{free[0]} – {free[-1]}"
        yield Reason(
            Text(
                f"{span} 没有施行中的规定管{name}的考勤", f"no rule in force governs the attendance of {group}: {span}"
            )
        )
    loose = [day for day in working if day not in free and not case.book.at(day).all(PunchWindow, group)]
    if loose:
        span = f"{loose[0]} – {loose[-1]}"
        yield Reason(
            Text(
                f"{span} 施行的规定没有正常考勤时段，不推定{name}迟到、早退",
                f"the rules of {span} have no punch windows, so lateness is not derived ({group})",
            )
        )


def leave_said(leave: Leave) -> Text:
    """A leave in a few words: 病假 2010-03-01 至 2010-03-02, 事假 2010-03-04 下午."""
    kind, one_day = KINDS[leave.kind], leave.last == leave.start
    first = _half(leave.from_half if leave.from_half == "pm" or (one_day and leave.to_half == "am") else "")
    zh, en = f"{kind.zh} {leave.start}{first.zh}", f"{kind.en} {leave.start}{first.en}"
    if one_day:
        return Text(zh, en)
    last = _half("am" if leave.to_half == "am" else "")
    return Text(f"{zh} 至 {leave.last}{last.zh}", f"{en} to {leave.last}{last.en}")


def _half(half: str) -> Text:
    return Text(f" {HALVES[half].zh}", f" {HALVES[half].en}") if half else Text("", "")


_NO_HOURS = Text(
    "上下班时刻原文未载明，除正常考勤时段外不推定迟到、早退",
    "working hours are stated nowhere, so nothing is derived beyond the punch windows",
)
_OFFSET = Text(
    "事假是否在年休假中扣除，看请假在职工带薪年休假条例施行之前还是之后；这里只登记，不自动扣除",
    "whether personal leave is taken from annual leave depends on a later, higher rule; it is only recorded here",
)
