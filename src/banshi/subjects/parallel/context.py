"""A catalogue and a case together with the law that they are judged by: what rules and computations receive."""

import datetime
from collections.abc import Iterator
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from banshi.files.findings import Citation
from banshi.files.not_stated import NotStated, if_stated, not_stated_in, restated, stated_in
from banshi.law.instruments import Placed
from banshi.law.library import Law, Library
from banshi.law.selectors import select
from banshi.law.working_days import WorkingDays
from banshi.subjects.parallel.forms import Case, Catalogue, Item

_LONG = datetime.timedelta(days=366)  # after all that is known, where no day says up to when things are looked at
PARALLEL, ASSESSMENT, LICENSING = "parallel", "assessment", "licensing"  # what the instruments asked for govern


def said_of(kind: str, law: Law | None, basis: tuple[str, ...]) -> list[Placed[Any]]:
    """The norms of a law that selectors find, those said of other kinds of case apart."""
    found: list[Placed[Any]] = list(select(law.norms, basis)) if law else []
    return [placed for placed in found if not placed.norm.cases or kind in placed.norm.cases]


class Promise(NamedTuple):
    """An item with the limits that targets compare: working days, None where it states none; ``department`` by its name.

    ``open``: nobody may rely on what it says of them; a department that is then None may be any. Without a kind or an item
    it is not known which one it is.
    """

    department: str | None
    kind: str | None
    item: str | None
    statutory: int | None
    promised: int | None
    open: bool = False


def promises(catalogue: Catalogue) -> tuple[Promise, ...]:
    """What the items of a catalogue promise, in order; what is done at once promises nothing more. Raises ``NotStated``."""
    return tuple(_promise(catalogue, item) for item in catalogue.items)


def _promise(catalogue: Catalogue, item: Item) -> Promise:
    department = if_stated(lambda: catalogue.department_name(item.department))
    which = department, if_stated(lambda: catalogue.case_kind), if_stated(lambda: item.id)
    try:
        promised = 0 if item.immediate else item.limits.promised
        return Promise(*which, item.limits.statutory, promised, open=department is None)
    except NotStated:
        return Promise(*which, None, None, open=True)


class CatalogueFile(Struct, frozen=True, dict=True):
    """A catalogue, and the library that says what it should be; ``beside``: items of the centre's other catalogues.

    None: one of those does not state which items it has. ``faults``: places of its file that are not as they should be, where a case names it.
    ``path``: of its file, where that is asked for; ``centre``: the place of the project that it is checked in, where that says so.
    """

    catalogue: Catalogue
    library: Library
    beside: tuple[Promise, ...] | None = ()
    faults: int = 0
    path: str = ""
    centre: str | None = None

    @cached_property
    def law(self) -> Law | None:
        """On parallel approval, in force on the day from which the catalogue is used."""
        return self._on(PARALLEL)

    @cached_property
    def assessment(self) -> Law | None:
        """On the assessment of windows, in force on the day from which the catalogue is used."""
        return self._on(ASSESSMENT)

    def _on(self, subject: str) -> Law | None:
        return self.library.at(self.catalogue.in_use_from, self.catalogue.jurisdiction).law(subject)

    def of_this_kind(self, *basis: str) -> list[Placed[Any]]:
        """The norms on parallel approval that selectors find, those said of other kinds of case apart."""
        return said_of(self.catalogue.case_kind, self.law, basis)

    def cite(self, *basis: str) -> tuple[Citation, ...]:
        """The citations of the norms on parallel approval that selectors find; nothing where the law holds none."""
        return tuple(placed.cite for placed in select(self.law.norms, basis)) if self.law else ()


