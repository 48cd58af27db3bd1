"""What people give for a whole period, and its share of the score: in a longer period, or beside the sub-items of one."""

from decimal import Decimal

from banshi.base.money import plain
from banshi.base.text import Text
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.norms import PersonalMark, ScoreCombination, ScoreWeighting
from banshi.subjects.assessment.results import half_up, shown

ZERO, ALL = Decimal(0), Decimal(100)
Ends = tuple[Decimal, Decimal]  # the least and the most that something can be


def given(
    norm: Placed[ScoreCombination] | Placed[ScoreWeighting], mark: PersonalMark, name: str, amount: Decimal | None
) -> Decision[Decimal]:
    """A mark as far as it counts; not determined where it is not stated, or lies outside of its bounds."""
    if amount is None:
        text = Text(f"没有填写“{name}”（{mark.fact}）", f"{mark.fact} is not stated")
        return Decision(None, (Reason(text, norm.cite),))
    if not mark.at_least <= amount <= mark.at_most:
        span = f"{plain(mark.at_least)} 至 {plain(mark.at_most)}"
        text = Text(f"{name} {plain(amount)} 不在 {span} 分之间，不用", f"{mark.fact}: not between {span}")
        return Decision(None, (Reason(text, norm.cite),))
    value = amount * mark.weight / ALL
    share = "" if mark.weight == ALL else f" × {plain(mark.weight)}%"
    text = Text(f"{name} {plain(amount)}{share}", f"{mark.fact} {plain(amount)}{share}")
    return Decision(value, (Reason(text, norm.cite),))


def ends_of(mark: PersonalMark, value: Decimal | None) -> Ends:
    """Between what the mark lies as far as it counts."""
    if value is not None:
        return value, value
    return mark.at_least * mark.weight / ALL, mark.at_most * mark.weight / ALL


def weighed(
    placed: Placed[ScoreWeighting], marks: list[Decision[Decimal]], own: Decision[Decimal], low: Decimal, high: Decimal
) -> tuple[Decision[Decimal], Decimal, Decimal]:
    """A period's score of its own (``low`` and ``high``: between what it lies) with the marks of people, each by its weight."""
    norm = placed.norm
    ends = [ends_of(mark, decision.value) for mark, decision in zip(norm.plus, marks, strict=True)]
    least, most = (
        half_up(one * norm.weight / ALL + sum((each[n] for each in ends), ZERO), norm.digits)
        for n, one in enumerate((low, high))
    )
    missing = tuple(reason for each in (own, *marks) if each.value is None for reason in each.reasons)
    if missing or own.value is None:
        return Decision(None, missing), least, most
    part = own.value * norm.weight / ALL
    values = [part, *(each.value or ZERO for each in marks)]
    final = half_up(sum(values, ZERO), norm.digits)
    text = Text(
        f"小项得分 {shown(own.value)} × {plain(norm.weight)}%",
        f"by the sub-items {shown(own.value)} × {plain(norm.weight)}%",
    )
    said = " ＋ ".join(plain(each) for each in values)
    whole = Text(f"{said}，保留{norm.digits}位小数为 {plain(final)}", f"{said}, rounded: {plain(final)}")
    reasons = (
        *own.reasons, Reason(text, placed.cite), *(r for each in marks for r in each.reasons), Reason(whole, placed.cite)
    )  # fmt: skip
    return Decision(final, reasons), least, most
