"""日期先后合理

办结、承诺办结、法定办结的日期不能早于受理日期；承诺的时限不能比法定的还长。多半是年份或日期填错了。
这样的件照所写的日期计算，所以先改好再看结果。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.cases.case_log import CaseLog

TITLE = Text("日期先后合理", "Dates are in order")
SEVERITY = "error"
BASIS = ()
GOOD = """
cases:
  - {id: B-001, kind: other, department: 发展改革, window: W01, accepted_on: 2012-01-04, due_on: 2012-01-12, finished_on: 2012-01-04}
"""
BAD = """
cases:
  - {id: B-001, kind: other, department: 发展改革, window: W01, accepted_on: 2012-01-04, due_on: 2012-01-12, finished_on: 2011-01-10}   # 年份写错
"""
_NAMES = {
    "finished_on": Text("办结日期", "finished_on"),
    "due_on": Text("承诺办结日", "due_on"),
    "statutory_due_on": Text("法定办结日", "statutory_due_on"),
}


def check(log: CaseLog) -> Iterator[Problem]:
    """Dates before the acceptance, and promises beyond the statutory limit."""
    for sort in ("finished-before-accepted", "due-before-accepted"):
        for noted in log.listed(sort):
            name, day = _NAMES[noted.key], getattr(noted.case, noted.key)
            yield Problem(
                where=("cases", noted.index, noted.key),
                message=Text(
                    f"{noted.case.id} 的{name.zh} {day} 早于受理日期 {noted.case.accepted_on}",
                    f"{noted.case.id}: {name.en} {day} is before accepted_on {noted.case.accepted_on}",
                ),
                fix=Text("核对年、月、日，改正写错的一个。", "Check both dates and correct the wrong one."),
            )
        yield from log.more(sort)
    for noted in log.listed("promised-over-statutory"):
        case = noted.case
        yield Problem(
            where=("cases", noted.index, "due_on"),
            message=Text(
                f"{case.id} 的承诺办结日 {case.due_on} 晚于法定办结日 {case.statutory_due_on}",
                f"{case.id}: due_on {case.due_on} is after statutory_due_on {case.statutory_due_on}",
            ),
            fix=Text("核对两个日期；承诺时限不能比法定时限长。", "Check both; a promise cannot exceed the statute."),
        )
    yield from log.more("promised-over-statutory")
