"""当年放假安排已录入

哪一天上班，看当年的放假安排。没有录入的年份，工作日说不清，打卡是否缺、请假几天都不能判定。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.attendance.case import RegisterInLaw

TITLE = Text("当年放假安排已录入", "The year's working-day arrangement is entered")
SEVERITY = "warning"
BASIS = ()
GOOD = """
from: 2010-03-01
to: 2010-03-31
"""
BAD = """
from: 2006-12-01     # 2006 年的安排没有录入
to: 2006-12-31
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Every year that the register or a leave touches."""
    for year, why in case.unknown_years.items():
        yield Problem(
            where=("from",),
            message=Text(
                f"{why.said.zh}，这一年的考勤和请假不能判定",
                f"{why.said.en}, so nothing in it is determined",
            ),
            fix=Text(
                f"把当年的放假安排录入 policies/cn/working-days/{year}.yaml；日期填错的，改正。",
                f"Enter it in policies/cn/working-days/{year}.yaml, or correct a wrong date.",
            ),
        )
