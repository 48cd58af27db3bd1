"""Properties of what is decided about changes: tiers, the cumulative chain, prices, units, words."""

import copy
import json
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.base.amount_words import write_words
from banshi.checking.checker import Checker
from banshi.files.reading import read
from banshi.files.report import Report
from banshi.files.typed import to_form
from banshi.law.library import Law, Library
from banshi.law.norms import ApprovalTier
from banshi.law.working_days import WorkingDays
from banshi.subjects.change.amounts import off, ten_thousandfold
from banshi.subjects.change.filing import WITHOUT_EFFECT, Filing
from banshi.subjects.change.forms import Change, Row
from banshi.subjects.change.pricing import Bases, formula_price, similar
from banshi.subjects.change.project_forms import Contract, Project
from banshi.subjects.change.tier_measures import TierQuestion
from banshi.subjects.change.tiers import TierDecision, decide_tier

ROOT = Path(__file__).resolve().parent.parent
LIBRARY, DAYS = Library([ROOT / "policies"]), WorkingDays([ROOT / "policies"])
CENT = Decimal("0.01")
WAN = Decimal(10000)


def law() -> Law:
    project = BASE["project"]
    found = LIBRARY.at(to_form(BASE["changes"][0], Change).filed_on, project["jurisdiction"]).law("change")
    assert found is not None
    return found


def _base() -> Any:
    document = read(ROOT / "validators/change/_example.yaml").document
    assert document is not None
    return document.data


BASE = _base()
LAW = law()
TIERS = LAW.all(ApprovalTier)
LIMITS = [p.norm.amount.upper.value for p in TIERS if p.norm.amount.upper]
GATE = LAW.tiers[0]


def question(
    net: Decimal,
    *,
    bid: Decimal = 500 * WAN,
    provisional: Decimal | None = Decimal(0),
    single: Decimal | None = None,
    gross: Decimal | None = None,
) -> TierQuestion:
    """A question about a cumulative ``net``; by default the change is the first one and only adds."""
    single = net if single is None else single
    return TierQuestion(
        bid_price=bid,
        provisional_sum=provisional,
        single=single,
        cumulative=net,
        single_gross=max(single, Decimal(0)) if gross is None else gross,
        cumulative_gross=max(net, Decimal(0)) if gross is None else gross,
        cumulative_governed=net,
    )


def tier(asked: TierQuestion) -> TierDecision:
    return decide_tier(LAW, asked)


def others(decision: TierDecision) -> dict[str, str]:
    return {a.option: a.value for a in decision.alternatives}


def rank(decision: TierDecision) -> int:
    assert decision.value is not None
    return LAW.tiers.index(decision.value)


# Tiers ---------------------------------------------------------------------------------------------------------------

amounts = st.decimals(min_value=Decimal("-5000000"), max_value=Decimal("5000000"), places=2)
additions = st.decimals(min_value=Decimal("0"), max_value=Decimal("2000000"), places=2)


@given(amounts, additions, amounts, additions)
def test_a_larger_amount_never_needs_a_looser_tier(
    net: Decimal, more: Decimal, single: Decimal, more_single: Decimal
) -> None:
    before = tier(question(net, single=single))
    assert rank(tier(question(net + more, single=single))) >= rank(before)
    assert rank(tier(question(net, single=single + more_single))) >= rank(before)


@given(amounts, additions, additions)
def test_a_larger_provisional_sum_never_needs_a_stricter_tier(net: Decimal, kept: Decimal, more: Decimal) -> None:
    assert rank(tier(question(net, provisional=kept + more))) <= rank(tier(question(net, provisional=kept)))


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_a_limit_belongs_to_the_lower_tier_to_the_cent(limit: Decimal) -> None:
    below, at, above = (rank(tier(question(limit + step))) for step in (-CENT, Decimal(0), CENT))
    assert below == at == above - 1


@pytest.mark.parametrize("kept", [Decimal(0), Decimal("250000.00")], ids=str)
def test_the_gate_lets_equality_through_and_not_a_cent_more(kept: Decimal) -> None:
    assert tier(question(kept, provisional=kept)).value == GATE
    assert tier(question(kept + CENT, provisional=kept)).value != GATE


