"""Reading a window's facts: counts, rates, whether something is so, counts by day; what is not stated is unknown.

Overdue cases stand in two places, as a count and as events with a deduction each; whichever says more is taken.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Set
from copy import copy
from decimal import Decimal

from msgspec import Struct

from banshi.base.money import plain
from banshi.files.findings import Route
from banshi.law.instruments import Placed
from banshi.law.norms import Bounds, ScoreRule
from banshi.subjects.assessment.context import Context
from banshi.subjects.assessment.forms import Deduction, Exempt, Fact, Window
from banshi.subjects.assessment.register import Breaches
from banshi.subjects.assessment.results import FactUse, half_up

_HUNDRED = 100


class Rate(Struct, frozen=True):
    """A rate as stated: ``part`` of ``whole``; rounded before it is used only where a rule says so."""

    part: int
    whole: int

    @property
    def sound(self) -> bool:
        """Whether it is a rate at all: no more than all of something."""
        return self.whole > 0 and self.part <= self.whole

    @property
    def percent(self) -> Decimal:
        """Percent; the rate must be sound."""
        return Decimal(_HUNDRED * self.part) / self.whole

    def rounded(self, digits: int | None) -> Decimal:
        """Percent, with so many decimals (halves up) or (None) as it is; the rate must be sound."""
        return self.percent if digits is None else half_up(self.percent, digits)

    def with_digits(self, digits: int | None) -> "Rate":
        """The rate that a rule takes, its percent rounded to so many decimals; as it is where the rule says nothing of it."""
        if digits is None:
            return self
        return Rate(int(self.rounded(digits).scaleb(digits)), _HUNDRED * 10**digits)

    def within(self, bound: Bounds) -> bool:
        """Whether a sound rate lies within a bound in percent."""
        return bound.contains(self.percent)

    def beyond(self, percent: Decimal) -> Decimal:
        """How many percentage points a sound rate lies beyond another."""
        return (Decimal(_HUNDRED * self.part) - percent * self.whole) / self.whole

    def steps(self, percent: Decimal, step: Decimal) -> Decimal:
        """How many whole steps of so many percentage points a sound rate lies beyond another."""
        beyond = Decimal(_HUNDRED * self.part) - percent * self.whole
        return max(Decimal(0), beyond // (step * self.whole))


class Facts:
    """The facts of one window in one quarter."""

    def __init__(self, window: Window, index: int, context: Context, breaches: Breaches | None = None) -> None:
        """``breaches``: what the attendance registers count, taken where the window does not state it."""
        self.window, self.index, self._context, self._breaches = window, index, context, breaches
        # By fact: how many events of the quarter are listed as deductions, with the facts that they touch besides.
        self.listed = _listed(window.deductions, context)
        # Those of them that are late against the promised limit alone.
        self._promised = _listed((own for own in window.deductions if own.promised_only), context)

    def get(self, slug: str) -> Fact | None:
        """A fact as stated; of the registers where they know what the window does not state."""
        stated = self.window.facts.get(slug)
        if stated is None and self._of_register(slug) and self._breaches is not None:
            return Fact(count=self._breaches.counted, source="system")
        return stated

    @property
    def unread(self) -> Set[str]:
        """Facts of the window that were not read."""
        return self._context.unread

    def open(self, slug: str) -> int:
        """How many of a count from the registers the centre has yet to decide on."""
        known = self._breaches if self._of_register(slug) and slug not in self.window.facts else None
        return known.open if known else 0

    def _of_register(self, slug: str) -> bool:
        """Whether the registers say what the window does not state; where what it states was not read, nobody does."""
        return slug == self._context.book.breaches and slug not in self._context.unread

    def with_more(self, further: int) -> "Facts":
        """The same facts, with so many of what the registers leave open counted, and the others not."""
        known, own = self._breaches, copy(self)
        own._breaches = known._replace(counted=known.counted + further, open=0) if known else None
        return own

    def route(self, slug: str) -> Route:
        """Where a fact stands, or should stand."""
        return ("windows", self.index, "facts", slug)

    def use(self, slug: str) -> FactUse:
        """A fact as a line shows that it was looked at."""
        fact = self.get(slug)
        said = _said(fact, self._context.book.unit(slug)) if fact else ""
        return FactUse(slug, self._context.book.name(slug), said, fact.evidence if fact else None, self.route(slug))

    def found(self, slug: str) -> bool | None:
        """Whether something was found; None: not stated."""
        fact = self.get(slug)
        if fact is None or fact.found is None:
            return None
        return fact.found and not self._too_early(fact)

    def stated(self, slug: str) -> int | None:
        """A count as stated; what was found before the measures count is not counted. None: not stated."""
        fact = self.get(slug)
        if fact is None or fact.count is None or fact.of is not None:
            return None
        return 0 if self._too_early(fact) else fact.count

    def amount(self, slug: str) -> Decimal | None:
        """An amount, with decimals or without; None: not stated."""
        fact = self.get(slug)
        if fact is None or fact.of is not None or (fact.amount is None and fact.count is None):
            return None
        stated = fact.amount if fact.amount is not None else Decimal(fact.count or 0)
        return Decimal(0) if self._too_early(fact) else stated

    def count(self, slug: str) -> int | None:
        """A count: as stated, or as events are listed, whichever is more. None: neither stated nor listed."""
        stated, listed = self.stated(slug), self.listed[slug]
        if stated is None and not listed:
            return None
        return max(stated or 0, listed) - (self._promised[slug] if self.by_statute(slug) else 0)

    @property
    def promised(self) -> bool:
        """Whether a listed case is late against the promised limit alone."""
        return any(own.promised_only for own in self.window.deductions)

    def by_statute(self, slug: str) -> bool:
        """Whether cases that are late against the promised limit alone are there, and are not late by the norm."""
        return bool(self._promised[slug]) and self._context.book.by_statute

    def exempt(self, rule: Placed[ScoreRule]) -> int:
        """How many of a rule's fact do not count, by the rule's own exception or by a rule that exempts."""
        fact = self.get(rule.norm.fact)
        return sum(e.count for e in fact.exempt if self.may_exempt(rule, e)) if fact else 0

    def may_exempt(self, rule: Placed[ScoreRule], exempt: Exempt) -> bool:
        """Whether an entered exemption is one that a rule knows."""
        exempting = self._context.book.exemptions.get((rule.norm.sub_item, rule.norm.fact), ())
        return bool(rule.norm.unless) or any(not p.norm.values or exempt.stage in p.norm.values for p in exempting)

    def days(self, slug: str) -> dict[datetime.date, int] | None:
        """Counts by working day of the quarter; None: not stated."""
        fact, context = self.get(slug), self._context
        if fact is None or fact.days is None:
            return None
        own = {day: n for day, n in fact.days.items() if context.counts(day)}
        return {day: n for day, n in own.items() if context.is_working(day) is not False}

    def rate(self, slug: str) -> Rate | None:
        """A rate as stated, sound or not; None: not stated."""
        fact = self.get(slug)
        return Rate(fact.count, fact.of) if fact and fact.count is not None and fact.of is not None else None

    def _too_early(self, fact: Fact) -> bool:
        return fact.found_on is not None and fact.found_on < self._context.first_day


def _listed(deductions: Iterable[Deduction], context: Context) -> Counter[str]:
    counted: Counter[str] = Counter()
    for deduction in deductions:
        if not deduction.analogy and context.counts(deduction.on):
            counted.update(dict.fromkeys(_touched(deduction, context), deduction.count))
    return counted


def _touched(deduction: Deduction, context: Context) -> list[str]:
    book = context.book
    if deduction.fact != book.overdue:
        return [deduction.fact]
    return [book.overdue, *(slug for key, slug in book.touched.items() if getattr(deduction, key))]


def _said(fact: Fact, unit: str) -> str:
    """What a fact says, in Chinese: 2件, 118/120, 有, 2012-01-05 5起."""
    if fact.of is not None:
        return f"{fact.count if fact.count is not None else '?'}/{fact.of}"
    if fact.amount is not None:
        return f"{plain(fact.amount)}{unit}"
    if fact.count is not None:
        return f"{fact.count}{unit}"
    if fact.found is not None:
        return "有" if fact.found else "没有"
    if fact.days is not None:
        return "、".join(f"{day} {n}{unit}" for day, n in sorted(fact.days.items())) or "没有"
    limits = (f"{i.matter} {plain(i.promised)}/{plain(i.statutory) if i.statutory else '-'}" for i in fact.items or ())
    return "、".join(limits)
