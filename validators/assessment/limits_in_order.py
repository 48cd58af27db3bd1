"""承诺时限不长于法定时限

承诺时限应比法定时限短。承诺的比法定的还长，是填反了，或者承诺本身不合法；两个时限要用同一单位（工作日）。
"""

from collections.abc import Iterator

from banshi.base.money import plain
from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import facts

TITLE = Text("承诺时限不长于法定时限", "No promised limit is longer than the statutory one")
SEVERITY = "error"
BASIS = ("score_sub_item measure.role=time_saved",)
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      promised_limit_reduction: {items: [{matter: 样例事项甲, statutory: 20, promised: 6}]}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      promised_limit_reduction: {items: [{matter: 样例事项甲, statutory: 6, promised: 20}]}     # 填反了
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each matter with both limits."""
    for route, window, _slug, fact in facts(case):
        for n, item in enumerate(fact.items or ()):
            if item.statutory is not None and item.promised > item.statutory:
                yield Problem(
                    where=(*route, "items", n, "promised"),
                    message=Text(
                        f"{window.called}的{item.matter}：承诺 {plain(item.promised)} 个工作日，长于法定 {plain(item.statutory)} 个工作日",
                        f"{window.called}, {item.matter}: {plain(item.promised)} days promised, {plain(item.statutory)} allowed",
                    ),
                    fix=Text("核对两个时限和单位；填反了的，对调。", "Check both limits and their unit."),
                )
