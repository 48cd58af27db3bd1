"""Bonus and deductions: expected points are stated here by hand, from the text of the measures."""

from typing import Any

import pytest
from assessing import D, bonus, case_of, deduction, score, window, with_bonus, with_deductions

from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.results import WindowScore

LAW = case_of(window()).law
assert LAW is not None


@pytest.mark.parametrize(
    ("entry", "points"),
    [
        (bonus("praises_by_province", by="省委、省政府"), "2"),
        (bonus("praises_by_provincial_centre", by="省政务服务中心"), "1"),
        (bonus("praises_by_centre", by="市政务服务中心"), "0.5"),
        (bonus("written_commendations", by="国家有关部委"), "2"),
        (bonus("written_commendations", by="市政府"), "0"),
        (bonus("positive_media_reports", level="province"), "2"),
        (bonus("positive_media_reports", level="nation"), "2"),
        (bonus("positive_media_reports", level="city"), "0"),
        (bonus("positive_media_reports"), "0"),
        (bonus("banners", count=3), "0.3"),
        (bonus("letters_of_praise"), "0.1"),
        (bonus("extra_matters_concentrated"), "1"),
        (bonus("matters_entered_into_parallel"), "1"),
        (bonus("online_reviews_passed", count=29), "2.9"),
        (bonus("online_reviews_passed", count=31), "3"),
        (bonus("evening_cases", at="17:31", verified_by="督察科"), "0.5"),
        (bonus("evening_cases", at="17:30", verified_by="督察科"), "0"),
        (bonus("evening_cases", at="18:10"), "0"),
        (bonus("evening_cases", at="18:10", on="2012-01-07", verified_by="督察科"), "0"),
        (bonus("evening_cases", at="18:10", on="2011-12-31", verified_by="督察科"), "0.5"),
        (bonus("holiday_appointment_cases", on="2012-01-07", verified_by="督察科"), "1"),
        (bonus("holiday_appointment_cases", on="2012-01-23", verified_by="督察科"), "1"),
        (bonus("holiday_appointment_cases", on="2011-12-31", verified_by="督察科"), "0"),
        (bonus("upward_cases_online", verified_by="督察科"), "0.5"),
        (bonus("leader_visits", by="部门主要领导、分管领导"), "0.5"),
        (bonus("suggestions_adopted", count=2), "2"),
        (bonus("articles_on_centre_site"), "0.1"),
        (bonus("articles_on_provincial_sites"), "0.2"),
        (bonus("emergency_contributions", verified_by="考核领导小组"), "1"),
        (bonus("emergency_contributions", verified_by="督察科"), "0"),
        (bonus("culture_commendations"), "0.5"),
        (bonus("banners", approved_on=None), "0"),
        (bonus("banners", on="2012-03-01"), "0"),
        (bonus("quarrels"), "0"),
        (bonus("no_such_thing"), "0"),
        (bonus("helped_in_flood", analogy=True, like="banners"), "0.1"),
    ],
    ids=lambda value: f"{value['fact']}-{value.get('on')}" if isinstance(value, dict) else value,
)
def test_a_bonus(entry: dict[str, Any], points: str) -> None:
    found = with_bonus(entry)
    assert found.bonus_total.value == D(points)
    assert found.total.value == 100 + D(points)
    assert all(own.reasons for own in found.bonus)


@pytest.mark.parametrize(
    ("entry", "points"),
    [
        (deduction("criticisms_by_superiors", by="省委、省政府"), "2"),
        (deduction("criticisms_by_superiors", by="上级政府及部门"), "2"),
        (deduction("criticisms_by_centre", by="中心"), "0.5"),
        (deduction("negative_media_reports", level="city", verified_by="督察科"), "2"),
        (deduction("negative_media_reports", level="city", verified_on="2012-01-20"), "2"),
        (deduction("negative_media_reports", level="city"), "0"),
        (deduction("negative_media_reports"), "0"),
        (deduction("negative_media_reports", level="county", verified_by="督察科"), "0"),
        (deduction("interferences_with_lower_departments"), "1"),
        (deduction("cases_consulted_without_application", times=3), "0.1"),
        (deduction("cases_consulted_without_application", times=2), "0"),
        (deduction("cases_corrected_repeatedly", times=3, count=4), "0.4"),
        (deduction("cases_returned_without_reason"), "0.1"),
        (deduction("cases_returned_for_same_reason", times=2), "0.1"),
        (deduction("cases_returned_for_same_reason", times=1), "0"),
        (deduction("illegal_charges", verified_by="督察科"), "0.1"),
        (deduction("illegal_charges"), "0"),
        (deduction("quarrels"), "0.5"),
        (deduction("paid_intermediary_acts"), "0.5"),
        (deduction("idle_acts", count=2), "1"),
        (deduction("idle_acts_with_serious_consequence"), "1"),
        (deduction("extortion_persons", count=3), "6"),
        (deduction("staff_sent_back"), "2"),
        (deduction("quarrels", on="2012-03-01"), "0"),
        (deduction("rudeness", analogy=True, like="quarrels"), "0.5"),
        (deduction("rumour", analogy=True, like="negative_media_reports"), "0"),
        (deduction("rumour", analogy=True, like="negative_media_reports", verified_by="督察科"), "2"),
    ],
    ids=lambda value: f"{value['fact']}-{value.get('times')}" if isinstance(value, dict) else value,
)
def test_a_deduction(entry: dict[str, Any], points: str) -> None:
    found = with_deductions(entry)
    assert found.deduction_total.value == D(points)
    assert found.total.value == 100 - D(points)


