"""加班、预约办件的日子对得上

加班办件按口径只指工作日（调休上班的周末是工作日），要在规定的钟点以后，恰为那个钟点的算不算见下面的依据；
节假日预约办件，按口径指一切非工作日。日子、钟点不合的不计分。
"""

import datetime
from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.norms import Adjustment
from banshi.law.working_days import UndeterminedYear
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import Listed, listed

TITLE = Text("加班、预约办件的日子对得上", "Evening and holiday cases are on the right kind of day")
SEVERITY = "warning"
BASIS = ("adjustment days=*",)
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    bonus:
      - {fact: evening_cases, on: 2011-12-31, at: "18:20", matter: 年末加班, evidence: 系统办结时间,
         verified_by: 督察科, verified_on: 2012-01-04, approved_on: 2012-02-28}     # 周六调休上班
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    bonus:
      - {fact: evening_cases, on: 2012-01-07, at: "18:20", matter: 周末加班, evidence: 系统办结时间,
         verified_by: 督察科, verified_on: 2012-01-09, approved_on: 2012-02-28}     # 一般的周六
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each entry whose norm asks for a kind of day or a time of day."""
    for item in listed(case):
        norm = item.asks
        if norm is not None and norm.days is not None:
            yield from _day(case, item, norm)
        if norm is not None and norm.after is not None:
            yield from _time(item, norm)


def _day(case: AssessmentInLaw, item: Listed, norm: Adjustment) -> Iterator[Problem]:
    working = _works(case, item.entry.on)
    if working is None or working is (norm.days == "working_days"):
        return
    found, asked = ("工作日", "非工作日") if working else ("非工作日", "工作日")
    yield Problem(
        where=(*item.route, "on"),
        message=Text(
            f"{item.called.zh}要在{asked}，{item.entry.on} 是{found}，不计分",
            f"{item.called.en}: {item.entry.on} is {'a working day' if working else 'a day off'}; it does not count",
        ),
        fix=Text(
            "核对日期；工作日的和非工作日的各有各的标识，填错标识的改正。",
            "Check the date; working days and days off have facts of their own: correct a wrong one.",
        ),
        basis=item.basis,
        reading_dependent=bool(case.law and case.law.readings),
    )


def _time(item: Listed, norm: Adjustment) -> Iterator[Problem]:
    at, after = item.entry.at, str(norm.after)
    if at is not None and (at > after or (at == after and norm.after_inclusive)):
        return
    said = Text(f"写的是 {at}", f"it is {at}") if at else Text("没有写钟点", "no time is entered")
    yield Problem(
        where=(*item.route, "at") if at else item.route,
        message=Text(
            f"{item.called.zh}要在 {after} 以后{'' if norm.after_inclusive else f'（恰为 {after} 不算）'}，{said.zh}，不计分",
            f"{item.called.en} must be after {after}; {said.en}, so it does not count",
        ),
        fix=Text(
            "按系统记录在“时刻”（at）里写办件的钟点；不在时间以后的，删去。",
            "Enter the time in at, or delete the entry.",
        ),
        basis=item.basis,
    )


def _works(case: AssessmentInLaw, day: datetime.date) -> bool | None:
    try:
        return case.days.is_working(day)
    except UndeterminedYear:
        return None
