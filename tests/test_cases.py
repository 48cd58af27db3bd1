"""Case logs: figures worked out by hand, targets at their bounds, which of them hold."""

import csv
import datetime
import importlib.util
import io
import re
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from case_logs import CITY, LARGE, OTHER, SMALL, figure, loaded, made, verdicts
from conftest import ROOT

from banshi.subjects.cases.measures import CaseShare

# figures worked out by hand


def test_the_small_log_is_as_counted_by_hand() -> None:
    log, report = loaded(SMALL)
    assert report.findings == []
    assert sum(log.whole.values()) == 20
    # I-10 is open; O-02 states no limit, so it is neither in time nor late.
    assert figure(log, "on_time_rate") == CaseShare(17, 19, unsure=1)
    assert figure(log, "overdue_cases") == CaseShare(2, 20, unsure=1)
    assert figure(log, "evaluation_rate").value == Fraction(12, 19)
    assert figure(log, "satisfaction_rate").value == Fraction(11, 12)
    assert figure(log, "on_site_rate").value == Fraction(18, 19)  # all but I-05
    assert figure(log, "recorded_rate").value == Fraction(19, 20)  # all but O-02
    assert figure(log, "parallel_share").value == Fraction(14, 20)


@pytest.mark.parametrize(
    ("dimension", "key", "measure", "expected"),
    [
        ("kind", "investment_project", "on_time_rate", Fraction(10, 11)),
        ("kind", "enterprise_registration", "evaluation_rate", Fraction(1, 4)),
        ("department", "环境保护", "on_time_rate", Fraction(2, 3)),
        ("department", "工商", "parallel_share", Fraction(2, 4)),
        ("window", "W02", "on_site_rate", Fraction(4, 5)),
        ("month", "2012-01", "on_time_rate", Fraction(6, 7)),
        ("month", "2011-12", "satisfaction_rate", Fraction(1)),
        ("month", "", "recorded_rate", Fraction(1)),
    ],
)
def test_groups_are_as_counted_by_hand(dimension: str, key: str, measure: str, expected: Fraction) -> None:
    log, _ = loaded(SMALL)
    assert figure(log, measure, dimension, key).value == expected


def test_the_targets_of_the_small_log() -> None:
    log, _ = loaded(SMALL)
    assert verdicts(log) == {
        "investment-system": "missed",  # 9/10: I-08
        "investment-overdue": "missed",  # I-09, I-10
        "investment-evaluation-rate": "met",  # 9/9
        "investment-satisfaction-rate": "missed",  # 8/9
        "investment-speed": "undetermined",  # the text gives no figure
        "domestic-enterprises": "soft_missed",  # 2/3: R-03; R-04 came before
        "registration-overdue": "met",
        "registration-evaluation-rate": "missed",  # 1/2
        "registration-satisfaction-rate": "met",  # 1/1
        "expo-projects": "missed",  # XBH-12
    }


def test_every_target_cites_its_provision() -> None:
    log, _ = loaded(SMALL)
    for judged in log.judged:
        assert judged.placed.cite in judged.met.basis
        assert all(reason.text.zh and reason.text.en for reason in judged.met.reasons)


def test_overdue_by_the_statutory_limit_is_another_reading() -> None:
    log, _ = loaded(SMALL)
    overdue = next(judged for judged in log.judged if judged.placed.norm.id == "investment-overdue")
    assert overdue.met.value is False
    assert [(a.reading, a.option, a.value) for a in overdue.met.alternatives] == [("which-limit", "statutory", True)]


def test_time_saved_is_reported_and_not_judged() -> None:
    log, _ = loaded(SMALL)
    speed = next(judged for judged in log.judged if judged.placed.norm.id == "investment-speed")
    # Parallel: 2+3+8+4+4+2+6+7+9 = 45 days of 9 cases; others: 12+14 = 26 days of 2.
    assert "并联 5.0，一般 13.0；快出 61.53%" in speed.met.reasons[0].text.zh


def test_the_large_log_is_as_constructed() -> None:
    log, report = loaded(LARGE)
    assert report.findings == []
    assert sum(log.whole.values()) == 5000
    assert figure(log, "on_time_rate") == CaseShare(4946, 4951)
    assert figure(log, "overdue_cases").hits == 6
    assert log.overdue_count == len(list(log.overdue)) == 6
    assert figure(log, "evaluation_rate") == CaseShare(912 + 150 + 200 + 1750 + 1 + 290 + 1200, 4951)
    assert figure(log, "satisfaction_rate").hits == 894 + 150 + 200 + 1731 + 1 + 289 + 1190
    shares = {judged.placed.norm.id: (judged.share.hits, judged.share.of) for judged in log.judged}
    assert shares["investment-system"] == (1000, 1000)
    assert shares["investment-overdue"] == (3, 1000)
    assert shares["investment-evaluation-rate"] == (912, 960)
    assert shares["investment-satisfaction-rate"] == (894, 912)
    assert shares["registration-evaluation-rate"] == (1950, 1990)
    assert shares["registration-satisfaction-rate"] == (1931, 1950)
    assert shares["domestic-enterprises"] == (1799, 1800)
    assert shares["expo-projects"] == (3, 3)
    assert verdicts(log)["investment-evaluation-rate"] == "met"  # 95% exactly
    assert verdicts(log)["registration-evaluation-rate"] == "missed"  # 97.98%


