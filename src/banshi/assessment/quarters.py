"""Assessment years and quarters: which days they hold, which law judges them, which facts count in them.

The year begins in December of the year before (D4 第六条). A quarter during which the measures came into force is
judged by them from that day on; what lies before their issue is counted, and said to be retroactive (AMB-33).
"""

import datetime
from dataclasses import dataclass

from banshi.decisions import Reason
from banshi.instruments import Placed
from banshi.library import Law, Library
from banshi.norms import AssessmentPeriod
from banshi.text import Text

SUBJECT = "assessment"
RETROACTIVITY = "retroactivity"


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of an assessment year, both ends included, with the norm that lays it down."""

    year: int
    number: int
    start: datetime.date
    end: datetime.date
    placed: Placed[AssessmentPeriod]

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    def __contains__(self, day: datetime.date) -> bool:
        return self.start <= day <= self.end

    @property
    def in_force(self) -> datetime.date:
        """Since when the measures are in force."""
        return self.placed.version.begins

    @property
    def issued(self) -> datetime.date:
        """When they were issued, as far as stated."""
        return self.placed.version.dates.issued or self.in_force

    @property
    def partial(self) -> bool:
        """Whether the measures came into force, or were issued, during the quarter."""
        return self.start < max(self.in_force, self.issued)

    def first_day(self, reading: str) -> datetime.date:
        """The first day whose facts count, under a reading of ``retroactivity``."""
        begins = {"whole_quarter": self.start, "from_issue": self.issued}.get(reading, self.in_force)
        return max(self.start, begins)

    def contested(self, day: datetime.date) -> bool:
        """Whether readings of ``retroactivity`` may differ on a day."""
        return self.partial and self.start <= day < max(self.in_force, self.issued)

    def retroactive(self, day: datetime.date) -> bool:
        """Whether a day lies before the measures were issued, though they were in force by their own word."""
        return self.in_force <= day < self.issued and day in self


def quarters(law: Law, year: int) -> list[Quarter]:
    """The quarters of an assessment year."""
    return [
        Quarter(year, p.norm.number, p.norm.start.on(year), p.norm.end.on(year), p)
        for p in law.all(AssessmentPeriod)
        if p.norm.period == "quarter" and p.norm.number is not None
    ]


def quarter(law: Law, year: int, number: int) -> Quarter | None:
    """One quarter; None where the law knows no quarter of that number."""
    return next((q for q in quarters(law, year) if q.number == number), None)


def quarter_of(law: Law, day: datetime.date) -> Quarter | None:
    """The quarter that a day belongs to."""
    years = (day.year, day.year + 1)
    return next((q for year in years for q in quarters(law, year) if day in q), None)


def law_for(library: Library, jurisdiction: str, year: int, number: int) -> tuple[Law, Quarter] | None:
    """The law in force at the end of a quarter, and the quarter as that law has it; None: nothing was in force."""
    for begins in sorted(_beginnings(library, jurisdiction), reverse=True):
        law = library.at(begins, jurisdiction).law(SUBJECT)
        found = quarter(law, year, number) if law else None
        if found is not None and begins <= found.end:
            judged_by = library.at(found.end, jurisdiction).law(SUBJECT)
            days = quarter(judged_by, year, number) if judged_by else None
            return (judged_by, days) if judged_by and days else None
    return None


def _beginnings(library: Library, jurisdiction: str) -> set[datetime.date]:
    return {version.begins for version in library.versions_on(jurisdiction, SUBJECT)}


def partial_note(quarter: Quarter) -> Reason | None:
    """That a quarter is not judged from its first day on, where that is so."""
    if not quarter.partial:
        return None
    start, issued = max(quarter.start, quarter.in_force), quarter.issued
    text = Text(
        f"{quarter} 自 {quarter.start} 起，办法 {quarter.in_force} 起施行、{issued} 印发：{start} 以前的事实不计，"
        f"{issued} 以前的减分注明溯及",
        f"{quarter} begins on {quarter.start}; the measures are in force from {quarter.in_force} and were issued on "
        f"{issued}: facts before {start} do not count, deductions before {issued} are marked as retroactive",
    )
    return Reason(text, quarter.placed.cite)
