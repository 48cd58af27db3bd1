"""Other readings of the unclear places, and other figures in the policy, lead to other scores."""

import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from assessing import MEASURES, POLICIES, D, bonus, case_of, deduction, score, window, with_bonus
from conftest import ROOT, write_yaml

from banshi.files.reading import read
from banshi.law.library import Library
from banshi.subjects.assessment.results import WindowScore
from banshi.subjects.assessment.score import Scorer
from banshi.subjects.assessment.unread import UnreadOfWindow


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Callable[[Any], None]], Library]:
    """A library in which some figures of the measures are others."""

    def edit(change: Callable[[Any], None]) -> Library:
        document = read(ROOT / "policies" / MEASURES).document
        assert document is not None
        change(document.data)
        path = tmp_path / "policies" / MEASURES
        path.parent.mkdir(parents=True)
        write_yaml(path, document.data)
        return Library([tmp_path / "policies", *POLICIES])

    return edit


def norm(data: Any, norm_id: str) -> Any:
    return next(n for p in data["provisions"] for n in p["norms"] if n["id"] == norm_id)


def taking(edited: Any, reading: str, option: str) -> Library:
    def change(data: Any) -> None:
        next(r for r in data["readings"] if r["id"] == reading)["default"] = option

    library: Library = edited(change)
    return library


@pytest.mark.parametrize(
    ("reading", "option", "changed", "total"),
    [
        ("base-floor", "no_floor", {"facts": {"upheld_complaints": 5}}, 92),
        ("also-sub-items", "one", {"facts": {"chief_representative_missing": True}}, 92),
        ("any-day", "every_day", {"facts": {"working_days_offline": 1}}, 100),
        ("any-day", "every_day", {"facts": {"calls_over_limit_per_day": {"days": {"2012-01-05": 9}}}}, 100),
        ("any-day", "every_day", {"facts": {"working_days_offline": 99}}, 99),
        ("signing", "chief_only", {"facts": {"documents_signed_by_authorised_staff": 1}}, 95),
        ("rounding", "two_decimals", {"facts": {"on_site_rate": {"count": 9876, "of": 10000}}}, "99.85"),
        ("zero-denominator", "full", {"facts": {"on_site_rate": {"count": 0, "of": 0}}}, 100),
        ("zero-denominator", "zero", {"facts": {"on_site_rate": {"count": 0, "of": 0}}}, 88),
        ("parallel-satisfaction", "zero", {"facts": {"parallel_satisfaction_rate": {"count": 9, "of": 10}}}, 96),
        ("points-over", "pro_rata", {"facts": {"satisfaction_rate": {"count": 955, "of": 1000}}}, "100.05"),
        ("points-over", "on_base", {"facts": {"satisfaction_rate": {"count": 96, "of": 100}}}, "100.1"),
        ("bonus-approval", "automatic", {"bonus": [bonus("banners", approved_on=None)]}, "100.1"),
        ("overdue-several-places", "highest", {"facts": {"overdue_cases": 2}}, 91),
        ("overdue-several-places", "highest", {"deductions": [deduction("overdue_cases", parallel=True)]}, 91),
        ("zero-scope", "whole_quarter", {"facts": {"offsite_stages": 1}}, 0),
        ("which-limit", "statutory", {"deductions": [deduction("overdue_cases", promised_only=True)]}, 100),
        ("which-quarter", "anew", {"bonus": [bonus("banners", previously="0.1")]}, "100.1"),
        ("once-per-matter", "per_quarter", {"bonus": [bonus("extra_matters_concentrated", previously=1)]}, 101),
    ],
)
def test_a_reading_is_obeyed_and_shown(
    edited: Any, reading: str, option: str, changed: dict[str, Any], total: Decimal | str
) -> None:
    own = score(**changed)
    assert own.total.value != D(total) or option == "on_base" or changed["facts"].get("working_days_offline") == 99
    assert score(**changed, library=taking(edited, reading, option)).total.value == D(total)
    if own.total.value != D(total):
        assert (option, D(total)) in [(a.option, a.value) for a in own.total.alternatives]


def test_overdue_cases_where_they_cost_most_only(edited: Any) -> None:
    """A case under one in 12(3), 14(4), 15(2) and the deductions: only the nine marks of 15(2) are lost."""
    facts = {"overdue_cases": 1, "parallel_on_time_rate": {"count": 11, "of": 12}}
    late = [deduction("overdue_cases", parallel=True, online=True)]
    own = score(facts, deductions=late)
    assert own.total.value == D(100 - 4 - 2 - 9 - 2)
    assert ("highest", D(91)) in [(a.option, a.value) for a in own.total.alternatives]
    other = score(facts, deductions=late, library=taking(edited, "overdue-several-places", "highest"))
    assert [other.line(i).mark.value for i in ("parallel-rates", "online-review", "on-time-completion")] == [4, 2, 0]
    assert other.deduction_total.value == 0


