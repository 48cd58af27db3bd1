"""What the parts of a window that were not read may say: by part, ways of completing the window that reach its ends."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

import msgspec

from banshi.files.typed import to_form
from banshi.law.assessment_periods import YearPeriod
from banshi.law.norms import Adjustment, Bounds
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.forms import Bonus, Deduction, Fact, Mark, Window
from banshi.subjects.assessment.lost_points import MOST
from banshi.subjects.assessment.unread import UnreadEntry, UnreadOfWindow, Way
from banshi.subjects.assessment.walks import PARTS, Scale

_DAY = datetime.timedelta(days=1)
_FORMS: dict[Scale, Any] = {"bonus": Bonus, "deduction": Deduction}
_GROUPS: dict[Scale, str] = {"bonus": "matter", "deduction": "event"}
_FLAGS = ("parallel", "online", "promised_only")
_ASKED = ("by", "level", "at", "times", "verified_by", "verified_on", "approved_on", "points")  # by norms' conditions


def completions(window: Window, unread: UnreadOfWindow, book: AssessmentBook, period: YearPeriod) -> list[list[Way]]:
    """By part that was not read or may not count, the ways in which the window may be whole."""
    return [
        *_facts(window, unread, book, period),
        *_marks(window, unread, book),
        *(_entry(n, own, window, book, period) for n, own in enumerate(unread.entries)),
        *(_anything(scale, window, book, period) for scale in sorted(unread.anything)),
        *_anything_else(window, unread, book, period),
        *(_perhaps(scale, k, window, book) for scale, k in sorted(unread.perhaps)),
    ]


def _anything_else(
    window: Window, unread: UnreadOfWindow, book: AssessmentBook, period: YearPeriod
) -> Iterator[list[Way]]:
    if unread.rest:
        yield from (_anything(scale, window, book, period) for scale in PARTS if scale not in unread.anything)


def _facts(window: Window, unread: UnreadOfWindow, book: AssessmentBook, period: YearPeriod) -> Iterator[list[Way]]:
    """Facts of which it matters that they are not stated; where a needed one is not, its line is open anyhow."""
    for slug in sorted(unread.facts_of(window, book) & _optional(book)):
        yield [_same, *(_stated(slug, fact) for fact in _whatever(book.sorts.get(slug, ""), period))]


def _optional(book: AssessmentBook) -> set[str]:
    bonus = {rate for placed in book.rate_bonuses for rate in placed.norm.rates}
    rules = [placed.norm for rules in book.rules.values() for placed in rules]
    measures = {item.norm.measure for item in book.sub_items if item.norm.measure}
    return bonus | measures | {*book.late} | {rule.other_reading_fact for rule in rules if rule.other_reading_fact}


def _whatever(sort: str, period: YearPeriod) -> list[Fact]:
    if sort == "rate":
        whole = [Fact(count=1, of=1, evidence="–", approved_on=day) for day in (None, period.end)]
        return [Fact(count=0, of=1), *whole]
    if sort == "count":
        return [Fact(count=0), Fact(count=MOST)]
    return [Fact(amount=Decimal(0)), Fact(amount=Decimal(MOST))] if sort == "amount" else []


def _same(window: Window) -> Window:
    return window


def _stated(slug: str, fact: Fact) -> Way:
    return lambda window: msgspec.structs.replace(window, facts={**window.facts, slug: fact})


def _marks(window: Window, unread: UnreadOfWindow, book: AssessmentBook) -> Iterator[list[Way]]:
    """Marks of a person that may lower what the rules leave; where one is needed and not there, its line is open anyhow."""
    own = {item.norm.id: item.norm.marks for item in book.sub_items if not item.norm.manual}
    for item in sorted(unread.marks_of(window, book) & own.keys()):
        yield [_same, *(_marked(item, Mark(mark=mark, by="–", reason="–")) for mark in (Decimal(0), own[item]))]


def _marked(item: str, mark: Mark) -> Way:
    return lambda window: msgspec.structs.replace(window, marks={**window.marks, item: mark})


def _entry(n: int, own: UnreadEntry, window: Window, book: AssessmentBook, period: YearPeriod) -> list[Way]:
    """What an unread bonus or deduction may say: every case, day, number and matter that its legible cells allow.

    Or nothing: a row that was taken back may not count, and one that does not say whose it is may be another window's.
    """
    scale, legible, group = own.scale, own.legible, _GROUPS[own.scale]
    if own.illegible and ("fact" not in legible or own.illegible & {"analogy", "like"}):
        return _anything(scale, window, book, period)
    groups = [legible[group]] if group in legible else [f"（没有读出的第{n + 1}行）", *_groups(scale, window)]
    rows = (
        {"evidence": "–", **legible, "fact": fact, "on": str(day), "count": count, group: named, **besides}
        for fact in (
            [legible["fact"]] if "fact" in legible else [fact for kind, fact in book.adjustments if kind == scale]
        )
        for day in ([legible["on"]] if "on" in legible else _days(period))
        for count in ([legible["count"]] if "count" in legible else [1, MOST])
        for named in groups
        for besides in _besides(own, book, period)
    )
    return [_same, *(_with_entries(scale, [row]) for row in rows)]


def _besides(own: UnreadEntry, book: AssessmentBook, period: YearPeriod) -> Iterator[dict[str, Any]]:
    """What may stand under the keys that are not legible: nothing, or what the norm asks for."""
    if not own.illegible:
        yield {}
        return
    placed = book.adjustments.get((own.scale, own.legible["fact"]))
    met = _as_asked(placed.norm, period) if placed else {}
    asked = {key: met[key] for key in _ASKED if key in own.illegible and key in met}
    flags = [key for key in _FLAGS if key in own.illegible]
    earlier = [{}, {"previously": str(MOST)}] if "previously" in own.illegible else [{}]
    for conditions, before, *said in product([{}, asked] if asked else [{}], earlier, *([False, True] for _ in flags)):
        yield {**conditions, **before, **dict(zip(flags, said, strict=True))}


def _as_asked(norm: Adjustment, period: YearPeriod) -> dict[str, Any]:
    """What an entry says that meets every condition of its norm but that of its day."""
    found: dict[str, Any] = {"approved_on": str(period.end), "verified_on": str(period.end), "level": "nation"}
    found |= {"points": str(norm.points)} if norm.as_recorded else {}
    found |= {"by": norm.by[0]} if norm.by else {}
    found |= {"verified_by": norm.verified_by[0] if norm.verified_by else "–"}
    found |= {"at": "23:59"} if norm.after else {}
    found |= {"times": _within(norm.bound)} if norm.bound else {}
    return found


def _within(bound: Bounds) -> int:
    """A number that lies within a bound."""
    ends = [int(end.value) + beside for end in (bound.lower, bound.upper) if end for beside in (-1, 0, 1)]
    return next((n for n in sorted(ends) if n > 0 and bound.contains(Decimal(n))), 1)


def _anything(scale: Scale, window: Window, book: AssessmentBook, period: YearPeriod) -> list[Way]:
    """Any number of entries: of every case as many as can be, or such as say that every matter counted before."""
    group, week = _GROUPS[scale], [str(period.end - _DAY * n) for n in range(14)]
    most = [
        {
            "fact": fact,
            "on": day,
            "count": MOST,
            group: f"（没有读出的{fact}{day}）",
            "evidence": "–",
            **_touching(fact, book),
        }
        | _as_asked(placed.norm, period)
        for (own, fact), placed in book.adjustments.items()
        if own == scale
        for day in (week if placed.norm.days else week[:1])
    ]
    before = [
        {"fact": "–", "on": str(period.start - _DAY), group: own, "evidence": "–", "previously": str(MOST)}
        for own in _groups(scale, window)
    ]
    return [_same, _with_entries(scale, most), _with_entries(scale, before)]


def _touching(fact: str, book: AssessmentBook) -> dict[str, bool]:
    return dict.fromkeys(book.touched, True) if fact == book.overdue else {}


def _groups(scale: Scale, window: Window) -> list[str]:
    return list(dict.fromkeys(entry.group for entry in getattr(window, PARTS[scale])))


def _days(period: YearPeriod) -> Iterator[str]:
    """Days of each sort: one before the period, its first and last, the first Saturday and Monday."""
    week = [period.start + _DAY * n for n in range(7)]
    monday, saturday = (next(day for day in week if day.weekday() == n) for n in (0, 5))
    yield from map(str, sorted({period.start - _DAY, period.start, monday, saturday, period.end}))


def _with_entries(scale: Scale, rows: list[dict[str, Any]]) -> Way:
    entries = tuple(to_form(row, _FORMS[scale]) for row in rows)
    return lambda window: _replaced(window, scale, (*getattr(window, PARTS[scale]), *entries))


def _replaced(window: Window, scale: Scale, entries: tuple[Any, ...]) -> Window:
    if scale == "bonus":
        return msgspec.structs.replace(window, bonus=entries)
    return msgspec.structs.replace(window, deductions=entries)


def _perhaps(scale: Scale, k: int, window: Window, book: AssessmentBook) -> list[Way]:
    """An entry that counts here or in another file: with all that a late case touches, or without any of it."""
    entry: Any = dict(window.entries(PARTS[scale]))[k]

    def without(own: Window) -> Window:
        left = tuple(each for each in getattr(own, PARTS[scale]) if each is not entry)
        facts = _without_events(own.facts, entry, book) if scale == "deduction" else own.facts
        return _replaced(msgspec.structs.replace(own, facts=facts), scale, left)

    return [_same, without]


def _without_events(facts: dict[str, Fact], entry: Deduction, book: AssessmentBook) -> dict[str, Fact]:
    """The counts without the events of an entry; of late cases, the rates of those in time with as many more."""
    touched = [entry.fact]
    if entry.fact == book.overdue:
        touched += [slug for key, slug in book.touched.items() if getattr(entry, key)]
    rates = {
        item.norm.measure
        for item in book.sub_items
        if any(rule.norm.fact in touched and rule.norm.fact in book.late for rule in book.rules.get(item.norm.id, ()))
    }
    less = {slug: _fewer(fact, entry.count) for slug, fact in facts.items() if slug in touched}
    return {**facts, **less, **{slug: _more(fact, entry.count) for slug, fact in facts.items() if slug in rates}}


def _fewer(fact: Fact, by: int) -> Fact:
    return fact if fact.count is None else msgspec.structs.replace(fact, count=max(0, fact.count - by))


def _more(fact: Fact, by: int) -> Fact:
    if fact.count is None or fact.of is None:
        return fact
    return msgspec.structs.replace(fact, count=min(fact.of, fact.count + by))
