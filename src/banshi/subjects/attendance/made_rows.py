"""What a row of a register's tables becomes, from the values of its cells: punches, a leave, entries of a day."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from banshi.base.text import Text
from banshi.files.tables import cells
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.headings import Columns
from banshi.files.tables.reading import Several, Without
from banshi.files.tables.times import DatedTimes
from banshi.subjects.attendance.forms import Certificate, Leave, Punch, SpecialApproval, Substitute

_USUAL = "fingerprint"
NO_TIMES: DatedTimes = (None, ())


def punches_of(values: dict[str, Any]) -> Punch | Several:
    """The punches of a row: one, or those of a day. A row of a day without any punch gives none."""
    staff, method, day = values["staff"], values.get("method", _USUAL), values.get("day")
    if day is not None and _DATED.keys().isdisjoint(values) and len(clocks := values["time"]) == len(clocks[0]) == 1:
        return Punch(staff, day, clocks[0][0], method)  # as most exports have them
    found: list[Punch] = []
    for dated, each in _clocks(values):
        on = dated or day
        if on is not None:
            for clock in each:
                found.append(Punch(staff, on, clock, method))
        elif each:
            raise CellUnreadable(cells.NEEDS_BOTH)
    return Several(found)


class PunchesAtOnce:
    """Makes the punches of rows that tell of one each, with a day and a time in cells of their own, or both in one."""

    def apart(self, columns: Columns, count: int) -> Iterator[int]:
        """Rows that tell of none, of several, or in another way."""
        in_one = "at" in columns and "time" not in columns
        for key in ("staff", "at") if in_one else ("staff", "day", "time"):
            own = columns.get(key)
            if own is None:
                yield from range(count)
            elif None in own:
                yield from (n for n, value in enumerate(own) if value is None)
        for key in _DATED:
            if key in columns and not (in_one and key == "at"):
                yield from (n for n, value in enumerate(columns[key]) if value is not None)
        if in_one:
            yield from (n for n, cell in enumerate(columns["at"]) if cell and (not cell[0][0] or len(cell[0][1]) != 1))
        else:
            yield from (n for n, cell in enumerate(columns.get("time", ())) if cell and len(cell[0]) != 1)

    def take(self, columns: Columns, count: int) -> Iterator[Punch]:
        """Make so many."""
        staff: Iterable[str] = map(sys.intern, columns["staff"])
        methods = [method or _USUAL for method in columns.get("method", (None,) * count)]
        if "time" not in columns:
            moments = [cell[0] for cell in columns["at"]]
            return map(Punch, staff, [day for day, _ in moments], [clocks[0] for _, clocks in moments], methods)
        return map(Punch, staff, columns["day"], [cell[0][0] for cell in columns["time"]], methods)


def _clocks(values: dict[str, Any]) -> list[DatedTimes]:
    """The times of each cell that holds any, with the date of the cell, if there is one."""
    if _DATED.keys().isdisjoint(values):
        return [(None, each) for each in values["time"]]
    found: list[DatedTimes] = [cell for key in _DATED if key in values for cell in values[key]]
    clocks = values.get("time", ()) if found else values["time"]
    return [*((None, each) for each in clocks), *found]


_DATED = dict.fromkeys(("at", "all", "in", "out"))


def leave_of(values: dict[str, Any]) -> Leave | Without:
    """A leave; one cell that says nothing without another (who consented, without the day) costs what rests on it."""
    for key, needed in _NOTHING_ALONE.items():
        if values.get(key) and needed not in values:
            if key == "special_by":
                del values[key]
            return Without(_of_leave(values), needed)
    return _of_leave(values)


_NOTHING_ALONE = {
    "special_by": "special_on",
    "special_on": "special_by",
    "insurance": "hospital",
    "dispatched_at": "substitute",
}


def _of_leave(values: dict[str, Any]) -> Leave:
    first, last = values.pop("from")
    (start, from_half), (end, to_half) = first, values.pop("to", last or (None, None))
    if last and end and (last[0], last[1] or "pm") != (end, to_half or "pm"):
        raise CellUnreadable(Text(f"写了两个结束日：{last[0]}、{end}", f"two last days: {last[0]}, {end}"))
    if end in (None, start) and to_half is None and from_half == "am":
        to_half = "am"  # one morning
    given: dict[str, Any] = {**dict(_together(values)), "staff": values["staff"], "kind": values["kind"]}
    halves = {"from_half": from_half, "to_half": to_half}
    given |= {key: half for key, half in halves.items() if half and key not in given}
    return Leave(start=start, end=end, **given)


def _together(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The values of a row, with those that belong together put together."""
    apart = {"hospital", "insurance", "substitute", "dispatched_at", "special_by", "special_on"}
    yield from ((key, value) for key, value in values.items() if key not in apart)
    if "hospital" in values:
        yield "certificate", Certificate(hospital=values["hospital"], insurance=values.get("insurance", False))
    if "substitute" in values:
        yield "substitute", Substitute(name=values["substitute"], dispatched_at=values.get("dispatched_at"))
    if "special_by" in values:
        yield "special_approval", SpecialApproval(by=values["special_by"], on=values["special_on"])


def all_of(kind: Callable[..., Any], *required: str) -> Callable[[dict[str, Any]], Any]:
    """A value of the kind; ``KeyError`` names what is missing."""

    def make(values: dict[str, Any]) -> Any:
        for key in required:
            values[key]
        return kind(**values)

    return make


def each_of(kind: Callable[..., Any], many: str, *required: str) -> Callable[[dict[str, Any]], Any]:
    """A value of the kind for each of those in ``many``; ``KeyError`` names what is missing."""
    make = all_of(kind, many, *required)

    def each(values: dict[str, Any]) -> Several:
        make(values)
        return Several(kind(**{**values, many: one}) for one in values[many])

    return each
