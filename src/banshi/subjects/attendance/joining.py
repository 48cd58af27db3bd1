"""Several registers of one centre as one: what stands in two of them counts once, what contradicts is said.

Who belongs to which window and group is taken, day by day, from the register of that day.
"""

import datetime
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from banshi.base.text import Text
from banshi.files.kinds import UNREAD_CENTRE
from banshi.law.decisions import Reason
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.clashes import Clash, between
from banshi.subjects.attendance.doubts import OF_DAYS
from banshi.subjects.attendance.forms import Leave, Register
from banshi.subjects.attendance.leave_clashes import joined_leave
from banshi.subjects.attendance.unread import UnreadRow
from banshi.subjects.attendance.vocabulary import RegisterWords

_DAY = datetime.timedelta(days=1)
_SHOWN = 10


def joined(cases: Sequence[RegisterInLaw]) -> list[RegisterInLaw]:
    """One case for each centre, in the order in which the centres come.

    One whose centre cannot be read is of the only other one of its place, where there is one.
    """
    centres: dict[tuple[str, str], list[RegisterInLaw]] = {}
    named = dict.fromkeys((case.register.jurisdiction, case.register.centre) for case in cases)
    for case in cases:
        own = case.register.jurisdiction, case.register.centre
        others = [each for each in named if each[0] == own[0] and each != own]
        centres.setdefault(others[0] if own[1] == UNREAD_CENTRE and len(others) == 1 else own, []).append(case)
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
    """Whether two registers are, or may be, of one centre and of some same days."""
    return may_be_one_centre(one, other) and one.start <= other.end and other.start <= one.end


def may_be_one_centre(one: Register, other: Register) -> bool:
    """Whether two registers are of one centre, as far as it can be read of which they are."""
    same = one.centre == other.centre or UNREAD_CENTRE in (one.centre, other.centre)
    return same and one.jurisdiction == other.jurisdiction


def _one(cases: list[RegisterInLaw]) -> RegisterInLaw:
    cases = sorted(cases, key=lambda case: (case.register.start, case.register.end))
    registers = tuple(case.register for case in cases)
    clashes = tuple(_clashes(cases))
    leave, again = joined_leave(r.leave for r in registers)
    unread = [_within(row, case.register) for case in cases for row in case.unread]
    unread += [row for clash, _ in clashes for row in clash.unread]
    whole = Register(
        jurisdiction=registers[0].jurisdiction,
        centre=next((r.centre for r in registers if r.centre != UNREAD_CENTRE), UNREAD_CENTRE),
        start=min(register.start for register in registers),
        end=max(register.end for register in registers),
        # The last word counts for what is said of a person or a window as a whole.
        windows=_once((w for r in reversed(registers) for w in r.windows), lambda window: window.id),
        staff=_once((p for r in reversed(registers) for p in r.people.values()), lambda person: person.id),
        punches=_once((p for r in registers for p in r.punches), lambda p: (p.staff, p.day, p.second, p.method)),
        leave=leave,
        duty_log=_once((entry for r in registers for entry in r.duty_log), lambda entry: entry),
        notes=_once((note for r in registers for note in r.notes), lambda note: note),
        roster=_once((entry for r in registers for entry in r.roster), lambda entry: (entry.staff, entry.day)),
        fictional=any(register.fictional for register in registers),
    )
    said = tuple(_said(registers, clashes, again, cases[0].words))
    told = tuple(reason for case in cases for reason in case.told)
    return cases[0].rejoined(whole, registers, tuple(unread), said, told)


def _clashes(cases: Sequence[RegisterInLaw]) -> Iterator[tuple[Clash, Text]]:
    """What the registers tell otherwise, two by two, each with the two of which it is said."""
    for n, one in enumerate(cases):
        for other in cases[n + 1 :]:
            spans = [f"{case.register.start} – {case.register.end}" for case in (one, other)]
            both = Text(f"{spans[0]} 和 {spans[1]} 的两份登记", f"in the registers of {spans[0]} and {spans[1]}")
            for clash in between(one.register, other.register, one.words, one.may_work):
                yield clash, both


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


# what is said


def _said(
    registers: Sequence[Register], clashes: Sequence[tuple[Clash, Text]], again: Sequence[Leave], words: RegisterWords
) -> Iterator[Reason]:
    spans = "、".join(f"{register.start} – {register.end}" for register in registers)
    yield Reason(Text(f"由 {len(registers)} 份登记合成：{spans}", f"joined from {len(registers)} registers: {spans}"))
    yield from _gaps(registers)
    yield from (Reason(clash.text(both)) for clash, both in clashes)
    yield from _twice(again, words)


def _gaps(registers: Sequence[Register]) -> Iterator[Reason]:
    reach = registers[0].end
    for register in registers[1:]:
        if register.start > reach + _DAY:
            span = f"{reach + _DAY} – {register.start - _DAY}"
            yield Reason(
                Text(f"各份登记之间缺 {span}，这些天没有计算", f"no register covers {span}; these days are not counted")
            )
        reach = max(reach, register.end)


def _twice(again: Sequence[Leave], words: RegisterWords) -> Iterator[Reason]:
    """Leave that stands in two registers."""
    if again:
        shown = "；".join(f"{x.staff} {x.start} {words.kind(x.kind).zh}" for x in again[:_SHOWN])
        more = " 等" if len(again) > _SHOWN else ""
        yield Reason(
            Text(
                f"{len(again)} 次请假在两份登记里都有，只算一次：{shown}{more}",
                f"{len(again)} leaves stand in two registers and count once",
            )
        )
