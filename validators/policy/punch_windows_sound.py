"""打卡时段前后相接

一天的打卡时段须一次上班、一次下班地相接：上班、下班、上班、下班……，先后不颠倒，同一段工作时间里上班与下班的时段不重叠；
在岗打卡的时段，在一次上班的时段以后、其后下班的时段以前。
分季节、分星期、分班次、分人员的，每一天、每一种人都要这样；有一天凑不成对的，那天的考勤不能判定。

两个季节之间空出几天（不到一个月），那几天打卡的次数比前后都少，是警告：多半是季节的起止写错了一天。
"""

import datetime
from collections.abc import Iterator
from itertools import groupby

import msgspec

from banshi.base.text import listed
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.library import Law
from banshi.law.norms import PunchWindow, Scope
from banshi.subjects.attendance.punch_windows import holds_on, windows_on

TITLE = Text("打卡时段前后相接", "Punch windows follow one another")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_WINDOWS = """
governs: [attendance]
provisions:
  - id: "8"
    label: 第八条
    heading: 打卡
    source: {lines: [1, 2]}
    norms:
      - {id: morning, kind: punch_window, statement: "{window}。", moment: arrival, end: "08:30", end_inclusive: true, days: working_days}
      - {id: evening, kind: punch_window, statement: "{window}。", moment: LAST, start: "17:30", start_inclusive: true,
         end: "18:00", end_inclusive: true, days: working_days}
readings: []
"""
GOOD = _WINDOWS.replace("LAST", "departure")
BAD = _WINDOWS.replace("LAST", "arrival")
_YEAR = 2024  # a leap year, so that every day of the year is looked at
_DAY = datetime.timedelta(days=1)


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Every day of a year and of a week, for each group and shift that the windows name."""
    own = {norm.id: route for route, norm in policy.norms() if isinstance(norm, PunchWindow)}
    if not own:
        return
    yield from _without_effect(policy)
    told, gaps = set[str](), set[tuple[datetime.date, datetime.date]]()
    law = policy.law("attendance")
    for group, shift in _groups_and_shifts(law):
        found = {day: windows_on(law, group, day, shift) for day in _days(law)}
        for day, windows in found.items():
            if windows.problem and windows.problem.zh not in told:
                told.add(windows.problem.zh)
                yield _problem(own, windows.problem, day, group)
        gap = _gap([p.norm for p in law.all(PunchWindow, group) if (p.norm.shift or "") == shift])
        if gap and not told and gap not in gaps:
            gaps.add(gap)
            yield _between(own, law, gap, group)


def _without_effect(policy: PolicyFile) -> Iterator[Problem]:
    """What is written beside a window and makes no difference, or makes one for others too."""
    every = [p.norm for p in policy.law("attendance").all(PunchWindow)]
    exact = any(norm.to_the_second for norm in every)
    for route, norm in policy.norms():
        if not isinstance(norm, PunchWindow):
            continue
        outer = {"arrival": norm.start, "departure": norm.end}.get(norm.moment)
        if norm.only_due and outer is None:
            yield Problem(
                where=(*route, "only_due"),
                message=Text(
                    f"{norm.id} 写了 only_due，外侧一端本来就不限，写了也不起作用",
                    f"{norm.id}: only_due has no effect, for the outer end is open",
                ),
                fix=Text("删去 only_due，或对照原文补上另一端。", "Leave it out, or state the other end."),
            )
        if exact and not norm.to_the_second:
            yield Problem(
                where=route,
                message=Text(
                    f"别的打卡时段写了 to_the_second，{norm.id} 没有写；打卡的时刻只有一种记法，现在都计到秒",
                    f"other windows tell punches apart to the second, {norm.id} does not say so; now all do",
                ),
                fix=Text("对照原文，各条一样写。", "Write the same in each, as the source has it."),
            )


def _groups_and_shifts(law: Law) -> list[tuple[str, str]]:
    windows = [p.norm for p in law.all(PunchWindow)]
    groups = {group for norm in windows for group in norm.groups}
    groups |= {group for p in law.all(Scope) for group in p.norm.subjects} or {""}
    return [(group, shift) for group in sorted(groups) for shift in sorted({norm.shift or "" for norm in windows})]


def _days(law: Law) -> list[datetime.date]:
    """Each day on which something may change: without seasons a week is enough."""
    first = datetime.date(_YEAR, 1, 1)
    seasons = any(p.norm.season for p in law.all(PunchWindow))
    return [first + _DAY * n for n in range(366 if seasons else 7)]


def _gap(windows: list[PunchWindow]) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last of some days of the year with fewer windows than the days before and after them.

    Of each day of the week by itself, whatever weekday the days of this year are.
    """
    for weekday in sorted({min(norm.weekdays, default=1) for norm in windows if norm.season}):
        own = [
            msgspec.structs.replace(norm, weekdays=())
            for norm in windows
            if not norm.weekdays or weekday in norm.weekdays
        ]
        count = {day: sum(holds_on(norm, day) for norm in own) for day in _days_of_a_year()}
        runs = [[*run] for _, run in groupby(count, key=count.__getitem__)]
        for n, run in enumerate(runs):
            before, after = runs[n - 1], runs[(n + 1) % len(runs)]
            if count[run[0]] < min(count[before[0]], count[after[0]]) and len(run) <= _DAYS:
                return run[0], run[-1]
    return None


def _days_of_a_year() -> list[datetime.date]:
    first = datetime.date(_YEAR, 1, 1)
    return [first + _DAY * n for n in range(366)]


_DAYS = 31


def _between(
    own: dict[str, tuple[str | int, ...]], law: Law, gap: tuple[datetime.date, datetime.date], group: str
) -> Problem:
    """``gap``: its first day and its last."""
    seasons = [
        p.norm.id
        for p in law.all(PunchWindow)
        if p.norm.season and (not group or group in p.norm.groups or not p.norm.groups)
    ]
    name = next((norm_id for norm_id in own if norm_id in seasons), next(iter(own)))
    first, last = (f"{day.month}月{day.day}日" for day in gap)
    when = first if first == last else f"{first}到{last}"
    return Problem(
        where=(*own[name], "season"),
        message=Text(
            f"{f'{group} ' if group else ''}{when}打卡的时段比前后都少：{listed(seasons)} 的季节之间空出了几天",
            f"{group}: the seasons of {', '.join(seasons)} leave days between them, as {gap[0].month}-{gap[0].day}",
        ),
        fix=Text(
            "对照原文核对各季节的起止，含首尾两日；确实停打的，不用改。", "Check where the seasons begin and end."
        ),
        severity=Severity.WARNING,
    )


def _problem(own: dict[str, tuple[str | int, ...]], problem: Text, day: datetime.date, group: str) -> Problem:
    name = next((norm_id for norm_id in own if norm_id in problem.zh), next(iter(own)))
    when = f"（如 {day.month}月{day.day}日、星期{'一二三四五六日'[day.weekday()]}）"
    whom = f"{group} " if group else ""
    return Problem(
        where=(*own[name], "moment"),
        message=Text(f"{whom}{problem.zh}{when}", f"{problem.en} (as on {day.month}-{day.day})"),
        fix=Text(
            f"对照原文核对 {listed(own)} 的时机、起止、季节、星期和人员，使每一天都成对相接。",
            "Check moment, times, season, weekdays and groups, so that every day has pairs.",
        ),
    )
