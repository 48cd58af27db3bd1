"""A fact that is not known leaves no wider a range than its rules allow, whatever sort of rule a centre has."""

from decimal import Decimal
from itertools import product
from typing import Any

import msgspec
import pytest
from assessing import case_of, window
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples
from test_linjiang_assessment import case_of as linjiang
from test_linjiang_assessment import window as month

from banshi.law.norms import Band, Bounds, ScoreRule, Veto
from banshi.law.norms.values import Bound
from banshi.subjects.assessment.combining import RankedWindow, combined
from banshi.subjects.assessment.loading import to_window
from banshi.subjects.assessment.lost_points import by_bands, by_steps, points_between
from banshi.subjects.assessment.register import Breaches
from banshi.subjects.assessment.score import Scorer

D = Decimal
MANY = [0, 1, 2, 5, 40]
RATES = [{"count": n, "of": 100} for n in (0, 20, 61, 74, 79, 80, 100)] + [{"count": 0, "of": 0}]
COMPLETIONS: dict[str, list[Any]] = {
    **dict.fromkeys(["absent_half_days", "away_from_post", "upheld_complaints", "inspections_failed"], MANY),
    **dict.fromkeys(["proposals", "exams_failed", "poor_ratings_unanswered"], MANY),
    "late_early_times": [{"amount": each} for each in ("0", "0.5", "29.9", "60")],
    "online_rate": RATES,
    "extortion": [False, True],
}


@examples(60)
@given(st.lists(st.sampled_from(sorted(COMPLETIONS)), min_size=1, max_size=2, unique=True), st.data())
def test_a_month_lies_between_what_its_open_facts_allow(missing: list[str], data: st.DataObject) -> None:
    known = {s: data.draw(st.sampled_from(COMPLETIONS[s])) for s in ("absent_half_days", "online_rate", "proposals")}
    own = {**known, **dict.fromkeys(missing, None)}
    (found,) = linjiang("2026-05", month(**own)).scores
    values = product(*(COMPLETIONS[slug] for slug in missing))
    every = [linjiang("2026-05", month(**{**own, **dict(zip(missing, v, strict=True))})).scores[0] for v in values]
    totals = [score.total.value for score in every]
    assert None not in totals
    assert (found.at_least, found.at_most) == (min(totals), max(totals))  # type: ignore[type-var]


ENDS = st.decimals(0, 100, places=1)


@st.composite
def rules(draw: st.DrawFn) -> tuple[ScoreRule, Any]:
    ends = sorted(draw(st.lists(ENDS, min_size=1, max_size=4, unique=True)))
    sort = draw(st.sampled_from(["rate", "count", "amount"]))
    unit, own = "%" if sort == "rate" else "件", [each if sort != "count" else D(int(each)) for each in ends]
    common = {"id": "x", "statement": "x", "sub_item": "x", "fact": "x", "digits": draw(st.sampled_from([0, 2]))}
    if draw(st.booleans()):
        end = Bound(value=own[0], inclusive=draw(st.booleans()))
        side = draw(st.sampled_from(["lower", "upper"]))
        rule = ScoreRule(
            **common,
            effect="by_steps",
            bound=Bounds(unit=unit, **{side: end}),
            step=draw(st.sampled_from([D(1), D(5), D("2.5")])),
            points=D(2),
            part=draw(st.sampled_from(["up", "down", "exact"])),
        )
        return rule, sort
    points = [D(draw(st.integers(0, 9))) for _ in own]
    bands = [
        Band(
            bound=Bounds(
                unit=unit, lower=Bound(value=low, inclusive=True), upper=high and Bound(value=high, inclusive=False)
            ),
            points=lost,
        )
        for low, high, lost in zip(own, [*own[1:], None], points, strict=True)
    ]
    return ScoreRule(**common, effect="banded", bands=tuple(bands)), sort


@given(rules(), st.integers(0, 10_000))
def test_what_a_rule_takes_lies_between_its_ends(given_: tuple[ScoreRule, Any], n: int) -> None:
    rule, sort = given_
    ends = points_between(rule, sort)
    assert ends is not None
    digits = rule.digits or 0
    figure = (D(n) / 100).quantize(D(1).scaleb(-digits if sort == "rate" else 0 if sort == "count" else -2))
    lost = (by_bands if rule.bands else by_steps)(rule, figure)[0]
    assert ends[0] <= lost <= ends[1]
    if sort == "rate":  # every figure that there is
        every = [
            (by_bands if rule.bands else by_steps)(rule, D(k).scaleb(-digits))[0] for k in range(100 * 10**digits + 1)
        ]
        assert ends == (min(every), max(every))


