"""The rules on assessments: whatever a file of the right shape says, they answer; one fault gives one finding."""

import copy
import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.discovery import discover
from banshi.files.findings import Finding
from banshi.files.reading import read
from banshi.files.report import Report

CHECKER = Checker(ROOT)
SOUND = read(ROOT / "validators/assessment/_example.yaml").document
assert SOUND is not None


def check(data: Any, folder: Path) -> list[Finding]:
    path = folder / "考核.yaml"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return CHECKER.check([path]).findings


def varied(**parts: Any) -> Any:
    """The sound quarter; the parts are laid over its window, key by key, ``None`` takes a key away."""
    data: Any = copy.deepcopy(SOUND.data)
    window = data["windows"][0]
    for part, changes in parts.items():
        if isinstance(changes, list):
            window[part] = changes
            continue
        window[part] = {k: v for k, v in {**window[part], **changes}.items() if v is not None}
    return data


def test_the_sound_quarter_has_no_finding_at_all(tmp_path: Path) -> None:
    assert check(SOUND.data, tmp_path) == []


def bonus(fact: str, **more: Any) -> dict[str, Any]:
    own = {"fact": fact, "on": "2012-01-10", "matter": "事项", "evidence": "凭据甲", "approved_on": "2012-02-28"}
    return {k: v for k, v in {**own, **more}.items() if v is not None}


def deduction(fact: str, **more: Any) -> dict[str, Any]:
    return {"fact": fact, "on": "2012-01-10", "event": "事件", "evidence": "凭据甲", **more}


VERIFIED = {"verified_by": "督察科", "verified_on": "2012-02-01"}

