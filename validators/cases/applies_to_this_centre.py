"""知道依据哪些指标

没有写明辖区、级别的（例如单独的一张表），或当日当地没有施行中的文件的，只核对登记本身，不和指标比较。
辖区有并联审批的文件、只是统计截止日没有施行的，是错误；其余是提示。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.subjects.cases.case_log import SUBJECT as PARALLEL
from banshi.subjects.cases.case_log import CaseLog

TITLE = Text("知道依据哪些指标", "It is known which targets apply")
SEVERITY = "note"
BASIS = ("scope",)
GOOD = """
jurisdiction: luzhou/yangliqu
"""
BAD = """
jurisdiction: nowhere     # 这里没有并联审批的文件
"""


def check(log: CaseLog) -> Iterator[Problem]:
    """Why the log is not compared with any target."""
    applies = log.applies
    if applies.value is None and log.as_of is not None:
        reason = applies.reasons[0]
        yield Problem(
            where=("jurisdiction",) if log.log.jurisdiction else (),
            severity=Severity.ERROR if _in_a_gap(log) else Severity.NOTE,
            message=Text(f"没有和指标比较：{reason.text.zh}", f"not compared with targets: {reason.text.en}"),
            fix=Text("核对辖区、级别和统计截止日。", "Check jurisdiction, level and day of the report."),
        )


def _in_a_gap(log: CaseLog) -> bool:
    """Whether the place has texts, but none on the day of the report."""
    place = log.log.jurisdiction
    return place is not None and log.law is None and log.library.begins(place, PARALLEL) is not None
