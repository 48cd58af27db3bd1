"""由短的考核期合成的，合得起来

季度、半年、年度的得分由较短的考核期合成的，长的、短的考核期都要规定起止（assessment_period），短的要真比长的短，
并且正好铺满长的；不然少算了哪一段、多算了哪一段，谁也看不出来。排名和等次说的考核期也要有。
"""

import datetime
from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.assessment_periods import WORDS, parts_of, periods, scored_kinds
from banshi.law.library import Law
from banshi.law.norms import Grade, Ranking, ScoreCombination, ScoreWeighting
from banshi.law.norms.assessment import PeriodKind

TITLE = Text("由短的考核期合成的，合得起来", "What is combined of shorter periods can be combined")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_COMBINED = """
governs: [assessment]
provisions:
  - id: "6"
    label: 第六条
    heading: 考核期
    source: {lines: [1, 3]}
    norms:
      - {id: months, kind: assessment_period, statement: "每月一次，一年{times}次。", period: month,
         start: {month: 1, day: 1}, end: {month: 1, day: 0}, times: 12}
      - {id: halves, kind: assessment_period, statement: "{start}起至{end}止。", period: half_year,
         start: {month: 1, day: 1}, end: {month: 6, day: 0}, times: 2}
      - {id: half, kind: score_combination, statement: "半年得分是各月的平均。", period: half_year, of: PART,
         how: mean, digits: 2, missing: not_determined}
tiers: {}
steps: {}
readings: []
"""
GOOD = _COMBINED.replace("PART", "month")
BAD = _COMBINED.replace("PART", "quarter")  # 没有规定季度
_LOOKED_AT = (ScoreCombination, ScoreWeighting, Ranking, Grade)
_ORDER: tuple[PeriodKind, ...] = ("month", "quarter", "half_year", "year")
_YEARS = (2023, 2024)  # a common year and a leap year
_DAY = datetime.timedelta(days=1)


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each combination, ranking and grade against the periods that are laid down."""
    own = [found for found in policy.norms() if isinstance(found[1], _LOOKED_AT)]
    if not own:
        return
    law = policy.law("assessment")
    for route, norm in own:
        if isinstance(norm, ScoreCombination):
            yield from _combination(law, route, norm)
        elif isinstance(norm, ScoreWeighting):
            yield from _weighting(law, route, norm)
        elif isinstance(norm, Ranking | Grade):
            for kind in norm.periods:
                if not periods(law, kind, _YEARS[0]):
                    yield _no_period((*route, "periods"), kind)


def _combination(law: Law, route: Route, norm: ScoreCombination) -> Iterator[Problem]:
    lacking = [(field, kind) for field, kind in (("period", norm.period), ("of", norm.of)) if not _laid_down(law, kind)]
    for field, kind in lacking:
        yield _no_period((*route, field), kind)
    if not lacking and _ORDER.index(norm.of) >= _ORDER.index(norm.period):
        yield _bad(
            (*route, "of"),
            f"{WORDS[norm.of].zh}不比{WORDS[norm.period].zh}短；一期之内自评、评议各占几成的，用 score_weighting",
            f"a {WORDS[norm.of].en} is not shorter than a {WORDS[norm.period].en}",
        )
    elif not lacking and not all(_filled(law, norm, year) for year in _YEARS):
        yield _bad(
            (*route, "of"),
            f"各{WORDS[norm.of].zh}没有正好铺满{WORDS[norm.period].zh}",
            f"the {WORDS[norm.of].en}s do not tile the {WORDS[norm.period].en}",
        )


def _weighting(law: Law, route: Route, norm: ScoreWeighting) -> Iterator[Problem]:
    if not _laid_down(law, norm.period):
        yield _no_period((*route, "period"), norm.period)
    elif norm.period not in scored_kinds(law):
        yield _bad(
            (*route, "period"),
            f"{WORDS[norm.period].zh}的得分由短的考核期合成，没有按小项算出的得分；另加的评分写在 score_combination 的 plus 里",
            f"a {WORDS[norm.period].en} is combined of shorter periods: write its marks under plus of score_combination",
        )


def _laid_down(law: Law, kind: PeriodKind) -> bool:
    return bool(periods(law, kind, _YEARS[0]))


def _filled(law: Law, norm: ScoreCombination, year: int) -> bool:
    """Whether the parts of every longer period of a year follow one another from its first day to its last."""
    for whole in periods(law, norm.period, year):
        day = whole.start
        for part in parts_of(law, whole, norm.of):
            if part.start != day:
                return False
            day = part.end + _DAY
        if day != whole.end + _DAY:
            return False
    return True


def _no_period(where: Route, kind: PeriodKind) -> Problem:
    return _bad(where, f"没有规定{WORDS[kind].zh}的起止", f"nothing says when a {WORDS[kind].en} begins and ends")


def _bad(where: Route, said: str, said_en: str) -> Problem:
    fix = Text(
        "核对各考核期的起止（assessment_period）和合成的办法。", "Compare the periods with how they are combined."
    )
    return Problem(where=where, message=Text(said, said_en), fix=fix)
