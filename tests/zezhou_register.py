"""泽州's register of March 2026, made up: six punches a day, flexible hours, nights on a roster, leave of each kind."""

import datetime
import json
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

DAY = datetime.timedelta(days=1)
SIX = ("08:30", "10:20", "10:49", "12:00", "14:00", "17:30")
STAFF = [
    {"id": "T1", "group": "柜员", "window": "Z1"},
    {"id": "T2", "group": "柜员", "window": "Z1"},
    {"id": "C1", "group": "文员"},
    {"id": "C2", "group": "文员"},
    {"id": "P1", "group": "夜巡员"},
]


def leave(staff: str, kind: str, start: str, end: str, **more: Any) -> dict[str, Any]:
    asked = {"requested_at": "2026-02-27 09:00", "approved_at": "2026-02-27 10:00", "form": "书面"}
    return {"staff": staff, "kind": kind, "from": f"2026-03-{start}", "to": f"2026-03-{end}", **asked, **more}


LEAVE = [
    leave("T2", "私假", "09", "12", approver="人事主管", papers=["请假单"]),
    leave("C2", "病休", "13", "16", approver="人事主管", papers=["请假单"]),
    leave("C1", "轮休", "02", "02", approver="人事主管", papers=["请假单"]),
    leave("C1", "轮休", "16", "16", approver="人事主管", papers=["请假单"]),
    leave("C1", "轮休", "23", "23", approver="人事主管", papers=["请假单"]),
    leave("P1", "婚假", "17", "31", approver="大厅主任"),
]
OFF = {"T2": {9, 10, 11, 12}, "C1": {2, 16, 23}, "C2": {13, 16}}
# Days on which somebody punched otherwise than usual.
TELLERS = {3: {0: "08:34"}, 2: {0: "08:33"}, 4: {2: "10:50"}, 5: {3: "11:48"}, 6: {4: ""}, 10: {5: "16:44"}}
CLERKS = {3: ("10:00", "18:59"), 4: ("09:00", "17:44"), 5: ("10:05", "19:05")}
NIGHTS = {4: ("20:45", "04:30"), 6: ("20:30", "04:00"), 8: ("20:10", "")}


def punches() -> Iterator[tuple[str, datetime.date, str]]:
    march = [datetime.date(2026, 3, 1) + DAY * n for n in range(31)]
    for day in march:
        if day.isoweekday() < 6:
            yield from (("T1", day, TELLERS.get(day.day, {}).get(n, at)) for n, at in enumerate(SIX))
            own = {"T2": SIX, "C1": CLERKS.get(day.day, ("08:00", "17:00")), "C2": ("07:00", "16:00")}
            yield from ((who, day, at) for who, times in own.items() if day.day not in OFF[who] for at in times)
        if day.day < 17 and day.day % 2 == 0:
            evening, morning = NIGHTS.get(day.day, ("20:10", "05:00"))
            yield from (("P1", day, evening), ("P1", day + DAY, morning))


@cache
def march() -> Path:
    """The register as a file."""
    roster = [{"staff": "P1", "day": f"2026-03-{n:02d}", "shift": "休" if n % 2 else "夜"} for n in range(1, 17)]
    data = {
        "kind": "attendance",
        "fictional": True,
        "jurisdiction": "zezhou",
        "centre": "泽州市政务服务中心",
        "from": "2026-03-01",
        "to": "2026-03-31",
        "windows": [{"id": "Z1", "name": "一号专区", "on_duty": 3}],
        "staff": STAFF,
        "roster": roster,
        "punches": [{"staff": who, "day": str(day), "time": at} for who, day, at in punches() if at],
        "leave": LEAVE,
    }
    path = Path(tempfile.mkdtemp(prefix="banshi-zezhou-")) / "2026-03.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path
