"""每天的工时做得满

弹性工时（working_time）从最早算起的时刻（not_before）到最晚算到的时刻（not_after），扣去休息，至少要有规定的工时（at_least）那么长。
做不满的，不论怎样打卡，天天都是工时不足。没有写两头时刻的，以一天24小时看。
"""

from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.law.norms import WorkingTime
from banshi.subjects.attendance.forms import seconds
from banshi.subjects.attendance.working_time import long

TITLE = Text("每天的工时做得满", "The hours of a day can be worked")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_HOURS = """
governs: [attendance]
provisions:
  - id: "8"
    label: 第八条
    heading: 工时
    source: {lines: [1, 2]}
    norms:
      - {id: hours, kind: working_time, statement: "每天满{at_least}，扣去{pause}。", at_least: {value: 8, unit: 小时},
         pause: {value: 60, unit: 分钟}, not_before: "08:00", not_after: "LAST"}
readings: []
"""
GOOD = _HOURS.replace("LAST", "18:00")
BAD = _HOURS.replace("LAST", "16:00")
_DAY = 24 * 3600


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each day's hours against what there is of the day."""
    for route, norm in policy.norms():
        if isinstance(norm, WorkingTime):
            first = seconds(norm.not_before) if norm.not_before else 0
            last = seconds(norm.not_after) if norm.not_after else _DAY
            most = (last - first - (long(norm.pause) if norm.pause else 0)) // 60
            if most * 60 < long(norm.at_least):
                yield Problem(
                    where=(*route, "at_least"),
                    message=Text(
                        f"一天最多算得出 {max(most, 0)} 分钟，做不满{norm.at_least.phrase({})}",
                        f"at most {max(most, 0)} minutes of a day count, fewer than are asked for",
                    ),
                    fix=Text("核对工时、休息和两头的时刻。", "Compare hours, pause and both ends."),
                )
