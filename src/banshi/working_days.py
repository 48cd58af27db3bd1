"""Working days by the published arrangements: make-up days count, holidays do not, an unpublished year is unknown."""

import datetime
from functools import cache
from pathlib import Path

import msgspec

from banshi.library import PolicyUnreadable
from banshi.reading import read
from banshi.text import Text

TOPIC = "cn/working-days"
_DAY = datetime.timedelta(days=1)


class Period(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    """A holiday with its first and last day off."""

    name: str
    start: datetime.date
    end: datetime.date


class Notice(msgspec.Struct, frozen=True):
    """What one notice arranges; a later notice of the same year prevails where both name a day."""

    title: str
    days_off: tuple[Period, ...]
    working: tuple[datetime.date, ...]
    confirmed: bool
    number: str | None = None
    issued: datetime.date | None = None
    known: datetime.date | None = None
    normal: tuple[datetime.date, ...] = ()
    source_url: str | None = None

    @property
    def since(self) -> datetime.date | None:
        """Since when it was known; as far as stated."""
        return self.known or self.issued

    def arranged(self) -> dict[datetime.date, bool | None]:
        """Day → works (True), off (False), as its weekday says (None)."""
        off = {p.start + _DAY * n: False for p in self.days_off for n in range((p.end - p.start).days + 1)}
        return {**off, **dict.fromkeys(self.working, True), **dict.fromkeys(self.normal)}


class Year(msgspec.Struct, frozen=True):
    """The notices for one year."""

    year: int
    title: str
    jurisdiction: str
    notices: tuple[Notice, ...]


class UndeterminedYear(Exception):
    """Nothing can be counted in a year: no arrangement is entered for it, or none was known on the day asked about."""

    def __init__(self, year: int, known_on: datetime.date | None = None) -> None:
        """``known_on``: the day on which none of those that are entered was known yet."""
        super().__init__(f"{year}")
        self.year, self.known_on = year, known_on

    @property
    def said(self) -> Text:
        """Why, as the beginning of a sentence."""
        if self.known_on is None:
            return Text(f"{self.year} 年的放假安排未录入", f"no working-day arrangement is entered for {self.year}")
        return Text(
            f"{self.known_on} 还没有公布 {self.year} 年的放假安排",
            f"on {self.known_on} the working-day arrangement for {self.year} was not yet published",
        )


class WorkingDays:
    """The calendar in a set of policy folders, as known on a day (``None``: as finally known)."""

    def __init__(self, folders: list[Path], known_on: datetime.date | None = None) -> None:
        """``folders`` are searched in order for ``cn/working-days/<year>.yaml``."""
        self._folders, self._known_on = folders, known_on
        self._arranged = cache(self._arrange)
        self.year = cache(self._load)

    def as_known_on(self, day: datetime.date) -> "WorkingDays":
        """The same calendar with later notices left out."""
        return WorkingDays(self._folders, day)

    def _load(self, year: int) -> Year | None:
        """The notices for a year, or None where none is entered. Raises ``PolicyUnreadable``."""
        for folder in self._folders:
            path = folder / TOPIC / f"{year}.yaml"
            if path.is_file():
                document = read(path).document
                try:
                    return msgspec.convert(document and _data(document.data), Year)
                except msgspec.ValidationError as error:
                    raise PolicyUnreadable(path, str(error)) from None
        return None

    def years(self) -> list[int]:
        """Every year that has been entered."""
        places = [folder / TOPIC for folder in self._folders if (folder / TOPIC).is_dir()]
        return sorted({int(p.stem) for place in places for p in place.glob("[0-9][0-9][0-9][0-9].yaml")})

    def _arrange(self, year: int) -> dict[datetime.date, bool | None]:
        if self.year(year) is None:
            raise UndeterminedYear(year)
        own = self._known(year)
        if not own:
            raise UndeterminedYear(year, self._known_on)
        days: dict[datetime.date, bool | None] = {}
        for notice in (*own, *self._known(year + 1)):  # which may arrange the last days of the year before
            days.update(notice.arranged())
        return days

    def _known(self, year: int) -> list[Notice]:
        """The notices for a year that were known; one that does not say since when was known at no certain day."""
        entered = self.year(year)
        notices = entered.notices if entered else ()
        return [n for n in notices if self._known_on is None or (n.since is not None and n.since <= self._known_on)]

    def is_working(self, day: datetime.date) -> bool:
        """Whether offices work on ``day``. Raises ``UndeterminedYear``."""
        arranged = self._arranged(day.year).get(day)
        return day.weekday() < 5 if arranged is None else arranged

    def add(self, day: datetime.date, count: int) -> datetime.date:
        """The ``count``-th working day after ``day``, which is itself not counted."""
        while count > 0:
            if day == datetime.date.max:
                raise UndeterminedYear(day.year)
            day += _DAY
            count -= self.is_working(day)
        return day

    def roll(self, day: datetime.date) -> datetime.date:
        """``day``, or the next working day where offices rest on it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def count(self, start: datetime.date, end: datetime.date) -> int:
        """Working days after ``start`` up to and including ``end``."""
        return sum(self.is_working(start + _DAY * n) for n in range(1, (end - start).days + 1))


def _data(data: object) -> object:
    return {k: v for k, v in data.items() if k != "$schema"} if isinstance(data, dict) else data
