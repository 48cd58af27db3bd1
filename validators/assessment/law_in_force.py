"""这个季度有办法可依

考核依季度末在施行的考核办法。那时没有施行的办法，什么分都不算。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import AssessmentInLaw

TITLE = Text("这个季度有办法可依", "Measures were in force in the quarter")
SEVERITY = "error"
BASIS = ("promulgation in_force=*",)
GOOD = """
quarter: 2012-Q1
"""
BAD = """
quarter: 2011-Q1     # 办法自2011年4月1日起施行
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """The quarter."""
    if case.law is None:
        quarter, place = case.assessment.asked, case.assessment.jurisdiction
        yield Problem(
            where=(case.assessment.asked_key,),
            message=Text(
                f"{quarter} 没有施行的窗口考核办法（辖区 {place}），没有计分",
                f"no measures on window assessment were in force in {quarter} ({place}); nothing is scored",
            ),
            fix=Text("核对季度和辖区。", "Check the quarter and the jurisdiction."),
        )
