"""请假长短的几段首尾相接

按请假长短定由谁批准的几条，一条到哪里为止，下一条就从哪里起：不满半天、半天以上不满一天、一天以上。
两条之间有空当的，那样长的假没有人批；重叠的，有两条都管。
"""

from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.law.intervals import seams
from banshi.law.norms import LeaveApproval

TITLE = Text("请假长短的几段首尾相接", "Lengths of leave tile")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_LEAVE = """
offices: {leader: {name: 组长}, section: {name: 督察科}}
provisions:
  - id: "10"
    label: 第十条
    heading: 请假
    source: {lines: [1, 2]}
    norms:
      - {id: short, kind: leave_approval, statement: "{length}的，由{approver}批准。", approver: leader,
         length: {upper: {value: 1, inclusive: false}, unit: 天}}
      - {id: long, kind: leave_approval, statement: "{length}的，由{approver}批准。", approver: section,
         length: {lower: {value: FROM, inclusive: true}, unit: 天}}
readings: []
"""
GOOD = _LEAVE.replace("FROM", "1")
BAD = _LEAVE.replace("FROM", "2")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """The norms on approval by length, for each kind of leave and group that they name."""
    found = [(r, n) for r, n in policy.norms() if isinstance(n, LeaveApproval) and n.length is not None]
    for key in dict.fromkeys((norm.leave, norm.groups) for _, norm in found):
        own = [(route, norm) for route, norm in found if (norm.leave, norm.groups) == key]
        for seam in seams([norm.length for _, norm in own if norm.length]):
            first, second = own[seam.first][1], own[seam.second]
            said = "没有哪一条管" if seam.kind == "gap" else "有两条都管"
            said_en = "falls under neither" if seam.kind == "gap" else "falls under both"
            yield Problem(
                where=(*second[0], "length"),
                message=Text(
                    f"{seam.where} 的假{said}：{first.id} 与 {second[1].id} 没有首尾相接",
                    f"leave of {seam.where} {said_en}: {first.id} and {second[1].id} do not meet",
                ),
                fix=Text("对照原文，让前一条的终点与后一条的起点相同，只有一个含本数。", "Make both ends meet."),
            )
