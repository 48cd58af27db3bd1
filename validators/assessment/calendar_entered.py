"""当季的放假安排已录入

哪一天是工作日、节假日，看当年的放假安排。没有录入的年份，加班、预约办件的加分和逐日的件数不能判定。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import AssessmentInLaw

TITLE = Text("当季的放假安排已录入", "The working-day arrangement of the quarter is entered")
SEVERITY = "warning"
BASIS = ()
GOOD = """
quarter: 2012-Q1
"""
BAD = """
quarter: 2090-Q1     # 2089、2090 年的安排没有录入
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Every year that the quarter touches."""
    years = (case.period.start.year, case.period.end.year) if case.period else ()
    for year in dict.fromkeys(years):
        if case.days.year(year) is None:
            yield Problem(
                where=(case.assessment.asked_key,),
                message=Text(
                    f"{year} 年的放假安排未录入，这一年的哪天是工作日不能判定",
                    f"no working-day arrangement is entered for {year}, so its working days are not determined",
                ),
                fix=Text(
                    f"把当年的放假安排录入 policies/cn/working-days/{year}.yaml；季度填错的，改正。",
                    f"Enter it in policies/cn/working-days/{year}.yaml, or correct a wrong quarter.",
                ),
            )
