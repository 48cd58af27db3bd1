"""由人评的小项都评了

有些小项没有写怎样扣分，由人在零分与满分之间评分并写理由，从不默认满分。没有评的不能判定，总分也就不能判定。
规定写明某种情形直接为零的，不必评。一个窗口只报告一次。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import meant

TITLE = Text("由人评的小项都评了", "Every mark that a person gives is given")
SEVERITY = "warning"
BASIS = ()
GOOD = """
quarter: 2012-Q1
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    marks:
      tidy-window: {mark: 2, by: 督察科, reason: 巡查无问题}     # 其余都没有评
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each scored window."""
    for index, window, score in case.windows_with_scores:
        told = {*window.marks, *meant(window.marks, [line.id for line in score.lines]), *case.not_read(index)}
        open_lines = [line for line in score.undetermined if line.placed.norm.manual and line.id not in told]
        if open_lines:
            names = listed(line.placed.provision.heading or line.id for line in open_lines)
            ids = [line.id for line in open_lines]
            yield Problem(
                where=("windows", index, "marks"),
                message=Text(
                    f"{window.called}有 {len(ids)} 个由人评的小项没有评：{names}",
                    f"{window.called}: {len(ids)} marks that a person gives are missing: {', '.join(ids)}",
                ),
                fix=Text(
                    f"在评分（marks，表格里是“人工评分”）里补上，各写得分、评分人、理由；标识是 {listed(ids)}。",
                    "Add them to marks, each with mark, by and reason.",
                ),
                basis=tuple(line.placed.cite for line in open_lines),
            )
