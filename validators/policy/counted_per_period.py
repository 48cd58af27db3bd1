"""按什么期计，写得一致

细则、封顶写明按月还是按季度计的，要和实际评分的考核期一致：按季度评分的文件里写每月封顶，算起来不会理会。
同一种封顶只写一条，写两条的只有一条起作用。加分、减分“每件”“每次”的，和事实声明的单位一致。
按工作日逐日计的，只算得出“某日达到多少就不得分”；别的算法写了按日计，也是一期一个数，算起来不会理会。
考核期写明是哪个更长的期的组成部分（basis_of）的，和那个期由什么合成的一致。
"""

from collections import Counter
from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.law.assessment_periods import combines, scored_kinds
from banshi.law.library import Law
from banshi.law.norms import Adjustment, AssessmentPeriod, Cap, Norm, ScoreRule
from banshi.law.norms.assessment import PeriodKind
from banshi.subjects.assessment.book import PER_DAY, sort_of

TITLE = Text("按什么期计，写得一致", "What is counted over which period agrees")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_CAP = """
governs: [assessment]
facts: {bonus: {name: 加分, unit: 次}}
provisions:
  - id: "11"
    label: 第十一条
    heading: 加分
    source: {lines: [1, 2]}
    norms:
      - {id: months, kind: assessment_period, statement: "自{start}起至{end}止，一年{times}期。", period: month,
         start: {month: 1, day: 1}, end: {month: 1, day: 0}, times: 12}
      - {id: more, kind: adjustment, statement: "每{per}加{points}分。", scale: bonus, fact: bonus, points: 1, per: 次}
      - {id: cap, kind: cap, statement: "最多{at_most}分。", of: bonus, at_most: 5, per: PERIOD}
tiers: {}
steps: {}
readings: []
"""
GOOD = _CAP.replace("PERIOD", "month")
BAD = _CAP.replace("PERIOD", "year")
_PERIODS = {"month": "月", "quarter": "季度", "half_year": "半年", "year": "年"}
_Found = Iterator[tuple[str, Text]]


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each rule, cap, adjustment and period."""
    if "assessment" not in policy.version.subjects:
        return
    law, caps = policy.law("assessment"), Counter(n.of for _, n in policy.norms() if isinstance(n, Cap))
    facts = {slug: fact.unit for version in law.versions for slug, fact in version.facts.items()}
    for route, norm in policy.norms():
        for field, said in (*_period(norm, law), *_by_day(norm), *_twice(norm, caps), *_unit(norm, facts)):
            yield Problem(
                where=(*route, field),
                message=Text(f"{norm.id}：{said.zh}", f"{norm.id}: {said.en}"),
                fix=Text("对照原文，把两处改成一致。", "Compare both with the source."),
            )


def _period(norm: Norm, law: Law) -> _Found:
    scored = scored_kinds(law)
    if isinstance(norm, AssessmentPeriod) and norm.basis_of is not None:
        made = next((p for kind in _PERIODS if kind == norm.basis_of and (p := combines(law, kind))), None)
        if made is not None and made.norm.of != norm.period:
            yield "basis_of", Text(f"{made.norm.id} 写的是由别的期合成", f"{made.norm.id} is made of other periods")
        if norm.basis_of not in {each.norm.period for each in law.all(AssessmentPeriod)} - {*_up_to(norm.period)}:
            longer = _PERIODS[norm.basis_of]
            yield (
                "basis_of",
                Text(f"没有规定比它长的{longer}，作不了{longer}考核的组成", f"there is no longer {norm.basis_of}"),
            )
    if not scored or not isinstance(norm, Cap | ScoreRule) or norm.per in (None, PER_DAY):
        return
    able = scored if isinstance(norm, Cap) else [_PERIODS[kind] for kind in scored]
    if norm.per not in able:
        said = listed(_PERIODS[kind] for kind in scored)
        yield (
            "per",
            Text(
                f"写的是每{_PERIODS.get(norm.per, norm.per)}，评分是按{said}的",
                f"{norm.per}, but what is scored is {', '.join(scored)}",
            ),
        )


def _up_to(kind: PeriodKind) -> list[str]:
    """The sorts of period that are no longer than one."""
    return [*_PERIODS][: [*_PERIODS].index(kind) + 1]


def _by_day(norm: Norm) -> _Found:
    """Counted day by day, which only a mark that is lost by what happens in a day can be."""
    if not isinstance(norm, ScoreRule) or norm.per != PER_DAY:
        return
    able = norm.effect == "zero" and norm.bound is not None and sort_of(norm) == "days"
    if not able:
        yield (
            "per",
            Text("写的是按工作日计，这样的细则是一期一个数", "per working day, but one figure a period is computed"),
        )


def _twice(norm: Norm, caps: Counter[str]) -> _Found:
    if isinstance(norm, Cap) and caps[norm.of] > 1:
        yield "of", Text("同一种封顶写了几条，只有一条起作用", "several caps of one sort: only one has an effect")


def _unit(norm: Norm, facts: dict[str, str]) -> _Found:
    unit = facts.get(norm.fact, "") if isinstance(norm, Adjustment) else ""
    if isinstance(norm, Adjustment) and unit and norm.per not in (unit, unit.removeprefix("个"), f"{unit}次"):
        yield "per", Text(f"写的是每{norm.per}，{norm.fact} 按{unit}数", f"per {norm.per}, but counted in {unit}")
