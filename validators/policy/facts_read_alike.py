"""同一个事实各处按一样的数算

一个事实几条细则都看的，各条要它写成一样的数：件数、比率、有没有、逐日的件数、带小数的数。填报时只能填一样，
别的算法就算不出。界限的单位、按日还是按期计（per）、按不按比例（pro_rata）改了一处，各处都要改。
"""

from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.law.norms import Norm, RateBonus, ScoreSubItem
from banshi.subjects.assessment.book import TIME_SAVED, Sort, sorts_of

TITLE = Text("同一个事实各处按一样的数算", "A fact is read alike everywhere")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_RULES = """
governs: [assessment]
facts: {late: {name: 迟到次数, unit: 次}}
provisions:
  - id: "3"
    label: 第三条
    heading: 纪律
    source: {lines: [1, 2]}
    norms:
      - {id: service, kind: score_sub_item, statement: "满分{marks}分。", item: "3", marks: 5}
      - {id: late, kind: score_rule, statement: "每次减{points}分。", sub_item: service, effect: subtract, fact: late, points: 1,
         per: 月, bound: {lower: {value: 1, inclusive: true}, unit: 次}}
      - {id: lost, kind: score_rule, statement: "{bound}的，不得分。", sub_item: service, effect: zero, fact: late, per: PER,
         bound: {lower: {value: 4, inclusive: true}, unit: 次}}
tiers: {}
steps: {}
readings: []
"""
GOOD = _RULES.replace("PER", "月")
BAD = _RULES.replace("PER", "工作日")
_SAID: dict[Sort, str] = {
    "count": "件数",
    "rate": "比率",
    "found": "有没有",
    "days": "逐日的件数",
    "limits": "各事项的时限",
    "amount": "带小数的数",
}
_FIELD: dict[type[Norm], str] = {RateBonus: "rates", ScoreSubItem: "measure"}


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each norm that looks at a fact, against the first one that does."""
    roles = {fact.role: slug for slug, fact in policy.version.facts.items() if fact.role}
    known: dict[str, tuple[Sort, str]] = {}
    for route, norm in policy.norms():
        for fact, sort in sorts_of(norm, roles.get(TIME_SAVED, "")):
            first, where = known.setdefault(fact, (sort, norm.id))
            if sort != first:
                yield Problem(
                    where=(*route, _FIELD.get(type(norm), "fact")),
                    message=Text(
                        f"{norm.id} 把 {fact} 按{_SAID[sort]}算，{where} 按{_SAID[first]}算",
                        f"{norm.id} reads {fact} as {sort}, {where} as {first}",
                    ),
                    fix=Text("对照原文，把各处改成一样。", "Compare with the source, and make them alike."),
                )
