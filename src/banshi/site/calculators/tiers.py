"""Which tier, as a calculator reckons it: the gate, the scales, the classes and the choice of ``subjects/change/tiers.py``."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from banshi.base.text import Text
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import ApprovalGate, ApprovalTier, ClassTier, TierChoice
from banshi.law.otherwise import OtherAnswer, about, elsewhere
from banshi.site.calculators.data import Cites, Expression, Node, exact, interval, nothing, others, words
from banshi.subjects.change import tier_texts as said
from banshi.subjects.change.tier_lacking import holding_prices, used_prices
from banshi.subjects.change.tier_measures import NAMES, BasePrice, base_name
from banshi.subjects.change.tier_plainly import scales
from banshi.subjects.change.tiers import class_tiers, criteria_tiers, name_of

_ZERO: Expression = exact(Decimal(0))
# What ``Figures.question`` makes of the figures asked for, by the names of a TierQuestion.
DERIVED: dict[str, Expression] = {
    "single": "net",
    "all_net": ["or", "cumulative", "net"],
    "governed": "all_net",
    "single_gross": ["or", "increase", ["or", ["+", "net", ["given", "decrease"]], ["max", "net", _ZERO]]],
    "all_gross": [
        "or",
        "cumulative_increase",
        ["or", ["+", "all_net", ["given", "cumulative_decrease"]], ["max", "all_net", "single_gross"]],
    ],
    "less": ["or", "decrease", ["-", "single_gross", "net"]],
    "all_less": ["or", "cumulative_decrease", ["-", "all_gross", "all_net"]],
    "single_absolute": ["+", ["abs", "single_gross"], ["abs", "less"]],
    "all_absolute": ["+", ["abs", "all_gross"], ["abs", "all_less"]],
}
_MEASURED = {
    "net": ("single", "all_net"),
    "increase": ("single_gross", "all_gross"),
    "absolute": ("single_absolute", "all_absolute"),
}


def question(law: Law, cites: Cites) -> Node:
    """The tier of a law and where other readings lead, as ``decide_tier`` decides it."""
    if not law.all(ApprovalTier) and not law.all(ClassTier):
        return {"main": nothing(law.lacking(said.NO_TIERS, ApprovalTier).zh), "others": []}
    asked = list(elsewhere(law, about(law, ApprovalGate, ApprovalTier, ClassTier, TierChoice)))
    there = others(law, asked, lambda read: _reached(read, cites), _told, cites)
    return {"main": _reached(law, cites), "others": there}


def _told(other: OtherAnswer) -> str:
    return f"若按“{words(other.said)}”，则为“{{text:called}}”"


def _reached(law: Law, cites: Cites) -> Node:
    """The tier, whatever a price comes to that is not stated."""
    node, gate = _tier(law, cites), law.one(ApprovalGate)
    used = sorted(law.once(used_prices))
    if not used:
        return node
    bases = [base for placed in law.all(ApprovalTier) if (base := _base(placed.norm)) is not None]
    lines = [line for placed in law.all(ApprovalTier) for line in _turns(placed.norm, gate.norm if gate else None)]
    unpriced: Node = {}
    if gate and gate.norm.provisional_sum == "left_out":
        lines.append({"of": "provisional_sum", "at": _sum(gate.norm)})
        unpriced = {"unpriced": {"say": said.NO_PROVISIONAL_SUM.zh, "cite": cites.of(gate.cite)}}
    listing = [list(some) for n in range(1, len(used) + 1) for some in combinations(used, n)]
    whatever = {"+".join(some): said.whatever(some).zh for some in listing}
    once = list({repr(line): line for line in lines}.values())
    asked = {"of": used, "in": list(law.once(holding_prices)), "lines": once, "bases": bases}
    return {"do": "reached", **asked, "whatever": whatever, **unpriced, "then": node}


def _turns(norm: ApprovalTier, gate: ApprovalGate | None) -> list[Node]:
    """Where a tier begins and ends, as ``tier_lacking`` says it: a price and ``within`` + ``less`` / ``per`` times the sum."""
    if norm.of == "excess" and gate is None:
        return []
    less = "1" if norm.of == "excess" and gate and gate.provisional_sum == "left_out" else "0"
    at: Expression = _sum(gate) if norm.of == "excess" and gate else _measured(norm)[0]
    ends = [exact(end.value) for end in (norm.bounds.lower, norm.bounds.upper) if end is not None]
    if norm.base is None:
        return [{"of": "provisional_sum", "at": ["-", at, end]} for end in ends if less == "1"]
    of, within = norm.base.removesuffix("_without_provisional_sum"), "-1" if norm.base.endswith("sum") else "0"
    found: list[Node] = [{"of": "provisional_sum", "at": at}] if less == "1" else []
    found += [{"of": of, "within": within, "less": less, "per": end, "at": at} for end in ends if end != _ZERO]
    only = norm.base_within_yuan
    for end in (only.lower, only.upper) if only else ():
        found += [{"of": of, "within": within, "at": exact(end.value)}] if end else []
    return found


def _tier(law: Law, cites: Cites) -> Node:
    gate = law.one(ApprovalGate)
    node = _decided(law, cites)
    if gate is None:
        return node
    less = ["or", "provisional_sum", _ZERO] if gate.norm.provisional_sum == "left_out" else _ZERO
    let = [
        ["kept", less],
        ["sum", _sum(gate.norm)],
        ["spent", ["+", ["-", "bid_price", "kept"], "sum"]],
        ["excess", ["-", "sum", "kept"]],
    ]
    begins = [
        "变更后支出 ＝ 中标价",
        ["bid_price", " {yuan:bid_price}", "（没有写明）"],
        ["kept", " − 暂列金 {yuan:kept}"],
        " ＋ 累计净额 {yuan:sum}",
        ["bid_price", " ＝ {yuan:spent}", ""],
        "，",
    ]
    return {
        "do": "if",
        "let": let,
        "test": ["<=" if gate.norm.inclusive else "<", "sum", "kept"],
        "say": [[*begins, "未超过中标价"], [*begins, "超过中标价"]],
        "cite": cites.of(gate.cite),
        "then": gate.norm.tier,
        **_floor(law, cites),
        "else": node,
    }


def _sum(norm: ApprovalGate) -> Expression:
    return "all_net" if norm.earlier == "counted" else "governed"


def _decided(law: Law, cites: Cites) -> Node:
    return {
        "do": "pick",
        "of": [_bands(law, own, cites) for own in scales(law)],
        **_choice(law, cites),
        "none": [{"say": said.NONE_LEADS.zh, "cite": cites.of(p.cite)} for p in law.all(ClassTier)[:1]],
        **_floor(law, cites),
    }


def _choice(law: Law, cites: Cites) -> Node:
    """Which of several tiers counts."""
    choice = law.one(TierChoice)
    takes = {"strictest": "max", "loosest": "min"}[choice.norm.takes] if choice else None
    node: Node = {"takes": takes, "unsaid": {"say": said.NO_CHOICE.zh}}
    if choice:
        way = "从严" if takes == "max" else "从宽"
        node["choice"] = {
            "say": f"几种算法结果不同，{way}取“{{text:called}}”",
            "cite": cites.of(choice.cite),
        }
    return node


def _floor(law: Law, cites: Cites) -> Node:
    """What a class or a criterion calls for at least, whether or not the amounts are within the gate."""
    classes = law.all(ClassTier)
    return {"floor": _listed(law, classes, cites), **_choice(law, cites)} if classes else {}


def _bands(law: Law, tiers: list[Placed[ApprovalTier]], cites: Cites) -> Node:
    first = tiers[0].norm
    name, base = base_name(first), _base(first)
    of, why = _measured(first)
    figure = "{share:it}" if base else "{yuan:it}"
    node: Node = {
        "do": "bands",
        "of": of,
        "why": why + (f" ÷ {name.zh} {{yuan:base}}" if name else ""),
        "in": [_band(law, placed, figure, cites) for placed in tiers],
        "lacking": {"say": said.NOT_STATED.zh, "cite": cites.of(tiers[0].cite)},
        "two": {"say": said.TWO_TIERS.zh},
        "gap": {"say": f"没有档次包含 {figure}：规则有空档，不能判定"},
    }
    if name is None or base is None:
        return node
    no_base = {"say": said.no_base(BasePrice(name, None)).zh, "cite": cites.of(tiers[0].cite)}
    no_share = said.no_share(BasePrice(name, None), "{yuan:base}", "").zh
    node |= {"base": base, "no_base": no_base, "no_share": {"say": no_share, "cite": cites.of(tiers[0].cite)}}
    if first.base_within is not None:
        outside = f"{name.zh} {{yuan:base}} 不在“{words(first.base_within.phrase({}))}”，不按比例算"
        within = interval(first.base_within_yuan or first.base_within)
        node["only"] = {"in": within, "say": outside, "cite": cites.of(tiers[0].cite)}
    return node


def _band(law: Law, placed: Placed[ApprovalTier], figure: str, cites: Cites) -> Node:
    norm, name = placed.norm, words(name_of(law, placed).zh)
    say = f" ＝ {figure}，属于“{words(norm.amount.phrase({}))}”，应由“{name}”一档审批"
    return {"in": interval(norm.bounds), "is": norm.tier, "say": say, "cite": cites.of(placed.cite)}


def _base(norm: ApprovalTier) -> Expression | None:
    if norm.base is None:
        return None
    price = norm.base.removesuffix("_without_provisional_sum")
    return price if price == norm.base else ["-", price, "provisional_sum"]


def _measured(norm: ApprovalTier) -> tuple[Expression, str]:
    """What is measured, and how that is said."""
    if norm.of == "excess":
        return "excess", "支出超出中标价的部分"
    name = NAMES[norm.of].zh
    single, total = _MEASURED[norm.of]
    if norm.of == "net" and norm.earlier != "counted":
        total = "governed"
    if norm.measure == "single":
        return ["all", single, total], f"单项{name} {{yuan:{single}}}"
    if norm.measure == "cumulative":
        return ["all", total, single], f"累计{name} {{yuan:{total}}}"
    return ["max", single, total], f"单项{name} {{yuan:{single}}} 与累计{name} {{yuan:{total}}} 取大"


def _listed(law: Law, classes: list[Placed[ClassTier]], cites: Cites) -> Node:
    rows = [_row(law, placed, cites) for placed in classes]
    criteria = [p for p in classes if p.norm.criteria]
    kinds = [p for p in classes if p.norm.classes]
    met = {one: law.called("criteria", one).zh for p in criteria for one in p.norm.criteria}
    called = met | {one: law.called("classes", one).zh for p in kinds for one in p.norm.classes}
    node: Node = {"do": "listed", "rows": rows, "called": called}
    if criteria:
        led = _in_order(law, law.once(criteria_tiers))
        node |= {"criteria": "criteria", "no_criteria": {**_unsaid(said.NO_CRITERIA, criteria[0], cites), "led": led}}
    if kinds:
        led = _in_order(law, law.once(class_tiers))
        node |= {"kind": "change_class", "no_kind": {**_unsaid(said.NO_CLASS, kinds[0], cites), "led": led}}
    return node


def _row(law: Law, placed: Placed[ClassTier], cites: Cites) -> Node:
    norm = placed.norm
    say = f"属于{{text:met}}，应由“{words(law.tier_name(norm.tier).zh)}”一档审批"
    listing = {"criteria": list(norm.criteria), "kinds": list(norm.classes)}
    return {"is": norm.tier, **listing, "say": say, "cite": cites.of(placed.cite)}


def _in_order(law: Law, tiers: Iterable[str | None]) -> list[str | None]:
    return sorted(tiers, key=lambda tier: law.tiers.index(tier) if tier else -1)


def _unsaid(text: Text, placed: Placed[ClassTier], cites: Cites) -> Node:
    return {"say": text.zh, "cite": cites.of(placed.cite)}