def test_a_case_late_against_the_promised_limit_alone_depends_on_the_reading(edited: Any) -> None:
    """AMB-75: one of two overdue cases is within the statutory limit, so that the other still costs 15(2)."""
    late = [deduction("overdue_cases", event="甲", promised_only=True), deduction("overdue_cases", event="乙")]
    own = score({"overdue_cases": 2}, deductions=late)
    assert (own.total.value, own.deduction_total.value) == (D(87), D(4))
    assert [(a.option, a.value) for a in own.deduction_total.alternatives if a.reading == "which-limit"] == [
        ("statutory", D(2))
    ]
    alone = score({"overdue_cases": 1}, deductions=late[:1])
    assert (alone.total.value, alone.line("on-time-completion").mark.value) == (D(89), D(0))
    assert ("statutory", D(100)) in [(a.option, a.value) for a in alone.total.alternatives]


def test_a_forfeited_item_may_cost_the_whole_quarter_by_another_reading(edited: Any) -> None:
    own = score(
        {"offsite_stages": 1},
        bonus=[bonus("banners")],
        deductions=[deduction("quarrels")],
        library=taking(edited, "zero-scope", "whole_quarter"),
    )
    assert (own.base.value, own.total.value, own.at_least, own.at_most) == (0, D("-0.4"), D("-0.4"), D("-0.4"))


def test_points_beyond_on_the_sub_item(edited: Any) -> None:
    library = taking(edited, "points-over", "on_base")
    found = score({"satisfaction_rate": {"count": 100, "of": 100}}, library=library)
    assert found.line("satisfaction").mark.value == D("6.5")
    assert found.bonus_total.value == 0


@pytest.mark.parametrize(
    ("norm_id", "key", "value", "facts", "before", "after"),
    [
        ("complaints", "marks", 7, {"upheld_complaints": 1}, 99, 100),
        ("further-complaints", "points", 3, {"upheld_complaints": 3}, 96, 95),
        ("attendance-breaches", "points", D("0.5"), {"attendance_breaches": 2}, "99.6", 99),
        ("attendance-breaches", "floor", 1, {"attendance_breaches": 99}, 98, 99),
        ("satisfaction-bonus", "points", D("0.2"), {"satisfaction_rate": {"count": 100, "of": 100}}, "100.5", 101),
        ("satisfaction-bonus", "above", 97, {"satisfaction_rate": {"count": 100, "of": 100}}, "100.5", "100.3"),
    ],
)
def test_a_changed_figure_changes_the_score(
    edited: Any, norm_id: str, key: str, value: Any, facts: dict[str, Any], before: Any, after: Any
) -> None:
    def change(data: Any) -> None:
        norm(data, norm_id)[key] = str(value) if isinstance(value, Decimal) else value

    assert score(facts).total.value == D(before)
    assert score(facts, library=edited(change)).total.value == D(after)


def test_a_changed_cap_and_price_change_the_bonus(edited: Any) -> None:
    def change(data: Any) -> None:
        norm(data, "bonus-cap")["at_most"] = 5
        norm(data, "suggestion-adopted")["points"] = 2

    entries = [bonus("suggestions_adopted", matter=f"建议-{n}") for n in range(3)]
    assert with_bonus(*entries).bonus_total.value == 3
    assert with_bonus(*entries, library=edited(change)).bonus_total.value == 5


def asked(own: WindowScore) -> list[Any]:
    parts = (own.base, own.bonus_total, own.deduction_total, own.total, *(line.mark for line in own.lines))
    return [[(a.reading, a.option, a.value, a.text) for a in part.alternatives] for part in parts]


def drawn(chance: random.Random) -> dict[str, Any]:
    late = chance.random() < 0.4
    facts = {
        "overdue_cases": chance.choice((0, 1, 3)),
        "upheld_complaints": chance.choice((0, 2, 5, None)),
        "attendance_breaches": chance.choice((0, 1, 12, None)),
        "offsite_stages": chance.choice((0, 0, 1)),
        "satisfaction_rate": {"count": chance.randrange(80, 101), "of": 100},
    }
    lists = {
        "bonus": [
            bonus(chance.choice(("banners", "nobody-knows")), matter=f"m{n}") for n in range(chance.randrange(3))
        ],
        "deductions": [deduction("overdue_cases", event="甲", promised_only=chance.random() < 0.5)] if late else [],
    }
    return window(facts, **lists)


def test_other_readings_lead_to_the_same_whenever_they_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they lead to is reckoned when it is asked for, from what was read when the score was; and every part of it."""
    chance, several = random.Random(18), 0
    for _ in range(40):
        own, quarter = drawn(chance), chance.choice(("2011-Q2", "2012-Q1"))
        at_once = asked(case_of(own, quarter=quarter).scores[0])
        case = case_of(own, quarter=quarter)
        later = case.scores[0]
        case.unread[0] = UnreadOfWindow(facts={"overdue_cases", "satisfaction_rate"}, rest=True)
        assert asked(later) == at_once
        with monkeypatch.context() as patched:
            patched.setattr(Scorer, "_everywhere", lambda *_: True)
            assert asked(case_of(own, quarter=quarter).scores[0]) == at_once
        several += any(at_once)
    assert several > 20
