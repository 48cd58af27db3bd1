"""Until when must a change stay public? The day of posting is not counted; a last day of rest rolls on (三（四）6)."""

import datetime

from banshi.decisions import Alternative, Decision, Reason
from banshi.instruments import Placed
from banshi.library import Law
from banshi.norms import Period
from banshi.readings import COMPUTED
from banshi.text import Text
from banshi.working_days import UndeterminedYear, WorkingDays

READING = "publicity-days"


def publicity_end(law: Law, days: WorkingDays, started_on: datetime.date) -> Decision[datetime.date]:
    """The earliest day on which the publicity may end, and the day under the other reading."""
    placed = next((p for p in law.all(Period) if p.norm.of == "publicity"), None)
    if placed is None:
        return Decision(None, (Reason(Text("适用文件没有规定公示期", "the law in force sets no publicity period")),))
    taken = law.taken(READING) or "calendar"
    last, text = _end(days, started_on, placed, taken)
    others = []
    for option in COMPUTED[READING] if READING in law.readings else ():
        other, why = _end(days, started_on, placed, option)
        if last is not None and other is not None and other != last:
            others.append(Alternative(READING, option, other, why))
    return Decision(last, (Reason(text, placed.cite),), tuple(others))


def certainly_short(law: Law, started_on: datetime.date, ended_on: datetime.date) -> bool:
    """Whether a publicity is too short whatever the calendar says and however its days are counted."""
    placed = next((p for p in law.all(Period) if p.norm.of == "publicity"), None)
    return placed is not None and (ended_on - started_on).days < placed.norm.length.value


def _end(
    days: WorkingDays, started_on: datetime.date, placed: Placed[Period], reading: str
) -> tuple[datetime.date | None, Text]:
    try:
        return _counted(days, started_on, placed, reading)
    except (UndeterminedYear, OverflowError) as error:
        zh, en = error.said if isinstance(error, UndeterminedYear) else UndeterminedYear(datetime.MAXYEAR).said
        return None, Text(f"{zh}，公示截止日不能判定", f"{en}: the end of publicity is not determined")


def _counted(
    days: WorkingDays, started_on: datetime.date, placed: Placed[Period], reading: str
) -> tuple[datetime.date, Text]:
    length = placed.norm.length
    if reading == "working":
        last = days.add(started_on, length.value)
        zh = f"自 {started_on} 次日起 {length.value} 个工作日，到 {last} 为止"
        return last, Text(zh, f"{length.value} working days from the day after {started_on}: until {last}")
    plain = started_on + datetime.timedelta(days=length.value)
    last = days.roll(plain)
    rolled = f"；{plain} 是休息日，顺延到 {last}" if last != plain else ""
    rolled_en = f"; {plain} is a day of rest, so {last}" if last != plain else ""
    return last, Text(
        f"自 {started_on} 次日起 {length.value} 个日历日，到 {plain} 为止{rolled}",
        f"{length.value} calendar days from the day after {started_on}: until {plain}{rolled_en}",
    )
