"""Grades of a period: by bands of the score, and by shares of a group; a veto may bar them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import Text
from banshi.law.decisions import Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Grade, Share
from banshi.subjects.assessment.ranks import ranking_norm

if TYPE_CHECKING:
    from banshi.law.assessment_periods import YearPeriod
    from banshi.subjects.assessment.combining import RankedWindow

_ALL = Decimal(100)


class Graded(Struct, frozen=True):
    """A grade, or (None) that it is not determined, or that ``none_fits``; with the reasons."""

    grade: Grade | None
    reasons: tuple[Reason, ...]
    none_fits: bool = False

    @property
    def said(self) -> Text:
        """The grade by its name."""
        if self.grade is not None:
            return Text(self.grade.name, self.grade.grade)
        return Text("没有等次", "no grade") if self.none_fits else Text("不能判定", "not determined")


def graded(rows: Sequence[RankedWindow], law: Law, period: YearPeriod, lost: int = 0) -> Iterator[RankedWindow]:
    """The rows with their grades; as they are where the law grades no such period. ``lost``: windows that were not read.

    Where windows are ranked by groups, one of no group may be in any: nobody knows then of how many a share is taken.
    """
    grades = sorted((p for p in law.all(Grade) if period.kind in p.norm.periods), key=lambda p: p.norm.rank)
    groups: dict[str | None, list[RankedWindow]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    ranking = ranking_norm(law)
    strays = len(groups.get(None, ())) if ranking and ranking.norm.groups else 0
    found = (
        {row.window.id: own for group in groups.values() for row, own in _group(group, grades, lost + strays)}
        if grades
        else {}
    )
    yield from (replace(row, grade=found.get(row.window.id)) for row in rows)


def _group(
    rows: Sequence[RankedWindow], grades: Sequence[Placed[Grade]], lost: int
) -> Iterator[tuple[RankedWindow, Graded]]:
    """The grades of one group: the best first. Of what share a window is, those of better grades before it count."""
    scored = left = [row for row in rows if row.total.decision.value is not None]
    open_ones = [row for row in rows if row.total.decision.value is None]
    why = Text("得分没有判定，等次也不能判定", "the score is not determined, and so the grade is not")
    yield from ((row, Graded(None, (Reason(why),))) for row in open_ones)
    for placed in grades:
        fit = [row for row in left if _may_have(row, placed.norm)]
        share = placed.norm.share
        if share is not None and (open_ones or lost):
            text = Text(
                f"有 {len(open_ones) + lost} 个窗口的得分没有判定、没有读出，或不知道在哪一组，谁在前{share.percent.normalize():f}%不能判定",
                f"{len(open_ones) + lost} windows have no score or no group, so its first part is not determined",
            )
            yield from ((row, Graded(None, (Reason(text, placed.cite),))) for row in fit)
            left = [row for row in left if row not in fit]
            continue
        first = None if share is None else _first((r for r in scored if _may_have(r, placed.norm)), share, len(rows))
        won = fit if first is None else [row for row in fit if row in first]
        yield from ((row, Graded(placed.norm, (_because(row, placed, len(rows)),))) for row in won)
        left = [row for row in left if row not in won]
    none = Text("够不上任何一个等次的条件", "it meets the conditions of no grade")
    yield from ((row, Graded(None, (Reason(none),), none_fits=True)) for row in left)


def _may_have(row: RankedWindow, grade: Grade) -> bool:
    """Whether the band and the vetoes leave the grade open to a window."""
    value = row.total.decision.value
    assert value is not None
    return (grade.band is None or grade.band.contains(value)) and not (grade.barred_by_veto and row.total.vetoes)


def _first(rows: Iterable[RankedWindow], share: Share, whole: int) -> list[RankedWindow]:
    """The first of a group of ``whole`` windows, of those that may have the grade."""
    best = sorted(rows, key=lambda row: -(row.total.decision.value or Decimal(0)))
    most = _places(share, whole)
    if len(best) <= most or not most:
        return best[:most]
    cut, beyond = best[most - 1].total.decision.value, best[most].total.decision.value
    if cut != beyond:
        return best[:most]
    level = [row for row in best if row.total.decision.value == cut]
    above = best[: best.index(level[0])]
    return [*above, *level] if share.ties else above


def _places(share: Share, whole: int) -> int:
    exact = share.percent * whole / _ALL
    rounding = ROUND_FLOOR if share.rounding == "down" else ROUND_CEILING
    return max(share.at_least, int(exact.to_integral_value(rounding)))


def _because(row: RankedWindow, placed: Placed[Grade], whole: int) -> Reason:
    grade, parts = placed.norm, []
    if grade.band is not None:
        parts.append(f"得分{grade.band.phrase({})}")
    if grade.share is not None:
        parts.append(f"本组 {whole} 个窗口取 {_places(grade.share, whole)} 个，{grade.share.phrase({})}")
    if row.total.vetoes and not grade.barred_by_veto:
        parts.append("有一票否决，更好的等次不评")
    said = "；".join(parts) or "其余的"
    return Reason(Text(f"{grade.name}：{said}", f"{grade.grade}"), placed.cite)
