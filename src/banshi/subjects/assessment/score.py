"""A window's score from its facts, with what other readings of the unclear places would lead to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import TypeVar

from banshi.base.money import plain
from banshi.base.text import Text
from banshi.files.findings import Citation
from banshi.law.assessment_periods import Period, partial_note
from banshi.law.decisions import Alternative, Decision, Reason
from banshi.law.working_days import WorkingDays
from banshi.subjects.assessment.base import line
from banshi.subjects.assessment.book import Book
from banshi.subjects.assessment.case import Case
from banshi.subjects.assessment.context import Context, Noted, Readings
from banshi.subjects.assessment.extras import Settled, bonus, deductions
from banshi.subjects.assessment.facts import Facts
from banshi.subjects.assessment.forms import Window
from banshi.subjects.assessment.groups import base_sum, capped
from banshi.subjects.assessment.judging import judge
from banshi.subjects.assessment.ranks import annual_mean, ranking
from banshi.subjects.assessment.register import Breaches
from banshi.subjects.assessment.results import Entry, FactUse, Line, Rank, WindowScore, half_up, kept, shown
from banshi.subjects.assessment.unread import Unread, weakened
from banshi.subjects.assessment.vetoes import decided_by, vetoes_of

__all__ = [
    "Entry",
    "FactUse",
    "Line",
    "Rank",
    "Scorer",
    "WindowScore",
    "annual_mean",
    "kept",
    "ranking",
    "sheet",
    "shown",
]
ZERO_SCOPE = "zero-scope"
ZERO = Decimal(0)
T = TypeVar("T")


def sheet(case: Case) -> list[WindowScore]:
    """Every window's score, in the order of the file; empty where no law was in force."""
    scorer = Scorer.of(case)
    if scorer is None:
        return []
    return [scorer.score(window, index) for index, window in zip(case.indexes, case.assessment.windows, strict=True)]


_REGISTER_SHORT = Text(
    "考勤登记没有覆盖整个季度，不能据以计考勤人次，要自己填写",
    "the attendance registers do not cover the whole quarter, so breaches have to be stated",
)


@dataclass(frozen=True, slots=True)
class Parts:
    """A score before it is summed."""

    facts: Noted[Facts]
    context: Context
    lines: tuple[Noted[Line], ...]
    more: Noted[Settled]
    less: Noted[Settled]


