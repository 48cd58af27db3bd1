"""A window's score from its facts, with what other readings of the unclear places would lead to."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct, field
from msgspec.json import encode
from msgspec.structs import replace

from banshi.base.money import plain
from banshi.base.text import Text
from banshi.files.findings import Citation
from banshi.law.assessment_periods import YearPeriod, partial_note, weighs
from banshi.law.decisions import Alternative, Decision, Later, Reason
from banshi.law.working_days import WorkingDays
from banshi.subjects.assessment.base import line
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.context import Context
from banshi.subjects.assessment.extras import Settled, bonus, deductions
from banshi.subjects.assessment.facts import Facts
from banshi.subjects.assessment.forms import Window
from banshi.subjects.assessment.groups import base_sum, capped
from banshi.subjects.assessment.judging import judge
from banshi.subjects.assessment.personal_marks import given, weighed
from banshi.subjects.assessment.ranks import annual_mean, ranking
from banshi.subjects.assessment.readings import Otherwise
from banshi.subjects.assessment.register import Breaches
from banshi.subjects.assessment.results import FactUse, Rank, ScoreEntry, ScoreLine, WindowScore, half_up, kept, shown
from banshi.subjects.assessment.sub_items import called
from banshi.subjects.assessment.unread import UnreadOfWindow, weakened
from banshi.subjects.assessment.vetoes import decided_by, vetoes_of

__all__ = [
    "FactUse",
    "Rank",
    "ScoreEntry",
    "ScoreLine",
    "Scorer",
    "WindowScore",
    "annual_mean",
    "kept",
    "ranking",
    "sheet",
    "shown",
]
ZERO = Decimal(0)
_REMEMBERED = 100  # windows of the last file, whose scores stay in memory


def sheet(case: AssessmentInLaw) -> list[WindowScore]:
    """Every window's score, in the order of the file; empty where no law was in force."""
    scorer = Scorer.of(case)
    if scorer is None:
        return []
    return [scorer.score_again(window, at) for at, window in zip(case.indexes, case.assessment.windows, strict=True)]


_REGISTER_SHORT = Text(
    "考勤登记没有覆盖整个季度，不能据以计考勤人次，要自己填写",
    "the attendance registers do not cover the whole quarter, so breaches have to be stated",
)


class ScoreParts(Struct, frozen=True):
    """A score before it is summed."""

    facts: Facts
    context: Context
    lines: tuple[ScoreLine, ...]
    more: Settled
    less: Settled

    @property
    def outcome(self) -> tuple[object, ...]:
        """What the sum follows from."""
        marks = tuple((own.mark.value, own.at_least, own.at_most, own.forfeited) for own in self.lines)
        return (marks, *((own.total.value, own.at_least, own.at_most) for own in (self.more, self.less)))


