"""What holds of every score, whatever the facts."""

import json
from typing import Any

from assessing import FINDINGS, FULL, ZEROING, bonus, case_of, deduction, window
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples
from msgspec.structs import replace

from banshi.law.otherwise import about, elsewhere
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.readings import READ
from banshi.subjects.assessment.score import Scorer


def counts(most: int = 12) -> st.SearchStrategy[int]:
    return st.one_of(st.just(0), st.integers(0, most))


@st.composite
def rates(draw: st.DrawFn) -> dict[str, int]:
    whole = draw(st.integers(0, 40))
    return {"count": draw(st.integers(max(0, whole - 4), whole)), "of": whole}


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(strategy, strategy, strategy, st.none())


FACT_SETS = st.fixed_dictionaries(
    {
        **{slug: maybe(counts(3)) for slug in ZEROING},
        **{slug: maybe(st.booleans()) for slug in FINDINGS},
        "upheld_complaints": maybe(counts()),
        "attendance_breaches": maybe(counts()),
        "on_site_rate": maybe(rates()),
        "satisfaction_rate": maybe(rates()),
        "parallel_satisfaction_rate": maybe(rates()),
        "online_review_satisfaction_rate": maybe(rates()),
        "documents_signed_by_authorised_staff": maybe(counts(2)),
    }
)
DEDUCTIONS = st.lists(
    st.builds(
        lambda fact, event, count, times, level, by, verified: deduction(
            fact,
            event=f"事件-{event}",
            count=count,
            times=times,
            level=level,
            by=by,
            **({"verified_by": "督察科"} if verified else {}),
        ),
        st.sampled_from(["quarrels", "idle_acts", "idle_acts_with_serious_consequence", "extortion_persons"])
        | st.sampled_from(["criticisms_by_superiors", "cases_corrected_repeatedly", "negative_media_reports"]),
        st.integers(1, 3),
        st.integers(1, 3),
        st.integers(1, 4),
        st.sampled_from(["county", "city", "province"]),
        st.sampled_from(["province", "centre"]),
        st.booleans(),
    ),
    max_size=5,
)
BONUSES = st.lists(
    st.builds(
        lambda fact, matter, count, approved, by: bonus(
            fact, matter=f"事项-{matter}", count=count, approved_on="2012-02-20" if approved else None, by=by
        ),
        st.sampled_from(["banners", "suggestions_adopted", "praises_by_province", "praises_by_centre"])
        | st.sampled_from(["online_reviews_passed", "extra_matters_concentrated", "articles_on_centre_site"]),
        st.integers(1, 4),
        st.integers(1, 30),
        st.booleans(),
        st.sampled_from(["province", "centre"]),
    ),
    max_size=6,
)


@st.composite
def windows(draw: st.DrawFn) -> dict[str, Any]:
    return window(draw(FACT_SETS), bonus=draw(BONUSES), deductions=draw(DEDUCTIONS))


ADVERSE = [*ZEROING, *FINDINGS, "upheld_complaints", "attendance_breaches", "on_site_rate", "satisfaction_rate"]


def worse(own: dict[str, Any], slug: str) -> dict[str, Any]:
    """The same window with one adverse fact more; a rate loses one of its numerator."""
    value = own["facts"].get(slug)
    if isinstance(value, dict):
        more: Any = {**value, "count": max(0, value["count"] - 1)}
    else:
        more = True if slug in FINDINGS else (value or 0) + 1
    return {**own, "facts": {**own["facts"], slug: more}}


@examples(150)
@given(windows(), st.sampled_from(ADVERSE))
def test_an_adverse_fact_never_raises_a_score(own: dict[str, Any], slug: str) -> None:
    if slug.endswith("rate") and slug not in own["facts"]:
        own = {**own, "facts": {**own["facts"], slug: {"count": 40, "of": 40}}}
    before, after = (case_of(w).scores[0] for w in (own, worse(own, slug)))
    assert after.at_most <= before.at_most
    if slug in own["facts"]:
        assert after.at_least <= before.at_least
    if before.total.value is not None and after.total.value is not None:
        assert after.total.value <= before.total.value


@examples(100)
@given(windows(), DEDUCTIONS.filter(bool))
def test_a_further_deduction_never_raises_a_score(own: dict[str, Any], more: list[dict[str, Any]]) -> None:
    before, after = (case_of(w).scores[0] for w in (own, {**own, "deductions": [*own["deductions"], *more]}))
    assert (after.at_most, after.at_least) <= (before.at_most, before.at_least)


@examples(100)
@given(windows())
def test_bounds_hold_the_total_and_the_bonus_its_cap(own: dict[str, Any]) -> None:
    found = case_of(own).scores[0]
    assert found.at_least <= found.at_most <= 120
    assert found.bonus_total.value is None or 0 <= found.bonus_total.value <= 20
    if found.total.value is not None:
        assert found.at_least == found.total.value == found.at_most
    for line in found.lines:
        assert 0 <= line.at_least <= line.at_most <= FULL[line.id]


@examples(100)
@given(st.lists(windows(), min_size=1, max_size=4), st.randoms())
def test_no_order_matters(written: list[dict[str, Any]], chance: Any) -> None:
    named = [{**own, "id": f"W{n}"} for n, own in enumerate(written)]
    mixed = json.loads(json.dumps(named))
    for own in mixed:
        own["facts"] = dict(chance.sample(list(own["facts"].items()), len(own["facts"])))
        chance.shuffle(own["bonus"])
        chance.shuffle(own["deductions"])
    chance.shuffle(mixed)
    one, other = case_of(*named), case_of(*mixed)
    said = [
        [(r.place, r.score.window.id, r.score.total.value, r.score.at_least, r.score.at_most) for r in case.ranking]
        for case in (one, other)
    ]
    assert said[0] == said[1]


@examples(100)
@given(windows())
def test_every_mark_and_point_rests_on_a_norm(own: dict[str, Any]) -> None:
    found = case_of(own).scores[0]
    for line in found.lines:
        assert line.mark.basis, line.id
    for entry in (*found.bonus, *found.deductions):
        assert entry.points == 0 or any(reason.basis for reason in entry.reasons)
    for decision in (found.base, found.bonus_total, found.total):
        assert decision.reasons


@examples(60)
@given(windows())
def test_other_readings_are_what_they_would_be(own: dict[str, Any]) -> None:
    """Parts that did not ask a question are not computed again: totals must come out as if all of them were."""
    case = case_of(own)
    scorer, typed = Scorer.of(case), case.assessment.windows[0]
    assert scorer is not None
    taken, law = scorer.score(typed), scorer.book.law
    assert repr(case.scores[0]) == repr(taken) == repr(case_of(own).scores[0])  # reckoned or remembered
    asked = about(law, *READ)
    assert {a.reading for a in taken.total.alternatives} <= {*asked}
    for question in asked:
        shown_as = {a.option: a.value for a in taken.total.alternatives if a.reading == question}
        for other in elsewhere(law, [question]):
            read = replace(scorer, book=AssessmentBook(other.law), period=scorer.period.in_law(other.law))
            whole = read.plain(typed).total.value
            if whole is not None and whole != taken.total.value:
                assert shown_as.pop(other.option) == whole
        assert shown_as == {}
