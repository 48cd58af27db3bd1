"""办件的部门都在部门名单里

登记写了部门名单（departments）的，每件的部门应当在名单里：不在的，多半是名称写得不一样，于是同一个部门分成两个，各算各的比率，
名单里的那个反而没有办件。指标看的部门，名单里、办件里都没有的，也多半是这样。名单里同一个部门写了两次的，多半是写错了另一个部门的名称。
"""

from collections.abc import Iterator

from banshi.base.text import did_you_mean
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.norms import Target
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.groups import as_in_tables

TITLE = Text("办件的部门都在部门名单里", "Departments of cases are on the list of departments")
SEVERITY = "warning"
BASIS = ()
_LOG = """
departments: [发展改革, 工商]
cases:
  - {id: B-001, kind: other, department: DEPARTMENT, window: W01, accepted_on: 2012-01-04, finished_on: 2012-01-05, evaluation: satisfied}
"""
GOOD = _LOG.replace("DEPARTMENT", "发展改革")
BAD = _LOG.replace("DEPARTMENT", "发展改革局")


def check(log: CaseLog) -> Iterator[Problem]:
    """Each department that has cases and is not on the list, once; and those that are on it twice."""
    names = [as_in_tables(each) for each in log.log.departments or ()]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem(
                where=("departments", index),
                message=Text(f"部门名单里“{name}”写了两次", f"{name} is on the list twice"),
                fix=Text("删去一个；写错的，改成另一个部门。", "Drop one, or name the department that was meant."),
            )
    listed = set(names)
    yield from _targeted(log, listed)
    if not listed:
        return
    for department, traits in sorted(log.tally.groups["department"].items()):
        if department and as_in_tables(department) not in listed:
            count, guess = sum(traits.values()), did_you_mean(department, listed)
            yield Problem(
                where=("departments",),
                message=Text(
                    f"部门名单里没有“{department}”，它有 {count} 件办件",
                    f"{department}, with {count} cases, is not on the list",
                ),
                fix=Text(f"{guess.zh}统一名称，或补进名单。", f"{guess.en} Use one name, or add it to the list."),
            )


def _targeted(log: CaseLog, listed: set[str]) -> Iterator[Problem]:
    """Departments that a target speaks of, and that neither have cases nor are on the list: probably called otherwise."""
    here = {as_in_tables(name) for name in log.tally.groups["department"] if name}
    for placed in log.law.all(Target) if log.law else ():
        for department in placed.norm.where.departments if placed.norm.where else ():
            if as_in_tables(department) in here | listed:
                continue
            guess = did_you_mean(department, here | listed)
            yield Problem(
                where=(),
                severity=Severity.WARNING if guess.zh or listed else Severity.NOTE,
                message=Text(
                    f"指标 {placed.norm.id} 看的是“{department}”，登记里没有它的办件{'，部门名单里也没有' if listed else ''}",
                    f"target {placed.norm.id} is about {department}, which has no cases here{' and is not on the list' if listed else ''}",
                ),
                fix=Text(
                    f"{guess.zh}统一名称；确实没有的，不用改。",
                    f"{guess.en} Use one name; if there are none, leave it.",
                ),
                basis=(placed.cite,),
            )
