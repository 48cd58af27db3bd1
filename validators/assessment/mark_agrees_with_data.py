"""人工评分与数据相符

细则没有写怎样扣分、却写了要达到什么的小项（如承诺时限精简的比例），程序按登记的数据提出建议，由人确认。评的分与建议不同，不一定错，但要有说得出的理由：
数据登记错了的，改数据；评错了的，改评分。得分以人评的为准。
"""

from collections.abc import Iterator

from banshi.base.money import plain
from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import AssessmentInLaw

TITLE = Text("人工评分与数据相符", "A mark that a person gives agrees with the data")
SEVERITY = "warning"
BASIS = ()
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      promised_limit_reduction: {items: [{matter: 样例事项甲, statutory: 20, promised: 6}]}
    marks:
      promised-limits: {mark: 1, by: 督察科, reason: 逐项比对承诺时限与法定时限}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      promised_limit_reduction: {items: [{matter: 样例事项甲, statutory: 20, promised: 15}]}
    marks:
      promised-limits: {mark: 1, by: 督察科, reason: 逐项比对承诺时限与法定时限}     # 只精简四分之一
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each mark beside what the data suggest."""
    for index, window, score in case.windows_with_scores:
        for line in score.lines:
            mark = window.marks.get(line.id)
            if mark is None or line.suggested is None or mark.mark in (line.suggested, None):
                continue
            fact = window.facts.get(line.placed.norm.measure or "")
            turned = (
                any(each.statutory is not None and each.promised > each.statutory for each in fact.items or ())
                if fact
                else False
            )
            if not 0 <= mark.mark <= line.marks or turned:
                continue  # which other rules tell
            name, own, suggested = line.placed.provision.heading or line.id, plain(mark.mark), plain(line.suggested)
            yield Problem(
                where=("windows", index, "marks", line.id, "mark"),
                message=Text(
                    f"{window.called}的{name}，{mark.by}评 {own} 分，按登记的数据建议 {suggested} 分；得分以评的为准",
                    f"{window.called}, {line.id}: {mark.by} gave {own}, the data suggest {suggested}; the mark counts",
                ),
                fix=Text(
                    "核对数据和评分；确应这样评的，在理由里写明。",
                    "Compare both; where the mark is right, say why in reason.",
                ),
                basis=(line.placed.cite,),
            )
