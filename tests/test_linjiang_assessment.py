"""The second centre's monthly assessment, in YAML alone: sheets worked out by hand from the rules before the code ran."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, banshi
from ruamel.yaml import YAML

from banshi.law.assessment_periods import PeriodAsked, asked, law_for, scored_kinds
from banshi.law.library import Library
from banshi.law.working_days import WorkingDays
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.combining import Combined, combined
from banshi.subjects.assessment.forms import Assessment, Window
from banshi.subjects.assessment.loading import to_window
from banshi.subjects.assessment.results import shown

CENTRE = ROOT / "examples/linjiang"
POLICIES = [CENTRE / "policies", ROOT / "policies"]
LIBRARY, DAYS = Library(POLICIES), WorkingDays(POLICIES)
PLACE, NAME = "linjiang", "临江市政务服务中心（虚构）"


def rows(name: str) -> list[dict[str, str]]:
    with open(ROOT / f"tests/data/linjiang/{name}.csv", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


MONTHS, PERIODS = rows("assessment_months"), rows("assessment_periods")
ITEMS = ("discipline", "service", "cases", "ratings", "online", "environment", "training", "innovation")


def case_of(period: str, *windows: Window, library: Library = LIBRARY) -> AssessmentInLaw:
    return AssessmentInLaw(Assessment(jurisdiction=PLACE, centre=NAME, period=period, windows=windows), library, DAYS)


def example(period: str) -> AssessmentInLaw:
    data = YAML(typ="safe", pure=True).load((CENTRE / f"assessment/{period}.yaml").read_text(encoding="utf-8"))
    return case_of(period, *(to_window(plain(window)) for window in data["windows"]))


def plain(value: Any) -> Any:
    """Data as files of assessments are read: what has decimals is no float, days are text."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value if isinstance(value, (bool, int, str)) else str(value)


EXAMPLES = {period: example(period) for period in ("2026-01", "2026-02", "2026-03", "2026-Q1")}


@pytest.mark.parametrize("row", MONTHS, ids=lambda row: f"{row['month']} {row['window']}")
def test_a_month_is_the_one_worked_out_by_hand(row: dict[str, str]) -> None:
    score = next(s for s in EXAMPLES[row["month"]].scores if s.window.id == row["window"])
    assert {item: score.line(item).mark.value for item in ITEMS} == {item: Decimal(row[item]) for item in ITEMS}
    assert score.bonus_total.value == (
        Decimal(3) if row["total"] == "0" and row["month"] == "2026-01" else Decimal(row["bonus"])
    )
    assert score.total.value == Decimal(row["total"])
    assert (score.at_least, score.at_most) == (score.total.value, score.total.value)


def quarter_rows(found: list[Combined], period: str) -> dict[str, tuple[str | None, int | None, str, str]]:
    (own,) = [each for each in found if str(each.period) == period]
    return {
        row.window.id: (
            row.group,
            row.place,
            shown(row.total.decision.value) if row.total.decision.value is not None else "",
            row.grade.said.zh if row.grade else "",
        )
        for row in own.rows
    }


def test_the_quarter_is_the_one_worked_out_by_hand() -> None:
    found = quarter_rows(combined(list(EXAMPLES.values())), "2026-Q1")
    assert found == {r["window"]: (r["group"], int(r["place"]), r["score"], r["grade"]) for r in PERIODS}


def test_a_quarter_without_one_of_its_months_or_its_hall_assessment_is_not_determined() -> None:
    for gone in EXAMPLES:
        left = [case for period, case in EXAMPLES.items() if period != gone]
        found = quarter_rows(combined(left), "2026-Q1")
        assert {own[2:] for own in found.values()} == {("", "不能判定")}
        if gone != "2026-Q1":  # the hall may give from nought to ten: who is far enough ahead has a place all the same
            assert {own[1] for own in found.values()} == {None}


FULL = {
    **dict.fromkeys(("late_early_times", "absent_half_days", "away_from_post", "upheld_complaints"), 0),
    **dict.fromkeys(("cases_not_told_at_once", "overdue_cases", "wrong_cases", "poor_ratings_unanswered"), 0),
    **dict.fromkeys(("inspections_failed", "trainings_missed", "exams_failed"), 0),
    "online_rate": {"count": 9, "of": 10},
    "proposals": 1,
    "extortion": False,
    "major_public_opinion": False,
}


def window(own: str = "W1", group: str = "综合组", **facts: Any) -> Window:
    return to_window({"id": own, "name": "样例窗口", "group": group, "facts": {**FULL, **facts}})


