"""放假安排前后一致

一个通知里，假期的起止先后要对，同一天不能既放假又上班；调休上班的应是照上级安排休息的日子；
日期应在本年度，或与元旦相连的前后几天。省、市、区（县）自己的放假安排放在 `policies/<辖区>/working-days/<年度>.yaml`，
叠在国家的安排上：国家没有安排的年度仍不能判定，没有改变什么的写了也没有用。
"""

import datetime
from collections.abc import Iterator
from pathlib import Path

from banshi.checking.loaded import YearFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.working_days import FOLDER, Notice, Period, UndeterminedYear, WorkingDays

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


def check(file: YearFile) -> Iterator[Problem]:
    """Each notice of the year."""
    yield from _misplaced(file)
    for index, notice in enumerate(file.year.notices):
        yield from _notice(file, notice, ("notices", index))
    if file.above is not None and file.above.year(file.year.year) is None:
        yield Problem(
            where=("year",),
            severity=Severity.WARNING,
            message=Text(
                f"国家 {file.year.year} 年的放假安排没有录入，只有本地的，这一年仍不能判定",
                f"the nation's arrangement for {file.year.year} is not entered: nothing can be counted in that year",
            ),
            fix=Text("国家的安排公布后录入 policies/cn/working-days/。", "Enter the nation's arrangement."),
        )


def _misplaced(file: YearFile) -> Iterator[Problem]:
    """The calendar of a place is found by where its file stands."""
    parts = Path(file.path).parts
    if "policies" not in parts:
        return
    inside = Path(*parts[len(parts) - parts[::-1].index("policies") :])
    expected = f"{file.year.jurisdiction}/{FOLDER}/{file.year.year}"
    if inside.as_posix() != f"{expected}.yaml":
        yield Problem(
            where=("jurisdiction",),
            message=Text(f"文件在 {inside}，写的是 {expected}", f"the file is {inside}, it says {expected}"),
            fix=Text(
                f"把文件移到 policies/{expected}.yaml，或改正辖区、年度。",
                f"Move it to policies/{expected}.yaml, or correct it.",
            ),
        )


def _notice(file: YearFile, notice: Notice, where: tuple[str, int]) -> Iterator[Problem]:
    year = file.year.year
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
        yield from _changes_nothing(file.above, period, (*where, "days_off", n, "from"))
    holidays = {day for period in notice.days_off for day in period.days}
    for n, day in enumerate(notice.working):
        place = (*where, "working", n)
        yield from _outside(year, day, place)
        if day in holidays or day in off:
            yield Problem(
                where=place,
                message=Text(f"{day} 既放假又上班", f"{day} is both off and working"),
                fix=Text("对照通知，只留一处。", "Keep one, by the notice."),
            )
        elif _works(file.above, day):
            what = (
                Text("不是周末", "is a weekday") if file.above is None else Text("上级没有放假", "is no day off above")
            )
            yield Problem(
                where=place,
                severity=Severity.WARNING,
                message=Text(f"{day} {what.zh}，本来就上班", f"{day} {what.en}, so working anyway"),
                fix=Text("对照通知核对日期。", "Check the date by the notice."),
            )


def _changes_nothing(above: WorkingDays | None, period: Period, where: tuple[str | int, ...]) -> Iterator[Problem]:
    """A local holiday on days on which nobody works anyway was probably meant for others."""
    if above is None or not period.days or any(_works(above, day) is not False for day in period.days):
        return
    yield Problem(
        where=where,
        severity=Severity.WARNING,
        message=Text(
            f"{period.name}的日子上级已经放假或是周末，写了没有变化", f"{period.start} to {period.end} is off anyway"
        ),
        fix=Text("对照通知核对日期。", "Check the dates by the notice."),
    )


def _works(above: WorkingDays | None, day: datetime.date) -> bool | None:
    """Whether one works on a day anyway; None where that is not known."""
    if above is None:
        return day.weekday() < 5
    try:
        return above.is_working(day)
    except UndeterminedYear:
        return None


def _outside(year: int, day: datetime.date, where: tuple[str | int, ...]) -> Iterator[Problem]:
    if not datetime.date(year - 1, 12, 25) <= day <= datetime.date(year + 1, 1, 7):
        yield Problem(
            where=where,
            message=Text(f"{day} 不在 {year} 年", f"{day} is not in {year}"),
            fix=Text("核对年份。", "Check the year."),
        )