@given(amounts)
def test_an_unknown_provisional_sum_is_never_decided_in_silence(net: Decimal) -> None:
    unknown, strict = tier(question(net, provisional=None)), tier(question(net))
    if strict.value == GATE:
        assert unknown.value == GATE
    else:
        assert unknown.value is None
        assert unknown.possible == (GATE, strict.value)
        assert unknown.strictest == strict.value


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (question(Decimal(0)), "consultation"),
        (question(Decimal("9.99") * WAN), "finance"),
        (question(Decimal(10) * WAN), "finance"),
        (question(Decimal("10.01") * WAN), "government"),
        (question(Decimal(50) * WAN), "government"),
        (question(Decimal("50.01") * WAN), "full_procedure"),
        (question(Decimal(53) * WAN, single=Decimal(8) * WAN), "full_procedure"),
    ],
    ids=["stays", "9.99", "10", "10.01", "50", "50.01", "single 8, cumulative 53"],
)
def test_tier_vectors(asked: TierQuestion, expected: str) -> None:
    assert tier(asked).value == expected


def test_gross_additions_are_another_reading() -> None:
    decision = tier(question(Decimal(5) * WAN, gross=Decimal(60) * WAN))
    assert decision.value == "finance"
    assert others(decision) == {"gross": "full_procedure"}
    assert decision.reading_dependent
    assert decision.strictest == "full_procedure"


def test_the_excess_is_another_reading() -> None:
    decision = tier(question(Decimal(30) * WAN, provisional=Decimal(25) * WAN))
    assert decision.value == "government"
    assert others(decision)["excess"] == "finance"
    assert decision.strictest == "government"


# The cumulative chain ------------------------------------------------------------------------------------------------

statuses = st.sampled_from(("draft", "submitted", "approved", "rejected", "withdrawn", "implemented", "settled"))
nets = st.decimals(min_value=Decimal("-90000"), max_value=Decimal("90000"), places=2)


def filing(forms: list[tuple[Decimal, str]], order: Callable[[list[Any]], list[Any]] = list) -> Filing:
    """A project whose forms have these nets and statuses, in sequence, their files in some other ``order``."""
    changes = []
    for n, (net, status) in enumerate(forms, 1):
        data = copy.deepcopy(BASE["changes"][0])
        data.update(sequence=n, number=f"变-{n}", status=status)
        data["amounts"].update(net=str(net))
        changes.append(to_form(data, Change))
    return Filing(to_form(BASE["project"], Project), order(changes), LIBRARY, DAYS)


chains = st.lists(st.tuples(nets, statuses), min_size=1, max_size=8)


@given(chains, st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(forms: list[tuple[Decimal, str]], chance: Any) -> None:
    shuffled = filing(forms, lambda changes: chance.sample(changes, len(changes)))
    plain = filing(forms)
    assert [(c.cumulative_before, c.cumulative) for c in shuffled.in_order] == [
        (c.cumulative_before, c.cumulative) for c in plain.in_order
    ]
    assert [c.tier and c.tier.value for c in shuffled.in_order] == [c.tier and c.tier.value for c in plain.in_order]


@given(chains)
def test_each_cumulative_is_the_sum_of_the_forms_that_count(forms: list[tuple[Decimal, str]]) -> None:
    for n, case in enumerate(filing(forms).in_order):
        counted = [net for net, status in forms[:n] if status not in WITHOUT_EFFECT]
        assert case.cumulative_before == sum(counted, Decimal(0))
        assert case.cumulative == case.cumulative_before + forms[n][0]


@given(chains, st.integers(0, 7), st.sampled_from(sorted(WITHOUT_EFFECT)), nets)
def test_a_form_without_effect_changes_nothing(
    forms: list[tuple[Decimal, str]], at: int, status: str, net: Decimal
) -> None:
    at = min(at, len(forms))
    more = filing([*forms[:at], (net, status), *forms[at:]]).in_order
    kept = [case for n, case in enumerate(more) if n != at]
    assert [c.cumulative for c in kept] == [c.cumulative for c in filing(forms).in_order]


# Prices --------------------------------------------------------------------------------------------------------------

prices = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("999999999999.99"), places=2)


@given(prices, prices, prices)
def test_the_formula_is_exact_to_the_cent(reviewed: Decimal, bid: Decimal, review_price: Decimal) -> None:
    placed = Bases.of(LAW).formula
    assert placed is not None
    row = to_form({**BASE["changes"][0]["items"][0], "review_unit_price": str(reviewed)}, Row)
    contract = to_form(
        {**BASE["project"]["contract"], "bid_price": str(bid), "review_price": str(review_price)}, Contract
    )
    price = formula_price(placed, row, contract).value
    assert price is not None
    exact = Fraction(reviewed) * Fraction(bid) / Fraction(review_price)
    assert abs(Fraction(price) - exact) <= Fraction(1, 200)
    assert price == price.quantize(CENT, rounding=ROUND_HALF_UP)


