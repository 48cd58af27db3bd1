"""The ranking of windows, and (on request only) the mean of a year's quarters."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from banshi.base.text import Text
from banshi.law.assessment_periods import periods
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Ranking
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Window
from banshi.subjects.assessment.results import Rank, WindowScore, between, end, shown

ZERO = Decimal(0)


def ranking(
    scores: Sequence[WindowScore], law: Law | None = None, lost: int = 0, elsewhere: int = 0
) -> tuple[Rank, ...]:
    """Windows by their exact totals, best first; ties share a place; those that are not ranked come last.

    A place is a fact only where no open total can change it: a window whose own total, or another's, is not determined
    has the best and the worst place that it can come to. ``lost``: windows of the period that could not be read; each may
    stand anywhere, and so may those of another file (``elsewhere``). Not ranked is what is not scored, and every window whose id is entered more than once. Where the law
    says in which groups windows are ranked, each group has places of its own, and one group follows the other.
    """
    norm = ranking_norm(law)
    if norm is None or not scores:
        return _ranked(scores, lost, elsewhere)
    if scores[0].period.kind not in norm.norm.periods:
        word = scores[0].period.word
        why = Reason(Text(f"按{word.zh}不排名", f"there is no ranking by {word.en}"), norm.cite)
        return tuple(Rank(None, score, why) for score in sorted(scores, key=lambda s: (s.window.id, s.index)))
    if not norm.norm.groups:
        return _ranked(scores, lost, elsewhere)
    groups = [group.value for group in norm.norm.groups]
    strays = [score for score in scores if group_of(score.window, norm) is None]
    found = [
        rank
        for group in groups
        for rank in _ranked([s for s in scores if group_of(s.window, norm) == group], lost, elsewhere, strays)
    ]
    why = Reason(Text("没有写明在哪一组，不排名", "its group is not stated, so not ranked"), norm.cite)
    return (*found, *(Rank(None, score, why) for score in strays))


def ranking_norm(law: Law | None) -> Placed[Ranking] | None:
    """What the law says about ranking."""
    return next(iter(law.all(Ranking)), None) if law else None


def group_of(window: Window, norm: Placed[Ranking] | None) -> str | None:
    """The group of a window by its id or its name; None where it states none that the norm knows."""
    groups = norm.norm.groups if norm else ()
    return next((group.value for group in groups if window.group in (group.value, group.name)), None)


Ends = tuple[Decimal, Decimal]  # the least and the most that a total can be


def ends(score: WindowScore) -> Ends:
    """Between what a window's total lies."""
    value = score.total.value
    return (score.at_least, score.at_most) if value is None else (value, value)


class _Field:
    """All that is ranked together, so that each window can be told how many surely, and how many perhaps, are above it."""

    def __init__(
        self, once: Sequence[Ends], twice: Sequence[Sequence[Ends]], strays: Sequence[Ends], lost: int
    ) -> None:
        self._lows, self._highs = sorted(low for low, _ in once), sorted(high for _, high in once)
        self._twice, self._strays, self._lost = twice, strays, lost

    def places(self, own: Ends) -> tuple[int, int]:
        """The best and the worst place of a total that is one of ``once``."""
        low, high = own
        surely = len(self._lows) - bisect_right(self._lows, high)
        perhaps = len(self._highs) - bisect_right(self._highs, low) - (high > low) + self._lost
        for entries in self._twice:  # one window entered twice, or two of which one has a wrong id
            surely += all(least > high for least, _ in entries)
            perhaps += sum(most > low for _, most in entries)
        perhaps += sum(most > low for _, most in self._strays)
        return 1 + surely, 1 + perhaps


def _ranked(
    scores: Sequence[WindowScore], lost: int, elsewhere: int, strays: Sequence[WindowScore] = ()
) -> tuple[Rank, ...]:
    times = Counter(score.window.id for score in scores)
    ranked = [score for score in scores if score.scored and times[score.window.id] == 1]
    twice: dict[str, list[Ends]] = {}
    for score in scores:
        if score.scored and times[score.window.id] > 1:
            twice.setdefault(score.window.id, []).append(ends(score))
    scored_strays = [ends(score) for score in strays if score.scored]
    field = _Field([ends(score) for score in ranked], list(twice.values()), scored_strays, lost + elsewhere)
    open_ones = sum(score.total.value is None for score in ranked)
    doubtful = DoubtfulRanks(open_ones, len(twice), len(scored_strays), lost, elsewhere)
    placed = [_placed(score, *field.places(ends(score)), doubtful) for score in ranked]
    placed.sort(key=lambda rank: (rank.best, rank.worst, -ends(rank.score)[1], rank.score.window.id, rank.score.index))
    rest = [Rank(None, s, _why(s, times[s.window.id])) for s in scores if not s.scored or times[s.window.id] > 1]
    return (*placed, *sorted(rest, key=lambda rank: (rank.score.window.id, rank.score.index)))


class DoubtfulRanks(NamedTuple):
    """What leaves places open: totals not determined, ids entered twice, windows of no group, windows not read, or of another file."""

    open: int
    twice: int
    strays: int
    lost: int
    elsewhere: int = 0

    def said(self, own: bool) -> Text:
        """The windows that leave a place open; ``own``: the window itself is one of the open ones."""
        others = self.open - own
        parts = [
            (others, f"有 {others} 个窗口的总分没有判定", f"{others} totals are not determined"),
            (self.twice, f"有 {self.twice} 个编号重复", f"{self.twice} ids are entered twice"),
            (self.strays, f"有 {self.strays} 个窗口没有写明在哪一组", f"{self.strays} windows are of no group"),
            (self.lost, f"有 {self.lost} 个窗口没有读出", f"{self.lost} windows were not read"),
            (
                self.elsewhere,
                f"有 {self.elsewhere} 个窗口在别的文件里",
                f"{self.elsewhere} windows are in another file",
            ),
        ]
        return Text("、".join(zh for n, zh, _ in parts if n), ", ".join(en for n, _, en in parts if n))


def _placed(score: WindowScore, best: int, worst: int, doubtful: DoubtfulRanks) -> Rank:
    if best == worst:
        return Rank(best, score, best=best, worst=worst)
    own = score.total.value is None
    low, high = map(end, ends(score))
    span = between(*ends(score))
    if low is not None and high is not None:
        span = Text(f"{shown(low)} 至 {shown(high)} 分", f"{shown(low)} to {shown(high)}")
    others = doubtful.said(own)
    zh = [*([f"总分没有判定（{span.zh}）"] if own else []), *filter(None, [others.zh])]
    en = [*([f"not determined ({span.en})"] if own else []), *filter(None, [others.en])]
    said = Text(
        f"{'，'.join(zh)}，名次在第{best}至第{worst}名之间", f"{', '.join(en)}: between place {best} and {worst}"
    )
    return Rank(None, score, Reason(said), best, worst)


def _why(score: WindowScore, times: int) -> Reason:
    """Why a window has no place; ``times``: how often its id is entered."""
    if not score.scored:
        return score.notes[0]
    # which of them is right, nobody knows
    return Reason(Text(f"编号重复（填了 {times} 次），不排名", f"its id is entered {times} times, so not ranked"))


def annual_mean(cases: Sequence[AssessmentInLaw]) -> dict[str, Decision[Decimal]]:
    """By window id, the mean of a year's four quarters (not by default, only when asked for).

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
