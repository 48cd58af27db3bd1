"""比率与件数说的是一回事

按时办结率少了几件，超期的至少有几件；录入率少了几件，没有即时录入的至少有几件。比率差的比件数还多，两个数必有一个填错。
反过来，有超期件而按时办结率仍是满的，只有超期件都没有办结才对得上（比率的分母是办结数），提醒核对。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.instruments import Placed
from banshi.law.norms import ScoreRule, ScoreSubItem
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Window
from banshi.subjects.assessment.walks import scored

TITLE = Text("比率与件数说的是一回事", "Rates and counts agree")
SEVERITY = "error"
BASIS = ("score_sub_item measure=* bound=*",)
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      on_time_rate: {count: 119, of: 120}
      overdue_cases: 1
    deductions:
      - {fact: overdue_cases, on: 2012-01-20, event: 办件-0012, evidence: 超期清单}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      on_time_rate: {count: 118, of: 120}     # 少了2件
      overdue_cases: 1                        # 超期只有1件
    deductions:
      - {fact: overdue_cases, on: 2012-01-20, event: 办件-0012, evidence: 超期清单}
"""

_Pair = tuple[Placed[ScoreSubItem], Placed[ScoreRule]]


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each pair of a rate that must be whole and the count of what it lacks."""
    pairs = list(_pairs(case))
    for route, window in scored(case):
        for pair in pairs:
            yield from _pair(case, route, window, pair)


def _pair(case: AssessmentInLaw, route: Route, window: Window, pair: _Pair) -> Iterator[Problem]:
    measure, slug = str(pair[0].norm.measure), pair[1].norm.fact
    rate, count = window.facts.get(measure), window.facts.get(slug)
    if not (rate and count) or rate.count is None or rate.of is None or count.count is None or case.book is None:
        return
    short, found = rate.of - rate.count, count.count
    names, basis = (case.book.name(measure), case.book.name(slug)), (pair[0].cite, pair[1].cite)
    if short > found:
        message = Text(
            f"{window.called}：{names[0]}少了 {short} 件（{rate.count}/{rate.of}），{names[1]}却只有 {found} 件",
            f"{window.called}: {measure} lacks {short} cases, but {slug} is only {found}",
        )
        yield Problem(where=(*route, "facts", slug), message=message, fix=_FIX, basis=basis)
    elif found and not short and rate.of:
        message = Text(
            f"{window.called}：{names[1]}是 {found} 件，{names[0]}却一件不少（{rate.count}/{rate.of}）",
            f"{window.called}: {slug} is {found}, but {measure} lacks none",
        )
        where = (*route, "facts", measure)
        yield Problem(where=where, message=message, fix=_FIX, severity=Severity.WARNING, basis=basis)


def _pairs(case: AssessmentInLaw) -> Iterator[_Pair]:
    """Sub-items that ask for a rate of all, with the rule that counts what is lacking."""
    book = case.book
    for placed in book.sub_items if book else ():
        bound = placed.norm.bound
        if book and placed.norm.measure and bound and bound.lower == bound.upper and bound.unit == "%":
            for rule in book.rules.get(placed.norm.id, ()):
                if rule.norm.effect == "zero" and rule.norm.fact != placed.norm.measure:
                    yield placed, rule


_FIX = Text("核对两处的件数，改正填错的一处。", "Check both figures, and correct the wrong one.")
