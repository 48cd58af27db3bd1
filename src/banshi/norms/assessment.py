"""Kinds of norm about the assessment of windows: marks, how they are lost, bonus, deductions, caps, periods."""

from decimal import Decimal
from typing import ClassVar, Literal

from banshi.norms.base import Norm
from banshi.norms.values import Bounds, ClockTime, Level, Measured, Names, YearDay, phrase

Scale = Literal["bonus", "deduction", "base"]


class AssessmentNorm(Norm, frozen=True):
    """A norm of this subject."""

    subject: ClassVar[str] = "assessment"


class ScoreTotal(AssessmentNorm, frozen=True, tag="score_total"):
    """What the score is made of, or how large a part of it is: marks, items, sub-items."""

    parts: tuple[str, ...] = ()
    base_marks: Decimal | None = None
    items: int | None = None
    sub_items: int | None = None


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
    """

    item: str
    marks: Decimal
    manual: bool = False
    measure: str | None = None
    bound: Bounds | None = None
    further: tuple[Measured, ...] = ()
    asks: tuple[str, ...] = ()


class ScoreRule(AssessmentNorm, frozen=True, tag="score_rule"):
    """How a sub-item's mark follows from facts.

    ``effect``: ``zero`` (the mark is lost when the count of ``fact`` lies within ``bound``), ``multiply`` (full marks
    times the rate ``fact``), ``subtract`` (``points`` for each unit of ``fact`` within ``bound``, not below
    ``floor``), ``exempt`` (facts that do not count). ``per`` tells over what the fact is counted; a fact without
    ``bound`` is found or not found. ``cases`` are those that the rule is about, ``also_sub_items`` lose their mark
    with it, ``other_reading_fact`` would count too under another reading.
    """

    sub_item: str
    effect: Literal["zero", "multiply", "subtract", "exempt"]
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


class Adjustment(AssessmentNorm, frozen=True, tag="adjustment"):
    """A bonus or a deduction: ``points`` for each ``per`` of ``fact``; its own cap; what must be shown.

    ``bound`` makes a case count (by how often something happened in it); ``by`` are those whose act it is, ``level``
    theirs; ``verified_by`` are those who must have verified it, ``must_be_verified`` says that somebody must have,
    where the text does not say who: until then it moves no points; ``days`` and ``after`` (a time of day, itself included or not) tell when it must have happened. Entries of one ``group``
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
    per: Literal["quarter", "year"] | None = None
    at_most: Decimal | None = None
    at_least: Decimal | None = None
    unlimited: bool = False


class HighestOnly(AssessmentNorm, frozen=True, tag="highest_only"):
    """Of several entries for the same ``group_by``, only the highest counts."""

    scale: Literal["bonus", "deduction"]
    group_by: Literal["matter", "event"]


class AssessmentPeriod(AssessmentNorm, frozen=True, tag="assessment_period"):
    """A period of assessment within an assessment year; days are given relative to the year that names it."""

    period: Literal["year", "quarter"]
    start: YearDay
    end: YearDay
    number: int | None = None
    basis_of: str | None = None
