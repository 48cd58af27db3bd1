"""What cost a window most, and what would have brought it to the next place: the score again without single facts.

A single change takes one adverse fact away with everything that it touches: a count becomes nought, a rate whole, what
was found is not there; an entered deduction, or an overdue case in all of its places, has not happened.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from itertools import combinations

import msgspec
from msgspec import Struct

from banshi.files.findings import Route
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Fact, Window
from banshi.subjects.assessment.ranks import group_of, ranking_norm
from banshi.subjects.assessment.results import Rank, WindowScore
from banshi.subjects.assessment.score import Scorer

ZERO, _ALL = Decimal(0), Decimal(100)
_CANDIDATES, _TOGETHER = 10, 3  # the largest sets that are tried: three of the ten costliest changes


class Cost(Struct, frozen=True):
    """What one adverse fact costs: the points that the window would have had more without it, and its total then.

    ``subject`` is the fact (or the sub-item of a mark given by a person), ``name`` what it is called. ``routes``: the
    places in the file that the change is about. Totals that are not determined are compared by their least.
    """

    subject: str
    name: str
    points: Decimal
    total: Decimal
    routes: tuple[Route, ...]
    changed: Window


class NextPlace(Struct, frozen=True):
    """What is missing to the next place: points, which single changes would do, and the smallest set that would.

    To be level with the window on that place is enough. ``together`` is empty where no set of a few changes would do.
    """

    place: Rank
    above: WindowScore
    missing: Decimal
    alone: tuple[Cost, ...]
    together: tuple[Cost, ...]


def costs(case: AssessmentInLaw, score: WindowScore) -> tuple[Cost, ...]:
    """What each adverse fact of a window costs, the costliest first; facts that cost nothing are left out."""
    scorer = Scorer.of(case)
    if scorer is None or not score.scored or score.index in case.unread:
        return ()
    now = _total(score)
    found = []
    for subject, routes, changed in _without_each(score, scorer.book):
        then = _total(scorer.plain(changed, score.index))
        if then > now:
            found.append(Cost(subject, scorer.book.name(subject), then - now, then, routes, changed))
    return tuple(sorted(found, key=lambda cost: (-cost.points, cost.subject, cost.routes)))


def to_next_rank(case: AssessmentInLaw, score: WindowScore) -> NextPlace | None:
    """What would bring a window to the next place; None where it is first or not ranked."""
    ranks = {rank.score.index: rank.best for rank in case.ranking}
    own, total = ranks.get(score.index), score.total.value
    norm = ranking_norm(case.law)
    group = group_of(score.window, norm)
    ranked = [r for r in case.ranking if group_of(r.score.window, norm) == group]
    totals = [(r, r.score.total.value) for r in ranked if r.best is not None]
    above = [(r, other) for r, other in totals if other is not None and total is not None and other > total]
    if total is None or own is None or not above:
        return None
    next_up, wanted = above[-1]
    every = costs(case, score)
    alone = tuple(cost for cost in every if cost.total >= wanted)
    together = alone[-1:] if alone else _smallest(case, score, every, wanted)
    return NextPlace(next_up, next_up.score, wanted - total, alone, together)


def _total(score: WindowScore) -> Decimal:
    return score.at_least if score.total.value is None else score.total.value


def _smallest(case: AssessmentInLaw, score: WindowScore, every: Sequence[Cost], wanted: Decimal) -> tuple[Cost, ...]:
    scorer = Scorer.of(case)
    assert scorer is not None
    for size in range(2, _TOGETHER + 1):
        for some in combinations(every[:_CANDIDATES], size):
            if _total(scorer.plain(_all_of(score.window, some), score.index)) >= wanted:
                return some
    return ()


def _all_of(window: Window, some: Sequence[Cost]) -> Window:
    """A window with several changes at once: what any of them takes away or makes good."""
    facts, marks, deductions = dict(window.facts), dict(window.marks), list(window.deductions)
    for cost in some:
        changed = cost.changed
        facts.update({key: fact for key, fact in changed.facts.items() if fact != window.facts.get(key)})
        marks.update({key: mark for key, mark in changed.marks.items() if mark != window.marks.get(key)})
        gone = list(window.deductions)
        for kept in changed.deductions:
            gone.remove(kept)
        for own in gone:
            if own in deductions:
                deductions.remove(own)
    return msgspec.structs.replace(window, facts=facts, marks=marks, deductions=tuple(deductions))


def _without_each(score: WindowScore, book: AssessmentBook) -> Iterator[tuple[str, tuple[Route, ...], Window]]:
    """The window without each of its adverse facts in turn."""
    window, wanted = score.window, _wanted(book)
    here: Route = ("windows", score.index)
    for slug, fact in window.facts.items():
        if slug not in book.late:
            changed = {**window.facts, slug: _made_good(fact, wanted.get(slug, ZERO))}
            yield slug, ((*here, "facts", slug),), msgspec.structs.replace(window, facts=changed)
    yield from _without_overdue(window, here, book)
    for n, own in window.entries("deductions"):
        if own.fact != book.overdue:
            kept = tuple(other for other in window.deductions if other is not own)
            yield own.fact, ((*here, "deductions", n),), msgspec.structs.replace(window, deductions=kept)
    for line in score.lines:
        mark = window.marks.get(line.id)
        if mark is not None and mark.mark < line.marks:
            marks = {**window.marks, line.id: msgspec.structs.replace(mark, mark=line.marks)}
            yield line.id, ((*here, "marks", line.id),), msgspec.structs.replace(window, marks=marks)


def _without_overdue(
    window: Window, here: Route, book: AssessmentBook
) -> Iterator[tuple[str, tuple[Route, ...], Window]]:
    """The window as if every case had been finished in time, in all the places that this touches, rates among them."""
    rates, overdue = _rates_of_time(book), book.overdue
    stated = [slug for slug in (*book.late, *rates) if slug in window.facts]
    listed = [n for n, own in window.entries("deductions") if own.fact == overdue]
    facts = {**window.facts, **{slug: _made_good(window.facts[slug], rates.get(slug, ZERO)) for slug in stated}}
    kept = tuple(own for own in window.deductions if own.fact != overdue)
    routes = (*((*here, "facts", slug) for slug in stated), *((*here, "deductions", n) for n in listed))
    if routes:
        yield overdue, routes, msgspec.structs.replace(window, facts=facts, deductions=kept)


def _rates_of_time(book: AssessmentBook) -> dict[str, Decimal]:
    """Rates that are asked for where overdue cases cost the mark: an overdue case lowers them too."""
    found: dict[str, Decimal] = {}
    for item in book.sub_items:
        norm, rules = item.norm, book.rules.get(item.norm.id, ())
        if norm.measure and norm.bound and norm.bound.lower and any(rule.norm.fact in book.late for rule in rules):
            found[norm.measure] = norm.bound.lower.value
    return found


def _wanted(book: AssessmentBook) -> dict[str, Decimal]:
    """By rate: the percent from which it costs nothing; beyond that it would bring bonus, which is another matter."""
    found: dict[str, Decimal] = {}
    for rules in book.rules.values():
        for placed in rules:
            bound = placed.norm.bound
            if bound is not None and bound.upper is not None and book.sorts[placed.norm.fact] == "rate":
                found[placed.norm.fact] = max(bound.upper.value, found.get(placed.norm.fact, ZERO))
    for item in book.sub_items:
        for measured in item.norm.further:
            if measured.bound.lower is not None and book.sorts[measured.measure] == "rate":
                found[measured.measure] = measured.bound.lower.value
    return found


def _made_good(fact: Fact, percent: Decimal = ZERO) -> Fact:
    """The same fact as it should have been; of a rate, just enough for ``percent``."""
    if fact.of is not None:
        enough = int((fact.of * percent / _ALL).to_integral_value(ROUND_CEILING))
        return msgspec.structs.replace(fact, count=max(fact.count or 0, enough))
    if fact.days is not None:
        return msgspec.structs.replace(fact, days={})
    if fact.found is not None:
        return msgspec.structs.replace(fact, found=False)
    return msgspec.structs.replace(fact, count=0) if fact.count is not None else fact
