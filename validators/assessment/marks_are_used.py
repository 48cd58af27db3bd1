"""评的分与算出的分不冲突

能由事实算出的小项，不由人另评；评了的分与算出的不同，以算出的为准，评的分不用。
规定写明某种情形直接为零的，评多少分都一样。
"""

from collections.abc import Iterator

from banshi.base.money import plain
from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import AssessmentInLaw

TITLE = Text("评的分与算出的分不冲突", "No mark contradicts the facts")
SEVERITY = "error"
BASIS = ()
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      chief_representative_missing: false
    marks:
      chief-representative-sent: {mark: 3, by: 督察科, reason: 任职文件}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      chief_representative_missing: true
    marks:
      chief-representative-sent: {mark: 3, by: 督察科, reason: 任职文件}     # 上面写的是没有派
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each mark of a sub-item whose mark follows from facts."""
    for index, window, score in case.windows_with_scores:
        for line in score.lines:
            given, value = window.marks.get(line.id), line.mark.value
            if given is None or value is None or given.mark == value:
                continue
            if given.mark > line.marks:
                continue  # told by another rule
            reasons = line.mark.reasons
            why = reasons[0].text if reasons else Text("", "")
            yield Problem(
                where=("windows", index, "marks", line.id, "mark"),
                message=Text(
                    f"{window.called}的{line.placed.provision.heading or line.id}评 {plain(given.mark)} 分，"
                    f"依事实是 {plain(value)} 分：{why.zh}",
                    f"{window.called}, {line.id}: {plain(given.mark)} marks entered, the facts give {plain(value)}: {why.en}",
                ),
                fix=_FIX,
                basis=line.mark.basis,
                reading_dependent=line.mark.reading_dependent,
            )


_FIX = Text("核对事实；事实无误的，删去这个评分。", "Check the facts; if they are right, delete the mark.")
