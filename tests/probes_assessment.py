"""What is asked of the rules on the assessment of windows: sheets, years, scenarios of every item, empty forms."""

import json
import tempfile
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import openpyxl
from asking import LINJIANG, QINGHE, ZEZHOU, Probe, answer, inputs, rule_examples, scenarios, together
from conftest import ROOT

from banshi.files.reading import read


def title_of_report(path: str) -> Any:
    """What the page of a report is called."""
    status, page = answer("assess", path, form="html")
    return status, page[page.index("<title>") : page.index("</title>")]


def luzhou_assessment() -> Iterator[Probe]:
    yield from scenarios("luzhou", "marks", "bonus", "deductions")
    yield partial(answer, "assess", "examples/assessment")
    yield partial(answer, "check", "tests/cases/assessment", "examples/assessment", str(rule_examples("assessment")))
    yield partial(title_of_report, "examples/assessment/2012-Q1.yaml")
    yield from inputs("assess", "luzhou")
    for command in ("attendance", "check"):  # papers that it asks for besides
        yield partial(answer, command, str(ROOT / "tests/data/probes/luzhou/attendance-2012.yaml"))


def linjiang_assessment() -> Iterator[Probe]:
    yield partial(answer, "assess", "assessment", project=LINJIANG)
    yield partial(answer, "check", "assessment", project=LINJIANG)
    yield partial(month_of_a_log, str(ROOT / "tests/data/linjiang/poor_ratings.yaml"))
    for gone in ((), (5,), (4, 5, 6)):
        yield partial(answer, "assess", str(a_year(gone)), project=LINJIANG)


def month_of_a_log(path: str) -> Any:
    """The facts of windows that a log of cases gives for a month of their assessment."""
    made = Path(tempfile.mkdtemp(prefix="banshi-month-")) / "made.yaml"
    status, _ = answer("cases", path, "--period", "2026-01", "--assessment", str(made), project=LINJIANG)
    document = read(made).document
    return status, json.loads(json.dumps(document and document.data["windows"], default=str))


FULL = {
    **dict.fromkeys(("late_early_times", "absent_half_days", "away_from_post", "upheld_complaints"), 0),
    **dict.fromkeys(("cases_not_told_at_once", "overdue_cases", "wrong_cases", "poor_ratings_unanswered"), 0),
    **dict.fromkeys(("inspections_failed", "trainings_missed", "exams_failed"), 0),
    "online_rate": {"count": 9, "of": 10},
    "proposals": 1,
    "extortion": False,
    "major_public_opinion": False,
}
_LOST = ("absent_half_days", "upheld_complaints", "overdue_cases", "poor_ratings_unanswered", "inspections_failed")


@cache
def a_year(gone: tuple[int, ...]) -> Path:
    """A year of five windows without some months: little lost, much lost, items lost whole, a veto, many decimals."""
    folder = Path(tempfile.mkdtemp(prefix="banshi-year-"))
    for month in range(1, 13):
        if month not in gone:
            _assessed(folder, f"2026-{month:02d}", {own: _lost(own, month) for own in "12345"})
    for quarter in range(1, 5):
        marks = {own: {"hall_assessment": (own == "1") * 9 + quarter / 4} for own in "12345"}
        if not {3 * quarter - n for n in range(3)} <= {*gone}:
            _assessed(folder, f"2026-Q{quarter}", marks)
    return folder


def _lost(own: str, month: int) -> dict[str, Any]:
    lost: dict[str, Any] = {
        "1": {"late_early_times": 1.3, "online_rate": {"count": 79 + month % 2, "of": 100}},
        "2": {"late_early_times": 0.77, "overdue_cases": month % 4, "online_rate": {"count": 2000 - month, "of": 2501}},
        "3": {**dict.fromkeys(_LOST, 20), "online_rate": {"count": 0, "of": 10}, "trainings_missed": 9, "proposals": 0},
        "4": {"extortion": month == 7, "major_public_opinion": month == 11, "online_rate": {"count": 0, "of": 0}},
        "5": {"wrong_cases": 1, "away_from_post": 1, "exams_failed": 1, "cases_not_told_at_once": month},
    }
    return {**FULL, **lost[own]}


def _assessed(folder: Path, period: str, facts: dict[str, dict[str, Any]]) -> None:
    windows = [
        {"id": f"W{own}", "name": f"窗口{own}", "group": "A" if own < "4" else "B", "facts": stated}
        for own, stated in facts.items()
    ]
    whole = {
        "kind": "assessment",
        "fictional": True,
        "jurisdiction": "linjiang",
        "centre": "临江市政务服务中心（虚构）",
    }
    data = {**whole, "period": period, "windows": windows}
    (folder / f"{period}.yaml").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def qinghe_assessment() -> Iterator[Probe]:
    yield partial(answer, "assess", "assessment", project=QINGHE)
    yield partial(answer, "check", "assessment", project=QINGHE)
    yield partial(answer, "test", "tests/appraisal.yaml", project=QINGHE)
    yield from inputs("assess", "qinghe")


def empty_form(period: str, project: str) -> Any:
    """What stands in the empty workbook of an assessment's period."""
    path = Path(tempfile.mkdtemp(prefix="banshi-empty-")) / "empty.xlsx"
    status, _ = answer("assess", "--template", str(path), "--period", period, project=project, form="text")
    if not path.exists():  # the law has no such period
        return status, None
    with path.open("rb") as stream:
        book = openpyxl.load_workbook(stream)
    return status, [[str(cell.value) for row in sheet for cell in row if cell.value is not None] for sheet in book]


def zezhou_stars() -> Iterator[Probe]:
    yield partial(empty_form, "2026-H1", ZEZHOU)
    yield from scenarios("zezhou", "stars")
    yield partial(answer, "assess", "stars", project=ZEZHOU)
    halves = [ROOT / ZEZHOU / f"stars/2026-H{n}.yaml" for n in (1, 2)]
    year = ROOT / "tests/data/probes/zezhou/assessment-2026.yaml"
    for given in (halves, halves[:1]):
        yield partial(answer, "assess", str(together(*given, year)), project=ZEZHOU)
    yield partial(answer, "check", "stars", project=ZEZHOU)
