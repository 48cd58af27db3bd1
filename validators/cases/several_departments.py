"""涉及两个以上部门的写明各部门

归入“涉及两个以上部门”的件，承办部门和协同部门（with）合起来要有通知所说的部门数。只写了一个部门的，归错了类别或漏写了协同部门；
没有写协同部门的，不知道有几个。
"""

from collections.abc import Iterator
from fractions import Fraction

from banshi.checking.rules import Problem, Text
from banshi.files.findings import Severity
from banshi.subjects.cases.case_log import CaseLog, more
from banshi.subjects.cases.ranges import within
from banshi.subjects.cases.targets import bound_of_departments

TITLE = Text("涉及两个以上部门的写明各部门", "Cases of several departments name them")
SEVERITY = "error"
BASIS = ("classification",)
GOOD = """
cases:
  - {id: B-001, kind: multi_department, department: 发展改革, with: [环境保护], window: W01, accepted_on: 2012-01-04}
"""
BAD = """
cases:
  - {id: B-001, kind: multi_department, department: 发展改革, with: [发展改革], window: W01, accepted_on: 2012-01-04}   # 还是一个部门
"""


def check(log: CaseLog) -> Iterator[Problem]:
    """Cases that name too few departments, or leave them out."""
    bound = bound_of_departments(log.law) if log.law else None
    if bound is None:
        return
    for several, faults in sorted(log.tally.by_departments.items()):
        if not within(bound, Fraction(several)):
            for noted in faults.listed:
                yield Problem(
                    where=("cases", noted.index, noted.key),
                    message=Text(
                        f"{noted.case.id} 归为涉及两个以上部门的件，只写了 {several} 个部门",
                        f"{noted.case.id} is a case of several departments and names {several}",
                    ),
                    fix=Text("补上协同部门（with），或改正类别。", "Add the others (with), or correct the kind."),
                )
            yield from more(faults)
    for noted in log.listed("departments-unstated"):
        yield Problem(
            where=("cases", noted.index, noted.key),
            message=Text(
                f"{noted.case.id} 归为涉及两个以上部门的件，没有写协同部门",
                f"{noted.case.id} is a case of several departments and does not name the others",
            ),
            fix=Text("补上协同部门（with）。", "Add the others (with)."),
            severity=Severity.WARNING,
        )
    yield from log.more("departments-unstated")
