"""Periods of assessment: months, quarters, half-years, years; which days they hold, which law judges them.

A period is named by its year and number: ``2026-03``, ``2012-Q1``, ``2026-H1``, ``2026``; its days are those that the
norms lay down, which need not be the calendar's. A period during which the measures came into force is judged by them
as its norm says (``straddling``); what lies before their issue, if it counts, is said to be retroactive.
"""

import calendar
import datetime
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.patterns import late
from banshi.base.text import Text
from banshi.law.decisions import Reason
from banshi.law.gaps import nothing_in_period
from banshi.law.instruments import Placed
from banshi.law.library import Law, Library
from banshi.law.norms import AssessmentPeriod, ScoreCombination, ScoreWeighting
from banshi.law.norms.assessment import PeriodKind

SUBJECT = "assessment"
_WRITTEN = late(r"((?:19|20|21)\d\d)(?:-(Q|H)?(\d{1,2}))?")
_KINDS: dict[str | None, PeriodKind] = {"Q": "quarter", "H": "half_year", None: "month"}
_MOST: dict[PeriodKind, int] = {"month": 12, "quarter": 4, "half_year": 2, "year": 1}
WORDS: dict[PeriodKind, Text] = {
    "month": Text("月", "month"),
    "quarter": Text("季度", "quarter"),
    "half_year": Text("半年", "half-year"),
    "year": Text("年度", "year"),
}


class PeriodAsked(NamedTuple):
    """A period as it is asked for: its sort, its year, its number in the year (1 for the year itself)."""

    kind: PeriodKind
    year: int
    number: int

    def __str__(self) -> str:
        return {
            "month": f"{self.year}-{self.number:02d}",
            "quarter": f"{self.year}-Q{self.number}",
            "half_year": f"{self.year}-H{self.number}",
            "year": f"{self.year}",
        }[self.kind]


def asked(written: str) -> PeriodAsked | None:
    """The period that ``2026-03``, ``2012-Q1``, ``2026-H1`` or ``2026`` names; None: none."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return None
    year, letter, number = found.groups()
    kind: PeriodKind = "year" if number is None else _KINDS[letter]
    said = PeriodAsked(kind, int(year), int(number or 1))
    return said if str(said) == written and 1 <= said.number <= _MOST[kind] else None


class YearPeriod(Struct, frozen=True):
    """A period of an assessment year, both ends included, with the norm that lays it down."""

    kind: PeriodKind
    year: int
    number: int
    start: datetime.date
    end: datetime.date
    placed: Placed[AssessmentPeriod]

    def __str__(self) -> str:
        return str(self.asked)

    def __contains__(self, day: datetime.date) -> bool:
        return self.start <= day <= self.end

    @property
    def asked(self) -> PeriodAsked:
        """Its name."""
        return PeriodAsked(self.kind, self.year, self.number)

    @property
    def said(self) -> str:
        """2012年第1季度, 2026年3月, 2026年上半年, 2026年度."""
        return {
            "month": f"{self.year}年{self.number}月",
            "quarter": f"{self.year}年第{self.number}季度",
            "half_year": f"{self.year}年{'上' if self.number == 1 else '下'}半年",
            "year": f"{self.year}年度",
        }[self.kind]

    @property
    def word(self) -> Text:
        """Month, quarter, half-year, year."""
        return WORDS[self.kind]

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
        """Whether the measures came into force, or were issued, during the period."""
        return self.start < max(self.in_force, self.issued)

    @property
    def first_day(self) -> datetime.date:
        """The first day whose facts count."""
        begins = {"whole": self.start, "from_issue": self.issued}.get(self.placed.norm.straddling, self.in_force)
        return max(self.start, begins)

    def in_law(self, law: Law) -> "YearPeriod":
        """The same period with its norm as another law has it."""
        found = (p for p in law.all(AssessmentPeriod) if p.norm.id == self.placed.norm.id)
        return replace(self, placed=next(found, self.placed))

    def retroactive(self, day: datetime.date) -> bool:
        """Whether a day lies before the measures were issued, though they were in force by their own word."""
        return self.in_force <= day < self.issued and day in self


def periods(law: Law, kind: PeriodKind, year: int) -> list[YearPeriod]:
    """The periods of one sort in an assessment year, in the order of the text."""
    return [
        YearPeriod(kind, year, number, start, end, placed)
        for placed in law.all(AssessmentPeriod)
        if placed.norm.period == kind
        for number, start, end in placed.norm.on(year)
    ]


def period(law: Law, wanted: PeriodAsked) -> YearPeriod | None:
    """One period; None where the law knows none of that name."""
    return next((found for found in periods(law, wanted.kind, wanted.year) if found.number == wanted.number), None)


def period_of(law: Law, day: datetime.date, kind: PeriodKind = "quarter") -> YearPeriod | None:
    """The period of one sort that a day belongs to."""
    years = (day.year, day.year + 1)
    return next((found for year in years for found in periods(law, kind, year) if day in found), None)


def combines(law: Law, kind: PeriodKind) -> Placed[ScoreCombination] | None:
    """What makes a period's score from those of shorter ones, where that is how it comes about."""
    return next((placed for placed in law.all(ScoreCombination) if placed.norm.period == kind), None)


