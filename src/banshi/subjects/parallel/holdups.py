"""How does a case stand on a day, and what holds it up?"""

import datetime
from collections.abc import Mapping, Sequence

from msgspec import Struct

from banshi.base.text import Text, listed
from banshi.subjects.parallel.context import CaseFile
from banshi.subjects.parallel.schedule import Plan, Slot, working

PLANNED, UNDER_WAY, WAITING, OVERDUE, FINISHED, FINISHED_LATE, OPEN = (
    "planned",
    "under_way",
    "waiting",
    "overdue",
    "finished",
    "finished_late",
    "not_determined",
)
STATUSES = {
    PLANNED: Text("计划", "planned"),
    UNDER_WAY: Text("办理中", "under way"),
    WAITING: Text("等前置", "waiting"),
    OVERDUE: Text("超期未办结", "overdue"),
    FINISHED: Text("已办结", "finished"),
    FINISHED_LATE: Text("超期办结", "finished late"),
    OPEN: Text("不能判定", "not determined"),
}


class Holdup(Struct, frozen=True):
    """An item that holds the case up (or has), and how."""

    item: str
    status: str
    text: Text


def status(file: CaseFile, slot: Slot) -> str:
    """One of ``STATUSES``, as of the day asked about; ``planned`` where no day is."""
    if slot.finished is not None:
        return FINISHED_LATE if slot.due is not None and slot.finished > slot.due else FINISHED
    if file.as_of is None:
        return PLANNED
    if slot.due is not None and slot.due < file.as_of:
        return OVERDUE
    if slot.accepted is None or file.as_of < file.case.starts_on:
        return WAITING if slot.item.requires else PLANNED
    return UNDER_WAY if set(waits_for(file, slot)) <= set(file.finished) else WAITING


def statuses(stands: Sequence[tuple[CaseFile, Plan]]) -> dict[str, str]:
    """The status of each item; ``stands``: each way in which the case may stand, with its plan."""
    found: dict[str, set[str]] = {}
    for file, plan in stands:
        for slot in plan.slots:
            found.setdefault(slot.item.id, set()).add(status(file, slot))
    return {item: next(iter(own)) if len(own) == 1 else OPEN for item, own in found.items()}


def waits_for(file: CaseFile, slot: Slot) -> tuple[str, ...]:
    """The prerequisites of an item that the case handles itself."""
    here = {item.id for item in file.items}
    return tuple(required for required in slot.item.requires if required in here)


def holdups(file: CaseFile, plan: Plan, known: Mapping[str, str]) -> list[Holdup]:
    """What holds the case up: overdue items, else critical items under way; then items that finished late.

    ``known``: the status of each item.
    """
    if file.as_of is None:
        return []
    by_status: dict[str, list[Slot]] = {}
    for slot in plan.slots:
        by_status.setdefault(known[slot.item.id], []).append(slot)
    late = [_overdue(file, plan, slot) for slot in by_status.get(OVERDUE, ())]
    now = [_under_way(file, plan, slot) for slot in by_status.get(UNDER_WAY, ()) if slot.critical]
    return (late or now) + [_was_late(file, slot) for slot in by_status.get(FINISHED_LATE, ())]


def _overdue(file: CaseFile, plan: Plan, slot: Slot) -> Holdup:
    by, by_en = _by(file, slot.due, file.as_of)
    text = Text(
        f"“{slot.item.name}”（{_department(file, slot)}）应在 {slot.due} 办结，已超期{by}{_blocked(file, plan, slot)}",
        f"{slot.item.name} was due on {slot.due}, overdue{by_en}",
    )
    return Holdup(slot.item.id, OVERDUE, text)


def _under_way(file: CaseFile, plan: Plan, slot: Slot) -> Holdup:
    text = Text(
        f"“{slot.item.name}”（{_department(file, slot)}）在关键线路上，正在办理，最迟 {slot.due} 办结"
        f"{_blocked(file, plan, slot)}",
        f"{slot.item.name} is critical and under way, due on {slot.due}",
    )
    return Holdup(slot.item.id, UNDER_WAY, text)


def _was_late(file: CaseFile, slot: Slot) -> Holdup:
    by, by_en = _by(file, slot.due, slot.finished)
    text = Text(
        f"“{slot.item.name}”（{_department(file, slot)}）应在 {slot.due} 办结，{slot.finished} 才办结，晚了{by}",
        f"{slot.item.name} was due on {slot.due} and finished on {slot.finished}, late{by_en}",
    )
    return Holdup(slot.item.id, FINISHED_LATE, text)


def _blocked(file: CaseFile, plan: Plan, slot: Slot) -> str:
    """Which items wait for this one."""
    names = [
        s.item.name
        for s in plan.slots
        if slot.item.id in waits_for(file, s) and s.finished is None and s.item.id not in file.open
    ]
    return f"；等它的有{listed(names)}" if names else ""


def _by(file: CaseFile, due: datetime.date | None, on: datetime.date | None) -> tuple[str, str]:
    days = working(file.days, due, on)
    return (f"{days}个工作日", f" by {days} working days") if days else ("", "")


def _department(file: CaseFile, slot: Slot) -> str:
    return file.catalogue.department_name(slot.item.department)
