"""One leave taken from another (事假在年休假中扣除): whose days are, and whose are only recorded.

Where the norm holds until it yields to a higher rule, a day before the higher rule came into force is taken off, one from then on is not. That
date is a relation of the version: the provision yields to the rule ``since`` then.
"""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct, field

from banshi.base.money import plain
from banshi.base.text import Text, listed
from banshi.law.decisions import Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Offset
from banshi.law.otherwise import said_of
from banshi.law.version_parts import Reading
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.forms import Leave
from banshi.subjects.attendance.periods import Days
from banshi.subjects.attendance.spans import HALF, counted_days, is_short
from banshi.subjects.attendance.vocabulary import RegisterWords

ZERO = Decimal(0)


class _Spent(Struct):
    """By person, days that are taken off and days that are only recorded; ``open``: leave of which it cannot be told."""

    off: dict[str, Decimal] = field(default_factory=dict)
    recorded: dict[str, Decimal] = field(default_factory=dict)
    open: list[Leave] = field(default_factory=list)


def offsets(case: RegisterInLaw, days: Days) -> Iterator[Reason]:
    """What is taken from another leave in a period, and what is not, for each rule on it and by the reading taken."""
    words = case.words
    for placed in _rules(case, days):
        reading, holds = said_of(placed, "taken_off"), placed.norm.taken_off
        if holds == "never":
            continue
        since = yields_since(placed) if holds == "until_yielding" else None
        spent = _spent(case, days, placed, since)
        if holds == "until_yielding" and since is None:
            if spent.off:
                yield Reason(_no_date(placed, words), placed.cite)
            continue
        if spent.off:
            yield Reason(_taken_off(placed, words, spent.off, read=reading is not None), placed.cite)
        if spent.recorded:
            yield Reason(_only_recorded(placed, words, reading, since if spent.off else None), placed.cite)
        yield from (Reason(_across(placed, words, leave, since), placed.cite) for leave in spent.open if since)


def yields_since(placed: Placed[Offset]) -> datetime.date | None:
    """Since when a higher rule stands before the provision; None where the version names none."""
    dates = (r.since for r in placed.version.relations if r.kind == "yields_to" and placed.provision.id in r.at)
    return min((day for day in dates if day), default=None)


def _rules(case: RegisterInLaw, days: Days) -> Sequence[Placed[Offset]]:
    """The rules of the period's days, each once; one that an amendment leaves as it is, is the same rule after it."""
    leave = (own for own in case.register.leave if own.start <= days.end and days.start <= own.last)
    looked_at = sorted({day for own in leave for day in (max(own.start, days.start), min(own.last, days.end))})
    found: list[Placed[Offset]] = []
    for placed in (p for day in looked_at for p in case.book.at(day).all(Offset)):
        if not any(_same(placed, other) for other in found):
            found.append(placed)
    return found


def _same(one: Placed[Offset], other: Placed[Offset]) -> bool:
    """Whether two texts of a day state the same; of what an amendment changes elsewhere the version is another."""
    return one.norm == other.norm and yields_since(one) == yields_since(other)


def _spent(case: RegisterInLaw, days: Days, placed: Placed[Offset], since: datetime.date | None) -> _Spent:
    spent = _Spent()
    known = [entries for staff in case.register.people for entries in case.counted_of.get(staff, ())]
    for entry, halves in known:
        leave = entry.leave
        own = [h for h in halves if h[0] in days and any(_same(placed, p) for p in case.book.at(h[0]).all(Offset))]
        if leave.kind != placed.norm.leave:
            continue
        if not own:
            _part_of_a_day(case, leave, days, placed, since, spent)
            continue
        before = [half for half in own if since is None or half[0] < since]
        after = own[len(before) :]
        if before and after and leave.days is not None and counted_days(leave, own) < HALF * len(own):
            spent.open.append(leave)
            continue
        for part, into in ((before, spent.off), (after, spent.recorded)):
            if counted := counted_days(leave, part) if part else ZERO:
                into[leave.staff] = into.get(leave.staff, ZERO) + counted
    return spent


def _part_of_a_day(
    case: RegisterInLaw, leave: Leave, days: Days, placed: Placed[Offset], since: datetime.date | None, spent: _Spent
) -> None:
    """Adds a leave shorter than half a day, by its declared length."""
    own = is_short(leave) and leave.start in days
    if own and leave.days and any(_same(placed, p) for p in case.book.at(leave.start).all(Offset)):
        into = spent.off if since is None or leave.start < since else spent.recorded
        into[leave.staff] = into.get(leave.staff, ZERO) + leave.days


def _taken_off(placed: Placed[Offset], words: RegisterWords, spent: dict[str, Decimal], *, read: bool) -> Text:
    norm = placed.norm
    said = listed(f"{staff} {plain(days * norm.ratio)}天" for staff, days in spent.items())
    leave, other = words.kind(norm.leave), words.kind(norm.taken_from)
    return Text(
        f"{'按所取口径，' if read else ''}{leave.zh}在{other.zh}中扣除：{said}；还剩多少{other.zh}没有登记",
        f"{'by the reading taken, ' if read else ''}{leave.en} is taken from {other.en}; "
        "how much of that is left is not recorded",
    )


def _only_recorded(
    placed: Placed[Offset], words: RegisterWords, reading: Reading | None, since: datetime.date | None
) -> Text:
    """``since``: where days before it were taken off, so that this is said of the later ones alone."""
    leave, other = words.kind(placed.norm.leave), words.kind(placed.norm.taken_from)
    what = f"{since} 起的没有扣除" if since else "这里没有扣除"
    what_en = f"nothing from {since} on was deducted" if since else "nothing was deducted here"
    why = f"取的口径是：{reading.options[reading.default]}。依据：{reading.ground}" if reading else "另有上位规定；"
    return Text(
        f"{leave.zh}是否在{other.zh}中扣除，{why}{what}，由单位核定",
        f"whether {leave.en} is taken from {other.en} depends on a later, higher rule; {what_en}",
    )


def _across(placed: Placed[Offset], words: RegisterWords, leave: Leave, since: datetime.date) -> Text:
    kind, other = words.kind(placed.norm.leave), words.kind(placed.norm.taken_from)
    return Text(
        f"{leave.staff} {leave.start} 起的{kind.zh}跨过 {since}，申报的天数比起止短，其中几天在那以前说不清，"
        f"在{other.zh}中扣除几天不能判定",
        f"{leave.staff}: {kind.en} from {leave.start} crosses {since} and is declared shorter than it lasts: "
        f"how much of it is taken from {other.en} is not determined",
    )


def _no_date(placed: Placed[Offset], words: RegisterWords) -> Text:
    leave, other = words.kind(placed.norm.leave), words.kind(placed.norm.taken_from)
    return Text(
        f"{leave.zh}是否在{other.zh}中扣除，按日期分段，但文件没有写明自何时起让位于哪个规定（relations 的 yields_to），不能判定",
        f"whether {leave.en} is taken from {other.en} goes by date, but no relation (yields_to) says since when: "
        "not determined",
    )
