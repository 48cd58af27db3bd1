"""Leave of one person that two places tell of: what is the same leave, and on which days they cannot both be right."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec
from msgspec import Struct

from banshi.base.limits import MAX_LEAVE_PAIRS
from banshi.subjects.attendance.forms import Leave, Register
from banshi.subjects.attendance.spans import HALF, is_short

Span = tuple[datetime.date, datetime.date]
# Whether some day of a span is one on which a person works, or may.
Working = Callable[[str, datetime.date, datetime.date], bool]
_Halves = tuple[int, int]  # the first and the last half-day, counted from the first day there is
_Entry = tuple[int, Leave]
# What makes two entries the same leave, and what may be told of it without bearing on anything.
_NO_FORMALITY = frozenset(
    (
        "staff",
        "kind",
        "start",
        "end",
        "from_half",
        "to_half",
        "days",
        "left_at",
        "reason",
        "short",
        "covers",
        "calendar_days",
    )
)
_FORMALITIES = tuple(field for field in msgspec.structs.fields(Leave) if field.name not in _NO_FORMALITY)


class LeaveClash(Struct, frozen=True):
    """Two leaves, with their numbers, that cannot both be as they are told.

    ``spans``: the days on which they differ; ``formality``: the only thing in which they do, if it is one.
    """

    here: _Entry
    there: _Entry
    spans: tuple[Span, ...]
    formality: str = ""


def alike(one: Leave, other: Leave) -> bool:
    """Whether two entries are of the same leave; papers may have been added in one of them."""
    return _same_days(one) == _same_days(other) and _agree(one.left_at, other.left_at) and _same_length(one, other)


def taken_together(one: Leave, other: Leave) -> Leave:
    """The same leave with what either says of it; of what they say otherwise the first one's word."""
    values = {field.name: getattr(other, field.name) for field in msgspec.structs.fields(Leave)}
    lists = {key: tuple(dict.fromkeys((*getattr(one, key), *values[key]))) for key in ("filed_with", "papers")}
    plain = {key: value for key, value in values.items() if key not in lists and not _stated(one, key)}
    return msgspec.structs.replace(one, **plain, **lists)


def joined_leave(lists: Iterable[Iterable[Leave]]) -> tuple[tuple[Leave, ...], list[Leave]]:
    """The leave of several places, what stands in two of them once with all that they say of it; and what does."""
    found: list[Leave] = []
    again: list[Leave] = []
    met: dict[Hashable, list[int]] = defaultdict(list)
    for leaves in lists:
        free = {key: list(numbers) for key, numbers in met.items()}  # each is met once in every place
        for leave in leaves:
            before = free.get(_same_days(leave), [])
            same = next((n for n in before if alike(found[n], leave)), None)
            if same is None:
                met[_same_days(leave)].append(len(found))
                found.append(leave)
            else:
                before.remove(same)
                found[same] = taken_together(found[same], leave)
                again.append(leave)
    return tuple(found), again


def leave_clashes(one: Register, other: Register, working: Working) -> Iterator[LeaveClash]:
    """Where two registers differ in the leave of somebody; of days that one does not cover it may be silent."""
    theirs = _by_person(other.leave)
    for staff, own in _by_person(one.leave).items():
        its = theirs.get(staff, [])
        same, own_rest, its_rest = _matched(own, its)
        for here, there in same:
            yield from _formalities(here, there)
        if len(own_rest) * len(its_rest) > MAX_LEAVE_PAIRS:
            yield LeaveClash(own_rest[0], its_rest[0], (_whole([leave for _, leave in (*own_rest, *its_rest)]),))
            continue
        for here in own_rest:
            for there in its_rest:
                spans = _differing(here[1], there[1], own, its, (one, other)) if _meet(here[1], there[1]) else []
                if worked := tuple(span for span in spans if _bears((here[1], there[1]), span, working)):
                    yield LeaveClash(here, there, worked)


def _whole(leaves: Sequence[Leave]) -> Span:
    return min(leave.start for leave in leaves), max(leave.last for leave in leaves)


def _bears(leaves: Iterable[Leave], span: Span, working: Working) -> bool:
    """Whether some day of a span counts for one of the leaves."""
    return any(leave.calendar_days or working(leave.staff, *span) for leave in leaves)


def leave_overlaps(leaves: Sequence[Leave], working: Working) -> Iterator[LeaveClash]:
    """Where one list tells of two sorts of leave at the same time: each leave with that which reaches furthest into it."""
    for own in _by_person(leaves).values():
        reaching: list[_Entry] = []  # of those begun before: which ends last, and which of another kind does
        for here in sorted((e for e in own if not is_short(e[1])), key=lambda e: (_halves(e[1]), e[0])):
            there = next((each for each in reaching if each[1].kind != here[1].kind), None)
            if there is not None and _meet(here[1], there[1]):
                span = _days(_common(_halves(here[1]), _halves(there[1])))
                if _bears((here[1], there[1]), span, working):
                    yield LeaveClash(here, there, (span,))
            last = sorted((here, *reaching), key=lambda e: _halves(e[1])[1], reverse=True)
            reaching = [last[0], *[each for each in last if each[1].kind != last[0][1].kind][:1]]


