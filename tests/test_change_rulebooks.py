"""Sound rulebooks on changes drawn by chance, against small oracles written from the words of the norm kinds.

Gates with and without the provisional sum, several measures with shares of four prices, classes and criteria, the stricter or
the looser of them; counties that are stricter, looser, or may not differ; limits with pauses, moved or not, extended once;
publicity with objections.
"""

import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from test_any_centre_change import DAYS, counted
from test_random_rulebooks import file

from banshi.law.ending import gone
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Law, to_version
from banshi.subjects.change.deadlines import due, due_as_filed
from banshi.subjects.change.publicity import publicity_end
from banshi.subjects.change.step_forms import Objection, Opinion, Pause
from banshi.subjects.change.tier_measures import TierQuestion
from banshi.subjects.change.tier_plainly import tier_plainly
from banshi.subjects.change.tiers import _tier, decide_tier

TIERS = ("small", "middle", "large")
STEP = datetime.timedelta(days=1)
PRICES = (
    "bid_price",
    "bid_price_without_provisional_sum",
    "contract_price",
    "contract_price_without_provisional_sum",
)
ends = st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=2, max_size=2, unique_by=lambda end: end[0]).map(
    sorted
)
measures = st.lists(
    st.fixed_dictionaries(
        {
            "measure": st.sampled_from(("single", "cumulative", "larger_of_single_and_cumulative")),
            "of": st.sampled_from(("net", "increase", "absolute")),
            "base": st.none() | st.sampled_from(PRICES),
            "ends": ends,
            "within": st.none() | st.integers(500, 3000),
        }
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda scale: (scale["measure"], scale["of"], scale["base"]),
)
gates = st.none() | st.fixed_dictionaries(
    {
        "inclusive": st.booleans(),
        "provisional_sum": st.sampled_from(("left_out", "counted")),
        "tier": st.sampled_from(TIERS),
    }
)
histories = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=4)  # increase, decrease


def bounds(ends: Any, n: int, unit: str) -> dict[str, Any]:
    """The n-th piece of a line that is cut at some ends, each belonging to the piece below it or to the one above."""
    lower, upper = (ends[n - 1] if n else None), (ends[n] if n < len(ends) else None)
    found: dict[str, Any] = {"unit": unit}
    found |= {"lower": {"value": lower[0], "inclusive": not lower[1]}} if lower else {}
    return found | ({"upper": {"value": upper[0], "inclusive": upper[1]}} if upper else {})


def tiers(scale: dict[str, Any], number: int) -> list[dict[str, Any]]:
    more = {key: scale[key] for key in ("measure", "of", "base") if scale[key]}
    if scale["base"] and scale["within"]:
        more["base_within"] = {"lower": {"value": scale["within"], "inclusive": True}, "unit": "元"}
    unit = "%" if scale["base"] else "元"
    return [
        {"id": f"s{number}-{n}", "kind": "approval_tier", "statement": "。", "tier": tier, **more}
        | {"amount": bounds(scale["ends"], n, unit)}
        for n, tier in enumerate(TIERS)
    ]


def piece(ends: Any, value: Decimal) -> int:
    return sum(value > end if belongs else value >= end for end, belongs in ends)


def expected(
    scales: Any, gate: Any, calls: list[str], loosest: bool, history: Any, prices: dict[str, Decimal]
) -> str | None:
    """The tier by the words of the norm kinds; None where nothing leads to one."""
    last, least = history[-1], max((TIERS.index(tier) for tier in calls), default=None)
    total = sum(more - less for more, less in history)
    if gate:
        spent = prices["bid_price"] + total - (prices["kept"] if gate["provisional_sum"] == "left_out" else 0)
        if spent < prices["bid_price"] or (spent == prices["bid_price"] and gate["inclusive"]):
            return TIERS[max(TIERS.index(gate["tier"]), -1 if least is None else least)]
    found = []
    for scale in scales:
        worth = {"net": lambda c: c[0] - c[1], "increase": lambda c: c[0], "absolute": lambda c: c[0] + c[1]}[
            scale["of"]
        ]
        single, together = worth(last), sum(map(worth, history))
        value = Decimal({"single": single, "cumulative": together}.get(scale["measure"], max(single, together)))
        if scale["base"]:
            price = prices["bid_price" if scale["base"].startswith("bid") else "contract_price"]
            price -= prices["kept"] if scale["base"].endswith("sum") else 0
            if scale["within"] and price < scale["within"]:
                continue
            value = value * 100 / price
        found.append(piece(scale["ends"], value))
    chosen = (min if loosest else max)(found) if found else None
    levels = [level for level in (chosen, least) if level is not None]
    return TIERS[max(levels)] if levels else None


