"""综合窗口不计分

考核以部门窗口为单位，按口径综合窗口不考核：填给它的事实、评分、加分、减分都不计。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import windows

TITLE = Text("综合窗口不计分", "A combined window is not scored")
SEVERITY = "warning"
BASIS = ("enumeration of=window_kind", "enumeration of=assessment_principle")
GOOD = """
windows:
  - {id: W12, name: 综合窗口, kind: combined_window}
"""
BAD = """
windows:
  - id: W12
    name: 综合窗口
    kind: combined_window
    facts: {upheld_complaints: 0}     # 不会计分
"""
_PARTS = {"facts": "事实", "marks": "评分", "bonus": "加分", "deductions": "减分"}


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each combined window."""
    for route, window in windows(case):
        filled = [part for part in _PARTS if getattr(window, part)] if window.combined else []
        if filled:
            what = listed(_PARTS[part] for part in filled)
            yield Problem(
                where=(*route, filled[0]),
                message=Text(
                    f"{window.called}是综合窗口，不考核，填的{what}不计",
                    f"{window.called} is a combined window and not scored, so its {', '.join(filled)} do not count",
                ),
                fix=Text("删去；其实是部门窗口的，改正 kind。", "Delete them, or correct the kind."),
                reading_dependent=bool(case.law and case.law.readings),
            )