@pytest.mark.parametrize("missing", ["review_unit_price", "review_price"])
def test_the_formula_is_not_determined_without_a_figure(missing: str) -> None:
    placed = Bases.of(LAW).formula
    assert placed is not None
    figures = {"review_unit_price": "88.00"} if missing == "review_price" else {}
    row = to_form({**BASE["changes"][0]["items"][0], **figures}, Row)
    contract = to_form({**BASE["project"]["contract"], "review_price": "0"}, Contract)
    assert formula_price(placed, row, contract).value is None


@pytest.mark.parametrize(
    ("code", "labour", "machinery", "expected"),
    [
        ("AD0001", "1.00", "1.00", True),
        ("AD0007", "6.50", "9.80", True),
        ("AD0007", "6.51", "9.80", False),
        ("AD0007", "6.50", "9.79", False),
    ],
)
def test_similar_items(code: str, labour: str, machinery: str, expected: bool) -> None:
    placed, project = Bases.of(LAW).similarity, to_form(BASE["project"], Project)
    other = project.bill_of_quantities[0].quota
    row = to_form(
        {**BASE["changes"][0]["items"][0], "quota": {"code": code, "labour": labour, "machinery": machinery}}, Row
    )
    assert placed is not None
    assert other is not None
    assert row.quota is not None
    assert similar(placed, row.quota, other).value is expected


# Whole forms ---------------------------------------------------------------------------------------------------------


def checked(folder: Path, *edits: tuple[str, Any], attachments: Path | None = None) -> Report:
    """The report on the example with values replaced: ``changes.0.amounts.net`` or ``project.contract.bid_price``."""
    ledger = json.loads(json.dumps(BASE, default=str, ensure_ascii=False))
    for route, value in edits:
        *steps, last = [int(s) if s.isdigit() else s for s in route.split(".")]
        place = ledger
        for step in steps:
            place = place[step]
        place[last] = value
    path = folder / "ledger.json"
    path.write_text(json.dumps(ledger, ensure_ascii=False), encoding="utf-8")
    return Checker(ROOT, attachments=attachments).check([path])


def findings(report: Report) -> list[tuple[str, str]]:
    return [(f.rule, f.severity.value) for f in report.findings]


def test_the_example_is_sound(tmp_path: Path) -> None:
    assert findings(checked(tmp_path)) == []


@pytest.mark.parametrize(
    ("route", "value", "rule"),
    [
        ("changes.0.items.0.increase", "79000.00", "row-amounts-add-up"),
        ("changes.0.amounts.increase", "79000.00", "totals-match-rows"),
        ("changes.0.amounts.net", "79000.00", "net-is-the-difference"),
        ("changes.0.amounts.net_in_words", "柒万玖仟元整", "net-in-words"),
        ("changes.0.amounts.cumulative_before", "1000.00", "cumulative-adds-up"),
        ("changes.0.amounts.cumulative", "81000.00", "cumulative-adds-up"),
        ("changes.0.sequence", 2, "sequence-is-continuous"),
        ("changes.0.project", "another", "project-id-matches"),
        ("changes.0.items.0.increase", "8.00", "unit-is-yuan"),
        ("changes.0.amounts.net", "8.00", "unit-is-yuan"),
        ("changes.0.amounts.net_in_words", "捌元整", "unit-is-yuan"),
        ("project.contract.bid_price", "500.00", "contract-unit-is-yuan"),
        ("project.contract.bid_price", "0", "bid-price-basis"),
        ("project.contract.provisional_sum", "5000000.01", "bid-price-basis"),
    ],
)
def test_one_fault_gives_one_error(route: str, value: object, rule: str, tmp_path: Path) -> None:
    errors = [found for found, severity in findings(checked(tmp_path, (route, value))) if severity == "error"]
    assert errors == [f"change/{rule}"]


@pytest.mark.parametrize("cents", [-1, 1])
def test_a_row_may_be_a_cent_off(cents: int, tmp_path: Path) -> None:
    increase = str(Decimal(80000) + cents * CENT)
    assert findings(checked(tmp_path, ("changes.0.items.0.increase", increase))) == []


