"""Several registers of one centre as one: what stands in two of them counts once, what contradicts is said.

Who belongs to which window and group is taken, day by day, from the register of that day.
"""

import datetime
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from banshi.base.text import Text
from banshi.law.decisions import Reason
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.doubts import OF_DAYS
from banshi.subjects.attendance.forms import Leave, Register
from banshi.subjects.attendance.unread import CONTRADICTED, UnreadRow
from banshi.subjects.attendance.vocabulary import RegisterWords

_DAY = datetime.timedelta(days=1)
_SHOWN = 10


def joined(cases: Sequence[RegisterInLaw]) -> list[RegisterInLaw]:
    """One case for each centre, in the order in which the centres come."""
    centres: dict[tuple[str, str], list[RegisterInLaw]] = {}
    for case in cases:
        register = case.register
        centres.setdefault((register.jurisdiction, register.centre), []).append(case)
    return [_one(own) if len(own) > 1 else own[0] for own in centres.values()]


def together(cases: Sequence[RegisterInLaw]) -> list[RegisterInLaw]:
    """The cases, but as one those of a centre that share days: each of them alone would be judged on a part."""
    groups: list[list[RegisterInLaw]] = []
    for case in sorted(cases, key=lambda case: case.register.start):
        same = [group for group in groups if any(share_days(case.register, other.register) for other in group)]
        groups = [group for group in groups if group not in same] + [
            [*(each for group in same for each in group), case]
        ]
    order = {id(case): place for place, case in enumerate(cases)}
    groups.sort(key=lambda group: min(order[id(case)] for case in group))
    return [_one(group) if len(group) > 1 else group[0] for group in groups]


def share_days(one: Register, other: Register) -> bool:
    """Whether two registers are of one centre and of some same days."""
    same = (one.jurisdiction, one.centre) == (other.jurisdiction, other.centre)
    return same and one.start <= other.end and other.start <= one.end


def _one(cases: list[RegisterInLaw]) -> RegisterInLaw:
    cases = sorted(cases, key=lambda case: (case.register.start, case.register.end))
    registers = tuple(case.register for case in cases)
    unread = tuple(_within(row, case.register) for case in cases for row in case.unread) + tuple(_in_doubt(registers))
    whole = Register(
        jurisdiction=registers[0].jurisdiction,
        centre=registers[0].centre,
        start=min(register.start for register in registers),
        end=max(register.end for register in registers),
        # The last word counts for what is said of a person or a window as a whole.
        windows=_once((w for r in reversed(registers) for w in r.windows), lambda window: window.id),
        staff=_once((p for r in reversed(registers) for p in r.people.values()), lambda person: person.id),
        punches=_once((p for r in registers for p in r.punches), lambda p: (p.staff, p.day, p.second, p.method)),
        leave=_once((entry for r in registers for entry in r.leave), _same_leave),
        duty_log=_once((entry for r in registers for entry in r.duty_log), lambda entry: entry),
        notes=_once((note for r in registers for note in r.notes), lambda note: note),
        roster=_once((entry for r in registers for entry in r.roster), lambda entry: (entry.staff, entry.day)),
        fictional=any(register.fictional for register in registers),
    )
    return cases[0].rejoined(whole, registers, unread, tuple(_said(registers, cases[0].words)))


def _in_doubt(registers: Sequence[Register]) -> Iterator[UnreadRow]:
    """Whom two registers of the same days tell of otherwise: then it is not known by which group and window to judge."""
    for one, other, first, last in _overlapping(registers):
        for staff in sorted(one.people.keys() & other.people.keys()):
            here, there = one.people[staff], other.people[staff]
            if (here.group, here.window) != (there.group, there.window):
                yield from (UnreadRow(part, staff, first, last, source=CONTRADICTED) for part in ("roster", "password"))
                yield UnreadRow("place", staff, source=CONTRADICTED)


def _overlapping(
    registers: Sequence[Register],
) -> Iterator[tuple[Register, Register, datetime.date, datetime.date]]:
    """Registers that share days, two by two, with the first and the last of those days."""
    for n, one in enumerate(registers):
        for other in registers[n + 1 :]:
            if other.start <= one.end:
                yield one, other, max(one.start, other.start), min(one.end, other.end)


