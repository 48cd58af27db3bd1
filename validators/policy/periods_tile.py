"""各季度正好铺满一年

考核年度分成几个季度的，前一季度的次日就应是后一季度的头一天，首尾与年度的起止相同；季度从一起依次编号。
月末写 0 的，按当月最后一天算，闰年的二月也对得上。
"""

import calendar
import datetime
from collections.abc import Iterator

from banshi.loaded import PolicyFile
from banshi.norms import AssessmentPeriod, YearDay
from banshi.rules import Problem, Text

TITLE = Text("各季度正好铺满一年", "Quarters tile the year")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_PERIODS = """
provisions:
  - id: "6"
    label: 第六条
    heading: 考核期
    source: {lines: [1, 1]}
    norms:
      - {id: year, kind: assessment_period, statement: "{start}起至{end}止。", period: year,
         start: {year: -1, month: 12, day: 1}, end: {month: 11, day: 0}}
      - {id: q1, kind: assessment_period, statement: "{start}起至{end}止。", period: quarter, number: 1,
         start: {year: -1, month: 12, day: 1}, end: {month: 2, day: 0}}
      - {id: q2, kind: assessment_period, statement: "{start}起至{end}止。", period: quarter, number: 2,
         start: {month: START, day: 1}, end: {month: 11, day: 0}}
readings: []
"""
GOOD = _PERIODS.replace("START", "3")
BAD = _PERIODS.replace("START", "4")
_YEARS = (2023, 2024)  # a common year and a leap year


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Quarters in order, each beginning where the one before ended, within the year."""
    periods = [(route, norm) for route, norm in policy.norms() if isinstance(norm, AssessmentPeriod)]
    quarters = sorted((p for p in periods if p[1].period == "quarter"), key=lambda p: p[1].number or 0)
    years = [p for p in periods if p[1].period == "year"]
    for n, (route, quarter) in enumerate(quarters, start=1):
        if quarter.number != n:
            yield _misnumbered((*route, "number"), quarter.number, n)
            return
    for year in _YEARS if quarters and years else ():
        expected = _day(years[0][1].start, year)
        for route, quarter in quarters:
            start = _day(quarter.start, year)
            if start != expected:
                yield _problem((*route, "start"), quarter.number, start, expected)
                return
            expected = _day(quarter.end, year) + datetime.timedelta(days=1)
        end = _day(years[0][1].end, year) + datetime.timedelta(days=1)
        if expected != end:
            yield _problem((*quarters[-1][0], "end"), quarters[-1][1].number, expected, end)
            return


def _misnumbered(where: tuple[str | int, ...], number: int | None, expected: int) -> Problem:
    return Problem(
        where=where,
        message=Text(f"第 {expected} 个季度编号为 {number}", f"the quarter in place {expected} is numbered {number}"),
        fix=Text("各季度从 1 起依次编号。", "Number the quarters from 1 on."),
    )


def _day(when: YearDay, year: int) -> datetime.date:
    year += when.year
    return datetime.date(year, when.month, when.day or calendar.monthrange(year, when.month)[1])


def _problem(
    where: tuple[str | int, ...], number: int | None, found: datetime.date, expected: datetime.date
) -> Problem:
    return Problem(
        where=where,
        message=Text(
            f"第 {number} 季度这一端（以 {found.year} 年为例）接在 {found}，应接在 {expected}",
            f"quarter {number} meets its neighbour on {found} (for example), expected {expected}",
        ),
        fix=Text("核对各季度的起止，使首尾相接。", "Make each quarter begin where the one before ends."),
    )