@examples(30)
@given(net=st.decimals(min_value=Decimal("0.01"), max_value=Decimal("100000.00"), places=2))
def test_a_lump_sum_form_is_sound_whatever_its_amount(net: Decimal, tmp_path_factory: Any) -> None:
    row = {"item": "999", "name": "零星工程", "unit": "项", "quantity_before": 0, "quantity_after": 1,
           "unit_price": str(net), "pricing_basis": "original_contract", "increase": str(net), "decrease": 0}  # fmt: skip
    amounts_of = {"increase": str(net), "decrease": 0, "net": str(net), "cumulative_before": 0, "cumulative": str(net)}
    edits = ("changes.0.items", [row]), ("changes.0.amounts", {**amounts_of, "net_in_words": write_words(net)})
    assert findings(checked(tmp_path_factory.mktemp("lump"), *edits)) == []


def test_twice_the_bill_price_is_a_large_change_only(tmp_path: Path) -> None:
    report = checked(tmp_path, ("project.contract.bid_price", "150000"), ("project.contract.review_price", "160000"))
    assert ("change/unit-is-yuan", "warning") in findings(report)


@pytest.mark.parametrize("name", ["../x.pdf", "a/../../x.pdf", "/etc/passwd", "C:\\x.pdf", "..\\x.pdf", ".."])
def test_no_attachment_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "attached"
    folder.mkdir()
    report = checked(tmp_path, ("changes.0.attachments", [{"kind": "basis", "file": name}]), attachments=folder)
    found = [f for f in report.findings if f.rule == "change/attachments-exist"]
    assert len(found) == 1
    assert "外面" in found[0].message.zh


def test_attachments_may_stand_in_folders(tmp_path: Path) -> None:
    folder = tmp_path / "attached"
    (folder / "图纸").mkdir(parents=True)
    (folder / "图纸" / "平面图.pdf").touch()
    listed = [{"kind": "drawings", "file": name} for name in ("图纸/平面图.pdf", "./图纸\\平面图.pdf")]
    report = checked(tmp_path, ("changes.0.attachments", listed), attachments=folder)
    assert "change/attachments-exist" not in [f.rule for f in report.findings]


# Several forms -------------------------------------------------------------------------------------------------------


def second(**keys: Any) -> Any:
    """A second form after the example: 20,000 yuan more of the same item, under way."""
    form = json.loads(json.dumps(BASE["changes"][0], default=str, ensure_ascii=False))
    row = {**form["items"][0], "quantity_before": 5000, "quantity_after": 6000, "increase": "20000.00"}
    sums = {"increase": "20000.00", "decrease": 0, "net": "20000.00", "cumulative_before": "80000.00",
            "cumulative": "100000.00"}  # fmt: skip
    form.update(number="变-2", sequence=2, filed_on="2012-06-01", status="submitted", opinions=[], items=[row],
                amounts=sums, consultation=[{"party": "owner", "conclusion": "同意", "signed_on": "2012-06-01"}])  # fmt: skip
    del form["implemented_on"]
    for key, value in keys.items():
        form[key] = {**form[key], **value} if isinstance(value, dict) else value
    return form


def two(folder: Path, form: Any, *edits: tuple[str, Any]) -> list[tuple[str, str]]:
    first = json.loads(json.dumps(BASE["changes"][0], default=str, ensure_ascii=False))
    return findings(checked(folder, ("changes", [first, form]), *edits))


def test_a_second_form_carries_on(tmp_path: Path) -> None:
    assert two(tmp_path, second()) == []


@pytest.mark.parametrize(
    ("keys", "rule"),
    [
        ({"sequence": 3}, "sequence-is-continuous"),
        ({"sequence": 1}, "sequence-is-continuous"),
        ({"number": "变-2012-样例-001"}, "numbers-are-unique"),
        ({"filed_on": "2012-03-04", "consultation": []}, "filed-in-sequence"),
        ({"amounts": {"cumulative_before": "70000.00", "cumulative": "90000.00"}}, "cumulative-adds-up"),
        ({"amounts": {"cumulative_before": "70000.00"}}, "cumulative-adds-up"),
        ({"amounts": {"cumulative_before": "8.00", "cumulative": "20008.00"}}, "unit-is-yuan"),
    ],
    ids=["gap", "twice", "number", "date", "carried on", "before only", "unit"],
)
def test_a_fault_in_the_chain_is_one_error(keys: Any, rule: str, tmp_path: Path) -> None:
    errors = {found for found, severity in two(tmp_path, second(**keys)) if severity == "error"}
    assert f"change/{rule}" in errors
    arithmetic = (
        "cumulative-adds-up",
        "sequence-is-continuous",
        "numbers-are-unique",
        "filed-in-sequence",
        "unit-is-yuan",
    )
    assert errors & {f"change/{other}" for other in arithmetic} == {f"change/{rule}"}