@given(
    measures,
    gates,
    st.sets(st.sampled_from(("height", "use"))),
    st.sampled_from(("grave", "slight")),
    st.booleans(),
    histories,
    st.integers(0, 500),
)
def test_any_tiers_decide_as_their_words_say(
    scales: Any, gate: Any, met: set[str], kind: str, loosest: bool, history: Any, kept: int
) -> None:
    prices = {"bid_price": Decimal(2000), "contract_price": Decimal(1500), "kept": Decimal(kept)}
    norms = [norm for number, scale in enumerate(scales) for norm in tiers(scale, number)]
    norms.append({"id": "by-height", "kind": "class_tier", "statement": "。", "tier": "middle", "criteria": ["height"]})
    norms.append({"id": "by-class", "kind": "class_tier", "statement": "。", "tier": "large", "classes": ["grave"]})
    norms.append(
        {"id": "takes", "kind": "tier_choice", "statement": "。", "takes": "loosest" if loosest else "strictest"}
    )
    if gate:
        fixed = {"measure": "expenditure_after_change", "against": "bid_price", "parties": ["owner"]}
        norms.append({"id": "gate", "kind": "approval_gate", "statement": "。", **fixed, **gate})
    calls = [*(["middle"] if "height" in met else []), *(["large"] if kind == "grave" else [])]
    more, less = history[-1]
    question = TierQuestion(
        single=Decimal(more - less),
        cumulative=Decimal(sum(m - d for m, d in history)),
        cumulative_governed=Decimal(sum(m - d for m, d in history)),
        single_gross=Decimal(more),
        cumulative_gross=Decimal(sum(m for m, _ in history)),
        single_absolute=Decimal(more + less),
        cumulative_absolute=Decimal(sum(m + d for m, d in history)),
        bid_price=prices["bid_price"],
        contract_price=prices["contract_price"],
        provisional_sum=prices["kept"],
        change_class=kind,
        criteria=tuple(sorted(met)),
    )
    decided = decide_tier(Law((to_version(file(norms, [])),), "x"), question)
    assert decided.value == expected(scales, gate, calls, loosest, history, prices)
    assert len(decided.reasons) > 0
    measured = [norm for norm in norms if norm["kind"] != "class_tier"]
    for alike in (
        [norm for norm in measured if not norm["id"].startswith(("s1", "s2"))],
        measured,
    ):  # one scale, or all
        law = Law((to_version(file(alike, [])),), "x")
        found = _tier(law, question)
        assert tier_plainly(law, question) in (None, found.tier if not found.open else None)


# Counties -----------------------------------------------------------------------------------------------------------


def text(place: str, norms: list[dict[str, Any]], relations: list[dict[str, Any]] = []) -> PolicyVersion:  # noqa: B006
    data = file(norms, []) | {"instrument": f"{place}/rules", "jurisdiction": place, "relations": relations}
    return to_version(data)


def amount_tiers(cuts: Any, prefix: str) -> list[dict[str, Any]]:
    scale = {"measure": "single", "of": "net", "base": None, "within": None, "ends": cuts}
    return [{**norm, "id": f"{prefix}-{n}"} for n, norm in enumerate(tiers(scale, 0))]


@given(ends, st.integers(-30, 30), st.booleans(), st.booleans(), st.integers(-5, 120))
def test_a_county_is_obeyed_where_it_is_stricter_and_may_be(
    cuts: Any, shift: int, may: bool, own_ids: bool, net: int
) -> None:
    """Every limit of the county higher or lower by as much; under the city's ids, or replacing them under its own."""
    theirs = [(value + shift, belongs) for value, belongs in cuts]
    if theirs[0][0] < 1:
        return
    limit = {"id": "counties", "kind": "local_limit", "statement": "。", "may_be": "stricter"}
    city = amount_tiers(cuts, "t")
    overlays = [norm["id"] for norm in city] if may else ["other"]
    other = {
        "id": "other",
        "kind": "time_limit",
        "statement": "。",
        "length": {"value": 5, "unit": "天"},
        "inclusive": True,
    }
    other |= {"counted_from": "complete_on", "first_day": "next_day"}
    above = text("x", [*city, other, {**limit, "overlays": overlays}])
    own = amount_tiers(theirs, "c" if own_ids else "t")
    replaces = {f"t-{n}": [f"c-{n}"] for n in range(3)}
    relation = {"kind": "implements", "title": "办法", "instrument": "x/rules", "replaces": replaces}
    below = text("x/y", own, [relation] if own_ids else [])
    together = (above, below)
    law = Law(together, "x/y", gone(together, datetime.date(2026, 3, 2)))
    amounts = dict.fromkeys(("single", "cumulative", "cumulative_governed"), Decimal(net))
    gross = dict.fromkeys(("single_gross", "cumulative_gross"), Decimal(max(net, 0)))
    found = decide_tier(law, TierQuestion(**amounts, **gross, bid_price=None, provisional_sum=None))
    assert found.value == TIERS[piece(theirs if may and shift <= 0 else cuts, Decimal(net))]


lengths = st.tuples(st.integers(1, 9), st.sampled_from(("天", "工作日")))


