"""A window that two files state for the same period: its total lies between what the one and the other lead to."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from banshi.base.text import Text
from banshi.law.decisions import Decision, Reason
from banshi.subjects.assessment.results import WindowScore, between

if TYPE_CHECKING:
    from banshi.subjects.assessment.case import AssessmentInLaw


def opposed(score: WindowScore, rivals: Mapping[str, tuple["AssessmentInLaw", int]]) -> WindowScore:
    """The score as far as all files together let it be known. ``rivals``: by path, the case and the window's place."""
    others = [own for case, its in rivals.values() for own in case.own if own.index == its and own.scored]
    if not score.scored or not others:
        return score
    least = min(each.at_least for each in (score, *others))
    most = max(each.at_most for each in (score, *others))
    named, span = "、".join(rivals), between(least, most)
    said = Text(
        f"{named} 里也有这个窗口这一期的事实，以哪个为准不知道，总分{span.zh}",
        f"{named} states this window and period too, and which is right is not known: the total is {span.en}",
    )
    if least == most == score.total.value:
        return score
    total: Decision[Decimal] = Decision(None, (Reason(said), *score.total.reasons))
    return replace(score, total=total, at_least=least, at_most=most, notes=(*score.notes, Reason(said)))
