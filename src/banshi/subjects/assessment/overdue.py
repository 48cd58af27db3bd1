"""Where overdue cases cost points: in every place that they touch, or only where most, as the norm on the total says.

One overdue case may cost several sub-items their whole mark and bring a deduction besides.
"""

from collections.abc import Iterator
from decimal import Decimal

from banshi.law.norms import ScoreRule
from banshi.subjects.assessment.context import Context
from banshi.subjects.assessment.facts import Facts


def spared(norm_id: str, facts: Facts, context: Context) -> bool:
    """Whether a norm lets overdue cases pass, because they cost more elsewhere and only that place counts."""
    if not context.book.late_where_heaviest:
        return False
    places = dict(_places(facts, context))
    if len(places) < 2 or norm_id not in places:
        return False
    return norm_id != max(places, key=lambda place: (places[place], place))


def _places(facts: Facts, context: Context) -> Iterator[tuple[str, Decimal]]:
    """By norm, what one overdue case costs there."""
    for item in context.book.sub_items:
        for rule in context.book.rules.get(item.norm.id, ()):
            if rule.norm.fact in context.book.late and _reached(rule.norm, facts):
                yield rule.norm.id, item.norm.marks
    deduction = context.book.adjustments.get(("deduction", context.book.overdue))
    if deduction is not None and facts.count(context.book.overdue):
        yield deduction.norm.id, deduction.norm.points


def _reached(rule: ScoreRule, facts: Facts) -> bool:
    count = facts.count(rule.fact)
    return count is not None and rule.bound is not None and rule.bound.contains(Decimal(count))
