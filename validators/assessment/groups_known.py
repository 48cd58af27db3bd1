"""窗口的组是规定里的组

规定分组排名的，每个窗口写明在哪一组（group，写组的名称或标识）；不分组的不写，写了不起作用。
一组里一个窗口也没有的，是提示：或者写错了组，或者这一组的窗口在别的文件里。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.instruments import Placed
from banshi.law.norms import Ranking
from banshi.subjects.assessment.case import AssessmentInLaw
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


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each scored window."""
    norm = ranking_norm(case.law)
    names = [group.name for group in norm.norm.groups] if norm else []
    for route, window in scored(case):
        if bool(names) == bool(window.group) and (not names or group_of(window, norm)):
            continue
        if not window.group and _unread(case, int(route[1])):
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
    read = not case.lost and not any(_unread(case, index) for index in case.indexes)
    if norm and case.period and case.period.kind in norm.norm.periods and read:
        yield from _empty(case, norm)


def _unread(case: AssessmentInLaw, index: int) -> bool:
    """Whether it is not known which group a window states."""
    unread = case.unread.get(index)
    return unread is not None and unread.group


def _empty(case: AssessmentInLaw, norm: Placed[Ranking]) -> Iterator[Problem]:
    """The groups in which the file has no window."""
    there = {group_of(window, norm) for _, window in scored(case)}
    for group in norm.norm.groups:
        if there and group.value not in there:
            yield Problem(
                where=("windows",),
                at_key=True,
                message=Text(
                    f"{group.name}里一个窗口也没有，这一期没有它的名次",
                    f"there is no window of group {group.value}, and so no ranking of it",
                ),
                fix=Text(
                    "看是不是写错了组；在别的文件里的，不用改。",
                    "See whether a group is wrong; it may be in another file.",
                ),
                severity=Severity.NOTE,
                basis=(norm.cite,),
            )
