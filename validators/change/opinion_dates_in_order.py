"""各环节日期先后合理

每份意见的日期应当依次是：申报日期、收件日、资料齐备日、接受日（填了才比）、办结日；同一天可以。
办结日和结论要么都填，要么都不填。一份意见只报第一处颠倒；申报日期晚于几个收件日的，只报一次。

指定核对日期（--as-of）时，表中任何日期都不应晚于核对日期：还没有发生的事不应填日期。
"""

import datetime
from collections.abc import Iterator
from itertools import pairwise

from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.forms import dates_in
from banshi.subjects.change.step_forms import Opinion

TITLE = Text("各环节日期先后合理", "The dates of each step are in order")
SEVERITY = "error"
BASIS = ("ordering first=earlier_steps", "time_limit steps=- when=-")
GOOD = """
changes:
  - opinions:
      - {step: competent_review, office: 市住房城乡建设局, received_on: 2012-03-06, complete_on: 2012-03-07,
         decided_on: 2012-03-08, conclusion: agree}
      - {step: finance_approval, office: 市财政局, received_on: 2012-03-09, complete_on: 2012-03-09,
         decided_on: 2012-03-13, conclusion: agree}
"""
BAD = """
changes:
  - opinions:
      - {step: competent_review, office: 市住房城乡建设局, received_on: 2012-03-06, complete_on: 2012-03-07,
         decided_on: 2012-03-06, conclusion: agree}     # 资料 3 月 7 日才齐备
      - {step: finance_approval, office: 市财政局, received_on: 2012-03-09, complete_on: 2012-03-09,
         decided_on: 2012-03-13, conclusion: agree}
"""
_DAYS = {
    "received_on": Text("收件日", "received_on"),
    "complete_on": Text("资料齐备日", "complete_on"),
    "accepted_on": Text("接受日", "accepted_on"),
    "decided_on": Text("办结日", "decided_on"),
}
_FILED = Text("申报日期", "filed_on")


def check(case: FiledForm) -> Iterator[Problem]:
    """Every opinion's days, and days that have not come yet."""
    change = case.change
    early = next((n for n, opinion in enumerate(change.opinions) if opinion.received_on < change.filed_on), None)
    if early is not None:
        received = change.opinions[early].received_on
        where: Route = ("opinions", early, "received_on")
        yield _reversed(where, (_FILED, change.filed_on), (_DAYS["received_on"], received))
    for n, opinion in enumerate(change.opinions):
        yield from _in_order(n, opinion)
        yield from _paired(n, opinion)
    if case.filing.as_of:
        yield from _future(case, case.filing.as_of)


def _in_order(n: int, opinion: Opinion) -> Iterator[Problem]:
    days = [(key, day) for key in _DAYS if (day := getattr(opinion, key)) is not None]
    for (before, first), (after, then) in pairwise(days):
        if then < first:
            yield _reversed(("opinions", n, after), (_DAYS[before], first), (_DAYS[after], then))
            return


def _reversed(where: Route, first: tuple[Text, datetime.date], then: tuple[Text, datetime.date]) -> Problem:
    (before, day), (after, early) = first, then
    return Problem(
        where=where,
        message=Text(
            f"{after.zh} {early} 早于{before.zh} {day}",
            f"{after.en} {early} comes before {before.en} {day}",
        ),
        fix=Text(
            f"按登记核对{before.zh}和{after.zh}，改正填错的一个。",
            f"Check {before.en} and {after.en} against the register and correct the wrong one.",
        ),
    )


def _paired(n: int, opinion: Opinion) -> Iterator[Problem]:
    if (opinion.decided_on is None) == (opinion.conclusion is None):
        return
    has, lacks = ("decided_on", "conclusion") if opinion.decided_on else ("conclusion", "decided_on")
    names = {**_DAYS, "conclusion": Text("结论", "conclusion")}
    yield Problem(
        where=("opinions", n, has),
        message=Text(f"填了{names[has].zh}，没有填{names[lacks].zh}", f"{has} is given without {lacks}"),
        fix=Text(
            f"补填 {lacks}；还没有办结的，两项都不填。",
            f"Add {lacks}; while the step is still open, leave both out.",
        ),
    )


def _future(case: FiledForm, today: datetime.date) -> Iterator[Problem]:
    ahead = [(where, day) for where, day in dates_in(case.change) if day > today]
    if not ahead:
        return
    where, day = ahead[0]
    more = Text(f"（另有 {len(ahead) - 1} 处）", f" (and {len(ahead) - 1} more)") if ahead[1:] else Text("", "")
    yield Problem(
        where=where,
        message=Text(
            f"日期 {day} 晚于核对日期 {today}{more.zh}", f"{day} lies after the day of checking, {today}{more.en}"
        ),
        fix=Text("改正日期；还没有发生的，先不填。", "Correct the date; what has not happened yet is left out."),
    )