@pytest.mark.parametrize("fact", ["criticisms_by_superiors", "negative_media_reports", "cases_corrected_repeatedly"])
def test_a_deduction_of_which_a_condition_is_unknown_is_open(fact: str) -> None:
    found = with_deductions(deduction(fact, verified_by="督察科"))
    assert found.deductions[0].counted is None
    assert found.deduction_total.value is found.total.value is None
    assert found.at_least < found.at_most == 100


# Where the text wants something verified before points move (lines 163, 170, 174 and 179 of the source), and by whom.
VERIFIED = {
    "evening_cases": "督察科",
    "holiday_appointment_cases": "督察科",
    "upward_cases_online": "督察科",
    "emergency_contributions": "考核领导小组",
    "negative_media_reports": None,
    "illegal_charges": None,
}
SHOWN = {
    "evening_cases": {"at": "18:10"},
    "holiday_appointment_cases": {"on": "2012-01-07"},
    "negative_media_reports": {"level": "city"},
}


def test_what_must_be_verified_is_a_property_of_its_norm() -> None:
    norms = [placed.norm for placed in AssessmentBook(LAW).adjustments.values()]
    asked = {norm.fact: norm.verified_by for norm in norms if norm.asks_verification}
    assert {fact: bool(by) for fact, by in asked.items()} == {fact: bool(by) for fact, by in VERIFIED.items()}


@pytest.mark.parametrize("analogy", [False, True])
@pytest.mark.parametrize("fact", VERIFIED)
def test_no_points_move_before_what_must_be_verified_is(fact: str, analogy: bool) -> None:
    scale = "deduction" if fact in ("negative_media_reports", "illegal_charges") else "bonus"
    make, take = (deduction, with_deductions) if scale == "deduction" else (bonus, with_bonus)
    own = {"analogy": True, "like": fact} if analogy else {}

    def total(**more: Any) -> WindowScore:
        return take(make("x" if analogy else fact, **SHOWN.get(fact, {}), **own, **more))

    before = total()
    assert before.total.value == before.at_least == before.at_most == 100
    after = total(verified_by=VERIFIED[fact] or "办公室")
    each = AssessmentBook(LAW).adjustments[scale, fact].norm.points
    assert after.total.value == 100 + (each if scale == "bonus" else -each)
    by_another = total(verified_by="窗口自己")
    assert by_another.total.value == (100 if VERIFIED[fact] else after.total.value)
    dated_only = total(verified_on="2012-02-01")
    assert dated_only.total.value == (100 if VERIFIED[fact] else after.total.value)


def test_the_bonus_has_a_cap() -> None:
    entries = [bonus("suggestions_adopted", matter=f"建议-{n}") for n in range(23)]
    found = with_bonus(*entries, bonus("banners", count=4, matter="锦旗"))
    assert sum(entry.points for entry in found.bonus) == D("23.4")
    assert found.bonus_total.value == 20
    assert found.total.value == 120


def test_deductions_have_no_end() -> None:
    found = with_deductions(*(deduction("extortion_persons", count=20, event=f"事件-{n}") for n in range(5)))
    assert found.total.value == 100 - 200


def test_one_matter_counts_once_by_its_highest() -> None:
    both = [
        bonus("praises_by_province", by="province", matter="并联"),
        bonus("praises_by_centre", by="centre", matter="并联"),
    ]
    found = with_bonus(*both)
    assert found.bonus_total.value == 2
    assert sorted((entry.points, entry.counted) for entry in found.bonus if entry.group) == [(0, False), (2, True)]
    assert with_bonus(both[0], {**both[1], "matter": "大厅"}).bonus_total.value == D("2.5")


