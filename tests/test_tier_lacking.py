"""A fact that nobody stated: the tiers that may be due are those that some value of it leads to, no more and no fewer.

Rulebooks drawn by chance, whose bounds lie on whole numbers so that a grid of half ones meets every case; the grid is asked.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, combinations, product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lengths import examples
from msgspec.structs import replace
from test_change_rulebooks import PRICES, TIERS, bounds, gates
from test_random_rulebooks import CRITERIA, file

from banshi.law.library import Law, to_version
from banshi.law.norms import ApprovalTier
from banshi.subjects.change.tier_lacking import lacking_prices, questions, used_prices
from banshi.subjects.change.tier_measures import TierQuestion, base_of
from banshi.subjects.change.tiers import TierDecision, decide_tier

HALF = Decimal("0.5")
WHOLE_SHARES = (10, 20, 25, 50)  # of whole numbers: the price at which a share is met is whole
amounts = st.integers(-2, 6).map(lambda n: Decimal(n * 2))
scales = st.lists(
    st.fixed_dictionaries(
        {
            "measure": st.sampled_from(("single", "cumulative", "larger_of_single_and_cumulative")),
            "of": st.sampled_from(("net", "excess", "increase", "excess")),
            "base": st.none() | st.sampled_from(PRICES),
            "ends": st.lists(st.tuples(st.sampled_from(WHOLE_SHARES), st.booleans()), min_size=1, max_size=2, unique_by=lambda end: end[0]).map(sorted),
            "within": st.none() | st.tuples(st.sampled_from(("lower", "upper")), st.integers(3, 60)),
        }
    ),
    min_size=1,
    max_size=2,
    unique_by=repr,
)  # fmt: skip
classes = st.lists(
    st.tuples(st.sampled_from(TIERS), st.sampled_from(("criteria", "classes")), st.sampled_from((0, 1))), max_size=3
)
asked = st.fixed_dictionaries(
    {
        "bid_price": st.none() | st.just(Decimal(24)),
        "contract_price": st.none() | st.just(Decimal(20)),
        "provisional_sum": st.none() | st.just(Decimal(2)),
        "change_class": st.none() | st.sampled_from(("grave", "slight")),
        "criteria": st.none() | st.sampled_from(((), CRITERIA[:1])),
    }
)


def rules(scales: Any, gate: Any, classes: Any, takes: str | None) -> Law:
    norms: list[dict[str, Any]] = []
    for number, scale in enumerate(scales):
        if scale["of"] == "excess" and not gate:
            continue
        more = {key: scale[key] for key in ("measure", "of", "base") if scale[key]}
        if scale["base"] and scale["within"]:
            side, end = scale["within"]
            more["base_within"] = {side: {"value": end, "inclusive": True}, "unit": "元"}
        ends = scale["ends"] if scale["base"] else [(end // 10, belongs) for end, belongs in scale["ends"]]
        for n, tier in enumerate(TIERS[: len(ends) + 1]):
            amount = bounds(ends, n, "%" if scale["base"] else "元")
            norms.append({"id": f"s{number}-{n}", "kind": "approval_tier", "tier": tier, "amount": amount, **more})
    words = {"criteria": CRITERIA, "classes": ("grave", "slight")}
    for n, (tier, of, which) in enumerate(classes):
        norms.append({"id": f"c{n}", "kind": "class_tier", "tier": tier, of: [words[of][which]]})
    if takes:
        norms.append({"id": "takes", "kind": "tier_choice", "takes": takes})
    if gate:
        fixed = {"measure": "expenditure_after_change", "against": "bid_price", "parties": ["owner"]}
        norms.append({"id": "gate", "kind": "approval_gate", **fixed, **gate})
    data = file([{"statement": "。", **norm} for norm in norms], [])
    data["classes"] = {one: {"name": one} for one in ("grave", "slight")}
    return Law((to_version(data),), "x")


def may_be(decision: TierDecision) -> set[str]:
    return {decision.value} if decision.value else set(decision.possible)


def grid(law: Law, question: TierQuestion) -> Iterator[TierQuestion]:
    """The question with values of what is not stated: prices above nought, with the provisional sum in them."""
    used, kept = used_prices(law), question.provisional_sum
    sums = [kept] if kept is not None or "provisional_sum" not in used else halves(Decimal(0), Decimal(30))
    lacking = [of for of in ("bid_price", "contract_price") if of in used and getattr(question, of) is None]
    few = len(lacking) + len(sums[:2]) > 2  # more than one: not every pair
    for one in sums[:: 5 if few else 1]:
        free = halves(max(one or Decimal(0), HALF), Decimal(160))[:: 11 if few else 1]
        prices = [free if of in lacking else [getattr(question, of)] for of in ("bid_price", "contract_price")]
        for bid, contract in product(*prices):
            each = replace(question, bid_price=bid, contract_price=contract, provisional_sum=one)
            if sound(law, question, each):
                yield each


def sound(law: Law, question: TierQuestion, each: TierQuestion) -> bool:
    """Whether the prices can be so: each above nought, with the sum in it, and so is what shares are taken of."""
    kept = each.provisional_sum or 0
    for of in ("bid_price", "contract_price"):
        price, stated = getattr(each, of), question.provisional_sum is not None and getattr(question, of) is not None
        if price is not None and speaks_of(law, of) and not stated and (price <= 0 or kept > price):
            return False
    if each == question:
        return True
    return all(base is None or (base.amount or 0) > 0 for base in bases(law, each))


def speaks_of(law: Law, price: str) -> bool:
    gated = price == "bid_price" and any(placed.norm.kind == "approval_gate" for placed in law.norms)
    return gated or price in used_prices(law)


def bases(law: Law, question: TierQuestion) -> Any:
    return (base_of(placed.norm, question) for placed in law.all(ApprovalTier))


def by_class(law: Law, question: TierQuestion) -> set[str]:
    kinds = [question.change_class] if question.change_class else list(law.classes)
    every = chain.from_iterable(combinations(CRITERIA, n) for n in range(3))
    listing = [question.criteria] if question.criteria is not None else list(every)
    found: set[str] = set()
    for kind, criteria in product(kinds, listing):
        found |= may_be(decide_tier(law, replace(question, change_class=kind, criteria=criteria)))
    return found


def halves(low: Decimal, high: Decimal) -> list[Decimal]:
    return [low + n * HALF for n in range(int((high - low) / HALF) + 1)]


def of_all(law: Law, asked: Iterator[TierQuestion]) -> set[str]:
    return {tier for each in asked for tier in by_class(law, each)}


@examples(200, 40)
@given(scales, gates, classes, st.sampled_from(("strictest", "loosest", None)), st.tuples(amounts, amounts), asked)
def test_the_tiers_that_may_be_are_those_that_some_value_leads_to(
    scales: Any, gate: Any, classes: Any, takes: str | None, figures: tuple[Decimal, Decimal], stated: Any
) -> None:
    law, (single, together) = rules(scales, gate, classes, takes), figures
    nets = {"single": single, "cumulative": together, "cumulative_governed": together}
    gross = {"single_gross": max(single, Decimal(0)), "cumulative_gross": max(together, Decimal(0))}
    question = TierQuestion(**nets, **gross, **stated)
    told = may_be(decide_tier(law, question))
    assert of_all(law, grid(law, question)) <= told
    lacking = lacking_prices(law, question)
    reached = list(questions(law, question, lacking)) if lacking else [question]
    assert all(sound(law, question, each) for each in reached)
    assert told <= of_all(law, iter(reached or [question]))


def test_contracts_of_another_size_are_thought_of() -> None:
    small = {"measure": "single", "of": "net", "base": "bid_price", "ends": [(10, True)], "within": ("upper", 50)}
    large = {**small, "measure": "cumulative", "ends": [(1, True), (2, True)], "within": ("lower", 50)}
    law, two = rules([small, large], None, [], "strictest"), Decimal(2)
    asked = TierQuestion(single=two, cumulative=two, cumulative_governed=two, single_gross=two, cumulative_gross=two)
    every = {price: may_be(decide_tier(law, replace(asked, bid_price=Decimal(price)))) for price in range(1, 80)}
    assert may_be(decide_tier(law, asked)) == set().union(*every.values()) == set(TIERS)
    assert (every[40], every[4], every[60]) == ({"small"}, {"middle"}, {"large"})


def test_an_excess_is_a_share_of_a_price_that_holds_the_sum() -> None:
    scale = {"measure": "single", "of": "excess", "base": PRICES[1], "ends": [(25, True), (50, True)], "within": None}
    gate = {"inclusive": True, "provisional_sum": "left_out", "tier": "small"}
    law, twelve, nought = rules([scale], gate, [], None), Decimal(12), Decimal(0)
    nets = {"single": twelve, "cumulative": twelve, "cumulative_governed": twelve}
    asked = TierQuestion(**nets, single_gross=twelve, cumulative_gross=twelve, provisional_sum=nought)
    assert may_be(decide_tier(law, asked)) == set(TIERS)
    assert decide_tier(law, replace(asked, provisional_sum=twelve)).value == "small"  # within the gate at every price
    assert may_be(decide_tier(law, replace(asked, provisional_sum=None, bid_price=Decimal(24)))) == {"small", "middle"}
