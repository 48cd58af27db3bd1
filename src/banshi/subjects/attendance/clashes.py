"""Two entries about the same person, window or day of which at most one is right: in two registers, two tables, or one list.

Nobody knows which, so what rests on either is not judged, and both places are told.
"""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec
from msgspec import Struct

from banshi.base.money import plain
from banshi.base.text import Text, listed
from banshi.subjects.attendance.columns import CELL_OF, PARTS
from banshi.subjects.attendance.forms import Leave, Person, Register, Window
from banshi.subjects.attendance.leave_clashes import LeaveClash, Span, Working, leave_clashes, leave_overlaps
from banshi.subjects.attendance.spans import HALF
from banshi.subjects.attendance.unread import CONTRADICTED, UnreadRow
from banshi.subjects.attendance.vocabulary import FORMS, POSITION_NAMES, RegisterWords
from banshi.subjects.attendance.words import days_zh, leave_said

_OF_PERSON = ("group", "window", "role", "password_approved_on")
_BEARS = {
    "group": ("roster", "password", "place"),
    "window": ("roster", "password", "place"),
    "role": ("role",),
    "password_approved_on": ("password",),
}
_ANY_DAY = frozenset(("place", "role", "on_duty"))  # what is asked for without a day
_POSITIONS = {value: name for name, value in POSITION_NAMES.items()}


class Clash(Struct, frozen=True):
    """What stands ``here`` and what ``there`` (numbers within ``part``), which cannot both be right.

    ``staff``: whose (of a window: its id). ``spans``: the days that it leaves open; ``bears``: what of them; ``said``: what
    either says; ``key``: in which field.
    """

    part: str
    here: int
    there: int
    key: str
    staff: str
    spans: tuple[Span, ...]
    bears: tuple[str, ...]
    said: tuple[Text, Text]

    @property
    def unread(self) -> Iterator[UnreadRow]:
        """What is left open, as of rows that were not read."""
        for each in self.bears:
            for first, last in ((None, None),) if each in _ANY_DAY else self.spans:
                yield UnreadRow(each, self.staff, first, last, source=CONTRADICTED)

    @property
    def days(self) -> Text:
        """The days that it leaves open, in words; empty where it is of no day."""
        zh = listed(_shown(span) for span in self.spans[:_SHOWN]) + ("等" if len(self.spans) > _SHOWN else "")
        return Text(f" {zh} ", f" ({zh})") if self.spans else Text(" ", "")

    @property
    def title(self) -> Text:
        """What it is about."""
        part = PARTS[self.part]
        if self.key in ("kind", "from"):
            return part.title
        return Text(part.columns[CELL_OF.get(self.key, self.key)].headings[0], self.key)

    def text(self, both: Text) -> Text:
        """The clash in words; ``both``: the two places, 在 甲.csv 和 乙.csv 里."""
        if self.key == MANY:
            return Text(f"{self.said[0].zh}{_LEFT[self.part].zh}，请核对", f"{self.said[0].en}: {_LEFT[self.part].en}")
        (here, there), title = self.said, self.title
        of_order = Text("手续是否合规不作判定", "whether it is in order is not judged")
        left = of_order if self.bears == ("order",) else _LEFT[self.part]
        return Text(
            f"{self.staff}{self.days.zh}的{title.zh}，{both.zh}写得不一样：一处是{here.zh}，一处是{there.zh}；"
            f"以哪处为准不知道，{left.zh}，请核对",
            f"{self.staff}{self.days.en}: {title.en} told otherwise {both.en}: {here.en} in one, {there.en} in the other;"
            f" which is right is not known: {left.en}",
        )


