"""现场办结率与按时办结率的分母相同

按口径，两个比率的分母都是该季度办结数。分母不同的，有一处填错，或者有一处用了受理数。
时限在以前的季度届满、已在那一季度计为超期的件，本季度办结时不再计入按时办结率，所以按时办结率的分母可以少些，只提示核对。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.law.selectors import select
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import scored

TITLE = Text("现场办结率与按时办结率的分母相同", "Both completion rates speak of the same cases")
SEVERITY = "warning"
BASIS = ("score_sub_item measure.role=finished_on_site", "score_sub_item measure.role=finished_on_time")
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      on_site_rate: {count: 118, of: 120}
      on_time_rate: {count: 120, of: 120}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      on_site_rate: {count: 118, of: 120}
      on_time_rate: {count: 121, of: 121}     # 同一季度的办结数不该不同
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each window's two rates of finished cases."""
    measures = [p.norm.measure for p in select(case.book.sub_items, BASIS)] if case.book else []
    for route, window in scored(case):
        assert case.book is not None
        stated = {
            slug: fact.of for slug in measures if slug and (fact := window.facts.get(slug)) and fact.of is not None
        }
        if len(set(stated.values())) > 1:
            zh = "，".join(f"{case.book.name(slug)}的是 {of}" for slug, of in stated.items())
            en = ", ".join(f"{of} in {slug}" for slug, of in stated.items())
            timely = next((stated[slug] for slug in _timely(case.book) if slug in stated), None)
            yield Problem(
                severity=Severity.NOTE if timely == min(stated.values()) else None,
                where=(*route, "facts", list(stated)[-1], "of"),
                message=Text(f"{window.called}的分母不同：{zh}", f"{window.called}: the totals differ: {en}"),
                fix=Text("两处都填该季度办结数。", "Enter the cases finished in the quarter in both."),
                reading_dependent=bool(case.law and case.law.readings),
            )


def _timely(book: AssessmentBook) -> Iterator[str]:
    """The rates of sub-items that overdue cases cost."""
    for placed in book.sub_items:
        if placed.norm.measure and any(rule.norm.fact == book.overdue for rule in book.rules.get(placed.norm.id, ())):
            yield placed.norm.measure
