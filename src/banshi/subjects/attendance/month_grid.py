"""A month at a glance: each window's working days as served, partly or wholly empty, or with irregular attendance."""

import datetime
from calendar import monthrange
from collections.abc import Iterator

from markupsafe import Markup

from banshi.output.charts import GridLine, GridMark, grid
from banshi.subjects.attendance.account import Account
from banshi.subjects.attendance.cover import PART, WindowAccount

_Day = datetime.date
MARKS = {
    "served": GridMark("有人在岗"),
    "irregular": GridMark("有人在岗，有非正常考勤", "非", "#ddd"),
    "part": GridMark("有一段时间无人", "段", "#999"),
    "half": GridMark("半天无人", "半", "#333"),
    "empty": GridMark("全天无人", "空", "#000"),
    "open": GridMark("不能判定", "?"),
}


def month_grids(found: Account) -> Iterator[tuple[str, Markup]]:
    """A title and a chart for each month of the account's working days; none where no rule asks for somebody at the windows."""
    if not any(window.judged for window in found.windows):
        return
    odd = {(p.person.window or "", i.day) for p in found.people for i in p.irregular}
    for year, number in sorted({(day.year, day.month) for day in found.working}):
        days = [datetime.date(year, number, n + 1) for n in range(monthrange(year, number)[1])]
        rows = [GridLine(window.name, [_mark(window, day, odd) for day in days]) for window in found.windows]
        title = f"{year}年{number}月各窗口在岗情况"
        yield title, grid(title, rows, [str(day.day) for day in days], MARKS)


def _mark(window: WindowAccount, day: _Day, odd: set[tuple[str, _Day]]) -> str:
    if day not in window.judged:
        return ""
    if day in window.open:
        return "open"
    empty = [half for on, half in window.empty if on == day]
    if empty:
        return "part" if empty == [PART] else "half" if len(empty) == 1 else "empty"
    return "irregular" if (window.id, day) in odd else "served"