BREACHES = "attendance_breaches"


@pytest.mark.parametrize(
    ("certain", "undecided", "ends"), [(0, 1, (8, 8)), (2, 2, (0, 8)), (3, 4, (0, 0)), (0, 0, (8, 8))]
)
def test_a_count_that_may_still_grow_takes_a_mark_only_perhaps(certain: int, undecided: int, ends: Any) -> None:
    """A rule that takes the whole mark from three breaches on: what the centre has yet to decide on may reach it."""
    case = case_of(window({BREACHES: None}))
    scorer = Scorer.of(case)
    assert scorer is not None
    book = scorer.book
    (placed,) = book.rules["attendance-kept"]
    bound = Bounds(unit="人次", lower=Bound(value=D(3), inclusive=True))
    changed = msgspec.structs.replace(placed.norm, effect="zero", bound=bound, points=None, sub_item="authorisation")
    book.rules["authorisation"] = [placed.__class__(**{**_fields(placed), "norm": changed})]
    known = Scorer(book, scorer.period, scorer.days, {"W01": Breaches(certain, undecided)})
    line = known.plain(case.assessment.windows[0]).line("authorisation")
    assert (line.at_least, line.at_most) == tuple(map(D, ends))
    assert line.mark.value == (line.at_least if line.at_least == line.at_most else None)


@pytest.mark.parametrize(("certain", "undecided", "total"), [(1, 1, D("99.8")), (4, 2, None), (5, 0, D(0))])
def test_a_veto_that_open_breaches_may_bring_is_open(certain: int, undecided: int, total: Decimal | None) -> None:
    case = case_of(window({BREACHES: None}))
    scorer = Scorer.of(case)
    assert scorer is not None
    book = scorer.book
    (placed,) = book.rules["attendance-kept"]
    bound = Bounds(unit="人次", lower=Bound(value=D(5), inclusive=True))
    veto = Veto(id="x", statement="x", fact=BREACHES, bound=bound, score=D(0))
    book.vetoes = [placed.__class__(**{**_fields(placed), "norm": veto})]  # type: ignore[arg-type]
    found = Scorer(book, scorer.period, scorer.days, {"W01": Breaches(certain, undecided)}).plain(
        case.assessment.windows[0]
    )
    if total is None:
        assert found.total.value is None and found.at_least == 0
    elif undecided:
        assert found.at_most == total
    else:
        assert found.total.value == total


def _fields(placed: Any) -> dict[str, Any]:
    return {name: getattr(placed, name) for name in placed.__struct_fields__}


def quarter(lost: dict[str, Any], hall: dict[str, Any]) -> dict[str, RankedWindow]:
    """Two windows in three months, W1 with what is lost in February; of the quarter W1's hall mark as given."""
    own = {"2026-01": {}, "2026-02": lost, "2026-03": {"upheld_complaints": 1}}
    cases = [linjiang(n, month(**facts), month("W2", wrong_cases=2)) for n, facts in own.items()]
    marks = {"W1": hall, "W2": {"amount": "9"}}
    given_ = [
        to_window({"id": w, "name": w, "group": "综合组", "facts": {"hall_assessment": m}}) for w, m in marks.items()
    ]
    (found,) = [each for each in combined([*cases, linjiang("2026-Q1", *given_)]) if str(each.period) == "2026-Q1"]
    return {row.window.id: row for row in found.rows}


@pytest.mark.parametrize("hall", [{"amount": "8"}, None])
@pytest.mark.parametrize("missing", ["absent_half_days", "online_rate", "exams_failed"])
def test_a_quarter_lies_between_what_its_open_months_allow(missing: str, hall: dict[str, Any] | None) -> None:
    """So do the places: W2, whose score is a fact, has one only where W1 cannot pass it."""
    part = quarter({missing: None}, hall or {})
    halls = [hall] if hall else [{"amount": each} for each in ("0", "4", "10")]
    whole = [quarter({missing: value}, mark) for value in COMPLETIONS[missing] for mark in halls]
    values = [rows["W1"].total.decision.value for rows in whole]
    assert part["W1"].total.decision.value is None and part["W1"].total.between == (min(values), max(values))  # type: ignore[type-var]
    for window_id in ("W1", "W2"):
        places = {rows[window_id].place for rows in whole}
        span = part[window_id].places or (part[window_id].place, part[window_id].place)
        assert span == (min(places), max(places)), window_id  # type: ignore[type-var]
