"""When is each item of a case due, what decides the end, and what does side by side save over one after another?

A prerequisite's result is there on the day it is decided; what needs it is accepted that day. As everywhere in this
project the day of acceptance is not counted: n working days end on the n-th working day after it. A limit in calendar
days (天) that ends on a day off ends on the next working day.
"""

import datetime
from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import Text
from banshi.files.not_stated import if_stated
from banshi.law.decisions import Reason
from banshi.law.working_days import UndeterminedYear, WorkingDays
from banshi.subjects.parallel.context import CaseFile, in_order
from banshi.subjects.parallel.forms import Item

Day = datetime.date


class Limit(Struct, frozen=True):
    """How long an item may take, in ``unit`` (工作日 or 天)."""

    days: int
    unit: str

    def say(self) -> Text:
        """5个工作日; 当场办结."""
        if not self.days:
            return Text("当场办结", "on the spot")
        return Text(
            f"{self.days}{'个' if self.unit == '工作日' else ''}{self.unit}", f"{self.days} {_UNITS[self.unit]}"
        )

    def end(self, accepted: Day, days: WorkingDays) -> Day:
        """The last day, for what was accepted on ``accepted``. Raises ``UndeterminedYear``."""
        if self.unit == "工作日" and self.days:
            return days.add(accepted, self.days)
        return days.roll(accepted + datetime.timedelta(days=self.days))


_UNITS = {"工作日": "working days", "天": "days"}


class Slot(Struct, frozen=True):
    """An item's place in a schedule; dates are None where they are not determined.

    ``accepted``: when its last prerequisite is there. ``due``: the last day of its limit. ``finished``: when it was
    decided, if it was. ``end``: when its result is there: ``finished``, else ``due``, or the day looked at where that
    is later. ``slack``: by how many working days its result may come later without moving the end of the case.
    ``after``: the prerequisite that its acceptance waits for.
    """

    item: Item
    limit: Limit | None
    accepted: Day | None = None
    due: Day | None = None
    finished: Day | None = None
    end: Day | None = None
    slack: int | None = None
    after: str | None = None

    @property
    def critical(self) -> bool:
        """Whether any delay moves the end of the case."""
        return self.slack == 0


_DATED = ("accepted", "due", "finished", "end")


class Plan(Struct, frozen=True, dict=True):
    """Slots in an order in which prerequisites come first, from the day the case was accepted.

    ``path``: the chain of items that decides the end. ``length``: working days from the start to the end; None where
    not determined. ``reasons``: what could not be determined, and why. ``certain``: whether it is known what is finished.
    """

    starts_on: Day
    slots: tuple[Slot, ...]
    reasons: tuple[Reason, ...]
    length: int | None
    certain: bool = True

    @cached_property
    def by_id(self) -> dict[str, Slot]:
        """Slots by item."""
        return {slot.item.id: slot for slot in self.slots}

    @cached_property
    def ends_on(self) -> Day | None:
        """When the last result is there."""
        return _latest([slot.end for slot in self.slots])

    @cached_property
    def path(self) -> tuple[str, ...]:
        """Items that decide the end, in order; empty where that is not determined."""
        if self.ends_on is None or not self.slots or not self.certain:
            return ()
        at: str | None = next(s.item.id for s in self.slots if s.end == self.ends_on)
        found: list[str] = []
        while at is not None:
            found.append(at)
            at = self.by_id[at].after
        return tuple(reversed(found))


def promised(item: Item) -> Limit | None:
    """The promised limit; where none is promised the statutory one holds; None: neither is stated (for certain)."""
    return if_stated(lambda: _promised(item))


def _promised(item: Item) -> Limit | None:
    days = item.limits.promised
    if days is None and item.immediate:
        days = 0
    return statutory(item) if days is None else Limit(days, item.limits.unit)


def statutory(item: Item) -> Limit | None:
    """The statutory limit; None: not stated (for certain)."""
    days = if_stated(lambda: item.limits.statutory)
    return None if days is None else Limit(days, item.limits.unit)


Limits = Mapping[str, Limit | None]


def limits_of(items: tuple[Item, ...], *, by_law: bool = False) -> dict[str, Limit | None]:
    """The limit of each item: the promised one, or the statutory one ``by_law``."""
    return {item.id: statutory(item) if by_law else promised(item) for item in items}


def side_by_side(file: CaseFile, limits: Limits, *, as_it_stands: bool = False) -> Plan:
    """Every item starts when its prerequisites are there. ``as_it_stands``: with what is finished, and what is late.

    Raises ``graphlib.CycleError`` where prerequisites go in a circle.
    """
    work = _Work(file, limits, as_it_stands)
    for item in in_order(file.items):
        work.place(item)
    return work.plan()


def one_after_another(file: CaseFile, limits: Limits) -> Plan:
    """The same items, each accepted when the one before it is finished. Raises ``graphlib.CycleError``."""
    work = _Work(file, limits)
    before: str | None = None
    for item in in_order(file.items):
        work.place(item, before)
        before = item.id
    return work.plan()


def as_it_stands(file: CaseFile) -> Plan:
    """The plan with what is finished and what is late; of what is not certain in the case, what holds however it is."""
    limits = limits_of(file.items)
    plan, *others = (side_by_side(way, limits, as_it_stands=True) for way in file.as_it_may_be)
    return _in_all(plan, others) if others else plan