@dataclass(frozen=True)
class Scorer:
    """Scores windows of one quarter; ``breaches``: by window, what attendance registers count.

    ``register_short``: there are registers, but some days of the quarter are on none, so that they are not used.
    """

    book: Book
    period: Period
    days: WorkingDays
    breaches: dict[str, Breaches] = field(default_factory=dict)
    register_short: bool = False
    unread: Mapping[int, Unread] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case) -> "Scorer | None":
        """The scorer of a case; None where no law was in force."""
        if case.book is None or case.period is None:
            return None
        register, quarter = case.register, case.period
        first = Context(case.book, quarter, case.days, Readings(case.book.law)).first_day()
        if register is None or not register.covers(quarter, first):
            return cls(case.book, quarter, case.days, register_short=register is not None, unread=case.unread)
        return cls(case.book, quarter, case.days, register.breaches(quarter, first), unread=case.unread)

    def score(self, window: Window, index: int = 0) -> WindowScore:
        """The score of one window, with what other readings would lead to."""
        if window.combined:
            return self._not_scored(window, index)
        taken = self._parts(window, index, Readings(self.book.law))
        readings = taken.context.readings
        own = self._sum(taken)
        others = [(r, o, self._sum(self._otherwise(taken, r, o))) for r, o in readings.others()]
        return self._weakened(_with_others(own, others, readings))

    def plain(self, window: Window, index: int = 0) -> WindowScore:
        """The score without a look at other readings, for questions of the sort “what if”."""
        if window.combined:
            return self._not_scored(window, index)
        return self._sum(self._parts(window, index, Readings(self.book.law)))

    def _weakened(self, score: WindowScore) -> WindowScore:
        """The score as far as what was not read lets it be known."""
        unread = self.unread.get(score.index)
        if unread is None:
            return score
        return weakened(score, unread, self.book, self.period, lambda window: self.plain(window, score.index))

    def total(self, window: Window) -> Decimal | None:
        """The total alone."""
        return self.plain(window).total.value

    def facts(self, window: Window, index: int = 0) -> Facts:
        """A window's facts as scoring reads them."""
        return self._facts(window, index, Readings(self.book.law))[0].value

    def _facts(self, window: Window, index: int, readings: Readings) -> tuple[Noted[Facts], Context]:
        unread = self.unread.get(index)
        gone = unread.facts_of(window, self.book) if unread else frozenset()
        context = Context(self.book, self.period, self.days, readings, gone - window.facts.keys())
        return readings.noted(lambda: Facts(window, index, context, self.breaches.get(window.id))), context

    def _parts(self, window: Window, index: int, readings: Readings) -> Parts:
        noted, context = self._facts(window, index, readings)
        facts = noted.value
        lines = tuple(readings.noted(partial(line, placed, facts, context)) for placed in self.book.sub_items)
        more = readings.noted(partial(bonus, facts, context))
        return Parts(noted, context, lines, more, readings.noted(partial(deductions, facts, context)))

    def _otherwise(self, taken: Parts, reading: str, option: str) -> Parts:
        """The parts again, under another reading: only those that asked for it can be different."""
        old, readings = taken.facts.value, Readings(self.book.law, {reading: option})
        noted, context = self._facts(old.window, old.index, readings)
        facts, everything = noted.value, reading in taken.facts.asked

        def again(part: Noted[T], make: Callable[[], T]) -> Noted[T]:
            return readings.noted(make) if everything or reading in part.asked else part

        lines = tuple(again(part, partial(line, part.value.placed, facts, context)) for part in taken.lines)
        more = again(taken.more, partial(bonus, facts, context))
        return Parts(noted, context, lines, more, again(taken.less, partial(deductions, facts, context)))

    def _sum(self, parts: Parts) -> WindowScore:
        facts, more, less = parts.facts.value, parts.more.value, parts.less.value
        lines = tuple(part.value for part in parts.lines)
        base = self._nothing(lines, parts.context.readings) or self._base(lines)
        low, high = self._bounds(base, lines)
        total, low, high = self._total(
            base, more, less, low + more.at_least - less.at_most, high + more.at_most - less.at_least
        )
        vetoes = vetoes_of(self.book, facts)
        if vetoes:
            total, low, high = decided_by(vetoes, total, low, high)
        return WindowScore(
            facts.index,
            facts.window,
            self.period,
            lines,
            base,
            more.entries,
            more.total,
            less.entries,
            less.total,
            total,
            low,
            high,
            tuple(_effects(lines, less, facts, parts.context)),
            tuple(self._notes(facts)),
            vetoed=tuple(veto.reason for veto in vetoes if veto.found),
        )

    def _bounds(self, base: Decision[Decimal], lines: tuple[Line, ...]) -> tuple[Decimal, Decimal]:
        """The least and the most that the base score can be."""
        if base.value is not None:
            return base.value, base.value
        least = base_sum(self.book, {own.id: own.at_least for own in lines})
        return least, base_sum(self.book, {own.id: own.at_most for own in lines})

    def _base(self, lines: tuple[Line, ...]) -> Decision[Decimal]:
        open_ones = [own for own in lines if own.mark.value is None]
        if open_ones:
            places = "、".join(own.placed.provision.label for own in open_ones)
            text = Text(f"{len(open_ones)} 个小项没有判定：{places}", f"{len(open_ones)} sub-items are not determined")
            return Decision(None, (Reason(text, self._cite),))
        marks = {own.id: own.mark.value or ZERO for own in lines}
        plain_sum, total = sum(marks.values(), ZERO), base_sum(self.book, marks)
        text = Text(f"{len(lines)} 个小项合计 {shown(plain_sum)} 分", f"{len(lines)} sub-items: {shown(plain_sum)}")
        if total != plain_sum:
            text = Text(
                f"{text.zh}，按各组和基础分的限额计 {shown(total)} 分", f"{text.en}, within bounds {shown(total)}"
            )
        return Decision(total, (Reason(text, self._cite),))

    def _total(
        self, base: Decision[Decimal], more: Settled, less: Settled, low: Decimal, high: Decimal
    ) -> tuple[Decision[Decimal], Decimal, Decimal]:
        """The total, and the least and the most that it can be, within its cap and rounded as the norms say."""
        low, high = self._final(low), self._final(high)
        parts = (base.value, more.total.value, less.total.value)
        if parts[0] is None or parts[1] is None or parts[2] is None:
            text = Text("有一部分没有判定，总分不能判定", "a part is not determined, and so the total is not")
            return Decision(None, (Reason(text, self._cite),)), low, high
        total = parts[0] + parts[1] - parts[2]
        text = Text(
            f"基础分 {shown(parts[0])} ＋ 加分 {shown(parts[1])} － 减分 {shown(parts[2])} ＝ {shown(total)}",
            f"base {shown(parts[0])} + bonus {shown(parts[1])} - deductions {shown(parts[2])} = {shown(total)}",
        )
        reasons, final = [Reason(text, self._cite)], self._final(total)
        if final != total:
            cap = self.book.caps.get("total")
            said = Text(f"按总分的限额和小数位数，计 {plain(final)} 分", f"within its cap and rounded: {plain(final)}")
            reasons.append(Reason(said, cap.cite if cap else self._cite))
        return Decision(final, tuple(reasons)), low, high

    def _final(self, total: Decimal) -> Decimal:
        total, digits = capped(self.book, "total", total), self.book.digits
        return total if digits is None else half_up(total, digits)

    def _nothing(self, lines: tuple[Line, ...], readings: Readings) -> Decision[Decimal] | None:
        """No base score at all, where one forfeited sub-item is read to cost the whole quarter (reading ``zero-scope``)."""
        lost = [own for own in lines if own.forfeited]
        if not lost or readings.ask(ZERO_SCOPE) != "whole_quarter":
            return None
        places = "、".join(own.placed.provision.label for own in lost)
        text = Text(
            f"{places}不得分，按口径整个季度不得分：基础分 0 分，加分、减分照计",
            f"no marks for {len(lost)} sub-items, which is read to cost the whole base score of the quarter",
        )
        return Decision(ZERO, (Reason(text, self._cite),))

    @property
    def _cite(self) -> Citation | None:
        return self.book.parts.cite if self.book.parts else None

    def _notes(self, facts: Facts) -> Iterator[Reason]:
        if note := partial_note(self.period):
            yield note
        if self.register_short and self.book.breaches and facts.get(self.book.breaches) is None:
            yield Reason(_REGISTER_SHORT)
        deduction = self.book.adjustments.get(("deduction", self.book.overdue))
        if facts.stated(self.book.overdue) is None and deduction and self.book.overdue not in facts.unread:
            cite = deduction.cite
            text = Text(
                "没有填写超期件数，超期的减分只按所列的计，最低分以减分已列全为前提",
                "overdue cases are not stated: only those listed are deducted, and the lower bound presumes that all are",
            )
            yield Reason(text, cite)

    def _not_scored(self, window: Window, index: int) -> WindowScore:
        text = Text("综合窗口不是部门窗口，不考核", "a combined window is not a department's window and is not scored")
        reading = self.book.law.readings.get("combined-window")
        reasons = (Reason(text, self._cite if reading else None),)
        none: Decision[Decimal] = Decision(None, reasons)
        return WindowScore(
            index, window, self.period, (), none, (), none, (), none, none, ZERO, ZERO, (), reasons, scored=False
        )


