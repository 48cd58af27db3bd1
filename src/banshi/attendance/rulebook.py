"""The rules on attendance and leave day by day in one jurisdiction."""

import datetime

from banshi.instruments import Placed
from banshi.library import Law, Library
from banshi.norms import Consequence, Duties, PunchWindow

SUBJECT = "attendance"
REST = "rest"  # what a roster says of a day on which somebody does not work
Rules = Law
_NOTHING = Law((), "")


def duty(rules: Rules, of: str) -> Placed[Duties] | None:
    """The duty that answers a question of the computations; None where no norm does."""
    return next((p for p in rules.all(Duties) if p.norm.of == of), None)


def consequence(rules: Rules, of: str) -> Placed[Consequence] | None:
    """What follows from an event of the computations; None where no norm says."""
    return next((p for p in rules.all(Consequence) if p.norm.of == of), None)


def governed(rules: Rules, group: str) -> bool:
    """Whether a group has punch windows at all: of a season, a weekday or a shift, whichever day it is."""
    return bool(rules.all(PunchWindow, group))


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
