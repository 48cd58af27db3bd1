"""比率的分子不大于分母

比率由分子和分母算出，都用件数（或者评议数）：按时办结的、现场办结的、满意的，不会比办结的、评议的还多。
分子大于分母，凭它给的分靠不住，还可能凭空多出加分。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import facts

TITLE = Text("比率的分子不大于分母", "No rate is above one")
SEVERITY = "error"
BASIS = ("score_sub_item measure=*", "score_rule effect=multiply", "score_rule effect=by_steps", "rate_bonus")
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      on_site_rate: {count: 118, of: 120}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      on_site_rate: {count: 120, of: 118}     # 现场办结的比办结的还多
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each rate."""
    for route, window, slug, fact in facts(case):
        if fact.of is None or fact.count is None or fact.count <= fact.of:
            continue
        name = case.book.name(slug) if case.book else slug
        yield Problem(
            where=(*route, "count"),
            message=Text(
                f"{window.called}的{name}：分子 {fact.count} 大于分母 {fact.of}",
                f"{window.called}, {slug}: {fact.count} of {fact.of} is more than all",
            ),
            fix=_FIX,
            basis=tuple(placed.cite for placed in case.book.about(slug)) if case.book else None,
        )


_FIX = Text("核对两个数；填反了的，对调。", "Check both numbers; swap them if they were entered the wrong way round.")
