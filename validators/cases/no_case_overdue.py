"""没有超期件

过了时限才办结的，或过了时限还没有办结的，是超期件。时限先看承诺办结日，没有承诺的看法定办结日，当天办结的不算超期。
依据是文件里不出现超期件、按时办结的指标。

只超承诺、没有超法定时限的，另一种理解下不算超期，问题里会注明“与口径有关”。最多列 200 件，超期最久的在前，其余只计数。
"""

from collections.abc import Iterator
from itertools import islice

from banshi.checking.rules import Problem, Text
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.faults import Noted

TITLE = Text("没有超期件", "No case is overdue")
SEVERITY = "warning"
BASIS = ("target measure=overdue_cases", "target measure=on_time_rate")
GOOD = """
cases:
  - {id: B-001, kind: other, department: 发展改革, window: W01, accepted_on: 2012-01-04, due_on: 2012-01-12, finished_on: 2012-01-12}
"""
BAD = """
cases:
  - {id: B-001, kind: other, department: 发展改革, window: W01, accepted_on: 2012-01-04, due_on: 2012-01-12, finished_on: 2012-01-13}   # 迟了一天
"""


def check(log: CaseLog) -> Iterator[Problem]:
    """The overdue cases that were kept, and how many more there are."""
    shown = 0
    for noted in islice(log.overdue, log.tally.most):
        shown += 1
        yield _overdue(log, noted)
    more = log.overdue_count - shown
    if more > 0:
        yield Problem(
            where=(),
            message=Text(f"另有 {more} 件超期，没有一一列出", f"{more} more cases are overdue"),
            fix=Text("用 banshi cases 看各部门、各窗口的件数。", "See the counts with banshi cases."),
            stands_for=more,
        )


def _overdue(log: CaseLog, noted: Noted) -> Problem:
    case, days = noted.case, log.days_late(noted)
    key = "due_on" if case.due_on else "statutory_due_on"
    done = log.finished(noted)
    state = Text(f"{done} 才办结", f"finished on {done}") if done else Text("还没有办结", "still open")
    return Problem(
        where=("cases", noted.index, key),
        message=Text(
            f"{case.id} 应在 {case.limit} 前（含当日）办结，{state.zh}，超期 {days} 天（日历日）",
            f"{case.id} was due on {case.limit}; {state.en}: {days} calendar days overdue",
        ),
        fix=Text("核对日期；确实超期的，查明原因并告知申请人。", "Check the dates; if it is late, find out why."),
        basis=log.overdue_basis(case),
        reading_dependent=log.late_on_promise_only(noted),
    )
