"""How a window is scored, as the guide prints it: quarters, items with their sub-items and rules, bonus, deductions."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Literal

from msgspec import Struct

from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import (
    Adjustment,
    AssessmentPeriod,
    Cap,
    Grade,
    HighestOnly,
    Norm,
    Ranking,
    RateBonus,
    ScoreCombination,
    ScoreItems,
    ScoreRule,
    ScoreSubItem,
    ScoreTotal,
    ScoreWeighting,
    Veto,
)
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.sub_items import called

_ARTICLE = re.compile(r"第.+?条")


class SubItemView(Struct, frozen=True):
    """A sub-item: what it asks for, how its marks are lost, and what is earned beyond them."""

    placed: Placed[ScoreSubItem]
    rules: list[Placed[ScoreRule]]
    bonus: list[Placed[RateBonus]]

    @property
    def name(self) -> str:
        """What it is called."""
        return called(self.placed)


class ScoredItemView(Struct, frozen=True):
    """An item: its number, its article, the marks that the text gives it (None where it gives none), its sub-items."""

    number: str
    label: str
    marks: Decimal | None
    sub_items: list[SubItemView]

    @property
    def sum(self) -> Decimal:
        """The marks of its sub-items together."""
        return sum((each.placed.norm.marks for each in self.sub_items), Decimal(0))


class AdjustmentGroup(Struct, frozen=True):
    """What adds or takes points by one provision: its label, its heading, its norms."""

    label: str
    heading: str
    norms: list[Placed[Adjustment] | Placed[RateBonus]]


class FactView(Struct, frozen=True):
    """A fact that has to be recorded: its id, how it is stated, its unit, and what it decides."""

    fact: str
    stated: str
    unit: str
    used_by: list[Placed[Norm]]


class ResultView(Struct, frozen=True):
    """What comes of a sort of period: how its score is put together, how windows are ranked, the grades from the best."""

    period: str
    name: str
    combinations: list[Placed[ScoreCombination] | Placed[ScoreWeighting]]
    rankings: list[Placed[Ranking]]
    grades: list[Placed[Grade]]


class ScoringView(Struct, frozen=True, dict=True):
    """The rules of assessment in the law that a guide speaks of."""

    law: Law

    @cached_property
    def periods(self) -> list[Placed[AssessmentPeriod]]:
        """The assessment year, then its quarters."""
        return sorted(self.law.all(AssessmentPeriod), key=lambda p: p.norm.number or 0)

    @staticmethod
    def period_name(norm: AssessmentPeriod) -> str:
        """What a period is called: 第2季度, 考核年度; of several that follow one another: 每半年（一年2次，这里是第一次）."""
        if norm.number:
            return f"第{norm.number}{_PERIODS[norm.period]}"
        several = f"每{_PERIODS[norm.period]}（一年{norm.times}次，这里是第一次）" if norm.times else ""
        return several or ("考核年度" if norm.period == "year" else _PERIODS[norm.period])

    @property
    def vetoes(self) -> list[Placed[Veto]]:
        """What decides a period by itself."""
        return self.law.all(Veto)

    @property
    def results(self) -> list[ResultView]:
        """What comes of each sort of period of which the law says anything, the shortest first."""
        found = [self._result(period, name) for period, name in _PERIODS.items()]
        return [each for each in found if each.combinations or each.rankings or each.grades]

    def _result(self, period: str, name: str) -> ResultView:
        grades = [p for p in self.law.all(Grade) if period in p.norm.periods]
        return ResultView(
            period,
            name,
            [
                *(p for p in self.law.all(ScoreCombination) if p.norm.period == period),
                *(p for p in self.law.all(ScoreWeighting) if p.norm.period == period),
            ],
            [p for p in self.law.all(Ranking) if period in p.norm.periods],
            sorted(grades, key=lambda p: p.norm.rank),
        )

    @property
    def totals(self) -> list[Placed[ScoreTotal]]:
        """What the score is made of."""
        return self.law.all(ScoreTotal)

    @property
    def marks(self) -> Placed[ScoreItems] | None:
        """The norm that gives each item its marks."""
        return self.law.one(ScoreItems)

    @cached_property
    def items(self) -> list[ScoredItemView]:
        """The items in the order of the text, each with its sub-items."""
        found: dict[str, list[Placed[ScoreSubItem]]] = {}
        for placed in self.law.all(ScoreSubItem):
            found.setdefault(placed.norm.item, []).append(placed)
        return [self._item(number, sub_items) for number, sub_items in found.items()]

    def _item(self, number: str, sub_items: list[Placed[ScoreSubItem]]) -> ScoredItemView:
        label = sub_items[0].provision.label
        article = _ARTICLE.match(label)
        marks = self.marks.norm.marks.get(number) if self.marks else None
        return ScoredItemView(number, article[0] if article else label, marks, [self._sub_item(p) for p in sub_items])

    def _sub_item(self, placed: Placed[ScoreSubItem]) -> SubItemView:
        own = placed.norm.id
        rules = [p for p in self.law.all(ScoreRule) if own == p.norm.sub_item or own in p.norm.also_sub_items]
        return SubItemView(placed, rules, [p for p in self.law.all(RateBonus) if placed.norm.measure in p.norm.rates])

    @property
    def by_people(self) -> list[SubItemView]:
        """The sub-items that a person marks."""
        return [each for item in self.items for each in item.sub_items if each.placed.norm.manual]

    def adjustments(self, scale: Literal["bonus", "deduction"]) -> list[Placed[Adjustment] | Placed[RateBonus]]:
        """What adds or takes points, in the order of the text."""
        return [p for p in self.law.placed.values() if _adjusts(p.norm, scale)]  # type: ignore[misc]

    def adjusted(self, scale: Literal["bonus", "deduction"]) -> list[AdjustmentGroup]:
        """The same, those of one provision together."""
        found: dict[str, AdjustmentGroup] = {}
        for placed in self.adjustments(scale):
            said = placed.provision
            found.setdefault(said.id, AdjustmentGroup(said.label, said.heading, [])).norms.append(placed)
        return list(found.values())

    def limits(self, scale: Literal["bonus", "deduction"]) -> list[Placed[Norm]]:
        """What holds for all of them: the cap, and that only the highest counts."""
        return [
            placed
            for placed in self.law.placed.values()
            if (isinstance(placed.norm, Cap) and placed.norm.of == scale)
            or (isinstance(placed.norm, HighestOnly) and placed.norm.scale == scale)
        ]

    @cached_property
    def facts(self) -> list[FactView]:
        """Every fact that a mark or points follow from, in the order of the text."""
        found: dict[str, list[Placed[Norm]]] = {}
        for placed in self.law.placed.values():
            for fact in _facts(placed.norm):
                found.setdefault(fact, []).append(placed)
        book = AssessmentBook(self.law)
        return [FactView(fact, _stated(book, fact), book.unit(fact), used_by) for fact, used_by in found.items()]


def _adjusts(norm: Norm, scale: str) -> bool:
    return norm.scale == scale if isinstance(norm, Adjustment) else isinstance(norm, RateBonus) and scale == "bonus"


def _facts(norm: Norm) -> Iterator[str]:
    if isinstance(norm, ScoreRule | Adjustment | Veto):
        yield norm.fact
    if isinstance(norm, ScoreCombination | ScoreWeighting):
        yield from (mark.fact for mark in norm.plus)
    if isinstance(norm, ScoreSubItem):
        yield from ([norm.measure] if norm.measure else [])
        yield from (measured.measure for measured in norm.further)
    if isinstance(norm, ScoreRule) and norm.other_reading_fact:
        yield norm.other_reading_fact
    if isinstance(norm, RateBonus):
        yield from norm.rates


def _stated(book: AssessmentBook, fact: str) -> str:
    """How a fact is stated in a file of assessment; what only adds or takes points is listed entry by entry."""
    return _STATED[book.sorts[fact]] if fact in book.sorts else _LISTED


_PERIODS = {"month": "月份", "quarter": "季度", "half_year": "半年", "year": "年度"}
_LISTED = "逐笔列出"
_STATED = {
    "count": "数目",
    "amount": "数目，可以有小数",
    "rate": "分子和分母",
    "found": "有或没有",
    "days": "逐个工作日的数目",
    "limits": "逐个事项的时限",
}
