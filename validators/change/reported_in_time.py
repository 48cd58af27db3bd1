"""事后按时报告

有的档次由业主会商决定，不用审批，但决定以后要在规定的期限内报告。
期限自最后一方签署（或最后一个环节同意）之日起算。已批准、已实施、已结算的，没有报告记录是错误；报告晚了也是错误。
适用文件没有规定事后报告的，不查。
"""

import datetime
from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import ReportAfter
from banshi.law.time_limits import Counting, ends
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.implementation import approved
from banshi.subjects.change.offices import same_body

TITLE = Text("事后按时报告", "Decisions are reported in time")
SEVERITY = "error"
BASIS = ("report_after",)
EXAMPLE = "elsewhere"
GOOD = """
changes:
  - reports: [{to: competent_authority, on: 2012-03-09}]
"""
BAD = """
changes:
  - reports: [{to: competent_authority, on: 2012-03-19}]     # 三方 3 月 6 日签完，7 天内应报告
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Each report that the declared tier asks for."""
    law = case.law
    if law is None or not case.must_be_complete or case.change.tier not in law.tiers:
        return
    decided = approved(case, law)
    for placed in law.all(ReportAfter):
        if placed.norm.tier == case.change.tier and decided.value is not None:
            yield from _report(case, law, placed, decided.value)


def _report(case: FiledForm, law: Law, placed: Placed[ReportAfter], decided: datetime.date) -> Iterator[Problem]:
    norm, name = placed.norm, law.office_name(placed.norm.to, case.project.level)
    own = [(n, r) for n, r in enumerate(case.change.reports) if r.to == norm.to or same_body(r.to, name)]
    due = ends(case.days, decided, norm.within, Counting(norm.first_day, norm.moved))
    if not own:
        yield Problem(
            where=("reports",) if case.change.reports else ("status",),
            message=Text(
                f"状态为 {case.change.status_name}，没有报{name}的记录：{due.text.zh}",
                f"status {case.change.status}, but no report to {norm.to}: {due.text.en}",
            ),
            fix=Text(
                f"填上 reports（to: {norm.to}）；没有报的，补报。",
                f"Enter the report to {norm.to}; if it was not made, make it.",
            ),
            basis=(placed.cite,),
        )
    elif due.last is not None and min(report.on for _, report in own) > due.last:
        n, report = min(own, key=lambda pair: pair[1].on)
        yield Problem(
            where=("reports", n, "on"),
            message=Text(f"{report.on} 才报{name}：{due.text.zh}", f"reported on {report.on}: {due.text.en}"),
            fix=Text(
                f"填错日期的改正；确实晚了的，由{law.office_name(norm.by, case.project.level)}说明。",
                f"Correct a wrong date; if it was late, {norm.by} explains.",
            ),
            basis=(placed.cite,),
        )