ONE_FAULT = {
    "a rate above one": (varied(facts={"on_site_rate": {"count": 121, "of": 120}}), "rates-within-one"),
    "a rate without its total": (varied(facts={"satisfaction_rate": 114}), "facts-fit-their-form"),
    "a yes or no for a count": (varied(facts={"upheld_complaints": False}), "facts-fit-their-form"),
    "a misspelt fact": (varied(facts={"upheld_complaints": None, "upheld_complaint": 0}), "facts-are-known"),
    "a missing fact": (varied(facts={"upheld_complaints": None}), "facts-complete"),
    "a missing mark": (varied(marks={"tidy-window": None}), "marks-complete"),
    "no cases": (varied(facts={"on_site_rate": {"count": 0, "of": 0}, "on_time_rate": None}), "rates-determined"),
    "a mark above full": (
        varied(marks={"tidy-window": {"mark": "2.1", "by": "甲", "reason": "乙"}}),
        "marks-within-full",
    ),
    "an unknown sub-item": (
        varied(marks={"x": {"mark": 1, "by": "甲", "reason": "乙"}}),
        "marks-within-full",
    ),
    "no representative, yet a mark": (varied(facts={"chief_representative_missing": True}), "marks-are-used"),
    "an overdue case that is not listed": (
        varied(facts={"overdue_cases": 1, "on_time_rate": {"count": 119, "of": 120}}),
        "overdue-cases-listed",
    ),
    "a quarrel as a case within the statutory limit": (
        varied(deductions=[deduction("quarrels", promised_only=True)]),
        "overdue-cases-listed",
    ),
    "late, but not overdue": (varied(facts={"on_time_rate": {"count": 119, "of": 120}}), "rate-agrees-with-count"),
    "different totals": (varied(facts={"on_time_rate": {"count": 119, "of": 119}}), "same-cases-in-both-rates"),
    "no approval": (varied(bonus=[bonus("banners", approved_on=None)]), "bonus-approved"),
    "approved too early": (varied(bonus=[bonus("banners", approved_on="2012-01-09")]), "bonus-approved"),
    "a rate's bonus without approval": (
        varied(facts={"online_review_satisfaction_rate": {"count": 99, "of": 100}}),
        "bonus-approved",
    ),
    "no evidence worth the name": (varied(bonus=[bonus("banners", evidence="待补")]), "evidence-is-evidence"),
    "the quarter before": (varied(bonus=[bonus("banners", on="2011-11-30")]), "dates-in-quarter"),
    "the quarter after": (varied(deductions=[deduction("quarrels", on="2012-03-01")]), "dates-in-quarter"),
    "a day off among counts by day": (
        varied(facts={"calls_over_limit_per_day": {"days": {"2012-01-22": 1}}}),
        "dates-in-quarter",
    ),
    "found before the quarter": (
        varied(facts={"upheld_complaints": {"count": 1, "found_on": "2011-11-30"}}),
        "dates-in-quarter",
    ),
    "an unknown bonus": (varied(bonus=[bonus("bannerz")]), "facts-are-known"),
    "a bonus among the deductions": (varied(deductions=[deduction("banners")]), "facts-are-known"),
    "an analogy with nothing": (varied(bonus=[bonus("plaque", analogy=True, text="赠匾")]), "facts-are-known"),
    "another body": (varied(bonus=[bonus("written_commendations", by="市政府")]), "made-by-a-named-body"),
    "no body": (varied(bonus=[bonus("praises_by_centre")]), "made-by-a-named-body"),
    "a city's medium": (varied(bonus=[bonus("positive_media_reports", level="city")]), "media-level"),
    "a county's medium": (
        varied(deductions=[deduction("negative_media_reports", level="county", **VERIFIED)]),
        "media-level",
    ),
    "an evening of a day off": (
        varied(bonus=[bonus("evening_cases", on="2012-01-07", at="18:00", **VERIFIED)]),
        "right-kind-of-day",
    ),
    "half past five sharp": (varied(bonus=[bonus("evening_cases", at="17:30", **VERIFIED)]), "right-kind-of-day"),
    "a holiday that is none": (varied(bonus=[bonus("holiday_appointment_cases", **VERIFIED)]), "right-kind-of-day"),
    "nobody verified an adverse report": (
        varied(deductions=[deduction("negative_media_reports", level="city")]),
        "verification-recorded",
    ),
    "nobody verified a charge": (varied(deductions=[deduction("illegal_charges")]), "verification-recorded"),
    "verified before it happened": (
        varied(deductions=[deduction("illegal_charges", **{**VERIFIED, "verified_on": "2012-01-09"})]),
        "verification-recorded",
    ),
    "nobody verified": (varied(bonus=[bonus("upward_cases_online")]), "verification-recorded"),
    "twice only": (varied(deductions=[deduction("cases_corrected_repeatedly", times=2)]), "often-enough"),
    "once only": (varied(deductions=[deduction("cases_returned_for_same_reason", times=1)]), "often-enough"),
    "entered twice": (varied(bonus=[bonus("banners"), bonus("banners")]), "one-matter-once"),
    "bonus and deduction": (
        varied(bonus=[bonus("banners", matter="甲")], deductions=[deduction("quarrels", event="甲")]),
        "one-matter-once",
    ),
    "a matter three times": (varied(bonus=[bonus("extra_matters_concentrated", count=3)]), "one-matter-once"),
    "an exemption of a stage that may not": (
        varied(
            facts={
                "offsite_stages": {
                    "count": 1,
                    "exempt": [{"count": 1, "stage": "受理", "ground": "甲", "evidence": "文"}],
                }
            }
        ),
        "exemption-is-known",
    ),
    "an exemption that nothing knows": (
        varied(facts={"upheld_complaints": {"count": 1, "exempt": [{"count": 1, "ground": "甲", "evidence": "文"}]}}),
        "exemption-is-known",
    ),
    "longer than the law": (
        varied(facts={"promised_limit_reduction": {"items": [{"matter": "甲", "statutory": 6, "promised": 20}]}}),
        "limits-in-order",
    ),
}


@pytest.mark.parametrize("fault", ONE_FAULT)
def test_one_fault_is_one_finding(fault: str, tmp_path: Path) -> None:
    data, rule = ONE_FAULT[fault]
    assert [f.rule for f in check(data, tmp_path)] == [f"assessment/{rule}"]


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        ("on_time_rate", "on-time-completion"),
        ("recorded_rate", "cases-recorded"),
        ("parallel_satisfaction_rate", "parallel-rates"),
        ("satisfaction_rate", "satisfaction"),
        ("on_site_rate", "on-site-completion"),
    ],
)
def test_a_bare_number_is_no_rate(fact: str, line: str, tmp_path: Path) -> None:
    path = tmp_path / "考核.yaml"
    path.write_text(json.dumps(varied(facts={fact: 100}), ensure_ascii=False), encoding="utf-8")
    report = Report()
    (unit,) = discover([path])
    (loaded,) = CHECKER.loader.load(unit, report)
    assert isinstance(loaded, LoadedFile)
    assert loaded.value.scores[0].line(line).mark.value is None