def test_the_large_log_is_what_its_generator_writes() -> None:
    found = importlib.util.spec_from_file_location("case_log", ROOT / "tools/case_log.py")
    assert found is not None
    assert found.loader is not None
    tool = importlib.util.module_from_spec(found)
    import sys

    sys.modules["case_log"] = tool
    found.loader.exec_module(tool)
    days = tool.WorkingDays([ROOT / "policies"])
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [tool.HEADINGS, *(row for block in tool.BLOCKS for row in tool.rows(block, days))]
    )
    assert text.getvalue() == (LARGE / "办件.csv").read_text(encoding="utf-8")


# targets at their bounds


def evaluated(
    evaluations: int, satisfied: int, finished: int, kind: str = "investment_project"
) -> list[dict[str, Any]]:
    """Finished parallel cases with so many evaluations."""
    system = "investment_system" if kind == "investment_project" else "registration_system"
    case = {
        **OTHER,
        "kind": kind,
        "parallel": True,
        "due_on": "2012-01-20",
        "finished_on": "2012-01-10",
        "system": system,
    }
    marks = (
        ["satisfied"] * satisfied + ["not_satisfied"] * (evaluations - satisfied) + ["none"] * (finished - evaluations)
    )
    return [{**case, "id": f"B-{n}", "evaluation": mark} for n, mark in enumerate(marks)]


@pytest.mark.parametrize(
    ("kind", "norm", "evaluations", "satisfied", "finished", "expected"),
    [
        ("investment_project", "investment-evaluation-rate", 95, 95, 100, "met"),
        ("investment_project", "investment-evaluation-rate", 94, 94, 100, "missed"),
        ("investment_project", "investment-evaluation-rate", 949, 949, 1000, "missed"),
        ("investment_project", "investment-satisfaction-rate", 50, 49, 50, "met"),
        ("investment_project", "investment-satisfaction-rate", 49, 48, 50, "missed"),
        ("enterprise_registration", "registration-evaluation-rate", 98, 98, 100, "met"),
        ("enterprise_registration", "registration-evaluation-rate", 97, 97, 100, "missed"),
        ("enterprise_registration", "registration-satisfaction-rate", 100, 99, 100, "met"),
        ("enterprise_registration", "registration-satisfaction-rate", 100, 98, 100, "missed"),
    ],
)
def test_rates_at_the_bound(
    kind: str, norm: str, evaluations: int, satisfied: int, finished: int, expected: str, tmp_path: Path
) -> None:
    log, _ = loaded(made(tmp_path, evaluated(evaluations, satisfied, finished, kind)))
    assert verdicts(log)[norm] == expected


def test_zero_denominators_are_not_determined_and_counts_are(tmp_path: Path) -> None:
    log, _ = loaded(made(tmp_path, [{**OTHER, "id": "B-1"}]))
    assert verdicts(log)["investment-evaluation-rate"] == "undetermined"
    assert verdicts(log)["registration-satisfaction-rate"] == "undetermined"
    assert verdicts(log)["investment-overdue"] == "met"
    assert figure(log, "on_site_rate").value is None


def test_no_evaluation_leaves_satisfaction_undetermined(tmp_path: Path) -> None:
    log, _ = loaded(made(tmp_path, evaluated(0, 0, 10)))
    assert verdicts(log)["investment-evaluation-rate"] == "missed"
    assert verdicts(log)["investment-satisfaction-rate"] == "undetermined"


def test_what_is_not_stated_is_no_default(tmp_path: Path) -> None:
    cases = evaluated(95, 95, 100)
    unstated = [{key: v for key, v in case.items() if key != "evaluation"} for case in cases[95:96]]
    log, _ = loaded(made(tmp_path, [*cases[:95], *unstated, *cases[96:]]))
    assert verdicts(log)["investment-evaluation-rate"] == "met"  # 95 or 96 of 100: met either way
    log, _ = loaded(made(tmp_path, [*cases[:94], *unstated, *cases[95:96], *cases[96:]]))
    assert verdicts(log)["investment-evaluation-rate"] == "undetermined"


def test_a_due_day_is_in_time_and_the_day_after_is_overdue(tmp_path: Path) -> None:
    days = ("2012-01-12", "2012-01-13")
    cases = [{**OTHER, "id": day, "due_on": "2012-01-12", "finished_on": day} for day in days]
    log, _ = loaded(made(tmp_path, cases))
    assert [noted.case.id for noted in log.overdue] == ["2012-01-13"]