class Misdeclared(Struct, frozen=True):
    """A leave (its number) whose declared length is not that of its days: ``span`` of them count.

    Where all days of the calendar were declared, it is known which is right.
    """

    index: int
    leave: Leave
    span: Decimal

    @property
    def by_calendar(self) -> bool:
        """Whether the declared length is that of the calendar days from start to end."""
        leave = self.leave
        halves = (leave.from_half == "pm") + (leave.to_half == "am")
        return leave.days == (leave.last - leave.start).days + 1 - HALF * halves

    @property
    def unread(self) -> Iterator[UnreadRow]:
        """What is left open, as of rows that were not read."""
        if not self.by_calendar:
            leave = self.leave
            yield UnreadRow("leave", leave.staff, leave.start, leave.last, source=CONTRADICTED)

    def text(self, words: RegisterWords) -> Text:
        """The two lengths in words, and what comes of them."""
        leave, kind = self.leave, words.kind(self.leave.kind)
        declared, span = days_zh(leave.days or Decimal(0)), days_zh(self.span)
        left = (
            Text("只计工作日", "working days count")
            if self.by_calendar
            else Text(f"以哪个为准不知道，{_DAYS_LEFT.zh}", f"which is right is not known: {_DAYS_LEFT.en}")
        )
        return Text(
            f"{leave.staff} {leave.start} 至 {leave.last} 的{kind.zh}，申报{declared}，按起止是{span}：{left.zh}",
            f"{leave.staff}: {kind.en} from {leave.start} to {leave.last} is declared as {plain(leave.days or Decimal(0))} "
            f"days, from start to end it is {plain(self.span)}: {left.en}",
        )


MANY = "many"  # the key of what stands in more places than are compared
IN_ONE = Text("登记里两处", "in two places of the register")
_SHOWN = 5  # spans of days that one message names
_DAYS_LEFT = Text("这些天的考勤不作判定", "these days are not judged")
_LEFT = {
    "staff": _DAYS_LEFT,
    "leave": _DAYS_LEFT,
    "roster": _DAYS_LEFT,
    "windows": Text("与值班人数有关的不作判定", "what rests on how many serve it is not judged"),
}


def between(one: Register, other: Register, words: RegisterWords, working: Working) -> Iterator[Clash]:
    """What two registers of a centre tell otherwise."""
    yield from _people(one, other, words)
    for n, m, window, its in _both(one.windows, other.windows):
        if _overlap(one, other) and (clash := _of_windows(n, m, window, its)):
            yield clash
    shifts = {(r.staff, r.day): (n, r.shift) for n, r in reversed(list(enumerate(one.roster)))}
    for m, row in enumerate(other.roster):
        n, shift = shifts.get((row.staff, row.day), (0, row.shift))
        if shift != row.shift:
            yield _of_shifts(n, m, row.staff, row.day, (shift, row.shift))
    yield from leave_between(one, other, words, working)


def leave_between(one: Register, other: Register, words: RegisterWords, working: Working) -> Iterator[Clash]:
    """What two registers, or two tables of one, tell otherwise of leave."""
    for found in leave_clashes(one, other, working):
        yield _of_leave(found, words)


def within(register: Register, words: RegisterWords, working: Working) -> Iterator[Clash]:
    """What one register tells twice and otherwise."""
    period = (register.start, register.end)
    people: dict[object, tuple[int, Person]] = {}
    for n, person in enumerate(register.staff):
        m, its = people.setdefault((person.id, person.since), (n, person))
        yield from _of_people(n, m, person, its, (person.since or period[0], period[1]), words)
    windows: dict[str, tuple[int, Window]] = {}
    for n, window in enumerate(register.windows):
        m, first = windows.setdefault(window.id, (n, window))
        if clash := _of_windows(n, m, window, first):
            yield clash
    shifts: dict[object, tuple[int, str]] = {}
    for n, row in enumerate(register.roster):
        m, shift = shifts.setdefault((row.staff, row.day), (n, row.shift))
        if shift != row.shift:
            yield _of_shifts(n, m, row.staff, row.day, (row.shift, shift))
    for found in leave_overlaps(register.leave, working):
        yield _of_leave(found, words)


def not_compared(leaves: Sequence[Leave], here: int, there: int, places: int) -> Clash:
    """Said of somebody's leave that is told in so many ways that they are not compared with each other."""
    staff = leaves[0].staff
    span = min(leave.start for leave in leaves), max(leave.last for leave in leaves)
    said = Text(
        f"{staff} {_shown(span)} 的请假分在 {places} 张表里，各不相同，没有两两比对：",
        f"{staff}: leave in {places} tables, each otherwise, not compared with each other",
    )
    return Clash("leave", here, there, MANY, staff, (span,), ("leave",), (said, said))


