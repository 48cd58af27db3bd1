"""要求的数与失分的数接得上

小项写明要求达到的数（例如满意率多少以上、投诉多少件），细则又写明从多少起失分，同一个界限就写了两处。
两处要正好相接：达到要求的不失分，没有达到的才失分；逐件减分分成几段的，前后两段也要相接，减到多少为止也要相同。
超过要求的加分，从要求的数算起。
"""

from collections.abc import Iterator
from decimal import Decimal

from banshi.base.money import plain
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.intervals import seams
from banshi.law.norms import Bound, Bounds, RateBonus, ScoreRule, ScoreSubItem

TITLE = Text("要求的数与失分的数接得上", "What is asked for meets what is lost")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_RATE = """
provisions:
  - id: "15"
    label: 第十五条
    heading: 满意率
    source: {lines: [1, 1]}
    norms:
      - {id: asked, kind: score_sub_item, statement: "满意率{bound}。", item: "15", marks: 6, measure: rate,
         bound: {lower: {value: 95, inclusive: true}, unit: "%"}}
      - {id: lost, kind: score_rule, statement: "满意率{bound}的不得分。", sub_item: asked, effect: zero, fact: rate,
         bound: {upper: {value: LOST, inclusive: false}, unit: "%"}}
readings: []
"""
GOOD = _RATE.replace("LOST", "95")
BAD = _RATE.replace("LOST", "90")
_RATE_UNIT, _COUNTED = "%", ("zero", "multiply", "subtract")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each sub-item that asks for a figure, with the rules on that figure, and bonus beyond it."""
    norms = list(policy.norms())
    rules = [(route, norm) for route, norm in norms if isinstance(norm, ScoreRule) and norm.effect in _COUNTED]
    for _route, item in norms:
        if isinstance(item, ScoreSubItem):
            yield from _sub_item(item, [(route, rule) for route, rule in rules if rule.sub_item == item.id])
    for provision in range(len(policy.version.provisions)):
        own = [(route, norm) for route, norm in norms if route[1] == provision]
        yield from _bonus(own)


def _sub_item(item: ScoreSubItem, rules: list[tuple[Route, ScoreRule]]) -> Iterator[Problem]:
    asked = {m.measure: m.bound for m in item.further}
    if item.measure and item.bound:
        asked[item.measure] = item.bound
    floors = [(route, rule.floor) for route, rule in rules if rule.effect == "subtract"]
    for route, floor in floors[1:]:
        if floor != floors[0][1]:
            yield _problem(route, Text("几段减到的底不同", "the floors differ"), "floor")
    for fact in dict.fromkeys(rule.fact for _, rule in rules):
        own = [(route, rule.bound) for route, rule in rules if rule.fact == fact and rule.bound]
        bounds = [bound for _, bound in own]
        whole = [*([asked[fact]] if fact in asked else []), *bounds]
        if len(whole) < 2:
            continue
        if len({bound.unit for bound in whole}) > 1:
            yield _problem(own[0][0], Text("单位不同", "the units differ"))
            continue
        offset = len(whole) - len(bounds)
        for seam in seams([_closed(bound) for bound in whole]):
            route = own[max(seam.first, seam.second) - offset][0]
            yield _problem(route, _SEAMS[seam.kind](seam.where))


def _closed(bound: Bounds) -> Bounds:
    """Counts as an interval that ends where the next count begins, so that 2 meets 3; rates as they are."""
    if bound.unit == _RATE_UNIT:
        return bound
    low = bound.lower and Bound(value=bound.lower.value + (not bound.lower.inclusive), inclusive=True)
    high = bound.upper and Bound(value=bound.upper.value + bound.upper.inclusive, inclusive=False)
    return Bounds(unit=bound.unit, lower=low, upper=high)


_SEAMS = {
    "gap": lambda where: Text(f"{where} 既不算达到要求，也不失分", f"{where} is neither what is asked for nor lost"),
    "overlap": lambda where: Text(
        f"{where} 达到要求却要失分，或失两次分", f"{where} is asked for and lost, or lost twice"
    ),
}


def _bonus(own: list[tuple[Route, object]]) -> Iterator[Problem]:
    """Bonus for a rate beyond what a sub-item of the same provision asks for."""
    asked = {item.measure: item.bound for _, item in own if isinstance(item, ScoreSubItem)}
    for route, norm in own:
        for rate in norm.rates if isinstance(norm, RateBonus) else ():
            bound = asked.get(rate)
            low: Decimal | None = bound.lower.value if bound and bound.lower else None
            if isinstance(norm, RateBonus) and low is not None and low != norm.above:
                said = Text(
                    f"加分从 {plain(norm.above)}% 算起，要求的是 {plain(low)}%",
                    f"bonus counts from {plain(norm.above)}%, but {plain(low)}% is asked for",
                )
                yield _problem(route, said, "above")


def _problem(route: Route, said: Text, key: str = "bound") -> Problem:
    return Problem(
        where=(*route, key),
        message=Text(f"与小项所要求的数接不上：{said.zh}", f"does not meet what the sub-item asks for: {said.en}"),
        fix=Text("对照原文，把两处改成一致。", "Compare both with the source."),
    )
