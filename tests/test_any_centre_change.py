"""Change rules of centres unlike the shipped one: other measures, units, choices and periods, against small oracles."""

import datetime
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import ROOT, banshi
from hypothesis import given
from hypothesis import strategies as st

from banshi.law.library import Law, to_version
from banshi.law.norms import Length
from banshi.law.time_limits import Counting, ends
from banshi.law.working_days import WorkingDays
from banshi.subjects.change.deadlines import due, due_as_filed
from banshi.subjects.change.publicity import publicity_end
from banshi.subjects.change.step_forms import Objection, Opinion, Pause
from banshi.subjects.change.tier_measures import TierQuestion
from banshi.subjects.change.tiers import TierDecision, decide_tier

DAYS = WorkingDays([ROOT / "policies"])
day = datetime.date.fromisoformat
ORDER = ("a", "b", "c", "d", "e")


def version(norms: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A policy of a city of no name, as data."""
    return {
        "kind": "policy",
        "instrument": "elsewhere/changes",
        "version": "2026-01-01",
        "title": "别处的办法（虚构）",
        "jurisdiction": "elsewhere",
        "jurisdiction_name": "别处（虚构）",
        "subject": "变更",
        "governs": ["change"],
        "dates": {"in_force": "2026-01-01", "known": "2026-01-01"},
        "status": "in_force",
        "validity": "unverified",
        "normative": True,
        "source": {"note": "虚构"},
        "offices": {"owner": {"name": "业主"}, "finance": {"name": "财政"}},
        "tiers": {tier: {"name": f"{tier.upper()}档"} for tier in ORDER},
        "steps": {"check": {"name": "审查"}, "grant": {"name": "批准"}},
        "provisions": [{"id": "1", "label": "一", "heading": "档次", "source": {"note": "虚构"}, "norms": norms}],
        **more,
    }


def law(norms: list[dict[str, Any]], **more: Any) -> Law:
    return Law((to_version(version(norms, **more)),), "elsewhere")


def tier(name: str, low: Any, high: Any, *, unit: str = "元", measure: str = "single", **more: Any) -> dict[str, Any]:
    """A tier above ``low`` (exclusive) and up to ``high`` (inclusive)."""
    amount = {
        "unit": unit,
        **({} if low is None else {"lower": {"value": str(low), "inclusive": False}}),
        **({} if high is None else {"upper": {"value": str(high), "inclusive": True}}),
    }
    said = {"id": f"{name}-{measure}-{more.get('of', 'net')}-of-{more.get('base', 'yuan')}", "kind": "approval_tier"}
    return {**said, "statement": "{amount}", "tier": name, "measure": measure, "amount": amount, **more}


def asked(**figures: Any) -> TierQuestion:
    known = {key: Decimal(0) for key in ("single", "cumulative", "single_gross", "cumulative_gross")}
    return TierQuestion(**{**known, "cumulative_governed": Decimal(0), **figures})


# Tiers ------------------------------------------------------------------------------------------------------------


def test_tiers_hold_without_a_gate() -> None:
    rules = law([tier("a", None, 100000), tier("b", 100000, None)])
    assert decide_tier(rules, asked(single=Decimal(100000))).value == "a"
    assert decide_tier(rules, asked(single=Decimal("100000.01"))).value == "b"


def test_a_tier_in_ten_thousands_is_not_read_as_yuan() -> None:
    rules = law([tier("a", None, 10, unit="万元"), tier("b", 10, None, unit="万元")])
    assert decide_tier(rules, asked(single=Decimal(99999))).value == "a"
    assert decide_tier(rules, asked(single=Decimal(100001))).value == "b"


def test_a_share_without_its_base_is_not_determined() -> None:
    share = {"unit": "%", "measure": "cumulative", "base": "contract_price_without_provisional_sum"}
    rules = law([tier("a", None, 3, **share), tier("b", 3, None, **share)])
    unknown = decide_tier(rules, asked(cumulative=Decimal(5), bid_price=Decimal(100), provisional_sum=Decimal(0)))
    assert unknown.value is None
    assert "合同价" in unknown.reasons[0].text.zh
    known = asked(cumulative=Decimal("300.01"), contract_price=Decimal(11000), provisional_sum=Decimal(1000))
    assert decide_tier(rules, known).value == "b"


def test_several_measures_without_a_choice_are_refused() -> None:
    share = {"unit": "%", "measure": "cumulative", "base": "bid_price"}
    norms = [tier("a", None, 100), tier("b", 100, None), tier("a", None, 3, **share), tier("b", 3, None, **share)]
    figures = asked(single=Decimal(500), cumulative=Decimal(500), bid_price=Decimal(10**6))
    assert decide_tier(law(norms), figures).value is None
    choice = {"id": "choice", "kind": "tier_choice", "statement": "{takes}", "takes": "strictest"}
    assert decide_tier(law([*norms, choice]), figures).value == "b"
    assert decide_tier(law([*norms, {**choice, "takes": "loosest"}]), figures).value == "a"


def test_a_class_decides_where_a_criterion_is_met() -> None:
    norms = [
        tier("a", None, 100),
        tier("b", 100, None),
        {"id": "by-class", "kind": "class_tier", "statement": "{criteria}", "tier": "c", "criteria": ["structure"]},
        {"id": "choice", "kind": "tier_choice", "statement": "{takes}", "takes": "strictest"},
    ]
    rules = law(norms, criteria={"structure": {"name": "改变主体结构"}})
    assert decide_tier(rules, asked(criteria=("structure",))).value == "c"
    assert decide_tier(rules, asked(criteria=())).value == "a"
    silent = decide_tier(rules, asked(single=Decimal(500)))
    assert silent.value is None
    assert silent.possible == ("b", "c")  # by the amounts, or by a criterion that is not stated


def test_a_class_is_the_least_even_where_the_loosest_measure_counts() -> None:
    share = {"unit": "%", "measure": "cumulative", "base": "bid_price"}
    norms = [tier("a", None, 100), tier("c", 100, None), tier("a", None, 3, **share), tier("c", 3, None, **share)]
    by_class = {"id": "by-class", "kind": "class_tier", "statement": "{classes}", "tier": "b", "classes": ["grave"]}
    choice = {"id": "choice", "kind": "tier_choice", "statement": "{takes}", "takes": "loosest"}
    rules = law([*norms, by_class, choice], classes={"grave": {"name": "重大"}, "light": {"name": "一般"}})

    def found(single: int, cumulative: int, change_class: str | None) -> TierDecision:
        figures = asked(single=Decimal(single), cumulative=Decimal(cumulative), bid_price=Decimal(1000))
        return decide_tier(rules, msgspec.structs.replace(figures, change_class=change_class))

    assert [found(200, 20, each).value for each in ("light", "grave")] == ["a", "b"]
    assert [found(200, 200, each).value for each in ("light", "grave")] == ["c", "c"]
    assert found(200, 20, None).possible == ("a", "b")
    assert found(200, 200, None).value == "c"


def test_a_class_that_is_not_stated_is_not_taken_for_none() -> None:
    norms = [
        tier("a", None, 100),
        tier("b", 100, None),
        {"id": "by-class", "kind": "class_tier", "statement": "{classes}", "tier": "c", "classes": ["grave"]},
        {"id": "by-fact", "kind": "class_tier", "statement": "{criteria}", "tier": "d", "criteria": ["structure"]},
        {"id": "choice", "kind": "tier_choice", "statement": "{takes}", "takes": "strictest"},
    ]
    words = {
        "classes": {"grave": {"name": "重大"}, "light": {"name": "一般"}},
        "criteria": {"structure": {"name": "结构"}},
    }
    rules = law(norms, **words)
    assert decide_tier(rules, asked(change_class="grave", criteria=())).value == "c"
    assert decide_tier(rules, asked(change_class="light", criteria=())).value == "a"
    assert decide_tier(rules, asked(criteria=())).possible == ("a", "c")
    assert decide_tier(rules, asked(change_class="grave")).possible == ("c", "d")
    assert decide_tier(rules, asked(criteria=("structure",))).value == "d"  # whatever the class is


bounds = st.lists(st.integers(1, 999), min_size=1, max_size=4, unique=True).map(sorted)
amounts = st.integers(-1500, 1500).map(Decimal)
SCALES = st.lists(
    st.tuples(
        st.sampled_from(("single", "cumulative", "larger_of_single_and_cumulative")),
        st.sampled_from(("net", "increase", "absolute")),
        st.sampled_from((None, "bid_price", "contract_price", "contract_price_without_provisional_sum")),
        bounds,
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda scale: scale[:3],
)


def oracle(scales: list[Any], takes: Callable[..., int], figures: dict[str, Decimal]) -> str:
    """The tier by each scale in turn, written from the words of the norm kinds."""
    found = []
    for what, of, base, ends_ in scales:
        single, total = figures[f"single_{of}"], figures[f"cumulative_{of}"]
        value = {"single": single, "cumulative": total}.get(what, max(single, total))
        unit = Decimal(1)
        if base:
            price = figures["bid"] if base == "bid_price" else figures["contract"]
            unit = (price - (figures["kept"] if base.endswith("sum") else 0)) / 100
        found.append(sum(value > end * unit for end in ends_))
    return ORDER[takes(found)]


@given(SCALES, st.sampled_from(("strictest", "loosest")), st.lists(amounts, min_size=6, max_size=6))
def test_random_rulebooks_decide_as_their_words_say(
    scales: list[Any], takes: str, given_amounts: list[Decimal]
) -> None:
    names = [f"{what}_{of}" for of in ("net", "increase", "absolute") for what in ("single", "cumulative")]
    figures = dict(zip(names, given_amounts, strict=True))
    figures |= {"bid": Decimal(10000), "contract": Decimal(9000), "kept": Decimal(1000)}
    norms = [
        tier(ORDER[n], ends_[n - 1] if n else None, ends_[n] if n < len(ends_) else None, measure=what, of=of)
        | ({"base": base} if base else {})
        for what, of, base, ends_ in scales
        for n in range(len(ends_) + 1)
    ]
    for norm in norms:
        norm["amount"]["unit"] = "%" if norm.get("base") else "元"
    choice = {"id": "choice", "kind": "tier_choice", "statement": "{takes}", "takes": takes}
    decided = decide_tier(
        law([*norms, choice]),
        asked(
            single=figures["single_net"],
            cumulative=figures["cumulative_net"],
            cumulative_governed=figures["cumulative_net"],
            single_gross=figures["single_increase"],
            cumulative_gross=figures["cumulative_increase"],
            single_absolute=figures["single_absolute"],
            cumulative_absolute=figures["cumulative_absolute"],
            bid_price=figures["bid"],
            contract_price=figures["contract"],
            provisional_sum=figures["kept"],
        ),
    )
    assert decided.value == oracle(scales, max if takes == "strictest" else min, figures)
    assert all(reason.text.zh and reason.text.en for reason in decided.reasons)


# Periods ----------------------------------------------------------------------------------------------------------


def publicity(length: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": "how-long",
            "kind": "period",
            "statement": "公示{length}",
            "of": "publicity",
            "length": length,
            "inclusive": True,
            **more,
        }
    ]


@pytest.mark.parametrize(
    ("length", "more", "end"),
    [
        ({"value": 7, "unit": "工作日"}, {}, "2026-10-13"),
        ({"value": 7, "unit": "工作日"}, {"first_day": "same_day"}, "2026-10-12"),
        ({"value": 7, "unit": "天"}, {}, "2026-10-05"),
        ({"value": 7, "unit": "天"}, {"moved": True}, "2026-10-08"),
        ({"value": 1, "unit": "月"}, {}, "2026-10-28"),
    ],
)
def test_the_unit_of_a_publicity_period_is_obeyed(length: dict[str, Any], more: dict[str, Any], end: str) -> None:
    decision = publicity_end(law(publicity(length, **more)), DAYS, day("2026-09-28"))
    assert decision.value == day(end)
    assert not decision.alternatives


def test_each_tier_may_have_a_period_of_its_own() -> None:
    two = publicity({"value": 5, "unit": "天"}, tier="a") + publicity({"value": 9, "unit": "天"}, tier="b")
    two[1]["id"] = "longer"
    rules = law(two)
    assert publicity_end(rules, DAYS, day("2026-03-02"), "b").value == day("2026-03-11")
    assert publicity_end(rules, DAYS, day("2026-03-02")).value is None


def test_objections_suspend_where_the_law_says_so() -> None:
    shown = {
        "id": "shown",
        "kind": "publicity",
        "statement": "公示",
        "tier": "a",
        "by": "owner",
        "platform": "网站",
        "before": "grant",
    }
    objections = (Objection(received_on=day("2026-03-04"), resolved_on=day("2026-03-09")),)
    plain = publicity({"value": 7, "unit": "天"})
    for suspends, end in ((False, "2026-03-09"), (True, "2026-03-13")):
        rules = law([*plain, {**shown, "objections_suspend": suspends}])
        assert publicity_end(rules, DAYS, day("2026-03-02"), "a", objections).value == day(end)


def test_a_limit_counts_as_it_says() -> None:
    limit = {
        "id": "limit",
        "kind": "time_limit",
        "statement": "{length}",
        "length": {"value": 15, "unit": "天"},
        "inclusive": True,
        "counted_from": "accepted_on",
        "first_day": "same_day",
        "moved": True,
        "pauses": ["correction"],
    }
    more = {"id": "more", "kind": "extension", "statement": "{length}", "of": "limit", "requires": ["extension_reason"]}
    rules = law([limit, {**more, "length": {"value": 5, "unit": "工作日"}}])
    accepted = day("2026-03-02")
    assert due(rules, DAYS, "check", accepted, accepted).value == day("2026-03-16")
    paused = Pause(reason="correction", start=day("2026-03-04"), end=day("2026-03-06"))
    record = Opinion(
        step="check", office="财政", received_on=accepted, complete_on=accepted, accepted_on=accepted, pauses=(paused,)
    )
    assert due_as_filed(rules, DAYS, record, major=False).value == day("2026-03-19")
    extended = Opinion(
        step="check",
        office="财政",
        received_on=accepted,
        complete_on=accepted,
        accepted_on=accepted,
        extension_reason="复杂",
    )
    assert due_as_filed(rules, DAYS, extended, major=False).value == day("2026-03-23")


def counted(
    start: datetime.date, length: int, working: bool, same: bool, moved: bool, paused: set[datetime.date]
) -> datetime.date:
    """A day-by-day count that knows nothing of the code under test."""
    on, left = start - datetime.timedelta(days=1) if same else start, length
    while left:
        on += datetime.timedelta(days=1)
        if on not in paused and (not working or DAYS.is_working(on)):
            left -= 1
    while moved and not DAYS.is_working(on):
        on += datetime.timedelta(days=1)
    return on


@given(
    st.dates(day("2025-01-01"), day("2026-09-01")),
    st.integers(1, 40),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), max_size=3),
)
def test_days_are_counted_as_on_a_calendar(
    start: datetime.date, length: int, working: bool, same: bool, moved: bool, gaps: list[tuple[int, int]]
) -> None:
    step = datetime.timedelta(days=1)
    pauses = [(start + after * step, start + (after + long) * step) for after, long in gaps]
    paused = {first + n * step for first, last in pauses for n in range((last - first).days + 1)}
    unit = "工作日" if working else "天"
    found = ends(
        DAYS, start, Length(value=length, unit=unit), Counting("same_day" if same else "next_day", moved), pauses
    )
    assert found.last == counted(start, length, working, same, moved, paused)


@pytest.mark.parametrize(
    ("start", "months", "end", "itself"),
    [
        ("2026-01-31", 1, "2026-02-28", "2026-02-28"),
        ("2024-01-31", 13, "2025-02-28", "2025-02-28"),
        ("2026-03-05", 3, "2026-06-05", "2026-06-04"),
        ("2026-03-01", 1, "2026-04-01", "2026-03-31"),  # the first day counted: the whole of March
        ("2026-05-01", 2, "2026-07-01", "2026-06-30"),
        ("2024-02-29", 12, "2025-02-28", "2025-02-28"),
        ("2026-01-28", 1, "2026-02-28", "2026-02-27"),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start: str, months: int, end: str, itself: str) -> None:
    """Or, where the first day counts, on the day before the one of its number."""
    for unit, value in [("月", months), *([("年", months // 12)] if months % 12 == 0 else [])]:
        length = Length(value=value, unit=unit)
        assert ends(DAYS, day(start), length, Counting()).last == day(end)
        assert ends(DAYS, day(start), length, Counting("same_day")).last == day(itself)


def test_a_unit_that_days_cannot_count_is_not_read_as_another() -> None:
    found = ends(DAYS, day("2026-03-02"), Length(value=30, unit="分钟"), Counting())
    assert found.last is None and "分钟" in found.text.zh


# As a new user would ------------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A project whose only policy is another city's: no gate, a share, a period in working days."""
    share = {"unit": "%", "measure": "cumulative", "of": "absolute", "base": "contract_price"}
    norms = [
        tier("a", None, 5, unit="万元", of="absolute"),
        tier("b", 5, None, unit="万元", of="absolute"),
        tier("a", None, 3, **share),
        tier("c", 3, None, **share),
        {"id": "choice", "kind": "tier_choice", "statement": "{takes}取档", "takes": "strictest"},
        *publicity({"value": 7, "unit": "工作日"}),
    ]
    place = tmp_path / "policies/elsewhere/changes"
    place.mkdir(parents=True)
    used = {"tiers": {tier: {"name": f"{tier.upper()}档"} for tier in "abc"}, "steps": {}}
    text = json.dumps(version(norms, **used), ensure_ascii=False)
    (place / "2026-01-01.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_another_city_s_rules_pass_the_check(elsewhere: Path) -> None:
    done = banshi("check", "policies", cwd=elsewhere)
    assert done.returncode == 0, done.stdout


def test_another_city_s_rules_decide(elsewhere: Path) -> None:
    where = ("--jurisdiction", "elsewhere", "--on", "2026-03-02")
    price = ("--contract-price", "1000000")
    for net, wanted in (("20000", "a"), ("-20000", "a"), ("50000", "c"), ("30000.01", "c")):
        said = banshi("tier", *price, "--net", net, *where, "--format", "json", cwd=elsewhere)
        assert json.loads(said.stdout)["decisions"][0]["tier"] == wanted, said.stderr
    shown = banshi("due", "--publicity", "2026-09-28", "--jurisdiction", "elsewhere", cwd=elsewhere)
    assert "2026-10-13" in shown.stdout