def _by_person(leaves: Iterable[Leave]) -> dict[str, list[_Entry]]:
    found: dict[str, list[_Entry]] = defaultdict(list)
    for n, leave in enumerate(leaves):
        if leave.start <= leave.last:
            found[leave.staff].append((n, leave))
    return found


def _matched(own: list[_Entry], its: list[_Entry]) -> tuple[list[tuple[_Entry, _Entry]], list[_Entry], list[_Entry]]:
    """The same leave here and there, two by two; and those that only one place tells of so."""
    free: dict[Hashable, list[_Entry]] = defaultdict(list)
    for entry in its:
        free[_same_days(entry[1])].append(entry)
    same, rest = [], []
    for here in own:
        those = free[_same_days(here[1])]
        there = next((each for each in those if alike(here[1], each[1])), None)
        if there is None:
            rest.append(here)
        else:
            those.remove(there)
            same.append((here, there))
    return same, rest, sorted((e for those in free.values() for e in those), key=lambda e: e[0])


def _differing(
    mine: Leave, its: Leave, own: list[_Entry], others: list[_Entry], registers: tuple[Register, Register]
) -> list[Span]:
    """The days on which two leaves that meet cannot both be right."""
    short = [leave for leave in (mine, its) if is_short(leave)]
    if short:  # two that excuse different moments stand beside each other
        return [] if len(short) == 2 and mine.kind != its.kind else [(short[0].start, short[0].start)]
    a, b = _halves(mine), _halves(its)
    if (mine.kind, a) == (its.kind, b):  # of another length, or left at another time
        return [_days(a)]
    lacking = [*_lacking(a, b, mine.kind, others, registers[1]), *_lacking(b, a, its.kind, own, registers[0])]
    return _merged(lacking)


def _lacking(own: _Halves, met: _Halves, kind: str, there: list[_Entry], register: Register) -> Iterator[_Halves]:
    """The half-days of a leave that another place, which tells of them, does not tell of as leave of the kind."""
    parts = [own]
    for _, leave in there:
        if leave.kind == kind and not is_short(leave):
            parts = [rest for part in parts for rest in _without(part, _halves(leave))]
    covered = (2 * register.start.toordinal(), 2 * register.end.toordinal() + 1)
    for part in parts:
        for told in (covered, met):
            if part[0] <= told[1] and told[0] <= part[1]:
                yield _common(part, told)


def _merged(parts: Iterable[_Halves]) -> list[Span]:
    """Half-days as days, each once."""
    found: list[Span] = []
    for first, last in sorted(_days(part) for part in parts):
        if found and first <= found[-1][1] + datetime.timedelta(days=1):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _formalities(here: _Entry, there: _Entry) -> Iterator[LeaveClash]:
    for field in _FORMALITIES:
        a, b = getattr(here[1], field.name), getattr(there[1], field.name)
        both = _stated(here[1], field.name) and _stated(there[1], field.name)
        if both and not isinstance(a, tuple) and a != b:
            yield LeaveClash(here, there, ((here[1].start, here[1].last),), field.name)


_DEFAULTS = {field.name: field.default for field in msgspec.structs.fields(Leave) if not field.required}


def _stated(leave: Leave, key: str) -> bool:
    """Whether a value was written: what is left out is as its default is."""
    return key not in _DEFAULTS or bool(getattr(leave, key) != _DEFAULTS[key])


def _agree(one: object, other: object) -> bool:
    return one is None or other is None or one == other


def _same_length(one: Leave, other: Leave) -> bool:
    if one.days is not None and other.days is not None:
        return one.days == other.days
    return is_short(one) == is_short(other) and (is_short(one) or _length(one) == _length(other))


def _length(leave: Leave) -> Decimal:
    first, last = _halves(leave)
    return HALF * (last - first + 1) if leave.days is None else leave.days


def _same_days(leave: Leave) -> Hashable:
    return leave.staff, leave.kind, _halves(leave)


def _halves(leave: Leave) -> _Halves:
    """The first and the last half-day of a leave as numbers."""
    return 2 * leave.start.toordinal() + (leave.from_half == "pm"), 2 * leave.last.toordinal() + (leave.to_half == "pm")


def _meet(one: Leave, other: Leave) -> bool:
    a, b = _halves(one), _halves(other)
    return a[0] <= b[1] and b[0] <= a[1]


def _common(a: _Halves, b: _Halves) -> _Halves:
    return max(a[0], b[0]), min(a[1], b[1])


def _without(part: _Halves, taken: _Halves) -> list[_Halves]:
    first, last = _common(part, taken)
    if first > last:
        return [part]
    return [each for each in ((part[0], first - 1), (last + 1, part[1])) if each[0] <= each[1]]


def _days(halves: _Halves) -> Span:
    return datetime.date.fromordinal(halves[0] // 2), datetime.date.fromordinal(halves[1] // 2)
