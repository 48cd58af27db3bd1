"""Facts that decide a period by themselves: whatever else there is, the total is what the norm says."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from banshi.base.money import plain
from banshi.base.text import Text
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Veto
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.facts import Facts


class Vetoed(NamedTuple):
    """A veto with whether its fact is there (None: not stated), and what is said of it."""

    placed: Placed[Veto]
    found: bool | None
    reason: Reason


def vetoes_of(book: AssessmentBook, facts: Facts) -> list[Vetoed]:
    """The vetoes whose facts are there, or not stated."""
    found = []
    for placed in book.vetoes:
        there, name, slug = _there(placed.norm, facts), book.name(placed.norm.fact), placed.norm.fact
        if there is None:
            why = f"“{name}”（{slug}）还有待认定的" if facts.open(slug) else f"没有填写“{name}”（{slug}）"
            en = "not stated" if not facts.open(slug) else "not all decided"
            text = Text(f"{why}，有没有一票否决不能判定", f"{slug} is {en}: a veto is open")
            found.append(Vetoed(placed, None, Reason(text, placed.cite)))
        elif there:
            score = plain(placed.norm.score)
            text = Text(f"{name}：一票否决，计 {score} 分", f"{slug}: a veto, the score is {score}")
            found.append(Vetoed(placed, True, Reason(text, placed.cite)))
    return found


def _there(norm: Veto, facts: Facts) -> bool | None:
    if norm.bound is None:
        return facts.found(norm.fact)
    count = facts.count(norm.fact)
    if count is None:
        return None
    may_be = {norm.bound.contains(Decimal(n)) for n in range(count, count + facts.open(norm.fact) + 1)}
    return may_be.pop() if len(may_be) == 1 else None


def decided_by(
    vetoes: Sequence[Vetoed], total: Decision[Decimal], low: Decimal, high: Decimal
) -> tuple[Decision[Decimal], Decimal, Decimal]:
    """The total under vetoes, with the least and the most that it can be; of several the lowest score holds."""
    sure = [veto for veto in vetoes if veto.found]
    open_ones = [veto for veto in vetoes if veto.found is None]
    reasons = tuple(veto.reason for veto in vetoes)
    if sure:
        score = min(veto.placed.norm.score for veto in sure)
        least = min([score, *(veto.placed.norm.score for veto in open_ones)])
        value = score if least == score else None
        return Decision(value, reasons), least, score
    least = min([low, *(veto.placed.norm.score for veto in open_ones)])
    most = max([high, *(veto.placed.norm.score for veto in open_ones)])
    return Decision(None, (*reasons, *total.reasons)), least, most