@pytest.mark.parametrize(("as_of", "overdue"), [("2012-01-12", 0), ("2012-01-13", 1)])
def test_an_open_case_is_overdue_from_the_day_after(as_of: str, overdue: int, tmp_path: Path) -> None:
    path = made(tmp_path, [{**OTHER, "id": "B-1", "due_on": "2012-01-12"}])
    log, _ = loaded(path, as_of=datetime.date.fromisoformat(as_of))
    assert log.overdue_count == overdue


def test_as_of_sees_the_log_as_it_was(tmp_path: Path) -> None:
    cases = [
        {**OTHER, "id": "B-1", "due_on": "2012-01-12", "finished_on": "2012-01-20"},
        {**OTHER, "id": "B-2", "accepted_on": "2012-02-01"},
    ]
    path = made(tmp_path, cases)
    log, _ = loaded(path)
    assert log.as_of == datetime.date(2012, 2, 1)
    assert "最后" in log.as_of_said.zh
    early, _ = loaded(path, as_of=datetime.date(2012, 1, 10))
    assert (sum(early.whole.values()), early.overdue_count, early.tally.faults["after-as-of"].count) == (1, 0, 2)
    late, _ = loaded(path, as_of=datetime.date(2012, 1, 15))
    assert late.overdue_count == 1
    assert late.days_late(next(iter(late.overdue))) == 3


# which targets hold


def test_targets_of_counties_do_not_judge_a_city() -> None:
    log, _ = loaded(CITY)
    assert log.applies.value is False
    assert log.judged == ()


def test_nothing_is_judged_before_the_notice(tmp_path: Path) -> None:
    case = {**OTHER, "id": "B-1", "accepted_on": "2010-12-01"}
    log, _ = loaded(made(tmp_path, [case]))
    assert (log.law, log.applies.value) == (None, None)


def test_cases_finished_before_the_notice_do_not_count_for_its_targets(tmp_path: Path) -> None:
    before = {"accepted_on": "2010-12-01", "due_on": "2010-12-10", "finished_on": "2010-12-20"}
    late = {**evaluated(1, 1, 1)[0], "id": "B-old", **before}
    log, _ = loaded(made(tmp_path, [late, *evaluated(1, 1, 1)]))
    assert (log.overdue_count, verdicts(log)["investment-overdue"]) == (1, "met")


def test_domestic_enterprises_count_from_the_day_after_year_end(tmp_path: Path) -> None:
    own = {**OTHER, "kind": "enterprise_registration", "domestic_new": True, "parallel": False}
    path = made(tmp_path, [{**own, "id": "B-1", "accepted_on": "2011-12-31"}])
    assert verdicts(loaded(path)[0])["domestic-enterprises"] == "undetermined"
    path = made(tmp_path, [{**own, "id": "B-1", "accepted_on": "2012-01-01"}])
    assert verdicts(loaded(path)[0])["domestic-enterprises"] == "soft_missed"


def test_no_list_of_signed_projects_is_not_determined_and_an_empty_one_neither(tmp_path: Path) -> None:
    assert verdicts(loaded(made(tmp_path, [{**OTHER, "id": "B-1"}]))[0])["expo-projects"] == "undetermined"
    log, _ = loaded(made(tmp_path, [{**OTHER, "id": "B-1"}], signed_projects=[]))
    assert verdicts(log)["expo-projects"] == "undetermined"


@pytest.fixture
def centre(tmp_path: Path) -> Callable[[str, str], Path]:
    """A project whose notice differs in one place."""

    def change(pattern: str, by: str) -> Path:
        shutil.copytree(ROOT / "policies", tmp_path / "policies")
        path = tmp_path / "policies/luzhou/parallel-approval/2011.yaml"
        text, times = re.subn(pattern, by, path.read_text(encoding="utf-8"), count=1)
        assert times == 1
        path.write_text(text, encoding="utf-8")
        return tmp_path

    return change


def test_another_figure_in_the_notice_is_another_verdict(centre: Callable[[str, str], Path], tmp_path: Path) -> None:
    project = centre(r"value: 0\.95", "value: 0.96")
    log, _ = loaded(made(tmp_path, evaluated(95, 95, 100)), project)
    assert verdicts(log)["investment-evaluation-rate"] == "missed"


def test_another_reading_of_zero_denominators(centre: Callable[[str, str], Path], tmp_path: Path) -> None:
    project = centre(r"default: not_applicable", "default: full")
    log, _ = loaded(made(tmp_path, [{**OTHER, "id": "B-1"}]), project)
    assert verdicts(log)["investment-evaluation-rate"] == "met"


def test_a_target_in_percent_means_the_same(centre: Callable[[str, str], Path], tmp_path: Path) -> None:
    project = centre(r"value: 0\.95, inclusive: true\}\n(\s+)unit: 比率", r'value: 95, inclusive: true}\n\1unit: "%"')
    for evaluations, expected in ((95, "met"), (94, "missed")):
        log, _ = loaded(made(tmp_path, evaluated(evaluations, evaluations, 100)), project)
        assert verdicts(log)["investment-evaluation-rate"] == expected