class Scorer(Struct, frozen=True):
    """Scores windows of one quarter; ``breaches``: by window, what attendance registers count.

    ``register_short``: there are registers, but some days of the quarter are on none, so that they are not used.
    """

    book: AssessmentBook
    period: YearPeriod
    days: WorkingDays
    breaches: dict[str, Breaches] = field(default_factory=dict)
    register_short: bool = False
    unread: Mapping[int, UnreadOfWindow] = field(default_factory=dict)

    @classmethod
    def of(cls, case: AssessmentInLaw) -> "Scorer | None":
        """The scorer of a case; None where no law was in force."""
        if case.book is None or case.period is None:
            return None
        register, quarter = case.register, case.period
        first = quarter.first_day
        if register is None or not register.covers(quarter, first):
            return cls(case.book, quarter, case.days, register_short=register is not None, unread=case.unread)
        return cls(case.book, quarter, case.days, register.breaches(quarter, first), unread=case.unread)

    def score_again(self, window: Window, index: int) -> WindowScore:
        """The same as ``score``; a window that the last file stated alike is not reckoned again, as after an edit of another one."""
        if index >= _REMEMBERED or index in self.unread:
            return self.score(window, index)
        breaches = self.breaches.get(window.id)
        stated = (encode(window), self.period, self.days, breaches, self.register_short)
        known = self.book.scored.get(index)
        if known is None or known[0] != stated:
            known = self.book.scored[index] = stated, self.score(window, index)
        return known[1]

    def score(self, window: Window, index: int = 0) -> WindowScore:
        """The score of one window, with what other readings would lead to, which is looked for when somebody asks."""
        if window.combined:
            return self._not_scored(window, index)
        taken = self._parts(window, index)
        return self._weakened(self._with_others(taken, self._sum(taken)))

    def _with_others(self, taken: ScoreParts, score: WindowScore) -> WindowScore:
        others = self.book.read_otherwise
        if not others:
            return score
        own = self.unread.get(score.index)
        asked = replace(self, unread={} if own is None else {score.index: own})  # as it stands now, whatever comes
        found = Later(lambda: asked._others(taken))
        every = any(self._everywhere(taken, read) for read in others)
        may_differ = range(len(score.lines)) if every else sorted({n for read in others for n in read.marks})
        return _answered(score, found, may_differ)

    def _others(self, taken: ScoreParts) -> Iterator[tuple[Otherwise, WindowScore]]:
        """The score under each other answer that may lead to another one."""
        outcome = taken.outcome
        for read in self.book.read_otherwise:
            parts = self._otherwise(taken, read)
            as_a_whole = read.bears_on_the_sum or read.bears_on_forfeits
            if parts is not None and (as_a_whole or parts.outcome != outcome):
                yield read, self._under(read)._sum(parts)

    def plain(self, window: Window, index: int = 0) -> WindowScore:
        """The score without a look at other readings, for questions of the sort “what if”."""
        if window.combined:
            return self._not_scored(window, index)
        return self._sum(self._parts(window, index))

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
        return Facts(window, index, self._context(window, index), self.breaches.get(window.id))

    def _context(self, window: Window, index: int) -> Context:
        unread = self.unread.get(index)
        gone = unread.facts_of(window, self.book) if unread else frozenset()
        return Context(self.book, self.period, self.days, gone - window.facts.keys())

    def _parts(self, window: Window, index: int) -> ScoreParts:
        context = self._context(window, index)
        facts = Facts(window, index, context, self.breaches.get(window.id))
        lines = tuple(line(placed, facts, context) for placed in self.book.sub_items)
        return ScoreParts(facts, context, lines, bonus(facts, context), deductions(facts, context))

    def _under(self, read: Otherwise) -> "Scorer":
        """The scorer of the law read otherwise."""
        return replace(self, book=read.book, period=read.period(self.period))

    def _otherwise(self, taken: ScoreParts, read: Otherwise) -> ScoreParts | None:
        """The parts again, as the law is read otherwise: only those that it bears on can be different. None: none is."""
        every = self._everywhere(taken, read)
        more, less = ((every or read.bears_on_entries) and bool(own.entries) for own in (taken.more, taken.less))
        forfeits = read.bears_on_forfeits and any(own.forfeited for own in taken.lines)
        if not (every or read.marks or more or less or forfeits or read.bears_on_the_sum):
            return None
        scorer, window, index = self._under(read), taken.facts.window, taken.facts.index
        facts, context = scorer.facts(window, index), scorer._context(window, index)
        lines = [*taken.lines]
        for n in range(len(lines)) if every else read.marks:
            lines[n] = line(read.book.sub_items[n], facts, context)
        return ScoreParts(
            facts,
            context,
            tuple(lines),
            bonus(facts, context) if more else taken.more,
            deductions(facts, context) if less else taken.less,
        )

    def _everywhere(self, taken: ScoreParts, read: Otherwise) -> bool:
        """Whether each part may be another, the law being read otherwise: other days count, or other cases are late."""
        return (read.bears_on_dates and self.period.partial) or (read.bears_on_limits and taken.facts.promised)

    def _sum(self, parts: ScoreParts) -> WindowScore:
        facts, more, less, lines = parts.facts, parts.more, parts.less, parts.lines
        base = self._nothing(lines) or self._base(lines)
        low, high = self._bounds(base, lines)
        total, low, high = self._total(
            base, more, less, low + more.at_least - less.at_most, high + more.at_most - less.at_least
        )
        if weighing := weighs(self.book.law, self.period.kind):
            marks = [given(weighing, m, self.book.name(m.fact), facts.amount(m.fact)) for m in weighing.norm.plus]
            total, low, high = weighed(weighing, marks, total, low, high)
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

    def _bounds(self, base: Decision[Decimal], lines: tuple[ScoreLine, ...]) -> tuple[Decimal, Decimal]:
        """The least and the most that the base score can be."""
        if base.value is not None:
            return base.value, base.value
        least = base_sum(self.book, {own.id: own.at_least for own in lines})
        return least, base_sum(self.book, {own.id: own.at_most for own in lines})

    def _base(self, lines: tuple[ScoreLine, ...]) -> Decision[Decimal]:
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

    def _nothing(self, lines: tuple[ScoreLine, ...]) -> Decision[Decimal] | None:
        """No base score at all, where one forfeited sub-item costs that of the whole period."""
        lost = [own for own in lines if own.forfeited]
        if not lost or not self.book.forfeits_all:
            return None
        places = "、".join(own.placed.provision.label for own in lost)
        text = Text(
            f"{places}不得分，整期不得分：基础分 0 分，加分、减分照计",
            f"no marks for {len(lost)} sub-items, which costs the whole base score of the period",
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
        reasons = (Reason(text, self._cite),)
        none: Decision[Decimal] = Decision(None, reasons)
        return WindowScore(
            index, window, self.period, (), none, (), none, (), none, none, ZERO, ZERO, (), reasons, scored=False
        )


def _effects(lines: tuple[ScoreLine, ...], less: Settled, facts: Facts, context: Context) -> Iterator[Reason]:
    """Everywhere that overdue cases cost points at once."""
    overdue, slugs = context.book.overdue, context.book.late
    for own in lines:
        for rule in context.book.rules.get(own.id, ()):
            if rule.norm.fact in slugs and judge(rule, facts, context).effect == "zero":
                text = f"{own.placed.provision.label} {called(own.placed)} −{shown(own.marks)}"
                yield Reason(Text(text, f"{own.id} -{shown(own.marks)}"), rule.cite)
    points = sum((e.points for e in less.entries if e.fact == overdue), ZERO)
    placed = context.book.adjustments.get(("deduction", overdue))
    if points and placed:
        text = f"{placed.provision.label} {placed.provision.heading} −{shown(points)}"
        yield Reason(Text(text, f"{placed.norm.id} -{shown(points)}"), placed.cite)


_Found = Later[tuple[Otherwise, WindowScore]]
_Part = Callable[[WindowScore], Decision[Decimal]]


def _answered(taken: WindowScore, found: _Found, may_differ: Iterable[int]) -> WindowScore:
    """The score with what others come to; ``may_differ``: the lines whose marks may be others."""

    def answered(part: _Part) -> Decision[Decimal]:
        own = part(taken)
        return replace(own, alternatives=Later(lambda: (*own.alternatives, *_alternatives(own, part, found))))

    lines = [*taken.lines]
    for n in may_differ:
        lines[n] = replace(lines[n], mark=answered(_mark(n)))
    return replace(
        taken,
        lines=tuple(lines),
        base=answered(lambda score: score.base),
        bonus_total=answered(lambda score: score.bonus_total),
        deduction_total=answered(lambda score: score.deduction_total),
        total=answered(lambda score: score.total),
    )


def _mark(n: int) -> _Part:
    return lambda score: score.lines[n].mark


def _alternatives(own: Decision[Decimal], part: _Part, found: _Found) -> Iterator[Alternative[Decimal]]:
    for read, score in found:
        value = part(score).value
        if value is not None and value != own.value:
            yield Alternative(read.question, read.option, value, _said(read.said, value, own.value))


def _said(option: str, value: Decimal, taken: Decimal | None) -> Text:
    points = shown(value)
    if taken is not None and points == shown(taken):  # a difference that two decimals would hide
        points = plain(kept(value))
    return Text(f"若按“{option}”，为 {points} 分", f"under the reading “{option}”: {points}")
