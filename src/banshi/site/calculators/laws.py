"""The law for a calculator: of each place, and of each stretch of days between those on which it changes."""

import datetime
from collections.abc import Callable, Iterator

from msgspec import Struct, field

from banshi.base.text import NOTHING
from banshi.law.gaps import nothing_in_force
from banshi.law.library import Law, Library
from banshi.law.places import places_above
from banshi.law.working_days import WorkingDays
from banshi.site.calculators.data import Node, as_json

PLACE = {"label": "在哪里", "sort": "place"}
_DAY = datetime.timedelta(days=1)


def places(library: Library, jurisdiction: str, subject: str) -> dict[str, str]:
    """A jurisdiction and those below it that have rules of their own on a subject, with what they are called."""
    names = {jurisdiction: ""}
    for instrument in library.instruments():
        place = instrument.rpartition("/")[0]
        if place == jurisdiction or place.startswith(f"{jurisdiction}/"):
            for path in library.governing(instrument, subject):
                names[place] = library.load(path).jurisdiction_name
    return names


def changes(library: Library, place: str, subject: str) -> list[datetime.date]:
    """The days on which the law on a subject begins or changes in a place."""
    found = set()
    for above in places_above(place):
        for instrument in library.in_place(above):
            if library.governing(instrument, subject):
                for edition in library.versions(instrument):
                    found |= {edition.since, *(r.since for r in edition.text.relations if r.since)}
                    found |= {edition.until + _DAY} if edition.until else set()
    return sorted(day for day in found if day > datetime.date.min)


class Laws(Struct):
    """The laws that a calculator knows, each written once by ``write``."""

    library: Library
    subject: str
    write: Callable[[Law], Node]
    pending: bool = True  # whether a matter of an earlier day goes on under the law of that day
    rows: list[Node] = field(default_factory=list)
    _known: dict[int, int] = field(default_factory=dict)

    def spans(self, place: str) -> list[Node]:
        """From which day which law: that of a matter filed in the span, asked about in it or in each later one.

        The first span is of all the days before anything was in force. ``null``: nothing is, and ``beside`` says what
        was before and what comes after.
        """
        days = [datetime.date.min, *changes(self.library, place, self.subject)]
        return [self._span(place, days[n:]) for n in range(len(days))]

    def _span(self, place: str, days: list[datetime.date]) -> Node:
        laws = list(self._pending(place, days))
        found: Node = {"from": days[0].isoformat(), "laws": laws}
        if laws[0] is None:
            found["beside"] = nothing_in_force(NOTHING, self.library, place, self.subject, days[0]).zh
        return found

    def _pending(self, place: str, days: list[datetime.date]) -> Iterator[int | None]:
        """The law of a matter filed on the first of the days, as it is on each of them."""
        for day in days if self.pending else days[:1]:
            law = self.library.at(day, place, filed_on=days[0]).law(self.subject)
            yield None if law is None else self._row(law)

    def known(self, place: str) -> list[Law]:
        """The laws of a place through time."""
        found = (self.library.at(day, place).law(self.subject) for day in changes(self.library, place, self.subject))
        return [law for law in found if law is not None]

    def _row(self, law: Law) -> int:
        if id(law) not in self._known:
            row = self.write(law)
            texts = [as_json(each) for each in self.rows]
            if as_json(row) not in texts:
                self.rows.append(row)
                texts.append(as_json(row))
            self._known[id(law)] = texts.index(as_json(row))
        return self._known[id(law)]


def placed(laws: Laws, days: WorkingDays, jurisdiction: str) -> Node:
    """The places of a calculator with their spans and calendars."""
    found: Node = {}
    calendars: list[dict[str, str]] = []
    for place, name in places(laws.library, jurisdiction, laws.subject).items():
        own = calendar(days.in_place(place))
        if own not in calendars:
            calendars.append(own)
        found[place] = {"name": name, "calendar": calendars.index(own), "spans": laws.spans(place)}
    return {"places": found, "calendars": calendars, "laws": laws.rows}


def calendar(days: WorkingDays) -> dict[str, str]:
    """For each known year, the days (MMDD) that are not as their weekday says."""
    return {str(year): "".join(_turned(days, year)) for year in days.years()}


def _turned(days: WorkingDays, year: int) -> Iterator[str]:
    day = datetime.date(year, 1, 1)
    while day.year == year:
        if days.is_working(day) != (day.weekday() < 5):
            yield day.strftime("%m%d")
        day += _DAY
