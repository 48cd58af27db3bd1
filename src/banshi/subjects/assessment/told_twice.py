"""The same entry in two assessment files of a run: one late case counts in one period (AMB-83), and so does any one event."""

from collections.abc import Hashable, Iterator
from typing import Any

from banshi.base.text import Text
from banshi.files.findings import Route
from banshi.files.shape import ShapeProblem
from banshi.subjects.assessment.walks import PARTS

Told = dict[Hashable, str]  # entries, and what they were told by


def told_twice(data: dict[str, Any], path: str, late: str | None, told: Told) -> Iterator[ShapeProblem]:
    """Entries of a file that another file has listed already; the file's own are added to ``told``.

    ``late``: the fact of late cases, each of which is one whatever day is given. ``data``: windows that were read.
    """
    place = (data["jurisdiction"], data["centre"])
    for n, window in enumerate(data["windows"]):
        for where, entry in _entries(n, window):
            about = entry.get("event") or entry.get("matter")
            if about is None:
                continue
            day = None if entry["fact"] == late else str(entry["on"])
            by = told.setdefault((*place, window["id"], where[2], entry["fact"], about, day), path)
            if by != path:
                yield _said(where, about, by)


def _entries(n: int, window: dict[str, Any]) -> Iterator[tuple[Route, dict[str, Any]]]:
    for part in PARTS.values():
        for k, entry in enumerate(window.get(part, ())):
            yield ("windows", n, part, k), entry


def _said(where: Route, about: str, other: str) -> ShapeProblem:
    message = Text(
        f"“{about}”在 {other} 里已经列过；一件只计一次（超期的件只在一个季度计），这里又计了",
        f"{about} is listed in {other} already; one counts once (a late case in one quarter)",
    )
    fix = Text(
        "核对是哪一期的，只留一处；不是同一件的，写明不同的编号或名称。",
        "Keep it in one of the files, or tell them apart by name.",
    )
    return ShapeProblem("input/told-twice", where, message, fix)
