"""The measures read otherwise: for each other answer to a question, the norms that it changes and the parts they bear on."""

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from banshi.law.assessment_periods import PeriodAsked, YearPeriod
from banshi.law.instruments import Placed
from banshi.law.norms import (
    Adjustment,
    AssessmentPeriod,
    HighestOnly,
    Norm,
    RateBonus,
    ScoreRule,
    ScoreSubItem,
    ScoreTotal,
)
from banshi.law.otherwise import OtherAnswer, about, elsewhere
from banshi.subjects.assessment.book import AssessmentBook

READ = (ScoreTotal, ScoreSubItem, ScoreRule, Adjustment, RateBonus, HighestOnly, AssessmentPeriod)
_OF_ENTRIES = (Adjustment, RateBonus, HighestOnly)
_PARTS = (ScoreSubItem, ScoreRule, AssessmentPeriod, *_OF_ENTRIES)
_PARTS_OF_TOTAL = {"forfeited", "late_cases", "bonus_by_approval"}


class Otherwise(Struct, frozen=True, dict=True):
    """Another answer to a question about the measures: the norms as they are then."""

    taken: AssessmentBook
    other: OtherAnswer

    @cached_property
    def _periods(self) -> dict[PeriodAsked, YearPeriod]:
        """What is known of them already."""
        return {}

    @property
    def question(self) -> str:
        """The question's id."""
        return self.other.question

    @property
    def option(self) -> str:
        """The answer's id."""
        return self.other.option

    @property
    def said(self) -> str:
        """The answer in words."""
        return self.other.said

    @cached_property
    def book(self) -> AssessmentBook:
        """The norms of the law read so."""
        return AssessmentBook(self.other.law, self.taken.combined, self.taken.kind)

    @cached_property
    def _changed(self) -> dict[str, set[str]]:
        """By norm: the fields that differ."""
        pairs = zip(self.taken.law.norms, self.other.law.norms, strict=True)
        return {one.norm.id: _differing(one.norm, other.norm) for one, other in pairs if one.norm != other.norm}

    def _changes(self, kinds: tuple[type[Norm], ...], *fields: str) -> bool:
        """Whether a norm of these kinds is another, in these fields (where any are given)."""
        own = {p.norm.id for p in self.taken.law.norms if isinstance(p.norm, kinds)}
        return any(
            own_id in own and (not fields or not said.isdisjoint(fields)) for own_id, said in self._changed.items()
        )

    @cached_property
    def bears_on_dates(self) -> bool:
        """Whether the facts of other days may count, of a period in the middle of which the measures began."""
        return self._changes((AssessmentPeriod,))

    @cached_property
    def bears_on_limits(self) -> bool:
        """Whether cases that broke their promise alone may be late, or not."""
        return self._changes((Adjustment,), "against")

    @cached_property
    def bears_on_entries(self) -> bool:
        """Whether bonus and deductions may be others."""
        return self._changes(_OF_ENTRIES) or self._changes((ScoreTotal,), "bonus_by_approval", "late_cases")

    @cached_property
    def bears_on_forfeits(self) -> bool:
        """Whether what is lost with a whole mark is another."""
        return self._changes((ScoreTotal,), "forfeited")

    @cached_property
    def bears_on_the_sum(self) -> bool:
        """Whether the same parts may add up otherwise, whatever they are."""
        every = [(p.norm, self._changed.get(p.norm.id, set())) for p in self.taken.law.norms]
        return any(
            fields - _PARTS_OF_TOTAL if isinstance(norm, ScoreTotal) else fields and not isinstance(norm, _PARTS)
            for norm, fields in every
        )

    @cached_property
    def marks(self) -> tuple[int, ...]:
        """The sub-items, by their places among all, whose marks may be others."""
        late, items = self._changes((ScoreTotal,), "late_cases"), self.taken.sub_items
        return tuple(n for n, item in enumerate(items) if self._bears_on(item) or (late and self._of_late(item)))

    def _of_late(self, sub_item: Placed[ScoreSubItem]) -> bool:
        rules = (*self.taken.rules.get(sub_item.norm.id, ()), *self.taken.also.get(sub_item.norm.id, ()))
        return any(rule.norm.fact in self.taken.late for rule in rules)

    def period(self, period: YearPeriod) -> YearPeriod:
        """A period as the law read so has it."""
        if period.asked not in self._periods:
            self._periods[period.asked] = period.in_law(self.book.law)
        return self._periods[period.asked]

    def _bears_on(self, sub_item: Placed[ScoreSubItem]) -> bool:
        read = (*_read_for(sub_item, self.taken), *_read_for(sub_item, self.book))
        return not self._changed.keys().isdisjoint(read)


def others(book: AssessmentBook) -> tuple[Otherwise, ...]:
    """Every other answer, in order of the questions' ids."""
    return tuple(Otherwise(book, other) for other in elsewhere(book.law, sorted(about(book.law, *READ))))


def _read_for(sub_item: Placed[ScoreSubItem], book: AssessmentBook) -> Iterator[str]:
    """The ids of the norms that a sub-item's mark follows from."""
    slug = sub_item.norm.id
    yield slug
    for rule in (*book.rules.get(slug, ()), *book.also.get(slug, ())):
        yield rule.norm.id
        yield from (p.norm.id for p in book.exemptions.get((rule.norm.sub_item, rule.norm.fact), ()))
    yield from (p.norm.id for p in book.rate_bonuses if p.provision.id == sub_item.provision.id)


def _differing(one: Norm, other: Norm) -> set[str]:
    return {field for field in one.__struct_fields__ if getattr(one, field) != getattr(other, field)}
