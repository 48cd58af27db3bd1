"""放假安排前后一致

一个通知里，假期的起止先后要对，同一天不能既放假又上班；调休上班的应是周末；
日期应在本年度，或与元旦相连的前后几天。
"""

import datetime
from collections.abc import Iterator

from banshi.rules import Problem, Severity, Text
from banshi.working_days import Notice, Year

TITLE = Text("放假安排前后一致", "A working-day arrangement is consistent")
SUBJECT = "working-days"
SEVERITY = "error"
BASIS = ()
GOOD = """
notices:
  - number: 样办发〔2030〕1号
    title: 样例放假安排（虚构）
    issued: 2030-12-01
    known: 2030-12-01
    confirmed: false
    days_off:
      - {name: 元旦, from: 2031-01-01, to: 2031-01-03}
    working: [2031-01-04]
"""
BAD = """
notices:
  - number: 样办发〔2030〕1号
    title: 样例放假安排（虚构）
    issued: 2030-12-01
    known: 2030-12-01
    confirmed: false
    days_off:
      - {name: 元旦, from: 2031-01-01, to: 2031-01-04}
    working: [2031-01-04]     # 同一天既放假又上班
"""


def check(year: Year) -> Iterator[Problem]:
    """Each notice of the year."""
    for index, notice in enumerate(year.notices):
        yield from _notice(year.year, notice, ("notices", index))


def _notice(year: int, notice: Notice, where: tuple[str, int]) -> Iterator[Problem]:
    off = {day for day, works in notice.arranged().items() if works is False}
    for n, period in enumerate(notice.days_off):
        if period.end < period.start:
            yield Problem(
                where=(*where, "days_off", n, "to"),
                message=Text(
                    f"{period.name}止于 {period.end}，早于 {period.start}", f"ends {period.end} before {period.start}"
                ),
                fix=Text("核对起止日期。", "Check both dates."),
            )
        yield from _outside(year, period.start, (*where, "days_off", n, "from"))
        yield from _outside(year, period.end, (*where, "days_off", n, "to"))
    holidays = {
        p.start + datetime.timedelta(days=d) for p in notice.days_off for d in range((p.end - p.start).days + 1)
    }
    for n, day in enumerate(notice.working):
        place = (*where, "working", n)
        yield from _outside(year, day, place)
        if day in holidays or day in off:
            yield Problem(
                where=place,
                message=Text(f"{day} 既放假又上班", f"{day} is both off and working"),
                fix=Text("对照通知，只留一处。", "Keep one, by the notice."),
            )
        elif day.weekday() < 5:
            yield Problem(
                where=place,
                severity=Severity.WARNING,
                message=Text(f"{day} 不是周末，本来就上班", f"{day} is a weekday, so working anyway"),
                fix=Text("对照通知核对日期。", "Check the date by the notice."),
            )


def _outside(year: int, day: datetime.date, where: tuple[str | int, ...]) -> Iterator[Problem]:
    if not datetime.date(year - 1, 12, 25) <= day <= datetime.date(year + 1, 1, 7):
        yield Problem(
            where=where,
            message=Text(f"{day} 不在 {year} 年", f"{day} is not in {year}"),
            fix=Text("核对年份。", "Check the year."),
        )
