"""Sums of marks: sub-items in groups, groups in groups, each within its own bounds, and the whole within the caps."""

from collections.abc import Mapping
from decimal import Decimal

from banshi.law.norms.assessment import Scale
from banshi.subjects.assessment.book import AssessmentBook

ZERO = Decimal(0)


def base_sum(book: AssessmentBook, marks: Mapping[str, Decimal]) -> Decimal:
    """The base score from the marks of the sub-items, by id."""
    inside: dict[str | None, Decimal] = {}
    known = {placed.norm.id for placed in book.groups}
    for item in book.sub_items:
        group = item.norm.part_of if item.norm.part_of in known else None
        inside[group] = inside.get(group, ZERO) + marks[item.norm.id]
    for group in _innermost_first(book):
        norm = next(placed.norm for placed in book.groups if placed.norm.id == group)
        value = _within(inside.get(group, ZERO), norm.at_least, norm.at_most)
        outer = norm.part_of if norm.part_of in known else None
        inside[outer] = inside.get(outer, ZERO) + value
    return capped(book, "base", inside.get(None, ZERO))


def capped(book: AssessmentBook, part: Scale, value: Decimal) -> Decimal:
    """A part of the score, or the total, within its cap."""
    cap = book.caps.get(part)
    return _within(value, cap.norm.at_least, cap.norm.at_most) if cap else value


def _innermost_first(book: AssessmentBook) -> list[str]:
    """The groups, each before the one that it is part of; groups that hold each other count as outermost."""
    outer = {placed.norm.id: placed.norm.part_of for placed in book.groups}

    def depth(group: str) -> int:
        seen: list[str] = []
        at: str | None = group
        while at in outer and at not in seen:
            seen.append(at)
            at = outer[at]
        return len(seen)

    return sorted(outer, key=lambda group: -depth(group))


def _within(value: Decimal, least: Decimal | None, most: Decimal | None) -> Decimal:
    value = value if most is None else min(value, most)
    return value if least is None else max(value, least)
