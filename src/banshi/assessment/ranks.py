"""The ranking of windows, and (on request only) the mean of a year's quarters."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from banshi.assessment.case import Case
from banshi.assessment.quarters import quarters
from banshi.assessment.results import Rank, WindowScore, shown
from banshi.decisions import Decision, Reason
from banshi.library import Law
from banshi.text import Text

ZERO = Decimal(0)


def ranking(scores: Sequence[WindowScore]) -> tuple[Rank, ...]:
    """Windows by their exact totals, best first; ties share a place; those that are not ranked come last.

    Not ranked is what is not scored or not determined, and every window whose id is entered more than once.
    """
    times = Counter(score.window.id for score in scores)
    reasons = [_why(score, times[score.window.id]) for score in scores]
    ranked = [
        (score.total.value, score)
        for score, why in zip(scores, reasons, strict=True)
        if why is None and score.total.value is not None
    ]
    ranked.sort(key=lambda found: (-found[0], found[1].window.id, found[1].index))
    first = {total: n for n, (total, _) in reversed([*enumerate(ranked, 1)])}  # where each total comes up first
    placed = [Rank(first[total], score) for total, score in ranked]
    rest = [Rank(None, score, why) for score, why in zip(scores, reasons, strict=True) if why is not None]
    return (*placed, *sorted(rest, key=lambda rank: (rank.score.window.id, rank.score.index)))


def _why(score: WindowScore, times: int) -> Reason | None:
    """Why a window has no place; ``times``: how often its id is entered."""
    if not score.scored:
        return score.notes[0]
    if times > 1:  # which of them is right, nobody knows
        return Reason(Text(f"编号重复（填了 {times} 次），不排名", f"its id is entered {times} times, so not ranked"))
    if score.total.value is not None:
        return None
    low, high = shown(score.at_least), shown(score.at_most)
    text = Text(f"总分没有判定（{low} 至 {high} 分），不排名", f"not determined ({low} to {high}), so not ranked")
    return Reason(text)


def annual_mean(cases: Sequence[Case]) -> dict[str, Decision[Decimal]]:
    """By window id, the mean of a year's four quarters (AMB-34: not by default, only when asked for).

    Not determined where a quarter is missing, comes twice or has no total.
    """
    by_window: dict[str, list[WindowScore]] = {}
    law = next((case.law for case in reversed(cases) if case.law), None)
    if law is None:
        return {}
    for case in cases:
        for score in case.scores:
            by_window.setdefault(score.window.id, []).append(score)
    return {window: _mean(scores, law) for window, scores in sorted(by_window.items())}


def _mean(scores: list[WindowScore], law: Law) -> Decision[Decimal]:
    totals = {(score.quarter.year, score.quarter.number): score.total.value for score in scores}
    years = {score.quarter.year for score in scores}
    placed = scores[0].quarter.placed
    wanted = {q.number for q in quarters(law, min(years))}
    said = "、".join(str(score.quarter) for score in scores)
    known = [total for total in totals.values() if total is not None]
    if len(years) > 1 or len(scores) != len(totals) or {n for _, n in totals} != wanted or len(known) != len(totals):
        text = Text(f"要四个季度都有总分才能平均；有的是 {said}", f"a mean needs all four quarters; there are {said}")
        return Decision(None, (Reason(text, placed.cite),))
    mean = sum(known, ZERO) / len(known)
    text = Text(
        f"{said} 的平均 {shown(mean)} 分；原文没有写年度结果怎样得出，只在要求时这样算",
        f"mean of {said}: {shown(mean)}; the text has no formula, so this is computed only on request",
    )
    return Decision(mean, (Reason(text, placed.cite),))
