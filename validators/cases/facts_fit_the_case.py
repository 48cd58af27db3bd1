"""各项内容与办件相符

没有办结的件不会有群众评议；“新设立内资企业”只用于企业设立登记。这样的内容多半填错了列或漏填了办结日期。
没有办结的件的评议不计入评议率、满意率。
"""

from collections.abc import Iterator

from banshi.cases.case_log import CaseLog
from banshi.rules import Problem, Text

TITLE = Text("各项内容与办件相符", "The facts fit the case")
SEVERITY = "warning"
BASIS = ()
GOOD = """
cases:
  - {id: B-001, kind: other, department: 发展改革, window: W01, accepted_on: 2012-01-04, evaluation: none}
"""
BAD = """
cases:
  - {id: B-001, kind: other, department: 发展改革, window: W01, accepted_on: 2012-01-04, evaluation: satisfied}   # 还没有办结
"""
_SORTS = {
    "evaluated-unfinished": (
        Text("没有办结日期，却有群众评议", "is not finished, yet evaluated"),
        Text("补上办结日期，或删去评议。", "Add the day of finishing, or delete the evaluation."),
    ),
    "domestic-elsewhere": (
        Text("不是企业设立登记，却写了新设立内资企业", "is no enterprise registration, yet a new domestic enterprise"),
        Text("改正类别，或删去 domestic_new。", "Correct the kind, or delete domestic_new."),
    ),
}


def check(log: CaseLog) -> Iterator[Problem]:
    """Facts that a case of its sort cannot have."""
    for sort, (said, fix) in _SORTS.items():
        for noted in log.listed(sort):
            yield Problem(
                where=("cases", noted.index, noted.key),
                message=Text(f"{noted.case.id} {said.zh}", f"{noted.case.id} {said.en}"),
                fix=fix,
            )
        yield from log.more(sort)