def _effects(lines: tuple[Line, ...], less: Settled, facts: Facts, context: Context) -> Iterator[Reason]:
    """Everywhere that overdue cases cost points at once (reading ``overdue-several-places``)."""
    overdue, slugs = context.book.overdue, context.book.late
    for own in lines:
        for rule in context.book.rules.get(own.id, ()):
            if rule.norm.fact in slugs and judge(rule, facts, context).effect == "zero":
                text = f"{own.placed.provision.label} {own.placed.provision.heading} −{shown(own.marks)}"
                yield Reason(Text(text, f"{own.id} -{shown(own.marks)}"), rule.cite)
    points = sum((e.points for e in less.entries if e.fact == overdue), ZERO)
    placed = context.book.adjustments.get(("deduction", overdue))
    if points and placed:
        text = f"{placed.provision.label} {placed.provision.heading} −{shown(points)}"
        yield Reason(Text(text, f"{placed.norm.id} -{shown(points)}"), placed.cite)


def _with_others(taken: WindowScore, found: list[tuple[str, str, WindowScore]], readings: Readings) -> WindowScore:
    if not found:
        return taken

    def answered(own: Decision[Decimal], others: list[tuple[str, str, Decision[Decimal]]]) -> Decision[Decimal]:
        added = tuple(
            Alternative(reading, option, theirs.value, _said(readings.said(reading, option), theirs.value, own.value))
            for reading, option, theirs in others
            if theirs.value is not None and theirs.value != own.value
        )
        return replace(own, alternatives=(*own.alternatives, *added)) if added else own

    def line_again(n: int, own: Line) -> Line:
        mark = answered(own.mark, [(r, o, score.lines[n].mark) for r, o, score in found])
        return own if mark is own.mark else replace(own, mark=mark)

    lines = tuple(line_again(n, own) for n, own in enumerate(taken.lines))
    return replace(
        taken,
        lines=lines,
        base=answered(taken.base, [(r, o, score.base) for r, o, score in found]),
        bonus_total=answered(taken.bonus_total, [(r, o, score.bonus_total) for r, o, score in found]),
        deduction_total=answered(taken.deduction_total, [(r, o, score.deduction_total) for r, o, score in found]),
        total=answered(taken.total, [(r, o, score.total) for r, o, score in found]),
    )


def _said(option: str, value: Decimal, taken: Decimal | None) -> Text:
    points = shown(value)
    if taken is not None and points == shown(taken):  # a difference that two decimals would hide
        points = plain(kept(value))
    return Text(f"若按“{option}”，为 {points} 分", f"under the reading “{option}”: {points}")
