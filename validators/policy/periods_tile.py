"""各考核期正好铺满一年

考核年度分成几个月、季度、半年的，前一期的次日就应是后一期的头一天，首尾与年度的起止相同；各期从一起依次编号。
没有规定年度起止的，最后一期的次日应是下一年头一期的头一天。
月末写 0 的，按当月最后一天算，闰年的二月也对得上。连续几期（times）的，一年要分得尽，起止不能在 29 日以后。
"""

import datetime
from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.assessment_periods import WORDS
from banshi.law.norms import AssessmentPeriod
from banshi.law.norms.assessment import PeriodKind

TITLE = Text("各考核期正好铺满一年", "Periods tile the year")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_PERIODS = """
provisions:
  - id: "6"
    label: 第六条
    heading: 考核期
    source: {lines: [1, 1]}
    norms:
      - {id: year, kind: assessment_period, statement: "{start}起至{end}止。", period: year,
         start: {year: -1, month: 12, day: 1}, end: {month: 11, day: 0}}
      - {id: q1, kind: assessment_period, statement: "{start}起至{end}止。", period: quarter, number: 1,
         start: {year: -1, month: 12, day: 1}, end: {month: 2, day: 0}}
      - {id: q2, kind: assessment_period, statement: "{start}起至{end}止。", period: quarter, number: 2,
         start: {month: START, day: 1}, end: {month: 11, day: 0}}
readings: []
"""
GOOD = _PERIODS.replace("START", "3")
BAD = _PERIODS.replace("START", "4")
_YEARS = (2023, 2024)  # a common year and a leap year


_DAY = datetime.timedelta(days=1)
_PARTS: tuple[PeriodKind, ...] = ("month", "quarter", "half_year")
_LAST_SURE = 28  # the last day that every month has
Found = tuple[Route, AssessmentPeriod]


def check(policy: PolicyFile) -> Iterator[Problem]:
    """The periods of each sort in order, each beginning where the one before ended, within the year."""
    norms: list[Found] = [(route, norm) for route, norm in policy.norms() if isinstance(norm, AssessmentPeriod)]
    years = [norm for _, norm in norms if norm.period == "year"]
    for route, norm in norms:
        yield from _repeated(route, norm)
    for kind in _PARTS:
        own = [(route, norm) for route, norm in norms if norm.period == kind]
        yield from _tiles(sorted(own, key=lambda found: found[1].number or 0), years, WORDS[kind])


def _repeated(route: Route, norm: AssessmentPeriod) -> Iterator[Problem]:
    if norm.times is None:
        return
    if 12 % norm.times or norm.period == "year":
        yield Problem(
            where=(*route, "times"),
            message=Text(f"一年分不成 {norm.times} 期", f"a year does not make {norm.times} such periods"),
            fix=Text("写 2、4 或 12，或者把各期逐个写出来。", "Write 2, 4 or 12, or each period by itself."),
        )
    for key, when in (("start", norm.start), ("end", norm.end)):
        if when.day > _LAST_SURE:
            yield Problem(
                where=(*route, key, "day"),
                message=Text(f"不是每个月都有 {when.day} 日", f"not every month has a day {when.day}"),
                fix=Text("月末写 0；别的日子写 28 日以前的。", "Write 0 for the last day of a month."),
            )


def _tiles(found: list[Found], years: list[AssessmentPeriod], word: Text) -> Iterator[Problem]:
    numbered = [(route, n, norm) for route, norm in found for n, _, _ in norm.on(_YEARS[0])]
    for place, (route, number, norm) in enumerate(numbered, start=1):
        if number != place or (len(found) > 1 and norm.number is None):
            yield _misnumbered((*route, "number"), norm.number, place, word)
            return
    for year in _YEARS if found else ():
        days = [(route, *one) for route, norm in found for one in norm.on(year)]
        first, last = _year(years, found, year)
        expected = [first, *(end + _DAY for *_, end in days)]
        for (route, number, start, _), wanted in zip(days, expected, strict=False):
            if start != wanted:
                yield _problem((*route, "start"), number, start, wanted, word)
                return
        if expected[-1] != last + _DAY:
            yield _problem((*found[-1][0], "end"), numbered[-1][1], expected[-1], last + _DAY, word)
            return


def _year(years: list[AssessmentPeriod], found: list[Found], year: int) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of an assessment year; where none is laid down, it lasts until the next first period."""
    if years:
        _, first, last = next(years[0].on(year))
        return first, last
    _, first, _ = next(found[0][1].on(year))
    _, following, _ = next(found[0][1].on(year + 1))
    return first, following - _DAY


def _misnumbered(where: Route, number: int | None, expected: int, word: Text) -> Problem:
    return Problem(
        where=where,
        message=Text(
            f"第 {expected} 个{word.zh}编号为 {number}", f"the {word.en} in place {expected} is numbered {number}"
        ),
        fix=Text(f"各{word.zh}从 1 起依次编号。", f"Number the {word.en}s from 1 on."),
    )


def _problem(where: Route, number: int, found: datetime.date, expected: datetime.date, word: Text) -> Problem:
    return Problem(
        where=where,
        message=Text(
            f"第 {number} {word.zh}这一端（以 {found.year} 年为例）接在 {found}，应接在 {expected}",
            f"{word.en} {number} meets its neighbour on {found} (for example), expected {expected}",
        ),
        fix=Text(f"核对各{word.zh}的起止，使首尾相接。", f"Make each {word.en} begin where the one before ends."),
    )
