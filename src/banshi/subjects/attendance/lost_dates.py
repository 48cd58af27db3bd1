"""A register that does not say legibly from when to when it is: it surely covers the days between its punches, and those beyond are open."""

import calendar
import datetime
from collections.abc import Collection, Iterator, Sequence

import msgspec

from banshi.base.text import Text, listed
from banshi.files.documents import Document
from banshi.files.shape import ShapeProblem
from banshi.subjects.attendance.forms import Register
from banshi.subjects.attendance.unread import UnreadRow

_DAY = datetime.timedelta(days=1)
_NAMES = {"from": "起始日", "to": "截止日"}


def lost_dates(document: Document) -> dict[str, str]:
    """Those of the two dates that are wrong or lacking, each with some day in its place."""
    return {key: "1900-01-01" for key in _NAMES if key in document.lost}


def whole_months(first: datetime.date, last: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first day of the first month and the last day of the last."""
    return first.replace(day=1), last.replace(day=calendar.monthrange(last.year, last.month)[1])


def covered_by_punches(register: Register, lost: Collection[str]) -> tuple[Register | None, list[UnreadRow]]:
    """The register, of the whole months of its punches where a date is lost, and the days of them that may lie outside of it.

    None where it holds no punch within the date that is known.
    """
    start = None if "from" in lost else register.start
    end = None if "to" in lost else register.end
    days = [p.day for p in register.punches if (start is None or p.day >= start) and (end is None or p.day <= end)]
    if not days:
        return None, []
    first, last = whole_months(min(days), max(days))
    covered = msgspec.structs.replace(register, start=start or first, end=end or last)
    beyond = [] if start else list(_days(covered.start, min(days) - _DAY))
    beyond += [] if end else _days(max(days) + _DAY, covered.end)
    source = f"登记的{listed(_NAMES[key] for key in lost)}"
    return covered, [UnreadRow("punches", day=day, source=source) for day in beyond]


def _days(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    return (first + n * _DAY for n in range((last - first).days + 1))


def no_dates(covered: Register | None, beyond: Sequence[UnreadRow]) -> ShapeProblem:
    """What is said of a register whose dates cannot be read; ``beyond``: the days that may lie outside of it."""
    if covered is None:
        message = Text(
            "起止日读不出，又没有打卡，不知道登记的是哪几天，没有核算",
            "its dates cannot be read and there are no punches: nobody knows which days it covers",
        )
        return ShapeProblem("input/period-derived", (), message, _WRITE)
    zh = f"，其中 {len(beyond)} 天在打卡的日子以外，不知登记包不包括，不作判定" if beyond else ""
    en = f"; {len(beyond)} of these days may lie outside of it and are not judged" if beyond else ""
    message = Text(
        f"起止日读不出，按打卡所在的月份，算 {covered.start} – {covered.end}{zh}",
        f"its dates cannot be read; by the months of its punches: {covered.start} – {covered.end}{en}",
    )
    return ShapeProblem("input/period-derived", (), message, _WRITE)


_WRITE = Text("写明 from（起始日）和 to（截止日）。", "Give from and to.")