@given(lengths, lengths, st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_a_county_never_gives_an_office_more_time(
    mine: Any, city: Any, mine_next: bool, city_next: bool, mine_moved: bool, city_moved: bool, own_id: bool
) -> None:
    def limit(id_: str, length: Any, next_day: bool, moved: bool) -> dict[str, Any]:
        said = {"id": id_, "kind": "time_limit", "statement": "。", "inclusive": True, "counted_from": "complete_on"}
        counting = {"first_day": "next_day" if next_day else "same_day", "moved": moved, "steps": ["review"]}
        return {**said, **counting, "length": {"value": length[0], "unit": length[1]}}

    lets = {"id": "lets", "kind": "local_limit", "statement": "。", "may_be": "stricter", "overlays": ["limit"]}
    above = text("x", [limit("limit", city, city_next, city_moved), lets])
    relation = {"kind": "implements", "title": "办法", "instrument": "x/rules", "replaces": {"limit": ["own"]}}
    own = limit("own" if own_id else "limit", mine, mine_next, mine_moved)
    below = text("x/y", [own], [relation] if own_id else [])
    law = Law((above, below), "x/y", gone((above, below), datetime.date(2026, 3, 2)))
    for start in (datetime.date(2026, 3, 2), datetime.date(2026, 4, 2), datetime.date(2026, 9, 23)):
        allowed = counted(start, city[0], city[1] == "工作日", not city_next, city_moved, set())
        found = due(law, DAYS, "review", start).value
        assert found is not None and found <= allowed


# Limits and publicity -----------------------------------------------------------------------------------------------


@given(
    st.dates(datetime.date(2026, 1, 5), datetime.date(2026, 9, 1)),
    lengths,
    st.booleans(),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4), st.sampled_from(("correction", "hearing"))), max_size=3),
    st.none() | lengths,
    st.booleans(),
)
def test_a_limit_with_pauses_is_extended_once_as_the_law_says(
    start: datetime.date, length: Any, same: bool, moved: bool, gaps: Any, more: Any, reason: bool
) -> None:
    limit = {"id": "limit", "kind": "time_limit", "statement": "。", "inclusive": True, "counted_from": "received_on"}
    limit |= {
        "first_day": "same_day" if same else "next_day",
        "moved": moved,
        "pauses": ["correction"],
        "steps": ["review"],
    }
    norms: list[dict[str, Any]] = [{**limit, "length": {"value": length[0], "unit": length[1]}}]
    if more:
        longer = {
            "id": "longer",
            "kind": "extension",
            "statement": "。",
            "of": "limit",
            "requires": ["extension_reason"],
        }
        norms.append({**longer, "length": {"value": more[0], "unit": more[1]}})
    pauses = tuple(
        Pause(reason=why, start=start + after * STEP, end=start + (after + long) * STEP) for after, long, why in gaps
    )
    opinion = Opinion(
        step="review",
        office="某局",
        received_on=start,
        complete_on=start + 40 * STEP,
        extension_reason="疑难" if reason else None,
        pauses=pauses,
    )
    law = Law((to_version(file(norms, [])),), "x")
    paused = {p.start + n * STEP for p in pauses if p.reason == "correction" for n in range((p.end - p.start).days + 1)}
    end = counted(start, length[0], length[1] == "工作日", same, moved, paused)
    if reason and more:
        end = counted(end, more[0], more[1] == "工作日", False, moved, set())
    assert due_as_filed(law, DAYS, opinion, major=False).value == end


@given(
    st.dates(datetime.date(2026, 1, 5), datetime.date(2026, 9, 1)),
    lengths,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 6)), max_size=2),
    st.sampled_from(("after", "before")),
)
def test_publicity_ends_as_the_law_counts_whether_before_or_after_a_step(
    start: datetime.date, length: Any, same: bool, moved: bool, suspends: bool, heard: Any, side: str
) -> None:
    shown = {"id": "shown", "kind": "publicity", "statement": "。", "tier": "large", "by": "owner", "platform": "网站"}
    period = {"id": "period", "kind": "period", "statement": "。", "of": "publicity", "inclusive": True}
    period |= {"first_day": "same_day" if same else "next_day", "moved": moved}
    norms = [
        {**shown, side: "approve", "objections_suspend": suspends},
        {**period, "length": {"value": length[0], "unit": length[1]}},
    ]
    objections = [
        Objection(received_on=start + after * STEP, resolved_on=start + (after + long) * STEP) for after, long in heard
    ]
    between = {
        o.received_on + n * STEP
        for o in objections
        for n in range(1, (o.resolved_on - o.received_on).days)
        if o.resolved_on
    }
    end = counted(start, length[0], length[1] == "工作日", same, moved, between if suspends else set())
    law = Law((to_version(file(norms, [])),), "x")
    assert publicity_end(law, DAYS, start, "large", objections).value == end


def test_the_pieces_of_a_line_leave_nothing_out() -> None:
    cuts = [(5, True), (9, False)]
    for n, (one, other) in enumerate(pairwise([bounds(cuts, n, "元") for n in range(3)])):
        assert one["upper"]["value"] == other["lower"]["value"] == cuts[n][0]
        assert one["upper"]["inclusive"] != other["lower"]["inclusive"]