def test_lines_are_compared_by_their_totals() -> None:
    same = {"event": "事件"}
    found = with_deductions(
        deduction("illegal_charges", count=30, verified_by="督察科", **same), deduction("extortion_persons", **same)
    )
    assert found.deduction_total.value == 3
    assert [(a.reading, a.value) for a in found.deduction_total.alternatives] == [("highest-line", 2)]


def test_a_grave_consequence_stands_in_for_the_lesser_deduction() -> None:
    same = {"event": "巡查"}
    found = with_deductions(deduction("idle_acts", **same), deduction("idle_acts_with_serious_consequence", **same))
    assert found.deduction_total.value == 1
    assert ("serious-instead", D("1.5")) in [(a.reading, a.value) for a in found.deduction_total.alternatives]


def test_once_per_matter() -> None:
    twice = [bonus("extra_matters_concentrated", matter="甲", on=f"2012-01-{day:02d}") for day in (5, 6)]
    assert with_bonus(*twice).bonus_total.value == 1
    assert with_bonus(bonus("extra_matters_concentrated", count=3)).bonus_total.value == 1
    sites = [bonus(f"articles_on_{site}", matter="信息") for site in ("centre_site", "provincial_sites")]
    assert with_bonus(*sites).bonus_total.value == D("0.2")


@pytest.mark.parametrize(("previously", "more"), [("0.5", "1.5"), ("2", "0"), ("3", "0")])
def test_a_matter_praised_before_gets_the_difference(previously: str, more: str) -> None:
    entry = bonus("praises_by_province", by="province", previously=previously)
    assert with_bonus(entry).bonus_total.value == D(more)


def test_bonus_for_online_satisfaction_needs_approval() -> None:
    rate = {"count": 98, "of": 100}
    assert score({"online_review_satisfaction_rate": rate}).bonus_total.value == 0
    approved = {**rate, "approved_on": "2012-02-20"}
    assert score({"online_review_satisfaction_rate": approved}).bonus_total.value == D("0.3")


def test_the_cap_of_reviews_is_theirs_alone() -> None:
    rate = {"count": 100, "of": 100, "approved_on": "2012-02-20"}
    found = with_bonus(bonus("online_reviews_passed", count=40), facts={"online_review_satisfaction_rate": rate})
    assert found.bonus_total.value == D("3.5")
    assert ("online-cap", D(3)) in [(a.reading, a.value) for a in found.bonus_total.alternatives]


def test_one_overdue_case_in_several_places() -> None:
    case = deduction("overdue_cases", parallel=True, online=True)
    facts = {"overdue_cases": 1, "overdue_parallel_cases": 1, "overdue_online_cases": 1}
    for found in (with_deductions(case, facts=facts), with_deductions(case)):
        lost = {line.id: line.lost for line in found.lines if line.lost}
        assert lost == {"parallel-rates": 4, "online-review": 2, "on-time-completion": 9}
        assert found.deduction_total.value == 2
        assert found.total.value == 100 - 4 - 2 - 9 - 2
        assert len(found.effects) == 4


def test_overdue_cases_that_are_not_listed_count_too() -> None:
    found = with_deductions(deduction("overdue_cases"), facts={"overdue_cases": 3})
    assert found.deduction_total.value == 6
    assert [entry.points for entry in found.deductions] == [2, 4]
    assert "其余 2 件" in found.deductions[1].reasons[0].text.zh


def test_earlier_points_count_whichever_entry_of_the_matter_says_so() -> None:
    """The entry that says so may itself be left out, as one piece too many of a matter that counts once."""
    twice = [
        bonus("articles_on_provincial_sites", on="2012-01-05"),
        bonus("articles_on_provincial_sites", on="2012-01-20", previously="0.2"),
    ]
    assert score(bonus=twice).bonus_total.value == 0
    unapproved = [
        bonus("banners", matter="甲"),
        bonus("letters_of_praise", matter="甲", approved_on=None, previously="0.1"),
    ]
    assert score(bonus=unapproved).bonus_total.value == 0


def test_of_equal_lines_the_one_that_no_cap_lessens_counts() -> None:
    """0.5 for online reviews and 0.5 for an event: the reviews of another matter already fill their cap of 3."""
    entries = [
        bonus("online_reviews_passed", matter="甲", count=30),
        bonus("online_reviews_passed", matter="乙", count=5),
        bonus("culture_commendations", matter="乙"),
    ]
    assert score(bonus=entries).bonus_total.value == D("3.5")
