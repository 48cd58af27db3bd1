"""日期在这个季度里

事实按文件的日期、没有文件的按发生或时限届满的日期归入季度；考核季度不是公历季度，起止见下面的依据。
不在季度里的、施行日以前的（凭据写明在此以前发现的也是），不计入这个季度；逐日填写的事实只写工作日。
"""

import datetime
from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.assessment_periods import YearPeriod, period_of
from banshi.law.working_days import UndeterminedYear
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Fact
from banshi.subjects.assessment.walks import facts, listed

TITLE = Text("日期在这个季度里", "Dates lie within the quarter")
SEVERITY = "error"
BASIS = ("assessment_period period=year",)
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    bonus:
      - {fact: banners, on: 2012-02-29, matter: 锦旗-1, evidence: 照片, approved_on: 2012-03-05}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    bonus:
      - {fact: banners, on: 2012-03-01, matter: 锦旗-1, evidence: 照片, approved_on: 2012-03-05}     # 第二季度的事
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each bonus and deduction, each day of a count by day."""
    for item in listed(case):
        yield from _in_quarter(case, (*item.route, "on"), item.called, item.entry.on)
    for route, window, slug, fact in facts(case):
        if fact.found_on is None and not fact.days:
            continue
        assert case.book is not None
        called = Text(f"{window.called}的{case.book.name(slug)}", f"{window.called}, {slug}")
        yield from _found(case, (*route, "found_on"), called, fact)
        for day in fact.days or ():
            where = (*route, "days", day.isoformat())
            outside = list(_in_quarter(case, where, called, day))
            yield from outside or _working(case, where, called, day)


def _found(case: AssessmentInLaw, where: Route, called: Text, fact: Fact) -> Iterator[Problem]:
    """What was found before the days that count is not counted; what came to light later may well be."""
    quarter, law = case.period, case.law
    assert quarter is not None and law is not None
    if fact.found_on is not None and fact.found_on < quarter.first_day:
        yield from _in_quarter(case, where, called, fact.found_on)


def _in_quarter(case: AssessmentInLaw, where: Route, called: Text, day: datetime.date) -> Iterator[Problem]:
    quarter, law = case.period, case.law
    assert quarter is not None and law is not None
    first = quarter.first_day
    if day in quarter and day >= first:
        return
    yield Problem(
        where=where,
        message=Text(f"{called.zh}：{_why(quarter, day, first)}，不计入", f"{called.en}: {day} is not in {quarter}"),
        fix=_fix(None if day in quarter else period_of(law, day)),
        basis=(quarter.placed.cite,),
    )


def _why(quarter: YearPeriod, day: datetime.date, first: datetime.date) -> str:
    if day in quarter:
        return f"{day} 在 {first} 以前，那时还没有施行本办法"
    return f"{day} 不在 {quarter}（{quarter.start} 至 {quarter.end}）"


def _fix(other: YearPeriod | None) -> Text:
    if other is None:
        return Text("核对日期。", "Check the date.")
    return Text(f"核对日期；日期无误的，填入 {other} 的考核。", f"Check the date; if it is right, enter it in {other}.")


def _working(case: AssessmentInLaw, where: Route, called: Text, day: datetime.date) -> Iterator[Problem]:
    try:
        working = case.days.is_working(day)
    except UndeterminedYear:
        return
    if not working:
        yield Problem(
            where=where,
            at_key=True,
            message=Text(f"{called.zh}：{day} 不是工作日，不计入", f"{called.en}: {day} is no working day"),
            fix=Text("核对日期；只写工作日。", "Check the date; only working days count."),
        )