class CaseFile(Struct, frozen=True, dict=True):
    """A case with its catalogue. ``as_of``: the day asked about, else the one that the case states.

    ``calendar``: of the catalogue's place; None where that is not stated.
    """

    case: Case
    file: CatalogueFile
    calendar: WorkingDays | None
    asked: datetime.date | None = None

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue that the case names."""
        return self.file.catalogue

    @property
    def days(self) -> WorkingDays:
        """The working days of its place. Raises ``NotStated`` where nobody knows which that is."""
        if self.calendar is None:
            raise NotStated(("catalogue", "jurisdiction"))
        return self.calendar

    @property
    def as_of(self) -> datetime.date | None:
        """The day up to which things are looked at; None: the plan alone."""
        return self.asked or self.case.as_of

    @cached_property
    def law(self) -> Law | None:
        """On parallel approval, in force on the day on which the case starts."""
        return self.file.library.at(self.case.starts_on, self.catalogue.jurisdiction).law(PARALLEL)

    @cached_property
    def licensing(self) -> Law | None:
        """The law on administrative licences in force on the day on which the case starts; None: not entered."""
        return self.file.library.at(self.case.starts_on, self.catalogue.jurisdiction).law(LICENSING)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items of the case that the catalogue holds, in the catalogue's order."""
        wanted = set(self.case.items) or {item.id for item in self.catalogue.items}
        return tuple(item for item in self.catalogue.by_id.values() if item.id in wanted - set(self.case.held))

    @cached_property
    def called(self) -> tuple[str, str]:
        """Its name and its number, for headings; what is not stated is said to be so."""
        told = (if_stated(lambda: self.case.name), if_stated(lambda: self.case.id))
        return told[0] or "（名称没有写明）", told[1] or "（编号没有写明）"

    @property
    def open(self) -> tuple[str, ...]:
        """Items of which it is not stated for certain whether and when they were finished."""
        lost, stated = not_stated_in(self.case.done), stated_in(self.case.done)
        if {*lost, *stated} <= self.catalogue.by_id.keys():
            return tuple(lost)
        return tuple(item.id for item in self.items if item.id not in stated)  # one is misnamed there: it may be any

    @property
    def as_it_may_be(self) -> "tuple[CaseFile, ...]":
        """The case, but for items of which it is not stated when they were finished: as if not at all, at once, at last."""
        open_, stated = self.open, stated_in(self.case.done)
        if not open_:
            return (self,)
        last = self.as_of or max((self.case.starts_on, *stated.values())) + _LONG
        ways: tuple[dict[str, datetime.date], ...] = (
            {},
            dict.fromkeys(open_, self.case.starts_on),
            dict.fromkeys(open_, last),
        )
        return tuple(replace(self, case=restated(self.case, done={**stated, **way})) for way in ways)

    @cached_property
    def finished(self) -> dict[str, datetime.date]:
        """Items finished so far, as known on ``as_of``."""
        return {i: day for i, day in self.case.done.items() if self.as_of is None or day <= self.as_of}

    def missing(self, item: Item) -> tuple[str, ...]:
        """Prerequisites of an item that are neither in the case nor held already."""
        here = {i.id for i in self.items} | set(self.case.held)
        return tuple(required for required in item.requires if required not in here)


def in_order(items: tuple[Item, ...]) -> list[Item]:
    """Prerequisites before what needs them, else in the order given. Raises ``graphlib.CycleError``."""
    position = {item.id: n for n, item in enumerate(items)}
    sorter = TopologicalSorter({i.id: [r for r in i.requires if r in position] for i in items})
    sorter.prepare()
    found: list[Item] = []
    ready = set(sorter.get_ready())
    while ready:  # one at a time, the earliest listed first, so that the order never depends on chance
        first = min(ready, key=position.__getitem__)
        found.append(items[position[first]])
        sorter.done(first)
        ready = (ready - {first}) | set(sorter.get_ready())
    return found


def cycles(items: tuple[Item, ...]) -> Iterator[tuple[str, ...]]:
    """Circles of prerequisites, each from its first listed item on; items of a circle already told are left out."""
    left = {item.id: item for item in items}
    while True:
        try:
            in_order(tuple(left.values()))
            return
        except CycleError as error:
            circle = list(reversed(error.args[1][1:]))
            first = min(circle, key=list(left).index)
            at = circle.index(first)
            yield tuple(circle[at:] + circle[:at])
            for one in circle:
                del left[one]
