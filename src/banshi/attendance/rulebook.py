"""The rules on attendance and leave day by day in one jurisdiction."""

import datetime

from banshi.library import Law, Library

SUBJECT = "attendance"
Rules = Law
_NOTHING = Law((), "")


class Rulebook:
    """The law on attendance day by day; where nothing is in force, one without norms."""

    def __init__(self, library: Library, jurisdiction: str) -> None:
        self.library, self.jurisdiction = library, jurisdiction
        self._days: dict[datetime.date, Law] = {}

    def at(self, day: datetime.date) -> Law:
        """The rules of a day."""
        if day not in self._days:
            self._days[day] = self.library.at(day, self.jurisdiction).law(SUBJECT) or _NOTHING
        return self._days[day]
