"""列为考勤依据的，都用得上

考勤依据（evidence）里列了值班日志（duty_log）的，还要写明任一有违纪即按违纪（any_breach）：不写，值班日志里查到的迟到、空岗就不计入。

规定了打卡时段或每日工时，依据却只有值班日志的，打卡没有凭据，是错误：打卡机一类的也要列出。
"""

from collections.abc import Iterator
from typing import Any

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.norms import Evidence, PunchWindow, WorkingTime

TITLE = Text("列为考勤依据的，都用得上", "What is named as evidence of attendance counts")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_RULES = """
instrument: luzhou/example
governs: [attendance]
papers: {machine: {name: 考勤机}, duty_log: {name: 值班日志}}
provisions:
  - id: "1"
    label: 一
    heading: 考勤
    source: {lines: [1, 3]}
    norms:
      - {id: proof, kind: evidence, statement: "凭{sources}考勤。", sources: [SOURCES], any_breach: true}
      - {id: come, kind: punch_window, statement: "上班{window}。", moment: arrival, end: "09:00", end_inclusive: true, days: working_days}
      - {id: go, kind: punch_window, statement: "下班{window}。", moment: departure, start: "17:00", start_inclusive: true, days: working_days}
readings: []
tiers: {}
steps: {}
"""
GOOD = _RULES.replace("SOURCES", "machine, duty_log")
BAD = _RULES.replace("SOURCES", "duty_log")
_LOG = "duty_log"


def _written(data: Any, route: Route) -> bool:
    """Whether the norm at a route says anything of a breach in one of the records."""
    for step in route:
        data = data[step]
    return "any_breach" in data


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each norm on evidence: a duty log that does not count, and nothing but one where people punch."""
    if "attendance" not in policy.version.subjects:
        return
    law = policy.law("attendance")
    punched = [*law.all(PunchWindow), *law.all(WorkingTime)]
    named = {source for placed in law.all(Evidence) for source in placed.norm.sources}
    counts = any(placed.norm.any_breach and _LOG in placed.norm.sources for placed in law.all(Evidence))
    for route, norm in policy.norms():
        if not isinstance(norm, Evidence) or _LOG not in norm.sources:
            continue
        if not counts and not _written(policy.data, route):  # written as false, it is meant so
            yield Problem(
                where=(*route, "sources"),
                severity=Severity.WARNING,
                message=Text(
                    f"{norm.id} 列了值班日志，没有写任一有违纪即按违纪（any_breach）：值班日志不会计入",
                    f"{norm.id} names the duty log, but not that any breach is one (any_breach): the log does not count",
                ),
                fix=Text(
                    "写 any_breach: true；原文没有这个意思的，不列值班日志。",
                    "Write any_breach: true, or leave it out.",
                ),
            )
        if named == {_LOG} and punched:
            yield Problem(
                where=(*route, "sources"),
                message=Text(
                    f"规定了打卡（{punched[0].norm.id}），考勤依据却只有值班日志，打卡没有凭据",
                    f"there are times to punch at ({punched[0].norm.id}), and nothing but the duty log is evidence",
                ),
                fix=Text("在 sources 里列出凭什么打卡，如考勤机。", "Name in sources what people punch at."),
            )
