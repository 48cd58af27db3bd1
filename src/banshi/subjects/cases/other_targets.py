"""Targets that are no share of the cases: signed projects that are all to be taken up, time that is saved."""

from decimal import Decimal
from fractions import Fraction

from banshi.base.text import Text
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Target
from banshi.subjects.cases.forms import Log
from banshi.subjects.cases.judged_target import NO_FIGURE, JudgedTarget, compared
from banshi.subjects.cases.measures import MEASURES, CaseShare, Left
from banshi.subjects.cases.ranges import compared_with, in_unit, left_said, percentage
from banshi.subjects.cases.tally import CaseTally


def signed_projects(
    placed: Placed[Target], log: Log, tally: CaseTally, left: Left, beside: frozenset[str]
) -> JudgedTarget:
    """Whether all signed projects that the log lists are in parallel; ``beside``: those that other logs of the centre hold."""
    if log.signed_projects is None:
        return JudgedTarget(placed, CaseShare(0, 0), Decision(None, (Reason(_NO_LIST, placed.cite),)))
    missing = missing_projects(log, tally)
    total = len(log.signed_projects)
    there = sum(log.signed_projects[n].id in beside for n in missing)
    # Projects that an unread row, or a case of another log, may be of.
    maybe = len(missing) if left.open else min(len(missing), left.rows + there)
    found = CaseShare(total - len(missing), total, maybe)
    text = Text(
        f"签约项目 {total} 个，已纳入并联审批 {found.hits} 个",
        f"{found.hits} of {total} signed projects are in parallel",
    )
    met = compared(found, MEASURES["parallel_share"], placed.norm)
    reasons = (Reason(text, placed.cite), *((Reason(_MAYBE_THERE),) if maybe else ()), *met.reasons)
    return JudgedTarget(placed, found, Decision(met.value, reasons))


def missing_projects(log: Log, tally: CaseTally) -> list[int]:
    """Which of the listed signed projects have no case in parallel: their numbers in the list."""
    seen = {name for name, project in tally.projects.items() if project.parallel}
    return [n for n, project in enumerate(log.signed_projects or ()) if project.id not in seen]


def time_saved(placed: Placed[Target], tally: CaseTally, left: Left) -> JudgedTarget:
    """By how much parallel handling is faster: reported, and judged where the text says how much."""
    together, apart = (_days(placed.norm, tally, parallel) for parallel in (True, False))
    basis, bound = placed.cite, placed.norm.bound
    unjudged = (Reason(NO_FIGURE, basis),) if bound is None else ()
    if left:
        return JudgedTarget(placed, CaseShare(0, 0), Decision(None, (Reason(left_said(left), basis), *unjudged)))
    if not together[1] or not apart[1] or not apart[0]:
        text = Text("没有可比的并联件和一般件", "there are no parallel and other cases to compare")
        return JudgedTarget(placed, CaseShare(0, 0), Decision(None, (Reason(text, basis), *unjudged)))
    saved = 1 - Fraction(*together) / Fraction(*apart)
    text = Text(
        f"平均用时（日历日）：并联 {_mean(together)}，一般 {_mean(apart)}；快出 {percentage(saved)}",
        f"mean calendar days: parallel {_mean(together)}, others {_mean(apart)}; {percentage(saved)} saved",
    )
    met = compared_with(bound, in_unit((saved, saved), bound, None, rate=True)) if bound else None
    return JudgedTarget(placed, CaseShare(0, 0), Decision(met, (Reason(text, basis), *unjudged)), saved=saved)


def _days(target: Target, tally: CaseTally, parallel: bool) -> tuple[int, int]:
    taken = tally.days_taken.items()
    found = [days for (kind, how), days in taken if how is parallel and target.speaks_of(kind)]
    return sum(days for days, _ in found), sum(number for _, number in found)


def _mean(taken: tuple[int, int]) -> str:
    return f"{Decimal(taken[0]) / Decimal(taken[1]):.1f}"


_MAYBE_THERE = Text("缺的可能在没有计入的办件里", "those missing may be among the cases that were not counted")


_NO_LIST = Text(
    "没有签约项目名单（signed_projects），不知道是否全部纳入", "there is no list of signed projects (signed_projects)"
)
