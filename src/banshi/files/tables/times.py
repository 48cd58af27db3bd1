"""Cells that hold times of day, one or several, with a date before them or without: 2010-03-01 08:31 17:20."""

import datetime
import re
from functools import lru_cache

from banshi.base.patterns import late
from banshi.files.tables.cells import (
    NEEDS_BOTH,
    PART_OF_DAY,
    CellUnreadable,
    day,
    no_format,
    plain_text,
    time_to_second,
)

DatedTimes = tuple[datetime.date | None, tuple[str, ...]]

_PART = rf"(?:{PART_OF_DAY}|[ap]\.m\.)"
_CLOCK = rf"{_PART}?\s*\d{{1,2}}[:时点]\d{{1,2}}(?:[:分]\d{{1,2}}(?:\.\d+)?)?[分秒]?\s*(?:[ap]m|[ap]\.m\.)?"
_TIME = late(rf"({_CLOCK})[\s,;、/|]*", re.IGNORECASE)
_DATE = late(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?=[\sT(星周礼]|$)|\d{4}年\d{1,2}月\d{1,2}日|\d{8}(?=[\sT]|$))"
    r"[\sT]*(\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?\s*(.*)",
    re.DOTALL,
)


@lru_cache(maxsize=8192)
def times(cell: str) -> tuple[str, ...]:
    """Times of day as ``time_to_second`` gives them, in the order of the cell: 08:31 12:01；17:20."""
    text = plain_text(cell)
    found, at = [], 0
    while match := _TIME.match(text, at):
        found.append(match[1])
        at = match.end()
    if len(found) < 2 or at < len(text):
        return (time_to_second(cell),)
    return tuple(map(time_to_second, found))


@lru_cache(maxsize=8192)
def dated_times(cell: str) -> DatedTimes:
    """The date, if one is written, and the times behind it."""
    text = plain_text(cell)
    found = _DATE.fullmatch(text)
    if found is None:
        if wrong := no_format(text):
            raise CellUnreadable(wrong)
        return None, times(cell)
    if not found[3]:
        raise CellUnreadable(NEEDS_BOTH)
    return day(found[1] + (found[2] or "")), times(found[3])
