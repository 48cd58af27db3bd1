"""办件编号不重复

同一编号写了两次，件数、比率就算不准。计算时只算先写的一件，后写的不计。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.cases.case_log import CaseLog

TITLE = Text("办件编号不重复", "Case ids are unique")
SEVERITY = "error"
BASIS = ()
GOOD = """
cases:
  - {id: B-001, kind: other, department: 发展改革, window: W01, accepted_on: 2012-01-04}
  - {id: B-002, kind: other, department: 发展改革, window: W01, accepted_on: 2012-01-04}
"""
BAD = """
cases:
  - {id: B-001, kind: other, department: 发展改革, window: W01, accepted_on: 2012-01-04}
  - {id: B-001, kind: other, department: 发展改革, window: W01, accepted_on: 2012-01-05}     # 编号写重了
"""


def check(log: CaseLog) -> Iterator[Problem]:
    """Cases whose id was there before."""
    for noted in log.listed("twice"):
        yield Problem(
            where=("cases", noted.index, "id"),
            message=Text(
                f"编号 {noted.case.id} 前面已经有了，这一件没有计入", f"{noted.case.id} was there before; not counted"
            ),
            fix=Text("重复的删去；是两件的，改正编号。", "Delete the copy, or correct the id."),
        )
    yield from log.more("twice")