def _in_all(plan: Plan, others: Sequence[Plan]) -> Plan:
    """The days that all have in common: all between the earliest and the latest then are these; slack may lie between."""
    slots = []
    for own in zip(plan.slots, *(each.slots for each in others), strict=True):
        apart = [key for key in _DATED if len({getattr(slot, key) for slot in own}) > 1]
        slots.append(replace(own[0], **dict.fromkeys(apart), slack=None))
    same = {plan.length, *(each.length for each in others)} == {plan.length}
    return Plan(plan.starts_on, tuple(slots), plan.reasons, plan.length if same else None, certain=False)


class _Work:
    """A plan in the making."""

    def __init__(self, file: CaseFile, limits: Limits, as_it_stands: bool = False) -> None:
        self._file, self._limits = file, limits
        self._finished = file.finished if as_it_stands else {}
        self._as_of = file.as_of if as_it_stands else None
        self._slots: dict[str, Slot] = {}
        self._waited: dict[str, tuple[str, ...]] = {}
        self._reasons: dict[Reason, None] = {}

    def place(self, item: Item, before: str | None = None) -> None:
        """Give an item its place: after its prerequisites, or after ``before`` alone where that is given."""
        waits = (before,) if before else tuple(r for r in item.requires if r in self._slots)
        self._waited[item.id] = waits
        limit = self._limits[item.id]
        accepted, after = self._accepted(waits)
        due = self._due(item, limit, accepted)
        finished = self._finished.get(item.id)
        slot = Slot(item, limit, accepted, due, finished, self._end(due, finished), after=after)
        self._slots[item.id] = slot

    def _accepted(self, waits: tuple[str, ...]) -> tuple[Day | None, str | None]:
        if not waits:
            return self._file.case.starts_on, None
        ends = {w: self._slots[w].end for w in waits}
        last = _latest(list(ends.values()))
        if last is None:
            return None, None
        after = next(w for w in waits if ends[w] == last)
        start = self._file.case.starts_on
        return (last, after) if last > start else (start, after)

    def _due(self, item: Item, limit: Limit | None, accepted: Day | None) -> Day | None:
        if limit is None:
            self._say(
                Text(f"“{item.name}”没有写办理时限，不能推算", f"{item.name} has no time limit, so it cannot be dated")
            )
            return None
        return None if accepted is None else self._counted(limit, accepted)

    def _counted(self, limit: Limit, accepted: Day) -> Day | None:
        try:
            return limit.end(accepted, self._file.days)
        except (UndeterminedYear, OverflowError) as error:
            self._say(_unknown_year(error if isinstance(error, UndeterminedYear) else UndeterminedYear(accepted.year)))
            return None

    def _end(self, due: Day | None, finished: Day | None) -> Day | None:
        if finished is not None:
            return finished
        if due is None or self._as_of is None or due > self._as_of:
            return due
        try:
            return max(due, self._file.days.roll(self._as_of))
        except UndeterminedYear as error:
            self._say(_unknown_year(error))
            return None

    def _say(self, text: Text) -> None:
        self._reasons[Reason(text)] = None

    def plan(self) -> Plan:
        """The plan, with slack and length."""
        slots = _with_slack(self._slots, self._waited, self._file.days)
        length = self._length(_latest([slot.end for slot in slots]))  # which may add a reason
        return Plan(self._file.case.starts_on, slots, tuple(self._reasons), length)

    def _length(self, end: Day | None) -> int | None:
        if end is None:
            return None
        try:
            return self._file.days.count(self._file.case.starts_on, end)
        except UndeterminedYear as error:
            self._say(_unknown_year(error))
            return None


def _with_slack(slots: dict[str, Slot], waited: Mapping[str, tuple[str, ...]], days: WorkingDays) -> tuple[Slot, ...]:
    """The slots with their slack: backwards from the end, the latest day on which each result may be there."""
    end = _latest([slot.end for slot in slots.values()])
    if end is None:
        return tuple(slots.values())
    latest = dict.fromkeys(slots, end)
    found: dict[str, Slot] = {}
    for key, slot in reversed(slots.items()):
        if slot.finished:  # what it waited for no longer matters
            found[key] = slot
            continue
        found[key] = replace(slot, slack=working(days, slot.end, latest[key]))
        for before in waited[key]:
            latest[before] = min(latest[before], _latest_acceptance(slot, latest[key], days))
    return tuple(found[key] for key in slots)


def _latest_acceptance(slot: Slot, latest: Day, days: WorkingDays) -> Day:
    """The latest day on which an item may be accepted so that its result is there on ``latest``."""
    assert slot.accepted is not None
    assert slot.limit is not None
    day = latest
    while day > slot.accepted and not _in_time(slot.limit, day, latest, days):
        day -= datetime.timedelta(days=1)
    return day


def _in_time(limit: Limit, accepted: Day, latest: Day, days: WorkingDays) -> bool:
    try:
        return limit.end(accepted, days) <= latest
    except UndeterminedYear:  # beyond the last calendar, so beyond ``latest`` too
        return False


def working(days: WorkingDays, start: Day | None, end: Day | None) -> int | None:
    """Working days after ``start`` up to ``end``; None where either is not known, or a calendar is missing."""
    if start is None or end is None:
        return None
    try:
        return days.count(start, end)
    except UndeterminedYear:
        return None


def _latest(days: list[Day | None]) -> Day | None:
    """The last of some days; None where one is not known, or there is none."""
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _unknown_year(error: UndeterminedYear) -> Text:
    zh, en = error.said
    return Text(f"{zh}，此后的日期不能推算", f"{en}, so later days cannot be counted")
