"""Changes to what holds beside instruments and was relied on: days arranged by a known notice, items of a catalogue in use.

Neither can say that it was only mended: a notice that changes another stands beside it, a new catalogue takes the place
of the old one from its day. Where that is not done, what was counted or planned before can no longer be explained.
"""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from banshi.base.text import Text
from banshi.files.findings import Route
from banshi.law.revisions.trees import settled

Data = Mapping[str, Any]
# Of an item, what plans, forms and notices rest on: all else may be bettered.
_ANSWERED = (
    "department",
    "with",
    "stage",
    "handling",
    "limits",
    "requires",
    "materials",
    "result",
    "fields",
    "fee",
    "conditions",
)
_ARRANGED = ("days_off", "working", "normal")
_ALSO = ("jurisdiction", "case_kind", "in_use_from", "stages")
_KINDS = ("working-days", "catalogue")


def is_dated(data: Any) -> bool:
    """Whether a file is of a kind that this module looks at."""
    return isinstance(data, dict) and data.get("kind") in _KINDS


def changed_beside(before: Data, after: Data | None, today: datetime.date) -> Iterator[tuple[Route, Text]]:
    """Where in ``after`` (``()``: as a whole), and what about it; ``before`` is of one of the kinds."""
    return (_of_year if before.get("kind") == "working-days" else _of_catalogue)(before, after, today)


def _of_year(before: Data, after: Data | None, today: datetime.date) -> Iterator[tuple[Route, Text]]:
    new = _entries(after or {}, "notices")
    for notice in _entries(before, "notices"):
        if not _by(notice.get("known") or notice.get("issued"), today):
            continue
        title = str(notice.get("title"))
        place = next((n for n, each in enumerate(new) if _same_notice(notice, each)), None)
        if place is None:
            yield (), Text(f"通知“{title}”没有了", f"the notice {title} is gone")
        elif [settled(notice.get(key)) for key in _ARRANGED] != [settled(new[place].get(key)) for key in _ARRANGED]:
            verified = new[place].get("confirmed") and not notice.get("confirmed")
            if not verified:  # what was mended when it was compared with what was published
                yield ("notices", place), Text(f"通知“{title}”排的日子改了", f"the days of the notice {title} changed")


def _same_notice(one: Data, other: Data) -> bool:
    """Whether two are one notice: by its number, where it has none by its title."""
    numbers = one.get("number"), other.get("number")
    return numbers[0] == numbers[1] if None not in numbers else one.get("title") == other.get("title")


def _of_catalogue(before: Data, after: Data | None, today: datetime.date) -> Iterator[tuple[Route, Text]]:
    if not _by(before.get("in_use_from"), today):
        return
    if after is None:
        yield (), Text("这份目录没有了", "the catalogue is gone")
        return
    for key in _ALSO:
        if settled(before.get(key)) != settled(after.get(key)):
            yield (key,) if key in after else (), Text(f"{key} 改了", f"{key} changed")
    new = {str(each.get("id")): (n, each) for n, each in enumerate(_entries(after, "items"))}
    for item in _entries(before, "items"):
        own, name = str(item.get("id")), str(item.get("name"))
        if own not in new:
            yield (), Text(f"事项“{name}”没有了", f"the item {name} is gone")
            continue
        place, now = new.pop(own)
        if keys := [key for key in _ANSWERED if settled(item.get(key)) != settled(now.get(key))]:
            zh, en = "、".join(keys), ", ".join(keys)
            yield ("items", place), Text(f"事项“{name}”改了（{zh}）", f"the item {name} changed ({en})")
    for place, now in new.values():
        yield ("items", place), Text(f"增加了事项“{now.get('name')}”", f"the item {now.get('name')} is new")


def _by(since: Any, today: datetime.date) -> bool:
    return since is not None and str(since) <= today.isoformat()


def _entries(data: Data, name: str) -> list[Data]:
    listed = data.get(name)
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
