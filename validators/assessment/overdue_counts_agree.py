"""超期的并联件、网上件包括在超期件里

超期的并联审批件、网上预审和审批件，也是超期件：哪一类都不会比超期件总数还多。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import scored

TITLE = Text("超期的并联件、网上件包括在超期件里", "Overdue parallel and online cases are among the overdue ones")
SEVERITY = "error"
BASIS = (
    "score_rule fact.role=overdue",
    "score_rule fact.role=overdue_parallel",
    "score_rule fact.role=overdue_online",
)
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts: {overdue_cases: 1, overdue_parallel_cases: 1}
    deductions:
      - {fact: overdue_cases, on: 2012-01-20, event: 办件-0012, evidence: 超期清单, parallel: true}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts: {overdue_cases: 0, overdue_parallel_cases: 1}     # 并联超期1件，总数却是0
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each window's overdue cases of a kind against all of them."""
    for route, window in scored(case):
        assert case.book is not None
        book = case.book
        whole = window.facts.get(book.overdue)
        for slug in book.touched.values():
            part = window.facts.get(slug)
            if part and whole and (part.count or 0) > (whole.count if whole.count is not None else part.count or 0):
                yield Problem(
                    where=(*route, "facts", slug),
                    message=Text(
                        f"{window.called}的{book.name(slug)}是 {part.count}，{book.name(book.overdue)}却只有 {whole.count}",
                        f"{window.called}: {slug} is {part.count}, but {book.overdue} only {whole.count}",
                    ),
                    fix=Text(
                        "核对两处的件数；并联件、网上件也计入超期件总数。", "Check both; the total includes them."
                    ),
                )
