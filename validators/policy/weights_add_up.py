"""权重合起来是满分

季度、年度的得分由平均分打折再加上评议分的（例如月平均的 90% 加大厅评议 10 分），一期之内小项得分、自评、评议各占一部分的，满分应当还是满分：
各部分的权重合起来不到或超过满分的，不是多写就是漏写；几期相加再打折的，照期数算。平均分不打折、另外加分的，不在此列。
"""

from collections.abc import Iterator
from decimal import Decimal

from banshi.base.money import plain
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.law.norms import ScoreCombination, ScoreTotal, ScoreWeighting

TITLE = Text("权重合起来是满分", "Weights add up to full marks")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_WEIGHTS = """
governs: [assessment]
facts: {hall: {name: 大厅评议, unit: 分}}
provisions:
  - id: "13"
    label: 第十三条
    heading: 季度
    source: {lines: [1, 2]}
    norms:
      - {id: full, kind: score_total, statement: "满分{base_marks}分。", base_marks: 100}
      - {id: quarter, kind: score_combination, statement: "月平均的{weight}%加{plus}。", period: quarter, of: month,
         how: mean, weight: WEIGHT, digits: 2, missing: not_determined, plus: [{fact: hall, at_least: 0, at_most: 10}]}
tiers: {}
steps: {}
readings: []
"""
GOOD = _WEIGHTS.replace("WEIGHT", "90")
BAD = _WEIGHTS.replace("WEIGHT", "80")
_ALL = Decimal(100)


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each period that is a weighted mean and something more, or its own score and something more."""
    marks = (norm.base_marks for _, norm in policy.norms() if isinstance(norm, ScoreTotal))
    full = next((each for each in marks if each is not None), None)
    every = [norm for _, norm in policy.norms() if isinstance(norm, ScoreCombination)]
    added = {norm.period for norm in every if norm.how == "sum" and norm.weight == _ALL}  # no longer full marks
    for route, norm in policy.norms():
        combined = isinstance(norm, ScoreCombination) and norm.weight != _ALL and norm.of not in added
        if full is not None and (combined or isinstance(norm, ScoreWeighting)):
            times = _times(norm) if isinstance(norm, ScoreCombination) else 1
            most = times * full * norm.weight / _ALL + sum(given.at_most * given.weight / _ALL for given in norm.plus)
            if most != full:
                yield Problem(
                    where=(*route, "weight"),
                    message=Text(
                        f"各部分都得满分，合起来是 {plain(most)} 分，满分是 {plain(full)} 分",
                        f"with full marks in every part it comes to {plain(most)}, not {plain(full)}",
                    ),
                    fix=Text(
                        "对照原文核对各部分的权重和最高分。", "Compare the weights and highest marks with the source."
                    ),
                )


def _times(norm: ScoreCombination) -> int:
    """How many full marks the scores of the shorter periods come to: one where their mean is taken."""
    return _MONTHS[norm.period] // _MONTHS[norm.of] if norm.how == "sum" else 1


_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
