"""Working days by the published arrangements: make-up days count, holidays do not, an unpublished year is unknown.

The nation's arrangement holds everywhere; what a province, a city or a district arranges besides lies over it.
"""

import datetime
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from banshi.base.limits import MAX_BYTES
from banshi.base.text import Text
from banshi.files.described import STATED, DayOrNone, FreeText, Place, meta
from banshi.files.reading import read
from banshi.files.regular_files import read_bytes
from banshi.law.library import NATION, places_above
from banshi.law.unusable import law_below, law_within, unfit, unread

FOLDER = "working-days"  # of a jurisdiction, with a file for each year
_DAY = datetime.timedelta(days=1)
_FILES = "[0-9][0-9][0-9][0-9].yaml"


class Period(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    """A holiday with its first and last day off."""

    name: Annotated[FreeText, meta("节日", "因什么放假，例如 春节。")]
    start: Annotated[datetime.date, meta("起", "放假的第一天，含当天。")]
    end: Annotated[datetime.date, meta("止", "放假的最后一天，含当天。")]

    @property
    def days(self) -> list[datetime.date]:
        """Its days, first to last."""
        return [self.start + _DAY * n for n in range((self.end - self.start).days + 1)]


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What one notice arranges; a later notice of the same year prevails where both name a day."""

    number: Annotated[
        str | None,
        STATED,
        meta(
            "文号",
            "查不到的写 null。",
            type=["string", "null"],
            pattern="^[\\u4e00-\\u9fff]{1,12}〔(19|20)[0-9]{2}〕[1-9][0-9]{0,4}号$",
            format="document-number",
        ),
    ] = None
    title: Annotated[FreeText, meta("标题", "通知的标题，照原文写。")]
    issued: Annotated[DayOrNone | None, STATED, meta("成文日期", "通知的成文日期；查不到的写 null。")] = None
    known: Annotated[
        DayOrNone | None, STATED, meta("何时可知", "从哪一天起公众可以知道；不知道的写 null，当作成文那天就知道。")
    ] = None
    confirmed: Annotated[bool, meta("文号和日期是否核实", "与公布的原文核对过的写 true。")]
    source_url: Annotated[FreeText | None, meta("出处", "原文的网址；没有的不写。")] = None
    days_off: Annotated[
        tuple[Annotated[Period, meta("假期")], ...], meta("放假", "放假的各段日子；周末照常休息的不必写。")
    ]
    working: Annotated[tuple[Annotated[datetime.date, meta("日期")], ...], meta("上班", "调休上班的周末。")]
    normal: Annotated[
        tuple[Annotated[datetime.date, meta("日期")], ...], meta("恢复平常", "后一通知取消前一安排、按星期论的日子。")
    ] = ()

    @property
    def since(self) -> datetime.date | None:
        """Since when it was known; as far as stated."""
        return self.known or self.issued

    def arranged(self) -> dict[datetime.date, bool | None]:
        """Day → works (True), off (False), as its weekday says (None)."""
        off = {day: False for period in self.days_off for day in period.days}
        return {**off, **dict.fromkeys(self.working, True), **dict.fromkeys(self.normal)}


class Year(msgspec.Struct, frozen=True, kw_only=True):
    """The notices for one year."""

    about = meta("放假安排", "一年的放假调休安排。")

    kind: str = "working-days"
    year: Annotated[int, meta("年度", "安排的是哪一年。", minimum=1949, maximum=2200)]
    title: Annotated[FreeText, meta("名称", "这一年安排的名称，印在页面上。")]
    jurisdiction: Annotated[Place, meta("辖区", "由哪里安排：全国的写 cn；省、市自己的安排写辖区，盖在全国的上面。")]
    notices: Annotated[tuple[Notice, ...], meta("通知", "同一年先后几个通知，后者为准，前者保留。", min_items=1)]


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


def working_day_after(is_working: Callable[[datetime.date], bool], day: datetime.date, count: int) -> datetime.date:
    """The ``count``-th day after ``day`` (itself not counted) that is a working day. Raises ``UndeterminedYear``."""
    while count > 0:
        if day == datetime.date.max:
            raise UndeterminedYear(day.year)
        day += _DAY
        count -= is_working(day)
    return day


class WorkingDays:
    """The calendar of a jurisdiction in a set of policy folders, as known on a day (``None``: as finally known).

    A year is known where the nation has arranged it. Of what a place arranges besides, the inner one prevails.
    """

    def __init__(self, folders: list[Path], known_on: datetime.date | None = None, jurisdiction: str = NATION) -> None:
        """``folders`` are searched in order for ``<place>/working-days/<year>.yaml``, for each place above."""
        self._folders, self._known_on, self._jurisdiction = folders, known_on, jurisdiction
        self._arranged = cache(self._arrange)
        self._entered: Callable[[str, int], Year | None] = cache(self._load)
        self.in_place: Callable[[str], WorkingDays] = cache(self._in_place)
        self.asked: set[Path] = set()  # the files of the years that anybody asked about

    def as_known_on(self, day: datetime.date) -> "WorkingDays":
        """The same calendar with later notices left out."""
        return WorkingDays(self._folders, day, self._jurisdiction)

    def _in_place(self, jurisdiction: str) -> "WorkingDays":
        """The calendar that holds in a jurisdiction: with what it and the places above it arrange."""
        if jurisdiction == self._jurisdiction:
            return self
        found = WorkingDays(self._folders, self._known_on, jurisdiction)
        found._entered = self._entered
        return found

    def year(self, year: int, place: str = NATION) -> Year | None:
        """The notices of one place itself for a year, or None where none is entered. Raises ``PolicyUnreadable``."""
        return self._entered(place, year)

    def here(self, year: int) -> list[Year]:
        """What is entered for a year by the nation and by each place down to the jurisdiction."""
        found = (self._entered(place, year) for place in places_above(self._jurisdiction))
        return [entered for entered in found if entered is not None]

    def _load(self, place: str, year: int) -> Year | None:
        for folder in self._folders:
            path = folder / place / FOLDER / f"{year}.yaml"
            if path in law_within(path.parent):
                self.asked.add(path)
                reading = read(path)
                if reading.document is None:
                    raise unread(path, reading)
                try:
                    return msgspec.convert(_data(reading.document.data), Year)
                except msgspec.ValidationError as error:
                    raise unfit(path, reading.document.data, "working-days", error) from None
        return None

    def years(self, place: str = NATION) -> list[int]:
        """Every year that has been entered for a place itself."""
        within = (path for folder in self._folders for path in law_within(folder / place / FOLDER))
        return sorted({int(path.stem) for path in within if path.match(_FILES)})

    @property
    def places(self) -> list[str]:
        """Every place below the nation that arranges days of its own."""
        found = {p.parent.parent.relative_to(f).as_posix() for f in self._folders for p in _written(f)}
        return sorted(found - {NATION})

    def same_as(self, other: "WorkingDays") -> bool:
        """Whether both hold the same files, known on the same day."""
        return self._known_on == other._known_on and self._files() == other._files()

    def _files(self) -> dict[str, bytes]:
        found = ((folder, p) for folder in reversed(self._folders) for p in _written(folder))
        return {p.relative_to(folder).as_posix(): read_bytes(p, MAX_BYTES) for folder, p in found}

    def _arrange(self, year: int) -> dict[datetime.date, bool | None]:
        if self.year(year) is None:
            raise UndeterminedYear(year)
        if not self._known(NATION, year):
            raise UndeterminedYear(year, self._known_on)
        days: dict[datetime.date, bool | None] = {}
        for place in places_above(self._jurisdiction):
            for notice in (*self._known(place, year), *self._known(place, year + 1)):  # which may arrange its last days
                days.update(notice.arranged())
        return days

    def _known(self, place: str, year: int) -> list[Notice]:
        """A place's notices for a year that were known; one that does not say since when was known at no certain day."""
        entered = self._entered(place, year)
        notices = entered.notices if entered else ()
        return [n for n in notices if self._known_on is None or (n.since is not None and n.since <= self._known_on)]

    def is_working(self, day: datetime.date) -> bool:
        """Whether offices work on ``day``. Raises ``UndeterminedYear``."""
        arranged = self._arranged(day.year).get(day)
        return day.weekday() < 5 if arranged is None else arranged

    def add(self, day: datetime.date, count: int) -> datetime.date:
        """The ``count``-th working day after ``day``, which is itself not counted."""
        return working_day_after(self.is_working, day, count)

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


def _written(folder: Path) -> Iterator[Path]:
    """The files of years in a folder of policies."""
    return (path for path in law_below(folder) if path.parent.name == FOLDER and path.match(_FILES))