def _overlap(one: Register, other: Register) -> Span | None:
    """The first and the last day that two registers share."""
    first, last = max(one.start, other.start), min(one.end, other.end)
    return (first, last) if first <= last else None


def _people(one: Register, other: Register, words: RegisterWords) -> Iterator[Clash]:
    """Whom two registers list otherwise on the days that they share."""
    numbers = [{id(p): n for n, p in enumerate(register.staff)} for register in (one, other)]
    for here in one.lists:
        for there in other.lists:
            if days := _overlap(here, there):
                for staff in sorted(here.people.keys() & there.people.keys()):
                    mine, its = here.people[staff], there.people[staff]
                    yield from _of_people(numbers[0][id(mine)], numbers[1][id(its)], mine, its, days, words)


def _of_people(n: int, m: int, mine: Person, its: Person, days: Span, words: RegisterWords) -> Iterator[Clash]:
    for key in _OF_PERSON:
        here, there = getattr(mine, key), getattr(its, key)
        if here != there:
            said = (_value(key, here, words), _value(key, there, words))
            yield Clash("staff", n, m, key, mine.id, (days,), _BEARS[key], said)


def _value(key: str, value: object, words: RegisterWords) -> Text:
    if key == "group":
        return words.group(str(value))
    return Text(_POSITIONS.get(str(value), str(value)), str(value)) if key == "role" else _plainly(value)


def _plainly(value: object) -> Text:
    return Text("没有写", "not stated") if value is None else Text(str(value), str(value))


def _of_windows(n: int, m: int, mine: Window, its: Window) -> Clash | None:
    for key in ("on_duty", "name"):
        here, there = getattr(mine, key), getattr(its, key)
        if here != there:
            return Clash("windows", n, m, key, mine.id, (), ("on_duty",), (_plainly(here), _plainly(there)))
    return None


def _both(here: Sequence[Window], there: Sequence[Window]) -> Iterator[tuple[int, int, Window, Window]]:
    own = {window.id: (n, window) for n, window in reversed(list(enumerate(here)))}
    for m, its in enumerate(there):
        if its.id in own:
            n, mine = own[its.id]
            yield n, m, mine, its


def _of_shifts(n: int, m: int, staff: str, day: datetime.date, shifts: tuple[str, str]) -> Clash:
    here, there = (Text(f"“{shift}”", shift) for shift in shifts)
    return Clash("roster", n, m, "shift", staff, ((day, day),), ("roster",), (here, there))


def _of_leave(found: LeaveClash, words: RegisterWords) -> Clash:
    (n, mine), (m, its) = found.here, found.there
    if found.formality:
        here, there = (_formality(getattr(leave, found.formality), words) for leave in (mine, its))
        return Clash("leave", n, m, found.formality, mine.staff, found.spans, ("order",), (here, there))
    key = "kind" if mine.kind != its.kind else "from"
    return Clash("leave", n, m, key, mine.staff, found.spans, ("leave",), (_leave(mine, words), _leave(its, words)))


def _leave(leave: Leave, words: RegisterWords) -> Text:
    said = leave_said(leave, words)
    more = [days_zh(leave.days)] if leave.days is not None else []
    more += [f"{leave.left_at} 离岗"] if leave.left_at else []
    return Text(f"{said.zh}{f'（{listed(more)}）' if more else ''}", said.en)


def _formality(value: object, words: RegisterWords) -> Text:
    if isinstance(value, msgspec.Struct):
        parts = [_formality(getattr(value, name), words) for name in value.__struct_fields__]
        return Text(listed(part.zh for part in parts), ", ".join(part.en for part in parts))
    if isinstance(value, bool):
        return Text("是" if value else "否", "yes" if value else "no")
    return FORMS.get(str(value)) or (Text(words.role(value), value) if isinstance(value, str) else _plainly(value))


def _shown(span: Span) -> str:
    first, last = span
    return str(first) if first == last else f"{first} – {last}"
