"""考勤人次与考勤登记一致

上班迟到、早退、非正常请假外出，每人每次扣分。旁边有考勤登记的，窗口填的人次应与登记查出的一致；
登记没有覆盖整个季度的，不比；登记里待中心认定的，认定多少都不算不一致。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import scored

TITLE = Text("考勤人次与考勤登记一致", "Breaches agree with the attendance register")
SEVERITY = "warning"
BASIS = ("score_rule fact.role=attendance_breaches",)
_REGISTER = """
kind: attendance
fictional: true
jurisdiction: luzhou
centre: 样例市政务服务中心（虚构）
from: 2011-12-01
to: 2012-02-29
windows: [{id: W01, name: 发展改革窗口, on_duty: 1}]
staff: [{id: C01, group: centre_staff}]
"""
BESIDE = {"考勤登记.yaml": _REGISTER}
GOOD = """
attendance: 考勤登记.yaml
windows:
  - id: W01
    name: 发展改革窗口
    facts: {attendance_breaches: 0}
"""
BAD = """
attendance: 考勤登记.yaml
windows:
  - id: W01
    name: 发展改革窗口
    facts: {attendance_breaches: 2}     # 登记里没有
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each window that states its breaches, and is on registers that cover the quarter."""
    register, quarter = case.register, case.period
    if register is None or quarter is None or case.law is None:
        return
    first = quarter.first_day
    if not register.covers(quarter, first):
        return
    known, slug = register.breaches(quarter, first), case.book.breaches if case.book else ""
    for route, window in scored(case):
        fact, found = window.facts.get(slug), known.get(window.id)
        if fact is None or fact.count is None or found is None:
            continue
        if found.counted <= fact.count <= found.counted + found.open:
            continue
        more = (
            Text(f"，另有 {found.open} 人次待认定", f" and {found.open} yet to be decided on")
            if found.open
            else Text("", "")
        )
        yield Problem(
            where=(*route, "facts", slug),
            message=Text(
                f"{window.called}填了 {fact.count} 人次，考勤登记（{register.path}）查出 {found.counted} 人次{more.zh}",
                f"{window.called}: {fact.count} breaches are entered, the register ({register.path}) has {found.counted}{more.en}",
            ),
            fix=Text(
                "核对考勤登记；删去这一项，就由登记补上。",
                "Check the register; without this fact, the register's count is taken.",
            ),
        )
