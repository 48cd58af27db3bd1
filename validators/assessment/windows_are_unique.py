"""一个窗口只填一次

窗口编号在一份考核里不重复。编号填了两次的，不知道哪一份对，两份都不排名，其余窗口照常排名。名称相同而编号不同的，也提醒核对。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import windows

TITLE = Text("一个窗口只填一次", "Every window is entered once")
SEVERITY = "error"
BASIS = ("enumeration of=assessment_principle",)
GOOD = """
windows:
  - {id: W01, name: 发展改革窗口}
  - {id: W02, name: 国土资源窗口}
"""
BAD = """
windows:
  - {id: W01, name: 发展改革窗口}
  - {id: W01, name: 国土资源窗口}     # 编号重复
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each window against those before it."""
    ids, names = dict[str, str](), dict[str, str]()
    for route, window in windows(case):
        if window.id in ids:
            message = Text(f"窗口编号 {window.id} 重复：前面是{ids[window.id]}", f"window {window.id} is entered twice")
            yield Problem(where=(*route, "id"), message=message, fix=_FIX)
        elif window.name in names:
            message = Text(
                f"{window.name}填了两次，编号是 {names[window.name]} 和 {window.id}",
                f"{window.name} is entered as {names[window.name]} and as {window.id}",
            )
            yield Problem(where=(*route, "name"), message=message, fix=_FIX, severity=Severity.WARNING)
        ids.setdefault(window.id, window.name)
        names.setdefault(window.name, window.id)


_FIX = Text("删去多填的一份，或改正编号、名称。", "Delete the second one, or correct the id or the name.")
