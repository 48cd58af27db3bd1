"""窗口的组是规定里的组

规定分组排名的，每个窗口写明在哪一组（group，写组的名称或标识）；不分组的不写，写了不起作用。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import Case
from banshi.subjects.assessment.ranks import group_of, ranking_norm
from banshi.subjects.assessment.walks import scored

TITLE = Text("窗口的组是规定里的组", "Every window's group is one that the measures know")
SEVERITY = "error"
BASIS = ("ranking",)
GOOD = """
windows:
  - {id: W01, name: 发展改革窗口}
"""
BAD = """
windows:
  - {id: W01, name: 发展改革窗口, group: 甲组}     # 样例的办法不分组
"""


def check(case: Case) -> Iterator[Problem]:
    """Each scored window."""
    norm = ranking_norm(case.law)
    names = [group.name for group in norm.norm.groups] if norm else []
    for route, window in scored(case):
        if bool(names) == bool(window.group) and (not names or group_of(window, norm)):
            continue
        said = f"写的是“{window.group}”" if window.group else "没有写在哪一组"
        known = f"规定的组有{listed(names)}" if names else "规定不分组"
        yield Problem(
            where=(*route, "group") if window.group else route,
            message=Text(
                f"{window.called}{said}，{known}", f"{window.called}: group {window.group}, known: {', '.join(names)}"
            ),
            fix=Text("写规定里的组；不分组的，删去。", "State one of the groups; delete it where there are none."),
            basis=(norm.cite,) if norm else None,
        )