def _within(row: UnreadRow, register: Register) -> UnreadRow:
    """What was not read on an unknown day, as of any day of its own register."""
    if row.day is not None or row.part not in OF_DAYS or row.misnamed:
        return row
    return replace(row, day=register.start, last=register.end)


def _once(values: Iterable[Any], key: Callable[[Any], Hashable]) -> tuple[Any, ...]:
    """The first of each key, in order of key where that is plain text, else as they come."""
    found: dict[Hashable, Any] = {}
    for value in values:
        found.setdefault(key(value), value)
    if all(isinstance(name, str) for name in found):
        return tuple(found[name] for name in sorted(found, key=str))
    return tuple(found.values())


def _same_leave(leave: Leave) -> Hashable:
    """What makes two entries the same leave: papers may have been added in the later register."""
    return leave.staff, leave.kind, leave.start, leave.last, leave.from_half, leave.to_half, leave.left_at


# what is said


def _said(registers: Sequence[Register], words: RegisterWords) -> Iterator[Reason]:
    spans = "、".join(f"{register.start} – {register.end}" for register in registers)
    yield Reason(Text(f"由 {len(registers)} 份登记合成：{spans}", f"joined from {len(registers)} registers: {spans}"))
    yield from _gaps(registers)
    yield from _contradictions(registers, words)
    yield from _twice(registers, words)


def _gaps(registers: Sequence[Register]) -> Iterator[Reason]:
    reach = registers[0].end
    for register in registers[1:]:
        if register.start > reach + _DAY:
            span = f"{reach + _DAY} – {register.start - _DAY}"
            yield Reason(
                Text(f"各份登记之间缺 {span}，这些天没有计算", f"no register covers {span}; these days are not counted")
            )
        reach = max(reach, register.end)


def _contradictions(registers: Sequence[Register], words: RegisterWords) -> Iterator[Reason]:
    """Two registers of the same days that say different things of a person or a window."""
    for one, other, first, last in _overlapping(registers):
        yield from _differing(one, other, first, last, words)


def _differing(
    one: Register, other: Register, first: datetime.date, last: datetime.date, words: RegisterWords
) -> Iterator[Reason]:
    for staff in sorted(one.people.keys() & other.people.keys()):
        here, there = one.people[staff], other.people[staff]
        if here.group != there.group:
            both = words.group(here.group), words.group(there.group)
            yield _contradicts(first, last, staff, (both[0].zh, both[1].zh), (both[0].en, both[1].en))
        if here.window != there.window:
            names = here.window or "没有窗口", there.window or "没有窗口"
            yield _contradicts(first, last, staff, names, (here.window or "no window", there.window or "no window"))


def _contradicts(
    first: datetime.date, last: datetime.date, staff: str, zh: tuple[str, str], en: tuple[str, str]
) -> Reason:
    text = Text(
        f"两份登记都有 {first} – {last}，{staff} 一份写 {zh[0]}，一份写 {zh[1]}；以哪份为准不知道，这些天的考勤不作判定，请核对",
        f"two registers cover {first} – {last}: {staff} is {en[0]} in one and {en[1]} in the other; which is right is not"
        " known, and these days are not judged",
    )
    return Reason(text)


def _twice(registers: Sequence[Register], words: RegisterWords) -> Iterator[Reason]:
    """Leave that stands in two registers."""
    seen: set[Hashable] = set()
    again: list[Leave] = []
    for register in registers:
        own = {_same_leave(leave): leave for leave in register.leave}
        again += [leave for key, leave in own.items() if key in seen]
        seen |= own.keys()
    if again:
        shown = "；".join(f"{x.staff} {x.start} {words.kind(x.kind).zh}" for x in again[:_SHOWN])
        more = " 等" if len(again) > _SHOWN else ""
        yield Reason(
            Text(
                f"{len(again)} 次请假在两份登记里都有，只算一次：{shown}{more}",
                f"{len(again)} leaves stand in two registers and count once",
            )
        )