def year_of(lost: dict[str, dict[str, Any]], hall: dict[str, str]) -> list[AssessmentInLaw]:
    """Every month and quarter of 2026: full marks but for ``lost`` (by month), 10 of the hall but for ``hall``."""
    months = [f"2026-{n:02d}" for n in range(1, 13)]
    cases = [case_of(month, window(**lost.get(month, {}))) for month in months]
    for n in range(1, 5):
        given = {"amount": hall.get(f"2026-Q{n}", "10")}
        own = to_window({"id": "W1", "name": "样例窗口", "group": "A", "facts": {"hall_assessment": given}})
        cases.append(case_of(f"2026-Q{n}", own))
    return cases


def test_a_year_is_the_mean_of_its_quarters() -> None:
    """Q1 (97 + 100 + 100) × 30% + 10 = 99.1; Q2 100; Q3 90 + 9.55 = 99.55; Q4 100: 398.65 / 4 = 99.6625 → 99.66."""
    cases = year_of({"2026-02": {"overdue_cases": 1}}, {"2026-Q3": "9.55"})
    found = quarter_rows(combined(cases), "2026")
    assert found == {"W1": ("A", 1, "99.66", "优秀")}


def test_a_quarter_with_a_veto_makes_the_year_at_best_qualified() -> None:
    """The month is 0: Q4 (0 + 100 + 100) × 30% + 10 = 70; the year 370 / 4 = 92.50."""
    cases = year_of({"2026-10": {"extortion": True}}, {})
    assert quarter_rows(combined(cases), "2026-Q4") == {"W1": ("A", 1, "70.00", "合格")}
    assert quarter_rows(combined(cases), "2026") == {"W1": ("A", 1, "92.50", "合格")}
    assert quarter_rows(combined(cases), "2026-Q3") == {"W1": ("A", 1, "100.00", "优秀")}


def test_from_2027_on_another_version_holds() -> None:
    """网办 15, no 环境: 40% is 40 below 80, so 8 of 15 are lost; the fact of the repealed item is no longer known."""
    case = case_of("2027-01", window(online_rate={"count": 4, "of": 10}))
    (score,) = case.scores
    assert [line.id for line in score.lines] == [item for item in ITEMS if item != "environment"]
    assert (score.line("online").mark.value, score.total.value) == (7, 92)
    assert case.book is not None and "inspections_failed" not in case.book.sorts
    assert case_of("2025-12", window()).law is None


def test_a_missing_fact_leaves_a_range() -> None:
    facts = {key: value for key, value in FULL.items() if key != "extortion"}
    (score,) = case_of("2026-01", to_window({"id": "W1", "name": "样例", "facts": facts})).scores
    assert (score.total.value, score.at_least, score.at_most) == (None, 0, 100)


def test_periods_by_name() -> None:
    assert asked("2026-03") == PeriodAsked("month", 2026, 3)
    assert asked("2026-Q4") == PeriodAsked("quarter", 2026, 4)
    assert asked("2026-H2") == PeriodAsked("half_year", 2026, 2)
    assert asked("2026") == PeriodAsked("year", 2026, 1)
    assert [asked(bad) for bad in ("2026-13", "2026-00", "2026-3", "2026-Q5", "2026-H3", "26-01", "")] == [None] * 7
    law, period = law_for(LIBRARY, PLACE, PeriodAsked("month", 2028, 2)) or pytest.fail("no law")
    assert (str(period.start), str(period.end), scored_kinds(law)) == ("2028-02-01", "2028-02-29", ["month"])


def test_all_faces_show_months_and_quarters(tmp_path: Path) -> None:
    folder = str(CENTRE / "assessment")
    text = banshi("assess", folder, "--project", str(CENTRE)).stdout
    assert "2026年1月（2026-01-01 – 2026-01-31）" in text and "综合组  第1名  W01 住建窗口  98.98  优秀" in text
    found = json.loads(banshi("assess", folder, "--project", str(CENTRE), "--format", "json").stdout)
    assert [each["period"] for each in found["assessments"]] == ["2026-01", "2026-02", "2026-03"]
    assert [each["period"] for each in found["periods"]] == ["2026-Q1", "2026"]
    best = found["periods"][0]["windows"][0]
    assert (best["id"], best["score"]["value"], best["grade"]["value"]) == ("W01", "98.98", "excellent")
    out = tmp_path / "得分.xlsx"
    banshi("assess", folder, "--project", str(CENTRE), "--format", "xlsx", "--output", str(out))
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    cells = [[cell.value for cell in row] for row in book["2026-Q1 得分和等次"].iter_rows()]
    assert ["综合组", "第1名", "W01 住建窗口", 98.98, "优秀"] in [row[:5] for row in cells]
    page = banshi("assess", folder, "--project", str(CENTRE), "--format", "html").stdout
    assert "2026年第1季度" in page and "98.98" in page


def test_the_examples_and_the_rules_have_no_findings() -> None:
    said = banshi("check", "policies/linjiang/window-assessment", "assessment", "--project", ".", cwd=CENTRE)
    assert said.returncode == 0, said.stdout
    assert "没有问题" in said.stdout
