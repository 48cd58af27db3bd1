"""The same in two assessment files of a run: one late case counts in one period, and so does any one event.

Which of the files is right nobody knows: both windows are scored with and without what both list.
"""

from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple
from weakref import ref

from banshi.base.text import Text
from banshi.files.findings import Route
from banshi.files.shape import ShapeProblem
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Bonus, Deduction, Window
from banshi.subjects.assessment.walks import PARTS, Scale


class Teller(NamedTuple):
    """Who stated something first: the file, its case while anybody holds it, the place of the window, the period, an entry."""

    path: str
    case: "ref[AssessmentInLaw]"
    window: int
    asked: str
    entry: tuple[Scale, int] | None = None


Told = dict[Hashable, Any]  # what was stated, by ``Teller``


def told_twice(case: AssessmentInLaw, path: str, told: Told) -> Iterator[ShapeProblem]:
    """What another file of the run states already; the case's own is added to ``told``, and both cases learn of it."""
    place, late = (case.assessment.jurisdiction, case.assessment.centre), case.book.overdue if case.book else None
    yield from _beside(case, path, told)
    for index, window in zip(case.indexes, case.assessment.windows, strict=True):
        own = Teller(path, ref(case), index, case.assessment.asked)
        first = told.setdefault((*place, window.id, case.assessment.asked), own)
        if first.path != path:
            _rivals(first, own)
            yield _same_window(index, window, case.assessment.asked, first.path)
        for scale, k, entry in _entries(window):
            day = None if entry.fact == late else entry.on
            own = Teller(path, ref(case), index, case.assessment.asked, (scale, k))
            first = told.setdefault((*place, window.id, scale, entry.fact, entry.group, day), own)
            if first.path != path and first.asked != own.asked:  # of one period the whole window is told
                _perhaps(first, own)
                yield _same_entry(("windows", index, PARTS[scale], k), entry.group, first.path)


def _beside(case: AssessmentInLaw, path: str, told: Told) -> Iterator[ShapeProblem]:
    """What is said where another file holds windows of the same centre and period that are not here, or the reverse."""
    own = case.assessment
    files: dict[str, tuple[ref[AssessmentInLaw], tuple[str, ...]]] = told.setdefault(
        (own.jurisdiction, own.centre, own.asked), {}
    )
    here = tuple(window.id for window in own.windows)
    others = {other: found for other, found in files.items() if other != path and set(found[1]) != set(here)}
    for first, windows in others.values():
        case.beside(windows)
        if (there := first()) is not None:
            there.beside(here)
    files[path] = ref(case), here
    if others:
        yield _same_period(own.asked, "、".join(others))


def _entries(window: Window) -> Iterator[tuple[Scale, int, Bonus | Deduction]]:
    for scale, part in PARTS.items():
        yield from ((scale, k, entry) for k, entry in window.entries(part))


def _perhaps(*both: Teller) -> None:
    """Each of the two may be the one that counts."""
    for own, other in (both, both[::-1]):
        case = own.case()
        if case is not None and own.entry is not None:
            case.doubt(own.window, own.entry, other.path)


def _rivals(*both: Teller) -> None:
    """Each of the two may be the one that is right."""
    for own, other in (both, both[::-1]):
        case, against = own.case(), other.case()
        if case is not None and against is not None:
            case.oppose(own.window, other.path, against, other.window)


def _same_period(asked: str, others: str) -> ShapeProblem:
    message = Text(
        f"{others} 里另有本中心 {asked} 的窗口：名次要放在一起排，两处的名次都只写得出范围",
        f"{others} holds other windows of this centre in {asked}: they are ranked together, so both give ranges of places",
    )
    return ShapeProblem("input/told-twice", (), message, _TOGETHER)


def _same_window(index: int, window: Window, asked: str, other: str) -> ShapeProblem:
    message = Text(
        f"{window.called} {asked} 的事实在 {other} 里已经有了，以哪个为准不知道，两处的总分都只写得出范围",
        f"{window.called} in {asked} is in {other} already; which is right is not known, and both totals are ranges",
    )
    return ShapeProblem("input/told-twice", ("windows", index), message, _ONE_FILE)


def _same_entry(where: Route, about: str, other: str) -> ShapeProblem:
    message = Text(
        f"“{about}”在 {other} 里已经列过；一件只计一次（超期的件只在一个季度计），计在哪里不知道，两处的总分都只写得出范围",
        f"{about} is listed in {other} already; one counts once (a late case in one quarter), so both totals are ranges",
    )
    return ShapeProblem("input/told-twice", where, message, _ONE_PLACE)


_TOGETHER = Text("合成一个文件再排名。", "Put them into one file, then rank.")
_ONE_FILE = Text("核对哪个是对的，只留一个文件。", "Keep the one that is right.")
_ONE_PLACE = Text(
    "核对是哪一期的，只留一处；不是同一件的，写明不同的编号或名称。",
    "Keep it in one of the files, or tell them apart by name.",
)