SOUND_ENTRIES = [
    bonus("positive_media_reports", level="province"),
    bonus("positive_media_reports", level="nation"),
    bonus("evening_cases", on="2011-12-31", at="17:31", **VERIFIED),  # a Saturday on which offices work
    bonus("holiday_appointment_cases", on="2012-01-07", **VERIFIED),  # an ordinary Saturday
    bonus("praises_by_centre", by="centre"),
    bonus("praises_by_centre", by="中心"),
    bonus("emergency_contributions", verified_by="考核领导小组", verified_on="2012-01-10"),
    bonus("banners", on="2011-12-01"),
    bonus("banners", on="2012-02-29", approved_on="2012-03-05"),
]


@pytest.mark.parametrize("entry", SOUND_ENTRIES, ids=lambda entry: f"{entry['fact']} {entry['on']}")
def test_sound_bonuses_have_no_finding(entry: dict[str, Any], tmp_path: Path) -> None:
    assert check(varied(bonus=[entry]), tmp_path) == []


# Whatever has the right shape is answered: no rule crashes, no score does.

SLUGS = sorted({*SOUND.data["windows"][0]["facts"], "online_review_satisfaction_rate", "no_such_fact"})
CASES = [
    "banners",
    "evening_cases",
    "positive_media_reports",
    "praises_by_province",
    "overdue_cases",
    "staff_sent_back",
]
CASES += [
    "idle_acts",
    "idle_acts_with_serious_consequence",
    "articles_on_centre_site",
    "no_such_case",
    "online_reviews_passed",
]
counts = st.integers(0, 999_999_999)
days = st.dates(datetime.date(2011, 3, 1), datetime.date(2012, 12, 31)).map(str)
exempt = st.fixed_dictionaries(
    {"count": st.integers(1, 9), "ground": st.just("甲"), "evidence": st.sampled_from(["文", "无"])},
    optional={"stage": st.sampled_from(["审批", "受理"])},
)
fact = st.one_of(
    counts,
    st.booleans(),
    st.fixed_dictionaries(
        {},
        optional={
            "count": counts,
            "of": counts,
            "found": st.booleans(),
            "days": st.dictionaries(days, counts, max_size=2),
            "items": st.lists(
                st.fixed_dictionaries({"matter": st.just("甲"), "promised": counts}, optional={"statutory": counts}),
                max_size=2,
            ),
            "exempt": st.lists(exempt, max_size=2),
            "found_on": days,
            "approved_on": days,
        },
    ),
)
more = {
    "count": st.integers(1, 1000),
    "by": st.sampled_from(["province", "市政府"]),
    "level": st.sampled_from(["county", "city", "province", "nation"]),
    "at": st.sampled_from(["17:30", "18:00"]),
    "times": st.integers(1, 4),
    "verified_by": st.sampled_from(["督察科", "甲"]),
    "verified_on": days,
    "approved_on": days,
    "previously": st.sampled_from(["0.5", "100"]),
    "parallel": st.booleans(),
    "online": st.booleans(),
    "promised_only": st.booleans(),
    "analogy": st.booleans(),
    "like": st.sampled_from(CASES),
    "text": st.just("情况"),
}


def entries(group: str) -> st.SearchStrategy[Any]:
    own = {"fact": st.sampled_from(CASES), "on": days, group: st.sampled_from(["甲", "乙"]), "evidence": st.just("文")}
    return st.lists(st.fixed_dictionaries(own, optional=more), max_size=4)


windows = st.fixed_dictionaries(
    {"id": st.sampled_from(["W01", "W02"]), "name": st.sampled_from(["甲窗口", "乙窗口"])},
    optional={
        "kind": st.sampled_from(["department_window", "combined_window"]),
        "facts": st.dictionaries(st.sampled_from(SLUGS), fact),
        "marks": st.dictionaries(
            st.sampled_from(["tidy-window", "satisfaction", "x", "authorisation"]),
            st.fixed_dictionaries(
                {"mark": st.sampled_from(["0", "1.5", "99"]), "by": st.just("甲"), "reason": st.just("乙")}
            ),
        ),
        "bonus": entries("matter"),
        "deductions": entries("event"),
    },
)


@examples(60)
@given(
    quarter=st.sampled_from(["2011-Q1", "2011-Q2", "2012-Q1", "2090-Q1"]),
    found=st.lists(windows, min_size=1, max_size=3),
)
def test_whatever_has_the_right_shape_is_answered(
    quarter: str, found: list[Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = {**SOUND.data, "quarter": quarter, "windows": found}
    said = check(data, tmp_path_factory.mktemp("any"))
    assert [f.message.zh for f in said if f.rule.startswith(("engine/", "shape/", "input/"))] == []
