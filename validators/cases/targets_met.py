"""并联审批的指标都达到

把办件登记算出的各项比率和当地文件的指标比较，文件分部门、分月的，逐组比较。文件只对市或区、县的中心的，
两边的数字不互相代用。

没有达到的是警告；原文写“力争”“争取”的是提示。办件没有写明、没有评议、没有办件，算不出结果的，不作判断。
超期件一件一件另报（见“没有超期件”），签约项目一个一个另报。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.findings import Severity
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.judged_target import JudgedTarget
from banshi.subjects.cases.targets import OVERDUE, of_projects

TITLE = Text("并联审批的指标都达到", "Targets of parallel approval are met")
SEVERITY = "warning"
BASIS = (
    "target measure=handled_in_system",
    "target measure=recorded_rate",
    "target measure=evaluation_rate",
    "target measure=satisfaction_rate",
    "target measure=on_time_rate",
    "target measure=on_site_rate",
    "target measure=parallel_share",
)
GOOD = """
level: county
"""
BAD = """
cases:
  - {id: B-001, kind: investment_project, department: 发展改革, window: W01, parallel: true, accepted_on: 2012-01-04, due_on: 2012-01-12, finished_on: 2012-01-10, system: none, evaluation: none, signed_project: XBH-01}   # 没有用系统，没有评议
"""


def check(log: CaseLog) -> Iterator[Problem]:
    """Every target that is missed."""
    for judged in log.judged:
        target = judged.placed.norm
        if (
            judged.met.value is False
            and target.measure != OVERDUE
            and not any(of_projects(name, log.words) for name in target.cases)
        ):
            yield _missed(judged)


def _missed(judged: JudgedTarget) -> Problem:
    norm = judged.placed.norm
    counted = judged.met.reasons[0].text
    wanted = norm.bound.phrase({}) if norm.bound else ""
    return Problem(
        where=(),
        message=Text(f"{counted.zh}，指标是 {wanted}", f"{counted.en}; the target is {wanted}"),
        fix=Text(
            "核对登记有没有漏填；属实的，查明原因，改进后再评。",
            "Check the log for gaps; if it is right, find out why.",
        ),
        severity=Severity.NOTE if norm.soft else None,
        basis=(judged.placed.cite,),
        reading_dependent=judged.met.reading_dependent,
    )