@pytest.mark.parametrize(
    ("status", "before", "sound"),
    [
        ("implemented", 5000, True),
        ("implemented", 1000, False),
        ("submitted", 1000, True),
        ("rejected", 1000, True),
        ("rejected", 5000, False),
    ],
)
def test_only_an_approved_form_moves_a_quantity(status: str, before: int, sound: bool, tmp_path: Path) -> None:
    row = {**second()["items"][0], "quantity_before": before, "quantity_after": before + 1000}
    found = two(tmp_path, second(items=[row]), ("changes.0.status", status))
    assert (("change/quantities-carry-on", "error") not in found) is sound


@pytest.mark.parametrize("before", [1000, 5000])
def test_a_form_filed_before_the_other_was_approved_may_start_from_either(before: int, tmp_path: Path) -> None:
    row = {**second()["items"][0], "quantity_before": before, "quantity_after": before + 1000}
    found = two(tmp_path, second(items=[row], filed_on="2012-03-06"))
    assert "change/quantities-carry-on" not in [rule for rule, _ in found]


@pytest.mark.parametrize(
    ("filed_on", "tier", "keys", "told"),
    [
        ("2012-04-04", "government", {}, True),
        ("2012-04-05", "government", {}, False),
        ("2012-04-04", "government", {"status": "withdrawn"}, False),
    ],
    ids=["within thirty days", "later", "withdrawn"],
)
def test_possible_splitting(filed_on: str, tier: str, keys: Any, told: bool, tmp_path: Path) -> None:
    row = {**second()["items"][0], "quantity_after": 9000, "increase": "80000.00"}
    sums = {"increase": "80000.00", "net": "80000.00", "cumulative": "160000.00"}
    form = second(filed_on=filed_on, tier=tier, items=[row], amounts=sums, **keys)
    assert (("change/possible-splitting", "note") in two(tmp_path, form)) is told


def test_a_wrong_unit_in_one_form_says_nothing_about_the_next(tmp_path: Path) -> None:
    found = two(tmp_path, second(), ("changes.0.amounts.net", "800000000.00"))
    assert [rule for rule, severity in found if severity == "error"] == ["change/unit-is-yuan"]


# Anything ------------------------------------------------------------------------------------------------------------

figures = st.sampled_from(["0", "0.01", "8", "80000.00", "100000.01", "999999999999.99"])
ROUTES = [
    "project.contract.bid_price",
    "project.contract.review_price",
    "project.contract.provisional_sum",
    "changes.0.items.0.quantity_after",
    "changes.0.items.0.unit_price",
    "changes.0.items.0.increase",
    "changes.0.items.0.decrease",
    "changes.0.items.0.review_unit_price",
    "changes.0.amounts.increase",
    "changes.0.amounts.net",
    "changes.0.amounts.cumulative_before",
]
bases = st.sampled_from(["same_item", "similar_item", "formula", "quota_discount", "tender", "original_contract"])
days = st.sampled_from(["2011-11-03", "2011-11-04", "2012-03-05", "2031-01-01"])


@examples(60)
@given(values=st.dictionaries(st.sampled_from(ROUTES), figures), basis=bases, day=days, bill=st.booleans())
def test_no_figures_make_a_rule_fail(values: Any, basis: str, day: str, bill: bool, tmp_path_factory: Any) -> None:
    edits = [*values.items(), ("changes.0.items.0.pricing_basis", basis), ("changes.0.filed_on", day)]
    if not bill:
        edits.append(("project.bill_of_quantities", []))
    report = checked(tmp_path_factory.mktemp("any"), *edits)
    assert not report.failed, [f.message.zh for f in report.findings if f.rule.startswith("engine/")]


# Units ---------------------------------------------------------------------------------------------------------------


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999999"), places=2))
def test_a_figure_in_the_wrong_unit_is_recognised(amount: Decimal) -> None:
    assert ten_thousandfold(amount, amount * WAN)
    assert ten_thousandfold(-amount * WAN, amount)
    assert not ten_thousandfold(amount, amount)
    assert not off(amount, amount * WAN)
