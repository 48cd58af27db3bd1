"""反复的次数够得上规定

咨询不转入申请、更正材料、以相同理由退件的，次数够得上规定才减分，各要几次见下面的依据；次数写在 times 里。不够的不计分，没有写的不能判定。
"""

from collections.abc import Iterator
from decimal import Decimal

from banshi.checking.rules import Problem, Text
from banshi.law.norms.values import phrase
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import listed

TITLE = Text("反复的次数够得上规定", "It happened as often as the measures ask")
SEVERITY = "warning"
BASIS = ("adjustment bound=*",)
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    deductions:
      - {fact: cases_corrected_repeatedly, on: 2012-01-13, event: 办件-0190, evidence: 补正记录, times: 3}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    deductions:
      - {fact: cases_corrected_repeatedly, on: 2012-01-13, event: 办件-0190, evidence: 补正记录, times: 2}
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each entry whose norm asks how often something happened in a case."""
    for item in listed(case):
        bound = item.asks.bound if item.asks else None
        times = item.entry.times
        if bound is None or (times is not None and bound.contains(Decimal(times))):
            continue
        said = Text(f"写的是 {times} 次", f"not {times}") if times else Text("没有写几次", "nothing is entered")
        fate = item.fate(bool(times))
        yield Problem(
            where=(*item.route, "times") if times else item.route,
            message=Text(
                f"{item.called.zh}要{phrase(bound, {})}，{said.zh}，{fate.zh}",
                f"{item.called.en}: it must have happened {phrase(bound, {})}; {said.en}; {fate.en}",
            ),
            fix=Text(
                "在“同一件的次数”（times）里写这一件反复的次数；不够的，删去。",
                "Enter how often in times, or delete the entry.",
            ),
            basis=item.basis,
        )
