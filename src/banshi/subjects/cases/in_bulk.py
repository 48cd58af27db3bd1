"""Counting many cases at a time, column by column: what stands in many of them is looked at once.

What it comes to is what ``CaseTally.add`` makes of each in turn. A case of which anything may have to be told goes
through the very methods of the tally; those of which nothing is told are only counted.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from operator import attrgetter
from typing import Any, TypeVar

from msgspec.structs import astuple, fields

from banshi.subjects.cases.forms import Case
from banshi.subjects.cases.tally import MARKS, CaseTally, DaysOfCase, MarksOfCase, as_traits

AT_ONCE = 512  # cases that are looked at together
DAYS = ("accepted_on", "due_on", "statutory_due_on", "finished_on")
_K = TypeVar("_K")
_V = TypeVar("_V")


class _Found(dict[_K, _V]):
    """What was made of each key, once."""

    def __init__(self, make: Callable[[_K], _V]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: _K) -> _V:
        found = self[key] = self._make(key)
        return found


@dataclass(slots=True, eq=False)
class _Sort:
    """Cases alike in all that figures depend on; ``month`` and ``taken`` may differ."""

    marks: MarksOfCase
    borne: tuple[Any, ...]


@dataclass(slots=True)
class InBulk:
    """Counts for a tally; ``close`` is due when all cases were handed in, and nothing of the tally is known before.

    ``fields``: of a case of its centre, in their order.
    """

    tally: CaseTally
    fields: tuple[str, ...] = field(init=False)
    _waiting: list[tuple[Case, int, Any]] = field(default_factory=list)
    _counted: dict[str, Counter[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(Counter))
    _fresh: list[DaysOfCase] = field(default_factory=list)  # met for the first time, and not yet counted
    _days: _Found[tuple[Any, ...], DaysOfCase] = field(init=False)
    _marks: _Found[tuple[Any, ...], MarksOfCase] = field(init=False)
    _sorts: _Found[tuple[tuple[Any, ...], MarksOfCase], _Sort] = field(init=False)

    def __post_init__(self) -> None:
        tally = self.tally
        self.fields = tuple(each.name for each in fields(tally.words.case))
        self._days = _Found(self._fresh_days)
        self._marks = _Found(tally.marks_of)
        self._sorts = _Found(lambda each: _Sort(each[1], each[0]))

    def _fresh_days(self, days: tuple[Any, ...]) -> DaysOfCase:
        found = self.tally.days_of(*days)
        self._fresh.append(found)
        return found

    @property
    def one_by_one(self) -> bool:
        """Whether each case must be told to somebody besides."""
        return self.tally.noting or bool(self.tally.watchers)

    def add(self, case: Case, index: int, source: Any = None) -> None:
        """Take a case."""
        self._waiting.append((case, index, source))
        if len(self._waiting) >= AT_ONCE:
            self.flush()

    def take(
        self, cases: Sequence[Case], columns: Iterable[Sequence[Any]], first: int, source_at: Callable[[int], Any]
    ) -> None:
        """Take cases that follow each other, the first of which has the index ``first``; ``columns``: each field of them."""
        named = dict(zip(self.fields, columns, strict=True))
        self.take_columns(named, cases.__getitem__, range(first, first + len(cases)), source_at)

    def close(self) -> None:
        """Count what waits."""
        self.flush()
        self._settle()

    def flush(self) -> None:
        """Count what waits, so that nothing of it is kept in memory."""
        if not self._waiting:
            return
        cases, indices, sources = zip(*self._waiting, strict=True)
        self._waiting.clear()
        columns = dict(zip(self.fields, zip(*map(astuple, cases), strict=True), strict=True))
        self.take_columns(columns, cases.__getitem__, indices, sources.__getitem__)

    def take_columns(
        self,
        columns: Mapping[str, Sequence[Any]],
        case_at: Callable[[int], Case],
        indices: Sequence[int],
        source_at: Callable[[int], Any],
    ) -> None:
        """Take many, each field as a column; ``case_at``: the case of a place in them."""
        self.flush()
        tally, ids = self.tally, columns["id"]
        days = list(map(self._days.__getitem__, zip(*(columns[name] for name in DAYS), strict=True)))
        if self.one_by_one or any(each.beyond for each in self._fresh) or not self._all_new(ids):
            self._settle()
            for n, index in enumerate(indices):
                tally.add(case_at(n), index, source_at(n))
            return
        tally.cases += len(ids)
        for each in self._fresh:
            tally.span(each)
        self._fresh.clear()
        stated = zip(*(columns[name] for name in (*MARKS, *tally.words.flags)), strict=True)
        marks = list(map(self._marks.__getitem__, stated))
        self._look(columns, days, marks, case_at, indices, source_at)
        self._count(columns, days, marks)

    def _all_new(self, ids: Sequence[str]) -> bool:
        """Whether none of some ids stands there twice or was met before; they are noted then."""
        known = self.tally.ids
        before = len(known)
        known.update(dict.fromkeys(ids))
        if len(known) - before == len(ids):
            return True
        while len(known) > before:
            known.popitem()
        return False

    def _look(
        self,
        columns: Mapping[str, Sequence[Any]],
        days: list[DaysOfCase],
        marks: list[MarksOfCase],
        case_at: Callable[[int], Case],
        indices: Sequence[int],
        source_at: Callable[[int], Any],
    ) -> None:
        """Those of which something may have to be told, one by one."""
        tally = self.tally
        told = {*_places_of_loud(days), *_places_of_loud(marks)}
        if columns["signed_project"].count(None) < len(days):
            told |= {n for n, project in enumerate(columns["signed_project"]) if project is not None}
        for n in sorted(told):
            own, stated = days[n], marks[n]
            others = columns["others"][n]
            only_several = stated.of_several_alone and not own.loud and columns["signed_project"][n] is None
            if only_several and others is not None and self._unlisted(columns["department"][n], others):
                continue
            case, source = case_at(n), source_at(n)
            tally.look(case, own, stated, indices[n], source)
            tally.remember(case, own, indices[n], source)

    def _unlisted(self, department: str, others: tuple[str, ...]) -> bool:
        """Whether a case of several departments needs no more than to be counted; it is, then."""
        return self.tally.by_departments[len({department, *others})].counts_unlisted()

    def _count(self, columns: Mapping[str, Sequence[Any]], days: list[DaysOfCase], marks: list[MarksOfCase]) -> None:
        sorts = list(map(self._sorts.__getitem__, zip(map(_BORNE, days), marks, strict=True)))
        months = list(map(_MONTH, days))
        by: dict[str, Iterable[tuple[Any, ...]]] = {
            _WHERE: zip(columns["department"], columns["window"], sorts, strict=True),
            "month": zip(months, sorts, strict=True),
            _TAKEN: zip(map(_TAKES, days), marks, strict=True),
        }
        if self.tally.dimensions:
            at = {**columns, "month": months, "item": [item or "" for item in columns["item"]]}
            by[_CELLS] = zip(*(at[name] for name in self.tally.dimensions), sorts, strict=True)
        for name, each in by.items():
            self._counted[name].update(each)
        if max(len(self._days), len(self._sorts), *map(len, self._counted.values())) > _KEPT:
            self._settle()

    def _settle(self) -> None:
        """Put what was counted so far into the tally, in the order in which it was met."""
        tally, counted = self.tally, self._counted
        for (taken, marks), many in counted[_TAKEN].items():
            if taken is not None:
                own = tally.days_taken[marks.kind, marks.parallel]
                own[0] += taken * many
                own[1] += many
        traits = _Found[_Sort, Any](lambda sort: as_traits(sort.marks, sort.borne))
        for (*cell, sort), many in counted[_CELLS].items():
            tally.cells[tuple(cell)][traits[sort]] += many
        departments, windows, months = (tally.groups[name] for name in ("department", "window", "month"))
        for (department, window, sort), many in counted[_WHERE].items():
            departments[department][traits[sort]] += many
            windows[window][traits[sort]] += many
        for (month, sort), many in counted["month"].items():
            months[month][traits[sort]] += many
        for each in (counted, self._fresh, self._days, self._marks, self._sorts):
            each.clear()


def _places_of_loud(parts: Sequence[DaysOfCase] | Sequence[MarksOfCase]) -> Iterable[int]:
    return compress(range(len(parts)), map(_LOUD, parts))


_LOUD = attrgetter("loud")
_BORNE, _MONTH, _TAKES = attrgetter("borne"), attrgetter("month"), attrgetter("taken")
_TAKEN, _CELLS, _WHERE = "days taken", "cells", "department and window"
_KEPT = 1 << 14
