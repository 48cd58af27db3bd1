"""The rules on attendance and leave day by day in one jurisdiction."""

import datetime

from banshi.law.instruments import Placed
from banshi.law.library import Law, Library
from banshi.law.norms import Consequence, Duties, PunchWindow
from banshi.subjects.attendance.vocabulary import RegisterWords, words_of

SUBJECT = "attendance"


class Rules(Law, frozen=True, eq=False):
    """The law on attendance, with the words of every version of its jurisdiction."""

    words: RegisterWords = RegisterWords(())


def duty(rules: Law, of: str) -> Placed[Duties] | None:
    """The duty that answers a question of the computations; None where no norm does."""
    return next((p for p in rules.all(Duties) if p.norm.of == of), None)


def consequence(rules: Law, of: str) -> Placed[Consequence] | None:
    """What follows from an event of the computations; None where no norm says."""
    return next((p for p in rules.all(Consequence) if p.norm.of == of), None)


def governed(rules: Law, group: str) -> bool:
    """Whether a group has punch windows at all: of a season, a weekday or a shift, whichever day it is."""
    return bool(rules.all(PunchWindow, group))


class Rulebook:
    """The law on attendance day by day; where nothing is in force, one without norms."""

    def __init__(self, library: Library, jurisdiction: str) -> None:
        self.library, self.jurisdiction = library, jurisdiction
        self.words = words_of(library.versions_on(jurisdiction, SUBJECT))
        self._days: dict[datetime.date, Rules] = {}
        self._of: dict[Law | None, Rules] = {}

    def at(self, day: datetime.date) -> Rules:
        """The rules of a day."""
        if day not in self._days:
            law = self.library.at(day, self.jurisdiction).law(SUBJECT)
            if law not in self._of:
                found = law or Law((), self.jurisdiction)
                self._of[law] = Rules(found.versions, found.jurisdiction, found.gone, self.words)
            self._days[day] = self._of[law]
        return self._days[day]
