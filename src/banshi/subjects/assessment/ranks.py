"""The ranking of windows, and (on request only) the mean of a year's quarters."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from banshi.base.text import Text
from banshi.law.assessment_periods import periods
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Ranking
from banshi.subjects.assessment.case import Case
from banshi.subjects.assessment.forms import Window
from banshi.subjects.assessment.results import Rank, WindowScore, shown

ZERO = Decimal(0)


def ranking(scores: Sequence[WindowScore], law: Law | None = None) -> tuple[Rank, ...]:
    """Windows by their exact totals, best first; ties share a place; those that are not ranked come last.

    Not ranked is what is not scored or not determined, and every window whose id is entered more than once. Where the
    law says in which groups windows are ranked, each group has places of its own, and one group follows the other.
    """
    norm = ranking_norm(law)
    if norm is None or not scores:
        return _ranked(scores)
    if scores[0].period.kind not in norm.norm.periods:
        word = scores[0].period.word
        why = Reason(Text(f"按{word.zh}不排名", f"there is no ranking by {word.en}"), norm.cite)
        return tuple(Rank(None, score, why) for score in sorted(scores, key=lambda s: (s.window.id, s.index)))
    if not norm.norm.groups:
        return _ranked(scores)
    groups = [group.value for group in norm.norm.groups]
    found = [rank for group in groups for rank in _ranked([s for s in scores if group_of(s.window, norm) == group])]
    why = Reason(Text("没有写明在哪一组，不排名", "its group is not stated, so not ranked"), norm.cite)
    return (*found, *(Rank(None, score, why) for score in scores if group_of(score.window, norm) is None))


def ranking_norm(law: Law | None) -> Placed[Ranking] | None:
    """What the law says about ranking."""
    return next(iter(law.all(Ranking)), None) if law else None


def group_of(window: Window, norm: Placed[Ranking] | None) -> str | None:
    """The group of a window by its id or its name; None where it states none that the norm knows."""
    groups = norm.norm.groups if norm else ()
    return next((group.value for group in groups if window.group in (group.value, group.name)), None)


def _ranked(scores: Sequence[WindowScore]) -> tuple[Rank, ...]:
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
    totals = {(score.period.year, score.period.number): score.total.value for score in scores}
    years = {score.period.year for score in scores}
    placed = scores[0].period.placed
    wanted = {q.number for q in periods(law, "quarter", min(years))}
    said = "、".join(str(score.period) for score in scores)
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
