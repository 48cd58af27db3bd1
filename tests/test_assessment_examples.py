"""The example quarters against sheets worked out by hand from the source (``data/assessment_expected.csv``).

A row gives a sub-item's mark, an entry's points (``bonus[0]``, ``rate:…``) or a sum; ``?`` is “not determined”. Rows
for ``*`` are the full marks: what a scored window's other rows do not name has them.
"""

import csv
from collections import defaultdict
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from conftest import ROOT

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.report import Report
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.results import ScoreEntry, WindowScore

FOLDER = ROOT / "examples/assessment"
OPEN = "?"
SUMS = {
    "base": lambda score: score.base.value,
    "bonus": lambda score: score.bonus_total.value,
    "deductions": lambda score: score.deduction_total.value,
    "total": lambda score: score.total.value,
    "at_least": lambda score: score.at_least,
    "at_most": lambda score: score.at_most,
}


def rows() -> list[dict[str, str]]:
    with open(ROOT / "tests/data/assessment_expected.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FULL = {row["entry"]: row["mark"] for row in rows() if row["window"] == "*"}
EXPECTED: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
for _row in rows():
    if _row["window"] != "*":
        EXPECTED[_row["quarter"], _row["window"]][_row["entry"]] = _row["mark"]


@cache
def case(quarter: str) -> AssessmentInLaw:
    from banshi.files.discovery import discover

    checker, report = Checker(ROOT), Report()
    (unit,) = discover([FOLDER / f"{quarter}.yaml"])
    (loaded,) = checker.loader.load(unit, report)
    assert report.findings == [] and isinstance(loaded, LoadedFile)
    found: AssessmentInLaw = loaded.value
    return found


def score(quarter: str, window: str) -> WindowScore:
    return next(score for score in case(quarter).scores if score.window.id == window)


def said(value: Any) -> str:
    """A mark as the table writes it: no trailing noughts."""
    return OPEN if value is None else f"{Decimal(value).normalize():f}"


def sheet(score: WindowScore) -> dict[str, str]:
    """Everything that a sheet comes to, by the names of the table."""
    found = {line.id: said(line.mark.value) for line in score.lines}
    found |= {_name(entry): said(entry.points) for entry in (*score.bonus, *score.deductions)}
    return found | {name: said(of(score)) for name, of in SUMS.items()}


def _name(entry: ScoreEntry) -> str:
    part, n = entry.route[2], entry.route[3]
    return f"rate:{n}" if part == "facts" else f"{part}[{n}]"


@pytest.mark.parametrize(("quarter", "window"), sorted(EXPECTED))
def test_the_sheet_is_the_one_worked_out_by_hand(quarter: str, window: str) -> None:
    found = sheet(score(quarter, window))
    expected = EXPECTED[quarter, window]
    lines = {**FULL, **expected} if score(quarter, window).scored else expected
    assert {name: found.get(name) for name in lines} == lines


@pytest.mark.parametrize(("quarter", "window"), sorted(EXPECTED))
def test_no_points_come_from_entries_that_the_hand_did_not_see(quarter: str, window: str) -> None:
    entries = [*score(quarter, window).bonus, *score(quarter, window).deductions]
    unseen = {_name(e): said(e.points) for e in entries if e.counted and _name(e) not in EXPECTED[quarter, window]}
    assert unseen == {}


def test_every_window_of_the_examples_was_worked_out() -> None:
    windows = {(q, w.id) for q in ("2012-Q1", "2012-Q2") for w in case(q).assessment.windows}
    assert windows == set(EXPECTED)


# Best and worst place, worked out by hand; in the first quarter W06 (68 to 100) and W11 (86 to 100.5) are open.
BY_HAND = {
    "2012-Q1": {
        "W07": (1, 1), "W03": (2, 3), "W11": (2, 10), "W01": (3, 4), "W06": (3, 11), "W04": (4, 6), "W08": (5, 7), "W05": (6, 8),
        "W09": (7, 9), "W10": (7, 9), "W02": (10, 11),
    },
    "2012-Q2": {
        "W11": (1, 1), "W03": (2, 2), "W07": (2, 2), "W01": (4, 4), "W05": (5, 5), "W08": (6, 6), "W02": (7, 7), "W09": (8, 8),
        "W04": (9, 9), "W10": (10, 10), "W06": (11, 11),
    },
}  # fmt: skip


@pytest.mark.parametrize("quarter", BY_HAND)
def test_windows_are_ranked_by_hand_too(quarter: str) -> None:
    ranking = case(quarter).ranking
    assert {r.score.window.id: (r.best, r.worst) for r in ranking if r.best is not None} == BY_HAND[quarter]
    unranked = {r.score.window.id for r in ranking if r.best is None}
    assert unranked == {w.id for w in case(quarter).assessment.windows} - BY_HAND[quarter].keys() == {"W12"}
    assert all(r.place == (r.best if r.best == r.worst else None) for r in ranking)


@pytest.mark.parametrize("quarter", ["2012-Q1", "2012-Q2"])
def test_the_examples_have_no_errors(quarter: str) -> None:
    found = Checker(ROOT).check([FOLDER / f"{quarter}.yaml"]).findings
    assert [f"{f.line} {f.rule}: {f.message.zh}" for f in found if f.severity == "error"] == []


# By another reading of an unclear place: quarter, window, question, answer, total, and how it comes about.
OTHERWISE = [
    ("2012-Q1", "W04", "points-over", "pro_rata", "99.099", "135行：超0.99个百分点，0.099分"),
    ("2012-Q1", "W06", "zero-denominator", "full", "100", "AMB-55：没有办件给满分"),
    ("2012-Q1", "W08", "serious-instead", "added", "94.5", "181行：0.5＋1＝1.5，96＋2－2－1.5"),
    ("2012-Q1", "W09", "any-day", "every_day", "90", "124行：不是每个工作日都有5起，1分不失"),
    ("2012-Q2", "W04", "base-floor", "no_floor", "89.8", "AMB-42：6－8＝－2，2－2.2＝－0.2"),
    ("2012-Q2", "W05", "signing", "chief_only", "95.1", "105行：不是首席代表签发，失5分"),
    ("2012-Q2", "W08", "bonus-approval", "automatic", "99.3", "AMB-77：锦旗不须审定，加0.1分"),
    ("2012-Q2", "W09", "highest-line", "unit", "97.9", "AMB-76：比单价只计一次，减2＋0.1"),
    ("2012-Q2", "W11", "online-cap", "whole_item", "103", "AMB-40：第（七）项合计最高3分"),
]


@pytest.mark.parametrize(("quarter", "window", "reading", "option", "total", "why"), OTHERWISE)
def test_another_reading_leads_to_the_total_worked_out_by_hand(
    quarter: str, window: str, reading: str, option: str, total: str, why: str
) -> None:
    found = {(a.reading, a.option): said(a.value) for a in score(quarter, window).total.alternatives}
    assert found.get((reading, option)) == total, why


def test_the_places_that_one_overdue_case_touches_are_told() -> None:
    told = [reason.text.zh for reason in score("2012-Q1", "W02").effects]
    assert [text.split("−")[1] for text in told] == ["4.00", "2.00", "9.00", "2.00"]  # 111、128、133、177行


def test_readings_make_no_difference_to_a_faultless_window() -> None:
    assert score("2012-Q1", "W01").total.alternatives == ()
