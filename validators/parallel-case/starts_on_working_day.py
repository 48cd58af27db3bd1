"""受理日是工作日

受理日按当年的放假安排应当上班。放假安排没有录入的年份，日期不能推算，也在这里说明。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.working_days import UndeterminedYear
from banshi.subjects.parallel.context import CaseFile

TITLE = Text("受理日是工作日", "The day of acceptance is a working day")
SUBJECT = "parallel-case"
SEVERITY = "warning"
BASIS = ()
GOOD = """
starts_on: 2011-12-31     # 星期六，调休上班
done: {}
as_of: 2012-01-04
"""
BAD = """
starts_on: 2011-10-03     # 国庆节放假
done: {}
as_of: 2011-10-08
"""


def check(file: CaseFile) -> Iterator[Problem]:
    """The day of acceptance."""
    day = file.case.starts_on
    try:
        works = file.days.is_working(day)
    except UndeterminedYear as error:
        message = Text(f"{error.said.zh}，日期不能推算", error.said.en)
        yield Problem(where=("starts_on",), message=message, fix=_ENTER)
        return
    if not works:
        message = Text(f"受理日 {day} 不是工作日", f"{day} is not a working day")
        yield Problem(where=("starts_on",), message=message, fix=_FIX)


_FIX = Text("核对受理日；网上收件的，写窗口受理的那一天。", "Check it; give the day on which the window accepted it.")
_ENTER = Text("在 policies/cn/working-days 补上这一年的安排。", "Add that year to policies/cn/working-days.")
