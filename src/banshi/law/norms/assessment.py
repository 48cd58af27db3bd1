"""Kinds of norm about the assessment of windows: marks, how they are lost, bonus, deductions, caps, periods."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar, Literal

from banshi.law.norms.base import Norm
from banshi.law.norms.values import Bounds, ClockTime, Level, Measured, Named, Names, Value, YearDay, phrase

Scale = Literal["bonus", "deduction", "base", "total"]
PeriodKind = Literal["month", "quarter", "half_year", "year"]


class AssessmentNorm(Norm, frozen=True):
    """A norm of this subject."""

    subject: ClassVar[str] = "assessment"


class ScoreTotal(AssessmentNorm, frozen=True, tag="score_total"):
    """What the score is made of, or how large a part of it is: marks, items, sub-items.

    ``digits``: a period's total is rounded (halves up) to so many decimals before anything is done with it.
    """

    parts: tuple[str, ...] = ()
    base_marks: Decimal | None = None
    items: int | None = None
    sub_items: int | None = None
    digits: int | None = None


class ScoreItems(AssessmentNorm, frozen=True, tag="score_items"):
    """The marks of the items, by number of article."""

    marks: dict[str, Decimal]

    def phrases(self, names: Names) -> dict[str, str]:
        """Reads as 第8条6分、第9条6分 …."""
        said = "、".join(f"第{item}条{phrase(marks, names)}分" for item, marks in self.marks.items())
        return {**super().phrases(names), "marks": said}


class ScoreSubItem(AssessmentNorm, frozen=True, tag="score_sub_item"):
    """A sub-item of the base score: its item, its full marks, what it asks for.

    ``manual``: no rule says how it is lost, so a person enters the mark with a reason. ``measure`` and ``bound`` state
    what is asked for as a figure, where the text gives one; ``further`` holds other figures that it asks for.
    ``floor``: no rule brings the mark below it. ``part_of``: the group of sub-items that it belongs to.
    """

    item: str
    marks: Decimal
    floor: Decimal | None = None
    part_of: str | None = None
    manual: bool = False
    measure: str | None = None
    bound: Bounds | None = None
    further: tuple[Measured, ...] = ()
    asks: tuple[str, ...] = ()


class ScoreGroup(AssessmentNorm, frozen=True, tag="score_group"):
    """Sub-items (and groups) taken together: their sum is not more than ``at_most`` and not less than ``at_least``.

    ``part_of``: the group that this one belongs to in turn.
    """

    at_most: Decimal | None = None
    at_least: Decimal | None = None
    part_of: str | None = None


class Band(Value, frozen=True):
    """What a fact within ``bound`` costs."""

    bound: Bounds
    points: Decimal

    def phrase(self, names: Names) -> str:
        """不满80%减2分."""
        return f"{self.bound.phrase(names)}减{phrase(self.points, names)}分"


class ScoreRule(AssessmentNorm, frozen=True, tag="score_rule"):
    """How a sub-item's mark follows from facts.

    ``effect``: ``zero`` (the mark is lost when the count of ``fact`` lies within ``bound``), ``multiply`` (full marks
    times the rate ``fact``), ``subtract`` (``points`` for each unit of ``fact`` within ``bound``, not below
    ``floor``), ``exempt`` (facts that do not count). ``per`` tells over what the fact is counted; a fact without
    ``bound`` is found or not found. ``cases`` are those that the rule is about, ``also_sub_items`` lose their mark
    with it, ``other_reading_fact`` would count too under another reading.

    Of ``subtract``: ``once``, the points are lost once, however many units there are; ``pro_rata``, the fact is an
    amount with decimals, and parts of a unit cost parts of the points; a fact without ``bound`` costs them when it is
    found. ``by_steps``: ``points`` for each ``step`` between the fact and the one end of ``bound`` (of which a part
    counts as whole, not at all, or in proportion: ``part``). ``banded``: the points of the band that the fact lies in.
    ``digits``: a rate in percent is rounded (halves up) to so many decimals before it is compared. ``if_none``: what
    becomes of a rate of nothing. ``at_most``: the most points that this rule takes.
    """

    sub_item: str
    effect: Literal["zero", "multiply", "subtract", "exempt", "by_steps", "banded"]
    fact: str
    bound: Bounds | None = None
    points: Decimal | None = None
    floor: Decimal | None = None
    per: str | None = None
    values: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    also_sub_items: tuple[str, ...] = ()
    other_reading_fact: str | None = None
    once: bool = False
    pro_rata: bool = False
    step: Decimal | None = None
    part: Literal["up", "down", "exact"] | None = None
    bands: tuple[Band, ...] = ()
    digits: int | None = None
    if_none: Literal["keep", "zero", "not_determined", "by_person"] | None = None
    at_most: Decimal | None = None


class Veto(AssessmentNorm, frozen=True, tag="veto"):
    """A fact that decides the period by itself: the total is ``score``, whatever else there is.

    The fact is found or not; with ``bound`` it is counted. Grades that are ``barred_by_veto`` are not given for the
    period, nor for a longer one that holds it.
    """

    fact: str
    score: Decimal
    bound: Bounds | None = None


class PersonalMark(Value, frozen=True):
    """A mark that people give for the whole period: a fact with decimals, from ``at_least`` to ``at_most``."""

    fact: str
    at_least: Decimal
    at_most: Decimal
    weight: Decimal = Decimal(100)

    def phrase(self, names: Names) -> str:
        """大厅评议（0至10分）."""
        share = "" if self.weight == 100 else f" × {phrase(self.weight, names)}%"
        low, high = phrase(self.at_least, names), phrase(self.at_most, names)
        return f"{names.get(self.fact, self.fact)}（{low}至{high}分）{share}"


class ScoreCombination(AssessmentNorm, frozen=True, tag="score_combination"):
    """A period's score from those of the shorter periods in it: their mean or sum, ``weight`` percent of it, and ``plus``.

    ``mean_digits``: the mean (or sum) is rounded to so many decimals before it is weighted; ``digits``: so is the
    result. Halves go up. ``missing``: without one of the parts the result is not determined, or rests on the others.
    """

    period: PeriodKind
    of: PeriodKind
    how: Literal["mean", "sum"]
    digits: int
    missing: Literal["not_determined", "left_out"]
    weight: Decimal = Decimal(100)
    mean_digits: int | None = None
    plus: tuple[PersonalMark, ...] = ()


class Ranking(AssessmentNorm, frozen=True, tag="ranking"):
    """In which periods windows are ranked, and within which groups (none: all together)."""

    periods: tuple[PeriodKind, ...]
    groups: tuple[Named, ...] = ()


class Share(Value, frozen=True):
    """The first part of a group: ``percent`` of all of its windows, rounded down or up, ``at_least`` so many.

    ``ties``: whether those that are level with the last of them belong to it too.
    """

    percent: Decimal
    rounding: Literal["down", "up"]
    at_least: int
    ties: bool

    def phrase(self, names: Names) -> str:
        """前20%（舍去尾数，至少1个，并列的都算）."""
        rounding = {"down": "舍去尾数", "up": "进一"}[self.rounding]
        ties = "并列的都算" if self.ties else "并列的都不算"
        return f"前{phrase(self.percent, names)}%（{rounding}，至少{self.at_least}个，末位{ties}）"


class Grade(AssessmentNorm, frozen=True, tag="grade"):
    """A grade of a period: the best (lowest ``rank``) whose conditions a window meets is its own.

    ``band``: where its score must lie. ``share``: it is among the first of its group, of those that the band and the
    vetoes leave.
    """

    grade: str
    name: str
    rank: int
    periods: tuple[PeriodKind, ...]
    band: Bounds | None = None
    share: Share | None = None
    barred_by_veto: bool = False


class Adjustment(AssessmentNorm, frozen=True, tag="adjustment"):
    """A bonus or a deduction: ``points`` for each ``per`` of ``fact``; its own cap; what must be shown.

    ``bound`` makes a case count (by how often something happened in it); ``by`` are those whose act it is, ``level``
    theirs; ``verified_by`` are those who must have verified it, ``must_be_verified`` says that somebody must have,
    where the text does not say who: until then it moves no points; ``as_recorded``: what counts are the points that an
    entry records, of which ``points`` are the most; ``days`` and ``after`` (a time of day, itself included or not) tell when it must have happened. Entries of one ``group``
    are of a like nature, so that a value out of line shows.
    """

    scale: Literal["bonus", "deduction"]
    fact: str
    points: Decimal
    per: str
    bound: Bounds | None = None
    cap: Decimal | None = None
    once_per_matter: bool = False
    instead_of: str | None = None
    verified_by: tuple[str, ...] = ()
    must_be_verified: bool = False
    by: tuple[str, ...] = ()
    level: Level | None = None
    days: Literal["working_days", "days_off"] | None = None
    after: ClockTime | None = None
    after_inclusive: bool | None = None
    group: str | None = None
    subjects: tuple[str, ...] = ()
    as_recorded: bool = False

    @property
    def asks_verification(self) -> bool:
        """Whether it moves no points until it is verified."""
        return self.must_be_verified or bool(self.verified_by)


class RateBonus(AssessmentNorm, frozen=True, tag="rate_bonus"):
    """``points`` for each whole percentage point of ``rates`` beyond ``above``; counted as bonus."""

    rates: tuple[str, ...]
    above: Decimal
    above_inclusive: bool
    points: Decimal
    step: Decimal
    cap: Decimal | None = None


class Cap(AssessmentNorm, frozen=True, tag="cap"):
    """The most (or least) that a part of the score may be in a period; ``unlimited`` says that there is no end."""

    of: Scale
    per: PeriodKind | None = None
    at_most: Decimal | None = None
    at_least: Decimal | None = None
    unlimited: bool = False


class HighestOnly(AssessmentNorm, frozen=True, tag="highest_only"):
    """Of several entries for the same ``group_by``, only the highest counts."""

    scale: Literal["bonus", "deduction"]
    group_by: Literal["matter", "event"]


class AssessmentPeriod(AssessmentNorm, frozen=True, tag="assessment_period"):
    """A period of assessment within an assessment year; days are given relative to the year that names it.

    ``times``: so many periods follow one another, each as many months after the one before as fit into a year; the days
    given are those of the first. ``basis_of``: the longer period that rests on it.
    """

    period: PeriodKind
    start: YearDay
    end: YearDay
    number: int | None = None
    times: int | None = None
    basis_of: str | None = None

    def on(self, year: int) -> Iterator[tuple[int, datetime.date, datetime.date]]:
        """Number, first and last day of each of its periods in an assessment year."""
        first, times = self.number or 1, self.times or 1
        for n in range(times):
            months = 12 // times * n
            yield first + n, self.start.later(months).on(year), self.end.later(months).on(year)