def weighs(law: Law, kind: PeriodKind) -> Placed[ScoreWeighting] | None:
    """What weighs the scores of a sort of period against marks that people give for the same period."""
    return next((placed for placed in law.all(ScoreWeighting) if placed.norm.period == kind), None)


def scored_kinds(law: Law) -> list[PeriodKind]:
    """The sorts of period whose facts are judged themselves: nothing shorter is their basis, nothing combines them."""
    norms = [placed.norm for placed in law.all(AssessmentPeriod)]
    built = {norm.basis_of for norm in norms}
    return list(dict.fromkeys(n.period for n in norms if n.period not in built and combines(law, n.period) is None))


def _usable(law: Law | None, wanted: PeriodAsked) -> YearPeriod | None:
    if law is None or (wanted.kind not in scored_kinds(law) and combines(law, wanted.kind) is None):
        return None
    return period(law, wanted)


def law_for(library: Library, jurisdiction: str, wanted: PeriodAsked) -> tuple[Law, YearPeriod] | None:
    """The law in force at the end of a period, and the period as that law has it; None: nothing was in force."""
    for begins in sorted(_beginnings(library, jurisdiction), reverse=True):
        found = _usable(library.at(begins, jurisdiction).law(SUBJECT), wanted)
        if found is not None and begins <= found.end:
            judged_by = library.at(found.end, jurisdiction).law(SUBJECT)
            days = _usable(judged_by, wanted)
            return (judged_by, days) if judged_by and days else None
    return None


def _beginnings(library: Library, jurisdiction: str) -> set[datetime.date]:
    return {version.begins for version in library.versions_on(jurisdiction, SUBJECT)}


def no_measures(library: Library, jurisdiction: str, written: str) -> Text:
    """Said where no measures are in force in a period (as it is written), with the texts nearest to it."""
    said = Text(
        f"{written} 在 {jurisdiction} 没有施行中的部门窗口考核办法，不能评分",
        f"no measures on the assessment of windows were in force in {jurisdiction} in {written}",
    )
    wanted = asked(written)
    if wanted is None:
        return said
    month = 12 if wanted.kind == "year" else wanted.number * 12 // _MOST[wanted.kind]
    last = datetime.date(wanted.year, month, calendar.monthrange(wanted.year, month)[1])
    return nothing_in_period(said, library, jurisdiction, SUBJECT, last)


def parts_of(law: Law, whole: YearPeriod, kind: PeriodKind) -> Iterator[YearPeriod]:
    """The shorter periods that make up a period, in the order of their days."""
    found = [part for year in (whole.year - 1, whole.year, whole.year + 1) for part in periods(law, kind, year)]
    inside = [part for part in found if whole.start <= part.start and part.end <= whole.end]
    yield from sorted(inside, key=lambda part: part.start)


def partial_note(period: YearPeriod) -> Reason | None:
    """That a period is not judged from its first day on, where that is so."""
    if not period.partial:
        return None
    start, issued = max(period.start, period.in_force), period.issued
    text = Text(
        f"{period} 自 {period.start} 起，办法 {period.in_force} 起施行、{issued} 印发：{start} 以前的事实不计，"
        f"{issued} 以前的减分注明溯及",
        f"{period} begins on {period.start}; the measures are in force from {period.in_force} and were issued on "
        f"{issued}: facts before {start} do not count, deductions before {issued} are marked as retroactive",
    )
    return Reason(text, period.placed.cite)
