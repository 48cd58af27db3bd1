"""Which days make up a month, a quarter or a year of assessment?

Months are the calendar's. Quarters and years are the calendar's too, until an instrument lays down its own; no fact
counts twice at the change, and a year that straddles it is not determined. A factor may have it otherwise
(``periods``): the calendar's throughout, or the assessment's without regard to the change.
"""

import datetime
from calendar import monthrange

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import Text
from banshi.law.decisions import Alternative, Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import AssessmentPeriod, Factor, YearDay
from banshi.law.otherwise import OtherAnswer, about, otherwise
from banshi.subjects.attendance.rulebook import Rulebook

_DAY = datetime.timedelta(days=1)


class Days(Struct, frozen=True):
    """A stretch of days, both ends included; ``per`` is month, quarter or year; ``label`` as asked for."""

    per: str
    label: str
    start: datetime.date
    end: datetime.date

    def __contains__(self, day: datetime.date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return f"{self.start} – {self.end}"


class PeriodDecision(Decision[Days], frozen=True):
    """The days of a period; None where it cannot be told which."""


def month(year: int, number: int) -> PeriodDecision:
    """A calendar month."""
    days = Days("month", f"{year}-{number:02d}", *_months(year, number, number))
    return PeriodDecision(days, (Reason(_calendar(days)),))


def quarter(book: Rulebook, year: int, number: int) -> PeriodDecision:
    """The ``number``-th quarter of a year."""
    return _period(book, Days("quarter", f"{year}-Q{number}", *_months(year, 3 * number - 2, 3 * number)), number)


def whole_year(book: Rulebook, year: int) -> PeriodDecision:
    """A year."""
    return _period(book, Days("year", f"{year}", *_months(year, 1, 12)), None)


def _period(book: Rulebook, calendar: Days, number: int | None) -> PeriodDecision:
    placed = next(
        (
            p
            for p in book.at(calendar.end).all(AssessmentPeriod)
            if p.norm.period == calendar.per and p.norm.number == number
        ),
        None,
    )
    if placed is None:
        return PeriodDecision(calendar, (Reason(_calendar(calendar)),))
    law, basis = book.at(calendar.end), placed
    others = otherwise(law, about(law, Factor), lambda read: _by(read, calendar, basis))
    told = [
        Alternative(other.question, other.option, found.value, _instead(other, found.value))
        for other, found in others
        if found.value is not None
    ]
    return replace(_by(law, calendar, basis), alternatives=tuple(told))


def _by(law: Law, calendar: Days, placed: Placed[AssessmentPeriod]) -> PeriodDecision:
    """The days of a period that a norm lays down, as a law reads it."""
    year, norm, begins = calendar.end.year, placed.norm, placed.version.begins
    own = Days(calendar.per, calendar.label, _day(norm.start, year), _day(norm.end, year))
    taken = next((p.norm.periods for p in law.all(Factor) if p.norm.per == calendar.per), "by_date")
    if taken == "calendar":
        return PeriodDecision(calendar, (Reason(_calendar(calendar)),))
    if own.start >= begins or taken == "assessment":
        return PeriodDecision(own, (Reason(_assessed(own), placed.cite),))
    return _straddles(own, placed, begins)


def _straddles(own: Days, placed: Placed[AssessmentPeriod], begins: datetime.date) -> PeriodDecision:
    if own.per == "year":
        text = Text(
            f"考核年度 {own} 中途的 {begins} 才改用新的起止，{own.label} 年度不能判定",
            f"the assessment year {own} began before its rule did ({begins}): {own.label} is not determined",
        )
        return PeriodDecision(None, (Reason(text, placed.cite),))
    days = Days(own.per, own.label, begins, own.end)
    text = Text(
        f"考核季度 {own}，新规定自 {begins} 起施行，此前的已计入公历季度，只计 {days}",
        f"the assessment quarter is {own}; what came before {begins} counted in the calendar quarter: {days}",
    )
    return PeriodDecision(days, (Reason(text, placed.cite),))


def _instead(other: OtherAnswer, days: Days) -> Text:
    read = next((p.norm.periods for p in other.law.all(Factor) if p.norm.per == days.per), "by_date")
    if read == "calendar":
        return Text(f"若按公历，为 {days}", f"by the calendar: {days}")
    if read == "assessment":
        return Text(f"若按考核的起止，为 {days}", f"as the assessment counts: {days}")
    return Text(f"若按“{other.said}”，为 {days}", f"under the reading “{other.option}”: {days}")


def _months(year: int, first: int, last: int) -> tuple[datetime.date, datetime.date]:
    return datetime.date(year, first, 1), datetime.date(year, last, monthrange(year, last)[1])


def _day(named: YearDay, year: int) -> datetime.date:
    year += named.year
    return datetime.date(year, named.month, named.day or monthrange(year, named.month)[1])


def _calendar(days: Days) -> Text:
    return Text(f"按公历：{days}", f"by the calendar: {days}")


def _assessed(days: Days) -> Text:
    return Text(f"按考核的起止：{days}", f"as the assessment counts: {days}")
