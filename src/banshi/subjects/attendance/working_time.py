"""Flexible hours: was the time between the first arrival and the last departure of a day long enough?"""

import datetime
from collections.abc import Sequence

from banshi.base.text import Text
from banshi.law.decisions import Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Length, WorkingTime
from banshi.subjects.attendance.forms import clock_to_the_second, seconds

_SECONDS = {"小时": 3600, "分钟": 60}


def asked(rules: Law, group: str, day: datetime.date, shift: str = "") -> Placed[WorkingTime] | None:
    """What is asked of a group on a day, by its weekday and shift; None where nothing is."""
    found = (p for p in rules.all(WorkingTime, group) if (p.norm.shift or "") == shift)
    return next((p for p in found if not p.norm.weekdays or day.isoweekday() in p.norm.weekdays), None)


def missing(placed: Placed[WorkingTime], punched: Sequence[int]) -> tuple[int, Reason] | None:
    """By how many seconds the time falls short, and how it was counted; None where it is enough or cannot be told."""
    norm, first, last = placed.norm, min(punched, default=0), max(punched, default=0)
    if first == last:
        return None  # one punch, or none: what is missing is said elsewhere
    start = max(first, seconds(norm.not_before)) if norm.not_before else first
    end = min(last, seconds(norm.not_after)) if norm.not_after else last
    worked = max(0, end - start - (long(norm.pause) if norm.pause else 0))
    short = long(norm.at_least) - worked
    if short <= 0:
        return None
    pause = f"，扣去休息{norm.pause.phrase({})}" if norm.pause else ""
    text = Text(
        f"工时自 {clock_to_the_second(start)} 计到 {clock_to_the_second(end)}{pause}，共 {worked // 60} 分钟，"
        f"不到{norm.at_least.phrase({})}，少 {-(-short // 60)} 分钟",
        f"worked from {clock_to_the_second(start)} to {clock_to_the_second(end)}: {worked // 60} minutes, "
        f"{-(-short // 60)} too few",
    )
    return short, Reason(text, placed.cite)


def alone(placed: Placed[WorkingTime], punched: Sequence[int]) -> Reason | None:
    """Why the hours of a day cannot be told, where there is one punch; None where there are several, or none."""
    if len(set(punched)) != 1:
        return None
    at = clock_to_the_second(punched[0])
    text = Text(
        f"只有一次打卡（{at}），到岗、离岗缺哪一次不能判定，工时算不出",
        f"one punch ({at}): the hours cannot be counted",
    )
    return Reason(text, placed.cite)


def long(length: Length) -> int:
    """Seconds of a length in hours or minutes."""
    return int(length.value) * _SECONDS[length.unit]
