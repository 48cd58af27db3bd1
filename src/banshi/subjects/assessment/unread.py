"""What of a window could not be read, and between what its total lies all the same.

A row that cannot be read may say anything that its legible cells allow: the total is computed for what it may say at
best and at worst, so that both ends are totals that the whole file could have led to.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from banshi.base.text import Text
from banshi.files.typed import to_form
from banshi.law.assessment_periods import Period
from banshi.law.decisions import Decision, Reason
from banshi.subjects.assessment.book import Book
from banshi.subjects.assessment.forms import Bonus, Deduction, Fact, Window
from banshi.subjects.assessment.results import WindowScore, shown

if TYPE_CHECKING:
    from banshi.subjects.assessment.walks import Scale

TRIED = 3  # so many unread entries of a window are tried; one with more of them is not scored at all
_MOST = 999_999_999  # what a count may be at most, as the schema has it
_BOTTOMLESS = Decimal(-1_000_000)
_DAY = datetime.timedelta(days=1)
_FORMS: dict[Scale, Any] = {"bonus": Bonus, "deduction": Deduction}
_GROUPS: dict[Scale, str] = {"bonus": "matter", "deduction": "event"}


@dataclass(slots=True)
class Unread:
    """Of one window: facts and marks that were not read, entries with what of each is legible, how many rows in all."""

    facts: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    entries: list[tuple[Scale, dict[str, Any]]] = field(default_factory=list)
    rows: int = 0


def weakened(
    window: Window,
    score: WindowScore,
    unread: Unread,
    book: Book,
    period: Period,
    plain: Callable[[Window], WindowScore],
) -> WindowScore:
    """The score with the bounds that what was not read leaves; ``plain`` scores a window as it stands."""
    low = high = window
    choices = [
        *_rates(unread, book, period),
        *(_entry(n, *row, window, book, period) for n, row in enumerate(unread.entries)),
    ]
    for ways in choices:
        same = low is high
        tried = [plain(way(low)) for way in ways]
        low = min(tried, key=lambda each: each.at_least).window
        tried = tried if same else [plain(way(high)) for way in ways]
        high = max(tried, key=lambda each: each.at_most).window
    least, most = plain(low).at_least, plain(high).at_most
    return _with(score, least, most, unread)


Way = Callable[[Window], Window]


def _rates(unread: Unread, book: Book, period: Period) -> Iterator[list[Way]]:
    """A rate that only brings bonus is nought where it is not stated; it may have been whole."""
    rates = {rate for placed in book.rate_bonuses for rate in placed.norm.rates}
    for slug in sorted(unread.facts & rates):
        whole = [Fact(count=1, of=1, evidence="–", approved_on=day) for day in (None, period.end)]
        yield [lambda window: window, *(_stated(slug, fact) for fact in whole)]


def _stated(slug: str, fact: Fact) -> Way:
    return lambda window: msgspec.structs.replace(window, facts={**window.facts, slug: fact})


def _entry(n: int, scale: Scale, legible: dict[str, Any], window: Window, book: Book, period: Period) -> list[Way]:
    """What an unread bonus or deduction may say: every case, day, number and matter that its legible cells allow."""
    facts = [legible["fact"]] if "fact" in legible else [fact for own, fact in book.adjustments if own == scale]
    days = [legible["on"]] if "on" in legible else [*_days(period)]
    counts = [legible["count"]] if "count" in legible else [1, _MOST]
    others = window.bonus if scale == "bonus" else window.deductions
    groups = [f"（没有读出的第{n + 1}行）", *dict.fromkeys(entry.group for entry in others)]
    group = _GROUPS[scale]
    rows = [
        {"evidence": "–", **legible, "fact": fact, "on": str(day), "count": count, group: own}
        for fact in facts
        for day in days
        for count in counts
        for own in ([legible[group]] if group in legible else groups)
    ]
    return [_with_entry(scale, row) for row in rows]


def _days(period: Period) -> Iterator[datetime.date]:
    """Days of each sort: one before the period, its first and last, the first Saturday and Monday."""
    week = [period.start + _DAY * n for n in range(7)]
    monday, saturday = (next(day for day in week if day.weekday() == n) for n in (0, 5))
    yield from sorted({period.start - _DAY, period.start, monday, saturday, period.end})


def _with_entry(scale: Scale, row: dict[str, Any]) -> Way:
    entry = to_form(row, _FORMS[scale])

    def added(window: Window) -> Window:
        if scale == "bonus":
            return msgspec.structs.replace(window, bonus=(*window.bonus, entry))
        return msgspec.structs.replace(window, deductions=(*window.deductions, entry))

    return added


def _with(score: WindowScore, least: Decimal, most: Decimal, unread: Unread) -> WindowScore:
    if least == most == score.total.value:
        return score
    reason = Reason(_said(least, most, unread.rows))
    open_: Decision[Decimal] = Decision(None, (reason,))
    scales = {scale for scale, _ in unread.entries}
    return replace(
        score,
        total=open_,
        at_least=least,
        at_most=most,
        bonus_total=open_ if "bonus" in scales else score.bonus_total,
        deduction_total=open_ if "deduction" in scales else score.deduction_total,
        notes=(*score.notes, reason),
    )


def bottomless(least: Decimal) -> bool:
    """Whether a least total only says that any number may have been deducted."""
    return least < _BOTTOMLESS


def _said(least: Decimal, most: Decimal, rows: int) -> Text:
    span = f"至多 {shown(most)} 分" if bottomless(least) else f"在 {shown(least)} 至 {shown(most)} 分之间"
    en = f"at most {shown(most)}" if bottomless(least) else f"between {shown(least)} and {shown(most)}"
    return Text(f"有 {rows} 行没有读出，总分{span}", f"{rows} rows were not read: the total is {en}")
