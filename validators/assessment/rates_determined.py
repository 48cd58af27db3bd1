"""没有办件、没有评议的，由人评分

一个季度没有办件、没有评议的，比率没有分母，算不出来：不当作满分，也不当作零分，由人评分并写理由。
件数一类的规定照常先用：有一件超期，有关的小项就不得分。一个窗口只报告一次。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Window
from banshi.subjects.assessment.results import ScoreLine
from banshi.subjects.assessment.walks import sort_of

TITLE = Text("没有办件、没有评议的，由人评分", "What cannot be computed is left to a person")
SEVERITY = "note"
BASIS = ()
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      on_site_rate: {count: 0, of: 0}
    marks:
      on-site-completion: {mark: 12, by: 督察科, reason: 本季度无办结件，环节均在现场}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      on_site_rate: {count: 0, of: 0}     # 没有办件，也没有人评分
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each scored window's lines that lack no fact, and yet are open."""
    for index, window, score in case.windows_with_scores:
        lines = [line for line in score.undetermined if _left_to_person(case, window, line)]
        if lines:
            names = listed(line.placed.provision.heading or line.id for line in lines)
            why = listed(dict.fromkeys(line.mark.reasons[0].text.zh for line in lines))
            yield Problem(
                where=("windows", index, "marks") if window.marks else ("windows", index),
                message=Text(
                    f"{window.called}有 {len(lines)} 个小项算不出来，等人评分：{names}（{why}）",
                    f"{window.called}: {len(lines)} sub-items wait for a person: {', '.join(line.id for line in lines)}",
                ),
                fix=Text(
                    f"在评分（marks，表格里是“人工评分”）里补上，各写得分、评分人、理由；标识是 {listed(line.id for line in lines)}。",
                    "Add them to marks, each with mark, by and reason.",
                ),
                basis=tuple(line.placed.cite for line in lines),
                reading_dependent=bool(case.law and case.law.readings),
            )


def _left_to_person(case: AssessmentInLaw, window: Window, line: ScoreLine) -> bool:
    """Whether all was stated, and as it should be: what is stated wrongly is told by other rules."""
    norm, own = line.placed.norm, window.facts.get(line.placed.norm.measure or "")
    if norm.manual or (own and own.of and (own.count or 0) < own.of):
        return False
    return all(use.stated and _sound(case, window, use.slug) for use in line.facts)


def _sound(case: AssessmentInLaw, window: Window, slug: str) -> bool:
    fact = window.facts.get(slug)
    if fact is None or case.book is None:
        return True
    return sort_of(fact) == case.book.sorts.get(slug) and (fact.of is None or (fact.count or 0) <= fact.of)
